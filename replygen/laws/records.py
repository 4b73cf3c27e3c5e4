"""What the room knows of a statute that stands in an index, and what it asks of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from replygen.laws.editions import editions_of
from replygen.laws.normalise import normalise_statute
from replygen.models import Passage, Source, Statute, StatuteStatus

# 云川市|第十四届|人民代表大会常务委员会
_TERM = re.compile(r"第[一二三四五六七八九十百\d]+届")
_NATION = "中华人民共和国"


class Outcome(Protocol):
    """What became of one statute that was added."""

    @property
    def state(self) -> str:
        """added, unchanged, updated or duplicate."""


class StatuteStore(Protocol):
    """An index as far as statutes go: every kind of index has these."""

    def statutes(self) -> tuple[StatuteRecord, ...]:
        """The statutes in it."""

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document, for a statute its 条."""

    def add(self, parsed: Statute, source: Source) -> Outcome:
        """Store a statute."""


@dataclass(frozen=True, slots=True)
class StatuteRecord:
    """A statute in the index; ``articles`` counts its 条, ``edition`` is the ISO date on
    which this text of it was made."""

    name: str
    status: StatuteStatus
    effective: str | None
    document: str
    articles: int
    issuer: str | None = None
    promulgated: str | None = None
    edition: str | None = None

    @property
    def begins(self) -> str:
        """The first day (ISO) of this text, "" where it is not known. An amended text gives
        the law's own first day (自1996年10月1日起施行): the day of the amendment stands in,
        or the one that the table of editions has for it."""
        if not self.edition:
            return self.effective or ""
        known = (e for e in editions_of(self.name) if e.promulgated == self.edition)
        return next((e.effective for e in known), max(self.effective or "", self.edition))


def make_record(statute: Statute, document: str) -> StatuteRecord:
    """Return what an index keeps of a statute that is its ``document``."""
    return StatuteRecord(
        name=statute.name,
        status=statute.status,
        effective=statute.effective,
        document=document,
        articles=len(statute.articles),
        issuer=statute.issuer,
        promulgated=statute.promulgated,
        edition=statute.edition,
    )


def judge_status(
    stored: StatuteStatus, effective: str | None, expires: str | None, today: str
) -> StatuteStatus:
    """Return a statute's status on the day ``today``: a stored one grows old, as dates of
    effect and expiry pass."""
    if expires and expires <= today:
        return "repealed"
    if stored == "not_in_force" and effective and effective <= today:
        return "in_force"
    return stored


def sort_versions(statutes: Iterable[StatuteRecord]) -> list[StatuteRecord]:
    """Return versions of a statute, those in force first, then the latest."""
    latest = sorted(statutes, key=lambda s: s.begins, reverse=True)
    return sorted(latest, key=lambda s: s.status != "in_force")


def are_editions(one: StatuteRecord, other: StatuteRecord) -> bool:
    """Say whether two texts are editions of one statute, made at different times. Two
    issuers may give rules of one name; a law of the country has one name for itself."""
    if normalise_statute(one.name) != normalise_statute(other.name):
        return False
    if not one.begins or not other.begins or one.begins == other.begins:
        return False
    national = any(record.name.strip("《》").startswith(_NATION) for record in (one, other))
    return (
        national or not one.issuer or not other.issuer or _body(one.issuer) == _body(other.issuer)
    )


def _body(issuer: str) -> str:
    """云川市第十四届人民代表大会常务委员会 as 云川市人大常委会: a body outlives its terms."""
    bare = _TERM.sub("", issuer).replace("人民代表大会", "人大")
    return bare.replace("常务委员会", "常委会").replace("人民政府", "政府")


def find_superseded(records: Iterable[StatuteRecord], today: str) -> dict[str, str]:
    """Return the documents whose text a later edition has taken the place of by ``today``
    (ISO), each with the document of the edition that is in force."""
    by_name: dict[str, list[StatuteRecord]] = {}
    for record in records:
        by_name.setdefault(normalise_statute(record.name), []).append(record)
    found: dict[str, str] = {}
    for group in by_name.values():
        found |= _find_superseded(group, today) if len(group) > 1 else {}
    return found


def _find_superseded(group: Sequence[StatuteRecord], today: str) -> dict[str, str]:
    standing = [r for r in sort_versions(group) if r.status == "in_force" and r.begins <= today]
    found: dict[str, str] = {}
    for record in group:
        later = (r for r in standing if r.begins > record.begins and are_editions(r, record))
        current = next(later, None)
        if current is not None:
            found[record.document] = current.document
    return found


def settle_editions(records: Iterable[StatuteRecord], today: str) -> list[StatuteRecord]:
    """Return the records as they are on ``today``: a text says of itself that it is in force,
    though a later edition has taken its place; it is as good as repealed."""
    records = list(records)
    gone = find_superseded(records, today)
    return [replace(r, status="repealed") if r.document in gone else r for r in records]
