"""The number of the order (国务院令第727号) that a statute is cited with, and the register's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from replygen.laws.documents import DocumentMention, judge_document
from replygen.laws.editions import edition_of_order, editions_of
from replygen.laws.titles import normalise_title
from replygen.laws.verdicts import Entry, Judgement

# 国务院令第727号, 原国家食品药品监督管理总局令第16号
_ORDER = re.compile(r"(?:中华人民共和国|原)*(?P<who>[\u4e00-\u9fff]*?)令第?(?P<number>\d+)号")
_WRONG = ("wrong_number", "repealed", "outdated_edition", "not_in_force")


class _Order(NamedTuple):
    who: str
    number: int


def judge_cited(mention: DocumentMention, entries: Mapping[str, Entry], *, on: date) -> Judgement:
    """Return the verdict on a document; of a statute its order's number is compared too."""
    title = normalise_title(mention.title or "")
    outdated = _judge_edition(title, _read_order(mention.number), on)
    if outdated is not None:
        return outdated
    judgement = judge_document(mention, on=on)
    entry = entries.get(title)
    if judgement.verdict in _WRONG or entry is None:
        return judgement
    cited, known = _read_order(mention.number), _read_order(entry.doc_number)
    if cited is None or known is None or cited == known:
        return judgement
    note = f"《{entry.title}》登记的是{entry.doc_number}"
    revised = len(editions_of(entry.title)) > 1 and cited.number < known.number
    if revised or cited.who != known.who:
        note = f"{note}，引用的像是修订前的文本"
        return Judgement("outdated_edition", note, "核对后改引现行文本", entry.title, sure=False)
    return Judgement("wrong_number", note, f"核对后改为{entry.doc_number}", entry.title, sure=False)


def _judge_edition(title: str, cited: _Order | None, on: date) -> Judgement | None:
    """The verdict on the order of a text that a later one has replaced by that day."""
    meant = edition_of_order(title, cited.number) if cited and cited.who == "国务院" else None
    if meant is None:
        return None
    later = [e for e in editions_of(title) if e.order and e.effective > meant.effective]
    begun = [e for e in later if e.effective <= on.isoformat()]
    if not begun:
        return None
    order = f"国务院令第{begun[-1].order}号"
    note = f"引用的是《{title}》{meant.label}的文本，现行的由{order}公布"
    return Judgement("outdated_edition", note, f"核对条文后改为{order}", title, successor=order)


def _read_order(number: str | None) -> _Order | None:
    match = _ORDER.fullmatch(re.sub(r"\s", "", number or ""))
    return _Order(match["who"], int(match["number"])) if match else None
