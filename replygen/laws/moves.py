"""Where the content of an article stands since a revision: 反垄断法第十七条 is 第二十二条 today."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from replygen.language.numerals import write_numeral
from replygen.laws.claims import Claim
from replygen.laws.shares import Articles, measure_share
from replygen.laws.tables import read_table
from replygen.laws.titles import read_article

Number = tuple[int, int]

_MOVED = 0.45  # of a claim's pairs: the article to which the content moved says it
_AHEAD = 0.25  # and that much more of it than the article that is cited
_KEPT = 0.60  # from here on the article that is cited says it itself


class Move(NamedTuple):
    """``article`` is where the content stands now, ``note`` says so."""

    article: str
    note: str


class _Revision(NamedTuple):
    since: str
    numbers: Mapping[Number, Number]


def find_move(
    title: str, number: Number, sentence: str, claim: Claim | None, law: Articles, day: str
) -> Move | None:
    """Return where the content that a sentence cites an article for stands on a day (ISO),
    ``None`` where no revision that we know of has moved it or the sentence does not speak of
    it; ``law`` are the articles of that day."""
    if claim is not None and measure_share(claim.text, law.get(number, ""), law) >= _KEPT:
        return None
    return _find_by_words(title, number, sentence, day) or (
        _find_by_text(title, number, claim, law, day) if claim is not None else None
    )


def _find_by_words(title: str, number: Number, sentence: str, day: str) -> Move | None:
    for law, old, since, new, words, what in read_table("moved.tsv"):
        if law != title or read_article(old) != number or day < since:
            continue
        if any(word in sentence for word in words.split("、")):
            note = f"{what}在{since[:4]}年修改后已移到{new}，{old}现在规定的是别的内容"
            return Move(new, note)
    return None


def _find_by_text(title: str, number: Number, claim: Claim, law: Articles, day: str) -> Move | None:
    for since, numbers in _revisions().get(title, ()):
        new = numbers.get(number)
        if new is None or day < since:
            continue
        share = measure_share(claim.text, law.get(new, ""), law)
        if (
            share >= _MOVED
            and share - measure_share(claim.text, law.get(number, ""), law) >= _AHEAD
        ):
            old, now = (f"第{write_numeral(n)}条" for n, _ in (number, new))
            note = f"这里说的在{since[:4]}年修改后已移到{now}，{old}现在规定的是别的内容"
            return Move(now, note)
    return None


@lru_cache(maxsize=1)
def _revisions() -> dict[str, list[_Revision]]:
    found: dict[str, list[_Revision]] = {}
    for law, since, pairs, *_ in read_table("renumbered.tsv"):
        numbers = dict(_read_pair(pair) for pair in pairs.split())
        found.setdefault(law, []).append(_Revision(since, numbers))
    return found


def _read_pair(pair: str) -> tuple[Number, Number]:
    old, new = pair.split("→")
    return (int(old), 0), (int(new), 0)
