"""What parsing makes of a file: a reply, a proposal, a policy, a statute, an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Channel = Literal["cppcc", "npc"]
Level = Literal["国家", "省", "市", "县", "乡"]
HostRole = Literal["主办", "分办", "会办"]
Tense = Literal["done", "planned"]
SectionRole = Literal["preamble", "done", "planned", "problem", "refused", "closing"]
StatuteStatus = Literal["in_force", "repealed", "not_in_force", "unknown"]
Outcome = Literal["declined", "deferred"]


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
class Refusal:
    """Something that a reply says will not be done (``declined``) or not now (``deferred``),
    in its own words, with the words that give the reason."""

    text: str
    outcome: Outcome
    reason: str | None = None
    section: str | None = None
    region: str | None = None


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
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that an ask wants done: a verb phrase with its object. ``text`` is
    ``ask.text[start:end]``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a proposal asks for.

    ``order`` counts from 1, ``topic`` is short (fits 关于…方面), ``text`` is the ask as
    it stands in the cleaned proposal without its number; ``demands`` are the single things
    that it wants, in the order of the text.
    """

    order: int
    topic: str
    text: str
    demands: tuple[Demand, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal (提案) or suggestion (建议) to be answered. ``host`` is the 主办单位 and
    ``co_hosts`` are the 会办单位 that the paper names; ``host_role`` is the part of the
    unit that it was handed to. ``openness`` is the 公开属性 that its answer is to have, ``None``
    where that is the unit's usual one."""

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
    openness: str | None = None


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
    longer stands, where its text says so (废止, 有效期); ``edition`` is the ISO date on which
    this text was made (2017年…修正), by its history line, else by the file's name."""

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
    edition: str | None = None
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
class Task:
    """One numbered task of a policy document. ``units`` are those named in brackets
    (市教育局牵头)."""

    lead: str
    text: str
    units: tuple[str, ...] = ()
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy document: 意见, 通知, 方案, 规划, 办法 of the Party, the State Council, a
    ministry, a province, a city. ``number`` is its 文号 with 〔〕."""

    title: str | None
    issuer: str | None
    number: str | None
    date: str | None
    level: Level | None
    region: str | None
    tasks: tuple[Task, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Registry:
    """A page that shows a proposal and the office's answer below it."""

    proposal: Proposal
    reply: Reply
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Other:
    """A text that is none of the known kinds; kept so that it can be found."""

    title: str | None
    text: str
    warnings: tuple[str, ...] = ()


Parsed = Reply | Proposal | Registry | Policy | Statute | Article | Other
