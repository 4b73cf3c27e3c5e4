"""Whether a sentence of the model may stand: every fact in the items it names, deeds only of
our own, nothing promised that we did not promise. What is not sure does not pass: ours stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from replygen.drafting.context import Rules, generic_name, own_char, own_names
from replygen.drafting.guard import find_remains
from replygen.entities import find_mentions
from replygen.entities.ours import plain, round_figure
from replygen.entities.statements import Statements, read_statements
from replygen.index.relevance import ALIKE, Judge
from replygen.language import drop_unseen, split_sentences
from replygen.language.tense import judge_tense, judge_words
from replygen.laws import CitationMention, find_citations
from replygen.laws.register import Register
from replygen.models import Mention, Sentence
from replygen.settings import Profile
from replygen.writing.items import Item
from replygen.writing.rewording import (
    find_added,
    find_moved,
    find_narrowed,
    find_parted,
    without_glue,
)
from replygen.writing.tables import TABLES

REASONS: dict[str, str] = TABLES.toml("prompt.toml")["reasons"]
_LONGEST = 240  # characters of a sentence
_PLANNED = "下一步工作打算"  # the heading under which a bare verb is a plan
# share of a clause's pairs of characters that must stand in what it rests on
_SUPPORT, _DEED_SUPPORT = 0.5, 0.7
_SHORT = 4  # letters of a clause that need no support: 同时, 在此基础上
_CLAUSE = re.compile(r"[，。；：！？、\s（）()“”]+")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SPELLED = re.compile(
    r"[〇零一二三四五六七八九十百千万亿两几数半]{2,}|[一二三四五六七八九两几数半]+[成倍]"
)
_TITLES = re.compile(r"《[^《》]*》|[《》]")
_QUOTES = re.compile(r"[“‘「]([^“”‘’「」]*)[”’」]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
# open places, links, marks of a list, a heading or a table, line breaks, talk of the task
_UNCLEAN = re.compile(
    r"[【】\n\r\t|#*`<>{}\[\]]|https?:|^\s*(?:\d+[.、]|[（(]?[一二三四五六七八九十]+[）)、])"
    r"|提示词|指令|大模型|语言模型|作为AI|人工智能助手"
)
# what makes a promise smaller, and what turns a sentence round: neither may go or come
_HEDGES = re.compile(
    r"研究|探索|论证|争取|力争|推动|支持|配合|协助|会同|建议|适时|逐步|鼓励|引导|督促|指导|协调|提请|试点|部分"
)
_NOT = re.compile(r"[不未无非]|没有|暂缓|停止|取消")
_TOGETHER = re.compile(r"[与和同]|联合")  # what 会同 may become where it is done
_RULES = ("statute", "policy")
# what rests on these says what its own items say and nothing of others
_BOUND = ("own", "statute", "policy")


@dataclass(frozen=True)
class Ground:
    """What one sentence rests on: the items it names and our sentence that it replaces."""

    items: tuple[Item, ...]
    ours: Sentence
    profile: Profile

    @cached_property
    def text(self) -> str:
        """What the items say, and ours where the items are those that it rests on; of a deed,
        only the sentences that ours comes from: what a paper of ours says elsewhere was done
        at another time, with others."""
        if self.deed:
            said = (s for i in self.items for s in split_sentences(i.text) if self._is_ours(s))
            return "\n".join([self.ours.text, *said])
        texts = [item.text for item in self.items]
        if {item.source for item in self.items} & set(self.ours.sources):
            texts.append(self.ours.text)
        return "\n".join(texts)

    @property
    def deed(self) -> bool:
        """Whether our sentence says what was done."""
        return self.ours.origin == "own"

    def _is_ours(self, sentence: str) -> bool:
        ours, theirs = _pairs(self.ours.text), _pairs(sentence)
        return len(ours & theirs) >= _SUPPORT * min(len(ours), len(theirs))

    @cached_property
    def facts(self) -> frozenset[str]:
        """The normal forms of all that the items mention."""
        return frozenset(round_figure(m.normal) for m in find_mentions(self.text))

    @cached_property
    def statements(self) -> Statements:
        """The figures and dates of the items, each with its matter."""
        return read_statements([self.text])

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What we and our place are called, which needs no item. Our partners' and our towns'
        names do: who did it with us, and where, is a fact."""
        profile = self.profile
        return tuple(n for n in (profile.name, profile.short, profile.region) if n)


def lay_ground(text: str, items: Sequence[Item], ours: Sentence, profile: Profile) -> Ground:
    """Return what ``text``, which is to replace ``ours``, may rest on of the ``items`` that it
    names: a deed and a rule only on those of our sentence, so that no figure of another year
    and no words of another article come in; a promise on an article only where it cites it."""
    if ours.origin in _BOUND:
        items = [item for item in items if item.source in ours.sources]
    else:
        items = [i for i in items if i.kind != "statute" or _title_of(i) in text]
    return Ground(tuple(items), ours, profile)


def _title_of(item: Item) -> str:
    return item.passage.document.title.strip("《》") if item.passage is not None else item.text


def find_fault(text: str, ground: Ground, *, judge: Judge, register: Register, today: date) -> str:
    """Return the reason (a key of ``REASONS``) why a sentence may not stand; "" where it may,
    as ours may word for word."""
    if not ground.items:
        return "items"
    if text == ground.ours.text:
        return ""
    if _UNCLEAN.search(text) or drop_unseen(text) != text or len(text) > _LONGEST:
        return "form"
    checks: tuple[Callable[[str, Ground], str], ...] = (
        _check_facts,
        _check_marks,
        _check_tense,
        _check_force,
        _check_support,
        _check_added,
    )
    for check in checks:
        if fault := check(text, ground):
            return fault
    if _check_citations(text, ground, register, today):
        return "citation"
    return _check_topic(text, ground, judge)


def _check_facts(text: str, ground: Ground) -> str:
    for mention in find_mentions(text):
        if not _stands(mention, text, ground):
            kind = mention.kind
            return {"number": "number", "date": "date"}.get(
                kind, "document" if kind in ("document", "doc_number") else "name"
            )
    given = set(_DIGITS.findall(ground.text))
    if any(figure not in given for figure in _DIGITS.findall(text)):
        return "number"
    if any(figure not in ground.text for figure in _SPELLED.findall(text)):
        return "number"
    if find_moved(text, ground.ours.text if ground.deed else ground.text, ground.names):
        return "number"
    if ground.deed and _days(text) != _days(ground.ours.text):
        return "date"
    if find_parted(text, ground.text, ground.names):
        return "name"
    return "name" if list(_remains(text, ground)) else ""


def _days(text: str) -> set[str]:
    return {m.normal for m in find_mentions(text) if m.kind == "date" and _DIGITS.search(m.normal)}


def _stands(mention: Mention, text: str, ground: Ground) -> bool:
    """Whether the items have a fact; a date, of the same matter (a figure's matter is
    :func:`find_moved`'s question)."""
    if mention.kind not in ("date", "number"):
        named = mention.text in ground.names or plain(mention.text) in plain(ground.text)
        return named or mention.normal in ground.facts
    clause = next((c for c in _clauses_at(text) if c[0] <= mention.start < c[1]), None)
    if clause is not None and plain(text[clause[0] : clause[1]]) in plain(ground.text):
        return True
    known = round_figure(mention.normal) in ground.facts
    if mention.kind == "number":
        return known
    return known and ground.statements.cover(mention, text, mention.start)


def _clauses_at(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in _CLAUSE.finditer(text):
        yield at, match.start()
        at = match.end()
    yield at, len(text)


def _remains(text: str, ground: Ground) -> Iterator[str]:
    """What looks like a name, a programme, a firm, a street, and stands in no item."""
    profile = ground.profile
    rules = Rules(
        profile=profile,
        known=ground.facts | {m.text for m in find_mentions(ground.text)},
        own_names=own_names(profile),
        own_generic=generic_name(profile.name) if profile.name else "",
        source_generic="",
        source_names=(),
        own_char=own_char(profile),
        known_text=ground.text + profile.region + "".join(ground.names),
    )
    for remain in find_remains(text, rules):
        if remain in ground.text or remain in ground.names:
            continue
        if not find_added(remain, ground.text, ground.names) and not _LATIN.search(remain):
            continue  # 组织开展专项行动, 共41项: words of the items behind others than there
        yield remain


def _check_marks(text: str, ground: Ground) -> str:
    """Titles, quotations and Latin names are the items', letter for letter."""
    if any(title not in ground.text for title in _TITLES.findall(text)):
        return "document"
    said = plain(ground.text)
    if any(plain(quote) not in said for quote in _QUOTES.findall(text)):
        return "quote"
    return "name" if any(word not in ground.text for word in _LATIN.findall(text)) else ""


def _check_tense(text: str, ground: Ground) -> str:
    """What was done rests on our own items; what is planned was planned."""
    planned = ground.ours.confirmed is not None
    tense = judge_tense(text, heading=_PLANNED if planned else "")
    if planned:
        return "deed" if tense.report or judge_words(text).report else ""
    if judge_words(text).plan and not judge_words(ground.ours.text).plan:
        return "promise"
    if ground.deed:
        ours = ground.ours.text
        # 云川经开区设立… for 我局在云川经开区设立…: somebody else's deed
        nobody = any(n in ours for n in ground.names) and not any(n in text for n in ground.names)
        return "deed" if nobody else ""
    return "deed" if tense.report and not judge_tense(ground.ours.text).report else ""


def _check_force(text: str, ground: Ground) -> str:
    """A promise stays as small as it was, a sentence is not turned round."""
    ours = ground.ours.text
    if sorted(_NOT.findall(text)) != sorted(_NOT.findall(ours)):
        return "promise"
    gone = set(_HEDGES.findall(ours)) - set(_HEDGES.findall(text))
    if ground.deed and _TOGETHER.search(text):
        gone.discard("会同")
    return "promise" if gone else ""


def _check_added(text: str, ground: Ground) -> str:
    """No word that states something and stands in no item; no clause of ours cut in half."""
    if find_added(text, ground.text, ground.names):
        return "deed" if ground.deed else "unsupported"
    return "narrowed" if find_narrowed(text, ground.ours.text) else ""


def _check_support(text: str, ground: Ground) -> str:
    """Every clause has its words in what it rests on; a deed, in our own items."""
    there = _pairs(without_glue(ground.text))
    least = _DEED_SUPPORT if ground.deed else _SUPPORT
    for clause in filter(None, _CLAUSE.split(text)):
        wanted = _pairs(without_glue(clause))
        if len(clause) > _SHORT and len(wanted & there) < least * len(wanted):
            return "deed" if ground.deed else "unsupported"
    return ""


def _pairs(text: str) -> set[str]:
    letters = plain(text)
    return {letters[i : i + 2] for i in range(len(letters) - 1)}


def _check_citations(text: str, ground: Ground, register: Register, today: date) -> bool:
    """Whether a citation is none of the items', or a quotation stands in another item than the
    one cited."""
    citations = find_citations(text)
    cited = [i for i in ground.items for c in citations if _cites(c, i, register, today)]
    if any(not any(_cites(c, i, register, today) for i in cited) for c in citations):
        # a law that an item mentions in passing, as our own papers do
        if any(_is_wrong(c, ground, register, today) for c in citations):
            return True
        cited = [i for i in ground.items if i.kind not in _RULES]
    quotes = [plain(quote) for quote in _QUOTES.findall(text) if len(quote) > _SHORT]
    if not citations or not any(i.kind in _RULES for i in cited):
        return False
    return any(all(quote not in plain(i.text) for i in cited) for quote in quotes)


def _cites(c: CitationMention, item: Item, register: Register, today: date) -> bool:
    """Whether a citation means the rule that ``item`` quotes, and it holds."""
    if item.kind not in _RULES or plain(c.name) != plain(_title_of(item)):
        return False
    if item.kind == "policy":
        return c.article is None
    said = item.passage.title if item.passage is not None else ""
    return c.article in (None, said) and register.examine(c, on=today).verdict == "valid"


def _is_wrong(c: CitationMention, ground: Ground, register: Register, today: date) -> bool:
    if plain(c.name) not in plain(ground.text) or (c.article and c.article not in ground.text):
        return True
    return register.examine(c, on=today).verdict != "valid"


def _check_topic(text: str, ground: Ground, judge: Judge) -> str:
    others: Sequence[str] = [*(i.text for i in ground.items), ground.ours.text]
    alike = judge.alike(text, others)
    if max(alike) < ALIKE:
        return "topic"
    return "demand" if ground.ours.confirmed is not None and alike[-1] < ALIKE else ""
