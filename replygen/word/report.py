"""What checking says about a draft, as one HTML page beside the text, to read or to print
(``templates/report.html``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from replygen.checking import Comparison
from replygen.models import CheckReport, EdgeText, Finding
from replygen.word.advice import advise
from replygen.word.report_docx import write_report_docx
from replygen.word.report_head import NO_HEAD, RECORD_HEADS, ReportHead, tell_standing
from replygen.word.report_parts import lay_beside, lay_matrix
from replygen.word.report_words import (
    ORDER,
    SEVERITIES,
    VERDICTS,
    family_of,
    find_copied,
    shorten,
    tell_answered,
)
from replygen.word.spans import cut_at_findings
from replygen.word.templating import render
from replygen.word.writing import write_whole


@dataclass(frozen=True, slots=True)
class _Card:
    """A finding as the page tells it: ``paragraph`` where it stands in one of the text."""

    severity: str
    family: str
    paragraph: int | None
    place: str
    quote: str
    message: str
    advice: str | None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a paragraph; within findings with the severity of the worst and what they
    say, else with "" for both."""

    text: str
    severity: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph of the text with the severity of the worst that was found in it."""

    number: int
    worst: str
    pieces: tuple[_Piece, ...]


def write_report(
    report: CheckReport,
    paragraphs: Sequence[str],
    path: Path,
    *,
    title: str = "核查报告",
    comparisons: Sequence[Comparison] = (),
    head: ReportHead = NO_HEAD,
) -> Path:
    """Return ``path``, where the report now lies: as a .docx where ``path`` ends so
    (``write_report_docx``), else as one HTML page that needs no other file and asks nothing
    of the network: what the paper is and the reviewer said of it (``head``), summary,
    ask × paragraph matrix, citations, copying with the nearest precedents side by side
    (``comparisons``), findings that lead to their place, and the text with marked places.
    Raises ExportError where it cannot be written."""
    if path.suffix.lower() == ".docx":
        return write_report_docx(
            report, paragraphs, path, title=title, comparisons=comparisons, head=head
        )
    page = report_to_html(report, paragraphs, title=title, comparisons=comparisons, head=head)
    return write_whole(path, page.encode())


def report_to_html(
    report: CheckReport,
    paragraphs: Sequence[str],
    *,
    title: str,
    comparisons: Sequence[Comparison] = (),
    head: ReportHead = NO_HEAD,
) -> str:
    """Return the page; everything that comes from a document is escaped."""
    told = (advise(f, "report") for f in report.findings)
    findings = sorted(told, key=lambda f: ORDER[f.severity])
    groups = [(s, SEVERITIES[s], [_card(f) for f in findings if f.severity == s]) for s in ORDER]
    settled = [_card(advise(f, "report")) for f in head.settled]
    verdicts = ((c, *VERDICTS[c.verdict]) for c in report.citations)
    return render(
        "report.html",
        title=title,
        standing=list(tell_standing(report, head)),
        head=head,
        record_heads=RECORD_HEADS,
        counts=[(severity, name, len(group)) for severity, name, group in groups],
        tiles=list(_tell_shares(report, find_copied(report, comparisons))),
        not_run=report.not_run,
        matrix=lay_matrix(report, paragraphs),
        groups=[group for group in groups if group[2]],
        settled=settled,
        citations=[(citation, word, severity or "good") for citation, word, severity in verdicts],
        copied=report.copied,
        pairs=lay_beside(comparisons, paragraphs),
        text=list(_mark_text(paragraphs, findings)),
    )


def _tell_shares(report: CheckReport, copied: str | None) -> Iterator[tuple[str, str]]:
    """What stands beside the counts, each with its name."""
    if report.coverage:
        yield tell_answered(report)
    if copied is not None:
        yield f"{report.copied.ratio:.0%}", f"与{copied}相同"
    valid = sum(c.verdict == "valid" for c in report.citations)
    yield f"{valid}/{len(report.citations)}", "引用有效"


def _card(finding: Finding) -> _Card:
    where = finding.where
    return _Card(
        severity=finding.severity,
        family=family_of(finding.rule),
        paragraph=where.paragraph if where is not None and where.part == "body" else None,
        place="全文" if where is None else where.place,
        quote=shorten(where.text) if where is not None else "",
        message=finding.message,
        advice=finding.suggestion,
    )


def _mark_text(paragraphs: Sequence[str], findings: Sequence[Finding]) -> Iterator[_Line]:
    """The text, line by line; a header or a footer is no paragraph of the letter."""
    for number, text in enumerate(paragraphs):
        if isinstance(text, EdgeText):
            continue
        here = [f for f in findings if f.where is not None and f.where.paragraph == number]
        yield _Line(number, _worst(here), tuple(_cut(text, here)))


def _cut(text: str, findings: Sequence[Finding]) -> Iterator[_Piece]:
    for piece, over in cut_at_findings(text, findings):
        yield _Piece(piece, _worst(over), "；".join(dict.fromkeys(f.message for f in over)))


def _worst(findings: Sequence[Finding]) -> str:
    return min((f.severity for f in findings), key=lambda s: ORDER[s], default="")
