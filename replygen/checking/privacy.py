"""What must not stand in the public copy: contact data, the signer, internal marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from replygen.checking.edits import Edit, keep_apart
from replygen.checking.tables import read_toml
from replygen.models import Draft

_RULE = "publish"
# Blocks of our own drafts that the public copy does not have.
_STYLES = {"contacts": "联系方式", "signer": "签发人"}


def find_private(paragraphs: Sequence[str], *, draft: Draft | None = None) -> tuple[Edit, ...]:
    """Return the edits that take contact data, IDs, the signer and internal marks out of a
    text; the kind is each edit's ``message``. Public hotlines (12315) and names stay."""
    styles = {b.text: _STYLES[b.style] for b in draft.blocks if b.style in _STYLES} if draft else {}
    edits: list[Edit] = []
    for number, text in enumerate(paragraphs):
        if text.strip():
            edits += _find(number, text, styles.get(text))
    return keep_apart(edits)


def find_forbidden(paragraphs: Sequence[str]) -> tuple[tuple[int, str, str], ...]:
    """Return (paragraph, its text, why) for marks that forbid a public copy: 机密★, 不予公开."""
    return tuple(
        (number, text.strip(), row["message"])
        for number, text in enumerate(paragraphs)
        for row in read_toml("privacy.toml")["forbidden"]
        if re.search(row["pattern"], text)
    )


def _find(number: int, text: str, known: str | None) -> Iterator[Edit]:
    for kind, pattern, line in _items():
        if line and known is None and pattern.fullmatch(text):
            known = kind
    if known is not None:
        yield Edit(_RULE, number, 0, text, "", known, whole=True)
        return
    for kind, pattern, line in _items():
        for match in () if line else pattern.finditer(text):
            start, end = match.span("x")
            new = _closing(text[start:end])
            if text[start:end] != new:
                yield Edit(_RULE, number, start, text[start:end], new, kind)


def _closing(old: str) -> str:
    """An opening bracket or mark that goes must take its partner along, and not another's."""
    for left, right in ("（）", "()"):
        if old.count(left) < old.count(right):
            return right
        if old.count(left) > old.count(right):
            return left
    return ""


@lru_cache(maxsize=1)
def _items() -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    return tuple(
        (row["kind"], re.compile(row["pattern"]), row["scope"] == "line")
        for row in read_toml("privacy.toml")["item"]
    )
