"""The head of a reply: title, marks, document number, signer, salutation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from replygen.models import Paragraph
from replygen.parsing.results import is_result_line, locate_mark
from replygen.parsing.titles import REPLY_TITLE
from replygen.parsing.wording import cue_pattern

_BRACKETS_OPEN, _BRACKETS_CLOSE = r"[〔\[【（(〈﹝［〖{]", r"[〕\]】）)〉﹞］〗}]"
# 连市监办复〔2024〕77号 · 潼民发【2024】275号 · 湘教提复字〔2019〕来信号B类
_DOC_NUMBER = re.compile(
    rf"([\u4e00-\u9fffA-Za-z]{{2,18}}?(?:[（(][\u4e00-\u9fff]{{1,6}}[）)])?[\u4e00-\u9fff]{{0,8}}?)"
    rf" ?{_BRACKETS_OPEN} ?((?:19|20)\d\d) ?{_BRACKETS_CLOSE} ?(第? ?)(\d{{1,5}}|来信) ?号"
)
# 长二工信议字 2023 2号 · 长二工信议字20232号: the brackets were lost
_DOC_NUMBER_BARE = re.compile(
    r"([\u4e00-\u9fff]{2,14}[字函发提复]) ?((?:19|20)\d\d) ?(?:年 ?)?(?:第)?(\d{1,4})号"
)
_NO_TITLE_LINE = re.compile(r"签 ?发 ?人|办理结果|类 ?别|.{1,20}[〔\[【]\d{4}[〕\]】]")
# 提案号：第0118号　分组：B组　办理程度：A类: a row of labels
_LABEL_ROW = re.compile(r"^[\u4e00-\u9fff]{2,8}[：:][^：:]{1,30}[\u4e00-\u9fff]{2,8}[：:]")
# 关于对市政协十四届三次会议 / 第43001号提案的答复: the half above
_TITLE_HALF = re.compile(r"^.{0,30}(?:关于|对).{0,40}(?:会议|届|委员会|的|人大|政协)$")
_OPENNESS = re.compile(
    r"依申请公开|不予公开|不同意公开|同意全文公开|同意公开|可以公开|全文公开|摘要公开|主动公开"
    r"|不宜公开|不公开|公开发布|部分公开"
)
_OPENNESS_CARD = re.compile(r"是否(?:完成)?(?:对外)?公开[：:] ?(是|否)")
_OPENNESS_LABEL = re.compile(
    r"(?:公开属性|公开方式|公开类别|信息公开选项|公开选项)[：:] ?([^\s，。；（）()]{2,8})"
)
_SIGNER = re.compile(
    r"签 ?发 ?人?[：:] ?([\u4e00-\u9fff·]{2,4}"
    r"|[\u4e00-\u9fff](?: [\u4e00-\u9fff]){1,3})(?![\u4e00-\u9fff])"
)
_SIGNED_BY_TEXT = re.compile(
    r"经([\u4e00-\u9fff]{2,3}?)(?:局长|主任|厅长|书记|部长|主席|市长|县长|区长|同志)?审签"
)
_MEMBER = r"(?:(?:全国|省|市|县|区|州|旗|自治区)?(?:政协|人大))?[（(]?(?:委员|代表)[）)]?(?:们)?"
_HONOUR = "先生|女士|同志|常委|副?主席|副?主委|会长|教授"
# 顾及之委员|等7位提案人
_AND_OTHERS = (
    r"等(?:\d+|[一二两三四五六七八九十]+)?(?:位|名|人)?(?:(?:提案|提出|建议|联名)人|同志)?"
)
# 王波委员： · 尊敬的马青、周丽等委员： · 罗吉卿等3位委员： · 苏村代表团： · 农工党内蒙古区委：
_SALUTATION = re.compile(
    rf"(?P<who>(?:尊敬的)?[^。；！？《》]{{1,90}}?(?:{_MEMBER}|代表团|{_HONOUR})(?:{_AND_OTHERS})?)"
    r"(?: ?[：:，,]?)"
)
# 提案者：骆书遥 · 领衔代表骆书遥： — who proposed, without 委员 behind the name
_PROPOSER = r"(?:第一|领衔)?(?:提案(?:人|者|单位|委员)|建议人|提出人|领衔(?:代表|委员|人))"
_SALUTATION_LABEL = re.compile(rf"{_PROPOSER}[：: ]*[\u4e00-\u9fff·、，, （）()]{{2,60}}[：:]?")
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
_JOINT = re.compile("以及|[和及]")
_REDACTED = re.compile(r"^[xX×*＊某○〇＿_-]+$")
_ORGANISATION = re.compile(
    r"(?:民革|民盟|民建|民进|农工|致公|九三|台盟|工商联|委员会|区委|市委|省委|县委|总支|支部"
    r"|代表团|工会|妇联|共青团|协会|小组|党组|政府|办公室|[厅局部])"
)
# 市住房和城乡建设局 · 社会和法制委员会: the end of one body's name
_ORGANISATION_END = re.compile(
    r"(?:局|厅|委|部|办|院|社|(?<!社)会|组|党|盟|团|公司|办公室|政府|总支|支部|中心|街道|联)$"
)
_GREETINGS = (_SALUTATION, _SALUTATION_BODY, _SALUTATION_LABEL, _SALUTATION_TITLED)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands above the salutation: its lines, the title, and where the body is."""

    lines: tuple[str, ...]
    title: str | None
    salutation: str | None
    body: int
    """Index of the first paragraph behind the salutation."""


def read_letterhead(paragraphs: Sequence[Paragraph]) -> Letterhead:
    """Return head and salutation of a letter; a document without either has its body
    at the first paragraph that acknowledges the proposal."""
    texts = [p.text.strip() for p in paragraphs]
    stop = _body_start(texts)
    salutation, end = _find_salutation(texts, stop)
    own_line = bool(salutation) and end > 0 and str(salutation).endswith(texts[end - 1])
    lines = tuple(texts[: end - own_line])
    title = find_title(lines)
    if title is None and end == 0:
        title = next((t for t in texts[:3] if len(t) < 80 and REPLY_TITLE.search(t)), None)
    return Letterhead(lines, title, salutation, end)


def find_title(lines: Sequence[str]) -> str | None:
    """Return the title, put together when it stands on up to four lines."""
    for count in range(1, 5):
        for start in range(len(lines) - count + 1):
            joined = " ".join(lines[start : start + count])
            if any(_is_no_title(x) for x in lines[start : start + count]):
                continue
            if _is_title(joined) and REPLY_TITLE.search(re.sub(r"\s", "", joined)):
                above = lines[start - 1] if start else ""
                joined = f"{above} {joined}" if _TITLE_HALF.search(above) else joined
                return _mend_title(joined)
    return None


def find_doc_number(lines: Sequence[str]) -> str | None:
    """Return the document number with 〔〕, from short lines only."""
    for pattern in (_DOC_NUMBER, _DOC_NUMBER_BARE):
        for line in lines:
            if len(line) > 80 or not (match := pattern.search(_behind_mark(line))):
                continue
            if pattern is _DOC_NUMBER:
                prefix, year, ordinal, number = match.groups()
                return f"{prefix.strip()}〔{year}〕{ordinal.strip()}{number}号"
            return f"{match.group(1)}〔{match.group(2)}〕{match.group(3)}号"
    return None


def _behind_mark(line: str) -> str:
    """办理结果：B 祁交函〔2023〕15号 without the mark in front of the number."""
    mark = locate_mark(line)
    rest = line[mark[1] :].lstrip("）)】]类 ") if mark else ""
    return rest if rest and _DOC_NUMBER.search(rest) else line


def find_openness(lines: Sequence[str]) -> str | None:
    """Return how the reply may be made public, in its own words."""
    for line in lines:
        if len(line) > 60:
            continue
        if match := _OPENNESS.search(line):
            return match.group()
        if re.sub(r"[\s（）()]", "", line) == "公开":
            return "公开"
        if match := _OPENNESS_CARD.search(line):
            return "公开" if match.group(1) == "是" else "不公开"
        if match := _OPENNESS_LABEL.search(line):
            return match.group(1)
    return None


def find_signer(lines: Sequence[str], body: str = "") -> str | None:
    """Return who signed: 签发人：… in the head, or 经…审签 in the text."""
    for line in lines:
        if match := _SIGNER.search(line):
            return match.group(1).replace(" ", "")
    match = _SIGNED_BY_TEXT.search(body)
    return match.group(1) if match else None


def read_addressees(salutation: str | None) -> tuple[str, ...]:
    """Return the names in a salutation: people without 委员 or 代表, organisations as
    they stand, redacted ones as they stand."""
    if not salutation:
        return ()
    text = _HELLO.sub("", salutation.strip()).rstrip("：:，, ")
    text = re.sub(rf"^(?:致(?!公党)|尊敬的|{_PROPOSER}[：: ]*)+", "", text)
    text = re.sub(rf"(?<=委员|代表){_AND_OTHERS}$", "", text)
    text = re.sub(rf"^{_TITLED}(?=[\u4e00-\u9fff])", "", _PASSED_ON.sub("", text))
    text = re.sub(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff](?:委员|代表|、|$))", "", text)
    names: list[str] = []
    for part in re.split(r"[、，,；;]|\s+", text):
        names += [name for joined in _split_joined(part) if (name := _strip_title(joined))]
    return tuple(dict.fromkeys(n for n in names if n not in ("各位", "尊敬", "你们", "各")))


def _strip_title(part: str) -> str:
    """王波委员 as 王波, 喻清和等8名 as 喻清和."""
    name = re.sub(r"^尊敬的|[（(](?:领衔|第一提案人|提案人|执笔人?)[）)]", "", part.strip())
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
        if body and not _ORGANISATION_END.search(left):
            continue
        if len(left) >= 2 and len(right) >= 2:
            return [left, *_split_joined(right)]
    return [part]


def is_person_list(names: Sequence[str]) -> bool:
    """Say whether a letter addresses members themselves, not an office."""
    return bool(names) and not any(_ORGANISATION.search(n) for n in names if not _REDACTED.match(n))


def _body_start(texts: Sequence[str]) -> int:
    """Index of the paragraph with the receipt sentence, else of the first long one."""
    receipt = cue_pattern("cues", "receipt", "patterns")
    for number, text in enumerate(texts[:25]):
        if receipt.search(text) and not REPLY_TITLE.fullmatch(text):
            return number
    long = (n for n, text in enumerate(texts[:25]) if len(text) > 80)
    return next(long, min(len(texts), 1))


def _find_salutation(texts: Sequence[str], stop: int) -> tuple[str | None, int]:
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
    """Return a salutation with the line above it where its names begin there: 瞿清越、尹澜、"""
    above = texts[number - 1] if number else ""
    named = re.fullmatch(r"(?:尊敬的)?(?:[\u4e00-\u9fff·]{2,8}(?:委员|代表)?[、，,] ?)+", above)
    return f"{above}{texts[number]}" if named else texts[number]


def _is_title(text: str) -> bool:
    bare = re.sub(r"\s", "", text)
    return 8 <= len(bare) <= 120 and not re.search(r"收悉|如下|您", bare)


def _is_no_title(line: str) -> bool:
    label = _NO_TITLE_LINE.match(line) or _LABEL_ROW.match(line)
    return len(line) > 90 or bool(label) or is_result_line(line)


def _mend_title(title: str) -> str:
    """Close the gaps that a broken or spread title leaves: 的 答 复 → 的答复."""
    title = re.sub(r"答 +复", "答复", title)
    return re.sub(r"(?<=[\u4e00-\u9fff]) (?=答复|复函|的)", "", title)
