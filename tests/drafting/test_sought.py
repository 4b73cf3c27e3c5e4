"""What a clerk looked up in words of his own: what a letter may use of it, and as what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replygen.drafting.sought import Sought, add_sought, find_room
from replygen.laws import StatuteRecord
from replygen.laws.holding import find_holding
from replygen.models import Ask, Document, Evidence, Hit, Passage
from replygen.service.desk import Desk
from replygen.settings import Settings, load_profile, resource
from replygen.web.clerk.show_cards import show_found


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    profile = load_profile(resource("corpus", "profile.toml"))
    settings = Settings(index=tmp_path_factory.mktemp("sought") / "index", profile=profile)
    with Desk(settings) as desk:
        desk.add([resource("corpus", "own", "summary-2025.docx")], own=True)
        desk.add([resource("corpus", "rules")])
        desk.add(sorted(resource("corpus", "others").glob("*livestream*")))
        yield desk


def first(desk, room: str) -> Passage:
    passages = (p for d in desk.index.documents() for p in desk.index.passages(d.id))
    profile = desk.settings.profile
    holding = find_holding(desk.index, profile)
    return next(p for p in passages if find_room(p, holding, profile) == room)


@pytest.mark.parametrize("room", ["own", "precedents", "statutes"])
def test_a_passage_that_was_chosen_is_evidence_of_that_ask_alone(desk, room):
    passage = first(desk, room)
    asks = tuple(Ask(n, f"第{n}件事", f"办第{n}件事。") for n in (1, 2))
    found = add_sought(
        [Evidence(ask) for ask in asks],
        (f"2:{passage.id}", "1:gone#0", "1:material:1#0"),
        desk.index,
        profile=desk.settings.profile,
    )
    assert found[0] == Evidence(asks[0])
    assert [h.passage for h in getattr(found[1], room)] == [passage]
    again = add_sought(found, (f"2:{passage.id}",), desk.index, profile=desk.settings.profile)
    assert again == found  # what was found anyway stands once


def test_what_no_letter_may_use_has_no_room(desk):
    profile = desk.settings.profile
    holding = find_holding(desk.index, profile)
    article = first(desk, "statutes")
    precedent = first(desk, "precedents")
    for passage in (
        replace(article, document=replace(article.document, id="another edition")),
        replace(precedent, kind="refusal"),
        replace(precedent, kind="reply"),
    ):
        assert find_room(passage, holding, profile) is None


def hit(relevance: float) -> Hit:
    document = Document("d", "d.txt", "《夜市管理条例》", "statute", None, None, None, None)
    return Hit(
        Passage("d#0", document, "article", 0, "第三条", "划定夜市范围。"),
        0.5,
        (),
        relevance=relevance,
    )


@pytest.mark.parametrize(
    ("found", "words", "absent"),
    [
        ([], ["没有找到"], ["data-use"]),
        ([("statutes", "in_force", 0.9)], ["现行有效", 'data-use="d#0"'], ["没有找到"]),
        ([(None, "in_force", 0.9)], ["不能引用"], ["data-use", "现行有效"]),
        ([(None, "repealed", 0.9)], ["已废止"], ["data-use"]),
        ([("statutes", "in_force", 0.01)], ["没有找到正好", "data-use"], []),
        (
            [("statutes", "in_force", 0.9), ("statutes", "in_force", 0.01)],
            ["还有 1 条只是意思相近"],
            ["没有找到"],
        ),
    ],
)
def test_a_result_says_whether_it_can_be_used_and_how_near_it_is(found, words, absent):
    record = StatuteRecord("夜市管理条例", "in_force", "2020-01-01", "d", 1)
    shown = show_found(
        [Sought(hit(r), room, replace(record, status=s)) for room, s, r in found], ()
    )
    assert [w for w in words if w not in shown] == []
    assert [w for w in absent if w in shown] == []
