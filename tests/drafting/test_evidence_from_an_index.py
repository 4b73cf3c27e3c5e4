"""Evidence from a real index over a few sample documents, and the draft made of it."""

from dataclasses import replace

import pytest

from replygen.drafting import compose_draft, gather_evidence, load_form
from replygen.index import open_index, split_passages
from replygen.parsing import parse_source
from replygen.reading import read_source
from replygen.service.desk import Desk
from replygen.settings import Settings, load_profile

OTHERS = [
    "dianyang-livestream-2024.docx",
    "jizhou-livestream-standard-2025.html",
    "boyuan-bus-2025.pdf",
]


@pytest.fixture(scope="module")
def corpus(root):
    folder = root / "corpus"
    if not (folder / "others" / OTHERS[0]).is_file():
        pytest.skip("没有示例语料")
    return folder


@pytest.fixture(scope="module")
def evidence(corpus, tmp_path_factory):
    proposal = parse_source(read_source(corpus / "proposals" / "0126.docx"))
    with open_index(tmp_path_factory.mktemp("index")) as index:
        for name in OTHERS:
            source = read_source(corpus / "others" / name)
            index.add(parse_source(source), source)
        source = read_source(corpus / "own" / "summary-2025.docx")
        index.add(parse_source(source), source, own=True)
        profile = load_profile(corpus / "profile.toml")
        return proposal, gather_evidence(proposal, index, profile=profile), profile


def test_every_ask_gets_its_evidence_in_order(evidence):
    proposal, found, _ = evidence
    assert [e.ask for e in found] == list(proposal.asks)
    assert any(e.precedents for e in found) and any(e.own for e in found)


def test_own_and_foreign_are_kept_apart(evidence):
    for found in evidence[1]:
        assert all(h.passage.document.own for h in found.own)
        assert not any(h.passage.document.own for h in found.precedents)


def test_own_papers_of_another_place_are_nobodys_deeds(corpus, tmp_path):
    """The sample's papers stay when a unit of another province sets its own name."""
    proposal = parse_source(read_source(corpus / "proposals" / "0126.docx"))
    profile = load_profile(corpus / "profile.toml")
    other = replace(profile, name="北岭省商务厅", region="北岭省", province="北岭省", places=())
    with open_index(tmp_path / "index") as index:
        source = read_source(corpus / "own" / "summary-2025.docx")
        index.add(parse_source(source), source, own=True)
        assert any(e.own for e in gather_evidence(proposal, index, profile=profile))
        assert not any(e.own for e in gather_evidence(proposal, index, profile=other))


def test_a_measure_about_buses_is_no_evidence_on_livestreaming(evidence):
    titles = {h.passage.document.title for e in evidence[1] for h in e.precedents}
    assert not any("公交" in title for title in titles)


def test_the_draft_tells_no_figure_of_another_place(evidence):
    proposal, found, profile = evidence
    form = load_form("letter", channel=proposal.channel, host_role=proposal.host_role)
    draft = compose_draft(proposal, found, profile=profile, form=form)
    assert [s.ask for s in draft.sections if s.ask] == [a.order for a in proposal.asks]
    for block in draft.blocks:
        for sentence in block.sentences:
            if sentence.origin == "precedent":
                assert not any(char.isdigit() for char in sentence.text)
                assert "甸阳" not in sentence.text and "霁州" not in sentence.text


def test_attached_material_counts_as_own(corpus, evidence, tmp_path):
    proposal, _, _ = evidence
    source = read_source(corpus / "own" / "summary-2025.docx")
    parsed = parse_source(source)
    with open_index(tmp_path) as index:
        index.add(parsed, source, own=True)
        [document] = index.documents()
        passages = split_passages(parsed, document)
        index.remove(document.id)
        found = gather_evidence(proposal, index, material=passages)
    assert any(e.own for e in found) and not any(e.precedents for e in found)


def test_a_rule_that_another_one_repeals_is_not_offered(corpus, tmp_path):
    proposal = parse_source(read_source(corpus / "proposals" / "0126.docx"))
    with open_index(tmp_path) as index:
        for name in ("yunchuan-live-commerce-2025.docx", "yunchuan-live-marketing-2021.txt"):
            source = read_source(corpus / "rules" / name)
            index.add(parse_source(source), source)
        found = gather_evidence(proposal, index, profile=load_profile(corpus / "profile.toml"))
    titles = {h.passage.document.title for e in found for h in e.statutes}
    assert any("促进和规范办法" in title for title in titles)
    assert not any("暂行规定" in title for title in titles)


@pytest.fixture
def remembering(corpus, tmp_path):
    """A desk over a small index, and the queries that its index was asked."""
    with Desk(Settings(index=tmp_path / "index", work=tmp_path / "work")) as desk:
        desk.add([corpus / "others" / name for name in OTHERS])
        asked, search = [], desk.index.search
        desk.index.search = lambda query, **more: asked.append(query) or search(query, **more)
        yield desk, asked


def test_an_ask_is_searched_once_as_long_as_the_index_is_the_same(remembering, corpus):
    desk, asked = remembering
    proposal = desk.read_proposal(corpus / "proposals" / "0126.docx")
    first = desk.evidence(proposal)
    count = len(asked)
    assert count and desk.evidence(proposal) == first and len(asked) == count
    # one ask is written anew: the others are not searched again
    other = replace(proposal.asks[1], text="建立主播信用档案，公开失信名单。")
    changed = replace(proposal, asks=(proposal.asks[0], other, *proposal.asks[2:]))
    found = desk.evidence(changed)[0]
    assert {query.partition("\n")[0] for query in asked[count:]} == {other.topic}
    index, profile = desk.index, desk.settings.profile
    assert found == gather_evidence(changed, index, profile=profile, judge=desk.judge)


@pytest.mark.parametrize("change", ["add", "remove", "correct", "another process"])
def test_an_ask_is_searched_anew_when_the_index_was_changed(remembering, corpus, change):
    desk, asked = remembering
    proposal = desk.read_proposal(corpus / "proposals" / "0126.docx")
    desk.evidence(proposal)
    count, document = len(asked), desk.documents()[0]
    if change == "add":
        desk.add([corpus / "own" / "summary-2025.docx"], own=True)
    elif change == "remove":
        desk.index.remove(document.id)
    elif change == "correct":
        desk.correct(document.id, {"region": "澜江省兰溪市"}, by="张三")
    else:
        with open_index(desk.settings.index) as theirs:
            theirs.remove(document.id)
    found = desk.evidence(proposal)[0]
    assert len(asked) > count
    profile = desk.settings.profile
    assert found == gather_evidence(proposal, desk.index, profile=profile, judge=desk.judge)


def test_a_stance_is_changed_without_asking_the_index_how_large_it_is(remembering, corpus):
    desk, asked = remembering
    proposal = desk.read_proposal(corpus / "proposals" / "0126.docx")
    found = desk.evidence(proposal)[0]
    count, measured, status = len(asked), [], desk.index.status
    desk.index.status = lambda: measured.append(1) or status()
    letters = [desk.compose(proposal, evidence=found, stances={"2": s}) for s in ("study", "refer")]
    assert letters[0] != letters[1] and not measured and len(asked) == count
