"""Fields that were put right by hand: searched by, kept when the file is added again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from replygen.errors import SettingsError, StoreError
from replygen.index import Index, open_index
from replygen.models import Paragraph, Passage, Source
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
第二条 餐饮单位应当安装油烟净化设施。
第三条 违反本办法的，责令改正。"""


def read(text: str, path: str = "甲.txt") -> Source:
    lines = tuple(Paragraph(line, index=n) for n, line in enumerate(text.split("\n")))
    return Source(path, hashlib.sha256(text.encode()).hexdigest(), "txt", lines)


def add(index: Index, source: Source, **options: object) -> str:
    return index.add(parse_source(source), source, **options).state  # type: ignore[arg-type]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with open_index(tmp_path / "index", encoder="hash") as index:
        yield index


def only(index: Index) -> str:
    return index.documents()[0].id


def first(index: Index) -> Passage:
    return index.passages(only(index))[1]


def test_a_correction_is_what_every_reader_sees(index):
    add(index, read(REPLY))
    index.correct(
        only(index),
        {"title": "电梯维保的答复", "region": "澜江省兰溪市", "date": "2024-06-21", "own": "1"},
        by="张三",
    )
    document = index.documents()[0]
    assert (document.title, document.region, document.date, document.own) == (
        "电梯维保的答复",
        "澜江省兰溪市",
        "2024-06-21",
        True,
    )
    assert first(index).document == document
    assert first(index).region == "澜江省兰溪市"
    assert index.search("《电梯维保的答复》", k=1)[0].found_by == ("exact",)
    assert index.search("电梯维保台账", own=True, k=3)
    assert not index.search("电梯维保台账", own=False, k=3)
    assert index.verify().ok
    said = {c.field: (c.was, c.by) for c in index.corrections(document.id)}
    assert said["date"] == ("2024-06-20", "张三")


@pytest.mark.parametrize("again", ["same", "other region", "as ours"])
def test_adding_the_same_file_again_does_not_undo_it(index, again):
    add(index, read(REPLY))
    index.correct(only(index), {"region": "澜江省兰溪市", "own": "0", "number": "0089"}, by="张三")
    options = {"same": {}, "other region": {"region": "别处"}, "as ours": {}}[again]
    assert add(index, read(REPLY), **options) == "unchanged"
    assert index.documents()[0].region == "澜江省兰溪市"
    assert index.search("第0089号提案 五届三次", k=1)[0].found_by == ("exact",)


def test_what_was_taken_off_ours_stays_off_when_it_is_added_as_ours(index):
    add(index, read(REPLY), own=True)
    index.correct(only(index), {"own": "0"}, by="张三")
    add(index, read(REPLY), own=True)
    assert not index.documents()[0].own
    add(index, read(REPLY, "另一处.txt"), own=True)
    assert not index.documents()[0].own


def test_a_better_parser_does_not_undo_it(index):
    source = read(REPLY)
    parsed = parse_source(source)
    index.add(parsed, source)
    index.correct(
        only(index),
        {"issuer": "兰溪市市监局", "session": "五届四次", "result_class": "A"},
        by="张三",
    )
    assert index.add(replace(parsed, openness="主动公开"), source).state == "updated"
    assert index.documents()[0].issuer == "兰溪市市监局"
    found = {c.field: c.value for c in index.corrections(only(index))}
    assert found == {"issuer": "兰溪市市监局", "session": "五届四次", "result_class": "A"}
    assert index.search("五届四次会议第0088号", k=1)[0].found_by == ("exact",)


def test_a_changed_file_takes_over_what_it_still_says_wrongly_and_no_more(index):
    add(index, read(REPLY))
    index.correct(only(index), {"title": "改过的标题", "date": "2024-06-21"}, by="张三")
    newer = REPLY.replace("2024年6月20日", "2025年1月2日")
    assert add(index, read(newer)) == "updated"
    document = index.documents()[0]
    assert document.title == "改过的标题"
    assert document.date == "2025-01-02"
    assert [c.field for c in index.corrections(document.id)] == ["title"]


def test_writing_what_was_read_takes_a_correction_back(index):
    add(index, read(REPLY))
    before = index.documents()[0]
    index.correct(before.id, {"title": "别的", "region": None}, by="张三")
    assert index.documents()[0].region is None
    index.correct(before.id, {"title": before.title, "region": before.region}, by="张三")
    assert index.documents()[0] == before
    assert index.corrections(before.id) == ()


def test_a_rule_that_people_know_to_have_ended_is_no_longer_in_force(index):
    add(index, read(RULE))
    assert index.statutes()[0].status == "in_force"
    index.correct(only(index), {"expires": "2024-01-01"}, by="张三")
    assert index.statutes()[0].status == "repealed"
    index.correct(only(index), {"expires": None}, by="张三")
    assert index.statutes()[0].status == "in_force"


def test_a_rule_is_found_by_its_corrected_name(index):
    add(index, read(RULE))
    index.correct(only(index), {"title": "云川市餐饮业油烟管理办法"}, by="张三")
    assert index.article("云川市餐饮业油烟管理办法", "第二条") is not None
    assert index.article("云川市餐饮油烟管理办法", "第二条") is None
    assert add(index, read(RULE)) == "unchanged"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"date": "2024年6月"}, "2025-06-20"),
        ({"date": "2024-02-30"}, "2025-06-20"),
        ({"title": "  "}, "标题不能空"),
        ({"title": "长" * 201}, "最多 200"),
        ({"level": "村"}, "层级只能是"),
        ({"own": "yes"}, "本单位或外单位"),
        ({"id": "x"}, "没有这个字段"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_changes(index, values, told):
    add(index, read(REPLY))
    before = index.documents()
    with pytest.raises(SettingsError, match=told):
        index.correct(only(index), {"issuer": "别的", **values}, by="张三")
    assert index.documents() == before


def test_a_removed_document_takes_its_corrections_along(index):
    add(index, read(REPLY))
    id = only(index)
    index.correct(id, {"title": "别的"}, by="张三")
    index.remove(id)
    with pytest.raises(StoreError):
        index.correct(id, {"title": "又一个"}, by="张三")
    add(index, read(REPLY))
    assert index.documents()[0].title != "别的"
