"""What a query finds."""

from __future__ import annotations

import pytest

from replygen.search.lookup import find_exact
from replygen.search.query import read_query
from replygen.search.words import split_terms

_TAIL = "集中整治期间检查商户多家，发现的问题都已督促整改，群众反映较好，做法在全省推广。"


@pytest.fixture
def filled(index, make_reply, make_statute):
    for i, topic in enumerate(("直播", "电梯", "食堂", "养老")):
        index.add(*make_reply(f"{i}.docx", topic=topic, number=f"012{i}"))
    index.add(*make_reply("own.docx", topic="电梯", place="青浦县"), own=True)
    index.add(*make_statute())
    index.add(*make_statute("澜江省集市管理条例实施细则", 5))
    return index


@pytest.mark.parametrize(
    ("query", "lead"),
    [
        ("直播间虚假宣传怎么管", "建立直播带货巡查机制"),
        ("电梯困人", "推行电梯按需维保"),
        ("家长想看学校后厨", "校园食堂互联网加明厨亮灶"),
        ("高龄老人吃饭难", "发展社区助餐服务"),
    ],
)
def test_the_measure_for_a_question_comes_first(filled, query, lead):
    hit = filled.search(query, kind="measure", own=False)[0]
    assert hit.passage.title == lead
    assert set(hit.found_by) <= {"words", "vectors"}


def test_scores_fall_and_lie_between_0_and_1(filled):
    scores = [hit.score for hit in filled.search("直播电梯食堂养老", k=50)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= s <= 1 for s in scores)
    assert len(scores) > 5


@pytest.mark.parametrize("kind", ["measure", "reply", "article"])
def test_kind_restricts(filled, kind):
    hits = filled.search("云川市集市电梯登记", kind=kind)
    assert {hit.passage.kind for hit in hits} == {kind}


@pytest.mark.parametrize("own", [True, False])
def test_own_restricts(filled, own):
    hits = filled.search("电梯按需维保")
    assert {h.passage.document.own for h in hits} == {True, False}
    hits = filled.search("电梯按需维保", own=own)
    assert {h.passage.document.own for h in hits} == {own}


def test_k_limits(filled):
    assert len(filled.search("电梯", k=2)) == 2
    assert filled.search("电梯", k=0) == ()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "AND OR NOT",
        'body:"',
        "((((",
        '+-&&||!(){}[]^"~*?:\\/',
        "\0",
        "\ud800",
        "电" * 20_000,
        "第条之一《》〔〕号第届次",
        "第99999999999999条",
        "《" * 500,
        "🙂" * 30,
        "' OR 1=1 --",
        "第十十条 第零条 食品安全法第千条",
    ],
)
def test_no_query_raises(filled, query):
    for kind in (None, "measure", "article"):
        hits = filled.search(query, kind=kind, own=None)
        assert all(0 <= hit.score <= 1 for hit in hits)


def test_an_empty_index_answers_with_nothing(index):
    assert index.search("直播") == ()
    assert index.article("食品安全法", "第一条") is None
    assert index.statutes() == ()


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("澜江省集市管理条例第二条", "第二条"),
        ("《澜江省集市管理条例》第2条怎么理解", "第二条"),
        ("依据澜江省集市管理条例实施细则第五条", "第五条"),
        ("《澜江省集市管理条例》", "第一条"),
    ],
)
def test_a_named_article_comes_first_with_score_1(filled, query, title):
    hit = filled.search(query)[0]
    assert (hit.passage.title, hit.score, hit.found_by) == (title, 1.0, ("exact",))


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
    assert find_exact(filled._store, "第0122号提案") == []
    assert find_exact(filled._store, "十四届二次会议第0122号提案") == []


def test_a_title_in_brackets_is_found(filled):
    hit = filled.search("见《关于云川市养老工作提案的答复》")[0]
    assert hit.found_by == ("exact",)
    assert hit.passage.kind == "reply"


@pytest.mark.parametrize(
    ("name", "number", "found"),
    [
        ("澜江省集市管理条例", "第二条", "第二条"),
        ("《澜江省集市管理条例》", "2", "第二条"),
        ("澜江省集市管理条例（2024年修订）", "第２条", "第二条"),
        ("澜江省集市管理条例", "第二条第一款", "第二条"),
        ("澜江省集市管理条例", "第四条", None),  # the 实施细则 has one
        ("集市管理条例", "第二条", None),
        ("澜江省集市管理条例实施", "第二条", None),
        ("", "第二条", None),
        ("澜江省集市管理条例", "", None),
        ("澜江省集市管理条例", "第二章", None),
    ],
)
def test_an_article_is_found_by_its_exact_name_and_number(filled, name, number, found):
    passage = filled.article(name, number)
    assert (passage.title if passage else None) == found


def test_of_two_versions_the_one_in_force_is_given(index, make_statute):
    index.add(*make_statute(status="repealed", effective="2010-01-01"))
    index.add(*make_statute(status="in_force", effective="2024-01-01", articles=4))
    index.add(*make_statute(status="not_in_force", effective="2027-01-01", articles=5))
    assert index.article("澜江省集市管理条例", "第一条").document.date == "2024-01-01"
    assert [s.status for s in index.statutes()] == ["in_force", "not_in_force", "repealed"]
    assert [s.articles for s in index.statutes()] == [4, 5, 3]


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


@pytest.mark.parametrize("id", ["", "#", "#1", "abc#1", "abc#" + "9" * 40, "abc#x"])
def test_odd_ids_are_not_found(filled, id):
    assert filled.passage(id) is None
    assert filled.document(id) is None
    assert filled.passages(id) == ()


def test_in_a_large_index_common_terms_are_not_looked_up(filled, monkeypatch):
    from replygen.search import words

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
