"""The page, served for real and asked over HTTP as the browser asks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from html import escape
from pathlib import Path

import docx
import gradio
import httpx
import pytest

from replygen import web
from replygen.models import (
    AskStance,
    Block,
    ClassAdvice,
    Demand,
    Draft,
    Finding,
    Proposal,
    Reference,
    Sentence,
    Slot,
    Stance,
    Where,
)
from replygen.service.decisions import Judged
from replygen.service.desk import Desk
from replygen.settings import Settings, load_profile, resource
from replygen.web.auth.who import NOBODY
from replygen.web.clerk.finishing import FinishingClerk
from replygen.web.clerk.parts import Parts
from replygen.web.clerk.sent import read_asks, read_edits
from replygen.web.clerk.show_asks import show_editor
from replygen.web.clerk.show_draft import show_draft
from replygen.web.clerk.show_edits import make_menu
from replygen.web.clerk.show_findings import count_left, show_findings
from replygen.web.clerk.show_places import Typed
from replygen.web.indexer.show_batch import show_outcomes
from replygen.web.indexer.show_index import show_document, show_documents
from replygen.web.reviewer.answers import Reviewer
from replygen.workspace import AuditLog, Urgency, Work, name_places

PASTED = (
    "关于规范直播带货的提案\n背景：直播带货投诉较多。\n"
    "建议：一、加强直播间监测。二、建立主播培训制度。"
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> Settings:
    profile = load_profile(resource("corpus", "profile.toml"))
    folder = tmp_path_factory.mktemp("page")
    settings = Settings(index=folder / "index", work=folder / "work", profile=profile)
    with Desk(settings) as desk:
        desk.add([resource("corpus", "own")], own=True)
    return settings


@pytest.fixture(scope="module")
def client(settings) -> Iterator[object]:
    from gradio_client import Client

    from replygen.web.page import build_page

    page = build_page(Desk(settings))
    _, url, _ = page.launch(server_name="127.0.0.1", prevent_thread_lock=True, quiet=True)
    yield Client(url, verbose=False)
    page.close()


@pytest.fixture
def clerk(settings, tmp_path) -> FinishingClerk:
    """The tab's requests, its parts called by their names."""
    desk = Desk(replace(settings, work=tmp_path / "work"))
    return FinishingClerk(desk, Parts(*(f.name for f in fields(Parts))))


def edits(*asks: tuple[str, str], **head: str) -> str:
    """What the browser sends of the second step."""
    rows = [{"topic": topic, "text": text} for topic, text in asks]
    return json.dumps({"head": head, "asks": rows})


def ticks(id: str, *cards: str) -> str:
    """What the browser sends of the cards that are laid out for a draft."""
    return json.dumps({"draft": id, "cards": cards})


def test_an_action_that_shows_no_progress_has_it_written_into_one_part_of_the_page(settings):
    from replygen.web.page import build_page

    actions = build_page(Desk(settings)).fns.values()
    quiet = [a.show_progress_on for a in actions if a.show_progress == "hidden"]
    assert len(quiet) > 50
    assert all(len(parts) == 1 and parts[0] is quiet[0][0] for parts in quiet)
    assert quiet[0][0].get_block_name() == "state", "nothing is drawn for it"


def test_a_pasted_proposal_shows_its_asks_and_becomes_a_draft(clerk):
    shown = clerk.read(PASTED, None, None)
    id = shown["current"]
    assert "关于规范直播带货的提案" in shown["editor"]
    assert shown["editor"].count('class="rg-ask-row"') == 3  # two, and the template
    shown = clerk.draft(id, "", "", "default", None)
    assert "data-card=" in shown["cards"]
    assert "关于加强直播间监测" in shown["paper"]
    assert 'class="rg-own" tabindex' in shown["paper"]
    assert "正在核查" in shown["findings"] and "final" not in shown
    shown = clerk.check(id)  # the browser asks when the letter stands there
    assert "待填" in shown["findings"] and "待填" in shown["summary"]
    assert "还差" in str(shown["final"].value)


def test_only_ticked_evidence_is_written(clerk):
    id = clerk.read(PASTED, None, None)["current"]
    clerk.look(id, "", "", "default")
    paper = clerk.draft(id, "", ticks(id), "default", None)["paper"]
    assert 'class="rg-own" tabindex' not in paper


def test_edited_asks_keep_the_ticks_of_those_that_only_moved(clerk):
    shown = clerk.read(PASTED, None, None)
    id = shown["current"]
    clerk.look(id, "", "", "default")
    work = clerk.desk.drafts.read(id, NOBODY)
    first, second = ((ask.topic, ask.text) for ask in work.proposal.asks)
    kept = [card for card in work.ticked if card.startswith("1:")][1:]  # one taken away
    assert kept
    clerk.keep(id, "", ticks(id, *kept), "default")
    clerk.find(id, edits(second, first, title="新的题目"), ticks(id, *kept), "default")
    work = clerk.desk.drafts.read(id, NOBODY)
    assert work.proposal.title == "新的题目"
    assert [f"1:{c.partition(':')[2]}" for c in work.ticked if c.startswith("2:")] == kept
    assert not [c for c in work.ticked if c.startswith("1:")]


def test_what_was_typed_stays_when_the_draft_is_composed_anew(clerk):
    id = clerk.read(PASTED, None, None)["current"]
    clerk.draft(id, "", "", "default", None)
    work = clerk.desk.drafts.read(id, NOBODY)
    names = {slot.kind: name for name, slot in reversed(name_places(work.draft).items())}
    typed = {names["序号"]: "12", names["补充"]: "检查6轮", names["成文日期"]: "2026年11月22日"}
    shown = clerk.keep(id, "", "", "", json.dumps(typed))
    assert "待填" in shown["summary"]
    asks = [(f"另一件事{n}", f"修建{n}号桥。") for n, _ in enumerate(work.proposal.asks, 1)]
    shown = clerk.draft(id, edits(*asks, number="第0126号"), "", "default", None)
    assert ">12</textarea>" in shown["paper"]
    shown = clerk.check(id)
    assert "1 处没有了位置" in shown["summary"]  # that ask is gone
    assert "“检查6轮”" in shown["summary"] and 'data-put-back="检查6轮"' in shown["summary"]


@pytest.mark.parametrize("change", ["topic", "split", "merge", "behind"])
def test_what_was_typed_for_an_ask_stays_with_it_when_the_ask_is_changed(clerk, change):
    one = ("直播间监测", "加强直播间监测。严查虚假宣传。")
    two = ("主播培训", "建立主播培训制度。")
    asks = {
        "topic": [("直播监测", one[1]), two],
        "split": [("直播间监测", "加强直播间监测。"), ("虚假宣传", "严查虚假宣传。"), two],
        "merge": [("监测和培训", f"{one[1]}\n{two[1]}")],
        "behind": [two, ("直播监测", one[1])],
    }[change]
    id = clerk.read(PASTED, None, None)["current"]
    clerk.look(id, "", "", "default")
    clerk.find(id, edits(one, two), "", "default")
    clerk.draft(id, edits(one, two), ticks(id), "default", None)
    draft = clerk.desk.drafts.read(id, NOBODY).draft
    words = {n: s.text for n, s in name_places(draft).items() if "已开展" in s.text}
    typed = {n: f"写给{'监测' if '监测' in w else '培训'}的事实" for n, w in words.items()}
    assert len(typed) == 2
    clerk.keep(id, "", "", "", json.dumps(typed))
    clerk.find(id, edits(*asks), "", "default")
    clerk.draft(id, edits(*asks), ticks(id), "default", None)
    work = clerk.desk.drafts.read(id, NOBODY)
    places = name_places(work.draft)
    said = {value: places[name].text for name, value in work.values.items()}
    assert "监测" in said["写给监测的事实"]
    if change == "merge":  # its place is taken: it stands beside
        assert [one.text for one in work.lost] == ["写给培训的事实"]
        assert 'data-put-back="写给培训的事实"' in clerk.check(id)["summary"]
    else:
        assert "培训" in said["写给培训的事实"] and work.lost == ()


def test_what_lost_its_place_is_told_until_it_is_put_back(clerk):
    id = clerk.read(PASTED, None, None)["current"]
    clerk.draft(id, "", "", "default", None)
    work = clerk.desk.drafts.read(id, NOBODY)
    name = next(n for n, s in name_places(work.draft).items() if s.kind == "补充")
    clerk.keep(id, "", "", "", json.dumps({name: "检查6轮"}))
    clerk.draft(id, edits(("修桥", "修一座桥。")), "", "default", None)
    clerk.draft(id, edits(("修桥梁", "修一座桥。")), "", "default", None)  # told on and on
    assert 'data-put-back="检查6轮"' in clerk.check(id)["summary"]
    places = name_places(clerk.desk.drafts.read(id, NOBODY).draft)
    name = next(n for n, s in places.items() if s.kind == "补充")
    shown = clerk.keep(id, "", "", "", json.dumps({name: "检查6轮，立案3件"}))
    assert "data-put-back" not in shown["summary"]


def place_of(clerk, id, text) -> str:
    """Where a sentence of the letter stands, as its names have it."""
    blocks = clerk.desk.drafts.read(id, NOBODY).draft.blocks
    return next(
        f"{b}.{n}"
        for b, k in enumerate(blocks)
        for n, s in enumerate(k.sentences)
        if s.text == text
    )


def test_what_lost_its_place_keeps_a_letter_from_being_final_until_somebody_lets_it_go(clerk):
    id, typed = make_final(clerk)
    asks = [(a.topic, a.text) for a in clerk.desk.drafts.read(id, NOBODY).proposal.asks]
    beside = "加强直播间监测。"
    mine = {f"after.{place_of(clerk, id, beside)}": "我写的一句。"}
    clerk.keep(id, "", "", "", json.dumps({**typed, **mine}))
    clerk.draft(id, edits(("修桥", "修一座桥。")), "", "default", None)
    shown = clerk.check(id)
    assert 'data-put-back="我写的一句。" data-put-at=""' in shown["summary"]
    assert "没有放回" in shown["final"].value
    left = clerk.leave(id, "", "", "", "", "final")
    assert left["leaving"] is None and "没有放回" in left["removed"]
    clerk.draft(id, edits(*asks), "", "default", None)  # its neighbours are back
    shown = clerk.check(id)
    there = place_of(clerk, id, beside)
    assert f'data-put-back="我写的一句。" data-put-at="{there}"' in shown["summary"]
    shown = clerk.let_go(id, "", "", "", "", "我写的一句。")
    assert "我写的一句" not in shown["summary"]
    assert "不要了：我写的一句。" in shown["undo"]
    clerk.desk.drafts.turn(id, NOBODY, "undo")
    assert "我写的一句" in clerk.check(id)["summary"]


def make_final(clerk: FinishingClerk, **head: str) -> tuple[str, dict[str, str]]:
    """A draft with nothing missing, and what was typed into it."""
    id = clerk.read(PASTED, None, None)["current"]
    clerk.draft(id, "", "", "default", None)
    asks = [(a.topic, a.text) for a in clerk.desk.drafts.read(id, NOBODY).proposal.asks]
    clerk.keep(id, edits(*asks, title="规范直播带货", channel="cppcc", **head), "", "")
    clerk.draft(id, "", "", "default", None)
    draft = clerk.desk.drafts.read(id, NOBODY).draft
    typed = {name: f"亲手写的{slot.kind}" for name, slot in name_places(draft).items()}
    typed |= {n: "B" for n in typed if n.startswith("0.")}
    typed |= {f"confirm.{ask.order}": "是" for ask in draft.stances}
    return id, typed


@pytest.mark.parametrize("number", ["88", "第89号"])
def test_a_number_typed_in_the_letter_and_in_the_head_is_one_fact(clerk, number):
    id = clerk.read(PASTED, None, None)["current"]
    asks = [(a.topic, a.text) for a in clerk.desk.drafts.read(id, NOBODY).proposal.asks]
    head = {"title": "规范直播带货", "channel": "cppcc", "session": "五届三次"}
    clerk.keep(id, edits(*asks, **head), "", "")
    clerk.draft(id, "", "", "default", None)
    places = name_places(clerk.desk.drafts.read(id, NOBODY).draft)
    name = next(n for n, slot in places.items() if slot.kind == "编号")
    clerk.keep(id, "", "", "", json.dumps({name: "88"}))
    shown = clerk.keep(id, edits(*asks, **head, number=number), "", "", json.dumps({name: "88"}))
    assert "data-put-back" not in shown["summary"]
    work = clerk.desk.drafts.read(id, NOBODY)
    assert not work.lost and f"第{number.strip('第号')}号" in work.draft.title


def leave_final(clerk: FinishingClerk, *sent: str) -> dict[str, object]:
    """What comes of 下载定稿, pressed again where something is to be verified."""
    left = clerk.leave(*sent, "final")
    return {**left, **clerk.leave(*sent, "final")} if "请核实" in str(left["removed"]) else left


def text_of(path: str) -> str:
    return "\n".join(p.text for p in docx.Document(path).paragraphs)


def test_a_file_holds_what_the_screen_holds_when_it_is_asked_for(clerk):
    head = {"session": "五届三次", "number": "0126", "proposers": "林静", "host_role": "主办"}
    id, typed = make_final(clerk, **head)
    first = text_of(leave_final(clerk, id, "", "", "", json.dumps(typed))["leaving"])
    place = next(n for n, value in typed.items() if value == "亲手写的序号")
    again = leave_final(clerk, id, "", "", "", json.dumps({**typed, place: "99"}))["leaving"]
    assert "〕亲手写的序号号" in first
    assert "〕99号" in text_of(again)
    assert Path(again).name == "第0126号-答复定稿.docx"


def test_a_head_that_was_put_right_is_the_letters_head_at_once(clerk):
    head = {"session": "五届三次", "number": "0126", "proposers": "林静", "host_role": "主办"}
    id, typed = make_final(clerk, **head)
    asks = [(a.topic, a.text) for a in clerk.desk.drafts.read(id, NOBODY).proposal.asks]
    head |= {"number": "0777", "proposers": "许知行", "title": "另一个题目", "channel": "cppcc"}
    left = leave_final(clerk, id, edits(*asks, **head), "", "", json.dumps(typed))
    text = text_of(left["leaving"])
    assert "许知行委员：" in text and "林静" not in text
    assert "0777" in text and "0126" not in text and "另一个题目" in text
    assert Path(left["leaving"]).name == "第0777号-答复定稿.docx"
    assert "许知行委员" in left["paper"]


def test_a_final_letter_is_known_as_one_until_it_is_changed(clerk):
    head = {"session": "五届三次", "number": "0126", "proposers": "林静", "host_role": "主办"}
    id, typed = make_final(clerk, **head)
    first = clerk.leave(id, "", "", "", json.dumps(typed), "final")
    assert first["leaving"] is None and "条“请核实”" in first["removed"]  # asked once
    assert clerk.desk.drafts.read(id, NOBODY).state == "可定稿"
    shown = clerk.leave(id, "", "", "", json.dumps(typed), "final")
    assert shown["leaving"] and "已定稿" in shown["drafts"] and "已定稿" in shown["removed"]
    place = next(n for n, value in typed.items() if value == "亲手写的序号")
    shown = clerk.keep(id, "", "", "", json.dumps({**typed, place: "99"}))
    assert "定稿后改过" in shown["drafts"] and "请重新下载定稿" in shown["findings"]
    shown = clerk.keep(id, "", "", "", json.dumps(typed))
    assert "定稿后改过" not in shown["drafts"] and "请重新下载定稿" not in shown["findings"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"host_role": "会办"}, "重新生成"),
        ({"channel": "npc"}, "重新生成"),
        ({"asks": [("另一件事", "修一座桥。")]}, "重新生成"),
        ({"typed": {}}, "待填"),
    ],
    ids=["another part", "another channel", "other asks", "open places"],
)
def test_a_letter_that_is_not_the_answer_any_more_does_not_leave(clerk, change, why):
    head = {"session": "五届三次", "number": "0126", "proposers": "林静", "host_role": "主办"}
    id, typed = make_final(clerk, **head)
    asks = [(a.topic, a.text) for a in clerk.desk.drafts.read(id, NOBODY).proposal.asks]
    asks, typed = change.pop("asks", asks), change.pop("typed", typed)
    head |= {"title": "规范直播带货", "channel": "cppcc", **change}
    left = clerk.leave(id, edits(*asks, **head), "", "", json.dumps(typed), "final")
    assert left["leaving"] is None
    assert "没有下载" in left["removed"] and why in left["removed"]  # below the buttons


def test_what_comes_late_from_the_same_window_changes_nothing(clerk):
    id = clerk.read(PASTED, None, None)["current"]
    asks = [(a.topic, a.text) for a in clerk.desk.drafts.read(id, NOBODY).proposal.asks]
    clerk.keep(f"{id}:一:0:2", edits(*asks, number="99"), "", "")
    clerk.keep(f"{id}:一:0:1", edits(*asks, number="15"), "", "")
    assert clerk.desk.drafts.read(id, NOBODY).proposal.number == "99"
    clerk.keep(f"{id}:一:0:3", edits(*asks, number="16"), "", "")
    assert clerk.desk.drafts.read(id, NOBODY).proposal.number == "16"


def test_an_answer_that_comes_late_closes_no_draft_that_was_opened_meanwhile(clerk):
    assert "current" not in clerk.look("", "", "", "default")
    assert "current" not in clerk.look(":二:0:7", "", "", "default")
    assert "current" not in clerk.start("")


def test_an_answer_for_another_draft_than_the_open_one_is_not_drawn(clerk):
    old, now = (clerk.read(PASTED, None, None, f":一:0:{n}")["current"] for n in (1, 2))
    for late in (
        clerk.look(f"{old}:一:0:3", "", "", "default"),
        clerk.check(f"{old}:一:0:4"),
        clerk.keep(f"{old}:一:0:5", "", "", "default"),
        clerk.open(f"{old}:一:0:1"),  # asked for before the one that is open
        clerk.draft(f"{old}:一:0:6", "", "", "default", None),
    ):
        assert list(late) == ["saved"] and "data-revision" not in str(late)
    assert clerk.desk.drafts.read(old, NOBODY).draft is not None  # the work is done all the same
    assert "cards" in clerk.look(f"{now}:一:0:7", "", "", "default")
    assert "cards" in clerk.look(f"{old}:二:0:1", "", "", "default")  # another window
    clerk.new(":一:0:8")
    assert list(clerk.check(f"{now}:一:0:7")) == ["saved"]


def test_ticks_are_taken_only_for_cards_that_are_laid_out_for_the_draft(clerk):
    one, other = (clerk.read(PASTED, None, None)["current"] for _ in range(2))
    for id in (one, other):
        assert f'data-draft="{id}"' in clerk.look(id, "", "", "default")["cards"]
    before = clerk.desk.drafts.read(one, NOBODY).ticked
    clerk.keep(one, "", ticks(other), "default")
    assert clerk.desk.drafts.read(one, NOBODY).ticked == before != ()
    clerk.keep(one, "", ticks(one), "default")
    assert clerk.desk.drafts.read(one, NOBODY).ticked == ()


def test_a_draft_that_is_opened_shows_nothing_of_the_one_before(clerk):
    id = clerk.read(PASTED, None, None)["current"]
    shown = clerk.open(id)
    assert {shown[part] for part in ("summary", "removed", "findings")} == {""}
    assert not any(shown[part].interactive for part in ("docx", "final", "public"))
    clerk.look(id, "", "", "default")
    shown = clerk.open(id)
    assert "正在核查" in shown["findings"] and not shown["docx"].interactive


def test_deleting_another_draft_leaves_the_first_step_as_it_is(clerk):
    one, other = (clerk.read(PASTED, None, None)["current"] for _ in range(2))
    assert set(clerk.delete("", one)) == {"current", "drafts"}
    shown = clerk.delete(other, other)
    assert shown["text"] == "" and shown["current"] == ""


def test_what_was_found_in_other_words_is_used_for_the_ask_in_focus(clerk):
    import gradio as gr

    id = clerk.read(PASTED, None, None)["current"]
    clerk.look(id, "", "", "default")
    laid = clerk.desk.drafts.read(id, NOBODY).laid
    passages = [p for d in clerk.desk.documents() for p in clerk.desk.index.passages(d.id)]
    card = next(f"2:{p.id}" for p in passages if p.kind == "measure" and f"2:{p.id}" not in laid)
    shown = clerk.use(id, "", "", "default", card)
    assert f'data-card="{card}" checked' in shown["cards"]
    again = clerk.find(id, "", "", "default")["cards"]
    assert f'data-card="{card}" checked' in again
    with pytest.raises(gr.Error, match="不能写进答复"):
        clerk.use(id, "", "", "default", "2:gone#0")


def revision(shown) -> int:
    return int(re.search(r'data-revision="(\d+)"', shown["saved"])[1])


@pytest.fixture
def both(clerk) -> tuple[str, str, str]:
    """A draft that two windows have open: its id, and each window as it asks."""
    id = clerk.read(PASTED, None, None, ":一:0")["current"]
    clerk.look(f"{id}:一:0", "", "", "default")
    one, other = (revision(clerk.open(f"{id}:{name}:0")) for name in "一二")
    return id, f"{id}:一:{one}", f"{id}:二:{other}"


def written(clerk, id: str, *texts: str) -> str:
    """What the screen sends of the letter: the first sentences that answer an ask, as ``texts``."""
    draft = clerk.desk.drafts.read(id, NOBODY).draft
    places = [
        f"text.{b}.{s}"
        for b, block in enumerate(draft.blocks)
        for s, sentence in enumerate(block.sentences)
        if sentence.ask and not sentence.slots and block.style == "body"
    ]
    return json.dumps({p: text for p, text in zip(places, texts, strict=False) if text})


def head_of(clerk, id: str, **head: str) -> str:
    """What the screen sends of a draft's head and asks, with fields that were changed."""
    asked = clerk.desk.drafts.read(id, NOBODY).proposal
    given = {"title": asked.title or "", "session": asked.session or ""}
    given |= {"number": asked.number or "", "channel": asked.channel or "", **head}
    return edits(*((a.topic, a.text) for a in asked.asks), **given)


@pytest.mark.filterwarnings("ignore:另一个窗口")
def test_what_two_windows_write_at_different_places_is_put_together(clerk, both):
    id, one, other = both
    before = head_of(clerk, id)
    clerk.keep(other, head_of(clerk, id, number="0777"), "", "default", '{"stance.1": "study"}')
    typed = written(clerk, id, "这边改的一句。")
    shown = clerk.keep(one, before, "", "default", typed)
    work = clerk.desk.drafts.read(id, NOBODY)
    assert work.proposal.number == "0777"
    assert dict(work.values) == {"stance.1": "study", **json.loads(typed)}
    assert "0777" in shown["editor"] and "这边改的一句" in shown["paper"]  # all of it is drawn
    assert 'data-given="study"' in shown["paper"]
    assert "已自动保存" in shown["saved"] and "clash" not in shown


@pytest.mark.filterwarnings("ignore:另一个窗口")
def test_what_two_windows_write_at_one_place_stays_as_it_was_stored_and_is_given_back(clerk, both):
    id, one, other = both
    clerk.keep(other, head_of(clerk, id, title="那边的题目"), "", "", written(clerk, id, "那边。"))
    mine = edits(*asks_of(clerk, id), title="这边的题目", channel="cppcc")
    shown = clerk.keep(one, mine, "", "", written(clerk, id, "这边。", "只有这边。"))
    work = clerk.desk.drafts.read(id, NOBODY)
    assert work.proposal.title == "那边的题目"
    assert dict(work.values) == json.loads(written(clerk, id, "那边。", "只有这边。"))
    for words in ("这边的题目", "那边的题目", "这边。", "那边。"):
        assert words in shown["clash"]
    assert "只有这边。" not in shown["clash"] and "只有这边。" in shown["paper"]
    # what is sent before that answer was drawn takes nothing of it back
    again = written(clerk, id, "这边。", "只有这边，再改。")
    assert "clash" not in clerk.keep(one, mine, "", "", again)
    work = clerk.desk.drafts.read(id, NOBODY)
    assert work.proposal.title == "那边的题目"
    assert dict(work.values) == json.loads(written(clerk, id, "那边。", "只有这边，再改。"))


def asks_of(clerk, id: str) -> list[tuple[str, str]]:
    return [(a.topic, a.text) for a in clerk.desk.drafts.read(id, NOBODY).proposal.asks]


@pytest.mark.filterwarnings("ignore:另一个窗口")
@pytest.mark.parametrize(
    "press",
    [
        lambda clerk, at, *sent: clerk.leave(at, *sent, "docx"),
        lambda clerk, at, *sent: clerk.detach(at, *sent, "0"),
        lambda clerk, at, *sent: clerk.let_go(at, *sent, "什么"),
    ],
)
def test_what_is_pressed_in_a_window_that_shows_less_is_not_done_but_what_it_holds_is_kept(
    clerk, both, press
):
    id, one, other = both
    before, typed = head_of(clerk, id), written(clerk, id, "这边。")
    clerk.keep(other, head_of(clerk, id, number="0777"), "", "", "")
    shown = press(clerk, one, before, "", "", typed)
    assert "leaving" not in shown and "0777" in shown["editor"] and "这边。" in shown["paper"]
    assert dict(clerk.desk.drafts.read(id, NOBODY).values) == json.loads(typed)
    now = f"{id}:一:{revision(shown)}"  # and is done when it is pressed again
    assert clerk.leave(now, "", "", "", typed, "docx")["leaving"]


@pytest.mark.filterwarnings("ignore:这份草稿刚在另一个窗口改过")
def test_a_window_of_which_nothing_is_known_any_more_writes_over_nothing(clerk, both):
    id, one, other = both
    clerk.keep(other, head_of(clerk, id, number="0777"), "", "", "")
    stored = clerk.desk.drafts.read(id, NOBODY)
    for n in range(20):  # it was opened again and again since
        clerk.open(f"{id}:又{n}:0")
    shown = clerk.keep(one, head_of(clerk, id, number="15"), "", "", "")
    assert list(shown) == ["saved"]
    assert "没有保存" in shown["saved"] and f'data-draft-open="{id}"' in shown["saved"]
    assert clerk.desk.drafts.read(id, NOBODY) == stored


def test_another_user_cannot_open_what_one_stored(clerk):
    import gradio as gr

    with pytest.raises(gr.Error, match="不在了"):
        clerk.open("0" * 32)


def test_what_cannot_be_read_is_told_beside_its_field(clerk, tmp_path):
    (tmp_path / "空.docx").write_bytes(b"")
    wrong = tmp_path / "空.docx"
    for field, sent in (
        ("text_wrong", ("  ", None, None)),
        ("file_wrong", ("", str(wrong), None)),
        ("files_wrong", ("关于夜市的提案\n建议：\n一、划定夜市范围。", None, [str(wrong)])),
    ):
        told = clerk.read(*sent)
        assert len(told) == 3  # nothing else on the page changes
        said = {f.name: told.get(getattr(clerk._parts, f.name), "") for f in fields(clerk._parts)}
        assert [name for name, html in said.items() if html] == [field]
        assert "rg-wrong" in said[field] and "Traceback" not in said[field]


def test_a_pasted_text_and_a_file_are_not_read_together(clerk, tmp_path):
    path = tmp_path / "提案.txt"
    path.write_text(PASTED, encoding="utf-8")
    told = clerk.read("关于夜市的提案\n建议：一、划定夜市范围。", str(path), None)
    assert "一次只读一份" in told["file_wrong"] and "current" not in told
    assert "current" in clerk.read(" ", str(path), None)


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("not a docx", True),
        ("买菜清单：白菜、萝卜", True),
        ("会议通知\n各部门：定于周三开会。", True),
        ("路面坑洼，雨天积水。希望修补路面。", False),
        ("建议：一、修补路面。", False),
        ("关于修补路面的提案\n路面坑洼。", False),
        (PASTED, False),
    ],
)
def test_a_text_that_is_no_proposal_is_told_before_a_draft_is_made_of_it(clerk, text, doubted):
    shown = clerk.read(text, None, None)
    assert ("current" not in shown) == doubted == ("不像提案" in shown["text_wrong"])
    assert "current" in clerk.read(text, None, None)  # who reads it again means it


def test_a_field_of_the_head_stays_as_it_was_typed(clerk):
    id = clerk.read(PASTED, None, None)["current"]
    asks = [(a.topic, a.text) for a in clerk.desk.drafts.read(id, NOBODY).proposal.asks]
    clerk.keep(id, edits(*asks, session="政协云川市五届三次会议", number="第0232号"), "", "")
    shown = clerk.open(id)["editor"]
    assert 'value="政协云川市五届三次会议"' in shown and 'value="第0232号"' in shown
    work = clerk.desk.drafts.read(id, NOBODY)
    assert work.proposal.number == "0232" and "五届三次" in work.proposal.session
    clerk.keep(id, edits(*asks, session="", number="0233"), "", "")
    shown = clerk.open(id)["editor"]
    assert 'value="0233"' in shown and '会议"' not in shown


def slot_of(clerk, id: str, words: str) -> str:
    """The name of an open place of the letter."""
    places = name_places(clerk.desk.drafts.read(id, NOBODY).draft)
    return next(name for name, slot in places.items() if words in slot.text)


def text_of_draft(clerk, id: str, edits: str) -> tuple[str, str]:
    """The name and the text of the .docx that the clerk takes."""
    left = clerk.leave(id, edits, "", "", "", "docx")["leaving"]
    return Path(left).name, text_of(left)


@pytest.mark.parametrize(
    "head, says",
    [
        ({"proposers": "林　静、周大川"}, ["林静、周大川委员：", "你们提出的"]),
        ({"proposers": "提案人：林小满"}, ["林小满委员：", "您提出的"]),
        ({"title": "案由：《关于建设夜市的提案》"}, ["《关于建设夜市的提案》"]),
        ({"number": "第０１５号", "session": "市政协五届三次会议"}, ["五届三次会议第015号提案"]),
        ({"openness": "依申请公开"}, ["（依申请公开）"]),
        (
            {"co_hosts": "市商务局 市文化和旅游局"},
            ["经市商务局、市文化和旅游局会办", "会办单位（市商务局、市文化和旅游局）的会办意见"],
        ),
    ],
)
def test_a_fact_that_is_typed_into_the_head_arrives_in_the_letter_and_its_file(clerk, head, says):
    id = clerk.read(PASTED, None, None)["current"]
    clerk.look(id, "", "", "default")
    typed = head_of(clerk, id, **head)
    clerk.keep(id, typed, "", "default", "{}")
    if "co_hosts" in head:  # has a place of its own: the page has the letter composed anew
        assert "data-old" in clerk.keep(id, typed, "", "default", "{}")["undo"]
        clerk.draft(id, typed, "", "default", None, "{}")
    _, text = text_of_draft(clerk, id, typed)
    for words in says:
        assert words in text


def test_a_file_is_called_by_the_number_and_without_one_by_the_title(clerk):
    id = clerk.read(PASTED, None, None)["current"]
    clerk.look(id, "", "", "default")
    named = text_of_draft(clerk, id, head_of(clerk, id, title="关于建设夜市的提案"))[0]
    assert named == "关于建设夜市的提案-答复草稿.docx"
    named = text_of_draft(clerk, id, head_of(clerk, id, number="第０１５号"))[0]
    assert named == "第015号-答复草稿.docx"


def test_what_was_typed_for_the_co_hosts_stays_when_one_more_is_named(clerk):
    id = clerk.read(PASTED, None, None)["current"]
    one = head_of(clerk, id, co_hosts="市商务局")
    clerk.draft(id, one, "", "default", None, "{}")
    typed = json.dumps({slot_of(clerk, id, "会办意见"): "市商务局表示同意。"})
    more = head_of(clerk, id, co_hosts="市商务局、市公安局")
    clerk.draft(id, more, "", "default", None, typed)
    work = clerk.desk.drafts.read(id, NOBODY)
    assert work.values == {slot_of(clerk, id, "市公安局）的会办意见"): "市商务局表示同意。"}
    assert work.lost == ()


@pytest.mark.parametrize(
    "kind, field, typed, stored",
    [
        ("编号", "number", "15", "15"),
        ("提案人", "proposers", "林小满、周大川", ("林小满", "周大川")),
    ],
)
def test_an_open_place_that_the_head_has_a_field_for_says_so_and_is_filled_by_it(
    clerk, kind, field, typed, stored
):
    id = clerk.read(f"市政协五届三次会议提案\n{PASTED}", None, None)["current"]
    paper = clerk.draft(id, "", "", "default", None, "")["paper"]
    place = slot_of(clerk, id, f"【{kind}】")
    assert f'data-slot="{place}" data-says="{field}"' in paper
    clerk.keep(id, head_of(clerk, id, **{field: typed}), "", "", json.dumps({place: typed}))
    work = clerk.desk.drafts.read(id, NOBODY)
    assert getattr(work.proposal, field) == stored and work.values == {}


def test_merged_asks_keep_every_point(clerk):
    id = clerk.read(PASTED, None, None)["current"]
    merged = ("加强直播间监测、建立主播培训制度", "加强直播间监测。\n建立主播培训制度。")
    clerk.find(id, edits(merged), "", "default")
    paper = clerk.draft(id, "", ticks(id), "default", None)["paper"]
    text = re.sub("<[^>]*>", "", paper.partition("<div hidden>")[0])
    assert "直播间监测" in text and "主播培训制度" in text


def test_a_file_over_the_limit_is_refused(settings, tmp_path):
    from replygen.web.page import build_page, look

    small = replace(settings, limits=replace(settings.limits, file_bytes=1000))
    page = build_page(Desk(small))
    _, url, _ = page.launch(server_name="127.0.0.1", prevent_thread_lock=True, **look(small))
    (tmp_path / "大.txt").write_text("建议" * 1000, encoding="utf-8")
    try:
        sent = {"files": ("大.txt", (tmp_path / "大.txt").read_bytes())}
        answer = httpx.post(f"{url.rstrip('/')}/gradio_api/upload", files=sent)
        assert answer.status_code == 413
    finally:
        page.close()


def test_a_path_on_the_server_is_never_opened(client, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("建议：一、泄密的内容。", encoding="utf-8")
    call = f"{client.src.rstrip('/')}/gradio_api/call/read"
    for sent in (str(secret), {"path": str(secret), "meta": {"_type": "gradio.FileData"}}):
        started = httpx.post(call, json={"data": ["", sent, None]})
        if started.status_code == 200:
            answer = httpx.get(f"{call}/{started.json()['event_id']}", timeout=20).text
            assert "event: error" in answer
            assert "泄密" not in answer


def test_search_on_the_page_finds_own_material(client):
    shown = client.predict("直播营销专项监测", api_name="/search")
    rows = [re.findall(r"<td>(.*?)</td>", row) for row in shown.split("<tr>")[2:]]
    assert any("监测6轮" in row[2] for row in rows)
    assert all('data-look="' in row[0] for row in rows)


def test_what_stands_in_a_document_is_shown_as_text(settings):
    evil = "<script>alert(1)</script>"
    with Desk(settings) as desk:
        proposal = replace(desk.paste_proposal(PASTED), title=evil)
    shown = show_editor(Work(proposal), Urgency("", "none"))
    assert "<script" not in shown
    assert escape(evil) in shown
    sentence = Sentence(f"{evil}【时间】", "own", ("x",), (Slot("【时间】", "时间"),))
    draft = Draft(
        "t", "letter", (Block("body", (sentence,)),), (), (),
        (Reference("x", f'"{evil}', None, None, None, None, ""),),
    )  # fmt: skip
    shown = show_draft(draft)
    assert "<script" not in shown
    assert 'data-slot="0.0.0"' in shown


@pytest.mark.parametrize(
    ("rows", "topics"),
    [
        ([("甲", "甲事"), ("乙", "乙事")], ["甲", "乙"]),
        ([("甲", "甲事"), ("", " "), ("丙", "")], ["甲", "丙"]),
        ([("", "加强夜市管理。划定范围。")], ["加强夜市管理"]),
        ([(None, None)], []),
    ],
)
def test_empty_asks_are_left_out_and_an_ask_without_a_topic_gets_one(rows, topics):
    asks = read_asks([{"topic": topic, "text": text} for topic, text in rows])
    assert [a.topic for a in asks] == topics
    assert [a.order for a in asks] == list(range(1, len(topics) + 1))
    assert all(a.text for a in asks)


@pytest.mark.parametrize(
    ("sent", "field", "value"),
    [
        ({"session": "市政协五届三次会议"}, "session", "五届三次"),
        ({"session": " "}, "session", None),
        ({"number": "第0126号"}, "number", "0126"),
        ({"proposers": "许知行、民建云川市委"}, "proposers", ("许知行", "民建云川市委")),
        ({"host_role": "会办"}, "host_role", "会办"),
        ({"host_role": "<script>"}, "host_role", None),
    ],
)
def test_the_fields_of_the_head_are_read_as_people_write_them(settings, sent, field, value):
    with Desk(settings) as desk:
        proposal = desk.paste_proposal(PASTED)
    got = read_edits(edits(("甲", "甲事"), **sent), proposal)
    assert getattr(got.proposal, field) == value


@pytest.mark.parametrize("sent", ["[]", "{", '{"head": 1, "asks": []}', '{"head": {}}'])
def test_fields_that_cannot_be_read_are_refused_in_chinese(settings, sent):
    import gradio as gr

    with Desk(settings) as desk:
        proposal = desk.paste_proposal(PASTED)
    with pytest.raises(gr.Error, match="请刷新页面再试"):
        read_edits(sent, proposal)


def test_what_was_read_from_a_hostile_file_is_shown_as_text(settings, tmp_path):
    path = tmp_path / "<img src=x onerror=alert(1)>.txt"
    path.write_text(
        "关于<script>alert(1)</script>的情况\n<img src=x onerror=alert(2)>一些文字。",
        encoding="utf-8",
    )
    with Desk(replace(settings, index=tmp_path / "index")) as desk:
        added = desk.add([path])
        view = desk.view(desk.documents()[0].id)
        shown = show_outcomes(added.outcomes) + show_document(view)
        shown += show_documents(desk.documents())
    assert "<script" not in shown
    assert "<img" not in shown


def test_findings_lead_to_their_paragraph_and_are_escaped():
    findings = (
        Finding("leak.place", "block", Where(3, 0, 2, "x"), "出现<b>外地</b>地名", "改掉"),
        Finding("slot.open", "block", Where(1, 0, 2, "x"), "这里还空着：【时间】"),
    )
    shown = show_findings(findings)
    assert 'data-goto="rg-p-3"' in shown
    assert "&lt;b&gt;外地" in shown
    assert "还有 1 处待填" in shown


def test_what_is_said_of_several_places_in_the_same_words_stands_once_with_all_of_them():
    same = [
        Finding("promise", "block", Where(n, 0, 2, "x"), "还没有确认", "勾选") for n in (3, 3, 5)
    ]
    shown = show_findings([*same, Finding("promise", "block", None, "另一件事")])
    assert shown.count("还没有确认") == 1 and "（共 3 句）" in shown
    assert re.findall(r'data-goto="(rg-p-\d)"', shown) == ["rg-p-3", "rg-p-5"]
    assert count_left([*same, Finding("promise", "block", None, "另一件事")]) == (0, 2)


def test_tab_stops_once_in_each_paragraph_and_no_button_shows_that_does_nothing(clerk):
    sentences = (Sentence("甲。", "own", ("x",)), Sentence("乙。", "own", ("x",)))
    head, body = Block("title", sentences[:1]), Block("body", sentences)
    shown = show_draft(Draft("答复", "letter", (head, body, body), (), (), ()))
    assert shown.count('tabindex="0"') == 2
    css = (Path(web.__file__).parent / "static" / "page.css").read_text("utf-8")
    assert ".rg-hidden { display: none !important; }" in css


def test_the_class_that_is_proposed_is_offered_while_another_one_is_chosen():
    slot = Slot("【办理类别】", "办理类别")
    mark = Block("class_mark", (Sentence(slot.text, "slot", (), (slot,)),))
    draft = Draft("答复", "letter", (mark,), (), (), (), advice=ClassAdvice("B", "部分采纳"))
    for value, hidden in ((None, False), ("A", False), ("B", True)):
        values = {"0.0.0": value} if value else {}
        shown = show_draft(draft, Typed(values, marks={"A": "", "B": ""}))
        button = re.search(r"<button[^>]*data-offer[^>]*>", shown)[0]
        assert ("hidden" in button) == hidden


def test_the_reasons_of_a_stance_are_told_whole_and_once():
    reason = (
        "设区的市只能就城乡建设与管理、生态文明建设、历史文化保护、基层治理等方面制定地方性法规" * 2
    )
    demands = tuple(
        Stance(Demand("甲", 0, 1), "refer", said, f"1.{n}")
        for n, said in enumerate((f"由起草人选定；{reason}", "由起草人选定"), 1)
    )
    menu = make_menu(AskStance(1, "甲", "refer", demands), {})
    assert menu.reasons == f"由起草人选定；{reason}"


def test_the_page_names_no_other_host(settings):
    from replygen.web.page import look, theme

    style = theme()._get_theme_css() + "".join(theme()._stylesheets)
    static = Path(web.__file__).parent / "static"
    own = look(settings)["css"] + "".join(p.read_text("utf-8") for p in static.glob("*.js"))
    hosts = set(re.findall(r"https?://([^/\s\"')]+)", style + own))
    assert hosts <= {"www.w3.org"}


@pytest.fixture
def reviewer(settings, tmp_path) -> Reviewer:
    """The reviewer's requests, nothing stored and nothing decided yet."""
    return Reviewer(Desk(replace(settings, work=tmp_path / "work")))


def short_reply(tmp_path: Path) -> str:
    path = tmp_path / "短答复.txt"
    text = "对市政协五届三次会议第0999号提案的答复\n下一步，我局将加强日常监管。"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_what_was_not_chosen_is_told_beside_the_button(reviewer, tmp_path):
    for given in ((None, None, None), ("id", "稿.txt", None), ("gone", None, None)):
        wrong, *rest = reviewer.check(*given)
        assert 'role="alert"' in wrong
        assert all(part == gradio.skip() for part in rest)


def test_the_stored_drafts_to_choose_from_have_no_empty_row_and_their_verdict(reviewer):
    id = reviewer.desk.drafts.create("小林", Work(read_asked(reviewer), values={}))
    assert reviewer.stored()["choices"] == []  # nothing was made yet
    made = Draft("答复", "default", header=(), sections=(), signoff=())
    reviewer.desk.drafts.change(id, "小林", lambda work: replace(work, draft=made))
    log = AuditLog(reviewer.desk.settings.work)
    log.add(who="李审", what="return", subject="某件", key=id, detail={"reason": "写明科室"})
    ((name, chosen),) = reviewer.stored()["choices"]
    assert chosen == id and "已退回" in name
    assert reviewer.stored()["value"] is None


def read_asked(reviewer: Reviewer) -> Proposal:
    return reviewer.desk.paste_proposal(PASTED)


def test_a_return_says_how_the_clerk_learns_of_it_and_stands_on_the_page(reviewer, tmp_path):
    wrong, work, *_ = reviewer.check(None, short_reply(tmp_path), None)
    assert wrong == "" and work.review.stored == ""
    told, *rest = reviewer.give_back(work, "改")
    assert "退回的理由" in told and all(part == gradio.skip() for part in rest)
    told, _, summary, *_, approve, give_back, _, reason = reviewer.give_back(work, "请写明科室")
    assert "不在“我的草稿”里" in told and "批注稿" in told
    assert f"已退回</b> {NOBODY}" in summary and "请写明科室" in summary and reason == ""
    assert (give_back.value, give_back.interactive) == ("已退回", False)
    assert (approve.value, approve.interactive) == ("通过", True)
    again = reviewer.check(None, short_reply(tmp_path), None)
    assert "已退回</b>" in again[2]  # it lasts
    ours = replace(work, review=replace(work.review, stored="d1"))
    assert "看得到" in reviewer.approve(ours, "")[0]


def test_what_is_left_to_be_verified_is_asked_about_before_a_paper_passes(reviewer, tmp_path):
    _, work, *_ = reviewer.check(None, short_reply(tmp_path), None)
    doubt = Judged(Finding("form.x", "warn", None, "请核实的事"), "k1", "open")
    work = replace(work, review=replace(work.review, judged=(doubt,)))
    log = AuditLog(reviewer.desk.settings.work)
    told, warned, *rest, approve, give_back, _, reason = reviewer.approve(work, "", "李审")
    assert "还有 1 处“请核实”没有处理" in told and approve.value == "照样通过"
    assert log.entries() == () and all(part == gradio.skip() for part in (*rest, give_back, reason))
    reviewer.approve(warned, "", "李审")
    assert [(e.what, e.who) for e in log.entries()] == [("approve", "李审")]
    settled = replace(work, review=replace(work.review, judged=()))
    assert "没有处理" not in reviewer.approve(settled, "")[0]


def test_a_button_that_cannot_be_used_says_what_is_left_to_do(reviewer, tmp_path):
    _, work, *_ = reviewer.check(None, short_reply(tmp_path), None)
    wrong = Judged(Finding("form.x", "block", None, "必须改的事"), "k1", "open")
    work = replace(work, review=replace(work.review, judged=(wrong,)))
    *_, approve, _, final, _ = reviewer.give_back(work, "请改好再报")
    assert (approve.value, approve.interactive) == ("通过（还差 1 处）", False)
    assert (final.value, final.interactive) == ("下载定稿.docx（还差 1 处）", False)
    work = replace(work, review=replace(work.review, judged=()))
    *_, final, _ = reviewer.give_back(work, "请改好再报")
    assert (final.value, final.interactive) == ("下载定稿.docx", True)


def test_a_file_that_cannot_be_written_is_told_below_its_button(reviewer, tmp_path):
    _, work, *_ = reviewer.check(None, short_reply(tmp_path), None)
    file, wrong = reviewer.write_final(work)
    assert file == gradio.skip() and "没有下载" in wrong and "docx" in wrong
    file, wrong = reviewer.write_comments(work)
    assert wrong == ""
    assert {c.author for c in docx.Document(file).comments} <= {"审核人"}


def test_a_window_that_was_just_opened_gets_its_cards_before_it_has_drawn_the_revision(clerk):
    id = clerk.read(PASTED, None, None)["current"]
    clerk.draft(f"{id}:一:0", "", "", "default", None)  # stored by the window before a reload
    shown = clerk.open(f"{id}:二:0")
    assert revision(shown) > 0
    assert "data-card=" in clerk.look(f"{id}:二:0", "", "", "default")["cards"]
