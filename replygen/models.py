"""The dataclasses that pass between rooms.

All are frozen and hold tuples, so a room can keep what it was given. Dates are ISO
strings (``2024-06-06``), sessions are written 十四届三次, numbers keep their zeros and
letters, document numbers use 〔〕. What a text does not say is ``None``, never ``""``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Channel = Literal["cppcc", "npc"]
Level = Literal["国家", "省", "市", "县", "乡"]
HostRole = Literal["主办", "分办", "会办"]
Tense = Literal["done", "planned"]
ParagraphStyle = Literal["body", "heading", "table", "header", "footer"]
SectionRole = Literal["preamble", "done", "planned", "problem", "closing"]
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
Origin = Literal["form", "own", "opinion", "statute", "precedent", "typed", "slot"]
PassageKind = Literal["measure", "reply", "article"]
Severity = Literal["block", "warn", "note"]
Verdict = Literal[
    "valid",
    "no_such_article",
    "repealed",
    "not_in_force",
    "not_in_register",
    "unclear",
]
StatuteStatus = Literal["in_force", "repealed", "not_in_force", "unknown"]


# ── reading ────────────────────────────────────────────────────────────────


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
    (``docx``, ``doc``, ``txt``, ``md``, ``html``, ``pdf``, ``image``), whatever the
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


# ── facts ──────────────────────────────────────────────────────────────────


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


# ── parsing ────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Contact:
    """A person to call; either part may be missing in the source."""

    name: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text below it, up to the next heading.

    ``heading`` is "" for the text before the first heading and carries no number;
    ``depth`` is 1 for 一、, 2 for （一）, 3 for 1.; ``region`` and ``issuer`` are set
    where a press article reports a different place in each section.
    """

    heading: str
    depth: int
    text: str
    role: SectionRole
    region: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that was done or is planned: an 一是 clause or a headed paragraph.

    ``lead`` is its lead phrase without the number, ``text`` the whole measure (lead
    included, number left out), ``section`` the heading it stands under, ``damaged``
    says that the source had destroyed characters here.
    """

    lead: str
    text: str
    tense: Tense
    actor: str | None = None
    region: str | None = None
    section: str | None = None
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """A published reply (答复) to a proposal or suggestion."""

    title: str | None
    channel: Channel | None
    level: Level | None
    region: str | None
    host_role: HostRole | None
    session: str | None
    number: str | None
    subject: str | None
    addressees: tuple[str, ...]
    issuer: str | None
    doc_number: str | None
    signer: str | None
    result_class: str | None
    openness: str | None
    date: str | None
    contacts: tuple[Contact, ...]
    cc: tuple[str, ...]
    sections: tuple[Section, ...]
    measures: tuple[Measure, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a proposal asks for.

    ``order`` counts from 1, ``topic`` is short (fits 关于…方面), ``text`` is the ask as
    it stands in the cleaned proposal without its number.
    """

    order: int
    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal (提案) or suggestion (建议) to be answered. ``host`` is the 主办单位 and
    ``co_hosts`` are the 会办单位 that the paper names; ``host_role`` is the part of the
    unit that it was handed to."""

    title: str | None
    channel: Channel | None
    session: str | None
    number: str | None
    proposers: tuple[str, ...]
    host_role: HostRole | None
    background: str
    problems: str
    asks: tuple[Ask, ...]
    host: str | None = None
    co_hosts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """One 条 of a statute. ``number`` is 第三十八条 or 第九百九十九条之一; ``path`` names
    the 编, 章 and 节 it stands in; ``clauses`` are its 款 (项 stay inside them)."""

    number: str
    text: str
    path: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statute:
    """A law, regulation or rule with its 条. ``expires`` is the first day on which it no
    longer stands, where its text says so (废止, 有效期)."""

    name: str
    status: StatuteStatus
    articles: tuple[Provision, ...]
    issuer: str | None = None
    doc_number: str | None = None
    promulgated: str | None = None
    effective: str | None = None
    amended: tuple[str, ...] = ()
    region: str | None = None
    expires: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A press article or work summary that reports what one or more places did."""

    title: str | None
    date: str | None
    sections: tuple[Section, ...]
    measures: tuple[Measure, ...]
    region: str | None = None
    issuer: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def regions(self) -> tuple[str, ...]:
        """The places reported, in order, each once."""
        return tuple(dict.fromkeys(s.region for s in self.sections if s.region))


@dataclass(frozen=True, slots=True)
class Other:
    """A text that is none of the known kinds; kept so that it can be found."""

    title: str | None
    text: str
    warnings: tuple[str, ...] = ()


Parsed = Reply | Proposal | Statute | Article | Other


# ── search ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Document:
    """What the store keeps about one indexed file.

    ``id`` is the first 16 hex digits of the hash of its bytes; ``own`` marks the
    unit's own material.
    """

    id: str
    path: str
    kind: str
    title: str
    region: str | None
    level: Level | None
    issuer: str | None
    date: str | None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval: a measure, an article of a statute, or a whole reply.

    ``id`` is ``<document id>#<position>``; ``title`` is the lead phrase, the 条 or the
    reply's title; ``context`` is the heading it stands under.
    """

    id: str
    document: Document
    kind: PassageKind
    position: int
    title: str
    text: str
    tense: Tense | None = None
    region: str | None = None
    context: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. ``score`` is in 0..1, higher is better; ``found_by``
    names the rankings that had it (``words``, ``vectors``, ``exact``); ``also`` are
    the ids of near-copies merged into this hit."""

    passage: Passage
    score: float
    found_by: tuple[str, ...]
    also: tuple[str, ...] = ()


# ── drafting ───────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for one ask; each tuple best first. ``opinions`` are what other units
    of our place say on it (会办意见), with score 0 what they say beside every ask."""

    ask: Ask
    own: tuple[Hit, ...] = ()
    precedents: tuple[Hit, ...] = ()
    statutes: tuple[Hit, ...] = ()
    opinions: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """An open place in a sentence: ``text`` as it stands there (【时间】, 【请补充：…】),
    ``kind`` is 单位, 时间, 数量, 文件, … or 补充."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit of a draft. ``sources`` are the ids of passages (or ``material:N``,
    ``profile``, ``proposal``) that it rests on; never empty but for form and slot."""

    text: str
    origin: Origin
    sources: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    ask: int | None = None
    bold: bool = False


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
    """A composed reply: header blocks, sections, sign-off blocks, and its references."""

    title: str
    form: str
    header: tuple[Block, ...]
    sections: tuple[DraftSection, ...]
    signoff: tuple[Block, ...]
    references: tuple[Reference, ...] = ()
    notes: tuple[str, ...] = ()

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


# ── checking ───────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a document: body paragraph (from 0, empty ones counted) and the
    character span in it."""

    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, or worth a look, in a draft."""

    rule: str
    severity: Severity
    where: Where | None
    message: str
    suggestion: str | None = None


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
