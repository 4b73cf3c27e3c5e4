"""The names of laws in a text: in 《》, without them, short forms, and 该法."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from replygen.entities.documents import national_titles, title_spans
from replygen.entities.tables import Automaton, build_automaton
from replygen.laws.editions import Named, read_edition
from replygen.laws.tables import read_table, read_toml
from replygen.laws.titles import is_law_like, is_vague
from replygen.parsing import to_simplified

_CN = "〇零一二三四五六七八九十百千"
# 其第九十条规定: of the law named last
_ITS_ARTICLE = re.compile(rf"其(?=第\s*(?:[{_CN}]+|\d+)\s*条)")
# 根据合同法的规定, 违反食品安全法，: a law's name without 《》 and without an article
_RELIED_ON = re.compile(r"(?:根据|依据|按照|依照|违反|适用|遵守|遵照)(?:了|我国|国家)?$")
_RELIED_END = re.compile(
    r"[》”\"]?(?:的|之|等)?(?:规定|有关|相关|要求|[，、。；]|和|及|与|条款|精神)"
)
# 《中華人民共和國食品安全法》第三十四條 inside a text in simplified characters
_TRADITIONAL = re.compile(
    r"[《<][^《》<>\n]{2,60}[》>]|[^，。；《》\n]{2,30}(?=第[^，。；\n]{1,8}條)"
)
_TRADITIONAL_PART = re.compile(rf"(第[（(]?(?:[{_CN}]+|\d+)[）)]?\s*)([條項])")
# <食品安全法>第三条: from another keyboard; only in front of 第…条, for < is also less than
_ANGLED = re.compile(r"<([^<>\n]{2,40}(?:法|条例|办法|规定|细则))>(?=\s*第)")
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


# 有关法律第二十条, 相关法规第八条: which one is not told
_UNTOLD = re.compile(
    rf"(?:(?:有关|相关|国家有关|现行|新|旧|上位)(?:法律法规|法律|法规|规章|条例|规定|规|法)|前述)(?=第\s*(?:[{_CN}]+|\d+)\s*条)"
)


class Name(NamedTuple):
    """A name in the text, resolved; ``bare`` is one that stands without 《》, ``alone`` a bare
    one that is a citation without an article."""

    start: int
    end: int
    name: str
    bare: bool
    edition: Named | None = None
    alone: bool = False


def simplify(text: str) -> str:
    """The text with names and numbers in simplified characters, of the same length."""
    if not re.search("[條項國華產權處罰營護環]", text):
        return text
    text = _TRADITIONAL.sub(lambda m: to_simplified(m.group()), text)
    return _TRADITIONAL_PART.sub(lambda m: m[1] + {"條": "条", "項": "项"}[m[2]], text)


def find_names(text: str) -> list[Name]:
    """Return all names of a text (:func:`simplify`) in order, each resolved to its full title
    and with the edition that the words around it name."""
    spans = [*title_spans(text), *(m.span() for m in _ANGLED.finditer(text))]
    titles = [
        Name(start, end, re.sub(r"\s", "", text[start + 1 : end - 1]), False)
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
    taken += [(n.start, n.end) for n in bare]
    bare += [n for n in _unknown_names(text) if not _overlaps(n, taken)]
    names = [n._replace(edition=_edition(text, n)) for n in sorted(resolved + bare)]
    return _with_references(text, names)


def _edition(text: str, name: Name) -> Named | None:
    return read_edition(text[: name.start], name.name, text[name.end : name.end + 40])


def _overlaps(name: Name, taken: list[tuple[int, int]]) -> bool:
    return any(s < name.end and name.start < e for s, e in taken)


def _short_forms(text: str, titles: list[Name]) -> dict[str, tuple[str, list[tuple[int, int]]]]:
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
    listed = (*read_table("law_short_names.tsv"), *read_table("register.tsv"))
    names = national_titles() | {row[0] for row in listed}
    return build_automaton(name for name in names if len(name) > 1)


def name_before(text: str, at: int) -> str:
    """The law that stands without 《》 before a bracket that opens at ``at``: 广告法|（主席令…."""
    end = at - 1
    if text[end : end + 1] not in ("（", "("):
        return ""
    start = max(0, end - 30)
    hits = [n for last, n in _law_names().iter(text[start:end]) if start + last + 1 == end]
    return max(hits, key=len, default="")


_BEFORE_ARTICLE = re.compile(r"[》”\"]?\s*第\s*[一二三四五六七八九十百千〇零\d]+\s*[条、]")
# A character before a law's name that makes it part of a longer one: 省|食品安全法.
_LONGER_BEFORE = re.compile(r"[\u4e00-\u9fff]")
_MAY_PRECEDE = re.compile(
    r"(?:根据|依据|按照|依照|违反|适用|参照|遵守|执行|贯彻|落实|学习|宣传|和|与|及|、|的|对|以|按|据|照|由|在|国家|我国|现行|新修订的?|修订后的?|新|原|宣贯|普及|实施|触犯|符合|即|是|《|关于|援引|结合|中|到|虽然|因)$"
)


def _bare_names(text: str, shorts: dict[str, tuple[str, list[tuple[int, int]]]]) -> Iterator[Name]:
    """Register names and short forms without 《》, directly before 第…条."""
    hits: list[tuple[int, int, str]] = []
    if "条" in text or re.search("法|条例", text):
        hits = [(end + 1 - len(n), end + 1, n) for end, n in _law_names().iter(text)]
    for short, (full, _) in shorts.items():
        hits += [(m.start(), m.end(), full) for m in re.finditer(re.escape(short), text)]
    hits.sort(key=lambda h: (h[0], -h[1]))
    last = -1
    for start, end, name in hits:
        if start < last:
            continue
        before = text[max(0, start - 6) : start]
        if not _BEFORE_ARTICLE.match(text, end):
            if _RELIED_ON.search(before) and _RELIED_END.match(text, end):
                yield Name(start, end, name, True, alone=True)
                last = end
            continue
        if before and _LONGER_BEFORE.match(before[-1]) and not _MAY_PRECEDE.search(before):
            longer = _longer_name(text, start, _LONGER)
            if _is_sentence(text[longer:start]):  # 须注意|专利法, 见|个人信息保护法
                longer = start
            yield Name(longer, end, text[longer:end] if longer < start else name, True)
        else:
            yield Name(start, end, name, True)
        last = end


# 农村互助养老促进法|第六条: a name that no list has
_UNKNOWN = re.compile(rf"(?:法|条例|办法|规定|细则)(?=第\s*(?:[{_CN}]+|\d+)\s*条)")
_LONGER = 16  # characters that a longer name may have before a register name
_SHORTEST = 4  # characters; a shorter name may be anything's
_LONGEST = 24
_HAN_RUN = re.compile(r"[\u4e00-\u9fff、]*$")
_OPENS = re.compile(r"(?:违反|根据|依据|按照|依照|适用|对照)(?=[\u4e00-\u9fff])")  # 违|反省|物业
_NO_NAME = re.compile(r"[省市县州区旗本该其此同]|第|上述|前述|有关|相关")
_POINTING = frozenset("该本此其述同")  # 该|条例


def _unknown_names(text: str) -> Iterator[Name]:
    """Names without 《》 and in no list, directly before 第…条, that end as statutes do. Those of
    a place that is not told (省食品安全条例) are left out: nobody can say which one is meant."""
    for match in _UNKNOWN.finditer(text):
        if text[match.start() - 1 : match.start()] in _POINTING:
            continue
        start = _start_of_name(text, match.start())
        opens = _OPENS.match(text, start, match.start())
        start = opens.end() if opens else start
        name = text[start : match.end()]
        told = len(name) >= _SHORTEST and not _NO_NAME.match(name)
        if told and is_law_like(name) and not is_vague(name):
            yield Name(start, match.end(), name, True)


def _start_of_name(text: str, end: int) -> int:
    """Where the name begins whose last word begins at ``end``."""
    from replygen.entities.prose import cut_tokens

    run = _HAN_RUN.search(text, max(0, end - _LONGEST), end)
    leads = read_toml("rules.toml")["names"]["leads"]
    start = end
    for token in reversed(cut_tokens(run.group()) if run else ()):
        if token in leads:
            break
        start -= len(token)
    return start


def _is_sentence(run: str) -> bool:
    """True when what stands before a law's name ends with a word that no title has there."""
    from replygen.entities.prose import cut_tokens, sort_one, sort_word

    last = cut_tokens(run)[-1] if run else ""
    if len(last) == 1:
        return sort_one(last) == "J" or last in "见看查引按照依据如若凡系属"
    return bool(last) and (sort_word(last) in "VW" or last in _SAID)


_SAID = frozenset(
    "一点 这点 这里 问题 方面 情况 行为 注意 参见 详见 可见 参考 对照 查阅 翻开 依据".split()
)


def _longer_name(text: str, start: int, longest: int) -> int:
    """The start of the longer name that the words behind ``start`` are only the end of."""
    from replygen.entities.candidates import stem_start

    return min(start, stem_start(text, start, longest))


def _with_references(text: str, names: list[Name]) -> list[Name]:
    """Add 该法, 本条例, 上述办法 as the last name before them that ends with that word, and
    有关法律 as what it is."""
    added = [
        Name(*m.span(), m.group(), True)
        for m in _UNTOLD.finditer(text)
        if not any(n.start < m.end() and m.start() < n.end for n in names)
        and (m.group() != "前述" or not names)
    ]
    for match in _REFER.finditer(text):
        kind = match.group(1) or match.group(2)
        before = [n for n in names if n.end <= match.start()]
        same = [n for n in before if re.sub(r"[（(].*", "", n.name).endswith(kind)]
        if before and not any(n.start <= match.start() < n.end for n in names):
            chosen = (same or before)[-1]
            if same or match.group()[0] in "该上前":
                added.append(Name(match.start(), match.end(), chosen.name, True, chosen.edition))
    for match in _ITS_ARTICLE.finditer(text):
        before = [n for n in names if n.end <= match.start() <= n.end + 120]
        if before:
            last = before[-1]
            added.append(Name(match.start(), match.end(), last.name, True, last.edition))
    for match in _ITS_RULES.finditer(text):
        before = [n for n in names if n.end <= match.start() <= n.end + 12]
        if before:
            base = before[-1].name.removeprefix("中华人民共和国")
            added.append(Name(match.start(), match.end(), f"{base}{match.group(1)}", True))
    return sorted(names + added)
