"""The rendered page, measured in millimetres."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from replygen.errors import ExportError
from replygen.word import render_pdf, render_preview

DPI = 300
Band = tuple[float, float, float, float]

needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")), reason="LibreOffice 没有安装"
)


def find_bands(pdf: Path, page: int, *, red: bool) -> list[Band]:
    """Rows of ink as (top, bottom, left, right) in mm from the page's upper left corner."""
    import numpy as np
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    image = np.asarray(document[page].render(scale=DPI / 72).to_pil().convert("RGB")).astype(int)
    document.close()
    is_red = (image[..., 0] > 150) & (image[..., 1] < 110)
    ink = is_red if red else (image.sum(2) < 380) & ~is_red
    edges = np.flatnonzero(np.diff(np.concatenate([[0], ink.any(1), [0]])))
    mm, bands = 25.4 / DPI, []
    for top, bottom in zip(edges[::2], edges[1::2], strict=True):
        columns = np.flatnonzero(ink[top:bottom].any(0))
        if len(columns) > 3:
            bands.append((top * mm, bottom * mm, columns[0] * mm, (columns[-1] + 1) * mm))
    return bands


@needs_office
@pytest.mark.slow
def test_a_rendered_letter_stands_where_the_standard_wants_it(clean: Path, tmp_path: Path) -> None:
    pages = render_preview(clean, tmp_path, dpi=50)
    assert [p.name for p in pages] == ["答复稿-1.png", "答复稿-2.png"]
    pdf = tmp_path / "答复稿.pdf"
    head, thick, thin, thin_below, thick_below = find_bands(pdf, 0, red=True)
    assert head[0] == pytest.approx(30, abs=1)
    assert thick[0] - head[1] == pytest.approx(4, abs=0.7)
    for rule in (thick, thin, thin_below, thick_below):
        assert rule[2] == pytest.approx(20, abs=0.5)
        assert rule[3] == pytest.approx(190, abs=0.5)
    assert thick[1] - thick[0] > 1.5 * (thin[1] - thin[0])
    assert thick_below[1] - thick_below[0] > 1.5 * (thin_below[1] - thin_below[0])
    assert 297 - thick_below[1] == pytest.approx(20, abs=0.5)
    text = find_bands(pdf, 0, red=False)
    text = [b for b in text if b[3] - b[2] < 165]  # edges of the rules
    assert text[0][0] - thin[1] == pytest.approx(4.9, abs=0.8)
    assert text[0][3] == pytest.approx(184, abs=4)
    assert text[-1][1] < 262  # no page number on a letter's first page


@needs_office
@pytest.mark.slow
def test_the_second_page_of_a_letter_has_its_number_on_the_left(
    clean: Path, tmp_path: Path
) -> None:
    bands = find_bands(render_pdf(clean, tmp_path), 1, red=False)
    first, number, cc = bands[0], bands[-1], bands[-2]
    assert first[0] == pytest.approx(37 + 3.4, abs=1)
    assert (number[0] + number[1]) / 2 == pytest.approx(269, abs=0.8)
    assert number[2] == pytest.approx(28 + 4.94, abs=0.8)
    assert cc[1] == pytest.approx(261, abs=1.5)
    steps = [b[0] - a[0] for a, b in zip(bands[:8], bands[1:9], strict=True)]
    assert sum(steps) / len(steps) == pytest.approx(225 / 22, abs=0.2)


@needs_office
@pytest.mark.slow
def test_a_rendered_document_stands_where_the_standard_wants_it(
    document: Path, tmp_path: Path
) -> None:
    pdf = render_pdf(document, tmp_path)
    head, rule = find_bands(pdf, 0, red=True)[:2]
    assert head[0] == pytest.approx(37 + 35, abs=1)
    assert (rule[2], rule[3]) == (pytest.approx(28, abs=0.5), pytest.approx(184, abs=0.5))
    text = find_bands(pdf, 0, red=False)
    above = max(b[1] for b in text if b[1] < rule[0])
    assert rule[0] - above == pytest.approx(4, abs=0.7)
    assert text[0][0] < head[0]  # the class mark, in the upper right corner
    assert text[-1][3] == pytest.approx(184 - 4.94, abs=0.8)  # — 1 —


def test_a_missing_office_says_what_to_install(
    clean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ExportError, match="请安装"):
        render_preview(clean, tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="没有这个文件"):
        render_preview(tmp_path / "没有.docx", tmp_path)
