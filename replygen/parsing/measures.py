"""Measures: the 一是 clauses, headed paragraphs and bold lead sentences of a reply.

The measure is the unit of retrieval, so each must stand alone: its lead phrase, its
whole text, and whether it was done or is planned. A 下一步 sentence at the end of a
done measure becomes a planned measure of its own, so that a plan never passes for a fact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from replygen.language.marks import LEVELS, Mark, find_chains
from replygen.language.sentences import split_sentences
from replygen.language.tense import judge_heading, judge_tense, judge_words, opens_plan, tells_past
from replygen.models import Measure, Paragraph, Tense
from replygen.parsing.clean import DAMAGE
from replygen.parsing.measure_text import (
    PLAN_OPENING,
    find_actor,
    is_inventory,
    is_problem,
    make_lead,
    tidy_measure,
    weigh_tense,
)
from replygen.parsing.wording import cue_pattern

_ITEM_FAMILIES = ("一是", "1.", "（1）", "第一", "首先", "其一", "①", "1）", "（一）", "一、")
_LEAST_HALF = 12
_NESTING = ("1.", "（1）", "第一", "1）", "（一）", "一、")
# 下一步，我局将… standing at a sentence's start
_PLAN_SENTENCE = re.compile(
    r"(?<=[。；！？\n])(?:下一步|下步|下一阶段|下阶段|今后|接下来|后续|未来)(?:工作中|，|,|我"
    r"|将|[^，。]{0,12}将)"
)


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs under one heading: their joined text and, in it, the bold spans."""

    text: str
    bold: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, paragraphs: Sequence[Paragraph]) -> Block:
        """Join paragraphs by newlines, shifting their bold spans."""
        spans: list[tuple[int, int]] = []
        offset = 0
        for paragraph in paragraphs:
            spans += [(start + offset, end + offset) for start, end in paragraph.bold]
            offset += len(paragraph.text) + 1
        return cls("\n".join(p.text for p in paragraphs), tuple(spans))


def split_measures(
    text: str,
    *,
    bold: Sequence[tuple[int, int]] = (),
    heading: str | None = None,
    headed: str | None = None,
    tense: Tense | None = None,
    region: str | None = None,
    actor: str | None = None,
    minimum: int = 12,
) -> tuple[Measure, ...]:
    """Return the measures in the text below one heading.

    ``bold`` are (start, end) spans of ``text``, ``heading`` is what the measures stand
    under. ``headed`` is the heading when it is the lead of this very text
    (（一）强化协同联动。…): a text without enumeration is then one measure with that
    lead, otherwise its measures stand under it. ``tense`` is what the heading
    says; without it each measure's own words decide.
    Pieces shorter than ``minimum`` characters are no measures.
    """
    text, spans = text.rstrip(), tuple(bold)
    chain = _top_chain(text)
    pieces: list[tuple[int, int]]
    if chain:
        pieces = _paragraphs_before(text, chain[0].start) + _chain_pieces(text, chain)
    elif len(runs := _bold_leads(text, spans)) > 1:
        pieces = _between(runs, len(text))
    elif headed:
        tidy = tidy_measure(text)
        # 下一步工作 over one text: the heading says when, the text says what
        announces = len(headed) < 9 and judge_heading(headed) == "plan"
        lead = make_lead(headed) if PLAN_OPENING.match(headed) else headed
        lead = make_lead(tidy) if announces and tidy else lead
        said = announces or headed in tidy  # a heading that was taken from the text itself
        body = tidy if said and tidy else f"{headed}。{tidy}" if tidy else headed
        return _with_plans(body, lead, heading, tense, region, actor)
    else:
        pieces = _paragraph_pieces(text)
    heading = headed or heading
    measures: list[Measure] = []
    for start, end in pieces:
        piece = tidy_measure(text[start:end])
        if len(piece) < minimum or _is_lead_in(piece) or is_inventory(piece, heading):
            continue
        if not chain and len(piece) < 100 and is_problem(piece):
            continue
        nested = chain and chain[0].family in _NESTING and _nested_chain(piece)
        lead = make_lead(piece, _bold_at(spans, start, text))
        if nested:
            measures += split_measures(
                piece[nested[0].start :], heading=lead, tense=tense, region=region, actor=actor
            )
            continue
        known = tense or weigh_tense(text[: pieces[0][0]][-200:]) if chain else tense
        measures += _with_plans(piece, lead, heading, known, region, actor)
    return tuple(measures)


def _with_plans(
    text: str,
    lead: str,
    section: str | None,
    tense: Tense | None,
    region: str | None,
    actor: str | None,
) -> tuple[Measure, ...]:
    """Make the measure; a 下一步 sentence in something done, or sentences that only plan
    behind those that report, become a second one."""
    parts = [text]
    if tense != "planned" and (match := _PLAN_SENTENCE.search(text)) and match.start() > 12:
        parts = [text[: match.start()].strip(), text[match.start() :].strip()]
        if len(parts[0]) < 80 and is_problem(parts[0]):
            parts, lead = parts[1:], make_lead(parts[1])
    elif tense is None and (turn := _find_turn(text)):
        parts = [text[:turn].strip(), text[turn:].strip()]
    made: list[Measure] = []
    for number, part in enumerate(parts):
        own: Tense = tense or weigh_tense(part) or "done"
        if number or PLAN_OPENING.match(part) or (opens_plan(part) and judge_words(part).plan):
            own = "planned"
        made.append(
            Measure(
                lead=lead if number == 0 else make_lead(part),
                text=part,
                tense=own,
                actor=find_actor(part) or actor,
                region=region,
                section=section or None,
                damaged=DAMAGE in part,
            )
        )
    return tuple(made)


def _find_turn(text: str) -> int:
    """Where a text that reports goes on with nothing but plans (第一片区已完工。|第二片区将于
    明年启动改造。), 0 where it does not or either half is short."""
    at, turn, reports = 0, 0, False
    for sentence in split_sentences(text):
        told = judge_words(sentence)
        shown = tells_past(sentence) or told.plan  # 今年建成2处, 我局约谈业主并将处罚
        if told.report or shown and judge_tense(sentence).report:
            if turn or told.plan:
                return 0
            reports = True
        elif told.plan:
            turn = turn or at
            if not reports:
                return 0
        at += len(sentence)
    return turn if min(turn, len(text) - turn) >= _LEAST_HALF else 0


def _top_chain(text: str) -> tuple[Mark, ...]:
    """Return the sequence whose items are the measures: the first one, unless a later
    one is of a higher level and does not lie inside it."""
    best: tuple[Mark, ...] = ()
    for chain in find_chains(text):
        if chain[0].family not in _ITEM_FAMILIES or not _is_spread(text, chain):
            continue
        if not best or (
            LEVELS[chain[0].family] < LEVELS[best[0].family] and chain[0].start < best[-1].start
        ):
            best = best or chain
    return best


def _is_spread(text: str, chain: Sequence[Mark]) -> bool:
    """Refuse lists of names inside one sentence: items need some length."""
    starts = [m.end for m in chain[:-1]]
    ends = [m.start for m in chain[1:]]
    return sum(e - s for s, e in zip(starts, ends, strict=True)) / len(starts) >= 10


def _chain_pieces(text: str, chain: Sequence[Mark]) -> list[tuple[int, int]]:
    pieces = [(a.end, b.start) for a, b in zip(chain, chain[1:], strict=False)]
    last = chain[-1].end
    end = len(text)
    if not any("\n" in text[a:b].strip() for a, b in pieces):
        newline = text.find("\n", last)
        end = end if newline < 0 else newline
    rest = _paragraph_pieces(text[end:])
    return [*pieces, (last, end), *[(a + end, b + end) for a, b in rest]]


def _paragraphs_before(text: str, end: int) -> list[tuple[int, int]]:
    """Whole paragraphs above the enumeration that say something of their own."""
    cut = text.rfind("\n", 0, end)
    return [(a, b) for a, b in _paragraph_pieces(text[: max(cut, 0)]) if b - a >= 60]


def _paragraph_pieces(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"[^\n]+", text) if m.group().strip()]


def _nested_chain(text: str) -> tuple[Mark, ...] | None:
    for chain in find_chains(text):
        if chain[0].family == "一是" and _is_spread(text, chain):
            return chain
    return None


def _bold_leads(text: str, bold: Sequence[tuple[int, int]]) -> list[int]:
    """Starts of bold runs that open a sentence: lead sentences without numbers."""
    starts: list[int] = []
    for start, end in bold:
        run = text[start:end].strip()
        before = text[:start].rstrip(" ")
        if 4 <= len(run) <= 60 and (not before or before[-1] in "\n。；！？”"):
            starts.append(start)
    return starts


def _between(starts: Sequence[int], end: int) -> list[tuple[int, int]]:
    return list(zip(starts, [*starts[1:], end], strict=True))


def _bold_at(bold: Sequence[tuple[int, int]], start: int, text: str) -> int:
    """Length of the bold run that opens a piece (0 when none does)."""
    for a, b in bold:
        if a <= start < b or (start < a and not text[start:a].strip()):
            stop = b
            return stop - start if stop - start > 3 else 0
    return 0


def _is_lead_in(text: str) -> bool:
    return (
        len(text) < 200
        and text.endswith(("：", ":"))
        or bool(cue_pattern("cues", "receipt", "patterns").search(text[:80]))
    )
