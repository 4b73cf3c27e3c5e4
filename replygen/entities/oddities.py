"""Names that no register and no pattern has, seen by what official prose would not say.

Two signs make a name. *Rare*: a word that official prose hardly uses, or characters that belong
to no word, stand before what names are followed by (哨兵|监控系统, 雷霆|行动), behind what names
follow (接入|苏服办) or are shaped like a person's name (孙丽华|反映). *Plain*: an ordinary noun
stands before a kind of thing that bears names (团结|村, 美好生活|超市).

The words come from data/common.txt.gz (tools/build_common.py); kinds from data/oddities.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from replygen.entities.introduced import find_introduced
from replygen.entities.name_shapes import find_shaped
from replygen.entities.novel import find_novel
from replygen.entities.people import surnames
from replygen.entities.prose import (
    Piece,
    cut_prose,
    make_mention,
    prose_words,
    read_auspicious,
    read_kinds,
    sort_one,
    sort_word,
)
from replygen.entities.tables import read_words
from replygen.models import Mention

_HAN = re.compile("[\u4e00-\u9fff]+")
# Behind these stands a partner, a tool or a place by name
_NAMING = re.compile(
    r"(?:与|同|联合|会同|约谈|携手|引进|引入|邀请|委托|接入|运用|借助|启用|依托|通过|登录|入驻|使用|上线|在|赴|到|前往"
    r"|走进|位于|来自|落户|由|被|经|向|沿|请|对|督促|责令|指导|要求|组织|联系|吸引|入股|收购|起诉|处罚|查处|学习|借鉴|考察|用)$"
)
_SAYS = re.compile(
    r"^(?:[，。；：、（）\s]|$|和|与|等|同志|负责|牵头|反映|表示|介绍|授课|担任|主讲|带|每|说|称|提|参|作|做|任|讲|获|来自|在|主|现场|组织|率|已|将|到|为)"
)
# 农民|新村: kinds of a new village
_FIXED_PHRASES = frozenset("农民 农村 移民 安置 社会主义 示范 幸福 美好 美丽 共同 精神".split())
_APPS = ("系统", "小程序", "码", "平台", "驿站", "热线")


# 高明远|现场演示: what only a person does
_ACTS = re.compile(r"现场|演示|介绍|授课|带队|反映|同志|表示|说|称|受聘|主讲|告诉")


@lru_cache(maxsize=2048)  # as :func:`find_mentions`
def find_oddities(text: str) -> tuple[Mention, ...]:
    """Return what looks like a name in ``text``, not overlapping; the scope is ``unknown``, the
    kinds are place, organisation, person and brand. What is known already should be blanked."""
    kept = _without_overlaps(_find(text), [])
    return tuple(sorted(_without_overlaps(find_novel(text), kept), key=lambda m: m.start))


def _without_overlaps(found: Iterable[Mention], kept: list[Mention]) -> list[Mention]:
    """``kept`` and of ``found``, the first and the longest first, what overlaps none of them."""
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if not any(k.start < mention.end and mention.start < k.end for k in kept):
            kept.append(mention)
    return kept


def _find(text: str) -> Iterator[Mention]:
    yield from find_shaped(text)
    for match in _auspicious_names().finditer(text):
        before = text[match.start() - 1 : match.start()]
        if not _HAN.match(before) or _ends_word(text, match.start()):
            yield make_mention(read_kinds().get(match["kind"], "organisation"), text, *match.span())
    for run in _HAN.finditer(text):
        pieces = cut_prose(run.group(), run.start())
        for finder in (_plain_names, _app_names, _auspicious_apps, _rare_names, find_introduced):
            yield from finder(text, pieces)


@lru_cache(maxsize=1)
def _auspicious_names() -> re.Pattern[str]:
    auspicious = "|".join(sorted(read_auspicious()))
    kinds = "|".join(sorted({*read_kinds(), "菜场", "市场", "商城"}, key=len, reverse=True))
    return re.compile(rf"(?:{auspicious})(?P<kind>{kinds})(?!级|域|民(?!委))")


def _ends_word(text: str, at: int) -> bool:
    """True when a joining character or a verb ends at ``at``: 联合|团结村."""
    return sort_one(text[at - 1]) == "J" or text[max(0, at - 2) : at] in prose_words()[1]


@lru_cache(maxsize=1)
def _ordinary_words() -> frozenset[str]:
    auspicious = read_auspicious()
    plain = read_words("oddities.tsv", "plain")
    generic = read_words("place_generic.tsv") | read_words("body_words.tsv")
    return (generic - auspicious) | plain | frozenset(read_kinds())


def _plain_names(text: str, pieces: list[Piece]) -> Iterator[Mention]:
    """团结|村, 美好|生活|超市: a noun that is no kind of village or shop before one."""
    kinds = read_kinds()
    auspicious = read_auspicious()
    media = read_words("oddities.tsv", "media")
    always = media - {"新闻"} | {"大厦", "家园", "花园", "新村", "科创园"}
    for at, piece in enumerate(pieces):
        kind = kinds.get(piece.text)
        if piece.sort == "R" and (head := _ends_like(piece.text)):  # 协和医院 is a word
            yield make_mention(kinds[head], text, piece.start, piece.end)
        if kind is None or not at:
            continue
        first = at
        while first and _may_name(pieces, first - 1, auspicious):
            first -= 1
        if first == at and pieces[at - 1].sort == "W" and piece.text in media:
            first -= 1
        separate = piece.text not in always or pieces[at - 1].text in _FIXED_PHRASES
        while first < at and _is_plain(pieces[first].text) and separate:
            first += 1
        if first < at and piece.start - pieces[first].start <= 6:
            yield make_mention(kind, text, pieces[first].start, piece.end)


@lru_cache(maxsize=4096)
def _ends_like(word: str) -> str:
    """The kind that a rare word ends with, when what stands before it names (协和|医院)."""
    for size in (4, 3, 2):
        head, stem = word[-size:], word[:-size]
        if head in read_kinds() and len(stem) >= 2 and not _is_plain(stem):
            return "" if sort_word(stem) in "NV" and stem not in read_auspicious() else head
    return ""


def _is_plain(word: str) -> bool:
    return (
        word in _ordinary_words()
        or len(word) > 2
        and word[-1] in "性型级制式化类"
        or len(word) == 2
        and word[0] in "一两"
        and word[1] in "所个家批些类座条处片"
    )


def _may_name(pieces: list[Piece], at: int, auspicious: frozenset[str]) -> bool:
    piece = pieces[at]
    if piece.sort == "A":  # 恒|通|商贸
        return at > 0 and pieces[at - 1].sort == "S"
    return piece.sort in "NRS" or piece.text in auspicious


def _app_names(text: str, pieces: list[Piece]) -> Iterator[Mention]:
    """码|上|放心|购|小程序, 易|停车|App: single characters that make up the name of an app."""
    tools = read_words("oddities.tsv", "tool")
    for at, piece in enumerate(pieces):
        if piece.text not in ("小程序", "公众号", "客户端", "系统"):
            continue
        first = at
        while first and pieces[first - 1].sort != "J" and pieces[first - 1].text not in tools:
            first -= 1
        stem = [p.sort for p in pieces[first:at]]
        long = piece.start - pieces[first].start >= 3
        if piece.start - pieces[first].start > 6:
            continue
        if long and ("S" in stem or piece.text != "系统" and "A" in stem):
            yield make_mention("brand", text, pieces[first].start, piece.end)


def _auspicious_apps(text: str, pieces: list[Piece]) -> Iterator[Mention]:
    """智慧|蓝天|系统, 阳光|厨房|平台: an auspicious word in the name of a platform."""
    auspicious = read_auspicious()
    for at, piece in enumerate(pieces):
        if piece.text not in _APPS or not at:
            continue
        for first in (at - 2, at - 1):
            if first >= 0 and pieces[first].text in auspicious and pieces[at - 1].sort != "J":
                yield make_mention("brand", text, pieces[first].start, piece.end)
                break


def _rare_names(text: str, pieces: list[Piece]) -> Iterator[Mention]:
    first = 0
    while first < len(pieces):
        if pieces[first].sort not in "RSW":
            first += 1
            continue
        last = first
        if first and pieces[first - 1].sort == "A" and _leads(text, pieces[first - 1].start):
            first -= 1  # （新|浦）
        while last + 1 < len(pieces) and pieces[last + 1].sort in "RSAW":
            last += 1
        while pieces[last].sort == "A":
            last -= 1
        yield from _name_rare_words(text, pieces, first, last)
        first = last + 1


# 神医神药, 真查真改; 少用, 多讲, 勤换: made up as one speaks, named by nobody
_ORDINARY = re.compile(
    r"(?P<same>[\u4e00-\u9fff])[\u4e00-\u9fff](?P=same)[\u4e00-\u9fff]"
    r"|[牛羊猪鸡鸭鱼虾蟹肉蛋奶米面油菜果豆瓜茶酒糖盐醋酱卷片丸丁丝块饼糕粉汤骨排]{2,6}$"
    r"|切[莫勿忌不]|[\u4e00-\u9fff]{0,8}[一二三四五六七八九十]岁|(?:谨致|顺颂|顺祝|谨此|恭请|敬祈)[\u4e00-\u9fff]{0,2}$"
    r"|[\u4e00-\u9fff]{2}之[交际间时初末余内外中上下争]"
)
_NOT_TO_BE = re.compile("不得[，。；！]")  # 马虎|不得
_SPOKEN = re.compile(r"[少多常勤快慢早晚再先乱滥][\u4e00-\u9fff](?:$|[\u4e00-\u9fff]{2,4}$)")
# 承检|机构, 受检|单位, 拟建|项目: by which side of a matter somebody stands
_SIDE = re.compile(
    r"[承送受代拟应被需待在][\u4e00-\u9fff](?:机构|单位|企业|一?方|人|产品|样品|项目|主体|商户|部门)"
)


# 新锐|品牌: a kind of brand, no brand
_ANY_BRAND = re.compile(
    r"(?:新锐|新晋|国潮|小众|头部|腰部|王牌|老牌|大牌|杂牌|白牌|名优|驰名|独家)品牌"
)


def _name_rare_words(text: str, pieces: list[Piece], first: int, last: int) -> Iterator[Mention]:
    """What the rare words ``first`` to ``last`` name, if anything."""
    start, end = pieces[first].start, pieces[last].end
    if _ORDINARY.match(text[start:end]) or _NOT_TO_BE.match(text, end):
        return
    sorts = "".join(p.sort for p in pieces[first : last + 1])
    strays = sorts.count("S")
    before = text[max(0, start - 3) : start]
    opened = _NAMING.search(before) is not None
    head = _head(pieces, last)
    if head is not None:
        verb = "W" in sorts and head.text in ("行动", "专项整治", "小程序", "工作法")
        led = opened or _begins(text, start)
        app = strays == 1 and head.start > end and led and head.text in _APPS
        if strays >= 2 or "R" in sorts or verb or app:
            if not _ANY_BRAND.match(text, start):
                yield make_mention("brand", text, start, head.end)
            return
    if _SIDE.match(text, start) or _SPOKEN.match(text[start:end]) and strays < 3:
        return
    if sorts not in ("R", "W") and _is_person(text, start, end, before):
        yield make_mention("person", text, start, end)
    elif strays and end - start >= 2 and _opens(text, start) and text[end : end + 1] in "）)”":
        yield make_mention("brand", text, start, end)
    elif strays and opened and "R" in sorts and end - start <= 4:
        yield make_mention("brand", text, start, end)
    elif strays >= 2 and (opened or _begins(text, start) or _stands_alone(text, start, end)):
        yield make_mention("brand", text, start, end)


def _leads(text: str, at: int) -> bool:
    return _opens(text, at) or _begins(text, at)


def _opens(text: str, at: int) -> bool:
    return text[max(0, at - 1) : at] in ("（", "(", "“")


def _begins(text: str, at: int) -> bool:
    """瑞祥驾校跑路…: at the head of a clause, where who did it stands."""
    return not at or text[at - 1] in "，。；：\n"


def _stands_alone(text: str, start: int, end: int) -> bool:
    """(新浦), 西塘的民宿, 海头等地: at the start of a clause, before 的 or 等, or in brackets."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    clause = (not before or before in "，。；：\n") and after in ("的", "等")
    return clause or before in ("（", "(") and after in ("）", ")")


def _head(pieces: list[Piece], last: int) -> Piece | None:
    """The kind of thing that the rare words name; two ordinary nouns may stand between
    (哨兵|智能|监控|系统)."""
    heads = read_words("oddities.tsv", "head")
    for piece in pieces[last + 1 : last + 4]:
        if piece.text in heads or piece.text.endswith(("系统", "平台", "行动", "工程")):
            return piece
        if piece.sort not in "NA":
            return None
    return None


def _is_person(text: str, start: int, end: int, before: str) -> bool:
    name = text[start:end]
    sure = surnames(sure=not (len(name) == 3 and _ACTS.match(text, end)))
    compound = 3 <= len(name) <= 4 and name[:2] in sure
    if not compound and not (2 <= len(name) <= 3 and name[0] in sure):
        return False
    opened = not re.search("[\u4e00-\u9fff]$", before) or re.search(
        r"[由请邀聘与和员户人师任长民士客友星]$", before
    )
    if not before.strip("，。；：、（）\n ") and text[end : end + 1] == "、":
        return _goes_on(text[end + 1 : end + 8])
    return bool(opened and _SAYS.match(text[end : end + 3]))


def _goes_on(text: str) -> bool:
    """True where a list of names goes on: 丁晓、|桂平等; not 丁香、|桂皮一类."""
    match = re.match(r"([\u4e00-\u9fff]{2,4}?)(?:[、，。；等和与及同]|$)", text)
    return match is not None and match[1][0] in surnames()
