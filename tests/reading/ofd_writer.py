"""OFD files for the tests: the few parts that GB/T 33190—2016 asks for, in fixed bytes."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
WIDTH, HEIGHT, SIZE = 210.0, 297.0, 5.6  # millimetres; 三号字
Run = tuple[str, float, float]  # text, x, y of its base line


def set_lines(lines: list[str], *, top: float = 45.0, leading: float = 10.0) -> list[Run]:
    """Set lines of 28 characters; a line that starts with a full-width space is indented."""
    left = 27.0
    return [
        (
            line.strip("\u3000"),
            left + SIZE * (len(line) - len(line.lstrip("\u3000"))),
            top + n * leading,
        )
        for n, line in enumerate(lines)
    ]


def write_ofd(
    pages: list[list[Run]],
    *,
    head: str = "",
    picture: bytes = b"",
    letters: bool = False,
    absolute: bool = False,
    raw: str = "",
) -> bytes:
    """Return an OFD of these pages. ``head`` stands on a template that all pages use; with
    ``picture`` every page is covered by it; ``letters`` makes an object of every character;
    ``absolute`` writes locations from the root; ``raw`` objects stand on the first page."""
    base = "/Doc_0/" if absolute else ""
    page_list = "".join(
        f'<ofd:Page ID="{100 + n}" BaseLoc="{base}Pages/Page_{n}/Content.xml"/>'
        for n in range(len(pages))
    )
    template = f'<ofd:TemplatePage ID="90" BaseLoc="{base}Tpls/Tpl_0/Content.xml"/>' if head else ""
    resources = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>" if picture else ""
    parts: dict[str, bytes] = {
        "OFD.xml": _part(
            "OFD", "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        ),
        "Doc_0/Document.xml": _part(
            "Document",
            f"<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 {WIDTH} {HEIGHT}</ofd:PhysicalBox>"
            f"</ofd:PageArea>{resources}{template}</ofd:CommonData><ofd:Pages>{page_list}</ofd:Pages>",
        ),
    }
    if head:
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = _page([(head, 90.0, 20.0)], "", letters)
    if picture:
        file = "<ofd:MediaFile>a.png</ofd:MediaFile>"
        media = f'<ofd:MultiMedia ID="7" Type="Image">{file}</ofd:MultiMedia>'
        parts["Doc_0/DocumentRes.xml"] = _part(
            "Res", f"<ofd:MultiMedias>{media}</ofd:MultiMedias>", ' BaseLoc="Res"'
        )
        parts["Doc_0/Res/a.png"] = picture
    use = '<ofd:Template TemplateID="90" ZOrder="Background"/>' if head else ""
    if picture:
        image = f'<ofd:ImageObject ID="6" ResourceID="7" Boundary="0 0 {WIDTH} {HEIGHT}"/>'
        use += f'<ofd:Content><ofd:Layer ID="5">{image}</ofd:Layer></ofd:Content>'
    for n, page in enumerate(pages):
        own = f'<ofd:Content><ofd:Layer ID="8">{raw}</ofd:Layer></ofd:Content>' if raw else ""
        parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = _page(page, use + own * (n == 0), letters)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


def _part(tag: str, inside: str, more: str = "") -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f"{head}<ofd:{tag} {_NS}{more}>{inside}</ofd:{tag}>".encode()


def _page(runs: list[Run], use: str, letters: bool) -> bytes:
    if letters:
        runs = [(c, x + SIZE * n, y) for text, x, y in runs for n, c in enumerate(text)]
    objects = "".join(_text(run, 200 + n) for n, run in enumerate(runs))
    return _part("Page", f'{use}<ofd:Content><ofd:Layer ID="4">{objects}</ofd:Layer></ofd:Content>')


def _text(run: Run, id: int) -> str:
    text, x, y = run
    box = f"{x} {y - SIZE} {SIZE * len(text)} {SIZE}"
    code = f'<ofd:TextCode X="0" Y="{SIZE}">{escape(text)}</ofd:TextCode>'
    return (
        f'<ofd:TextObject ID="{id}" Boundary="{box}" Font="3" Size="{SIZE}">{code}</ofd:TextObject>'
    )
