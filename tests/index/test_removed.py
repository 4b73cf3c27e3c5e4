"""What was removed by hand comes back as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from replygen.errors import StoreError
from replygen.index import Index, open_index
from replygen.models import Paragraph, Source
from replygen.parsing import parse_source

REPLY = """关于市政协五届三次会议第0088号提案的答复
张明委员：
您提出的关于加强电梯维保的提案收悉，现答复如下：
一、建立电梯维保台账。组织维保单位逐台登记，完成登记320台。
二、下一步，开展电梯应急演练，每季度一次。
泊原市市场监督管理局
2024年6月20日"""
RULE = """云川市餐饮油烟管理办法
（2020年3月1日云川市人民政府令第12号公布，自2020年5月1日起施行）
第一条 为加强餐饮油烟管理，制定本办法。
第二条 餐饮单位应当安装油烟净化设施。"""


def add(index: Index, text: str, path: str = "甲.txt", **options: object) -> str:
    lines = tuple(Paragraph(line, index=n) for n, line in enumerate(text.split("\n")))
    source = Source(path, hashlib.sha256(text.encode()).hexdigest(), "txt", lines)
    return index.add(parse_source(source), source, **options).document.id  # type: ignore[arg-type]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with open_index(tmp_path / "index", encoder="hash") as index:
        yield index


def test_a_restored_document_is_what_it_was_corrections_included(index):
    id = add(index, REPLY, own=True)
    index.correct(id, {"title": "电梯维保的答复", "result_class": "B"}, by="小陈")
    before = (index.document(id), index.text(id), index.corrections(id))
    passages = index.passages(id)
    index.remove(id)
    assert index.documents() == ()
    assert index.corrections(id) == ()
    assert [h for h in index.search("电梯维保台账") if h.passage.document.id == id] == []
    assert [r.title for r in index.removed()] == ["电梯维保的答复"]
    index.restore(id)
    assert (index.document(id), index.text(id), index.corrections(id)) == before
    assert index.passages(id) == passages
    assert index.search("电梯维保台账")[0].passage.document.id == id
    assert index.removed() == ()
    assert index.verify().ok


def test_a_statute_comes_back_with_its_articles(index):
    id = add(index, RULE)
    index.remove(id)
    assert index.article("云川市餐饮油烟管理办法", "第二条") is None
    index.restore(id)
    article = index.article("云川市餐饮油烟管理办法", "第二条")
    assert article is not None and "油烟净化设施" in article.text
    assert [s.name for s in index.statutes()] == ["云川市餐饮油烟管理办法"]


def test_it_can_be_restored_after_the_index_was_closed(tmp_path):
    with open_index(tmp_path, encoder="hash") as index:
        id = add(index, REPLY)
        index.remove(id)
    with open_index(tmp_path, encoder="hash") as index:
        index.restore(id)
        assert index.document(id) is not None


def test_what_was_added_again_or_never_removed_is_not_restored(index):
    id = add(index, REPLY)
    with pytest.raises(StoreError, match="重新加入"):
        index.restore(id)
    index.remove(id)
    add(index, REPLY, "乙.txt")
    with pytest.raises(StoreError, match="又加入过"):
        index.restore(id)
    assert len(index.documents()) == 1


def test_what_was_removed_long_ago_is_not_kept(index, monkeypatch):
    first, second = add(index, REPLY), add(index, RULE, "乙.txt")
    index.remove(first)
    monkeypatch.setattr("replygen.index.local.removed.KEPT_DAYS", -1)
    index.remove(second)
    assert [r.id for r in index.removed()] == [second]
