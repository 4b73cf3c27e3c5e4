"""The batches so far, looked at and taken back; documents picked in the list, changed together."""

from __future__ import annotations

import json

import pytest

from replygen.service.batches import Batches
from replygen.service.desk import Desk
from replygen.settings import Settings
from replygen.web.indexer.answers import ALL, Indexer
from replygen.web.indexer.history import HistoryAnswers
from replygen.web.indexer.picking import PickAnswers
from replygen.web.indexer.show_passages import mark_split
from replygen.web.indexer.splitting import SplitAnswers
from replygen.workspace import AuditLog

FILTERS = ("", ALL, ALL, "", "")
UNTITLED = "张明委员：\n您提出的提案收悉，现答复如下：\n一、加强日常监管。检查商户40家。\n"
TEXT = "工作总结\n一、检查商户{n}40家，约谈{n}人。\n"


@pytest.fixture
def desk(tmp_path):
    with Desk(Settings(index=tmp_path / "i", work=tmp_path / "w")) as desk:
        yield desk


@pytest.fixture
def history(desk, tmp_path):
    folder = tmp_path / "误传<b>"
    folder.mkdir()
    for n in range(3):
        (folder / f"总结{n}.txt").write_text(TEXT.format(n=n + 1), encoding="utf-8")
    batches = Batches(desk.settings)
    batches.add([folder], by="小陈", label="误传<b>").wait(60)
    return HistoryAnswers(desk, batches)


def test_a_batch_before_is_looked_at_taken_back_and_put_back(desk, history):
    shown = history.show()
    assert "以前加入的各批（1）" in shown and "新增 3" in shown and "误传&lt;b&gt;" in shown
    assert "总结1.txt" in history.act("open:1")
    asked = history.act("ask:1")
    assert "还有 3 份" in asked and "30 天内可以恢复" in asked and 'data-value="sure:1"' in asked
    assert len(desk.documents()) == 3
    gone = history.act("sure:1")
    assert "删去 3 份" in gone and 'data-value="back:1"' in gone and "已撤回" in gone
    assert desk.documents() == () and history.list_choices() == []
    assert "已恢复" in history.act("back:1")
    assert len(desk.documents()) == 3
    said = [(e.what, e.subject) for e in AuditLog(desk.settings.work).entries()]
    assert said == [("withdraw", "误传<b>"), ("put_back", "误传<b>")]


def test_the_list_shows_the_documents_of_one_batch(desk, history, tmp_path):
    other = tmp_path / "别的.txt"
    other.write_text("工作总结\n一、修缮道路30条。\n", encoding="utf-8")
    desk.add([other])
    ((_, number),) = history.list_choices()
    assert len(desk.documents()) == 4
    assert len(Indexer(desk).match("", ALL, ALL, "", number)) == 3


@pytest.mark.parametrize("asked", ["", "open", "open:x", "sure:", "ask:-1"])
def test_what_is_no_request_changes_nothing(desk, history, asked):
    assert "以前加入的各批" in history.act(asked)
    assert len(desk.documents()) == 3


def pick(what, ids=(), **more):
    return json.dumps({"what": what, "ids": list(ids), "all": False, "region": "", **more})


def test_picked_documents_are_removed_after_a_question_and_put_back(desk, history):
    picks = PickAnswers(Indexer(desk))
    ids = tuple(d.id for d in desk.documents())[:2]
    asked, last = picks.act(pick("remove", ids), (), *FILTERS)
    assert "选中的 <b>2</b> 份" in asked and "30 天内可以恢复" in asked and last == ids
    assert len(desk.documents()) == 3
    told, gone = picks.act(pick("sure"), last, *FILTERS)
    assert "已删除 2 份" in told and 'data-picked="undo"' in told
    assert len(desk.documents()) == 1
    told, _ = picks.act(pick("undo"), gone, *FILTERS)
    assert "已恢复 2 份" in told and len(desk.documents()) == 3
    assert [e.what for e in AuditLog(desk.settings.work).entries()] == ["remove", "restore"]


def test_all_that_match_are_changed_not_only_those_of_the_page(desk, history):
    picks = PickAnswers(Indexer(desk))
    one = desk.documents()[0]
    desk.correct(one.id, {"own": "1"}, by="小陈")
    told, _ = picks.act(pick("own", all=True), (), *FILTERS)
    assert "归属改为“本单位”的 2 份，另有 1 份本来就是" in told
    assert all(d.own for d in desk.documents())
    told, _ = picks.act(pick("region", [one.id], region=" 甲省乙市 "), (), *FILTERS)
    assert "地区改为“甲省乙市”的 1 份" in told
    assert desk.index.document(one.id).region == "甲省乙市"


def test_picking_nothing_or_naming_no_place_is_refused(desk, history):
    import gradio as gr

    picks = PickAnswers(Indexer(desk))
    for given in (pick("remove"), pick("own", ["没有的"]), pick("region", all=True)):
        with pytest.raises(gr.Error):
            picks.act(given, (), *FILTERS)
    assert picks.act("{", (), *FILTERS) == ("", ())


def test_a_title_that_was_not_read_is_marked_and_names_no_archive(desk, tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "大批.zip", "w") as packed:
        packed.writestr("试用0001.txt", UNTITLED)
    desk.add([tmp_path / "大批.zip"])
    (document,) = desk.documents()
    assert document.title == "试用0001"
    assert "标题没有读出来" in Indexer(desk).find("", ALL, ALL)[1]
    desk.correct(document.id, {"title": "道路修缮情况"}, by="小陈")
    assert "标题没有读出来" not in Indexer(desk).find("", ALL, ALL)[1]


REPLY = """关于市政协五届三次会议第0088号提案的答复
张明委员：
您提出的关于加强电梯维保的提案收悉，现答复如下：
一、建立电梯维保台账。组织维保单位逐台登记，完成登记320台。
二、下一步，开展电梯应急演练，每季度一次。
泊原市市场监督管理局
2024年6月20日"""


@pytest.fixture
def split(desk, tmp_path):
    (tmp_path / "答复.txt").write_text(REPLY, encoding="utf-8")
    desk.add([tmp_path / "答复.txt"])
    answers = SplitAnswers(Indexer(desk))
    id = desk.documents()[0].id
    return (
        answers,
        id,
        lambda what: answers.act(id, what.format(mark_split(desk.view(id).passages))),
    )


def kinds(desk, id):
    return [(p.kind, p.tense) for p in desk.index.passages(id)]


def test_each_passage_says_what_it_is_and_the_whole_is_no_measure(desk, split):
    _, id, act = split
    shown = act("done:::")[0]
    assert "全文概要 1，措施（已做） 1，措施（拟做） 1" in shown
    assert "改拆错的条" in shown and "从这里拆开" not in shown
    assert "从这里拆开" in act("edit:::")[0]


@pytest.mark.parametrize(
    ("asked", "after", "said"),
    [
        ("join:1::{}", [("measure", "done")], "合并"),
        ("split:1:10:{}", [("measure", "done")] * 2 + [("measure", "planned")], "拆成两条"),
        ("kind:1:planned:{}", [("measure", "planned")] * 2, "改为措施（拟做）"),
        ("kind:2:declined:{}", [("measure", "done"), ("refusal", None)], "改为不采纳"),
        ("drop:1::{}", [("measure", "planned")], "不用"),
    ],
)
def test_a_split_is_put_right_noted_and_taken_back(desk, split, asked, after, said):
    _, id, act = split
    before = kinds(desk, id)
    shown = act(asked)[0]
    assert kinds(desk, id) == [("reply", None), *after]
    assert "本机 改过拆分" in shown and "恢复成程序拆的" in shown
    (entry,) = AuditLog(desk.settings.work).entries()
    assert entry.what == "correct" and said in entry.detail["拆分"]
    act("reset:::{}")
    assert kinds(desk, id) == before


@pytest.mark.parametrize("asked", ["join:1::old", "join:x::{}", "kind:1:poem:{}", "split:1:0:{}"])
def test_a_split_that_somebody_else_changed_or_that_cannot_be_is_refused(desk, split, asked):
    import gradio as gr

    _, id, act = split
    before = kinds(desk, id)
    with pytest.raises(gr.Error):
        act(asked)
    assert kinds(desk, id) == before
