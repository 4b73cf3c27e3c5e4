"""The short topic of an ask: a whole phrase that fits 关于…方面.

Candidates are the clauses of the ask's heading and its first demands, each shortened at the
borders of its phrases until it fits; the one that says best what is wanted is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from replygen.language.marks import strip_mark
from replygen.models import Demand
from replygen.parsing.borders import find_border, word_borders
from replygen.parsing.clauses import first_verb, opening, split_at_marks, verbs
from replygen.parsing.demands import split_demands
from replygen.parsing.wording import cue_pattern

TOPIC_LIMIT = 20
_HEADING = 46
_MARKED = 32  # a heading of this length with its full stop has no other border
_SURE = 1.1
_STOP = re.compile(r"[。；：！？\n]|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_WEAK = -2.1  # a border that only a phrase too long for a topic is cut at
_MEANS = re.compile("利用|采取|采用|运用|通过|借助|依托|结合")
_URGES = re.compile("支持|鼓励|引导|推动|督促|组织|指导|促进|允许|要求")
# 加强与某集团: with whom, and what with them was cut off
_LED = re.compile("减轻|降低|减少|促进|提高|提升|助力|增强")
_WITH = re.compile(r"^应?[\u4e00-\u9fff]{2,4}[与同向](?=[^，]+$)")
_LEADS_UP = re.compile(
    r"(?:[\u4e00-\u9fff]{2}的|(?:加快|大力|积极|加强|进一步)[\u4e00-\u9fff]{2})?$"
)
# 建立长效机制, 出台相应法规: nothing says on what matter
_VAGUE = re.compile(
    r"^(?:进一步|加快|研究|切实|尽快)*(?:建立|健全|建立健全|完善|制定|出台|设立|成立|创新|优化|形成|强化|加强|推进|构建|发挥)"
    r"(?:长效|相应|相关|专业|专门|针对性|配套|激励|保障|管理|工作|有效|必要|新|具体|长期|科学|合理|顶层|规范化|标准化|的|和|与|及|、)*"
    r"(?:机制|体制|体制机制|制度|体系|法律法规|法规|法律|政策|措施|办法|机构|方案|细则|设计|作用|职能|建设)+$"
)
_BECOMES = re.compile("纳入|列入|作为|[^，]{2,3}[为成到至](?![了此])|转化|融入|引入")
_LONG_QUOTE = re.compile(r"[“‘][^”’]{6,}[”’]的?(?=[一-鿿]{3})")
# 加大评选大师、名家、名医的力度: a list of three and more that no 等 closes
_ENDLESS = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:、[^、，的“]{2,7}){2,}(?=的|“|$)")
# 由编办、财政局联合发文, 拿到许可证后, 以购买服务的方式: by whom, when, how, not yet what
_BY_WHOM = re.compile(
    r"^由[^，]*(?:联合|牵头|会同|负责|组织|参与)[^，]{0,3}$|^从[^，]*(?:入手|着手|出发|抓起)$"
    r"|^(?:会同|联合|协同|商请?)[^，]*(?:部门|单位|机构|企业|[局厅委办院校])等?$"
    r"|^包括|(?<![前今先])后$|(?<![及同小临暂实准按定])时$"
    r"|^(?:以|通过|按|采取|采用)[^，]*(?:方式|形式|办法|模式|途径|手段)$"
)
_WHO = re.compile("政府|企业|社会|部门|学校|专家|群众|市场|各")
_SUBJECT = re.compile(
    r"[^，]{0,18}(?:政府|部门|系统|单位|机构|企业|学校|高校|院校|协会|专委会|[厅局委院会]|各[省市县区地])"
    r"(?:应当|应该|必须|需要|可以|应|须|需|要|可)(?=[\u4e00-\u9fff]{6})"
)
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("‘", "’"))
# what a topic may not end with; 参与, 行为, 方向, 平等 … are words of their own
_TRAILING = re.compile(
    r"(?:的?[几两三四五六]点|(?<!目)的|(?<![参给])与|(?<![平调共])和|以?及其?|(?<![合兼])并|(?<![平同高初中])等"
    r"|(?<![存现内])在|(?<![应面针])对|将|把|(?<![自理])由|(?<![行作成])为|(?<![方倾导意])向|从"
    r"|包括|符合|具有|属于|成为|位于|适用本办法|一[个种套批项]|重要|主要|良好|若干|专门"
    r"|了|(?<![但凡要总还就而都于])是|(?<![供适对呼响])应|(?<![需重主])要|一定|相应|相关|更多|必要|或|而|让|使|[、，；：“《（—-])+$"
)
# 增加与“一带一路”: whom with, without what
_WITH_WHOM = re.compile(r"^[\u4e00-\u9fff]{2,4}(?:与|和|同|对|向)“[^”]+”$")
_STATES = re.compile(r"^[^，]{2,8}(?<![但凡要总还就而都于])是(?!否)")
# 用优厚的待遇: by what, without what is done
_BY_WHAT = re.compile(r"^用(?![户地电水工人能好活足])[^，]*(?:的[^，]{2,6}|手段|方式|方法)$")
_TWICE = re.compile(r"([\u4e00-\u9fff]{4,})\1")
# 完善立法与实施|加快立法步伐: a second act behind the first one's object
_SECOND_ACT = re.compile(
    r"(?:^|(?<=，))(?:加强|完善|健全|强化|加大|构建|建立|提升|提高|优化)[^，]{3,}?[^的和与及、并中等，]"
    r"(?=(?:加强|完善|健全|强化|加大|加快|构建|建立|提升|提高|优化)[\u4e00-\u9fff]{4,})"
)
_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")
# 的各方面、一批: fillers that a topic does without
_FILLER = re.compile(
    r"(?:各级|各类|各种|一批|一系列|相关的?|有关的?|现有的?|我省的?|我市的?|我国的?|全省的?|江苏省?的?)(?=[\u4e00-\u9fff])(?!部门|单位|机构|企业|方面)"
)
_LIST = re.compile(
    r"([\u4e00-\u9fff“”A-Za-z0-9]{2,12})(?:、[^、，的]{2,12}?)+等(?=[\u4e00-\u9fff]{3}|$)"
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    rank: float


def make_topic(text: str, demands: Sequence[Demand] | None = None) -> str:
    """Return the topic of an ask in at most 20 characters: a phrase with a verb, or the
    thing wanted, its quotation marks in pairs. ``demands`` are those of the text."""
    text = strip_mark(text.strip())
    demands = split_demands(text) if demands is None else demands
    found = [*_from_heading(text), *_from_demands(demands)]
    best = max(found, key=lambda c: c.rank, default=None)
    if best is not None and best.rank > 0:
        return best.text
    spare = [c for c in found if c.text] or [_Candidate(_fit(_strip_opening(text))[0], 0.0)]
    return max(spare, key=lambda c: c.rank).text or text[:TOPIC_LIMIT]


def heading_end(text: str) -> int:
    """Return where the heading of an ask ends: at its mark, or where it runs into its text."""
    stop = _STOP.search(text)
    end = stop.start() if stop else len(text)
    if end < 4 and stop and end + 1 < len(text):  # 线下：完善指引系统
        return end + 1 + heading_end(text[end + 1 :])
    sure = cue_pattern("proposal", "topic", "text_begins").search(text, 6, end)
    marked = stop is not None and stop.group() == "。" and end <= _MARKED
    border = find_border(text, least=_SURE if marked else None)
    twice = re.search(r"([\u4e00-\u9fff]{2,6})(?=\1)", text[4:end])  # …双一流建设|建设一批
    if twice and not border and not marked:
        border = twice.end() + 4
    # 发挥纪念馆的教育功能|纪念馆应当…
    again = re.search(r"([\u4e00-\u9fff]{2,12}).{2,20}?(?=\1(?:应|要|是|可|需|作为))", text[:end])
    if again and 8 <= again.end() < (border or end):
        # …有序发展|合理的布局规划是, …服务中心|加快建设服务中心可: what leads up to it is text too
        border = len(_LEADS_UP.sub("", text[: again.end()]))
    if sure and (not border or sure.start() < border):
        border = sure.start()
    return border if 0 < border < end else end


def _from_heading(text: str) -> Iterator[_Candidate]:
    end = heading_end(text)
    head = text[:end]
    if "：" in head[:5]:
        head = head.split("：", 1)[1]
    clauses = _clauses(head)
    # 产业的发展，靠的是质量。: a sentence in which nobody does anything is no heading
    told = len(clauses) > 1 and all(opening(_strip_opening(c)) == "other" for c in clauses)
    whole_heading = len(head) <= _HEADING and end < len(text) and not told
    base = 3.0 if whole_heading else 2.0
    if len(clauses) == 1 or len(head) <= TOPIC_LIMIT:
        yield _rank_phrase(head, base + 0.3)
    for n, clause in enumerate(clauses[:4]):
        led = n and _LED.match(clause)
        yield _rank_phrase(clause, base - 0.4 * n - (0.8 if led else 0.0))
        if n + 1 < len(clauses):
            both = f"{clause}，{clauses[n + 1]}"
            goes_on = opening(_strip_opening(clauses[n + 1])) != "other"
            if (
                goes_on
                and len(_trim(both)) <= TOPIC_LIMIT
                and not _is_aim(clauses[n + 1])
                and not _is_frame(clause)
            ):
                yield _rank_phrase(both, base - 0.4 * n + 0.1)


def _from_demands(demands: Sequence[Demand]) -> Iterator[_Candidate]:
    for n, demand in enumerate(demands[:4]):
        clauses = _clauses(demand.text)
        for m, clause in enumerate(clauses[:3]):
            led = (n or m) and _LED.match(clause)
            yield _rank_phrase(clause, 1.5 - 0.25 * n - 0.3 * m - (1.3 if led else 0.0))


def _clauses(text: str) -> list[str]:
    """The clauses of a text; marks inside quotes and brackets divide none. What 将 takes up
    stays with what is done to it: 将未培训的毕业生，先进行集中培训."""
    found: list[str] = []
    for clause in split_at_marks(text):
        if found and re.match("[将把]", found[-1]) and not _acts_inside(found[-1]):
            found[-1] += clause.removeprefix("先")
        else:
            found.append(clause)
    return found


def _acts_inside(phrase: str) -> bool:
    """Whether a verb follows the thing that 将 or 把 takes up."""
    for at in word_borders(phrase):
        rest = phrase[at:]
        # 将未进行培训的毕业生: a verb in front of the thing's 的 is the thing's own
        if at > 2 and (_BECOMES.match(rest) or first_verb(rest) and "的" not in rest):
            return True
    return False


def _rank_phrase(phrase: str, base: float) -> _Candidate:  # noqa: C901 - one sum of small marks
    """Weigh a phrase: what is wanted must be said, whole, and in its own words."""
    bare = _trim(phrase)
    topic, cut = _fit(bare)
    if len(topic) < 4 or not re.search(r"[\u4e00-\u9fff]{2}", topic):
        return _Candidate("", -9.0)
    rank = base - (1.0 if re.match("借鉴|结合|采用|参照|学习", topic) else 0.0)
    if (
        _BY_WHOM.match(topic)
        or _WITH_WHOM.match(topic)
        or _STATES.match(topic)
        or _BY_WHAT.match(topic)
    ):
        rank -= 3
    rank -= 2 * bool(re.search("[他她它]们", topic))
    taken = re.match("[将把]", topic)  # 将“母婴安全”事项: what is to become of it is gone
    if taken and not _acts_inside(topic):
        rank -= 3
    kind = opening(topic)
    rank += {"verb": 1.0, "other": -0.7, "adverb": 0.2}.get(kind, 0.3)
    if _is_frame(phrase) or _is_frame(topic):
        rank -= 4
    rank -= 1.6 * bool(_VAGUE.match(topic))
    if _is_aim(phrase) or cue_pattern("proposal", "topic", "tells").search(phrase):
        rank -= 2.5
    if cue_pattern("proposal", "topic", "slogan").search(topic):
        rank -= 3
    if cut >= 0.8 and (whom := _WITH.match(topic)) and not _acts_inside(topic[whom.end() - 1 :]):
        rank -= 2
    if cut >= 1.2 and kind == "other":  # 教育指导服务|纳入实事工程: what becomes of it is gone
        rank -= 1
    rank -= cut + (0.8 if cut and len(topic) < 8 else 0.0)
    if cut >= 1 and re.match("[将把对]", topic):
        rank -= 2
    parts = topic.split("，")
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
    if first_verb(topic) and len(topic) - len(first_verb(topic)) < 2:
        rank -= 2
    if re.search(
        r"(?:[的地](?:同时|情况|过程|基础)|基础上|过程中|来看|来说|等方式|问题|，[^，]{1,3})$|^(?:其|该|此|这|那|它|他|上述|以上)",
        topic,
    ):
        rank -= 3
    return _Candidate(topic, rank)


def _count_specific(topic: str) -> int:
    """Number of characters that say on what matter, once the words of every plan are off."""
    return len(
        re.sub(
            r"[^\u4e00-\u9fffA-Za-z0-9]",
            "",
            cue_pattern("proposal", "topic", "common").sub("", topic[len(first_verb(topic)) :]),
        )
    )


def _trim(phrase: str) -> str:
    phrase = _strip_opening(phrase.strip(" 　，,、。；：“"[:-1]))
    phrase = _SECOND_ACT.sub(r"\g<0>，", _TWICE.sub(r"\1", phrase))
    phrase = _BRACKETS.sub("", phrase)
    phrase = re.sub(r"(?:的|等)?(?:相关|几点|具体)?建议$", "", phrase)
    return _paired(_TRAILING.sub("", phrase.strip(" ，、；")))


def _fit(phrase: str) -> tuple[str, float]:
    """Return the phrase in at most 20 characters, and what that cost: without fillers, the
    long list and the adverb shortened, without a phrase of place or means in front, the
    attribute of its object left out, at last cut at a joint or between two words."""
    if len(phrase) <= TOPIC_LIMIT:
        return phrase, 0.0
    for shorten, cost in _STEPS:
        shorter = shorten(phrase).strip(" ，、")
        listed = shorter != phrase and shorter.endswith("等")
        phrase = shorter if listed else _TRAILING.sub("", shorter) or phrase
        if len(phrase) <= TOPIC_LIMIT:
            return _paired(phrase), cost
    phrase = _without_subject(phrase)
    if len(phrase) <= TOPIC_LIMIT:
        return phrase, 0.3
    glued = find_border(phrase, least=_WEAK)
    urged = _URGES.match(phrase) and any(phrase[:glued].endswith(v) for v in _long_verbs())
    if (
        8 <= glued <= TOPIC_LIMIT
        and not urged
        and "，" not in phrase
        and _is_paired(phrase[:glued])
    ):
        return _TRAILING.sub("", phrase[:glued]), 0.8 if first_verb(phrase[glued:]) else 1.3
    joint = "" if re.match("[将把对]", phrase) else _at_joint(phrase)
    if joint:
        return _paired(joint), 1.2
    if bare := _without_modifiers(phrase):
        return bare, 0.9
    return _paired(_at_word(phrase)), 3.0


def _without_filler(phrase: str) -> str:
    return _FILLER.sub("", phrase)


def _without_adverb(phrase: str) -> str:
    return cue_pattern("proposal", "topic", "adverb").sub("", phrase, count=1)


def _without_front(phrase: str) -> str:
    """在…中加强X, 通过…加强X, 由…牵头制定X: the verb and what follows."""
    if not re.match(r"[在对于从以由通按根结围依借与向为]|针对|利用|各|政府|省|市", phrase):
        return phrase
    for place in word_borders(phrase):
        rest = re.sub("^(?:应当?|须|需要?|要)", "", phrase[place:])
        verb = first_verb(rest)
        if (
            2 <= len(verb)
            and 6 <= len(rest) <= TOPIC_LIMIT
            and place >= 3
            and rest[len(verb)] not in "的、和与及中时后前上下"
        ):
            if (
                phrase[place - 1] not in "的、和与及等"
                and phrase[0] not in "对将把"
                and _is_paired(rest)
            ):
                return rest
    return phrase


@cache
def _long_verbs() -> tuple[str, ...]:
    return tuple(verb for verb in verbs() if len(verb) > 1)


def _without_subject(phrase: str) -> str:
    """各县政府部门应调整对代理机构的奖励标准 → 调整对代理机构的奖励标准"""
    found = _SUBJECT.match(phrase)
    return phrase[found.end() :] if found else phrase


def _without_modifiers(phrase: str) -> str:
    """尽快出台社区教育专职教师专业技术职务评聘细则 → 出台专业技术职务评聘细则: the verb, and as
    much of the end of its object as fits; the head of a Chinese phrase stands at its end."""
    verb = phrase[0] if phrase[0] in "将把对" else first_verb(phrase)
    if len(verb) < 2 and verb not in ("将", "把", "对"):
        return ""
    if not verb or re.search("，|是|可以|能够", phrase):
        return ""
    begin = phrase.index(verb) + len(verb)
    framed = phrase[begin] in "在由从以向与通"
    for place in word_borders(phrase):
        rest = phrase[place:]
        if place <= begin or len(rest) < 4 or not _is_paired(rest) or not _parts_at(phrase, place):
            continue
        acts = rest.startswith(first_verb(rest) or "-")
        if acts and _MEANS.match(verb):  # 采取多种形式加大教育力度
            verb = ""
        # 鼓励机构开发课程: what is dropped must not be who is to act, with the act
        if (
            not acts
            and _URGES.match(phrase)
            and any(v in phrase[begin:place] for v in _long_verbs())
        ):
            continue
        if len(verb + rest) <= TOPIC_LIMIT and (acts or not framed and not _MEANS.match(verb)):
            return verb + rest
    return ""


def _parts_at(phrase: str, place: int) -> bool:
    """Whether what stands before a place may go: it is a word, and not bound to the next."""
    if phrase[place] in "的地和与及或、，等在中上下内里进为" or phrase[place - 1] in "、和与及或":
        return False
    borders = {0, *word_borders(phrase), len(phrase)}
    alone = place - 1 in borders or place + 1 in borders
    return phrase[place - 1] in "的对”》" or phrase[place] in "对将把" or not alone


def _without_list(phrase: str) -> str:
    """应急管理、安全生产、消防安全等一体化检查 → 应急管理等一体化检查"""
    return _ENDLESS.sub("等", _LIST.sub(r"\1等", phrase))


def _without_quoted(phrase: str) -> str:
    return _LONG_QUOTE.sub("", phrase)


def _without_quotes(phrase: str) -> str:
    bare = re.sub("[“”]", "", phrase)
    short = bare.removesuffix("体系")
    return short if len(short) <= TOPIC_LIMIT else bare


def _without_attribute(phrase: str) -> str:
    """建立由…组成的咨询机构 → 建立咨询机构: the verb and the object behind its last 的."""
    verb = first_verb(phrase)
    if "是" in phrase or not cue_pattern("proposal", "topic", "makes").fullmatch(verb):
        return phrase
    place = phrase.rfind("的")
    thing = phrase[place + 1 :]
    if (
        verb
        and place > len(verb)
        and 3 <= len(thing) <= TOPIC_LIMIT - len(verb)
        and _is_paired(thing)
    ):
        return verb + thing
    return phrase


def _at_joint(phrase: str) -> str:
    """Return the phrase up to its last joint that fits, "" where it has none."""
    joints = [m.start() for m in cue_pattern("proposal", "topic", "before").finditer(phrase)]
    joints += [m.start() for m in re.finditer(r"，|以及|[和与及并](?!网|行|轨|购|联|时)", phrase)]
    borders = set(word_borders(phrase))
    for end in sorted((j for j in joints if 8 <= j <= TOPIC_LIMIT), reverse=True):
        if _is_paired(phrase[:end]) and (end in borders or phrase[end] == "，"):
            return _TRAILING.sub("", phrase[:end])
    return ""


def _at_word(phrase: str) -> str:
    for end in sorted((b for b in word_borders(phrase) if 6 <= b <= TOPIC_LIMIT), reverse=True):
        head = _TRAILING.sub("", phrase[:end])
        if _is_paired(head) and phrase[end] != "的":
            return head
    return phrase[:TOPIC_LIMIT]


_STEPS = (
    (_without_filler, 0.2),
    (_without_adverb, 0.2),
    (_without_list, 0.5),
    (_without_quoted, 0.4),
    (_without_front, 0.4),
    (_without_quotes, 0.4),
    (_without_attribute, 0.6),
)


def _is_paired(text: str) -> bool:
    return all(text.count(left) == text.count(right) for left, right in _PAIRS)


def _paired(text: str) -> str:
    return text if _is_paired(text) else re.sub(r"[“”‘’《》（）]", "", text)


def _strip_opening(text: str) -> str:
    patterns = (cue_pattern("proposal", "topic", "drop"), cue_pattern("demands", "lead"))
    for step in range(8):
        match = patterns[step % 2].match(text)
        if match and match.end() and len(text) - match.end() >= 4:
            text = text[match.end() :].lstrip(" ，,：:")
    return text


def _is_frame(clause: str) -> bool:
    """A clause of time, place, means, reason, or of who is asked, in front of what is wanted."""
    bare = _strip_opening(clause)
    frame = cue_pattern("proposal", "topic", "circumstance").match(bare)
    if frame and re.match("通过|根据|按照|依据|参照|借鉴|对|围绕", bare):
        frame = None if _without_front(bare) != bare else frame
    who = cue_pattern("proposal", "topic", "who").fullmatch(bare)
    return bool(frame) or bool(who) and opening(bare) not in ("verb", "adverb")


def _is_aim(clause: str) -> bool:
    return bool(cue_pattern("proposal", "topic", "aim").match(clause))
