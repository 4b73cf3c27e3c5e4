"""What a title says: channel, level, session, number, issuer, subject, kind of letter.

The forms are those of ../shared/REAL_FORMS.md 2.1 and STANDARDS.md 2.7: the issuer may be
missing, the assembly in full or short, 第 missing, the number any letters and digits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from replygen.language.numerals import read_numeral, write_numeral
from replygen.models import Channel, Level

_NUM = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
# 十四届三次 · 第十八届人民代表大会第四次会议 · 十届委员会第二次会议 · 十六届第一次会议 · 14届3次
_SESSION = re.compile(rf"第?({_NUM})届([^届第]{{0,22}}?)第?({_NUM})次(?:会议|全会|会)?")
# 43001 · Y19 · JY20250126 · 202302B46 · 12-3-0211 · 来信
_ONE = r"(?:(?:[A-Za-z]{1,4}[-—]?)?\d[\dA-Za-z]*(?:[-—]\d+)*|来信)"
# 第一百零六号
_WRITTEN = r"第(?P<written>[一二三四五六七八九十百千零〇○]{1,9})号"
_PLACE_BEHIND = r"(?!令|文|线|楼|院|路|公告|院内|地铁)"
# 第0211、0215号 · 第0211（0215）号 · 0211号及0215号 · 第0211号（并0215号、0302号）
_NUMBERS = re.compile(
    rf"(?:第 ?)?[（(]?{_ONE}[）)]?"
    rf"(?:号?[、,，和及与并（(]+(?:第 ?)?{_ONE}[）)]?)*\s?号{_PLACE_BEHIND}"
    rf"|{_WRITTEN}{_PLACE_BEHIND}"
)
_TAIL = (
    r"(?:的?(?:答复|回复|复函|答复函|答复意见|复信|函复|回复函|协办意见|会办意见|分办意见"
    r"|办理意见|办理情况|答复的函|协办函|会办函|的?复(?![文议查核])|协办件)[函文]?)"
)
# 关于办理…第0211号提案情况的函 · 关于报送…提案办理情况的报告
_HANDLED = (
    r"关于(?:办理|报送|反馈|答复|回复|报告)?.{0,60}?(?:号|来信)(?:[^，。]{0,8}(?:提案|建议|议案))?"
    r"[^，。]{0,14}?(?:函|报告)$"
    r"|关于(?:办理|报送|反馈)[^，。]{4,80}(?:提案|建议|议案)[^，。]{0,10}的?函$"
)
REPLY_TITLE = re.compile(
    rf"(?:提案|建议案?|议案|议事原案|意见|号|代表建议|委员提案).{{0,12}}?{_TAIL}"
    rf"|关于答复.{{4,60}}的函|{_HANDLED}|^.{{0,30}}(?:对"
    rf"|关于).{{4,60}}的?答\s*复"
)
_CPPCC = re.compile(r"政协|政治协商")
_NPC = re.compile(r"人大(?!附)|人民代表大会|代表(?:建议|议案)|人代会")
_DISTRICT_LEVELS: tuple[tuple[str, Level], ...] = (
    ("全国", "国家"), ("自治区", "省"), ("自治州", "市"), ("自治县", "县"), ("自治旗", "县"),
    ("新区", "县"),
    ("省", "省"), ("州", "市"), ("市", "市"), ("盟", "市"), ("区", "县"), ("县", "县"),
    ("旗", "县"), ("镇", "乡"), ("乡", "乡"), ("街道", "乡"),
)  # fmt: skip
# 关于对市政协… · 衡阳市政协 · 省十四届人大 · 自治区十三届人大 · 政协X县第十届委员会
_ASSEMBLY = re.compile(
    r"(?:对|关于|答复|^|[\s、，办局厅府委会函])((?:[\u4e00-\u9fff]{2,12}?)?(?:全国|自治区"
    r"|自治州|自治县|省|市|州|盟|区|县|旗|镇|乡))"
    rf"(?=政协|人大|人民代表大会|第?{_NUM}届|人代会)"
)
_CPPCC_PLACE = re.compile(
    rf"政协(?:第?{_NUM}届)?([\u4e00-\u9fff]{{1,12}}?(?:全国|省|自治区|市|州|盟|区|县"
    rf"|旗))(?:第?{_NUM}届|委员会)"
)
_NATIONAL = re.compile(r"全国政协|全国人大|届全国|全国委员会")
_CONNECTIVE = re.compile(
    r"(?:关于对|关于答复|关于|对)(?=[^，。]{0,60}(?:政协|人大|人民代表大会|人代会|提案|建议"
    r"|议案|届))"
)
# 2022年度滕州市住建局
_YEAR_HEAD = re.compile(r"^\d{4}年度?")
_ORGAN_END = re.compile(
    r"(?:局|厅|委|委员会|办公室|办公厅|办|政府|部|院|署|总局|中心|公司|集团|支队|大队|街道|镇"
    r"|乡|队|银行|法院|检察院|协会|联合会|社|改革办|[)）])$"
)
_SUBJECT_END = re.compile(
    r"[的之]?(?:提案|建议案|建议|议案|意见|议事原案|来信|问题的建议)[》”\"]?$"
)
_SUBJECT_IN_TITLE = re.compile(r"[（(《“](关于[^）)》”]{4,60})[）)》”]")
_PLACE = re.compile(
    r"^((?:[\u4e00-\u9fff]{2,8}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,9}?(?:自治州|地区|盟"
    r"|市(?![场政])))?"
    r"(?:[\u4e00-\u9fff]{1,9}?(?:自治县|自治旗|新区|开发区|高新区|区|县|旗"
    r"|市(?!场)))?(?:[\u4e00-\u9fff]{2,6}?(?:镇|乡(?!建|村|镇)|街道))?)"
)


# 提案号：20250117 · 建议编号 第0153号
_LABELLED = re.compile(
    rf"(?:提案|建议|议案)(?:编?号|序号|案号)\s*[：:]?\s*第?\s*({_ONE})(?![\d年])"
)
_OF_LETTER = re.compile(r"[\u4e00-\u9fff]{2,16}[〔\[【（(](?:19|20)\d\d[〕\]】）)]第?\d{1,5}号")
# ——市十六届人大五次会议第045号建议 · （第0211号提案）: all that a line says
_ITEM_NUMBER = rf"\s*(?:第 ?)?[（(]?(?:{_ONE}|[一二三四五六七八九十百千零〇]{{1,9}})[）)]?\s*号"
_OF_ITEM = re.compile(
    rf"[—\-–（(《【]*[^，。；：〔〕\[\]]{{0,40}}?"
    rf"(?:(?:会议|届|次|政协|人大|委员会|期间|提案|建议|议案){_ITEM_NUMBER}(?:委员|代表|集体|重点)?(?:提案|建议|议案)?"
    rf"|{_ITEM_NUMBER}(?:委员|代表|集体|重点)?(?:提案|建议|议案))[）)》】]*"
)
# 砚湖区|城市管理局: 城市 behind a place is a word, that of 聊城市 is a name
_CITY_OF_A_WORD = re.compile("(?<=[省市区县旗州盟])城市$")


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """What could be read off a title; ``None`` for what it does not say."""

    channel: Channel | None = None
    level: Level | None = None
    region: str | None = None
    session: str | None = None
    number: str | None = None
    issuer: str | None = None
    subject: str | None = None
    joint: bool = False


def read_title(title: str) -> TitleFacts:
    """Return the facts in a reply's title; ``joint`` marks a 会办/协办 opinion."""
    text = re.sub(r"\s+", "", title)
    issuer = find_issuer(title)
    rest = text[len(re.sub(r"\s+", "", issuer)) :] if issuer and text.startswith(issuer) else text
    level, place = _assembly(rest)
    subject = _SUBJECT_IN_TITLE.search(rest)
    return TitleFacts(
        channel=find_channel(_SUBJECT_IN_TITLE.sub("", rest)),
        level=level,
        region=place,
        session=find_session(rest),
        number=find_number(rest),
        issuer=issuer,
        subject=clean_subject(subject.group(1)) if subject else None,
        joint=bool(re.search(r"会办|协办", rest)),
    )


def find_channel(text: str) -> Channel | None:
    """Return the channel that a phrase names: 政协 before 人大, never by 建议 or 提案."""
    if _CPPCC.search(text):
        return "cppcc"
    return "npc" if _NPC.search(text) else None


def find_session(text: str) -> str | None:
    """Return the session as 十四届三次, or ``None``."""
    match = _SESSION.search(text)
    if not match:
        return None
    term, meeting = read_numeral(match.group(1)), read_numeral(match.group(3))
    if not term or not meeting:
        return None
    return f"{write_numeral(term)}届{write_numeral(meeting)}次"


def find_number(text: str) -> str | None:
    """Return the item's number with zeros and letters, 来信 for 来信号, or ``None``."""
    first = find_numbers_of(text)
    return first[0] if first else None


def find_labelled_number(lines: Sequence[str]) -> str | None:
    """Return the item's number that a line of a head gives by its label (提案号：20250117),
    beside the number of the letter (…〔2024〕9号　市政协六届四次会议提案第0309号) or below the
    title (——市十六届人大五次会议第045号建议)."""
    for line in lines:
        if match := _LABELLED.search(line):
            return match[1].upper()
    for line in lines:
        rest = _OF_LETTER.sub("", line)
        if rest != line and re.search("提案|建议|议案", rest) and (number := find_number(rest)):
            return number
    for line in lines:
        if _OF_ITEM.fullmatch(line.strip()) and (number := find_number(line)):
            return number
    return None


def find_numbers_of(text: str) -> tuple[str, ...]:
    """Return all numbers of items that a text names (第0211、0215号), in order, each once."""
    found: list[str] = []
    for match in _NUMBERS.finditer(text):
        if written := match["written"]:
            scaled = re.search("[十百千]", written)
            found.append(str(read_numeral(written)) if scaled else "".join(map(_digit, written)))
        else:
            found += [n.upper() for n in re.findall(_ONE, match.group())]
    return tuple(dict.fromkeys(found))


def _digit(char: str) -> str:
    return str(read_numeral(char))


def find_sessions(text: str) -> tuple[str, ...]:
    """Return all sessions of assemblies that a text names; 党的二十届三次全会 is none."""
    named = (m for m in _SESSION.finditer(text) if not m.group().endswith("全会"))
    return tuple(dict.fromkeys(s for m in named if (s := find_session(m.group()))))


def find_issuer(title: str) -> str | None:
    """Return the organisation that stands in front of 关于 or 对, or ``None``."""
    match = _CONNECTIVE.search(title)
    if not match:
        return None
    head = _YEAR_HEAD.sub("", title[: match.start()].strip()).strip()
    if len(head) < 3 or len(head) > 40 or not _ORGAN_END.search(head):
        return None
    return head.replace(" ", "")


def clean_subject(text: str) -> str:
    """Return a subject as 关于…, without 《》, and without 的提案 or 的建议 at its end."""
    previous = ""
    text = text.strip(" ，。：")
    while previous != text:
        previous = text
        text = _SUBJECT_END.sub("", text).strip(' 《》"')
        if re.fullmatch(r"“[^“”]*”", text) or text.count("“") != text.count("”"):
            text = text.strip("“”")
    return text


def place_of(name: str) -> str | None:
    """Return the place that an organisation's name begins with, as written there."""
    match = _PLACE.match(name)
    found = match.group(1) if match else ""
    found = _CITY_OF_A_WORD.sub("", found)
    return found if len(found) > 1 and not found.startswith(("国家", "全国", "中共")) else None


def level_of(place: str) -> Level | None:
    """Return the level that a place's name ends with (区 and 县 → 县)."""
    for ending, level in _DISTRICT_LEVELS:
        if place.endswith(ending):
            return level
    return None


def _assembly(text: str) -> tuple[Level | None, str | None]:
    """Return level and, when named, place of the assembly in a title."""
    if _NATIONAL.search(text):
        return "国家", None
    if match := _CPPCC_PLACE.search(text) or _ASSEMBLY.search(text):
        name = re.sub(r"^(?:对|关于|关于对|答复)", "", match.group(1))
        place = name if len(name) > 2 and name not in ("自治区", "自治州", "自治县") else None
        return level_of(name), place
    return None, None
