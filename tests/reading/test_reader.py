"""What a file is, whatever its name says, and what is said of files that cannot be read."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from docx import Document
from docx_writer import save

from replygen.errors import LimitError, ReadError
from replygen.reading import read_bytes, read_source
from replygen.reading.office import find_office
from replygen.reading.sniff import sniff_format
from replygen.settings import Limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = "<html><body><p>王委员：</p><p>提案收悉，现答复如下。</p></body></html>"
_MHTML = (
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
)


def _ole(*streams: str, fib: bytes = b"") -> bytes:
    """Return enough of an OLE file to be told apart: header, a sector, stream names."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return _OLE.ljust(512, b"\0") + fib.ljust(512, b"\0") + names


def _word() -> bytes:
    document = Document()
    document.add_paragraph("提案收悉。")
    return save(document)


def test_the_name_hash_and_format_are_the_files_own(tmp_path: Path) -> None:
    path = tmp_path / "答复.txt"
    path.write_bytes(_word())
    source = read_source(path)
    assert (source.path, source.format, source.pages) == (str(path), "docx", 1)
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", ["页.doc", "页.docx", "页.txt", "页.html"])
def test_a_page_is_read_as_a_page_under_any_name(name: str) -> None:
    source = read_bytes(name, _PAGE.encode())
    assert (source.format, source.text) == ("html", "王委员：\n提案收悉，现答复如下。")


def test_a_page_saved_as_one_file_and_named_doc_is_read() -> None:
    import base64

    body = base64.encodebytes(_PAGE.encode("gb18030")).replace(b"\n", b"\r\n")
    source = read_bytes("页.doc", _MHTML.encode() + body + b"\r\n--b--\r\n")
    assert (source.format, source.text) == ("html", "王委员：\n提案收悉，现答复如下。")


def test_plain_text_named_doc_is_read() -> None:
    assert read_bytes("答复.doc", "提案收悉。".encode("gbk")).format == "txt"


def test_text_that_speaks_of_tags_stays_text() -> None:
    assert sniff_format("网页里的 <div> 标签和 <p> 标签".encode()) == "text"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空的"),
        (b"\xef\xbb\xbf\r\n  ", "空的"),
        (b"MZ\x90\0\x03\0\0\0" + b"\0" * 200, "程序文件.*可读取的有"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 200, "程序文件"),
        (b"Rar!\x1a\x07\0" + b"x" * 50, "解压"),
        (b"7z\xbc\xaf\x27\x1c" + b"x" * 50, "解压"),
        (b"SQLite format 3\0" + b"x" * 50, "sqlite 数据库.*可读取的有"),
        (_ole("Workbook"), "表格.*可读取的有"),
        (_ole("PowerPoint Document"), "演示文稿"),
        (_ole("EncryptionInfo", "EncryptedPackage"), "已加密，请先解除密码"),
        (_ole("WordDocument", fib=b"\xec\xa5\xc1\0" + b"\0" * 7 + b"\x01"), "已加密"),
        (b"PK\x03\x04" + b"broken" * 20, "压缩包已损坏"),
        (b"PK\x03\x04" + b"word/document.xml" * 9, "Word 文件已损坏"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_remedy(data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=f"某件：.*{said}") as caught:
        read_bytes("某件", data)
    assert "\n" not in str(caught.value)


def test_a_folder_or_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="是文件夹"):
        read_source(tmp_path)
    with pytest.raises(ReadError, match="找不到"):
        read_source(tmp_path / "没有.docx")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows 没有命名管道")
def test_a_pipe_is_refused_and_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    with pytest.raises(ReadError, match="不是普通文件"):
        read_source(tmp_path / "管道")


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    path.write_bytes(b"a" * 2000)
    with pytest.raises(LimitError, match="上限"):
        read_source(path, limits=Limits(file_bytes=1000))


def test_old_files_without_libreoffice_say_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("replygen.reading.office.find_office", lambda: None)
    with pytest.raises(ReadError, match=r"旧\.docx：.*LibreOffice.*另存为 docx"):
        read_bytes("旧.docx", _ole("WordDocument"))


_RTF = (
    rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0 SimSun;}}\uc1"
    rb"{\b \u19968?\u26159?}\u23436?\u21892?\par \u31572?\u22797?\par}"
)


@pytest.mark.skipif(find_office() is None, reason="没有安装 LibreOffice")
def test_rich_text_is_read_through_libreoffice() -> None:
    source = read_bytes("答复.doc", _RTF)
    assert (source.format, source.text) == ("doc", "一是完善\n答复")
    assert source.paragraphs[0].bold == ((0, 2),)


@pytest.mark.skipif(find_office() is None, reason="没有安装 LibreOffice")
def test_an_old_doc_named_docx_is_read_through_libreoffice(tmp_path: Path) -> None:
    import subprocess

    office = find_office()
    assert office is not None
    (tmp_path / "a.docx").write_bytes(_word())
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "doc:MS Word 97",
            "--outdir",
            str(tmp_path / "out"),
            str(tmp_path / "a.docx"),
        ],
        check=True,
        capture_output=True,
    )
    data = (tmp_path / "out" / "a.doc").read_bytes()
    assert data.startswith(_OLE)
    source = read_bytes("答复.docx", data)
    assert (source.format, source.text) == ("doc", "提案收悉。")


@pytest.mark.skipif(find_office() is None, reason="没有安装 LibreOffice")
def test_libreoffice_is_stopped_when_the_time_is_up() -> None:
    with pytest.raises(LimitError, match="LibreOffice 转换超过"):
        read_bytes("慢.rtf", _RTF, limits=Limits(seconds=0.05))


@pytest.mark.skipif(find_office() is None, reason="没有安装 LibreOffice")
def test_a_damaged_old_file_is_refused() -> None:
    with pytest.raises(ReadError, match="打不开这个文件|已损坏|没有文字"):
        read_bytes("坏.doc", _ole("WordDocument", fib=b"\xec\xa5\xc1\0"))


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (Limits(paragraphs=2), "有 3 段，超过 2 段的上限；请拆分，.*调大 paragraphs"),
        (Limits(characters=10), "有 15 字，超过 10 字的上限；请拆分，.*调大 characters"),
    ],
    ids=["paragraphs", "characters"],
)
def test_more_text_than_can_be_parsed_at_once_is_told(tmp_path, limits, told):
    path = tmp_path / "长.txt"
    path.write_text("一是加强。\n二是检查。\n三是整改。\n", encoding="utf-8")
    assert len(read_source(path).paragraphs) == 3
    with pytest.raises(LimitError, match=told):
        read_source(path, limits=limits)


@pytest.mark.parametrize(
    ("name", "data", "program"),
    [
        ("坏.docx", b"\x00\x01\x02\x03" * 200, "Word"),
        ("坏.docx", b"PK\x03\x04 broken", "Word"),
        ("坏.doc", b"\x01\x02\x00\x05" * 200, "Word"),
        ("坏.pdf", bytes(range(256)) * 4, "PDF"),
        ("坏.xlsx", b"\x00\x07\x02\x03" * 200, "Excel"),
        ("包.zip!里面/坏.WPS", b"\x00\x07\x02\x03" * 200, "WPS"),
    ],
)
def test_bytes_of_no_format_under_the_name_of_one_are_a_damaged_file(name, data, program):
    with pytest.raises(ReadError, match=f"这个 {program} 文件打不开，可能损坏了，请重新要一份"):
        read_bytes(name, data)


@pytest.mark.parametrize("name", ["数据.bin", "没有后缀", "说明.txt"])
def test_bytes_of_no_format_under_any_other_name_are_called_binary(name):
    with pytest.raises(ReadError, match="是二进制文件"):
        read_bytes(name, b"\x00\x01\x02\x03" * 200)


def test_a_text_under_the_name_of_a_document_is_read():
    assert "工作总结" in read_bytes("总结.doc", "工作总结\n一、检查商户40家。".encode()).text
