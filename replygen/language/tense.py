"""Tense: whether words report what was done or is going on, or say what is planned.

One judge for the whole house: the parser that sorts measures, the composer that quotes our
own material, the checks that ask what a draft claims. The wording is data/tense.toml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from replygen.language.marks import read_mark, strip_mark
from replygen.language.sentences import split_sentences
from replygen.language.tables import Tables
from replygen.language.verbs import load_verbs, strip_adverbs

_TABLES = Tables(__file__)
_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”|〔[^〔〕]*〕")
_LONGEST_TITLE = 20
_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")
_CLAUSE_END = re.compile(r"[，。；：！？\n]")


@dataclass(frozen=True, slots=True)
class Tense:
    """What words say of time: ``report`` of what was done, is done or was found, ``plan`` of
    what is to be done; both, or neither (a rule, a state, a heading, an address)."""

    report: bool = False
    plan: bool = False


def judge_tense(text: str, *, heading: str = "", before: str = "") -> Tense:
    """Return what a clause or sentence says. ``heading`` is what stands above it, ``before``
    the sentence before it in its paragraph: 下一步 there makes a plan of a bare verb."""
    return _judge_sentence(text, judge_heading(heading) == "plan" or bool(_follow(before, False)))


def read_tenses(text: str, *, heading: str = "") -> tuple[tuple[str, Tense], ...]:
    """Return the sentences of a paragraph (joined they are the text), each with what it says
    below ``heading`` and behind those before it."""
    planned = judge_heading(heading) == "plan"
    ahead, told = planned, []
    for sentence in split_sentences(text):
        told.append((sentence, _judge_sentence(sentence, ahead)))
        ahead = planned or _follow(sentence, ahead)
    return tuple(told)


def _judge_sentence(text: str, ahead: bool) -> Tense:
    """Judge a sentence; ``ahead`` says that a bare verb in its place is a plan."""
    own = judge_words(text)
    if own.plan and not own.report and not ahead:
        return Tense(report=_begins_with_deed(text), plan=True)
    if own.report or own.plan:
        return own
    masked = _mask(text)
    if not ahead:
        if any(_pattern("report", "weak").search(c) for c in _countable(masked)):
            return Tense(report=True)
        if _is_title(text, masked):
            return own
    if not _acts(masked):
        return own
    ahead = ahead or _goes_on(masked)
    return Tense(report=not ahead, plan=ahead)


@lru_cache(maxsize=4096)
def judge_words(text: str) -> Tense:
    """Return what the words of a text say by themselves, whatever stands around it."""
    masked = _mask(text)
    clauses = _countable(masked)
    plan = any(map(tells_plan, clauses))
    if not plan and not _pattern("neither", "sentences").search(masked):
        plan = bool(_pattern("plan", "sentences").search(masked))
    return Tense(any(map(tells_report, clauses)), plan)


def _countable(masked: str) -> list[str]:
    """The clauses that may say something of time: none of a courtesy or a question, no
    condition and no rule."""
    if _pattern("neither", "sentences").search(masked):
        return []
    return [c for c in _clauses(masked) if not _pattern("neither", "clauses").search(c)]


def _is_title(text: str, masked: str) -> bool:
    """（二）督促落实核验登记义务。: numbered, short, one clause: names what follows it."""
    return (
        read_mark(text) is not None and len(masked) <= _LONGEST_TITLE and len(_clauses(masked)) == 1
    )


def _goes_on(masked: str) -> bool:
    """继续开展专项整治, 进一步加强监管: without anything else, what is still to be done."""
    return bool(_pattern("plan", "goes_on").match(masked))


def _begins_with_deed(text: str) -> bool:
    """我局对责任主体进行约谈，并将依法处罚: somebody named does something before the plan."""
    masked = _mask(text)
    spoken = [c for c in _clauses(masked) if _pattern("subject", "times").sub("", c, count=1)]
    if not spoken or spoken[0] not in _countable(masked):
        return False
    first = _pattern("subject", "times").sub("", spoken[0], count=1)
    named = _pattern("subject", "words").match(first)
    return bool(named and named.end() > 1 and not tells_plan(first) and _does(first))


def tells_plan(clause: str) -> bool:
    """Return whether one clause has a word that only a plan has."""
    clause = _pattern("plan", "noun").sub("□", clause)
    return bool(_pattern("plan", "words").search(clause)) or _says_shall(clause)


def tells_report(clause: str) -> bool:
    """Return whether one clause has a word that only a report has."""
    return bool(_pattern("report", "words").search(clause))


def tells_past(text: str) -> bool:
    """Return whether a text has a word that only a report or a word on its time (目前, 今年)
    has: nothing with one may be proposed to somebody else."""
    return any(_pattern("report", kind).search(text) for kind in ("words", "weak", "time"))


def judge_heading(heading: str) -> Literal["plan", "report"] | None:
    """Return what a heading announces, ``None`` where it only names a subject."""
    if _pattern("heading", "plan").search(heading):
        return "plan"
    return "report" if _pattern("heading", "report").search(heading) else None


def opens_plan(text: str) -> bool:
    """Return whether a text opens with 下一步, 今后: what follows in it is planned."""
    return bool(_pattern("opening", "plan").match(strip_mark(text)))


def _follow(text: str, ahead: bool) -> bool:
    """Return whether what follows ``text`` is planned: its last word on the time decides,
    without one what held before it."""
    if opens_plan(text):
        return True
    for clause in reversed(_clauses(_mask(text))):
        if tells_plan(clause):
            return True
        if tells_report(clause):
            return False
    return ahead


def _mask(text: str) -> str:
    """Return ``text`` of the same meaning without what stands in quotes and brackets."""
    text = _QUOTED.sub("□", text.replace("**", ""))
    return _BRACKETS.sub("", strip_mark(text))


def _clauses(masked: str) -> list[str]:
    return [c.strip() for c in _CLAUSE_END.split(masked) if c.strip()]


def _says_shall(clause: str) -> bool:
    """Return whether 将 in a clause says what will be and is not 把 (将…纳入)."""
    if "将" not in clause:
        return False
    for match in _pattern("plan", "shall").finditer(clause):
        rest = clause[match.end() :]
        if _pattern("plan", "we").search(clause, 0, match.start()):
            return True
        after = strip_adverbs(rest).startswith((*load_verbs().verbs, *load_verbs().prepositions))
        certain = _pattern("plan", "after").match(rest)
        if certain or after and not _pattern("plan", "disposes").search(rest):
            return True
    return False


def _acts(masked: str) -> bool:
    """Return whether the first clause that is no frame does something: a verb at its head,
    behind a subject, a date or a preposition. A rule, a state, an address do nothing."""
    if _pattern("neither", "sentences").search(masked):
        return False
    if _pattern("neither", "rules").search(masked):
        return False
    for clause in _clauses(masked):
        if any(_pattern("neither", k).search(clause) for k in ("clauses", "idle")):
            return False
        if _does(clause):
            return True
    return False


def _does(clause: str) -> bool:
    lists = load_verbs()
    clause = _pattern("subject", "times").sub("", clause, count=1)
    for rest in (clause, _pattern("subject", "words").sub("", clause, count=1)):
        rest = strip_adverbs(rest)
        if rest.startswith(lists.verbs) or _pattern("subject", "acts").match(rest):
            return True
        if rest.startswith("由"):  # 由业主共同承担: whose part it is, not what was done
            return False
        if rest.startswith(lists.prepositions) and any(v in rest[2:] for v in lists.verbs):
            return True
        if rest.startswith(("将", "把")) and _pattern("plan", "disposes").search(rest):
            return True
    return False


@cache
def _pattern(*keys: str) -> re.Pattern[str]:
    value = _TABLES.toml("tense.toml")
    for key in keys:
        value = value[key]
    items = [value] if isinstance(value, str) else value
    verb = "|".join((*load_verbs().verbs, *load_verbs().adverbs))
    return re.compile("|".join(f"(?:{item})" for item in items).replace("{verb}", f"(?:{verb})"))
