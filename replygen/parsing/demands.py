"""The demands of an ask: the single things that it wants done, each a verb phrase with
its object, at its place in the text.

An ask is cut into clauses; a small model over the clauses (``data/demands.tsv``, made by
tools/fit_demands.py from an answer sheet) says of each whether it begins a demand, goes on
with one, or is none: a reason, history, an example, a hope.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from replygen.language.marks import find_marks
from replygen.language.tables import Tables
from replygen.models import Demand
from replygen.parsing.borders import find_border
from replygen.parsing.wording import cue_list, cue_names, cue_pattern

_OPEN, _CLOSE = "（(《“‘〈【", "）)》”’〉】"
_MARKS = "，,。；;：:！？!?\n"
_LEAST = 4
_NONE = (0.0, 0.0, 0.0)
LABELS = ("none", "begins", "goes_on")
_TABLES = Tables(__file__)


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece between two marks: ``bare`` begins behind words such as 建议, 应, 一是要;
    ``before`` and ``after`` are the marks around it; ``sentence`` counts the sentences."""

    start: int
    end: int
    bare: int
    before: str
    after: str
    sentence: int
    numbered: bool


def split_demands(text: str) -> tuple[Demand, ...]:
    """Return the demands of an ask's text, in its order; ``text[start:end]`` is each."""
    clauses = find_clauses(text)
    labels = _decode(clause_features(text, clauses))
    demands: list[Demand] = []
    for clause, label in zip(clauses, labels, strict=True):
        start, end = clause.bare, clause.end
        if label == "goes_on" and demands and demands[-1].end < clause.start:
            start = demands.pop().start
        # what begins without any mark behind a heading is no part of it
        if label != "none" and end > start:
            demands.append(Demand(text[start:end], start, end))
    if not demands:  # a short wish is one demand: the first clause that opens with doing
        doing = (c for c in clauses if opening(text[c.bare : c.end]) in ("verb", "prep:do"))
        demands = [Demand(text[c.bare : c.end], c.bare, c.end) for c in doing][:1]
    return tuple(demands)


def find_clauses(text: str) -> list[Clause]:
    """Return the clauses of a text in order; marks inside quotes and brackets divide none."""
    clauses: list[Clause] = []
    sentence, before = 0, ""
    cuts = {m.start: m.end for m in find_marks(text) if m.strong or m.family in ("①", "一是")}
    numbers = set(cuts.values())
    for start, end in _pieces(text, cuts):
        left = start + len(text[start:end]) - len(text[start:end].lstrip(" 　"))
        right = left + len(text[left:end].rstrip(" 　"))
        after = text[end : end + 1]
        if right - left >= 2:
            bare = left + _lead(text[left:right])
            clauses.append(Clause(left, right, bare, before, after, sentence, start in numbers))
        if after in "。；;！？!?\n" and after:
            sentence += 1
        before = after
    return clauses


def _pieces(text: str, cuts: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    ends = dict(cuts)
    stop = re.search(r"[。；：\n]", text)
    least = 1.5 if stop and stop.group() == "。" and stop.start() <= 32 else None
    if border := find_border(text, least=least):  # a heading that ran into its text
        ends.setdefault(border, border)
    depth, start = 0, 0
    position = 0
    while position < len(text):
        char = text[position]
        if position in ends:
            yield start, position
            start = ends.pop(position)
            position, depth = start, 0
            continue
        if char == "\n":
            depth = 0
        if char in _OPEN:
            depth += _closes(text, position)
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in _MARKS and depth == 0:
            yield start, position
            start = position + 1
        position += 1
    yield start, len(text)


def _closes(text: str, opened: int) -> int:
    """1 when a bracket closes on its line, else 0."""
    close = _CLOSE[_OPEN.index(text[opened])]
    line = text.find("\n", opened)
    end = text.find(close, opened)
    return int(0 < end - opened < 120 and (line < 0 or end < line))


def _lead(clause: str) -> int:
    """Length of the words in front of what is wanted: 因此建议, 政府应, 一要, 同时还要."""
    at = 0
    pattern = cue_pattern("demands", "lead")
    for _ in range(5):
        match = pattern.match(clause, at)
        if not match or not match.group() or len(clause) - match.end() < _LEAST:
            break
        at = match.end()
    return at


def clause_features(text: str, clauses: Sequence[Clause]) -> list[list[str]]:
    """Return for each clause what the model looks at, as words."""
    rows = (_features(text, clauses, n) for n in range(len(clauses)))
    return [[re.sub(r"\s", "¶", name) for name in row] for row in rows]


def _features(text: str, clauses: Sequence[Clause], n: int) -> list[str]:
    c = clauses[n]
    whole, bare = text[c.start : c.end], text[c.bare : c.end]
    lead = bool(text[c.start : c.bare])
    kind = opening(bare)
    first = (
        "first" if n == 0 else "sentence" if c.before not in "，,：:" or not c.before else "inner"
    )
    end = "last" if n + 1 == len(clauses) else "sentence" if c.after not in "，,：:" else "inner"
    cues = [name for name, pattern in _cues() if pattern.search(whole)]
    short = "short" if len(bare) < 7 else "long" if len(bare) > 30 else "mid"
    verb = first_verb(bare)
    found = [
        "bias",
        f"kind={kind}",
        f"lead={lead}",
        f"lead&kind={lead}&{kind}",
        f"place={first}&{end}",
        f"kind={kind}&place={first}",
        f"kind={kind}&end={end}",
        f"size={short}&{kind}",
        f"place={first}&{end}&{kind}",
        f"before={c.before or '^'}",
        f"after={c.after or '$'}",
        f"num={c.numbered}",
        f"verb={verb}",
        f"verb={verb}&{first}",
        f"verb={verb}&{end}",
        f"tail1={bare[-1:]}",
        *_spelling(bare),
        f"at={min(n, 4)}",
        f"left={min(len(clauses) - 1 - n, 3)}",
        f"long={min(len(bare) // 4, 8)}",
    ]
    found += _spelling_around(text, clauses, n)
    found += [f"cue={name}" for name in cues] + [f"cue={name}&kind={kind}" for name in cues]
    found += [f"cue={name}&{first}" for name in cues]
    nxt = _neighbour(text, clauses, n + 1)
    prev = _neighbour(text, clauses, n - 1)
    same_next = end == "inner"
    same_prev = first == "inner"
    found += [
        f"next={nxt if same_next else '-'}&{kind}",
        f"prev={prev if same_prev else '-'}&{kind}",
    ]
    if same_prev:
        p = clauses[n - 1]
        pw = text[p.start : p.end]
        found += [f"prevcue={name}&{kind}" for name, pattern in _cues() if pattern.search(pw)]
        found += [f"prevverb={first_verb(text[p.bare : p.end])}"]
    if n == 0 or (c.sentence == 0):
        rest = len(text) - c.end
        share = int(_restated(text, clauses, n) * 4)
        tail = "none" if rest < 12 else "some" if rest < 60 else "much"
        found += [
            f"restated={share}&{first}&{end}",
            f"rest={tail}&{first}&{end}",
            f"restated={share}&{tail}",
        ]
    else:
        found.append("later")
    return found


def _spelling(bare: str) -> Iterator[str]:
    """What a clause is written with: its first and last letters, its letter pairs."""
    yield from (f"head{k}={bare[:k]}" for k in (1, 2, 3))
    yield from (f"tail{k}={bare[-k:]}" for k in (2, 3))
    yield from (f"pair={bare[i : i + 2]}" for i in range(len(bare) - 1))


def _spelling_around(text: str, clauses: Sequence[Clause], n: int) -> Iterator[str]:
    c = clauses[n]
    if n + 1 < len(clauses):
        after = clauses[n + 1]
        yield f"then={text[after.bare : after.bare + 2]}&{c.after}"
    if n:
        before = clauses[n - 1]
        yield f"since={text[before.bare : before.bare + 2]}&{c.before}"
        yield f"ended={text[before.end - 2 : before.end]}&{c.before}"


def _neighbour(text: str, clauses: Sequence[Clause], n: int) -> str:
    if not 0 <= n < len(clauses):
        return "-"
    c = clauses[n]
    kind = opening(text[c.bare : c.end])
    return kind + ("*" if _result().search(text[c.start : c.end]) else "")


@cache
def _result() -> re.Pattern[str]:
    return cue_pattern("demands", "cues", "result")


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, cue_pattern("demands", "cues", name)) for name in cue_names("demands", "cues")
    )


@cache
def _verb_pattern() -> re.Pattern[str]:
    words = sorted(_verbs(), key=len, reverse=True)
    return re.compile("|".join(words))


@lru_cache(maxsize=4096)
def first_verb(bare: str) -> str:
    """Return the verb that a clause opens with behind its adverbs, or ""."""
    match = _adverbs().match(bare)
    found = _verb_pattern().match(bare, match.end() if match else 0)
    return found.group() if found else ""


def _restated(text: str, clauses: Sequence[Clause], n: int) -> float:
    """Share of a clause's character pairs that come again behind it."""
    piece = text[clauses[n].bare : clauses[n].end]
    pairs = {piece[i : i + 2] for i in range(len(piece) - 1)}
    rest = text[clauses[n].end :]
    return sum(p in rest for p in pairs) / max(1, len(pairs))


@cache
def _verbs() -> tuple[str, ...]:
    words = " ".join(cue_list("demands", "verbs")).split()
    return tuple(words)


@cache
def _adverbs() -> re.Pattern[str]:
    words = sorted(" ".join(cue_list("demands", "adverbs")).split(), key=len, reverse=True)
    return re.compile(f"(?:(?:{'|'.join(words)})地?)*")


@lru_cache(maxsize=4096)
def opening(bare: str) -> str:
    """Return what a clause opens with: verb, adverb (and verb), preposition, other."""
    match = _adverbs().match(bare)
    at = match.end() if match else 0
    if bare.startswith(_verbs(), at):
        return "verb"
    if at >= 2:
        return "adverb"
    if re.match("将|把|对|由|在|与|以|按|向|为|从|通过|根据|按照|结合|围绕|针对|依托|借助", bare):
        return "prep:" + ("do" if bare[0] in "将把" else bare[0])
    return "other"


def _decode(features: Sequence[Sequence[str]]) -> list[str]:
    """The likeliest labels in a row (Viterbi)."""
    model = _model()
    if not features:
        return []
    best: list[list[float]] = []
    back: list[list[int]] = []
    for n, row in enumerate(features):
        own = [0.0] * 3
        for name in row:
            for k, w in enumerate(model.get(name, _NONE)):
                own[k] += w
        if not n:
            own[2] = -9e9
            best.append(own)
            continue
        scores, froms = [], []
        for k in range(3):
            options = [best[-1][p] + model.get(f"after:{LABELS[p]}", _NONE)[k] for p in range(3)]
            if k == 2:
                options[0] = -9e9
            top = max(range(3), key=options.__getitem__)
            scores.append(options[top] + own[k])
            froms.append(top)
        best.append(scores)
        back.append(froms)
    k = max(range(3), key=best[-1].__getitem__)
    labels = [k]
    for froms in reversed(back):
        k = froms[k]
        labels.append(k)
    return [LABELS[k] for k in reversed(labels)]


@cache
def _model() -> dict[str, tuple[float, float, float]]:
    rows = _TABLES.rows("demands.tsv")
    return {r[0]: (float(r[1]), float(r[2]), float(r[3])) for r in rows}
