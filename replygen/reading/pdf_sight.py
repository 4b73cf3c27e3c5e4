"""What a PDF holds that its pages do not show: type that is not painted, in the colour of what
it stands on, too small, off the page, or covered.

A page is drawn only where something is suspect: then what is painted decides. Type that is not
painted over something that is (the recognised text of a scan) counts as seen.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from replygen.reading.sight import PAPER, TINY, is_same_tone

_PdfPage = Any  # pypdfium2 ships no types
_TextPage = Any
_Box = tuple[float, float, float, float]  # left, bottom, right, top in points

_NOT_PAINTED = frozenset({3, 7})  # ISO 32000-1 table 106: neither fill nor stroke; clip only
_FAINT = 26  # of 255: a tenth of full opacity
# Widths of Chinese characters, of their height: condensed type keeps over half.
_CONDENSED, _REPLACED = 0.15, 0.5
_INK = 40  # of 255: what a pixel must differ by to be something on something


@dataclass(slots=True)
class _Sheet:
    """A page: where it is, and how it is drawn, which is found out when it is first asked for."""

    page: _PdfPage
    _pixels: Any = field(default=None)

    @property
    def bounds(self) -> _Box:
        """The page's box in its own units, whatever its origin and its rotation."""
        import pypdfium2.raw as pdfium

        width, height = map(int, self.page.get_size())
        corners = []
        for across, down in ((0, 0), (width, height)):
            x, y = ctypes.c_double(), ctypes.c_double()
            size = (0, 0, width, height, 0)
            pdfium.FPDF_DeviceToPage(self.page.raw, *size, across, down, x, y)
            corners.append((x.value, y.value))
        (a, b), (c, d) = corners
        return min(a, c), min(b, d), max(a, c), max(b, d)

    def at(self, box: _Box) -> Any:  # noqa: ANN401 - a numpy array
        """Return the grey values (0 to 255) of what is drawn in a box, empty off the page."""
        if self._pixels is None:
            drawn = self.page.render(scale=1, grayscale=True).to_numpy()
            self._pixels = drawn.reshape(drawn.shape[0], drawn.shape[1], -1)[:, :, 0]
        height, width = self._pixels.shape
        (a, b), (c, d) = (self._dot(box[0], box[1]), self._dot(box[2], box[3]))
        left, right, top, bottom = min(a, c), max(a, c), min(b, d), max(b, d)
        return self._pixels[max(0, top) : bottom + 1, max(0, left) : min(width, right + 1)]

    def _dot(self, x: float, y: float) -> tuple[int, int]:
        import pypdfium2.raw as pdfium

        height, width = self._pixels.shape
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(self.page.raw, 0, 0, width, height, 0, x, y, across, down)
        return across.value, down.value


@dataclass(frozen=True, slots=True)
class _Paint:
    """How a text object is painted, and its place in the page's order (-1: not known)."""

    painted: bool
    switched: bool
    pale: bool
    faint: bool
    replaced: bool  # its text is said beside its glyphs (/ActualText)
    clip: _Box | None
    order: int


def find_unseen(page: _PdfPage, text_page: _TextPage) -> tuple[frozenset[int], bool]:
    """Return the places of the characters that are not seen, and whether the page's text is
    the recognised text of a scan."""
    import pypdfium2.raw as pdfium

    handle, sheet = text_page.raw, _Sheet(page)
    bounds, covers = sheet.bounds, list(_find_covers(page))
    orders = _orders(page)
    paints: dict[int | None, _Paint] = {}
    unseen: set[int] = set()
    over_scan = False
    for n in range(text_page.count_chars()):
        box = _box_of(handle, n)
        if box is None or pdfium.FPDFText_GetUnicode(handle, n) <= 32:
            continue
        thing = pdfium.FPDFText_GetTextObject(handle, n)
        place = _address(thing)
        if (paint := paints.get(place)) is None:
            paint = paints[place] = _paint_of(handle, n, thing, orders.get(place, -1))
        clipped = paint.clip is not None and _is_off(box, paint.clip)
        if _is_off(box, bounds) or clipped or paint.faint or _is_squeezed(box, handle, n, paint):
            unseen.add(n)
        elif _is_lost(box, paint, covers, sheet):
            unseen.add(n)
        else:
            over_scan |= not paint.painted
    return frozenset(unseen), over_scan


def _is_lost(box: _Box, paint: _Paint, covers: list[tuple[int, _Box]], sheet: _Sheet) -> bool:
    """Return whether nothing of a character shows in what is drawn."""
    if paint.painted and paint.pale:
        # On a dark ground there are pixels that are not pale, whether or not the font is here.
        pixels = sheet.at(box)
        return bool(pixels.size == 0 or int(pixels.min()) > 255 - _INK)
    if paint.painted and not paint.switched and not _is_covered(box, paint.order, covers):
        return False
    pixels = sheet.at(box)
    return not (pixels.size and int(pixels.max()) - int(pixels.min()) > _INK)


def _box_of(handle: Any, place: int) -> _Box | None:  # noqa: ANN401 - pdfium's handle
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(handle, place, box):
        return None
    return box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top)


def _is_off(box: _Box, bounds: _Box) -> bool:
    return box[2] <= bounds[0] or box[0] >= bounds[2] or box[3] <= bounds[1] or box[1] >= bounds[3]


def _is_squeezed(box: _Box, handle: Any, place: int, paint: _Paint) -> bool:  # noqa: ANN401
    """Return whether a character is too small, or a Chinese one too narrow: a line of them said
    for a single glyph shares its width."""
    import pypdfium2.raw as pdfium

    width, height = box[2] - box[0], box[3] - box[1]
    is_han = 0x4E00 <= pdfium.FPDFText_GetUnicode(handle, place) <= 0x9FFF
    # 一 is as flat as a dash where the font gives no heights: its width tells, and its type size
    if height <= TINY and (_type_size(handle, place) <= TINY or is_han and width <= TINY):
        return True
    height = max(height, TINY)
    return is_han and width < (_REPLACED if paint.replaced else _CONDENSED) * height


def _type_size(handle: Any, place: int) -> float:  # noqa: ANN401 - pdfium's handle
    """Return the size in points that a character's type is set in."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    known = pdfium.FPDFText_GetMatrix(handle, place, matrix)
    scale = math.hypot(matrix.c, matrix.d) if known else 1.0
    return float(pdfium.FPDFText_GetFontSize(handle, place)) * scale


def _paint_of(handle: Any, place: int, thing: Any, order: int) -> _Paint:  # noqa: ANN401
    import pypdfium2.raw as pdfium

    mode = pdfium.FPDFTextObj_GetTextRenderMode(thing) if thing else 0
    parts = [ctypes.c_uint() for _ in range(4)]
    known = pdfium.FPDFText_GetFillColor(handle, place, *parts) and mode not in (1, 5)
    red, green, blue, alpha = (p.value for p in parts)
    switched, replaced = _read_marks(thing)
    return _Paint(
        painted=mode not in _NOT_PAINTED,
        switched=switched,
        replaced=replaced,
        clip=_clip_of(thing) if order >= 0 else None,  # a form's has units of its own
        pale=bool(known) and is_same_tone((red, green, blue), PAPER),
        faint=bool(known) and alpha < _FAINT and mode not in _NOT_PAINTED,
        order=order,
    )


def _find_covers(page: _PdfPage) -> Iterator[tuple[int, _Box]]:
    """Yield the filled shapes and pictures of a page with their place in its order."""
    import pypdfium2.raw as pdfium

    for order, thing in enumerate(page.get_objects(max_depth=1)):
        if thing.type == pdfium.FPDF_PAGEOBJ_PATH:
            fill, stroke = ctypes.c_int(), ctypes.c_int()
            pdfium.FPDFPath_GetDrawMode(thing.raw, fill, stroke)
            if not fill.value:
                continue
        elif thing.type != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        yield order, thing.get_bounds()


def _orders(page: _PdfPage) -> dict[int | None, int]:
    return {_address(thing.raw): n for n, thing in enumerate(page.get_objects(max_depth=1))}


def _address(thing: Any) -> int | None:  # noqa: ANN401 - a pointer
    return ctypes.cast(thing, ctypes.c_void_p).value


def _is_covered(box: _Box, order: int, covers: list[tuple[int, _Box]]) -> bool:
    """Return whether something that was drawn later lies over a character's middle."""
    across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return order >= 0 and any(
        later > order and c[0] <= across <= c[2] and c[1] <= up <= c[3] for later, c in covers
    )


def _read_marks(thing: Any) -> tuple[bool, bool]:  # noqa: ANN401 - a page object or None
    """Return whether a text belongs to a layer that may be switched off (/OC), and whether its
    text is said beside its glyphs (/ActualText)."""
    import pypdfium2.raw as pdfium

    switched = replaced = False
    for n in range(pdfium.FPDFPageObj_CountMarks(thing) if thing else 0):
        mark = pdfium.FPDFPageObj_GetMark(thing, n)
        buffer, length = (ctypes.c_ushort * 8)(), ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(mark, buffer, 16, length)
        switched |= bytes(buffer).decode("utf-16-le", "replace").startswith("OC\0")
        replaced |= pdfium.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") != 0
    return switched, replaced


def _clip_of(thing: Any) -> _Box | None:  # noqa: ANN401 - a page object or None
    """Return the box around which nothing of a text is drawn; None where it is not cut."""
    import pypdfium2.raw as pdfium

    path = pdfium.FPDFPageObj_GetClipPath(thing) if thing else None
    boxes: list[_Box] = []
    for n in range(pdfium.FPDFClipPath_CountPaths(path) if path else 0):
        points = []
        for m in range(pdfium.FPDFClipPath_CountPathSegments(path, n)):
            x, y = ctypes.c_float(), ctypes.c_float()
            segment = pdfium.FPDFClipPath_GetPathSegment(path, n, m)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            points.append((x.value, y.value))
        if points:
            across, up = zip(*points, strict=True)
            boxes.append((min(across), min(up), max(across), max(up)))
    if not boxes:
        return None
    left, bottom, right, top = zip(*boxes, strict=True)
    return max(left), max(bottom), min(right), min(top)
