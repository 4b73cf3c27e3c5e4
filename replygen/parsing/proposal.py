"""A proposal (提案) or suggestion (建议), taken apart: head, background, problems, asks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from replygen.language.marks import read_mark
from replygen.models import Ask, Channel, HostRole, Paragraph, Proposal, Source
from replygen.parsing.addressed import set_addressed_aside
from replygen.parsing.areas import Areas, find_areas, label_at, split_front
from replygen.parsing.asks import make_ask, make_asks, split_asks
from replygen.parsing.bylines import find_byline
from replygen.parsing.clean import clean_source
from replygen.parsing.form_rows import read_rows, split_row
from replygen.parsing.head_fields import split_names
from replygen.parsing.levels import asking_group
from replygen.parsing.lines import is_office_row
from replygen.parsing.pairs import find_pairs
from replygen.parsing.results import is_result_line
from replygen.parsing.titles import find_channel, find_number, find_session
from replygen.parsing.wording import cue_list, role_pattern

_NO_TITLE = "没有找到标题，请补上案由"
_NO_CHANNEL = "看不出是政协提案还是人大建议"
_GUESSED_CHANNEL = "来源（政协或人大）按正文推断，请核对"
_NO_PART = "没有“建议”部分，诉求按“建议、应、希望”等语句提取，请核对"
_NO_NUMBERS = "建议部分没有编号，诉求按语句划分，请核对"
_NO_ASKS = "没有分出具体诉求，整篇作为一条，请核对"
_HEAD = 8  # lines in which the head of a proposal stands
_FORM, _LEAST_CELLS = 30, 2  # lines of a form's head, and the labels alone on theirs that show one
_BRACKETED = re.compile("[（(]([^（）()]{10,160})[）)]")
# The field of a proposal that a warning is about.
WARNS_OF: Mapping[str, str] = {
    _NO_TITLE: "title",
    _NO_CHANNEL: "channel",
    _GUESSED_CHANNEL: "channel",
    _NO_PART: "asks",
    _NO_NUMBERS: "asks",
    _NO_ASKS: "asks",
}

# 案由：… · 提案人：王某、李某 · 第一提案人 · 领衔代表：…
_TITLE_LABEL = re.compile(
    r"(?:案\s*由|(?:提案|建议|议案)?(?:题\s*目|标\s*题)|提案名称|建议名称|名称)\s*[：:]\s*([^。]{4,80})"
)
_PROPOSER = re.compile(
    rf"(?:{role_pattern()}|提\s*案\s*人|提案者|提案委员|提\s*案\s*单\s*位|建议人|提出人"
    r"|提出(?:建议|提案|议案)的(?:代表|委员|单位)|提建议人|代表姓名|委员姓名|(?:^|(?<=\n))(?:代表|委员))"
    r"\s*[：:]\s*(.{2,200})"
)
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")  # 裴照野（召集人），明溪
_NUMBER_LINE = re.compile(
    r"(?:提案|建议|议案)?(?:编\s*号|案\s*号|序\s*号|提案号"
    r"|建议号)\s*[：:]?\s*第?\s*([A-Za-z]{0,4}\d[\dA-Za-z-]*)\s*号?"
)
_HOST = re.compile(
    r"(?:主\s*办(?:单位)?|承\s*办(?:单位)?|办理单位"
    r"|答复单位|交办单位)\s*[：:]\s*([^\n：:]{2,80}?)(?=\s*(?:会|协|分)\s*办|\n"
    r"|$|；|;|。)"
)
_CO_HOST = re.compile(
    r"(?:会\s*办|协\s*办)(?:单位)?\s*[：:]\s*([^\n：:]{2,160}?)(?=\s*(?:主|分)\s*办|\n|$|。)"
)
# 承办单位：甲局（主办）；乙局、丙局（会办）
_CO_HOST_BEHIND = re.compile(r"([^\n：:；;（）()]{2,160})[（(][会协]\s*办[)）]")
# 由区住房和城乡建设局主办，区市场监督管理局、供电公司会办
_HOSTED = re.compile(r"由([^，。；：:\n]{2,30}?)主办")
_CO_HOSTED = re.compile(r"主办[，；]([^，。；：:\n]{2,80}?)[会协]办")
# 会办意见报送时间：收到交办单之日起一个月内
_FOR_CO_HOST = re.compile(r"(?:会|协)办意见(?:报送|提交|反馈|报出)?(?:时间|时限|期限)")
_SEPARATE = re.compile(
    r"分\s*办(?:单位)?\s*[：:]\s*([^\n：:]{2,160}?)(?=\s*(?:主|会|协)\s*办|\n|$|。)"
)
# ————————: drawn between the parts of a card
_RULE = re.compile(r"[—\-–=_＝＿*·~─━]{3,}")
_ROW = 120  # characters; a longer line is text
_BEGUN = re.compile(r"[^\n，。；：]{1,4}[，、：:.．]?$")
_TITLE_LINE = re.compile(r"[^。；：！？]{4,70}")
_TITLE_CUE = re.compile(r"(?:提案|建议|议案|建议案|倡议)(?:[（(].{1,20}[)）])?$|^关于")
# 云川市政协五届三次会议提案 · 代表建议 · 市政协提案办理交办单: heads of forms
_FORM_HEADING = re.compile(
    r"(?!.*关于)[^，。]{0,40}(?:会议|委员会|政协|人大|代表)?(?:集体|个人|联名|大会|委员|代表"
    r"|党派|界别)"
    r"?(?:提案|建议|议案)(?:表|单|办理交办单|交办单|办理单|登记表|专用纸|办理)"
    r"|(?!.*关于)[^，。]{0,30}(?:会议|大会|委员会|政协|人大|代表|委员)(?:集体|个人|联名|大会"
    r"|委员|代表)?"
    r"(?:提案|建议|议案)?"
)
# 第0205号 市政协五届三次会议: a short line below the title
_NUMBERED_HEAD = re.compile(r"^[（(]?第?[A-Za-z]{0,3}\d+号|届[^。，]{0,16}次会议[^。，]{0,8}$")
_META_LINE = re.compile(
    r"(?:(?:第一)?提案(?:人|者|委员|单位)|提出(?:建议|提案|议案)的(?:代表|委员|单位)|建议人|代表姓名|委员姓名|(?:代表|委员)\s*[：:]|领衔|附议|联名|联合提|共同提|牵头提|第[二三]提|(?:提案|建议|议案)?[编序]号|案号|提案号|建议号"
    r"|(?:建议)?(?:主办|会办|协办|分办|承办)"
    r"|办理单位|答复单位|交办|界别|类别|分类|届次|日期|时间|联系|电话"
    r"|单位及职务|通讯地址|审查意见|立案)[^。]{0,80}$"
)


def is_doubtful(proposal: Proposal) -> bool:
    """Return whether a text that was read shows no sign of a proposal: neither whose it is nor
    anything that is asked for (a notice, a list, a file that is no text)."""
    unasked = {_NO_PART, _NO_ASKS} <= set(proposal.warnings)
    return proposal.channel is None and (unasked or not proposal.asks)


def parse_proposal(source: Source) -> Proposal:
    """Return the proposal that the source is. It always has at least one ask: where
    none can be told apart the whole wish is one, and a warning says so."""
    return read_proposal(clean_source(source))


def read_proposal(source: Source) -> Proposal:
    """Return the proposal in a source that was cleaned already."""
    lines = [p.text.strip() for p in source.paragraphs if p.text.strip()]
    return _parse(lines, None, list(source.warnings))


def parse_proposal_text(text: str, *, title: str | None = None) -> Proposal:
    """Return the proposal in a pasted text; ``title`` when it was given apart."""
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    rows = tuple(Paragraph(row, index=i) for i, row in enumerate(text.splitlines()))
    source = clean_source(Source("", digest, "txt", rows))
    lines = [p.text.strip() for p in source.paragraphs if p.text.strip()]
    return _parse(lines, title, list(source.warnings))


def _parse(lines: list[str], given: str | None, warnings: list[str]) -> Proposal:
    lines, aside = set_addressed_aside(lines)
    warnings += aside
    lines = [row for line in lines[:_HEAD] for row in _out_of_brackets(line)] + lines[_HEAD:]
    lines = _with_their_values(lines)
    title, start = _find_title(lines)
    if given:
        title, start = given.strip(), (start if title == given.strip() else 0)
    body_lines = lines[start:]
    head = [x for x in body_lines[:5] if len(x) < 45 and _NUMBERED_HEAD.search(x)]
    body_lines = [x for x in body_lines if x not in head]
    about = [*lines[: max(start, 1)], *head, *(x for x in body_lines if _META_LINE.match(x))]
    meta = "\n".join(row for line in about for row in split_row(line))
    proposers = _proposers(meta)
    if not proposers and (byline := find_byline(lines, start)):
        proposers = byline[1]
        body_lines = [x for x in body_lines if x != lines[byline[0]]]
    body = "\n".join(x for x in _without_office(body_lines) if not _is_head(x))
    if pairs := find_pairs(body):
        areas, asks = pairs.areas, make_asks(pairs.found, title or "")
    else:
        areas = find_areas(body)
        asks = _read_asks(areas, body, title, warnings)
    if areas.how == "none":
        background, problems = split_front(_before_first(body, asks))
        areas = replace(areas, background=background, problems=problems)
    offices = _read_offices(meta)
    channel = _channel(title or "", meta, body, warnings)
    proposal = Proposal(
        title=title,
        channel=channel,
        session=find_session(meta),
        number=_number(meta, title or ""),
        proposers=proposers,
        host_role=offices.role,
        background=areas.background,
        problems=areas.problems,
        asks=asks,
        host=offices.host,
        co_hosts=offices.co_hosts,
    )
    if title is None:
        warnings.append(_NO_TITLE)
    return replace(proposal, warnings=tuple(dict.fromkeys(warnings)))


def _out_of_brackets(line: str) -> list[str]:
    """Return the rows of a head in one pair of brackets: （…第0093号；提案人：…；主办单位：…）."""
    inner = _BRACKETED.fullmatch(line)
    rows = [row.strip() for row in re.split("[；;]", inner[1])] if inner else []
    labelled = sum("：" in row for row in rows)
    return rows if labelled and len(rows) > 1 else [line]


def _with_their_values(lines: list[str]) -> list[str]:
    """Return the lines of a form that was copied cell by cell, with each label above its value
    (提案人 / 林静、周海明) as one row."""
    texts = cue_list("forms", "texts", "labels")
    cells = cue_list("forms", "cells", "labels")
    end = next((n for n, line in enumerate(lines[:_FORM]) if line in texts), len(lines[:_FORM]))
    if sum(line in cells for line in lines[:end]) < _LEAST_CELLS:
        return lines
    return [row.text for row in read_rows([Paragraph(line) for line in lines[:end]])] + lines[end:]


def _without_office(lines: list[str]) -> list[str]:
    """Return the lines without what offices wrote on the form; a label alone on its line
    (审查意见) takes the line below with it."""
    kept: list[str] = []
    label = False
    for line in lines:
        if is_office_row(line):
            label = re.fullmatch(r"[^：:]+[：:]?", line) is not None
        elif label:
            label = False
        else:
            kept.append(line)
    return kept


def _is_head(line: str) -> bool:
    """Lines of the form around the text: names, numbers, offices."""
    bare = re.sub(r"\s", "", line)
    heading = len(bare) < 40 and bool(_FORM_HEADING.fullmatch(bare)) and not label_at(bare)
    if heading or _RULE.fullmatch(bare) or is_result_line(line):
        return True
    rows = ((line,), _rows(line))  # as it stands, or each of the rows on it
    return any(all(_META_LINE.match(r) or _TITLE_LABEL.fullmatch(r) for r in row) for row in rows)


def _rows(line: str) -> list[str]:
    """The rows of a form on a line (案由　关于…的提案 is 案由：…), a longer line as it is."""
    return list(split_row(line)) if len(line) < _ROW else [line]


def _find_title(lines: list[str]) -> tuple[str | None, int]:
    """Return title and index of the line behind it: 案由：… first, then a line that
    names a subject, then another short one; the heading of a form is no title."""
    rows = (row for line in lines[:14] for row in _rows(line))
    labelled = next((m for row in rows if (m := _TITLE_LABEL.fullmatch(row))), None)
    named: tuple[str, int] | None = None
    for number, line in enumerate(lines[:14]):
        bare = line.strip("《》 ")
        if _META_LINE.match(line) or _FORM_HEADING.fullmatch(re.sub(r"\s", "", line)):
            continue
        if _TITLE_LABEL.fullmatch(line) or not _TITLE_LINE.fullmatch(line):
            continue
        if _TITLE_CUE.search(bare) and (named is None or bare.startswith("关于")):
            named = (bare, number + 1)
            if bare.startswith("关于"):
                break
    if labelled:
        title = labelled.group(1).strip("《》 ")
        return title, named[1] if named and named[0] == title else 0
    return named or _plain_title(lines)


def _plain_title(lines: list[str]) -> tuple[str | None, int]:
    """A short first line above a longer text."""
    first = lines[0] if lines else ""
    fits = _TITLE_LINE.fullmatch(first) and len(lines) > 1 and len(first) < 45
    if not fits or label_at(first) or _META_LINE.match(first) or len(lines[1]) <= len(first):
        return None, 0
    return (None, 0) if _FORM_HEADING.fullmatch(re.sub(r"\s", "", first)) else (first, 1)


def _read_asks(areas: Areas, body: str, title: str | None, warnings: list[str]) -> tuple[Ask, ...]:
    text = areas.asks if areas.asks.strip() else asking_group(body)
    found, how = split_asks(text, labelled=areas.how != "none")
    if areas.how == "none":
        warnings.append(_NO_PART)
    elif how in ("sentences", "paragraphs"):
        warnings.append(_NO_NUMBERS)
    if how == "whole" or not found:
        warnings.append(_NO_ASKS)
    if not found:
        whole = text.strip() or body.strip() or title or ""
        return (make_ask(1, whole, title or ""),) if whole else ()
    return make_asks(found, title or "")


def _before_first(body: str, asks: tuple[Ask, ...]) -> str:
    at = body.find(asks[0].text) if asks else -1
    above = body[: max(at, 0)].rstrip()
    begun = _BEGUN.search(above)  # 一、 of the ask itself
    mark = read_mark(begun.group()) if begun else None
    return above[: begun.start()].rstrip() if begun and mark else above


@dataclass(frozen=True, slots=True)
class _Offices:
    """What the hand-over lines say about who answers."""

    role: HostRole | None
    host: str | None
    co_hosts: tuple[str, ...]


def _read_offices(meta: str) -> _Offices:
    """Return the 主办 unit, the units that share the work, and the part of whoever got
    the paper: a form that sets a time for the 会办意见 went to a co-host."""
    hosts = [n for p in (_HOST, _HOSTED) for m in p.finditer(meta) for n in _names(m.group(1))]
    co_hosts = [
        n
        for p in (_CO_HOST, _CO_HOST_BEHIND, _CO_HOSTED)
        for m in p.finditer(meta)
        for n in _names(m[1])
    ]
    separate = [n for m in _SEPARATE.finditer(meta) for n in _names(m.group(1))]
    others = tuple(dict.fromkeys((*co_hosts, *separate)))
    own = [n for n in dict.fromkeys(hosts) if n not in others]
    role: HostRole | None = None
    if _FOR_CO_HOST.search(meta):
        role = "会办"
    elif own:
        role = "主办"
    elif separate:
        role = "分办"
    elif co_hosts:
        role = "会办"
    return _Offices(role, "、".join(own) or None, others)


def _channel(title: str, meta: str, body: str, warnings: list[str]) -> Channel | None:
    for text in (meta, title):
        if channel := find_channel(text):
            return channel
    if re.search(r"提案人|提案者|委员", meta) or "提案" in title:
        return "cppcc"
    if re.search(r"代表|建议人", meta):
        return "npc"
    if channel := find_channel(body[:200]):
        warnings.append(_GUESSED_CHANNEL)
        return channel
    warnings.append(_NO_CHANNEL)
    return None


def _number(meta: str, title: str) -> str | None:
    if match := _NUMBER_LINE.search(meta):
        return match.group(1)
    head = "\n".join(line for line in meta.split("\n") if len(line) < 80)
    return find_number(head) or find_number(title)


def _proposers(meta: str) -> tuple[str, ...]:
    told = (_BRACKETS.sub("", m.group(1)) for m in _PROPOSER.finditer(meta))
    return tuple(dict.fromkeys(n for text in told for n in _names(text)))


def _names(text: str) -> list[str]:
    text = re.split(r"[（(]|联系|单位|电话|职务|界别", text)[0]
    names = split_names(text)
    cleaned = (re.sub(r"(?:等.{0,6}|委员|代表)$", "", name) for name in names)
    return [p for p in cleaned if len(p) > 1 and not re.search("[：:]", p)]
