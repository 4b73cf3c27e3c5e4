"""The mark that says what became of a proposal: A, B, C or D, with a label or without, or told
in words (办理结果：正在解决)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from replygen.parsing.wording import cue_list, cue_names, cue_pattern

_LETTER = r"[A-DＡ-Ｄ甲乙丙丁]"
# （A）类 · [C] · “B”类 · B2
_MARK = rf"[（(\[【“\"]?\s*(?P<letter>{_LETTER})\d?\s*[）)\]】”\"]?\s*类?[）)\]】]?"
_OPEN = r"(?:不?同意(?:全文)?公开|可以公开|主动公开|不予公开|依申请公开|公开)"
# A · （A）类 · 【B类】 · B类 主动公开 as a line of its own
_ALONE = re.compile(rf"{_MARK}(?:[\s，,；;]*{_OPEN})?")
# 连市监办复〔2024〕77号（A类） · 27号C类 · 11号 A 同意公开 · 6号(A)类
_GLUED = re.compile(
    rf"(?:[〔\[【（(]\s*(?:19|20)\d\d\s*[〕\]】）)]|字)[^号]{{1,14}}号\s*{_MARK}(?=$|[\s，,；;]|[^A-Za-z\d])"
)
# …提案的答复（D类） · …的复函 B类 · …的答复【办理结果：A】: behind a title, in brackets or with 类
_BEHIND_TITLE = re.compile(
    rf"(?<=[复函见信告])\s*(?:[（(\[【]\s*[^（(\[【：:]{{0,8}}[：:]?\s*[“\"]?(?P<bracketed>{_LETTER})[”\"]?\s*类?\s*[）)\]】]类?"
    rf"|(?P<bare>{_LETTER})\s*类)$"
)
# （B类）关于… · 【A】对…的答复: in front of one
_BEFORE_TITLE = re.compile(
    rf"[（(\[【“]\s*(?P<letter>{_LETTER})\s*类?\s*[）)\]】”]\s*类?\s*(?=[^，。]{{0,30}}(?:关于|对))"
)
# 承办类型：独办｜办理结果：B｜面商情况：已面商: fields of one line
_FIELD = re.compile(r"[^|｜│┃丨¦]+")
# A □　B ☑　C □ · ☑A　□B: which of the letters is ticked
_BOX, _TICKED = "[□☐〇○◯■☑☒√✓✔●]", "[■☑☒√✓✔●]"
_BOXED = re.compile(
    rf"(?P<box>{_BOX})?\s*[（(]?(?P<letter>{_LETTER})[）)]?\s*类?\s*[（(\[]?(?P<behind>{_BOX})?[）)\]]?"
)
# 本件属于“A”类，即…: the letter says it itself
_SAID = re.compile(
    rf"(?:本|该|此|您的)(?:件|提案|建议|议案)[^。；，]{{0,12}}(?:属于?|列为|定为|确定为|办理结果为)"
    rf"[“\"（(]?(?P<letter>{_LETTER})[”\"）)]?类"
)
_LINE, _NUMBERED = 80, 60
_PLAIN = {"甲": "A", "乙": "B", "丙": "C", "丁": "D", "Ａ": "A", "Ｂ": "B", "Ｃ": "C", "Ｄ": "D"}


@cache
def _labelled() -> re.Pattern[str]:
    """办理结果A · 答复类别B类 · 办理结果：已解决（A） · 提案办理类别为B类"""
    before = "|".join(cue_list("results", "before"))
    label = "|".join(cue_list("results", "labels"))
    link = r"\s*】?\s*(?:[：:]|为|是|属于?)?\s*"
    behind = rf"(?P<words>[\u4e00-\u9fff]{{2,12}})[（(\[【]\s*(?P<last>{_LETTER})\s*类?\s*[）)\]】]"
    return re.compile(
        rf"(?:^|[\s，,；;（(【）)])(?:{before})(?:{label}){link}(?:{_MARK}(?![A-Za-z\d座栋区块\-])|{behind})"
    )


@cache
def _told() -> re.Pattern[str]:
    """吸收采纳：已解决 · 办理结果 部分解决: a line of label and words."""
    before = "|".join(cue_list("results", "before"))
    label = "|".join(cue_list("results", "labels"))
    return re.compile(
        rf"(?:{before})(?:{label})\s*[：:\s]\s*(?P<said>[\u4e00-\u9fff、，,]{{2,20}})。?"
    )


def find_result_class(lines: Sequence[str]) -> str | None:
    """Return A, B, C or D (甲乙丙丁 as A B C D); a letter inside a text is no mark."""
    return next(iter(find_result_classes(lines)), None)


def find_result_classes(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the classes that the marks give, in their order, each once: more than one where
    the head and the end contradict each other."""
    found: dict[str, None] = {}
    for line in map(str.strip, lines):
        mark = locate_mark(line)
        if letter := mark[2] if mark else part_title(line)[1]:
            found[letter] = None
    return tuple(found)


def part_title(line: str) -> tuple[str, str | None]:
    """Return a title without the mark in front of it or behind it, and the mark's letter:
    关于第61号建议的答复（D类）; a line without such a mark as it is."""
    if match := _BEHIND_TITLE.search(line):
        letter = match["bracketed"] or match["bare"]
        return line[: match.start()].rstrip(), _PLAIN.get(letter, letter)
    if match := _BEFORE_TITLE.match(line):
        return line[match.end() :], _PLAIN.get(match["letter"], match["letter"])
    return line, None


def find_said_class(text: str) -> str | None:
    """Return the class that a sentence of the letter gives: 本件属于“A”类."""
    match = _SAID.search(text)
    return _PLAIN.get(match["letter"], match["letter"]) if match else None


def locate_mark(line: str) -> tuple[int, int, str] | None:
    """Return where the letter of a mark stands on a line, and which it is."""
    bare = line.strip()
    if len(re.findall(_BOX, bare)) > 1:
        return _find_ticked(line)
    fields = list(_FIELD.finditer(line))
    if len(fields) > 1:
        marks = ((field.start(), locate_mark(field.group())) for field in fields)
        located = ((a + m[0], a + m[1], m[2]) for a, m in marks if m)
        return next(located, None)
    match = _ALONE.fullmatch(bare)
    if match is None and len(bare) < _LINE:
        match = _labelled().search(bare)
    if match is None and len(bare) < _NUMBERED:
        match = _GLUED.search(bare)
    if match is None:
        return None
    group = "letter" if match["letter"] else "last"
    shift = line.index(bare)
    return (
        match.start(group) + shift,
        match.end(group) + shift,
        _PLAIN.get(match[group], match[group]),
    )


def _find_ticked(line: str) -> tuple[int, int, str] | None:
    """Return the one letter of a row of boxes that is ticked (A □　B ☑), ``None`` where none
    or several are."""
    boxed = [m for m in _BOXED.finditer(line) if m["box"] or m["behind"]]
    side = "box" if boxed and boxed[0]["box"] else "behind"
    ticked = [m for m in boxed if re.match(_TICKED, m[side] or "")]
    if len(boxed) < 2 or len(ticked) != 1:
        return None
    letter = ticked[0]["letter"]
    return *ticked[0].span("letter"), _PLAIN.get(letter, letter)


def find_result_words(lines: Sequence[str]) -> tuple[str, str] | None:
    """Return the line that tells the result in words and the class that its words mean."""
    for line in map(str.strip, lines):
        match = _told().fullmatch(line) if len(line) < _LINE else None
        for letter in cue_names("results", "words") if match else ():
            if match and cue_pattern("results", "words", letter).search(match["said"]):
                return line, letter
    return None


def is_result_label(text: str) -> bool:
    """Return whether a text is nothing but the label of such a mark: 办理结论."""
    return _label().fullmatch(text) is not None


@cache
def _label() -> re.Pattern[str]:
    before, label = "|".join(cue_list("results", "before")), "|".join(cue_list("results", "labels"))
    return re.compile(rf"(?:{before})(?:{label})")


def is_result_line(line: str) -> bool:
    """Say whether a line is nothing but such a mark."""
    return locate_mark(line) is not None or find_result_words([line]) is not None
