"""The cards that a clerk chooses from: what they say, and that only chosen ones are used."""

from __future__ import annotations

import pytest

from replygen.drafting.cards import choose_evidence
from replygen.service.desk import Desk
from replygen.settings import Profile, Settings, load_profile, resource
from replygen.web.clerk.show_cards import show_cards


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    profile = load_profile(resource("corpus", "profile.toml"))
    settings = Settings(index=tmp_path_factory.mktemp("cards") / "index", profile=profile)
    with Desk(settings) as desk:
        desk.add([resource("corpus", "own", "summary-2025.docx")], own=True)
        desk.add([resource("corpus", "rules")])
        desk.add(sorted(resource("corpus", "others").glob("*livestream*")))
        desk.add([resource("corpus", "others", "boyuan-anchor-2025.pdf")])
        yield desk


@pytest.fixture(scope="module")
def found(desk):
    proposal = desk.read_proposal(resource("corpus", "proposals", "0126.docx"))
    return proposal, *desk.evidence(proposal)


def test_every_ask_has_its_cards_in_order(found):
    proposal, evidence, laid = found
    assert [a.ask for a in laid] == list(proposal.asks)
    for e, asked in zip(evidence, laid, strict=True):
        assert len(asked.cards) == len(e.own) + len(e.precedents) + len(e.statutes)


def test_what_was_removed_stood_in_the_original_and_is_gone_from_the_wording(found):
    cards = [c for a in found[2] for c in a.cards if c.kind == "precedent" and c.wording]
    assert any(card.removed for card in cards)
    for card in cards:
        for words in card.removed:
            assert words in card.passage.text
            assert words not in card.wording


def test_a_statute_says_whether_it_is_in_force(found):
    records = [c.record for a in found[2] for c in a.cards if c.kind == "statute"]
    assert records
    assert all(r is not None and r.status == "in_force" for r in records)


def test_the_usual_choice_gives_the_usual_draft(desk, found, tmp_path):
    proposal, evidence, laid = found
    usual = [c.id for a in laid for c in a.cards if c.chosen]
    chosen = desk.draft(
        proposal, output=tmp_path / "a.docx", evidence=choose_evidence(evidence, usual)
    )
    plain = desk.draft(proposal, output=tmp_path / "b.docx")
    sources = [s.sources for b in plain.draft.blocks for s in b.sentences]
    assert [s.sources for b in chosen.draft.blocks for s in b.sentences] == sources


def test_nothing_chosen_leaves_only_form_and_open_places(desk, found, tmp_path):
    proposal, evidence, _ = found
    result = desk.draft(
        proposal, output=tmp_path / "c.docx", evidence=choose_evidence(evidence, [])
    )
    origins = {s.origin for b in result.draft.blocks for s in b.sentences}
    assert not origins & {"own", "statute"}
    used = {x for b in result.draft.blocks for s in b.sentences for x in s.sources}
    assert used <= {"proposal", "profile"}


REFUSED = """关于市政协五届三次会议第0177号提案的答复
王芳委员：
您提出的《关于规范既有住宅加装电梯的提案》收悉，现答复如下：
一、关于把既有住宅加装电梯费用纳入财政补助
目前既有住宅加装电梯补助没有资金来源，暂不具备纳入市级财政补助的条件。
二、关于加强施工现场巡查
我局每月巡查加装电梯施工现场，发现隐患立即整改。
泊原市住房和城乡建设局
2025年6月3日
"""
WANTED = """关于加快既有住宅加装电梯的提案
案由：既有住宅加装电梯慢。
建议：
一、制定既有住宅加装电梯财政补助管理办法，把加装电梯费用纳入财政补助。
二、加强施工现场巡查，建立每月巡查加装电梯施工现场的制度。
"""


def test_refusals_of_others_are_examples_where_an_ask_is_studied_and_nowhere_else(tmp_path):
    for name, text in (("答复.txt", REFUSED), ("提案.txt", WANTED)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    profile = Profile(name="云川市住房和城乡建设局", region="云川市", province="澜江省")
    with Desk(Settings(index=tmp_path / "index", profile=profile)) as desk:
        desk.add([tmp_path / "答复.txt"])
        proposal = desk.read_proposal(tmp_path / "提案.txt")
        evidence, laid = desk.evidence(proposal)
        result = desk.draft(proposal, output=tmp_path / "a.docx", evidence=evidence)
        (hit,) = desk.search("加装电梯补助没有资金来源", kind="refusal")
    assert hit.passage.outcome == "deferred"
    assert [stance.kind for stance in result.draft.stances] == ["study", "adopt"]
    examples = [[c for c in a.cards if c.kind == "refusal"] for a in laid]
    assert [len(cards) for cards in examples] == [1, 0]
    for card in (c for cards in examples for c in cards):
        assert not card.chosen
        shown = show_cards(laid, [c.id for a in laid for c in a.cards])
        assert f'data-card="{card.id}"' not in shown
        assert card.passage.text[:10] in shown
