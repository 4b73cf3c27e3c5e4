"""Show the list of a user's drafts, and how far the open one is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from replygen.language.dates import tell_date
from replygen.service.decisions import is_changed_since, tell_state
from replygen.web.show import renew
from replygen.web.templating import render, render_macro
from replygen.workspace import DraftRow, Entry, Refused, Urgency, tell_deadline, tell_time

_STATES = {
    "待核对": "",
    "待审": "rg-unsure",
    "待填": "rg-unsure",
    "必须改": "rg-unsure",
    "可定稿": "rg-good",
    "已定稿": "rg-good",
    "定稿后改过": "rg-unsure",
    "已退回": "rg-bad",
    "已通过": "rg-good",
}  # by how the state begins
_LONGEST = 60  # characters that are searched for
_MOST = 30  # rows; the others come when they are asked for
_SEARCHED = 8  # rows; fewer are read sooner than words are typed
_UNTITLED = "（没有标题）"
_SAVED = "clerk/saved.html"


@dataclass(frozen=True, slots=True)
class ListView:
    """How the list of drafts is looked at: in which order (``changed``, ``due``), only those with
    these ``words``, ``whole`` or its beginning."""

    order: str = "changed"
    words: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What the reviewer said of a draft last."""

    look: str
    words: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A draft as the list tells it; ``here`` is the one that is open."""

    id: str
    title: str
    facts: str
    here: bool
    verdict: _Verdict | None
    state: str
    look: str
    urgency: Urgency
    assigned: str
    deadline: str
    changed: str
    waits: bool
    changed_since: bool

    @property
    def told(self) -> str:
        """What is searched: everything that the row says."""
        said = self.verdict.words if self.verdict else ""
        parts = (self.title, self.facts, self.state, said, self.urgency.words, self.changed)
        return " ".join(parts).casefold()

    @property
    def returned(self) -> bool:
        """True while the reviewer waits for another version."""
        return self.state.startswith("已退回")

    @property
    def can_go(self) -> bool:
        """True for the open draft where it has a letter that nobody judges or sent back."""
        stays = self.waits or self.returned or self.state == "待核对"
        return self.here and not stays


def show_steps(now: int, reached: int) -> str:
    """Return the two steps: where one is, and how far one can go."""
    return render("clerk/steps.html", now=now, reached=reached)


def show_drafts(
    rows: Sequence[DraftRow],
    current: str | None,
    *,
    today: date,
    verdicts: Mapping[str, Entry] | None = None,
    handed: Mapping[str, Entry] | None = None,
    view: ListView = ListView(),
) -> str:
    """Return the first drafts as they are looked at (``view``), with what a reviewer said of them
    (``verdicts``, by id) and since when they wait for one (``handed``); folded away while one of
    them is open. What is counted, and searched, are all of them."""
    said, waiting = verdicts or {}, handed or {}
    shown = [_row(row, current, today, said.get(row.id), waiting.get(row.id)) for row in rows]
    rows_seen = _look(shown, view)
    return render(
        "clerk/drafts.html",
        every=shown,
        rows=rows_seen if view.whole else rows_seen[:_MOST],
        rest=0 if view.whole else max(len(rows_seen) - _MOST, 0),
        searched=len(shown) > _SEARCHED,
        view=view,
        seen_as=json.dumps(asdict(view), ensure_ascii=False),
        current=current,
        late=sum(row.urgency.level == "late" for row in shown),
        soon=sum(row.urgency.level == "soon" for row in shown),
        waiting=sum(row.waits for row in shown),
        returned=sum(row.returned for row in shown),
        untitled=_UNTITLED,
    )


def show_saved(at: datetime, row: DraftRow | None, revision: int, *, today: date) -> str:
    """Return the line that says when the work was stored; the script takes the deadline
    from it to its place, and sends the revision with what is stored next."""
    due = tell_due(row, today=today)
    return render_macro("saved", f"{at:%H:%M}", revision, due, within=_SAVED)


def show_not_saved(id: str) -> str:
    """Return the line that says that another window was first, with the way on."""
    return render_macro("not_saved", id, within=_SAVED)


def show_clash(refused: Sequence[Refused], id: str) -> str:
    """Return what a window wrote and another one kept out, for the script to list."""
    news = json.dumps([asdict(one) for one in refused], ensure_ascii=False)
    return renew(render_macro("news", news, within="clerk/clash.html"), id)


def tell_due(row: DraftRow | None, *, today: date) -> Urgency:
    """Return how the deadline of a draft stands."""
    day = date.fromisoformat(row.deadline) if row and row.deadline else None
    assigned = date.fromisoformat(row.assigned) if row and row.assigned else None
    return tell_deadline(day, today=today, assigned=assigned)


def read_view(text: str) -> ListView:
    """Return how the browser looks at the list; the usual way for anything else."""
    try:
        sent = json.loads(text)
        return ListView(str(sent["order"]), str(sent["words"])[:_LONGEST], bool(sent["whole"]))
    except (ValueError, KeyError, TypeError):
        return ListView()


def _look(rows: Sequence[_Row], view: ListView) -> list[_Row]:
    """The rows that have all the words, in their order; what has no deadline comes last."""
    words = view.words.casefold().split()
    found = [row for row in rows if all(word in row.told for word in words)]
    return sorted(found, key=lambda r: r.deadline or "9999") if view.order == "due" else found


def _row(
    row: DraftRow, current: str | None, today: date, said: Entry | None, handed: Entry | None
) -> _Row:
    number, state = f"第{row.number}号" if row.number else "", tell_state(row, said, handed)
    changed = datetime.fromisoformat(row.changed).astimezone()
    return _Row(
        id=row.id,
        title=row.title or "",
        facts=" ".join(fact for fact in (row.session, number) if fact),
        here=row.id == current,
        verdict=None if said is None else _verdict(said),
        state=state,
        look=next((look for word, look in _STATES.items() if state.startswith(word)), ""),
        urgency=tell_due(row, today=today),
        assigned=tell_date(row.assigned) if row.assigned else "",
        deadline=row.deadline or "",
        changed=f"{changed.month}月{changed.day}日 {changed:%H:%M}",
        waits=handed is not None,
        changed_since=handed is not None and is_changed_since(row, handed),
    )


def _verdict(said: Entry) -> _Verdict:
    word, look = ("退回", "back") if said.what == "return" else ("审核通过", "ok")
    reason = f"：{said.detail['reason']}" if said.detail.get("reason") else ""
    return _Verdict(look, f"{said.who} {tell_time(said.at)} {word}{reason}")
