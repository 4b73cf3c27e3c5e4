"""A draft as one HTML page, with the source of a sentence as its title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from replygen.models import BlockStyle, Draft, Reference, Sentence
from replygen.word.comments import describe_source
from replygen.word.spans import split_slots
from replygen.word.templating import render

_TAGS: dict[BlockStyle, str] = {"title": "h1", "heading1": "h2", "heading2": "h3"}


@dataclass(frozen=True, slots=True)
class _Shown:
    """A sentence in pieces: (text, is a slot); ``source`` is told of it, None where it has
    none."""

    pieces: tuple[tuple[str, bool], ...]
    bold: bool
    origin: str
    source: str | None


def draft_to_html(draft: Draft) -> str:
    """Return the draft as a whole HTML page, everything escaped: one element a block,
    a span a sentence with its origin and (as ``title``) its source, slots as ``mark``."""
    references = {r.id: r for r in draft.references}
    blocks = [
        {
            "tag": _TAGS.get(block.style, "p"),
            "style": block.style,
            "sentences": [_show(s, references) for s in block.sentences],
        }
        for block in draft.blocks
    ]
    return render("draft.html", title=draft.title, blocks=blocks)


def _show(sentence: Sentence, references: Mapping[str, Reference]) -> _Shown:
    pieces = tuple((sentence.text[a:b], slot) for a, b, slot in split_slots(sentence))
    source = describe_source(sentence, dict(references))
    return _Shown(pieces, sentence.bold, sentence.origin, source)
