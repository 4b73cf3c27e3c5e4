"""What is checked: the draft, what it answers, whose it is, and what all checks ask of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from replygen.entities import (
    cuts_words,
    find_mentions,
    find_oddities,
    find_programmes,
    find_taught,
    find_telling,
    is_generic_organisation,
    is_plain_prose,
)
from replygen.entities.borders import is_cut_out
from replygen.index import Index
from replygen.index.relevance import Judge
from replygen.language.marks import read_mark
from replygen.language.slots import find_slots
from replygen.language.tense import opens_plan, read_tenses
from replygen.laws import CitationMention, find_citations
from replygen.models import Block, Draft, Finding, Mention, Proposal, Sentence, Severity, Where
from replygen.parsing import to_simplified
from replygen.settings import Profile

# 【机关代字】〔2026〕【序号】号: the year belongs to the open place beside it
_OPEN_NUMBER = re.compile(r"【[^【】\n]{0,40}】\s*〔[^〔〕\n]{1,6}〕|〔[^〔〕\n]{1,6}〕(?=\s*【)")
# a letterhead and a heading have none of these
_PROSE = re.compile("[，。；！？]")
_FIGURE = re.compile(r"[\d〇零一二三四五六七八九十百千万亿两]")
# 2026年11月3日 as a paragraph of its own
_SIGN_DATE = re.compile(r"[\s　]*((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日[\s　]*")
# 2023年, not inside a 文号
_PLAIN_YEAR = re.compile(r"(?<![〔\[\d])((?:19|20)\d\d)年(?!修|第)")
# 第0126号|提案, （第0126号|）收悉: the number of the paper that is answered
_PROPOSAL_WORDS = ("提案", "建议", "议案", "代表建", "）收悉", "）提案", "）建议")


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of the draft: paragraph ``number``, span there, text; ``planned`` and
    ``done`` say what its words or its heading make of it."""

    number: int
    start: int
    end: int
    text: str
    planned: bool
    done: bool


@dataclass(frozen=True)
class CheckedDraft:
    """One draft under check. ``paragraphs`` are the body paragraphs' texts."""

    paragraphs: tuple[str, ...]
    proposal: Proposal | None = None
    profile: Profile = field(default_factory=Profile)
    index: Index | None = None
    draft: Draft | None = None
    own_texts: tuple[str, ...] = ()
    today: date = date(2026, 1, 1)

    @cached_property
    def judge(self) -> Judge:
        """The judge of what takes up what, with the index's encoders where there is one."""
        return Judge(self.index)

    @cached_property
    def mentions(self) -> tuple[tuple[Mention, ...], ...]:
        """The mentions of every paragraph, without those inside slots and those in
        sentences that the form, not a precedent, gave to the draft."""
        return tuple(
            tuple(m for m in found if not self._is_form(number, m))
            for number, found in enumerate(self._outside_slots)
        )

    @cached_property
    def _outside_slots(self) -> tuple[tuple[Mention, ...], ...]:
        return tuple(map(self._mentions_outside_slots, self.paragraphs))

    def find_oddities(self, number: int, ours: Sequence[tuple[int, int]]) -> tuple[Mention, ...]:
        """What else looks like a name in a paragraph, outside ``ours``, slots, mentions and
        sentences of the form."""
        text = self.paragraphs[number]
        blank = list(text)
        spans = [(m.start, m.end) for m in self._outside_slots[number] if _is_whole_name(m)]
        for start, end in (*spans, *((s.start, s.end) for s in find_slots(text)), *ours):
            blank[start:end] = "□" * (end - start)
        return self._take(number, find_oddities(read_simply("".join(blank))))

    def find_taught(self, number: int, known: Sequence[tuple[int, int]]) -> tuple[Mention, ...]:
        """What tells of one place by its kind and what stands where names stand, outside
        ``known``, slots, mentions and sentences of the form."""
        text = self.paragraphs[number]
        if not _PROSE.search(text):
            return ()
        mentions = self._outside_slots[number]
        covered = [*known, *((s.start, s.end) for s in find_slots(text))]
        covered += [(m.start, m.end) for m in mentions if m.scope != "national"]
        national = [(m.start, m.end) for m in mentions if m.scope == "national"]
        simple = read_simply(text)
        odd = [
            m
            for m in (*find_telling(simple), *find_programmes(simple))
            if not any(s < m.end and m.start < e for s, e in covered)
            and not any(s <= m.start and m.end <= e for s, e in national)
        ]
        spans = [*covered, *national, *((m.start, m.end) for m in odd)]
        return self._take(number, (*odd, *find_taught(simple, spans)))

    def _take(self, number: int, found: Iterable[Mention]) -> tuple[Mention, ...]:
        text = self.paragraphs[number]
        kept = (
            replace(m, text=text[m.start : m.end])
            for m in found
            if not is_cut_out(text, m.start, m.end)
        )
        return tuple(m for m in kept if not self._is_form(number, m))

    def is_plain_prose(self, mention: Mention, number: int, bar: float) -> bool:
        """True for what only looks like a name and weighs less than ``bar`` where it stands:
        应当使用|牵引绳."""
        text = read_simply(self.paragraphs[number])
        return is_plain_prose(text, mention.start, mention.end, bar)

    def cuts_words(self, mention: Mention, number: int) -> bool:
        """True for what begins or ends inside a word: 合|同里."""
        return cuts_words(read_simply(self.paragraphs[number]), mention.start, mention.end)

    def _is_form(self, number: int, mention: Mention) -> bool:
        """True inside a sentence of the form or of the unit's profile, not edited since, and
        for the number of the very proposal (第0126号提案) that is not at hand."""
        if mention.kind == "doc_number" and self.proposal is None:
            after = self.paragraphs[number][mention.end : mention.end + 3]
            if mention.text.startswith("第") and after.startswith(_PROPOSAL_WORDS):
                return True
        for start, sentence in self._sentences(number):
            if start <= mention.start and mention.end <= start + len(sentence.text):
                return sentence.origin == "form" or sentence.sources == ("profile",)
        return False

    def typed_value(self, number: int, mention: Mention) -> tuple[int, str] | None:
        """What was typed into the open place that has all figures of a mention (36|家次), and
        where it begins; ``None`` for what stood there before or was edited since."""
        text = self.paragraphs[number]
        for start, sentence in self._sentences(number):
            end = start + len(sentence.text)
            if sentence.origin == "typed" and start < mention.end and mention.start < end:
                rest = text[mention.start : start] + text[max(end, mention.start) : mention.end]
                return None if _FIGURE.search(rest) else (start, sentence.text)
        return None

    def _sentences(self, number: int) -> Iterator[tuple[int, Sentence]]:
        """The draft's sentences in a paragraph that nobody edited, each with its start."""
        block, position = self.blocks[number], 0
        for sentence in block.sentences if block is not None else ():
            yield position, sentence
            position += len(sentence.text)

    @cached_property
    def citations(self) -> tuple[tuple[CitationMention, ...], ...]:
        """The statutes cited in every paragraph. Short forms (以下简称, 该法) reach over
        paragraphs, so the text is read as a whole."""
        found: list[list[CitationMention]] = [[] for _ in self.paragraphs]
        offsets = self._offsets
        for item in find_citations("\n".join(self.paragraphs)):
            number = max(i for i, start in enumerate(offsets) if start <= item.start)
            shift = offsets[number]
            if self._in_slot(number, item.start - shift):
                continue
            place = replace(item, start=item.start - shift, end=item.end - shift)
            found[number].append(place)
        return tuple(map(tuple, found))

    def _in_slot(self, number: int, position: int) -> bool:
        return any(s.start <= position < s.end for s in find_slots(self.paragraphs[number]))

    @cached_property
    def _offsets(self) -> list[int]:
        starts, total = [], 0
        for text in self.paragraphs:
            starts.append(total)
            total += len(text) + 1
        return starts

    @cached_property
    def blocks(self) -> tuple[Block | None, ...]:
        """The draft's block behind every paragraph, found by equal text; ``None`` where
        the paragraph was edited or no draft is known."""
        known = list(self.draft.blocks) if self.draft else []
        if [b.text for b in known] == list(self.paragraphs):
            return tuple(known)
        by_text = {b.text: b for b in known if b.text.strip()}
        return tuple(by_text.get(text) for text in self.paragraphs)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The sentences of the draft in order. What stands below a heading on next steps, or
        behind a paragraph that opens with them, is planned unless its words report."""
        parts: list[Part] = []
        heading = ""
        for number, text in enumerate(self.paragraphs):
            if is_heading(text) or opens_plan(text):
                heading = text
            position = 0
            for sentence, tense in read_tenses(text, heading=heading):
                end = position + len(sentence)
                done = tense.report or (self._tells_past(sentence) and not tense.plan)
                parts.append(Part(number, position, end, sentence, tense.plan, done))
                position = end
        return tuple(parts)

    def _tells_past(self, sentence: str) -> bool:
        """True for a sentence with a year before the letter's that is no target."""
        years = [int(y) for y in _PLAIN_YEAR.findall(sentence)]
        return bool(years) and max(years) < self.letter_date.year

    def part_at(self, number: int, position: int) -> Part:
        """The sentence around a place."""
        return next(p for p in self._parts_of[number] if p.start <= position < p.end)

    @cached_property
    def _parts_of(self) -> dict[int, list[Part]]:
        grouped: dict[int, list[Part]] = {}
        for part in self.parts:
            grouped.setdefault(part.number, []).append(part)
        return grouped

    @cached_property
    def letter_date(self) -> date:
        """The date of the letter when it is written below it, else today."""
        for text in reversed(self.paragraphs):
            match = _SIGN_DATE.fullmatch(text)
            if match:
                try:
                    return date(*map(int, match.groups()))
                except ValueError:
                    break
        return self.today

    @cached_property
    def proposal_text(self) -> str:
        """Everything that the proposal says, for comparison."""
        p = self.proposal
        if p is None:
            return ""
        parts = [p.title or "", p.background, p.problems, *p.proposers, *p.co_hosts]
        parts += [f"第{p.number}号" if p.number else "", p.session or ""]
        for ask in p.asks:
            parts += [ask.topic, ask.text]
        return "\n".join(parts)

    @cached_property
    def _regions(self) -> tuple[str, ...]:
        """The places whose papers are indexed: a draft may have copied from any of them,
        and a gazetteer need not know them all."""
        documents = self.index.documents(own=False) if self.index is not None else ()
        return tuple(sorted({d.region for d in documents if d.region}))

    def _indexed_regions(self, text: str, covered: tuple[Mention, ...]) -> Iterator[Mention]:
        for region in self._regions:
            start = text.find(region)
            while start >= 0:
                end = start + len(region)
                if not any(m.start < end and start < m.end for m in covered):
                    yield Mention("place", region, start, end, region, "local")
                start = text.find(region, end)

    def _mentions_outside_slots(self, text: str) -> tuple[Mention, ...]:
        found = find_mentions(read_simply(text))
        found = tuple(replace(m, text=text[m.start : m.end]) for m in found)
        found = (*found, *self._indexed_regions(text, found))
        # 【连云港】 is no open slot but a name in brackets.
        named = {(m.start - 1, m.end + 1) for m in found if m.scope == "local"}
        spans = [(s.start, s.end) for s in find_slots(text)]
        spans += [m.span() for m in _OPEN_NUMBER.finditer(text)]
        spans = [span for span in spans if span not in named]
        return tuple(
            m
            for m in sorted(found, key=lambda m: m.start)
            if not any(start < m.end and m.start < end for start, end in spans)
        )


def _is_whole_name(mention: Mention) -> bool:
    """False for what may be a part of a name: 第一人民医院, 三|色预警."""
    if mention.kind == "number":
        return any(char.isdigit() for char in mention.text)
    unknown = mention.kind == "organisation" and mention.scope == "unknown"
    return not (unknown and is_generic_organisation(mention.text))


# characters that only traditional writing has and hardly any sentence of a letter does without
_TRADITIONAL = re.compile(
    "[縣東雲區鎮鄉臺灣廣門國業產發開關實經過進與為會對電網動學長時個們這來員單質場項聯種導]"
)


def read_simply(text: str) -> str:
    """The text in simplified characters, of the same length."""
    return to_simplified(text) if _TRADITIONAL.search(text) else text


def is_heading(text: str) -> bool:
    """True for a paragraph of its own that is a heading (一、关于…；二、下一步工作打算)."""
    stripped = text.strip()
    return (
        len(stripped) <= 45
        and read_mark(stripped) is not None
        and not stripped.endswith(("。", "；", ";"))
    )


def make_finding(
    rule: str,
    severity: Severity,
    place: tuple[int, int, int, str] | None,
    message: str,
    suggestion: str | None = None,
) -> Finding:
    """Return a finding; ``place`` is (paragraph, start, end, text), ``None`` for the
    whole document."""
    where = None if place is None else Where(*place)
    return Finding(rule, severity, where, message, suggestion)
