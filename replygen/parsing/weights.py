"""How well a phrase says what an ask wants: whole, in its own words, with the thing done."""

from __future__ import annotations

import re
from dataclasses import dataclass

from replygen.parsing.openings import first_verb, opening
from replygen.parsing.shorten import (
    PERSONS,
    acts_at,
    fit_phrase,
    strip_opening,
    trim_phrase,
    without_front,
)
from replygen.parsing.word_ends import word_borders
from replygen.parsing.wording import cue_pattern

# 运用大数据手段, 仍然采取一事一议: by what, without what is done
_MEANS_ONLY = re.compile(
    "^(?:仍然?|继续|充分|积极|灵活|合理|广泛|综合|要|应|可)*(?:利用|运用|应用|借助|依托|结合|采用|采取|使用|立足)"
    "|^以.*(?:精神|方式|形式|手段|态度|名义|原则|标准|为主|为核心|为重点)$"
)
_LIGHT = re.compile("(?:进行|加以|予以|给予|作出|做出|代替|取代)[\u4e00-\u9fff]{2}")
# 应急部门应注意: the act without what is done
_BARE_ACT = re.compile(
    "[\u4e00-\u9fff]{2}(?:(?<![供适对相反响效])应(?![用急])|(?<![主重需])要(?![求素点])|(?<![认许])可(?!能)|必须)(?:重点|大力|积极|优先)?"
    "[\u4e00-\u9fff]{2}(?:[和与、][\u4e00-\u9fff]{2})*$|对[给予]予|(?:[局厅委会部院]|政府|部门|单位)(?:要求|建议|组织|支持|推动|鼓励)$"
)
# 这类企业, 本产业, 发挥其优势: what is meant stands elsewhere
_ELSEWHERE = re.compile(
    "[这该此那](?:类|些|种|项|个|一)|本(?:企业|产业|单位|行业)|(?<![尤与极])其(?!他|它|中|实|余|次)"
)
# 引导这些企业, 组织相关委员: who is urged, without to what
_WHOM_ONLY = re.compile("^(?:组织|引导|督促|推动|鼓励|允许|要求|动员|指导|促使|帮助|支持|对于?)")
_WITH = re.compile(r"^应?[\u4e00-\u9fff]{2,4}[与同向](?=[^，]+$)")
# 建立长效机制, 出台相应法规: nothing says on what matter
_VAGUE = re.compile(
    r"^(?:进一步|加快|研究|切实|尽快|积极|必要时)*(?:建立|健全|建立健全|完善|制定|出台|设立|成立|创新|优化|形成|强化|加强|推进|构建|发挥|给予|加大|采取)"
    r"(?:长效|相应|相关|鼓励|扶持|优惠|支持|指导|整改|专业|专门|针对性|配套|激励|保障|管理|工作|有效|必要|新|具体|长期|科学|合理|顶层|规范化|标准化|的|和|与|及|、)*"
    r"(?:机制|体制|体制机制|制度|体系|法律法规|法规|法律|政策|措施|办法|机构|方案|细则|设计|作用|职能|建设|力度|意见|活动|工作)+$"
)
_BECOMES = re.compile("纳入|列入|作为|[^，]{2,3}[为成到至](?![了此])|转化|融入|引入")
# 由编办、财政局联合发文, 拿到许可证后, 以购买服务的方式: by whom, when, how, not yet what
_BY_WHOM = re.compile(
    r"^由[^，]*(?:联合|牵头|会同|负责|组织|参与)[^，]{0,3}$"
    r"|^由[^，]{2,10}(?:管理|承担|解决|落实|执行|办理)$|^从[^，]*(?:入手|着手|出发|抓起)$"
    r"|^(?:会同|联合|协同|商请?)[^，]*(?:部门|单位|机构|企业|[局厅委办院校])等?$"
    r"|^包括|(?<![前今先])后$|(?<![及同小临暂实准按定])时$"
    r"|^(?:以|通过|按|采取|采用)[^，]*(?:方式|形式|办法|模式|途径|手段)$"
)
# 探索将…纳入, not 把好入学关
_TAKES = re.compile("(?:探索|研究|尝试|建议|考虑)?(?:将|把(?![好握控守牢关]))")
# 为产业提供人才支撑 is what for, 为青年提供平台 what
_PROVIDES = re.compile(
    "为[^，]{2,12}(?:提供|创造|搭建|营造)[^，]{2,}[^，]{2}(?<!支撑|保障|支持|动力|保证)$"
)
_WHO = re.compile("政府|企业|社会|部门|学校|专家|群众|市场|各")
# 增加与“一带一路”: whom with, without what
_WITH_WHOM = re.compile(r"^[\u4e00-\u9fff]{2,4}(?:与|和|同|对|向)“[^”]+”$")
_STATES = re.compile(r"^[^，]{2,8}(?<![但凡要总还就而都于])是(?!否)")
# 用优厚的待遇: by what, without what is done
_BY_WHAT = re.compile(r"^用(?![户地电水工人能好活足])[^，]*(?:的[^，]{2,6}|手段|方式|方法)$")


_ENDS_WHERE = re.compile("(?:[中下上时前后内里间]|方面|领域|基础|过程|同时|情况)$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may be the topic, and how well it does; below 0 it does not."""

    text: str
    rank: float


def acts_inside(phrase: str) -> bool:
    """Whether a verb follows the thing that 将 or 把 takes up."""
    for at in word_borders(phrase):
        rest = phrase[at:]
        # 将未进行培训的毕业生: a verb in front of the thing's 的 is the thing's own
        if at > 2 and (_BECOMES.match(rest) or first_verb(rest) and "的" not in rest):
            return True
    return False


def weigh_phrase(phrase: str, base: float, *, heading: bool = False) -> Candidate:  # noqa: C901 - one sum of small marks
    """Weigh a phrase: what is wanted must be said, whole, and in its own words."""
    bare = trim_phrase(phrase)
    topic, cut = fit_phrase(bare)
    if len(topic) < 4 or not re.search(r"[\u4e00-\u9fff]{2}", topic):
        return Candidate("", -9.0)
    rank = base - (1.0 if re.match("借鉴|结合|采用|参照|学习", topic) else 0.0)
    if (
        _BY_WHOM.search(topic)
        or _STATES.match(topic)
        or _BY_WHAT.match(topic)
        or _BARE_ACT.search(topic)
    ):
        rank -= 3
    rank -= 5 * bool(_WITH_WHOM.match(topic))
    rank -= 2 * bool(re.search("[他她它]们", topic)) + 1.5 * bool(_ELSEWHERE.search(topic))
    if (means := _MEANS_ONLY.match(topic)) and not _does_behind(topic, means.end()):
        rank -= 2.5
    whom = _WHOM_ONLY.match(topic)
    if whom and PERSONS.search(topic) and not _does_behind(topic, whom.end()):
        rank -= 2.0 if cut or topic[0] in "对组" else 1.2
    # 将“母婴安全”事项: what is to become of it is gone
    if takes_up(topic) and not acts_inside(topic):
        rank -= 3
    if topic[0] == "对" and not acts_inside(topic) and not _does_behind(topic, 1):
        rank -= 2.5
    kind = opening(topic)
    if first_verb(topic) == topic[0] and 1 not in word_borders(topic):
        kind = "other"  # 少数指标需要降低: no 少
    rank += {"verb": 1.0, "other": -0.7, "adverb": 0.2}.get(kind, 0.3)
    if is_frame(phrase) or is_frame(topic):
        rank -= 4
    rank -= 1.6 * bool(_VAGUE.match(topic) or _VAGUE.match(without_front(topic)))
    if (
        is_aim(phrase)
        and not (heading and provides(phrase))
        or cue_pattern("proposal", "topic", "tells").search(phrase)
    ):
        rank -= 2.5
    if cue_pattern("proposal", "topic", "slogan").search(topic):
        rank -= 3
    if cut >= 0.8 and (whom := _WITH.match(topic)) and not acts_inside(topic[whom.end() - 1 :]):
        rank -= 2
    if cut >= 1.2 and kind == "other":  # 教育指导服务|纳入实事工程: what becomes of it is gone
        rank -= 1
    rank -= cut + (0.8 if cut and len(topic) < 8 else 0.0)
    rank -= 2.0 if cut and not _count_specific(topic) else 0.0  # 提供服务: its matter is gone
    if cut >= 1 and re.match("[将把对]", topic):
        rank -= 2
    parts = topic.split("，")
    led = len(parts) > 1 and _MEANS_ONLY.match(parts[-1])
    rank -= 1.5 if led and not _does_behind(parts[-1], led.end()) else 0.0
    if len(parts) > 1 and all(len(part) < 5 for part in parts):
        rank -= 0 if all(opening(part) == "verb" and not _WHO.match(part) for part in parts) else 3
    if re.search(
        r"(?:^|，)..“[^”]{1,3}”$|^[且而并或则和]|^(?:让|组织)他们|^以(?:切实|进一步|更|免|期|便)|^第[^条]",
        topic,
    ):
        rank -= 3
    rank -= {0: 1.4, 1: 1.2, 2: 0.8}.get(_count_specific(topic), 0.0)
    if len(topic) < 6:
        rank -= 1.2
    act = first_verb(topic)  # 尽快补齐: of what?
    if act and len(topic) - topic.find(act) - len(act) < 2:
        rank -= 2
    if re.search(
        r"(?:[的地](?:同时|情况|过程|基础)|基础上|过程中|来看|来说|等方式|问题|，[^，]{1,3})$|^(?:其|该|此|这|那|它|他|上述|以上)",
        re.sub("(?<!的)问题$", "", topic) if heading else topic,  # 施工图审查问题, as a heading
    ):
        rank -= 3
    return Candidate(topic, rank)


def _does_behind(topic: str, place: int) -> bool:
    """Whether a verb with its object stands behind a place."""
    if _LIGHT.search(topic, place):
        return True
    borders = word_borders(topic)
    return any(acts_at(topic, b, borders) for b in borders if b >= place + 2)


def _count_specific(topic: str) -> int:
    """Number of characters that say on what matter, once the words of every plan are off."""
    return len(
        re.sub(
            r"[^\u4e00-\u9fffA-Za-z0-9]",
            "",
            cue_pattern("proposal", "topic", "common").sub("", topic[len(first_verb(topic)) :]),
        )
    )


def takes_up(clause: str) -> bool:
    """Whether a clause opens with 将 or 把 and what something is to be done to."""
    return bool(_TAKES.match(clause))


def provides(clause: str) -> bool:
    """为青年音乐人提供更多展示平台: what is done for whom, a wish of its own in a heading."""
    return bool(_PROVIDES.match(clause))


def is_frame(clause: str) -> bool:
    """A clause of time, place, means, reason, or of who is asked, in front of what is wanted."""
    bare = strip_opening(clause)
    circumstance = cue_pattern("proposal", "topic", "circumstance")
    does = provides(bare) or bare[0] == "对" and _LIGHT.search(bare)
    frame = None if does else circumstance.match(bare)
    if frame and re.match(
        "通过|根据|按照|依据|参照|借鉴|对|围绕|针对|为(?!了|加快|进一步|更|推|促|深|贯|落实)", bare
    ):
        told = without_front(bare)  # 针对…不足的问题 does nothing
        frame = None if told != bare and not told.endswith("的问题") else frame
    # 在地铁站口|设置潮汐停车区: where, and what is done there
    if frame and bare[0] == "在" and not _ENDS_WHERE.search(bare) and _does_behind(bare, 1):
        frame = None
    who = cue_pattern("proposal", "topic", "who").fullmatch(bare)
    return bool(frame) or bool(who) and opening(bare) not in ("verb", "adverb")


def is_aim(clause: str) -> bool:
    """Whether a clause says what for: 确保…, 以便…"""
    return bool(cue_pattern("proposal", "topic", "aim").match(clause))
