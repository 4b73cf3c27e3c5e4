"""The sample material is complete, marked as fictional, and of no real place."""

from __future__ import annotations

import importlib.util
import io
import re
import sys
import zipfile
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from replygen.settings import load_profile

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
MARK = "示例·虚构"
FIELDS = {
    *("市场监管", "民政养老", "教育", "住建物业", "交通", "生态环境"),
    *("卫健医保", "农业农村", "文旅", "应急消防", "人社", "数据政务"),
    *("科技创新", "工业经济", "金融", "文化遗产"),
}


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_corpus", ROOT / "tools/build_corpus.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_corpus"] = module
    spec.loader.exec_module(module)
    return module


def _in_group(builder: ModuleType, group: str) -> list:
    return [piece for piece in builder.load_pieces() if piece.path.parent.name == group]


def test_every_text_has_its_built_file_and_no_file_is_without_a_text(builder):
    built = {p for group in builder.GROUPS for p in (CORPUS / group).iterdir()}
    assert built == {piece.path for piece in builder.load_pieces()}


@pytest.mark.parametrize(
    ("group", "at_least"),
    [("own", 12), ("others", 160), ("proposals", 6), ("rules", 3), ("policies", 4)],
)
def test_each_part_has_enough_documents(builder, group, at_least):
    assert len(_in_group(builder, group)) >= at_least


def test_own_material_has_eight_replies_and_two_summaries(builder):
    names = Counter(piece.path.stem.split("-")[0] for piece in _in_group(builder, "own"))
    assert names["reply"] >= 8
    assert names["summary"] == 2


def test_replies_of_others_cover_nineteen_places_and_sixteen_fields(builder):
    others = _in_group(builder, "others")
    assert len({piece.region for piece in others}) >= 19
    assert {piece.field for piece in others} == FIELDS
    assert min(Counter(piece.field for piece in others).values()) >= 7


def test_all_formats_and_encodings_occur(builder):
    others = _in_group(builder, "others")
    formats = Counter(piece.format for piece in others)
    assert formats["docx"] >= 15 and formats["html"] >= 12 and formats["txt"] >= 12
    assert formats["pdf"] >= 6 and formats["scan"] == 1 and formats["doc"] == 1
    encodings = {piece.encoding for piece in others}
    assert encodings >= {"utf-8", "utf-8-sig", "gb18030", "utf-16", "gbk"}


def test_replies_of_others_are_of_a_useful_length(builder):
    for piece in _in_group(builder, "others"):
        assert 450 <= len("".join(piece.lines)) <= 1200, piece.path.name


def test_every_text_file_and_page_carries_the_mark(builder):
    for piece in builder.load_pieces():
        if piece.format in ("txt", "html"):
            assert MARK in piece.path.read_bytes().decode(piece.encoding), piece.path.name


def test_every_word_and_pdf_file_carries_the_mark_when_read(builder):
    from replygen.reading import read_source

    for piece in builder.load_pieces():
        if piece.format in ("docx", "pdf"):
            paragraphs = read_source(piece.path).paragraphs
            assert any(MARK in p.text for p in paragraphs), piece.path.name


def test_the_scan_has_images_and_no_text_layer(builder):
    import pypdfium2

    (scan,) = (piece for piece in builder.load_pieces() if piece.format == "scan")
    assert scan.path.stat().st_size < 300_000
    with pypdfium2.PdfDocument(scan.path) as document:
        for page in document:
            assert page.get_textpage().get_text_range() == ""
            assert [obj.type for obj in page.get_objects()] == [3]  # FPDF_PAGEOBJ_IMAGE


def test_the_corpus_stays_small():
    assert sum(p.stat().st_size for p in CORPUS.rglob("*") if p.is_file()) < 6_000_000


def test_no_replying_place_is_a_real_one(builder):
    from replygen.entities import lookup_places

    names = {name for places in builder.PROVINCES.values() for name in places}
    names |= set(builder.PROVINCES)
    names |= {p for p in load_profile(CORPUS / "profile.toml").places if p[-1] in "区县市"}
    assert {piece.region for piece in builder.load_pieces()} <= names
    real = {name for name in names if any(p.level != "乡" for p in lookup_places(name))}
    assert real == set()


def test_telephone_numbers_cannot_be_real(builder):
    for piece in builder.load_pieces():
        for number in re.findall(r"(?<!\d)1\d{10}(?!\d)|\d{3,4}-\d{7,8}", "".join(piece.lines)):
            assert number.startswith("0000-"), (piece.path.name, number)


def test_the_facts_of_the_example_stand_in_the_own_material(builder):
    texts = {piece.path.stem: "\n".join(piece.lines) for piece in _in_group(builder, "own")}
    assert "专项监测6轮，筛出违法线索43条" in texts["summary-2025"]
    assert "联席会议，每季度会商一次" in texts["summary-2025"]
    assert "2025年12月底前上线网络交易监测平台" in texts["reply-2025-0098"]


@pytest.mark.parametrize("format_", ["txt", "html"])
def test_building_again_gives_the_committed_bytes(builder, format_):
    for piece in builder.load_pieces():
        if piece.format == format_:
            again = builder.BUILDERS[format_](piece)
            assert again == piece.path.read_bytes(), piece.path.name


@pytest.mark.slow
def test_building_again_gives_the_committed_word_text(builder):
    for piece in builder.load_pieces():
        if piece.format == "docx":
            assert _body(builder.build_docx(piece)) == _body(piece.path.read_bytes())


def _body(data: bytes) -> bytes:
    """The text part alone: how it is compressed differs between machines."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml")
