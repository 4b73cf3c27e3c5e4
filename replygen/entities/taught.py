"""Names by what stands around them, as a small model learned it from judged sentences.

Every word of a sentence is weighed by clues: the word, its neighbours, how many independent
documents have it, whether anybody puts it beside them, where in the clause it stands, whether the
sentence reports or plans. The weights are ``data/taught.txt.gz``, made by tools/fit_names.py; one
clue and its weight a line, no sentence. What patterns and lists know is found without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from replygen.entities.famous import find_famous
from replygen.entities.independent import EDGE, count_documents, is_said
from replygen.entities.people import surnames
from replygen.entities.prose import Piece, cut_prose, make_mention, read_auspicious, read_kinds
from replygen.entities.tables import TABLES, read_text, read_words
from replygen.models import Mention

_HAN = re.compile("[\u4e00-\u9fff]+")
_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？\n]|$)")
# Chosen on rounds that the fit had not seen (docs/trust.md): a name begins where a word
# weighs more than _NAME (_ALONE where it is one word or two characters), and reaches over words
# that weigh more than _PART.
_NAME = -0.1
_ALONE = 0.1
_FAMOUS = 0.0  # a famous name of two characters, as many words are; a longer one is always told
_PART = -1.5
_LEAST = 2  # characters of a name; one alone can be looked up nowhere
_SHORT = 3  # characters of a run of words that needs no more than _NAME
_FAR = 3  # words on either side that are looked at
_STEPS = (0, 1, 6, 21, 61, 201)  # documents that have a word, in steps
_OUTSIDE = 9  # in place of a step: no word
_BESIDE = 4  # characters on either side
_LETTERS = re.compile("[A-Za-z\u00c0-\u024f]")
_DONE = re.compile("已|了|去年|前年|上年|完成|建成|获|荣")
_PLANNED = re.compile("将|应当|要|下一步|鼓励|引导|推动|加强|逐步|支持|建议")
_ANY = re.compile("各|全|所有|每|有关|相关|等|部分|多数|一些|任何|其他")
# 全体|委员: of whom it is said
_HOW_MANY = re.compile("全体|全部|所有|各位|诸位|广大|多数|部分|少数|一些|有些|任何|每位")
# 八成|以上: how a figure is bounded
_BOUNDS = re.compile("[以之](?:上|下|内|外|前|后|间)|左右|上下|不等|有余|前后|其间|期间")
_COUNTED = re.compile("[一二两三四五六七八九十几][\u4e00-\u9fff]")  # 三家: a figure
_BIAS = "(bias)"


def find_taught(text: str, but: Sequence[tuple[int, int]] = ()) -> Iterator[Mention]:
    """Yield what the model takes for a name, as brands of scope ``unknown``; words that
    overlap a span of ``but`` are read but are no part of a name."""
    weighed = _weigh(text)
    famous = tuple((s, e) for s, e, _ in find_famous(text, [piece for piece, _ in weighed]))
    run: list[tuple[Piece, float]] = []
    for piece, weight in weighed:
        hidden = any(s < piece.end and piece.start < e for s, e in but)
        known = any(s < piece.end and piece.start < e for s, e in famous if e - s > _LEAST)
        goes_on = (weight > _PART or known) and not hidden
        if not goes_on or (run and run[-1][0].end < piece.start):
            yield from _name(text, run, famous)
            run = []
        if goes_on:
            run.append((piece, weight))
    yield from _name(text, run, famous)


def is_plain_prose(text: str, start: int, end: int, bar: float) -> bool:
    """Return whether ``text[start:end]`` has no word that weighs as much as ``bar`` (牵引绳); the
    model was taught on plain Chinese and is sure of nothing beside letters (天眼系統(tǒng))."""
    if _LETTERS.search(text[max(0, start - _BESIDE) : end + _BESIDE]):
        return False
    weights = [w for piece, w in _weigh(text) if piece.start < end and start < piece.end]
    return max(weights, default=bar) < bar


def cuts_words(text: str, start: int, end: int) -> bool:
    """Return whether ``start`` or ``end`` stands inside a word of the text (合同|里)."""
    words = [(piece.start, piece.end) for piece, _ in _weigh(text)]
    return any(first < at < last for first, last in words for at in (start, end))


@lru_cache(maxsize=64)
def _weigh(text: str) -> tuple[tuple[Piece, float], ...]:
    """The words of a text, each with what its clues weigh together."""
    weights = _weights()
    return tuple(
        (piece, (weights[_BIAS] + sum(weights.get(clue, 0) for clue in about)) / 100)
        for piece, about in zip(*read_clues(text), strict=True)
        if about
    )


def _name(
    text: str, run: Sequence[tuple[Piece, float]], famous: Sequence[tuple[int, int]]
) -> Iterator[Mention]:
    if not run:
        return
    start, end = run[0][0].start, run[-1][0].end
    if end - start < _LEAST or _COUNTED.fullmatch(text[start:end]):
        return
    if _HOW_MANY.fullmatch(text[start:end]) or _BOUNDS.fullmatch(text[start:end]):
        return
    long = len(run) > 1 and end - start >= _SHORT
    known = [e - s for s, e in famous if s < end and start < e]
    bar = _FAMOUS if known else _NAME if long else _ALONE
    if max(known, default=0) > _LEAST or max(weight for _, weight in run) > bar:
        yield make_mention("brand", text, start, end)


def read_clues(text: str) -> tuple[list[Piece], list[frozenset[str]]]:
    """Return the words of a text and what is known of each, sentence by sentence; nothing of
    what is no word."""
    pieces: list[Piece] = []
    clues: list[frozenset[str]] = []
    for sentence in _SENTENCE.finditer(text):
        words = list(_cut(sentence.group()))
        line = _Line(sentence.group(), words)
        clues += [
            frozenset() if piece.sort in "PD" else frozenset(line.clues(at))
            for at, piece in enumerate(words)
        ]
        shift = sentence.start()
        pieces += [p._replace(start=p.start + shift, end=p.end + shift) for p in words]
    return pieces, clues


def _cut(text: str) -> Iterator[Piece]:
    """The words of a text; each other character is a piece of its own, of sort D or P."""
    at = 0
    for match in _HAN.finditer(text):
        yield from _others(text, at, match.start())
        yield from cut_prose(match.group(), match.start())
        at = match.end()
    yield from _others(text, at, len(text))


def _others(text: str, start: int, end: int) -> Iterator[Piece]:
    for at in range(start, end):
        yield Piece(at, at + 1, text[at], "D" if text[at].isdigit() else "P")


class _Line:
    """A sentence in words: how each is written, of what sort and how common it is, and
    whether anybody says it beside the next."""

    def __init__(self, text: str, pieces: list[Piece]) -> None:
        self.words = [_write(piece) for piece in pieces]
        self.famous = [(s, e, kind) for s, e, kind in find_famous(text, pieces)]
        self.pieces = pieces
        self.sorts = [p.sort for p in pieces]
        self.steps = [_OUTSIDE if p.sort in "PD" else _step(p.text) for p in pieces]
        plain = [EDGE, *(EDGE if p.sort in "PD" else p.text for p in pieces), EDGE]
        self.said = [is_said(a, b) for a, b in zip(plain, plain[1:], strict=False)]
        self.tense = "D" * bool(_DONE.search(text)) + "P" * bool(_PLANNED.search(text))

    def word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else "^"

    def sort(self, at: int) -> str:
        return self.sorts[at] if 0 <= at < len(self.sorts) else "^"

    def step(self, at: int) -> int:
        return self.steps[at] if 0 <= at < len(self.steps) else _OUTSIDE

    def beside(self, at: int) -> int:
        """1 where the words before and behind the border ``at`` are said together."""
        return int(self.said[at]) if 0 <= at < len(self.said) else 1

    def clues(self, at: int) -> Iterator[str]:
        yield from self._own(at)
        yield from self._around(at)
        yield from self._borders(at)
        yield from self._place(at)
        yield from self._known(at)
        yield from self._role(at)

    def _own(self, at: int) -> Iterator[str]:
        word, sort, step = self.words[at], self.sorts[at], self.steps[at]
        size = min(len(word), 4)
        yield f"w={word}"
        yield f"s={sort}{size}"
        yield f"b={step}"
        yield f"sb={sort}{step}{size}"
        yield f"first={word[0]}"
        yield f"last={word[-1]}"
        if word[0] in surnames():
            yield f"surname={step}{sort}{self.sort(at + 1)}"
        if word in read_auspicious():
            yield "lucky"
            yield f"lucky={self.word(at + 1)}"

    def _role(self, at: int) -> Iterator[str]:
        """Whether the word may be a person's name and stands beside who that is (农技员|高峰|常驻,
        感谢|温暖|委员)."""
        word, sort = self.words[at], self.sorts[at]
        name = len(word) > 1 and word[0] in surnames()
        for side, other in (("-1", self.word(at - 1)), ("+1", self.word(at + 1))):
            if _is_role(other):
                yield f"role{side}"
                yield f"role{side}={sort}{len(word)}{int(name)}"
                beyond = self.sort(at + 1) if side == "-1" else self.word(at - 1)
                yield f"role{side}={sort}{int(name)}{beyond}"
                yield f"role{side}={int(name)}{self.beside(at)}{self.beside(at + 1)}"
        if name:
            yield f"name={sort}{self.steps[at]}{self.sort(at + 1)}"
            yield f"name-1={self.word(at - 1)[-1]}"
            yield f"name+1={self.word(at + 1)}"

    def _known(self, at: int) -> Iterator[str]:
        """Whether the word is of a famous name, of which kind, and how long that is."""
        piece = self.pieces[at]
        for start, end, kind in self.famous:
            if start < piece.end and piece.start < end:
                yield "famous"
                yield f"famous={kind}"
                yield f"famous={min(end - start, 4)}"

    def _around(self, at: int) -> Iterator[str]:
        for far in range(1, _FAR + 1):
            yield f"w-{far}={self.word(at - far)}"
            yield f"w+{far}={self.word(at + far)}"
        yield f"last-1={self.word(at - 1)[-1]}"
        for far in (1, 2):
            yield f"s-{far}={self.sort(at - far)}{self.step(at - far)}"
            yield f"s+{far}={self.sort(at + far)}{self.step(at + far)}"
            yield f"last+{far}={self.word(at + far)[-1]}"
        yield f"before={self.word(at - 2)} {self.word(at - 1)}"
        yield f"behind={self.word(at + 1)} {self.word(at + 2)}"
        kinds, left, right = read_kinds(), self.beside(at), self.beside(at + 1)
        if self.words[at] in kinds:
            yield "kind"
            yield f"kind={left}{self.step(at - 1)}{self.sort(at - 1)}"
        if self.word(at + 1) in kinds:
            yield "kind+1"
            yield f"kind+1={self.steps[at]}{self.sorts[at]}{left}{right}"

    def _borders(self, at: int) -> Iterator[str]:
        left, right = self.beside(at), self.beside(at + 1)
        yield f"said={left}{right}"
        yield f"said4={self.beside(at - 1)}{left}{right}{self.beside(at + 2)}"
        yield f"said={left}{right}{self.steps[at]}{self.sorts[at]}"
        yield f"said-1={left}{self.word(at - 1)}"
        yield f"said+1={right}{self.word(at + 1)}"
        yield f"saids={left}{right}{self.sort(at - 1)}{self.sorts[at]}{self.sort(at + 1)}"
        unsaid = self.said[max(0, at - 2) : at + 4].count(False)
        rarest = min(self.steps[max(0, at - 1) : at + 2])
        yield f"unsaid={unsaid}"
        yield f"unsaid={unsaid}{rarest}"

    def _place(self, at: int) -> Iterator[str]:
        first = at
        while first > 0 and self.sorts[first - 1] not in "PD":
            first -= 1
        place, step = min(at - first, 4), self.steps[at]
        yield f"at={place}"
        yield f"at={place}{self.sorts[at]}{step}"
        if _ANY.search("".join(self.words[max(first, at - _FAR) : at])):
            yield "any"
        yield f"tense={self.tense}{step}"
        yield f"tensed={self.tense}{self.beside(at)}{self.beside(at + 1)}"


def _write(piece: Piece) -> str:
    """A word as it is, a digit as #D, other characters behind #, white space as #_."""
    if piece.sort == "D":
        return "#D"
    if piece.sort != "P":
        return piece.text
    return "#_" if piece.text.isspace() else f"#{piece.text}"


def _step(word: str) -> int:
    count = count_documents(word)
    return sum(count >= least for least in _STEPS) - 1


@lru_cache(maxsize=8192)
def _is_role(word: str) -> bool:
    return word.endswith(_roles())


@lru_cache(maxsize=1)
def _roles() -> tuple[str, ...]:
    """What says who somebody is: 民警, 委员, 农技|员."""
    roles = {*TABLES.listed("person_slots.toml", "titles"), *read_words("oddities.tsv", "who")}
    return tuple(sorted(roles | set("员师长")))


@lru_cache(maxsize=1)
def _weights() -> dict[str, int]:
    """What clues weigh, in hundredths, for their sum to be the same in whatever order;
    ``(bias)`` is what a word weighs without any."""
    weights = {}
    for line in read_text("taught.txt.gz").splitlines():
        clue, _, weight = line.rpartition("\t")
        weights[clue] = int(weight)
    return weights
