"""What a check report says of the paper itself, before what was found in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from replygen.models import CheckReport, Finding, Remark, Severity
from replygen.word.report_words import tell_remark

RECORD_HEADS = ("时间", "谁", "做了什么", "哪里", "理由")


@dataclass(frozen=True, slots=True)
class ReportHead:
    """``facts`` are pairs of what and its value (答复, 单位), ``remark`` what the reviewer said of
    the paper, ``records`` what the log has on it under ``RECORD_HEADS``, ``settled`` the
    findings that were set aside, which the report's own are without, ``mark`` the log's check
    sum."""

    facts: tuple[tuple[str, str], ...] = ()
    remark: Remark | None = None
    records: tuple[tuple[str, ...], ...] = ()
    settled: tuple[Finding, ...] = ()
    mark: str = ""

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The facts, and what the reviewer said: verdict, who, when, his words."""
        said = self.remark
        if said is None:
            return self.facts
        told = (("结论", tell_remark(said)), ("审核人", said.by), ("审核时间", said.at))
        return (*self.facts, *told, ("审核意见", said.text or "（没有写）"))


NO_HEAD = ReportHead()


def tell_standing(report: CheckReport, head: ReportHead) -> Iterator[tuple[str, Severity | None]]:
    """How the paper stands: what was said of this very text, and whether something blocks it,
    each with how grave it is."""
    said = head.remark
    if said is not None and said.same:
        yield tell_remark(said), "block" if said.verdict == "return" else None
    yield ("暂不能定稿", "block") if report.blocked else ("没有必须改的问题", None)
