"""A policy document (意见, 通知, 方案, 规划): who issued it, and the tasks that it sets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from replygen.language.dates import find_date
from replygen.language.marks import read_mark
from replygen.models import Level, Policy, Source, Task
from replygen.parsing.clean import clean_source
from replygen.parsing.letterhead import find_doc_number
from replygen.parsing.titles import level_of, place_of
from replygen.parsing.wording import cue_list, cue_pattern

_HEAD = 14  # lines in which title, number and salutation stand
_DEPTHS = {"第一章": 1, "一、": 1, "（一）": 2, "1.": 3}
_LEAST_MARKS = 2
_LEAD = 42  # characters of a lead phrase
_LEAST_TASK = 15  # characters behind a lead
_LEAST_POINT = 50  # characters from which a numbered point is a task of its own
_DAY = r"(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日"
# 2025年4月7日 · （2025年4月7日） · （云政发 2025年4月7日印发）
_DATE_LINE = re.compile(rf"[（(]?{_DAY}.{{0,6}}[)）]?|[（(].{{0,30}}{_DAY}.{{0,16}}[)）]")
# （澜江省人民政府办公厅2022年5月20日印发）
_ISSUED_LINE = re.compile(
    rf"[（(]([\u4e00-\u9fff]{{4,28}}?)(?:于)? ?{_DAY}.{{0,6}}印?发.{{0,8}}[)）]"
)
_TAIL = re.compile(r"附件?\s*[：:\d]|抄\s*[送报]|[（(](?:此件|本文)|主动公开")
_BRACKETS = str.maketrans("[【（(［]】）)］", "〔〔〔〔〔〕〕〕〕〕")
# a line of the head that is no part of a title: a sentence, a date, 云川市人民政府文件, a number
_NO_TITLE = re.compile(r"[。；：:]|^[（(]?\d{4}年|文件$|[〔\[【（(]\d{4}[〕\]】）)]\s*\d+\s*号$")
# …实施方案|（丰农发〔2026〕13号，2026年3月20日）
_NUMBER_BELOW = re.compile(
    r"\s*[（(](?=[^（）()]*〔\d{4}〕|[^（）()]*\d{4}年\d{1,2}月)[^（）()]{4,50}[）)]$"
)
# 国务院办公厅|关于…, 云川市人民政府 |关于印发…
_BEFORE_ABOUT = re.compile(r"^([^《》，。；：]{2,60}?)\s*(?:印发)?关于")


@dataclass(slots=True)
class _Item:
    """A numbered part while it is collected."""

    depth: int
    lead: str
    lines: list[str] = field(default_factory=list)
    above: _Item | None = None

    @property
    def path(self) -> tuple[str, ...]:
        """The leads from the outermost part to this one."""
        return (*(self.above.path if self.above else ()), self.lead)


def is_policy(lines: Sequence[str]) -> bool:
    """Say whether a text is a document that sets tasks: it has the title of one, says to
    whom it goes, by what number or that it lays something down, and its parts are numbered."""
    head = lines[:_HEAD]
    title, _ = _find_title(head)
    if title is None or "收悉" in "".join(head):
        return False
    marks = (read_mark(line) for line in lines)
    if sum(mark is not None and mark.family in _DEPTHS for mark in marks) < _LEAST_MARKS:
        return False
    issued = cue_pattern("policy", "issued", "patterns")
    return find_doc_number(head) is not None or any(map(issued.search, (title, *lines[:30])))


def parse_policy(source: Source) -> Policy:
    """Return the policy document that the source is."""
    return read_policy(clean_source(source))


def read_policy(source: Source) -> Policy:
    """Return the policy document in a source that was cleaned already."""
    lines = [p.text.strip() for p in source.paragraphs if p.text.strip()]
    title, behind = _find_title(lines[:_HEAD])
    number = find_doc_number(lines[:_HEAD])
    issuer = _find_issuer(title or "", lines)
    level, region = _find_place(issuer or "", title or "")
    date = next((find_date(x) for x in reversed(lines) if _DATE_LINE.fullmatch(x)), None)
    tasks = tuple(_read_tasks(_body(lines[behind:], issuer)))
    warnings = list(source.warnings)
    told = (
        (title, "没有找到标题"),
        (issuer, "没有找到发文机关"),
        (level, "看不出是哪一级的文件，不会用在草稿里"),
        (tasks, "没有读出任务，请核对文件是否完整"),
    )
    warnings += [warning for found, warning in told if not found]
    return Policy(
        title=title,
        issuer=issuer,
        number=number.translate(_BRACKETS) if number else None,
        date=date,
        level=level,
        region=region,
        tasks=tasks,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _find_title(head: Sequence[str]) -> tuple[str | None, int]:
    """Return the title, put together where it stands on up to four lines, and the line
    behind it."""
    pattern, never = (
        cue_pattern("policy", "title", "patterns"),
        cue_pattern("policy", "title", "never"),
    )
    for start in range(len(head)):
        for count in range(1, 5):
            part = head[start : start + count]
            joined = re.sub(r"\s+", " ", " ".join(part)).strip()
            bare = joined.replace(" ", "")
            if len(part) < count or any(_NO_TITLE.search(x) for x in part):
                break
            if len(bare) <= 120 and pattern.search(bare) and not never.search(bare):
                return _close_up(joined).strip("《》"), start + count
    return None, 0


def _close_up(title: str) -> str:
    """Return a title without the spaces of its line ends; one between two issuers stays, and
    the number and date in brackets below it are no part of it."""
    title = _NUMBER_BELOW.sub("", title)
    return re.sub(r"(?<![局部委厅院署府会]) | (?=印发|关于)", "", title)


def _find_issuer(title: str, lines: Sequence[str]) -> str | None:
    """Return who issued it: as the title says, else as it is signed, else as its head says."""
    if match := _BEFORE_ABOUT.match(title):
        return re.sub(r"\s+", "、", match[1])
    local = cue_pattern("policy", "issuer", "local")
    dated = [n for n, line in enumerate(lines) if _DATE_LINE.fullmatch(line)]
    issued = [m[1] for n in dated if (m := _ISSUED_LINE.fullmatch(lines[n]))]

    def read_unit(line: str) -> str | None:
        bare = re.sub(r"\s", "", line).removesuffix("文件")
        return bare if local.search(bare) or _is_national(bare) and len(bare) < 40 else None

    for end in reversed(dated):  # all that sign stand above the date
        signed: list[str] = []
        while end and (unit := read_unit(lines[end - 1])):
            signed.insert(0, unit)
            end -= 1
        if signed:
            return "、".join(signed)
    return next(filter(None, map(read_unit, (*issued, *lines[:3]))), None)


def _is_national(issuer: str) -> bool:
    return cue_pattern("policy", "issuer", "national").search(issuer) is not None


def _find_place(issuer: str, title: str) -> tuple[Level | None, str | None]:
    if _is_national(issuer):
        return "国家", None
    for text in (issuer.removeprefix("中共"), title):
        if place := place_of(text):
            return level_of(place), place
    return None, None


def _body(lines: Sequence[str], issuer: str | None) -> Iterator[str]:
    signed = (issuer or "").split("、")
    for line in lines:
        if _TAIL.match(line) and read_mark(line) is None:
            return
        if not _DATE_LINE.fullmatch(line) and re.sub(r"\s", "", line) not in signed:
            yield line


def _read_tasks(lines: Iterator[str]) -> Iterator[Task]:
    none = cue_pattern("policy", "section", "none")
    for item in _collect(lines):
        text = "\n".join(item.lines).strip()
        if len(text) < _LEAST_TASK or any(map(none.match, item.path)):
            continue
        if text.endswith(("：", ":")):
            continue  # it only leads to its points
        whole = text if text.startswith(item.lead) else f"{item.lead}。{text}"
        whole, units = _take_units(whole)
        section = item.above.lead if item.above else None
        yield Task(item.lead, whole, units, section)


def _collect(lines: Iterator[str]) -> list[_Item]:
    """Return the numbered parts in order; small points stay in the part above them."""
    items: list[_Item] = []
    rows = list(lines)
    for line, following in zip(rows, [*rows[1:], ""], strict=True):
        mark = read_mark(line)
        depth = _DEPTHS.get(mark.family, 0) if mark else 0
        small = depth == 3 and len(line) < _LEAST_POINT and not _is_assigned(line, following)
        if mark is None or not depth or small and items:
            if items:
                items[-1].lines.append(line)
            continue
        above = next((x for x in reversed(items) if x.depth < depth), None)
        if above is not None and items and items[-1].depth < depth:
            above = items[-1]
        lead, rest = _split_lead(line[mark.end :].strip())
        items.append(_Item(depth, lead, [rest] if rest else [], above))
    return items


def _is_assigned(line: str, following: str) -> bool:
    """Say whether a point names who does it: it is a task of its own, however short."""
    below = "" if read_mark(following) else following
    return bool(_take_units(line)[1] or _take_units(f"\n{below}")[1])


def _split_lead(text: str) -> tuple[str, str]:
    """Return the lead phrase, and the whole text where more than the lead is there."""
    head, stop, rest = text.partition("。")
    if len(head) <= _LEAD:
        return head.rstrip("：:"), text if stop and rest.strip() else ""
    return re.split(r"[，；：]", head, maxsplit=1)[0][:_LEAD], text


def _take_units(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a task without who is responsible, and the units named there."""
    found: list[str] = []
    for pattern in cue_list("policy", "units", "patterns"):
        for match in re.finditer(pattern, text):
            found += _read_units(match[1])
        text = re.sub(pattern, "", text)
    return re.sub(r"\n{2,}", "\n", text).strip(), tuple(dict.fromkeys(found))


def _read_units(text: str) -> Iterator[str]:
    text = re.sub(r"(?:责任|牵头|配合|协同|参与)(?:单位|部门)[：:]", "、", text)
    for piece in re.split(r"[、，,；;。\s]|(?<=[局部委厅办])(?:和|会同|、)", text):
        piece = re.sub(
            r"^(?:由|会同|和)|(?:等|分别|共同|按照?职责|牵头|负责|配合|参与).*$", "", piece
        )
        if re.fullmatch(_unit_name(), piece):
            yield piece


def _unit_name() -> str:
    return "".join(cue_list("policy", "units", "name"))
