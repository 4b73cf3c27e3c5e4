"""PDF: the text layer, and pages without one through OCR."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

from replygen.errors import LimitError, ReadError
from replygen.reading.content import Content, Job
from replygen.reading.lines import THIN_GAP, WIDE_GAP, PageLine, clean_line, join_lines
from replygen.reading.ocr import MISSING, OCR_NOTE, find_ocr, read_lines
from replygen.reading.pdf_sight import find_unseen

_Document = Any  # pypdfium2 ships no types
_PdfPage = Any
_TextPage = Any
_Glyph = tuple[str, tuple[float, float, float, float] | None]  # left, right, top, bottom

_FEW = 10  # a page with fewer characters than this has no text layer worth the name
_OCR_DPI = 200


@dataclass(frozen=True, slots=True)
class _Page:
    lines: tuple[PageLine, ...]
    scanned: bool
    garbled: bool = False
    unseen: int = 0
    over_scan: bool = False


def read_pdf(job: Job) -> Content:
    """Return the paragraphs of a PDF with their pages.

    Pages without text are read by OCR where the extra ``ocr`` is installed. Raises
    ReadError when the file is encrypted or damaged, or is a scan and there is no OCR;
    LimitError over ``limits.pages`` or ``limits.seconds``.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(job.data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise ReadError(job.name, "PDF 已加密，请先解除密码再读") from error
        raise ReadError(job.name, "PDF 已损坏或不完整，请重新下载或另存") from error
    try:
        return _read_document(job, document)
    finally:
        document.close()


def _read_document(job: Job, document: _Document) -> Content:
    import pypdfium2

    count = len(document)
    if count == 0:
        raise ReadError(job.name, "PDF 里没有页面，请重新下载或另存")
    if count > job.limits.pages:
        raise LimitError(
            job.name,
            f"有 {count} 页，超过 {job.limits.pages} 页的上限；"
            "请拆分，或在 replygen.toml 的 [limits] 中调大 pages",
        )
    pages: list[_Page] = []
    for number in range(count):
        job.check_time()
        try:
            pages.append(_read_page(document[number], number + 1))
        except pypdfium2.PdfiumError as error:
            raise ReadError(job.name, f"PDF 第 {number + 1} 页已损坏，请重新下载或另存") from error
    scans = [n for n, page in enumerate(pages) if page.scanned]
    warnings: list[str] = []
    if scans:
        pages, warnings = _read_scans(job, document, pages, scans)
    lines = [line for page in pages for line in page.lines]
    if over := [n + 1 for n, page in enumerate(pages) if page.over_scan and page.lines]:
        where = "全文" if len(over) == count else f"第 {'、'.join(map(str, over))} 页"
        warnings.append(f"{where}是扫描件，文字是原来识别好的，可能和图像不一致，请对照原件")
    unseen = sum(page.unseen for page in pages)
    return Content("pdf", join_lines(lines), pages=count, warnings=tuple(warnings), unseen=unseen)


def _read_scans(
    job: Job, document: _Document, pages: list[_Page], scans: list[int]
) -> tuple[list[_Page], list[str]]:
    """Read the pages that are pictures; without OCR refuse, or leave them out loudly."""
    text_pages = [n for n, page in enumerate(pages) if page.lines and not page.scanned]
    numbers = "、".join(str(n + 1) for n in scans)
    if not find_ocr():
        if not text_pages:
            raise ReadError(job.name, MISSING)
        return pages, [f"第 {numbers} 页是扫描图像，没有读出；{MISSING}"]
    done = list(pages)
    for n in scans:
        job.check_time()
        page = document[n]
        image = page.render(scale=_OCR_DPI / 72).to_numpy()
        done[n] = _Page(read_lines(image, n + 1), True)
    what = "全文" if not text_pages else f"第 {numbers} 页"
    warnings = [f"{what}{OCR_NOTE}"]
    if any(pages[n].garbled for n in scans):
        warnings.append(f"第 {numbers} 页的文字层是乱码，已改用识别结果")
    return done, warnings


def _read_page(page: _PdfPage, number: int) -> _Page:
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        unseen, over_scan = find_unseen(page, text_page)
        lines = _read_text(text_page, number, width, height, unseen)
    finally:
        text_page.close()
    text = "".join(line.text for line in lines)
    odd = sum("\ue000" <= c <= "\uf8ff" or c == "\ufffd" or c < " " for c in text)
    garbled = odd > 0.3 * max(1, len(text))
    few = sum(not c.isspace() for c in text) < _FEW
    has_image = (few or garbled) and _has_large_image(page, width * height)
    kept = () if garbled else tuple(lines)
    return _Page(kept, has_image or garbled, garbled, len(unseen), over_scan)


def _has_large_image(page: _PdfPage, area: float) -> bool:
    """Return whether pictures cover a good part of the page; a blank page is no scan."""
    import pypdfium2.raw as pdfium

    covered = 0.0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = item.get_bounds()
        covered += abs(right - left) * abs(top - bottom)
    return covered > 0.2 * area


def _read_text(
    text_page: _TextPage, number: int, width: float, height: float, unseen: frozenset[int]
) -> list[PageLine]:
    """Return the lines of a text page in its order, pieces on one line put together, without
    the characters at the places ``unseen``."""
    import pypdfium2.raw as pdfium

    handle = text_page.raw
    box = [ctypes.c_double() for _ in range(4)]
    lines: list[PageLine] = []
    glyphs: list[_Glyph] = []
    for n in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(handle, n)
        if code in (10, 13):
            lines += _make_line(glyphs, number, width, height)
            glyphs = []
        elif n in unseen:
            continue
        elif code and not 0xD800 <= code < 0xE000:
            char = "-" if code in (2, 0xFFFE) else chr(code)
            if char == " " and pdfium.FPDFText_IsGenerated(handle, n) == 1:
                char = THIN_GAP
            boxed = char > " " and pdfium.FPDFText_GetCharBox(handle, n, *box)
            left, right, bottom, top = (b.value for b in box)
            glyphs.append((char, (left, right, height - top, height - bottom) if boxed else None))
    lines += _make_line(glyphs, number, width, height)
    return _same_row(lines)


def _make_line(glyphs: list[_Glyph], number: int, width: float, height: float) -> list[PageLine]:
    """Return the line that these characters make, or none of white space only."""
    boxes = [box for _, box in glyphs if box is not None]
    if not boxes:
        return []
    top, bottom = min(b[2] for b in boxes), max(b[3] for b in boxes)
    chars: list[str] = []
    right: float | None = None
    for char, box in glyphs:
        if box is not None:
            wide = right is not None and box[0] - right > 1.2 * (bottom - top)
            if wide and chars and chars[-1] == THIN_GAP:
                chars[-1] = WIDE_GAP
            right = box[1]
        chars.append(char)
    text = clean_line("".join(chars))
    left, last = min(b[0] for b in boxes), max(b[1] for b in boxes)
    return [PageLine(text, number, left, last, top, bottom, width, height)] if text else []


def _same_row(lines: list[PageLine]) -> list[PageLine]:
    """Put pieces back on their row that the text layer gives as lines of their own
    (云市监提复〔2026〕3号      签发人：…)."""
    merged: list[PageLine] = []
    for line in lines:
        last = merged[-1] if merged else None
        if last is not None and _overlap(last, line) > 0.6 and line.left > last.right - 1:
            gap = line.left - last.right > 0.8 * last.size
            merged[-1] = PageLine(
                last.text + (WIDE_GAP if gap else "") + line.text,
                line.page,
                last.left,
                line.right,
                min(last.top, line.top),
                max(last.bottom, line.bottom),
                line.width,
                line.height,
            )
        else:
            merged.append(line)
    return merged


def _overlap(a: PageLine, b: PageLine) -> float:
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared / min(a.size, b.size)
