"""The work on one draft, and the JSON it is stored as."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from replygen.drafting.fill import fill_slots
from replygen.errors import ReadError, StoreError
from replygen.models import Ask, Demand, Draft, Paragraph, Proposal, Sentence, Source, Wording
from replygen.parsing.demands import split_demands
from replygen.word import draft_from_json, draft_to_json, spread_fields
from replygen.workspace.audit import tell_day
from replygen.workspace.homes import Lost

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Work:
    """How far a person is with one reply.

    ``original`` is the proposal's text as it came; ``assigned`` the day it was handed over
    (ISO) or ``None``; ``as_typed`` fields of the head as the clerk wrote them, where they are
    used in another form. ``ticked`` are the cards
    that were chosen from those ``laid`` out for ``ticked_for``, ``None`` where nobody chose.
    ``draft`` is the composed draft, ``drafted_for`` the asks it was made for and ``asked_as``
    the channel and the part (主办, 会办) that chose its form, "" where that was not kept;
    ``values`` what was typed into its open places (``None``: taken out); ``notes`` the
    page's own; ``lost`` what was typed and had no place in a draft that was composed anew
    (:func:`find_lost` says what of it still has none).
    ``open_places`` and ``blocks`` are what checking left: open places, and findings that must
    be mended. ``revision`` counts the changes that were stored, the last of them from
    ``window``, the ``sequence``-th that this window sent; ``others`` is the last revision
    that was stored from elsewhere. ``worded`` is what a language model said for sentences of
    the draft. ``made_with`` names what the draft was composed from
    (:func:`replygen.workspace.carrying.name_making`), "" where that was not kept, and ``answers``
    what each of its answers was, in the order of ``drafted_for``
    (:func:`replygen.drafting.standing.name_answers`);
    ``attached`` names the edition of the attached files (:mod:`replygen.workspace.material`);
    ``final_at`` is when the final letter was written last (UTC, ISO), "" where it was not yet, and
    ``final_of`` names its text."""

    proposal: Proposal
    original: str = ""
    assigned: str | None = None
    as_typed: Mapping[str, str] = field(default_factory=dict)
    form: str = "default"
    ticked: tuple[str, ...] | None = None
    laid: tuple[str, ...] = ()
    ticked_for: tuple[Ask, ...] = ()
    draft: Draft | None = None
    drafted_for: tuple[Ask, ...] = ()
    asked_as: str = ""
    values: Mapping[str, str | None] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    lost: tuple[Lost, ...] = ()
    open_places: int = 0
    blocks: int = 0
    revision: int = 0
    window: str = ""
    sequence: int = 0
    others: int = 0
    worded: tuple[Wording, ...] = ()
    made_with: str = ""
    answers: tuple[str, ...] = ()
    attached: int = 0
    final_at: str = ""
    final_of: str = ""

    @property
    def is_final(self) -> bool:
        """True while the letter reads as the final one that was written."""
        return bool(self.final_of) and self.final_of == name_letter(self)

    @property
    def state(self) -> str:
        """One word for the list: how far the work is."""
        if self.draft is None:
            return "待核对"
        if self.is_final:
            return f"已定稿 {tell_day(self.final_at)}"
        if self.final_of:
            return "定稿后改过"
        return tell_left(self.open_places, self.blocks, len(find_lost(self))) or "可定稿"


def tell_left(places: int, others: int, lost: int = 0) -> str:
    """Return what is left to do: 待填 2 处、必须改 1 条、没有放回 1 处; "" where nothing is."""
    parts = [f"待填 {places} 处"] * bool(places) + [f"必须改 {others} 条"] * bool(others)
    return "、".join(parts + [f"没有放回 {lost} 处"] * bool(lost))


def find_lost(work: Work) -> tuple[Lost, ...]:
    """Return what was typed and stands nowhere in the letter any more."""
    stands = [value for value in work.values.values() if value]
    once = {one.text: one for one in reversed(work.lost)}
    return tuple(
        once[text]
        for text in dict.fromkeys(one.text for one in work.lost)
        if not any(text in value for value in stands)
    )


def name_letter(work: Work) -> str:
    """Return a name of how the letter reads now, "" where there is none."""
    if work.draft is None:
        return ""
    texts = (block.text for block in fill_slots(work.draft, work.values).draft.blocks)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def work_to_json(work: Work) -> str:
    """Return the work as one JSON object."""
    table = {f.name: getattr(work, f.name) for f in fields(work)}
    table["draft"] = None if work.draft is None else draft_to_json(work.draft)
    table["values"], table["as_typed"] = dict(work.values), dict(work.as_typed)
    return json.dumps({"version": _VERSION, **table}, ensure_ascii=False, default=spread_fields)


def work_from_json(text: str) -> Work:
    """Return the work that ``work_to_json`` wrote. Raises StoreError for anything else."""
    try:
        table = json.loads(text)
        if table.pop("version") != _VERSION:
            raise ValueError("version")
        draft = table["draft"]
        return Work(
            **{
                **table,
                "proposal": _proposal(table["proposal"]),
                "draft": None if draft is None else draft_from_json(draft, name="存下的草稿"),
                "ticked": None if table["ticked"] is None else tuple(table["ticked"]),
                "laid": tuple(table["laid"]),
                "ticked_for": _asks(table["ticked_for"]),
                "drafted_for": _asks(table["drafted_for"]),
                "notes": tuple(table["notes"]),
                "answers": tuple(table.get("answers", ())),  # since November 2026
                "lost": tuple(map(_lost, table.get("lost", ()))),  # since November 2026
                "worded": tuple(map(_wording, table.get("worded", ()))),  # since November 2026
            }
        )
    except (ValueError, KeyError, TypeError, AttributeError, ReadError) as error:
        raise StoreError(
            "这份草稿存下的内容读不出来（可能是别的版本存的），请从备份恢复，或者删掉重新起草"
        ) from error


def source_to_json(source: Source) -> str:
    """Return attached material, as it was read, as one JSON object."""
    return json.dumps(asdict(source), ensure_ascii=False)


def source_from_json(text: str) -> Source:
    """Return the material that ``source_to_json`` wrote. Raises StoreError."""
    try:
        table = json.loads(text)
        paragraphs = tuple(
            Paragraph(**{**row, "bold": tuple((a, b) for a, b in row["bold"])})
            for row in table["paragraphs"]
        )
        warnings = tuple(table["warnings"])
        return Source(**{**table, "paragraphs": paragraphs, "warnings": warnings})
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError("存下的附件材料读不出来，请移除后重新添加") from error


def _lost(row: str | dict[str, Any]) -> Lost:
    """What lost its place; what was stored before it had neighbours is a text."""
    if isinstance(row, str):
        return Lost(row)
    return Lost(**{**row, "before": tuple(row["before"]), "behind": tuple(row["behind"])})


def _wording(row: dict[str, Any]) -> Wording:
    sides = {name: row[name] and _sentence(row[name]) for name in ("ours", "theirs")}
    return Wording(**{**row, **sides})


def _sentence(row: dict[str, Any]) -> Sentence:
    """One stored sentence; a model words none that has open places."""
    return Sentence(**{**row, "sources": tuple(row["sources"]), "slots": ()})


def _asks(rows: list[dict[str, Any]]) -> tuple[Ask, ...]:
    return tuple(_ask(row) for row in rows)


def _ask(row: dict[str, Any]) -> Ask:
    """One stored ask; one stored before asks had demands gets them from its text."""
    if "demands" not in row:
        return Ask(**row, demands=split_demands(row["text"]))
    return Ask(**{**row, "demands": tuple(Demand(**d) for d in row["demands"])})


def _proposal(table: dict[str, Any]) -> Proposal:
    listed = {name: tuple(table[name]) for name in ("proposers", "co_hosts", "warnings")}
    return Proposal(**{**table, **listed, "asks": _asks(table["asks"])})
