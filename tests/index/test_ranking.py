"""How signals are weighed: shares, kin, overlap, preferences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replygen.index.fusion import Found, Ranking, fuse, merge_copies, scale_cosines
from replygen.index.local.overlap import score_overlap
from replygen.index.query import read_query
from replygen.index.tuning import Preference, Tuning
from replygen.models import Document, Passage


def test_a_passage_without_a_slow_vector_keeps_the_scale_of_the_rest():
    words = Ranking("words", 0.5, {1: 0.8, 2: 0.4}, frozenset({1, 2}), whole=True)
    slow = Ranking("vectors", 0.5, {2: 0.6}, frozenset({2}))
    assert {f.row: round(f.score, 3) for f in fuse([words, slow])} == {1: 0.8, 2: 0.5}


def test_what_the_words_did_not_find_has_a_word_score_of_0():
    words = Ranking("words", 0.5, {1: 0.8}, frozenset({1}), whole=True)
    slow = Ranking("vectors", 0.5, {1: 0.2, 2: 0.6}, frozenset({2}))
    assert {f.row: round(f.score, 3) for f in fuse([words, slow])} == {1: 0.5, 2: 0.3}


_LIFT = "推进既有住宅加装电梯，对六层以上楼栋给予补贴，全年完成96台。"
_LIFT_THERE = _LIFT.replace("96", "118")
_FOOD = "建成老年食堂，步行十五分钟可以就餐。"


@pytest.mark.parametrize(
    ("second", "also"),
    [
        (("乙", "measure", False, _LIFT_THERE), ("乙#1",)),
        (("甲", "measure", False, _LIFT_THERE), ()),  # the same document says it twice
        (("乙", "measure", True, _LIFT_THERE), ()),  # our own
        (("乙", "reply", False, _LIFT_THERE), ()),
        (("乙", "measure", False, _FOOD), ()),
    ],
)
def test_a_copy_is_merged_into_the_first_hit_of_its_kind_and_origin(second, also):
    first = _make_passage(0, "甲", "measure", False, _LIFT)
    found = [(Found(0, 0.9, ("words",)), first)]
    found += [(Found(1, 0.8, ("words",)), _make_passage(1, *second))]
    hits = merge_copies(iter(found), k=2)
    assert hits[0].also == also
    assert len(hits) == 2 - len(also)


def test_a_copy_behind_the_last_hit_is_merged_too_and_an_article_never():
    texts = (("甲", "measure", _LIFT), ("乙", "measure", _FOOD), ("丙", "measure", _LIFT_THERE))
    laws = (("丁", "article", _LIFT), ("戊", "article", _LIFT))
    found = [
        (Found(row, 0.9, ("words",)), _make_passage(row, id, kind, False, text))
        for row, (id, kind, text) in enumerate((*texts, *laws))
    ]
    hits = merge_copies(iter(found[:3]), k=2)
    assert [(h.passage.id, h.also) for h in hits] == [("甲#0", ("丙#2",)), ("乙#1", ())]
    assert [h.passage.id for h in merge_copies(iter(found[3:]), k=5)] == ["丁#3", "戊#4"]


def _make_passage(position, id, kind, own, text):
    document = Document(id, f"{id}.docx", "reply", id, None, None, None, None, own, None)
    return Passage(f"{id}#{position}", document, kind, position, "", text, None, None, None, None)


def test_cosines_count_from_the_floor_of_their_encoder():
    scaled = scale_cosines({1: 1.0, 2: 0.9, 3: 0.7}, 0.8)
    assert {row: round(s, 3) for row, s in scaled.items()} == {1: 1.0, 2: 0.5, 3: -0.5}
    assert scale_cosines({1: 0.9, 2: 0.7}, None)[2] == 0
    assert scale_cosines({}, None) == {}


@pytest.mark.parametrize(
    ("query", "dropped"),
    [
        ("房东不退押金怎么办", "怎么办"),
        ("请问摆摊需要登记吗", "请问"),
        ("如果没有公平秤可以投诉吗", "可以"),
    ],
)
def test_wording_of_questions_is_not_looked_for(query, dropped):
    read = read_query(query)
    assert dropped not in read.core
    assert read.text == query
    assert dropped in read_query(query, replace(Tuning(), plain=False)).core


@pytest.mark.parametrize("query", ["怎么办", "请问", "应该怎么处理"])
def test_a_query_of_nothing_else_stays_as_it_is(query):
    assert read_query(query).terms


def test_overlap_is_a_cosine_and_only_for_long_queries():
    text = "小区电梯常年困人维保单位不到场业委会多次反映没有结果希望督促整改并公布检查情况" * 2
    terms = list(read_query(text, Tuning(plain=False)).terms)
    texts = {1: text, 2: "学校食堂后厨接入监管平台家长随时查看", 3: ""}
    scores = score_overlap(terms, texts, lambda wanted: dict.fromkeys(wanted, 2.0))
    assert scores[1] == pytest.approx(1, abs=0.02)
    assert scores[2] == scores[3] == 0
    assert score_overlap(terms[:10], texts, lambda wanted: dict.fromkeys(wanted, 2.0)) == {}


def test_articles_of_a_law_speak_for_each_other(index, make_statute, make_reply):
    for name in ("澜江省集市管理条例", "澜江省摊位登记办法"):
        index.add(*make_statute(name, 4))
    index.add(*make_reply())
    alone = dict(index.rank("集市摊位登记", kind="article", tuning=Tuning(siblings=0)))
    joined = dict(index.rank("集市摊位登记", kind="article", tuning=Tuning(siblings=0.5)))
    assert set(alone) == set(joined)
    assert all(0 <= score <= 1 for score in joined.values())
    assert alone != joined
    measures = [index.rank("直播", kind="measure", tuning=Tuning(siblings=k)) for k in (0, 0.5)]
    assert measures[0] == measures[1]


def test_a_preference_moves_what_fits_alike(index, make_reply):
    index.add(*make_reply("a.docx", place="石桥市"))
    own = index.add(*make_reply("b.docx", place="云川市"), own=True).document
    prefer = Preference(own=0.2)
    assert (
        index.search("直播带货巡查机制", kind="measure", prefer=prefer)[0].passage.document == own
    )
    recent = index.search("直播带货巡查机制", prefer=Preference(year=2026, level="市", role="主办"))
    assert all(0 <= hit.score <= 1 for hit in recent)


def test_the_accurate_way_gives_the_same_kind_of_answer(tmp_path, make_reply):
    from replygen.index import open_index

    with open_index(tmp_path, accurate=True, encoder="hash") as index:
        for i, topic in enumerate(("直播", "电梯", "食堂", "养老")):
            index.add(*make_reply(f"{i}.docx", topic=topic))
        hits = index.search("老旧小区电梯常年困人没有人修" * 8, kind="measure")
        assert hits[0].passage.title == "推行电梯按需维保"
        assert all(0 <= hit.score <= 1 for hit in hits)
