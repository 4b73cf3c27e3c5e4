"""Proposals that set a problem and its remedy side by side: 一、维保不严。… 建议：…
二、更新难。… 建议：… — the asks are the remedies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from replygen.parsing.areas import Areas
from replygen.parsing.asks import Found, trim_span
from replygen.parsing.levels import top_groups

# 。建议：推行按需维保 · 具体建议： · 对策：
_REMEDY = re.compile(
    r"(?:^|(?<=[\n。；！？]))\s*(?:[（(]?[一二2][）)、.]\s*)?(?:具体|工作|对策|改进|解决)?(?:建议|对策|办法|措施)\s*[：:]"
)


# 问题一：后厨看不见 · 存在问题2、
_PROBLEM = re.compile(r"(?:^|(?<=\n))\s*(?:存在)?问题\s*[一二三四五六七八九十\d]{1,2}\s*[：:、.]")


@dataclass(frozen=True, slots=True)
class Pairs:
    """The remedies as asks, and what stands around them."""

    areas: Areas
    found: tuple[Found, ...]


def find_pairs(body: str) -> Pairs | None:
    """Return the remedies of a proposal whose items each end in 建议：…, or ``None``.
    A part headed 建议 above the items makes them suggestions as a whole."""
    marks = _find_marks(body)
    if len(marks) < 2 or _REMEDY.search(body[: marks[0][0]]):
        return None
    found: list[Found] = []
    problems: list[str] = []
    ends = [*(start for start, _ in marks[1:]), len(body)]
    for (_, begins), end in zip(marks, ends, strict=True):
        remedies = list(_REMEDY.finditer(body, begins, end))
        if len(remedies) != 1 or remedies[0].start() - begins < 6:
            return None
        if not (item := trim_span(body, remedies[0].end(), end)):
            return None
        found.append(item)
        problems.append(body[begins : remedies[0].start()].strip())
    front = body[: marks[0][0]].strip()
    return Pairs(Areas(front, "\n".join(problems), "", "pairs"), tuple(found))


def _find_marks(body: str) -> list[tuple[int, int]]:
    """Where each problem's mark begins and ends: 问题一：, else the outermost numbers."""
    told = [match.span() for match in _PROBLEM.finditer(body)]
    if len(told) > 1:
        return told
    groups = top_groups(body)
    return [(mark.start, mark.end) for mark in groups[0]] if len(groups) == 1 else []
