"""Form rules of GB/T 9704—2012 and of practice: patterns in data/form.toml, and a few that
look at the whole letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from replygen.checking.checked_draft import CheckedDraft, is_heading, make_finding
from replygen.checking.tables import read_toml
from replygen.language.marks import read_mark
from replygen.language.slots import drop_slots
from replygen.models import Finding, Severity

_SHORT, _BODY = 45, 30
# 一、 / （一） / 1. / （1） at the start, by layer (GB/T 9704—2012 7.3.3)
_LAYERS = ("一、", "（一）", "1.", "（1）")
_CIRCLED = re.compile(r"[①-⑳]")
_DATE_LINE = re.compile(
    r"[\s　]*(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日|【[^】]*日期】|"
    r"[二一][〇○零九][〇○零一二三四五六七八九]{2}年[一二三四五六七八九十]+月[一二三四五六七八九十]+日)"
    r"[\s　]*(?:印发)?"
)
_CONTACT = re.compile(r"联\s*系\s*(?:人|电\s*话|方式|单位)|承办人")
_THANKS_OR_END = re.compile(r"感谢|特此|专此|此复")


class _Rule(NamedTuple):
    rule: str
    severity: Severity
    pattern: re.Pattern[str]
    scope: str
    message: str
    suggestion: str


@lru_cache(maxsize=1)
def read_form_rules() -> tuple[_Rule, ...]:
    """Return the rules of data/form.toml."""
    return tuple(
        _Rule(
            row["rule"],
            row["severity"],
            re.compile(row["pattern"]),
            row.get("scope", "any"),
            f"{row['message']}（{row['clause']}）",
            row["suggestion"],
        )
        for row in read_toml("form.toml")["rule"]
    )


def check_form(case: CheckedDraft) -> Iterator[Finding]:
    """Yield ``form.*``: warn for what a standard rules, note for practice."""
    for number, text in enumerate(case.paragraphs):
        if text.strip():
            for rule in read_form_rules():
                yield from _apply(rule, number, text)
    yield from _check_layers(case)
    yield from _check_end(case)


def _apply(rule: _Rule, number: int, text: str) -> Iterator[Finding]:
    if rule.scope == "line":
        match = rule.pattern.fullmatch(text)
        matches = [match] if match else []
    elif rule.scope == "short" and len(text.strip()) > _SHORT:
        matches = []
    elif rule.scope == "body" and len(text.strip()) <= _BODY:
        matches = []
    else:
        matches = list(rule.pattern.finditer(text))
    if matches:
        match = matches[0]
        group = 1 if rule.pattern.groups and match.group(1) is not None else 0
        place = (number, *match.span(group), match.group(group))
        more = f"，本段共{len(matches)}处" if len(matches) > 1 else ""
        yield make_finding(rule.rule, rule.severity, place, rule.message + more, rule.suggestion)


def _check_layers(case: CheckedDraft) -> Iterator[Finding]:
    """（一） or 1. as headings though no 一、 stands above; ①."""
    used = [False] * len(_LAYERS)
    first: dict[int, int] = {}
    for number, text in enumerate(case.paragraphs):
        mark = read_mark(text)
        if mark is None or mark.family not in _LAYERS:
            continue
        layer = _LAYERS.index(mark.family)
        if layer != 2 or is_heading(text) or len(text) > _SHORT:
            used[layer] = True
            first.setdefault(layer, number)
    clause = "（GB/T 9704—2012 7.3.3）"
    skipped = [(n, i) for i, n in first.items() if i and not any(used[:i])]
    if skipped:
        number, layer = min(skipped)
        text = case.paragraphs[number]
        yield make_finding(
            "form.layers",
            "note",
            (number, 0, len(text), text),
            f"层次序数从“{text.strip()[:3]}”起，上面没有“一、”{clause}",
            "按 一、（一）1.（1）的次序使用",
        )
    for number, text in enumerate(case.paragraphs):
        match = _CIRCLED.search(text)
        if match:
            yield make_finding(
                "form.layers",
                "note",
                (number, *match.span(), match.group()),
                f"层次序数不用带圈数字{clause}",
                "改用（1）",
            )
            return


def _check_end(case: CheckedDraft) -> Iterator[Finding]:
    """A letter needs a date and someone to call (STANDARDS §1.3, §2.6)."""
    if not _is_letter(case):
        return
    tail = [t for t in case.paragraphs if t.strip()][-12:]
    if not any(_DATE_LINE.fullmatch(t) for t in tail):
        yield make_finding(
            "form.sign_date",
            "note",
            None,
            "没有成文日期（GB/T 9704—2012 7.3.5.4）",
            "落款下一行写签发日期，如 2026年11月3日",
        )
    if not any(_CONTACT.search(drop_slots(t)) or _CONTACT.search(t) for t in tail):
        yield make_finding(
            "form.contacts",
            "note",
            None,
            "没有联系人和联系电话（实务，STANDARDS §2.6）",
            "在日期下一行写（联系人：…，联系电话：…）",
        )


def _is_letter(case: CheckedDraft) -> bool:
    """True for a whole reply; a fragment needs neither date nor contact."""
    text = "".join(case.paragraphs)
    return (
        len(text) > 200
        and ("收悉" in text or "答复" in text[:200])
        and bool(_THANKS_OR_END.search(text))
    )
