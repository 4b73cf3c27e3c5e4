"""Which articles hold where the unit is, on a day: in force, of our region, one edition.

Relevance says whether an article is about an ask; whether it may be cited at all is said
here, for cards, drafting and checking alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Protocol

from replygen.entities import find_mentions, place_within
from replygen.laws.documents import DocumentMention, judge_document
from replygen.laws.normalise import normalise_article, normalise_statute
from replygen.laws.records import StatuteRecord, sort_versions
from replygen.laws.titles import normalise_title
from replygen.laws.verdicts import Entry, read_entries
from replygen.models import Document, Hit, Passage
from replygen.settings import Profile

_NATION = "中华人民共和国"
_EVERYWHERE = ("全国", "中国", _NATION)
_LAST = 3  # articles at the end of a rule that say how long it holds and what it repeals
# 有效期至2026年4月30日
_VALID_UNTIL = re.compile(r"有效期(?:截?至|到)(\d{4})年(\d{1,2})月(\d{1,2})日")


class Statutes(Protocol):
    """What is asked of an index."""

    def statutes(self) -> tuple[StatuteRecord, ...]:
        """The statutes in it."""

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The articles of one, in order."""

    def documents(self) -> tuple[Document, ...]:
        """All documents."""


@dataclass(frozen=True)
class Holding:
    """The statutes of an index that hold for a unit on a day: ``documents`` are their ids,
    one edition of each law."""

    documents: frozenset[str]
    profile: Profile | None
    on: date
    _index: Statutes

    def holds(self, passage: Passage) -> bool:
        """Return whether an article may be cited: its law is in force on the day and not of
        another region, it is of the edition that counts, and it is not over by its own last
        articles or those of a later rule."""
        if passage.document.id not in self.documents:
            return False
        if not applies_here(passage, self.profile):
            return False
        return is_national(passage.document) or not self._is_over(passage.document)

    def choose(self, hits: Iterable[Hit]) -> tuple[Hit, ...]:
        """Return the hits that may be cited, each article once, in their order. A hit on
        another edition of a law is left out, not exchanged."""
        kept: dict[tuple[str, str], Hit] = {}
        for hit in hits:
            passage = hit.passage
            if self.holds(passage):
                number = normalise_article(passage.title) or passage.title
                kept.setdefault((normalise_statute(passage.document.title), number), hit)
        return tuple(kept.values())

    def _is_over(self, rule: Document) -> bool:
        """Return whether a local rule has run out by its own last articles, or a later rule
        of a region says that it is repealed: the register knows of national laws only."""
        for text in self._read_ends(rule.id):
            ends = _VALID_UNTIL.search(text)
            if ends and date(int(ends[1]), int(ends[2]), int(ends[3])) < self.on:
                return True
        name = f"《{rule.title.strip('《》')}》"
        return any(name in text for other, text in self._repealing if other != rule.id)

    @cached_property
    def _repealing(self) -> tuple[tuple[str, str], ...]:
        """The articles of local rules that repeal something, each with its rule's id; read
        once, because every article that is looked at asks for them."""
        return tuple(
            (d.id, text)
            for d in self._index.documents()
            if d.id in self.documents
            and not is_national(d)
            and find_regions(d.region or "", d.title)
            for text in self._read_ends(d.id)
            if "废止" in text
        )

    def _read_ends(self, rule: str) -> tuple[str, ...]:
        return tuple(p.text for p in self._index.passages(rule)[-_LAST:])


def find_holding(index: Statutes, profile: Profile | None, on: date | None = None) -> Holding:
    """Return what of the statutes of ``index`` holds for the unit on a day (today). A law
    that stands there twice is taken once: in force, then the latest, then the longest."""
    day = on or date.today()
    best: dict[str, StatuteRecord] = {}
    for record in sort_versions(index.statutes()):
        begun = record.status == "in_force" and record.begins <= day.isoformat()
        if begun and not is_repealed(record.name, day):
            key = normalise_statute(record.name)
            known = best.get(key)
            if known is None or _is_better(record, known):
                best[key] = record
    return Holding(frozenset(r.document for r in best.values()), profile, day, index)


def is_repealed(name: str, on: date) -> bool:
    """Return whether the register of statutes or that of national documents has a text as no
    longer in force on a day, whatever an index says of it."""
    entry = _entries().get(normalise_title(name))
    if entry is not None:
        return entry.status == "repealed" and (entry.repealed_on or "") <= on.isoformat()
    title = name.strip("《》")
    mention = DocumentMention(title, None, title, 0, len(title))
    return judge_document(mention, on=on).verdict == "repealed"


@lru_cache(maxsize=1)
def _entries() -> dict[str, Entry]:
    return read_entries()


def _is_better(record: StatuteRecord, known: StatuteRecord) -> bool:
    return (record.begins, record.articles) > (known.begins, known.articles)


def is_national(document: Document) -> bool:
    """Return whether a statute is a law of the country by its name."""
    return document.title.strip("《》").startswith(_NATION)


def applies_here(passage: Passage, profile: Profile | None) -> bool:
    """Return whether a statute holds where the unit is: a national one, or a local one
    whose region contains ours. An unknown place is not ours; a law made for one place
    (海南自由贸易港法, 黄河保护法) is that place's."""
    document = passage.document
    regions = find_regions(document.region or "", document.title)
    if not regions:
        return True
    if profile is None or not profile.region:
        return False
    ours = profile.province + profile.region.removeprefix(profile.province)
    return all(region in ours or place_within(profile.region, region) is True for region in regions)


@lru_cache(maxsize=2048)
def find_regions(region: str, title: str) -> tuple[str, ...]:
    """Return the places that a statute holds in; () for the whole country."""
    regions = [region] if region else []
    bare = title.strip("《》")
    if not bare.startswith(_NATION):
        regions += [m.normal for m in find_mentions(title) if m.kind == "place"]
    else:
        regions += [place for word, place in _MADE_FOR if bare.startswith(f"{_NATION}{word}")]
    return tuple(r for r in regions if r not in _EVERYWHERE)


# National laws for one region of the country, and the region's name.
_MADE_FOR = (
    ("海南自由贸易港", "海南省"),
    ("香港特别行政区", "香港特别行政区"),
    ("澳门特别行政区", "澳门特别行政区"),
)
