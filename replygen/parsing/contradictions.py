"""What a letter says of its item in two places: the title against the receipt sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from replygen.parsing.titles import find_numbers_of, find_sessions

# 您在…上提出的…收悉 · 现…答复如下: the sentence that names the item
_RECEIPT_END = re.compile(r"收悉|收到|如下")
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”")
# 国办发〔2022〕12号 · 6月6号
_OTHER_NUMBER = re.compile(r"[〔\[【（(](?:19|20)\d\d[〕\]】）)]第?\d+号|\d+月\d+号")
# 第0132号 · （0132号） · 编号：0132号 · 0132号提案
_ITEM = re.compile(
    r"(?:第|[（(]|编号[：:]?)[^，。（）()]{0,30}号|[\dA-Za-z、和及-]+号(?=提案|建议|议案|代表|委员)"
)
# （编号：0132）, without 号 behind it
_LABELLED = re.compile(r"编号[：:]? ?([A-Za-z]{0,3}\d[\dA-Za-z-]*)(?=[）)，。])")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What the title says and the different thing that the body says (``what``: 届次, 编号)."""

    what: str
    title: str
    body: str

    def __str__(self) -> str:
        return f"标题与正文的{self.what}不一致：标题为{self.title}，正文为{self.body}，请核对"


def find_contradictions(title: str | None, opening: str) -> tuple[Contradiction, ...]:
    """Return where the receipt sentence of a letter names another session or number than its
    title; what only one of them names is no contradiction."""
    said = _receipt(opening)
    if not title or not said:
        return ()
    found: list[Contradiction] = []
    sessions, others = find_sessions(title), find_sessions(said)
    if sessions and others and not set(sessions) & set(others):
        found.append(Contradiction("届次", "、".join(sessions), "、".join(others)))
    numbers, named = find_numbers_of(title), _item_numbers(said)
    if numbers and named and not {_plain(n) for n in numbers} & {_plain(n) for n in named}:
        found.append(Contradiction("编号", "、".join(numbers), "、".join(named)))
    return tuple(found)


def _receipt(opening: str) -> str:
    end = _RECEIPT_END.search(opening)
    return _OTHER_NUMBER.sub("", _QUOTED.sub("", opening[: end.end()])) if end else ""


def _item_numbers(text: str) -> tuple[str, ...]:
    numbers = [n for m in _ITEM.finditer(text) for n in find_numbers_of(m.group())]
    return tuple(dict.fromkeys([*numbers, *_LABELLED.findall(text)]))


def _plain(number: str) -> str:
    return number.lstrip("0")
