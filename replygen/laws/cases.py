"""Figures that an article has, but for another case: 三个月以上不满一年的，…二个月; 饮酒后…拘留."""

from __future__ import annotations

import re
from typing import NamedTuple

from replygen.laws.figures import Figure, read_figures
from replygen.laws.pairs import make_pairs, measure_overlap

# An article tells its cases one after another, each up to one of these
_CASES = re.compile(r"[；;。\n]")
_LINES = re.compile(r"[。\n]")
_CLAUSES = re.compile(r"[，,；;。\n]")
_TELLING = 2  # pairs of a claim that only the part on its subject has (外观, 观设)
# 情节严重的，…: a case graver than the plain one; 最高 may name its figure
_GRAVER = re.compile(
    r"严重|逾期|拒不|再次|[两二三]次以上|多次|屡|后果|巨大|较大|仍不|未改正|构成犯罪|累计"
)
_UP_TO = re.compile(r"最高|最多|直至|可达|上限|至多|最重")
_ACTORS = ("单位", "个人")
_OF = 2  # characters before a figure that say of what it is (价款|十倍)
_NOT_OF = frozenset("起过少于满上下内为达至到超予处以得的")
_MEANT = 0.7  # of a condition's pairs: the case of the article that it is
_AHEAD = 0.2  # by which that case is ahead of all others

Figures = dict[tuple[str, str], Figure]


class _Part(NamedTuple):
    """A part of an article with its figures and the pairs of its other words."""

    text: str
    figures: Figures
    words: frozenset[str]


def find_wrong_case(text: str, article: str) -> tuple[str, str] | None:
    """Return what the claim ``text`` says and what ``article`` reads for that case, ``None``
    where its figures stand in the case that is told or it cannot be known."""
    cases = [(case, _figures_of(case)) for case in _CASES.split(article)]
    for said in _CASES.split(text):
        found = (
            _find_mixed(said, cases)
            or _find_by_condition(said, cases)
            or _find_of(said, article)
            or _find_by_subject(said, article)
            or _find_by_actor(said, article)
        )
        if found is not None:
            return found
    return _find_graver(text, cases) or _find_at_once(text, cases)


def is_of_one_case(text: str, article: str) -> bool:
    """Return whether one case of an article has all the figures of a claim, which are of two
    kinds at least (已满20年的，年休假15天)."""
    wanted = _bounds_of(text).keys()
    if len({unit for _, unit, _ in wanted}) < 2:
        return False
    return any(wanted <= _bounds_of(case).keys() for case in _CASES.split(article))


# 不满|一年, 已满|二十年, 每满|一年: what a case is for
_BOUND = re.compile(r"[不未已每]满|不足")
_BELOW = ("不满", "未满", "不足")


def _bounds_of(text: str) -> dict[tuple[str, str, bool], Figure]:
    """The figures of a text; 不满二十年 is another than 已满二十年."""
    return {(f.value, f.unit, text.endswith(_BELOW, 0, f.start)): f for f in read_figures(text)}


def _figures_of(text: str) -> Figures:
    return {(f.value, f.unit): f for f in read_figures(text)}


def _show(case: str, figures: list[Figure]) -> str:
    return "、".join(dict.fromkeys(case[f.start : f.end] for f in figures))


def _find_mixed(said: str, cases: list[tuple[str, Figures]]) -> tuple[str, str] | None:
    """三个月以上不满一年的，…不得超过二个月: three figures of the article, but of two cases."""
    wanted = _bounds_of(said)
    marked = [(case, _bounds_of(case)) for case, _ in cases]
    told = len(wanted) > 2 or (len({key[1] for key in wanted}) > 1 and _BOUND.search(said))
    if not told or any(wanted.keys() <= there.keys() for _, there in marked):
        return None
    found: list[tuple[bool, str, str]] = []
    for case, there in marked:
        missing = wanted.keys() - there.keys()
        if len(missing) != 1:
            continue
        odd = wanted[missing.pop()]
        others = [f for key, f in there.items() if key not in wanted and f.unit == odd.unit]
        if others:
            condition = said.endswith("满", 0, odd.start)  # the bound is right, if one figure is
            found.append((condition, said[odd.start : odd.end], _show(case, others)))
    return min(found)[1:] if found else None


def _find_by_condition(said: str, cases: list[tuple[str, Figures]]) -> tuple[str, str] | None:
    """安排延长工作时间的，…百分之三百: the case of that condition has another figure."""
    clauses = said.split("，")
    conditions = [c for c in clauses if c.endswith("的") and not read_figures(c)]
    if len(conditions) != 1 or len(make_pairs(conditions[0])) < 3:
        return None
    ranked = sorted(((measure_overlap(conditions[0], c), at) for at, (c, _) in enumerate(cases)))
    if not ranked or ranked[-1][0] < _MEANT:
        return None
    if len(ranked) > 1 and ranked[-2][0] > ranked[-1][0] - _AHEAD:
        return None
    case, there = cases[ranked[-1][1]]
    wanted = _figures_of(said)
    for key, figure in wanted.items():
        same = [f for f in there.values() if f.unit == figure.unit]
        told = any(k in there for k in wanted if k[1] == figure.unit)
        if told and any(key in figures for _, figures in cases):
            continue  # 30日，另有约定的60日; 由二年延长至五年: this case and the next
        if same and key not in there:
            return said[figure.start : figure.end], _show(case, same)
    return None


def _find_of(said: str, article: str) -> tuple[str, str] | None:
    """价款三倍或者损失十倍: each figure is the article's, but of the other thing."""
    there = read_figures(article)
    for figure in read_figures(said):
        of = said[max(0, figure.start - _OF) : figure.start]
        borders = said.startswith(("以", "不满", "未满"), figure.end)  # 租期三年以上的
        if borders or not re.fullmatch(r"[\u4e00-\u9fff]{2}", of) or of[-1] in _NOT_OF:
            continue
        same = [f for f in there if f.unit == figure.unit and article.endswith(of, 0, f.start)]
        if same and figure.value not in {f.value for f in same}:
            return said[figure.start : figure.end], _show(article, same)
    return None


def _find_by_subject(said: str, article: str) -> tuple[str, str] | None:
    """外观设计…十年: ten years are of another subject, this one has a figure of its own."""
    rest, wanted = _make_telling(said), {} if _UP_TO.search(said) else _figures_of(said)
    units = {unit for _, unit in wanted}
    if len(units) > 1 and any(
        wanted.keys() <= _figures_of(c).keys() for c in _CASES.split(article)
    ):
        return None  # 已满20年的，年休假15天: figures of two kinds that stand in one case
    for key, figure in wanted.items():
        alike = {k for k in wanted if k[1] == figure.unit}
        for level in (_LINES, _CASES, _CLAUSES):
            parts = [_Part(p, _figures_of(p), _make_telling(p)) for p in level.split(article)]
            having = [p for p in parts if key in p.figures]
            others = [p for p in parts if not p.figures.keys() & alike]
            open_ = [p for p in others if not any(k[1] == figure.unit for k in p.figures)]
            if not having:
                break
            theirs = _join_words(having)
            single = all(k in alike for p in having for k in p.figures if k[1] == figure.unit)
            if single and (theirs - _join_words(others)) & rest:
                break  # what is told stands where the figure does
            theirs |= _join_words(open_)  # the 项 of a list are of every figure
            for part in others:
                same = [f for f in part.figures.values() if f.unit == figure.unit]
                if same and len((part.words - theirs) & rest) >= _TELLING:
                    return said[figure.start : figure.end], _show(part.text, same)
            if single:
                break  # nothing finer has its condition with it
    return None


def _find_by_actor(said: str, article: str) -> tuple[str, str] | None:
    """个人…五千元: the fine of units, that of persons is another."""
    wanted = _figures_of(said)
    actors = [a for a in _ACTORS if a in said]
    if len(actors) != 1 or not wanted:
        return None
    (ours,), (theirs,) = actors, [a for a in _ACTORS if a not in actors]
    for level in (_LINES, _CLAUSES):
        parts = [(p, _figures_of(p)) for p in level.split(article)]
        having = [p for p, there in parts if wanted.keys() & there.keys()]
        if not having or not all(theirs in p and ours not in p for p in having):
            continue
        for part, there in parts:
            units = {f.unit for f in there.values()} & {f.unit for f in wanted.values()}
            if units and ours in part and theirs not in part:
                return said, _show(part, list(there.values()))
    return None


def _join_words(parts: list[_Part]) -> frozenset[str]:
    return frozenset[str]().union(*(p.words for p in parts))


def _make_telling(text: str) -> frozenset[str]:
    """The pairs of a text without its figures."""
    for figure in reversed(read_figures(text)):
        text = f"{text[: figure.start]}，{text[figure.end :]}"
    return make_pairs(text)


def _find_graver(text: str, cases: list[tuple[str, Figures]]) -> tuple[str, str] | None:
    """发布虚假广告的，处…五倍以上十倍以下: the figures of a graver case that is not told."""
    wanted = _figures_of(text)
    if not wanted or _GRAVER.search(text) or _UP_TO.search(text):
        return None
    having = [(c, there) for c, there in cases if wanted.keys() <= there.keys()]
    if not having or not all(_is_graver(c, there, wanted) for c, there in having):
        return None
    for case, there in cases:
        if there and not _GRAVER.search(case[: min(f.start for f in there.values())]):
            return text, _show(case, list(there.values()))
    return None


# 责令改正，|拒不改正的|，处…罚款: first the order, then the fine
_UNMENDED = re.compile(r"(?:拒不|逾期[仍不未]*|仍[不未]|[不未])(?:改正|整改|改[，。；的])")
_AT_ONCE = re.compile(r"(?:直接|径行|一律|当场|立即|马上|即刻|即可?|就可?以?)(?:处以?|罚|给予)")


def _find_at_once(text: str, cases: list[tuple[str, Figures]]) -> tuple[str, str] | None:
    """直接处…罚款 where the article fines only those who, told to, did not mend it."""
    wanted = _figures_of(text)
    if not wanted or not _AT_ONCE.search(text) or _UNMENDED.search(text):
        return None
    having = [(c, there) for c, there in cases if wanted.keys() <= there.keys()]
    for case, there in having:
        first = min(figure.start for key, figure in there.items() if key in wanted)
        if not _UNMENDED.search(case[:first]):
            return None
    return (text, having[0][0]) if having else None


def _is_graver(case: str, there: Figures, wanted: Figures) -> bool:
    """True when what stands before the first figure that is claimed makes the case graver."""
    first = min(figure.start for key, figure in there.items() if key in wanted)
    return _GRAVER.search(case[:first]) is not None
