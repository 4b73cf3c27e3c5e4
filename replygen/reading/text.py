"""Plain text and Markdown: one line, one paragraph; ``**bold**`` becomes a bold span."""

from __future__ import annotations

import re

from replygen.models import Paragraph, ParagraphStyle
from replygen.reading.content import Content, Job
from replygen.reading.encoding import decode_text
from replygen.reading.sight import count_text

_LINE_END = re.compile(r"\r\n|\r|\n")
# "## 二、下一步"
_HEADING = re.compile(r"^\s{0,3}#{1,6}[ \t]+(?=\S)")
# "- 一是完善制度", "* 推进"; not "- 1 -", a page number, nor "-", which stands alone
_DASH = re.compile(r"^[ \t]*[-*+][ \t]+(?=\S)(?!\d+[ \t]*-[ \t]*$)")
# "**二是政企合作。**由于"; a run of more asterisks is a rule or a censored name
_BOLD = re.compile(r"(?<!\*)\*\*(?!\*)(.*?)(?<!\*)\*\*(?!\*)")
# "\*", "1\." as converters to Markdown write them
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
# <!-- a comment -->, which no program that shows Markdown shows
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MD_NAMES = (".md", ".markdown")


def read_text(job: Job) -> Content:
    """Return one paragraph a line, empty ones included; ``index`` is the line from 0.

    Raises ReadError for binary data and for encodings that cannot be told.
    """
    text, warnings = decode_text(job.name, job.data)
    markdown = job.name.lower().endswith(_MD_NAMES)
    unseen = 0
    if markdown:
        unseen = sum(count_text(c) for c in _COMMENT.findall(text))
        text = _COMMENT.sub("", text)
    lines = _LINE_END.split(text)
    if lines and not lines[-1]:
        lines.pop()
    paragraphs = tuple(_read_line(line, n, markdown) for n, line in enumerate(lines))
    return Content("md" if markdown else "txt", paragraphs, warnings=warnings, unseen=unseen)


def _read_line(line: str, index: int, markdown: bool) -> Paragraph:
    line = line.replace("\f", "").replace("\x1a", "")
    style: ParagraphStyle = "body"
    if heading := _HEADING.match(line):
        line, style = line[heading.end() :].rstrip("# \t"), "heading"
    elif dash := _DASH.match(line):
        line = line[dash.end() :]
    text, bold = _take_bold(line)
    if markdown and "\\" in text and not bold:
        text = _ESCAPE.sub(r"\1", text)
    return Paragraph(text, style, index, bold)


def _take_bold(line: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the line without its pairs of ``**`` and the spans that stood between."""
    out, spans, at, length = [], [], 0, 0
    for match in _BOLD.finditer(line):
        before, inside = line[at : match.start()], match.group(1)
        out += [before, inside]
        start = length + len(before)
        length = start + len(inside)
        if inside:
            spans.append((start, length))
        at = match.end()
    out.append(line[at:])
    return "".join(out), tuple(spans)
