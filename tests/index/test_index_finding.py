"""What a query finds in a folder; what is the same in Milvus: test_finding_anywhere.py."""

from __future__ import annotations

import pytest

from replygen.index.lookup import find_exact
from replygen.index.query import read_query
from replygen.index.terms import split_terms

_TAIL = "集中整治期间检查商户多家，发现的问题都已督促整改，群众反映较好，做法在全省推广。"


@pytest.fixture
def filled(index, fill_sample):
    fill_sample(index)
    return index


def test_k_limits(filled):
    assert len(filled.search("电梯", k=2)) == 2
    assert filled.search("电梯", k=0) == ()


def test_an_empty_index_answers_with_nothing(index):
    assert index.search("直播") == ()
    assert index.article("食品安全法", "第一条") is None
    assert index.statutes() == ()


def test_the_longer_name_is_the_statute_that_is_meant(filled):
    hit = filled.search("澜江省集市管理条例实施细则第二条")[0]
    assert hit.passage.document.title == "澜江省集市管理条例实施细则"


@pytest.mark.parametrize(
    "query",
    ["云市监提复〔2026〕7号", "贵局云市监提复[2026]7号收悉", "云市监提复（2026） 7 号"],
)
def test_a_document_number_is_found_however_it_is_bracketed(filled, make_reply, query):
    document = filled.add(
        *make_reply("n.docx", doc_number="云市监提复〔2026〕7号", topic="养老", extra=_TAIL)
    ).document
    hit = filled.search(query)[0]
    assert (hit.passage.document.id, hit.found_by) == (document.id, ("exact",))


def test_a_number_is_found_with_its_session_only(filled):
    hit = filled.search("十四届三次会议第0122号提案")[0]
    assert hit.found_by == ("exact",)
    assert "食堂" in hit.passage.document.title
    assert find_exact(filled._catalogue, "第0122号提案") == []
    assert find_exact(filled._catalogue, "十四届二次会议第0122号提案") == []


def test_a_title_in_brackets_is_found(filled):
    hit = filled.search("见《关于云川市养老工作提案的答复》")[0]
    assert hit.found_by == ("exact",)
    assert hit.passage.kind == "reply"


def test_near_copies_are_merged_into_one_hit(index, make_reply):
    for place in ("云川市", "石桥市", "青浦县"):
        index.add(*make_reply(f"{place}.docx", place=place, extra=_TAIL))
    hits = index.search("直播带货巡查机制", kind="measure", k=2)
    assert len(hits[0].also) == 2
    places = {index.passage(id).document.path for id in (hits[0].passage.id, *hits[0].also)}
    assert places == {"云川市.docx", "石桥市.docx", "青浦县.docx"}


def test_own_material_is_not_merged_with_a_foreign_copy(index, make_reply):
    index.add(*make_reply("a.docx", place="云川市", extra=_TAIL))
    index.add(*make_reply("b.docx", place="石桥市", extra=_TAIL), own=True)
    hits = index.search("直播带货巡查机制", kind="measure", k=2)
    assert {hit.passage.document.own for hit in hits} == {True, False}
    assert all(hit.also == () for hit in hits)


def test_rank_gives_ids_with_scores_before_merging(index, make_reply):
    for place in ("云川市", "石桥市"):
        index.add(*make_reply(f"{place}.docx", place=place, extra=_TAIL))
    ranked = index.rank("直播带货巡查机制", kind="measure", limit=10)
    assert len(ranked) == 4
    assert all(index.passage(id).kind == "measure" for id, _ in ranked)


def test_officialese_is_dropped_from_long_queries_only():
    short = read_query("进一步加强电梯监管")
    assert short.core == "进一步加强电梯监管"
    long = read_query(
        "建议有关部门进一步加强老旧小区电梯的安全监管，切实落实按需维保制度，推动物联网感知装置全覆盖"
    )
    assert "进一步" not in long.core
    assert "电梯" in long.core
    assert read_query("进一步加强" * 10).core


def test_a_first_line_is_the_topic_and_counts_twice():
    query = read_query("电梯维保\n小区电梯常年不修")
    assert query.terms.count("维保") == 2
    assert query.terms.count("不修") == 1


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("直播电商", ["直播", "播电", "电商"]),
        ("3C认证", ["3c", "认证"]),
        ("APP推送 2024年", ["app", "推送", "2024", "年"]),
        ("，。！", []),
        ("", []),
    ],
)
def test_terms_are_pairs_of_characters_and_whole_other_words(text, terms):
    assert split_terms(text) == terms


@pytest.mark.parametrize("name", ["\ud800", "《》", "法" * 5000, "\0"])
@pytest.mark.parametrize("number", ["9" * 5000, "第" + "九" * 5000 + "条", "\ud800", "第一条"])
def test_odd_articles_are_not_found(filled, name, number):
    assert filled.article(name, number) is None


def test_in_a_large_index_common_terms_are_not_looked_up(filled, monkeypatch):
    from replygen.index.local import words

    filled.catch_up()
    index = filled._open_caches().words
    options = {"kind": None, "own": None, "limit": 50}
    before = index.search(split_terms("部门协同，电梯困人"), **options)
    monkeypatch.setattr(words, "_LARGE", 1)
    monkeypatch.setattr(words, "_COMMON", 0.2)
    after = index.search(split_terms("部门协同，电梯困人"), **options)
    assert after
    assert {row for row, _ in after} < {row for row, _ in before}
    assert index.search(split_terms("部门协同"), **options)  # unless nothing else is asked
