"""Mentions that need the sentence around them to be seen: names behind 联系人, names glued to
a verb (感谢刘志明委员), places that are only letters (甲市)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from replygen.entities.people import find_people
from replygen.entities.places import lookup_places
from replygen.entities.prose import is_everyday
from replygen.entities.tables import TABLES
from replygen.entities.unmarked import find_titles
from replygen.entities.vocabulary import is_word
from replygen.models import Mention

# 联系人：俞广, 签发人: 王波, 承办人：陈晓东
_LABELLED = re.compile(
    r"(?:联\s*系\s*人|签\s*发\s*人|承\s*办\s*人|经\s*办\s*人|审\s*核\s*人)\s*[：:]\s*"
    r"([\u4e00-\u9fff·]{2,4})(?=[\s　，。；、（()）]|电话|$)"
)
# 刘志明委员, 张松梅代表: the title that makes a name of the two or three letters before it
_TITLED = re.compile(r"(?:委员|代表|局长|主任|科长|处长|书记|市长|县长|区长|厅长|部长|主席|同志)")
# 甲市, 乙省: letters instead of a name, as a copied sample has them
_LETTERED = re.compile(
    r"(?<![\u4e00-\u9fff])[甲乙丙丁戊][省市县区](?!场)|某[省市县区镇](?!场)"
    r"|[某×XＸ＊*]{2,3}(?:省|市|县|区|镇|乡|村|路|街道|街|局|公司|学校|医院|小区|社区|同志|委员|代表|先生)"
)
# 寿光蔬菜, 五常大米: a short name that only its product shows to be a place
_BEFORE_PRODUCT = re.compile(
    r"(?:^|[，。；：、“（\s　]|的|以|对|将|把|借鉴|学习|推广|如)([\u4e00-\u9fff]{2,3}?)$"
)
# “两江直播监管在线”平台: a quoted name that is called a platform or a system
_QUOTED = re.compile(r"“([^“”\n]{4,20})”(?=(?:平台|系统|小程序|App|APP|公众号|数据库)(?!化))")
# 国庆期间, 春节前夕: when a deed was done
_FESTIVAL = re.compile(
    r"[“\"]?(?:元旦|春节|元宵|清明|五一|六一|端午|中秋|重阳|国庆|暑假|寒假|双十一|618)[”\"]?(?:节)?(?:期间|假期|前夕|前后|长假)"
    r"|(?:今年|去年|前年)(?:元旦|春节|元宵|清明|五一|六一|端午|中秋|重阳|国庆|暑假|寒假|入[春夏秋冬]|开[春年])节?(?:前|后|期间|假期|前夕|前后|以来)?"
)
# 前几年, 腊月二十三: a time that is told without a figure
_ROUGH_TIME = re.compile(
    r"(?:[正腊冬]月(?:以来|里|期间|[上中下]旬|初|底)|前几年|前些年|早几年|早些年|几年前|数年前|多年前|[正腊冬]月(?:初[一二三四五六七八九十]|[十廿卅二三]?[一二三四五六七八九十]+))"
)
# [电话已隐藏], （号码略）
_HIDDEN = re.compile(
    r"[\[【（(](?:电话|号码|手机号?码?|联系方式|姓名|身份证号?码?|邮箱|地址)?(?:已|予以)?(?:隐藏|隐去|略|脱敏|屏蔽|省略)[\]】）)]"
)
_NO_NAME = re.compile(r"[+＋、，]|^[双一三互]|(?:式|型|级|化|制)$")


def find_supplements(text: str, taken: tuple[Mention, ...]) -> Iterator[Mention]:
    """Yield mentions of ``text`` that overlap none of ``taken``."""
    found = [
        *_find_labelled(text),
        *_find_titled(text),
        *_find_lettered(text),
        *_find_products(text),
    ]
    found += _find_quoted(text)
    found += _find_titles(text)
    for mention in found:
        hit = [t for t in taken if t.start < mention.end and mention.start < t.end]
        inner = mention.kind == "date" and all(
            t.kind == "date" and mention.start <= t.start and t.end < mention.end for t in hit
        )
        if not hit or inner:  # 今年|清明前
            yield mention
    for title in find_titles(text):  # a title holds what is found in it (三年 in 三年行动计划)
        if not any(
            t.kind == "document" and t.start < title.end for t in taken if title.start < t.end
        ):
            yield title


def _find_labelled(text: str) -> Iterator[Mention]:
    for match in _LABELLED.finditer(text):
        name = match.group(1)
        yield Mention("person", name, *match.span(1), name)


def _find_titled(text: str) -> Iterator[Mention]:
    for match in _TITLED.finditer(text):
        for length in (3, 2):
            start = match.start() - length
            if start < 1:
                continue
            name = text[start : match.start()]
            told = any(
                (p.start, p.end) == (0, length) for p in find_people(text[start : match.end()])
            )
            if told and not is_word(text[start - 1 : start + 1]):  # 感谢|贵委员
                if not is_everyday(name[1:]):  # 分|管负责同志
                    yield Mention("person", name, start, start + length, name)
                break


def _find_lettered(text: str) -> Iterator[Mention]:
    for match in _LETTERED.finditer(text):
        yield Mention("place", match.group(), *match.span(), match.group(), "local")


def _find_products(text: str) -> Iterator[Mention]:
    for match in _products().finditer(text):
        before = _BEFORE_PRODUCT.search(text[max(0, match.start() - 5) : match.start()])
        places = lookup_places(before.group(1)) if before else ()
        if before is not None and places and not is_everyday(before.group(1)):
            start = match.start() - len(before.group(1))
            yield Mention(
                "place", before.group(1), start, match.start(), "".join(places[0].full), "local"
            )


def _find_titles(text: str) -> Iterator[Mention]:
    for match in _HIDDEN.finditer(text):
        yield Mention("contact", match.group(), *match.span(), match.group())
    for match in _ROUGH_TIME.finditer(text):
        yield Mention("date", match.group(), *match.span(), match.group())
    for match in _FESTIVAL.finditer(text):
        yield Mention("date", match.group(), *match.span(), match.group())


def _find_quoted(text: str) -> Iterator[Mention]:
    for match in _QUOTED.finditer(text):
        if not _NO_NAME.search(match.group(1)):
            yield Mention("brand", match.group(), *match.span(), match.group(1))


@lru_cache(maxsize=1)
def _products() -> re.Pattern[str]:
    return re.compile("|".join(TABLES.longest("products.tsv", "product")))
