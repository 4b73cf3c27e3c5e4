"""The state's page format, as document systems send it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from replygen.errors import LimitError, ReadError
from replygen.models import Reply, Source
from replygen.parsing import parse_source
from replygen.reading import count_files, read_all, read_bytes
from replygen.settings import Limits
from tests.reading.ofd_writer import set_lines, write_ofd

_FIRST = [
    "关于市政协五届三次会议第0123号提案的答复",
    "陈望舒委员：",
    "\u3000\u3000您提出的《关于规范直播电商的提案》收悉，现答复如下：",
    "\u3000\u3000一、关于加强监管的建议",
    "\u3000\u3000我局会同有关部门建立直播电商商品抽检制度，已检查企业二",
    "十家，定期公布抽检结果，并对发现的问题逐一督促整改。下一步，",
]
_SECOND = [
    "我局将公开检查结果。",
    "\u3000\u3000感谢您对商务工作的关心和支持！",
    "\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000云川市商务局",
    "\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u30002026年6月18日",
]


def _two_pages(**how: object) -> Source:
    data = write_ofd([set_lines(_FIRST), set_lines(_SECOND)], **how)  # type: ignore[arg-type]
    return read_bytes("a.ofd", data)


@pytest.mark.parametrize(
    "how",
    [{}, {"letters": True}, {"absolute": True}, {"head": "云川市商务局文件"}],
    ids=["lines", "an-object-a-letter", "locations-from-the-root", "a-head-on-a-template"],
)
def test_the_text_is_read_with_its_paragraphs_and_pages(how: dict[str, object]) -> None:
    source = _two_pages(**how)
    texts = [p.text for p in source.paragraphs if p.style not in ("header", "footer")]
    assert (source.format, source.pages, source.warnings) == ("ofd", 2, ())
    assert texts == [
        "关于市政协五届三次会议第0123号提案的答复",
        "陈望舒委员：",
        "您提出的《关于规范直播电商的提案》收悉，现答复如下：",
        "一、关于加强监管的建议",
        "我局会同有关部门建立直播电商商品抽检制度，已检查企业二十家，定期公布抽检结果，并对发现的问题"
        "逐一督促整改。下一步，我局将公开检查结果。",
        "感谢您对商务工作的关心和支持！",
        "云川市商务局",
        "2026年6月18日",
    ]
    assert [p.page for p in source.paragraphs if p.text == "云川市商务局"] == [2]


def test_a_letter_in_it_is_parsed_as_a_letter() -> None:
    reply = parse_source(_two_pages())
    assert isinstance(reply, Reply)
    assert (reply.number, reply.issuer, reply.date) == ("0123", "云川市商务局", "2026-06-18")
    assert {m.tense for m in reply.measures} == {"done", "planned"}


def test_its_name_does_not_matter_and_a_folder_counts_it_once(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(write_ofd([set_lines(_FIRST)]))
    (found,) = read_all([tmp_path])
    assert isinstance(found, Source) and found.format == "ofd"
    assert count_files([tmp_path]) == 1


def _without(part: str) -> bytes:
    import zipfile

    packed, out = io.BytesIO(write_ofd([set_lines(_FIRST)])), io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
    return out.getvalue()


@pytest.mark.parametrize("part", ["Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"])
def test_one_with_a_part_missing_is_refused(part: str) -> None:
    with pytest.raises(ReadError, match="OFD 文件已损坏"):
        read_bytes("a.ofd", _without(part))


def test_one_without_pages_and_one_without_text_are_refused() -> None:
    with pytest.raises(ReadError, match="OFD 文件已损坏"):
        read_bytes("a.ofd", write_ofd([]))
    with pytest.raises(ReadError, match="没有文字"):
        read_bytes("a.ofd", write_ofd([[]]))


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(LimitError, match="2 页"):
        read_bytes("a.ofd", write_ofd([set_lines(_FIRST)] * 2), limits=Limits(pages=1))


def test_a_scan_without_ocr_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("replygen.reading.ofd.find_ocr", lambda: False)
    with pytest.raises(ReadError, match="replygen\\[ocr\\]"):
        read_bytes("a.ofd", write_ofd([[]], picture=b"\x89PNG\r\n\x1a\n"))
    mixed = read_bytes("a.ofd", write_ofd([set_lines(_FIRST)], picture=b"\x89PNG\r\n\x1a\n"))
    assert mixed.warnings == ()


def test_a_scanned_page_is_read_by_ocr(root: Path) -> None:
    pytest.importorskip("rapidocr")
    from PIL import Image, ImageDraw, ImageFont

    fonts = sorted(Path("/usr/share/fonts").rglob("NotoSansCJK*Regular*")) or sorted(
        Path("/usr/share/fonts").rglob("*CJK*")
    )
    if not fonts:
        pytest.skip("没有中文字体")
    picture = Image.new("RGB", (1240, 600), "white")
    font = ImageFont.truetype(str(fonts[0]), 48)
    ImageDraw.Draw(picture).text((120, 200), "我局将公开检查结果", "black", font=font)
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    source = read_bytes("a.ofd", write_ofd([[]], picture=stream.getvalue()))
    assert "公开检查结果" in source.text
    assert any("OCR" in warning for warning in source.warnings)
