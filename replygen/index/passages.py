"""A parsed document -> the passages under which it is found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from replygen.models import (
    Article,
    Document,
    Measure,
    Outcome,
    Parsed,
    Passage,
    PassageKind,
    Policy,
    Proposal,
    Registry,
    Reply,
    Statute,
    Tense,
)

_SUMMARY = 800  # characters of a whole reply that its passage shows
_PARAGRAPHS = 400  # characters at which paragraphs of other texts are grouped
_BLANK_LINES = re.compile(r"\n{2,}")


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: PassageKind
    title: str
    text: str
    tense: Tense | None = None
    region: str | None = None
    context: str | None = None
    outcome: Outcome | None = None


def split_passages(parsed: Parsed, document: Document) -> tuple[Passage, ...]:
    """Return the passages of ``parsed``, numbered from 0.

    A reply gives one ``reply`` passage (title, subject, headings, beginning), a ``measure``
    passage for each measure and a ``refusal`` one for what it will not do; a press article its
    measures, each with its place; a statute an ``article`` passage for each 条; a proposal one
    ``reply`` passage of its title and asks, so that a like case is found by it; a page of a
    registry its reply's passages and the proposal's; a policy a ``policy`` passage for each
    task; any other text, and an article without measures, ``reply`` passages of neighbouring
    paragraphs. Passages
    without text are left out.
    """
    pieces = _split(parsed)
    return tuple(
        Passage(
            id=f"{document.id}#{i}",
            document=document,
            kind=piece.kind,
            position=i,
            title=piece.title,
            text=piece.text,
            tense=piece.tense,
            region=piece.region or document.region,
            context=piece.context,
            outcome=piece.outcome,
        )
        for i, piece in enumerate(p for p in pieces if p.text.strip())
    )


def compose_searchable(title: str, passage_title: str, context: str | None, text: str) -> str:
    """Return what a passage is found by: its document's title, its heading, its own
    title where the text does not begin with it, and its text."""
    parts = [title, context or ""]
    if not text.startswith(passage_title):
        parts.append(passage_title)
    return "\n".join([*dict.fromkeys(p for p in parts if p), text])


def _split(parsed: Parsed) -> Iterator[_Piece]:
    if isinstance(parsed, Reply):
        yield from _split_reply(parsed)
    elif isinstance(parsed, Article):
        yield from map(_take_measure, parsed.measures)
        if not parsed.measures:
            body = "\n".join(f"{s.heading}\n{s.text}" for s in parsed.sections)
            yield from _group_paragraphs(parsed.title or "", body)
    elif isinstance(parsed, Statute):
        for article in parsed.articles:
            context = " ".join(article.path) or None
            yield _Piece("article", article.number, article.text, context=context)
    elif isinstance(parsed, Registry):
        yield from _split(parsed.reply)
        asked = next(iter(_split(parsed.proposal)))  # a new proposal resembles the old one
        yield replace(asked, title=parsed.reply.title or asked.title)
    elif isinstance(parsed, Policy):
        for task in parsed.tasks:
            units = f"\n（责任单位：{'、'.join(task.units)}）" if task.units else ""
            yield _Piece("policy", task.lead, f"{task.text}{units}", context=task.section)
    elif isinstance(parsed, Proposal):
        asks = "\n".join(a.text for a in parsed.asks) or parsed.problems or parsed.background
        yield _Piece("reply", parsed.title or "", f"{parsed.title or ''}\n{asks}".strip())
    else:
        yield from _group_paragraphs(parsed.title or "", parsed.text)


def _split_reply(reply: Reply) -> Iterator[_Piece]:
    yield _summarise_reply(reply)
    yield from map(_take_measure, reply.measures)
    for refusal in reply.refusals:
        place = refusal.region, refusal.section
        yield _Piece("refusal", "", refusal.text, None, *place, refusal.outcome)


def _take_measure(measure: Measure) -> _Piece:
    return _Piece(
        "measure", measure.lead, measure.text, measure.tense, measure.region, measure.section
    )


def _summarise_reply(reply: Reply) -> _Piece:
    title = reply.title or reply.subject or ""
    parts = [title]
    if reply.subject and reply.subject not in title:
        parts.append(reply.subject)
    headings = [s.heading for s in reply.sections if s.heading]
    body = "\n".join(s.text for s in reply.sections)
    parts += ["；".join(headings), _BLANK_LINES.sub("\n", body)[:_SUMMARY]]
    return _Piece("reply", title, "\n".join(p for p in parts if p.strip()))


def _group_paragraphs(title: str, text: str) -> Iterator[_Piece]:
    group = ""
    for paragraph in filter(None, (line.strip() for line in text.splitlines())):
        if group and len(group) + len(paragraph) > _PARAGRAPHS:
            yield _Piece("reply", title, group)
            group = ""
        group = f"{group}\n{paragraph}".strip()
    if group:
        yield _Piece("reply", title, group)
