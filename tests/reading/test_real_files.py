"""Files as offices and sites really save them, each a small one of our own."""

from __future__ import annotations

import base64
import io
import zipfile

import pytest
from docx import Document

from replygen.errors import ReadError
from replygen.models import Source
from replygen.reading import read_bytes
from tests.reading.docx_writer import from_body, repack, save
from tests.reading.pdf_writer import Put, set_page, write_pdf

_TITLE = "关于市政协五届三次会议第0123号提案的答复"
_BODY = (
    f"<h1>{_TITLE}</h1><p>陈望舒委员：</p><p>您提出的提案收悉，现答复如下：</p>"
    "<p>一、关于简化审批流程的建议</p><p>我局推行并联审批，办理时限压减至十二个工作日。</p>"
)
_NAV = "<div id='nav'>首页&gt;政务公开</div>"


def _texts(source: Source) -> list[str]:
    return [p.text for p in source.paragraphs if p.style not in ("header", "footer")]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"<html><body>{_NAV}</html><div>{_BODY}</div></body></html>", id="stray-end"),
        pytest.param(f"<html><body>{_NAV}</body></html><div>{_BODY}</div>", id="both-ends-before"),
        pytest.param(
            f"<html><head><title>x</title></head><body>{_NAV}</body></html>"
            f"<html><head><title>{_TITLE}</title></head><body><div>{_BODY}</div></body></html>",
            id="a-head-that-is-a-page",
        ),
        pytest.param(
            f"<!DOCTYPE html><HTML><body><div>{_BODY}</div></body></HTML>"
            "<!DOCTYPE html><html><body><div>版权所有</div></body></html>",
            id="a-foot-that-is-a-page",
        ),
        pytest.param(f"<html><body><div>{_BODY}</div></body></html>\n\n", id="an-ordinary-page"),
    ],
)
def test_a_page_with_ends_in_the_wrong_place_gives_its_document(page: str) -> None:
    texts = _texts(read_bytes("a.html", page.encode()))
    assert texts == [
        _TITLE,
        "陈望舒委员：",
        "您提出的提案收悉，现答复如下：",
        "一、关于简化审批流程的建议",
        "我局推行并联审批，办理时限压减至十二个工作日。",
    ]


@pytest.mark.parametrize(
    ("odd", "plain"),
    [
        ("⼀、关于⾼新市的建议", "一、关于高新市的建议"),
        ("⻔诊⽇期⽉份", "门诊日期月份"),
        ("⾦融、⼯业、⺠政", "金融、工业、民政"),
        ("普通文字不变。", "普通文字不变。"),
    ],
)
@pytest.mark.parametrize("form", ["txt", "docx"])
def test_radicals_become_the_characters_they_stand_for(odd: str, plain: str, form: str) -> None:
    document = Document()
    document.add_paragraph(odd)
    data = odd.encode() if form == "txt" else save(document)
    assert _texts(read_bytes(f"a.{form}", data)) == [plain]


def _with_chunk(name: str, data: bytes) -> bytes:
    word = from_body(
        "<w:p><w:r><w:t>陈望舒委员：</w:t></w:r></w:p>",
        '<w:altChunk r:id="rIdChunk"/>',
        "<w:p><w:r><w:t>云川市商务局</w:t></w:r></w:p>",
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    relation = f'<Relationship Id="rIdChunk" Type="{kind}" Target="{name}"/></Relationships>'

    def change(part: str, content: bytes) -> bytes:
        if part == "word/_rels/document.xml.rels":
            return content.replace(b"</Relationships>", relation.encode())
        return content

    packed = io.BytesIO(repack(word, change))
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr(f"word/{name}", data)
    return packed.getvalue()


def _small_word(text: str) -> bytes:
    document = Document()
    document.add_paragraph(text)
    return save(document)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param(
            "chunk.html", "<html><body><p>一是加强监管。</p></body></html>".encode(), id="html"
        ),
        pytest.param("chunk.txt", "一是加强监管。".encode(), id="text"),
        pytest.param("chunk.docx", _small_word("一是加强监管。"), id="docx"),
    ],
)
def test_a_part_that_was_put_in_whole_is_read_in_its_place(name: str, data: bytes) -> None:
    source = read_bytes("a.docx", _with_chunk(name, data))
    texts = [t for t in _texts(source) if t]
    assert texts == ["陈望舒委员：", "一是加强监管。", "云川市商务局"]
    assert source.warnings == ()
    assert [p.index for p in source.paragraphs if p.text == "云川市商务局"] == [1]


def test_a_part_that_cannot_be_read_is_said() -> None:
    source = read_bytes("a.docx", _with_chunk("chunk.bin", b"{\\rtf1 no}"))
    assert any("altChunk" in warning for warning in source.warnings)


def _flat(word: bytes) -> bytes:
    parts = []
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml":
                kind, text = "xmlData", data.decode().split("?>", 1)[-1]
            else:
                kind, text = "binaryData", base64.b64encode(data).decode()
            inside = f"<pkg:{kind}>{text}</pkg:{kind}>"
            parts.append(f'<pkg:part pkg:name="/{name}">{inside}</pkg:part>')
    head = '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    return f'{head}<pkg:package xmlns:pkg="{space}">{"".join(parts)}</pkg:package>'.encode()


def test_a_word_document_in_one_xml_file_is_read_as_word_reads_it() -> None:
    source = read_bytes("a.xml", _flat(_small_word("一是加强监管。")))
    assert _texts(source) == ["一是加强监管。"]


@pytest.mark.parametrize(
    "data", [b"</pkg:package>", b"", b"<pkg:part"], ids=["empty", "cut", "open"]
)
def test_a_damaged_xml_file_is_refused(data: bytes) -> None:
    head = b'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
    with pytest.raises(ReadError):
        read_bytes("a.xml", head + data)


def test_a_sign_off_below_a_running_head_of_the_same_words_stays() -> None:
    unit = "云川市商务局"
    head = [Put(unit, 200.0, 800.0, 10.0)]
    first = head + set_page(["一、关于简化审批流程的建议", "我局推行并联审批。"])
    second = head + set_page(["二、关于加大资金补助的建议", "我局安排补助资金。"])
    last = [*head, Put(unit, 300.0, 770.0, 16.0), Put("2026年6月18日", 300.0, 741.0, 16.0)]
    source = read_bytes("a.pdf", write_pdf([first, second, last]))
    assert [p.text for p in source.paragraphs if p.style == "body"][-2:] == [unit, "2026年6月18日"]
    assert sum(p.style == "header" for p in source.paragraphs) == 3


_NO_DOCUMENTS = [
    ("a.sh", "#!/bin/sh\nset -e\n# 更新法规\ncd laws && git pull\n", "脚本程序"),
    ("a.bat", "@echo off\npause\n", "脚本程序"),
    (
        "request.py",
        "import requests\n\n# 下载全部法规\ndef get(url):\n    return requests.get(url).text\n",
        "程序源代码",
    ),
    ("a.js", "const a = 1;\nfunction show(b) {\n  return a + b;\n}\n", "程序源代码"),
    ("a.sql", "CREATE TABLE laws (\n  id INTEGER,\n  name TEXT\n);\n", "程序源代码"),
    ("a.css", ".title {\n  color: red;\n  margin: 0;\n}\n", "程序源代码"),
    ("a.yml", "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n", "程序源代码"),
    ("a.json", '{"name": "法规", "items": [1, 2]}', "JSON"),
    ("poetry.lock", '[[package]]\nname = "lxml"\nversion = "5.0"\n', "依赖锁定文件"),
    ("go.sum", "golang.org/x/net v0.1.0 h1:abc+/=\n", "依赖锁定文件"),
    ("yarn.lock", "# yarn lockfile v1\n\nlodash@^4:\n  version 4\n", "依赖锁定文件"),
    (
        "LICENSE",
        "MIT License\n\nPermission is hereby granted, free of charge, to any",
        "软件许可证",
    ),
    ("LICENSE2", "木兰宽松许可证，第2版\n您对“软件”的复制受本许可证的条款约束。", "软件许可证"),
    (
        "a.txt",
        "云川市人民法院民事判决书\n（2024）云01民终123号\n原告：甲。\n本院认为，……\n审判长 乙",
        "裁判文书",
    ),
    (
        "min.js",
        "(function(){var a=get('提案');a.on=function(){say('建议：')};b=c.map(x=>x)})();\n",
        "程序源代码",
    ),
    ("server.log", "2024-05-01 10:00:00 INFO GET /proposal/1 200 3ms\n" * 8, "运行日志"),
    ("numbers.csv", "年份,数量,金额\n" + "2001,7,1.5\n" * 8, "数据表"),
    (
        "README.md",
        "# 提案系统\n建议先看文档。\n```\npip install tian\n```\n答复如下：\n",
        "软件说明",
    ),
    ("b.txt", "裁判要点\n……\n基本案情\n……\n裁判理由\n……", "裁判文书"),
]


@pytest.mark.parametrize(
    ("name", "text", "what"), _NO_DOCUMENTS, ids=[n for n, _, _ in _NO_DOCUMENTS]
)
def test_what_is_no_document_is_refused_by_name(name: str, text: str, what: str) -> None:
    with pytest.raises(ReadError, match=what):
        read_bytes(name, text.encode())


def test_a_database_is_refused_by_name() -> None:
    with pytest.raises(ReadError, match="sqlite"):
        read_bytes("laws.db", b"SQLite format 3\x00" + b"\x10\x00" * 200)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: 条例\ndate: 2024-01-01\n---\n# 条例\n\n第一条 为了加强管理，制定本条例。\n",
        "关于提案的答复\n附件：\nhttps://example.gov.cn/a.html\n联系人：林静\n",
        "一、加强管理;\n二、制定办法;\n三、公开信息;\n",
        "参会名单\n林静,市商务局\n边小溪,市教育局\n顾青禾,市民政局\n请各单位提前十分钟到会，并带好材料。\n",
        "第一条 本院认为需要再审的，由审判长决定。\n第二条 判决如下事项公开。\n第三条 记录。\n",
        "关于加强司法保护的提案\n建议：一、公开裁判文书。二、人民法院发布典型案例。\n",
        "Title\nThis is a letter in English, with a few lines of prose.\nIt is no program.\n",
    ],
    ids=[
        "front-matter",
        "a-link",
        "half-width-ends",
        "a-list-of-names",
        "rules-for-judges",
        "a-proposal",
        "english",
    ],
)
def test_what_only_resembles_a_program_is_read(text: str) -> None:
    assert read_bytes("a.md", text.encode()).text
