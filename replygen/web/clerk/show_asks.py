"""Show a proposal's head and asks as fields that can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from replygen.language.dates import tell_date
from replygen.models import Proposal, Source
from replygen.parsing.proposal import WARNS_OF
from replygen.settings import OPENNESS
from replygen.web.clerk.sent import bare_head
from replygen.web.show import tell_facts
from replygen.web.templating import render
from replygen.workspace import Urgency, Work

_CHANNELS = (("cppcc", "政协提案"), ("npc", "人大建议"))
_ROLES = (("主办", "主办"), ("分办", "分办"), ("会办", "会办"))
_UNREAD = "没有读到，请补上"
_DO = (
    ("up", "上移"),
    ("down", "下移"),
    ("merge", "与上一项合并"),
    ("split", "在光标处拆开"),
    ("remove", "删除"),
)


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands in the fields of the head; "" where nothing was read."""

    title: str
    channel: str
    session: str
    number: str
    proposers: str
    host_role: str
    co_hosts: str
    openness: str
    assigned: str


def show_editor(work: Work, urgency: Urgency, *, openness: str = "") -> str:
    """Return the head and the asks of a proposal as fields; the script collects them.
    ``openness`` is the unit's usual one."""
    asked = work.proposal
    return render(
        "clerk/editor.html",
        known=_is_known(asked),
        facts=_tell_head(asked),
        head=_head(work),
        channels=_CHANNELS,
        roles=_ROLES,
        opennesses=OPENNESS,
        usual=f"照单位设置（{openness}）" if openness else "没有选，信末待填",
        unread=_UNREAD,
        urgency=urgency,
        warnings={field: _warn(asked, field) for field in set(WARNS_OF.values())},
        others=[text for text in asked.warnings if text not in WARNS_OF],
        asks=asked.asks,
        doings=_DO,
    )


def show_material(material: Sequence[Source], own: int = 0) -> str:
    """Return the attached material by name, each with a button that takes it away; where there is
    none, of how many papers of our own (``own``) the corpus has."""
    return render("clerk/material.html", material=[source.path for source in material], own=own)


def _is_known(asked: Proposal) -> bool:
    """True when the head has what a letter names."""
    return all((asked.title, asked.channel, asked.session, asked.number, asked.proposers))


def _tell_head(asked: Proposal) -> str:
    number = f"第{asked.number}号" if asked.number else None
    return tell_facts(asked.session, number, "、".join(asked.proposers))


def _head(work: Work) -> _Head:
    asked = work.proposal
    return _Head(
        title=asked.title or "",
        channel=asked.channel or "",
        session=_as_typed("session", asked.session or "", work),
        number=_as_typed("number", asked.number or "", work),
        proposers="、".join(asked.proposers),
        host_role=asked.host_role or "",
        co_hosts="、".join(asked.co_hosts),
        openness=asked.openness or "",
        assigned=tell_date(work.assigned) if work.assigned else "",
    )


def _as_typed(name: str, value: str, work: Work) -> str:
    """What the clerk wrote, as long as it says what is stored."""
    typed = work.as_typed.get(name, "")
    return typed if value and bare_head(name, typed) == value else value


def _warn(asked: Proposal, field: str) -> list[str]:
    """What reading has to say of one field."""
    return [text for text in asked.warnings if WARNS_OF.get(text) == field]
