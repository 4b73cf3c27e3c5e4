"""Repeats: a clause is said once in a draft."""

from __future__ import annotations

import re
from collections.abc import Sequence

from replygen.drafting.clauses import is_outcome, judge_clause, split_spans
from replygen.drafting.lexical import matter, overlap

_SAME = 0.55  # a clause of whose matter an earlier one has more says the same
_BACK = 0.35  # and this much of the earlier one must stand in it
_LETTERS = 80  # per cent of the characters: 服务站点 and 服务站
_TELLING = 0.6  # weight of matter that a clause needs to be recognised again
# What can open an item when the clause in front of it is gone: a thing of its own
_FRESH = re.compile(
    r"(?:探索)?(?:建立|制定|开展|组织|推行|建设|设立|编制|举办|开通|对|支持|编写|制作|发布|完善|配备|培育|发放|公布)"
)
# 会同网信部门建立…: with whom makes it no other measure
_WITH = re.compile(
    r"^(?:会同|联合|配合|与)[^，]{2,24}?(?=建立|制定|开展|组织|推行|建设|设立|把|对)"
)
SHORTEST, LONGEST = 12, 70  # characters of an item


def clauses_of(text: str) -> list[str]:
    """Return the clauses of ``text``, cut at commas outside quotes and brackets."""
    return [text[a:b] for a, b in split_spans(text, "，")]


def without_said(text: str, said: Sequence[str], subject: str = "") -> str | None:
    """Return ``text`` without the clauses that ``said`` or its own beginning have already,
    at most 70 characters; ``None`` when what is left is no measure."""
    earlier = [clause for other in said for clause in clauses_of(other)]
    kept: list[str] = []
    for position, clause in enumerate(clauses_of(text)):
        if _is_said(clause, [*earlier, *kept], subject):
            if position == 0 and not _FRESH.match(text[len(clause) + 1 :]):
                return None
            while kept and judge_clause(kept[-1]) == "frame":
                kept.pop()
        elif not kept or sum(len(k) + 1 for k in kept) + len(clause) <= LONGEST:
            kept.append(clause)
        else:
            break
    while kept and judge_clause(kept[-1]) == "frame":
        kept.pop()
    while kept and is_outcome(kept[0]):
        kept.pop(0)
    result = "，".join(kept)
    if not kept or not SHORTEST <= len(result) <= LONGEST + 20:
        return None
    return result if judge_clause(kept[0]) != "none" else None


def _is_said(clause: str, earlier: Sequence[str], subject: str) -> bool:
    from rapidfuzz.fuzz import ratio

    core = _WITH.sub("", clause)
    if any(ratio(core, _WITH.sub("", other)) >= _LETTERS for other in earlier):
        return True
    if sum(matter(core).values()) < _TELLING:
        return clause in earlier
    return any(
        sum(matter(other).values()) >= _TELLING
        and overlap(core, other, subject) > _SAME
        and overlap(_WITH.sub("", other), core, subject) > _BACK
        for other in earlier
    )
