"""A phrase made short enough for a topic: what it does without is left out, its verb and the end
of its object stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from replygen.parsing.borders import verb_fits
from replygen.parsing.endings import count_pair, is_nominal
from replygen.parsing.openings import first_verb, verbs
from replygen.parsing.subjects import without_modal, without_statement, without_subject
from replygen.parsing.word_ends import last_word, word_borders
from replygen.parsing.wording import cue_pattern

TOPIC_LIMIT = 20
_MEANS = re.compile("利用|采取|采用|运用|通过|借助|依托|结合")
_URGES = re.compile(
    "(?:(?:支持|鼓励|引导|推动|督促|组织|指导|促进|允许|要求|帮助|动员|吸引|防止|避免|审查|查处|禁止)[和与、并]?)+"
)
# who is urged to do something
PERSONS = re.compile(
    r"(?:企业|公司|集团|机构|院校|学校|高校|组织|部门|单位|人员|人才|学生|居民|农民|群众|家长|教师|医生|医院|银行"
    r"|社区|协会|商会|各地|地区|个人|力量|资本|委员|青年|老人|平台|园区|政府|院所|学会|[厅局])$"
)
_PERSON = re.compile(
    "企业|公司|机构|院校|学校|高校|部门|单位|人员|学生|居民|农民|群众|家长|教师|医生|医院|社区|协会|力量|资本"
)
# 通过增设岗位等方式|强化…: the act stands behind the means
_BEHIND_MEANS = re.compile("(?:方式|形式|手段|方面|基础上|过程中|前提下|渠道|途径|措施|办法)$")
# 在市农科院内|创办…
_INSIDE = re.compile("^在[^，的]{3,}(?:内|中|上|里)(?=[\u4e00-\u9fff]{6})")
# 协同研究成立…: how, before what is done
_JOINTLY = re.compile(
    "^(?:协同|联合|共同|牵头|组织|协调|研究)+(?=(?:成立|制定|出台|编制|建立|设立|开展|推进|推动|完善|修订))"
)
_NO_OBJECT = frozenset("的 、 和 与 及 等 中 时 后 前 上 下".split())
_LONG_QUOTE = re.compile(r"[“‘][^”’]{6,}[”’]的?(?=[一-鿿]{3})")
# 加大评选大师、名家、名医的力度: a list of three and more that no 等 closes
_ENDLESS = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:、[^、，的“]{2,7}){2,}(?=的|“|$)")
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("‘", "’"))
# what a topic may not end with; 参与, 行为, 方向, 平等 … are words of their own
TRAILING = re.compile(
    r"(?:的?[几两三四五六]点|(?<!目)的|(?<![参给])与|(?<![平调共])和|以?及其?|(?<![合兼])并|(?<![平同高初中])等"
    r"|(?<![存现内])在|(?<![应面针])对|将|把|(?<![自理])由|(?<![行作成])为|(?<![方倾导意])向|从"
    r"|包括|符合|具有|属于|成为|位于|适用本办法|一[个种套批项]|重要|主要|良好|若干|专门"
    r"|了|(?<![但凡要总还就而都于])是|(?<![供适对呼响效反感照策顺相])应|(?<![需重主])要|一定|相应|相关|更多|必要|或|而|让|使|[、，；：“《（—-])+$"
)
_TWICE = re.compile(r"([\u4e00-\u9fff]{4,})\1")
# 完善立法与实施|加快立法步伐: a second act behind the first one's object
_SECOND_ACT = re.compile(
    r"(?:^|(?<=，)|(?<=进一步))(?:加强|完善|健全|强化|加大|构建|建立|提升|提高|优化|创新|实行|推行)[^，]{3,}?[^的和与及、并中等，]"
    r"(?=(?:加强|完善|健全|强化|加大|加快|构建|建立|提升|提高|优化|注重)(?!的)[\u4e00-\u9fff]{4,})"
)
# 强化课后服务功能|以减轻家长负担: what it is for
_AIM_BEHIND = re.compile(
    "(?<=[\u4e00-\u9fff]{8})以(?:减轻|降低|提高|提升|促进|方便|便于|满足|保障|确保|增强|缓解|解决|适应|避免|防止)[^，]*$"
)
# 实施精准化、实时化、痕迹化管理: how, three times
_IZED = re.compile("的?(?:[\u4e00-\u9fff]{2}化、)+[\u4e00-\u9fff]{2}化的?(?=[\u4e00-\u9fff]{2})")
_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")
# 的各方面、一批: fillers that a topic does without
_FILLER = re.compile(
    r"(?:在(?:全[国省市县区]|[我本][国省市县区])范围内|所有|各级|各类|各种|一批|一系列|相关的?|有关的?|现有的?|我省的?|我市的?|我国的?|全省的?|江苏省?(?!级)的?)(?=[\u4e00-\u9fff])(?!部门|单位|机构|企业|方面)"
)
_LIST = re.compile(
    r"([\u4e00-\u9fff“”A-Za-z0-9]{2,12})(?:、[^、，的]{2,12}?)+等(?=[\u4e00-\u9fff]{3}|$)"
)


def trim_phrase(phrase: str) -> str:
    """Return the phrase without what says nothing of its own: who must act, brackets, words
    said twice, ends that hang on."""
    phrase = strip_opening(phrase.strip(" 　，,、。；：“"[:-1]))
    phrase = part_acts(_TWICE.sub(r"\1", phrase))
    phrase = _AIM_BEHIND.sub("", _BRACKETS.sub("", phrase))
    phrase = without_statement(phrase)
    phrase = re.sub(r"(?:的|等)?(?:相关|几点|具体)?建议$", "", phrase)
    phrase = without_modal(without_subject(phrase))
    return _paired(TRAILING.sub("", phrase.strip(" ，、；")))


def part_acts(phrase: str) -> str:
    """完善立法与实施加快立法步伐 → 完善立法与实施，加快立法步伐"""
    return _SECOND_ACT.sub(r"\g<0>，", phrase)


def fit_phrase(phrase: str) -> tuple[str, float]:
    """Return the phrase in at most 20 characters, and what that cost: without fillers, the
    long list and the adverb shortened, without a phrase of place or means in front, the
    attribute of its object left out, at last cut at a joint or between two words."""
    if len(phrase) <= TOPIC_LIMIT:
        return phrase, 0.0
    for shorten, cost in _STEPS:
        shorter = shorten(phrase).strip(" ，、")
        listed = shorter != phrase and shorter.endswith("等")
        phrase = shorter if listed else TRAILING.sub("", shorter) or phrase
        if len(phrase) <= TOPIC_LIMIT:
            return _paired(phrase), cost
    cuts = [*_cut_short(phrase)]
    return min(cuts, key=lambda cut: cut[1])


def _cut_short(phrase: str) -> Iterator[tuple[str, float]]:
    """The ways to make a phrase short that lose something: words in front of the head of its
    object, what follows a border or a joint; a verb that does not go with the word that is
    then the last costs more."""
    if bare := _without_modifiers(phrase):
        yield bare, 0.9 + misfit(bare)
    borders = word_borders(phrase)
    # 由…协同研究成立X级Y的Z组织: the act behind who and how, with the end of its object
    acts = [at for at in borders if acts_at(phrase, at, borders)]
    if acts and re.match("由|在|从|通过|按照|根据|依托|借助|利用|运用|结合", phrase):
        if bare := _without_modifiers(_JOINTLY.sub("", phrase[acts[0] :])):
            yield _JOINTLY.sub("", bare), 1.0 + misfit(bare)
    joint = "" if re.match("[将把对]", phrase) else _at_joint(phrase)
    if joint:
        yield _paired(joint), 1.2 + misfit(joint)
    yield _paired(_at_word(phrase)), 3.0


def misfit(phrase: str) -> float:
    """What it costs that the verb of a shortened phrase was never seen with its last word."""
    clause = phrase.rsplit("，", 1)[-1]
    return 0.0 if verb_fits(clause) or re.match("[将把对]", clause) else 0.8


def _without_filler(phrase: str) -> str:
    return _FILLER.sub("", phrase)


def _without_adverb(phrase: str) -> str:
    return cue_pattern("proposal", "topic", "adverb").sub("", phrase, count=1)


def without_front(phrase: str) -> str:
    """在…中加强X, 通过…加强X, 由…牵头制定X: the verb and what follows."""
    if not re.match(
        r"[在对于从以由通按根结围依借与向为]|针对|利用|运用|采取|采用|各|政府|省|市", phrase
    ):
        return phrase
    borders = word_borders(phrase)
    acts = [at for at in borders if at >= 3 and acts_at(phrase, at, borders)]
    behind = [at for at in acts if _BEHIND_MEANS.search(phrase[:at])]
    inside = [m.end() for m in _INSIDE.finditer(phrase) if m.end() in borders]
    for place in [*inside[:1], *behind[-1:], *acts]:
        rest = _JOINTLY.sub("", re.sub("^(?:应当?|须|需要?|要)", "", phrase[place:]))
        if (
            6 <= len(rest) <= TOPIC_LIMIT
            and phrase[place - 1] not in "的、和与及等"
            and not re.search("、[^、，的]{0,3}$", phrase[:place])
            and not re.match("[对将把]", phrase)
            and not re.search("[将把](?!来)", phrase[:place])
            and _is_paired(rest)
        ):
            return rest
    return phrase


@cache
def _long_verbs() -> tuple[str, ...]:
    return tuple(verb for verb in verbs() if len(verb) > 1)


def _without_pivot(phrase: str) -> str:
    """支持…的优秀龙头企业在…逐步开展X → 支持龙头企业开展X: who is urged, in two words, and to
    what."""
    urge = _URGES.match(phrase)
    if not urge or "，" in phrase:
        return phrase
    borders = word_borders(phrase)
    for who in borders:
        if who - urge.end() < 2 or not PERSONS.search(phrase[:who]):
            continue
        act = next((b for b in borders if b >= who and acts_at(phrase, b, borders)), 0)
        between = phrase[who:act]
        if not act or between and not re.match("[在对向与从以通利结按用]", between):
            continue
        names = [
            b
            for b in (urge.end(), *borders)
            if urge.end() <= b < who and phrase[b - 1] not in "、和与及或" and phrase[b] != "等"
        ]
        for name in names[-3:]:
            short = urge.group()[:2] + phrase[name:who] + phrase[act:]
            if len(short) <= TOPIC_LIMIT and _is_paired(short) and who - name > 1:
                return short
    return phrase


def acts_at(phrase: str, place: int, borders: Sequence[int]) -> bool:
    """Whether a verb of two characters stands at a place as a word, with its object."""
    rest = phrase[place:]
    verb = first_verb(rest)
    if len(verb) < 2:
        return False
    end = place + rest.index(verb) + len(verb)
    if rest.startswith(verb) and _is_noun(verb, phrase):
        return False
    follows = phrase[end : min((b for b in (*borders, len(phrase)) if b > end), default=end)]
    return end in borders and follows not in _NO_OBJECT and len(phrase) - end > 1


def _is_noun(verb: str, phrase: str) -> bool:
    """农科院的教育|研究所: whether a verb is the noun that it may be as well, for it was never
    seen with what ends the phrase."""
    return is_nominal(verb) and not count_pair(verb, last_word(phrase))


def _without_modifiers(phrase: str) -> str:
    """尽快出台社区教育专职教师专业技术职务评聘细则 → 出台专业技术职务评聘细则: the verb, and as
    much of the end of its object as fits; the head of a Chinese phrase stands at its end."""
    verb = phrase[0] if phrase[0] in "将把对" else first_verb(phrase)
    if len(verb) < 2 and verb not in ("将", "把", "对"):
        return ""
    if not verb or re.search("，|是|可以|能够", phrase):
        return ""
    begin = phrase.index(verb) + len(verb)
    if phrase[begin] in "商者员院所室局厅站":  # 开发商建设…: no verb
        return ""
    framed = phrase[begin] in "在由从以向与通"
    for place in word_borders(phrase):
        rest = phrase[place:]
        if place <= begin or len(rest) < 4 or not _is_paired(rest) or not _parts_at(phrase, place):
            continue
        opens = first_verb(rest)
        acts = rest.startswith(opens or "-") and not _is_noun(opens, rest)
        if acts and _MEANS.match(verb):  # 采取多种形式加大教育力度
            verb = ""
        if _holds(phrase[begin:place], urged=bool(not acts and _URGES.match(phrase))):
            continue
        if len(verb + rest) <= TOPIC_LIMIT and (acts or not framed and not _MEANS.match(verb)):
            return verb + rest
    return ""


def _holds(dropped: str, *, urged: bool) -> bool:
    """Whether what would be dropped must stay: a negation (将未培训的毕业生…), or who is urged,
    with the act (鼓励机构开发课程)."""
    if re.search("未|不|非(?!常)|无", dropped):
        return True
    return urged and (any(v in dropped for v in _long_verbs()) or bool(_PERSON.search(dropped)))


def _parts_at(phrase: str, place: int) -> bool:
    """Whether what stands before a place may go: it is a word, and not bound to the next."""
    if phrase[place] in "的地和与及或、，等在中上下内里进为" or phrase[place - 1] in "、和与及或":
        return False
    borders = {0, *word_borders(phrase), len(phrase)}
    alone = place - 1 in borders or place + 1 in borders
    return phrase[place - 1] in "的对”》" or phrase[place] in "对将把" or not alone


def _without_list(phrase: str) -> str:
    """应急管理、安全生产、消防安全等一体化检查 → 应急管理等一体化检查"""
    phrase = _LIST.sub(r"\1等", _IZED.sub("", phrase))
    bare = _without_attribute(phrase)  # 构建主体多元、分工合理、机制完善的帮教体系
    return bare if bare != phrase and _ENDLESS.search(phrase) else _ENDLESS.sub("等", phrase)


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
            return TRAILING.sub("", phrase[:end])
    return ""


def _at_word(phrase: str) -> str:
    for end in sorted((b for b in word_borders(phrase) if 6 <= b <= TOPIC_LIMIT), reverse=True):
        head = TRAILING.sub("", phrase[:end])
        if _is_paired(head) and phrase[end] != "的":
            return head
    return phrase[:TOPIC_LIMIT]


_STEPS = (
    (_without_filler, 0.2),
    (_without_adverb, 0.2),
    (without_subject, 0.3),
    (_without_pivot, 0.4),
    (_without_list, 0.5),
    (_without_quoted, 0.4),
    (without_front, 0.4),
    (_without_quotes, 0.4),
    (_without_attribute, 0.6),
)


def _is_paired(text: str) -> bool:
    return all(text.count(left) == text.count(right) for left, right in _PAIRS)


def _paired(text: str) -> str:
    return text if _is_paired(text) else re.sub(r"[“”‘’《》（）]", "", text)


def strip_opening(text: str) -> str:
    """Return the text behind words such as 因此建议, 应当, 一是要."""
    patterns = (cue_pattern("proposal", "topic", "drop"), cue_pattern("demands", "lead"))
    for step in range(8):
        match = patterns[step % 2].match(text)
        if match and match.end() and len(text) - match.end() >= 4:
            text = text[match.end() :].lstrip(" ，,：:")
    return text
