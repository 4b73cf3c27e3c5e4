"""The class mark against the text; channel, session and number against the proposal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from replygen.checking.checked_draft import CheckedDraft, make_finding
from replygen.language.pairs import make_pairs
from replygen.language.slots import drop_slots
from replygen.language.tables import read_toml
from replygen.models import Channel, Finding, Paragraph
from replygen.parsing.contradictions import Contradiction, find_contradictions
from replygen.parsing.letterhead import read_letterhead
from replygen.parsing.results import locate_mark
from replygen.parsing.titles import clean_subject, find_session
from replygen.settings import resource

_PREFIX = re.compile(r"^[\s　]*(?:办理结果|办理类别|答复类别|办复类别)\s*[：:]")
# 2026年底前, 6月底前, 年内, 三个月内, 第四季度
_DEADLINE = re.compile(
    r"\d{4}年(?:\d{1,2}月|底|末|上半年|下半年|[一二三四]季度)?|\d{1,2}月(?:底|份|前|\d)|年(?:底|内|末)|[一二三四]季度|[上下]半年|[一二三四五六七八九十\d]+个?(?:工作日|月|年)内"
)
# 2026年11月20日, 二〇二六年十一月二十日 alone on its line
_DATE_LINE = re.compile(
    r"^\s*[\d〇○零一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月[^月]{1,4}日\s*$"
)
_REASON = re.compile(
    r"由于|因为|因[^此而]{1,20}(?:限|未|不|暂)|限于|受.{1,20}(?:限制|制约|影响)|鉴于|尚无|没有.{0,12}(?:依据|权限|职能)|无.{0,10}(?:权限|依据)|暂不|不具备|不属于|条件(?:不|尚不)|政策(?:不|尚不)|按照.{2,30}(?:规定|要求).{0,10}不|难以|不宜|不得"
)
_HEADER_LINES = 12
_SHORT = 30  # characters of a paragraph that is no part of the body
# 下一步，我局已建成…
_NEXT_BUT_DONE = re.compile(
    r"(?:下一步|下步|今后)[^。；]{0,60}?(已(?:经)?(?:建成|完成|印发|出台|开展|建立|制定|实现|投入))"
)
# 市政协五届三次会议, 市第十七届人民代表大会第三次会议, 政协云川市第五届委员会第三次会议
_SESSION = re.compile(
    r"(?:第)?([一二三四五六七八九十]{1,4})届(?:[\u4e00-\u9fff]{0,12}?)(?:第)?([一二三四五六七八九十]{1,3})次(?:会议|全会)"
)
# 您在五届三次会议上提出的《…》收悉
_RECEIVED = re.compile(r"(?:提出|提交)的[^《》。；]{0,16}《([^《》]{4,80})》")
_FEW = 4  # pairs of characters; a shorter subject is not compared
_ALIKE = 0.25  # share of the shorter subject's pairs that the other has where both are one
# 第0126号提案, 第 118 号建议
_NUMBER = re.compile(r"第\s*([A-Za-z]*\d{1,8}(?:-\d+)?)\s*号")


@lru_cache(maxsize=1)
def _schemes() -> dict[str, Any]:
    return read_toml(resource("templates", "schemes.toml"))


def check_classes(case: CheckedDraft) -> Iterator[Finding]:
    """Yield ``class.*`` (the mark against the text, under the unit's scheme) and
    ``form.channel``, ``form.session``, ``form.number`` (against the proposal; where it does
    not tell, title against receipt sentence), ``form.title`` (block: another proposal's).

    Source: STANDARDS §2.4 (schemes; the checks are a design decision, confidence low), §3
    rows 24 and 27.
    """
    yield from _check_mark(case)
    yield from _check_next_steps(case)
    yield from _check_channel(case)
    yield from _check_session(case)
    yield from _check_title(case)
    yield from _check_own_words(case)


# ── the mark ───────────────────────────────────────────────────────────────


def _check_mark(case: CheckedDraft) -> Iterator[Finding]:
    found = _find_mark(case)
    co_host = case.proposal is not None and case.proposal.host_role == "会办"
    if found is None:
        slot = any(_PREFIX.match(t) for t in case.paragraphs)
        if not slot and not co_host:
            yield make_finding(
                "class.missing",
                "note",
                None,
                "没有标办理类别",
                "按本地方案在首页右上角标明（如“办理结果：A”）",
            )
        return
    number, start, end, mark = found
    place = (number, start, end, case.paragraphs[number][start:end])
    if co_host:
        yield make_finding(
            "class.co_host", "note", place, "会办意见一般不标办理类别", "删去类别标记"
        )
        return
    yield from _fit_mark(case, mark, place)


def _check_next_steps(case: CheckedDraft) -> Iterator[Finding]:
    """下一步，已建成…: a plan that is told as done (EXAMPLE, 不可接受)."""
    for part in case.parts:
        match = _NEXT_BUT_DONE.match(part.text.strip())
        if match:
            start = part.text.index(match.group(1)) + part.start
            yield make_finding(
                "class.tense",
                "warn",
                (part.number, start, start + len(match.group(1)), match.group(1)),
                f"“下一步”里写了“{match.group(1)}”",
                "已做的写到前面，这里只写拟做的",
            )


def _find_mark(case: CheckedDraft) -> tuple[int, int, int, str] | None:
    last = len(case.paragraphs) - 1
    for number, text in enumerate(case.paragraphs):
        if _HEADER_LINES <= number <= last - 8:
            continue
        if mark := locate_mark(text):
            return number, *mark
    return None


def _fit_mark(case: CheckedDraft, mark: str, place: tuple[int, int, int, str]) -> Iterator[Finding]:
    name, scheme = _scheme(case)
    marks = {m.removesuffix("类"): m for m in scheme["marks"]}
    if mark not in marks:
        yield make_finding(
            "class.unknown",
            "warn",
            place,
            f"办理类别“{mark}”不在{scheme['title']}方案（{name}）里",
            f"可选：{'、'.join(scheme['marks'])}",
        )
        return
    body = drop_slots("\n".join(_body(case)))
    full, meaning = marks[mark], scheme["marks"][marks[mark]]
    told = [p for p in case.parts if len(case.paragraphs[p.number].strip()) > _SHORT]
    future, done = any(p.planned for p in told), any(p.done for p in told)
    if full not in scheme["future"] and future and not done:
        yield make_finding(
            "class.tense",
            "warn",
            place,
            f"标“{full}”（{meaning}），正文却只有拟做的事",
            "写明已经解决的情况，或改标类别",
        )
    if full in scheme["deadline"] and not _DEADLINE.search(_planned(case)):
        yield make_finding(
            "class.deadline",
            "warn",
            place,
            f"标“{full}”（{meaning}），正文没有写时限",
            "写明计划完成的时间",
        )
    if full in scheme["reason"] and not _REASON.search(body):
        yield make_finding(
            "class.reason",
            "warn",
            place,
            f"标“{full}”（{meaning}），正文没有说明原因",
            "说明受什么政策、条件限制",
        )


def _scheme(case: CheckedDraft) -> tuple[str, dict[str, Any]]:
    table = _schemes()
    name = case.profile.scheme or table["defaults"][_channel(case) or "cppcc"]
    if name not in table["schemes"]:
        name = table["defaults"]["cppcc"]
    return name, table["schemes"][name]


def _body(case: CheckedDraft) -> list[str]:
    return [t for t in case.paragraphs if len(t.strip()) > _SHORT]


def _planned(case: CheckedDraft) -> str:
    """Return what is planned. The date under the signature is no time to be done by."""
    return "".join(p.text for p in case.parts if p.planned and not _DATE_LINE.match(p.text))


# ── channel, session, number ───────────────────────────────────────────────


def _channel(case: CheckedDraft) -> Channel | None:
    if case.proposal is not None and case.proposal.channel:
        return case.proposal.channel
    head = "".join(case.paragraphs[:_HEADER_LINES])
    if "政协" in head:
        return "cppcc"
    return "npc" if "人大" in head or "人民代表大会" in head else None


def _check_channel(case: CheckedDraft) -> Iterator[Finding]:
    """提案 goes with 委员, 建议 with 代表 (STANDARDS §3 row 27)."""
    channel = _channel(case)
    if channel is None:
        return
    title = (case.proposal.title or "") if case.proposal else ""
    wrong = (
        re.compile(
            r"(?<!人大)代表(?:您|们)?(?=[：:])|第[\w-]{1,10}号建议|(?:您|你们)提出的建议案?收悉"
        )
        if channel == "cppcc"
        else re.compile(r"委员(?=[：:])|第[\w-]{1,10}号提案|提案委员会")
    )
    right = "提案、委员" if channel == "cppcc" else "建议、代表"
    body = "政协" if channel == "cppcc" else "人大"
    for number, text in enumerate(case.paragraphs):
        for match in wrong.finditer(text):
            if match.group() in title:
                continue
            severity = "note" if channel == "cppcc" and "建议" in match.group() else "warn"
            yield make_finding(
                "form.channel",
                severity,  # type: ignore[arg-type]
                (number, *match.span(), match.group()),
                f"这是{body}渠道的件，“{match.group()}”用语不一致（应为{right}）",
                f"统一用“{right}”",
            )


def _check_session(case: CheckedDraft) -> Iterator[Finding]:
    proposal = case.proposal
    if proposal is None:
        return
    head = [
        (n, t)
        for n, t in enumerate(case.paragraphs)
        if n < _HEADER_LINES + 4 and re.search(r"提案|建议|议案|会议", t)
    ]
    asked = find_session(proposal.session or "") or proposal.session
    for number, text in head:
        for match in _SESSION.finditer(text):
            session = f"{match.group(1)}届{match.group(2)}次"
            if asked and session != asked:
                yield make_finding(
                    "form.session",
                    "warn",
                    (number, *match.span(), match.group()),
                    f"届次“{session}”与提案（{asked}）不一致",
                    f"改为{asked}会议",
                )
        for match in _NUMBER.finditer(text):
            if proposal.number and match.group(1) != proposal.number and _is_ours(text, match):
                yield make_finding(
                    "form.number",
                    "warn",
                    (number, *match.span(), match.group()),
                    f"编号“{match.group()}”与提案（第{proposal.number}号）不一致",
                    f"改为第{proposal.number}号",
                )


def _check_title(case: CheckedDraft) -> Iterator[Finding]:
    """The receipt sentence names another proposal: the wrong one was taken up."""
    title = (case.proposal.title or "") if case.proposal is not None else ""
    wanted = make_pairs(clean_subject(title) or title)
    if len(wanted) < _FEW:
        return
    for number, text in enumerate(case.paragraphs[: _HEADER_LINES + 4]):
        for match in _RECEIVED.finditer(text):
            named = make_pairs(clean_subject(match[1]) or match[1])
            least = min(len(named), len(wanted))
            if least >= _FEW and len(named & wanted) < _ALIKE * least:
                yield make_finding(
                    "form.title",
                    "block",
                    (number, *match.span(1), match[1]),
                    f"信里答的是《{match[1]}》，与提案《{title}》不是同一件",
                    "看是不是拿错了提案；没有拿错的，照提案改题目",
                )


def _check_own_words(case: CheckedDraft) -> Iterator[Finding]:
    """Title and receipt sentence that name different sessions or numbers."""
    lines = [(n, text) for n, text in enumerate(case.paragraphs) if text.strip()]
    head = read_letterhead([Paragraph(text, index=n) for n, text in lines])
    opening = lines[head.body : head.body + 2]
    for found in find_contradictions(head.title, "".join(text for _, text in opening)):
        known = case.proposal and (
            case.proposal.session if found.what == "届次" else case.proposal.number
        )
        if not known:
            yield make_finding(
                "form.session" if found.what == "届次" else "form.number",
                "warn",
                _place_of(found, opening),
                str(found),
                "按交办单核对后改为一致",
            )


def _place_of(
    found: Contradiction, opening: list[tuple[int, str]]
) -> tuple[int, int, int, str] | None:
    """Where the body says it: its very words, else its first paragraph."""
    for number, text in opening:
        if (start := text.find(found.body)) >= 0:
            return number, start, start + len(found.body), found.body
    number, text = opening[0]
    return number, 0, len(text), text


def _is_ours(text: str, match: re.Match[str]) -> bool:
    """The number of the proposal itself stands before 提案, 建议 or in brackets."""
    after, before = (
        text[match.end() : match.end() + 4],
        text[max(0, match.start() - 1) : match.start()],
    )
    return after.startswith(("提案", "建议", "代表建议", "议案")) or before in ("（", "(")
