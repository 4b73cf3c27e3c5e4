"""A PDF of Chinese text lines, written by hand: no font is embedded, pdfium has the maps."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842


@dataclass(frozen=True)
class Put:
    """One line of text: x and baseline y in points from the lower left, size in points;
    ``look`` are operators inside the text object, ``under`` and ``over`` before and behind."""

    text: str
    x: float
    y: float
    size: float = 16.0
    look: bytes = b""
    under: bytes = b""
    over: bytes = b""


def set_page(lines: list[str], *, first: float = 740.0, leading: float = 29.0) -> list[Put]:
    """Set lines on a page of 28 characters at 16 points; leading full-width spaces indent,
    and a line that starts with a tab is centred."""
    puts = []
    for n, line in enumerate(lines):
        text = line.lstrip("\u3000\t")
        x = 74.0 + 16.0 * (len(line) - len(line.lstrip("\u3000")))
        if line.startswith("\t"):
            x = (WIDTH - 16.0 * len(text)) / 2
        if text:
            puts.append(Put(text, x, first - n * leading))
    return puts


def write_pdf(pages: list[list[Put]], *, image: bool = False) -> bytes:
    """Return a PDF of these pages; with ``image`` every page is covered by a grey picture."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    catalog, tree = add(b""), add(b"")
    widths = b"/DW 1000 /W [1 95 500]"
    descendant = add(
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> " + widths + b" >>"
    )
    font = add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        b"/DescendantFonts [%d 0 R] >>" % descendant
    )
    picture = add(
        _stream(
            b"/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray "
            b"/BitsPerComponent 8",
            b"\x80\x90\xa0\xb0",
        )
    )
    layer = add(b"<< /Type /OCG /Name (layer) >>")
    kids = []
    for page in pages:
        commands = b"q 595 0 0 842 0 0 cm /I Do Q\n" if image else b""
        for put in page:
            code = put.text.encode("utf-16-be").hex().encode()
            line = b"BT %s /F %g Tf %g %g Td <%s> Tj ET" % (
                put.look, put.size, put.x, put.y, code)  # fmt: skip
            commands += b"q %s %s %s Q\n" % (put.under, line, put.over)
        content = add(_stream(b"", commands))
        kids.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
                b"/Resources << /Font << /F %d 0 R >> /XObject << /I %d 0 R >> "
                b"/Properties << /L %d 0 R >> /ExtGState << /G << /ca 0 >> >> >> >>"
                % (tree, content, font, picture, layer)
            )
        )
    refs = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[tree - 1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (refs, len(kids))
    objects[catalog - 1] = (
        b"<< /Type /Catalog /Pages %d 0 R /OCProperties << /OCGs [%d 0 R] "
        b"/D << /OFF [%d 0 R] >> >> >>" % (tree, layer, layer)
    )
    out, offsets = b"%PDF-1.5\n", []
    for n, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root %d 0 R >>\n" % (len(objects) + 1, catalog)
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def _stream(entries: bytes, data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (
        entries,
        len(packed),
        packed,
    )
