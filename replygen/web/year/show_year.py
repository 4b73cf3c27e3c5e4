"""Show a list of the year: its proposals, how far each is, which ask for the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path, PureWindowsPath

from replygen.service.lists import (
    InHand,
    ListRow,
    ListView,
    RunView,
    Shared,
    Twin,
    YearList,
    key_of,
)
from replygen.web.templating import render

# What the list can be narrowed to, by the mark that a row bears.
FILTERS: Mapping[str, str] = {
    "due": "快到期或超期",
    "open": "还有待填、待确认",
    "ready": "可定稿",
    "hand": "已经有人打开",
    "twin": "可能并案",
    "trouble": "没有做成或没有文件",
    "waiting": "还没有起草",
}
_RUN = {
    "running": "正在起草",
    "done": "这一批做完了",
    "stopped": "已停止：做好的都在，点“继续”接着做",
    "failed": "这一批没有做完",
}
_SAME = 3  # characters in a row that two asks share, to be marked


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: what stands in its cells, and the marks it is filtered by."""

    key: str
    number: str
    title: str
    proposers: str
    deadline: str
    due: str
    level: str
    ground: str
    state: str
    look: str
    open: str
    user: str
    notes: tuple[str, ...]
    twins: tuple[str, ...]
    marks: tuple[str, ...]
    can_open: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an ask's text; ``same`` stands in the other one too."""

    text: str
    same: bool


def show_run(run: RunView | None, known: YearList | None, total: int) -> str:
    """Return how far a run is; "" where none was begun since the server is up."""
    if run is None or known is None:
        return ""
    return render("year/run.html", run=run, label=known.label, total=total, word=_RUN[run.state])


def show_year(view: ListView, known: YearList, hands: Mapping[str, InHand], *, today: date) -> str:
    """Return the table with its filters, the candidates for one answer side by side, and the
    files that are no row's."""
    lines = [_line(view, n, hands, today) for n in range(len(view.rows))]
    marks = Counter(mark for line in lines for mark in line.marks)
    return render(
        "year/list.html",
        known=known,
        lines=lines,
        filters=[(mark, word, marks[mark]) for mark, word in FILTERS.items() if marks[mark]],
        twins=[_pair(view, twin) for twin in view.twins],
        left=[(PureWindowsPath(Path(path).name).name, why) for path, why in view.left],
    )


def show_none(folders: bool) -> str:
    """Return what the tab says before the first list."""
    return render("year/none.html", folders=folders)


def _line(view: ListView, place: int, hands: Mapping[str, InHand], today: date) -> Line:
    row = view.rows[place]
    given, key = row.assignment, key_of(row.assignment)
    hand, urgency = hands.get(key), view.urgency(row, today=today)
    twins = tuple(view.rows[other].name for other, _ in view.twins_of(place))
    places = hand.open_places if hand else len(row.slots)
    left = bool(places or (not hand and row.confirm) or (hand.blocks if hand else row.blocks))
    in_hand = hand is not None and hand.state.startswith(("可定稿", "已定稿"))
    ready = in_hand or (not hand and row.state == "made" and not left)
    marks = {
        "due": urgency.level in ("late", "soon"),
        "open": left,
        "ready": ready,
        "hand": hand is not None,
        "twin": bool(twins),
        "trouble": row.state in ("failed", "missing"),
        "waiting": row.state == "waiting",
    }
    return Line(
        key=key,
        number=given.number or "",
        title=given.title or row.title or "（没有题目）",
        proposers="、".join(given.proposers),
        deadline=given.deadline or given.told or "",
        due=urgency.words,
        level=urgency.level,
        ground=urgency.ground,
        state=_tell_state(row, hand),
        look=_look(row, ready=ready),
        open=_tell_open(row, hand),
        user=hand.user if hand else "",
        notes=tuple(x for x in (row.why, *row.warnings) if x),
        twins=twins,
        marks=tuple(mark for mark, holds in marks.items() if holds),
        can_open=row.file is not None,
    )


def _tell_state(row: ListRow, hand: InHand | None) -> str:
    if hand is not None:
        return hand.state
    return row.words.partition("，")[0] if row.state == "made" and not row.edited else row.words


def _look(row: ListRow, *, ready: bool) -> str:
    if row.state in ("failed", "missing"):
        return "bad"
    return "good" if ready else "plain" if row.state == "waiting" else "unsure"


def _tell_open(row: ListRow, hand: InHand | None) -> str:
    left: tuple[tuple[int, str], ...]
    if hand is not None:
        left = ((hand.blocks, "必须改 {} 处"), (hand.open_places, "待填 {} 处"))
    else:
        left = (
            (row.blocks, "必须改 {} 处"),
            (len(row.slots), "待填 {} 处"),
            (row.confirm, "待确认 {} 句"),
        )
    return "，".join(words.format(count) for count, words in left if count)


def _pair(view: ListView, twin: Twin) -> dict[str, object]:
    left, right = view.rows[twin.left], view.rows[twin.right]
    return {
        "left": left.name,
        "right": right.name,
        "left_key": key_of(left.assignment),
        "right_key": key_of(right.assignment),
        "shared": [(s.left, s.right, *mark_same(s)) for s in twin.shared],
    }


def mark_same(shared: Shared) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return two asks in pieces: what stands in both is told from what one alone says."""
    left, right = shared.left_text, shared.right_text
    blocks = [
        b
        for b in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
        if b.size >= _SAME
    ]
    return (
        _cut(left, [(b.a, b.a + b.size) for b in blocks]),
        _cut(right, [(b.b, b.b + b.size) for b in blocks]),
    )


def _cut(text: str, spans: list[tuple[int, int]]) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    return tuple(p for p in (*pieces, Piece(text[at:], False)) if p.text)
