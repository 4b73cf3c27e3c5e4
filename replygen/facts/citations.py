"""Citations of laws and other documents, article by article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from replygen.facts.documents import national_titles, title_spans
from replygen.facts.numerals import write_numeral
from replygen.facts.tables import Automaton, build_automaton, read_table

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
# 第十三条、十四条: the second without 第
_NEXT_ARTICLE = re.compile(rf"(?:、|和|及)((?:[{_CN}]+|\d+)\s*条(?:\s*之[一二三四五六七八九十]+)?)")
# <食品安全法>第三条: from another keyboard; only in front of 第…条, for < is also less than
_ANGLED = re.compile(r"<([^<>\n]{2,40}(?:法|条例|办法|规定|细则))>(?=\s*第)")
# What may stand between two articles of one law: 、 和 及 或 ， 至.
_BETWEEN = re.compile(r"^(?:[、，,]|和|及|以及|或|或者|与|\s)*$")
_RANGE = re.compile(r"^\s*(?:至|到|-|—|－|~|～)\s*$")
# 《…》（以下简称《甲条例》）, （以下称“甲办法”）.
_SHORT = re.compile(
    r"^\s*[（(][^）)]{0,20}?(?:以下简称|以下称|下称|简称)\s*[:：]?\s*[《“\"]?([^》”\"）)]{2,30})[》”\"]?\s*[）)]"
)
# 该法第三条, 本条例, 上述办法, 前述规定, 同法.
_REFER = re.compile(
    r"(?:该|本|上述|前述|同|此)(法|条例|办法|规定|规则|细则|解释|意见|通知|规章|决定)(?=\s*第|[，。；、的中])|《(?:该|本)(法|条例|办法|规定)》"
)
# 《道路交通安全法》及其实施条例第六十二条: another document than the one named
_ITS_RULES = re.compile(r"其(实施(?:条例|细则|办法|规定))")
_SAME_ARTICLE = re.compile(rf"(?:前款|该条|本条|同条|该款)\s*({_CLAUSE})?\s*({_ITEM})?")
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


class _Name(NamedTuple):
    """A name in the text, resolved; ``bare`` is one that stands without 《》."""

    start: int
    end: int
    name: str
    bare: bool


def find_citations(text: str) -> tuple[CitationMention, ...]:
    """The citations of a text in order; one for each article named, one for a title alone.

    Names are 《…》, names of the register without 《》 before 第…条, short forms introduced by
    以下简称, and 该法/本条例/上述办法, which mean the last name of that kind. A bare 第十条 behind
    a name in the same sentence belongs to that name. Names are compared whole: 食品安全法实施
    条例第三条 is not 食品安全法.
    """
    names = _names(text)
    found: list[CitationMention] = []
    for number, name in enumerate(names):
        limit = names[number + 1].start if number + 1 < len(names) else len(text)
        found.extend(_parts(text, name, limit))
    return tuple(found)


def _names(text: str) -> list[_Name]:
    """All names in order, each resolved to its full title."""
    spans = [*title_spans(text), *(m.span() for m in _ANGLED.finditer(text))]
    titles = [
        _Name(start, end, re.sub(r"\s", "", text[start + 1 : end - 1]), False)
        for start, end in sorted(spans)
    ]
    shorts = _short_forms(text, titles)
    introduced = {s for _, spans in shorts.items() for s in spans[1]}
    resolved = [
        t._replace(name=shorts[t.name][0] if t.name in shorts else t.name)
        for t in titles
        if (t.start, t.end) not in introduced
    ]
    taken = [(t.start, t.end) for t in titles]
    bare = [n for n in _bare_names(text, shorts) if not _overlaps(n, taken)]
    names = sorted(resolved + bare)
    return _with_references(text, names)


def _overlaps(name: _Name, taken: list[tuple[int, int]]) -> bool:
    return any(s < name.end and name.start < e for s, e in taken)


def _short_forms(text: str, titles: list[_Name]) -> dict[str, tuple[str, list[tuple[int, int]]]]:
    """Short form -> (full name, spans of the titles that only introduce it)."""
    shorts: dict[str, tuple[str, list[tuple[int, int]]]] = {}
    for title in titles:
        match = _SHORT.match(text[title.end : title.end + 60])
        if match:
            start = title.end + match.start(1) - 1
            shorts[match.group(1)] = (title.name, [(start, title.end + match.end(1) + 1)])
    return shorts


@lru_cache(maxsize=1)
def _law_names() -> Automaton:
    names = national_titles() | {row[0] for row in read_table("law_short_names.tsv")}
    return build_automaton(name for name in names if len(name) > 1)


# A character before a law's name that makes it part of a longer one: 省|食品安全法.
_LONGER_BEFORE = re.compile(r"[\u4e00-\u9fff]")
_MAY_PRECEDE = re.compile(
    r"(?:根据|依据|按照|依照|违反|适用|参照|遵守|执行|贯彻|落实|学习|宣传|和|与|及|、|的|对|以|按|据|照|由|在|国家|我国|现行|新修订的?|修订后的?|新|原|宣贯|普及|实施|触犯|符合|即|是|《|关于|援引|结合|中|到|虽然|因)$"
)


def _bare_names(text: str, shorts: dict[str, tuple[str, list[tuple[int, int]]]]) -> Iterator[_Name]:
    """Register names and short forms without 《》, directly before 第…条."""
    hits: list[tuple[int, int, str]] = []
    if "条" in text:
        hits = [(end + 1 - len(n), end + 1, n) for end, n in _law_names().iter(text)]
    for short, (full, _) in shorts.items():
        hits += [(m.start(), m.end(), full) for m in re.finditer(re.escape(short), text)]
    hits.sort(key=lambda h: (h[0], -h[1]))
    last = -1
    for start, end, name in hits:
        if start < last or not re.match(
            r"[》”\"]?\s*第\s*[一二三四五六七八九十百千〇零\d]+\s*条", text[end:]
        ):
            continue
        before = text[max(0, start - 6) : start]
        if before and _LONGER_BEFORE.match(before[-1]) and not _MAY_PRECEDE.search(before):
            longer = _longer_name(text, start, end)
            yield _Name(longer, end, text[longer:end], True)
        else:
            yield _Name(start, end, name, True)
        last = end


def _longer_name(text: str, start: int, end: int) -> int:
    """The start of the longer name that a register name is only the end of."""
    from replygen.facts.candidates import stem_start

    return min(start, stem_start(text, start, 16))


def _with_references(text: str, names: list[_Name]) -> list[_Name]:
    """Add 该法, 本条例, 上述办法 as the last name before them that ends with that word."""
    added: list[_Name] = []
    for match in _REFER.finditer(text):
        kind = match.group(1) or match.group(2)
        before = [n for n in names if n.end <= match.start()]
        same = [n for n in before if re.sub(r"[（(].*", "", n.name).endswith(kind)]
        if before and not any(n.start <= match.start() < n.end for n in names):
            chosen = (same or before)[-1]
            if same or match.group()[0] in "该上前":
                added.append(_Name(match.start(), match.end(), chosen.name, True))
    for match in _ITS_RULES.finditer(text):
        before = [n for n in names if n.end <= match.start() <= n.end + 12]
        if before:
            base = before[-1].name.removeprefix("中华人民共和国")
            added.append(_Name(match.start(), match.end(), f"{base}{match.group(1)}", True))
    return sorted(names + added)


def _parts(text: str, name: _Name, limit: int) -> Iterator[CitationMention]:
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
        cited, previous = True, match
    if not cited and not name.bare:
        yield CitationMention(
            text[name.start : name.end], name.name, None, None, None, name.start, name.end
        )


def _irregular(text: str, name: _Name, limit: int) -> Iterator[CitationMention]:
    """第12-14条 and 《…》三十四条 directly behind a name."""
    if bare := _NO_ORDINAL.match(text, name.end - 1, limit):
        article = normalise_part(f"第{bare.group(1)}条")
        yield CitationMention(
            text[name.start : bare.end()], name.name, article, None, None, name.start, bare.end()
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


def _belongs(text: str, name: _Name, match: re.Match[str], cited: bool) -> bool:
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


def _between(name: _Name, first: re.Match[str], last: re.Match[str]) -> Iterator[CitationMention]:
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
    from replygen.facts.numbers import normalise_number

    match = re.search(rf"[{_CN}]+|\d+", part)
    digits = normalise_number(match.group()) if match and not match.group().isdigit() else None
    if match and match.group().isdigit():
        return int(match.group())
    return int(digits) if digits and digits.isdigit() else None


def normalise_part(part: str | None) -> str | None:
    """第1165条 -> 第一千一百六十五条, 第 (1) 项 -> 第（一）项; ``None`` stays ``None``."""
    if part is None:
        return None
    part = re.sub(r"\s", "", part)
    part = re.sub(r"\d+", lambda m: write_numeral(int(m.group())), part)
    part = re.sub(r"^第[（(]?([^（()）款条项]+)[）)]?$", r"第（\1）项", part)  # 第（二）、（三）项
    return re.sub(r"^第[（(]?([^（()）]+)[）)]?项$", r"第（\1）项", part)
