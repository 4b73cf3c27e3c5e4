"""What people put right by hand in a document's fields; it outlives adding the file again.

A correction belongs to the bytes of a file (the document's id). It is written into the
store's own columns, so that searching, drafting and checking see it, and kept beside them
with what parsing had said. A file that has changed since takes over the corrections of
those fields that parsing still reads as it did.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from typing import get_args

from replygen.errors import SettingsError, StoreError
from replygen.laws.normalise import normalise_doc_number, normalise_statute
from replygen.models import Document, Level, Parsed, Policy, Proposal, Reply, Statute

_COLUMNS = ("title", "region", "level", "issuer", "date", "own", "session", "number", "doc_number")
FIELDS = (*_COLUMNS, "result_class", "expires")
CORRECTIONS = "SELECT field, value, was, at, by FROM corrections WHERE document = ?"
_DATES = ("date", "expires")
_LONGEST = {"title": 200, "issuer": 100, "region": 60, "doc_number": 60}
_SHORT = 30
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")  # 2025-06-20


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of a document, put right: ``value`` is what it is now, ``was`` what
    parsing had read; ``own`` is ``1`` or ``0``; ``at`` is UTC."""

    field: str
    value: str | None
    was: str | None
    at: str
    by: str


def create_corrections(db: sqlite3.Connection) -> None:
    """The schema step. No foreign key: a row outlives its document's being read anew."""
    db.execute(
        """CREATE TABLE corrections (
            document TEXT NOT NULL, field TEXT NOT NULL, value TEXT, was TEXT,
            at TEXT NOT NULL, by TEXT NOT NULL, PRIMARY KEY (document, field)) WITHOUT ROWID"""
    )


def read_corrections(db: sqlite3.Connection, id: str) -> tuple[Correction, ...]:
    """Return the corrections of a document, in the order of ``FIELDS``."""
    return sort_corrections(db.execute(CORRECTIONS, (id,)).fetchall())


def sort_corrections(rows: Iterable[sqlite3.Row]) -> tuple[Correction, ...]:
    """Return the rows of query ``CORRECTIONS`` in the order of ``FIELDS``."""
    return tuple(sorted((Correction(*row) for row in rows), key=lambda c: FIELDS.index(c.field)))


def correct_document(
    db: sqlite3.Connection, id: str, values: Mapping[str, str | None], *, by: str
) -> None:
    """Put fields of a document right, inside the caller's transaction. ``None`` says that
    the document has none; a value equal to what parsing read takes the correction back.
    Raises SettingsError for a value that cannot be, StoreError for an unknown document."""
    before = _read_stored(db, id)
    was = {c.field: c.was for c in read_corrections(db, id)}
    changed = {
        field: value
        for field, value in _check(values).items()
        if field in before and value != before[field]
    }
    for field, value in changed.items():
        parsed = was.get(field, before[field])
        if value == parsed:
            db.execute("DELETE FROM corrections WHERE document = ? AND field = ?", (id, field))
            continue
        db.execute(
            "INSERT OR REPLACE INTO corrections VALUES (?, ?, ?, ?, ?, ?)",
            (id, field, value, parsed, _now(), by),
        )
    if changed:
        _write(db, id, {**before, **changed}, before)


def forget_corrections(db: sqlite3.Connection, id: str) -> None:
    """Forget what was put right in a document that is removed."""
    db.execute("DELETE FROM corrections WHERE document = ?", (id,))


def keep_corrected(
    db: sqlite3.Connection, document: Document, parsed: Parsed, replaced: str | None
) -> Document:
    """Return a document that is about to be stored with its corrections. ``replaced`` is
    the id of the version that it takes the place of: its corrections come along for the
    fields that parsing reads as it did then."""
    if replaced is not None and replaced != document.id:
        said = _say(document, parsed)
        for old in read_corrections(db, replaced):
            if said.get(old.field) == old.was:
                db.execute(
                    "INSERT OR IGNORE INTO corrections VALUES (?, ?, ?, ?, ?, ?)",
                    (document.id, old.field, old.value, old.was, old.at, old.by),
                )
        forget_corrections(db, replaced)
    for correction in read_corrections(db, document.id):
        document = _put(document, correction.field, correction.value)
    return document


def finish_corrected(db: sqlite3.Connection, id: str) -> None:
    """Write the corrections of a document that was just stored and whose columns parsing
    filled: those that are no field of :class:`Document`."""
    found = {c.field: c.value for c in read_corrections(db, id)}
    if not found.keys() - {"result_class"}:
        return
    stored = _read_stored(db, id)
    _write_row(db, id, {**stored, **{f: v for f, v in found.items() if f in stored}})


# ── reading and writing a document's row ───────────────────────────────────


def _read_stored(db: sqlite3.Connection, id: str) -> dict[str, str | None]:
    """The fields of a stored document that can be put right, by name."""
    names = ", ".join(_COLUMNS)
    row = db.execute(
        f"SELECT kind, fields, {names} FROM documents WHERE id = ?",
        (id,),
    ).fetchone()
    if row is None:
        raise StoreError("这份材料已经不在语料库里，请刷新列表")
    stored: dict[str, str | None] = {
        name: None if row[name] is None else str(row[name]) for name in _COLUMNS
    }
    if row["kind"] == "reply":
        corrected = {c.field: c.value for c in read_corrections(db, id)}
        said = json.loads(row["fields"]).get("result_class")
        stored["result_class"] = corrected.get("result_class", said)
    if row["kind"] == "statute":
        found = db.execute("SELECT expires FROM statutes WHERE document = ?", (id,)).fetchone()
        stored["expires"] = found["expires"] if found else None
    return stored


def _write(
    db: sqlite3.Connection,
    id: str,
    now: Mapping[str, str | None],
    before: Mapping[str, str | None],
) -> None:
    _write_row(db, id, now)
    if now["region"] != before["region"]:
        db.execute(
            "UPDATE passages SET region = ? WHERE document = ? AND region IS ?",
            (now["region"], id, before["region"]),
        )
    if now["title"] != before["title"]:  # passages are found by the title too
        db.execute(
            "DELETE FROM vectors WHERE row IN (SELECT row FROM passages WHERE document = ?)",
            (id,),
        )
    if (now["title"], now["own"]) != (before["title"], before["own"]):
        db.execute(
            """INSERT INTO changes (op, low, high) SELECT 'add', min(row), max(row)
               FROM passages WHERE document = ? HAVING count(*) > 0""",
            (id,),
        )


def _write_row(db: sqlite3.Connection, id: str, now: Mapping[str, str | None]) -> None:
    settings = ", ".join(f"{name} = ?" for name in _COLUMNS)
    values = [int(now[n] == "1") if n == "own" else now[n] for n in _COLUMNS]
    db.execute(f"UPDATE documents SET {settings} WHERE id = ?", (*values, id))
    if "expires" not in now:
        return
    name, effective = now["title"] or "", now["date"]
    db.execute(
        """UPDATE statutes SET name = ?, key = ?, issuer = ?, expires = ?,
           effective = coalesce(?, effective),
           status = CASE WHEN ? > ? THEN 'not_in_force' ELSE status END WHERE document = ?""",
        (
            name,
            normalise_statute(name),
            now["issuer"],
            now["expires"],
            effective,
            effective,
            date.today().isoformat(),
            id,
        ),
    )


# ── what is right ──────────────────────────────────────────────────────────


def _check(values: Mapping[str, str | None]) -> dict[str, str | None]:
    unknown = sorted(set(values) - set(FIELDS))
    if unknown:
        raise SettingsError(f"没有这个字段：{'、'.join(unknown)}")
    checked = {field: _check_one(field, value) for field, value in values.items()}
    if "title" in checked and checked["title"] is None:
        raise SettingsError("标题不能空着，请写上这份材料的标题")
    if "own" in checked and checked["own"] not in ("0", "1"):
        raise SettingsError("归属只能是本单位或外单位")
    return checked


def _check_one(field: str, value: str | None) -> str | None:
    text = " ".join((value or "").split())
    if not text:
        return None
    longest = _LONGEST.get(field, _SHORT)
    if len(text) > longest:
        raise SettingsError(f"写得太长了，这一项最多 {longest} 个字")
    if field in _DATES:
        return _check_date(text)
    if field == "level" and text not in get_args(Level):
        raise SettingsError(f"层级只能是{'、'.join(get_args(Level))}")
    return normalise_doc_number(text) if field == "doc_number" else text


def _check_date(text: str) -> str:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise SettingsError(f"日期“{text[:20]}”写法不对，要写成 2025-06-20 这样")


def _say(document: Document, parsed: Parsed) -> dict[str, str | None]:
    """What parsing says of each field."""
    said: dict[str, str | None] = {
        "title": document.title,
        "region": document.region,
        "level": document.level,
        "issuer": document.issuer,
        "date": document.date,
        "own": str(int(document.own)),
    }
    if isinstance(parsed, (Reply, Proposal)):
        said |= {"session": parsed.session, "number": parsed.number}
    if isinstance(parsed, (Reply, Statute, Policy)):
        said["doc_number"] = document.doc_number
    if isinstance(parsed, Reply):
        said["result_class"] = parsed.result_class
    if isinstance(parsed, Statute):
        said["expires"] = parsed.expires
    return said


def _put(document: Document, field: str, value: str | None) -> Document:
    if field == "own":
        return replace(document, own=value == "1")
    if field in ("title", "region", "level", "issuer", "date", "doc_number"):
        changes: dict[str, object] = {field: value}
        return replace(document, **changes)  # type: ignore[arg-type]
    return document


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
