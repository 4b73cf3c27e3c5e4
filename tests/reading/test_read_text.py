"""Plain text and Markdown in the encodings that offices use."""

from __future__ import annotations

from pathlib import Path

import pytest

from replygen.errors import ReadError
from replygen.reading import read_bytes, read_source

_TEXT = "关于第12号提案的答复\r\n\r\n王委员：\n　　您提出的提案收悉，2024年以来，我局加强监管。\n"


@pytest.mark.parametrize(
    "data",
    [
        _TEXT.encode("utf-8"),
        _TEXT.encode("utf-8-sig"),
        _TEXT.encode("gb18030"),
        _TEXT.encode("gbk"),
        _TEXT.encode("utf-16-le"),
        _TEXT.encode("utf-16-be"),
        b"\xff\xfe" + _TEXT.encode("utf-16-le"),
        b"\xfe\xff" + _TEXT.encode("utf-16-be"),
        b"\xff\xfe\0\0" + _TEXT.encode("utf-32-le"),
    ],
    ids=["utf8", "utf8-bom", "gb18030", "gbk", "16le", "16be", "16le-bom", "16be-bom", "32le"],
)
def test_a_line_is_a_paragraph_in_every_encoding(data: bytes) -> None:
    source = read_bytes("答复.txt", data)
    assert source.format == "txt"
    assert source.warnings == ()
    assert [(p.index, p.text) for p in source.paragraphs] == [
        (0, "关于第12号提案的答复"),
        (1, ""),
        (2, "王委员："),
        (3, "　　您提出的提案收悉，2024年以来，我局加强监管。"),
    ]


def test_rare_characters_of_gb18030_are_read() -> None:
    text = "委员朱镕基堃㛃𠮷，特此答复，感谢支持。"
    assert read_bytes("a.txt", text.encode("gb18030")).text == text


def test_traditional_text_in_big5_is_read() -> None:
    text = "關於加強網絡市場監管的答覆，感謝您對我們工作的關心和支持。" * 3
    assert read_bytes("a.txt", text.encode("big5")).text == text


def test_bytes_that_cannot_be_decoded_stay_visible() -> None:
    data = "您提出的提案收悉，".encode() + b"\xff\xfe\xff" + "现答复如下，感谢您的支持。".encode()
    source = read_bytes("a.txt", data)
    assert "\ufffd" in source.text
    assert source.text.startswith("您提出的提案收悉，") and source.text.endswith("感谢您的支持。")
    assert "无法解码" in source.warnings[0]


@pytest.mark.parametrize(
    ("line", "text", "bold"),
    [
        ("**二是政企合作。**由于", "二是政企合作。由于", ["二是政企合作。"]),
        (
            "一是**监测规范**。二是**系统集成**",
            "一是监测规范。二是系统集成",
            ["监测规范", "系统集成"],
        ),
        ("- 一是完善制度", "一是完善制度", []),
        ("* **一是**完善", "一是完善", ["一是"]),
        ("- 1 -", "- 1 -", []),
        ("-", "-", []),
        ("张**委员", "张**委员", []),
        ("联系电话：138****0218", "联系电话：138****0218", []),
        ("2 * 3 * 4", "2 * 3 * 4", []),
        ("****", "****", []),
    ],
)
def test_marks_become_spans_and_leave_the_text(line: str, text: str, bold: list[str]) -> None:
    found = read_bytes("a.txt", f"题\n{line}\n".encode()).paragraphs[1]
    assert found.text == text
    assert [found.text[a:b] for a, b in found.bold] == bold


def test_markdown_headings_are_headings() -> None:
    source = read_bytes("a.md", "# 答复 #\n正文1\\. 一\n".encode())
    assert source.format == "md"
    assert (source.paragraphs[0].text, source.paragraphs[0].style) == ("答复", "heading")
    assert source.paragraphs[1].text == "正文1. 一"


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 8,
        "正文".encode() + b"\0\0\0" + "正文".encode(),
        b"\x01\x02\x03\x04\x05\x06\x07\x08" * 20,
    ],
    ids=["all bytes", "NUL in text", "control bytes"],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"数据\.txt：.*二进制"):
        read_bytes("数据.txt", data)


def test_the_first_seed_gives_its_bold_runs_without_marks(shared: Path) -> None:
    seed = next((shared / "seeds").glob("000_*.txt"))
    source = read_source(seed)
    assert "**" not in source.text
    assert sum(len(p.bold) for p in source.paragraphs) == 10
    lines = seed.read_text(encoding="utf-8").split("\n")
    assert source.paragraphs[-1].index == len([*lines, ""]) - 2 - (lines[-1] == "")


def test_every_seed_is_read_without_a_warning(shared: Path) -> None:
    for seed in sorted((shared / "seeds").glob("*.txt")):
        source = read_source(seed)
        assert source.warnings == () and len(source.text) > 500
