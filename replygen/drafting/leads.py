"""Leads: how we bring about what somebody is to do (引导企业, 会同财政部门), and how we ourselves
stand among those who are named.
"""

from __future__ import annotations

import re

from replygen.drafting.acts import doer_rows, opens_with_act, words
from replygen.drafting.context import generic_name
from replygen.drafting.duties import is_our_kind, keys_of
from replygen.drafting.material import names_unit
from replygen.drafting.speaker import Speaker
from replygen.drafting.spoken import strip_openers

BODIES = ("部门", "机关")
_TOGETHER = ("会同", "联合", "协同")
# 省财政厅, 市残联, 教育部门, 省总工会; not 委员, 办理
_BODY = (
    r"[省市县区]?(?:[\u4e00-\u9fff]{2,10}?(?:局|厅|委(?!员)|办(?![理法好事公])|部门|机关|联)"
    r"|[\u4e00-\u9fff]{0,6}?总工会)"
)
_NAMED_WITH = re.compile(rf"(?:^|[、和与])(?P<name>{_BODY})")
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
# 省政府出台规划: what the government issues, its department drafts
_PAPER = re.compile(
    r"^(?:建议|希望|恳请|提请|请|由)?[省市县区](?:委、?[省市县区])?(?:人民)?政府(?:应当|应该|应|要|须|需要|需|可以|可)?"
    r"(?P<when>尽快|及时|抓紧|适时)?(?:研究)?(?:制定)?(?:出台|制定|印发|颁布|发布)(?P<what>[^，]{4,}(?:规划|意见|办法|方案|计划|决定|细则))$"
)
# 推动省残联|建立…, 推动省编办、省财政厅|联合发文
_PUSHED = re.compile(rf"^推动(?P<names>{_BODY}(?:[、和与]{_BODY})*)(?P<rest>[^，、]{{4,}}.*)$")
# 地方政府主动参与…: not we, where we are the province
_LOCALITIES = re.compile(
    r"^(?:地方|当地|各地|市县|基层)(?:各级)?政府(?:[和与及](?:相关|有关)部门)?"
)


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


def is_government(who: str) -> bool:
    """Return whether ``who`` is the government as such: 市政府 is, 各市 and 苏州市 are not."""
    governments = words("governments")
    return who in governments or who.endswith(tuple(w for w in governments if len(w) > 1))


def partner_lead(who: str, speaker: Speaker) -> str:
    """Return 会同…部门 for a body, nothing for the government as such or ourselves."""
    if is_government(who):
        return ""
    names = re.split(r"[、和与及]|以及", who)
    if who.endswith(_NO_OFFICE):
        return f"推动{who}"
    if all(name.endswith(("部门", "局", "委", "厅", "办", "机关")) for name in names if name):
        others = [general_name_of(name) for name in names if name and not is_us(name, speaker)]
        others = [name for name in others if name != speaker.rules.own_generic]
        return f"会同{'、'.join(dict.fromkeys(others))}" if others else ""
    if "会同" in who or "联合" in who:
        return f"推动{who}"
    bodies = (*BODIES, "厅", "局", "委", "办")
    return f"会同{who}" if who.endswith(bodies) else lead_for(who, speaker)


def is_us(name: str, speaker: Speaker) -> bool:
    """Return whether a body, also by its kind (科技部门, 林草局), is our own unit."""
    return names_unit(name, speaker.profile) or is_our_kind(name, speaker.profile)


def general_name_of(name: str) -> str:
    """Return a body by its kind (教育部门 for 市教育局), by its name where it has none."""
    return generic_name(name) or name


def lead_for(who: str, speaker: Speaker) -> str:
    """Return how we bring about what ``who`` is to do; things and areas are 推动-ed."""
    who = who.rstrip("都均也还则又")
    if not who or is_government(who) or who in speaker.rules.own_names:
        return ""
    if who.endswith((*BODIES, "厅", "局", "委", "办")) and keys_of(who, speaker.profile):
        return partner_lead(who, speaker)
    if who.endswith(BODIES):
        return partner_lead(who, speaker)
    for row in doer_rows():
        if who.endswith(tuple(row["ends"])):
            return str(row["how"]) if row.get("whole") else f"{row['how']}{who}"
    return f"推动{who}"


def _without_pushing_us(clause: str, speaker: Speaker) -> str:
    """Return a clause in which we do not push ourselves: 推动省残联建立… in a letter of 省残联 →
    建立…; 推动省编办、省财政厅联合发文 in one of 省财政厅 → 会同省编办联合发文."""
    match = _PUSHED.match(clause)
    if match is None or not opens_with_act(match["rest"]):
        return clause
    names = re.split("[、和与]", match["names"])
    others = [name for name in names if not is_us(name, speaker)]
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
            return "等部门" if is_us(match["name"].replace("等", ""), speaker) else match.group()
        return "" if is_us(match["name"], speaker) else match.group()

    rest = _NAMED_WITH.sub(keep, clause[2:]).lstrip("、和与，")
    bare = not _NAMED_WITH.match(rest) and opens_with_act(rest)
    return rest if bare and rest != clause[2:] else clause[:2] + rest
