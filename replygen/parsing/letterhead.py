"""The head of a reply: title, marks, document number, signer, salutation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from replygen.models import Paragraph
from replygen.parsing.greetings import find_salutation
from replygen.parsing.results import is_result_line, locate_mark, part_title
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
# 关于对市政协十四届三次会议闭会期间 / 第43001号提案的答复: the half above begins the title that
# the half below, which says neither 关于 nor 对, goes on with
_TITLE_BEGINS = re.compile(
    r"(?:^[^，。；：]{0,30}?关于|^[^，。；：]{0,30}?对(?!于))(?:[^。；：！？]{0,60})$"
)
_HALVES = 3
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
    salutation, end = find_salutation(texts, stop)
    own_line = bool(salutation) and end > 0 and str(salutation).endswith(texts[end - 1])
    lines = tuple(texts[: end - own_line])
    title = find_title(lines)
    if title is None and end == 0:
        title = next((t for t in texts[:3] if len(t) < 80 and REPLY_TITLE.search(t)), None)
    return Letterhead(lines, title, salutation, end)


def find_title(lines: Sequence[str]) -> str | None:
    """Return the title, put together when it stands on up to four lines."""
    lines = [part_title(line)[0] for line in lines]
    for count in range(1, 5):
        for start in range(len(lines) - count + 1):
            joined = " ".join(lines[start : start + count])
            if any(_is_no_title(x) for x in lines[start : start + count]):
                continue
            if _is_title(joined) and REPLY_TITLE.search(re.sub(r"\s", "", joined)):
                return _mend_title(" ".join((*_title_above(lines, start, joined), joined)))
    return None


def _title_above(lines: Sequence[str], start: int, title: str) -> Sequence[str]:
    """Return the lines above ``start`` that a title cut in two begins on, none where it is
    whole or nothing near begins one."""
    if _TITLE_BEGINS.match(title):
        return ()
    for first in range(start - 1, max(start - _HALVES, 0) - 1, -1):
        if _is_no_title(lines[first]) or _is_title_end(lines[first]):
            return ()
        if _TITLE_BEGINS.match(lines[first]):
            return lines[first:start]
    return ()


def _is_title_end(line: str) -> bool:
    return REPLY_TITLE.search(re.sub(r"\s", "", line)) is not None


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


def _body_start(texts: Sequence[str]) -> int:
    """Index of the paragraph with the receipt sentence, else of the first long one."""
    receipt = cue_pattern("cues", "receipt", "patterns")
    for number, text in enumerate(texts[:25]):
        if receipt.search(text) and not REPLY_TITLE.fullmatch(text):
            return number
    long = (n for n, text in enumerate(texts[:25]) if len(text) > 80)
    return next(long, min(len(texts), 1))


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
