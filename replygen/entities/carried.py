"""Names that what carries them gives away: 纳入药安智控, 敲门护老的必查内容, 参照外摆二十条,
印有苏小餐标识, 落户的国家紧固件质检中心, 渔港多.

The words are in ``data/carried.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from replygen.entities.candidates import Candidate, stem_start
from replygen.entities.independent import count_documents
from replygen.entities.people import surnames
from replygen.entities.prose import cut_tokens
from replygen.entities.tables import TABLES
from replygen.entities.vocabulary import find_leftover, is_word

_HAN = "\u4e00-\u9fff"
_CN = "一二两三四五六七八九十百"
_KNOWN = 12  # independent documents from which a word is everybody's
# 十八梯, 五角场, 三里屯, 九眼桥, 八里台: places that count
_COUNTED_PLACE = re.compile(
    rf"(?<![{_CN}第\d])(?:[{_CN}]{{1,3}}(?:角|里|道|眼|孔|甲|棵|棵|间|家|重|马|星|宝|牌|洞|仙)(?:场|屯|台|口|桥|湾|店|铺|庄|沟|坪|河|松|楼|塔|坊|集|岭|墩|营|渡|寺|巷|弄|街|墓)"
    rf"|[{_CN}]{{2,3}}(?:梯|坊|渡|湾|弄|溪|潭|峰|涧|坡|坎|堰|湖|冲|洞|盘(?!点)|埠|排楼))(?!面|价|市)"
)
# 追回四十多万, 三百来万: a sum that leaves out its unit
_SUM = re.compile(
    rf"[{_CN}千]+(?:多|余|来|几)[万亿](?=[，。；、）]|$)|小一?[百千]万(?=[，。；、）]|$)"
)
# 参照|外摆二十条: a paper that is called by how many articles it has
_ARTICLES = re.compile(
    rf"(?:参照|按照|依照|对照|落实|执行|出台|推出|制定|印发|发布|根据|依据|按|贯彻|严守|遵守)(?:了)?(?P<name>(?![^，。；、]{{0,8}}第)[{_HAN}]{{2,8}}?[二三四五六七八九]?十[一二三四五六七八九]?条)"
    r"(?=执行|办理|要求|规定|措施|政策|，|。|；|、|和|与|$)"
)
# 市场管理员|老邱|挨家挨户: how a person is called by those around
_CALLED = re.compile(
    rf"(?<=[员户人长师民友工匠客主])(?P<name>[老小阿](?P<of>[{_HAN}]))|(?<=[说找喊叫请像夸])(?P<told>老(?P<who>[{_HAN}]))"
)
# 店小二进万家|将…: a slogan that does something
_SLOGAN = re.compile(
    rf"(?P<name>(?P<stem>[{_HAN}]{{2,5}})(?:进万家|入万家|进千家|暖万家))(?=将|把|已|走|覆盖|惠及|活动|行动|品牌|这一|为|$|，)"
)
# 落户|国家紧固件质检中心
_SETTLED_HEAD = re.compile(rf"(?:国家|省级?|部级|华[东南北中]|西[南北]|东北)[{_HAN}]{{2,14}}$")


def find_carried(text: str) -> Iterator[Candidate]:
    """Names of apps, campaigns, papers, labels, institutions and what a place is like."""
    for match in _COUNTED_PLACE.finditer(text):
        if not is_word(match.group()):
            yield make_candidate("place", text, match)
    for match in _SUM.finditer(text):
        yield make_candidate("number", text, match)
    for match in _ARTICLES.finditer(text):
        yield make_candidate("document", text, match, "name")
    for match in _CALLED.finditer(text):
        name, of = match["name"] or match["told"], match["of"] or match["who"]
        behind = of + text[match.end() : match.end() + 1]
        own = not is_word(name) and not is_word(behind)
        if own and (of in surnames(sure=True) or name[0] == "阿"):
            yield make_candidate("person", text, match, "name" if match["name"] else "told")
    for match in _SLOGAN.finditer(text) if "万家" in text or "千家" in text else ():
        start = stem_start(text, match.end("stem"), 5)
        if match.end("stem") - start > 1 and not count_documents(cut_tokens(match["stem"])[-1]):
            yield Candidate("brand", start, match.end(), text[start : match.end()], "unknown", 3)
    for finder in (_apps, _labels, _campaigns, _gatherings, _settled, _parks, _features):
        yield from finder(text)


def make_candidate(kind: str, text: str, match: re.Match[str], group: str | int = 0) -> Candidate:
    """The candidate that a match, or a group of it, is; of scope ``unknown``."""
    start, end = match.span(group)
    return Candidate(kind, start, end, text[start:end], "unknown", 3)  # type: ignore[arg-type]


@lru_cache(maxsize=64)
def words_of(kind: str) -> tuple[str, ...]:
    """The words of a kind in data/carried.toml, the longest first."""
    words = TABLES.toml("carried.toml")[kind].split()
    return tuple(sorted(dict.fromkeys(words), key=lambda word: (-len(word), word)))


def _join(kind: str) -> str:
    return "|".join(map(re.escape, words_of(kind)))


def _once(make: Callable[[], re.Pattern[str]]) -> Callable[[], re.Pattern[str]]:
    return lru_cache(maxsize=1)(make)


# ── apps and labels ────────────────────────────────────────────────────────


@_once
def _app() -> re.Pattern[str]:
    return re.compile(rf"(?:{_join('into')})(?:了)?(?P<name>[{_HAN}]{{3,6}}?)(?={_join('used')}|$)")


def _apps(text: str) -> Iterator[Candidate]:
    for match in _app().finditer(text):
        across = is_word(match["name"][-1] + text[match.end() : match.end() + 1])  # 用得好智|能
        if _is_app(match["name"]) and not across:
            yield make_candidate("brand", text, match, "name")


@lru_cache(maxsize=4096)
def _is_app(name: str) -> bool:
    """药安智控, 豆蔻大屏, 浙食链; not 产业链, 供应链, 智慧大屏."""
    if is_word(name) or name.endswith(words_of("app_stops")) or count_documents(name):
        return False
    end = next((e for e in words_of("app_ends") if name.endswith(e)), "")
    if end:
        stem = name[: -len(end)]
        odd = bool(find_leftover(stem)) or stem not in words_of("app_stems")
        return len(stem) > 1 and odd
    if name[-1] not in words_of("app_chars") or is_word(name[-2:]) or len(name) > 4:
        return False
    return len(find_leftover(name)) >= 2


@_once
def _label() -> re.Pattern[str]:
    return re.compile(rf"(?:{_join('labels')})(?P<name>[{_HAN}]{{2,6}}?)(?:{_join('label_kinds')})")


def _labels(text: str) -> Iterator[Candidate]:
    for match in _label().finditer(text):
        if find_leftover(match["name"]):
            yield make_candidate("brand", text, match, "name")


# ── campaigns and gatherings ───────────────────────────────────────────────


@_once
def _protecting() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<name>(?P<stem>[{_HAN}]{{2}})(?:{_join('protects')}))(?=的|行动|活动|整治|专项|，|。|；|、|等|品牌|执法|”|$)"
    )


def _campaigns(text: str) -> Iterator[Candidate]:
    for match in _protecting().finditer(text):
        stem = match["stem"]
        if stem in words_of("protect_stops") or is_word(match["name"]):
            continue
        if len(cut_tokens(stem)) == 1 and count_documents(stem) < 10 * _KNOWN:
            yield make_candidate("brand", text, match, "name")


@_once
def _gathering() -> re.Pattern[str]:
    return re.compile(rf"(?:{_join('gatherings')})")


def _gatherings(text: str) -> Iterator[Candidate]:
    for match in _gathering().finditer(text):
        start = stem_start(text, match.start(), 2)
        stem = text[start : match.start()]
        if len(stem) == 2 and stem not in words_of("gathering_stops"):
            if find_leftover(stem) or count_documents(stem) < _KNOWN:
                yield Candidate(
                    "brand", start, match.end(), text[start : match.end()], "unknown", 3
                )


# ── what one place has and is like ─────────────────────────────────────────


@_once
def _settled_kind() -> re.Pattern[str]:
    return re.compile(f"(?:{_join('settled')})")


def _settled(text: str) -> Iterator[Candidate]:
    for match in _settled_kind().finditer(text):
        head = _SETTLED_HEAD.search(text, max(0, match.start() - 16), match.start())
        if head is None or head.group() in words_of("settled_stops"):
            continue
        start = head.start()
        yield Candidate("organisation", start, match.end(), text[start : match.end()], "unknown", 3)


@_once
def _park() -> re.Pattern[str]:
    return re.compile(f"(?:{_join('parks')})(?!区)")


def _parks(text: str) -> Iterator[Candidate]:
    for match in _park().finditer(text):
        start = stem_start(text, match.start(), 4)
        stem = text[start : match.start()]
        tokens = cut_tokens(stem)
        if len(stem) >= 2 and not all(t in words_of("park_stops") or not is_word(t) and len(t) > 1
                                      for t in tokens):  # fmt: skip
            yield Candidate("place", start, match.end(), text[start : match.end()], "unknown", 3)


@_once
def _feature() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_join('features')})(?:[较很]|资源|数量)?(?:{_join('feature_kinds')})"
        rf"(?:、[{_HAN}]{{2,4}}(?:{_join('feature_kinds')}))*(?![次个方样种元年项家])"
    )


@_once
def _likeness() -> re.Pattern[str]:
    seasons = _join("seasons")
    return re.compile(
        rf"(?:{_join('situated')})[{_HAN}]{{2,10}}(?:片区|新区|特区|示范区|试验区|开发区|自贸区|交界|结合部|腹地|要冲|走廊|枢纽|之都|之乡|门户|沿海|沿江|沿边|基地|美誉|之称)"
        rf"|(?:[{_HAN}]{{2}})?(?:{seasons})(?:长达|长|短|仅有?|达|持续)[^，。；]{{1,8}}(?:月|天|日|余|年)"
        rf"|(?:{_join('situated')})[{_HAN}]{{0,6}}?(?:{_join('grounds')})"
        rf"|(?:我[省市县区州]|本[省市县区]|全[省市县])(?:是|系|为|素有|素称|堪称)[{_HAN}]{{0,10}}?(?:之乡|之都|之城|之省|故里|故乡|发源地|主产[区县市]|集散地|大[市县省]|强[市县省]|老区|侨乡|名城|重镇|门户|枢纽|基地|城市|重点县)(?![的级]?(?:建设|创建|管理|更新|治理))"
        rf"|(?<=[托靠挥借足用益])[{_HAN}]{{0,3}}(?:{_join('grounds')})[{_HAN}]{{0,4}}(?:优势|区位|资源|之利|便利|禀赋)"
    )


def _features(text: str) -> Iterator[Candidate]:
    for pattern in (_feature(), _likeness()):
        for match in pattern.finditer(text):
            yield make_candidate("brand", text, match)
