"""Mentions that need the sentence around them to be seen: names behind 联系人, names glued to
a verb (感谢刘志明委员), places that are only letters (甲市)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from replygen.checking.tables import read_words
from replygen.facts import find_mentions, lookup_places
from replygen.facts.prose import is_everyday
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
    r"[“\"]?(?:元旦|春节|清明|五一|端午|中秋|国庆|暑假|寒假|双十一|618)[”\"]?(?:期间|假期|前夕|前后|长假)"
)
# 印发了关于…的若干措施, 出台…实施细则: titles without their marks
# 前几年, 腊月二十三: a time that is told without a figure
_LOOSE_TIME = re.compile(
    r"(?:前几年|前些年|早几年|早些年|几年前|数年前|多年前|[正腊冬]月(?:初[一二三四五六七八九十]|[十廿卅二三]?[一二三四五六七八九十]+))"
)
# [电话已隐藏], （号码略）
_HIDDEN = re.compile(
    r"[\[【（(](?:电话|号码|手机号?码?|联系方式|姓名|身份证号?码?|邮箱|地址)?(?:已|予以)?(?:隐藏|隐去|略|脱敏|屏蔽|省略)[\]】）)]"
)
_BARE_TITLE = re.compile(
    r"(?:印发|出台|发布|颁布|下发|制定|编制|制订|按照|依据|依照)(?:了|实施)?(?P<title>(?!相关|有关|配套|相应|具体|统一|系列|若干|一系列)[\u4e00-\u9fff\d“”、]{5,30}?"
    r"(?:实施细则|若干措施|若干意见|若干规定|实施意见|实施方案|实施办法|行动计划|行动方案|三年行动|工作指引|管理办法|管理规定|工作规程|操作指南|合规指引|十条|二十条|三十条|白皮书)"
    r"|(?<=了)[\u4e00-\u9fff、]{5,20}(?:办法|细则|规程|导则)"
    r"|关于[\u4e00-\u9fff、]{4,30}?的(?:若干)?(?:意见|通知|办法|方案|规定|决定|通告|措施))"
    r"(?=[，。；、（]|并|后|以来|明确|执行|要求|规定|精神|$)"
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
        if not any(t.start < mention.end and mention.start < t.end for t in taken):
            yield mention


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
            person = next(
                (m for m in find_mentions(text[start : match.end()]) if m.kind == "person"), None
            )
            if person is not None and person.start == 0 and len(person.text) == length:
                if is_everyday(person.text[1:]):  # 分|管负责同志
                    break
                yield Mention("person", person.text, start, start + length, person.normal)
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
    for match in _LOOSE_TIME.finditer(text):
        yield Mention("date", match.group(), *match.span(), match.group())
    for match in _FESTIVAL.finditer(text):
        yield Mention("date", match.group(), *match.span(), match.group())
    for match in _BARE_TITLE.finditer(text):
        title = match["title"]
        if "《" not in text[max(0, match.start("title") - 2) : match.end()]:
            yield Mention("document", title, *match.span("title"), title)


def _find_quoted(text: str) -> Iterator[Mention]:
    for match in _QUOTED.finditer(text):
        if not _NO_NAME.search(match.group(1)):
            yield Mention("brand", match.group(), *match.span(), match.group(1))


@lru_cache(maxsize=1)
def _products() -> re.Pattern[str]:
    return re.compile("|".join(read_words("figures.tsv", "product")))
