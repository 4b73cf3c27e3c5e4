"""A file that was read, and what a text asserts about the world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ParagraphStyle = Literal["body", "heading", "table", "header", "footer"]
MentionKind = Literal[
    "place",
    "organisation",
    "person",
    "contact",
    "date",
    "number",
    "document",
    "doc_number",
    "brand",
]
Scope = Literal["local", "national", "unknown"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a file, as it stands there.

    ``index`` counts the paragraphs of the document's body from 0, empty ones included;
    it is ``None`` for text outside the body's flow (table cells, page headers).
    ``bold`` holds (start, end) spans of ``text`` in characters.
    """

    text: str
    style: ParagraphStyle = "body"
    index: int | None = None
    bold: tuple[tuple[int, int], ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its paragraphs in reading order and what reading noticed.

    ``path`` names the file for people (a member of an archive is ``a.zip!b.docx``),
    ``sha256`` is the hash of the file's bytes, ``format`` is what the content is
    (``docx``, ``doc``, ``txt``, ``md``, ``html``, ``pdf``, ``ofd``, ``image``), whatever the
    name says; ``pages`` is 1 where the format has none.
    """

    path: str
    sha256: str
    format: str
    paragraphs: tuple[Paragraph, ...]
    pages: int = 1
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The paragraphs joined by newlines, page headers and footers left out."""
        return "\n".join(p.text for p in self.paragraphs if p.style not in ("header", "footer"))


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that ``text[start:end]`` asserts about the world.

    ``normal`` is the form in which two mentions of one thing are equal (a place's full
    name, an ISO date or year, a number in digits with its unit). ``scope`` is
    ``national`` only for what a register knows as national.
    """

    kind: MentionKind
    text: str
    start: int
    end: int
    normal: str
    scope: Scope = "unknown"
