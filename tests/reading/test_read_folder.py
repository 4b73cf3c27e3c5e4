"""Folders and archives as people send them."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx_writer import save

from replygen.errors import LimitError, ReadError
from replygen.models import Source
from replygen.reading import read_all, read_source
from replygen.settings import Limits


def _zip(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _names(found: list[Source | ReadError]) -> list[str]:
    return [Path(f.path).name if isinstance(f, Source) else f"!{f.path}" for f in found]


def _word(text: str) -> bytes:
    document = Document()
    document.add_paragraph(text)
    return save(document)


def test_a_folder_is_read_sorted_and_without_the_systems_files(tmp_path: Path) -> None:
    (tmp_path / "乙").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b.txt", "a.txt", "乙/c.txt", "~$a.docx", ".hidden.txt", "Thumbs.db", ".git/x"):
        (tmp_path / name).write_text("正文。", encoding="utf-8")
    found = list(read_all([tmp_path]))
    assert _names(found) == ["a.txt", "b.txt", "c.txt"]


def test_an_unreadable_file_is_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("正文一。", encoding="utf-8")
    (tmp_path / "2.txt").write_bytes(b"")
    (tmp_path / "3.xlsx").write_bytes(_zip({"[Content_Types].xml": b"<a/>", "xl/w.xml": b"<a/>"}))
    (tmp_path / "4.docx").write_bytes(_word("正文四。"))
    found = list(read_all([tmp_path]))
    assert [type(f) for f in found] == [Source, ReadError, ReadError, Source]
    assert "空的" in str(found[1]) and "表格" in str(found[2])


def test_a_path_that_does_not_exist_is_an_error_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("正文。", encoding="utf-8")
    with pytest.raises(ReadError, match="找不到"):
        read_all([tmp_path / "a.txt", tmp_path / "没有"])


def test_a_broken_link_in_a_folder_is_reported(tmp_path: Path) -> None:
    os.symlink(tmp_path / "没有", tmp_path / "a.txt")
    (error,) = read_all([tmp_path])
    assert isinstance(error, ReadError) and "找不到" in str(error)


def test_names_that_windows_packed_in_gbk_are_decoded(tmp_path: Path) -> None:
    # Written under ASCII names of the same length, then renamed in the bytes, as Windows
    # packs: GBK and no UTF-8 flag.
    data = _zip({"AAAA/BBBB.txt": "正文。".encode(), "CCCC.txt": "正文。".encode()})
    data = data.replace(b"AAAA", "云川".encode("gbk")).replace(b"BBBB", "答复".encode("gbk"))
    (tmp_path / "包.zip").write_bytes(data)
    found = list(read_all([tmp_path / "包.zip"]))
    assert [f.path.split("!")[1] for f in found] == ["CCCC.txt", "云川/答复.txt"]


def test_members_are_named_by_their_archive_and_read_as_what_they_are(tmp_path: Path) -> None:
    inner = _zip({"深.txt": "最深一层。".encode()})
    archive = _zip(
        {
            "答复/甲.docx": _word("正文甲。"),
            "乙.zip": inner,
            "__MACOSX/._甲.docx": b"x",
            "答复/~$甲.docx": b"x",
            "答复/": b"",
        }
    )
    path = tmp_path / "a.zip"
    path.write_bytes(archive)
    found = list(read_all([path]))
    assert [f.path for f in found] == [f"{path}!乙.zip!深.txt", f"{path}!答复/甲.docx"]
    assert [f.format for f in found if isinstance(f, Source)] == ["txt", "docx"]


def test_an_archive_two_levels_down_is_refused(tmp_path: Path) -> None:
    deep = _zip({"c.zip": _zip({"d.txt": b"abc"})})
    (tmp_path / "a.zip").write_bytes(_zip({"b.zip": deep, "e.txt": "正文。".encode()}))
    found = list(read_all([tmp_path / "a.zip"]))
    assert isinstance(found[0], ReadError) and "不止一层" in str(found[0])
    assert isinstance(found[1], Source)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "/etc/passwd.txt", "C:\\..\\..\\a.txt", "a/./../b.txt"]
)
def test_names_that_lead_out_of_the_archive_are_harmless(name: str, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    path = tmp_path / "x" / "a.zip"
    path.write_bytes(_zip({name: "正文。".encode()}))
    (found,) = read_all([path])
    shown = found.path.removeprefix(f"{path}!")
    assert isinstance(found, Source)
    assert ".." not in shown and not shown.startswith("/") and ":" not in shown
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [path]


_MANY = {f"{n}.txt": "正文。".encode() for n in range(5)}


@pytest.mark.parametrize(
    ("members", "limits", "said"),
    [
        (_MANY, Limits(archive_entries=4), "5 个文件"),
        ({"a.txt": b"a" * 100_000}, Limits(archive_ratio=50.0), "压缩比"),
        ({"a.txt": os.urandom(3_000)}, Limits(archive_bytes=2_000), "解压后|压缩包有"),
    ],
    ids=["entries", "ratio", "bytes"],
)
def test_each_limit_of_an_archive_has_its_own_error(
    members: dict[str, bytes], limits: Limits, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "大.zip"
    path.write_bytes(_zip(members))
    (error,) = read_all([path], limits=limits)
    assert isinstance(error, LimitError)
    with pytest.raises(LimitError, match=said):
        raise error


def test_a_member_that_is_too_large_is_refused_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(_zip({"大.txt": "很长的正文。".encode() * 99, "小.txt": "正文。".encode()}))
    found = list(read_all([path], limits=Limits(file_bytes=1000)))
    assert [type(f) for f in found] == [LimitError, Source]


def test_an_encrypted_member_is_refused_alone(tmp_path: Path) -> None:
    data = bytearray(_zip({"密.txt": "正文。".encode(), "小.txt": "正文。".encode()}))
    data[6] |= 1  # the encryption flag of the first member, in its header and the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(bytes(data))
    found = list(read_all([tmp_path / "a.zip"]))
    assert "已加密" in str(found[0]) and isinstance(found[1], Source)


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "坏.zip").write_bytes(_zip(_MANY)[:-30])
    (error,) = read_all([tmp_path / "坏.zip"])
    assert isinstance(error, ReadError) and "损坏" in str(error)


def test_a_damaged_member_is_refused_alone(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.txt", b"ABCDEFGH" * 9)
        archive.writestr("b.txt", "正文。".encode())
    (tmp_path / "a.zip").write_bytes(stream.getvalue().replace(b"ABCD", b"XXXX", 1))
    found = list(read_all([tmp_path / "a.zip"]))
    assert [type(f) for f in found] == [ReadError, Source]


def test_one_archive_given_as_a_file_points_to_index_add(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(_zip(_MANY))
    with pytest.raises(ReadError, match="压缩包.*index add"):
        read_source(tmp_path / "a.zip")
