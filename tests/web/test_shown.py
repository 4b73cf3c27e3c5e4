"""What the reviewer's and the indexer's tabs show is text, and tables hold no formulas."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date

import pytest

from replygen.checking import Comparison, tell_states
from replygen.models import (
    Ask,
    CheckReport,
    Citation,
    Copying,
    Coverage,
    Demand,
    EdgeText,
    Finding,
    Proposal,
    Where,
)
from replygen.service.batches import BatchView
from replygen.service.decisions import Judged
from replygen.service.renewed import Asked, Change, Renewal
from replygen.service.reviews import Review
from replygen.statistics import Kind, Survey
from replygen.web.clerk.show_drafts import show_drafts
from replygen.web.indexer import show_statistics as statistics
from replygen.web.indexer.show_batch import name_file, show_batch
from replygen.web.indexer.show_index import show_documents
from replygen.web.reviewer.nearness import cut_runs
from replygen.web.reviewer.show_reading import group_copied, show_asked, show_nearest, show_reading
from replygen.web.reviewer.show_review import (
    show_beside,
    show_log,
    show_matrix,
    show_renewal,
    show_review_summary,
)
from replygen.web.show_check import show_citations
from replygen.web.tables import guard_cell, write_csv
from replygen.word.report_words import family_of
from replygen.workspace import AuditCheck, DraftRow, Entry

EVIL = "<script>alert(1)</script>"
LEAK = Finding("leak.number", "block", Where(0, 0, 3, EVIL), EVIL, EVIL)
NOTE = Finding("form.title", "note", None, EVIL)
ENTRY = Entry(1, "2026-11-21T08:00:00+00:00", EVIL, "dismiss", EVIL, "k", {"reason": EVIL}, "h")
ASKED = Proposal(EVIL, "cppcc", EVIL, EVIL, (EVIL,), None, EVIL, EVIL, ())


def read(*judged: Judged) -> str:
    """The middle column of a draft of one paragraph and an empty one."""
    report = CheckReport((), Copying(0, 0, None), (), tuple(j.finding for j in judged))
    return show_reading(Review("a", "b", ("甲乙丙丁", ""), report, (), (), (), judged))


def view(**changes) -> BatchView:
    fields = {
        "state": "reading",
        "by": EVIL,
        "label": EVIL,
        "started": "09:00",
        "total": 10,
        "done": 4,
        "counts": {"added": 3, "failed": 1},
        "seconds": 2.0,
        "current": EVIL,
        "outcomes": ((f"/tmp/{EVIL}.txt", "failed", EVIL), ("a.zip!b.txt", "added", "题")),
        "error": EVIL,
    }
    return BatchView(**{**fields, **changes})


def test_nothing_from_a_document_or_a_person_is_html():
    judged = (Judged(LEAK, "k1", "open"), Judged(NOTE, "k2", "dismissed", ENTRY))
    report = CheckReport((Coverage(Ask(1, EVIL, EVIL), False, ()),), Copying(0.1, 9, EVIL), (), ())
    beside = Comparison(0, EVIL, f"'{EVIL}", EVIL, ((0, 5),), ((0, 5),), 0.5)
    review = Review(EVIL, EVIL, (EVIL,), report, (beside,), (), ("missing",), judged, ASKED)
    kind = Kind(EVIL, 1, 1, 1, ((EVIL, EVIL, EVIL),))
    survey = Survey(1, 0, 1, 1, (("2025", 1),), ((EVIL, 1),), ((EVIL, 1),), (kind,))
    shown = (
        show_asked(review)
        + show_reading(review)
        + show_nearest(review)
        + show_review_summary(review)
        + show_matrix(report.coverage, ("missing",), (EVIL,))
        + show_beside((beside,), (EVIL,))
        + show_log((ENTRY,), AuditCheck(False, 1, "h", (EVIL,)), EVIL)
        + show_batch(view())
        + statistics.show_statistics(survey)
    )
    assert "<script" not in shown
    assert "&lt;script" in show_asked(review)
    assert "&lt;script" in show_nearest(review)


def test_a_block_asks_for_its_ground_and_a_note_does_not():
    assert "data-basis" in read(Judged(LEAK, "k1", "open"))
    assert "data-basis" not in read(Judged(NOTE, "k1", "open"))


def test_a_finding_stands_beside_its_paragraph_or_above_where_it_has_none():
    elsewhere = Finding("leak.place", "block", Where(1, 0, 2, "页脚"), "页脚里有外地地名")
    shown = read(
        Judged(NOTE, "k0", "open"), Judged(LEAK, "k1", "open"), Judged(elsewhere, "k2", "open")
    )
    text = shown.index("<article")
    assert shown.index("rg-f-k0") < text < shown.index('id="rg-c-0"') < shown.index("rg-f-k1")
    assert shown.index("rg-f-k2") < text  # its paragraph holds no letter
    assert "第 2 段" in shown


def test_a_card_stays_where_it_is_when_it_was_decided_on():
    other = Judged(Finding("form.x", "note", Where(0, 0, 3, "x"), "小"), "k2", "open")
    for first in (Judged(LEAK, "k1", "open"), Judged(LEAK, "k1", "dismissed", ENTRY)):
        shown = read(first, other)
        assert shown.index("rg-f-k1") < shown.index("rg-f-k2")
    assert 'data-decide="reopen"' in shown


def test_a_decision_says_from_which_file_it_was_taken_over_and_when():
    entry = replace(ENTRY, who="李审", detail={"reason": "核对过", "file": "初稿.docx"})
    judged = Judged(NOTE, "k1", "dismissed", entry)
    assert "沿用11月21日对《初稿.docx》的处理：可以不改 李审" in read(judged)
    report = CheckReport((), Copying(0, 0, None), (), (NOTE,))
    review = Review("二稿.docx", "b", ("甲乙丙丁",), report, (), (), (), (judged,))
    assert "其中 1 处沿用以前的处理" in show_review_summary(review)
    same = replace(review, name="初稿.docx")
    assert "沿用" not in show_review_summary(same) + show_reading(same)
    assert "初稿.docx" in show_log((entry,), AuditCheck(True, 1, "h", ()), "某件")


def test_a_verdict_stands_above_the_paper_with_who_when_and_why():
    report = CheckReport((), Copying(0, 0, None), (), ())
    review = Review("a", "b", ("甲乙丙丁",), report, (), (), (), ())
    said = replace(
        ENTRY, who="李审", what="return", detail={"reason": "写明科室", "file": "稿.docx"}
    )
    shown = show_review_summary(review, (said, True))
    assert "已退回</b> 李审 2026-11-21" in shown and "：写明科室" in shown
    assert "已通过</b>" in show_review_summary(review, (replace(said, what="approve"), True))
    assert "上一稿已退回" in show_review_summary(review, (said, False))


def test_a_share_that_is_copied_is_told_only_where_it_can_be_seen():
    report = CheckReport((), Copying(0.1, 9, "某市的答复"), (), ())
    review = Review("a", "b", ("甲乙丙丁",), report, (), (), (), ())
    assert "相同" not in show_review_summary(review)
    near = Comparison(0, "某市的答复", "p#1", "甲乙丙丁", ((0, 4),), ((0, 4),), 1.0)
    shown = show_review_summary(replace(review, comparisons=(near,)))
    assert "10%</b>与某市的答复相同" in shown


def found(key: str, rule: str, start: int, end: int, severity: str = "block") -> Judged:
    where = Where(0, start, end, "x" * (end - start))
    return Judged(Finding(rule, severity, where, f"问题{key}", "改"), key, "open")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("judged", "cards"),
    [
        (
            [("a", "copy.run", 0, 60), ("b", "copy.done", 0, 25), ("c", "leak.number", 8, 12)],
            ["abc"],
        ),
        (
            [("a", "copy.done", 0, 25), ("b", "copy.done", 26, 50), ("c", "leak.place", 30, 33)],
            ["abc"],
        ),
        ([("a", "copy.run", 0, 30), ("b", "leak.number", 40, 44)], ["a", "b"]),
        ([("a", "copy.run", 0, 30), ("b", "citation.repealed", 5, 9)], ["a", "b"]),
        ([("a", "leak.number", 0, 4), ("b", "leak.place", 0, 4)], ["a", "b"]),
        (
            [("a", "copy.run", 0, 20), ("b", "leak.number", 50, 54), ("c", "copy.run", 40, 60)],
            ["a", "bc"],
        ),
    ],
    ids=["passage", "two sentences", "outside", "a law", "not copied", "two passages"],
)
def test_one_copied_passage_is_one_card(judged, cards):
    groups = group_copied([found(*one) for one in judged])
    assert ["".join(j.key for j in group) for group in groups] == cards


def test_the_card_of_a_copied_passage_decides_on_all_of_it_what_is_grave_first():
    run = found("k1", "copy.run", 0, 4, "warn")
    figure = found("k2", "leak.number", 1, 2)
    shown = read(run, figure)
    assert 'id="rg-f-k2-k1"' in shown and 'data-key="k2-k1"' in shown
    assert "<li>问题k2</li>" in shown and "还有 1 处" in shown
    assert "data-basis" in shown  # one of them must be changed
    entry = replace(ENTRY, who="李审", detail={"reason": "核对过"})
    half = read(Judged(run.finding, "k1", "dismissed", entry), figure)
    assert 'data-decide="accept"' in half
    whole = read(*(Judged(j.finding, j.key, "dismissed", entry) for j in (run, figure)))
    assert 'data-decide="reopen" data-key="k2-k1"' in whole and "可以不改 李审" in whole


@pytest.mark.parametrize(
    ("text", "span", "same"),
    [
        ("合格率98.7%", (0, 4), "合格率"),
        ("检查12家次", (1, 3), "查"),
        ("共108家商户", (2, 7), "家商户"),
        ("合格率98.7%", (0, 8), "合格率98.7%"),
        ("12家", (0, 3), "12家"),
    ],
)
def test_no_number_is_cut_into_what_is_the_same_and_what_is_not(text, span, same):
    pieces = cut_runs(text, (span,), "ins")
    assert "".join(piece for piece, look in pieces if look == "same") == same
    assert "".join(piece for piece, _ in pieces) == text


def test_the_findings_can_be_narrowed_to_what_is_grave():
    warn = Judged(replace(NOTE, severity="warn"), "k2", "open")
    shown = read(Judged(LEAK, "k1", "open"), warn, Judged(NOTE, "k3", "open"))
    for severity, name in (("block", "必须改 1"), ("warn", "请核实 1"), ("", "全部 3")):
        assert f'data-filter="{severity}"' in shown and name in shown
    assert "data-filter" not in read(warn)  # nothing to choose from


def test_a_footer_is_no_paragraph_and_what_was_found_in_it_stands_above():
    found = Finding("leak.place", "block", Where(1, 0, 3, "某某局", "footer"), "别处的局")
    judged = Judged(found, "k1", "open")
    report = CheckReport((), Copying(0, 0, None), (), (found,))
    texts = ("正文。", EdgeText("某某局", "footer"), EdgeText("— 1 —", "footer"))
    shown = show_reading(Review("a", "b", texts, report, (), (), (), (judged,)))
    assert shown.count("data-paragraph=") == 1
    assert shown.index("rg-f-k1") < shown.index("<article") and "页脚" in shown


def test_words_with_marks_of_their_own_get_no_second_pair():
    quoted = Finding("leak.x", "warn", Where(0, 0, 4, "“甲乙”"), "没有查到““甲乙””的出处")
    shown = read(Judged(quoted, "k1", "open"))
    assert "没有查到“甲乙”的出处" in shown and "<q>" not in shown


@pytest.mark.parametrize("narrow", [show_citations, None])
def test_a_row_tells_each_column_so_that_a_narrow_screen_can_stack_it(narrow):
    cited = Citation("《某法》第三条", "某法", "第三条", "valid", 0)
    shown = (
        show_citations(((cited, None),))
        if narrow
        else show_log((ENTRY,), AuditCheck(True, 1, "h", ()), "某件")
    )
    assert shown.count("<td ") == shown.count("<td data-head=") == (4 if narrow else 6)


def test_the_proposal_says_of_each_ask_whether_and_where_it_is_answered():
    demand = Demand("设立专项补贴", 2, 8)
    asks = (Ask(1, "补贴", "建议设立专项补贴。", (demand,)), Ask(2, "培训", "开展培训。"))
    coverage = (Coverage(asks[0], True, (0, 9)), Coverage(asks[1], False, ()))
    report = CheckReport(coverage, Copying(0, 0, None), (), ())
    review = Review("a", "b", ("答复。",), report, (), (), ("answered", "missing"), (), ASKED)
    shown = show_asked(review)
    assert "<u>设立专项补贴</u>" in shown
    assert "已答复" in shown and "没有答复" in shown
    assert 'data-goto="rg-c-0"' in shown
    assert "rg-c-9" not in shown  # no such paragraph
    assert "没有给出提案" in show_asked(replace(review, proposal=None))


def test_open_slots_are_one_card_without_decisions():
    slots = [
        Judged(Finding("slot.open", "block", Where(n, 0, 4, "【时间】"), "空"), f"k{n}", "open")
        for n in range(3)
    ]
    shown = read(*slots)
    assert "还有 3 处空着" in shown
    assert 'data-decide="accept"' not in shown


def test_a_running_batch_shows_its_progress_speed_and_what_is_left():
    shown = show_batch(view())
    assert 'max="10" value="4"' in shown
    assert "4 / 10 个，每秒 2.0 个，大约还要 3.0 秒" in shown
    assert "逐个文件的结果" in shown
    assert "已停止" in show_batch(view(state="cancelled"))
    assert show_batch(None) == ""


def test_what_gives_nothing_to_find_is_told_with_why():
    shown = show_batch(view(empty=(("/a/空表.docx", "没有一条措施"), (EVIL, EVIL))))
    assert "没有可用内容的 2 份" in shown
    assert "空表.docx：没有一条措施" in shown
    assert "<script" not in shown
    assert "没有可用" not in show_batch(view())


def test_superseded_texts_are_named_with_the_one_in_force():
    shown = show_batch(view(editions=(("/a/旧法.md", "/a/新法.md"), (EVIL, EVIL))))
    assert "旧文本 2 份" in shown
    assert "旧法.md → 现行的是 新法.md" in shown
    assert "<script" not in shown


def test_a_file_is_named_without_its_folders():
    assert name_file("/srv/甲/乙.zip!丙/丁.txt") == "乙.zip 里的 丙/丁.txt"
    assert name_file("C:\\共享\\乙.docx") == "乙.docx"


def test_long_lists_have_pages():
    from replygen.models import Document

    documents = [
        Document(f"{n}", f"{n}.txt", "reply", f"题{n}", None, None, None, None) for n in range(120)
    ]
    shown = show_documents(documents, page=3)
    assert "第 3 / 3 页" in shown
    assert shown.count("data-open") == 20
    assert "题119" in show_documents(documents, page=99)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "＝1", "=cmd|' /C calc'!A0"]
)
def test_no_cell_of_a_table_is_a_formula(cell, tmp_path):
    assert guard_cell(cell).startswith("'")
    path = write_csv(tmp_path / "a.csv", ("甲",), [(cell,), (None,), ('普通，"引号"',)])
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [["甲"], [f"'{cell}"], [""], ['普通，"引号"']]


def test_what_is_no_formula_stays_as_it_is():
    assert guard_cell("2025-06-20") == "2025-06-20"
    assert guard_cell("关于A-B的答复") == "关于A-B的答复"


def test_without_a_chinese_font_the_plots_are_tables(monkeypatch):
    monkeypatch.setattr(statistics, "draw_bars", lambda *_, **__: None)
    survey = Survey(3, 1, 3, 2, (("2025", 3),), (("甲市", 3),), (("教育", 3),), ())
    shown = statistics.show_statistics(survey)
    assert "<img" not in shown
    assert shown.count("rg-bars") == 4


def test_a_paper_that_comes_in_again_shows_what_changed_and_what_was_asked_for():
    report = CheckReport((), Copying(0, 0, None), (), ())
    review = Review("a", "b", ("甲乙丙丁", "新的一段"), report, (), (), (), ())
    said = replace(ENTRY, who="李审", what="return", detail={"reason": "写明科室"})
    accepted = replace(ENTRY, what="accept", detail={"paragraph": "1", "text": EVIL})
    changes = (
        Change(0, "changed", (("甲", ""), ("乙", "del"), (EVIL, "ins"))),
        Change(1, "new", (("新的一段", "ins"),)),
        Change(None, "gone", (("旧的一段", "del"),)),
    )
    renewal = Renewal(said, changes, (Asked(accepted, False),))
    shown = show_renewal(renewal)
    assert "<del>乙</del>" in shown and "&lt;script&gt;alert(1)&lt;/script&gt;</ins>" in shown
    assert "没有改" in shown and "删去一段" in shown and "<script" not in shown
    summary = show_review_summary(review, (said, False), renewal)
    assert "与上一稿比：改了 1 段，新增 1 段，删去 1 段；上次要求改的 1 处，已改 0 处" in summary
    reading = show_reading(review, renewal)
    assert reading.count("rg-was") == 2 and "新增" in reading and "改过" in reading
    assert "没有上一稿可比" in show_renewal(None)
    assert "rg-was" not in show_reading(review)


def test_what_is_counted_above_is_what_can_be_chosen_below():
    shut = Judged(NOTE, "k1", "dismissed", ENTRY)
    slot = Finding("slot.open", "block", Where(0, 3, 4, "丁"), "空着")
    judged = (shut, Judged(LEAK, "k2", "open"), Judged(slot, "k3", "open"))
    shown = read(*judged)
    assert "必须改 2<" in shown and "提示 0<" in shown and "全部 2<" in shown
    report = CheckReport((), Copying(0, 0, None), (), ())
    review = Review("a", "b", ("甲乙丙丁",), report, (), (), (), judged)
    assert "<b>2</b>必须改" in show_review_summary(review)


def test_half_an_answer_is_not_counted_as_one():
    half = Finding("coverage.partly", "warn", None, "第1条建议“甲”里的“乙”没有回应")
    coverage = (
        Coverage(Ask(1, "甲", "甲乙"), True, (0,)),
        Coverage(Ask(2, "丙", "丙"), True, (0,)),
    )
    report = CheckReport(coverage, Copying(0, 0, None), (), (half,))
    states = tell_states(report)
    review = Review("a", "b", ("甲乙丙丁",), report, (), (), states, ())
    assert "1/2</b>建议已答，1 条部分答复" in show_review_summary(review)


@pytest.mark.parametrize(
    ("rule", "family"),
    [
        ("leak.number", "没有出处"),
        ("leak.date", "没有出处"),
        ("leak.document", "没有出处"),
        ("leak.place", "外地内容"),
        ("leak.organisation", "外地内容"),
        ("leak.promised", "承诺"),
    ],
)
def test_what_only_has_no_source_is_not_called_another_places(rule, family):
    assert family_of(rule) == family


def test_the_form_of_a_block_asks_whether_it_is_a_false_alarm():
    shown = read(Judged(LEAK, "k1", "open"))
    assert 'value="mistaken"' in shown and 'value="dismiss"' in shown
    assert "data-how" not in read(Judged(NOTE, "k1", "open"))
    wrong = replace(ENTRY, what="mistaken", who="李审", detail={"reason": "不是人名"})
    assert "可以不改（误报） 李审" in read(Judged(LEAK, "k1", "dismissed", wrong))


def test_a_returned_draft_says_so_above_the_open_one():
    day = "2026-11-21T09:00:00+00:00"
    facts = ("小林", "关于停车", "五届三次", "0126", "有问题未决")
    row = DraftRow("a1", *facts, day, day, None, None)
    said = replace(ENTRY, who="李审", what="return", detail={"reason": "写明科室"})
    shown = show_drafts([row], "a1", today=date(2026, 11, 22), verdicts={"a1": said})
    head = shown[: shown.index("<details")]
    assert "已退回" in head and "李审" in head and "写明科室" in head
    passed = {"a1": replace(said, what="approve")}
    for current, verdicts in (("b2", {"a1": said}), ("a1", passed), ("a1", {})):
        shown = show_drafts([row], current, today=date(2026, 11, 22), verdicts=verdicts)
        assert "已退回</b>" not in shown


def of(rule: str, start: int, key: str, message: str = "没有出处", paragraph: int = 0) -> Judged:
    where = Where(paragraph, start, start + 1, "甲乙丙丁"[start])
    return Judged(Finding(rule, "block", where, message), key, "open")


@pytest.mark.parametrize(
    ("judged", "together"),
    [
        ((of("leak.number", 0, "k1"), of("leak.date", 1, "k2")), "另外 1 处“没有出处”"),
        ((of("leak.number", 0, "k1"), of("leak.place", 1, "k2")), None),
        ((of("leak.place", 0, "k1"), of("leak.place", 0, "k2", paragraph=1)), None),
        (
            (of("leak.number", 0, "k1"), of("leak.number", 1, "k2", "没有，见于甲市《答复》")),
            None,
        ),
        (
            (of("leak.number", 0, "k1"), of("leak.number", 1, "k2"), of("copy.run", 1, "k9")),
            None,
        ),
        (
            (
                of("promise.unconfirmed", 0, "k1", "第 1 项"),
                of("promise.unconfirmed", 1, "k2", "第 1 项", paragraph=1),
                of("promise.unconfirmed", 2, "k3", "第 2 项"),
            ),
            "这一项建议另外 1 处“承诺”",
        ),
        ((of("leak.number", 0, "k1"), replace(of("leak.date", 1, "k2"), state="accepted")), None),
    ],
)
def test_what_is_of_one_kind_is_decided_together(judged, together):
    report = CheckReport((), Copying(0, 0, None), (), tuple(j.finding for j in judged))
    shown = show_reading(Review("a", "b", ("甲乙丙丁", "甲乙"), report, (), (), (), judged))
    assert ('data-alike="k2"' in shown) == (together is not None)
    assert (together or "没有") in (shown if together else "没有")
    assert 'data-alike="k3"' not in shown


def test_a_commitment_is_agreed_to_and_not_declined():
    judged = of("promise.unconfirmed", 0, "k1")
    shown = read(judged)
    assert "同意这项承诺…" in shown and "谁同意" in shown and "误报" not in shown
    agreed = replace(ENTRY, who="李审", detail={"rule": "promise.unconfirmed", "reason": "已议定"})
    assert "同意承诺 李审" in read(replace(judged, state="dismissed", entry=agreed))
    assert "可以不改…" in read(of("leak.number", 0, "k1"))


def test_an_unanswered_ask_stands_behind_the_answer_to_the_one_before():
    asks = (Ask(1, "甲事", "甲事"), Ask(2, "乙事", "乙事"))
    rows = (Coverage(asks[0], True, (0,)), Coverage(asks[1], False, ()))
    told = Judged(
        Finding("coverage.missing", "block", None, "第2条建议“乙事”没有回应"), "k1", "open"
    )
    report = CheckReport(rows, Copying(0, 0, None), (), (told.finding,))
    texts = ("关于甲事", "特此答复")
    shown = show_reading(Review("a", "b", texts, report, (), (), (), (told,)))
    assert shown.index('id="rg-c-0"') < shown.index("rg-f-k1") < shown.index('id="rg-c-1"')
    assert "按顺序应写在这一段后面" in shown


def test_what_must_be_changed_is_counted_as_the_clerks_page_does():
    judged = (
        of("slot.open", 0, "k1"),
        of("slot.open", 1, "k2"),
        of("promise.unconfirmed", 2, "k3"),
        of("leak.place", 3, "k4"),
    )
    report = CheckReport((), Copying(0, 0, None), (), ())
    review = Review("a", "b", ("甲乙丙丁",), report, (), (), (), judged)
    told = "还有 4 处必须改（待填 2 处，待确认的承诺 1 句，其他 1 处）"
    assert told in show_review_summary(review)
    assert "还有 1 处必须改<" in show_review_summary(replace(review, judged=judged[3:]))
