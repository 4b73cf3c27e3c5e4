"""Build corpus/ from the texts in tools/corpus/.

``python tools/build_corpus.py [NAME ...]`` writes each text in the format that its front
matter names; without names, all of them. Two runs write the same bytes: zip entries,
document properties and PDF dates are fixed. Only ``pdf``, ``scan`` and ``doc`` need
LibreOffice (``soffice``); where it is missing, the files that are there stay as they are.

A text opens with TOML between ``+++`` lines (``format``, ``region``, ``field`` ...; see
``Piece``), then has one paragraph a line:

    # title       ## heading       > right-aligned       @ flush left       | cell | cell |

and ``**bold**`` inside a paragraph. The mark 示例·虚构 is added by the builder.
"""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.language.tables import parse_toml

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import _Footer
    from docx.styles.style import ParagraphStyle

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "tools" / "corpus"
CORPUS = ROOT / "corpus"
GROUPS = ("own", "others", "proposals", "rules", "policies")
MARK = "示例·虚构"
MOMENT = datetime(2026, 1, 1)
SUFFIX = {"docx": ".docx", "html": ".html", "pdf": ".pdf", "scan": ".pdf", "txt": ".txt"}
SUFFIX |= {"doc": ".doc", "md": ".md"}
PROVINCES = {
    "澜江省": ("澜江省", "云川市", "甸阳市", "岚溪县", "汀岚市", "鹤泾区", "墨潭县"),
    "沧宁省": ("渌安市", "沅塘区", "澄陂县", "芷汀市", "榆浦区"),
    "朔岭省": ("霁州市", "桦垣县", "桐垣市", "栖霜县", "雁垛市"),
    "瀚西省": ("泊原市", "苇泽县", "砾川市"),
}
BOLD = re.compile(r"\*\*(.+?)\*\*")  # **一是**推动……


@dataclass(frozen=True)
class Piece:
    """One text of the corpus: where it goes, what it is, and its paragraphs."""

    path: Path
    lines: tuple[str, ...]
    format: str
    region: str
    field: str
    encoding: str = "utf-8"
    site: str = ""
    indent: bool = True
    styled: bool = False

    @property
    def title(self) -> str:
        """The first title line's text, or the file's name."""
        titles = [line[2:] for line in self.lines if line.startswith("# ")]
        return "".join(titles) or self.path.stem


def load_pieces() -> tuple[Piece, ...]:
    """Return every text under tools/corpus, sorted by path."""
    paths = [p for group in GROUPS for p in sorted((TEXTS / group).glob("*.md"))]
    return tuple(load_piece(path) for path in paths)


def load_piece(path: Path) -> Piece:
    """Return the text in ``path``. Raises ValueError for a wrong front matter."""
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    table = parse_toml(head)
    if unknown := set(table) - {f.name for f in fields(Piece)}:
        raise ValueError(f"{path}: unknown keys {sorted(unknown)}")
    target = CORPUS / path.parent.name / (path.stem + SUFFIX[table["format"]])
    lines = tuple(line.rstrip() for line in body.strip().splitlines())
    return Piece(path=target, lines=lines, **table)


def split_mark(line: str) -> tuple[str, str]:
    """Return (kind, text) of a line: title, heading, right, left, row, blank or body."""
    kinds = {"# ": "title", "## ": "heading", "> ": "right", "@ ": "left", "| ": "row"}
    for prefix, kind in kinds.items():
        if line.startswith(prefix):
            return kind, line[len(prefix) :]
    return ("body" if line else "blank"), line


# ── text ───────────────────────────────────────────────────────────────────


def build_txt(piece: Piece) -> bytes:
    """Return the piece as plain text in its encoding (utf-8, utf-8-sig, gb18030, utf-16)."""
    out = []
    for line in piece.lines:
        kind, text = split_mark(line)
        text = BOLD.sub(r"\1", text)
        if kind == "right":
            text = "　" * 20 + text
        elif kind == "title":
            text = "　" * max(0, 18 - len(text) // 2) + text
        elif kind in ("body", "heading") and piece.indent:
            text = "　　" + text
        elif kind == "row":
            text = "\t".join(cell.strip() for cell in text.strip("| ").split("|"))
        out.append(text)
    out += ["", f"（{MARK}）", ""]
    newline = "\r\n" if piece.encoding in ("gb18030", "utf-16") else "\n"
    return newline.join(out).encode(piece.encoding)


def build_md(piece: Piece) -> bytes:
    """Return the piece as Markdown: marks of alignment dropped, blank lines between."""
    lines = [re.sub(r"^[>@] ", "", line) for line in piece.lines if line]
    return ("\n\n".join([*lines, f"（{MARK}）"]) + "\n").encode()


# ── web pages ──────────────────────────────────────────────────────────────


def build_html(piece: Piece) -> bytes:
    """Return the piece inside its site's page (tools/corpus/sites)."""
    page = (TEXTS / "sites" / f"{piece.site}.html").read_text(encoding="utf-8")
    out, rows = [], []
    for kind, text in map(split_mark, piece.lines):
        if kind == "row":
            rows.append("".join(f"<td>{html.escape(c.strip())}</td>" for c in text.split("|") if c))
        elif kind not in ("title", "blank"):
            out.append(_html_paragraph(kind, text))
    if rows:
        out.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    digits = f"{sum(map(ord, piece.path.stem)):06d}"  # a fixed number, different for each page
    values = {"title": html.escape(piece.title), "body": "\n".join(out), "number": digits}
    values |= {"region": piece.region, "field": piece.field, "mark": MARK}
    years = re.findall(r"20\d\d(?=年)", "".join(piece.lines))  # none: 二○二四年
    values["year"] = (years or re.findall(r"20\d\d", piece.path.stem))[-1]
    values["province"] = next(p[0] for p, places in PROVINCES.items() if piece.region in places)
    for key, value in values.items():
        page = page.replace("{{" + key + "}}", value)
    return page.encode(piece.encoding)


def _html_paragraph(kind: str, text: str) -> str:
    inner = BOLD.sub(r"<strong>\1</strong>", html.escape(text))
    if kind == "heading":
        return f'<p style="text-indent:2em"><strong>{inner}</strong></p>'
    if kind == "right":
        return f'<p style="text-align:right">{inner}</p>'
    if kind == "left":
        return f"<p>{inner}</p>"
    return f'<p style="text-indent:2em">&nbsp;{inner}</p>'


# ── Word ───────────────────────────────────────────────────────────────────


def build_docx(piece: Piece, *, font: str = "仿宋_GB2312") -> bytes:
    """Return the piece as a Word file, with the mark in the page footer."""
    import docx

    document = docx.Document()
    _set_paper(document, font)
    for kind, text in map(split_mark, piece.lines):
        _add_paragraph(document, kind, text, piece)
    _add_footer(document.sections[0].footer, numbered=piece.format in ("pdf", "scan"))
    props = document.core_properties
    props.author, props.title, props.comments = "replygen", piece.title, MARK
    props.created = props.modified = MOMENT
    raw = io.BytesIO()
    document.save(raw)
    return _fix_zip(raw.getvalue())


def _add_footer(footer: _Footer, *, numbered: bool) -> None:
    """Write the mark and, on paper that was printed to PDF, the page number — 1 —."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    paragraph = footer.paragraphs[0]
    paragraph.alignment = 1
    if numbered:
        paragraph.add_run("— ")
        field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        paragraph._p.append(parse_xml(field))
        paragraph.add_run(" —")
        paragraph = footer.add_paragraph()
        paragraph.alignment = 1
    paragraph.add_run(f"（{MARK}）")


def _add_paragraph(document: Document, kind: str, text: str, piece: Piece) -> None:
    from docx.shared import Pt

    if kind == "row":
        cells = [cell.strip() for cell in text.strip("| ").split("|")]
        last = document.element.body[-2] if len(document.element.body) > 1 else None
        fresh = last is None or not last.tag.endswith("}tbl")
        table = document.add_table(0, len(cells), "Table Grid") if fresh else document.tables[-1]
        for cell, value in zip(table.add_row().cells, cells, strict=True):
            cell.text = value
        return
    styled = kind == "heading" and piece.styled
    paragraph = document.add_paragraph(style="Heading 1" if styled else None)
    if kind == "title":
        paragraph.alignment = 1
    elif kind == "right":
        paragraph.alignment = 2
    elif kind in ("body", "heading") and piece.indent:
        paragraph.paragraph_format.first_line_indent = Pt(30)
    for n, part in enumerate(BOLD.split(text)):
        if part:
            run = paragraph.add_run(part)
            run.bold = True if n % 2 or kind in ("title", "heading") else None


def _set_paper(document: Document, font: str) -> None:
    """Set A4, the margins of GB/T 9704—2012 5.2.1, and black headings."""
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    for name, face in (("Normal", font), ("Heading 1", "黑体")):
        style = document.styles[name]
        _set_font(style, face)
        style.font.size = Pt(15)
        style.font.color.rgb = RGBColor(0, 0, 0)


def _set_font(style: ParagraphStyle, name: str) -> None:
    from docx.oxml.ns import qn

    style.font.name = name
    style.element.rPr.rFonts.set(qn("w:eastAsia"), name)


def _fix_zip(data: bytes) -> bytes:
    """Return the archive with every entry dated 1980-01-01, so that two builds agree."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if "thumbnail" not in name:
                info = zipfile.ZipInfo(name)
                info.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(info, _drop_thumbnail(name, old.read(name)))
    return out.getvalue()


def _drop_thumbnail(name: str, data: bytes) -> bytes:
    if name != "_rels/.rels":
        return data
    return re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", data)


# ── through LibreOffice ────────────────────────────────────────────────────


def build_pdf(piece: Piece) -> bytes:
    """Return the piece as a PDF with a text layer."""
    data = _convert(build_docx(piece, font="LXGW WenKai"), "pdf")
    data = re.sub(rb"\(D:\d{14}[^)]*\)", _fixed_date, data)
    return re.sub(rb"(?<=[</])[0-9A-F]{32}", b"0" * 32, data)  # /ID and /DocChecksum


def _fixed_date(found: re.Match[bytes]) -> bytes:
    return b"(D:20260101000000".ljust(len(found[0]) - 1, b"Z") + b")"


def build_doc(piece: Piece) -> bytes:
    """Return the piece as an old Word file."""
    return _convert(build_docx(piece), "doc")


def build_scan(piece: Piece) -> bytes:
    """Return the piece as a PDF of grey page images, a little askew, without text."""
    import pypdfium2
    from PIL import Image

    pages = []
    with pypdfium2.PdfDocument(build_pdf(piece)) as document:
        for page in document:
            image = page.render(scale=1.9).to_pil().convert("L")
            pages.append(image.rotate(0.4, Image.Resampling.BICUBIC, fillcolor=255))
    out = io.BytesIO()
    stamp = time.gmtime(1767225600)
    pages[0].save(
        out,
        "PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=137,
        quality=45,
        title=f"扫描件（{MARK}）",
        creationDate=stamp,
        modDate=stamp,
    )
    return out.getvalue()


def _convert(data: bytes, target: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "text.docx")
        source.write_bytes(data)
        home = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", home, "--headless", "--convert-to", target, "--outdir", folder]
        subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
        return source.with_suffix(f".{target}").read_bytes()


BUILDERS = {"txt": build_txt, "md": build_md, "html": build_html, "docx": build_docx}
OFFICE = {"pdf": build_pdf, "doc": build_doc, "scan": build_scan}


def main(names: list[str]) -> None:
    """Build the pieces whose file name is in ``names``, or all."""
    office = shutil.which("soffice") is not None
    for piece in load_pieces():
        if names and piece.path.stem not in names and piece.format not in names:
            continue
        if piece.format in OFFICE and not office:
            print(f"skipped, needs soffice: {piece.path.relative_to(ROOT)}")
            continue
        piece.path.parent.mkdir(parents=True, exist_ok=True)
        piece.path.write_bytes((BUILDERS | OFFICE)[piece.format](piece))
    print(f"built into {CORPUS}")


if __name__ == "__main__":
    main(sys.argv[1:])
