"""Places left open: 【…】, XX, ×××, ____ and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from replygen.checking.case import SLOT, Case, make_finding
from replygen.models import Finding

# 云市监〔2026〕【序号】号 is a slot, 云市监【2026】5号 is a wrong bracket (form.doc_number)
_YEAR_IN_BRACKETS = re.compile(r"【\s*(?:19|20)\d\d\s*】")
# A heading-like mark that is no slot: 【同意公开】, 【主动公开】
_MARK = re.compile(r"【\s*(?:不?同意公开|主动公开|依申请公开|不予公开|[A-D甲乙丙]类?)\s*】")
_PLACEHOLDERS = (
    # XX局, xx年, XXX
    re.compile(r"(?<![A-Za-z0-9])[XxＸｘ]{2,}(?![A-Za-z0-9])"),
    # ××局, ×××, ＊＊＊, 某某局; one × in 3×5 is a sign
    re.compile(r"[×╳✕＊]{2,}|(?<![\d*])\*{3,}(?![*\d])|某某+"),
    # X年X月X日, ×年×月
    re.compile(r"[XＸ×]\s*年\s*[XＸ×]\s*月(?:\s*[XＸ×]\s*日)?"),
    # ____, ＿＿＿, （　　）, （ ）
    re.compile(r"[_＿]{2,}|（[ 　]+）|\([ 　]+\)"),
    # 待补充, 此处填写, TODO, TBD
    re.compile(r"待补充|待填写|待核实|此处填写|（略）|TODO|TBD|\?{3,}|？{3,}"),
    # [请填写], ｛单位名称｝, {{name}}
    re.compile(r"\[(?:请|填|待)[^\]\n]{0,30}\]|\{\{?[^{}\n]{0,30}\}?\}"),
)


def check_slots(case: Case) -> Iterator[Finding]:
    """Yield ``slot.open`` (block) for every open place (GB/T 9704 needs a whole text;
    STANDARDS §3 row 28)."""
    for number, text in enumerate(case.paragraphs):
        for match in _find_open(text):
            yield make_finding(
                "slot.open",
                "block",
                (number, *match.span(), match.group()),
                f"这里还空着：{match.group()}",
                "补上本单位的实际情况；没有的，删去这一处",
            )


def _find_open(text: str) -> list[re.Match[str]]:
    found = [
        m
        for m in SLOT.finditer(text)
        if not _YEAR_IN_BRACKETS.fullmatch(m.group()) and not _MARK.fullmatch(m.group())
    ]
    for pattern in _PLACEHOLDERS:
        for match in pattern.finditer(text):
            if not any(match.start() < m.end() and m.start() < match.end() for m in found):
                found.append(match)
    return sorted(found, key=lambda m: m.start())


def has_slot(text: str) -> bool:
    """True when the text has an open place."""
    return bool(_find_open(text))
