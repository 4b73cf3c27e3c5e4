"""List marks: 一、 （一） 1. （1） 一是 第一， 首先 ① A. 第一条, one grammar for the house.

:func:`read_mark` and :func:`strip_mark` ask what a line or sentence begins with (an item, a
heading); :func:`find_chains` finds enumerations inside a text, where a number counts only as
part of a sequence (1, 2, 3): dates, decimals and shop numbers look like marks but never
continue one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from replygen.language.numerals import read_numeral

_CN = "一二三四五六七八九十"
# signs of one character that hold their number: ① ⑴ ⒈ ㈠ Ⅰ
_SIGNS = {
    "①": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "❶": "❶❷❸❹❺❻❼❽❾❿",
    "（1）": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", "1.": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "（一）": "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", "Ⅰ": "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ",
}  # fmt: skip
_LAST = 999
"""The number of 最后: it ends a sequence, whatever its length."""

HEADING = rf"(?:[{_CN}]{{1,3}}[、.．]|[（(][{_CN}]{{1,3}}[)）])"
"""一、 or （一） as a pattern, for what stands behind it in one line."""

LEVELS = {
    "part": 0, "一、": 1, "（一）": 2, "1.": 3, "（1）": 4, "1）": 4, "①": 5, "A.": 4,
    "第一": 2, "首先": 3, "一是": 3, "其一": 3, "建议一": 1, "Ⅰ": 1, "❶": 5, "a.": 5,
    "第一章": 0, "第一条": 1, "1.1": 4, "•": 6,
}  # fmt: skip
"""How deep a style stands by custom (GB/T 9704—2012 7.3.3: 一、（一）1.（1）)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One number in a text: ``text[start:end]`` is the number with its punctuation.

    ``family`` joins what authors mix (1. and 1、), ``style`` keeps them apart; ``strong``
    says that it stands where a sentence may begin.
    """

    family: str
    style: str
    number: int
    start: int
    end: int
    strong: bool


# each row: family, pattern (group 1 is the number); the source form is the comment
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # 一、加强领导 · 二.完善机制 · 三，… ; not 一、二级 · 三、四线
    ("一、", re.compile(
        rf"(?<![{_CN}第星周其专唯统同万百千零〇])([{_CN}]{{1,3}})([、.．]"
        rf"|，(?=[^{_CN}]))(?![{_CN}]、"
        rf"|[{_CN}][^{_CN}是要]?[级线类])"
    )),
    # （一）强化协同联动
    ("（一）", re.compile(rf"[（(]\s*([{_CN}]{{1,3}})\s*[)）][、.．]?")),
    # （1）设计 · (2) 布局
    ("（1）", re.compile(r"[（(]\s*(\d{1,2})\s*[)）][、.．]?")),
    # 1）设计
    ("1）", re.compile(r"(?<![\d（(.．/])(\d{1,2})[)）]")),
    # 1.规划 · 2、建设 · 3．… · 4；… · 5： ; not 1.2万, 2019.1
    ("1.", re.compile(
        r"(?<![\d.．/~年月－～A-Za-z%％∶:第-])(\d{1,2})\s?([、.．，；：]|[.．]、"
        r"|,(?!\d))(?!\d+[、号.%％]"
        r"|\d+(?:\.\d+)?[万亿个元℃倍])(?=\D|(?:19|20)\d\d年|\d+[G后])"
    )),
    # ①应使用 · ⑴ · ㈠
    *((family, re.compile(rf"([{signs}])[、.．]?")) for family, signs in _SIGNS.items()),
    # A.总体
    ("A.", re.compile(r"(?<![A-Za-z0-9])([A-H])[、.．](?![A-Za-z0-9])")),
    # 一是部门联动 · 二要加强 · 三则 ; not 唯一是
    ("一是", re.compile(
        rf"(?<![{_CN}唯之万其单统同专合第])([{_CN}]{{1,2}})(是(?!否)|要|则|需(?!求)|应(?!用|急"
        rf"|对))[，：]?(?!然)"
    )),
    # 第一，条块分割 · 第二、 · 第三是 · 第四:
    ("第一", re.compile(
        rf"第([{_CN}]{{1,2}})(?:[、，：,:]|是(?=\S)|点[，：是]|方面[，：]|条[，：])"
    )),
    # 其一，…其二，…
    ("其一", re.compile(rf"其([{_CN}])(?:[、，：]|是)")),
    # 首先，…其次，…再次，…最后，
    ("首先", re.compile(r"(首先|其次|再次|再者|最后)(?:[，、：是要]|(?=[应加从建]))")),
    # 建议一：… · 建议2：
    ("建议一", re.compile(rf"(?:建议|对策|措施)([{_CN}]{{1,2}}|\d{{1,2}})[：:、.]")),
)  # fmt: skip
# what numbers only at the start of a line; inside a text it is something else
_AT_START: tuple[tuple[str, re.Pattern[str]], ...] = (
    # 第一部分 · 第三章 总则
    ("第一章", re.compile(rf"第\s?([{_CN}百零\d]{{1,5}})\s?(?:部分|[编章节])[：:、\s]*")),
    # 第三条 申请… · 第十二条之一; not 第三条规定, 第三条第二款
    (
        "第一条",
        re.compile(
            rf"第\s?([{_CN}百千零〇\d]{{1,7}})\s?条(?:之[{_CN}]+)?(?:[\s:：、]+|(?![款项之的规第、和或至及，]))"
        ),
    ),
    # （一百一十二）
    ("（一）", re.compile(rf"[（(]\s*([{_CN}百零]{{2,6}})\s*[)）][、.．]?")),
    # 1.1 · 2.3.1、 ; not 1.2亿元, 1.5倍
    (
        "1.1",
        re.compile(
            r"(\d{1,2}(?:[.．]\d{1,2}){1,3})(?:[、.．](?!\d)|\s+(?=[^\d\s万亿])|(?=[\u4e00-\u9fff])"
            r"(?![万亿千百十元米吨倍个度公平成亩分]))"
        ),
    ),
    ("Ⅰ", re.compile(r"([IVX]{1,4})[、.．](?![A-Za-z0-9])")),
    ("A.", re.compile(r"[（(]?([A-H])[)）](?![A-Za-z0-9])")),
    ("a.", re.compile(r"[（(]?([a-h])[、.．)）](?![A-Za-z0-9.])")),
    ("•", re.compile(r"()(?:[•●◆■▪★☆➢]\s*|[-–—·]+\s+)")),
)
_ROMAN = {name: n for n, name in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)}
_BEFORE_MARK = re.compile(r"[\s\u3000#*>]*")
_AFTER_MARK = re.compile(r"[\s\u3000*]*")
_ORDINALS = {"首先": 1, "其次": 2, "再次": 3, "再者": 4, "最后": _LAST}
_BOUNDARY = re.compile(r"[\n。；：！？…，”’）》】\s\ufffd.;:!?)]$|[—－-]$")


def number_value(text: str) -> int:
    """Return the value of a mark's number: 十二 → 12, ③ → 3, B → 2, 其次 → 2."""
    if text in _ORDINALS:
        return _ORDINALS[text]
    for signs in _SIGNS.values():
        if text and text in signs:
            return signs.index(text) + 1
    if re.fullmatch("[A-Ha-h]", text):
        return ord(text.upper()) - ord("A") + 1
    return read_numeral(text) or _ROMAN.get(text, 0)


def read_mark(line: str) -> Mark | None:
    """Return the mark that a line or sentence begins with, white space and the stars of
    markdown around it taken in, or ``None``."""
    before = _BEFORE_MARK.match(line)
    start = before.end() if before else 0
    for family, pattern in (*_PATTERNS, *_AT_START):
        if match := pattern.match(line, start):
            style = family + (match.group(2) if pattern.groups > 1 else "")
            after = _AFTER_MARK.match(line, match.end())
            end = after.end() if after else match.end()
            return Mark(family, style, number_value(match.group(1)), start, end, True)
    return None


def strip_mark(line: str) -> str:
    """Return a line without the marks it begins with (（一）1. is two) and without stars."""
    line = line.replace("**", "").strip()
    while mark := read_mark(line):
        line = line[mark.end :].strip()
    return line


def find_marks(text: str) -> tuple[Mark, ...]:
    """Return everything in the text that looks like a number of an enumeration, in
    order. Look-alikes are included; :func:`find_chains` keeps what forms sequences."""
    marks: list[Mark] = []
    for family, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            style = family + (match.group(2) if pattern.groups > 1 else "")
            before = text[: match.start()]
            strong = not before.strip() or bool(_BOUNDARY.search(before))
            marks.append(Mark(family, style, number_value(match.group(1)), *match.span(), strong))
    return tuple(sorted(marks, key=lambda m: (m.start, -m.end)))


def find_chains(text: str) -> tuple[tuple[Mark, ...], ...]:
    """Return the sequences (1, 2, 3 …; two marks at least) in the text, by the place of
    their first mark. A new 1 of the same family begins a new sequence."""
    marks = find_marks(text)
    chains: list[tuple[Mark, ...]] = []
    for family in dict.fromkeys(family for family, _ in _PATTERNS):
        own = [m for m in marks if m.family == family and m.number]
        chains += _chains_of(own)
    return tuple(sorted(chains, key=lambda c: c[0].start))


def _chains_of(marks: Sequence[Mark]) -> Iterator[tuple[Mark, ...]]:
    position = 0
    while position < len(marks):
        first = marks[position]
        position += 1
        if first.number != 1:
            continue
        chain, position = _follow(marks, position, first)
        if len(chain) > 1:
            yield tuple(chain)


def _follow(marks: Sequence[Mark], position: int, first: Mark) -> tuple[list[Mark], int]:
    """Follow a sequence from its 1 up to the next 1; return it and where to go on."""
    chain = [first]
    while position < len(marks):
        mark = marks[position]
        if mark.number == 1 and mark.strong:
            break
        if _takes(chain[-1], mark, marks[position + 1 :]):
            chain.append(mark)
        position += 1
    return chain, position


def _takes(last: Mark, mark: Mark, rest: Sequence[Mark]) -> bool:
    if mark.number == _LAST:
        return True
    if mark.number == last.number + 1:
        return mark.strong or not _strong_ahead(mark.number, rest)
    if mark.number == last.number + 2 and mark.strong:
        return not any(m.number == last.number + 1 and m.strong for m in rest[:4])
    return False


def _strong_ahead(number: int, rest: Sequence[Mark]) -> bool:
    """Say whether a better mark of this number comes before the next number does."""
    for mark in rest:
        if mark.strong and mark.number == number:
            return True
        if mark.strong and mark.number == number + 1:
            return False
    return False
