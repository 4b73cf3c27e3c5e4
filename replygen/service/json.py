"""The JSON that the commands print: one function for each command of DESIGN §5.

Absent values are ``null``, never ``""``; scores are rounded to 4 digits, seconds to 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replygen.models import (
    Article,
    AskStance,
    Block,
    CheckReport,
    Draft,
    DraftSection,
    Hit,
    Other,
    Parsed,
    Policy,
    Proposal,
    Registry,
    Reply,
    Statute,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from replygen.service.adding import AddReport
    from replygen.service.copies import CopyResult, FixResult
    from replygen.service.follow import FollowReport
    from replygen.service.lists import ListResult, ListRow
    from replygen.service.results import DraftResult
    from replygen.service.writing import WriterResult

JsonObject = dict[str, Any]

_KINDS: dict[type, str] = {
    Reply: "reply",
    Proposal: "proposal",
    Statute: "statute",
    Registry: "registry",
    Policy: "policy",
    Article: "article",
    Other: "other",
}


def kind_of(parsed: Parsed) -> str:
    """Return reply, proposal, registry, policy, statute, article or other."""
    return _KINDS[type(parsed)]


def inspect_json(parsed: Parsed) -> JsonObject:
    """Return one parsed file: its kind and every field of its type. Fields of a reply
    are always there, so that a reader need not ask for the kind first."""
    result: JsonObject = {"kind": kind_of(parsed)}
    for name in (f.name for f in fields(Reply)):
        result[name] = [] if name in _LISTS else None
    if isinstance(parsed, Registry):  # the reply's fields and the proposal's asks at hand too
        result.update(_to_json(parsed.reply), title=parsed.proposal.title or parsed.reply.title)
        result.update(number=parsed.proposal.number, asks=_to_json(parsed.proposal.asks))
    result.update(_to_json(parsed))
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
        "editions": [{"path": path, "of": of} for path, of in report.editions],
        "empty": [{"path": path, "why": why} for path, why in report.empty],
        "owners": [{"path": path, "told": told} for path, told in report.owners],
        "failed": [{"path": path, "error": error} for path, error in report.failed],
        "documents": report.documents,
        "passages": report.passages,
        "vectors": report.encoded.vectors,
        "seconds": round(report.seconds, 3),
    }


def search_json(hits: tuple[Hit, ...], notes: tuple[str, ...] = ()) -> JsonObject:
    """Return the hits of a search, best first, and what it could not use."""
    return {"hits": [_hit(hit) for hit in hits], "notes": list(notes)}


def draft_json(result: DraftResult) -> JsonObject:
    """Return a composed draft with its open slots and findings."""
    draft: Draft = result.draft
    return {
        "docx": str(result.docx) if result.docx else None,
        "copies": [str(path) for path in result.copies],
        "proposal": inspect_json(result.proposal),
        "asks": [_stance(stance) for stance in draft.stances],
        "title": draft.title,
        "header": _sentences(draft.header),
        "sections": [_section(section) for section in draft.sections],
        "signoff": _sentences(draft.signoff),
        "evidence": [_to_json(used) for used in draft.evidence],
        "confirm": _unconfirmed(draft),
        "class": {
            "proposed": draft.advice.proposed if draft.advice else None,
            "reason": draft.advice.reason if draft.advice else None,
        },
        "sources": [_to_json(reference) for reference in draft.references],
        "warnings": list(result.proposal.warnings),
        "notes": list(draft.notes),
        "slots": [slot.text for slot in draft.slots],
        "findings": [plain_json(finding) for finding in result.report.findings],
        "not_run": list(result.report.not_run),
        "seconds": round(result.seconds, 3),
    }


def writer_json(written: WriterResult) -> JsonObject:
    """Return a draft as :func:`draft_json` does, with what the model did and was refused."""
    told = written.written
    return {
        **draft_json(written.result),
        "writer": {
            "kept": told.kept,
            "asked": told.asked,
            "refused": [plain_json(refusal) for refusal in told.refused],
            "failed": [{"ask": ask, "why": why} for ask, why in told.failed.items()],
        },
    }


def check_json(report: CheckReport) -> JsonObject:
    """Return everything that checking says about a draft."""
    from replygen.checking import tell_states

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
        "citations": [_to_json(citation) for citation in report.citations],
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
        "removed": [_to_json(item) for item in result.removed],
        "refused": list(result.refused),
        "findings": [plain_json(f) for f in result.report.findings if f.severity == "block"],
    }


def list_json(result: ListResult) -> JsonObject:
    """Return what a run over the year's list did, and the list after it."""
    view = result.view
    return {
        "out": str(view.out),
        "overview": str(view.overview),
        "total": len(view.rows),
        "made": result.made,
        "kept": result.kept,
        "failed": view.count("failed"),
        "missing": view.count("missing"),
        "proposals": [_list_row(row, view.out) for row in view.rows],
        "duplicates": [
            {
                "left": _name_row(view.rows[twin.left]),
                "right": _name_row(view.rows[twin.right]),
                "nearness": twin.nearness,
                "shared": [_to_json(shared) for shared in twin.shared],
            }
            for twin in view.twins
        ],
        "unmatched": [{"path": path, "why": why} for path, why in view.left],
        "seconds": round(result.seconds, 3),
    }


def _list_row(row: ListRow, out: Path) -> JsonObject:
    given: JsonObject = _to_json(row.assignment)
    plain: JsonObject = _to_json(row)
    del plain["assignment"], plain["docx_sha256"]
    plain["title"] = given["title"] or plain["title"]
    plain["docx"] = str(out / row.docx) if row.docx else None
    return {**given, **plain, "status": row.words, "confirm": row.confirm}


def _name_row(row: ListRow) -> JsonObject:
    return {"number": row.assignment.number, "title": row.assignment.title or row.title}


def follow_json(report: FollowReport) -> JsonObject:
    """Return what a run over one source did."""
    return {
        "name": report.followed.name,
        "kind": report.followed.kind,
        "place": report.followed.place,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "duplicates": [{"path": path, "of": of} for path, of in report.duplicates],
        "failed": [{"path": path, "error": why} for path, why in report.failed],
        "refused": [{"path": path, "why": why} for path, why in report.refused],
        "gone": [_to_json(gone) for gone in report.gone],
        "left": [_to_json(left) for left in report.left],
        "fetched": report.fetched,
        "error": report.error,
        "cut": report.cut,
        "seconds": round(report.seconds, 3),
    }


def plain_json(value: DataclassInstance) -> JsonObject:
    """Return a result dataclass as it is: a key for each field."""
    plain: JsonObject = _to_json(value)
    return plain


_LISTS = frozenset({"addressees", "contacts", "cc", "sections", "measures", "warnings"})


def _to_json(value: object) -> Any:  # noqa: ANN401 - any dataclass
    """Turn dataclasses and mappings into dicts, tuples into lists and "" into null."""
    if is_dataclass(value):
        return {f.name: _to_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (tuple, list)):
        return [_to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _to_json(item) for key, item in value.items()}
    return None if value == "" else value


def _hit(hit: Hit) -> JsonObject:
    passage, document = hit.passage, hit.passage.document
    return {
        "id": passage.id,
        "document": document.id,
        "title": document.title,
        "article": passage.title if passage.kind == "article" else None,
        "heading": passage.title or None,
        "region": passage.region or document.region,
        "issuer": document.issuer,
        "date": document.date,
        "kind": passage.kind,
        "tense": passage.tense,
        "outcome": passage.outcome,
        "own": document.own,
        "path": document.path,
        "text": passage.text,
        "score": round(hit.score, 4),
        "relevance": None if hit.relevance is None else round(hit.relevance, 4),
        "found_by": list(hit.found_by),
        "also": list(hit.also),
    }


def _stance(ask: AskStance) -> JsonObject:
    return {
        "order": ask.order,
        "topic": ask.topic,
        "stance": ask.kind,
        "demands": [
            {
                "number": stance.number,
                "text": stance.demand.text,
                "stance": stance.kind,
                "reason": stance.reason,
                "units": list(stance.units),
                "given": stance.given,
            }
            for stance in ask.demands
        ],
    }


def _unconfirmed(draft: Draft) -> list[JsonObject]:
    """The commitments to confirm, by ask."""
    found: dict[int | None, list[str]] = {}
    for sentence in draft.unconfirmed:
        found.setdefault(sentence.ask, []).append(sentence.text)
    return [{"ask": ask, "sentences": texts} for ask, texts in found.items()]


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
            "confirmed": sentence.confirmed,
            "paragraph": number,
        }
        for number, block in enumerate(blocks)
        for sentence in block.sentences
    ]
