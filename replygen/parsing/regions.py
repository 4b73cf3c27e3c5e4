"""Which place a text is about, when no head or title names it."""

from __future__ import annotations

import re
from collections import Counter

from replygen.models import Level

_ENDINGS: dict[str, str] = {"省": "(?:省|自治区|市)", "市": "(?:市|州|盟)", "县": "(?:县|区|旗|市)"}


def infer_region(text: str, level: Level | None) -> str | None:
    """Return the place of the given level that a text names most, if one stands out;
    a province that is named once among other provinces does not."""
    counted = Counter(_places(text, level)) or Counter(_unknown_places(text, level))
    if not counted:
        return None
    ranked = counted.most_common(2)
    if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        return None
    return ranked[0][0]


def level_of_place(name: str) -> Level | None:
    """Return the level of a place by the register; ``None`` when it is not there or
    several places of different levels have the name."""
    from replygen.entities.places import lookup_places

    levels = {place.level for place in lookup_places(name)}
    return levels.pop() if len(levels) == 1 else None


def full_place(name: str) -> str | None:
    """Return the full name of a place: 北京 → 北京市, 江苏 → 江苏省; ``None`` when the
    register does not have it. Several places of one name: the highest."""
    from replygen.entities.places import lookup_places

    order = {"国家": 0, "省": 1, "市": 2, "县": 3, "乡": 4}
    found = sorted(lookup_places(name), key=lambda place: order[place.level])
    return found[0].name if found else None


def _places(text: str, level: Level | None) -> list[str]:
    from replygen.entities.places import lookup_places

    names: list[str] = []
    for match in re.finditer(_ENDINGS.get(level or "", "(?:省|自治区|市|州|县|区)"), text):
        for length in (8, 7, 6, 5, 4, 3, 2):
            name = text[max(0, match.end() - length) : match.end()]
            if len(name) != length or not re.fullmatch(r"[\u4e00-\u9fff]+", name):
                continue
            if length == 2 and not name.endswith("县"):  # 联合市商务局: only counties are so short
                continue
            places = lookup_places(name)
            if any(level is None or p.level == level for p in places):
                names.append(name)
                break
    return names


def _unknown_places(text: str, level: Level | None) -> list[str]:
    """Names that look like places but are not in the register, when named twice."""
    ending = _ENDINGS.get(level or "", "(?:省|市|州|县|区)")
    pattern = (
        rf"(?:^"
        rf"|[，。；：、《“（在由以对为和与\n])([\u4e00-\u9fff]{{2,3}}{ending})(?=[\u4e00-\u9fff])"
    )
    found = [m.group(1) for m in re.finditer(pattern, text)]
    named = [n for n in found if not re.search("[我全各该本城超股上县区地多两三成等省]", n[:-1])]
    return [n for n in named if named.count(n) > 1]
