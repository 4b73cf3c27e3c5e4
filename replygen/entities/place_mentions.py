"""Places in running text: gazetteer names, chains of them, and names known by their pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from replygen.entities.candidates import Candidate
from replygen.entities.independent import count_documents
from replygen.entities.place_patterns import find_pattern_places, find_routes
from replygen.entities.places import (
    BARE,
    CONTEXT,
    DEICTIC,
    FULL,
    NO_PLACE,
    Span,
    load_gazetteer,
)
from replygen.entities.prose import sort_one
from replygen.entities.tables import Automaton, build_automaton, read_table, read_words
from replygen.entities.vocabulary import is_word
from replygen.models import Mention

# A level word that belongs to the next word: 市|场监管, 区|域, 县|域, 乡|村.
_NOT_SUFFIX = {
    "市": frozenset("场場"),
    "区": frozenset("域块间别分"),
    "乡": frozenset("村镇"),
    "镇": frozenset("静"),
    "县": frozenset("级域"),
}
# In 赴和平召开, 在会同举办, 朝阳等地: a common word that is used as a place.
_PLACE_BEFORE = re.compile(r"(?:赴|前往|来自|位于|学习借鉴|借鉴|考察|走访)$")
# 辖和县, 包括东海: an ordinary word stays one here (包括工程…)
_PLACE_LIST_BEFORE = re.compile(r"(?:辖|包括)$")
_PLACE_AFTER = re.compile(
    r"(?:等地|等市|等县|等区|等省|等镇|等乡|等街|两地|三地|两市|三市|两县|两区|三县|警方|法院)"
)


def find_deictics(text: str) -> tuple[Mention, ...]:
    """The words that point to the writer's own place (本市, 我省, 全县, 辖区) as mentions of
    kind ``place`` with scope ``unknown``; :func:`find_mentions` does not give them."""
    return tuple(
        Mention("place", m.group(), m.start(), m.end(), m.group()) for m in DEICTIC.finditer(text)
    )


def find_places(text: str) -> Iterator[Candidate]:
    """Gazetteer places (local), national places by the register, and pattern places."""
    spans = place_spans(text)
    yield from _chains(text, spans)
    yield from _national_places(text)
    yield from find_pattern_places(text, spans)
    yield from find_routes(text)


def place_spans(text: str) -> list[Span]:
    """Gazetteer names that may stand where they stand, not overlapping, leftmost longest."""
    gazetteer = load_gazetteer()
    found: list[Span] = []
    blocked: list[tuple[int, int]] = []
    for start, name in gazetteer.find(text):
        end = start + len(name)
        strength = gazetteer.strength_of(name)
        if strength == NO_PLACE:
            blocked.append((start, end))
        elif text[end : end + 1] not in _NOT_SUFFIX.get(name[-1], ()):
            joined = _joins_two_words(text, start, end) or _is_word_here(text, start, name)
            if strength == FULL or not joined:
                found.append(Span(start, end, name, CONTEXT if _is_said(name) else strength))
    if blocked:
        found = [s for s in found if not any(b <= s.start and s.end <= e for b, e in blocked)]
    if not found:
        return []
    found.sort(key=lambda s: (s.start, -s.end))
    return _with_context(text, _leftmost_longest(found))


_SIZES, _SIDES = "大中小", "内外上下里中"


@lru_cache(maxsize=4096)
def _is_said(name: str) -> bool:
    """True for 林|内 and 小|城镇: what everybody says and some town is called."""
    if len(name) == 2:
        return name[1] in _SIDES and is_word(name) and count_documents(name) > 1
    return len(name) == 3 and name[0] in _SIZES and count_documents(name[1:]) >= _OFTEN


def _joins_two_words(text: str, start: int, end: int) -> bool:
    """虽|然充|分, 较|多扶|持, 第|三明|确, 担|保定|金: a short name whose halves belong to the
    words around it."""
    if end - start != 2:
        return False
    if _runs_on(text, start, end):
        return True
    if load_gazetteer().is_high(text[start:end]) and not _are_said(text, start, end):
        return False
    return is_word(text[start - 1 : start + 1]) and is_word(text[end - 1 : end + 1])


@lru_cache(maxsize=1)
def _homographs() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    rows = ((*row, "", "")[:3] for row in read_table("place_homographs.tsv"))
    return {
        name: (re.compile(rf"(?:{before or '(?!)'})$"), re.compile(behind or "(?!)"))
        for name, before, behind in rows
    }


def _is_word_here(text: str, start: int, name: str) -> bool:
    """True for 受|日照|影响, 未|开封|的: what stands around makes an ordinary word of the name."""
    around = _homographs().get(name)
    if around is None:
        return False
    before, behind = around
    near = text[max(0, start - 4) : start]
    return bool(before.search(near) or behind.match(text, start + len(name)))


def _runs_on(text: str, start: int, end: int) -> bool:
    """重|新余|留, 推|广州|县, 和|田间: the word before takes the first character of the name, or
    it is a joint, and what is left of the name belongs to the next word."""
    left, right = text[start - 1 : start + 1], text[end - 1 : end + 1]
    joint = text[start] in "和与同及" and count_documents(right) >= _SAID
    if joint and right[-1:] not in "市县区省":
        return True
    ends_word = sort_one(text[start - 1 : start]) != "J" and count_documents(left) >= _OFTEN
    behind = text[end : end + 1]
    if behind in ("市", "县", "区", "省"):
        return ends_word and not load_gazetteer().rows_of(text[start : end + 1])
    return ends_word and (behind not in ("、", "等", "的") or is_word(right))


_OFTEN = 60  # independent documents


def _are_said(text: str, start: int, end: int) -> bool:
    """True when both words around the name of a city are words that many documents have."""
    around = (text[start - 1 : start + 1], text[end - 1 : end + 1])
    return all(count_documents(word) >= _SAID for word in around)


_SAID = 3  # independent documents


def _leftmost_longest(found: list[Span]) -> list[Span]:
    """Without overlaps: sure names before those that need a context, longer before shorter
    (台|江苏省, not 台江|苏省), provinces and cities before others (中|江苏), then from the left."""
    covered: list[Span] = []
    last = max((s.end for s in found), default=0)
    used = bytearray(last)
    is_high = load_gazetteer().is_high
    for span in sorted(
        found, key=lambda s: (s.strength == CONTEXT, s.start - s.end, not is_high(s.name), s.start)
    ):
        if not any(used[span.start : span.end]):
            used[span.start : span.end] = b"\1" * (span.end - span.start)
            covered.append(span)
    return sorted(covered)


def _with_context(text: str, spans: list[Span]) -> list[Span]:
    """Drop the common words that nothing marks as a place."""
    kept: list[Span] = []
    for number, span in enumerate(spans):
        if span.strength >= BARE or _has_context(text, spans, number, kept):
            kept.append(span)
    # 马坝、管镇等乡镇: a place at the end of a list makes places of those before it.
    accepted = {s.start for s in kept}
    for span in reversed(spans):
        if span.start not in accepted and text[span.end : span.end + 1] == "、":
            if span.end + 1 in accepted:
                accepted.add(span.start)
    return [s for s in spans if s.start in accepted]


def _has_context(text: str, spans: list[Span], number: int, kept: list[Span]) -> bool:
    span = spans[number]
    before = text[max(0, span.start - 4) : span.start]
    after = text[span.end : span.end + 2]
    if kept and kept[-1].end == span.start:
        return _above(kept[-1].name, span.name)
    if kept and kept[-1].end + 1 == span.start and before[-1:] == "、":
        return True
    following = spans[number + 1] if number + 1 < len(spans) else None
    if following and following.start == span.end + 1 and after[:1] == "、":
        return following.strength >= BARE
    if following and following.start == span.end and following.strength == FULL:
        return _above(span.name, following.name)
    if _PLACE_LIST_BEFORE.search(before) and not is_word(span.name):
        return True
    if is_word(span.name + after):  # 人民|法院
        return False
    return bool(_PLACE_BEFORE.search(before) or _PLACE_AFTER.match(after))


def _above(upper: str, lower: str) -> bool:
    """True when some place of the first name contains some place of the second."""
    gazetteer = load_gazetteer()
    uppers = set(gazetteer.rows_of(upper))
    for row in gazetteer.rows_of(lower):
        parent = gazetteer.parents[row]
        while parent >= 0:
            if parent in uppers:
                return True
            parent = gazetteer.parents[parent]
    return False


def _chains(text: str, spans: list[Span]) -> Iterator[Candidate]:
    """连云港市东海县白塔埠镇 as one candidate, single names as they are."""
    sure = _context_rows(spans)
    position = 0
    while position < len(spans):
        last = position
        while (
            last + 1 < len(spans)
            and spans[last].end == spans[last + 1].start
            and _above(spans[last].name, spans[last + 1].name)
        ):
            last += 1
        start, end = spans[position].start, spans[last].end
        yield Candidate("place", start, end, _normal(text[start:end], sure), "local", 3)
        position = last + 1


def _context_rows(spans: list[Span]) -> set[int]:
    """Rows of the names that can mean one place only, provinces and cities among them."""
    gazetteer = load_gazetteer()
    rows: set[int] = set()
    for span in spans:
        candidates = gazetteer.rows_of(span.name)
        if len(candidates) == 1:
            rows.add(candidates[0])
    return rows


@lru_cache(maxsize=4096)
def _rows_of(name: str) -> tuple[int, ...]:
    from replygen.entities.places import resolve_name

    return resolve_name(name)


def _normal(name: str, context: set[int]) -> str:
    """The full name when only one place can be meant, by itself or by the text around it."""
    gazetteer = load_gazetteer()
    rows = _rows_of(name)
    if len(rows) > 1:
        high = [r for r in rows if gazetteer.levels[r] in "pca"]
        provinces = [r for r in rows if gazetteer.levels[r] == "p"]
        near = [r for r in rows if any(c != r and gazetteer.is_within(r, c) for c in context)]
        for choice in (provinces, near, high):
            if len(choice) == 1:
                rows = (choice[0],)
                break
    return "".join(gazetteer.chain(rows[0])) if len(rows) == 1 else name


@lru_cache(maxsize=1)
def _national_pattern() -> re.Pattern[str]:
    names = [row[0] for row in read_table("national.tsv") if row[1] == "place"]
    return re.compile("|".join(sorted(names, key=len, reverse=True)))


@lru_cache(maxsize=1)
def _regions() -> Automaton:
    return build_automaton(read_words("regions.tsv"))


def _national_places(text: str) -> Iterator[Candidate]:
    for match in _national_pattern().finditer(text):
        yield Candidate("place", *match.span(), match.group(), "national", 4)
    # 苏北, 京津冀: regions are local to the text that names them.
    for last, name in _regions().iter(text):
        yield Candidate("place", last + 1 - len(name), last + 1, name, "local", 2)
