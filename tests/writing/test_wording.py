"""A model's sentences beside ours: taken and left one by one, kept with the work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replygen.models import Reference
from replygen.settings import Writer
from replygen.workspace.work import Work, work_from_json, work_to_json
from replygen.writing import find_standing, list_wordings, take_wordings, with_references
from replygen.writing.model import leaves_house
from replygen.writing.scripted import answer_well, invent_one


def words(draft):
    return [s.text for block in draft.blocks for s in block.sentences]


@pytest.fixture(scope="module")
def said(write, case):
    """(ours, written, what stands beside what) for a model that is good, and one that invents"""
    ours = case[2]
    return {
        script: (written, list_wordings(ours, written))
        for script in (answer_well, invent_one)
        for written in (write(script),)
    }


def test_a_good_models_sentences_are_listed_in_their_places(said, case):
    written, wordings = said[answer_well]
    assert len(wordings) == written.kept and all(w.theirs is not None for w in wordings)
    for w in wordings:
        assert case[2].blocks[w.block].sentences[w.sentence] == w.ours
        assert written.draft.blocks[w.block].sentences[w.sentence] == w.theirs
        assert w.theirs.origin == "model" and w.ours.ask == w.ask


def test_what_was_refused_is_listed_beside_ours_with_the_reason(said):
    _, wordings = said[invent_one]
    refused = [w for w in wordings if w.theirs is None]
    assert len(refused) == 3 and {w.reason for w in refused} == {"number"}
    assert all(w.ours is not None and w.said != w.ours.text for w in refused)


def test_sentences_are_taken_and_left_one_by_one(said, case):
    ours = case[2]
    written, wordings = said[answer_well]
    all_ = take_wordings(ours, wordings, model=True)
    assert words(all_) == words(written.draft)
    assert set(find_standing(all_, wordings).values()) == {"model"}
    one = take_wordings(ours, wordings[:1], model=True)
    assert sum(a != b for a, b in zip(words(one), words(ours), strict=True)) == 1
    assert take_wordings(all_, wordings, model=False).blocks == ours.blocks


def test_a_place_that_holds_something_else_by_now_is_not_touched(said, case):
    ours = case[2]
    _, wordings = said[answer_well]
    first = wordings[0]
    other = take_wordings(
        ours, [replace(first, theirs=replace(first.ours, text="换了。"))], model=True
    )
    assert first.place not in find_standing(other, wordings)
    assert take_wordings(other, [first], model=True) == other


def test_references_are_added_once(said, case):
    written, wordings = said[answer_well]
    draft = with_references(take_wordings(case[2], wordings, model=True), written.draft)
    known = [reference.id for reference in draft.references]
    assert len(known) == len(set(known)) and "model:模拟" in known
    assert with_references(draft, written.draft) == draft
    assert all(isinstance(reference, Reference) for reference in draft.references)


def test_what_a_model_said_is_stored_with_the_work_and_read_back(said, case):
    for _, wordings in said.values():
        work = Work(case[0], draft=case[2], worded=wordings)
        assert work_from_json(work_to_json(work)) == work


def test_work_that_was_stored_before_there_were_models_is_read(case):
    import json

    table = json.loads(work_to_json(Work(case[0])))
    del table["worded"]
    assert work_from_json(json.dumps(table)).worded == ()


HOSTS = {
    "inside, allowed or not": ("http://127.0.0.1:8000/v1", True, ""),
    "inside by name": ("http://localhost:8000/v1", True, ""),
    "outside, allowed": ("https://8.8.8.8/v1", True, "8.8.8.8"),
}


@pytest.mark.parametrize(("url", "allowed", "host"), HOSTS.values(), ids=list(HOSTS))
def test_where_words_go_that_leave_the_house_is_known(url, allowed, host):
    assert leaves_house(Writer(base_url=url, allow_external=allowed)) == host


def test_other_words_for_a_commitment_want_to_be_confirmed_again(said, case):
    from replygen.web.clerk.wording import choose_wordings, read_wish

    _, wordings = said[answer_well]
    promise = next(w for w in wordings if w.ours.confirmed is False)
    values = {f"confirm.{promise.ask}": "x", "confirm.99": "x"}
    work = Work(case[0], draft=case[2], worded=wordings, values=values)
    block, sentence = promise.place
    wish = f'{{"ask": {promise.ask}, "how": "take", "place": "{block}.{sentence}", "on": true}}'
    taken = choose_wordings(work, read_wish(wish))
    assert taken.draft.blocks[block].sentences[sentence] == promise.theirs
    assert set(taken.values) == {"confirm.99"}
    same = choose_wordings(taken, read_wish(wish))
    assert same == taken
