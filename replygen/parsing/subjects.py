"""Who is to do what is wanted, and what is said of it: a topic does without both."""

from __future__ import annotations

import re

from replygen.parsing.endings import count_pair, is_nominal
from replygen.parsing.openings import first_verb, opening
from replygen.parsing.word_ends import last_word, word_borders
from replygen.parsing.wording import cue_pattern

_SUBJECT = re.compile(
    r"[^，]{0,18}(?:政府|部门|系统|单位|机构|企业|学校|高校|院校|协会|专委会|[厅局委院会]|各[省市县区地]|^)"
    r"(?:应当|应该|必须|需要|可以|应(?![急用对届聘])|须|需(?!求)|要(?![求素点])|可)(?=[\u4e00-\u9fff“]{4})"
)
# 省调度中心, 各专委会, 镇办事处: a body in front of what it is to do
_BODY = re.compile(
    "政府|部门|中心|单位|协会|[^机社]会|[厅局委办]|办事处|办公室|国家|[省市县区镇乡]"
)
_CENTRE = re.compile("中心|办公室|部门|单位")
_REACH = 18
_NAMES = re.compile("各|政府|国家|有关|相关|我[国省市县区]|全[国省市县区]|部门|单位")
_ALSO = re.compile("可以?(?!能)|也|还|都|要|应|共同|联合")
_SURELY = re.compile(
    "根据|按照|从严|从重|[将把]|对[^，的]{3,}$|对[^，]+(?:开展|进行|予以|给予|加以|实施|实行)|(?:充分|积极|尽快|主动|定期|及时|统一)?"
    "(?:建立|设立|制定|出台|编制|组建|成立|利用|开展|组织|要求|确定|加大|加强|完善|提供|举办|公布|公开|发布|推出|安排|拨出|进行|给予)"
)
# 相关机构|尽快评估…: who, in front of how soon
_HOW_SOON = re.compile(
    "^(?![将把对在从以为由通按根])[^，]{2,20}?(?=(?:尽快|尽早|抓紧|率先|带头)[\u4e00-\u9fff]{4})"
)
# 上级要|合理确定部署的内容, 所有移伐前必须|报送调度中心: who must, or when
_MUST = re.compile(
    "(?![将把对在从以为由通按根])[^，的]{2,14}?(?<![重需首主纪摘概])(?:要(?![求素点件])|必须|应该|应当?(?![用急对])|能够|需要|可以)(?=[^，]{8,}$)"
)
# 加强…关爱|是最有效的…, 禁止…打印|可以有效…: what is said of the thing wanted
_SAID_OF = re.compile(
    "(?<=[\u4e00-\u9fff]{7})(?:可以|能够|有利于|有助于|必须|应当|应该|(?<![但凡要总还就而都于])是(?!否)|能(?=[有使让够为]))[^，]{4,}$"
)


# 对…观点应严肃纠正, 移伐前必须报备: a topic says what, not that it must be
_MODAL = re.compile(
    "(?<=[\u4e00-\u9fff]{4})(?:必须|应当|应该|须|需要|(?<![供适对相反响效])应(?![用急对届聘]))(?=[\u4e00-\u9fff]{4})"
)


def without_modal(phrase: str) -> str:
    """对…观点应严肃纠正 → 对…观点严肃纠正"""
    told = "，" in phrase or opening(phrase) in ("verb", "adverb")
    return phrase if told else _MODAL.sub("", phrase, count=1)


def without_statement(phrase: str) -> str:
    """禁止…打印可以有效阻止…: the thing wanted, without what is said of it."""
    return _SAID_OF.sub("", phrase) if len(first_verb(phrase)) > 1 else phrase


def without_subject(phrase: str) -> str:
    """各县政府部门应调整对代理机构的奖励标准 → 调整对代理机构的奖励标准"""
    if act := _behind_body(phrase):
        return phrase[act:]
    found = _SUBJECT.match(phrase)
    if not found and opening(phrase) == "other":
        found = _HOW_SOON.match(phrase)
    if not found and (must := _MUST.match(phrase)) and opening(phrase) == "other":
        # 球场应在周末开放: a thing must, and the topic needs it
        found = must if not re.match("[在向由从与为]", phrase[must.end() :]) else None
    rest = phrase[found.end() :] if found else phrase
    return rest if opening(rest) != "other" else phrase


def _behind_body(phrase: str) -> int:
    """Where the act begins behind a body that a phrase opens with; 0 where there is none."""
    if re.match("[将把对在从以为由通按根]", phrase):
        return 0
    kind, verb = opening(phrase), first_verb(phrase)
    made = cue_pattern("proposal", "topic", "makes").fullmatch(verb)
    noun = kind == "verb" and phrase.startswith(verb) and is_nominal(verb) and not made  # 调度中心
    if kind == "verb" and not noun or kind == "adverb" and not _NAMES.match(phrase):
        return 0  # 建设调度中心, 积极争取我省列入…
    borders = word_borders(phrase)
    for body in _BODY.finditer(phrase, 0, _REACH):
        if re.search("[，的由被]", phrase[: body.end()]):  # 目录由省局统一制定
            return 0
        if (
            noun
            and not _CENTRE.fullmatch(body.group())
            or body.end() not in borders
            or _NAMES.match(phrase, body.end())
        ):
            continue  # 布局, 省|政府
        also = _ALSO.match(phrase, body.end())
        end = also.end() if also else body.end()
        if _SURELY.match(phrase, end) or _acts(phrase[end:]):
            return end
    return 0


def _acts(rest: str) -> bool:
    """定期清理河面: an adverb and a verb, or a verb that is known with what ends the phrase."""
    verb = first_verb(rest)
    if len(verb) < 2 or len(rest) < len(verb) + 3:
        return False
    return not rest.startswith(verb) or count_pair(verb, last_word(rest)) > 0
