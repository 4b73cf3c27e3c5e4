"""Words that point to the writer's own place and unit: 我市, 我县, 我局."""

from __future__ import annotations

import re
from collections.abc import Iterator

from replygen.checking.case import Case, make_finding
from replygen.checking.known import Known
from replygen.facts import find_deictics
from replygen.models import Finding, Level, Severity

_LEVEL_OF: dict[str, Level] = {
    "省": "省",
    "市": "市",
    "州": "市",
    "盟": "市",
    "县": "县",
    "区": "县",
    "旗": "县",
    "镇": "乡",
    "乡": "乡",
    "村": "乡",
    "道": "乡",
}
_ORDER: tuple[Level, ...] = ("国家", "省", "市", "县", "乡")
# 我委, 我厅, 我院 of another unit; 我们 is none of them
_UNIT = re.compile(r"我(?:局|委|厅|办|院|部|中心|处|公司|行|支队|大队)(?![外员])")
# 县农业农村局 without a name: of which county?
_LOWER_UNIT = re.compile(r"(?<![各\u4e00-\u9fff市])县[\u4e00-\u9fff]{2,10}?(?:局|委|办)(?![理事])")


def check_deictics(case: Case, known: Known) -> Iterator[Finding]:
    """Yield ``leak.place`` for 我县 in the letter of a city (``block``; 我省, of which a city is
    part, ``warn``), ``leak.organisation`` (``block``) for 我委 in the letter of a bureau."""
    profile = known.profile
    if not profile.name:
        return
    for number, text in enumerate(case.paragraphs):
        for mention in find_deictics(text):
            if mention.text not in known.raw and not _fits(mention.text, known):
                yield make_finding(
                    "leak.place",
                    _weigh(mention.text),
                    (number, mention.start, mention.end, mention.text),
                    f"“{mention.text}”与本单位所在的{profile.region or profile.level}不合，"
                    "可能是照搬外地的话",
                    f"改为“{_ours(known)}”，或改写这一句",
                )
        for match in _UNIT.finditer(text):
            if match.group() != profile.short and match.group() not in known.raw:
                yield make_finding(
                    "leak.organisation",
                    "block",
                    (number, *match.span(), match.group()),
                    f"“{match.group()}”不是本单位的自称（{profile.short}）",
                    f"改为“{profile.short}”",
                )


def _weigh(word: str) -> Severity:
    return "warn" if word.endswith("省") else "block"


def _fits(word: str, known: Known) -> bool:
    """True when 我市, 全省 ... can be said by a unit of our region. 全省 and 全市 may name
    what we are part of; 我县 said by a city cannot."""
    last = word[-1]
    level = _LEVEL_OF.get(last)
    if level is None or word[0] not in "我本全":
        return True
    region = known.profile.region
    if region.endswith(last) or word.endswith(("县区", "县市", "市区")):
        return True
    ours, theirs = _ORDER.index(known.profile.level), _ORDER.index(level)
    if word[0] in "全":
        return theirs < ours
    return False


def _ours(known: Known) -> str:
    region = known.profile.region
    return f"我{region[-1]}" if region and region[-1] in _LEVEL_OF else f"我{known.profile.level}"
