"""What is said of everybody: idioms, verses and quoted sayings, and clauses that answer each
other (重医轻养, 向海图强、向绿而行). Nothing in them is a fact of one place.

Idioms and proverbs are ``data/idioms.txt.gz`` (tools/build_idioms.py); words of the language that
open or build a saying are in ``data/sayings.toml``. Clauses that answer each other are seen by
their form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from replygen.entities.prose import cut_tokens
from replygen.entities.tables import TABLES, Automaton, build_automaton, read_text, read_words

_HAN = "\u4e00-\u9fff"
_RUN = re.compile(f"[{_HAN}]+")
_IDIOM = 4  # characters of an idiom without a mark in it
# “莫道桑榆晚，为霞尚满天”: quoted whole; a name has no comma in it
_QUOTED = re.compile(
    f"[“‘「『](?P<said>[{_HAN}]{{2,12}}(?:[，；：][{_HAN}]{{2,12}})+)[。！？]?[”’」』]"
)
# “苟利国家生死以”: one line of a verse
_LINE = re.compile(f"[“‘「『](?P<said>[{_HAN}]{{5,9}})[”’」』]")
# 重医轻养, 重建设轻应用; 以商养文; 立教之本; 千村一面; 老张、小李|式的; 早测早报; 一头连着夕阳，
# 一头连着朝阳: what answers itself
_ANTITHESIS = re.compile(
    rf"重[{_HAN}]{{1,4}}?[、，]?轻[{_HAN}]{{1,4}}|[{_HAN}]{{2,6}}(?:并举|并重)"
    rf"|(?<=[是为乃])[{_HAN}]{{2}}之[本基源要道魂根魄](?=[，。；、])"
    rf"|(?<![“‘「『一二三四五六七八九十百千万两几数\\d])(?:[百千万][{_HAN}]一|千[^\\W多余][百万])[{_HAN}]"
    rf"|[老小][{_HAN}]、[老小][{_HAN}](?=式|们|般|之类|[这那一]样)"
    rf"|(?P<ever>[早多少勤常快慢])[{_HAN}]{{1,3}}(?P=ever)[{_HAN}]{{1,3}}(?![{_HAN}])"
    rf"|(?P<one>一[头边手面端])[{_HAN}]{{2,6}}，(?P=one)[{_HAN}]{{2,6}}(?=[，。；])"
    rf"|(?<![{_HAN}])(?:以(?P<with>[{_HAN}]{{1,2}})[{_HAN}]{{2,3}})(?=[、，。；])"
)
_MARKS = frozenset("“‘「『")  # what is quoted is somebody's
_QUOTE_ENDS = re.compile("[”’」](?:[里中之的等、，。；]|$)")
_SIZES = range(3, 10)  # characters of clauses that answer each other
_VERSE = (5, 7)
_LOOSE = 1.3  # characters to a word, at most, in what is written as of old; prose has two


def find_sayings(text: str) -> tuple[tuple[int, int], ...]:
    """Return where sayings stand in ``text``; they may overlap."""
    return _find(text)


@lru_cache(maxsize=64)
def _find(text: str) -> tuple[tuple[int, int], ...]:
    runs = [(m.start(), m.end()) for m in _RUN.finditer(text)]
    found = [m.span("said") for m in _QUOTED.finditer(text)]
    found += [m.span("said") for m in _LINE.finditer(text) if _is_verse(m["said"])]
    found += [m.span() for m in _ANTITHESIS.finditer(text)]
    found += [m.span() for m in _openers().finditer(text)]
    found += _told(text)
    found += find_idioms(text)
    found += _answering(text, runs)
    return tuple(found)


@lru_cache(maxsize=1)
def read_idioms() -> frozenset[str]:
    """Return the idioms and the proverbs."""
    return frozenset(read_text("idioms.txt.gz").split())


@lru_cache(maxsize=1)
def _proverbs() -> Automaton:
    return build_automaton(word for word in read_idioms() if len(word) > _IDIOM)


def _find_proverbs(text: str) -> Iterator[tuple[int, int]]:
    """Where proverbs stand, with a comma in them or without (拆东墙补西墙)."""
    places = [at for at, char in enumerate(text) if char not in "，、"]
    for last, word in _proverbs().iter("".join(text[at] for at in places)):
        yield places[last + 1 - len(word)], places[last] + 1


@lru_cache(maxsize=64)
def find_idioms(text: str) -> tuple[tuple[int, int], ...]:
    """Return where idioms stand (洛阳纸贵); what is called by one (水滴石穿|工作室) is none."""
    idioms, heads = read_idioms(), _heads()
    found = [
        (at, at + _IDIOM)
        for run in _RUN.finditer(text)
        for at in range(run.start(), run.end() - _IDIOM + 1)
        if text[at : at + _IDIOM] in idioms
    ]
    return tuple(
        (start, end)
        for start, end in (*found, *_find_proverbs(text))
        if not text.startswith(heads, end) and not _names_what_follows(text, start, end)
    )


def _names_what_follows(text: str, start: int, end: int) -> bool:
    """True for what is quoted before what it names (“水滴石穿”党支部); not 从“文山会海”中."""
    return text[start - 1 : start] in _MARKS and not _QUOTE_ENDS.match(text, end)


@lru_cache(maxsize=1)
def _heads() -> tuple[str, ...]:
    kinds = ("place", "firm", "house", "media", "head")
    return tuple(word for kind in kinds for word in read_words("oddities.tsv", kind))


@lru_cache(maxsize=1)
def _openers() -> re.Pattern[str]:
    """古人云, 俗话说: who says it."""
    return re.compile("|".join(TABLES.listed("sayings.toml", "openers")))


def _told(text: str) -> Iterator[tuple[int, int]]:
    """What follows 古人云 without quotes, to the end of the clause or of the quotation."""
    for match in _openers().finditer(text):
        said = re.compile(f"[，：:]?[“‘]?(?P<said>[{_HAN}]+(?:，[{_HAN}]+)?)").match(
            text, match.end()
        )
        if said:
            yield said.span("said")


def _answering(text: str, runs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Neighbouring clauses of one length that are built alike or written as of old."""
    for (start, end), (first, last), (_, third) in zip(
        runs, runs[1:], [*runs[2:], (0, 0)], strict=False
    ):
        start = _shorten(text, start, end, first, last)
        size = end - start
        if first - end != 1 or text[end] not in "、，；" or size not in _SIZES:
            continue
        one, two = text[start:end], text[first:last]
        goes_on = last - first > size and text[first + size] == "的"
        if len(two) != size and not goes_on:
            continue
        if _alike(one, two[:size]) or size in _VERSE and _is_old(one, two[:size]):
            yield start, first + size
        if (
            third - last == size + 1
            and text[last] in "、，"
            and _ringing(one, two, text[last + 1 : third])
        ):
            yield start, third


def _shorten(text: str, start: int, end: int, first: int, last: int) -> int:
    """Where the first clause begins when its end answers the second: 坚持|以文塑旅、以旅彰文."""
    size = last - first
    answers = end - start > size in _SIZES and text[end - size] == text[first]
    return end - size if answers and text[first] in _joints("joints") else start


def _alike(one: str, two: str) -> bool:
    """True where both have the same joint at the same place and else differ (向海图强,
    向绿而行), or each repeats its own (向善向上, 崇德崇俭). Two names share their end."""
    if len(one) == _IDIOM and (
        one[0] == one[2] and two[0] == two[2] or one[1] == one[3] == two[1] == two[3]
    ):
        return True
    same = {a for a, b in zip(one, two, strict=True) if a == b}
    joints = _joints("joints") | (_joints("joints_of_four") if len(one) == _IDIOM else frozenset())
    return one[-1] != two[-1] and len(same) < len(one) and not same.isdisjoint(joints)


def _ringing(*clauses: str) -> bool:
    """True for three that have the same in the middle and nothing else: 听民声, 解民忧, 暖民心."""
    places = list(zip(*clauses, strict=True))
    edges = all(len(set(chars)) == len(clauses) for chars in (places[0], places[-1]))
    return edges and any(len(set(chars)) == 1 for chars in places[1:-1])


@lru_cache(maxsize=4)
def _joints(kind: str) -> frozenset[str]:
    return frozenset(TABLES.listed("sayings.toml", kind))


def _is_old(one: str, two: str) -> bool:
    """True for clauses of single characters: 衙斋卧听萧萧竹, 一枝一叶总关情."""
    return (len(one) + len(two)) / len([*cut_tokens(one), *cut_tokens(two)]) <= _LOOSE


def _is_verse(line: str) -> bool:
    """True for a line with a word of old: 苟利国家生死以."""
    return not _joints("old").isdisjoint(line)
