"""Lines that are not text (web leftovers, page numbers) dropped, broken ones joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from replygen.models import Paragraph
from replygen.parsing.rich import Rich
from replygen.parsing.wording import cue_list

_LONG = 25
"""A line of fewer characters is complete, however it ends."""

# 12 · — 3 — · 第 2 页 共 5 页
_PAGE_NUMBER = re.compile(r"[-–—－一 ]*\d{1,3}[-–—－一 ]*|第 ?\d+ ?页(?:[，, ]*共 ?\d+ ?页)?")
_ENDS_OPEN = re.compile(r"[，、,—~～及和与的]$")
_ENDS_CLOSED = re.compile(r"[。；：？！…”’》）】!?;:.\ufffd]$")
# 一、 （一） 1. （1） ① 第一章 第三条 一是 首先 联系人： 附件
_STARTS_NEW = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．，]|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[、．]|\d{1,2}\.(?!\d)"
    r"|[①-⑳]|第[一二三四五六七八九十百千零〇\d]+[编章节条款][ 　]?|[一二三四五六七八九]是|首先"
    r"|其次|再次|最后，|第[一二三四五六七八九]，"
    r"|(?:联系|承办|经办|抄送|抄报|主送|附件?|签发|分管|主管)[^，。]{0,12}[：:]|抄 ?[送报]"
    r"|此致|敬礼|[（(]?(?:此件|联系)"
    r"|[12]\d{3} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日 *$|[二〇○零一二三四五六七八九十]{4}年"
    r"|(?:下一步|近年来|感谢您|再次感谢|特此|专此|您提出|现将|目录|总则|附则)"
)
_SALUTATION = re.compile(r".{1,60}(?:委员|代表|代表团|委|会)(?:们)?[：:]$")
# 一、建立和完善体制机制: a heading that fills a line is still a heading
_HEADING_LINE = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|\d{1,2}[、.．])[^，。；]{2,38}$"
)
_TITLE_END = re.compile(r"(?:答复|复函|回复|提案|建议|的函|议案|意见|通知|办法|条例|规定)$")
_PAIRS = (("《", "》"), ("“", "”"), ("（", "）"))


@cache
def _whole_line(*keys: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{item})" for item in cue_list("chrome", *keys)))


def drop_chrome(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs without page numbers and the leftovers of a web page."""
    anywhere, tail = _whole_line("anywhere", "lines"), _whole_line("tail", "lines")
    kept = [p for p in paragraphs if not (len(p.text) < 120 and anywhere.fullmatch(p.text.strip()))]
    kept = [p for p in kept if not _PAGE_NUMBER.fullmatch(p.text.strip()) or not p.text.strip()]
    while kept and (not kept[-1].text.strip() or tail.fullmatch(kept[-1].text.strip())):
        kept.pop()
    return kept


def join_cells(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs with label and value cells of a form as one line each:
    提案人 | 林静 → 提案人：林静."""
    label = re.compile("|".join(cue_list("forms", "cells", "labels")))
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
            waiting = bool(label.fullmatch(bare))
            joined.append(replace(paragraph, text=bare if waiting else text))
    return joined


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
    if first.style != "body" or second.style != "body" or _STARTS_NEW.match(below):
        return False
    if _is_open(above) and len(above) >= 10:
        return True
    if flowed or len(above) < _LONG or _ENDS_CLOSED.search(above):
        return False
    if _HEADING_LINE.fullmatch(above) or _TITLE_END.search(above) or _SALUTATION.fullmatch(below):
        return False
    return not (first.bold and first.bold[0] == (0, len(first.text)))


def _is_open(text: str) -> bool:
    """Say whether a line stops inside a sentence: after a comma, inside 《》 “” （）."""
    if re.search(r"[，、,]$", text):
        return True
    return any(text.rfind(left) > text.rfind(right) for left, right in _PAIRS) and not re.search(
        r"[。；：]$", text
    )
