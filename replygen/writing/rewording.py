"""What a rewording adds to what it rests on, moves in it or leaves out of it.

A good rewording changes the order and the glue of a sentence and keeps its matter: whatever
else is new in it, stands beside another figure than before or has lost half of a clause is a
claim of the model's own, however few characters it has (全部, 当日, 每个社区, 国家级).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from replygen.entities import find_mentions
from replygen.entities.ours import plain
from replygen.entities.prose import cut_tokens
from replygen.writing.tables import TABLES

_HAN = re.compile("[\u4e00-\u9fff]+")
_MARK = re.compile(r"[，。；：！？、\s（）()“”‘’《》〈〉]+")
# 1.5万, 每季度, 两次, 三家: how many and how often
_FIGURE = re.compile(
    r"\d+(?:[.,]\d+)*|每(?:[一两三半]?个?)(?:年|季度|季|月|周|日|天|学期)"
    r"|[一二三四五六七八九十百千两几]+(?=[次家个批轮场项件起条处名人户所台只套份期种类])"
)
_ADVERBS = "已并还也"
# 会同网信、商务等部门: bodies by what they deal with
_DEPARTMENTS = re.compile(r"等(?:有关|相关)?(?:部门|单位|机构)")
_LISTED = re.compile("[、和与及同]|以及")
_NEAR = 4  # characters behind a figure or a body that say what is counted, what is done
_SAID = 0.8  # of a sentence's pairs of characters: it is said
_TAKEN_UP = 1 / 3  # of a clause's words: with fewer the clause was left out, not narrowed


def find_added(text: str, original: str, ours: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the words of ``text`` that ``told`` does not have and that state something;
    ``ours`` are names that need no source."""
    for name in sorted(ours, key=len, reverse=True):
        text = text.replace(name, "，")
    text, original = plain(text), plain(original)
    return tuple(
        word
        for run in _HAN.finditer(text)
        for word in _words_of(run, text, original)
        if not _is_glue(word)
    )


def find_moved(text: str, original: str, ours: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the figures of ``text`` that count something else in ``told``: what stands in
    front of a figure up to the next mark, and the thing counted, must be the same."""
    known = set(_figures(original, ours))
    return tuple(said[0] for said in _figures(text, ours) if said not in known)


def find_parted(text: str, original: str, ours: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the bodies in ``text`` that do something else there than in ``told``, of those
    that something is done with or by; ``ours`` are our own names."""
    known = set(_bodies(original, ours))
    named = {body for body, _ in known}
    return tuple(
        body for body, does in _bodies(text, ours) if body in named and (body, does) not in known
    )


def find_narrowed(text: str, ours: str) -> tuple[str, ...]:
    """Return the words that ``text`` leaves out of a clause of ``ours`` which it takes up: a
    promise to watch some is not one to watch all. Clauses left out whole are not counted."""
    said = plain(text)
    lost: list[str] = []
    for clause in _MARK.split(ours):
        words = [w for run in _HAN.findall(plain(clause)) for w in _cut(run)]
        words = [w for w in words if len(w) > 1 and not _is_glue(w)]
        missing = [w for w in words if w not in said]
        if missing and len(words) - len(missing) >= _TAKEN_UP * len(words):
            lost += missing
    return tuple(lost)


def repeats(text: str, ours: str, others: Iterable[str]) -> bool:
    """Return whether ``text``, which stands for ``ours``, says one of the ``others`` too, which
    stand beside it: two sentences made into one leave the second said twice."""
    said, known = _pairs(text), _pairs(ours)
    for other in others:
        wanted = _pairs(other)
        if len(wanted) >= _NEAR and len(wanted & said) >= _SAID * len(wanted):
            if len(wanted & known) < _SAID * len(wanted):
                return True
    return False


def _pairs(text: str) -> set[str]:
    letters = without_glue(_MARK.sub("", plain(text)))
    return {letters[i : i + 2] for i in range(len(letters) - 1)}


def without_glue(text: str) -> str:
    """Return ``text`` without the words that state nothing."""
    return _HAN.sub(lambda run: "".join(w for w in _cut(run.group()) if not _is_glue(w)), text)


@lru_cache(maxsize=1)
def read_glue() -> frozenset[str]:
    """Return the words with which a sentence may be worded anew."""
    return TABLES.words("glue.tsv")


def _is_glue(word: str) -> bool:
    """Whether a word is glue, or two of which the dictionary makes one (已为; not 以上)."""
    return word in read_glue() or (word[0] in _ADVERBS and word[1:] in read_glue())


@lru_cache(maxsize=65536)
def _cut(run: str) -> tuple[str, ...]:
    return tuple(cut_tokens(run))


def _words_of(run: re.Match[str], text: str, original: str) -> Iterator[str]:
    """The words of a run that ``told`` lacks; a single character needs a neighbour there too."""
    at = run.start()
    for word in _cut(run.group()):
        start, at = at, at + len(word)
        if len(word) > 1:
            if word not in original and not _is_made_of(word, original):
                yield word
        elif text[max(0, start - 1) : at] not in original and text[start : at + 1] not in original:
            yield word


def _is_made_of(word: str, original: str) -> bool:
    """组织开展 of glue alone, 查处违法 cut otherwise than in ``told``: every part is there."""
    rest = word
    while rest:
        size = next(
            (n for n in range(len(rest), 0, -1) if rest[:n] in read_glue()
             or (n > 1 and rest[:n] in original)),
            0,
        )  # fmt: skip
        if not size:
            return False
        rest = rest[size:]
    return True


def _figures(text: str, ours: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Each figure that is no date, with its clause before it and what it counts; glue, dates,
    bodies (:func:`find_parted` sees to them) and our own names left out."""
    for name in sorted(ours, key=len, reverse=True):
        text = text.replace(name, "")
    for m in find_mentions(text):
        if m.kind in ("date", "doc_number", "organisation"):
            text = text[: m.start] + "，" * (m.end - m.start) + text[m.end :]
    borders = [0, *(m.end() for m in _MARK.finditer(text))]
    for match in _FIGURE.finditer(text):
        start = max(b for b in borders if b <= match.start())
        before = without_glue(text[start : match.start()])
        yield match.group(), before, _behind(text, match.end())


def _bodies(text: str, ours: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each body that is not ours, with what is said behind it and those it is listed with."""
    bodies = [m for m in find_mentions(text) if m.kind == "organisation" and m.text not in ours]
    for number, body in enumerate(bodies):
        end = body.end
        for other in bodies[number + 1 :]:
            if not _LISTED.fullmatch(text[end : other.start]):
                break
            end = other.end
        yield body.text, _behind(text, end)
    for match in _DEPARTMENTS.finditer(text):
        yield match.group(), _behind(text, match.end())


def _behind(text: str, at: int) -> str:
    """The first characters behind ``at``, up to the next mark, glue left out."""
    end = _MARK.search(text, at)
    return without_glue(text[at : end.start() if end else len(text)])[:_NEAR]
