"""Pages saved from government sites: the document, without the site around it.

The tree is walked here and not by trafilatura: of the 30 short lines (numbers, salutations,
sign-offs) on the pages of tests/reading/pages this keeps 30 with no line of the site;
trafilatura 2.3 keeps 18 with 25 lines of the site when it favours recall, else 13 with 16.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from replygen.models import Paragraph, ParagraphStyle
from replygen.reading.content import Content, Job
from replygen.reading.encoding import decode_html
from replygen.reading.web_lines import WebLines, load_web_lines
from replygen.reading.web_sight import cut_unseen
from replygen.reading.web_tabs import find_tab_panes, head_panes, join_terms
from replygen.reading.web_tree import find_main, find_scope, find_title, prune
from replygen.reading.xml import Element, parse_html

_BREAKS = frozenset(
    "p div section article main header footer aside table tbody thead tr td th caption ul ol li"
    " dl dt dd h1 h2 h3 h4 h5 h6 br hr form center blockquote pre body figure".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
# style="font-weight: bold", "font-weight:700"
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NORMAL_STYLE = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
# <pre>, style="white-space: pre-wrap"
_KEPT_STYLE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_LINE_END = "\v"  # a line end of the text itself, while a line is put together
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…]")
_SENTENCE_END = re.compile(r"[。；！？]")
# 附件：… .docx, a link that is part of the document
_ATTACHMENT = re.compile(r"^附\s*件?\s*[：:\d]|\.(?:docx?|wps|pdf|xlsx?|zip|rar)$", re.IGNORECASE)

_PAGE_START = re.compile(r"<html[\s>]", re.IGNORECASE)
_PAGE_END = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_PAGE_TITLE = re.compile(r"<title[^<>]*>[^<]*</title\s*>", re.IGNORECASE)
_PAGE_SHARE = 0.25  # of the longest page's text: a shorter one is the site's head or foot
_SCRIPT = re.compile(r"<(script|style|title)[\s>].*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_PAGE_FRAME = re.compile(r"</?(?:html|body|head)(?:\s[^<>]*)?>|<!doctype[^<>]*>", re.IGNORECASE)
# </html> or </body> with something of the page behind it
_STRAY_END = re.compile(r"</(?:html|body)\s*>(?=\s*(?:<(?!/|!--)|[^<\s]))", re.IGNORECASE)


@dataclass(slots=True)
class _Line:
    """One line of the page as it is put together, character by character."""

    style: ParagraphStyle = "body"
    inside: bool = False
    chars: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    linked: int = 0

    def add(self, text: str, bold: bool, link: bool, *, kept: bool = False) -> None:
        """Add text; ``kept`` says that its line ends are the text's own (<pre>)."""
        for char in text.replace("\xa0", " "):
            if kept and char in "\r\n":
                char = _LINE_END
            elif char in " \t\r\n\f\u2002\u2003\u2009\u200a\u202f":
                char = "\n" if char in "\r\n" else " "
                if self.chars and self.chars[-1] in f" \n{_LINE_END}":
                    continue
            elif char in "\u200b\ufeff\u200d":
                continue
            else:
                self.linked += link
                if _joins(self.chars, char):
                    # A line end of the HTML source inside Chinese text is no space.
                    self.chars.pop()
                    self.bold.pop()
            self.chars.append(char)
            self.bold.append(bold)

    def finish(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        """Return the trimmed text and its bold spans."""
        shown = {"\n": " ", _LINE_END: "\n"}
        raw = "".join(shown.get(c, c) for c in self.chars)
        text = raw.strip(" \u3000\n")
        start = len(raw) - len(raw.lstrip(" \u3000\n"))
        flags = self.bold[start : start + len(text)]
        spans: list[tuple[int, int]] = []
        for at, flag in enumerate(flags):
            if flag and spans and spans[-1][1] == at:
                spans[-1] = (spans[-1][0], at + 1)
            elif flag:
                spans.append((at, at + 1))
        return text, tuple((a, b) for a, b in spans if text[a:b].strip(" \u3000"))


def _joins(chars: list[str], char: str) -> bool:
    return (
        len(chars) > 1
        and chars[-1] == "\n"
        and _CJK.match(char) is not None
        and _CJK.match(chars[-2]) is not None
    )


@dataclass(slots=True)
class _Walk:
    """The state of one walk over the page; a stack, so that no depth breaks it."""

    main: Element
    lines: WebLines
    done: list[_Line] = field(default_factory=list)
    line: _Line = field(default_factory=_Line)
    bold: list[bool] = field(default_factory=lambda: [False])
    links: int = 0
    mains: int = 0
    headings: int = 0
    tables: int = 0
    kept: int = 0

    def flush(self) -> None:
        if any(not c.isspace() for c in self.line.chars):
            self.done.append(self.line)
        style: ParagraphStyle = "table" if self.tables else "heading" if self.headings else "body"
        self.line = _Line(style, self.mains > 0)

    def run(self, scope: Element) -> list[_Line]:
        stack: list[tuple[Element, bool]] = [(scope, False)]
        while stack:
            element, leaving = stack.pop()
            if leaving:
                self._leave(element)
                if element is not scope and element.tail:
                    self.line.add(element.tail, self.bold[-1], self.links > 0, kept=self.kept > 0)
                continue
            if element.tag == "table" and self._skip_table(element):
                self.flush()
                if element.tail:
                    self.line.add(element.tail, self.bold[-1], self.links > 0, kept=self.kept > 0)
                continue
            self._enter(element)
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
        self.flush()
        return self.done

    def _enter(self, element: Element) -> None:
        self.mains += element is self.main
        self.headings += element.tag in _HEADINGS
        self.tables += element.tag == "table" and self._is_data(element)
        self.links += element.tag == "a"
        self.kept += _keeps_lines(element)
        self.bold.append(_is_bold(element, self.bold[-1]))
        if element.tag in _BREAKS or element is self.main:
            self.flush()
        if element.text:
            self.line.add(element.text, self.bold[-1], self.links > 0, kept=self.kept > 0)

    def _leave(self, element: Element) -> None:
        self.mains -= element is self.main
        self.headings -= element.tag in _HEADINGS
        self.tables -= element.tag == "table" and self._is_data(element)
        self.links -= element.tag == "a"
        self.kept -= _keeps_lines(element)
        self.bold.pop()
        if (element.tag in _BREAKS and element.tag != "br") or element is self.main:
            self.flush()

    def _skip_table(self, table: Element) -> bool:
        """Return whether this is the 索引号 table."""
        if table.find(".//table") is not None or len(table.text_content()) > 1500:
            return False
        cells = [c.text_content().strip() for c in table.iter("td", "th")]
        return self.lines.is_index_table(cells)

    def _is_data(self, table: Element) -> bool:
        """Tell a table of the document from one that only lays out the page."""
        if table.find(".//table") is not None or any(e is self.main for e in table.iter()):
            return False
        rows = [len(row.findall("td")) + len(row.findall("th")) for row in table.iter("tr")]
        if not rows or max(rows) < 2:
            return False
        return max(len(c.text_content()) for c in table.iter("td", "th")) < 400


def _keeps_lines(element: Element) -> bool:
    return element.tag == "pre" or bool(_KEPT_STYLE.search(element.get("style", "")))


def _is_bold(element: Element, inherited: bool) -> bool:
    style = element.get("style", "")
    if _BOLD_STYLE.search(style):
        return True
    if _NORMAL_STYLE.search(style):
        return False
    return inherited or element.tag in ("b", "strong")


def read_html(job: Job) -> Content:
    """Return the document on a web page; ``index`` counts its lines, tables left out.

    Raises ReadError when the page holds nothing.
    """
    text, warnings = decode_html(job.name, job.data)
    lines = load_web_lines()
    root = parse_html(job.name, _one_page(re.sub(r"^\s*<\?xml[^>]*>", "", text).replace("\0", "")))
    panes = find_tab_panes(root)
    unseen = cut_unseen(root, panes)
    head_panes(panes)
    join_terms(root)
    title = find_title(root)
    prune(root, lines)
    job.check_time()
    main = find_main(root, lines)
    walked = _Walk(main, lines).run(find_scope(main))
    job.check_time()
    paragraphs = list(_select(walked, title, lines))
    numbered = tuple(_number(_with_title(paragraphs, title)))
    return Content("html", numbered, warnings=warnings, unseen=unseen)


def _one_page(text: str) -> str:
    """Return the page without what ends or begins a second one: a site's head is often put
    in as a whole page of its own, and a parser drops all that follows ``</html>``."""
    starts = [m.start() for m in _PAGE_START.finditer(text)]
    if len(starts) < 2 and not _STRAY_END.search(text):
        return text
    pages = [text[a:b] for a, b in pairwise([0, *starts[1:], len(text)])]
    most = max(map(_weigh_page, pages))
    kept = [page for page in pages if _weigh_page(page) >= _PAGE_SHARE * most]
    first, *others = (_PAGE_END.sub("", _PAGE_TITLE.sub("", page)) for page in kept)
    title = max(_PAGE_TITLE.findall(text), key=len, default="")
    return title + first + "".join(_PAGE_FRAME.sub("", page) for page in others)


def _weigh_page(page: str) -> int:
    return len(_CJK.findall(_SCRIPT.sub("", page)))


def _select(walked: list[_Line], title: str | None, lines: WebLines) -> Iterator[Paragraph]:
    """Yield the lines that are the document's."""
    inside = [n for n, line in enumerate(walked) if line.inside]
    first, last = (inside[0], inside[-1]) if inside else (0, len(walked) - 1)
    total = sum(len(line.chars) for line in walked)
    seen = 0
    for n, line in enumerate(walked):
        text, bold = line.finish()
        seen += len(line.chars)
        if n > first and seen > 0.6 * total and lines.ends_text(text):
            return
        if not text or lines.is_noise(text) or _is_link(line, text):
            continue
        is_title = title is not None and _bare(text) == _bare(title)
        if n < first and not is_title and not lines.belongs_before(text):
            continue
        if n > last and not lines.belongs_after(text):
            return
        yield Paragraph(text, "heading" if is_title else line.style, None, bold)


def _is_link(line: _Line, text: str) -> bool:
    """Return whether a line only leads elsewhere on the site."""
    if _ATTACHMENT.search(text) or _SENTENCE_END.search(text):
        return False
    return line.linked > 0.7 * len(text.replace(" ", ""))


def _with_title(paragraphs: list[Paragraph], title: str | None) -> list[Paragraph]:
    """Put the page's title first when the text does not show it itself."""
    opening = _bare("".join(p.text for p in paragraphs[:8]))
    if title is None or not paragraphs or _bare(title) in opening:
        return paragraphs
    return [Paragraph(title, "heading"), *paragraphs]


def _number(paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    index = 0
    for paragraph in paragraphs:
        if paragraph.style == "table":
            yield paragraph
            continue
        yield Paragraph(paragraph.text, paragraph.style, index, paragraph.bold)
        index += 1


def _bare(text: str) -> str:
    """Return the text without white space and with one kind of brackets."""
    return re.sub(r"\s", "", text).translate(str.maketrans("()[]:", "（）〔〕："))
