"""The JSON that the commands print: one function for each command of DESIGN §5.

Absent values are ``null``, never ``""``; scores are rounded to 4 digits, seconds to 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from replygen.checking import tell_states
from replygen.models import (
    Article,
    Block,
    CheckReport,
    Draft,
    DraftSection,
    Hit,
    Other,
    Parsed,
    Proposal,
    Reply,
    Statute,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from replygen.batches import AddReport
    from replygen.copies import CopyResult, FixResult
    from replygen.desk import DraftResult

JsonObject = dict[str, Any]

_KINDS: dict[type, str] = {
    Reply: "reply",
    Proposal: "proposal",
    Statute: "statute",
    Article: "article",
    Other: "other",
}


def kind_of(parsed: Parsed) -> str:
    """Return reply, proposal, statute, article or other."""
    return _KINDS[type(parsed)]


def inspect_json(parsed: Parsed) -> JsonObject:
    """Return one parsed file: its kind and every field of its type. Fields of a reply
    are always there, so that a reader need not ask for the kind first."""
    result: JsonObject = {"kind": kind_of(parsed)}
    for name in (f.name for f in fields(Reply)):
        result[name] = [] if name in _LISTS else None
    result.update(_plain(parsed))
    result.setdefault("asks", [])
    if isinstance(parsed, Article):
        result["regions"] = list(parsed.regions)
        result["issuers"] = list(dict.fromkeys(s.issuer for s in parsed.sections if s.issuer))
    return result


def add_json(report: AddReport) -> JsonObject:
    """Return what an ``index add`` did."""
    return {
        "added": report.added,
        "unchanged": report.unchanged,
        "updated": report.updated,
        "duplicates": [{"path": path, "of": of} for path, of in report.duplicates],
        "failed": [{"path": path, "error": error} for path, error in report.failed],
        "documents": report.documents,
        "passages": report.passages,
        "seconds": round(report.seconds, 3),
    }


def search_json(hits: tuple[Hit, ...]) -> JsonObject:
    """Return the hits of a search, best first."""
    return {"hits": [_hit(hit) for hit in hits]}


def draft_json(result: DraftResult) -> JsonObject:
    """Return a composed draft with its open slots and findings."""
    draft: Draft = result.draft
    return {
        "docx": str(result.docx) if result.docx else None,
        "copies": [str(path) for path in result.copies],
        "proposal": inspect_json(result.proposal),
        "title": draft.title,
        "header": _sentences(draft.header),
        "sections": [_section(section) for section in draft.sections],
        "signoff": _sentences(draft.signoff),
        "sources": [_plain(reference) for reference in draft.references],
        "notes": list(draft.notes),
        "slots": [slot.text for slot in draft.slots],
        "findings": [plain_json(finding) for finding in result.report.findings],
        "not_run": list(result.report.not_run),
        "seconds": round(result.seconds, 3),
    }


def check_json(report: CheckReport) -> JsonObject:
    """Return everything that checking says about a draft."""
    return {
        "coverage": [
            {
                "ask": row.ask.order,
                "topic": row.ask.topic,
                "answered": row.answered,
                "state": state,
                "paragraphs": list(row.paragraphs),
            }
            for row, state in zip(report.coverage, tell_states(report), strict=True)
        ],
        "copied": {
            "ratio": round(report.copied.ratio, 4),
            "longest": report.copied.longest,
            "from": report.copied.source,
        },
        "citations": [_plain(citation) for citation in report.citations],
        "findings": [plain_json(finding) for finding in report.findings],
        "not_run": list(report.not_run),
    }


def fix_json(result: FixResult) -> JsonObject:
    """Return what was put right, and where the fixed draft lies."""
    return {
        "output": str(result.path) if result.path else None,
        "fixed": [
            {"rule": e.rule, "paragraph": e.paragraph, "before": e.old, "after": e.new}
            for e in result.edits
        ],
    }


def copy_json(result: CopyResult) -> JsonObject:
    """Return what a clean or public copy left out, or why there is none."""
    return {
        "output": str(result.path) if result.path else None,
        "copies": [str(path) for path in result.copies],
        "removed": [_plain(item) for item in result.removed],
        "refused": list(result.refused),
        "findings": [plain_json(f) for f in result.report.findings if f.severity == "block"],
    }


def plain_json(value: DataclassInstance) -> JsonObject:
    """Return a result dataclass as it is: a key for each field."""
    plain: JsonObject = _plain(value)
    return plain


_LISTS = frozenset({"addressees", "contacts", "cc", "sections", "measures", "warnings"})


def _plain(value: object) -> Any:  # noqa: ANN401 - any dataclass
    """Turn dataclasses and mappings into dicts, tuples into lists and "" into null."""
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return None if value == "" else value


def _hit(hit: Hit) -> JsonObject:
    passage, document = hit.passage, hit.passage.document
    return {
        "id": passage.id,
        "document": document.id,
        "title": document.title,
        "heading": passage.title or None,
        "region": passage.region or document.region,
        "issuer": document.issuer,
        "date": document.date,
        "kind": passage.kind,
        "tense": passage.tense,
        "own": document.own,
        "path": document.path,
        "text": passage.text,
        "score": round(hit.score, 4),
        "found_by": list(hit.found_by),
        "also": list(hit.also),
    }


def _section(section: DraftSection) -> JsonObject:
    return {
        "heading": section.heading.text if section.heading else None,
        "ask": section.ask,
        "sentences": _sentences(section.blocks),
    }


def _sentences(blocks: tuple[Block, ...]) -> list[JsonObject]:
    return [
        {
            "text": sentence.text,
            "origin": sentence.origin,
            "sources": list(sentence.sources),
            "ask": sentence.ask,
            "paragraph": number,
        }
        for number, block in enumerate(blocks)
        for sentence in block.sentences
    ]
