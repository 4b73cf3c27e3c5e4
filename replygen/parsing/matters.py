"""What a proposal is about, for a heading that does not say it: 健全工作机制 in a proposal on
冷链物流 is 健全冷链物流工作机制.
"""

from __future__ import annotations

import re
from functools import lru_cache

from replygen.parsing.endings import is_nominal
from replygen.parsing.openings import first_verb, opening
from replygen.parsing.shorten import acts_at
from replygen.parsing.word_ends import word_borders
from replygen.parsing.wording import cue_pattern

_LEAST, _MOST = 3, 12
# 关于X的提案, 建议尽快X: a title without its frame
_FRAME = re.compile(
    "^(?:关于|就|对于?|建议|当前)(?:加大力度)?|的?(?:几点|若干|有关|相关|对策|政策|实施|意见)*(?:建议|提案|议案|对策|之提案|意见)$"
)
# …产业助力乡村旅游, …医院深化改革中的问题: what it is good for, or what is done to it
_DONE = re.compile(
    "(?<=.)(?:助推|助力|推动|推进|促进|带动|深化|提升|打造|实现|防止|进一步|加快|高质量|健康(?=有序|发展)|有序|可?持续|协调|快速|中的?(?=问题|遇到|存在))"
)
_REGION = re.compile(
    "^在?(?:我[国省市县区]|全[国省市县区]|本[省市县区]|[一-鿿]{2}[省市县](?!场))(?:的|内|范围内)?"
)
# 产教融合|发展: the words that every plan ends with
_COMMON_END = re.compile(
    "(?:长效|科学|综合|创新|建设|发展|工作|管理|体系|系统|机制|体制|制度|水平|能力|政策|环境|质量|改革|规划|成效|标准|措施|力度|保障)+$"
)
# 补齐…短板, 提升…竞争力: no matter, but what of it is wanting
_WANTING = re.compile(
    "(?:短板|竞争力|内涵|职责|难题|作用|效率|需求|意识|引领|瓶颈|问题|优势|负担|成本|难)$"
)
# 破解停车难, 运用大数据: an ill, or a means
_UNWANTED = re.compile("破解|缓解|减轻|降低|减少|打击|解决|消除|遏制|防止|应对|利用|运用|借助|发挥")
# 相关机制, 有关政策: the matter takes the place of what only points at it
_POINTING = re.compile("^(?:相关|有关|相应|各项|配套|专门|具体|长效|系统)?的?")
# 加大力度, 发挥作用: nothing that a matter could stand in front of
_ALONE = re.compile(
    "(?:力度|作用|责任|认识|思路|效率|门槛|质量|模式|方式|统筹|协调|整合|创新|发展|改革)+"
)
# 建立健全, 制定出台: two verbs of one object
_PLAN = re.compile("建立|健全|完善|制定|出台|加强|强化|优化|推进|落实")
_BARE = re.compile("[\u4e00-\u9fffA-Za-z0-9—-]{2,}")


@lru_cache(maxsize=64)
def find_matter(title: str) -> str:
    """Return what the proposal of a title is about, a noun without what is done to it; ""
    where the title does not say it in a few plain characters."""
    named = re.split(r"[\s，、：；]", _FRAME.sub("", title.strip()))[0]
    named = re.sub("(?:的?(?:有关|相关))问题$", "", named)
    for _ in range(4):
        verb, end = _opening_verb(named)
        if _UNWANTED.fullmatch(verb):
            return ""
        if not end:
            break
        named = named[end:]
    named = _REGION.sub("", re.sub("^(?:加快|加速)", "", named))
    if cut := _DONE.search(named):
        named = named[: cut.start()]
    short = _COMMON_END.sub("", named)
    named = short if len(short) >= _LEAST else named
    return named if _LEAST <= len(named) <= _MOST and _is_matter(named) else ""


def _opening_verb(named: str) -> tuple[str, int]:
    """The verb that a title opens with, and where it ends; 0 for a word that only begins like
    one: 保障房."""
    verb = first_verb(named)
    end = named.find(verb) + len(verb) if verb else 0
    first = next(iter(word_borders(named)), len(named))
    return verb, end if len(verb) > 1 and first <= end else 0


def _is_matter(named: str) -> bool:
    """Whether the words are a plain noun that other nouns may stand behind."""
    if not _BARE.fullmatch(named) or re.search("[的和与及并对将把为在是给以]|^[型性化级更]", named):
        return False
    borders = word_borders(named)
    verb, acts = _opening_verb(named)
    begins = opening(named) != "other" and (len(verb) < 2 or acts)  # 做实…, not 保障房
    if begins or any(acts_at(named, at, borders) for at in (0, *borders)):
        return False  # 运用技术防治火灾
    return not _WANTING.search(named) and bool(_own_words(named))


def fill_phrase(phrase: str, matter: str) -> str:
    """Return the phrase with the matter in front of an object that names none: 建立相关管理机制;
    "" where it names its own."""
    phrase, comma, rest = phrase.partition("，")
    verb = first_verb(phrase)
    begin = phrase.find(verb) + len(verb) if verb else 0
    while (more := first_verb(phrase[begin:])) and _PLAN.fullmatch(more) and begin:
        begin += len(more)
    bare = _POINTING.sub("", phrase[begin:])
    if not matter or len(verb) < 2 or is_nominal(verb) or opening(phrase) == "other":
        return ""
    if (
        _own_words(bare + rest)
        or len(bare) < 2
        or _ALONE.fullmatch(bare)
        or bare[0] in "的和与及、"
        or bare[:2] == "政府"
    ):
        return ""
    return phrase[:begin] + matter + bare + comma + rest


def _own_words(phrase: str) -> str:
    """What a phrase says besides the words of every plan."""
    common = cue_pattern("proposal", "topic", "common")
    return re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]", "", common.sub("", phrase))
