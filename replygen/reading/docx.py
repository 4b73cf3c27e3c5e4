"""Word 2007 and later (.docx, .docm): body, tables, headers, text boxes, list labels.

Tracked changes are read as accepted: what was inserted or moved here is there, what was
deleted or moved away is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from replygen.errors import LimitError, ReadError
from replygen.models import Paragraph, ParagraphStyle
from replygen.reading.chunks import read_chunk
from replygen.reading.content import Content, Job
from replygen.reading.numbering import Numbering, W
from replygen.reading.package import Package
from replygen.reading.sight import count_text
from replygen.reading.sniff import sniff_format
from replygen.reading.styles import Styles
from replygen.reading.word_sight import Sight, hides_box, hides_frame, hides_row
from replygen.reading.xml import Element

_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CHUNK = f"{W}altChunk"
_TEXTPATH = "{urn:schemas-microsoft-com:vml}textpath"
# Deleted text, moved-away text, field codes (PAGE, TOC …), ruby glosses, list properties.
_SKIPPED = frozenset(
    {f"{W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "rt", "pPr", "rPr")}
)
_SIGNS = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_BOX = f"{W}txbxContent"


@dataclass(slots=True)
class _Line:
    """The text of one paragraph as it is put together, its bold spans, its text boxes."""

    parts: list[str] = field(default_factory=list)
    bold: list[tuple[int, int]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, bold: bool) -> None:
        if not text:
            return
        end = self.length + len(text)
        if bold:
            if self.bold and self.bold[-1][1] == self.length:
                self.bold[-1] = (self.bold[-1][0], end)
            else:
                self.bold.append((self.length, end))
        self.parts.append(text)
        self.length = end

    @property
    def text(self) -> str:
        return "".join(self.parts)


@dataclass(slots=True)
class _Reader:
    job: Job
    package: Package
    styles: Styles
    numbering: Numbering
    sight: Sight
    unseen: int = 0
    unread: int = 0
    _carried: _Line | None = None

    def read_paragraph(
        self, element: Element, style: ParagraphStyle, index: int | None
    ) -> Iterator[Paragraph]:
        """Yield the paragraph, then the ones in its text boxes."""
        self.job.check_time()
        properties = element.find(f"{W}pPr")
        line = _Line()
        if self._carried is not None:
            carried, self._carried = self._carried, None
            line.boxes.extend(carried.boxes)
            _copy(carried, line)
        own = _Line(boxes=line.boxes)
        if hides_frame(element):
            self._pass_over(element)
        else:
            self._walk(element, own, self.styles.paragraph_is_bold(properties))
        if own.text.strip():
            line.add(self._label(properties, own.text), False)
        _copy(own, line)
        if _mark_is_deleted(properties) and line.text:
            # Accepting the change joins this paragraph to the next; both keep their index.
            self._carried = line
            yield Paragraph("", style, index)
            return
        if style == "body" and line.text.strip() and self.styles.is_heading(properties):
            style = "heading"
        yield Paragraph(line.text, style, index, tuple(line.bold))
        for box in line.boxes:
            if hides_box(box):
                self._pass_over(box)
                continue
            inside: ParagraphStyle = style if style in ("header", "footer", "table") else "body"
            yield from (p for p in self.read_blocks(box, inside) if p.text.strip())

    def _pass_over(self, element: Element) -> None:
        self.unseen += sum(count_text(t.text) for t in element.iter(f"{W}t"))

    def _label(self, properties: Element | None, text: str) -> str:
        place = self.styles.list_place(properties)
        if place is None:
            return ""
        label = self.numbering.label(*place)
        # "1." before "2024年" would read as a decimal fraction.
        if label and label[-1].isascii() and text[:1].isascii() and not label.endswith(" "):
            return label + " "
        return label

    def _walk(self, parent: Element, line: _Line, bold: bool) -> None:
        for child in parent:
            tag = child.tag
            if tag in _SKIPPED:
                continue
            if tag == f"{W}r":
                self._walk_run(child, line, bold)
            elif tag == _BOX:
                line.boxes.append(child)
            elif tag == f"{W}p":
                continue
            else:
                self._walk_inline(child, line, bold)

    def _walk_run(self, run: Element, line: _Line, bold: bool) -> None:
        properties = run.find(f"{W}rPr")
        if self.sight.hides_run(run, next(run.iterancestors(f"{W}p"), None)):
            # a drawing of the run has a look of its own
            self.unseen += sum(count_text(t.text) for t in run.iterchildren(f"{W}t"))
            line.boxes.extend(_boxes(run))
            return
        if properties is not None:
            bold = self.styles.run_is_bold(properties, bold)
        self._walk(run, line, bold)

    def _walk_inline(self, element: Element, line: _Line, bold: bool) -> None:
        tag = element.tag
        if tag == f"{W}t":
            line.add(element.text or "", bold)
        elif tag in _SIGNS:
            line.add(_SIGNS[tag], bold)
        elif tag == f"{W}br":
            if element.get(f"{W}type", "textWrapping") == "textWrapping":
                line.add("\n", bold)
        elif tag == f"{W}sym":
            line.add(_symbol(element), bold)
        elif tag == _TEXTPATH:
            line.add(element.get("string", ""), bold)  # WordArt
        elif tag == _FALLBACK and any(True for _ in element.itersiblings(_CHOICE, preceding=True)):
            return  # the same drawing once more, for old programs
        else:
            self._walk(element, line, bold)

    def read_blocks(self, parent: Element, style: ParagraphStyle) -> Iterator[Paragraph]:
        """Yield everything in a cell, text box, header or content control, without index."""
        for child in parent:
            if child.tag == f"{W}p":
                yield from self.read_paragraph(child, style, None)
            elif child.tag == f"{W}tbl":
                yield from self.read_table(child, "table" if style == "body" else style)
            elif child.tag == _CHUNK:
                yield from self.read_chunk(child)
            elif child.tag not in _SKIPPED and not _is_contents(child):
                yield from self.read_blocks(child, style)

    def read_table(self, table: Element, style: ParagraphStyle) -> Iterator[Paragraph]:
        """Yield the paragraphs of a table's cells, row by row, empty ones left out."""
        for row in table.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not table:
                continue  # a nested table's row: its cell reads it
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                continue
            if hides_row(row):
                self._pass_over(row)
                continue
            for cell in row:
                yield from (p for p in self.read_blocks(cell, style) if p.text.strip())

    def read_body(self, body: Element) -> Iterator[Paragraph]:
        """Yield the body; only its own w:p are counted."""
        index = 0
        for child in body:
            if child.tag == f"{W}p":
                yield from self.read_paragraph(child, "body", index)
                index += 1
            elif child.tag == f"{W}tbl":
                yield from self.read_table(child, "table")
            elif child.tag == _CHUNK:
                yield from self.read_chunk(child)
            elif not _is_contents(child) and child.tag not in _SKIPPED:
                yield from (p for p in self.read_blocks(child, "body") if p.text.strip())

    def read_chunk(self, element: Element) -> Iterator[Paragraph]:
        """Yield what a part holds that an office system put in whole (ECMA-376-1 17.17.2.1);
        its paragraphs are none of the body's, so they have no index."""
        target = self.package.relations(self.package.main).get(element.get(_R_ID, ""), ("", ""))[1]
        try:
            data = self.package.read(target) if self.package.has(target) else b""
            inside = replace(self.job, data=data)
            found = read_docx(inside) if sniff_format(data) == "docx" else read_chunk(inside)
        except LimitError:
            raise
        except ReadError:
            self.unread += 1
            return
        self.unseen += found.unseen
        yield from (
            replace(p, index=None)
            for p in found.paragraphs
            if p.text.strip() and p.style not in ("header", "footer")
        )

    def read_edges(self, root: Element, kind: ParagraphStyle) -> Iterator[Paragraph]:
        """Yield what stands in the page headers (or footers) of all sections, each once."""
        relations = self.package.relations(self.package.main)
        done: set[str] = set()
        for reference in root.iter(f"{W}{kind}Reference"):
            target = relations.get(reference.get(_R_ID, ""), ("", ""))[1]
            if target in done or not self.package.has(target):
                continue
            done.add(target)
            for paragraph in self.read_blocks(self.package.xml(target), kind):
                if paragraph.text.strip() and paragraph.text not in done:
                    done.add(paragraph.text)
                    yield paragraph

    def read_notes(self, kind: str) -> Iterator[Paragraph]:
        """Yield the footnotes or endnotes; Word's separators have a type and are left out."""
        root = self.package.part(kind)
        for note in root if root is not None else ():
            if note.get(f"{W}type") is None:
                yield from (p for p in self.read_blocks(note, "body") if p.text.strip())


def read_docx(job: Job) -> Content:
    """Return the paragraphs of a Word file: headers, body, notes, footers.

    Raises ReadError when the package is damaged, LimitError when it unpacks too large.
    """
    package = Package(job)
    root = package.xml(package.main)
    styles = Styles.from_xml(package.part("styles"))
    numbering = Numbering.from_xml(package.part("numbering"))
    reader = _Reader(job, package, styles, numbering, Sight(styles))
    body = root.find(f"{W}body")
    paragraphs: list[Paragraph] = [*reader.read_edges(root, "header")]
    paragraphs.extend(reader.read_body(body) if body is not None else ())
    paragraphs.extend(_carried_over(reader))
    paragraphs.extend(reader.read_notes("footnotes"))
    paragraphs.extend(reader.read_notes("endnotes"))
    paragraphs.extend(reader.read_edges(root, "footer"))
    warnings = tuple(_warn(reader))
    return Content("docx", tuple(paragraphs), warnings=warnings, unseen=reader.unseen)


def _warn(reader: _Reader) -> Iterator[str]:
    if reader.unread:
        yield (
            f"文件里有 {reader.unread} 处嵌入的内容（altChunk）没有读出，"
            "请用 Word 或 WPS 打开后另存为 docx 再读"
        )


def _carried_over(reader: _Reader) -> Iterable[Paragraph]:
    """The last paragraph's deleted mark has no next paragraph to join."""
    line, reader._carried = reader._carried, None
    return (Paragraph(line.text, bold=tuple(line.bold)),) if line is not None else ()


def _boxes(element: Element) -> Iterator[Element]:
    """Yield the text boxes in a run, none of another's inside and none twice."""
    for box in element.iter(_BOX):
        around = [e.tag for e in box.iterancestors()]
        inside = around[: around.index(element.tag)]
        if _BOX not in inside and _FALLBACK not in inside:
            yield box


def _copy(source: _Line, target: _Line) -> None:
    text, at = source.text, 0
    for start, end in source.bold:
        target.add(text[at:start], False)
        target.add(text[start:end], True)
        at = end
    target.add(text[at:], False)


def _mark_is_deleted(properties: Element | None) -> bool:
    return properties is not None and properties.find(f"{W}rPr/{W}del") is not None


def _symbol(element: Element) -> str:
    """Return a w:sym's character; symbol fonts put theirs in the private area F000."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    # Wingdings: the boxes that forms tick.
    return {0xF0FE: "☑", 0xF052: "☑", 0xF0A8: "□", 0xF0A3: "□", 0xF06F: "□"}.get(code, chr(code))


def _is_contents(element: Element) -> bool:
    """Return whether this is a generated table of contents: it repeats the headings."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"
