"""A reply that is being drafted: evidence, stances, sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from replygen.models.index import Hit
from replygen.models.parsed import Ask, Demand, Proposal, SectionRole

Origin = Literal[
    "form", "own", "opinion", "statute", "policy", "precedent", "proposal", "typed", "model", "slot"
]
StanceKind = Literal["done", "adopt", "partly", "study", "refer", "decline"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for one ask; each tuple best first. ``opinions`` are what other units
    of our place say on it (会办意见), with score 0 what they say beside every ask."""

    ask: Ask
    own: tuple[Hit, ...] = ()
    precedents: tuple[Hit, ...] = ()
    statutes: tuple[Hit, ...] = ()
    opinions: tuple[Hit, ...] = ()
    policies: tuple[Hit, ...] = ()
    refusals: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Stance:
    """How one demand is answered, and why, in words for a clerk; ``number`` is 3.1 for the
    first demand of the third ask. ``given`` says that the clerk chose it; ``rule`` names the
    rule that proposed it (legislation, price, money, duty, shared, own, …), ``units`` are the
    units that the matter is passed on to or shared with."""

    demand: Demand
    kind: StanceKind
    reason: str
    number: str
    given: bool = False
    rule: str = ""
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskStance:
    """How one ask is answered as a whole: the stance of most weight among its demands'."""

    order: int
    topic: str
    kind: StanceKind
    demands: tuple[Stance, ...]


@dataclass(frozen=True, slots=True)
class Used:
    """One piece of evidence for an ask, and whether the draft rests on it. ``document`` is
    the title without 《》, ``article`` 第三十七条."""

    ask: int
    kind: Literal["own", "precedent", "policy", "statute", "opinion"]
    id: str
    document: str
    article: str | None
    relevance: float | None
    used: bool


@dataclass(frozen=True, slots=True)
class ClassAdvice:
    """The class mark that the stances point to, and why."""

    proposed: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Slot:
    """An open place in a sentence: ``text`` as it stands there (【时间】, 【请补充：…】),
    ``kind`` is 单位, 时间, 数量, 文件, … or 补充."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit of a draft. ``sources`` are the ids of passages (or ``material:N``,
    ``profile``, ``proposal``) that it rests on; never empty but for form and slot.
    ``confirmed`` is ``None`` where nothing is promised, ``False`` for a commitment that
    nobody has confirmed yet."""

    text: str
    origin: Origin
    sources: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    ask: int | None = None
    bold: bool = False
    confirmed: bool | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A source that a draft names: what a reader must know to find it again."""

    id: str
    title: str
    region: str | None
    issuer: str | None
    date: str | None
    path: str | None
    quote: str
    own: bool = False


BlockStyle = Literal[
    "class_mark",
    "doc_number",
    "signer",
    "title",
    "addressee",
    "heading1",
    "heading2",
    "body",
    "closing",
    "sign_unit",
    "sign_date",
    "note",
    "contacts",
    "cc",
    "blank",
]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a draft; the exported file has one body paragraph for each."""

    style: BlockStyle
    sentences: tuple[Sentence, ...] = ()
    role: SectionRole | None = None

    @property
    def text(self) -> str:
        """The paragraph's text."""
        return "".join(s.text for s in self.sentences)


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A headed part of a draft. ``ask`` is the order of the one ask that it answers, or
    ``None`` where it answers several or none."""

    heading: Sentence | None
    ask: int | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A composed reply: header blocks, sections, sign-off blocks, and its references. One
    that was read from a .docx of ours has the ``proposal`` that it was written for."""

    title: str
    form: str
    header: tuple[Block, ...]
    sections: tuple[DraftSection, ...]
    signoff: tuple[Block, ...]
    references: tuple[Reference, ...] = ()
    notes: tuple[str, ...] = ()
    stances: tuple[AskStance, ...] = ()
    evidence: tuple[Used, ...] = ()
    advice: ClassAdvice | None = None
    proposal: Proposal | None = None

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every paragraph in order; a section's heading is a ``heading1`` block."""
        body: list[Block] = list(self.header)
        for section in self.sections:
            if section.heading is not None:
                body.append(Block("heading1", (section.heading,)))
            body.extend(section.blocks)
        return (*body, *self.signoff)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The open slots in the order of the text."""
        return tuple(slot for b in self.blocks for s in b.sentences for slot in s.slots)

    @property
    def unconfirmed(self) -> tuple[Sentence, ...]:
        """The commitments that nobody has confirmed yet, in the order of the text."""
        return tuple(s for b in self.blocks for s in b.sentences if s.confirmed is False)


@dataclass(frozen=True, slots=True)
class Wording:
    """What the model said for one sentence of ours in the draft's paragraph ``block``:
    ``theirs`` may stand there, or is ``None`` where what it ``said`` was refused for ``reason``
    (a key of ``replygen.writing.REASONS``). Block and sentence are -1 where it said it for
    none of ours."""

    ask: int
    block: int
    sentence: int
    ours: Sentence | None
    theirs: Sentence | None
    said: str
    reason: str = ""

    @property
    def place(self) -> tuple[int, int]:
        """Where in the draft it stands."""
        return self.block, self.sentence
