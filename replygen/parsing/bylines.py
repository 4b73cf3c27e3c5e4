"""Who proposes, where no label says it: a name on a line of its own below the title or at the
end of the paper."""

from __future__ import annotations

import re
from collections.abc import Sequence

from replygen.language.dates import find_date
from replygen.parsing.head_fields import split_names

_BELOW, _ABOVE = 2, 4  # lines below the title and at the end in which such a line stands
_SHORT = 40
# 民盟云川市委员会 · 九三学社支社 · 市工商联 · 经济界别小组
_BODY = re.compile(
    r"(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)[^，。；：、]{0,20}"
    r"|[^，。；：、关]{2,28}(?:委员会|支部|总支|支社|工作委|界别|小组|代表团|联络组|工商联|总工会|妇联|团委|侨联|科协)"
)
# 市政协委员 甘棠 · 区人大代表：甘棠 · ——甘棠 · （甘棠）
_OFFICE = re.compile(
    r"^[—\-–（(]*(?:\S{0,16}(?:委员|代表)[：: ]+)?|[）)]+$|(?<=\S{2})(?:委员|代表)$"
)
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,10}·[\u4e00-\u9fff·]{1,12}")


def find_byline(lines: Sequence[str], start: int) -> tuple[int, tuple[str, ...]] | None:
    """Return the place of the line that names nobody but the proposers and their names;
    ``start`` is the line behind the title."""
    end = len(lines)
    while end > start and (find_date(lines[end - 1]) and len(lines[end - 1]) < _SHORT):
        end -= 1
    below = range(start, min(start + _BELOW, end)) if start else ()
    for place in (*below, *range(end - 1, max(start, end - _ABOVE), -1)):
        line = lines[place].strip()
        if len(line) < _SHORT and (names := _read_names(line)):
            return place, names
    return None


def _read_names(line: str) -> tuple[str, ...]:
    if _BODY.fullmatch(line):
        return (line,)
    names = split_names(_OFFICE.sub("", line))
    return names if names and all(map(_is_person, names)) else ()


def _is_person(name: str) -> bool:
    from replygen.entities.people import surnames
    from replygen.entities.vocabulary import is_word

    if "·" in name:
        return _PERSON.fullmatch(name) is not None
    known = name[0] in surnames() or name[:2] in surnames()
    return bool(_PERSON.fullmatch(name)) and known and not is_word(name)
