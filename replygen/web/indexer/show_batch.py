"""Show a batch: how far it is, and what became of each file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import PureWindowsPath

from replygen.service.batches import BatchView
from replygen.service.unfinished import Unfinished
from replygen.web.show_check import show_badge

STATES = {
    "added": ("新增", "good"),
    "updated": ("更新", "good"),
    "unchanged": ("未变", "plain"),
    "duplicate": ("重复", "unsure"),
    "failed": ("失败", "bad"),
    "refused": ("没有读取", "bad"),
    "left": ("删过", "unsure"),
    "gone": ("消失", "unsure"),
}
_NOTES = {
    "duplicate": "与已有的“{}”相同",
    "left": "《{}》以前从语料库删去了，没有再加",
}
_PHASES = {
    "counting": "正在清点文件……",
    "reading": "正在加入",
    "finishing": "文件都读完了，正在收尾，马上可以检索……",
    "done": "这一批做完了",
    "cancelled": "已停止：停止以前加入的都在，点“继续”接着加没有轮到的",
    "failed": "这一批没有做完",
}
_MOST_OUTCOMES = 500
_MOST_MISSING = 20  # names of files to be given once more
_LATEST = 6  # outcomes shown while it runs, failures beside them


def show_batch(view: BatchView | None) -> str:
    """Return how far a batch is, with what became of its files; "" where there is none."""
    if view is None:
        return ""
    counts = "".join(
        f"<span class='rg-tile'><b>{view.counts[state]}</b>{show_badge(word, mark)}</span>"
        for state, (word, mark) in STATES.items()
        if view.counts.get(state)
    )
    if view.empty:
        counts += f"<span class='rg-tile'><b>{len(view.empty)}</b>份没有可用的内容</span>"
    if "law" in view.counts:
        counts += f"<span class='rg-tile'><b>{view.counts['law']}</b>部法律法规</span>"
    error = (
        f"<p class='rg-warnings rg-bad' role='alert'>{escape(view.error)}</p>" if view.error else ""
    )
    began = f"{escape(view.label)}（{escape(view.by)} {view.started} 开始）"
    live = "off" if view.running else "polite"  # a screen reader hears the end, not each file
    return (
        f"<section class='rg-batch' aria-live='{live}'><p class='rg-summary'>"
        f"<b>{_PHASES[view.state]}</b>　{began}</p>{_bar(view)}"
        f"<div class='rg-tiles'>{counts}</div>{error}{_tell_retry(view)}{_empty(view)}"
        f"{_editions(view)}"
        f"{_outcomes(view)}</section>"
    )


def show_unfinished(left: Unfinished, missing: Sequence[str]) -> str:
    """Return what is said of a batch in which the server was stopped: how far it came, what can
    be gone on with, and what of ``missing`` has to be given once more."""
    far = f"做到 {left.done} / {left.total} 个，" if left.total else ""
    told = [f"{far}已经加入的都在。"]
    if left.can_go_on:
        told.append("点“继续”接着加，已有的不会重复。")
    if missing:
        names = "、".join(f"“{name}”" for name in missing[:_MOST_MISSING])
        more = f"等 {len(missing)} 个" if len(missing) > _MOST_MISSING else ""
        told.append(f"上传的文件要再放一次（已有的不会重复）：{names}{more}。")
    if not (left.can_go_on or missing):
        told.append("上传的文件都已加入，不用再做什么。")
    return (
        f"<section class='rg-batch'><p class='rg-summary'><b>上次有一批没有做完，服务就停了</b>　"
        f"{escape(left.label)}（{escape(left.by)} {escape(left.started)} 开始）</p>"
        f"<p class='rg-summary' role='status'>{escape(''.join(told))}</p></section>"
    )


def show_refused(told: str) -> str:
    """Return why nothing was begun, to be shown beside what was chosen; "" for ""."""
    return f"<p class='rg-warnings rg-bad' role='alert'>{escape(told)}</p>" if told else ""


def show_outcomes(
    outcomes: Sequence[tuple[str, str, str]],
    *,
    owners: Sequence[tuple[str, str]] = (),
    most: int = _MOST_OUTCOMES,
) -> str:
    """Return a table of what became of each file: failures first, then what was left out or
    is gone, then repetitions. ``owners`` says of some whose they are now."""
    order = {"failed": 0, "refused": 1, "left": 2, "gone": 3, "duplicate": 4}
    ranked = sorted(outcomes, key=lambda row: order.get(row[1], len(order)))
    whose = dict(owners)
    rows = "".join(
        _row(path, state, tell_note(state, note, whose.get(path, "")))
        for path, state, note in ranked[:most]
    )
    more = len(ranked) - most
    rest = f"<p>另有 {more} 个文件没有列出，可以下载表格看全部。</p>" if more > 0 else ""
    heads = "".join(f"<th scope='col'>{h}</th>" for h in ("文件", "结果", "说明"))
    return (
        "<div class='rg-scroll' tabindex='0' role='region' aria-label='逐个文件的结果'>"
        "<table class='rg-table rg-outcomes'><caption>逐个文件的结果"
        f"</caption><tr>{heads}</tr>{rows}</table></div>{rest}"
    )


def name_file(path: str) -> str:
    """Return a file's name, for a member of an archive with the archive's."""
    outer, mark, inner = path.partition("!")
    return f"{PureWindowsPath(outer).name}{mark and ' 里的 '}{inner}"


def _bar(view: BatchView) -> str:
    """A bar, the speed and the time that is left; while counting a bar without an end."""
    done = view.counts.get("law", view.done)
    if not view.running:
        return f"<p class='rg-summary'>{done} 个，用时 {_minutes(view.seconds)}。</p>"
    if not view.total:
        return "<progress aria-label='进度'></progress>"
    left = (view.total - done) * view.seconds / done if done >= 3 else 0
    speed = f"每秒 {done / max(view.seconds, 0.1):.1f} 个"
    rest = f"，大约还要 {_minutes(left)}" if left > 1 else ""
    file = f"：{escape(view.current)}" if view.current else ""
    return (
        f"<progress aria-label='进度' max='{max(view.total, done)}' value='{done}'></progress>"
        f"<p class='rg-summary'>{done} / {view.total} 个，{speed}{rest}{file}</p>"
    )


def _tell_retry(view: BatchView) -> str:
    """What to do before what failed is tried again: the same bytes fail again."""
    if view.running or not view.retry:
        return ""
    return (
        "<p class='rg-hint'>失败的先照“说明”把文件改好或换一份，再放进来：坏的、空的、"
        "加密的文件，原样重试还是失败。</p>"
    )


def _empty(view: BatchView) -> str:
    """What was added and gives nothing to find, with why."""
    if not view.empty:
        return ""
    return _fold(
        f"没有可用内容的 {len(view.empty)} 份：收存了，检索和起草用不上",
        (f"{name_file(path)}：{why}" for path, why in view.empty[:_MOST_OUTCOMES]),
    )


def _editions(view: BatchView) -> str:
    """The texts that a later edition has taken the place of."""
    if not view.editions:
        return ""
    return _fold(
        f"同一部法规的旧文本 {len(view.editions)} 份：留着备查，检索和引用只用现行的",
        (
            f"{name_file(old)} → 现行的是 {name_file(now)}"
            for old, now in view.editions[:_MOST_OUTCOMES]
        ),
    )


def _fold(title: str, rows: Iterable[str]) -> str:
    listed = "".join(f"<li>{escape(row)}</li>" for row in rows)
    return (
        f"<details class='rg-editions' open><summary>{escape(title)}</summary>"
        f"<ul>{listed}</ul></details>"
    )


def _outcomes(view: BatchView) -> str:
    if not view.outcomes:
        return ""
    if not view.running:
        return show_outcomes(view.outcomes, owners=view.owners)
    failed = [row for row in view.outcomes if row[1] == "failed"]
    return show_outcomes([*failed[-_LATEST:], *view.outcomes[-_LATEST:]][-2 * _LATEST :])


def _minutes(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} 秒" if seconds < 10 else f"{seconds:.0f} 秒"
    return f"{seconds // 60:.0f} 分 {seconds % 60:.0f} 秒"


def tell_note(state: str, note: str, owner: str = "") -> str:
    """Return what is said of one file: which or why, and whose it is now."""
    said = _NOTES.get(state, "{}").format(name_file(note) if state == "duplicate" else note)
    return f"{said}；{owner}" if said and owner else said or owner


def _row(path: str, state: str, said: str) -> str:
    word, mark = STATES[state]
    return (
        f"<tr><td>{escape(name_file(path))}</td><td>{show_badge(word, mark)}</td>"
        f"<td>{escape(said)}</td></tr>"
    )
