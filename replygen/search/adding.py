"""Adding one document to the store, in one transaction."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from replygen.models import (
    Article,
    Document,
    Level,
    Other,
    Parsed,
    Passage,
    Proposal,
    Reply,
    Source,
    Statute,
)
from replygen.search.corrections import (
    finish_corrected,
    keep_corrected,
    move_passages,
    read_corrections,
)
from replygen.search.normalise import (
    hash_text,
    normalise_article,
    normalise_doc_number,
    normalise_statute,
)
from replygen.search.passages import split_passages
from replygen.search.records import AddOutcome, AddState, StatuteRecord, judge_status
from replygen.search.similarity import Signatures, are_near, simhash
from replygen.search.store import Store, delete_document

_ID_DIGITS = 16
NEAR_FROM = 60  # characters; shorter texts are alike by chance


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


def add_document(
    store: Store,
    parsed: Parsed,
    source: Source,
    *,
    own: bool,
    region: str | None,
    signatures: Signatures,
) -> AddOutcome:
    """Store one document and say what became of it (see :class:`AddOutcome`).

    ``own`` sticks: adding the same file again without it leaves it ours. A file that
    was parsed differently than before counts as updated. ``signatures`` is brought up to
    the store and says which documents may be near-copies. Raises StoreError; then
    nothing of the document is stored.
    """
    fresh = prepare_document(parsed, source, own=own, region=region)
    with store.change() as db:
        outcome = _decide(db, fresh, signatures)
        db.execute(
            """INSERT INTO imports (at, path, sha256, outcome, document, duplicate_of)
               VALUES (?, ?, ?, ?, ?, ?)""",
            (
                _now(),
                fresh.document.path,
                source.sha256,
                outcome.state,
                outcome.document.id,
                outcome.duplicate_of,
            ),
        )
    return outcome


def read_document(row: sqlite3.Row, prefix: str = "") -> Document:
    """Return the document of a row of table ``documents``; in a joined row its columns
    begin with ``prefix``."""
    return Document(
        id=row[prefix + "id"],
        path=row[prefix + "path"],
        kind=row[prefix + "kind"],
        title=row[prefix + "title"],
        region=row[prefix + "region"],
        level=row[prefix + "level"],
        issuer=row[prefix + "issuer"],
        date=row[prefix + "date"],
        own=bool(row[prefix + "own"]),
    )


def read_passage(row: sqlite3.Row, document: Document) -> Passage:
    """Return the passage of a row of table ``passages``."""
    return Passage(
        id=f"{document.id}#{row['position']}",
        document=document,
        kind=row["kind"],
        position=row["position"],
        title=row["title"],
        text=row["text"],
        tense=row["tense"],
        region=row["region"],
        context=row["context"],
    )


def read_statute(row: sqlite3.Row, today: str) -> StatuteRecord:
    """Return what a row of table ``statutes`` says, its status as of ``today``."""
    return StatuteRecord(
        name=row["name"],
        status=judge_status(row["status"], row["effective"], row["expires"], today),
        effective=row["effective"],
        document=row["document"],
        articles=row["articles"],
        issuer=row["issuer"],
        promulgated=row["promulgated"],
    )


def _decide(db: sqlite3.Connection, fresh: Prepared, signatures: Signatures) -> AddOutcome:
    document = fresh.document
    at_path = db.execute(
        "SELECT * FROM documents WHERE path = ? ORDER BY added_at DESC", (document.path,)
    ).fetchone()
    same = db.execute(
        "SELECT * FROM documents WHERE id = ? OR text_hash = ? ORDER BY id = ? DESC",
        (document.id, fresh.text_hash, document.id),
    ).fetchone()
    if at_path is not None and at_path["own"]:
        fresh = replace(fresh, document=replace(document, own=True))
    fresh = _correct(db, fresh, at_path["id"] if at_path is not None else None)
    if same is not None and same["path"] != document.path:
        if at_path is not None:
            delete_document(db, at_path["id"])
        return _meet_duplicate(db, fresh, same)
    if at_path is not None:
        if at_path["id"] == document.id and _is_same(at_path, fresh):
            return AddOutcome("unchanged", read_document(at_path))
        delete_document(db, at_path["id"])
    near = _find_near(db, fresh, signatures)
    _insert(db, fresh)
    state: AddState = "added" if at_path is None else "updated"
    return AddOutcome(state, fresh.document, near, near=near is not None)


def _correct(db: sqlite3.Connection, fresh: Prepared, replaced: str | None) -> Prepared:
    """Put in what people put right by hand."""
    document = keep_corrected(db, fresh.document, fresh.parsed, replaced)
    if document == fresh.document:
        return fresh
    passages = move_passages(fresh.passages, fresh.document, document)
    return replace(fresh, document=document, passages=passages)


def _meet_duplicate(db: sqlite3.Connection, fresh: Prepared, same: sqlite3.Row) -> AddOutcome:
    """The text is stored under another path: keep that one, as ours when either is."""
    kept = read_document(same)
    by_hand = any(c.field == "own" for c in read_corrections(db, kept.id))
    if fresh.document.own and not kept.own and not by_hand:
        kept = replace(kept, own=True)
        db.execute("UPDATE documents SET own = 1 WHERE id = ?", (kept.id,))
        # caches must learn the mark: tell them of the passages once more
        db.execute(
            """INSERT INTO changes (op, low, high) SELECT 'add', min(row), max(row)
               FROM passages WHERE document = ? HAVING count(*) > 0""",
            (kept.id,),
        )
    return AddOutcome("duplicate", kept, kept.path)


def _is_same(row: sqlite3.Row, fresh: Prepared) -> bool:
    return bool(row["fields"] == fresh.fields and read_document(row) == fresh.document)


def _find_near(db: sqlite3.Connection, fresh: Prepared, signatures: Signatures) -> str | None:
    """Return the path of a stored document with nearly the same text."""
    if len(fresh.text) < NEAR_FROM:
        return None
    rows = db.execute(
        "SELECT row, id, simhash FROM documents WHERE row > ? ORDER BY row", (signatures.last,)
    ).fetchall()
    signatures.extend([tuple(row) for row in rows])
    for id in signatures.find(fresh.simhash):
        found = db.execute("SELECT path, text FROM documents WHERE id = ?", (id,)).fetchone()
        if found is not None and are_near(fresh.text, found["text"]):
            return str(found["path"])
    return None


def _insert(db: sqlite3.Connection, fresh: Prepared) -> None:
    document = fresh.document
    db.execute(
        """INSERT INTO documents (id, path, kind, title, region, level, issuer, date, own,
               session, number, doc_number, fields, text, text_hash, simhash, added_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            document.id,
            document.path,
            document.kind,
            document.title,
            document.region,
            document.level,
            document.issuer,
            document.date,
            int(document.own),
            fresh.session,
            fresh.number,
            fresh.doc_number,
            fresh.fields,
            fresh.text,
            fresh.text_hash,
            fresh.simhash,
            _now(),
        ),
    )
    if isinstance(fresh.parsed, Statute):
        _insert_statute(db, document, fresh.parsed)
    _insert_passages(db, document, fresh.passages)
    finish_corrected(db, document.id)


def _insert_statute(db: sqlite3.Connection, document: Document, statute: Statute) -> None:
    db.execute(
        "INSERT INTO statutes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.id,
            normalise_statute(statute.name),
            statute.name,
            statute.status,
            statute.issuer,
            statute.promulgated,
            statute.effective,
            len(statute.articles),
            statute.expires,
        ),
    )


def _insert_passages(
    db: sqlite3.Connection, document: Document, passages: tuple[Passage, ...]
) -> None:
    if not passages:
        return
    db.executemany(
        """INSERT INTO passages (document, kind, position, title, text, tense, region,
               context, article) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            (
                document.id,
                p.kind,
                p.position,
                _clean_surrogates(p.title),
                _clean_surrogates(p.text),
                p.tense,
                p.region,
                _clean_surrogates(p.context) if p.context else None,
                normalise_article(p.title) if p.kind == "article" else None,
            )
            for p in passages
        ],
    )
    db.execute(
        """INSERT INTO changes (op, low, high) SELECT 'add', min(row), max(row)
           FROM passages WHERE document = ?""",
        (document.id,),
    )


def prepare_document(parsed: Parsed, source: Source, *, own: bool, region: str | None) -> Prepared:
    """Return a parsed file made ready for a store."""
    document = _describe(parsed, source, own=own, region=region)
    text = _clean_surrogates(source.text)
    whole = {"kind": document.kind, **_take_fields(parsed)}
    fields = json.dumps(whole, ensure_ascii=False, default=_take_fields)
    case = parsed if isinstance(parsed, (Reply, Proposal)) else None
    doc_number = parsed.doc_number if isinstance(parsed, (Reply, Statute)) else None
    return Prepared(
        document=document,
        passages=split_passages(parsed, document),
        parsed=parsed,
        text=text,
        fields=_clean_surrogates(fields),
        text_hash=hash_text(text) if text.strip() else source.sha256,
        simhash=simhash(text),
        session=case.session if case else None,
        number=case.number if case else None,
        doc_number=normalise_doc_number(doc_number) if doc_number else None,
    )


def _describe(parsed: Parsed, source: Source, *, own: bool, region: str | None) -> Document:
    level: Level | None = parsed.level if isinstance(parsed, Reply) else None
    if isinstance(parsed, Statute):
        title, date = parsed.name, parsed.effective or parsed.promulgated
        level = None if parsed.region else "国家"
    else:
        title = parsed.title or ""
        date = parsed.date if isinstance(parsed, (Reply, Article)) else None
    placed = parsed if isinstance(parsed, (Reply, Article, Statute)) else None
    path = _clean_surrogates(source.path)
    return Document(
        id=source.sha256[:_ID_DIGITS],
        path=path,
        kind=_KINDS[type(parsed)],
        title=_clean_surrogates(title) or path.replace("\\", "/").rsplit("/", 1)[-1],
        region=region or (placed.region if placed else None),
        level=level,
        issuer=placed.issuer if placed else None,
        date=date,
        own=own,
    )


_KINDS: dict[type, str] = {
    Reply: "reply",
    Proposal: "proposal",
    Statute: "statute",
    Article: "article",
    Other: "other",
}


def _take_fields(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    """Return a dataclass's fields as json takes them: asdict copies each leaf, at a
    quarter of the cost of an addition."""
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def _clean_surrogates(text: str) -> str:
    """SQLite keeps UTF-8 only; half a surrogate pair becomes a replacement mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
