"""Names: taking another place's places, bodies, people, titles and figures out of a clause.

Every function returns the clause without them, or ``None`` where taking them out would
leave a clause that no longer says anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from replygen.drafting.context import LOWER_AREAS, Rules, find_areas, generic_name
from replygen.drafting.lexicon import load_lexicon
from replygen.drafting.quotes import edit_quoted, tidy
from replygen.entities import find_mentions
from replygen.models import Mention


@dataclass(frozen=True, slots=True)
class _Group:
    """Neighbouring mentions of one kind: 抖音、快手和京东."""

    kind: str
    start: int
    end: int
    text: str


_JOINERS = re.compile(r"[、和及与,，]|以及")
_GUIDE = re.compile(
    r"(?:指导|组织|推动|督促|支持|帮助|要求|引导|鼓励|发动|动员|覆盖|赴|深入|对|向)$"
)
_TOWARDS = re.compile(r"(?:对|向|为|给|于)$")
_AT = re.compile(r"(?:在|选择|选取|选定)$")
_AT_AFTER = re.compile(
    r"^(?:等地?)?(?:率先)?(?:开展|设立|建设|建成|建|试点|举办|召开|推行|打造|建立|实施|进行)"
)
_COMPANY = re.compile(r"(?:与|和|同|向|从|跟|到|往|比|赴|至|对标|学习|借鉴)$")
_AND_OTHERS = re.compile(
    r"^等(?:地区|地方|地|多地|[一二三四五六七八九十\d]+(?:个|家)?(?:地|县区|县|区|市|镇|家)?)?"
)
# 在2023年底前 / 自2019年以来 / 2024年度
_DATE_BEFORE = re.compile(
    r"(?:(?<![低高少多大小等优早晚])于|自|从|在|截至|截止|到|至|早在|力争|争取|计划于?|预计于?)$"
)
_DATE_AFTER = re.compile(r"^(?:以来|起|开始|年底前|底前|年底|前|底|度|期间|间|初|末|左右|，)+")
_FIGURE_BEFORE = re.compile(
    r"(?:达到|达|共计|共|累计|约|近|超过|超|逾|合计|总计|不少于|每年|每月|每季度|每|第|前|高达)$"
)
# 外卖、即时配送等7家平台 ; 对全省23家平台企业: the figure may go, the rest stands
_SOME_OF = re.compile(
    r"[\u4e00-\u9fff]等$|(?:对|督促|指导|推动|组织|引导|约谈)(?:[全本我][省市县区]|本地|重点)?$"
)
_COUNTED = re.compile(r"^(?:以上|以下|以内|左右|不等|多|余)?的?")
# 充电桩200个、口袋公园12处: verbs whose object may lose its figure
_BUILD = re.compile(
    r"(?:建|建成|建设|新建|改建|扩建|打造|设立|设置|增设|新增|增加|配备|安装|加装|培育|创建|施划|开设|建立|改造|开展|组织|举办|开通|布设|投放|登记|排查|摸排|检查|巡查|走访|约谈|整改|培训|帮助|评选|遴选|征集|下架|清理|招募|选聘|发放|拍摄|制作|张贴|曝光|公布|公开|发布|宣讲|悬挂|配备|聘请|划设|建设)(?:了)?[\u4e00-\u9fff、]{0,14}$"
)
_TITLE_ABOUT = re.compile(
    r"^关于(?:印发|进一步|开展)?(?P<what>.+?)的(?:通知|意见|实施意见|指导意见|通告|公告|若干措施|若干规定|方案|工作方案|实施方案)$"
)
_TITLE_NOISE = re.compile(
    r"[〔\[（(【].*?[〕\])）】]|\d{4}(?:[—\-–~～至]+\d{4})?年?度?|[“”‘’〈〉《》]|\s+"
)
_PERIODIC = re.compile(r"每年|每季|每月|定期|向社会|面向")
# 金陂河上游, 青山湖沿线: without its name the part says nothing
_AREA_PART = re.compile(
    r"^(?:上游|下游|中游|流域|沿岸|沿线|两岸|周边|一带|境内|段|片区|[东南西北]岸)"
)
# 查办虚假宣传、以次充好案件62件: what was prosecuted is what we would prosecute
_CASES = re.compile(
    r"^(?:立案|依法)?(?:查办|查处)(?P<what>[\u4e00-\u9fff、]{4,24}?)(?:类|等)?(?:违法违规|违法)?(?:案件|行为)$"
)
_WITH = re.compile(r"(?:会同|联合|配合|协同|与|和|、)$")
# 建成市级托育服务中心: a body that was founded there is no slot to fill
_BUILD_VERB = re.compile(r"(?:建设|建成|建立|设立|打造|组建|成立|创建|新建|设置)(?:了)?$")
# 修订《…办法》: what is to be revised must exist; ours is to be made
_REVISE = re.compile(r"(?:修订完善|修订印发|修订出台|修订|修改|完善)(了?)$")
_BRAND_AFTER = re.compile(
    r"^(?:等)?(?:\d|[一二三四五六七八九十])*(?:家|个)?(?P<what>电商平台|直播平台|网络平台|外卖平台|互联网平台|平台企业|平台|短视频平台|公司|集团|企业|商城|超市)"
)
_BRAND_SLOT = re.compile(r"(?:与|和|同|通过|在|利用|督促|指导|约谈|推动|引导|引入|联合|会同)$")


def strip_names(clause: str, mentions: Sequence[Mention], rules: Rules) -> str | None:
    """Return ``clause`` without what ``rules`` do not allow; ``mentions`` are those of the
    clause, their offsets counted in it."""
    foreign = [m for m in mentions if not rules.allows(m)]
    for group in reversed(_group(clause, foreign)):
        edited = _EDITS[group.kind](clause[: group.start], group, clause[group.end :], rules)
        if edited is None:
            return None
        clause = edited
    return tidy(clause)


def _group(clause: str, mentions: Sequence[Mention]) -> list[_Group]:
    groups: list[_Group] = []
    for m in sorted(mentions, key=lambda m: m.start):
        last = groups[-1] if groups else None
        joined = (
            last is not None
            and last.kind == m.kind
            and m.kind in ("place", "brand", "organisation")
            and _JOINERS.fullmatch(clause[last.end : m.start])
        )
        if last is not None and (
            joined or (m.kind == "place" == last.kind and last.end == m.start)
        ):
            groups[-1] = _Group(m.kind, last.start, m.end, clause[last.start : m.end])
        else:
            groups.append(_Group(m.kind, m.start, m.end, clause[m.start : m.end]))
    return groups


def _edit_place(before: str, group: _Group, after: str, rules: Rules) -> str | None:
    if re.search(r"\d", group.text) or _AREA_PART.match(after) or before.endswith(("将", "把")):
        return None
    others = _AND_OTHERS.match(after)
    rest = after[others.end() :] if others else after
    if _GUIDE.search(before) and (others or _verb_follows(rest) or not rest):
        return f"{before}{LOWER_AREAS[rules.profile.level]}{rest}"
    if _AT.search(before):
        return f"{before}【地点】{rest}" if _AT_AFTER.match(after) else None
    if (
        _COMPANY.search(before)
        or before.endswith("、")
        or rest.startswith(("、", "和", "与", "及"))
    ):
        return None
    if rest.startswith("的") and _TOWARDS.search(before):
        return None  # 加大对|岚溪县|的扶持力度
    rest = rest.removeprefix("的")
    return before + rest if rest and not rest.startswith(("，", "。")) else None


def _verb_follows(rest: str) -> bool:
    return rest.startswith((*load_lexicon().verbs, *load_lexicon().adverbs, "做", "抓"))


def _edit_organisation(before: str, group: _Group, after: str, rules: Rules) -> str | None:
    if not generic_name(group.text) and _BRAND_AFTER.match(after):
        return _edit_brand(before, group, after, rules)
    if before.endswith("以") and group.text[0] in "上下":  # 二级以上医院
        before, group = before + group.text[0], replace(group, text=group.text[1:])
    names = [n for n in re.split(r"[、和及与，]|以及", group.text) if n]
    general = [generic_name(name) for name in names]
    if rules.source_generic and rules.source_generic in general:
        if len(general) > 1:
            return None
        return after if not before else f"{before}{rules.profile.short}{after}"
    if rules.own_generic and rules.own_generic in general:
        # 会同市市场监督管理局把…: we are that body, the partner falls away
        general = [g for g in general if g != rules.own_generic]
        lead = _WITH.sub("", before)
        if not general:
            return lead + after if lead != before or not before else None
    if _BUILD_VERB.search(before):
        return None
    shown = list(dict.fromkeys(name or "【单位】" for name in general))
    return f"{before}{'、'.join(shown)}{after}"


def _edit_date(before: str, group: _Group, after: str, rules: Rules) -> str | None:
    lead, tail = _DATE_BEFORE.sub("", before), _DATE_AFTER.sub("", after)
    if re.match(r"^(?:年度)?(?:相比|的|至|—|-|～)", after) or lead.endswith(
        ("与", "比", "较", "于")
    ):
        return None
    if not tail:
        return None
    noun = re.match(
        r"^(?:年度)?[\u4e00-\u9fff]{0,10}(?:行动|计划|方案|工作要点|预算|抽检|目录|清单)", tail
    )
    if lead and noun and not _verb_follows(tail):
        return f"{lead}年度{tail.removeprefix('年度')}"
    return lead + tail


def _edit_number(before: str, group: _Group, after: str, rules: Rules) -> str | None:
    if re.search(r"[%％‰倍折元]|百分|分之|亩|吨|公里|平方|人次", group.text):
        return None
    cases = _CASES.search(before)
    if cases and group.text[-1] in "件起宗":
        return f"依法查处{cases['what']}等违法行为"
    if group.text[-1] in "家个名户所类" and _SOME_OF.search(before):
        return before + _COUNTED.sub("", after) if re.match("[\u4e00-\u9fff]{2}", after) else None
    lead = _FIGURE_BEFORE.sub("", before)
    if lead != before or not _BUILD.search(lead):
        return None
    rest = _COUNTED.sub("", after)
    return lead + rest


def _edit_document(before: str, group: _Group, after: str, rules: Rules) -> str | None:
    lexicon = load_lexicon()
    before = _REVISE.sub(r"制定\1", before)
    bare = re.sub(r"了$", "", before)
    if not bare.endswith(lexicon.make_verbs) and not bare.endswith(
        tuple(t for t, _ in lexicon.tense)
    ):
        return None
    thing = _name_thing(group.text, rules)
    if thing is None or (_PERIODIC.search(before) and not bare.endswith(("制定", "编制", "修订"))):
        return None
    # 等系列文件, 等制度: what else there was is not ours to make
    after = re.sub(
        r"^(?:（[^）]*）)?等?(?:系列)?(?:文件|制度|政策|规范性文件)?(?=$|[，。；、并])", "", after
    )
    return f"{before}{thing}{after}"


def _name_thing(title: str, rules: Rules) -> str | None:
    """Return what a document is without its place, year and title marks:
    《云川市直播营销合规指引》 → 直播营销合规指引; ``None`` where it cannot be ours."""
    lexicon = load_lexicon()
    title = _TITLE_NOISE.sub("", title.strip("《》“”"))
    for m in reversed(find_mentions(title)):
        if not rules.allows(m) and m.kind != "document":
            title = title[: m.start] + title[m.end :]
    for core in rules.source_names:
        title = re.sub(rf"{re.escape(core)}(?:省|市|自治[区州县]|县|区|州|盟|旗)?", "", title)
    for start, end in find_areas(title):
        if start <= 1:  # 东岭市直播…指引: the place stands in front
            title = title[end:]
            break
    title = re.sub(
        r"^(?:地区|区域|流域|全?[省市县区]|年|年度|（)+(?=[\u4e00-\u9fff]{4})", "", title
    )
    if title.endswith(lexicon.refused_things) or find_foreign(title, rules):
        return None
    about = _TITLE_ABOUT.match(title)
    if about and len(about["what"]) >= 4:
        return f"{about['what']}的{lexicon.other_thing}"
    if "关于" in title or not title.endswith(lexicon.things):
        return None
    return title if len(title) >= 4 else None


def find_foreign(text: str, rules: Rules) -> list[Mention]:
    """Return the mentions in ``text`` that may not stand there."""
    return [m for m in find_mentions(text) if not rules.allows(m) and m.kind != "document"]


def _edit_brand(before: str, group: _Group, after: str, rules: Rules) -> str | None:
    general = _general_system(group.text, rules)
    if general:
        return f"{before}{general}{after}"
    if group.text[:1] in "“‘「":
        quoted = edit_quoted(before, group.text[1:-1].strip(), after)
        if quoted is not None:
            return quoted
    counted = re.match(r"^\d+[余多]?[家个](?=[\u4e00-\u9fff]{2})", group.text)
    if counted and _SOME_OF.search(before):  # 对全市23家平台企业
        return before + group.text[counted.end() :] + after
    what = _BRAND_AFTER.match(after)
    if what:
        noun = "相关企业" if what["what"] in ("公司", "集团", "企业") else what["what"]
        noun = f"相关{noun}" if noun in ("平台", "商城", "超市") else noun
        return f"{before}{noun}{after[what.end() :]}"
    return f"{before}【平台】{after.removeprefix('等')}" if _BRAND_SLOT.search(before) else None


def _general_system(name: str, rules: Rules) -> str:
    """Return what a system is without the place in its name (“东岭市互联网监测管理系统” →
    互联网监测管理系统), or "" where the name is not of that kind."""
    bare = name.strip('“”‘’「」『』"')
    general = bare
    for core in rules.source_names:
        general = re.sub(rf"^{re.escape(core)}(?:省|市|自治[区州县]|县|区|州|盟|旗)?", "", general)
    areas = [end for start, end in find_areas(general) if start <= 1]
    mentions = [m for m in find_mentions(general) if m.kind == "place" and m.start == 0]
    general = general[max([*areas, *(m.end for m in mentions)], default=0) :]
    descriptive = general.endswith(("系统", "平台", "数据库", "制度", "机制")) and len(general) >= 6
    return general if general != bare and descriptive else ""


def _edit_doc_number(before: str, group: _Group, after: str, rules: Rules) -> str | None:
    if before.endswith(("（", "(")) and after.startswith(("）", ")")):
        return before[:-1] + after[1:]
    return before + after


def _refuse(before: str, group: _Group, after: str, rules: Rules) -> str | None:
    return None


_EDITS: dict[str, Callable[[str, _Group, str, Rules], str | None]] = {
    "place": _edit_place,
    "organisation": _edit_organisation,
    "person": _refuse,
    "contact": _refuse,
    "date": _edit_date,
    "number": _edit_number,
    "document": _edit_document,
    "doc_number": _edit_doc_number,
    "brand": _edit_brand,
}


def adapt_level(clause: str, rules: Rules) -> str:
    """Return ``clause`` with 我县, 全县, 本县 … in the level of the unit that signs, and the
    source's own 我局 as the unit's short form."""
    char = rules.own_char
    clause = re.sub(
        r"(?<![一-鿿])?(?:我|全|本)[省市县区州旗镇乡](?![一-鿿]?场)",
        lambda m: m[0][0] + char,
        clause,
    )
    clause = re.sub(r"我[局委厅办院校](?!们)|我单位|我中心|本[局委厅]", rules.profile.short, clause)
    return re.sub(r"我们", rules.profile.short, clause)
