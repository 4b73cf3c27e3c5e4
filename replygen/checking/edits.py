"""A change of a text that can be made without asking, and how it is applied to text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """In paragraph ``paragraph`` put ``new`` for ``old``, which stands at ``start``; ``rule``
    and ``message`` say why. ``whole`` takes the paragraph itself away as well."""

    rule: str
    paragraph: int
    start: int
    old: str
    new: str
    message: str
    whole: bool = False

    @property
    def end(self) -> int:
        """Where the old text ends in the paragraph."""
        return self.start + len(self.old)


def keep_apart(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits in the order of the text, of two that touch the same characters the
    one that begins first, then the longer."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.paragraph, e.start, -len(e.old))):
        last = kept[-1] if kept else None
        if last is None or last.paragraph != edit.paragraph or edit.start >= last.end:
            kept.append(edit)
    return tuple(kept)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return one paragraph's text with its edits made; they must not overlap."""
    for edit in sorted(edits, key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text
