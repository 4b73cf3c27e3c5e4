"""The end of a reply: signature, date, contacts, copies; and where the body ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from replygen.language.dates import find_date
from replygen.language.marks import read_mark
from replygen.models import Contact, Paragraph
from replygen.parsing.results import is_result_line

# 189******** · 0851-8528×××× · 1370740**** · 8528123
_PHONE = re.compile(
    r"(?<![\d-])(?:1[3-9][\d*×xX＊]{9}"
    r"|[（(]?0\d{2,3}[）)]?[-—－– ]?[\d*×xX＊]{7,8}(?:[-—转]\d{1,5})?|[2-8][\d*×＊]{6,7})(?![\d*×])"
)
# 边小溪 0000-3306670: a name directly in front of its phone
_NAME_PHONE = re.compile(rf"([\u4e00-\u9fff·]{{2,4}})[ ：:，,（(]*({_PHONE.pattern})")
# 联系人： · 承办人及联系电话： · 经办人：
_CONTACT_NAME = re.compile(
    r"(?:联 ?系 ?人(?:员)?|经 ?办 ?人|承 ?办 ?人(?:员)?|承办负责人)(?:及(?:联系)?(?:电话"
    r"|方式))?[：: ] ?((?:(?!联系|承办|经办|电话)[^\d：:；;。（）()]){1,60})"
)
_CONTACT_LINE = re.compile(
    r"[（(]?.{0,10}(?:联系|电话|承办|经办|手机|传真|邮编|地址|邮箱)[^。]{0,80}[：:]"
    r"|.{0,6}(?:联系)?电话"
)
_CC = re.compile(r"(?:抄\s*[送报]|主\s*[送报]|(?<![\u4e00-\u9fff])[送报])\s*[：:]\s*(.+)")
_CC_ONLY = re.compile(r"(?:抄\s*[送报]|(?<![\u4e00-\u9fff主])[送报])\s*[：:]\s*(.+)")
_CC_STOP = re.compile(
    r"联系(?:单位|人|电话)[：:].*|承办(?:单位|人)[：:].*|共印.*|\d{4}年\d.*印发.*"
)
_SIGN_UNIT = re.compile(
    r"[\u4e00-\u9fff（）()]{2,30}(?:局|厅|委|委员会|办公室|办公厅|政府|部|院|中心|公司|联合会"
    r"|大队|支队|署|社|银行)(?:（[\u4e00-\u9fff]{2,16}[局厅委会室]）)?"
)
_END_LINE = re.compile(
    r"[（(【]?(?:此件|附件|附注|公开属性|公开方式|办理结果|类 ?别|办复类别|答复类别|是否完成"
    r"|同意公开|不?予?公开|(?:委员|代表)[^。]{0,6}反馈|主题词|分管|主管|承办"
    r"|领导签字|印发|共印|[A-D]类?$)"
)
# 注：A类为已经解决的；B类为…: what the marks of the form mean
_NOTE = re.compile(r"[（(]?(?:备注|注|说明|填表说明)\d?\s*[：:]")
# 附件 on its line: what stands below is no part of the letter
_ANNEX = re.compile(r"附\s*(?:件|表|录|图)\s*[一二三1-9]?\s*[：:]?")
# 附件：1.老旧小区充电桩分布表, with 2.… and more on the lines below
_ANNEXES = re.compile(r"附\s*件\s*[：:]")
_ANNEX_LINE, _SECOND = 60, 2
_PRINTED = re.compile(r".{2,30}\d{4}年\d{1,2}月\d{1,2}日印发")
_LINES_BELOW = 12
# （盖章） behind the name of the unit
_SEAL = re.compile(r"[（(](?:盖章|公章|章|印章|代章|印)[）)]")
# 云川市市场监督管理局2025年7月1日: the date on the unit's line
_DATE_BEHIND = re.compile(
    r"[12]\d{3}年\d{1,2}月\d{1,2}日.*$|[二一][〇○零一二三四五六七八九]{3}年.*$"
)
# …的关心和支持！|云川市林业局 2024年6月18日, and perhaps （联系人：…） behind it
_RUN_ON = re.compile(
    rf"(?<=[。！!])[ \u3000]*(?P<unit>{_SIGN_UNIT.pattern})[ \u3000，,]*"
    r"(?P<date>(?:[12]\d{3}|[二一][〇○零一二三四五六七八九]{3}) ?年"
    r"[ \d一二三四五六七八九十]{1,4}月[ \d一二三四五六七八九十]{1,5}日)"
    r"(?=[ \u3000]*(?:$|[（(]))"
)
_LAST = 4  # paragraphs in which a sign-off that runs on is looked for
# 2023518: a date whose 年 and 月 the page lost
_BROKEN_DATE = re.compile(r"(?:19|20)\d{4,6}")


@dataclass(frozen=True, slots=True)
class Signoff:
    """The end of a letter. ``start`` is the index of its first paragraph."""

    start: int
    lines: tuple[str, ...]
    issuer: str | None
    date: str | None
    contacts: tuple[Contact, ...]
    cc: tuple[str, ...]
    broken_date: bool


def part_signoff(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs with a sign-off that runs on behind the letter's last sentence
    (…和支持！云川市林业局2024年6月18日) on lines of its own."""
    parted = list(paragraphs)
    for number, paragraph in enumerate(paragraphs[-_LAST:], max(0, len(paragraphs) - _LAST)):
        if match := _RUN_ON.search(paragraph.text):
            end = Paragraph(match["unit"], page=paragraph.page), Paragraph(match["date"])
            kept = replace(paragraph, text=paragraph.text[: match.start()].rstrip())
            rest = paragraph.text[match.end() :].strip(" \u3000")
            below = (Paragraph(rest),) if rest else ()
            return [*parted[:number], kept, *end, *below, *parted[number + 1 :]]
    return parted


def read_signoff(texts: Sequence[str], body: int) -> Signoff:
    """Return the end of a letter whose body begins at paragraph ``body``."""
    texts = texts[: _annex(texts, body)]
    start = _behind_date(texts, body)
    while start > body:
        if not _belongs(texts[start - 1]):
            above = _annex_list(texts, start)
            if above <= body or above == start:
                break
            start = above
        start -= 1
    lines = tuple(texts[start:])
    date_line = next((t for t in lines if find_date(t) and not _PRINTED.fullmatch(t)), None)
    return Signoff(
        start=start,
        lines=lines,
        issuer=_find_unit(lines),
        date=find_date(date_line) if date_line else None,
        contacts=read_contacts(lines),
        cc=read_cc(lines),
        broken_date=any(_BROKEN_DATE.fullmatch(t.strip()) for t in lines),
    )


def _annex(texts: Sequence[str], body: int) -> int:
    """Index of the line under which the annexes stand, behind a dated sign-off; else the end."""
    signed = False
    for number in range(body, len(texts)):
        text = texts[number].strip()
        if signed and _ANNEX.fullmatch(text):
            return number
        signed = signed or bool(find_date(text) and len(text) < 24 and "，" not in text)
    return len(texts)


def _annex_list(texts: Sequence[str], end: int) -> int:
    """Index behind the line that begins a list of annexes (附件：1.…), whose other lines end
    before ``end``; ``end`` where no such list stands there."""
    start = end
    while start and (mark := read_mark(texts[start - 1].strip())) and _is_item(texts[start - 1]):
        start -= 1
        if mark.number <= _SECOND:
            break
    return start if start and _ANNEXES.match(texts[start - 1].strip()) else end


def _is_item(text: str) -> bool:
    return len(text) < _ANNEX_LINE and not re.search(r"[。；]", text)


def _behind_date(texts: Sequence[str], body: int) -> int:
    """Index from which to look upwards for the end: the last line, or the date's when
    only short lines that are no text stand below it (a mark, a card, a list of copies)."""
    for number in range(len(texts) - 1, max(body, len(texts) - _LINES_BELOW) - 1, -1):
        text = texts[number]
        if find_date(text) and len(re.sub(r"\s", "", text)) < 24 and "，" not in text:
            return number + 1
        if not _NOTE.match(text) and (len(text) > 60 or re.search(r"[。；！？].", text)):
            break
    return len(texts)


def read_contacts(lines: Sequence[str]) -> tuple[Contact, ...]:
    """Return names and phones, paired in the order in which they stand."""
    names: list[str] = []
    phones: list[str] = []
    for line in lines:
        if _CC_ONLY.match(line):
            continue
        for match in _CONTACT_NAME.finditer(line):
            found = re.split(r"[、，,/／]|\s+", _PHONE.sub("", match.group(1)))
            names += [n for n in found if re.fullmatch(r"[\u4e00-\u9fff·]{2,4}|[×xX某*]{2,4}", n)]
        names = [n for n in names if n not in ("电话", "联系", "联系电话", "送", "联系方式")]
        phones += [m.group() for m in _PHONE.finditer(_CC_ONLY.sub("", line))]
    together = {m.group(1): m.group(2) for m in _NAME_PHONE.finditer("\n".join(lines))}
    if len(phones) < len(names) and set(together) & set(names):
        return tuple(Contact(name, together.get(name)) for name in names)
    return tuple(Contact(name, phone) for name, phone in zip_longest(names, phones))


def read_cc(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the bodies that get a copy (抄送, 抄报, 送), counts of copies left out."""
    found: list[str] = []
    for line in lines:
        match = _CC_ONLY.search(line)
        if not match:
            continue
        text = _CC_STOP.sub("", match.group(1))
        for part in re.split(r"[、，,。；;]|\s+", text):
            name = re.sub(r"[（(].{1,6}份[）)]|各?\d+份$", "", part).strip(" ：:")
            if len(name) > 1 and not re.match(r"(?:抄|送|报|存档)", name):
                found.append(name)
    return tuple(dict.fromkeys(found))


def _belongs(text: str) -> bool:
    """Say whether a paragraph is of the end: unit, date, contacts, copies, marks."""
    if len(text) > 120:
        return False
    bare = _SEAL.sub("", re.sub(r"\s", "", text))
    if re.fullmatch(r"[（(【][^（）()]{1,14}[)）】]", bare):
        return True
    if find_date(text) and len(bare) < 45 and "，" not in text:
        return True
    if is_result_line(text) or _CC.match(text) or _END_LINE.match(text) or _PRINTED.fullmatch(bare):
        return True
    if _CONTACT_LINE.match(text) and (_PHONE.search(text) or len(bare) < 60):
        return True
    if _SIGN_UNIT.fullmatch(bare) or _BROKEN_DATE.fullmatch(bare) or _PHONE.fullmatch(bare):
        return True
    return bare in ("此致", "敬礼", "敬礼！", "致礼", "致礼！", "特此函复", "专此答复")


def _find_unit(lines: Sequence[str]) -> str | None:
    for line in lines:
        bare = _DATE_BEHIND.sub("", _SEAL.sub("", re.sub(r"\s", "", line)))
        if _SIGN_UNIT.fullmatch(bare) and not re.search(r"联系|抄送|承办", bare):
            return bare
    return None
