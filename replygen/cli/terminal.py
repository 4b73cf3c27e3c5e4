"""What the commands print for a person: plain Chinese lines, and JSON when asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from replygen.models import Finding, StanceKind

if TYPE_CHECKING:
    from replygen.service.adding import AddReport
    from replygen.service.copies import CopyResult, FixResult
    from replygen.service.results import DraftResult
    from replygen.service.stale import Audit

_SHOWN_FINDINGS = 30
STANCES: dict[StanceKind, str] = {
    "done": "已办理",
    "adopt": "采纳",
    "partly": "部分采纳",
    "study": "研究",
    "refer": "转有关单位",
    "decline": "不能办理",
}


def echo(line: str) -> None:
    """Print one line on stdout."""
    typer.echo(line)


def print_json(value: dict[str, Any]) -> None:
    """Print one JSON object on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_result(value: dict[str, Any], as_json: bool) -> None:
    """Print an object as JSON, or as one line a key."""
    if as_json:
        print_json(value)
        return
    for key, item in value.items():
        echo(f"{key}：{json.dumps(item, ensure_ascii=False) if item is not None else '—'}")


def show_inspected(result: dict[str, Any]) -> None:
    """Print one parsed file."""
    for key, value in result.items():
        if key in ("asks", "measures", "sections", "articles"):
            echo(f"{key}：{len(value)}")
            for item in value:
                name = item.get("topic") or item.get("lead") or item.get("heading")
                echo(f"  - {name or item.get('number') or ''} {short(item['text'] or '', 60)}")
        elif value not in (None, []):
            shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            echo(f"{key}：{short(shown, 200)}")


def show_added(result: AddReport) -> None:
    """Print what became of a batch."""
    echo(
        f"新增 {result.added}，未变 {result.unchanged}，更新 {result.updated}，"
        f"重复 {len(result.duplicates)}，失败 {len(result.failed)}；"
        f"索引现有 {result.documents} 份、{result.passages} 条（{result.seconds:.1f} 秒）"
    )
    for path, of in result.duplicates:
        echo(f"  重复：{path} 与 {of} 相同或几乎相同")
    for path, of in result.editions:
        echo(f"  旧文本：{path} 已被现行的 {of} 取代，留着备查，检索和引用只用现行的")
    for path, why in result.empty:
        echo(f"  没有可用内容：{path}：{why}")
    for path, told in result.owners:
        echo(f"  归属：{path}：{told}")
    for path, reason in result.failed:
        echo(f"  失败：{path}：{reason}")


def show_draft(result: DraftResult) -> None:
    """Print where a draft lies and what is left to do."""
    if result.docx is None:
        echo("没有写出定稿：还有必须改的问题。")
    else:
        echo(f"草稿：{result.docx.resolve()}（{result.seconds:.1f} 秒）")
    _show_letters(result.copies)
    echo(f"待填 {len(result.draft.slots)} 处：")
    for slot in dict.fromkeys(slot.text for slot in result.draft.slots):
        echo(f"  {slot}")
    _show_stances(result)
    for note in result.draft.notes:
        echo(f"提示：{note}")
    told = ("slot.open", "promise.unconfirmed")
    show_findings(tuple(f for f in result.report.findings if f.rule not in told))


def _show_stances(result: DraftResult) -> None:
    """Print how each ask is answered and why, and what is still to be confirmed."""
    for ask in result.draft.stances:
        reasons = "；".join(dict.fromkeys(stance.reason for stance in ask.demands))
        echo(f"建议 {ask.order} {ask.topic}：{STANCES[ask.kind]}（{short(reasons, 80)}）")
    waiting = [s.ask for s in result.draft.unconfirmed]
    if waiting:
        asks = ",".join(str(ask) for ask in dict.fromkeys(waiting) if ask is not None)
        echo(f"待确认承诺 {len(waiting)} 句：核对后加 --confirm {asks}，或在 Word 里删去批注")


def show_fixes(result: FixResult) -> None:
    """Print what was put right and where the fixed draft lies."""
    if result.path is None:
        echo("没有可以直接修正的格式问题。")
        return
    echo(f"已修正 {len(result.edits)} 处，写到 {result.path.resolve()}")
    for edit in result.edits:
        echo(
            f"  第 {edit.paragraph + 1} 段“{edit.old}”→“{edit.new}”：{edit.message}（{edit.rule}）"
        )


def show_audit(report: Audit) -> None:
    """Print the kept texts that cite what is no longer in force."""
    echo(
        f"核对了 {report.documents} 份材料、{report.forms} 份格式文件，{len(report.stale)} 处要注意"
    )
    path = None
    for item in report.stale:
        if item.path != path:
            path = item.path
            echo(f"{item.title}（{item.document or path}）")
        times = f"，{item.times} 处" if item.times > 1 else ""
        echo(f"  {item.text}{times}：{item.note}")


def show_copy(result: CopyResult) -> None:
    """Print where a copy lies and what was taken out, or why there is none."""
    for reason in result.refused:
        echo(f"没有写出：{reason}")
    if result.path is None:
        show_findings([f for f in result.report.findings if f.severity == "block"])
        return
    echo(f"已写出：{result.path.resolve()}，去掉 {len(result.removed)} 处")
    _show_letters(result.copies)
    for item in result.removed[:_SHOWN_FINDINGS]:
        where = "" if item.paragraph is None else f"第 {item.paragraph + 1} 段 "
        echo(f"  {where}{item.kind}：{short(item.text, 60)}")
    if len(result.removed) > _SHOWN_FINDINGS:
        echo(f"……另有 {len(result.removed) - _SHOWN_FINDINGS} 处，用 --json 查看全部")


def _show_letters(copies: Sequence[Path]) -> None:
    for copy in copies:
        echo(f"  逐人答复：{copy.resolve()}")


def show_findings(findings: Sequence[Finding]) -> None:
    """Print findings, the first thirty of them."""
    from replygen.word.report_words import SEVERITIES

    if not findings:
        echo("没有发现问题。")
    for finding in findings[:_SHOWN_FINDINGS]:
        where = f"{finding.where.place} " if finding.where else ""
        echo(f"[{SEVERITIES[finding.severity]}] {where}{finding.message}（{finding.rule}）")
    if len(findings) > _SHOWN_FINDINGS:
        echo(f"……另有 {len(findings) - _SHOWN_FINDINGS} 条，用 --json 查看全部")


def short(text: str, length: int) -> str:
    """Return the text on one line, cut at ``length`` characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"
