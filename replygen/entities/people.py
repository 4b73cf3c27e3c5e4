"""People by title or context, and what reaches them: phone, mail, ID and chat numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from replygen.entities.adverbs import is_adverb
from replygen.entities.candidates import Candidate
from replygen.entities.tables import is_common_word, read_table
from replygen.entities.vocabulary import find_leftover, is_word

_TITLES = (
    "委员|代表|局长|副局长|厅长|副厅长|主任|副主任|书记|副书记|市长|副市长|县长|副县长|区长|副区长|省长|副省长|"
    "镇长|副镇长|乡长|处长|副处长|科长|副科长|所长|副所长|队长|副队长|支队长|大队长|部长|副部长|主席|副主席|"
    "会长|副会长|秘书长|院长|副院长|校长|副校长|园长|经理|总经理|董事长|总裁|教授|副教授|研究员|工程师|总工|"
    "医生|医师|老师|律师|法官|检察官|警官|民警|同志|先生|女士|小姐|常委|组长|副组长|调研员|巡视员|站长|股长|主播|记者|支书|村主任|会计|创始人|传承人|带头人|当事人|嫌疑人|被告人|志愿者|驻村干部|网格员"
)
_CONTACT_CUE = (
    r"(?:联系人|联络人|签发人|签发|承办人|经办人|提案人|建议人|领衔代表|领衔人|主办人|负责人|提出人|附议人|"
    r"联名人|审核人|撰稿人|记者|通讯员|责任编辑|编辑|主讲人|姓名|分管领导|主管领导|领导签字|第一提案人|作者|法定代表人)"
)
# 王先生, 李教授: a surname alone with a title of address.
_ADDRESS = (
    "先生|女士|小姐|教授|老师|医生|律师|师傅|同学|"
    "大爷|大妈|大叔|大婶|大娘|大伯|大姐|大哥|奶奶|爷爷|阿姨"
)
_SAY = (
    "表示|介绍|指出|强调|说|认为|透露|告诉|带队|率队|率|主持|出席|批示|坦言|建议|提出|回忆|到会|"
    "致辞|讲话"
)
_BOUNDARY = r"(?<![\u4e00-\u9fff])|(?<=[与和由对向请、及为是长任记员的据给让被把叫名经致随\n])"


@lru_cache(maxsize=1)
def _name() -> str:
    """The pattern of a name: a surname and one or two characters; compound surnames first."""
    rows = [row[0] for row in read_table("surnames.tsv")]
    double = "|".join(r for r in rows if len(r) == 2)
    single = "".join(r for r in rows if len(r) == 1)
    given = r"(?![等和与的及同为是在])[\u4e00-\u9fff]"
    return rf"(?:(?:{double}){given}{{1,2}}|[{single}][ 　]?{given}(?:[ 　]?{given})?)"


@lru_cache(maxsize=1)
def _any_name() -> str:
    """The pattern of a name that a title proves: its given name may be any word (和平, 为民)."""
    rows = [row[0] for row in read_table("surnames.tsv")]
    double = "|".join(r for r in rows if len(r) == 2)
    single = "".join(r for r in rows if len(r) == 1)
    given = r"(?![等的])[\u4e00-\u9fff]"
    return rf"(?:(?:{double}){given}{{1,2}}|[{single}][ 　]?{given}(?:[ 　]?{given})?)"


@lru_cache(maxsize=2)
def surnames(*, sure: bool = False) -> frozenset[str]:
    """Surnames of one and two characters; ``sure`` leaves out those that are common words."""
    return frozenset(r[0] for r in read_table("surnames.tsv") if not (sure and "w" in r[1:]))


@lru_cache(maxsize=1)
def _weak() -> frozenset[str]:
    return frozenset(row[0] for row in read_table("surnames.tsv") if row[1:] == ("w",))


# compound surnames that are directions, towns and numbers as well
_PLACES_TOO = frozenset(
    "东方 南宫 西门 东门 南门 北门 东郭 公孙 第五 闻人 钟离 轩辕 长孙 太史 公冶 宗政".split()
)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    name, any_name = _name(), _any_name()
    single = "".join(r[0] for r in read_table("surnames.tsv") if len(r[0]) == 1)
    sure = "".join(r[0] for r in read_table("surnames.tsv") if len(r[0]) == 1 and "w" not in r[1:])
    double = "|".join(r[0] for r in read_table("surnames.tsv") if len(r[0]) == 2)
    compound = "|".join(w for w in double.split("|") if w not in _PLACES_TOO)
    masked = r"[\u4e00-\u9fff](?:某某?|[×xX*＊]{1,2})"
    return (
        # 王波委员, 张三等3位代表, 王玉、李明委员: a title behind the name.
        (
            "title",
            re.compile(
                rf"(?:{_BOUNDARY})({any_name}|{masked})(?=(?:等?(?:\d+|[两三四五六七八九十]+)?[位名]?)?(?:市|省|区|县|政协|人大)?(?:{_TITLES}))"
            ),
        ),
        # 局长李四, 副市长 王五, 民警赵六: a title before it.
        (
            "before",
            re.compile(
                rf"(?:{_TITLES})[ 　]?[:：]?[ 　]?({name})"
                rf"(?=[ 　，,。；;、（(）)：:\n]|等|同志|{_SAY}|$)"
            ),
        ),
        # 联系人：俞冬 王雪, 签发人: 王学, 提案人：甲乙丙
        ("cue", re.compile(rf"{_CONTACT_CUE}\s*[:：]\s*({name}|{masked})(?![\u4e00-\u9fff])")),
        # 刘建国表示: a name that speaks or acts.
        ("say", re.compile(rf"(?:{_BOUNDARY})({name})(?=(?:{_SAY}))")),
        # 王玉、李明明等委员 / 李明、王玉两位代表: the names before the last of a list.
        (
            "list",
            re.compile(
                rf"(?:{_BOUNDARY})({name})(?=(?:[、，,]{name}){{1,14}}(?:等|[两三四五六七八九十\d]+[位名]?|{_TITLES}))"
            ),
        ),
        (
            "title",
            re.compile(
                rf"((?<![\u4e00-\u9fff])[{single}]|(?<=[请与和由对向据及、民的])[{single}]|(?:{double}))"
                rf"(?=(?:{_ADDRESS}))"
            ),
        ),
        # 王副市长, 张局长带队: a surname alone with an office
        (
            "office",
            re.compile(
                rf"(?:(?<![\u4e00-\u9fff])|(?<=[请与由对向据及、照]))([{sure}]副?(?:市长|县长|区长|省长|镇长|乡长|局长|厅长|主任|书记|所长|处长|科长|部长|主席|院长|校长|站长|队长|总工|秘书长|会长|理事长|行长|司长|政委|总队长|支队长|大队长))(?!助理|办公|单位|质量|信箱|热线|级|会|制|室|令|负责制)"
            ),
        ),
        # 主播高某某, 当事人韩某, 消费者范女士: behind the word for who they are
        (
            "title",
            re.compile(
                rf"(?:当事人|主播|消费者|投诉人|举报人|经营者|业主|店主|商户|村民|居民|市民|群众|被告人|嫌疑人|驾驶人|负责人|个体户|患者|学生|老人)"
                rf"([\u4e00-\u9fff](?:某某?(?!些)|[*＊×xX]{{1,2}})|[{single}](?={_ADDRESS}|[叔婶伯嫂姨](?![父侄])))"
            ),
        ),
        # 网格员吕知夏每天, 副局长丁向晚现场: a title before a name that a verb follows
        (
            "title",
            re.compile(
                rf"(?:网格员|副局长|副市长|副县长|副区长|局长|市长|县长|区长|镇长|民警|驻村干部|志愿者|店主|主播|党员|支书|所长|科长)({name})"
                rf"(?=每|现场|带领|带队|主动|多次|亲自|坚持|组织|前往|深入|到|走访|调研|召集|牵头|负责|同志|率|用|把|将|就|已|正)"
            ),
        ),
        # 联系人温如玉，专家乔木森作了讲座: without a colon
        (
            "title",
            re.compile(
                rf"(?:联系人|签发人|承办人|经办人)({name})(?=[，,、（(；;\s]|电话|已|将|就|负责|$)"
            ),
        ),
        (
            "title",
            re.compile(
                rf"(?:专家|教授|医生|老师|讲师|律师|学者|院士)({name})(?=作|讲|授|解答|现场|到|为|主讲|参)"
            ),
        ),
        # 家长戴某某: a surname with 某, whatever stands before it
        ("title", re.compile(rf"([{sure}]某某?)(?![些个种项一地市县区])")),
        # 社区书记顾晚晴挨家走访: three characters behind a title that belong to no word
        ("unknown", re.compile(rf"(?:{_TITLES})({name})(?![\u4e00-\u9fff]*某)")),
        # 食药科的司马秋花了三个月: a compound surname is nobody's word
        (
            "compound",
            re.compile(rf"((?:{compound})[\u4e00-\u9fff]{{1,2}})"),
        ),
        # 李*华: the middle of a name made unreadable
        ("title", re.compile(rf"([{sure}][*＊×Xx][\u4e00-\u9fff])(?![*＊×])")),
        # “石头哥”, “辣嫂”: how a streamer is called
        (
            "nickname",
            re.compile(
                r"(?:主播|网红|达人|店主|博主|网友|能人|大V)[“\"]([\u4e00-\u9fff]{2,6})[”\"]"
            ),
        ),
        (
            "masked",
            re.compile(
                r"(?:(?<![\u4e00-\u9fff])|(?<=[与和由对向请、及为是]))([\u4e00-\u9fff]某某?)(?![些种个项一])"
            ),
        ),
    )


# 13812345678, 138 1234 5678, 138****5678, 1370740****.
_MOBILE = re.compile(r"(?<![\d.])1[3-9]\d(?:[- ]?[\d*＊×xX]{4}){2}(?![\d*])")
# 1××××××××××: all but the first figure hidden
_HIDDEN_MOBILE = re.compile(r"(?<![\d.])1[\d*＊×xX]{10}(?![\d*])")
# 0518-85681234, (0431)88777777, 0851-8528××××, 85681234 behind 电话.
_LANDLINE = re.compile(
    r"(?<!\d)(?:[（(]0\d{2,3}[）)]|0\d{2,3})[-—－ ]?\d{3,4}[\d*＊×xX]{4}(?:[-转]\d{1,5})?(?!\d)"
    r"|(?:(?<=电话)|(?<=电话[:：])|(?<=电话[:：] )|(?<=传真[:：])|(?<=热线[:：]))\d{7,8}(?!\d)"
    r"|(?<!\d)[48]00[- ]?\d{3,4}[- ]?\d{3,4}(?!\d)"
)
_MAIL = re.compile(r"[A-Za-z0-9._%+*-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_ID_NUMBER = re.compile(
    r"(?<![\dA-Za-z])[1-9]\d{5}(?:19|20|\*\*)[\d*]{9}[\dXx*](?![\dA-Za-z])|(?<![\dA-Z])91[\dA-Z]{16}(?![\dA-Z])"
)
_CHAT = re.compile(
    r"(?:QQ|qq|[vVwW][xX]|[vV]信|加[vV]|微信号?|微信公众号|WeChat)群?[号]?\s*[:：]?\s*([A-Za-z0-9_-]{5,20}|\d{5,12})"
)


def find_people(text: str) -> Iterator[Candidate]:
    """Names of people: before or behind a title, behind a cue (联系人：), or speaking."""
    for kind, pattern in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span(1)
            name = re.sub(r"[ 　]", "", match.group(1))
            if name[0] == "于" and text[max(0, start - 1) : start] in tuple("对由关等至基鉴属"):
                continue
            if kind == "unknown" and (len(name) != 3 or find_leftover(name) != name):
                continue
            if is_word(text[max(0, start - 1) : start + 1]) and start:  # 感谢|贵委员
                continue
            if is_adverb(text, start, end - start):
                continue
            if kind == "compound":
                yield from _read_compound(text, start, end)
                continue
            if kind in ("office", "nickname"):
                yield Candidate("person", start, end, name, "unknown", 5 if kind == "office" else 4)
                continue
            if _is_name(name, strong=kind in ("cue", "title", "list")):
                rank = 4 if kind in ("cue", "title") else 2
                yield Candidate("person", start, end, name, "unknown", rank)
    yield from _cue_lists(text)


def _read_compound(text: str, start: int, end: int) -> Iterator[Candidate]:
    """司马秋|花了, 欧阳春雨: a compound surname with one character, or two of one name."""
    given = text[start + 2 : end]
    if len(given) == 2 and (is_word(given) or is_word(text[end - 1 : end + 1]) or _joins(given[1])):
        end -= 1
    name = text[start:end]
    if not is_word(name) and not _joins(given[0]):
        yield Candidate("person", start, end, name, "unknown", 4)


@lru_cache(maxsize=1)
def _cues() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The cue, a list of names behind it, and one of them: 联系人：俞冬冬 王雪雪."""
    name = _name()
    return (
        re.compile(rf"{_CONTACT_CUE}\s*[:：]\s*"),
        re.compile(rf"{name}(?:[ 　、，,]+{name})*(?![\u4e00-\u9fff])"),
        re.compile(rf"{name}(?![\u4e00-\u9fff])"),
    )


def _cue_lists(text: str) -> Iterator[Candidate]:
    cue, names, one = _cues()
    for found in cue.finditer(text) if "：" in text or ":" in text else ():
        tail = names.match(text, found.end())
        for match in one.finditer(text, *tail.span()) if tail else ():
            name = re.sub(r"[ 　]", "", match.group())
            yield Candidate("person", *match.span(), name, "unknown", 4)


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    return frozenset(row[0] for row in read_table("name_stop.tsv"))


def _is_name(name: str, *, strong: bool) -> bool:
    """True unless the characters are an ordinary word (相关, 常务, 安全)."""
    if (
        is_common_word(name)
        or name[-1] in "副正"
        or name in _no_names()
        or not (strong and name[0] in surnames(sure=True))
        and any(w in name for w in _no_names() if len(w) > 1)
    ):
        return False
    if len(name) == 3 and (is_common_word(name[:2]) or is_common_word(name[1:])) and not strong:
        return False
    if len(name) == 3 and name[0] in _weak() and is_common_word(name[:2]):
        return False
    return strong or name[0] not in _weak()


def _joins(char: str) -> bool:
    """True for a character that joins words and begins or ends no given name."""
    return char in "的了和与及在对将把被从由以是有就都也说到等、"


# A text without one of these holds no number and no address to reach somebody by.
_REACH = re.compile(r"[\d@*＊#]|微信|QQ|[vVwW][xX]")


def find_contacts(text: str) -> Iterator[Candidate]:
    """Phone numbers (masked too), mail addresses, ID, credit-code and chat numbers."""
    if not _REACH.search(text):
        return
    for pattern in (_MOBILE, _HIDDEN_MOBILE, _LANDLINE, _MAIL, _ID_NUMBER):
        for match in pattern.finditer(text):
            normal = re.sub(r"[\s()（）—－-]", "", match.group())
            if pattern is _MAIL:
                normal = match.group().lower()
            yield Candidate("contact", *match.span(), normal, "unknown", 8)
    for match in _CHAT.finditer(text):
        yield Candidate("contact", *match.span(), match.group(1), "unknown", 8)
