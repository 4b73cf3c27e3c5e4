"""PDFs with a text layer, and scans."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from pdf_writer import Put, set_page, write_pdf

from replygen.errors import LimitError, ReadError
from replygen.reading import read_bytes
from replygen.reading.lines import clean_line
from replygen.reading.ocr import find_ocr
from replygen.settings import Limits

_FIRST = [
    "\t对市政协五届五次会议第012号提案的答复",
    "",
    "王委员：",
    "　　您提出的关于规范网络市场秩序的提案收悉，经研究，现",
    "答复如下：",
    "　　一、完善制度机制。建立网络市场监管部门联席会议制度",
    "，明确各成员单位职责分工，推动信息共享、执法协作，促进",
    "　　二、强化监测监管。开发互联网监测系统，近五年来全国",
    "电商市场规模稳步增长，投诉举报办结率保持较高，产业发展",
]
_SECOND = ["和市场规范更加平衡。", "　　感谢您的支持。", "", "　" * 17 + "云川市市场监督管理局"]


def _two_pages() -> bytes:
    first = [Put("云川市市场监督管理局文件", 220, 800, 12), *set_page(_FIRST)]
    second = [Put("云川市市场监督管理局文件", 220, 800, 12), *set_page(_SECOND)]
    first.append(Put("— 1 —", 480, 50, 14))
    second.append(Put("— 2 —", 74, 50, 14))
    return write_pdf([first, second])


def test_lines_are_joined_also_over_a_page_end() -> None:
    source = read_bytes("答复.pdf", _two_pages())
    assert (source.format, source.pages) == ("pdf", 2)
    body = [(p.index, p.page, p.text) for p in source.paragraphs if p.style == "body"]
    assert body == [
        (0, 1, "对市政协五届五次会议第012号提案的答复"),
        (1, 1, "王委员："),
        (2, 1, "您提出的关于规范网络市场秩序的提案收悉，经研究，现答复如下："),
        (
            3,
            1,
            "一、完善制度机制。建立网络市场监管部门联席会议制度，明确各成员单位职责分工，"
            "推动信息共享、执法协作，促进",
        ),
        (
            4,
            1,
            "二、强化监测监管。开发互联网监测系统，近五年来全国电商市场规模稳步增长，"
            "投诉举报办结率保持较高，产业发展和市场规范更加平衡。",
        ),
        (5, 2, "感谢您的支持。"),
        (6, 2, "云川市市场监督管理局"),
    ]


def test_a_flat_character_is_seen_where_the_font_tells_no_heights(root: Path) -> None:
    page = root / "tests" / "reading" / "pages" / "flat_glyphs.pdf"
    texts = [p.text for p in read_bytes(page.name, page.read_bytes()).paragraphs]
    signed = "云川市住房局"
    assert texts == ["现答复如下：", "一、整治盲道。下一步，清理占用盲道问题。", signed]


def test_running_heads_and_page_numbers_are_no_body() -> None:
    source = read_bytes("答复.pdf", _two_pages())
    edges = [(p.style, p.page) for p in source.paragraphs if p.style in ("header", "footer")]
    assert edges == [("header", 1), ("header", 2), ("footer", 1), ("footer", 2)]
    assert "文件" not in source.text and "—" not in source.text


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("发展 和 市场", "发展和市场"),
        ("2024 年 5 月 8 日", "2024年5月8日"),
        ("关于 ， 现", "关于，现"),
        ("APP 名称 and more", "APP 名称 and more"),
    ],
)
def test_spaces_of_the_typesetter_are_taken_out(line: str, clean: str) -> None:
    assert clean_line(line) == clean


def test_too_many_pages_are_refused() -> None:
    pages = [set_page(["正文。"])] * 4
    with pytest.raises(LimitError, match="4 页.*3 页"):
        read_bytes("长.pdf", write_pdf(pages), limits=Limits(pages=3))


@pytest.mark.parametrize("data", [b"%PDF-1.5\n%broken", _two_pages()[:300]])
def test_damaged_pdfs_are_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"坏\.pdf：.*损坏"):
        read_bytes("坏.pdf", data)


def test_an_encrypted_pdf_is_refused() -> None:
    # A standard security handler whose password is not the empty one.
    lock = (
        b"9 0 obj\n<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <"
        + b"11" * 32
        + b"> /U <"
        + b"22" * 32
        + b"> >>\nendobj\n"
    )
    data = write_pdf([set_page(["正文。"])])
    data = data.replace(b"xref\n", lock + b"xref\n", 1).replace(
        b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 9 0 R /ID [<00> <00>]"
    )
    data = data.replace(b"startxref\n", b"startxref\n9", 1)  # the table is found by scanning
    with pytest.raises(ReadError, match="加密"):
        read_bytes("密.pdf", data)


def test_a_pdf_of_blank_pages_is_refused() -> None:
    with pytest.raises(ReadError, match="没有文字"):
        read_bytes("白.pdf", write_pdf([[]]))


_WITHOUT_OCR = """
import sys
sys.modules["rapidocr"] = None
from pathlib import Path
from replygen.errors import ReadError
from replygen.reading import read_source
try:
    source = read_source(Path(sys.argv[1]))
    print("READ", len(source.paragraphs), source.warnings)
except ReadError as error:
    print("ERROR", error)
"""


def _read_without_ocr(path: Path, root: Path) -> str:
    return subprocess.run(
        [sys.executable, "-c", _WITHOUT_OCR, str(path)],
        capture_output=True,
        text=True,
        cwd=root,
        check=True,
    ).stdout


def test_a_scan_without_ocr_says_what_to_install(tmp_path: Path, root: Path) -> None:
    path = tmp_path / "扫描.pdf"
    path.write_bytes(write_pdf([[], []], image=True))
    said = _read_without_ocr(path, root)
    assert said.startswith("ERROR")
    assert "扫描" in said and "pip install 'replygen[ocr]'" in said


def test_a_picture_without_ocr_says_what_to_install(tmp_path: Path, root: Path) -> None:
    from PIL import Image

    path = tmp_path / "照片.png"
    Image.new("L", (200, 100), 255).save(path)
    assert "replygen[ocr]" in _read_without_ocr(path, root)


@pytest.mark.slow
@pytest.mark.skipif(not find_ocr(), reason="extra ocr 没有安装")
def test_a_picture_is_read_by_ocr_and_says_so(root: Path) -> None:
    scans = sorted((root / "corpus").glob("*/*.pdf"))
    picture = _first_page(scans)
    source = read_bytes("照片.png", picture)
    assert source.format == "image"
    assert "OCR" in source.warnings[0]
    assert "答复" in source.text and "提案" in source.text


def _first_page(pdfs: list[Path]) -> bytes:
    import pypdfium2

    if not pdfs:
        pytest.skip("corpus/ 里还没有 PDF")
    page = pypdfium2.PdfDocument(pdfs[0])[0]
    stream = io.BytesIO()
    page.render(scale=150 / 72).to_pil().save(stream, "PNG")
    return stream.getvalue()


def test_a_damaged_picture_is_refused() -> None:
    with pytest.raises(ReadError):
        read_bytes("坏.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50)


def test_importing_the_room_loads_no_reader_library(root: Path) -> None:
    code = (
        "import sys, replygen.reading;"
        "print([m for m in ('docx','lxml','pypdfium2','rapidocr','trafilatura','PIL',"
        "'charset_normalizer','numpy') if m in sys.modules])"
    )
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True
    )
    assert out.stdout.strip() == "[]"
