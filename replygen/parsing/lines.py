"""Lines that are not text (web leftovers, page numbers) dropped, broken ones joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from replygen.language.marks import read_mark
from replygen.models import Paragraph
from replygen.parsing.addressed import is_addressed
from replygen.parsing.results import is_result_label
from replygen.parsing.rich import Rich
from replygen.parsing.wording import cue_list, role_pattern

_LONG = 25
"""A line of fewer characters is complete, however it ends."""

# 12 · — 3 — · 第 2 页 共 5 页
_PAGE_NUMBER = re.compile(r"[-–—－一 ]*\d{1,3}[-–—－一 ]*|第 ?\d+ ?页(?:[，, ]*共 ?\d+ ?页)?")
_ENDS_CLOSED = re.compile(
    r"[。；：？！…”’》）】!?;:.\ufffd]$"
    r"|[〕\]】）]\s*第?\d+号(?:[（(]?[A-D]类?[）)]?)?$|签\s*发\s*人?\s*[：:].{2,5}$"
)
# 联系人： 附件 此致 2026年…日 下一步: begins a paragraph, as a list mark does
_STARTS_NEW = re.compile(
    r"(?:联系|承办|经办|抄送|抄报|主送|附件?|签发|分管|主管)[^，。]{0,12}[：:]|抄 ?[送报]"
    r"|此致|敬礼|[（(]?(?:此件|联系)"
    r"|[12]\d{3} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日 *$|[二〇○零一二三四五六七八九十]{4}年"
    r"|(?:下一步|近年来|感谢您|再次感谢|特此|专此|您提出|现将|目录|总则|附则)"
)
# 提案号：第0118号　办理程度：A类　公开方式：主动公开: a row of a form ends with its line
_ROW_OF_LABELS = re.compile(
    "[^，。；：]*[\u4e00-\u9fff]{2,8}：[^，。；：]{1,30}[\u4e00-\u9fff]{2,8}：[^。；]{1,30}$"
)
# …〔2024〕56号　　　　签发：詹望舒: laid out across the line, as no running text is
_LAID_OUT = re.compile(r"[^ ] {3,}[^ ]")
_SALUTATION = re.compile(r".{1,60}(?:委员|代表|代表团|委|会)(?:们)?[：:]$")
# 一、建立和完善体制机制: a heading that fills a line is still a heading
_HEADING_TEXT = re.compile(r"[^，。；]{2,38}")
_HEADING_MARKS = ("一、", "（一）", "1.")
_TITLE_END = re.compile(r"(?:答复|复函|回复|提案|建议|的函|议案|意见|通知|办法|条例|规定)$")
_PAIRS = (("《", "》"), ("“", "”"), ("（", "）"))


@cache
def _whole_line(*keys: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{item})" for item in cue_list("chrome", *keys)))


def drop_chrome(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs without page numbers and the leftovers of a web page."""
    anywhere, tail = _whole_line("anywhere", "lines"), _whole_line("tail", "lines")
    kept = [p for p in paragraphs if not (len(p.text) < 120 and anywhere.fullmatch(p.text.strip()))]
    kept = [
        p  # 提案号 | 77: a cell is no page number
        for p in kept
        if p.style == "table" or not p.text.strip() or not _PAGE_NUMBER.fullmatch(p.text.strip())
    ]
    while kept and (not kept[-1].text.strip() or tail.fullmatch(kept[-1].text.strip())):
        kept.pop()
    return kept


def join_cells(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs with label and value cells of a form as one line each:
    提案人 | 林静 → 提案人：林静."""
    listed = cue_list("forms", "cells", "labels") + office_labels()
    label = re.compile("|".join((role_pattern(), *listed)))
    joined: list[Paragraph] = []
    waiting = False
    for paragraph in paragraphs:
        text = paragraph.text.strip()
        if paragraph.style != "table" or not text:
            waiting = False
            joined.append(paragraph)
        elif waiting:
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text}：{text}")
            waiting = False
        else:
            bare = re.sub(r"[\s：:]", "", text)
            waiting = bool(label.fullmatch(bare)) or is_result_label(bare)
            joined.append(replace(paragraph, text=bare if waiting else text))
    return joined


def office_labels() -> tuple[str, ...]:
    """Return the labels of a form's rows that are none of the paper's text (审查意见)."""
    return cue_list("forms", "office", "labels")


def split_breaks(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs with one of its own for each line of those that hold manual line
    breaks; all keep the index. A line that stops short of its sentence is no line."""
    split: list[Paragraph] = []
    for paragraph in paragraphs:
        if "\n" not in paragraph.text or is_office_row(paragraph.text):
            split.append(paragraph)
            continue
        rich = Rich.of(paragraph.text, paragraph.bold)
        lines = [rich.slice(*m.span()).strip() for m in re.finditer(r"[^\n]+", rich.text)]
        pieces = [replace(paragraph, text=x.text, bold=x.bold) for x in lines if x.text]
        split.extend(join_broken_lines(pieces, flowed=False))
    return split


def is_office_row(text: str) -> bool:
    """Say whether this is a form's row that is none of the paper's text: 审查意见：…"""
    return _office_row().match(text) is not None


@cache
def _office_row() -> re.Pattern[str]:
    # 提案委员会|审查意见
    who = r"(?:[\u4e00-\u9fff]{1,10}(?:委员会|委|办公室|办|组|处|单位|部门|机关))?"
    return re.compile(rf"{who}(?:{'|'.join(office_labels())})\s*(?:[：:]|$)", re.MULTILINE)


def join_broken_lines(paragraphs: Sequence[Paragraph], *, flowed: bool) -> list[Paragraph]:
    """Return the paragraphs with those joined that a page's or a line's end cut in two.

    ``flowed`` says that the format has real paragraphs, so that only a comma or an
    open quotation shows a cut. Empty paragraphs are dropped.
    """
    joined: list[Paragraph] = []
    for paragraph in paragraphs:
        if not paragraph.text.strip():
            continue
        if joined and _continues(joined[-1], paragraph, flowed=flowed):
            joined[-1] = _join(joined[-1], paragraph)
        else:
            joined.append(paragraph)
    return joined


def _join(first: Paragraph, second: Paragraph) -> Paragraph:
    rich = Rich.of(first.text, first.bold).strip()
    gap = " " if re.search(r"[0-9A-Za-z]$", rich.text) and re.match("[A-Za-z]", second.text) else ""
    rich = rich + Rich.of(gap) + Rich.of(second.text, second.bold).strip()
    return replace(first, text=rich.text, bold=rich.bold)


def _continues(first: Paragraph, second: Paragraph, *, flowed: bool) -> bool:
    above, below = first.text.strip(), second.text.strip()
    if first.style != "body" or second.style != "body" or _starts_new(below):
        return False
    if _is_open(above) and len(above) >= 10:
        return True
    if flowed or len(above) < _LONG or _ENDS_CLOSED.search(above):
        return False
    if (
        _ROW_OF_LABELS.match(above)
        or _LAID_OUT.search(above)
        or _is_heading(above)
        or _TITLE_END.search(above)
        or _SALUTATION.fullmatch(below)
    ):
        return False
    if first.bold and first.bold[0] == (0, len(first.text)):
        return False
    return not is_addressed(above)  # it is set aside, and would take the line below with it


def _starts_new(text: str) -> bool:
    if read_mark(text) is not None or _STARTS_NEW.match(text) is not None:
        return True
    return _label_start().match(text) is not None


@cache
def _label_start() -> re.Pattern[str]:
    """内容：… · 提案人：…: a row of a form begins."""
    labels = cue_list("forms", "cells", "labels") + cue_list("forms", "texts", "labels")
    return re.compile(rf"(?:{'|'.join((role_pattern(), *map(re.escape, labels)))})\s*[：:]")


def _is_heading(text: str) -> bool:
    mark = read_mark(text)
    if mark is None or mark.family not in _HEADING_MARKS:
        return False
    return _HEADING_TEXT.fullmatch(text, mark.end) is not None


def _is_open(text: str) -> bool:
    """Say whether a line stops inside a sentence: after a comma, inside 《》 “” （）."""
    if re.search(r"[，、,]$", text):
        return True
    return any(text.rfind(left) > text.rfind(right) for left, right in _PAIRS) and not re.search(
        r"[。；：]$", text
    )
