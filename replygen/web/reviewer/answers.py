"""What the 审核 tab answers: each method is one request."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, cast

from replygen.errors import StoreError
from replygen.service.decisions import Decision
from replygen.service.desk import Desk
from replygen.service.reviews import (
    Review,
    decide,
    export_comments,
    export_report,
    judge_paper,
    review_draft,
    review_stored,
    write_final,
)
from replygen.web.asking import asking, open_passage, refuse
from replygen.web.auth.who import NOBODY, who
from replygen.web.reviewer.show_reading import show_asked, show_nearest, show_reading
from replygen.web.reviewer.show_review import (
    show_beside,
    show_log,
    show_matrix,
    show_review_summary,
)
from replygen.web.show_check import show_citations
from replygen.workspace import AuditLog, DraftRow

_NOTHING_YET = "待核对"  # the state of work without a draft
_WHAT = ("accept", "dismiss", "reopen")


@dataclass(frozen=True)
class Work:
    """What one user is reviewing: the review, and where the draft lies."""

    review: Review
    path: Path
    id: str = ""  # of a stored draft


class Reviewer:
    """The tab's requests, over one desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def stored(self) -> Any:  # noqa: ANN401 - Gradio's update
        """Return the stored drafts of all users to choose from, latest first."""
        import gradio as gr

        with asking(self.desk) as desk:
            rows = [row for row in desk.drafts.rows() if row.state != _NOTHING_YET]
        return gr.update(choices=[("", ""), *((_name_row(row), row.id) for row in rows)], value="")

    def check(self, id: str | None, path: str | None, asked: str | None) -> tuple[Any, ...]:
        """Check a draft, stored or sent: all that the tab shows of it."""
        import gradio as gr

        if not path and not id:
            raise refuse("请先选一份存着的草稿，或者上传要核查的答复稿")
        if path and id:
            raise refuse("选了两份：存着的草稿和上传的文件请只留一份")
        with asking(self.desk):
            work = self._check_stored(id) if id else self._check_sent(Path(str(path)), asked)
            review = work.review
            return (
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
        return Work(review_stored(self.desk, id, output=output), output, id)

    def _check_sent(self, path: Path, asked: str | None) -> Work:
        proposal = self.desk.read_proposal(Path(asked)) if asked else None
        return Work(review_draft(self.desk, path, proposal=proposal), path)

    def decide(self, work: Work | None, sent: str) -> tuple[Any, ...]:
        """Write a decision into the log."""
        work = _known(work)
        key, what, reason, basis = _read_decision(sent)
        with asking(self.desk) as desk:
            review = decide(desk, work.review, key, what, by=who(), reason=reason, basis=basis)
            return self._decided(replace(work, review=review))

    def approve(self, work: Work | None, reason: str) -> tuple[Any, ...]:
        """Write into the log that the paper may go."""
        return self._judge(_known(work), "approve", reason, "已记下：审核通过")

    def give_back(self, work: Work | None, reason: str) -> tuple[Any, ...]:
        """Write into the log that the paper goes back to its clerk, and why."""
        return self._judge(_known(work), "return", reason, "已退回，起草人在“我的草稿”里看得到")

    def write_comments(self, work: Work | None) -> str:
        """Return the draft with the findings and decisions as Word comments."""
        path, by = _known(work).path, _sign()
        return self._write(work, "批注稿.docx", lambda w, to: export_comments(w, path, to, by=by))

    def _judge(
        self, work: Work, what: Literal["approve", "return"], reason: str, told: str
    ) -> tuple[Any, ...]:
        import gradio as gr

        with asking(self.desk) as desk:
            judge_paper(desk, work.review, what, by=who(), reason=reason or "", draft=work.id)
            gr.Info(told, title="好了", duration=5)
            return (*self._decided(work), "")

    def write_page(self, work: Work | None) -> str:
        """Return the report as a page."""
        return self._write(work, "核查报告.html", lambda w, to: export_report(self.desk, w, to))

    def write_word(self, work: Work | None) -> str:
        """Return the report as a Word file."""
        return self._write(work, "核查报告.docx", lambda w, to: export_report(self.desk, w, to))

    def write_final(self, work: Work | None) -> str:
        """Return the draft without comments and colours."""
        path, by = _known(work).path, who()
        return self._write(
            work, "定稿.docx", lambda w, to: write_final(self.desk, w, path, to, by=by)
        )

    def look(self, passage: str) -> str:
        """Return the whole document of a passage over the page."""
        return open_passage(self.desk, passage)

    def _write(self, work: Work | None, name: str, write: Callable[[Review, Path], Path]) -> str:
        review = _known(work).review
        folder = Path(tempfile.mkdtemp(prefix="replygen-"))
        with asking(self.desk):
            return str(write(review, folder / f"{Path(review.name).stem}-{name}"))

    def _decided(self, work: Work) -> tuple[Any, ...]:
        review, log = work.review, AuditLog(self.desk.settings.work)
        check = log.verify()
        try:
            entries = log.entries(subject=review.subject)
        except StoreError:  # verify says what is wrong with the log
            entries = ()
        return (
            work,
            show_review_summary(review),
            show_reading(review),
            show_log(entries, check, review.subject),
        )


def _name_row(row: DraftRow) -> str:
    number = f"第{row.number}号 " if row.number else ""
    return f"{number}{row.title or '没有标题的提案'}（{row.user}，{row.state}，{row.changed[:10]}）"


def _sign() -> str:
    """The name that a paper is to show: where nobody signs in, of the task."""
    return "审核人" if (name := who()) == NOBODY else name


def _safe(name: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in name)[:60]


def _known(work: Work | None) -> Work:
    if work is None:
        raise refuse("请先选择答复稿，点“开始核查”")
    return work


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
