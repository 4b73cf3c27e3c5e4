"""The voice: what a proposer asks of somebody, turned into what we do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from replygen.drafting.acts import (
    acts,
    acts_after_frame,
    doer_ends,
    doer_rows,
    opens_with_act,
    prepositions,
    words,
)
from replygen.drafting.clauses import drop_brackets
from replygen.drafting.context import generic_name
from replygen.drafting.duties import is_our_kind, keys_of
from replygen.drafting.material import names_unit
from replygen.drafting.speaker import Speaker
from replygen.language.words import cut_words, read_vocabulary

_BODIES = ("部门", "机关")
_SHORTEST = 5  # characters before an example that are kept
# 应 and 要 that are part of a word: 适应, 供应, 应用, 重要, 需要
MODAL = (
    r"(?:(?:应当|应该|必须|务必)(?:要(?![求点素]))?|务须|(?<![适供相对反效响感呼])应(?![用急对届收变试答聘]|.[尽必])|(?<!必)须|(?<![重主需纪摘])要(?![素求点闻闭塞道件领])"
    r"|(?<![所最])需要(?![的时])|(?<![所急必军按刚供])需(?![求要])|(?<![认许])可以?(?![持能靠行视再])|(?<![适便])宜(?![居人])|不妨)"
)
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
_TOGETHER = ("会同", "联合", "协同")
_NAMED_WITH = re.compile(
    r"(?:^|[、和与])(?P<name>[省市县区]?[\u4e00-\u9fff]{2,10}?(?:局|厅|委(?!员)|办(?![理法好事公])|部门))"
)
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
# 文化设施布局, 发展格局: no bodies
_NO_OFFICE = (
    "布局",
    "格局",
    "全局",
    "大局",
    "开局",
    "结局",
    "当局",
    "会办",
    "主办",
    "承办",
    "协办",
)
# 热爱乡村|教育事业: a field, no act
_FIELD = re.compile("^[\u4e00-\u9fff]{2,4}(?:事业|行业|领域|部门|机构|体系|资源|产业)$")
# 省政府出台规划: what the government issues, its department drafts
_PAPER = re.compile(
    r"^(?:建议|希望|恳请|提请|请|由)?[省市县区](?:委、?[省市县区])?(?:人民)?政府(?:应当|应该|应|要|须|需要|需|可以|可)?"
    r"(?P<when>尽快|及时|抓紧|适时)?(?:研究)?(?:制定)?(?:出台|制定|印发|颁布|发布)(?P<what>[^，]{4,}(?:规划|意见|办法|方案|计划|决定|细则))$"
)
# 推动省残联|建立…, 推动省编办、省财政厅|联合发文
_PUSHED = re.compile(
    r"^推动(?P<names>[省市县区]?[\u4e00-\u9fff]{2,8}?(?:局|厅|委(?!员)|办(?![理法好事公])|部门|联|总工会)"
    r"(?:[、和与][省市县区]?[\u4e00-\u9fff]{2,8}?(?:局|厅|委(?!员)|办(?![理法好事公])|部门|联|总工会))*)(?P<rest>[^，、]{4,}.*)$"
)
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
# 地方政府主动参与…: not we, where we are the province
_LOCALITIES = re.compile(
    r"^(?:地方|当地|各地|市县|基层)(?:各级)?政府(?:[和与及](?:相关|有关)部门)?"
)
# 和培训制度接轨: what goes on with 和 is a frame
_JOINED_WITH = re.compile(r"接轨|衔接|联手|合作|对接|结合|联动|挂钩|同步|融合|互动")


def name_localities(clause: str, speaker: Speaker) -> str:
    """Return ``clause`` with 各地 for the local governments that are asked, where they are not
    ours: 地方政府要主动参与… in the letter of a province."""
    if speaker.profile.level not in ("国家", "省"):
        return clause
    return _LOCALITIES.sub("各地", strip_openers(clause) if clause[:1] in "要应并还" else clause)


def draft_paper(clause: str) -> str:
    """Return what a department does for a paper that the government is to issue: 省政府出台规划 →
    研究起草规划并按程序报批; any other clause as it is."""
    match = _PAPER.match(clause)
    if match is None:
        return clause
    return f"{match['when'] or ''}研究起草{match['what']}并按程序报批"


def strip_openers(clause: str) -> str:
    """Return ``clause`` without the proposer's voice: 建议政府应尽快建立… → 尽快建立…"""
    openers, governments = words("openers"), words("governments")
    for _ in range(8):
        word = next((w for w in openers if clause.startswith(w) and _may_go(clause, w)), None)
        word = word or next(
            (w for w in governments if clause.startswith(w) and _acts_behind(clause, w)), None
        )
        if word is None:
            return clause
        clause = clause[len(word) :].lstrip("，、：, ")
    return clause


def _may_go(clause: str, word: str) -> bool:
    """A short word is an opener only where a clause goes on behind it (要加强, not 要素)."""
    rest = clause[len(word) :]
    if word == "和" and _JOINED_WITH.search(rest):
        return False
    if len(word) > 1 and word not in ("努力", "切实", "真正"):
        return not rest.startswith(("的", "于")) and bool(rest)
    return _goes_on(rest)


def _acts_behind(clause: str, word: str) -> bool:
    rest = clause[len(word) :]
    return _goes_on(rest) and not rest.startswith(("部门", "服务", "主导", "购买"))


def _goes_on(rest: str) -> bool:
    begins = (*prepositions(), *words("governments"))
    modal = re.match(MODAL, rest)
    return bool(modal) or rest.startswith(begins) or acts_after_frame(rest)


def without_examples(clause: str) -> str:
    """Return ``clause`` up to where an example starts: 引进设施，如… , 像河长一样…"""
    cut = re.search(
        r"(?:例如|比如|诸如|譬如|(?<![不假犹])如(?![何期果实意同下上]))(?=.{2,})", clause
    )
    if cut and cut.start() >= _SHORTEST:
        clause = clause[: cut.start()]
    return clause.rstrip("，、（")


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
        if match["rest"][0] in "和与及" and all(_is_us(name, speaker) for name in names):
            return turn_doer(match["rest"][1:], speaker)
        rest = strip_openers(match["rest"])
        known = all(keys_of(name, speaker.profile) or _is_us(name, speaker) for name in names)
        plain = names[0].endswith(_BODIES) or not opens_with_act(clause)
        if not known or not plain or not acts_after_frame(rest):
            continue
        others = [_general(name) for name in names if not _is_us(name, speaker)]
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
    known = (*_BODIES, "政府", *doer_ends())
    if (each := _EACH.match(bare)) and not each["who"].endswith(known):
        return f"引导各{each['who']}"
    match = _DOER_HEAD.match(bare)
    if match is None and (who := _plain_doer(bare)):
        return lead_for(who, speaker)
    if match is None or bare.startswith((*prepositions(), *_NO_DOER)):
        return None
    who = re.sub("等(?:有关|相关)部门$", "", match["who"])
    ends = doer_ends()
    body = who.endswith((*_BODIES, "厅", "局", "委", "办")) and keys_of(who, speaker.profile)
    if not body and who not in ends and opens_with_act(bare):  # 开发商 begins like 开发
        return None
    if not (body or who.endswith(ends)) or "的" in who or _NEGATIVE.search(who):
        return None
    return lead_for(who, speaker)


def _turn_agent(by: re.Match[str], speaker: Speaker) -> str:
    who, rest = by["who"], strip_openers(by["rest"].lstrip("，"))
    if by["how"] == "作为" or not rest and by["how"] in ("牵头", "负责", "主导", "为主"):
        return ""
    lead = _partner_lead(who, speaker)
    if by["how"] in ("会同", "联合") and lead.startswith("会同"):
        lead = ""  # 由牵头部门会同工商…: who leads is not named
    if lead.startswith("会同") and rest.startswith("会同"):  # 由甲牵头，会同乙、丙构建…
        return f"{lead}、{rest[2:]}"
    rest = rest if opens_with_act(rest) else f"{by['how']}{rest}"
    return f"{lead}{rest}" if opens_with_act(rest) else ""


def _is_government(who: str) -> bool:
    """Return whether ``who`` is the government as such: 市政府 is, 各市 and 苏州市 are not."""
    governments = words("governments")
    return who in governments or who.endswith(tuple(w for w in governments if len(w) > 1))


def _partner_lead(who: str, speaker: Speaker) -> str:
    """Return 会同…部门 for a body, nothing for the government as such or ourselves."""
    if _is_government(who):
        return ""
    names = re.split(r"[、和与及]|以及", who)
    if who.endswith(_NO_OFFICE):
        return f"推动{who}"
    if all(name.endswith(("部门", "局", "委", "厅", "办", "机关")) for name in names if name):
        others = [_general(name) for name in names if name and not _is_us(name, speaker)]
        others = [name for name in others if name != speaker.rules.own_generic]
        return f"会同{'、'.join(dict.fromkeys(others))}" if others else ""
    if "会同" in who or "联合" in who:
        return f"推动{who}"
    bodies = (*_BODIES, "厅", "局", "委", "办")
    return f"会同{who}" if who.endswith(bodies) else lead_for(who, speaker)


def _is_us(name: str, speaker: Speaker) -> bool:
    """Return whether a body, also by its kind (科技部门, 林草局), is our own unit."""
    return names_unit(name, speaker.profile) or is_our_kind(name, speaker.profile)


def _general(name: str) -> str:
    return generic_name(name) or name


def lead_for(who: str, speaker: Speaker) -> str:
    """Return how we bring about what ``who`` is to do; things and areas are 推动-ed."""
    who = who.rstrip("都均也还则又")
    if not who or _is_government(who) or who in speaker.rules.own_names:
        return ""
    if who.endswith((*_BODIES, "厅", "局", "委", "办")) and keys_of(who, speaker.profile):
        return _partner_lead(who, speaker)
    if who.endswith(_BODIES):
        return _partner_lead(who, speaker)
    for row in doer_rows():
        if who.endswith(tuple(row["ends"])):
            return str(row["how"]) if row.get("whole") else f"{row['how']}{who}"
    return f"推动{who}"


def _turn_plain_doer(clause: str, speaker: Speaker) -> str:
    """Return a clause that names its doer without any modal: 政府发布政策指导 → 发布政策指导;
    街道社区定期维护… → 推动街道社区定期维护…"""
    if clause.startswith(("基于", "要求", "责成", "敦促")):
        return clause
    ends = (*doer_ends(), *_BODIES)
    for place in range(2, min(16, len(clause) - 3)):
        if clause[:place].endswith(ends) and opens_with_act(clause[place:]):
            if (
                _FIELD.match(clause[place:])
                or clause[place - 1 : place + 1] == "组织"
                or "的" in clause[:place]
            ):
                continue
            if clause[place] in "和与及、":  # 国有企业|和民营企业经营现状
                continue
            return f"{lead_for(clause[:place], speaker)}{clause[place:]}"
    return clause


def _plain_doer(clause: str) -> str:
    """Return who acts in a clause without a modal, by the ending of the name: 有条件的企业推行…;
    "" where it opens with an act or tells of no doer."""
    if opens_with_act(clause) or clause.startswith((*prepositions(), *_NO_DOER)):
        return ""
    ends = doer_ends()
    for place in range(2, min(16, len(clause) - 3)):
        who = clause[:place]
        if (
            who.endswith(ends)
            and opens_with_act(clause[place:])
            and clause[place] not in "和与及、的"
        ):
            return who if "的" not in who or who.startswith(("有条件的", "符合条件的")) else ""
    return ""


def _drop_modal(clause: str) -> str:
    """Return a clause without the modal behind its frame: 对…应严肃纠正 → 对…严肃纠正."""
    if _NEGATIVE.search(clause):
        return clause
    states = _STATES.match(clause)
    if states:
        who, rest = states["who"].rstrip("也都均"), states["rest"].removeprefix("要")
        return f"会同{who}{rest}" if who.endswith(_BODIES) else f"推动{who}{rest}"
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


def has_modal(text: str) -> bool:
    """Return whether a modal stands in ``text`` as a word of its own (应放在, not 政要, 要务) and
    says what is to be done, not what kind a thing is (可降解的垃圾)."""
    for match in re.finditer(MODAL, text):
        rest = text[match.end() :]
        if (
            len(rest) < 2
            or re.match("[^，]{1,8}的", rest)
            and opens_with_act(text[: match.start()])
        ):
            continue
        start = 0
        for piece in cut_words(text, read_vocabulary()):
            inside = start <= match.start() and match.end() <= start + len(piece)
            if inside and len(piece) > len(match.group()):
                break
            start += len(piece)
        else:
            return True
    return False


def _without_pushing_us(clause: str, speaker: Speaker) -> str:
    """Return a clause in which we do not push ourselves: 推动省残联建立… in a letter of 省残联 →
    建立…; 推动省编办、省财政厅联合发文 in one of 省财政厅 → 会同省编办联合发文."""
    match = _PUSHED.match(clause)
    if match is None or not opens_with_act(match["rest"]):
        return clause
    names = re.split("[、和与]", match["names"])
    others = [name for name in names if not _is_us(name, speaker)]
    if len(others) == len(names):
        return clause
    return f"会同{'、'.join(others)}{match['rest']}" if others else match["rest"]


def without_ourselves(clause: str, speaker: Speaker) -> str:
    """Return ``clause`` without our own unit among those that we act with: 会同省中医药局、
    省科技厅制定 → 会同省中医药局制定 where we are 省科技厅."""
    if clause.startswith("推动"):
        return _without_pushing_us(clause, speaker)
    if not clause.startswith(_TOGETHER):
        return clause

    def keep(match: re.Match[str]) -> str:
        if match["name"].endswith("等部门"):  # 司法、税务、|金融管理|等部门
            return "等部门" if _is_us(match["name"].replace("等", ""), speaker) else match.group()
        return "" if _is_us(match["name"], speaker) else match.group()

    rest = _NAMED_WITH.sub(keep, clause[2:]).lstrip("、和与")
    bare = not _NAMED_WITH.match(rest) and opens_with_act(rest)
    return rest if bare and rest != clause[2:] else clause[:2] + rest


def straighten_quotes(text: str) -> str:
    """Return ``text`` with Chinese quotes for straight ones, in pairs."""

    def turn() -> Iterator[str]:
        opened = False
        for char in text:
            if char == '"':
                yield "”" if opened else "“"
                opened = not opened
            else:
                yield char

    return "".join(turn())
