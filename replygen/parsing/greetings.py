"""Whom a letter greets: the line or lines of the salutation, and the names in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from replygen.parsing.results import is_result_line
from replygen.parsing.titles import REPLY_TITLE

_MEMBER = r"(?:(?:全国|省|市|县|区|州|旗|自治区)?(?:政协|人大))?[（(]?(?:委员|代表)[）)]?(?:们)?"
_HONOUR = "先生|女士|同志|常委|副?主席|副?主委|会长|教授"
# 顾及之委员|等7位提案人
_AND_OTHERS = (
    r"等(?:\d+|[一二两三四五六七八九十]+)?(?:位|名|人)?(?:(?:提案|提出|建议|联名)人|同志)?"
)
# 王波委员： · 尊敬的马青、周丽等委员： · 罗吉卿等3位委员： · 苏村代表团： · 农工党内蒙古区委：
_SALUTATION = re.compile(
    rf"(?P<who>(?:尊敬的)?[^。；！？《》]{{1,90}}?(?:{_MEMBER}|代表团|(?:附议|联名)人|{_HONOUR})(?:{_AND_OTHERS})?)"
    r"(?: ?[：:，,]?)"
)
# 提案者：骆书遥 · 领衔代表骆书遥： — who proposed, without 委员 behind the name
# · 领衔代表甲，附议代表乙、丙：
_PROPOSER = (
    r"(?:(?:第[一二三1-3]|领衔|联名|附议|共同|主要|牵头|集体){0,2}(?:提案(?:人|者|单位|委员|代表)|建议人|提出人)"
    r"|(?:领衔|附议|联名|联署|牵头)(?:代表|委员|人))"
)
_SALUTATION_LABEL = re.compile(
    rf"{_PROPOSER}[：: ]*[\u4e00-\u9fff·、，, （）()]{{2,60}}"
    rf"(?:[；;。]?{_PROPOSER}[：: ]*[\u4e00-\u9fff·、，, （）()]{{2,60}})*[：:]?"
)
# 蔺微雨（召集人） · 钟离白（附议）: the part of a person, behind the name
_PART_OF = re.compile(
    r"[（(](?:领衔|附议|联名|牵头|执笔|第[一二三]|召集|组长|主要|共同|提案)[^（）()]{0,8}[）)]"
)
# |及参与联名的各位, |和其他附议, |并各联名: those whom a greeting does not name
_UNNAMED = re.compile(
    r"(?:以及|并及|[和及并与暨等、，, ])"
    r"(?:其他|其余|其它|全体|各(?!民)|诸位|所有|参与|共同|一同|一并)[^、，,；]*$"
)
# 政协委员 莫问舟： — the title stands before the name
_TITLED = r"(?:尊敬的)?(?:全国|省|市|县|区|州|旗)?(?:政协|人大)(?:委员|代表)[ \u3000]*"
_SALUTATION_TITLED = re.compile(rf"{_TITLED}[\u4e00-\u9fff·、， ]{{2,40}}[：:]")
# 闵思齐委员：您的提案指出了…: the letter goes on behind the name
_SALUTATION_RUN_ON = re.compile(rf"((?:尊敬的)?[^，。：]{{1,40}}?{_MEMBER})[：:](?=.)")
_FEW_LINES = 8
# 骆书遥委员，您好： — and what is said behind the name
_HELLO = re.compile(r"[：:，,！!。\s]*(?:您|你|您们|你们|大家)好[！!：:，,。\s]*$")
_SALUTATION_BODY = re.compile(
    r"(?:尊敬的)?[^。；！？，《》]{2,40}(?:委|会|委员会|总支|支部|组|办公室|厅|局|部|社|党组"
    r"|联合会|联|界别|党派|公司|院|政府|民革|民盟|民建"
    r"|民进|农工党|致公党)[：:]"
)
# 喻清和|等8名, 王玉、李明|两位; 张三 ends with no count
_COUNT = re.compile(
    r"等(?:\d+|[一二两三四五六七八九十]+)?(?:位|名|人)?$"
    r"|(?:\d+|[一二两三四五六七八九十]+)(?:位|名|人)$|\d+$|(?:各|诸|几)位$"
)
# 顾青禾委员|并转各联名委员, |并请转达其他代表
_PASSED_ON = re.compile(r"[（(，,、]?(?:并|请)(?:请|代)?转.*$")
_JOINT = re.compile("以及|并及|[和及并与暨]")
_REDACTED = re.compile(r"^[xX×*＊某○〇＿_-]+$")
_ORGANISATION = re.compile(
    r"(?:民革|民盟|民建|民进|农工|致公|九三|台盟|工商联|委员会|区委|市委|省委|县委|总支|支部"
    r"|代表团|工会|妇联|共青团|协会|小组|党组|政府|办公室|[厅局部])"
)
# 市住房和城乡建设局 · 社会和法制委员会: the end of one body's name
_ORGANISATION_END = re.compile(
    r"(?:局|厅|委|部|办|院|社|(?<!社)会|组|党|盟|团|公司|办公室|政府|总支|支部|中心|街道|联)$"
)
# 瞿清越、尹澜、 · 瞿清越委员 · 民革青澜市委、: lines of a greeting that has several
_NAMES_GO_ON = re.compile(r"(?:尊敬的)?(?:[\u4e00-\u9fff·]{2,30}[、，,] ?)+")
_NAME_LINE = re.compile(
    rf"(?:尊敬的|{_PROPOSER}[：: ]*)?(?:[\u4e00-\u9fff·]{{2,12}}|[\u4e00-\u9fff] [\u4e00-\u9fff])"
    rf"(?:{_MEMBER}|{_HONOUR})[，,：:]?"
    rf"|{_PROPOSER}[：: ]*[\u4e00-\u9fff·、，, （）()]{{2,60}}[：:]?"
    r"|[\u4e00-\u9fff]{4,30}(?:支部|委员会|[省市区县]委|总支|联)[：:]"
)
_GREETINGS = (_SALUTATION, _SALUTATION_BODY, _SALUTATION_LABEL, _SALUTATION_TITLED)


def read_addressees(salutation: str | None) -> tuple[str, ...]:
    """Return the names in a salutation: people without 委员 or 代表, organisations as
    they stand, redacted ones as they stand."""
    if not salutation:
        return ()
    text = _HELLO.sub("", salutation.strip()).rstrip("：:，, ")
    text = re.sub(rf"^(?:致(?!公党)|尊敬的|{_PROPOSER}[：: ]*)+", "", text)
    text = re.sub(rf"(?<=委员|代表){_AND_OTHERS}$", "", text)
    text = _UNNAMED.sub("", _PASSED_ON.sub("", text))
    text = re.sub(rf"^{_TITLED}(?=[\u4e00-\u9fff])", "", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff](?:委员|代表|、|$))", "", text)
    names: list[str] = []
    for part in re.split(r"[、，,；;：]|\s+", text):
        names += [name for joined in _split_joined(part) if (name := _strip_title(joined))]
    return tuple(dict.fromkeys(n for n in names if n not in ("各位", "尊敬", "你们", "各")))


def _strip_title(part: str) -> str:
    """王波委员 as 王波, 喻清和等8名 as 喻清和."""
    name = re.sub(rf"^(?:尊敬的)?(?:{_PROPOSER}[：: ]*)?", "", _PART_OF.sub("", part.strip()))
    if not name.endswith("代表团"):
        name = re.sub(rf"(?<!^)(?:{_MEMBER}|{_HONOUR})$", "", name)
    return _COUNT.sub("", name).strip()


def _split_joined(part: str) -> list[str]:
    """王玉和李明 as two: a joint stands between two names of two characters and more; that of
    王和平 and 喻清和 is in a name, that of 住房和城乡建设局 in the name of one body."""
    part = _strip_title(part)
    body = _ORGANISATION_END.search(part) is not None
    for joint in _JOINT.finditer(part):
        left, right = part[: joint.start()], part[joint.end() :]
        ends = _ORGANISATION_END.search(left) is not None
        of_one = _ORGANISATION_END.search(_JOINT.split(right)[0])  # 住房|和城乡建设局和王玉
        if (body or of_one) and not ends:
            continue
        if len(left) >= 2 and len(right) >= 2:
            return [left, *_split_joined(right)]
    return [part]


def is_person_list(names: Sequence[str]) -> bool:
    """Say whether a letter addresses members themselves, not an office."""
    return bool(names) and not any(_ORGANISATION.search(n) for n in names if not _REDACTED.match(n))


def find_salutation(texts: Sequence[str], stop: int) -> tuple[str | None, int]:
    """Return the salutation and the index behind it. It may share its line with the
    receipt sentence (then the body begins on that line)."""
    for number in range(min(stop, len(texts) - 1), -1, -1):
        text = texts[number]
        bare = _HELLO.sub("：", text)
        greets = (p.fullmatch(bare) for p in _GREETINGS)
        whole = next(filter(None, greets), None)
        if whole and len(text) < 100 and not REPLY_TITLE.search(text):
            return _with_names_above(texts, number), number + 1
    for number in [stop, *range(min(stop, _FEW_LINES))]:
        opening = _SALUTATION_RUN_ON.match(texts[number]) if number < len(texts) else None
        if opening:
            return opening.group(1), number
    return None, stop


def _with_names_above(texts: Sequence[str], number: int) -> str:
    """Return a salutation with the lines above it where its names begin there: 瞿清越、尹澜、
    or one a line."""
    first = number
    while first and _names_above(texts[first - 1]):
        first -= 1
    lines = (line.rstrip("：:，, ") for line in texts[first:number])
    return "".join(line if line.endswith("、") else f"{line}、" for line in lines) + texts[number]


def _names_above(line: str) -> bool:
    """Say whether a line above a greeting is of it: names that go on, or one with its title."""
    return bool(_NAMES_GO_ON.fullmatch(line) or _NAME_LINE.fullmatch(line)) and not (
        REPLY_TITLE.search(line) or is_result_line(line)
    )
