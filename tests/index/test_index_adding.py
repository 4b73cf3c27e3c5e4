"""What becomes of a file that is added."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replygen.models import Article, Ask, Measure, Other, Proposal, Section


def test_a_new_file_is_added_with_its_passages(index, make_reply):
    reply, source = make_reply()
    outcome = index.add(reply, source)
    assert outcome.state == "added"
    assert outcome.document.id == source.sha256[:16]
    kinds = [p.kind for p in index.passages(outcome.document.id)]
    assert kinds == ["reply", "measure", "measure"]
    assert index.document(outcome.document.id) == outcome.document


def test_the_same_file_again_is_unchanged(index, make_reply):
    first = index.add(*make_reply())
    again = index.add(*make_reply())
    assert again.state == "unchanged"
    assert again.document == first.document
    assert len(index.documents()) == 1


def test_a_changed_file_replaces_its_old_version(index, make_reply):
    old = index.add(*make_reply(topic="直播"))
    new = index.add(*make_reply(topic="电梯"))
    assert new.state == "updated"
    assert index.document(old.document.id) is None
    assert [d.id for d in index.documents()] == [new.document.id]
    assert all("直播" not in h.passage.text for h in index.search("直播带货巡查"))


def test_a_file_that_is_parsed_better_counts_as_updated(index, make_reply):
    reply, source = make_reply()
    index.add(replace(reply, issuer=None), source)
    outcome = index.add(reply, source)
    assert outcome.state == "updated"
    assert outcome.document.issuer == "云川市市场监督管理局"


def test_the_same_text_under_another_path_is_not_stored_twice(index, make_reply):
    index.add(*make_reply("a.docx"))
    outcome = index.add(*make_reply("b.docx"))
    assert (outcome.state, outcome.duplicate_of, outcome.near) == ("duplicate", "a.docx", False)
    assert len(index.documents()) == 1


def test_a_text_with_other_white_space_is_the_same_text(index, source_of):
    index.add(Other("通知", "甲乙"), source_of("a.txt", "甲乙 丙丁\n戊己"))
    outcome = index.add(Other("通知", "甲乙"), source_of("b.txt", "甲乙丙丁　戊己"))
    assert outcome.state == "duplicate"


def test_a_near_copy_is_stored_and_reported(index, make_reply):
    tail = "集中整治期间检查商户多家，发现的问题都已督促整改，群众反映较好，做法在全省推广。"
    index.add(*make_reply("a.docx", place="云川市", extra=tail))
    outcome = index.add(*make_reply("b.docx", place="石桥市", extra=tail))
    assert (outcome.state, outcome.duplicate_of, outcome.near) == ("added", "a.docx", True)
    assert len(index.documents()) == 2


def test_different_replies_are_no_near_copies(index, make_reply):
    for i, topic in enumerate(("直播", "电梯", "食堂", "养老")):
        outcome = index.add(*make_reply(f"{i}.docx", topic=topic))
        assert (outcome.state, outcome.near) == ("added", False)


def test_own_sticks_when_the_file_is_added_again_without_it(index, make_reply):
    index.add(*make_reply(), own=True)
    assert index.add(*make_reply()).document.own
    assert index.documents()[0].own


def test_a_published_copy_of_own_material_becomes_own(index, make_reply):
    index.add(*make_reply("web.html"))
    index.search("直播")
    outcome = index.add(*make_reply("own.docx"), own=True)
    assert outcome.state == "duplicate"
    assert outcome.document.own
    assert {h.passage.document.own for h in index.search("直播巡查", own=True)} == {True}
    assert index.search("直播巡查", own=False) == ()


def test_a_given_region_is_kept(index, make_reply):
    reply, source = make_reply()
    outcome = index.add(reply, source, region="石桥市")
    assert outcome.document.region == "石桥市"
    assert index.passages(outcome.document.id)[1].region == "云川市"  # the measure says so


def test_an_article_gives_each_measure_its_place(index, source_of):
    measures = (
        Measure("设驿站", "设驿站。骑手可以歇脚充电。", "done", region="石桥市"),
        Measure("发码", "发码。一码查到健康证明。", "done", region="青浦县"),
    )
    article = Article("各地做法", "2026-01-01", (Section("", 1, "略", "done"),), measures)
    document = index.add(article, source_of("news.txt", "各地做法")).document
    assert [p.region for p in index.passages(document.id)] == ["石桥市", "青浦县"]


def test_a_proposal_is_found_by_its_asks(index, source_of):
    asks = (Ask(1, "充电桩", "在老旧小区增设充电桩"), Ask(2, "停车", "错时共享停车位"))
    proposal = Proposal("关于小区停车的提案", "cppcc", None, None, (), None, "", "", asks)
    document = index.add(proposal, source_of("p.txt", "关于小区停车")).document
    assert [p.kind for p in index.passages(document.id)] == ["reply"]
    assert index.search("错时共享停车位")[0].passage.document.id == document.id


@pytest.mark.parametrize("text", ["", " \n ", "\ud800坏字", "a\0b", "𠮷" * 40])
def test_odd_texts_are_stored_without_complaint(index, source_of, text):
    outcome = index.add(Other(None, text), source_of("odd.txt", text))
    assert outcome.state == "added"
    assert outcome.document.title == "odd"
    index.search("坏字")
    assert index.verify().ok


def test_a_removed_document_is_gone_everywhere(index, make_reply):
    document = index.add(*make_reply()).document
    assert index.search("直播带货巡查")
    index.remove(document.id)
    index.remove("0" * 16)
    assert index.search("直播带货巡查") == ()
    assert index.document(document.id) is None
    assert index.passages(document.id) == ()
    assert index.passage(f"{document.id}#1") is None
    assert index.verify().ok
