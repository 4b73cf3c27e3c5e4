"""会办意见 of several units in one file: whose each paragraph is.

A host unit keeps them together as they come in: each under its own title (X关于…的会办意见), or
under the unit's name in a list (一、县财政局（2026年4月7日）).
"""

from __future__ import annotations

import re
from dataclasses import replace

from replygen.language.marks import strip_mark
from replygen.models import Measure, Reply, Source
from replygen.parsing.reply import read_reply

# how the name of a unit of a place ends
UNIT = (
    r"[\u4e00-\u9fff]{2,24}?"
    r"(?:局|委员会|办公室|政府|厅|院|中心|支队|大队|协会|总队|公司|委|办|部|联合会|总工会)"
)
_UNIT = rf"(?:中共)?{UNIT}"
_DAY = r"(?:[（(][^（）()]{0,12}\d{1,2}月\d{1,2}日[）)])?"
# 市卫生健康委员会关于市政协…提案的会办意见 · 县财政局（2026年4月7日）
_TITLE = re.compile(
    rf"(?P<unit>{_UNIT})(?:关于[^。]{{2,60}}?)?(?:会办|协办)(?:意见|函|的?复函|情况)的?函?{_DAY}"
)
_NAME = re.compile(
    rf"(?P<unit>{_UNIT})(?:[（(][^（）()]{{0,12}}\d{{1,2}}月\d{{1,2}}日[）)]|(?:会办|协办)?意见)?[：:]?"
)
_OF_OPINIONS = re.compile("(?:会办|协办)(?:意见|函)")
# 市民政局： · （市医疗保障局，2026年4月9日） · 2026年4月9日: around what a unit says
_AROUND = re.compile(
    rf"{_UNIT}[：:]|[（(]?(?:{_UNIT})?[，, ]?(?:\d{{4}}年\d{{1,2}}月\d{{1,2}}日)?[）)]?|[—\-=*]+"
)
_LEAST = 2  # units from which a file holds several opinions
_HEAD = 3  # paragraphs in which the file says what it is


def part_opinions(source: Source) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the units whose opinions a cleaned source holds, each with its paragraphs, in the
    order of the file; empty where it is not of several units."""
    lines = [p.text.strip() for p in source.paragraphs if p.text.strip()]
    if not any(_OF_OPINIONS.search(line) for line in lines[:_HEAD]):
        return ()
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        bare = strip_mark(line).strip()
        listed = bare != line
        head = _TITLE.fullmatch(bare) or (listed and _NAME.fullmatch(bare)) or None
        if head is not None:
            found.append((head["unit"], []))
        elif found and not _AROUND.fullmatch(line):
            found[-1][1].append(line)
    parts = tuple((unit, tuple(said)) for unit, said in found if said)
    return parts if len({unit for unit, _ in parts}) >= _LEAST else ()


def read_joint_opinions(source: Source) -> Reply | None:
    """Return a cleaned file of several 会办意见 as one reply of no single issuer, each paragraph
    a measure under its unit's name; ``None`` where the source is none."""
    parts = part_opinions(source)
    if not parts:
        return None
    measures = tuple(
        Measure(lead=text[:20], text=text, tense="done", actor=unit, section=unit)
        for unit, said in parts
        for text in said
    )
    whole = read_reply(source)
    return replace(whole, host_role="会办", issuer=None, measures=measures, refusals=())
