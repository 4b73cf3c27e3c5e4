"""The leak guard: what a draft names and nothing of ours covers.

DESIGN §2: what another place did must not appear as ours. A mention that neither the
proposal nor the profile nor own material has is a finding that names its precedent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from replygen.checking.checked_draft import CheckedDraft, Part, make_finding
from replygen.checking.deictics import check_deictics
from replygen.checking.norms import is_norm, is_of_article
from replygen.checking.precedents import Precedents, name_source
from replygen.checking.series import is_own_series
from replygen.checking.spoken import is_spoken
from replygen.checking.tables import read_words
from replygen.checking.taught import (
    find_names_taught,
    is_inside_phrase,
    is_only_odd,
    is_only_shaped,
    is_said_of_all,
)
from replygen.checking.when import is_past_plan, weigh_date
from replygen.drafting.duties import find_named, name_unit
from replygen.entities import (
    find_levels,
    find_mentions,
    has_level,
    is_generic_organisation,
    is_of_some,
    normalise_number,
)
from replygen.entities.ours import Ours
from replygen.entities.vocabulary import is_ordinary
from replygen.laws.register import Register
from replygen.laws.titles import is_law_like
from replygen.models import Finding, Mention, Severity
from replygen.settings import Profile

_FAMILY = {"doc_number": "document"}
_WHAT = {
    "place": "地名",
    "organisation": "单位或企业",
    "person": "人名",
    "number": "数字",
    "date": "日期",
    "document": "文件",
    "doc_number": "文号",
    "brand": "平台、系统或活动名",
    "contact": "联系方式",
}
_DO = {
    "place": "改为本地地名，或删去",
    "organisation": "改为本地单位，或删去",
    "person": "核对姓名；与本件无关的删去",
    "number": "换成本单位的数字，或删去；属实的，把出处加入本单位材料",
    "date": "换成本单位的时间，或删去；属实的，把出处加入本单位材料",
    "document": "确认本地有这份文件；没有的，改写为拟开展的工作",
    "doc_number": "核对文号；不是本单位文件的删去",
    "brand": "换成本地的平台或活动，或删去名称",
    "contact": "核对号码；不是本单位的删去",
}
_PROMISED = "leak.promised"
_DO_PROMISED = "写明谁同意作出这项承诺；没有人同意的，改写或者删去"
# 一批, 一次, 一系列: no figure
_ONE = re.compile(r"一(?![大小]半)[^\d百千万亿]{0,2}|1\s*个?")
# 两项, 四个, 三大, 五方面: a figure that may only count what follows
_SMALL = re.compile(r"[一二两三四五六七八九十\d]{1,2}[个项条点类种大步]?(?:方面)?")
# 四项措施, 以下三个方面, 两手抓
_COUNTED = re.compile(
    r"^(?:大|方面|关键|措施|重点|工作|要求|意见|建议|任务|环节|阶段|层面|维度|举措|原则|问题|步骤|抓手|着力点|途径|领域|类型|内容|手抓|端|头|者|方|级|位一体)"
)
# 推广使用“…”小程序: what is used further stands already
_EXISTS = re.compile(r"(?:推广使用|依托|接入|用好|发挥|巩固|深化)[“\"]?$")
_SALUTATION = re.compile(r"[\s　]*(?:尊敬的)?.{1,80}?(?:委员|代表|代表团)[们]?[：:]?[\s　]*")
# 《关于…的提案》: without the proposal at hand its title cannot be compared
_PROPOSAL_TITLE = re.compile(r"的(?:提案|建议|议案)》$")
# 二期, 三期工程: which part, not how many
_STAGE = re.compile(r"[一二三四五六]期")
# 《…日报》: a paper of some place
_PAPERS = ("日报", "晚报", "晨报", "早报", "都市报", "商报", "新报", "周报")
# 受理投诉	1268	件; | 1268 |: the row of a table reports
_CELLS = re.compile(r"\S\t\S|\|[^|\n]*\|")
# 您提出的三条|建议: counted in the proposal
_ASKED = re.compile(r"(?:建议|意见|问题|诉求|提案|方面)")
# 每平方公里|12个, 每千人|4个
_EACH = re.compile(r"每[\u4e00-\u9fff]{1,5}$")
_TO_MAKE = re.compile(
    r"(?:研究|抓紧|加快|适时|推动|探索|尽快|及时|鼓励|支持)(?:制定|出台|编制|修订|制订|研究)"
)
_HEADER_LINES = 10
_TEXT = frozenset({"body", "heading1", "heading2", "closing"})  # styles of the text proper
# 省人民医院, 市一院: there is one of it
_HOSPITAL = re.compile(
    r"(?:[省市县区](?:立)?[\u4e00-\u9fff]{1,4}院)|[市县区州镇](?:第)?[一二三四五六七八九十]{1,2}(?:[中小高幼职院]|中学|小学|高中)|(?:中心|附属|妇幼|中医)医院"
)
_DIGITS = frozenset("0123456789〇零一二三四五六七八九十百千万亿两半×xX*＊□几数")
_WORDS = 8  # characters beside a figure that make it a precedent's, not chance
# 169条, 47.1倍, 二百余家, 4月12日: two places seldom have the same by chance
_DISTINCTIVE = re.compile(r"\d[\d,，]*\d\d|\d\.\d|[百千万亿]|月[\d一二三四五六七八九十]+日")
# 十四届三次会议, 五届: the session is compared with the proposal's, not traced
# 11个消费维权服务站: how many there are is a figure, no name
_COUNT = re.compile(r"^\d+(?:余|多)?[个家处座所名]")
# 青石县|城关镇, 青石县|安平街道柳沟村
_TOWN = re.compile(r"(?:[\u4e00-\u9fff]{1,3}?(?:街道|社区|镇|乡|村))+")
_SESSION = re.compile(r"[一二三四五六七八九十]+(?:届|次会议|次全会)")


def check_leaks(
    case: CheckedDraft, register: Register, precedents: Precedents, known: Ours
) -> tuple[Finding, ...]:
    """Return the findings ``leak.*``. ``block`` for what another place is or did;
    ``warn`` for figures, dates and titles in a planned clause that no precedent has."""
    findings: list[Finding] = []
    for number, text in enumerate(case.paragraphs):
        before = len(findings)
        levels = tuple(find_levels(text))
        statutes = _statute_spans(case, register, number)
        for mention in case.mentions[number]:
            if is_past_plan(case, mention):
                findings += _check_mention(case, known, precedents, number, mention)
            if mention.scope == "national" or _inside(mention, statutes):
                continue
            if mention.kind == "number" and is_of_article(case, register, number, mention):
                continue
            findings += _check_mention(case, known, precedents, number, mention)
        told = [f.where for f in findings[before:] if f.where and f.where.paragraph == number]
        taken = [*statutes, *((where.start, where.end) for where in told)]
        findings += _check_levels(case, known, precedents, number, levels, taken)
        held = [*statutes, *(_with_town(f, text) for f in findings[before:] if _is_place(f))]
        findings += _check_unknown(case, known, precedents, number, levels, held)
    findings += check_deictics(case, known)
    return tuple(findings)


def _is_place(finding: Finding) -> bool:
    return finding.where is not None and finding.rule == "leak.place"


def _with_town(finding: Finding, text: str) -> tuple[int, int]:
    """Where a place was told, with the town of it that follows: 青石县|城关镇."""
    assert finding.where is not None
    town = _TOWN.match(text, finding.where.end)
    return finding.where.start, town.end() if town else finding.where.end


def _check_unknown(
    case: CheckedDraft,
    known: Ours,
    precedents: Precedents,
    number: int,
    levels: tuple[Mention, ...],
    statutes: list[tuple[int, int]],
) -> Iterator[Finding]:
    """What no register has: odd names, and what the model takes for one."""
    text = case.paragraphs[number]
    ours = [*known.spans(text), *((m.start, m.end) for m in levels)]  # levels: judged already
    for mention in case.find_oddities(number, ours):
        allowed = _inside(mention, statutes) or known.covers(mention) or _is_coined(mention)
        if not (allowed or is_said_of_all(text, mention) or is_only_odd(case, number, mention)):
            yield from _report(case, known, precedents, number, mention)
            ours.append((mention.start, mention.end))
    for mention in find_names_taught(case, number, [*ours, *statutes]):
        if not (known.covers(mention) or is_said_of_all(text, mention)):
            yield from _report(case, known, precedents, number, mention, most="warn")


def _check_levels(
    case: CheckedDraft,
    known: Ours,
    precedents: Precedents,
    number: int,
    levels: tuple[Mention, ...],
    taken: list[tuple[int, int]],
) -> Iterator[Finding]:
    """The bodies of ``levels`` that our place has not, outside known names and ``taken``."""
    text = case.paragraphs[number]
    local = [m for m in case.mentions[number] if m.scope != "unknown"]
    taken = [*taken, *known.spans(text), *((m.start, m.end) for m in local)]
    for mention in levels:
        free = not any(s < mention.end and mention.start < e for s, e in taken)
        if free and not known.covers(mention) and not _has_level(known, mention):
            yield from _report(case, known, precedents, number, mention)


def _has_level(known: Ours, mention: Mention) -> bool:
    """True for 州农机总站 in a letter of a 州, not of a city."""
    return any(has_level(name, mention) for name in (*known.names, *known.home))


def _check_mention(
    case: CheckedDraft, known: Ours, precedents: Precedents, number: int, mention: Mention
) -> Iterator[Finding]:
    if _has_the_duty(mention, case.profile):
        return
    if is_only_shaped(case, number, mention) or is_said_of_all(case.paragraphs[number], mention):
        return
    part = case.part_at(number, mention.start)
    if known.covers(mention, part.text, mention.start - part.start) or is_norm(part, mention):
        return
    counted = _COUNT.match(mention.text) if mention.kind == "organisation" else None
    if counted:
        figure = _as_figure(mention, counted.group())
        yield from _check_mention(case, known, precedents, number, figure)
    if mention.kind == "organisation" and not _HOSPITAL.fullmatch(mention.text):
        trimmed = _trim_organisation(mention, known)
        if trimmed is None or known.covers(trimmed):
            return
        mention = trimmed
    if not _is_set_phrase(part, mention):
        if mention.kind == "number" and is_spoken(case.paragraphs[number], mention):
            return
        yield from _report(case, known, precedents, number, mention)


def _as_figure(mention: Mention, text: str) -> Mention:
    """The figure at the head of 11个消费维权服务站."""
    normal = normalise_number(text) or text
    return Mention("number", text, mention.start, mention.start + len(text), normal)


def _report(
    case: CheckedDraft,
    known: Ours,
    precedents: Precedents,
    number: int,
    mention: Mention,
    *,
    most: Severity = "block",
) -> Iterator[Finding]:
    """The finding on a mention that nothing of ours covers, if it weighs anything; ``most`` is
    ``warn`` for what may be no name at all."""
    part = case.part_at(number, mention.start)
    severity = _rate_mention(case, known, part, mention)
    if severity is None:
        return
    source = precedents.source_of(mention.text, part)
    why = "在提案、单位信息和本单位材料里都没有"
    what = _WHAT[mention.kind]
    if most == "warn":
        severity, what = "warn", "像是某地的名称或特点："
    typed = _typed_value(case, number, mention)
    distinctive = mention.kind in ("number", "date") and _DISTINCTIVE.search(mention.text)
    copied = source is not None and distinctive
    if typed is not None and not (copied or _is_copied(precedents, part, mention, typed)):
        severity, why = "warn", "是起草人填写的，没有材料可以对照"
    elif source is not None and mention.kind in ("number", "date", "brand"):
        severity = "block"
    family = _FAMILY.get(mention.kind, mention.kind)
    name = mention.text.strip('“”"')
    message = f"{what}“{name}”{why}"
    if source is not None:
        message += f"，见于{name_source(source)}"
    place = (number, mention.start, mention.end, mention.text)
    if severity == "warn" and source is None and typed is None and _is_promised(part, mention):
        told = known.covers(mention)
        where = "提案或者本单位材料里虽有，说的不是这件事" if told else "也不出自提案和本单位材料"
        message = f"新的承诺：{what}“{name}”没有人确认，{where}"
        yield make_finding(_PROMISED, severity, place, message, _DO_PROMISED)
        return
    yield make_finding(f"leak.{family}", severity, place, message, _DO[mention.kind])


def _is_promised(part: Part, mention: Mention) -> bool:
    """True for a figure or a date of what is still to be done: 2027年6月底前建成200个. It is
    no question of where it is from but of who has agreed to it."""
    return mention.kind in ("number", "date") and part.planned and not part.done


def _is_coined(mention: Mention) -> bool:
    """True for customary wording that looks coined: 红黑榜制度."""
    return mention.text.strip('“”"').startswith(read_words("figures.tsv", "phrase"))


def _typed_value(case: CheckedDraft, number: int, mention: Mention) -> tuple[int, str] | None:
    """What the drafter typed, where it is her word: figures and dates, the name or the number
    that she was asked for, and whatever stands in an open place outside of the text proper
    (title, 文号, addressee, 抄送). Other names tell themselves whose they are."""
    block = case.blocks[number]
    if block is not None and block.style not in _TEXT:
        return case.typed_value(number, mention)
    if mention.kind in ("place", "organisation"):
        return None
    typed = case.typed_value(number, mention)
    if typed is None or mention.kind in ("number", "date"):
        return typed
    return typed if typed[1].strip(" 第号") == mention.text.strip("第号") else None


def _is_copied(
    precedents: Precedents, part: Part, mention: Mention, typed: tuple[int, str]
) -> bool:
    """True when a precedent has the figure with the words that were typed before or behind
    it: a sentence pasted into an open place."""
    start, text = typed
    at, end = max(0, mention.start - start), min(len(text), mention.end - start)
    before, behind = text[max(0, at - _WORDS) : end], text[at : end + _WORDS]
    return any(
        len(run) - (end - at) == _WORDS and precedents.source_of(run, part) is not None
        for run in (before, behind)
    )


def _trim_organisation(mention: Mention, known: Ours) -> Mention | None:
    """The name without the verb before it (发挥|市消费者权益保护委员会); ``None`` when what is
    left is no name, or one that every place has (市公安局). A place before the verb stays
    (白塔埠镇|设立|服务站)."""
    text, cut, first = mention.text, 0, len(mention.text)
    for match in _verbs().finditer(text):
        first, cut = min(first, match.start()), match.end()
    rest = _COUNT.sub("", text[cut:].lstrip("、，和与及的"))  # 11个|消费维权服务站
    if any(p and rest.endswith(p) and is_ordinary(rest[: -len(p)]) for p in known.profile.partners):
        return None
    if len(rest) < 2 or is_generic_organisation(rest) or _generic().fullmatch(rest):
        place = next((m for m in find_mentions(text[:first]) if m.kind == "place"), None)
        return place and replace(
            place, start=mention.start + place.start, end=mention.start + place.end
        )
    if rest == text:
        return mention
    found = next((m for m in find_mentions(rest) if m.kind in ("organisation", "place")), None)
    if found is None:
        return None
    start = mention.start + len(text) - len(rest) + found.start
    return replace(found, start=start, end=start + len(found.text))


@lru_cache(maxsize=1)
def _generic() -> re.Pattern[str]:
    """Kinds of bodies with words that name none: 知名医院, 普惠性幼儿园, 人民法院."""
    kinds = "|".join(read_words("figures.tsv", "kind"))
    words = "|".join(read_words("figures.tsv", "any"))
    return re.compile(rf"(?:{words})*(?:{kinds})")


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    return re.compile("|".join(read_words("figures.tsv", "verb")))


def _rate_mention(case: CheckedDraft, known: Ours, part: Part, mention: Mention) -> Severity | None:
    if mention.kind == "number":
        if _SESSION.match(case.paragraphs[part.number], mention.start):
            return None
        return _weigh_number(case, part, mention)
    if mention.kind == "date":
        return weigh_date(case, part, mention)
    if mention.kind == "document":
        return _weigh_document(case, part, mention)
    if mention.kind == "doc_number":
        return _weigh_doc_number(case, known, part, mention)
    if mention.kind == "person":
        return _weigh_person(case, part)
    if mention.kind == "organisation" and is_of_some(mention.text):
        return "warn"
    if mention.kind == "brand" and mention.scope == "unknown" and part.planned and not part.done:
        return "block" if _EXISTS.search(part.text[: mention.start - part.start]) else "warn"
    return "block"


def _weigh_number(case: CheckedDraft, part: Part, mention: Mention) -> Severity | None:
    text = case.paragraphs[part.number]
    if _SALUTATION.fullmatch(text):
        return None  # 喻清和等8名委员
    if _CELLS.search(text) and not _ONE.fullmatch(mention.text):
        return "block"
    if _ONE.fullmatch(mention.text) or _STAGE.fullmatch(mention.text):
        return None
    if _ASKED.match(text, mention.end) and "您" in part.text:
        return None
    if _EACH.search(text, 0, mention.start) and not part.planned:
        return "block"
    if part.planned and not part.done and not any(c in _DIGITS for c in mention.text):
        return None  # 力争走在全省前列
    if _SMALL.fullmatch(mention.text) and not part.done:
        return None if _COUNTED.match(text[mention.end :]) else "warn"
    if _SMALL.fullmatch(mention.text) and re.search(r"[：:]\s*$|以下|如下", part.text):
        return None
    return "warn" if part.planned and not part.done else "block"


def _is_set_phrase(part: Part, mention: Mention) -> bool:
    """True when the mention stands inside a set phrase (两手抓, 七日无理由退货) or holds
    one as its whole (“3·15”)."""
    if mention.text.strip('“”"') in read_words("figures.tsv", "phrase"):
        return True
    return mention.kind == "number" and is_inside_phrase(part, mention.start, mention.start + 1)


def _weigh_document(case: CheckedDraft, part: Part, mention: Mention) -> Severity | None:
    if case.proposal is None and _PROPOSAL_TITLE.search(mention.text) and "提" in part.text:
        return None
    if mention.scope == "local":
        return "block"
    if mention.text[0] != "《" and _TO_MAKE.search(part.text):
        return None  # 研究制定…管理办法
    title = mention.text.strip("《》<>＜＞“”")
    if title.endswith(_PAPERS):
        return "block"
    if is_law_like(title) and not part.done and mention.text[0] == "《":
        return None
    return "warn" if part.planned and not part.done else "block"


def _weigh_doc_number(
    case: CheckedDraft, known: Ours, part: Part, mention: Mention
) -> Severity | None:
    prefix = known.profile.doc_prefix
    if is_own_series(mention.text, known.profile):
        return None
    if not prefix and part.number < _HEADER_LINES and len(case.paragraphs[part.number]) < 40:
        return None
    return "block"


def _weigh_person(case: CheckedDraft, part: Part) -> Severity | None:
    if case.proposal is None and _SALUTATION.fullmatch(case.paragraphs[part.number]):
        return "warn"
    return "block"


def _has_the_duty(mention: Mention, profile: Profile) -> bool:
    """Return whether a body is the one of our place that answers for a matter: 市中级人民法院."""
    if mention.kind != "organisation":
        return False
    return any(name_unit(key, profile) == mention.text for key, _ in find_named(mention.text))


def _statute_spans(case: CheckedDraft, register: Register, number: int) -> list[tuple[int, int]]:
    """Where the paragraph cites a statute that the register knows, or quotes one that the
    draft names as its source: neither the title nor the law's own words are a leak."""
    spans = [(c.start, c.end) for c in case.citations[number] if register.knows(c.name)]
    block = case.blocks[number] if number < len(case.blocks) else None
    at = 0
    for sentence in block.sentences if block is not None else ():
        if sentence.origin in ("statute", "policy"):
            spans.append((at, at + len(sentence.text)))
        at += len(sentence.text)
    return spans


def _inside(mention: Mention, spans: list[tuple[int, int]]) -> bool:
    return any(start <= mention.start and mention.end <= end for start, end in spans)
