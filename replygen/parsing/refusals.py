"""What a reply says will not be done, or not now: answers of their own, never measures."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache

from replygen.language import split_sentences
from replygen.language.tense import judge_words
from replygen.models import Measure, Outcome, Refusal
from replygen.parsing.measure_text import make_lead
from replygen.parsing.wording import cue_list, cue_names, cue_pattern

_LEAST_MEASURE = 12
_LEAST_REASON = 6
# …；余下10个由省建设，市级无权关停；…: one of several statements
_STATEMENT = re.compile(r"(?:(?![；;]|，(?:但|不过|然而)).)+(?:[；;]|，(?=但|不过|然而))?", re.S)
# 我局无权限，|但将鼓励…: what is left when the refusal is out
_CONTRAST = re.compile(r"(?:^|(?<=[。；]))(?:但是?|不过|然而)[，,]?")

_RECEIPT_END = re.compile(r"收悉|如下")


def judge_refusal(sentence: str) -> Outcome | None:
    """Return ``declined`` or ``deferred`` for a sentence that refuses what was asked, ``None``
    for any other. What is not now ruled out for good counts as deferred."""
    if _others().search(sentence):
        return None
    for outcome in ("deferred", "declined"):
        if any(map(_is_told, _refusing(outcome).finditer(sentence.rstrip("。；！ ")))):
            return "deferred" if outcome == "deferred" else "declined"
    return None


def refuses_heading(heading: str) -> bool:
    """Say whether a heading announces that something is not done (为什么暂时不能设)."""
    partly = cue_pattern("refusals", "heading", "partly").search(heading)
    return not partly and bool(cue_pattern("refusals", "heading", "patterns").search(heading))


@cache
def _refusing(outcome: str) -> re.Pattern[str]:
    return _compile(cue_list("refusals", "refuse", outcome))


@cache
def _others() -> re.Pattern[str]:
    return _compile(cue_list("refusals", "guard", "others"))


def _compile(items: Sequence[str]) -> re.Pattern[str]:
    """The expressions as one, with the words that their {names} stand for."""
    patterns = "|".join(f"(?:{item})" for item in items)
    for name in cue_names("refusals", "words"):
        words = "|".join(cue_list("refusals", "words", name))
        patterns = patterns.replace(f"{{{name}}}", f"(?:{words})")
    return re.compile(patterns)


def _is_told(match: re.Match[str]) -> bool:
    """A match is told of the matter, not an attribute: 将暂不具备改造条件的小区纳入…"""
    rest = match.string[match.end() :]
    return not cue_pattern("refusals", "guard", "attribute").match(rest)


def part_refusals(
    measures: Sequence[Measure], headings: Collection[str] = ()
) -> tuple[tuple[Measure, ...], tuple[Refusal, ...]]:
    """Return what is left of the measures, and the refusals in them, each below the heading
    that it answers (``headings`` are those that may open a measure's text)."""
    parted = [_part(measure, headings) for measure in measures]
    for number in range(len(measures) - 1, 0, -1):
        above, below = measures[number - 1], parted[number][1]
        item = not parted[number - 1][1] or "。" not in above.text  # 不属于省定项目目录；
        if below and item and _is_ground(above, measures[number], below[0]):
            first = replace(below[0], text=f"{above.text.rstrip('。；')}；{below[0].text}")
            parted[number] = parted[number][0], ()
            parted[number - 1] = (), (first, *below[1:])
    kept = tuple(measure for left, _ in parted for measure in left)
    return kept, tuple(refusal for _, found in parted for refusal in found)


def _is_ground(measure: Measure, following: Measure, refusal: Refusal) -> bool:
    """Say whether a measure is none but a ground of the refusal in the one behind it: 一是操场
    小。二是师资缺口大。因此，目前无法列为选考项目。"""
    concludes = cue_pattern("refusals", "links", "concludes").search(refusal.text)
    return bool(concludes) and measure.section == following.section and not _does(measure.text)


def _part(
    measure: Measure, headings: Collection[str]
) -> tuple[tuple[Measure, ...], tuple[Refusal, ...]]:
    head = f"{measure.lead}。"
    said = len(measure.text) > len(head)  # else the heading is the text: 一、…，恕难采纳。
    headed = said and measure.lead in headings and measure.text.startswith(head)
    body = measure.text.removeprefix(head) if headed else measure.text
    parts = _statements(body)
    outcomes = _spread([judge_refusal(part) for part in parts], parts)
    section = measure.lead if headed else measure.section
    refusals = tuple(
        replace(refusal, section=section, region=measure.region)
        for refusal in _gather(parts, outcomes)
    )
    if not refusals:
        return (measure,), ()
    rest = "".join(p for p, outcome in zip(parts, outcomes, strict=True) if outcome is None).strip()
    rest = _CONTRAST.sub("", rest)
    if len(rest) < _LEAST_MEASURE or not _does(rest):
        return (), refusals
    text = f"{head}{rest}" if headed else rest
    lead = measure.lead if headed or rest.startswith(measure.lead) else make_lead(rest)
    return (replace(measure, text=text, lead=lead),), refusals


def gather_refusals(text: str, section: str | None = None, *, whole: bool) -> tuple[Refusal, ...]:
    """Return the refusals in a text that holds no measures; ``whole``: its heading says that
    all of it is one."""
    parts = _statements(text)
    outcomes = _spread([judge_refusal(part) for part in parts], parts)
    if whole and parts:
        first: Outcome = next((outcome for outcome in outcomes if outcome), "deferred")
        return (Refusal(text.strip(), first, _find_reason(text), section),)
    return tuple(replace(refusal, section=section) for refusal in _gather(parts, outcomes))


def missed_refusals(
    text: str, found: Sequence[Refusal], *, section: str | None
) -> tuple[Refusal, ...]:
    """Return the refusals of a text that stand in none of those found: what speaks to the
    proposer (您建议的…于法无据，不予采纳) or admits a lack is no measure from the beginning."""
    known = "".join(refusal.text for refusal in found)
    said = (statement for refusal in found for statement in _statements(refusal.text))
    whole = [s for statement in said if len(s := statement.strip(" \n。；")) >= _LEAST_REASON]
    parts = [
        p
        for p in _statements(text)
        if not _RECEIPT_END.search(p) and p.strip() not in known and not any(w in p for w in whole)
    ]
    outcomes = [judge_refusal(part) for part in parts]
    return tuple(replace(refusal, section=section) for refusal in _gather(parts, outcomes))


def _statements(text: str) -> list[str]:
    return [part for s in split_sentences(text) for part in _STATEMENT.findall(s)]


def _spread(outcomes: Sequence[Outcome | None], parts: Sequence[str]) -> list[Outcome | None]:
    """Give what only leads up to a refusal, goes on with it or stands between two of them the
    outcome of the refusal."""
    spread = list(outcomes)
    refused = [n for n, outcome in enumerate(outcomes) if outcome]
    for number in refused:
        before, after = number - 1, number + 1
        while before >= 0 and spread[before] is None and _gives_reason(parts[before]):
            spread[before] = spread[number]
            before -= 1
        while after < len(parts) and spread[after] is None and _goes_on(parts[after]):
            spread[after] = spread[number]
            after += 1
    for first, last in zip(refused, refused[1:], strict=False):
        between = range(first + 1, last)
        if len(between) < 3 and not any(_does(parts[n]) for n in between):
            for n in between:
                spread[n] = spread[first]
    return spread


def _gather(parts: Sequence[str], outcomes: Sequence[Outcome | None]) -> list[Refusal]:
    found: list[Refusal] = []
    text = ""
    outcome: Outcome | None = None
    rows: list[tuple[str, Outcome | None]] = [*zip(parts, outcomes, strict=True), ("", None)]
    for part, own in rows:
        # a paragraph that refuses by itself is an answer of its own
        another = text.endswith("\n") and judge_refusal(part) and not _goes_on(part)
        if outcome is not None and (own is None or another):
            found.append(Refusal(_CONTRAST.sub("", text.strip()), outcome, _find_reason(text)))
            text, outcome = "", None
        if own is not None:
            text, outcome = text + part, outcome or own
    return found


def _does(text: str) -> bool:
    tense = judge_words(text)
    return tense.report or tense.plan


def _gives_reason(part: str) -> bool:
    pattern = cue_pattern("refusals", "reason", "patterns")
    return bool(pattern.search(part)) and not _does(part)


def _goes_on(part: str) -> bool:
    goes_on = cue_pattern("refusals", "links", "goes_on").match(part.strip())
    return bool(goes_on) and not judge_words(part).report


def _find_reason(text: str) -> str | None:
    """The clause of a refusal that tells why."""
    clauses = [c.strip() for c in re.split(r"[，；。]", text)]
    pattern = cue_pattern("refusals", "reason", "patterns")
    reasons = (c for c in clauses if len(c) >= _LEAST_REASON and pattern.search(c))
    return next(reasons, None)
