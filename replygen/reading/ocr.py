"""Scans and pictures through rapidocr (extra ``ocr``), whose wheel carries its models."""

from __future__ import annotations

import importlib.util
import io
from functools import lru_cache
from typing import Any

from replygen.errors import LimitError, ReadError
from replygen.reading.content import Content, Job
from replygen.reading.lines import PageLine, clean_line, join_lines, join_rows

_Engine = Any  # rapidocr ships no types
_Picture = Any  # a PIL image
ImageArray = Any  # uint8, height × width × channels

MISSING = "是扫描件或图片，没有文字层；请先安装文字识别：pip install 'replygen[ocr]'，然后再读"
OCR_NOTE = "由图像识别（OCR）得来，可能有错字，请对照原件核对"
_LONGEST = 2400  # pixels: an A4 page at 200 dpi; more costs time and reads no better
_UNSURE = 0.5  # confidence below which a line is noise


def find_ocr() -> bool:
    """Return whether the extra ``ocr`` is installed."""
    return all(importlib.util.find_spec(m) is not None for m in ("rapidocr", "onnxruntime"))


@lru_cache(maxsize=1)
def _engine() -> _Engine:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            # Lines are found on a smaller picture than they are read on: on an A4 page at
            # 200 dpi that takes half the time and finds the same lines.
            "Det.limit_type": "max",
            "Det.limit_side_len": 1280,
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
        }
    )


def read_lines(image: ImageArray, page: int) -> tuple[PageLine, ...]:
    """Return the lines of a picture (uint8 array, height × width × channels) in reading
    order, coordinates in pixels."""
    height, width = image.shape[:2]
    result = _engine()(image)
    if result.boxes is None or result.txts is None:
        return ()
    pieces: list[PageLine] = []
    for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        cleaned = clean_line(text)
        if not cleaned or score < _UNSURE:
            continue
        xs, ys = [float(p[0]) for p in box], [float(p[1]) for p in box]
        pieces.append(
            PageLine(cleaned, page, min(xs), max(xs), min(ys), max(ys), float(width), float(height))
        )
    return tuple(join_rows(pieces))


def read_picture(job: Job, data: bytes, page: int) -> tuple[PageLine, ...]:
    """Return the lines of a picture that is page ``page`` of a document. Raises ReadError for
    a damaged one."""
    import numpy
    from PIL import Image, UnidentifiedImageError

    job.check_time()
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return read_lines(numpy.asarray(_scaled(picture)), page)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as error:
        raise ReadError(job.name, f"第 {page} 页的图像已损坏，请重新扫描或另存为 PDF") from error


def read_image(job: Job) -> Content:
    """Return the text on a picture (PNG, JPEG, TIFF with its pages, BMP, GIF, WebP).

    Raises ReadError without the extra ``ocr``, for a damaged picture, and for one without
    readable text; LimitError over ``limits.pages`` or ``limits.seconds``.
    """
    if not find_ocr():
        raise ReadError(job.name, MISSING)
    import numpy
    from PIL import Image, UnidentifiedImageError

    lines: list[PageLine] = []
    try:
        with Image.open(io.BytesIO(job.data)) as picture:
            count = getattr(picture, "n_frames", 1) if picture.format in ("TIFF", "MPO") else 1
            if count > job.limits.pages:
                raise LimitError(
                    job.name, f"有 {count} 页，超过 {job.limits.pages} 页的上限，请拆分"
                )
            for n in range(count):
                job.check_time()
                picture.seek(n)
                lines += read_lines(numpy.asarray(_scaled(picture)), n + 1)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as error:
        raise ReadError(job.name, "图片已损坏或过大，请重新扫描或另存为 PDF") from error
    if not lines:
        raise ReadError(job.name, "图片里没有识别出文字，请用更清晰的扫描件")
    return Content("image", join_lines(lines), pages=count, warnings=(f"全文{OCR_NOTE}",))


def _scaled(picture: _Picture) -> _Picture:
    """Return the picture in RGB, upright, not larger than reading it needs."""
    from PIL import ImageOps

    image = ImageOps.exif_transpose(picture).convert("RGB")
    image.thumbnail((_LONGEST, _LONGEST))
    return image
