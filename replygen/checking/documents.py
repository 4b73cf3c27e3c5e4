"""The national documents and standards that a draft cites, judged one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from replygen.checking.checked_draft import CheckedDraft, make_finding
from replygen.language.slots import find_slots
from replygen.laws import CitationMention
from replygen.laws.documents import DocumentMention, find_document_citations
from replygen.laws.orders import judge_cited
from replygen.laws.register import Register
from replygen.laws.titles import is_law
from replygen.laws.verdicts import Judgement
from replygen.models import Citation, Finding, Severity, Verdict

_WHAT: dict[Verdict, str] = {
    "repealed": "引用的文件已不再执行",
    "outdated_edition": "引用的是旧版本",
    "not_in_force": "引用的文件尚未施行",
    "wrong_number": "文号和登记的不一致",
}


def find_documents(
    case: CheckedDraft, number: int, judged: Sequence[CitationMention], register: Register
) -> Iterator[DocumentMention]:
    """Yield the national documents that a paragraph cites outside of its statutes (there only the
    number is looked at), of open places and of the title of the proposal that is answered."""
    text = case.paragraphs[number]
    title = case.proposal.title if case.proposal else None
    slots = [(s.start, s.end) for s in find_slots(text)]
    for document in find_document_citations(text):
        name = document.title or ""
        statute = bool(name) and (register.knows(name) or is_law(name))
        met = [m for m in judged if _meet(document, m.start, m.end)]
        statute = statute or bool(met)
        if any(m.edition is not None for m in met):  # 2007年公布的《…》（国务院令第492号）
            continue
        if any(_meet(document, *slot) for slot in slots) or (name and name == title):
            continue
        if not statute or _has_wrong_number(document, case, register):
            yield document


def _meet(document: DocumentMention, start: int, end: int) -> bool:
    return start < document.end and document.start < end


def _has_wrong_number(document: DocumentMention, case: CheckedDraft, register: Register) -> bool:
    if document.title is None or document.number is None:
        return False
    verdict = judge_cited(document, register.entries, on=case.letter_date).verdict
    return verdict in ("wrong_number", "repealed", "outdated_edition")


def to_citation(number: int, document: DocumentMention, judgement: Judgement) -> Citation:
    """Return a document with its verdict."""
    return Citation(
        text=document.text,
        name=judgement.title or document.name,
        article=None,
        verdict=judgement.verdict,
        paragraph=number,
        start=document.start,
        end=document.end,
        note=judgement.note,
        successor=judgement.successor,
    )


def tell_document(
    number: int, document: DocumentMention, judgement: Judgement
) -> Iterator[Finding]:
    """Yield the finding on a document; ``block`` only where two places contradict its number."""
    place = (number, document.start, document.end, document.text)
    verdict, note = judgement.verdict, judgement.note or ""
    if verdict in _WHAT:
        severity: Severity = "block" if verdict == "wrong_number" and judgement.sure else "warn"
        message = f"{_WHAT[verdict]}：{note}"
        yield make_finding(f"citation.{verdict}", severity, place, message, judgement.suggestion)
    elif verdict != "valid" or not judgement.sure:
        rule = "citation.unverified" if verdict != "not_in_register" else "citation.not_in_register"
        yield make_finding(rule, "note", place, note, judgement.suggestion)
