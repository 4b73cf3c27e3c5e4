"""A draft under review: decisions are logged, come back, and do not outlive their text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from replygen.errors import ExportBlocked, ReadError, SettingsError, StoreError
from replygen.models import Block, Draft, Finding, Proposal, Sentence
from replygen.service.copies import clean_draft, publish_draft
from replygen.service.decisions import Judged, name_paper, tell_state
from replygen.service.desk import Desk
from replygen.service.renewed import compare_texts, find_renewal
from replygen.service.review_files import (
    export_comments,
    export_report,
    to_report,
    write_final,
)
from replygen.service.reviews import (
    Review,
    can_dismiss,
    comment,
    decide,
    name_basis,
    review_draft,
    review_stored,
)
from replygen.service.verdicts import find_verdict, judge_paper
from replygen.settings import Settings, load_profile, resource
from replygen.web.clerk.leaving import Kind, write_copy
from replygen.workspace import AuditLog, Work, tell_deed

LEAK = "2025年，泊原市检查商户5213家，办结案件87件。"
REPEALED = "依据《中华人民共和国合同法》第八条处理。"
TEXT = f"""对市政协五届三次会议第0126号提案的答复
林静委员：
您提出的提案收悉，现答复如下：
一、关于加强直播电商监管
{LEAK}
{REPEALED}
下一步，我局将开展专项检查。
云川市市场监督管理局
2026年11月20日"""


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("review") / "index"
    with Desk(Settings(index=folder)) as desk:
        desk.add([resource("corpus", "own")], own=True)
        desk.add(sorted(resource("corpus", "others").glob("boyuan*")))
    return folder


@pytest.fixture
def desk(index, tmp_path) -> Iterator[Desk]:
    profile = load_profile(resource("corpus", "profile.toml"))
    with Desk(Settings(index=index, work=tmp_path / "work", profile=profile)) as desk:
        yield desk


@pytest.fixture
def draft(tmp_path) -> Path:
    path = tmp_path / "改过的.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def find(review: Review, marked: str, severity: str = "block") -> Judged:
    return next(
        j
        for j in review.judged
        if j.finding.where is not None
        and marked in j.finding.where.text
        and j.finding.severity == severity
    )


def set_all_aside(desk: Desk, review: Review) -> Review:
    """What blocks is set aside, with its ground."""
    for judged in review.open_blocks:
        review = decide(
            desk,
            review,
            judged.key,
            "dismiss",
            by="李审",
            reason="核对无误",
            basis="市局2025年工作总结第3页",
        )
    return review


@pytest.mark.slow
def test_a_block_is_set_aside_only_by_saying_what_it_rests_on(desk, draft):
    review = review_draft(desk, draft)
    leak = find(review, "5213家")
    assert leak in review.open_blocks
    with pytest.raises(SettingsError, match="理由"):
        decide(desk, review, leak.key, "dismiss", by="李审", basis="2025年工作总结第3页")
    with pytest.raises(SettingsError, match="出自本单位哪份材料"):
        decide(desk, review, leak.key, "dismiss", by="李审", reason="数字核对无误")
    assert AuditLog(desk.settings.work).entries() == ()
    after = decide(
        desk,
        review,
        leak.key,
        "dismiss",
        by="李审",
        reason="数字核对无误",
        basis="市局2025年工作总结第3页",
    )
    assert find(after, "5213家").state == "dismissed"
    assert len(after.open_blocks) == len(review.open_blocks) - 1


def test_a_paper_of_another_place_is_no_ground(desk, draft):
    review = review_draft(desk, draft)
    other = next(d for d in desk.documents() if not d.own and len(d.title) >= 8)
    key = find(review, "5213家").key
    for basis in (f"见《{other.title}》", f"文件 {Path(other.path).name}"):
        with pytest.raises(SettingsError, match="外单位的材料"):
            decide(desk, review, key, "dismiss", by="李审", reason="有出处的", basis=basis)


def test_a_citation_of_a_repealed_law_needs_its_ground_too(desk, draft):
    review = review_draft(desk, draft)
    cited = find(review, "合同法")
    assert cited.finding.rule.startswith("citation.")
    with pytest.raises(SettingsError, match="现行文本"):
        decide(desk, review, cited.key, "dismiss", by="李审", reason="就是要引它")


def test_an_open_slot_cannot_be_set_aside(desk, tmp_path):
    path = tmp_path / "空.txt"
    path.write_text(TEXT.replace(LEAK, "我局检查商户【数量】家。"), encoding="utf-8")
    review = review_draft(desk, path)
    slot = find(review, "【数量】")
    assert not can_dismiss(slot.finding)
    with pytest.raises(SettingsError, match="填上"):
        decide(desk, review, slot.key, "dismiss", by="甲", reason="没有数字", basis="没有数字可填")


def test_a_decision_comes_back_until_its_text_changes(desk, draft):
    review = review_draft(desk, draft)
    key = find(review, "5213家").key
    options = {"by": "李审", "reason": "核对无误", "basis": "市局2025年工作总结第3页"}
    decide(desk, review, key, "dismiss", **options)
    draft.write_text(TEXT.replace("专项检查", "三项专项检查"), encoding="utf-8")
    again = find(review_draft(desk, draft), "5213家")
    assert (again.state, again.key) == ("dismissed", key)
    assert again.entry is not None
    assert again.entry.detail["reason"] == "核对无误"
    draft.write_text(TEXT.replace("办结案件87件", "办结案件88件"), encoding="utf-8")
    assert find(review_draft(desk, draft), "5213家").state == "open"


def test_a_decision_on_one_paper_is_none_on_another(desk, draft):
    review = review_draft(desk, draft)
    decide(
        desk,
        review,
        find(review, "5213家").key,
        "dismiss",
        by="李审",
        reason="核对无误",
        basis="市局2025年工作总结第3页",
    )
    draft.write_text(TEXT.replace("第0126号", "第0127号"), encoding="utf-8")
    assert find(review_draft(desk, draft), "5213家").state == "open"


def test_a_decision_can_be_taken_back_and_both_stand_in_the_log(desk, draft):
    review = review_draft(desk, draft)
    key = find(review, "5213家").key
    review = decide(desk, review, key, "accept", by="李审")
    assert find(review, "5213家").state == "accepted"
    assert find(review, "5213家") in review.open_blocks
    review = decide(desk, review, key, "reopen", by="李审")
    assert find(review, "5213家").state == "open"
    log = AuditLog(desk.settings.work)
    assert [e.what for e in log.entries()] == ["accept", "reopen"]
    assert log.verify().ok


def test_the_report_tells_what_was_set_aside_by_whom_and_why(desk, draft, tmp_path):
    review = review_draft(desk, draft)
    for judged in review.open_blocks:
        review = decide(
            desk,
            review,
            judged.key,
            "dismiss",
            by="李审",
            reason="<b>核对无误",
            basis="市局2025年工作总结第3页",
        )
    assert not to_report(review).blocked
    page = export_report(desk, review, tmp_path / "报告.html").read_text(encoding="utf-8")
    assert "李审审核后认为可以不改：&lt;b&gt;核对无误；依据：市局2025年工作总结第3页" in page
    assert AuditLog(desk.settings.work).verify().head[:12] in page

    import docx

    word = docx.Document(str(export_report(desk, review, tmp_path / "报告.docx")))
    cells = [c.text for t in word.tables for row in t.rows for c in row.cells]
    told = "\n".join([*(p.text for p in word.paragraphs), *cells])
    assert "李审审核后认为可以不改" in told


def test_a_final_copy_is_refused_while_a_block_is_open_and_logged_when_written(desk, tmp_path):
    import docx

    path, out = tmp_path / "稿.docx", tmp_path / "定稿.docx"
    document = docx.Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    document.save(str(path))
    review = review_draft(desk, path)
    with pytest.raises(ExportBlocked, match=f"{len(review.open_blocks)} 处"):
        write_final(desk, review, path, out, by="李审")
    assert not out.exists()
    review = set_all_aside(desk, review)
    assert write_final(desk, review, path, out, by="李审") == out
    assert [p.text for p in docx.Document(str(out)).paragraphs] == TEXT.splitlines()
    assert AuditLog(desk.settings.work).entries()[-1].what == "final"


@pytest.mark.slow
def test_what_a_reviewer_set_aside_blocks_no_other_way_to_a_final_copy(desk, tmp_path):
    """The clerk's page, draft --final, check, clean and publish ask as the review does."""
    blocks = tuple(
        Block("body", (Sentence(line, "typed", ("proposal",)),)) for line in TEXT.splitlines()
    )
    made = Draft("答复", "default", header=blocks, sections=(), signoff=())
    asked = Proposal("关于停车", "cppcc", "五届三次", "0126", ("林静",), "主办", "", "", ())
    work = Work(asked, draft=made)
    id = desk.drafts.create("小林", work)

    def leave(kind: Kind) -> Path | None:
        result = desk.judge_letter(made, asked)
        return write_copy(desk, result, kind, form="default", folder=tmp_path).path

    with pytest.raises(ExportBlocked):
        leave("final")
    draft = leave("docx")
    assert draft == tmp_path / "第0126号-答复草稿.docx"
    assert desk.finish(made, asked, output=tmp_path / "a.docx", final=True).docx is None
    assert clean_draft(desk, draft).path is None

    review = review_stored(desk, id, output=tmp_path / "b.docx")
    assert len(review.open_blocks) >= 2
    review = set_all_aside(desk, review)
    assert leave("final") is not None and leave("public") is not None
    told = [
        f
        for f in desk.judge_letter(made, asked).report.findings
        if "李审审核后认为可以不改" in f.message
    ]
    assert {f.severity for f in told} == {"note"} and len(told) >= 2
    assert desk.finish(made, asked, output=tmp_path / "a.docx", final=True).docx is not None
    assert not desk.check(draft).blocked
    assert clean_draft(desk, draft).path is not None
    assert publish_draft(desk, draft).path is not None

    key = next(j.key for j in review.judged if j.state == "dismissed")
    decide(desk, review, key, "reopen", by="李审")
    with pytest.raises(ExportBlocked):
        leave("final")
    assert desk.check(draft).blocked


def test_a_log_that_cannot_be_read_sets_nothing_aside_and_stops_nobody(desk, draft):
    review = review_draft(desk, draft)
    review = set_all_aside(desk, review)
    assert not desk.check(draft).blocked
    AuditLog(desk.settings.work).path.write_bytes(b"no database" * 100)
    assert desk.check(draft).blocked


def test_a_final_copy_of_a_text_file_is_refused(desk, draft, tmp_path):
    draft.write_text("感谢您的关心。", encoding="utf-8")
    review = review_draft(desk, draft)
    if review.open_blocks:
        pytest.fail("a sentence of thanks must not be blocked")
    with pytest.raises(ReadError, match="docx"):
        write_final(desk, review, draft, tmp_path / "定稿.docx", by="李审")


def test_a_stored_draft_is_reviewed_with_what_was_typed_into_it(desk, tmp_path):
    from replygen.drafting.fill import name_slot

    asked = desk.read_proposal(resource("corpus", "proposals", "0126.docx"))
    made = desk.draft(asked, output=tmp_path / "a.docx")
    b, s = next(
        (b, s)
        for b, block in enumerate(made.draft.blocks)
        for s, sentence in enumerate(block.sentences)
        if sentence.slots
    )
    work = Work(asked, draft=made.draft, values={name_slot(b, s, 0): "A类"})
    id = desk.drafts.create("小林", work)
    review = review_stored(desk, id, output=tmp_path / "b.docx")
    assert "A类" in review.paragraphs[b]
    assert len(review.states) == len(asked.asks)
    assert (tmp_path / "b.docx").exists()
    with pytest.raises(StoreError, match="还没有生成草稿"):
        review_stored(desk, desk.drafts.create("小林", Work(asked)), output=tmp_path / "c.docx")


@pytest.mark.parametrize(
    ("paragraphs", "proposal", "name"),
    [
        (
            ("", "对市政协五届三次会议第0126号提案的答复"),
            None,
            "对市政协五届三次会议第0126号提案的答复",
        ),
        (("关于规范停车的建议的答复函",), None, "关于规范停车的建议的答复函"),
        (("正文",), None, "稿.docx"),
        (
            ("正文",),
            Proposal("关于停车", None, "五届三次", "088", (), None, "", "", ()),
            "五届三次第088号《关于停车》",
        ),
    ],
)
def test_a_paper_is_called_by_its_title(paragraphs, proposal, name):
    assert name_paper(paragraphs, proposal, "稿.docx") == name


def test_only_what_must_be_changed_needs_a_ground():
    assert name_basis(Finding("leak.number", "warn", None, "x")) is None
    assert "现行文本" in (name_basis(Finding("citation.repealed", "block", None, "x")) or "")
    assert name_basis(Finding("class.tense", "block", None, "x"))


def test_the_command_shows_the_log_and_tells_when_it_was_edited(tmp_path, monkeypatch):
    import sqlite3

    from replygen.cli.main import app

    monkeypatch.setenv("REPLYGEN_WORK", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    log = AuditLog(tmp_path)
    log.add(who="李审", what="dismiss", subject="第0126号", detail={"reason": "核对无误"})
    shown = CliRunner().invoke(app, ["audit-log"])
    assert shown.exit_code == 0
    assert "李审 可以不改〔第0126号〕理由 核对无误" in shown.stdout
    assert json.loads(CliRunner().invoke(app, ["audit-log", "--json"]).stdout)["ok"]
    db = sqlite3.connect(log.path)
    db.execute("DROP TRIGGER entries_no_update")
    db.execute("UPDATE entries SET who = '别人', at = '去年'")
    db.commit()
    db.close()
    broken = CliRunner().invoke(app, ["audit-log"])
    assert broken.exit_code == 1
    assert "第 1 条的内容被改过" in broken.stdout
    assert "1. 去年 别人" in broken.stdout


def test_a_draft_of_ours_brings_its_proposal_so_that_coverage_is_checked_without_it(desk, tmp_path):
    import docx

    asked = desk.read_proposal(resource("corpus", "proposals", "0126.docx"))
    path = tmp_path / "草稿.docx"
    desk.draft(asked, output=path)
    report = desk.check(path)
    assert len(report.coverage) == len(asked.asks)
    assert not any(name.startswith("覆盖核查") for name in report.not_run)
    assert review_draft(desk, path).report.coverage == report.coverage

    pattern = docx.Document(str(path))  # somebody wrote another reply over it
    for paragraph in pattern.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("0126", "0555")
    pattern.save(str(path))
    assert any(name.startswith("覆盖核查") for name in desk.check(path).not_run)


def test_a_paper_is_returned_with_a_reason_and_approved_when_nothing_blocks(desk, draft):
    log, review = AuditLog(desk.settings.work), replace(review_draft(desk, draft), stored="d1")
    with pytest.raises(SettingsError, match="退回的理由"):
        judge_paper(desk, review, "return", by="李审", reason="改")
    with pytest.raises(SettingsError, match="不能通过"):
        judge_paper(desk, review, "approve", by="李审")
    judge_paper(desk, review, "return", by="李审", reason="第5段数字不是我市的")
    assert (log.verdicts()["d1"].what, log.verdicts()["d1"].detail["reason"]) == (
        "return",
        "第5段数字不是我市的",
    )
    judge_paper(desk, set_all_aside(desk, review), "approve", by="李审")
    assert log.verdicts()["d1"].what == "approve"
    assert log.verify().ok


def test_an_uploaded_copy_of_a_stored_draft_is_tied_to_it(desk, tmp_path):
    asked = Proposal("关于停车", "cppcc", "五届三次", "0126", ("林静",), "主办", "", "", ())
    block = Block("body", (Sentence("下一步，我局将加强巡查。", "typed", ("typed",)),))
    made = Draft("答复", "default", header=(block,), sections=(), signoff=())
    copy, log = tmp_path / "改过的.docx", AuditLog(desk.settings.work)
    desk.finish(made, asked, output=copy)
    assert review_draft(desk, copy).stored == ""  # nobody has it stored
    other = replace(asked, number="0127")
    desk.drafts.create("小林", Work(other, draft=made))
    id = desk.drafts.create("小林", Work(asked, draft=made))
    review = review_draft(desk, copy)
    assert review.stored == id
    judge_paper(desk, review, "return", by="李审", reason="请写明责任科室")
    said, row = log.verdicts()[id], next(r for r in desk.drafts.rows() if r.id == id)
    assert tell_state(row, said) == "已退回"
    assert tell_state(row, replace(said, what="approve")) == "已通过"
    changed = replace(row, letter="another")
    assert tell_state(changed, said) == "已退回"  # until it is handed in again
    assert tell_state(changed, replace(said, what="approve")) == row.state
    assert tell_state(row, None) == row.state
    desk.drafts.create("小周", Work(asked, draft=made))
    assert review_draft(desk, copy).stored == ""  # whose it is nobody can say


def test_a_verdict_stands_until_the_text_is_another_one(desk, draft):
    review, log = review_draft(desk, draft), AuditLog(desk.settings.work)
    assert find_verdict(review, ()) is None
    judge_paper(desk, review, "return", by="李审", reason="请写明责任科室")
    entry, same = find_verdict(review_draft(desk, draft), log.entries()) or (None, None)
    assert entry is not None and (entry.who, entry.detail["reason"], same) == (
        "李审",
        "请写明责任科室",
        True,
    )
    draft.write_text(TEXT.replace("专项检查", "三项专项检查"), encoding="utf-8")
    assert (find_verdict(review_draft(desk, draft), log.entries()) or (0, 0))[1] is False


def test_a_decision_taken_over_from_another_file_says_from_which_and_when(desk, draft, tmp_path):
    review = set_all_aside(desk, review_draft(desk, draft))
    assert not any("沿用" in f.message for f in to_report(review).findings)
    second = tmp_path / "第二稿.txt"
    second.write_text(TEXT, encoding="utf-8")
    told = [
        f.message for f in to_report(review_draft(desk, second)).findings if "李审" in f.message
    ]
    day = f"{date.today().month}月{date.today().day}日"
    assert told
    assert all(f"〔沿用{day}对《{draft.name}》的处理：李审审核后认为可以不改：" in m for m in told)


def test_findings_and_decisions_are_comments_in_word(desk, draft, tmp_path):
    import docx

    review = review_draft(desk, draft)
    output = export_comments(desk, review, draft, tmp_path / "批注稿.docx", by="李审")
    said = [comment.text for comment in docx.Document(str(output)).comments]
    assert any("5213" in text for text in said)
    assert {comment.author for comment in docx.Document(str(output)).comments} == {"李审"}
    again = export_comments(desk, review, output, tmp_path / "再批.docx", by="周审")
    assert len(list(docx.Document(str(again)).comments)) == len(said)


@pytest.mark.parametrize(("what", "told"), [("return", "退回"), ("approve", "审核通过")])
def test_what_was_said_of_a_paper_goes_along_with_it(desk, draft, tmp_path, what, told):
    import docx

    draft.write_text("关于停车的答复\n下一步，我局将加强日常监管。", encoding="utf-8")
    review = review_draft(desk, draft)
    judge_paper(desk, review, what, by="李审", reason="请写明责任科室，改好再报")
    first, *_ = docx.Document(
        str(export_comments(desk, review, draft, tmp_path / "批注稿.docx", by="周审"))
    ).comments
    assert first.author == "李审"
    assert first.text.startswith(f"审核意见：{told}。李审") and "改好再报" in first.text
    page = export_report(desk, review, tmp_path / "报告.html").read_text(encoding="utf-8")
    word = docx.Document(str(export_report(desk, review, tmp_path / "报告.docx")))
    cells = [c.text for t in word.tables for row in t.rows for c in row.cells]
    text = "\n".join([*(p.text for p in word.paragraphs), *cells])
    for said in (told, "李审", "请写明责任科室，改好再报", date.today().isoformat(), "审核记录"):
        assert said in page and said in text
    assert told in [p.text for p in word.paragraphs]

    draft.write_text("关于停车的答复\n下一步，我局科室将加强日常监管。", encoding="utf-8")
    again = review_draft(desk, draft)
    page = export_report(desk, again, tmp_path / "报告.html").read_text(encoding="utf-8")
    assert f"上一稿{told}" in page


def test_what_was_said_of_a_paper_stands_in_it_once(desk, draft, tmp_path):
    import docx

    review = review_draft(desk, draft)
    copy = tmp_path / "批注稿.docx"
    for reason in ("请写明责任科室", "请写明牵头科室"):
        judge_paper(desk, review, "return", by="李审", reason=reason)
        source = copy if copy.exists() else draft
        export_comments(desk, review, source, copy, by="李审")
    said = [c.text for c in docx.Document(str(copy)).comments if c.text.startswith("审核意见")]
    assert len(said) == 1 and "牵头科室" in said[0]


def test_the_report_has_the_entries_of_its_own_paper_only(desk, draft, tmp_path):
    review = review_draft(desk, draft)
    decide(desk, review, find(review, "5213家").key, "accept", by="李审")
    other = tmp_path / "另一份.txt"
    other.write_text(TEXT.replace("第0126号", "第0127号"), encoding="utf-8")
    review_other = review_draft(desk, other)
    decide(desk, review_other, find(review_other, "5213家").key, "accept", by="周审")
    page = export_report(desk, review, tmp_path / "报告.html").read_text(encoding="utf-8")
    assert "李审" in page and "周审" not in page


def test_a_false_alarm_is_set_aside_by_a_reason_and_the_log_says_so(desk, draft, tmp_path):
    review = review_draft(desk, draft)
    leak, cited = find(review, "5213家"), find(review, "合同法")
    with pytest.raises(SettingsError, match="理由"):
        decide(desk, review, leak.key, "mistaken", by="李审", reason="错")
    review = decide(desk, review, leak.key, "mistaken", by="李审", reason="这里说的是全省的数字")
    review = decide(
        desk,
        review,
        cited.key,
        "dismiss",
        by="李审",
        reason="当年适用该法",
        basis="合同签订于2020年，适用旧法",
    )
    assert find(review, "5213家").state == find(review, "合同法").state == "dismissed"
    entries = AuditLog(desk.settings.work).entries()
    assert [tell_deed(e) for e in entries] == ["可以不改（误报）", "可以不改（有依据）"]
    assert entries[0].detail["basis"] is None
    told = [f.message for f in to_report(review).findings]
    assert any("李审认定为误报：这里说的是全省的数字" in message for message in told)
    again = review_draft(desk, draft)
    assert find(again, "5213家").state == "dismissed"
    assert not any(j.finding is leak.finding for j in again.open_blocks)


def test_an_open_slot_is_no_false_alarm(desk, tmp_path):
    path = tmp_path / "空.txt"
    path.write_text(TEXT.replace(LEAK, "我局检查商户【数量】家。"), encoding="utf-8")
    review = review_draft(desk, path)
    with pytest.raises(SettingsError, match="填上"):
        decide(
            desk, review, find(review, "【数量】").key, "mistaken", by="甲", reason="不用填的地方"
        )


def test_a_decision_stays_when_another_sentence_of_the_paragraph_changes(desk, draft):
    review = review_draft(desk, draft)
    key = find(review, "5213家").key
    options = {"by": "李审", "reason": "核对无误", "basis": "市局2025年工作总结第3页"}
    decide(desk, review, key, "dismiss", **options)
    for beside in (f"{LEAK}检查中发现的问题均已整改。", f"我局加强了日常监管。{LEAK}"):
        draft.write_text(TEXT.replace(LEAK, beside), encoding="utf-8")
        assert find(review_draft(desk, draft), "5213家").state == "dismissed"
    draft.write_text(TEXT.replace(LEAK, LEAK.replace("检查", "已检查")), encoding="utf-8")
    assert find(review_draft(desk, draft), "5213家").state == "open"


def test_what_changed_since_a_paper_was_returned_is_told(desk, draft):
    review, log = review_draft(desk, draft), AuditLog(desk.settings.work)
    review = decide(desk, review, find(review, "合同法").key, "accept", by="李审")
    review = decide(desk, review, find(review, "5213家").key, "accept", by="李审")
    judge_paper(desk, review, "return", by="李审", reason="请改好再报")
    assert find_renewal(review, log.entries()) is None
    again = TEXT.replace(REPEALED, "依据《中华人民共和国民法典》处理。").replace(
        "专项检查。", "三项专项检查。\n我局将公布检查结果。"
    )
    draft.write_text(again, encoding="utf-8")
    renewal = find_renewal(review_draft(desk, draft), log.entries())
    assert renewal is not None and renewal.verdict.detail["reason"] == "请改好再报"
    assert [c.kind for c in renewal.changes] == ["changed", "changed", "new"]
    assert ("三项", "ins") in renewal.changes[1].pieces
    assert [(a.entry.detail["text"], a.done) for a in renewal.asked][-1] == ("5213家", False)
    assert [a.done for a in renewal.asked] == [True, False]


@pytest.mark.parametrize(
    ("before", "now", "kinds"),
    [
        (["甲", "乙"], ["甲", "乙"], []),
        (["甲", "", "乙"], ["甲", "乙", ""], []),
        (["一、开展排查", "二、加强培训"], ["一、开展排查"], [(None, "gone")]),
        (["一、开展排查"], ["", "一、开展排查", "二、加强培训"], [(2, "new")]),
        (["我局将加强检查。"], ["我局将全面加强检查。"], [(0, "changed")]),
        (
            ["我局将加强检查。", "特此答复。"],
            ["联系人：王玉"],
            [(0, "new"), (None, "gone"), (None, "gone")],
        ),
        (["我局检查商户。今年将培训。"], ["我局检查商户。"], [(0, "changed")]),
    ],
)
def test_two_texts_are_compared_by_paragraphs(before, now, kinds):
    changes = compare_texts(before, now)
    assert [(c.paragraph, c.kind) for c in changes] == kinds
    for change in changes:
        kept = "".join(text for text, look in change.pieces if look != "del")
        assert kept == ("" if change.paragraph is None else now[change.paragraph])


def test_what_a_reviewer_says_of_a_passage_goes_along_until_the_passage_is_another(
    desk, draft, tmp_path
):
    import docx

    review = review_draft(desk, draft)
    number = next(n for n, text in enumerate(review.paragraphs) if "专项检查" in text)
    with pytest.raises(SettingsError, match="意见"):
        comment(desk, review, number, "专项检查", by="李审", said=" ")
    review = comment(desk, review, number, "专项检查", by="李审", said="由哪个科室负责？")
    own = find(review, "专项检查", "warn")
    assert (own.state, own.finding.where.paragraph) == ("accepted", number)
    with pytest.raises(SettingsError, match="只能撤回"):
        decide(desk, review, own.key, "dismiss", by="李审", reason="不用写明了")

    told = "由哪个科室负责？〔李审〕"
    out = export_comments(desk, review, draft, tmp_path / "批注.docx", by="李审")
    comments = [c.text for c in docx.Document(str(out)).comments]
    assert f"审核意见：{told}" in comments
    page = export_report(desk, review, tmp_path / "报告.html").read_text(encoding="utf-8")
    assert told in page
    assert told in [f.message for f in desk.check(draft).findings]  # the clerk's list

    judge_paper(desk, review, "return", by="李审", reason="请改好再报")
    log = AuditLog(desk.settings.work)
    draft.write_text(f"{TEXT}\n抄送：市政协提案委员会", encoding="utf-8")
    again = review_draft(desk, draft)
    assert find(again, "专项检查", "warn").key == own.key
    renewal = find_renewal(again, log.entries())
    assert [(a.entry.detail["message"], a.done) for a in renewal.asked] == [
        ("由哪个科室负责？", False)
    ]
    draft.write_text(TEXT.replace("将开展专项检查", "由执法科开展检查"), encoding="utf-8")
    again = review_draft(desk, draft)
    assert not [j for j in again.judged if j.finding.rule == own.finding.rule]
    renewal = find_renewal(again, log.entries())
    assert [a.done for a in renewal.asked] == [True]


def test_a_remark_on_a_whole_paragraph_is_taken_back(desk, draft):
    review = review_draft(desk, draft)
    count = len(review.judged)
    review = comment(desk, review, 4, "这里没有的字", by="李审", said="这一段太长")
    own = review.judged[-1]
    assert own.finding.where.text == review.paragraphs[4] and len(review.judged) == count + 1
    assert len(decide(desk, review, own.key, "reopen", by="李审").judged) == count
    assert [tell_deed(e) for e in AuditLog(desk.settings.work).entries()] == ["写意见", "撤回决定"]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ({}, "第0126号《关于停车的提案》答复的核查报告"),
        ({"number": None}, "《关于停车的提案》答复的核查报告"),
        ({"title": None, "number": None}, "关于停车的答复　核查报告"),
    ],
)
def test_a_report_is_called_by_the_proposal_not_by_a_file(desk, draft, tmp_path, head, title):
    import docx

    asked = Proposal("关于停车的提案", "cppcc", "五届三次", "0126", (), "主办", "", "", ())
    draft.write_text("关于停车的答复\n下一步，我局将加强日常监管。", encoding="utf-8")
    review = replace(review_draft(desk, draft), proposal=replace(asked, **head))
    page = export_report(desk, review, tmp_path / "报告.html").read_text(encoding="utf-8")
    assert f"<title>{title}</title>" in page and draft.name in page  # the file is told below
    word = docx.Document(str(export_report(desk, review, tmp_path / "报告.docx")))
    assert word.core_properties.title == title
    assert word.paragraphs[0].text == title
