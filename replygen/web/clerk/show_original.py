"""Show the proposal as it came: its asks in colour, what they demand underlined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from replygen.models import Ask, Proposal
from replygen.web.templating import render

_COLOURS = 6
_SHORTEST = 4  # characters by which a text is known again


@dataclass(frozen=True, slots=True)
class _Span:
    """A part of the text: an ask, with the parts of it that are demands."""

    start: int
    end: int
    ask: Ask
    demands: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some words of the text, and whether they are a demand."""

    text: str
    demanded: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """What is shown in a row: an ask in its ``colour``, or what stands between two."""

    pieces: tuple[_Piece, ...]
    ask: Ask | None = None
    colour: int = 0


class _Bare:
    """A text without its spaces, and where each of its characters stands in the text."""

    def __init__(self, text: str) -> None:
        self._at = [n for n, sign in enumerate(text) if not sign.isspace()]
        self.text = "".join(text[n] for n in self._at)

    def find(self, words: str, start: int, end: int) -> tuple[int, int] | None:
        """Return where ``words`` stand between two places of the bare text."""
        bare = "".join(words.split())
        found = self.text.find(bare, start, end) if len(bare) >= _SHORTEST else -1
        return None if found < 0 else (found, found + len(bare))

    def place(self, span: tuple[int, int]) -> tuple[int, int]:
        """Return a span of the bare text as one of the text."""
        return self._at[span[0]], self._at[span[1] - 1] + 1


def show_original(text: str, proposal: Proposal) -> str:
    """Return the proposal's text, each ask that is found in it a mark that leads to its answer
    and its evidence."""
    body = text.strip("\n") or _told(proposal)
    parts, at = list[_Part](), 0
    for span in _find_asks(body, proposal.asks):
        parts.append(_Part((_Piece(body[at : span.start]),)))
        parts.append(_Part(_cut(body, span), span.ask, span.ask.order % _COLOURS))
        at = span.end
    parts.append(_Part((_Piece(body[at:]),)))
    return render("clerk/original.html", parts=parts)


def _told(proposal: Proposal) -> str:
    """What is known of a proposal that was stored without its text."""
    asks = "\n".join(f"{ask.order}. {ask.text}" for ask in proposal.asks)
    parts = (proposal.title, proposal.background, proposal.problems, asks)
    return "\n".join(part for part in parts if part)


def _find_asks(text: str, asks: Sequence[Ask]) -> list[_Span]:
    """Return where the asks stand, in the order of the text, none over another."""
    bare, spans, taken = _Bare(text), list[_Span](), list[tuple[int, int]]()
    for ask in asks:
        found = bare.find(ask.text, 0, len(bare.text))
        while found and any(found[0] < end and start < found[1] for start, end in taken):
            found = bare.find(ask.text, found[0] + 1, len(bare.text))
        if found is None:
            continue
        taken.append(found)
        wanted = [bare.find(demand.text, *found) for demand in ask.demands]
        demands = sorted({bare.place(span) for span in wanted if span})
        spans.append(_Span(*bare.place(found), ask, tuple(demands)))
    return sorted(spans, key=lambda span: span.start)


def _cut(text: str, span: _Span) -> tuple[_Piece, ...]:
    """An ask's text in pieces, those that are demands marked."""
    pieces, at = list[_Piece](), span.start
    for start, end in span.demands:
        if start < at:
            continue
        pieces += (_Piece(text[at:start]), _Piece(text[start:end], True))
        at = end
    return (*pieces, _Piece(text[at : span.end]))
