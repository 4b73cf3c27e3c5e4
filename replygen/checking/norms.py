"""What a norm says: periods, multiples, conditions and whom it binds are no facts of a place."""

from __future__ import annotations

import re
from functools import lru_cache

from replygen.checking.checked_draft import CheckedDraft, Part
from replygen.entities import find_mentions
from replygen.entities.brands import is_firm
from replygen.entities.counted import is_counted_by_law
from replygen.laws.register import Register
from replygen.models import Mention

# 应当自收到之日起|七日|内, 价款的|三倍: what a norm says, not what somebody did
NORM = re.compile(
    r"应当|不得|可以要求|可以向|可以请求|有权|必须|之日起|处以|并处|罚款|依法追究|责令|未经|禁止|价款|索赔|无理由|赔偿金|违约金|有期徒刑|拘役|罚金"
)
DEED = re.compile("已(?!满)|了(?![么解])|累计|共计|全年|截至")
_FINE = re.compile(
    r"价款|增加赔偿|(?:处以?|并处|可以处)[^，。；]{0,24}罚款|罚款[^，。；]{0,4}$|罚款额|罚金|有期徒刑|拘役"
)
_NORM_UNIT = re.compile(
    r"(?:日|天|工作日|小时|分钟|秒钟?|倍|个月|年|周岁|岁|人|名)(?:内|以内|以上|以下)?$"
)
# 开箱|须|两人以上在场, 应在三十分钟内赶到
_MUST = re.compile(r"(?<![反响供适对相回感效答照])应(?!急|用|对|聘|届)|须|不得|不必|禁止")
# 抖音、淘宝等|平台应当…: whom a norm binds
_BOUND = re.compile(r"应当|不得|必须|依法|依规|有义务")
_WHOM = re.compile(r"平台|机构|企业|公司|经营者|主体|运营商|商户|商家|软件|应用")
# 要…保存凭证|不少于六个月: a bound that somebody is to keep
_BOUND_BY = re.compile(r"(?:不(?:得)?(?:少于|低于|超过|高于)|至少)")
_ORDERS = re.compile(r"(?<![需主重])要(?![求点素件闻])|应(?!急|用|对)|须|不得|禁止|停止")
# ，|六级|以上大风天气停止作业: when a rule holds
_WHEN = re.compile(r"(?:^|[，。；、遇凡])$")
# 对三次|以上违规的主播: how often sets whom a rule meets
_CONDITION = re.compile(r"^(?:及)?以上[^，。；]{0,10}的")
# 经面积|过半数|的业主同意: how many must agree
_VOTE = re.compile(
    r"(?:以上)?的?[\u4e00-\u9fff]{0,8}(?:同意|表决|通过|出席|参加|推荐|推举|推选|选举|选票|赞成|提议)(?!率)"
)
# 两年|检查一次: how often
_EVERY = re.compile(r"(?:内|至少|应当?|须|要)?[\u4e00-\u9fff]{2,4}一次")
# 连续两年|经营异常的予以移出: on what condition
_IF = re.compile(
    r"[^，。；]{0,12}的[，、]?(?:予以|应|须|取消|移出|撤销|列入|不得|依法|暂停|终止|收回|责令|按)"
)
# 判废年限一般为|八年: how long the kind of thing lasts
_LASTS = re.compile(
    r"(?:年限|寿命|有效期|保质期|时效|任期|试用期|追溯期|期限|周期)(?:一般|通常|最长|最短)?[为是]$"
)
# 不低于两小时|的要求
_AS_ASKED = re.compile(r"的?(?:要求|标准|规定|底线|红线)")
_SHARE = re.compile(r"半数$|分之[一二三四五]$")
# 应当在报废期满的|2个月|前通知: what the clause itself says shall be, whatever had been before
_SHALL = re.compile(r"(?:应当|不得|必须)[^，。；]*$")
_DAYS = re.compile(r"\d{1,3}日")  # how many before or behind, no day of a month
# 采取措施后|三十日|内未收到证明的，应当解除: what is left undone that long
_OMITTED = re.compile(
    r"(?:之内|以内|内)?(?:仍|尚)?(?:未|不)[^。；]{0,40}的，[^。；]{0,20}(?:应当|不得|视为|可以)"
)
# 自建房|三层|及以上的，…须由…: what the rule is for
_REACHING = re.compile(r"[及含]?以[上下]的[，、]")
# 不足一千元的|按一千元|计: the same figure once more
_AT_LEAST = re.compile(r"(?:不足|不满|低于|少于)(?P<least>[^，。；的]{2,8})的，?(?:按|为|以|计)$")
# 五岁|以下儿童: of what age somebody is; not of whom something was given
_AGED = re.compile(r"(?:及?以[上下内])的?(?:儿童|幼儿|婴幼儿|小孩|孩子|少年|青少年|未成年人)")
_GIVEN = re.compile("免费|补贴|补助|津贴|发放|享受|报销|元|优惠|减免")
# 作业平均完成时间|不超过九十分钟: how long at most, whoever does it
_TIME = re.compile(r"(?:分钟|小时|秒钟?|个?工作日|天)$")
_AT_MOST = re.compile(r"不(?:得)?(?:超过|少于|低于|多于)")
_OURS = re.compile("[我全本该][省市县区镇乡村局院校]|我们|目前|现已|平均(?:办理|等候|处置|办结)")
# 在|年满十八周岁|前后实施: what age a rule sets
_OF_AGE = re.compile(r"(?:年满|已满|未满|不满|满)$")
_AGE = re.compile(r"周?岁$")
# 七级|至|十级|残疾军人: a scale
_GRADE = re.compile(r"[一二三四五六七八九十\d]+级$")
_UP_TO = re.compile(r"(?:至|到|[-—~～])[一二三四五六七八九十\d]+级")
_FROM = re.compile(r"[一二三四五六七八九十\d]+级(?:至|到|[-—~～])$")
_CLAUSE_END = re.compile("[，。；]")
_PERIOD_OF_LAW = re.compile(
    r"(?:之?内|以内)(?:依法)?(?:应当|必须|须|作出|决定|告知|书面告知|受理|不予受理)"
)


def orders(text: str) -> bool:
    """Return whether a sentence says what shall be and reports nothing."""
    return bool(NORM.search(text) or _ORDERS.search(text)) and not DEED.search(text)


def is_norm(part: Part, mention: Mention) -> bool:
    """True for a period or a multiple in a sentence that says what shall be, and for national
    platforms whom it binds; no deed may be told in it."""
    told = DEED.search(part.text) is not None
    behind = part.text[mention.end - part.start :]
    if mention.kind in ("number", "date") and not told:
        # 注册商标的有效期为|十年
        if _IF.match(behind) or is_counted_by_law(mention.normal, part.text):
            return True
    if _DAYS.fullmatch(mention.text) and _is_set(part, mention, behind):
        return True
    if mention.kind == "number":
        return _is_figure_of_norm(part, mention, behind, told=told)
    company = mention.kind in ("organisation", "brand", "place") and is_firm(mention.text)
    bound = _WHOM.search(behind) is not None and _BOUND.search(behind) is not None
    return not told and company and bound


def _is_figure_of_norm(part: Part, mention: Mention, behind: str, *, told: bool) -> bool:
    if _SHARE.search(mention.text) and _VOTE.match(behind):
        return not told
    if re.match(r"(?:之?内|以内)应当", behind):
        return True
    if mention.text.endswith("次") and _CONDITION.match(behind) and not told:
        return True
    if not told and _holds_for_all(part, mention, behind) or _is_set(part, mention, behind):
        return True
    inside = mention.text.endswith("内") and _PERIOD_OF_LAW.match("内" + behind)
    if _PERIOD_OF_LAW.match(behind) or inside:
        return not told
    if orders(part.text):
        if _BOUND_BY.match(mention.text) and _NORM_UNIT.search(mention.text):
            return True
        before = part.text[: mention.start - part.start]
        if _WHEN.search(before) and re.match(r"(?:及)?以上", behind or mention.text[-2:]):
            return True
    norm = not told and NORM.search(part.text)
    fine = _FINE.search(part.text) and mention.text.endswith("元")
    bound = norm or _MUST.search(part.text) and not told and not part.done
    return bool(norm and fine or bound and _NORM_UNIT.search(mention.text))


def _is_set(part: Part, mention: Mention, behind: str) -> bool:
    """True for a period in a clause that orders, one left unused, an age and a scale, though a
    deed is told as well: 已达到报废标准的，应当在期满的|2个月|前通知."""
    before = part.text[: mention.start - part.start]
    if _NORM_UNIT.search(mention.text) and (shall := _SHALL.search(before)):
        return not DEED.search(f"{shall.group()}{mention.text}{_CLAUSE_END.split(behind)[0]}")
    if _AGE.search(mention.text) and NORM.search(part.text):
        return _OF_AGE.search(before) is not None
    if _NORM_UNIT.search(mention.text) and _OMITTED.match(behind):
        return True
    scale = _UP_TO.match(behind) or _FROM.search(before)
    return bool(_GRADE.search(mention.text) and scale)


def _holds_for_all(part: Part, mention: Mention, behind: str) -> bool:
    """True for how often and how long something is to be: 两年|检查一次, 年限为|八年."""
    before = part.text[: mention.start - part.start]
    if _REACHING.match(behind) and orders(part.text) or _is_same_bound(before, mention):
        return True
    if not _NORM_UNIT.search(mention.text):
        return False
    if _AGE.search(mention.text) and _AGED.match(behind) and not _GIVEN.search(part.text):
        return True
    if _AT_MOST.match(mention.text) and _TIME.search(mention.text) and not part.done:
        return not _OURS.search(part.text)
    lasts = _LASTS.search(before) is not None
    asked = _BOUND_BY.match(mention.text) and _AS_ASKED.match(behind)
    return bool(lasts or asked or _EVERY.match(behind) and not part.done)


def _is_same_bound(before: str, mention: Mention) -> bool:
    """True for the second of two that are one: 不足一千元的按|一千元|计."""
    bound = _AT_LEAST.search(before)
    return bound is not None and bound["least"] == mention.text


def is_of_article(case: CheckedDraft, register: Register, number: int, mention: Mention) -> bool:
    """Return whether an article that is cited in its sentence has a figure: 第五十五条规定，…
    不足五百元的，为|五百元."""
    begins = case.paragraphs[number].rfind("。", 0, mention.start)  # over ；
    cited = (c for c in case.citations[number] if begins < c.start < mention.start)
    texts = (register.examine(c, on=case.letter_date).text for c in cited if c.article)
    return any(mention.normal in _read_figures(text) for text in texts if text)


@lru_cache(maxsize=64)
def _read_figures(text: str) -> frozenset[str]:
    return frozenset(m.normal for m in find_mentions(text) if m.kind == "number")
