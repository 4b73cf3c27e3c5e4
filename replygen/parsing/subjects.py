"""Who is to do what is wanted, and what is said of it: a topic does without both."""

from __future__ import annotations

import re

from replygen.parsing.endings import is_nominal
from replygen.parsing.openings import first_verb, opening

_SUBJECT = re.compile(
    r"[^，]{0,18}(?:政府|部门|系统|单位|机构|企业|学校|高校|院校|协会|专委会|[厅局委院会]|各[省市县区地]|^)"
    r"(?:应当|应该|必须|需要|可以|应(?![急用对届聘])|须|需(?!求)|要(?![求素点])|可)(?=[\u4e00-\u9fff“]{4})"
)
# 省调度中心建立…, 各专委会充分利用…: a body in front of what it is to do
_ORGAN = re.compile(
    r"(?![将把对在从以为由通按根])[^，的]{0,14}?(?:政府|部门|中心|单位|协会|[^机社]会|[厅局委办]|办公室|国家|[省市县区])"
    r"(?:也|还|都|要|应|共同|联合)?(?=根据|按照|(?:充分|积极|尽快|主动|定期|及时|统一)?(?:建立|设立|制定|出台|编制|组建|成立|利用|开展|组织|要求|确定"
    r"|加大|加强|完善|提供|举办|公布|公开|发布|推出|安排|拨出|进行|给予|[将把]))"
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
    verb = first_verb(phrase)
    named = opening(phrase) != "verb" or is_nominal(verb)  # 调度中心, not 建设调度中心
    if named and (organ := _ORGAN.match(phrase)):
        return phrase[organ.end() :]
    found = _SUBJECT.match(phrase)
    if not found and opening(phrase) == "other":
        found = _HOW_SOON.match(phrase)
    if not found and (must := _MUST.match(phrase)) and opening(phrase) == "other":
        found = must
    rest = phrase[found.end() :] if found else phrase
    return rest if opening(rest) != "other" else phrase
