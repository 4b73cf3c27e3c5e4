"""The editions (历次文本) of a law: which one is meant, which one was in force on a day."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from replygen.laws.tables import read_table
from replygen.laws.titles import normalise_title

EARLIER = "earlier"  # 修订前的《…》, 原《…》: no year is told
NEWEST = "newest"  # 新修订的《…》
_KIND = r"(?:修正|修订|修改|制定|颁布|公布|通过|发布|施行|版|本)"
# （2017年修正）, (2009年), （2021年4月29日第二次修正）, （2015修订版）
_BEHIND = re.compile(
    r"^》?\s*(?:第[^，。（）()]{1,9}条(?:第[^，。（）()]{1,4}[款项])*)?\s*[（(]\s*((?:19|20)\d\d)(?:\s*年)?(?:\d{1,2}月(?:\d{1,2}日)?)?"
    rf"(?:[^（）()，。]{{0,6}}{_KIND}[^（）()，。]{{0,4}})?\s*[）)]"
)
# 《产品质量法（1993）》, 《行政处罚法（2021年修订）》
_INSIDE = re.compile(r"[（(]((?:19|20)\d\d)年?(?:\d{1,2}月(?:\d{1,2}日)?)?[^（）()]{0,8}[）)]$")
# 2017年修正的《…》, 1993年《…》, 2018年版《…》
_BEFORE = re.compile(
    rf"((?:19|20)\d\d)\s*年?(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?(第[一二三四五六]次)?({_KIND}(?:后)?的?|的)?\s*[《<]?$"
)
_EARLIER = re.compile(
    r"(?:(?:修订|修正|修改|修法)(?:以)?前的?|(?<![\u4e00-\u9fff])原(?:来的?)?|(?:依据|根据|按照|依照|适用|的|与|和|及)原|旧版?的?|老的?|当时(?:有效|施行)的)\s*[《<]?$"
)
_NEWEST = re.compile(
    r"(?:新修订的?|新修正的?|修订后的?|修正后的?|修改后的?|新版|现行|最新)\s*[《<]?$"
)


class Named(NamedTuple):
    """An edition as a text names it: ``year`` or :data:`EARLIER`/:data:`NEWEST`; ``sure`` is
    false for a year that may belong to something else (2022年《…》宣传周)."""

    year: str
    sure: bool


class Edition(NamedTuple):
    """One edition; dates are ISO, ``last`` is the number of its last 条, ``None`` where it is
    not known; ``changed`` the 条 that it changed, empty where that is not known; ``order`` the
    number of the State Council's order that published it whole."""

    promulgated: str
    effective: str
    kind: str
    last: int | None
    changed: tuple[str, ...]
    order: int | None = None

    @property
    def label(self) -> str:
        """2021年修订."""
        return f"{self.promulgated[:4]}年{self.kind}"

    def is_of(self, year: str) -> bool:
        """True for an edition made, or in force from, that year."""
        return year in (self.promulgated[:4], self.effective[:4])


def read_edition(before: str, title: str, after: str) -> Named | None:
    """Return the edition that the words around a title name, ``None`` for none. ``title``
    stands without 《》; ``after`` begins behind it."""
    for pattern, text in ((_INSIDE, title), (_BEHIND, after)):
        if match := pattern.search(text):
            return Named(match[1], True)
    tail = before[-24:]
    if match := _BEFORE.search(tail):
        return Named(match[1], bool(match[3] and match[3] != "的"))
    if _NEWEST.search(tail):
        return Named(NEWEST, True)
    return Named(EARLIER, True) if _EARLIER.search(tail) else None


def editions_of(title: str) -> tuple[Edition, ...]:
    """Return the editions of a law, oldest first; empty for one that the table lacks."""
    return _table().get(normalise_title(title), ())


def edition_on(title: str, day: str) -> Edition | None:
    """Return the edition in force on a day (ISO)."""
    begun = [e for e in editions_of(title) if e.effective <= day]
    return begun[-1] if begun else None


def edition_of_order(title: str, order: int) -> Edition | None:
    """Return the edition that an order of the State Council published."""
    return next((e for e in editions_of(title) if e.order == order), None)


def is_unchanged(title: str, article: str, one: str, other: str) -> bool:
    """True when an article surely reads alike in the editions promulgated on two days."""
    first, last = sorted((one, other))
    between = [e for e in editions_of(title) if first < e.promulgated <= last]
    return all(e.changed and article not in e.changed for e in between)


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[Edition, ...]]:
    found: dict[str, list[Edition]] = {}
    for row in read_table("editions.tsv"):
        cells = [*row, *[""] * (7 - len(row))]
        last = int(cells[4]) if cells[4] else None
        changed = tuple(filter(None, cells[5].split("、")))
        order = int(cells[6]) if cells[6] else None
        edition = Edition(cells[1], cells[2], cells[3], last, changed, order)
        found.setdefault(cells[0], []).append(edition)
    return {title: tuple(editions) for title, editions in found.items()}
