"""The list of the material and the search in it: found by file name, in an order, and nothing
where nothing bears on what was asked."""

from __future__ import annotations

import re

import pytest

from replygen.service.desk import Desk
from replygen.settings import Settings, resource
from replygen.web.indexer.answers import ALL, ORDERS, Indexer

REPLY = (
    "关于市政协五届三次会议第{n:04}号提案的答复\n张明委员：\n您提出的提案收悉，现答复如下：\n"
    "一、加强日常监管。第{n}组检查商户{n}家，建立台账{n}本。\n澜江市某局\n2024年{month}月1日\n"
)


@pytest.fixture(scope="module")
def indexer(tmp_path_factory):
    folder = tmp_path_factory.mktemp("list")
    settings = Settings(index=folder / "i", work=folder / "w")
    with Desk(settings) as desk:
        for name, n, month in (("乙.txt", 2, 3), ("丙-特别.txt", 3, 9), ("甲.txt", 1, 6)):
            (folder / name).write_text(REPLY.format(n=n, month=month), encoding="utf-8")
            desk.add([folder / name])
        desk.add(sorted(resource("corpus", "others").glob("*livestream*")))
        yield Indexer(desk)


def _numbers(shown: str) -> list[str]:
    return re.findall(r"第000(\d)号提案的答复</button>", shown)


def test_the_list_has_the_order_that_is_chosen(indexer, monkeypatch):
    added = {d.path[-5]: d.id for d in indexer.desk.documents() if d.path.endswith(".txt")}
    times = {added["乙"]: "2026-01-03", added["别"]: "2026-01-01", added["甲"]: "2026-01-02"}
    assert set(times) <= set(indexer.desk.index.when_added())
    monkeypatch.setattr(type(indexer.desk.index), "when_added", lambda self: times)
    by_path, by_added, by_date = (
        _numbers(indexer.find("日常监管", ALL, ALL, order)[1]) for order in ORDERS
    )
    assert by_path == ["3", "2", "1"]  # 丙 before 乙 before 甲
    assert by_added == ["2", "1", "3"]
    assert by_date == ["3", "1", "2"]


def test_a_document_is_found_by_its_file_name(indexer):
    assert _numbers(indexer.find("丙-特别", ALL, ALL)[1]) == ["3"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("直播带货", True),
        ("第2组检查商户", True),
        ("检查商户 台账", True),
        ("无人机送货上岛", False),
        ("你好", False),
        ("食品安全法第三十八条", False),
    ],
)
def test_where_nothing_bears_on_the_words_nothing_was_found(indexer, words, found):
    shown = indexer.search(words)
    assert ("没有找到" not in shown) == found
    assert "replygen" not in shown and not re.search(r"<td>\d\.\d\d</td>", shown)
