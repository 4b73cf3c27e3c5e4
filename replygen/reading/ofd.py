"""OFD (GB/T 33190—2016), the state's page format: the text of its pages, scans through OCR.

The text stands in the XML as it is, so it is read here: easyofd (20260427) needs PyMuPDF
(AGPL), reportlab and five others, to draw the pages.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from replygen.errors import LimitError, ReadError
from replygen.reading.content import Content, Job
from replygen.reading.lines import PageLine, clean_line, join_lines, join_rows
from replygen.reading.ocr import MISSING, OCR_NOTE, find_ocr, read_picture
from replygen.reading.package import check_archive
from replygen.reading.sight import PAPER, TINY, Colour, count_text, is_same_tone
from replygen.reading.xml import Element, parse_xml

_DAMAGED = "OFD 文件已损坏或不完整，请重新下载，或用 OFD 阅读器另存为 PDF 再读"
_FEW = 10  # a page with fewer characters than this has no text layer worth the name
_COVERED = 0.2  # of the page: a picture that large is a scan
_FAINT = 26  # of 255: a tenth of full opacity
_POINT = 0.353  # millimetres
_A4 = (0.0, 0.0, 210.0, 297.0)  # millimetres, the unit of the format (7.3)


@dataclass(frozen=True, slots=True)
class _Page:
    lines: tuple[PageLine, ...]
    pictures: tuple[str, ...]
    unseen: int = 0


class _Archive:
    """The zip that an OFD is; parts are named from its root."""

    def __init__(self, job: Job) -> None:
        self.job = job
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(job.data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise ReadError(job.name, _DAMAGED) from error
        check_archive(job, self._zip)
        self._names = {name.lower(): name for name in self._zip.namelist()}

    def read(self, part: str) -> bytes:
        """Return a part's bytes. Raises ReadError when it is missing or broken."""
        name = self._names.get(part.lower())
        try:
            return self._zip.read(name or part)
        except RuntimeError as error:
            raise ReadError(self.job.name, "已加密，请先解除密码再读") from error
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
            raise ReadError(self.job.name, _DAMAGED) from error

    def xml(self, part: str) -> Element:
        """Return the root of an XML part. Raises ReadError when it is missing or broken."""
        self.job.check_time()
        try:
            return parse_xml(self.job.name, self.read(part))
        except ReadError as error:
            reason = error.reason if "加密" in error.reason else _DAMAGED
            raise ReadError(self.job.name, reason) from error


def read_ofd(job: Job) -> Content:
    """Return the paragraphs of an OFD with their pages; pages that are pictures are read by
    OCR where the extra ``ocr`` is installed.

    Raises ReadError when the file is encrypted or damaged, or is a scan and there is no OCR;
    LimitError over ``limits.pages`` or ``limits.seconds``.
    """
    archive = _Archive(job)
    pages = [page for root in _find_documents(archive) for page in _read_pages(archive, root)]
    if not pages:
        raise ReadError(job.name, _DAMAGED)
    lines: list[PageLine] = []
    scans: list[int] = []
    for number, page in enumerate(pages, 1):
        few = sum(len(line.text) for line in page.lines) < _FEW
        if few and page.pictures:
            scans.append(number)
            if find_ocr():
                lines += [
                    x for p in page.pictures for x in read_picture(job, archive.read(p), number)
                ]
                continue
        lines += page.lines
    if scans and not find_ocr() and not lines:
        raise ReadError(job.name, MISSING)
    return Content(
        "ofd",
        join_lines(lines),
        pages=len(pages),
        warnings=_warn(scans, len(pages)),
        unseen=sum(page.unseen for page in pages),
    )


def _warn(scans: list[int], count: int) -> tuple[str, ...]:
    if not scans:
        return ()
    where = "全文" if len(scans) == count else f"第 {'、'.join(map(str, scans))} 页"
    return (f"{where}{OCR_NOTE}" if find_ocr() else f"{where}是扫描图像，没有读出；{MISSING}",)


def _find_documents(archive: _Archive) -> Iterator[str]:
    for element in archive.xml("OFD.xml").iter():
        if _tag(element) == "DocRoot" and element.text:
            yield _resolve("OFD.xml", element.text)


def _read_pages(archive: _Archive, root: str) -> Iterator[_Page]:
    document = archive.xml(root)
    limit = archive.job.limits.pages
    templates = {
        e.get("ID"): _resolve(root, e.get("BaseLoc", ""))
        for e in document.iter()
        if _tag(e) == "TemplatePage"
    }
    places = [_resolve(root, e.get("BaseLoc", "")) for e in document.iter() if _tag(e) == "Page"]
    if len(places) > limit:
        raise LimitError(
            archive.job.name,
            f"有 {len(places)} 页，超过 {limit} 页的上限；"
            "请拆分，或在 replygen.toml 的 [limits] 中调大 pages",
        )
    media = _find_media(archive, root, document)
    whole = _box_of(document) or _A4
    for number, place in enumerate(places, 1):
        page = archive.xml(place)
        used = [templates.get(e.get("TemplateID")) for e in page.iter() if _tag(e) == "Template"]
        layers = [archive.xml(t) for t in used if t] + [page]
        yield _read_page(layers, _box_of(page) or whole, number, media)


def _find_media(archive: _Archive, root: str, document: Element) -> dict[str, str]:
    """Return the document's pictures: id -> part."""
    found: dict[str, str] = {}
    for element in document.iter():
        if _tag(element) not in ("DocumentRes", "PublicRes") or not element.text:
            continue
        part = _resolve(root, element.text)
        resources = archive.xml(part)
        folder = posixpath.join(posixpath.dirname(part), resources.get("BaseLoc", ""), "x")
        for media in resources.iter():
            file = next((c.text for c in media if _tag(c) == "MediaFile"), None)
            if file and media.get("ID"):
                found[media.get("ID")] = _resolve(folder, file)
    return found


def _read_page(
    layers: list[Element], box: tuple[float, ...], number: int, media: dict[str, str]
) -> _Page:
    width, height = box[2], box[3]
    pieces: list[PageLine] = []
    pictures: list[str] = []
    unseen = 0
    for element in (e for layer in layers for e in layer.iter()):
        bounds = _numbers(element.get("Boundary"))
        if len(bounds) != 4:
            continue
        if _tag(element) == "TextObject" and _is_unseen(element, bounds, layers, box):
            unseen += sum(count_text(e.text) for e in element.iter() if _tag(e) == "TextCode")
        elif _tag(element) == "TextObject":
            pieces += _read_text(element, bounds, number, width, height)
        elif _tag(element) == "ImageObject" and element.get("ResourceID") in media:
            if bounds[2] * bounds[3] > _COVERED * width * height:
                pictures.append(media[element.get("ResourceID")])
    return _Page(tuple(join_rows(pieces)), tuple(pictures), unseen)


def _is_unseen(
    element: Element, bounds: tuple[float, ...], layers: list[Element], page: tuple[float, ...]
) -> bool:
    """Return whether a TextObject does not show on its page (11.1, 11.2): switched off,
    transparent, not filled, too small, off the page, or in the colour of what is below it."""
    if element.get("Visible") == "false" or _number(element.get("Alpha"), 255) < _FAINT:
        return True
    if element.get("Fill") == "false" and element.get("Stroke") != "true":
        return True
    matrix = _numbers(element.get("CTM"))
    scale = abs(matrix[3]) or 1.0 if len(matrix) == 6 else 1.0
    if _number(element.get("Size"), 3.5) * scale <= TINY * _POINT:
        return True
    across = bounds[0] < page[2] and bounds[0] + bounds[2] > 0
    down = bounds[1] < page[3] and bounds[1] + bounds[3] > 0
    if not (across and down):
        return True
    return (ink := _fill_of(element)) is not None and _is_paper(ink, bounds, layers)


def _is_paper(ink: Element, bounds: tuple[float, ...], layers: list[Element]) -> bool:
    if _number(ink.get("Alpha"), 255) < _FAINT:
        return True
    parts = _numbers(ink.get("Value"))
    if len(parts) != 3 or not is_same_tone(_rgb(parts), PAPER):
        return False
    return not any(_is_ground(e, bounds) for layer in layers for e in layer.iter())


def _is_ground(element: Element, text: tuple[float, ...]) -> bool:
    """Return whether a picture or a filled shape that is not pale lies where a text stands."""
    box = _numbers(element.get("Boundary"))
    if _tag(element) not in ("PathObject", "ImageObject") or len(box) != 4:
        return False
    across, down = text[0] + text[2] / 2, text[1] + text[3] / 2
    if not (box[0] <= across <= box[0] + box[2] and box[1] <= down <= box[1] + box[3]):
        return False
    if _tag(element) == "ImageObject":
        return True
    fill = _fill_of(element)
    parts = _numbers(fill.get("Value")) if fill is not None else ()
    pale = len(parts) == 3 and is_same_tone(_rgb(parts), PAPER)
    return element.get("Fill") == "true" and not pale


def _fill_of(element: Element) -> Element | None:
    return next((e for e in element if _tag(e) == "FillColor"), None)


def _rgb(parts: tuple[float, ...]) -> Colour:
    red, green, blue = (int(p) for p in parts)
    return red, green, blue


def _number(text: str | None, missing: float) -> float:
    return next(iter(_numbers(text)), missing)


def _read_text(
    element: Element, bounds: tuple[float, ...], page: int, width: float, height: float
) -> Iterator[PageLine]:
    """Yield one piece for each TextCode of a TextObject (11.3): its X and Y are where its
    first glyph stands on the base line."""
    size = float(next(iter(_numbers(element.get("Size"))), 3.5))
    matrix = _numbers(element.get("CTM")) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    scale = abs(matrix[3]) or 1.0 if len(matrix) == 6 else 1.0
    codes = [e for e in element.iter() if _tag(e) == "TextCode"]
    for code in codes:
        text = clean_line(code.text or "")
        if not text:
            continue
        x, y = (next(iter(_numbers(code.get(axis))), 0.0) * scale for axis in ("X", "Y"))
        left, base = bounds[0] + x, bounds[1] + (y or bounds[3])
        right = bounds[0] + bounds[2] if len(codes) == 1 else left + size * scale * len(text)
        yield PageLine(text, page, left, right, base - size * scale, base, width, height)


def _box_of(root: Element) -> tuple[float, ...] | None:
    for element in root.iter():
        if _tag(element) == "PhysicalBox":
            box = _numbers(element.text)
            return box if len(box) == 4 and box[2] > 0 and box[3] > 0 else None
    return None


def _numbers(text: str | None) -> tuple[float, ...]:
    try:
        return tuple(float(x) for x in (text or "").split())
    except ValueError:
        return ()


def _tag(element: Element) -> str:
    """The element's name without its namespace: writers of old versions have another."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _resolve(part: str, target: str) -> str:
    """Return what a location in ``part`` points to (7.2): /… from the root, else from there."""
    target = target.strip().replace("\\", "/")
    whole = target if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
    return posixpath.normpath(whole).lstrip("/")
