"""Words that point to the writer's own place and unit: 我市, 我县, 我局."""

from __future__ import annotations

import re
from collections.abc import Iterator

from replygen.checking.checked_draft import CheckedDraft, make_finding
from replygen.entities import find_deictics
from replygen.entities.ours import Ours
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
_UNIT = re.compile(r"我(?:局|委|厅|办|院|部|中心|处|公司|行|支队|大队|校|馆|园|站)(?![外员])")
# 县委, 区商务局, 县农办 without a name: of which county? Not 县市场监管所, nor 市、县（区）政府
_BODY = (
    r"(?:委(?![托派员])(?:常委会|办公室|办|宣传部|组织部|政法委)?|政府(?![采购部])(?:办公室|办)?|人大(?:常委会)?|政协|法院|检察院|纪委监委|妇联|总工会|残联|工商联|文联|科协|侨联|消协|消保委|红十字会|供销社|供销联社|融媒体中心|疾控中心|政务服务中心|城投公司|供电公司|人民医院|中医院|妇幼保健院|党校|职教中心|图书馆|文化馆|博物馆|体育馆|电视台"
    r"|[\u4e00-\u9fff]{1,9}?(?:局(?![面限部势])|委(?![托派员])|办(?![理事法公学案结])))"
)
_UNNAMED = re.compile(
    rf"(?P<league>团[县区州旗镇乡]委(?![托派员]))|(?:(?<![\u4e00-\u9fff])(?<![省市县区]、)(?<![省市县区]（)|(?<=[由经与报和向在对请据])|(?<=报送)|(?<=会同)|(?<=联合))"
    rf"(?P<level>[省市县区州旗镇乡])(?P<body>(?!级|域|直|外|内|民|区|县|市(?!场|监)|政务|场|长|里)局(?![面限部])|{_BODY})"
)
# 该县, 该市, 该区: somebody else's
_THAT = re.compile(r"该[省市县州旗镇乡](?![场委政])|该区(?![域间])")
# 作为沿海开放城市, 作为全国百强县: what only one place is
_AS = re.compile(
    r"(?:作为|身为)(?P<what>(?:我[省市县区州])?[^，。；：\n]{0,14}?(?:县|市|州|省会|首府|之乡|[侨水茶酒药果竹渔花瓷]乡|之都|老区|门户|枢纽|基地|产区|林区|矿区|牧区|特区|新区"
    r"|名城|名镇|名村|古镇|古城|古都|重镇|强县|强市|强区|大市|大区|山区|库区|灾区|边境地区|民族地区|故里|强省|大省|自治区|港口|口岸|城市))(?=[，、]|的)"
)
# 我市地处沿海, 我市素有…之称
_LIES = re.compile(
    r"(?:我|本|全)[省市县区州](?:地处|位于|毗邻|濒临|素有|号称|被誉为|享有|依山|背靠|东临|南接|西连|北靠|东接|拥有[^，。；]{0,8}(?:海岸线|港口|边境线|草原|口岸))"
    r"[^，。；\n]{0,20}"
)


def check_deictics(case: CheckedDraft, known: Ours) -> Iterator[Finding]:
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
                    _rate_word(mention.text),
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
        yield from _check_unnamed(number, text, known)
        yield from _check_claims(number, text, known)


def _check_unnamed(number: int, text: str, known: Ours) -> Iterator[Finding]:
    """Bodies by their level alone that cannot be ours: 县委 in the letter of a city's bureau,
    市局, which only those below it say."""
    for match in _UNNAMED.finditer(text):
        level, body = (
            (match["level"], match["body"]) if match["level"] else (match.group()[1], "委")
        )
        if match.group() not in known.raw and _is_foreign(level, body, known):
            yield make_finding(
                "leak.organisation",
                "block",
                (number, *match.span(), match.group()),
                f"“{match.group()}”没有写明是哪里的，本单位是{known.profile.level}级单位，可能是照搬外地的话",
                "写明是哪一个单位，或改写这一句",
            )
    for match in _THAT.finditer(text):
        before = text[: match.start()]
        if not any(name in before for name in known.names):
            yield make_finding(
                "leak.place",
                "block",
                (number, *match.span(), match.group()),
                f"“{match.group()}”指的是别处，前文没有写明",
                "改为本地地名，或改写这一句",
            )


def _is_foreign(level: str, body: str, known: Ours) -> bool:
    ours, theirs = _ORDER.index(known.profile.level), _ORDER.index(_LEVEL_OF[level])
    if theirs != ours:
        return theirs > ours
    return body.startswith("局") or not known.profile.region.endswith(level) and level != "市"


def _check_claims(number: int, text: str, known: Ours) -> Iterator[Finding]:
    """What only one place is or has: 作为沿海开放城市, 我市地处…."""
    for match in (*_AS.finditer(text), *_LIES.finditer(text)):
        what = match.groupdict().get("what") or match.group()
        if re.sub(r"\s", "", what) not in known.raw:
            yield make_finding(
                "leak.place",
                "block",
                (number, *match.span(), match.group()),
                f"“{match.group()}”说的是一个地方的特点，提案、单位信息和本单位材料里都没有",
                "核对是不是本地的情况；不是的，删去",
            )


def _rate_word(word: str) -> Severity:
    return "warn" if word.endswith("省") else "block"


def _fits(word: str, known: Ours) -> bool:
    """True when 我市, 全省 ... can be said by a unit of our region. 全省 and 全市 may name
    what we are part of; 我县 said by a city cannot."""
    last = word[-1]
    level = _LEVEL_OF.get(last)
    if level is None or word[0] not in "我本全" or word == "本地区":  # 根据本地区发展实际: any
        return True
    region = known.profile.region
    if region.endswith(last) or word.endswith(("县区", "县市", "市区")):
        return True
    ours, theirs = _ORDER.index(known.profile.level), _ORDER.index(level)
    if word[0] in "全":
        return theirs < ours
    return False


def _ours(known: Ours) -> str:
    region = known.profile.region
    return f"我{region[-1]}" if region and region[-1] in _LEVEL_OF else f"我{known.profile.level}"
