"""Document titles in 《》 and document numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from replygen.facts.candidates import Candidate
from replygen.facts.tables import read_table, read_words
from replygen.models import Scope

_STATE = "中华人民共和国"
_OPEN, _CLOSE = "《〈", "》〉"
_LONGEST = 120
# 云市监提复〔2026〕12号, 国办函[2006]82号, 子交函【2023】34号, 泰水（2024）86号, 国办发（2023）第3号.
_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{1,14}(?:[（(][\u4e00-\u9fff]{1,6}[）)])?(?:字|函|发|办)?)\s*"
    r"([〔\[【（(〖［])\s*((?:19|20)\d\d)\s*([〕\]】）)〗］])\s*(?:第\s*)?(\d{1,5}|[—_×xX*【序号】]{1,4})\s*号"
)
# 国家市场监督管理总局令第37号, 国务院令第721号, 主席令第七十号.
_ORDER = re.compile(
    r"((?:国务院|主席|国家[\u4e00-\u9fff]{2,14}|[\u4e00-\u9fff]{1,12}(?:总局|部|委|局|政府))?令)\s*[（(]?第\s*[\d一二三四五六七八九十百〇零]+\s*号[）)]?"
)
# GB/T 9704—2012, GB 2760-2024 (national), DB32/T 4000-2021 (local), T/XX 1-2020.
_STANDARD = re.compile(
    r"(?<![A-Za-z])(GB(?:/[TZ])?|JJ[FG]|[A-Z]{2}/T|DB\d{2,6}(?:/T)?|T/[A-Z]{2,8})\s?\d{1,6}(?:\.\d+)?\s?[-—–－]\s?\d{4}"
)
_NATIONAL_PREFIX = (
    "国发",
    "国办",
    "国函",
    "国市监",
    "中办",
    "中发",
    "中共",
    "工信部",
    "财",
    "发改",
    "教",
    "商",
)
_NATIONAL_NUMBER = re.compile(
    r"^(?:国发|国办发|国办函|国函|国令|中办发|中发|国市监[\u4e00-\u9fff]{0,4}|市监[\u4e00-\u9fff]{1,3}函?|发改[\u4e00-\u9fff]{2}|财税|财[建社教农行资综金库]|"
    r"人社部[发函规]|建[城房标质村科办市金]|教[\u4e00-\u9fff]{1,3}|工信部[\u4e00-\u9fff]{1,4}|商[\u4e00-\u9fff]{1,3}[发函]|公[通治]字?|民发|民函|国卫[\u4e00-\u9fff]{2,5}|"
    r"交[\u4e00-\u9fff]{2}发|水[\u4e00-\u9fff]{2,3}|农[\u4e00-\u9fff]{1,3}发|文旅[\u4e00-\u9fff]{2,4}|银发|税总[\u4e00-\u9fff]{0,3}|医保发|法释|法发|高检发[\u4e00-\u9fff]{0,4})$"
)


@lru_cache(maxsize=1)
def national_titles() -> frozenset[str]:
    """Titles of national documents, with and without 中华人民共和国."""
    titles = {_plain(title) for title in read_words("national_documents.tsv")}
    return frozenset(titles | {t.removeprefix(_STATE) for t in titles})


def _plain(title: str) -> str:
    """The title as it is compared: no white space, full-width brackets, no inner 《》."""
    title = re.sub(r"\s", "", title)
    return title.replace("(", "（").replace(")", "）").replace("〈", "《").replace("〉", "》")


def is_national_document(title: str) -> bool:
    """True for a title of the register, without 《》; never by a part of it."""
    plain = _plain(title.strip("《》〈〉"))
    bare = re.sub(r"（(?:20\d\d年?)?(?:修订|修正|修正案|新修订)[^）]*）$", "", plain)
    return plain in national_titles() or bare in national_titles() or _is_central(plain)


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
        opened = next((i for i in range(position, len(text)) if text[i] in _OPEN), -1)
        if opened < 0:
            break
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


def find_documents(text: str, places: Sequence[tuple[int, int]] = ()) -> Iterator[Candidate]:
    """Titles in 《》 (national by the register, local with a place in them) and 文号."""
    for start, end in title_spans(text):
        title = _plain(text[start + 1 : end - 1])
        scope: Scope = "unknown"
        if is_national_document(title):
            scope = "national"
        elif any(start <= s and e <= end for s, e in places):
            scope = "local"
        yield Candidate("document", start, end, title, scope, 9)
    for match in _NUMBER.finditer(text):
        yield from _number(text, match)
    for match in _ORDER.finditer(text):
        scope = (
            "national"
            if re.match("国务院|主席|国家|.*(?:总局|部)令", match.group(1))
            else "unknown"
        )
        yield Candidate("doc_number", *match.span(), re.sub(r"\s", "", match.group()), scope, 6)
    for match in _STANDARD.finditer(text):
        scope = "local" if match.group(1).startswith("DB") else "national"
        if match.group(1).startswith("T/"):
            scope = "unknown"
        normal = re.sub(r"\s", "", match.group()).replace("-", "—").replace("–", "—")
        yield Candidate("doc_number", *match.span(), normal, scope, 6)


def _number(text: str, match: re.Match[str]) -> Iterator[Candidate]:
    from replygen.facts.candidates import stem_start

    start = max(match.start(1), stem_start(text, match.end(1), 14))
    prefix = text[start : match.end(1)]
    if not prefix:
        return
    scope: Scope = "national" if _NATIONAL_NUMBER.match(prefix) else "local"
    normal = f"{prefix.strip()}〔{match.group(3)}〕{match.group(5)}号"
    yield Candidate("doc_number", start, match.end(), normal, scope, 9)
