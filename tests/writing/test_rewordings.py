"""A rewording that adds, moves or drops a fact does not stand; one that only reorders does."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from replygen.laws import load_register
from replygen.models import Document, Passage, Sentence
from replygen.writing.guard import REASONS, find_fault, lay_ground
from replygen.writing.items import Item
from replygen.writing.rewording import find_added, find_moved, find_narrowed, find_parted, repeats

FOLDER = Path(__file__).parent


def rows(name):
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def read_item(cell):
    number, kind, text = cell.split(":", 2)
    text = text.replace("／", "\n")
    rule = re.match(r"《(.+)》(?:（.*?）|(第.+?条))?：", text)
    passage = None
    if kind in ("statute", "policy"):
        document = Document("d", "d", kind, rule[1], None, None, None, None)
        passage = Passage(f"d#{number}", document, "article", 0, rule[2] or "", text)
    source = "proposal" if kind == "proposal" else f"source {number}"
    return int(number), Item(int(number), kind, text, source, passage)


def read_grounds():
    for name, origin, promise, text, on, *cells in rows("grounds.tsv"):
        items = dict(map(read_item, cells))
        sources = tuple(dict.fromkeys(items[int(n)].source for n in on.split(",")))
        confirmed = False if promise == "promise" else None
        yield name, (items, Sentence(text, origin, sources, confirmed=confirmed))


GROUNDS = dict(read_grounds())


@pytest.fixture(scope="module")
def judged(desk):
    """What is wrong with each row of rewordings.tsv."""
    profile, register = desk.settings.profile, load_register(desk.index)
    found = []
    for name, named, may, text in rows("rewordings.tsv"):
        items, ours = GROUNDS[name]
        ground = lay_ground(text, [items[int(n)] for n in named.split(",")], ours, profile)
        fault = find_fault(text, ground, judge=desk.judge, register=register, today=date.today())
        found.append((may, text, fault))
    return found


def test_no_rewording_with_a_fact_of_its_own_stands(judged):
    assert [text for may, text, fault in judged if may == "no" and not fault] == []
    assert {fault for may, _, fault in judged if may == "no"} <= set(REASONS)
    assert sum(may == "no" for may, *_ in judged) > 150


def test_rewordings_that_only_reorder_stand(judged):
    assert [(text, fault) for may, text, fault in judged if may == "yes" and fault] == []
    assert sum(may == "yes" for may, *_ in judged) >= 25


def test_our_sentence_word_for_word_stands(desk):
    register = load_register(desk.index)
    for items, ours in GROUNDS.values():
        own = [i for i in items.values() if i.source in ours.sources]
        ground = lay_ground(ours.text, own, ours, desk.settings.profile)
        assert not find_fault(
            ours.text, ground, judge=desk.judge, register=register, today=date.today()
        )


TOLD = "2024年，我局会同市商务局、市公安局检查直播间57家，立案15件，处置率99.1%；每季度会商一次。"


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("我局切实开展检查，立案15件", ()),
        ("我局检查全部直播间", ("全部",)),
        ("我局已检查直播间", ()),
        ("我局检查直播间57家以上", ("以上",)),
        ("我局当日检查直播间", ("当日",)),
        ("直播间省级检查", ("省级",)),
    ],
)
def test_what_a_rewording_adds_is_found(text, added):
    assert find_added(text, TOLD, ("我局",)) == added


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("立案达15件，检查直播间57家", ()),
        ("检查直播间15家，立案57件", ("15", "57")),
        ("立案率99.1%", ("99.1",)),
        ("每季度检查直播间", ("每季度",)),
        ("每月会商一次", ("每月", "一")),
        ("每季度会商两次", ("每季度", "两")),
    ],
)
def test_a_figure_keeps_what_it_counts(text, moved):
    assert find_moved(text, TOLD, ("我局",)) == moved


def test_who_took_part_takes_part_in_the_same():
    assert find_parted("会同市商务局、市公安局检查直播间", TOLD) == ()
    assert find_parted("会同市商务局、市公安局会商", TOLD) != ()


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("对群众反映集中的直播间开展重点监测", ()),
        ("对直播间重点监测", ("群众", "反映", "集中")),
        ("及时查处违法行为", ()),
    ],
)
def test_a_clause_is_kept_or_left_out_whole(text, lost):
    ours = "对群众反映集中的直播间重点监测，及时查处违法行为"
    assert find_narrowed(text, ours) == lost


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("加强宣传教育，组织老年大学、社区举办防骗讲座，", True),
        ("进一步加强宣传教育，", False),
        ("开展防骗讲座，加强宣传教育，", False),
    ],
)
def test_two_sentences_made_into_one_are_seen(text, twice):
    assert repeats(text, "加强宣传教育，", ("组织老年大学、社区开展防骗讲座，",)) is twice
