"""When something was: dates that tell of one place, and those that say nothing or are the whole
country's."""

from __future__ import annotations

import re
from datetime import date

from replygen.checking.checked_draft import CheckedDraft, Part
from replygen.checking.norms import DEED, NORM
from replygen.models import Mention, Severity

# 去年底, 前年, 上半年, 一季度, 本月初, 今年4月, 今年五一, 近三年: when a deed was done;
# 今年以来, 近年来, 目前 and 年内 say nothing of one place
_TOLD_TIME = re.compile(
    r"去年|前年|前几年|前些年|早几年|早些年|年前|[正腊冬]月|上年|半年|季度|本月|上月|上个月|上周|本周|上个季度|昨[天日]|前[天日](?!下)|今年.{0,3}(?:月|五一|国庆|春节|元宵|清明|六一|端午|中秋|重阳|元旦|暑假|寒假)"
    r"|[近过去连续]+[\d一二两三四五六七八九十]+(?:年|个月)"
)
_LATELY = re.compile(r"^(?:最近|连续)[\d一二两三四五六七八九十]+(?:年|个月)内?$")
_YEAR = re.compile(r"\d{4}")
_DATE_PARAGRAPH = re.compile(
    r"[\s　]*[\d〇○零一二三四五六七八九十]+年[\d一二三四五六七八九十]+月"
    r"[\d一二三四五六七八九十]+[日号][\s　]*(?:印发)?"
)
# 国庆期间, 春节前夕: says something of one place only where a deed is told
_FESTIVAL_END = re.compile(r"(?:期间|假期|前夕|前后|长假)$")
# 自|2024年7月1日|起施行, 2021年|修订的: when a law took effect is the law's own fact
_OF_LAW = re.compile(r"起?(?:正式|开始)?(?:施行|实施|生效|修订|修正|修改|公布|颁布|通过|发布)")
# 2035年|远景目标, 2030年前|碳达峰: goals of the whole country
_NATIONAL_GOAL = re.compile(
    r"前?(?:远景目标|基本实现社会主义现代化|实现?碳达峰|碳达峰|碳中和|实现?碳中和)"
)
# 每年五月|的民法典宣传月, 4月15日|是全民国家安全教育日: days, weeks and months of the whole country
_NATIONAL_DAY = re.compile(
    r"(?:的|为|是|系)?(?:第[一二三四五]个(?:星期|周)[一二三四五六日](?:为|是)?)?[“\"]?(?:世界|国际|全国|全民|中国|国家|质量|安全|科普|宪法|节能|知识产权|消费|食品|网络|敬老|读书"
    r"|志愿|民法典|爱国|禁毒|交通|防灾|计量|标准|卫生|科技|职业|推普|诚信|信用|普法|法治|植树|护士|教师|记者|医师|警察|航海|航天|生态|环境|土地|税收"
    r"|老年|助残|爱耳|爱眼|爱牙|烈士|防治|碘|结核|艾滋|无烟|献血|气象|水日|森林|湿地|海洋|地球|粮食|住房|博物馆|文化和自然遗产|中医药)[\u4e00-\u9fff]{0,10}[日周月]"
    r"|(?:为|是)?(?:护士|教师|记者|医师|警察|植树|老年|航海)节"
)
_TOLD = re.compile("已|了|共|均|出动|我[局委]|首")
_THIS_LAW = re.compile(r"(?:该|本|新)(?:法|条例|办法|规定|标准)(?![院定律])")
# “十三五”末, “十二五”期间
_PLAN_END = re.compile(r"十([一二三四五六七八九])五[”\"’]?(?:期?末|期间|时期|以来|收官)")


def is_past_plan(case: CheckedDraft, mention: Mention) -> bool:
    """True for “十三五”末 in a letter of a later plan: what was reached then is a fact of one
    place. The N-th plan ended in 1955 + 5 N."""
    match = _PLAN_END.search(mention.text) if mention.kind == "date" else None
    if match is None:
        return False
    ended = 1955 + 5 * (10 + "一二三四五六七八九".index(match[1]) + 1)
    return ended < case.letter_date.year - 1


def weigh_date(case: CheckedDraft, part: Part, mention: Mention) -> Severity | None:
    """Return how much a date weighs that nothing of ours covers; ``None`` for one that tells
    nothing of one place."""
    normal = mention.normal
    if _FESTIVAL_END.search(normal):
        tells = part.done and _TOLD.search(part.text) is not None
        return "block" if tells and not part.planned and "每" not in part.text else None
    if _PLAN_END.search(mention.text):
        return None if part.planned and not part.done else "block"
    if not any(c.isdigit() for c in normal) or not re.match(r"\d{4}|-", normal):
        return _weigh_rough(normal, part)
    text = case.paragraphs[part.number]
    if _DATE_PARAGRAPH.fullmatch(text):
        return None
    if "每年" in part.text and NORM.search(part.text) and not DEED.search(part.text):
        return None  # 应当于每年1月1日至6月30日报送
    letter = case.letter_date
    if normal in (letter.isoformat(), case.today.isoformat()):
        return None
    if _is_of_all(case, part, text, mention.end):
        return None
    years = [int(y) for y in _YEAR.findall(normal)]
    if _YEAR.fullmatch(normal):
        return _weigh_year(years[0], part, letter, _is_of_law(case, part))
    if part.planned and (not years or max(years) >= letter.year):
        return "warn"
    return "block"


def _weigh_rough(normal: str, part: Part) -> Severity | None:
    """A time that is told without a figure: 去年底; not 每年腊月廿三."""
    if normal[0] in "正腊冬" and "每年" in part.text:
        return None
    if _LATELY.search(normal) and NORM.search(part.text) and not DEED.search(part.text):
        return None  # 最近三年内|未受处罚的: on what condition
    reported = not part.planned or (part.done and re.search("[已了]", part.text))
    return "block" if reported and _TOLD_TIME.search(normal) else None


def _is_of_all(case: CheckedDraft, part: Part, text: str, end: int) -> bool:
    """True for the day of a law, a goal of the whole country and its days and months."""
    law = _OF_LAW.match(text, end - text[:end].endswith("起")) and _is_of_law(case, part)
    return bool(law or _NATIONAL_GOAL.match(text, end) or _NATIONAL_DAY.match(text, end))


def _weigh_year(year: int, part: Part, letter: date, of_law: bool) -> Severity | None:
    """A plain year says little; one that has long passed must have a source."""
    if letter.year - 1 <= year <= letter.year + 5:
        return None
    return "warn" if of_law or part.planned else "block"


def _is_of_law(case: CheckedDraft, part: Part) -> bool:
    """True when the sentence names a national document or body: 2019年修订的《药品管理法》."""
    if _THIS_LAW.search(part.text):
        return True
    return any(
        m.scope == "national" and m.kind in ("document", "organisation", "doc_number")
        for m in case.mentions[part.number]
        if part.start <= m.start < part.end
    )
