"""A parsed file -> a document in an index: one set of rules for every kind of store."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from replygen.index.passages import split_passages
from replygen.index.records import AddOutcome, AddState
from replygen.index.similarity import simhash
from replygen.language.copies import are_near
from replygen.laws.normalise import hash_text, normalise_doc_number
from replygen.laws.records import StatuteRecord, are_editions, make_record
from replygen.models import (
    Article,
    Document,
    Level,
    Other,
    Parsed,
    Passage,
    Policy,
    Proposal,
    Registry,
    Reply,
    Source,
    Statute,
)

_Described = Reply | Proposal | Policy | Statute | Article | Other
_ID_DIGITS = 16
_ENDING = 5  # letters of a file's ending at most
_NEAR_FROM = 60  # characters; shorter texts are alike by chance


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document as a store takes it: what is stored of it, its passages, its hashes."""

    document: Document
    passages: tuple[Passage, ...]
    parsed: Parsed
    text: str
    fields: str
    text_hash: str
    simhash: int
    session: str | None
    number: str | None
    doc_number: str | None

    def as_document(self, document: Document) -> Prepared:
        """Return it as this document, its passages too; those that had the document's former
        place get the new one."""
        was = self.document
        passages = tuple(
            replace(p, document=document, region=document.region)
            if p.region == was.region
            else replace(p, document=document)
            for p in self.passages
        )
        return replace(self, document=document, passages=passages)

    def with_passages(self, passages: tuple[Passage, ...]) -> Prepared:
        """Return it split otherwise."""
        return replace(self, passages=passages)


class Shelf(Protocol):
    """What the rules of adding ask of a store, within one addition."""

    def find_path(self, path: str) -> Document | None:
        """Return the document that was last stored under this path."""

    def find_text(self, id: str, text_hash: str) -> Document | None:
        """Return the document with this id, else one with this text."""

    def has_fields(self, id: str, fields: str) -> bool:
        """Say whether the stored document was parsed into these fields."""

    def correct(self, fresh: Prepared, replaced: str | None) -> Prepared:
        """Put in what people put right by hand in this document, or in the one with the id
        ``replaced`` that it takes the place of."""

    def find_suspects(self, signature: int) -> Iterable[tuple[str, str]]:
        """Give (path, text) of documents whose simhash is near, the nearest first."""

    def find_statute(self, path: str) -> StatuteRecord | None:
        """Return what is kept of the statute stored under this path."""

    def mark_own(self, id: str) -> bool:
        """Make a stored document ours; False where somebody said by hand whose it is."""

    def delete(self, id: str) -> None:
        """Delete a document and its passages."""

    def insert(self, fresh: Prepared) -> None:
        """Store a document and its passages."""


def store_document(shelf: Shelf, fresh: Prepared) -> AddOutcome:
    """Store a document and say what became of it (see :class:`AddOutcome`).

    Ours sticks: adding the same file again without it leaves it ours. A file that was
    parsed differently than before counts as updated. The same text under another path is
    kept once, under the path that it has.
    """
    document = fresh.document
    at_path = shelf.find_path(document.path)
    same = shelf.find_text(document.id, fresh.text_hash)
    if at_path is not None and at_path.own:
        fresh = fresh.as_document(replace(document, own=True))
    fresh = shelf.correct(fresh, at_path.id if at_path is not None else None)
    if same is not None and same.path != document.path:
        if at_path is not None:
            shelf.delete(at_path.id)
        return _meet_duplicate(shelf, fresh, same)
    if at_path is not None:
        if at_path == fresh.document and shelf.has_fields(at_path.id, fresh.fields):
            return AddOutcome("unchanged", at_path, was_own=at_path.own)
        shelf.delete(at_path.id)
    near = _find_near(shelf, fresh)
    shelf.insert(fresh)
    state: AddState = "added" if at_path is None else "updated"
    was = None if at_path is None else at_path.own
    return AddOutcome(state, fresh.document, near, near=near is not None, was_own=was)


def _meet_duplicate(shelf: Shelf, fresh: Prepared, same: Document) -> AddOutcome:
    """The text is stored under another path: keep that one, as ours when either is."""
    was = same.own
    if fresh.document.own and not same.own and shelf.mark_own(same.id):
        same = replace(same, own=True)
    return AddOutcome("duplicate", same, same.path, was_own=was)


def _find_near(shelf: Shelf, fresh: Prepared) -> str | None:
    """Return the path of a stored document with nearly the same text."""
    if len(fresh.text) < _NEAR_FROM:
        return None
    for path, text in shelf.find_suspects(fresh.simhash):
        if are_near(fresh.text, text) and not _is_edition(shelf, fresh, path):
            return path
    return None


def _is_edition(shelf: Shelf, fresh: Prepared, path: str) -> bool:
    """Another edition of a statute reads nearly alike and is no copy."""
    if not isinstance(fresh.parsed, Statute):
        return False
    known = shelf.find_statute(path)
    return known is not None and are_editions(known, make_record(fresh.parsed, fresh.document.id))


def prepare_document(parsed: Parsed, source: Source, *, own: bool, region: str | None) -> Prepared:
    """Return a parsed file made ready for a store."""
    told = parsed.reply if isinstance(parsed, Registry) else parsed  # a reply with its proposal
    document = _describe(told, source, own=own, region=region)
    text = clean_surrogates(source.text)
    whole = {"kind": document.kind, **_take_fields(parsed)}
    fields = json.dumps(whole, ensure_ascii=False, default=_take_fields)
    case = told if isinstance(told, (Reply, Proposal)) else None
    return Prepared(
        document=document,
        passages=split_passages(parsed, document),
        parsed=parsed,
        text=text,
        fields=clean_surrogates(fields),
        text_hash=hash_text(text) if text.strip() else source.sha256,
        simhash=simhash(text),
        session=case.session if case else None,
        number=case.number if case else None,
        doc_number=document.doc_number,
    )


def name_document(source: Source) -> str:
    """Return the id of the document that a file makes: it belongs to its bytes."""
    return source.sha256[:_ID_DIGITS]


def name_by_file(path: str) -> str:
    """Return what a document is called in which no title was read: the name of its file, of a
    member of an archive that member's, without its ending."""
    name = path.replace("\\", "/").rpartition("!")[2].rsplit("/", 1)[-1]
    stem, _, ending = name.rpartition(".")
    return stem if stem and ending.isalnum() and len(ending) <= _ENDING else name


def _describe(parsed: _Described, source: Source, *, own: bool, region: str | None) -> Document:
    level: Level | None = parsed.level if isinstance(parsed, (Reply, Policy)) else None
    if isinstance(parsed, Statute):
        title, date = parsed.name, make_record(parsed, "").begins or parsed.promulgated
        level = None if parsed.region else "国家"
    else:
        title = parsed.title or ""
        date = parsed.date if isinstance(parsed, (Reply, Article, Policy)) else None
    placed = parsed if isinstance(parsed, (Reply, Article, Statute, Policy)) else None
    path = clean_surrogates(source.path)
    return Document(
        id=name_document(source),
        path=path,
        kind=_KINDS[type(parsed)],
        title=clean_surrogates(title) or name_by_file(path),
        region=region or (placed.region if placed else None),
        level=level,
        issuer=placed.issuer if placed else None,
        date=date,
        own=own,
        doc_number=_doc_number(parsed),
    )


def _doc_number(parsed: _Described) -> str | None:
    number = None
    if isinstance(parsed, (Reply, Statute)):
        number = parsed.doc_number
    elif isinstance(parsed, Policy):
        number = parsed.number
    return normalise_doc_number(number) if number else None


_KINDS: dict[type, str] = {
    Reply: "reply",
    Proposal: "proposal",
    Statute: "statute",
    Article: "article",
    Policy: "policy",
    Other: "other",
}


def _take_fields(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    """Return a dataclass's fields as json takes them: asdict copies each leaf, at a
    quarter of the cost of an addition."""
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def clean_surrogates(text: str) -> str:
    """SQLite keeps UTF-8 only; half a surrogate pair becomes a replacement mark."""
    return text.encode("utf-8", "replace").decode("utf-8")
