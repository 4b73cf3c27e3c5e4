"""What the browser sent: the edited head and asks, ticks, typed values."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast, get_args

from replygen.language.dates import find_date
from replygen.models import Ask, Channel, HostRole, Proposal
from replygen.parsing.asks import make_ask
from replygen.parsing.head_fields import read_names, read_number, read_title
from replygen.parsing.proposal import WARNS_OF
from replygen.parsing.titles import find_session
from replygen.settings import OPENNESS
from replygen.web.asking import refuse
from replygen.workspace import Window, Work

_MOST_ASKS, _LONGEST_ASK, _LONGEST_FIELD = 60, 20_000, 300
_MOST_TRAIL = 20
_NO_ASKS = "一项建议也没有：请在第二步写上要答复的建议，再试"
_MOVE = re.compile(r"(\d{1,5})\.(\d{1,5}):(-?1)")


@dataclass(frozen=True, slots=True)
class Place:
    """The stored draft that a window has open, and that window with what it shows;
    ``sequence`` counts what the window sent, so that what comes late is known (0: not counted).
    """

    id: str
    window: Window = Window()
    sequence: int = 0

    def comes_late(self, work: Work) -> bool:
        """True when this window sent, and ``work`` holds, something newer already."""
        return work.window == self.window.name and 0 < self.sequence < work.sequence

    @property
    def inside(self) -> Window:
        """The window for what a request does after it has stored what the screen holds: that is
        done to the work as it is."""
        return replace(self.window, revision=None)

    def after(self, work: Work) -> Place:
        """Return the place with the window as it shows ``work``, not counted: what a request
        does after it has stored what was sent is never late."""
        return Place(self.id, replace(self.window, revision=work.revision))


@dataclass(frozen=True, slots=True)
class Edits:
    """What the fields of the second step hold: the proposal, and when it was handed over;
    ``as_typed`` are fields that are used in another form, ``trail`` the asks after each thing
    that was done with them since the last time."""

    proposal: Proposal
    assigned: str | None
    trail: tuple[tuple[Ask, ...], ...] = ()
    as_typed: Mapping[str, str] = field(default_factory=dict)


def read_place(text: str) -> Place:
    """Return the place that the page's script names: ``draft:window:revision:count``, or
    only the draft's id."""
    id, name, revision, count, *_ = *text.split(":"), "", "", ""
    return Place(id, Window(name[:40], _number(revision)), _number(count))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def read_edits(text: str, proposal: Proposal) -> Edits | None:
    """Return ``proposal`` with what the fields hold; ``None`` where nothing was sent."""
    if not text:
        return None
    sent = _load(text)
    head = sent.get("head") if isinstance(sent, dict) else None
    rows = sent.get("asks") if isinstance(sent, dict) else None
    if not isinstance(head, dict) or not isinstance(rows, list):
        raise refuse("没有读到各项建议，请刷新页面再试")
    values = {str(k): str(v or "").strip()[:_LONGEST_FIELD] for k, v in head.items()}
    channel, role = values.get("channel"), values.get("host_role")
    edited = replace(
        proposal,
        title=read_title(values.get("title", "")) or None,
        channel=cast("Channel", channel) if channel in get_args(Channel) else None,
        session=bare_head("session", values.get("session", "")) or None,
        number=bare_head("number", values.get("number", "")) or None,
        proposers=read_names(values.get("proposers", "")),
        host_role=cast("HostRole", role) if role in get_args(HostRole) else None,
        co_hosts=read_names(values.get("co_hosts", "")),
        openness=openness if (openness := values.get("openness")) in OPENNESS else None,
        asks=read_asks(rows),
    )
    kept = tuple(text for text in proposal.warnings if not _is_seen_to(text, proposal, edited))
    edited = replace(edited, warnings=kept)
    trail = sent.get("trail")
    done = trail[-_MOST_TRAIL:] if isinstance(trail, list) else []
    went = tuple(read_asks(rows) for rows in done if isinstance(rows, list))
    as_typed = {name: values[name] for name in ("session", "number") if values.get(name)}
    return Edits(edited, _read_day(values.get("assigned", "")), went, as_typed)


def _is_seen_to(warning: str, before: Proposal, now: Proposal) -> bool:
    """True when the field that a warning is about was changed by the clerk."""
    field = WARNS_OF.get(warning)
    return field is not None and getattr(before, field) != getattr(now, field)


def read_asks(rows: Sequence[Any]) -> tuple[Ask, ...]:
    """Return the asks in their order, empty ones left out; an ask without a topic gets
    one, an ask without a text is its topic."""
    asks: list[Ask] = []
    for row in rows[:_MOST_ASKS]:
        topic, text = (str(row.get(k) or "").strip() for k in ("topic", "text"))
        if topic or text:
            ask = make_ask(len(asks) + 1, (text or topic)[:_LONGEST_ASK], topic[:_LONGEST_FIELD])
            asks.append(ask)
    return tuple(asks)


def check_asks(proposal: Proposal) -> Proposal:
    """Return the proposal. Raises the page's error where it asks for nothing."""
    if not proposal.asks:
        raise refuse(_NO_ASKS)
    return proposal


def read_ticks(text: str, draft: str) -> tuple[str, ...] | None:
    """Return the ticked cards; ``None`` where no cards are shown, or those of another draft."""
    if not text:
        return None
    sent = _load(text)
    names = sent.get("cards") if isinstance(sent, dict) else None
    if not isinstance(names, list):
        raise refuse("没有读到勾选的依据，请刷新页面再试")
    return tuple(str(name) for name in names) if sent.get("draft") == draft else None


def read_values(text: str) -> dict[str, str | None] | None:
    """Return what was typed by the place's name, ``None`` for a place to be dropped; nothing
    where no draft is shown."""
    if not text:
        return None
    values = _load(text)
    if not isinstance(values, dict):
        raise refuse("没有读到填写的内容，请刷新页面再试")
    return {str(k): None if v is None else str(v) for k, v in values.items()}


def read_assigned(text: str) -> tuple[str, str | None]:
    """Return the draft and the day on which it was handed over: ``id:2026-11-21``; ``None`` where
    the field was emptied."""
    id, _, day = text.partition(":")
    return id, _read_day(day)


def read_move(text: str) -> tuple[int, int, int]:
    """Return the block and the sentence to be moved, and by how much: 8.2:-1. Raises the page's
    error for anything else."""
    found = _MOVE.fullmatch(text)
    if found is None:
        raise refuse("没有读到要移动哪一句，请刷新页面再试")
    return int(found[1]), int(found[2]), int(found[3])


def _load(text: str) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(text)
    except ValueError:
        return None


def bare_head(name: str, text: str) -> str:
    """Return what a field of the head is used as: 市政协五届三次会议 is 五届三次."""
    if name == "session":
        return find_session(text) or text
    return read_number(text) if name == "number" else text


def _read_day(text: str) -> str | None:
    """Return a day as it is stored: of 2026年9月5日, 2026.9.5, 2026-09-05; ``None`` for none."""
    try:
        return date.fromisoformat(find_date(text) or text).isoformat()
    except ValueError:
        return None
