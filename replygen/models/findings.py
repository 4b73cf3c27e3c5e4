"""What checking says of a draft."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from replygen.models.parsed import Ask

Severity = Literal["block", "warn", "note"]
Part = Literal["body", "header", "footer", "footnote"]
_PARTS: dict[str, str] = {"header": "页眉", "footer": "页脚", "footnote": "脚注"}
Verdict = Literal[
    "valid",
    "no_such_article",
    "repealed",
    "not_in_force",
    "outdated_edition",
    "misquoted",
    "wrong_number",
    "not_in_register",
    "unclear",
]


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a document: body paragraph (from 0, empty ones counted) and the
    character span in it."""

    paragraph: int
    start: int
    end: int
    text: str
    part: Part = "body"

    @property
    def place(self) -> str:
        """What a reader finds it by: 第 3 段, 页眉."""
        return _PARTS.get(self.part) or f"第 {self.paragraph + 1} 段"


class EdgeText(str):
    """A line among the texts of a draft that stands in a header or a footer."""

    __slots__ = ("part",)
    part: Part

    def __new__(cls, text: str, part: Part) -> EdgeText:
        """Return ``text`` as a line of ``part``."""
        line = super().__new__(cls, text)
        line.part = part
        return line


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, or worth a look, in a draft."""

    rule: str
    severity: Severity
    where: Where | None
    message: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reviewer said of a whole paper: ``by`` whom and ``at`` what time (as it is told),
    ``text`` "" where there is none; ``same`` is False where it was said of an earlier text."""

    verdict: Literal["approve", "return"]
    by: str
    at: str
    text: str = ""
    same: bool = True


@dataclass(frozen=True, slots=True)
class Citation:
    """A statute that a draft cites, and what the register says of it."""

    text: str
    name: str
    article: str | None
    verdict: Verdict
    paragraph: int
    start: int = 0
    end: int = 0
    note: str | None = None
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which paragraphs of a draft answer an ask."""

    ask: Ask
    answered: bool
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Copying:
    """How much of a draft stands word for word in one precedent: ``ratio`` 0..1 of its
    characters, ``longest`` run in characters, ``source`` names the precedent."""

    ratio: float
    longest: int
    source: str | None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Everything that checking says about one draft."""

    coverage: tuple[Coverage, ...]
    copied: Copying
    citations: tuple[Citation, ...]
    findings: tuple[Finding, ...]
    not_run: tuple[str, ...] = field(default=())

    @property
    def blocked(self) -> bool:
        """True while a finding of severity ``block`` is open."""
        return any(f.severity == "block" for f in self.findings)
