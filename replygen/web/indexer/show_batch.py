"""Show a batch: how far it is, and what became of each file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PureWindowsPath
from typing import Any

from replygen.service.batches import BatchView
from replygen.service.unfinished import Unfinished
from replygen.web.templating import render

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
    "cancelled": "已停止：停止以前加入的都在，点“继续”接着加没有轮到的{left}",
    "failed": "这一批没有做完",
}
# Failures first, then what was left out or is gone, then repetitions, then the rest.
_RANKS = {"failed": 0, "refused": 1, "left": 2, "gone": 3, "duplicate": 4}
_MOST_OUTCOMES = 500
_MOST_MISSING = 20  # names of files to be given once more
_LATEST = 6  # outcomes shown while it runs, failures beside them
_MEASURED = 3  # files after which the time that is left can be told

Outcomes = Sequence[tuple[str, str, str]]


def show_batch(view: BatchView | None) -> str:
    """Return how far a batch is, with what became of its files; "" where there is none."""
    if view is None:
        return ""
    done = view.counts.get("law", view.done)
    rest, mine = view.total - done, done - view.before
    left = rest * view.seconds / mine if mine >= _MEASURED else 0
    return render(
        "indexer/batch.html",
        batch=view,
        phase=_PHASES[view.state].format(left=f" {rest} 个" if rest > 0 else ""),
        done=done,
        taken=_tell_seconds(view.seconds),
        speed=mine / max(view.seconds, 0.1),
        left=_tell_seconds(left) if left > 1 else "",
        counts=[(view.counts[s], *STATES[s]) for s in STATES if view.counts.get(s)],
        empty=[f"{name_file(path)}：{why}" for path, why in view.empty[:_MOST_OUTCOMES]],
        editions=[
            f"{name_file(old)} → 现行的是 {name_file(now)}"
            for old, now in view.editions[:_MOST_OUTCOMES]
        ],
        **lay_out_outcomes(_choose_outcomes(view), owners=view.owners, documents=view.documents),
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
    return render("indexer/unfinished.html", left=left, told="".join(told))


def show_refused(told: str) -> str:
    """Return why nothing was begun, to be shown beside what was chosen; "" for ""."""
    return render("indexer/refused.html", told=told) if told else ""


def show_outcomes(
    outcomes: Outcomes, *, owners: Sequence[tuple[str, str]] = (), most: int = _MOST_OUTCOMES
) -> str:
    """Return a table of what became of each file. ``owners`` says of some whose they are now."""
    return render("indexer/outcomes.html", **lay_out_outcomes(outcomes, owners=owners, most=most))


def lay_out_outcomes(
    outcomes: Outcomes,
    *,
    owners: Sequence[tuple[str, str]] = (),
    documents: Mapping[str, str] | None = None,
    most: int = _MOST_OUTCOMES,
) -> dict[str, Any]:
    """Return what the table of outcomes shows, what must be looked at first; ``documents`` are
    those that can be opened, by the name of their file."""
    known = documents or {}
    ranked = sorted(outcomes, key=lambda row: _RANKS.get(row[1], len(_RANKS)))
    whose = dict(owners)
    rows = [
        (
            name_file(path),
            *STATES[state],
            tell_note(state, note, whose.get(path, "")),
            known.get(path, ""),
        )
        for path, state, note in ranked[:most]
    ]
    return {"rows": rows, "more": len(ranked) - most}


def name_file(path: str) -> str:
    """Return a file's name, for a member of an archive with the archive's."""
    outer, mark, inner = path.partition("!")
    return f"{PureWindowsPath(outer).name}{mark and ' 里的 '}{inner}"


def tell_note(state: str, note: str, owner: str = "") -> str:
    """Return what is said of one file: which or why, and whose it is now."""
    said = _NOTES.get(state, "{}").format(name_file(note) if state == "duplicate" else note)
    return f"{said}；{owner}" if said and owner else said or owner


def _choose_outcomes(view: BatchView) -> Outcomes:
    """All outcomes of a batch that has ended; of one that runs the latest and what failed."""
    if not view.running:
        return view.outcomes
    failed = [row for row in view.outcomes if row[1] == "failed"]
    return [*failed[-_LATEST:], *view.outcomes[-_LATEST:]][-2 * _LATEST :]


def _tell_seconds(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} 秒" if seconds < 10 else f"{seconds:.0f} 秒"
    return f"{seconds // 60:.0f} 分 {seconds % 60:.0f} 秒"
