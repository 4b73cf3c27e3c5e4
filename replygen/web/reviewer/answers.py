"""What the 审核 tab answers: each method is one request."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from typing import Any, Literal, cast

from replygen.errors import ReplygenError, StoreError
from replygen.service.decisions import Decision, read_verdicts, tell_state
from replygen.service.desk import Desk
from replygen.service.handing import read_handed
from replygen.service.renewed import find_renewal
from replygen.service.review_files import export_comments, export_report, write_final
from replygen.service.reviews import Review, comment, decide, review_draft, review_stored
from replygen.service.verdicts import find_verdict, judge_paper
from replygen.web.asking import asking, open_passage, refuse
from replygen.web.auth.who import NOBODY, who
from replygen.web.reviewer.show_reading import (
    KEYS,
    count_left,
    show_asked,
    show_nearest,
    show_reading,
)
from replygen.web.reviewer.show_review import (
    show_beside,
    show_log,
    show_matrix,
    show_renewal,
    show_review_summary,
)
from replygen.web.show import show_wrong
from replygen.web.show_check import show_citations
from replygen.web.templating import render
from replygen.workspace import AuditLog, DraftRow, Entry

_STORED = "存在这里的草稿（起草页上生成的；没有待审的）"
_NOTHING_YET = "待核对"  # the state of work without a draft
_WHAT = ("accept", "dismiss", "mistaken", "reopen")
_COMMENT = "comment"  # what the reviewer says of a passage; its key is the paragraph: p6
_DECIDED = 8  # parts that show what was decided: the work, the summary, the text, what changed in
# it, the log, the buttons
_SHOWN = _DECIDED + 7


@dataclass(frozen=True)
class Work:
    """What one user is reviewing: the review, and where the draft lies."""

    review: Review
    path: Path
    warned: bool = False  # that something is left to be verified, and 通过 was pressed


class Reviewer:
    """The tab's requests, over one desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def stored(self) -> Any:  # noqa: ANN401 - Gradio's update
        """Return the stored drafts of all users to choose from: first those that were handed in,
        longest waiting first, then the others, latest first."""
        import gradio as gr

        with asking(self.desk) as desk:
            rows = [row for row in desk.drafts.rows() if row.state != _NOTHING_YET]
            work = desk.settings.work
            said, handed = read_verdicts(work), read_handed(work)
        rows.sort(key=lambda row: handed[row.id].seq if row.id in handed else inf)
        waiting = sum(row.id in handed for row in rows)
        named = [
            (_name_row(row, tell_state(row, said.get(row.id), handed.get(row.id))), row.id)
            for row in rows
        ]
        label = f"待审 {waiting} 件，排在前面；后面是其他草稿" if waiting else _STORED
        return gr.update(choices=named, value=None, label=label)

    def check(self, id: str | None, path: str | None, asked: str | None) -> tuple[Any, ...]:
        """Check a draft, stored or sent: what is wrong with what was chosen, and all that the
        tab shows of it."""
        import gradio as gr

        if not path and not id:
            return _say_wrong("请先选一份存着的草稿，或者上传要核查的答复稿", _SHOWN)
        if path and id:
            return _say_wrong("选了两份：存着的草稿和上传的文件请只留一份", _SHOWN)
        with asking(self.desk):
            try:
                work = self._check_stored(id) if id else self._check_sent(Path(str(path)), asked)
            except ReplygenError as error:
                return _say_wrong(error.shown, _SHOWN)
            review = work.review
            return (
                "",
                *self._decided(work),
                show_asked(review),
                show_nearest(review),
                show_matrix(review.report.coverage, review.states, review.paragraphs),
                show_beside(review.comparisons, review.paragraphs),
                show_citations(review.citations),
                gr.Column(visible=True),
                gr.Accordion(f"审核的是：{review.name}（点这里换一份）", open=False),
            )

    def _check_stored(self, id: str) -> Work:
        row = next((r for r in self.desk.drafts.rows() if r.id == id), None)
        stem = f"第{row.number}号" if row is not None and row.number else "存着的"
        output = Path(tempfile.mkdtemp(prefix="replygen-")) / f"{_safe(stem)}-答复草稿.docx"
        return Work(review_stored(self.desk, id, output=output), output)

    def _check_sent(self, path: Path, asked: str | None) -> Work:
        proposal = self.desk.read_proposal(Path(asked)) if asked else None
        return Work(review_draft(self.desk, path, proposal=proposal), path)

    def decide(self, work: Work | None, sent: str, by: str = "") -> tuple[Any, ...]:
        """Write a decision into the log; first what is missing for it, which its card tells."""
        work = _known(work)
        if (said := _read_comment(sent)) is not None:
            return self._comment(work, *said, by)
        key, what, reason, basis = _read_decision(sent)
        with asking(self.desk) as desk:
            try:
                review = work.review
                for one in key.split(KEYS):
                    review = decide(desk, review, one, what, by=_by(by), reason=reason, basis=basis)
            except ReplygenError as error:
                return (error.shown, *_skip(_DECIDED))
            return ("", *self._decided(replace(work, review=review)))

    def _comment(self, work: Work, number: int, words: str, text: str, by: str) -> tuple[Any, ...]:
        with asking(self.desk) as desk:
            try:
                review = comment(desk, work.review, number, words, by=_by(by), said=text)
            except ReplygenError as error:
                return (error.shown, *_skip(_DECIDED))
            return ("", *self._decided(replace(work, review=review)))

    def approve(self, work: Work | None, reason: str, by: str = "") -> tuple[Any, ...]:
        """Write into the log that the paper may go; where something is left to be verified, at
        the second time."""
        import gradio as gr

        work = _known(work)
        left = count_left(work.review.judged)["warn"]
        if not left or work.review.open_blocks or work.warned:
            return self._judge(work, "approve", reason, by)
        told = f"还有 {left} 处“请核实”没有处理：先处理，或者再点一次“照样通过”"
        rest = (replace(work, warned=True), *_skip(_DECIDED - 4), gr.Button("照样通过"))
        return (show_wrong(told), *rest, *_skip(3))

    def give_back(self, work: Work | None, reason: str, by: str = "") -> tuple[Any, ...]:
        """Write into the log that the paper goes back to its clerk, and why."""
        return self._judge(_known(work), "return", reason, by)

    def write_comments(
        self, work: Work | None, name: str = "", sources: bool = True
    ) -> tuple[Any, str]:
        """Return the draft with the findings and decisions as Word comments of who signed in,
        or typed her ``name``, with what its sentences rest on or without (``sources``)."""
        path, by = _known(work).path, _sign(name)
        return self._write(
            work,
            "批注稿.docx" if sources else "审核意见.docx",
            lambda w, to: export_comments(self.desk, w, path, to, by=by, sources=sources),
        )

    def _judge(
        self, work: Work, what: Literal["approve", "return"], reason: str, by: str
    ) -> tuple[Any, ...]:
        with asking(self.desk) as desk:
            try:
                judge_paper(desk, work.review, what, by=_by(by), reason=reason or "")
            except ReplygenError as error:
                return _say_wrong(error.shown, _DECIDED + 1)
            return (_tell_way(what, stored=bool(work.review.stored)), *self._decided(work), "")

    def write_page(self, work: Work | None) -> tuple[Any, str]:
        """Return the report as a page."""
        return self._write(work, "核查报告.html", lambda w, to: export_report(self.desk, w, to))

    def write_word(self, work: Work | None) -> tuple[Any, str]:
        """Return the report as a Word file."""
        return self._write(work, "核查报告.docx", lambda w, to: export_report(self.desk, w, to))

    def write_final(self, work: Work | None) -> tuple[Any, str]:
        """Return the draft without comments and colours."""
        path, by = _known(work).path, who()
        return self._write(
            work, "定稿.docx", lambda w, to: write_final(self.desk, w, path, to, by=by)
        )

    def look(self, passage: str) -> str:
        """Return the whole document of a passage over the page."""
        return open_passage(self.desk, passage)

    def _write(
        self, work: Work | None, name: str, write: Callable[[Review, Path], Path]
    ) -> tuple[Any, str]:
        """The file, and what is wrong where there is none."""
        import gradio as gr

        review = _known(work).review
        folder = Path(tempfile.mkdtemp(prefix="replygen-"))
        with asking(self.desk):
            try:
                return str(write(review, folder / f"{Path(review.name).stem}-{name}")), ""
            except ReplygenError as error:
                return gr.skip(), show_wrong(f"没有下载：{error.shown}")

    def _decided(self, work: Work) -> tuple[Any, ...]:
        review, log = work.review, AuditLog(self.desk.settings.work)
        check = log.verify()
        try:
            entries = log.entries(subject=review.subject)
        except StoreError:  # verify says what is wrong with the log
            entries = ()
        verdict, renewal = find_verdict(review, entries), find_renewal(review, entries)
        return (
            work,
            show_review_summary(review, verdict, renewal),
            show_reading(review, renewal),
            show_renewal(renewal),
            show_log(entries, check, review.subject),
            *_show_buttons(verdict, len(review.open_blocks)),
        )


def _show_buttons(verdict: tuple[Entry, bool] | None, blocks: int) -> tuple[Any, Any, Any]:
    """The buttons 通过, 退回 and 下载定稿; the one that was pressed for this text says so, those
    that cannot be used say what is left to do (``blocks``)."""
    import gradio as gr

    done = verdict[0].what if verdict is not None and verdict[1] else ""
    left = f"（还差 {blocks} 处）" if blocks else ""
    return (
        gr.Button(
            "已通过" if done == "approve" else f"通过{left}",
            interactive=done != "approve" and not blocks,
        ),
        gr.Button("已退回" if done == "return" else "退回", interactive=done != "return"),
        gr.Button(f"下载定稿.docx{left}", interactive=not blocks),
    )


def _tell_way(what: Literal["approve", "return"], *, stored: bool) -> str:
    """Return how the clerk comes to know of a verdict."""
    return render("reviewer/told.html", stored=stored, returned=what == "return")


def _say_wrong(message: str, rest: int) -> tuple[Any, ...]:
    """What is wrong beside its field; the ``rest`` of what is shown stays."""
    return (show_wrong(message), *_skip(rest))


def _skip(count: int) -> tuple[Any, ...]:
    import gradio as gr

    return (gr.skip(),) * count


def _name_row(row: DraftRow, state: str) -> str:
    number = f"第{row.number}号 " if row.number else ""
    return f"{number}{row.title or '没有标题的提案'}（{row.user}，{state}，{row.changed[:10]}）"


def _by(name: str) -> str:
    """Who decides: the signed-in user; where nobody signs in, by the ``name`` that was typed."""
    return " ".join((name or "").split()) or NOBODY if who() == NOBODY else who()


def _sign(name: str) -> str:
    """The name that a paper is to show: where nobody signs in or typed one, of the task."""
    return "审核人" if (signed := _by(name)) == NOBODY else signed


def _safe(name: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in name)[:60]


def _known(work: Work | None) -> Work:
    if work is None:
        raise refuse("请先选择答复稿，点“开始核查”")
    return work


def _read_comment(sent: str) -> tuple[int, str, str] | None:
    """The paragraph, the words in it and what is said of them; ``None`` where it is a decision."""
    try:
        given = json.loads(sent or "{}")
        if given.get("what") != _COMMENT:
            return None
        return int(given["key"][1:]), str(given.get("words") or ""), str(given.get("reason") or "")
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _read_decision(sent: str) -> tuple[str, Decision, str, str]:
    try:
        given = json.loads(sent or "{}")
        key, what = str(given["key"]), given["what"]
    except (ValueError, KeyError, TypeError):
        what = None
    if what not in _WHAT:
        raise refuse("没有读到您的决定，请刷新页面再试")
    reason, basis = (str(given.get(name) or "") for name in ("reason", "basis"))
    return key, cast("Decision", what), reason, basis
