"""Turn results into the HTML that the page shows. Everything from documents is escaped."""

from __future__ import annotations

from html import escape

from replygen.desk import AddReport, DraftResult
from replygen.models import CheckReport, Draft, Finding, Proposal, Sentence

_SEVERITY = {"block": "必须改", "warn": "请核对", "note": "提示"}
_ORIGIN = {
    "form": "格式用语",
    "own": "本单位材料",
    "statute": "法规",
    "precedent": "外地先例（已改为拟做）",
    "typed": "手工填写",
    "slot": "待填",
}


def show_head(proposal: Proposal) -> str:
    """Return the proposal's head, and what could not be read from it."""
    kind = {"cppcc": "政协提案", "npc": "人大建议"}.get(proposal.channel or "", "未认出")
    rows = [
        ("标题", proposal.title),
        ("来源", kind),
        ("届次", proposal.session),
        ("编号", proposal.number),
        ("提案人", "、".join(proposal.proposers)),
        ("办理方式", proposal.host_role),
        ("会办单位", "、".join(proposal.co_hosts)),
    ]
    cells = "".join(
        f"<tr><th>{name}</th><td>{escape(value) if value else '—（草稿里留空待填）'}</td></tr>"
        for name, value in rows
        if value or name != "会办单位"
    )
    warnings = "".join(f"<li>{escape(text)}</li>" for text in proposal.warnings)
    return f"<table class='rg-head'>{cells}</table>" + (f"<ul>{warnings}</ul>" if warnings else "")


def show_draft(draft: Draft) -> str:
    """Return the draft as paper; every sentence carries its source as a tooltip."""
    titles = {r.id: _source(r.title, r.region, r.date) for r in draft.references}
    body = "".join(
        f"<p class='rg-{block.style}'>{''.join(_sentence(s, titles) for s in block.sentences)}</p>"
        for block in draft.blocks
    )
    return f"<article class='rg-paper' tabindex='0'>{body}</article>"


def show_findings(findings: tuple[Finding, ...], notes: tuple[str, ...] = ()) -> str:
    """Return the findings, worst first, then the notes. Open slots stand out in the
    draft itself, so here they are one line."""
    slots = sum(f.rule == "slot.open" for f in findings)
    findings = tuple(f for f in findings if f.rule != "slot.open")
    order = {"block": 0, "warn": 1, "note": 2}
    items = [
        f"<li class='rg-{f.severity}'><b>{_SEVERITY[f.severity]}</b> {_where(f)}"
        f"{escape(f.message)}{_advice(f)}</li>"
        for f in sorted(findings, key=lambda f: order[f.severity])
    ]
    if slots:
        items.insert(
            0, f"<li class='rg-block'><b>{_SEVERITY['block']}</b> 还有 {slots} 处待填（黄色）</li>"
        )
    items += [f"<li class='rg-note'><b>提示</b> {escape(note)}</li>" for note in notes]
    return f"<ol class='rg-findings'>{''.join(items)}</ol>" if items else "<p>没有发现问题。</p>"


def show_draft_summary(result: DraftResult) -> str:
    """Return one line: how long it took and what is left to do."""
    blocks = sum(f.severity == "block" for f in result.report.findings)
    return (
        f"草稿已生成（{result.seconds:.1f} 秒）：待填 {len(result.draft.slots)} 处，"
        f"必须改 {blocks} 条。把鼠标停在句子上可看出处；下载后在 Word/WPS 里填空。"
    )


def show_check_summary(report: CheckReport) -> str:
    """Return the coverage of the asks and what was not checked."""
    rows = "".join(
        f"<tr><td>{row.ask.order}</td><td>{escape(row.ask.topic)}</td>"
        f"<td>{'已答' if row.answered else '<b>未答</b>'}</td>"
        f"<td>{'、'.join(str(n + 1) for n in row.paragraphs) or '—'}</td></tr>"
        for row in report.coverage
    )
    table = (
        "<table class='rg-head'><tr><th>建议</th><th>主题</th><th>答复</th><th>段落</th></tr>"
        f"{rows}</table>"
        if rows
        else ""
    )
    missed = "".join(f"<li>没有核查：{escape(name)}</li>" for name in report.not_run)
    return table + (f"<ul>{missed}</ul>" if missed else "")


def show_added(report: AddReport) -> str:
    """Return what became of a batch, failures and duplicates by file."""
    lines = [
        f"新增 {report.added}，未变 {report.unchanged}，更新 {report.updated}，"
        f"重复 {len(report.duplicates)}，失败 {len(report.failed)}。"
        f"语料库现有 {report.documents} 份、{report.passages} 条。"
    ]
    lines += [f"重复：{path} 与 {of}" for path, of in report.duplicates]
    lines += [f"失败：{path}：{reason}" for path, reason in report.failed]
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _sentence(sentence: Sentence, titles: dict[str, str]) -> str:
    names = "；".join(dict.fromkeys(titles.get(s, s) for s in sentence.sources))
    tip = _ORIGIN[sentence.origin] + (f"：{names}" if names else "")
    text = escape(sentence.text)
    for slot in dict.fromkeys(slot.text for slot in sentence.slots):
        text = text.replace(escape(slot), f"<mark>{escape(slot)}</mark>")
    return f"<span class='rg-{sentence.origin}' title='{escape(tip, quote=True)}'>{text}</span>"


def _source(title: str, region: str | None, date: str | None) -> str:
    rest = "，".join(x for x in (region, date) if x)
    return f"{title}（{rest}）" if rest else title


def _where(finding: Finding) -> str:
    return f"第 {finding.where.paragraph + 1} 段：" if finding.where else ""


def _advice(finding: Finding) -> str:
    return f"<br><i>{escape(finding.suggestion)}</i>" if finding.suggestion else ""
