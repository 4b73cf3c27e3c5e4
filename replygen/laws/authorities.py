"""The authorities that a text names, with field and level: 县级以上地方人民政府|民政部门."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from replygen.laws.tables import read_table

_NATION, _PROVINCE, _CITY, _COUNTY, _TOWN = 5, 4, 3, 2, 1
# The longer words first: 直辖市 is no 市
_LEVELS = (
    (r"国务院|国家|全国", (_NATION,)),
    (r"省、自治区、直辖市|省级|省|自治区|直辖市", (_PROVINCE,)),
    (r"设区的市级?、?自治州级?|设区的市级?|自治州|市级|地市级|地级市", (_CITY,)),
    (r"自治县|县级市|县级|区县|县|(?<![地社景园校库灾山辖矿林牧])区", (_COUNTY,)),
    (r"乡镇|乡级|乡|镇|街道", (_TOWN,)),
    (r"市", (_CITY, _COUNTY)),  # 市民政局 may be that of a 县级市
)
_LEVEL = "|".join(pattern for pattern, _ in _LEVELS)
_GOVERNMENT = r"(?:各级|地方|人民政府|政府|所属|及其|以[上下]|的|有关|负责|主管|[、和或及])"
_KIND = r"(?:(?:行政|监督|管理|工作|主管|执法|综合)*(?:部门|机关|机构)|局|委|厅|委员会|总局)"
_OPEN = r"(?:审批|登记|备案|主管|有关|相关|许可|业务主管)+(?:部门|机关|机构|单位)"
# 政府采购, 政府购买服务: no body
_NO_BODY = r"采购|投资|购买|信息|补[贴助]|规章|定价|指导价|性|网站|储备|债|令|工作报告|公报"
_WHOLE = frozenset(("政府",))
# 国务院|民用航空|主管部门: a field that the table has not, behind a level
_SURE_LEVEL = r"(?:国务院|省、自治区、直辖市|省级|设区的市级?|县级)"
_STEM = r"(?:(?!国务院|政府|[、和或及与者])[\u4e00-\u9fff]){2,10}?"
_DUTY = r"(?:行政)?(?:主管|监督管理|管理)(?:部门|机构)"


class Authority(NamedTuple):
    """``fields`` are the tasks of today's departments, empty for 主管部门, 有关部门, 审批机关;
    ``levels`` 1 (乡镇) to 5 (国务院), empty where none is told, ``above`` for 县级以上;
    ``text[start:end]``."""

    fields: frozenset[str]
    levels: frozenset[int]
    above: bool
    start: int
    end: int

    def may_be(self, other: Authority) -> bool:
        """Return whether this one, of a claim, may be the other one, of the article."""
        same = not self.fields or not other.fields or bool(self.fields & other.fields)
        return same and self._is_on_level(other)

    def _is_on_level(self, other: Authority) -> bool:
        if not self.levels or not other.levels:
            return True
        if self.above:  # 县级以上 is not 省级, nor 省级以上
            lowest = min(self.levels)
            return lowest == min(other.levels) if other.above else lowest in other.levels
        return bool(self.levels & other.levels)


def read_authorities(text: str) -> tuple[Authority, ...]:
    """Return the authorities of a text in order."""
    return tuple(_read(text))


def _read(text: str) -> Iterator[Authority]:
    for match in _pattern().finditer(text):
        place = (match["level"] or match["of"] or "") + (match["whole"] or "")
        levels, above = _read_levels(place), "以上" in place
        for word in re.split("[、和及与或]", match["fields"] or "") or [""]:
            fields = _fields().get(word, frozenset())
            yield Authority(_WHOLE if match["whole"] else fields, levels, above, *match.span())


def _read_levels(text: str) -> frozenset[int]:
    """县级以上地方 is {2, 3, 4}, 省级 is {4}, 各级 is of none that could be told wrong."""
    if "各级" in text and not re.search(_LEVEL, text):
        return frozenset()
    found: set[int] = set()
    for match in re.finditer(rf"({_LEVEL})(以上)?", text):
        word = match[1]
        levels = next(at for pattern, at in _LEVELS if re.fullmatch(pattern, word))
        found |= set(range(min(levels), _NATION + 1)) if match[2] else set(levels)
    return frozenset(found - {_NATION}) if "地方" in text else frozenset(found)


@lru_cache(maxsize=1)
def _fields() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for fields, words in read_table("authorities.tsv"):
        for word in words.split():
            found[word] = found.get(word, frozenset()) | frozenset(fields.split("、"))
    return found


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """县级以上人民政府|市场监督管理、药品监督管理|部门; 有关|主管部门; 审批|机关."""
    word = "|".join(sorted(map(re.escape, _fields()), key=len, reverse=True))
    level = rf"(?P<level>(?:{_LEVEL}|{_GOVERNMENT})*?)"
    named = rf"(?P<fields>(?:{word})(?:[、和及与或](?:{word}))*){_KIND}"
    whole = rf"(?P<whole>国务院|(?:人民)?政府(?!{_NO_BODY}))(?![^，。；、和或]{{0,12}}部门)"
    other = rf"(?P<of>{_SURE_LEVEL}(?:{_LEVEL}|{_GOVERNMENT})*?){_STEM}{_DUTY}"
    return re.compile(rf"{level}(?:{named}|{_OPEN}|{whole})|{other}")
