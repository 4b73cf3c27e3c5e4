"""Whose words are being rewritten, and for whom: what may stay and what must go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from replygen.drafting.lexicon import load_lexicon
from replygen.entities import find_mentions, is_generic_organisation
from replygen.models import Mention, Passage
from replygen.settings import Profile

LEVEL_CHAR = {"国家": "国", "省": "省", "市": "市", "县": "县", "乡": "镇"}
# What a unit calls the areas below it
LOWER_AREAS = {
    "国家": "各省（自治区、直辖市）",
    "省": "各市",
    "市": "各县（市、区）",
    "县": "各乡镇（街道）",
    "乡": "各村（社区）",
}
# Kinds that are never taken over from another place, not even when the proposal has them
_NEVER_KNOWN = {"person", "contact", "number", "date", "doc_number"}
_AREA_ENDINGS = "省市县区州盟旗镇乡"


# 社区设立消费维权服务站, 县区设立个体工商户服务中心: words of matter only
_PLACED = re.compile(
    r"^(?:社区|街道|商圈|园区|学校|医院|景区|市场|车站|县区|乡镇|农村|小区)(?:设立|建立|建设|设置|开设)"
    r"(?:消费|维权|个体|工商户|便民|政务|法律|知识产权|养老|助餐|托育|综合|公共|志愿|调解|投诉|举报|食品|安全)*"
    r"(?:服务|工作|联络|监测|检测)?(?:站|点|中心|窗口)$"
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides about a mention: the unit that will sign, the names that the proposal
    gave, and the region and issuer that the passage comes from."""

    profile: Profile
    known: frozenset[str]
    own_names: tuple[str, ...]
    own_generic: str
    source_generic: str
    source_names: tuple[str, ...]
    own_char: str
    known_text: str

    def allows(self, mention: Mention) -> bool:
        """Return whether ``mention`` may stand in a draft of this unit."""
        if mention.scope == "national":
            return True
        if mention.kind in _NEVER_KNOWN:
            return False
        if mention.kind == "brand" and mention.text[1:-1] in load_lexicon().quotes_kept:
            return True  # “随手拍”: a general saying
        if mention.kind == "organisation" and mention.text not in self.own_names:
            if self.own_generic and generic_name(mention.text) == self.own_generic:
                return False  # the unit is no partner of itself
            if self._is_generic_here(mention.text):
                return True
        if any(mention.text == name for name in self.own_names):
            return True
        if any(name in mention.text for name in self.source_names):
            return False
        return mention.text in self.known or mention.normal in self.known

    def _is_generic_here(self, text: str) -> bool:
        """市网信办 is everybody's; 县网信办 is not what a city's bureau would write. A
        phrase like 社区设立消费维权服务站 is none at all, though it ends like one."""
        if _PLACED.match(text) and not any(name in text for name in self.source_names):
            return True
        if not is_generic_organisation(text):
            return False
        return text[0] not in _AREA_ENDINGS or text[0] == self.own_char


def make_rules(passage: Passage, profile: Profile, known: str) -> Rules:
    """Return the rules for rewriting ``passage`` for ``profile``."""
    document = passage.document
    issuer = document.issuer or ""
    names = (passage.region or "", document.region or "")
    return Rules(
        profile=profile,
        known=_known_names(known),
        own_names=own_names(profile),
        own_generic=generic_name(profile.name) if profile.name else "",
        source_generic=generic_name(issuer) if issuer else "",
        source_names=tuple(n for n in _cores(names) if n not in own_names(profile)),
        own_char=own_char(profile),
        known_text=known + profile.region + "".join(own_names(profile)),
    )


def own_names(profile: Profile) -> tuple[str, ...]:
    """Return the names that are ours: unit, region and its parts, places, partners."""
    region = profile.region
    names = [profile.name, region, profile.province, *profile.places, *profile.partners]
    names += [
        part
        for part in re.findall(r"[\u4e00-\u9fff]{2,}?(?:省|市|自治[区州县]|县|区|州|旗)", region)
    ]
    return tuple(name for name in dict.fromkeys(names) if name)


def own_char(profile: Profile) -> str:
    """Return how the unit calls its area: 市 in 我市, 区 for a district of level 县."""
    last = profile.region[-1:] if profile.region else ""
    return last if last and last in "省市县区州盟旗镇乡" else LEVEL_CHAR[profile.level]


# 东岭市, 青榆区, 柳河镇: an ending that names areas, not followed by 场, 民, 域 … (市场, 村民)
_AREA_END = re.compile(
    r"省(?!级|际|内|直|以下|份|时|力|心|去|略|钱|事)|市(?![场民级域容值况政内区县委]|直[机属部单管])|县(?![级域市区委乡直])|区(?![域级间位分别块县市委])|州(?!际)|[盟旗]|镇(?![街痛静])"
    r"|乡(?![镇村土亲音])|街道(?!办)|村(?![民级庄居委集镇务])"
)


def find_areas(text: str, own: tuple[str, ...] = ()) -> list[tuple[int, int]]:
    """Return the spans in ``text`` that look like names of areas, whoever they belong to;
    names in ``own`` are none. A second net beside the gazetteer, for places it lacks."""
    words = load_lexicon().area_words
    blind = text
    for name in sorted(own, key=len, reverse=True):
        blind = blind.replace(name, "□" * len(name))
    spans = []
    for match in _AREA_END.finditer(blind):
        head = blind[max(0, match.end() - 5) : match.end()]
        named = re.search(r"[\u4e00-\u9fff]{2,3}$", blind[: match.start()])
        levels = re.match(r"[、（(]?[市县区乡镇村]", blind[match.end() :])
        if levels:  # 市、县（区）: levels, not names
            continue
        if named and not head.endswith(words) and named.group()[-1] not in "省市县区各全本我每跨":
            spans.append((named.start(), match.end()))
    return spans


@lru_cache(maxsize=64)
def _known_names(known: str) -> frozenset[str]:
    found = find_mentions(known) if known else ()
    return frozenset(name for m in found for name in (m.text, m.normal))


def _cores(names: Iterable[str]) -> list[str]:
    """Return the bare names of places: 澜江省云川市 gives 澜江 and 云川."""
    cores = []
    for name in names:
        parts = re.findall(
            r"[\u4e00-\u9fff]+?(?:省|市|自治[区州县]|地区|县|区|州|盟|旗|镇|乡|街道)", name
        )
        for part in parts or [name]:
            core = re.sub(r"(?:省|市|自治[区州县]|地区|县|区|州|盟|旗|镇|乡|街道)$", "", part)
            if len(core) >= 2:
                cores.append(core)
    return cores


@lru_cache(maxsize=4096)
def generic_name(name: str) -> str:
    """Return what a body is in general (云川市商务局 → 商务部门), or "" when unknown."""
    for end, general in load_lexicon().organisations:
        if name.endswith(end):
            return general
    return ""
