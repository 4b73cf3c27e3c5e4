"""The one door: a draft -> the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from replygen.checking.checked_draft import CheckedDraft
from replygen.checking.citations import check_citations
from replygen.checking.classes import check_classes
from replygen.checking.copying import check_copying
from replygen.checking.coverage import check_coverage
from replygen.checking.form import check_form
from replygen.checking.known import gather_known
from replygen.checking.leaks import check_leaks
from replygen.checking.opinions import (
    check_opinions,
    gather_opinions,
    material_texts,
    opinion_texts,
)
from replygen.checking.precedents import Precedents, find_precedents
from replygen.checking.promises import check_promises
from replygen.checking.signatories import check_signatories
from replygen.checking.slots import check_slots, drop_open_figures
from replygen.checking.unanswered import check_figures_asked
from replygen.checking.unconfirmed import check_unconfirmed
from replygen.entities.ours import Ours
from replygen.index import Index
from replygen.language import normalise_characters
from replygen.laws.register import Register, load_register
from replygen.models import CheckReport, Draft, EdgeText, Finding, Proposal
from replygen.settings import Profile

_SEVERITIES = {"block": 0, "warn": 1, "note": 2}


def check_document(
    paragraphs: Sequence[str],
    *,
    proposal: Proposal | None = None,
    profile: Profile = Profile(),  # noqa: B008 - frozen
    index: Index | None = None,
    draft: Draft | None = None,
    own_texts: Sequence[str] = (),
    today: date | None = None,
) -> CheckReport:
    """Return everything that is wrong, or worth a look, in a draft.

    ``paragraphs`` are the texts of the body's paragraphs, empty ones included; their
    places in the list are the paragraph numbers of the findings. ``draft`` is the
    composed draft, or what was recovered of it, and is matched by text. ``own_texts``
    are own material beside what the index marks as own; an ``EdgeText`` among the
    paragraphs is a header or footer, of which only the leaks are told. What could not be checked is
    named in ``not_run``. Raises StoreError when the index cannot be read.
    """
    edges = [(n, text) for n, text in enumerate(paragraphs) if isinstance(text, EdgeText)]
    body = [text for text in paragraphs if not isinstance(text, EdgeText)]
    case = CheckedDraft(
        tuple(map(normalise_characters, body)),
        proposal=proposal,
        profile=profile,
        index=index,
        draft=draft,
        own_texts=tuple(own_texts),
        today=today or date.today(),
    )
    opinions = gather_opinions(case)
    case = replace(case, own_texts=(*own_texts, *material_texts(case), *opinion_texts(opinions)))
    register = load_register(index)
    precedents = find_precedents(case)
    known = gather_known(case)
    citations, cited = check_citations(case, register)
    coverage, covered = check_coverage(case)
    copied, copies = check_copying(case, precedents)
    findings: list[Finding] = [
        *_check_edges(case, edges, register, precedents, known),
        *check_leaks(case, register, precedents, known),
        *cited,
        *covered,
        *check_figures_asked(case, coverage),
        *copies,
        *check_opinions(case, opinions),
        *check_slots(case),
        *check_unconfirmed(case),
        *check_promises(case),
        *check_classes(case),
        *check_form(case),
        *check_signatories(case),
    ]
    return CheckReport(
        coverage=coverage,
        copied=copied,
        citations=citations,
        findings=tuple(sorted(drop_open_figures(tuple(dict.fromkeys(findings))), key=_place)),
        not_run=_tell_not_run(case),
    )


def _check_edges(
    case: CheckedDraft,
    edges: Sequence[tuple[int, EdgeText]],
    register: Register,
    precedents: Precedents,
    known: Ours,
) -> Iterator[Finding]:
    """The leaks in headers and footers, each told with its part and its place among the
    draft's paragraphs."""
    texts = tuple(normalise_characters(str(text)) for _, text in edges)
    there = replace(case, paragraphs=texts, draft=None)
    for finding in check_leaks(there, register, precedents, known) if texts else ():
        if finding.where is not None:
            number, text = edges[finding.where.paragraph]
            where = replace(finding.where, paragraph=number, part=text.part)
            yield replace(finding, where=where)


def _place(finding: Finding) -> tuple[int, int, int, str]:
    """Findings stand in the order of the text; those on the whole document come last."""
    where = finding.where
    number = where.paragraph if where else 1_000_000
    return number, where.start if where else 0, _SEVERITIES[finding.severity], finding.rule


def _tell_not_run(case: CheckedDraft) -> tuple[str, ...]:
    missing = []
    if case.proposal is None:
        missing.append("覆盖核查（没有给出提案）")
    elif not case.proposal.asks:
        missing.append("覆盖核查（提案里没有认出具体建议）")
    if not case.profile.name:
        missing.append(
            "本单位信息核查（没有单位信息文件，外地内容只按提案、本单位材料和文中落款判断）"
        )
    if case.index is None:
        missing.append("照抄核查（没有打开索引）")
        missing.append("以往承诺核查（没有打开索引）")
        missing.append("外地内容溯源（没有打开索引，指不出来自哪份先例）")
    return tuple(missing)
