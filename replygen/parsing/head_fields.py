"""What the fields of a proposal's head say, read from a form or typed by a person: names in a
list, a title in its marks, a number with its 第 and 号."""

from __future__ import annotations

import re
import unicodedata

_BETWEEN = re.compile(r"[、，,；;]+|\s+")
# 林 静, 林　静: two characters set apart so that the name is as long as one of three
_SET_APART = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?![\u4e00-\u9fff])"
)
# What the name of a body ends with; before 和 it tells that a name is whole: 市财政局|和…
_BODY_END = (
    r"(?:局|委|厅|办|部|院|署|室|处|科|所|站|中心|会|团|社|政府|妇联|工商联|公司|集团|银行|大队|支队|总队"
    r"|学校|大学|街道|镇|乡|法院|报|台)"
)
_BODY = re.compile(rf"[\u4e00-\u9fff]+{_BODY_END}")
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,3}")
_AND = re.compile(r"[和与及]")
_LABEL = re.compile(r"^\s*[\u4e00-\u9fff]{2,8}\s*[：:]\s*")  # 会办单位：…
_TITLE_LABEL = re.compile(
    r"^\s*(?:案\s*由|(?:提案|建议|议案)?(?:题\s*目|标\s*题|名\s*称))\s*[：:]\s*"
)
_IN_MARKS = re.compile(r"《([^《》]*)》")
_NUMBER = re.compile(
    r"(?:[\u4e00-\u9fff]{0,4}(?:编|案|序|提案|建议)号|no\.?)?\s*[：:]?\s*第?(.*?)号?",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(r"等(?:有关)?(?:单位|部门)$")


def split_names(text: str) -> tuple[str, ...]:
    """Return the names of a list: 市商务局、市文化和旅游局 are two, 林小满和周大川 too, 林　静 is
    one."""
    parts = _BETWEEN.split(_SET_APART.sub(r"\1\2", text))
    return tuple(name for part in parts for name in _split_and(part.strip("。：:")) if name)


def read_names(text: str) -> tuple[str, ...]:
    """Return the names that a person typed into a field, each once, as they were written; its
    label, and what ends the list, are none."""
    names = (_AND_OTHERS.sub("", name) for name in split_names(_LABEL.sub("", text)))
    return tuple(dict.fromkeys(filter(None, names)))


def read_title(text: str) -> str:
    """Return a title that was typed, without its label and without marks around the whole."""
    bare = _TITLE_LABEL.sub("", text).strip()
    whole = _IN_MARKS.fullmatch(bare)
    return whole[1] if whole else bare


def read_number(text: str) -> str:
    """Return a number that was typed: 第０１５号, 编号：015 and 15 号 are 015, 015 and 15."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    found = _NUMBER.fullmatch(plain)
    return found[1] if found and found[1] else plain


def _split_and(part: str) -> list[str]:
    """A part of a list, cut at its 和 where a whole name stands on both sides."""
    for found in _AND.finditer(part):
        left, right = part[: found.start()], part[found.end() :]
        if _is_whole(left, right):
            return [left, *_split_and(right)]
    return [part]


def _is_whole(left: str, right: str) -> bool:
    if _BODY.fullmatch(right):
        return bool(_BODY.fullmatch(left))
    return bool(_PERSON.fullmatch(left) and _PERSON.match(right))
