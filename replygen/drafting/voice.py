"""The voice: what a proposer asks of somebody, turned into what we do about it."""

from __future__ import annotations

import re

from replygen.drafting.acts import (
    acts,
    acts_after_frame,
    doer_ends,
    opens_with_act,
    prepositions,
    words,
)
from replygen.drafting.clauses import drop_brackets
from replygen.drafting.duties import keys_of
from replygen.drafting.leads import BODIES, general_name_of, is_us, lead_for, partner_lead
from replygen.drafting.speaker import Speaker
from replygen.drafting.spoken import MODAL, has_modal, strip_openers

_SHORTEST = 5  # characters of an act behind a frame
_NEGATIVE = re.compile(r"(?:不(?![同断少仅])|勿|禁止|严禁)(?:能|得|应|宜|要|可|准|允许)?|切忌")
# 严禁个人拆解锂电池: what is forbidden is watched
_FORBIDDEN = re.compile(r"^(?:严禁|禁止)[^，。；]{4,}")
# 教育主管部门加强督导; 省卫健委出台…; 公安、市场监管、金融等多部门建立…; 商务部门和公安机关…
_NO_BODY = r"^(?![由对向与和同按从在把将被让请为给]|会同|配合|联合|协同)"
_ONE = r"[\u4e00-\u9fff]{2,12}?(?:部门|机关|厅|局|委|办)"
_BODY = re.compile(
    rf"{_NO_BODY}(?P<names>{_ONE}(?:[、和与及]{_ONE}){{0,4}})(?:等(?:有关|相关)?部门)?(?P<rest>[^，]{{4,}})"
)
_FIELDS = re.compile(
    rf"{_NO_BODY}(?P<names>[\u4e00-\u9fff]{{2,6}}(?:[、和与][\u4e00-\u9fff]{{2,6}}?){{0,5}})"
    r"等?(?:多个?|各|有关|相关|主管)?部门(?P<rest>[^，]{4,})"
)
_AND_BODY = re.compile("[、和与及]")
# 评价的形式要多样化, 设置情境必须从生活出发: how a thing is to be, its verb a noun
_STATES = re.compile(
    r"^(?P<who>[^，的]{2,10}(?:的[^，的]{2,6})?)(?:必须|应当|应该|(?<![重主需纪摘纲提概首次必])要"
    r"(?=多|少|有|以|从|做到|体现|突出|注重|符合|坚持|更|全面))(?P<rest>[^，]{2,})$"
)
# 申报、备案和落户应放在同类园区: verbs for things
_LISTED = re.compile(rf"^(?P<who>[^，“”]{{2,24}}?)(?:都|均|也)?{MODAL}(?P<rest>[^，]{{3,}})$")
_BY = re.compile(
    r"^由(?P<who>[^，“]{1,24}?)(?P<how>牵头|负责|主导|组织|统一|会同|联合|作为|进行|出资|承担|为主|提出|制定|出台|来(?!自))(?P<rest>.*)$"
)
# 让政府鼓励…, 让侨资企业平等参与…
_LET = re.compile(r"^(?:让(?![渡利步位座售与])|使(?!用)|促使)(?P<rest>.+)$")
_MUST = re.compile(rf"^(?P<who>[^，]{{2,12}}?)(?:都|也|还)?{MODAL}(?P<rest>[^，]{{4,}})$")
# 服务体系|务必|覆盖…: a thing that is to be so, 服务 no verb
_THING = re.compile(
    "^[^，的对将把]{2,10}(?:体系|机制|制度|平台|标准|政策|项目|设施|内容|形式|方案|规划|网络|队伍|系统|课程|教材)$"
)
# 热爱乡村|教育事业: a field, no act
_FIELD = re.compile("^[\u4e00-\u9fff]{2,4}(?:事业|行业|领域|部门|机构|体系|资源|产业)$")
# 有关部门|和行业组织可构建…: who acts beside those that are us
_BESIDE = re.compile(
    rf"^[和与](?P<who>[^，的和与]{{2,8}}?)(?:都|也|还)?{MODAL}(?P<rest>[^，]{{4,}})$"
)
# 各民宿可…: whoever it is, each of them acts
_EACH = re.compile(
    rf"^各(?P<who>(?![级地市县区省有相个项类部])[\u4e00-\u9fff]{{2,6}}?)(?:都|均|也|还)?{MODAL}"
)
# 开发商在预售时…, 企业要…, 苏南地区按照…: who acts in what follows
_DOER_HEAD = re.compile(
    rf"^(?P<who>[^，。；：“”《》]{{2,14}}?)(?:都|均|也|还)?(?:{MODAL}|(?=在|对|将|把|按照?|根据|通过|作为|拿到|取得|自觉|主动|$))"
)
_NO_DOER = tuple(
    "还是 或 及 并 则 就 也 而 这 那 其 该 是否 无论 不管 关于 基于 除 若 如 当".split()
)
# 调度中心无法解决的…, 施工单位应…: a verb that is only part of who acts
_COMPOUND = re.compile(
    r"^(?P<who>(?:培训|调度|服务|管理|监管|检测|教育|评价|研究|销售|生产|经营|施工|设计|建设|运营|评估|审批|执法|开发)"
    r"[\u4e00-\u9fff]{0,2}(?:基地|中心|机构|平台|人员|单位|企业|公司|区))(?:都|均|也)?"
    rf"(?P<rest>(?:进行|负责|建立|统筹|对|将|把|按照?)[^，]{{2,}}|{MODAL}[^，]{{2,}})$"
)
# 指示牌可以用不同颜色标出: what follows is done somehow
_FRAMES = ("用", "按", "以", "在", "与", "向")
# 教育部门担负起…职责: nothing that is done together
BEARS = ("担负", "承担", "肩负", "负起", "履行")


def turn_doer(clause: str, speaker: Speaker) -> str:
    """Return what somebody else is asked to do as what we do about it: 由教育局牵头制定… →
    会同教育部门制定…; 企业要建立… → 引导企业建立…; 指示牌应设在… → 推动指示牌设在…"""
    if _NEGATIVE.match(clause):
        return f"加强监督检查，{clause}" if _FORBIDDEN.match(clause) else ""
    clause = _turn_body(_with_others(_without_us(clause, speaker)), speaker)
    let = _LET.match(clause)
    if let:
        return _turn_let(let["rest"], speaker)
    by = _BY.match(clause)
    if by:
        return _turn_agent(by, speaker)
    if clause.startswith("由"):
        return ""
    compound = _COMPOUND.match(clause)
    if compound:
        rest = strip_openers(compound["rest"])
        return f"{lead_for(compound['who'], speaker)}{rest}" if acts_after_frame(rest) else ""
    states = clause.startswith(acts()[0]) and _STATES.match(clause)  # 宣传的形式要多样化
    if opens_with_act(clause) or states:
        return _drop_modal(clause)
    return _turn_modal(clause, speaker)


def _with_others(clause: str) -> str:
    """Return a clause whose first doer is gone with 会同 for those beside it: 和行业组织可构建… →
    会同行业组织构建…"""
    match = _BESIDE.match(clause)
    if match is None or not match["who"].endswith(doer_ends()):
        return clause
    rest = strip_openers(match["rest"])
    return f"会同{match['who']}{rest}" if opens_with_act(rest) else clause


def _turn_let(rest: str, speaker: Speaker) -> str:
    """Return what somebody is to be let do: 让政府鼓励… → 鼓励…, 让老人满意 → 推动老人满意."""
    bare = strip_openers(rest)
    if bare != rest and opens_with_act(bare):
        return bare
    turned = _turn_plain_doer(rest, speaker)
    if turned == rest and (must := _MUST.match(rest)) and opens_with_act(must["rest"]):
        rest = must["who"] + must["rest"]  # 让监管部门|要|加强引导
    return turned if turned != rest else f"推动{rest}"


def _without_us(clause: str, speaker: Speaker) -> str:
    """Return a clause without our own name before its act: 江苏省积极融入… → 积极融入…"""
    for name in speaker.rules.own_names:
        rest = strip_openers(clause.removeprefix(name)) if name else clause
        if rest != clause and clause.startswith(name) and acts_after_frame(rest):
            return rest
    return clause


def _turn_modal(clause: str, speaker: Speaker) -> str:
    """Return a clause with or without a modal behind its doer."""
    match = re.match(rf"^(?P<who>[^，]{{1,22}}?)(?P<modal>{MODAL})(?P<rest>.+)$", clause)
    if match and (match["who"].endswith("不") or match["rest"].startswith("不")):
        return ""
    if match and not match["who"].startswith(prepositions()):
        rest = strip_openers(match["rest"])
        framed = rest.startswith(_FRAMES) and len(rest) > _SHORTEST
        acting = opens_with_act(rest) or framed
        return f"{lead_for(match['who'], speaker)}{rest}" if acting else ""
    if clause.startswith(prepositions()):
        return _drop_modal(clause)
    return _turn_plain_doer(clause, speaker)


def _turn_body(clause: str, speaker: Speaker) -> str:
    """Return a clause whose doers are bodies named by their kind or in short (教育主管部门加强督导,
    省卫健委出台…) as ours where it is us, else as what we do with them. 教育 is no verb there."""
    for pattern in (_BODY, _FIELDS):
        match = pattern.match(clause)
        if match is None:
            continue
        names = [name for name in _AND_BODY.split(match["names"]) if name]
        fields = pattern is _FIELDS
        names = [f"{name}部门" for name in names] if fields else names
        if opens_with_act(clause) and _is_object(names[0], speaker):
            continue
        if match["rest"][0] in "和与及" and all(is_us(name, speaker) for name in names):
            return turn_doer(match["rest"][1:], speaker)
        rest = strip_openers(match["rest"])
        known = all(keys_of(name, speaker.profile) or is_us(name, speaker) for name in names)
        plain = names[0].endswith(BODIES) or not opens_with_act(clause)
        if not known or not plain or not acts_after_frame(rest):
            continue
        others = [general_name_of(name) for name in names if not is_us(name, speaker)]
        listed = "、".join(dict.fromkeys(others))
        if fields and len(others) > 1:
            listed = f"{listed.replace('部门', '')}等部门"
        if others and rest.startswith(BEARS):
            return f"推动{listed}{rest}"
        return f"会同{listed}{rest}" if others else rest
    return clause


def _is_object(name: str, speaker: Speaker) -> bool:
    """True for a body behind a verb, whom something is done to: 追究教育部门…的责任."""
    verb = next((v for v in acts()[0] if name.startswith(v)), "")
    bare = name[len(verb) :]
    known = keys_of(name if bare == "主管部门" else bare, speaker.profile)
    return bool(verb) and len(bare) > 2 and bool(known) is not (bare == "主管部门")


def find_doer(clause: str, speaker: Speaker) -> str | None:
    """Return how we bring about what the doer at the head of ``clause`` is to do (引导开发商), ""
    where that is the government or ourselves, ``None`` where no doer stands there."""
    bare = strip_openers(drop_brackets(clause))
    if bare != clause and clause.startswith(words("governments")):
        return ""
    known = (*BODIES, "政府", *doer_ends())
    if (each := _EACH.match(bare)) and not each["who"].endswith(known):
        return f"引导各{each['who']}"
    match = _DOER_HEAD.match(bare)
    if bare.startswith((*prepositions(), *_NO_DOER)):
        return None
    if match is None:
        who = "" if opens_with_act(bare) else _plain_doer(bare, doer_ends())
        return lead_for(who, speaker) if who else None
    who = re.sub("等(?:有关|相关)部门$", "", match["who"])
    ends = doer_ends()
    body = who.endswith((*BODIES, "厅", "局", "委", "办")) and keys_of(who, speaker.profile)
    if not body and who not in ends and opens_with_act(bare):  # 开发商 begins like 开发
        return None
    if not (body or who.endswith(ends)) or "的" in who or _NEGATIVE.search(who):
        return None
    return lead_for(who, speaker)


def _turn_agent(by: re.Match[str], speaker: Speaker) -> str:
    who, rest = by["who"], strip_openers(by["rest"].lstrip("，"))
    if by["how"] == "作为" or not rest and by["how"] in ("牵头", "负责", "主导", "为主"):
        return ""
    lead = partner_lead(who, speaker)
    if by["how"] in ("会同", "联合") and lead.startswith("会同"):
        lead = ""  # 由牵头部门会同工商…: who leads is not named
    if lead.startswith("会同") and rest.startswith("会同"):  # 由甲牵头，会同乙、丙构建…
        return f"{lead}、{rest[2:]}"
    rest = rest if opens_with_act(rest) else f"{by['how']}{rest}"
    return f"{lead}{rest}" if opens_with_act(rest) else ""


def _turn_plain_doer(clause: str, speaker: Speaker) -> str:
    """Return a clause that names its doer without any modal: 政府发布政策指导 → 发布政策指导;
    街道社区定期维护… → 推动街道社区定期维护…"""
    if clause.startswith(("基于", "要求", "责成", "敦促")):
        return clause
    who = _plain_doer(clause, (*doer_ends(), *BODIES))
    return f"{lead_for(who, speaker)}{clause[len(who) :]}" if who else clause


def _plain_doer(clause: str, ends: tuple[str, ...]) -> str:
    """Return who acts in a clause without a modal, by how the name ends: 有条件的企业|推行…, not
    国有企业|和民营企业经营现状; "" where nobody is named."""
    for place in range(2, min(16, len(clause) - 3)):
        who, rest = clause[:place], clause[place:]
        if "的" in who and not who.startswith(("有条件的", "符合条件的")):
            return ""
        joined = rest[0] in "和与及、的" or clause[place - 1 : place + 1] == "组织"
        if who.endswith(ends) and opens_with_act(rest) and not (joined or _FIELD.match(rest)):
            return who
    return ""


def _drop_modal(clause: str) -> str:
    """Return a clause without the modal behind its frame: 对…应严肃纠正 → 对…严肃纠正."""
    if _NEGATIVE.search(clause):
        return clause
    states = _STATES.match(clause)
    if states:
        who, rest = states["who"].rstrip("也都均"), states["rest"].removeprefix("要")
        return f"会同{who}{rest}" if who.endswith(BODIES) else f"推动{who}{rest}"
    framed = clause.startswith(prepositions())
    for match in re.finditer(MODAL, clause):
        rest = clause[match.end() :]
        sure = framed and len(rest) > _SHORTEST and has_modal(clause)
        if match.start() >= 3 and (acts_after_frame(rest) or sure):
            what = clause[: match.start()].rstrip("也都均，")
            return f"推动{what}{rest}" if _THING.match(what) and not framed else what + rest
    listed = _LISTED.match(clause)
    if listed and not framed and has_modal(clause):
        return f"推动{listed['who']}{listed['rest']}"
    return clause
