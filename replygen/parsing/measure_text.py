"""The words of one measure: what is no part of it, its lead, its tense, who acts."""

from __future__ import annotations

import re

from replygen.language.lack import drop_named_lack
from replygen.language.sentences import split_sentences
from replygen.language.tense import judge_words
from replygen.models import Tense
from replygen.parsing.wording import cue_pattern

LEAD_LIMIT = 40
# 自2019年以来 · 近年来 · 下一步 · 目前: opens a sentence but names nothing
_TIME_CLAUSE = re.compile(
    r".{0,12}(?:以来|年来|年|季度|月|日|期间|下一步|目前|当前|近期|截至|首先|同时|此外|一方面"
    r"|另一方面|对此|为此|底|初)|(?:我[局委厅办院部市县区省]|我们)?(?:根据|按照|依据|依照|针对|为了?|围绕).*"
    r"|(?:我[局委厅办院部市县区省]|我们)?在.*(?:下|中|上|里|内|方面|期间|同时|时|后|前)"
)
# 下一步，我局将 · 今后，北京市市场监管局将: says when and who, not what
PLAN_OPENING = re.compile(
    r"(?:下一步|下步|下一阶段|下阶段|今后"
    r"|接下来)(?:工作中)?，?(?:[^，。；]{0,16}?将(?:进一步(?=.{6}))?)?"
)
# 我局将建设… · 我们还…: whose measure it is stands elsewhere
_OURSELVES = re.compile(r"^(?:我[局委厅办院部]|我们)(?:还|也)?(?:将(?:进一步|继续)?)?(?=.{5})")
_SENTENCE_END = re.compile(r"[。！？；：\n]")
# 北京市市场监管局多次… · 市商务部门指导… · 我局与…
_ACTOR = re.compile(
    r"(?:^|[。；，：])(?:[^，。；：]{0,14}[，])?"
    r"((?:我|本|市|县|区|省|州)?[\u4e00-\u9fff]{0,14}?(?:局|厅|委员会|办公室|部门|网信办|政府"
    r"|法院|检察院|街道|工委|我委|我院|我办))"
    r"(?=(?:会同|联合|牵头|组织|指导|多次|积极|主动|与|将|已|在|充分|重点|全面|建立|开展|创新"
    r"|依据|印发|制定|出台|高度|持续|认真|根据|通过|对|把"
    r"|不断|始终|按照|结合|加强|加大|进一步|严格|针对|依托|大力|切实|先后|共|还|要求|督促|推动"
    r"|聚焦|立足|坚持|专门|正在|率先|启动|完成))"
)
_ACTOR_PREFIX = re.compile(
    r"^(?:会同|联合|提请|但|目前|同时|由|对此|为此|此外|另外|其中|期间|去年|今年)+"
)
_NOT_ACTOR = re.compile(
    r".*(?:建立|配合|继续|连续|开展|牵头|多部门|相关|有关)|(?:由|向|对|和|与|督促|指导|要求|给"
    r"|被|及|等|各|有关|相关|其他|属地)"
)


# 针对您提到的“招不来”等问题， · 对于你们反映的情况，
_TO_MEMBER = re.compile(
    r"(?:首先)?(?:对于?|针对|关于|就|至于)?(?:您|你们?|贵)(?:[委代][员表]|单位|们)?(?:所|在)?[^。，；]{0,10}"
    r"(?:提出|反映|提到|建议|关心|关注|所提)[^。，；]{0,60}[，；]?"
)
# 我局负责人与您面商 · 与委员当面沟通
_MEETING = re.compile(
    r"[^。；]{0,30}(?:与|向|同)(?:您|你们|委员|代表)[^。；]{0,12}(?:面商|沟通|汇报|交流|见面|座谈)"
    r"|[^。；]{0,24}(?:面商|当面沟通)"
)
# — 3 — · 第3页 · -12- left inside a text
_PAGE_MARK = re.compile(
    r"\n?[—–-]{1,2} ?\d{1,3} ?[—–-]{1,2}(?=\n|$)|\n第 ?\d+ ?页(?:[共，/ ]*\d+ ?页)?(?=\n|$)"
)
# 联系人：… · 联系电话：… inside the last paragraph
_CONTACT = re.compile(
    r"[（(]?(?:联系人|联系电话|联系单位|承办人|经办人|电话|抄送)[^。]{0,40}[：:].*", re.S
)
# 我县现有电梯2136台 · 全市共有学校食堂1136家
_INVENTORY = re.compile(
    r"(?:截至[^，]{2,12}，|20\d\d年，)?(?:目前，)?(?:我|全|本)?[省市县区州局]?[^，。]{0,8}"
    r"(?:现有|共有|目前有|受理|在用|位于|拥有|登记|单位\d)"
)
_DOING = re.compile(
    r"我局|会同|联合|建立|开展|印发|制定|组织|推动|成立|实施|搭建|查处|创建|出台|打造|加强|推进"
    r"|完善|指导|推行|整合|落实|建成|配备|抽检"
)


def tidy_measure(text: str) -> str:
    """Return a measure's text without page marks, thanks, contacts and what is said to
    the member alone (您提出的…受财力限制), which nobody can use a second time."""
    text = _CONTACT.sub("", _PAGE_MARK.sub("", text))
    kept: list[str] = []
    for sentence in split_sentences(text):
        bare = sentence.strip()
        if kept and cue_pattern("cues", "closing", "opening").match(bare):
            break
        kept.append(_without_member(sentence))
    return "".join(kept).strip(" \n；;")


def _without_member(sentence: str) -> str:
    bare = sentence.lstrip()
    if _MEETING.match(bare):
        return ""
    match = _TO_MEMBER.match(bare)
    if not match:
        return sentence
    rest = bare[match.end() :].lstrip("，；")
    asks_only = re.match(r"(?:您|你)", bare) or len(rest) < 12
    return "" if asks_only else sentence[: len(sentence) - len(bare)] + rest


# 当前政策规定 · 有关法律依据 · 政策要求
_RULES = re.compile(
    r"(?:政策|法律|法规|制度|文件|有关|相关|现行)[^，。]{0,4}(?:规定|要求|依据|情况)$"
)


def is_inventory(text: str, heading: str | None) -> bool:
    """Say whether a piece only counts what there is (基本情况：全市现有电梯…) or, below a
    heading that says so, only tells what rules require."""
    if heading and _RULES.search(heading):
        tense = judge_words(text)
        return not tense.report and not tense.plan and not _DOING.search(text)
    announced = bool(heading and re.search(r"基本情况|现状|概况|总体情况", heading))
    return bool(_INVENTORY.match(text)) and len(_DOING.findall(text)) < 1 + announced


def weigh_tense(text: str) -> Tense | None:
    """Return the tense of most of a measure's sentences that show one in words, the first
    when they are even: one announced act does not make what was done a plan."""
    tenses = [judge_words(sentence) for sentence in split_sentences(text)]
    shown: list[Tense] = ["planned" if t.plan else "done" for t in tenses if t.plan != t.report]
    if not shown:
        return None
    planned = shown.count("planned")
    if 2 * planned == len(shown):
        return shown[0]
    return "planned" if 2 * planned > len(shown) else "done"


def make_lead(text: str, bold_end: int = 0, *, limit: int = LEAD_LIMIT) -> str:
    """Return the lead phrase of a measure: its bold opening, else its first sentence
    when that is short, else its first clause; without number and final punctuation."""
    if 3 < bold_end <= 60:
        return text[:bold_end].strip(" 。，；：:")
    if (match := PLAN_OPENING.match(text)) and len(text) - match.end() > 6:
        text = text[match.end() :]
    first = _SENTENCE_END.split(text, maxsplit=1)[0].strip()
    first = _OURSELVES.sub("", first)
    if 3 < len(first) <= limit and not _TIME_CLAUSE.fullmatch(first.split("，", 1)[0]):
        return first.strip(" ，、")
    clauses = [c.strip() for c in first.split("，") if c.strip()]
    while len(clauses) > 1 and _TIME_CLAUSE.fullmatch(clauses[0]):
        clauses = clauses[1:]
    clause = _OURSELVES.sub("", clauses[0]) if clauses else ""
    if 3 < len(clause) <= 30:
        return clause
    return clause[:24].rstrip("，、的和与")


def find_actor(text: str) -> str | None:
    """Return the body that a measure's first sentences name as acting, or ``None``."""
    for match in _ACTOR.finditer(text[:160]):
        name = _ACTOR_PREFIX.sub("", match.group(1))
        if len(name) > 1 and not _NOT_ACTOR.match(name):
            return name
    return None


def is_problem(text: str) -> bool:
    """A sentence that only admits a shortcoming is no measure."""
    cue = cue_pattern("cues", "problem", "words").search(drop_named_lack(text))
    return cue is not None and not judge_words(text).report
