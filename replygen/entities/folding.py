"""One way of writing: full-width digits, spaced or broken names and figures, invisible marks.

A name typed as 连 云 港, a figure as ２３０ or 2 3 0 余 条, must be found as well as the plain
one. The folded text is searched beside the original, and its spans are carried back.
"""

from __future__ import annotations

import re
import unicodedata

from replygen.language.characters import UNSEEN

_HAN = r"\u4e00-\u9fff"
# 连 云 港, 东 海 县水晶城: single characters set apart.
_SPACED = re.compile(rf"(?<![{_HAN}])[{_HAN}](?:[ \u3000][{_HAN}])+(?=[{_HAN}]|[^ \u3000{_HAN}]|$)")
# 2 3 0 余 条, 1 2 . 4 万
_SPACED_FIGURE = re.compile(
    rf"(?<!\d)\d(?:[ \u3000][\d.])+(?:[ \u3000][余多万千百亿])?(?:[ \u3000]?[{_HAN}])?"
)
# 三 百 余 个 behind other words: 建成三 百 余 个
_SPACED_TAIL = re.compile(rf"[{_HAN}](?:[ \u3000][{_HAN}]){{2,}}(?![ \u3000])")
# 连·云·港市: dots between single characters
_DOTTED = re.compile(rf"[{_HAN}](?:[·•・][{_HAN}]){{2,}}")
# 连云\n港市, 230余\n条: a name or figure that a line break cuts
_BROKEN = re.compile(rf"(?<=[{_HAN}\d])\n(?=[{_HAN}])")
# 2O23年, l26台: letters that look like digits
_LOOKALIKE = re.compile(
    r"(?<![A-Za-z0-9])(?=[Ol\dI]*\d)(?=[\dOlI]*[OlI])[OlI\d]{2,}(?=[年月日%％]|[\u4e00-\u9fff])"
)
_DIGIT_OF = str.maketrans("OlI", "011")
# ①②家, ㉑家: circled digits that count; a ① that numbers a list stays
_CIRCLED = re.compile(r"[①-⑳㉑-㉟㊱-㊿]{1,3}(?=[余多]?[家个件条名人户次台项所批起份])")
# Pattern and the characters that are dropped inside its matches.
_DROPS = (
    (_SPACED, " \u3000"),
    (_SPACED_FIGURE, " \u3000"),
    (_SPACED_TAIL, " \u3000"),
    (_DOTTED, "·•・"),
    (_BROKEN, "\n"),
    (UNSEEN, ""),
)
_ANY = re.compile(
    r"[０-９Ａ-Ｚａ-ｚ％．＠①-⑳㉑-㊿·•・\n]"
    r"|[\u4e00-\u9fff\d][ \u3000][\u4e00-\u9fff\d.]|[OlI]\d|\d[OlI]|" + UNSEEN.pattern
)


def fold_text(text: str) -> tuple[str, list[int]] | None:
    """The text in one way of writing, and for each of its characters (and its end) the place
    in ``text``; ``None`` when it is written so already."""
    if not _ANY.search(text):
        return None
    chars: list[str] = list(text)
    for pattern, marks in _DROPS:
        for match in pattern.finditer(text):
            _drop(chars, match.start(), match.end(), marks)
    for match in _LOOKALIKE.finditer(text):
        chars[match.start() : match.end()] = match.group().translate(_DIGIT_OF)
    for match in _CIRCLED.finditer(text):
        for place in range(*match.span()):
            chars[place] = unicodedata.normalize("NFKC", text[place])
    for match in re.finditer(r"[０-９Ａ-Ｚａ-ｚ％．＠]", text):
        chars[match.start()] = unicodedata.normalize("NFKC", match.group())
    folded = "".join(chars)
    if folded == text:
        return None
    places = [place for place, part in enumerate(chars) for _ in part]
    return folded, [*places, len(text)]


def _drop(chars: list[str], start: int, end: int, marks: str) -> None:
    for place in range(start, end):
        if not marks or chars[place] in marks:
            chars[place] = ""
