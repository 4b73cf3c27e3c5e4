"""Show the list of a user's drafts, and how far the open one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape

from replygen.service.decisions import tell_state
from replygen.web.clerk.show_asks import show_deadline
from replygen.workspace import DraftRow, Entry, Urgency, tell_deadline, tell_time

_STATES = {
    "待核对": "",
    "已生成，待填": "rg-unsure",
    "有问题未决": "rg-bad",
    "可定稿": "rg-good",
    "已退回": "rg-bad",
    "已通过": "rg-good",
}
_STEPS = ("放入提案", "起草和改稿")


def show_steps(now: int, reached: int) -> str:
    """Return the two steps: where one is, and how far one can go."""
    items = "".join(
        f"<li class='{'rg-now' if n == now else 'rg-reached' if n <= reached else ''}'"
        f"{' aria-current=step' if n == now else ''}>"
        + (
            f"<button type='button' data-step='{n}'><b>{n}</b>{name}</button>"
            if 1 < n <= reached
            else f"<span><b>{n}</b>{name}</span>"
        )
        + "</li>"
        for n, name in enumerate(_STEPS, 1)
    )
    return f"<nav aria-label='步骤'><ol class='rg-steps'>{items}</ol></nav>"


def show_drafts(
    rows: Sequence[DraftRow],
    current: str | None,
    *,
    today: date,
    verdicts: Mapping[str, Entry] | None = None,
) -> str:
    """Return the drafts, latest change first, with what a reviewer said of them (``verdicts``,
    by id); folded away while one of them is open."""
    new = (
        "<button type='button' class='rg-jump rg-new-draft' data-draft-new>新起草一份</button>"
        if current
        else ""
    )
    if not rows:
        return f"<div class='rg-drafts-bar'>{new}</div>" if new else ""
    late = sum(tell_due(row, today=today).level == "late" for row in rows)
    soon = sum(tell_due(row, today=today).level == "soon" for row in rows)
    count = f"我的草稿（{len(rows)} 份{f'，{late} 份到期或超期' if late else ''}"
    count += f"{f'，{soon} 份快到期' if soon else ''}）"
    body = "".join(_row(row, current, today, (verdicts or {}).get(row.id)) for row in rows)
    opened = "" if current else " open"
    return (
        f"<div class='rg-drafts-bar'><details class='rg-drafts'{opened}><summary>{count}</summary>"
        "<div class='rg-scroll'><table class='rg-table'><thead><tr><th scope='col'>提案</th>"
        "<th scope='col'>状态</th><th scope='col'>答复期限</th><th scope='col'>上次改动</th>"
        f"<th scope='col'>操作</th></tr></thead><tbody>{body}</tbody></table></div></details>"
        f"{new}</div>"
    )


def show_saved(at: datetime, row: DraftRow | None, revision: int, *, today: date) -> str:
    """Return the line that says when the work was stored; the script takes the deadline
    from it to its place, and sends the revision with what is stored next."""
    due = show_deadline(tell_due(row, today=today))
    return (
        f"<span class='rg-saved' role='status' data-revision='{revision}'>"
        f"已自动保存 {at:%H:%M}</span>"
        f"<span hidden class='rg-new-due'>{due}</span>"
    )


def show_not_saved(id: str) -> str:
    """Return the line that says that another window was first, with the way on."""
    return (
        "<span class='rg-saved rg-not-saved' role='alert'>没有保存：这份草稿刚在另一个窗口改过。"
        "这里刚写的内容还在屏幕上，需要的先复制下来，再点"
        f"<button type='button' class='rg-jump' data-draft-open='{escape(id, quote=True)}'>"
        "载入最新内容</button></span>"
    )


def tell_due(row: DraftRow | None, *, today: date) -> Urgency:
    """Return how the deadline of a draft stands."""
    day = date.fromisoformat(row.deadline) if row and row.deadline else None
    return tell_deadline(day, today=today)


def _verdict(said: Entry | None) -> str:
    """What the reviewer said of a draft last; "" where nobody did."""
    if said is None:
        return ""
    word, look = ("退回", "back") if said.what == "return" else ("审核通过", "ok")
    reason = f"：{said.detail['reason']}" if said.detail.get("reason") else ""
    text = f"{said.who} {tell_time(said.at)} {word}{reason}"
    return f"<small class='rg-verdict-{look}'>{escape(text)}</small>"


def _row(row: DraftRow, current: str | None, today: date, said: Entry | None) -> str:
    number, state = f"第{row.number}号" if row.number else "", tell_state(row, said)
    facts = escape(" ".join(f for f in (row.session, number) if f))
    title = escape(row.title or "（没有标题）")
    changed = datetime.fromisoformat(row.changed).astimezone()
    here = row.id == current
    name = escape(row.title or "", quote=True)
    opener = (
        f"<td>{title}（正在编辑）"
        if here
        else f"<td><button type='button' class='rg-open' data-draft-open='{row.id}'>"
        f"{title}</button>"
    )
    return (
        f"<tr{' class=rg-here' if here else ''}>{opener}<br><small>{facts}</small>"
        f"{_verdict(said)}</td>"
        f"<td><span class='rg-badge {_STATES.get(state, '')}'>{escape(state)}</span></td>"
        f"<td>{show_deadline(tell_due(row, today=today))}</td>"
        f"<td>{changed.month}月{changed.day}日 {changed:%H:%M}</td>"
        f"<td class='rg-row-buttons'>"
        f"<button type='button' class='rg-jump' data-draft-delete aria-label='删除草稿：{name}'>"
        "删除</button><span class='rg-sure' hidden>删了不能恢复。"
        f"<button type='button' class='rg-jump rg-danger' data-draft-sure='{row.id}'>确定删除"
        "</button><button type='button' class='rg-jump' data-draft-keep>不删</button></span>"
        "</td></tr>"
    )
