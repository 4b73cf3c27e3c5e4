"""A source as it should have been saved: characters, punctuation, lines, leftovers mended.

Nothing is guessed: characters that were destroyed become one U+FFFD and stay where they
are, so that whoever uses the sentence sees it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from replygen.language import count_unseen
from replygen.language.characters import UNSEEN
from replygen.models import Paragraph, Source
from replygen.parsing.form_rows import count_labels
from replygen.parsing.grids import read_grids
from replygen.parsing.letterhead import find_doc_number, find_openness
from replygen.parsing.lines import drop_chrome, join_broken_lines, join_cells, split_breaks
from replygen.parsing.results import is_result_line
from replygen.parsing.rich import Rich
from replygen.parsing.wording import character_set

DAMAGE = "\ufffd"
"""Stands for characters that the source had destroyed."""

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇"
_PUNCT = "，。；：？！、（）《》〈〉“”‘’【】〔〕…—"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńň"
# 監督作用?！ ?/p> · 锟斤拷 · ??? inside Chinese text · 政府?dāng)?shù)據 · 虛假?V告
_DESTROYED = re.compile(
    r"[?？！!]*\s*[?？]\s*/\s*(?:p|span|div|br)\s*>|(?:锟斤拷)+|烫烫烫+|\ufffd+"
    rf"|(?<=[{_CJK}])[?？]{{3,}}(?=[{_CJK}])"
    rf"|(?:[?？][a-zü]{{0,5}}[{_TONED}][a-zü]{{0,4}}[)）])+"
    rf"|(?<=[{_CJK}])[?][A-Z](?=[{_CJK}])"
)
# tags that survived saving: </p> · <br/> · &nbsp;
_TAG_RESIDUE = re.compile(r"</?(?:p|br|span|div|strong|b|font|td|tr)\b[^<>]{0,200}>|&nbsp;|&emsp;")
# characters without a glyph of their own, control characters
_NO_GLYPH = re.compile(r"[\ue000-\uf8ff\x00-\x08\x0b-\x1f]")
_BLANK = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]")
_MARKDOWN_BOLD = re.compile(r"\*\*(?=\S)(.+?)\*\*|__(?=\S)(.+?)__")
# ## heading · - item · ●item · ◆ item
_MARKDOWN_HEAD = re.compile(r"^(?:(?:#{1,6}|[-*+·]|>)\s+|[•●◆■▪◇►▶★☆▲△◎○※]\s*)(?=\S)")
# 場(chǎng) · 們(men): one syllable, tone marked or not
_PINYIN = re.compile(
    rf"(?<=[{_CJK}])[(（]([a-zü]{{0,5}}[{_TONED}][a-zü]{{0,4}}|[a-zü]{{1,6}})[)）]"
)
_TONE = re.compile(f"[{_TONED}]")
# 著力 → 着力: the converter leaves 著 alone
_ZHE = re.compile(
    "著(?=[力重眼手实意落陆装想急床迷])|(?<=[随本沿伴意味接跟朝向为围有存带])著(?![作名述者])"
)

_HALF = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
# 承诺,向 · 2018年,北京 · 联系人:俞 (never 1,000 or 8:30 or http:)
_HALF_MARK = re.compile(
    rf"(?<=[{_CJK}{_PUNCT}%％℃a-zA-Z])\s*[,;:?!](?=\s*[{_CJK}{_PUNCT}])\s*"
    rf"|(?<=[{_CJK}{_PUNCT}])\s*[,;:?!](?!//)\s*(?=[\w“‘《（(]|$)"
    rf"|(?<=[0-9])[,;:?!]\s*(?=[{_CJK}《“])"
)
_HALF_PAIR = re.compile(r"[(（]([^()（）\n]{0,120})[)）]")
_STRAIGHT_QUOTES = re.compile(r'"([^"\n]{1,80})"')
# 加强管理.制定办法: a half-width full stop between Chinese characters, not 一.总则
_FULL_STOP = re.compile(
    rf"(?<=[{_CJK}])[.．](?=\s*$)|(?<=[{_CJK}](?<![一二三四五六七八九十]))[.．](?=[{_CJK}])"
)
# ⒋ → 4. · ㈠ → （一） · ⑴ → （1）
_ENCLOSED = re.compile("[\u2474-\u249b\u3220-\u3229]")
_FULL_DIGITS = re.compile(r"[０-９Ａ-Ｚａ-ｚ％]")
_SPACE_IN_CJK = re.compile(rf"(?<=[{_CJK}{_PUNCT}]) +(?=[{_CJK}{_PUNCT}])")
_SPACE_AT_PUNCT = re.compile(rf" +(?=[{_PUNCT}])|(?<=[，。；：？！、（《“”》）【〔]) +")
_SPACE_AT_LATIN = re.compile(
    rf"(?<=[{_CJK}]) +(?=[0-9A-Za-z])|(?<!\d{{7}})(?<=[0-9A-Za-z%％]) +(?=[{_CJK}])"
)
# 答    复 · 总 则 · 签 发 人: single characters spread out in a short line
_SPREAD = re.compile(rf"(?<![{_CJK}])(?:[{_CJK}] +){{1,60}}[{_CJK}](?![{_CJK}])")
_STATUTE_HEAD = re.compile(
    r"^第[一二三四五六七八九十百千零〇]+[编分章节条](?:之[一二三四五六七八九十]+)?"
)
_CONTACT_LINE = re.compile(r"[（(]?.{0,8}(?:联系|电话|承办|经办|抄 ?[送报])")
_SHORT_LINE = 40
_EDGES = ("header", "footer")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


def clean_source(source: Source) -> Source:
    """Return the source with its text mended; paragraphs keep index, style, page and
    bold runs. What was mended in a way that a reader should know is in ``warnings``."""
    paragraphs = _without_edges(source.paragraphs)
    traditional = is_traditional("".join(p.text for p in paragraphs))
    warnings = list(source.warnings)
    if traditional:
        warnings.append("原文是繁体字，已转为简体")
    if unseen := sum(count_unseen(p.text) for p in paragraphs):
        warnings.append(f"隐藏文字已略去：{unseen} 个看不见的字符（零宽、方向、标签字符）")
    mended = [_mend_paragraph(p, traditional=traditional) for p in paragraphs]
    mended = split_breaks(join_cells(read_grids(drop_chrome(mended))))
    mended = join_broken_lines(mended, flowed=source.format in ("docx", "doc", "html"))
    mended = [_space_paragraph(p) for p in mended]
    damaged = sum(DAMAGE in p.text for p in mended)
    if damaged:
        warnings.append(f"有 {damaged} 段原文字符已损坏，原样保留并标记，请对照原件核对")
    return replace(source, paragraphs=tuple(mended), warnings=tuple(warnings))


def _without_edges(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs without page headers and footers, but for those that say something
    of the letter itself (办理结果：A类, 联系人：…) and that its text does not repeat."""
    text = {re.sub(r"\s", "", p.text) for p in paragraphs if p.style not in _EDGES}
    kept: list[Paragraph] = []
    for paragraph in paragraphs:
        if paragraph.style not in _EDGES:
            kept.append(paragraph)
        elif _tells_of_letter(paragraph.text) and re.sub(r"\s", "", paragraph.text) not in text:
            kept.append(replace(paragraph, style="body", index=None))
    return kept


def _tells_of_letter(line: str) -> bool:
    bare = line.strip()
    if len(bare) > 2 * _SHORT_LINE:
        return False
    row = count_labels(bare) and re.search(r"[：:|｜】]\s*[^\s_＿]", bare)
    mark = is_result_line(bare) or find_doc_number([bare]) or find_openness([bare])
    return bool(row or mark)


def to_simplified(text: str) -> str:
    """Return the text in simplified characters, of the same length; text that is not
    traditional comes back as it is."""
    if not is_traditional(text):
        return text
    return _convert(text)


def is_traditional(text: str) -> bool:
    """Return whether a text is written in traditional characters; a quoted old name
    inside a simplified text does not make it so."""
    hits = sum(map(text.count, character_set("traditional")))
    total = len(re.findall(rf"[{_CJK}]", text))
    return hits >= 2 and hits / max(total, 1) > 0.06


def _convert(text: str) -> str:
    converted = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(_converter().convert(char) for char in text)


@lru_cache(maxsize=1)
def _converter() -> _Converter:
    from opencc import OpenCC

    converter: _Converter = OpenCC("t2s")
    return converter


def _mend_paragraph(paragraph: Paragraph, *, traditional: bool) -> Paragraph:
    rich = Rich.of(paragraph.text, paragraph.bold)
    rich = rich.sub(_DESTROYED, DAMAGE).sub(_TAG_RESIDUE, "").sub(UNSEEN, "")
    rich = rich.sub(_NO_GLYPH, "").sub(_BLANK, " ")
    rich = _unmark(rich.strip())
    if traditional:
        rich = rich.sub(_PINYIN, _drop_pinyin)
        rich = Rich(_ZHE.sub("着", _convert(rich.text)), rich.flags)
    rich = rich.sub(_ENCLOSED, lambda m: unicodedata.normalize("NFKC", m.group()))
    rich = _widen(rich.sub(_FULL_DIGITS, lambda m: chr(ord(m.group()) - 0xFEE0)))
    return replace(paragraph, text=rich.text, bold=rich.bold)


def _unmark(rich: Rich) -> Rich:
    """Turn Markdown's ** and list marks into bold runs and plain lines."""
    rich = rich.sub(_MARKDOWN_HEAD, "")
    while match := _MARKDOWN_BOLD.search(rich.text):
        inner = match.group(1) or match.group(2)
        middle = Rich(inner, "b" * len(inner))
        rich = rich.slice(0, match.start()) + middle + rich.slice(match.end(), len(rich.text))
    return rich


def _drop_pinyin(match: re.Match[str]) -> str:
    before = match.string[match.start() - 1]
    if _TONE.search(match.group(1)) or _convert(before) != before:
        return ""
    return match.group()


def _widen(rich: Rich) -> Rich:
    """Make half-width punctuation between Chinese characters full-width."""
    if not re.search(rf"[{_CJK}]", rich.text):
        return rich
    if rich.text.count('"') % 2 == 0:
        rich = rich.sub(_STRAIGHT_QUOTES, _curl)
    rich = rich.sub(_HALF_PAIR, _widen_pair).sub(_FULL_STOP, "。")
    return rich.sub(_HALF_MARK, lambda m: _HALF[m.group().strip()])


def _widen_pair(match: re.Match[str]) -> str:
    text, (start, end) = match.string, match.span()
    around = text[max(0, start - 1) : start].strip() + text[end : end + 1].strip()
    if re.search(rf"[{_CJK}{_PUNCT}]", match.group(1) + around) or not text[:start].strip():
        return f"（{match.group(1)}）"
    return match.group()


def _curl(match: re.Match[str]) -> str:
    return f"“{match.group(1)}”" if re.search(rf"[{_CJK}]", match.group(1)) else match.group()


def _space_paragraph(paragraph: Paragraph) -> Paragraph:
    """Take out the spaces that stand inside Chinese text. A short line keeps single
    ones (two names, the two halves of a headline), a 条 the one behind its number."""
    rich = Rich.of(paragraph.text, paragraph.bold).strip()
    if " " in rich.text:
        rich = rich.sub(re.compile(r"(?<=\d) (?=\.\d)"), "")
        head = _STATUTE_HEAD.match(rich.text)
        skip = head.end() + 1 if head and rich.text[head.end() : head.end() + 1] == " " else 0
        rich = rich.slice(0, skip) + _close_up(rich.slice(skip, len(rich.text)))
    return replace(paragraph, text=rich.text, bold=rich.bold)


def _close_up(rich: Rich) -> Rich:
    rich = rich.sub(_SPACE_AT_PUNCT, "").sub(_SPACE_AT_LATIN, "")
    if len(rich.text) > _SHORT_LINE and not _CONTACT_LINE.match(rich.text) or "。" in rich.text:
        return rich.sub(_SPACE_IN_CJK, "")
    rich = rich.sub(_SPREAD, lambda m: m.group().replace(" ", ""))
    return rich.sub(re.compile(r" {2,}"), " ")
