"""Citations of laws and other documents, article by article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from replygen.language.numerals import read_numeral, write_numeral
from replygen.laws.editions import Named
from replygen.laws.names import Name, find_names, simplify

_CN = "〇零一二三四五六七八九十百千"
_ARTICLE = rf"第\s*(?:[{_CN}]+|\d+)\s*条(?:\s*之[一二三四五六七八九十]+)?"
# 第12-14条, 第三至五条: a range with one 条; 《食品安全法》三十四条: without 第
_SHORT_RANGE = re.compile(rf"第\s*([{_CN}]+|\d+)\s*[至到\-—–~～]\s*([{_CN}]+|\d+)\s*条")
_NO_ORDINAL = re.compile(
    rf"[》〉]\s*([{_CN}]*十[{_CN}]*|\d{{1,3}})\s*条(?=[的规第之，。、；]|中|要求|$)"
)
_CLAUSE = rf"第\s*(?:[{_CN}]+|\d+)\s*款"
_ITEM = rf"第\s*[（(]?\s*(?:[{_CN}]+|\d+)\s*[）)]?\s*项"
# 第（二）、（三）项: the items of a list share one 项
_ITEMS = rf"第\s*[（(]?\s*(?:[{_CN}]+|\d+)\s*[）)]?(?=(?:、\s*[（(]?(?:[{_CN}]+|\d+)[）)]?)+\s*项)"
_NEXT_ITEM = rf"[（(]?\s*(?:[{_CN}]+|\d+)\s*[）)]?\s*项?"
# 第三条第二款第（一）项, 第九百九十九条之一, 第1165条.
_PART = re.compile(
    rf"({_ARTICLE})\s*({_CLAUSE})?\s*(?:({_ITEM}|{_ITEMS})"
    rf"((?:(?:、|和|及|至|到)(?:{_ITEM}|{_NEXT_ITEM}))*))?"
)
_NUMERAL = re.compile(rf"[{_CN}]+|\d+")
# 第三、四条; 第三百、四百条: the articles of a list share one 条
_ONE_WORD = re.compile(rf"第\s*((?:[{_CN}]+|\d+)(?:、(?:[{_CN}]+|\d+))+)\s*条")
# 第136条至160条: the end of a range without 第
_RANGE_END = re.compile(rf"(?:至|到|-|—|－|~|～)\s*([{_CN}]+|\d+)\s*条")
# 第九百条（《食品安全法》）: the number before the name
_IN_FRONT = re.compile(rf"(?:^|[^》\w])({_ARTICLE})\s*[（(]\s*$")
# 第十三条、十四条: the second without 第
_NEXT_ARTICLE = re.compile(rf"(?:、|和|及)((?:[{_CN}]+|\d+)\s*条(?:\s*之[一二三四五六七八九十]+)?)")
_RANGE = re.compile(r"^\s*(?:至|到|-|—|－|~|～)\s*$")
_LIMIT = 300


@dataclass(frozen=True, slots=True)
class CitationMention:
    """A document that ``text[start:end]`` cites, and the part of it.

    ``name`` is the title without 《》, short forms and 该法 resolved; ``article``,
    ``clause`` and ``item`` are in Chinese numerals (第三条, 第二款, 第（一）项) or ``None``.
    """

    text: str
    name: str
    article: str | None
    clause: str | None
    item: str | None
    start: int
    end: int
    edition: Named | None = None


def find_citations(text: str) -> tuple[CitationMention, ...]:
    """The citations of a text in order; one for each article named, one for a title alone.

    Names are 《…》, names of the register without 《》 before 第…条, short forms introduced by
    以下简称, and 该法/本条例/上述办法, which mean the last name of that kind. A bare 第十条 behind
    a name in the same sentence belongs to that name. Names are compared whole: 食品安全法实施
    条例第三条 is not 食品安全法.
    """
    simple = simplify(text)
    names = find_names(simple)
    found: list[CitationMention] = []
    for number, name in enumerate(names):
        limit = names[number + 1].start if number + 1 < len(names) else len(text)
        parts = _parts(simple, name, limit)
        found += [replace(p, edition=name.edition, text=text[p.start : p.end]) for p in parts]
    return tuple(found)


def _parts(text: str, name: Name, limit: int) -> Iterator[CitationMention]:
    """The articles that belong to one name: those directly behind it, then bare ones of the
    sentence."""
    irregular = tuple(_irregular(text, name, limit))
    yield from irregular
    end_of_sentence = re.compile(r"[。！？；\n]").search(text, name.end)
    stop = min(limit, end_of_sentence.start() if end_of_sentence else len(text), name.end + _LIMIT)
    cited = bool(irregular)
    previous: re.Match[str] | None = None
    for match in _PART.finditer(text, name.end, stop):
        if not _belongs(text, name, match, cited):
            continue
        if previous and _RANGE.match(text[previous.end() : match.start()]):
            yield from _between(name, previous, match)
        start = name.start if not cited else match.start()
        yield _mention(text, name.name, match, start)
        yield from _listed_items(text, name.name, match)
        yield from _listed(text, name.name, match.end(), stop)
        yield from _range_end(text, name, match, stop)
        cited, previous = True, match
    if not cited and (name.alone or not name.bare):
        yield CitationMention(
            text[name.start : name.end], name.name, None, None, None, name.start, name.end
        )


def _irregular(text: str, name: Name, limit: int) -> Iterator[CitationMention]:
    """第12-14条 and 《…》三十四条 directly behind a name."""
    if front := _IN_FRONT.search(text, max(0, name.start - 16), name.start):
        article = normalise_part(front[1])
        yield CitationMention(
            text[front.start(1) : name.end],
            name.name,
            article,
            None,
            None,
            front.start(1),
            name.end,
        )
    if bare := _NO_ORDINAL.match(text, name.end - 1, limit):
        article = normalise_part(f"第{bare.group(1)}条")
        yield CitationMention(
            text[name.start : bare.end()], name.name, article, None, None, name.start, bare.end()
        )
    if listed := _ONE_WORD.match(text, name.end, limit):
        for numeral in _NUMERAL.finditer(text, *listed.span(1)):
            article = normalise_part(f"第{numeral.group()}条")
            yield CitationMention(
                listed.group(), name.name, article, None, None, listed.start(), listed.end()
            )
    match = _SHORT_RANGE.match(text, name.end, limit)
    ends = [_article_number(f"第{n}条") for n in match.groups()] if match else []
    if match and ends[0] and ends[1] and 0 < ends[1] - ends[0] < 60:
        for number in range(ends[0], ends[1] + 1):
            article = f"第{write_numeral(number)}条"
            yield CitationMention(
                match.group(), name.name, article, None, None, match.start(), match.end()
            )


def _listed_items(text: str, name: str, match: re.Match[str]) -> Iterator[CitationMention]:
    """第（二）、（三）项, 第二项至第七项: the items behind the first, of a range its end."""
    for numeral in _NUMERAL.finditer(text, *match.span(4)) if match.group(4) else ():
        item = normalise_part(f"第{numeral.group()}项")
        article, clause = normalise_part(match.group(1)), normalise_part(match.group(2))
        yield CitationMention(numeral.group(), name, article, clause, item, *numeral.span())


def _listed(text: str, name: str, position: int, stop: int) -> Iterator[CitationMention]:
    """第十三条、十四条和十六条: articles of a list that leave 第 out."""
    while match := _NEXT_ARTICLE.match(text, position, stop):
        article = normalise_part(f"第{match.group(1)}")
        yield CitationMention(match.group(1), name, article, None, None, *match.span(1))
        position = match.end()


def _range_end(text: str, name: Name, first: re.Match[str], stop: int) -> Iterator[CitationMention]:
    """第136条至160条: the articles up to the end of the range."""
    match = _RANGE_END.match(text, first.end(), stop)
    low = _article_number(first.group(1)) if match else None
    high = _article_number(f"第{match[1]}条") if match else None
    if match is None or low is None or high is None or not 0 < high - low < 60:
        return
    for number in range(low + 1, high + 1):
        article = f"第{write_numeral(number)}条"
        yield CitationMention(match[0], name.name, article, None, None, *match.span())


def _belongs(text: str, name: Name, match: re.Match[str], cited: bool) -> bool:
    """The first article stands behind the name; later ones anywhere in the sentence, but not
    behind another document's kind of word (合同第三条)."""
    before = text[name.end : match.start()]
    if not cited:
        return len(before) <= 40
    return not re.search(r"(?:合同|协议|章程|规约|公约|方案|意见|该通知)$", before)


def _mention(text: str, name: str, match: re.Match[str], start: int) -> CitationMention:
    return CitationMention(
        text[start : match.end()],
        name,
        normalise_part(match.group(1)),
        normalise_part(match.group(2)),
        normalise_part(match.group(3)),
        start,
        match.end(),
    )


def _between(name: Name, first: re.Match[str], last: re.Match[str]) -> Iterator[CitationMention]:
    """第三条至第六条: the articles between the two, at the place of the range's end."""
    low, high = (_article_number(m.group(1)) for m in (first, last))
    if low is None or high is None or not 0 < high - low < 60:
        return
    for number in range(low + 1, high):
        yield CitationMention(
            last.group(),
            name.name,
            f"第{write_numeral(number)}条",
            None,
            None,
            last.start(),
            last.end(),
        )


def _article_number(part: str) -> int | None:
    match = re.search(rf"[{_CN}]+|\d+", part)
    return read_numeral(match.group()) if match else None


def normalise_part(part: str | None) -> str | None:
    """第1165条 -> 第一千一百六十五条, 第 (1) 项 -> 第（一）项; ``None`` stays ``None``."""
    if part is None:
        return None
    part = re.sub(r"\s", "", part)
    part = re.sub(r"\d+", lambda m: write_numeral(int(m.group())), part)
    part = re.sub(r"^第[（(]?([^（()）款条项]+)[）)]?$", r"第（\1）项", part)  # 第（二）、（三）项
    return re.sub(r"^第[（(]?([^（()）]+)[）)]?项$", r"第（\1）项", part)
