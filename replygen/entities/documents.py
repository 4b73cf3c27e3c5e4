"""Document titles in 《》 and document numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from replygen.entities.candidates import Candidate, stem_start
from replygen.entities.tables import Automaton, build_automaton, read_table, read_words
from replygen.models import Scope

_STATE = "中华人民共和国"
_AGREED = ("公约", "议定书", "协定", "协议", "条约", "宣言", "宪章")
_OPEN, _CLOSE = "《〈", "》〉"
_TITLE_OPEN = re.compile(r"[《〈]")
_LONGEST = 120
# 云市监提复〔2026〕12号, 国办函[2006]82号, 子交函【2023】34号, 泰水（2024）第86号.
_NUMBER = re.compile(
    r"[〔\[【（(〖［]\s*((?:19|20)\d\d)\s*[〕\]】）)〗］]\s*"
    r"(?:第\s*)?(\d{1,5}|[—_×xX*]{1,4}|【[^】]{1,6}】)\s*号"
)
_PREFIX = re.compile(r"[\u4e00-\u9fff]{1,14}(?:[（(][\u4e00-\u9fff]{1,6}[）)])?\s*$")
# 国家市场监督管理总局令第37号, 国务院令第721号, 主席令第七十号.
_ORDER = re.compile(
    r"(?:国务院|主席|国家[\u4e00-\u9fff]{2,14}|市场监管总局|[\u4e00-\u9fff]{2,8}(?:部|署|政府))?令"
    r"\s*[（(]?第\s*[\d一二三四五六七八九十百〇零]+\s*号[）)]?"
)
# GB/T 9704—2012, GB 2760-2024 (national), DB32/T 4000-2021 (local), T/XX 1-2020.
_STANDARD = re.compile(
    r"(?<![A-Za-z])(GB(?:/[TZ])?|JJ[FG]|[A-Z]{2}/T|DB\d{2,6}(?:/T)?|T/[A-Z]{2,8})"
    r"\s?\d{3,6}(?:\.\d+)?(?:\s?[-—–－]\s?\d{4})?(?![\d.])"
)


@lru_cache(maxsize=1)
def national_titles() -> frozenset[str]:
    """Titles of national documents, with and without 中华人民共和国."""
    titles = {_fold_title(title) for title in read_words("national_documents.tsv")}
    return frozenset(titles | {t.removeprefix(_STATE) for t in titles})


@lru_cache(maxsize=1)
def _treaties() -> Automaton:
    """What states have agreed on, which is written without marks as well."""
    titles = read_words("national_documents.tsv")
    return build_automaton(title for title in titles if title.endswith(_AGREED))


def _fold_title(title: str) -> str:
    """The title as it is compared: no white space, full-width brackets, no inner 《》."""
    title = re.sub(r"\s", "", title)
    return title.replace("(", "（").replace(")", "）").replace("〈", "《").replace("〉", "》")


def is_national_document(title: str) -> bool:
    """True for a title of the register, without 《》; never by a part of it."""
    plain = _fold_title(title.strip("《》〈〉"))
    bare = re.sub(r"（(?:20\d\d年?)?(?:修订|修正|修正案|新修订)[^）]*）$", "", plain)
    known = plain in national_titles() or bare in national_titles()
    return known or _is_central(plain) or _TREATY.search(plain) is not None


# 区域全面经济伙伴关系协定, 儿童权利公约, 关于汞的水俣公约: between states; 市民公约 is a town's
_TREATY = re.compile(
    "(?:协定|议定书|条约|宪章)$|框架公约$|^关于[\u4e00-\u9fff]{1,30}公约$|(?:国际|联合国|世界|权利|物种|多样性|气候|海洋法|仲裁|版权)[\u4e00-\u9fff]{0,14}公约$"
)
_PAPERS = "标准|规范|规定|规程|制度|办法|规则|要求|细则"
# 技术标准和管理规定: papers of two kinds; 作抵押|的办法: a way; 相应的|考核办法, 规定|设置的标志:
# no paper at all
_GENERAL_PAPER = re.compile(
    rf"(?:{_PAPERS})(?:和|与|及|以及|或者?|、)[\u4e00-\u9fff]{{0,6}}(?:{_PAPERS})$"
    rf"|(?:相应|相关|有关|配套|各项|具体|下列)的?[\u4e00-\u9fff]{{0,6}}(?:{_PAPERS})$|^(?:规定|要求|约定|标准)"
    r"|^(?!.*关于).*(?<!管理)的办法$"
)


def is_general_paper(title: str) -> bool:
    """Return whether what reads like a title without its marks names no one paper."""
    return _GENERAL_PAPER.search(title) is not None


@lru_cache(maxsize=1)
def _issuers() -> tuple[str, ...]:
    return tuple(r[0] for r in read_table("national.tsv") if r[1] == "organisation")


def _is_central(title: str) -> bool:
    """A title that opens with its national issuer: 国务院关于…, 市场监管总局关于…."""
    opening, found, _ = title.partition("关于")
    if not found or not opening:
        return False
    rest = opening
    for name in sorted(_issuers(), key=len, reverse=True):
        rest = rest.replace(name, "")
    return not re.sub(r"[、等和部门办公厅室]", "", rest)


def title_spans(text: str) -> list[tuple[int, int]]:
    """The outermost 《…》 of a text as (start, end), brackets included; nested ones are inside."""
    spans: list[tuple[int, int]] = []
    position = 0
    while position < len(text):
        first = _TITLE_OPEN.search(text, position)
        if not first:
            break
        opened = first.start()
        closed = _closing(text, opened)
        if closed is None:
            position = opened + 1
        else:
            spans.append((opened, closed))
            position = closed
    return spans


def _closing(text: str, opened: int) -> int | None:
    """The end of the title that opens here. 《关于印发《甲办法》的通知》 nests; a missing
    outer 》 ends at the last one found."""
    depth, last = 0, None
    for position in range(opened, min(len(text), opened + _LONGEST)):
        char = text[position]
        if char in _OPEN:
            if last is not None and depth == 0:
                break
            depth += 1
        elif char in _CLOSE:
            depth -= 1
            last = position + 1
            if depth == 0:
                return last
        elif char in "。！？" or (char == "\n" and text[position + 1 : position + 2] == "\n"):
            break
    return last


# “诚信直播倡议书”, <直播电商管理规范>, 『…方案』: titles in other marks
_OTHER_MARKS = re.compile(
    r"(?:[“\"『「]([\u4e00-\u9fff、（）()\d]{4,40}?(?:倡议书|承诺书|公约|白皮书|方案|办法|规定|规范|意见|指引|细则|条例|规划|通知|通告|指南|清单|手册|标准|制度|计划|红黑榜))[”\"』」]"
    r"|[<＜]{1,2}([\u4e00-\u9fff、（）()\d]{4,60}?)[>＞]{1,2})"
)
# 国务院办公厅印发的《…》, 《…》由市场监管总局公布, 《…规范》（GB 17761—2018）: the text says it
_ISSUED_BEFORE = re.compile(
    r"(?:联合|共同)?(?:印发|出台|发布|公布|制定|颁布|下发)(?:实施)?(?:了|的)?$"
)
_AND_OTHERS = re.compile(r"(?:等(?:[\d一二三四五六七八九十]*个?)?(?:部门|部委)?|办公厅|办公室)$")
_ISSUED_AFTER = re.compile(
    r"(?:由|是)(?P<who>[\u4e00-\u9fff]{2,12}?)(?:联合|共同)?(?:印发|出台|发布|公布|制定|颁布)|[（(]\s?(?:GB|JJ[FG])"
)
_CODE = re.compile(r"号|[—-]|[A-Z]{2}")
# 第0371号提案: another paper than the one that is answered
_PAPER = re.compile(r"第\s?\d{1,5}\s?号(?=提案|建议|议案)")
# 吉政发2023年第12号: the number without brackets
_BARE_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,10}?(?:发|函|字|办|复|规)(?:19|20)\d\d年?第?\d{1,4}号"
)


def _is_issued_nationally(text: str, start: int, end: int) -> bool:
    """True when a national body is named as the issuer directly before or behind a title."""
    before = _ISSUED_BEFORE.search(text, max(0, start - 10), start)
    if before:
        head = text[max(0, before.start() - 16) : before.start()]
        head = _AND_OTHERS.sub("", head)
        return any(head.endswith(name) for name in _issuers() if len(name) > 2)
    head = _AND_OTHERS.sub("", text[max(0, start - 20) : start])
    if any(head.endswith(name) for name in _issuers() if len(name) > 2):
        return True
    after = _ISSUED_AFTER.match(text, end)
    return bool(after and (after["who"] is None or after["who"] in _issuers()))


def find_documents(text: str, places: Sequence[tuple[int, int]] = ()) -> Iterator[Candidate]:
    """Titles in 《》 (national by the register, local with a place in them) and 文号."""
    for start, end in title_spans(text):
        title = _fold_title(text[start + 1 : end - 1])
        scope: Scope = "unknown"
        if is_national_document(title):
            scope = "national"
        elif any(start <= s and e <= end for s, e in places):
            scope = "local"
        elif _is_issued_nationally(text, start, end):
            scope = "national"
        yield Candidate("document", start, end, title, scope, 9)
    for last, title in _treaties().iter(text):  # 又称|拉姆萨尔公约
        yield Candidate("document", last + 1 - len(title), last + 1, title, "national", 9)
    yield from _find_in_other_marks(text)
    yield from _find_bare_titles(text, places)
    for match in _NUMBER.finditer(text):
        yield from _number(text, match)
    if _CODE.search(text):
        yield from _find_codes(text)


# 发布|长三角地区电子商务平台管理规范指引: a title without marks, behind a verb, from a place on
_TITLE_VERB = re.compile(
    r"(?:印发|发布|出台|制定|制订|编制|修订|颁布|公布|依照|依据|根据|按照|参照|落实|执行)(?:了|的)?[“\"]?$"
)
_BARE_TITLE = re.compile(
    r"[\u4e00-\u9fff]{2,28}?(?:办法|规定|条例|指引|规范|方案|细则|规划|标准|公约|白皮书|若干意见|意见|导则)+(?![\u4e00-\u9fff]*》)"
)


_VAGUE = re.compile(r"有关|相关|上述|统一|具体|现行")


def _find_bare_titles(text: str, places: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
    for start, end in places:
        if not _TITLE_VERB.search(text, max(0, start - 5), start):
            continue
        title = _BARE_TITLE.match(text, end)
        if title and not _VAGUE.search(title.group()):
            yield Candidate("document", start, title.end(), text[start : title.end()], "local", 5)


def _find_in_other_marks(text: str) -> Iterator[Candidate]:
    scope: Scope
    for match in _OTHER_MARKS.finditer(text):
        title = _fold_title(match.group(1) or match.group(2))
        scope = "national" if is_national_document(title) else "unknown"
        yield Candidate("document", *match.span(), title, scope, 6)


def _find_codes(text: str) -> Iterator[Candidate]:
    """Numbers of papers, orders and standards, and 文号 without brackets."""
    scope: Scope
    for match in _PAPER.finditer(text):
        yield Candidate("doc_number", *match.span(), re.sub(r"\s", "", match.group()), "unknown", 6)
    for match in _BARE_NUMBER.finditer(text):
        start = stem_start(text, match.end() - 1, len(match.group()))
        yield Candidate(
            "doc_number", max(start, match.start()), match.end(), match.group(), "local", 6
        )
    for match in _ORDER.finditer(text):
        scope = "local" if "政府令" in match.group() else "national"
        yield Candidate("doc_number", *match.span(), re.sub(r"\s", "", match.group()), scope, 6)
    for match in _STANDARD.finditer(text):
        scope = "local" if match.group(1).startswith("DB") else "national"
        if match.group(1).startswith("T/"):
            scope = "unknown"
        normal = re.sub(r"\s", "", match.group()).replace("-", "—").replace("–", "—")
        yield Candidate("doc_number", *match.span(), normal, scope, 6)


def _number(text: str, match: re.Match[str]) -> Iterator[Candidate]:
    before = _PREFIX.search(text, max(0, match.start() - 24), match.start())
    if not before:
        return
    start = before.start()
    if not text[start : match.start()].rstrip().endswith(("）", ")")):
        end = start + len(before.group().rstrip())
        start = max(start, stem_start(text, end, 14))
    prefix = text[start : match.start()].strip()
    if not prefix:
        return
    scope: Scope = "national" if _is_national_number(prefix) else "local"
    normal = f"{prefix}〔{match.group(1)}〕{match.group(2)}号"
    yield Candidate("doc_number", start, match.end(), normal, scope, 9)


def _is_national_number(agency: str) -> bool:
    """True for the agency words of the register (国办发, 国市监…); compared whole."""
    register = read_words("national_numbers.tsv")
    if agency in register:
        return True
    return any(word[-1] == "*" and agency.startswith(word[:-1]) for word in register)
