"""Lines on pages -> paragraphs: what PDF and OCR share.

A page's own lines (running heads, page numbers) are told from the text by place and
repetition; lines are joined where the line before is full and the next is not indented,
also over a page end, so a sentence that a page end cut is whole again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from replygen.language.marks import read_mark
from replygen.models import Paragraph, ParagraphStyle

# — 1 —, -2-, 3, 第 4 页, 第4页 共9页, 5/12, Page 6
_PAGE_NUMBER = re.compile(
    r"^[\s—–\-－·~]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:[\s,，/／]*(?:共|of)?\s*\d{1,4}\s*页?)?[\s—–\-－·~]*$"
    r"|^Page\s+\d+(?:\s+of\s+\d+)?$",
    re.IGNORECASE,
)
_ATTACHMENT = re.compile(r"附件?\s*[:：\d]")
# 王某某委员： 民建云川市委： a salutation on a line of its own
_SALUTATION = re.compile(r"^[^，。；]{1,40}(?:委员|代表|同志|先生|女士|委|会|组|局)[）)]?[：:]$")
# 云川市市场监督管理局 on a line of its own, below the letter's last sentence
_SIGNED = re.compile(
    r"[\u4e00-\u9fff（）()]{3,30}(?:[局厅委办部院署社]|委员会|办公室|政府|中心|支队|大队)"
)
_SENTENCE_END = re.compile(r"[。！？；：:;!?][”’」』）)]?$")
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…·]"
# "发展 和 市场": a single space between two Chinese characters is the typesetter's
_CJK_SPACE = re.compile(rf"(?<={_WIDE}) (?={_WIDE})")
# "2024 年 5 月", "第 12 条": Word's gap between Chinese and digits
_DIGIT_SPACE = re.compile(rf"(?<={_WIDE}) (?=\d)|(?<=\d) (?={_WIDE})")
# Gaps that no space character makes: between columns, and those of the typesetter.
WIDE_GAP, THIN_GAP = "\u3000", "\x1f"
_THIN = re.compile(rf"(?<={_WIDE}){THIN_GAP}|{THIN_GAP}(?={_WIDE})")
_HYPHEN = re.compile(r"(?<=[A-Za-z])[-\u00ad\u2010\x02\ufffe]$")
# Characters that a line may be short of the right edge and still be full: text that is not
# justified leaves room for an opening bracket or a long number that would not fit. Where
# paragraphs are indented and the sentence goes on, more room proves nothing.
_FULL, _RAGGED = 2.2, 6.0
_EDGE = 0.13  # share of the page's height where running heads and page numbers stand


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of a page; ``left``, ``right``, ``top``, ``bottom`` in page units with the
    origin at the top left; ``width`` and ``height`` are the page's."""

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    width: float
    height: float

    @property
    def size(self) -> float:
        """The line's height."""
        return max(0.1, self.bottom - self.top)


def clean_line(text: str) -> str:
    """Return a line without the spaces that typesetting puts between characters."""
    text = _THIN.sub("", text).replace(THIN_GAP, " ")
    text = re.sub(r"[ \t\xa0]+", " ", text).strip()
    return _DIGIT_SPACE.sub("", _CJK_SPACE.sub("", text))


def join_rows(pieces: Sequence[PageLine]) -> list[PageLine]:
    """Return the lines that pieces of text make: those of one row put together, left to right,
    rows from the top."""
    rows: list[list[PageLine]] = []
    for piece in sorted(pieces, key=lambda p: (p.top + p.bottom) / 2):
        middle = (piece.top + piece.bottom) / 2
        last = rows[-1] if rows else None
        if last is not None and last[0].top < middle < last[0].bottom:
            last.append(piece)
        else:
            rows.append([piece])
    return [_merge_row(sorted(row, key=lambda p: p.left)) for row in rows]


def _merge_row(row: list[PageLine]) -> PageLine:
    text = row[0].text
    for before, piece in zip(row, row[1:], strict=False):
        text += (WIDE_GAP if piece.left - before.right > before.size else "") + piece.text
    first = row[0]
    return PageLine(
        text,
        first.page,
        first.left,
        max(p.right for p in row),
        min(p.top for p in row),
        max(p.bottom for p in row),
        first.width,
        first.height,
    )


def join_lines(lines: Sequence[PageLine]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of ``lines``, which come in reading order; a paragraph's
    ``page`` is where it starts, counted from 1, and its ``index`` leaves out the pages'
    own lines, which have style ``header`` or ``footer``."""
    kinds = _mark_edges(lines)
    body = [line for line, kind in zip(lines, kinds, strict=True) if kind == "body"]
    paragraphs = [
        Paragraph(line.text, kind, None, (), line.page)
        for line, kind in zip(lines, kinds, strict=True)
        if kind == "header"
    ]
    for index, (text, page, style) in enumerate(_join_body(body)):
        paragraphs.append(Paragraph(text, style, index, (), page))
    paragraphs += [
        Paragraph(line.text, kind, None, (), line.page)
        for line, kind in zip(lines, kinds, strict=True)
        if kind == "footer"
    ]
    return tuple(paragraphs)


def _mark_edges(lines: Sequence[PageLine]) -> list[ParagraphStyle]:
    """Tell running heads and page numbers (header, footer) from the body."""
    pages = {line.page for line in lines}
    edge_texts = Counter(
        (_shape(line.text), _zone(line)) for line in lines if _zone(line) is not None
    )
    needed = max(2, (len(pages) + 1) // 2) if len(pages) < 6 else max(3, len(pages) // 3)
    first = {page: min(i for i, x in enumerate(lines) if x.page == page) for page in pages}
    last = {page: max(i for i, x in enumerate(lines) if x.page == page) for page in pages}
    kinds: list[ParagraphStyle] = []
    inner = _find_inner(lines)
    for n, line in enumerate(lines):
        zone = None if n in inner else _zone(line)
        outermost = n in (first[line.page], last[line.page])
        repeated = len(pages) > 1 and edge_texts[(_shape(line.text), zone)] >= needed
        numbered = _PAGE_NUMBER.match(line.text) is not None and (outermost or repeated)
        if zone is not None and (numbered or (repeated and len(line.text) < 60)):
            kinds.append(zone)
        else:
            kinds.append("body")
    return kinds


def _find_inner(lines: Sequence[PageLine]) -> set[int]:
    """Return the lines that say again what a page's head or foot says: a sign-off that has
    fallen on the top of the last page, below the office's name as running head."""
    outermost: dict[tuple[int, str, str], int] = {}
    inner: set[int] = set()
    for n, line in enumerate(lines):
        zone = _zone(line)
        if zone is None:
            continue
        key = (line.page, zone, _shape(line.text))
        first = outermost.setdefault(key, n)
        if first == n:
            continue
        higher = line.top < lines[first].top
        swap = higher if zone == "header" else not higher
        inner.add(first if swap else n)
        outermost[key] = n if swap else first
    return inner


def _zone(line: PageLine) -> ParagraphStyle | None:
    if line.bottom < _EDGE * line.height:
        return "header"
    return "footer" if line.top > (1 - _EDGE) * line.height else None


def _shape(text: str) -> str:
    """Return a line with its numbers made equal, so that page 1's head is page 2's."""
    return re.sub(r"\d+", "#", re.sub(r"\s", "", text))


@dataclass(frozen=True, slots=True)
class _Measure:
    """The column that the text is set in."""

    left: float
    right: float
    size: float
    leading: float
    indents: bool


def _join_body(lines: Sequence[PageLine]) -> list[tuple[str, int, ParagraphStyle]]:
    whole = _measure(lines)
    measures = {page: _page_measure(lines, page, whole) for page in _pages(lines)}
    joined: list[tuple[str, int, ParagraphStyle]] = []
    before: PageLine | None = None
    for line in lines:
        measure = measures[line.page]
        if before is not None and joined and not _starts(line, before, measure, whole):
            text, page, style = joined[-1]
            joined[-1] = (_glue(text, line.text), page, style)
        else:
            style = "heading" if _is_title(line, measure) else "body"
            joined.append((line.text, line.page, style))
        before = line
    return joined


def _page_measure(lines: Sequence[PageLine], page: int, whole: _Measure) -> _Measure:
    """Return the page's own column; pages may be set off to one side for binding, but one
    with few lines does not show its column and gets the whole document's."""
    own = [line for line in lines if line.page == page]
    measure = _measure(own)
    narrow = (measure.right - measure.left) < 0.9 * (whole.right - whole.left)
    return whole if narrow or len(own) < 6 else measure


def _pages(lines: Sequence[PageLine]) -> list[int]:
    return list(dict.fromkeys(line.page for line in lines))


def _measure(lines: Sequence[PageLine]) -> _Measure:
    if not lines:
        return _Measure(0, 0, 0, 0, False)
    size = median(line.size for line in lines)
    longest = max(line.right - line.left for line in lines)
    full = [line for line in lines if line.right - line.left > 0.8 * longest] or list(lines)
    lefts = sorted(line.left for line in full)
    left = lefts[len(lefts) // 10]
    right = sorted(line.right for line in full)[-1 - len(full) // 10]
    gaps = [
        b.top - a.top
        for a, b in zip(lines, lines[1:], strict=False)
        if a.page == b.page and 0 < b.top - a.top < 5 * size
    ]
    indents = any(
        size < line.left - left < 4 * size and line.right > right - 3 * size for line in lines
    )
    return _Measure(left, right, size, median(gaps) if gaps else 1.6 * size, indents)


def _starts(line: PageLine, before: PageLine, measure: _Measure, whole: _Measure) -> bool:
    """Return whether ``line`` starts a paragraph."""
    same_page = line.page == before.page
    edge = measure if same_page else whole
    gap = line.top - before.top
    if same_page and _is_title(line, measure) and _is_title(before, measure):
        return gap > 2 * line.size or abs(line.size - before.size) > 0.15 * line.size
    if line.left > measure.left + 1.2 * measure.size:
        return True  # indented, centred or set right
    if before.left > edge.left + 3.2 * edge.size or _SALUTATION.match(line.text):
        return True  # below a line that was centred or set right
    if same_page and (gap > 1.7 * measure.leading or _sizes_differ(line, before)):
        return True
    ended = _SENTENCE_END.search(before.text) is not None
    if whole.indents and not ended and not same_page:
        return False  # the page's end cut a sentence
    if _missing(before, edge) > (_RAGGED if whole.indents and not ended else _FULL):
        return True  # the line before is not full
    own_line = _is_item(line.text) or _SIGNED.fullmatch(line.text) is not None
    return ended and (own_line or not (whole.indents or same_page))


def _is_item(text: str) -> bool:
    """一、 （二） 第三章 第十条 1. （3） ① 附件： at a line's start."""
    return read_mark(text) is not None or _ATTACHMENT.match(text) is not None


def _missing(line: PageLine, measure: _Measure) -> float:
    """Return how many characters a line is short of the right edge."""
    return (measure.right - line.right) / max(0.1, measure.size)


def _sizes_differ(a: PageLine, b: PageLine) -> bool:
    """Return whether one line is set larger, as a title is above its text."""
    return abs(a.size - b.size) > 0.35 * max(a.size, b.size)


def _is_title(line: PageLine, measure: _Measure) -> bool:
    """Return whether a line is centred and set larger than the text."""
    middle = (measure.left + measure.right) / 2
    centred = abs((line.left + line.right) / 2 - middle) < 2 * measure.size
    return centred and line.size > 1.2 * measure.size


def _glue(text: str, more: str) -> str:
    if _HYPHEN.search(text) and more[:1].isalpha() and more[:1].isascii():
        return text[:-1] + more
    if text[-1:].isascii() and more[:1].isascii() and text[-1:].isalnum() and more[:1].isalpha():
        return f"{text} {more}"
    if text[-1:].isascii() and text[-1:].isalpha() and more[:1].isascii():
        return f"{text} {more}"
    return text + more
