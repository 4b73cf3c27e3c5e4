"""The cards that a clerk chooses from: what they say, and that only chosen ones are used."""

from __future__ import annotations

import pytest

from replygen.desk import Desk
from replygen.drafting.cards import choose_evidence
from replygen.settings import Settings, load_profile, resource


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
