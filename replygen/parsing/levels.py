"""Which of a text's enumerations is the one whose items are the asks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from replygen.language.marks import LEVELS, Mark, find_chains
from replygen.parsing.wording import cue_pattern

_LEAST_ITEM = 8
_MOST = 0.6
_FEW = 2  # items of a sequence that may only be counted by the way
_ALIKE = 0.6
# 五、提出这一倡议的相关建议 as the heading of one item among others
_ASKING_ITEM = re.compile(r"[^。；：\n]{0,30}(?:建议|对策)")
# 一、由来 · 二、特征 · 三、重要性和必要性: items that only tell
INTRODUCING_ITEM = re.compile(
    r"[^。；：\n]{0,20}(?:由来|特征|内涵|重要性|必要性|可行性|意义|现状|问题|情况|背景|原因|经验"
    r"|成效|困难)"
)


def top_groups(text: str) -> list[tuple[Mark, ...]]:
    """Return the top-level sequences of a text, in order: the first sequence, later
    ones of its kind that begin anew, and instead of them a sequence of a higher level
    when that comes behind (一、二、 after an introduction that said 一是…二是…)."""
    chains = list(find_chains(text))
    chains = [c for c in chains if not _is_list_of_words(text, c)]
    if not chains:
        return []
    top = chains[0]
    for chain in chains[1:]:
        if chain[0].start > top[-1].end and _outranks(text, chain, top, chains):
            top = chain
    if inner := _asking_item(text, top, chains):
        top = inner
    start = top[0].start
    same = [c for c in chains if c[0].family == top[0].family and c[0].start >= start]
    return _not_nested(text, same, chains)


def _outranks(
    text: str, later: Sequence[Mark], first: Sequence[Mark], chains: Sequence[Sequence[Mark]]
) -> bool:
    """A later sequence takes over when its level is higher, or when a phrase such as
    建议如下： stands directly above it."""
    if LEVELS[later[0].family] < LEVELS[first[0].family]:
        return later[0].strong and "一是" != later[0].family
    between = text[first[-1].end : later[0].start]
    if any(c[0].family == later[0].family and c[0].start < first[-1].start for c in chains):
        # every item has its 建议：1、2、: they belong to the items
        return False
    phrases = list(cue_pattern("proposal", "intro", "phrases").finditer(between))
    return bool(phrases) and len(between) - phrases[-1].end() < 12


def _not_nested(
    text: str, same: list[tuple[Mark, ...]], chains: Sequence[tuple[Mark, ...]]
) -> list[tuple[Mark, ...]]:
    """Drop restarts that lie inside an item: 一、(1、2、3、) 二、(1、2、)."""
    kept = [same[0]]
    for chain in same[1:]:
        inside = any(
            a.start < chain[0].start and chain[-1].start < b.start
            for outer in kept
            for a, b in zip(outer, outer[1:], strict=False)
        )
        if not inside and not _is_announced(text, kept[-1][-1], chain[0]):
            kept.append(chain)
    return kept


def _is_announced(text: str, item: Mark, first: Mark) -> bool:
    """The last item says 开展下列专项工作： and a new 1 follows: it belongs to the item."""
    between = text[item.end : first.start].rstrip()
    return between.endswith("：") and len(between) >= _LEAST_ITEM


def _is_list_of_words(text: str, chain: Sequence[Mark]) -> bool:
    """(1)甲、(2)乙 inside a sentence lists words, not asks; 一是简化审批流程；二是… asks."""
    gaps = [b.start - a.end for a, b in zip(chain, chain[1:], strict=False)]
    return max(gaps) < _LEAST_ITEM and _share_asking(text, chain) < _MOST


def _asking_item(
    text: str, top: Sequence[Mark], chains: Sequence[tuple[Mark, ...]]
) -> tuple[Mark, ...]:
    """Return the enumeration inside the one item that is headed 建议 or 对策, when the
    items before it tell facts; empty when there is none such."""
    heads = [text[m.end :][:40] for m in top]
    asking = [n for n, head in enumerate(heads) if _ASKING_ITEM.match(head)]
    if len(asking) != 1 or not asking[0]:
        return ()
    number = asking[0]
    introducing = sum(bool(INTRODUCING_ITEM.match(head)) for head in heads[:number])
    if introducing * 2 < number:
        return ()
    end = top[number + 1].start if number + 1 < len(top) else len(text)
    inside = (c for c in chains if top[number].end <= c[0].start < end)
    return next(inside, ())


def asking_group(body: str) -> str:
    """Return the end of a body in which no part is named, from the enumeration whose
    items, or the items within them, open with doing (加强…, 建议…, 要…): the last such one that
    lies in no other.
    Without one, the last of the top-level enumerations that ask much; without any, the body."""
    chains = find_chains(body)
    asking = [c for c in chains if _share_asking(body, c) >= _MOST]
    asking = [c for c in asking if not _is_list_of_words(body, c)]
    # （一）织密身边的设施 1.建设… 2.更新…: the headings above several such sequences
    above = [
        o
        for o in chains
        if len(o) > _FEW
        and any(_lies_inside(c, o) for c in asking)
        and sum(_lies_inside(c, o) for c in chains) > 1
    ]
    if above and not any(_lies_inside(o, c) for o in above for c in asking):
        return body[above[0][0].start :]
    outer = [c for c in asking if not any(_lies_inside(c, other) for other in asking)]
    if outer:
        return body[outer[-1][0].start :]
    groups = top_groups(body)
    if len(groups) < 2:
        return body
    starts = [g[0].start for g in groups]
    texts = [body[a:b] for a, b in zip(starts, [*starts[1:], len(body)], strict=True)]
    best = max(map(_density, texts))
    return next(t for t in reversed(texts) if _density(t) >= _ALIKE * best)


def _share_asking(body: str, chain: Sequence[Mark]) -> float:
    """Share of a sequence's items that open with a word of doing or asking."""
    opens = [cue_pattern("proposal", "asking", key) for key in ("strong", "imperative")]
    hits = 0
    for mark in chain:
        opening = body[mark.end : mark.end + 40].lstrip()
        must = mark.style.startswith("一是") and body[mark.start : mark.end].endswith(("要", "应"))
        hits += must or any(p.match(opening) for p in opens)
    return hits / len(chain)


def _lies_inside(chain: Sequence[Mark], other: Sequence[Mark]) -> bool:
    """Say whether a sequence stands within the items of another, the last included when
    the other is of a higher level."""
    if chain is other or chain[0].start <= other[0].start:
        return False
    return chain[0].start < other[-1].start or LEVELS[other[0].family] < LEVELS[chain[0].family]


def _density(text: str) -> float:
    strong = cue_pattern("proposal", "asking", "strong")
    weak = cue_pattern("proposal", "asking", "weak")
    return (3 * len(strong.findall(text)) + len(weak.findall(text))) / max(len(text), 1)
