"""Names that no register and no pattern has, seen by what official prose would not say.

Two signs make a name. *Rare*: a word that official prose hardly uses, or characters that belong
to no word, stand before what names are followed by (哨兵|监控系统, 雷霆|行动), behind what names
follow (接入|苏服办) or are shaped like a person's name (孙丽华|反映). *Plain*: an ordinary noun
stands before a kind of thing that bears names (团结|村, 美好生活|超市).

The words come from data/common.txt.gz (tools/build_common.py); kinds from data/oddities.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from replygen.facts.people import surnames
from replygen.facts.tables import read_text, read_words
from replygen.facts.vocabulary import cut_words, read_vocabulary
from replygen.models import Mention, MentionKind

_HAN = re.compile("[\u4e00-\u9fff]+")
# Characters that join words: never part of a name that nothing else shows
_JOIN = frozenset(
    "的和与及或在对将把被由从以为是有并等其各该不也都再更要可会能就让使给于按向到至非无未应须先均"
    "我您你他她它这那本很太较已现但则如又因此仅约请祝想说没才亦且了着过所且每某做些两只个"
    "一二三四五六七八九十百千万亿年月日时"
)
# 与中, 在城市, 由各: what begins with one of these is a joint, whatever list has it as a word
_GLUE = frozenset(
    "的和与及或在对将把被由从以为是并其各该不也都再要就让使给于按向到至非未应须先均且了着所每某因后仅已"
)
_ENDS_SO = frozenset({"目的", "标的", "有的", "真的"})
# Characters that end or begin compounds: alone they are nothing odd (工作|室, 市|级)
_ALONE = _JOIN | frozenset(
    "大小新老中上下内外前后间者员化性率型类级式业区市县镇村乡街省州国人物事点站室部处科股组队户家校园馆厅堂院店"
    "厂社证书卡码网线路图表册簿单据费税金款品具器机车船房屋楼层地块片段条项件批次种全总分主副正双多少高低长短好"
    "难快慢早晚同共各另再办查建设管用送接打抓守护看听学教问答收发进出来去起落放开关停通行走跑报案号名位方面性"
)
# Behind these stands a partner, a tool or a place by name
_NAMING = re.compile(
    r"(?:与|同|联合|会同|约谈|携手|引进|引入|邀请|委托|接入|运用|借助|启用|依托|通过|登录|入驻|使用|上线|在|赴|到|前往"
    r"|走进|位于|来自|落户|由|被|经|向|沿|请|对|督促|责令|指导|要求|组织|联系|吸引|入股|收购|起诉|处罚|查处|学习|借鉴|考察)$"
)
_SAYS = re.compile(
    r"^(?:[，。；：、（）\s]|$|和|与|等|同志|负责|牵头|反映|表示|介绍|授课|担任|主讲|带|每|说|称|提|参|作|做|任|讲|获|来自|在|主|现场|组织|率|已|将|到|为)"
)
# 网格员|老周, 李姐: how neighbours are called
_FAMILIAR = r"(?:老[{s}]|小[{s}]|阿[{s}]|[{s}](?:姐|哥|叔|婶|嫂|姨|伯|爷|师傅))"
# 一企一码监管, 红黄绿牌管理, 三色预警: ways of working that somebody gave a name
_COINED = re.compile(
    r"一[\u4e00-\u9fff]一[\u4e00-\u9fff](?=[”\"]?(?:[\u4e00-\u9fff]{0,4}(?:监管|管理|模式|制度|机制|做法|治理|服务)))"
    r"|[红黄绿蓝橙白黑]{4}|[红黄绿蓝橙白黑]{2,4}[牌码标卡](?=[\u4e00-\u9fff]{2})|[三四五六七][色码](?=[\u4e00-\u9fff]{2})"
)
# 第三中学, 实验小学, 第一人民医院: which one of a town's
_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十]{1,3}|实验|附属)(?:人民|高级|初级|中心|实验|职业)*(?:中学|小学|幼儿园|医院|中医院|高中)"
    r"|(?<![\u4e00-\u9fff])(?:[在与和到由对、])?(?P<short>[一二三四五六七八九十]中|[一二三四五]院)(?=、[一二三四五六七八九十]中|共建|合作|的?食堂|师生|学生|附近|门口|校门|校园|教师|周边|学校)"
)


# 将幸福里打造成…, 和平里社区, 莲花里菜场: an old quarter
_QUARTER = re.compile(
    r"(?:^|(?<=[将把在沿对于])|(?<=[^\u4e00-\u9fff]))(?P<name>(?![将把在沿对于这那哪])[\u4e00-\u9fff]{2,3}(?<![家村心市县区乡镇校园店场市厂手眼])[里坊弄])(?=打造|改造|建成|街区|社区|小区|项目|商圈|特色|试点|商户|商家|夜市|菜场|市场|物业)"
)


# 太平庄的村民, 响水涧水电站: a hamlet by its last character
_HAMLET = re.compile(
    r"(?:^|(?<=[到赴在沿对将把与由])|(?<=[^\u4e00-\u9fff]))(?P<name>(?![到赴在沿对将把与由各该这那每])[\u4e00-\u9fff]{1,3}[庄营湾寨堡涧沟坪塘埠圩岗坝垭洼滩渡岭冲坳])"
    r"(?=的(?!治理|整治)|村民|居民|群众|小学|中学|周边|附近|一带|沿线|水电站|水库|林场|片区|大桥|隧道|、|，|等)"
)
# 五步工作法, 开展守护舌尖百日行动, 邻里e家
_WAY = re.compile(
    r"[一二三四五六七八九十][\u4e00-\u9fff]{1,2}工作法|[\u4e00-\u9fff]{2,6}百日(?:专项)?(?:行动|攻坚|整治|会战)"
    r"|[\u4e00-\u9fff]{2}[eiuv][+＋]?[\u4e00-\u9fff]|(?<![A-Za-z])[eiuv][\u4e00-\u9fff]{2,3}(?=客户端|平台|小程序|App|APP|服务|系统)"
)
# 师范附小, 瀛洲海关, 老街口瓜子厂
_BRANCH = re.compile(r"[\u4e00-\u9fff]{2,4}(?:附[小中](?!属)|职院|师专|卫校|技校|高专)")


_APPS = ("系统", "小程序", "码", "平台", "驿站", "热线")


# 高明远|现场演示: what only a person does
_ACTS = re.compile(r"现场|演示|介绍|授课|带队|反映|同志|表示|说|称|受聘|主讲|告诉")


class _Piece(NamedTuple):
    start: int
    end: int
    text: str
    sort: str  # N noun of official prose, V other word of it, R rare word, W rare verb,
    #            A end of compounds, J joining character, S character of no word


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], ...]:
    """Nouns and other words of official prose, rare verbs, and all words there are."""
    lines = read_text("common.txt.gz").split("\n")
    nouns, verbs, rare = (frozenset(line.split()) for line in lines)
    named = (
        frozenset(
            word
            for table in ("body_words.tsv", "place_generic.tsv", "bodies.tsv", "oddities.tsv")
            for word in read_words(table)
            if len(word) > 1
        )
        - _lucky()
    )
    cutting = read_words("cut_words.tsv") | read_words("place_cut.tsv")
    verbs |= frozenset(word for word in cutting if len(word) > 1)
    words = read_vocabulary() | nouns | verbs | named
    # 村的, 的易: not words, though statutes have them between two words
    words = frozenset(w for w in words if w[0] != "的" and (w[-1] != "的" or w in _ENDS_SO))
    return (nouns | named) - verbs, verbs, rare, words


def is_everyday(word: str) -> bool:
    """True for a word that official prose uses every day (管理, 网格员; not 五常)."""
    return word in _words()[0] or word in _words()[1]


def find_oddities(text: str) -> Iterator[Mention]:
    """Yield what looks like a name in ``text``, not overlapping; the scope is ``unknown``, the
    kinds are place, organisation, person and brand. What is known already should be blanked."""
    end = 0
    for mention in sorted(_find(text), key=lambda m: (m.start, -m.end)):
        if mention.start >= end:
            yield mention
            end = mention.end


def _find(text: str) -> Iterator[Mention]:
    yield from _shaped(text)
    for match in _lucky_names().finditer(text):
        before = text[match.start() - 1 : match.start()]
        if not _HAN.match(before) or _ends_word(text, match.start()):
            yield _mention(_kinds().get(match["kind"], "organisation"), text, *match.span())
    for run in _HAN.finditer(text):
        pieces = _cut(run.group(), run.start())
        for finder in (_plain_names, _app_names, _lucky_apps, _rare_names, _people):
            yield from finder(text, pieces)


def _shaped(text: str) -> Iterator[Mention]:
    """Names that their shape gives away."""
    for match in _COINED.finditer(text):
        if match.group() not in _words()[3]:
            yield _mention("brand", text, *match.span())
    for match in _NUMBERED.finditer(text):
        yield _mention("organisation", text, *match.span("short" if match["short"] else 0))
    for match in _HAMLET.finditer(text):
        if _names_hamlet(match["name"]):
            yield _mention("place", text, *match.span("name"))
    for match in _QUARTER.finditer(text):
        yield _mention("place", text, *match.span("name"))
    patterns = ((_familiar(), "person"), (_WAY, "brand"), (_BRANCH, "organisation"))
    for pattern, kind in patterns:
        for match in pattern.finditer(text):
            yield _mention(kind, text, *match.span())  # type: ignore[arg-type]


def _names_hamlet(name: str) -> bool:
    """太平|庄, 响|水|涧; not 池塘, 村庄: what stands before the last character is no word of
    official prose, or a lucky one."""
    pieces = _cut(name, 0)
    lucky = _lucky()
    return len(pieces[-1].text) == 1 and any(p.sort == "S" or p.text in lucky for p in pieces[:-1])


def _mention(kind: MentionKind, text: str, start: int, end: int) -> Mention:
    return Mention(kind, text[start:end], start, end, text[start:end])


@lru_cache(maxsize=1)
def _familiar() -> re.Pattern[str]:
    sure = "".join(s for s in surnames(sure=True) if len(s) == 1)
    return re.compile(
        rf"(?:(?<![\u4e00-\u9fff])|(?<=[员户人与请由和]))(?:{_FAMILIAR.format(s=sure)})(?=每|说|主动|带|的|反映|表示|坚持|上门|经常|[，、])"
    )


def _cut(run: str, offset: int) -> list[_Piece]:
    words = _words()[3]
    pieces, at = [], offset
    for text in cut_words(run, words, _ALONE):
        sort = _sort_one(text) if len(text) == 1 else _sort(text)
        pieces.append(_Piece(at, at + len(text), text, sort))
        at += len(text)
    return pieces


def _sort_one(char: str) -> str:
    return "J" if char in _JOIN else "A" if char in _ALONE else "S"


@lru_cache(maxsize=8192)
def _sort(word: str) -> str:
    nouns, verbs, rare, _ = _words()
    if word in verbs or word[0] in _GLUE or word[-1] in "的了和与":
        return "V"
    return "N" if word in nouns else "W" if word in rare else "R"


@lru_cache(maxsize=1)
def _kinds() -> dict[str, MentionKind]:
    kinds: dict[str, MentionKind] = dict.fromkeys(read_words("oddities.tsv", "place"), "place")
    for sort in ("firm", "house", "media"):
        kinds |= dict.fromkeys(read_words("oddities.tsv", sort), "organisation")
    return kinds


def _lucky() -> frozenset[str]:
    return read_words("oddities.tsv", "lucky")


@lru_cache(maxsize=1)
def _lucky_names() -> re.Pattern[str]:
    lucky = "|".join(sorted(_lucky()))
    kinds = "|".join(sorted({*_kinds(), "菜场", "市场", "商城"}, key=len, reverse=True))
    return re.compile(rf"(?:{lucky})(?P<kind>{kinds})(?!级|域|民(?!委))")


def _ends_word(text: str, at: int) -> bool:
    """True when a joining character or a verb ends at ``at``: 联合|团结村."""
    return text[at - 1] in _JOIN or text[max(0, at - 2) : at] in _words()[1]


@lru_cache(maxsize=1)
def _plain() -> frozenset[str]:
    lucky = _lucky()
    plain = read_words("oddities.tsv", "plain")
    generic = read_words("place_generic.tsv") | read_words("body_words.tsv")
    return (generic - lucky) | plain | frozenset(_kinds())


def _plain_names(text: str, pieces: list[_Piece]) -> Iterator[Mention]:
    """团结|村, 美好|生活|超市: a noun that is no kind of village or shop before one."""
    kinds = _kinds()
    lucky = _lucky()
    media = read_words("oddities.tsv", "media")
    always = media - {"新闻"} | {"大厦", "家园", "花园"}
    for at, piece in enumerate(pieces):
        kind = kinds.get(piece.text)
        if piece.sort == "R" and (head := _ends_like(piece.text)):  # 协和医院 is a word
            yield _mention(kinds[head], text, piece.start, piece.end)
        if kind is None or not at:
            continue
        first = at
        while first and _may_name(pieces, first - 1, lucky):
            first -= 1
        if first == at and pieces[at - 1].sort == "W" and piece.text in media:
            first -= 1
        while first < at and _is_plain(pieces[first].text) and piece.text not in always:
            first += 1
        if first < at and piece.start - pieces[first].start <= 6:
            yield _mention(kind, text, pieces[first].start, piece.end)


@lru_cache(maxsize=4096)
def _ends_like(word: str) -> str:
    """The kind that a rare word ends with, when what stands before it names (协和|医院)."""
    for size in (4, 3, 2):
        head, stem = word[-size:], word[:-size]
        if head in _kinds() and len(stem) >= 2 and not _is_plain(stem):
            return "" if _sort(stem) in "NV" and stem not in _lucky() else head
    return ""


def _is_plain(word: str) -> bool:
    return (
        word in _plain()
        or len(word) > 2
        and word[-1] in "性型级制式化类"
        or len(word) == 2
        and word[0] in "一两"
        and word[1] in "所个家批些类座条处片"
    )


def _may_name(pieces: list[_Piece], at: int, lucky: frozenset[str]) -> bool:
    piece = pieces[at]
    if piece.sort == "A":  # 恒|通|商贸
        return at > 0 and pieces[at - 1].sort == "S"
    return piece.sort in "NRS" or piece.text in lucky


def _app_names(text: str, pieces: list[_Piece]) -> Iterator[Mention]:
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
            yield _mention("brand", text, pieces[first].start, piece.end)


def _lucky_apps(text: str, pieces: list[_Piece]) -> Iterator[Mention]:
    """智慧|蓝天|系统, 阳光|厨房|平台: a lucky word in the name of a platform."""
    lucky = _lucky()
    for at, piece in enumerate(pieces):
        if piece.text not in _APPS or not at:
            continue
        for first in (at - 2, at - 1):
            if first >= 0 and pieces[first].text in lucky and pieces[at - 1].sort != "J":
                yield _mention("brand", text, pieces[first].start, piece.end)
                break


def _rare_names(text: str, pieces: list[_Piece]) -> Iterator[Mention]:
    first = 0
    while first < len(pieces):
        if pieces[first].sort not in "RSW":
            first += 1
            continue
        last = first
        if first and pieces[first - 1].sort == "A" and _opens(text, pieces[first - 1].start):
            first -= 1  # （新|浦）
        while last + 1 < len(pieces) and pieces[last + 1].sort in "RSAW":
            last += 1
        while pieces[last].sort == "A":
            last -= 1
        yield from _judge(text, pieces, first, last)
        first = last + 1


def _judge(text: str, pieces: list[_Piece], first: int, last: int) -> Iterator[Mention]:
    """What the rare words ``first`` to ``last`` name, if anything."""
    start, end = pieces[first].start, pieces[last].end
    sorts = "".join(p.sort for p in pieces[first : last + 1])
    strays = sorts.count("S")
    before = text[max(0, start - 3) : start]
    opened = _NAMING.search(before) is not None
    head = _head(pieces, last)
    if head is not None:
        verb = "W" in sorts and head.text in ("行动", "专项整治", "小程序", "工作法")
        app = strays == 1 and head.start > end and opened and head.text in _APPS
        if strays >= 2 or "R" in sorts or verb or app:
            yield _mention("brand", text, start, head.end)
            return
    if sorts not in ("R", "W") and _is_person(text, start, end, before):
        yield _mention("person", text, start, end)
    elif strays and end - start >= 2 and _opens(text, start) and text[end : end + 1] in "）)”":
        yield _mention("brand", text, start, end)
    elif strays >= 2 and (opened or _begins(text, start) or _stands_alone(text, start, end)):
        yield _mention("brand", text, start, end)


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


def _head(pieces: list[_Piece], last: int) -> _Piece | None:
    """The kind of thing that the rare words name; two ordinary nouns may stand between
    (哨兵|智能|监控|系统)."""
    heads = read_words("oddities.tsv", "head")
    for piece in pieces[last + 1 : last + 4]:
        if piece.text in heads or piece.text.endswith(("系统", "平台", "行动", "工程")):
            return piece
        if piece.sort not in "NA":
            return None
    return None


def _people(text: str, pieces: list[_Piece]) -> Iterator[Mention]:
    """主播|王|小|丫|被…, 工作人员|小|陈|全程…: a name between the word for who it is and a verb."""
    whom = tuple(read_words("oddities.tsv", "who"))
    for at, piece in enumerate(pieces):
        told = text.endswith(whom, max(0, piece.start - 3), piece.start)
        if piece.sort == "V" or not (told or _follows_noun(pieces, at)):
            continue
        last = at
        while last + 1 < len(pieces) and pieces[last + 1].sort not in "VJWN":
            last += 1
        strays = sum(p.sort == "S" for p in pieces[at : last + 1])
        name = text[piece.start : pieces[last].end]
        if told and _is_told_name(name, strays) or not told and _is_bare_name(pieces, last, name):
            yield _mention("person", text, piece.start, pieces[last].end)


def _follows_noun(pieces: list[_Piece], at: int) -> bool:
    return pieces[at].sort == "S" and at > 0 and pieces[at - 1].sort in "NR"


def _is_told_name(name: str, strays: int) -> bool:
    """小陈, 王小丫, 阿依古丽 behind the word for who it is."""
    sure = surnames(sure=True)
    if name[0] in "小老阿" and len(name) == 2 and name[1] in sure:
        return True
    known = name[0] in sure and strays or name[0] in surnames() and strays >= 2
    return bool(known and 2 <= len(name) <= 3) or strays >= 3 and 3 <= len(name) <= 6


def _is_bare_name(pieces: list[_Piece], last: int, name: str) -> bool:
    """能手|蔡文静|返乡: a surname and two characters of no word between a noun and a verb."""
    odd = len(name) == 3 and all(_sort_one(char) == "S" for char in name)
    follows = last + 1 < len(pieces) and pieces[last + 1].sort in "VW"
    return odd and follows and name[0] in surnames(sure=True)


def _is_person(text: str, start: int, end: int, before: str) -> bool:
    name = text[start:end]
    sure = surnames(sure=not (len(name) == 3 and _ACTS.match(text, end)))
    compound = 3 <= len(name) <= 4 and name[:2] in sure
    if not compound and not (2 <= len(name) <= 3 and name[0] in sure):
        return False
    opened = not re.search("[\u4e00-\u9fff]$", before) or re.search(
        r"[由请与和员户人师任长民士客友星]$", before
    )
    return bool(opened and _SAYS.match(text[end : end + 3]))
