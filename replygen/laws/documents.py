"""National documents that are no statutes, and standards: found in a text, and judged.

The register (data/documents.tsv, data/standards.tsv) is made by tools/build_documents.py. A row
says in how many public places its number was seen. One that was seen in none never proves a
number wrong nor a document right: it only helps the reader who looks the document up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from replygen.entities.candidates import Candidate
from replygen.entities.documents import find_documents
from replygen.language.dates import tell_date
from replygen.laws.names import name_before
from replygen.laws.normalise import normalise_doc_number
from replygen.laws.tables import read_table
from replygen.laws.titles import normalise_title
from replygen.laws.verdicts import Judgement

_CHECK = "请对照原文核对名称和文号"
_LEAST = 0.8  # likeness of titles (0..1) from which they are one title written otherwise
# 国务院办公厅|关于…: the issuer before a title, which a text may say outside of 《》
_ISSUER = re.compile(r"^[^《》]{2,60}?(?=关于)")
# 国务院关于印发《全民健身计划》的通知: the document that is sent out
_SENT_OUT = re.compile(r"印发(?:实施)?[《<]?(.{6,}?)[》>]?的(?:通知|批复|函)$")
# GB 50016—2014, GB/T9704-2012: base and year
_STANDARD = re.compile(
    r"([A-Z]{2,3}(?:/[TZ])?)\s?(\d+(?:\.\d+)?)(?:\s?[—–－-]\s?((?:19|20)?\d\d))?"
)
# （2016—2020年）: the years of a plan
_YEARS = re.compile(r"(?:19|20)\d\d\s*年?\s*[—－–~至-]+\s*((?:19|20)\d\d)\s*年?")
# titles that are issued again and again under new numbers; 国务院关于…的意见 is not
_HAS_EDITIONS = re.compile(r"(?:办法|规定|预案|目录|清单|规程|指南|细则|条例|规范|标准|要点|安排)")
_PLANS = {"十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030}
# what may stand between 《…》 and its number: （, （教育部令
_IN_FRONT = re.compile(r"(?:文件)?(?:公布|发布|颁布|印发)?的?")
_BEHIND = re.compile(r"[》”\"]?\s*[（(]?\s*")


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A row of the register; ``confirmed`` counts the public places, 0 to 2."""

    title: str
    issuer: str
    number: str
    date: str
    state: str
    successor: str
    confirmed: int


class DocumentMention(NamedTuple):
    """A national document that ``text`` cites at (start, end), by title, number or both."""

    title: str | None
    number: str | None
    text: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """The title without 《》, or the number."""
        return self.title or self.number or self.text


def find_document_citations(text: str) -> tuple[DocumentMention, ...]:
    """Return the documents of the Party, the State Council, ministries and courts, and the
    standards, that a text cites, in order. A number in brackets behind a title belongs to it;
    a title counts where a national body is named with it or the register has it whole."""
    parts = list(find_documents(text))
    numbers = [c for c in parts if c.kind == "doc_number"]
    found: list[DocumentMention] = []
    joined: set[int] = set()
    for title in (c for c in parts if c.kind == "document" and c.scope != "local"):
        number = next((n for n in numbers if _belongs(text, title, n)), None)
        if number is not None:
            joined.add(number.start)
        scopes = (title.scope, number.scope) if number else (title.scope,)
        if "national" in scopes or (number is None and knows_title(title.normal)):
            found.append(_make(text, title, number))
    alone = (n for n in numbers if n.start not in joined and n.scope == "national")
    for number in alone:
        made = _make(text, None, number)
        found.append(made._replace(title=name_before(text, number.start) or None))
    return tuple(sorted(found, key=lambda m: m.start))


def _belongs(text: str, title: Candidate, number: Candidate) -> bool:
    if number.start >= title.end:
        return _BEHIND.fullmatch(text, title.end, number.start) is not None
    return bool(number.end <= title.start and _IN_FRONT.fullmatch(text, number.end, title.start))


def _make(text: str, title: Candidate | None, number: Candidate | None) -> DocumentMention:
    spans = [(c.start, c.end) for c in (title, number) if c is not None]
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    opened = sum(map(text[start:end].count, "（(")) - sum(map(text[start:end].count, "）)"))
    if opened > 0 and text[end : end + 1] in ("）", ")"):
        end += 1
    elif opened < 0 and text[end - 1] in "）)":
        end -= 1
    written = _clean(number.normal) if number else None
    return DocumentMention(title.normal if title else None, written, text[start:end], start, end)


def _clean(number: str) -> str:
    standard = _STANDARD.fullmatch(number.strip())
    if standard is not None:
        year = f"—{standard[3]}" if standard[3] else ""
        return f"{standard[1]} {standard[2]}{year}"
    plain = normalise_doc_number(number)
    return plain.rstrip("〕") if plain.endswith("号〕") else plain


# ── the register ───────────────────────────────────────────────────────────


class _Register(NamedTuple):
    by_title: dict[str, list[DocumentRow]]
    by_number: dict[str, list[DocumentRow]]


@lru_cache(maxsize=1)
def _register() -> _Register:
    register = _Register({}, {})
    for name in ("documents.tsv", "standards.tsv"):
        for row in map(_read_row, read_table(name)):
            for key in _keys(row.title):
                register.by_title.setdefault(key, []).append(row)
            if row.number:
                register.by_number.setdefault(_number_key(row.number), []).append(row)
    return register


def _read_row(cells: tuple[str, ...]) -> DocumentRow:
    title, issuer, number, day, state, successor, _, confirmed = cells[:8]
    seen = ("none", "one", "two").index(confirmed)
    return DocumentRow(title, issuer, number, day, state, successor, seen)


def _keys(title: str) -> set[str]:
    """The forms under which a title is looked up: whole, without its issuer, what it sends
    out."""
    whole = _strip_marks(title)
    keys = {whole, _ISSUER.sub("", whole)}
    if match := _SENT_OUT.search(whole):
        keys |= {match[1], _ISSUER.sub("", match[1])}
    return {key for key in keys if len(key) > 5}


def _strip_marks(title: str) -> str:
    return (
        re.sub(r"[\s　《》〈〉“”\"]", "", normalise_title(title))
        .replace("－", "—")
        .replace("-", "—")
    )


def _number_key(number: str) -> str:
    return re.sub(r"\s", "", number).removeprefix("中华人民共和国")


def knows_title(title: str) -> bool:
    """True when the register has this very title, long enough to be no other place's."""
    return len(_strip_marks(title)) > 9 and _strip_marks(title) in _register().by_title


def find_rows(title: str | None, number: str | None) -> tuple[DocumentRow, ...]:
    """Return the rows of a document, by its number where it is given and known, else by its
    title; the best confirmed first."""
    register = _register()
    rows = register.by_number.get(_number_key(number), []) if number else []
    if not rows and title:
        rows = [row for key in _keys(title) for row in register.by_title.get(key, [])]
    return tuple(sorted(dict.fromkeys(rows), key=lambda r: -r.confirmed))


# ── the verdict ────────────────────────────────────────────────────────────


def judge_document(mention: DocumentMention, *, on: date) -> Judgement:
    """Return the verdict on a document cited on a day: ``valid``, ``wrong_number``,
    ``repealed``, ``unclear`` where only an unconfirmed row speaks of it, and
    ``not_in_register``, which proves nothing."""
    by_title = find_rows(mention.title, None) if mention.title else ()
    by_number = find_rows(None, mention.number) if mention.number else ()
    if mention.title and mention.number and (by_title or by_number):
        both = [row for row in by_title if _is_numbered(row, mention.number)]
        if not both:
            return _judge_mismatch(mention, by_title, by_number, on)
        return _judge_row(both[0], on)
    rows = by_title or by_number
    if rows:
        return _judge_row(_choose(rows, on), on)
    return Judgement("not_in_register", f"未能核实“{mention.name}”，{_CHECK}")


def _choose(rows: tuple[DocumentRow, ...], on: date) -> DocumentRow:
    """Of editions under one title the one that stands."""
    standing = [
        r
        for r in rows
        if r.state == "现行" and r.date[:10] <= on.isoformat() and _judge_future(r, on) is None
    ]
    return (standing or list(rows))[0]


def _is_numbered(row: DocumentRow, number: str) -> bool:
    if not row.number:
        return False
    one, other = _number_key(row.number), _number_key(number)
    return one == other or ("—" not in other and one.split("—")[0] == other)


def _judge_mismatch(
    mention: DocumentMention,
    by_title: tuple[DocumentRow, ...],
    by_number: tuple[DocumentRow, ...],
    on: date,
) -> Judgement:
    """Title and number do not stand in one row."""
    numbered = [row for row in by_title if row.number]
    if numbered:
        return _judge_number(mention.number or "", numbered)
    if by_number and not by_title:
        row = by_number[0]
        if _likeness(row.title, mention.title or "") >= _LEAST:
            return _judge_row(row, on)
        note = f"{row.number}登记的是《{row.title}》"
        if row.confirmed == 2:
            return Judgement("wrong_number", note, _CHECK)
        return Judgement("unclear", f"未能核实：{note}（登记未经核对），{_CHECK}")
    return Judgement("unclear", f"目录里的《{by_title[0].title}》没有文号，{_CHECK}")


def _judge_number(number: str, rows: list[DocumentRow]) -> Judgement:
    """The title is known under other numbers than the one cited."""
    row = rows[0]
    if _is_older_edition(row, number):
        return _tell_old_standard(row)
    note = f"《{row.title}》的文号登记为{'、'.join(r.number for r in rows)}"
    if any(not r.confirmed for r in rows):
        return Judgement("unclear", f"未能核实：{note}（登记未经核对），{_CHECK}", None, row.title)
    if _HAS_EDITIONS.search(row.title) and _year(number) not in {_year(r.number) for r in rows}:
        return Judgement("unclear", f"{note}，引用的可能是另一版本，{_CHECK}", None, row.title)
    advice = f"改为{row.number}，并对照原文"
    return Judgement("wrong_number", note, advice, row.title, sure=row.confirmed > 1)


def _year(number: str) -> str:
    match = re.search(r"(?:19|20)\d\d", number)
    return match.group() if match else ""


def _likeness(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    pairs = [(a, b) for a in _keys(one) for b in _keys(other)]
    return max((fuzz.ratio(a, b) / 100 for a, b in pairs), default=0.0)


@lru_cache(maxsize=1)
def _starts() -> dict[str, str]:
    return {_number_key(number): day for number, day, *_ in read_table("starting.tsv")}


def _judge_future(row: DocumentRow, on: date) -> Judgement | None:
    """The verdict on what takes effect later than the letter."""
    day = _starts().get(_number_key(row.number), "") if row.number else ""
    if day <= on.isoformat():
        return None
    note = f"《{row.title}》（{row.number}）自{tell_date(day)}起施行，答复日期尚未生效"
    return Judgement("not_in_force", note, "写明施行日期，或改引现行的版本", row.title)


def _judge_row(row: DocumentRow, on: date) -> Judgement:
    if (later := _judge_future(row, on)) is not None:
        return later
    number = f"（{row.number}）" if row.number else ""
    if row.state != "现行" and not _is_before_successor(row, on):
        successor = f"《{row.successor}》" if row.successor else None
        instead = f"，现行的是{successor}" if successor else ""
        note = f"《{row.title}》{number}已{'废止' if row.state == '废止' else '被替代'}{instead}"
        if not row.confirmed:
            return Judgement("unclear", f"登记（未经核对）：{note}，{_CHECK}", None, row.title)
        advice = f"核对后改引{successor}" if successor else None
        return Judgement("repealed", note, advice, row.title, successor=successor)
    note = f"与登记一致：《{row.title}》{number}{_tell_ended(row.title, on)}"
    if row.confirmed == 2:
        return Judgement("valid", note, None, row.title)
    if row.confirmed == 1:
        note = f"{note}（只核到一处公开来源），仍{_CHECK}"
        return Judgement("valid", note, None, row.title, sure=False)
    return Judgement("unclear", f"{note}（登记未经核对），仍{_CHECK}", None, row.title)


def _is_before_successor(row: DocumentRow, on: date) -> bool:
    """True for a letter older than what replaced the document, where that day is known."""
    rows = [r for r in find_rows(row.successor, None) if r != row] if row.successor else []
    return any(r.date and r.date > on.isoformat()[: len(r.date)] for r in rows)


def _tell_ended(title: str, on: date) -> str:
    """；规划期到2020年为止 for a plan whose years are over."""
    ends = [int(m[1]) for m in _YEARS.finditer(title)]
    ends += [year for name, year in _PLANS.items() if name in title]
    return (
        f"；规划期到{max(ends)}年为止，请核实是否仍可引用" if ends and max(ends) < on.year else ""
    )


def _is_older_edition(row: DocumentRow, number: str) -> bool:
    """True for a standard cited with another year than the row's."""
    one, other = _STANDARD.fullmatch(row.number), _STANDARD.fullmatch(number)
    return bool(one and other and one.group(1, 2) == other.group(1, 2) and one[3] != other[3])


def _tell_old_standard(row: DocumentRow) -> Judgement:
    note = f"《{row.title}》登记的版本是{row.number}"
    if not row.confirmed:
        return Judgement("unclear", f"{note}（登记未经核对），{_CHECK}", None, row.title)
    return Judgement(
        "outdated_edition", note, f"核对后改为{row.number}", row.title, None, row.number
    )
