"""A string whose characters remember whether they were bold.

Cleaning rewrites text; headings and lead sentences are found by their bold runs
afterwards. Every change made through :meth:`Rich.sub` keeps the two aligned.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rich:
    """``text`` and, of the same length, ``flags``: ``b`` for bold, ``.`` for not."""

    text: str
    flags: str

    @classmethod
    def of(cls, text: str, bold: tuple[tuple[int, int], ...] = ()) -> Rich:
        """Return ``text`` with the given (start, end) spans bold."""
        if not bold:
            return cls(text, "." * len(text))
        flags = ["."] * len(text)
        for start, end in bold:
            flags[start:end] = "b" * (min(end, len(text)) - start)
        return cls(text, "".join(flags[: len(text)]))

    @property
    def bold(self) -> tuple[tuple[int, int], ...]:
        """The bold spans, in order."""
        return tuple(m.span() for m in re.finditer("b+", self.flags))

    def sub(
        self, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]
    ) -> Rich:
        """Return a copy with every match replaced; new text takes the weight of the
        match's first character."""
        texts: list[str] = []
        flags: list[str] = []
        last = 0
        for match in pattern.finditer(self.text):
            start, end = match.span()
            new = replacement if isinstance(replacement, str) else replacement(match)
            if new == match.group():
                continue
            texts += [self.text[last:start], new]
            weight = self.flags[start] if start < len(self.flags) else "."
            flags += [self.flags[last:start], weight * len(new)]
            last = end
        if not texts:
            return self
        return Rich("".join([*texts, self.text[last:]]), "".join([*flags, self.flags[last:]]))

    def slice(self, start: int, end: int) -> Rich:
        """Return the part between two offsets."""
        return Rich(self.text[start:end], self.flags[start:end])

    def strip(self) -> Rich:
        """Return it without white space at both ends."""
        left = len(self.text) - len(self.text.lstrip())
        right = len(self.text.rstrip())
        return self.slice(left, max(left, right))

    def __add__(self, other: Rich) -> Rich:
        return Rich(self.text + other.text, self.flags + other.flags)
