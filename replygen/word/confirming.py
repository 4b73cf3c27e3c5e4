"""Commitments to confirm, in Word: their comment, and what became of it.

A commitment that nobody confirmed has a comment that begins with :data:`CONFIRM`. Whoever
deletes the comment, or marks it as resolved, confirms; whoever edits the sentence and leaves
the comment does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from replygen.drafting.confirm import change_unconfirmed
from replygen.models import Draft, Sentence

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

CONFIRM = "据提案原意拟写，请确认能否承诺"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
ALIKE = 45.0  # rapidfuzz ratio, 0..100: a sentence that was edited is still the same


@dataclass(frozen=True, slots=True)
class Anchor:
    """A comment: the text that it stands at now, "" for none."""

    id: str
    text: str


def describe_confirmation(sentence: Sentence) -> str:
    """Return the comment's first lines for an unconfirmed commitment, "" for any other."""
    if sentence.confirmed is not False:
        return ""
    return f"{CONFIRM}\n能承诺的，删去本批注；不能承诺的，改写或者删去这句"


def apply_confirmations(draft: Draft, anchors: Sequence[Anchor]) -> Draft:
    """Return the draft as the comments of its file leave it: a commitment whose comment is
    gone is confirmed, one whose comment stands is not and has the text that stands there now."""
    waiting = list(draft.unconfirmed)
    standing = _pair(waiting, anchors)

    def confirm(sentence: Sentence) -> Sentence:
        number = next(n for n, other in enumerate(waiting) if other is sentence)
        if number not in standing:
            return replace(sentence, confirmed=True)
        text = standing[number].text.strip()
        return replace(sentence, text=text) if text else sentence

    return change_unconfirmed(draft, confirm)


def _pair(waiting: Sequence[Sentence], anchors: Sequence[Anchor]) -> dict[int, Anchor]:
    """Return which comment belongs to which commitment: by equal text, by likeness, and what
    is left in the order of the text, so that no comment is lost."""
    from rapidfuzz.fuzz import ratio

    paired: dict[int, Anchor] = {}
    left = list(anchors)
    for least in (100.0, ALIKE, 0.0):
        for number, sentence in enumerate(waiting):
            if number in paired or not left:
                continue
            best = max(left, key=lambda a, s=sentence: ratio(a.text.strip(), s.text.strip()))  # type: ignore[misc]
            if least == 0.0:
                best = left[0]
            elif ratio(best.text.strip(), sentence.text.strip()) < least:
                continue
            paired[number] = best
            left.remove(best)
    return paired


def find_anchors(document: Document) -> tuple[Anchor, ...]:
    """Return the comments that still ask for a confirmation, in the order of the text."""
    return read_anchors(document, _asking_ids(document))


def read_anchors(document: Document, ids: set[str]) -> tuple[Anchor, ...]:
    """Return the comments called ``ids`` with where they stand, in the order of the text."""
    texts: dict[str, str] = dict.fromkeys(ids, "")
    order: list[str] = []
    open_ids: list[str] = []
    for kind, value in _walk(document.element.body):
        if kind == "start" and value in texts:
            open_ids.append(value)
            order.append(value)
        elif kind == "end" and value in open_ids:
            open_ids.remove(value)
        elif kind == "text":
            for ident in open_ids:
                texts[ident] += value
    placed = list(dict.fromkeys(order))
    return tuple(Anchor(ident, texts[ident]) for ident in (*placed, *sorted(ids - {*placed})))


def _walk(element: BaseOxmlElement) -> Iterator[tuple[str, str]]:
    """Yield the text of the body and the ends of the comments' ranges, in order."""
    for child in element:
        if child.tag in (f"{_W}commentRangeStart", f"{_W}commentRangeEnd"):
            kind = "start" if child.tag.endswith("Start") else "end"
            yield kind, child.get(f"{_W}id") or ""
        elif child.tag == f"{_W}t":
            yield "text", child.text or ""
        elif child.tag not in (f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr"):
            yield from _walk(child)


def _asking_ids(document: Document) -> set[str]:
    """Return the ids of the comments that begin with the question and are not resolved."""
    resolved = _resolved(document)
    asking = set()
    for comments in _parts(document, "/comments"):
        for comment in comments.iter(f"{_W}comment"):
            text = "".join(t.text or "" for t in comment.iter(f"{_W}t"))
            last = [p.get(f"{_W14}paraId") for p in comment.iter(f"{_W}p")][-1:]
            if text.strip().startswith(CONFIRM) and not (set(last) - {None}) & resolved:
                asking.add(comment.get(f"{_W}id") or "")
    return asking


def _resolved(document: Document) -> set[str | None]:
    """Return the paragraph ids of comments that Word shows as resolved (w15:done)."""
    done = set()
    for part in _parts(document, "/commentsExtended"):
        for row in part.iter(f"{_W15}commentEx"):
            if row.get(f"{_W15}done") in ("1", "true"):
                done.add(row.get(f"{_W15}paraId"))
    return done


def _parts(document: Document, kind: str) -> Iterator[BaseOxmlElement]:
    """Yield the roots of the document's parts of a kind (the end of its relationship type)."""
    from docx.oxml.parser import parse_xml

    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(kind):
            element = getattr(relation.target_part, "element", None)
            yield element if element is not None else parse_xml(relation.target_part.blob)
