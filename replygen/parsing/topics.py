"""The short topic of an ask: it must fit 关于…方面."""

from __future__ import annotations

import re
from collections.abc import Iterator

from replygen.parsing.numbering import find_marks
from replygen.parsing.wording import cue_pattern

TOPIC_LIMIT = 24
_LEAST = 6
# 省委省政府 · 省财政厅等有关部门 · 省工信厅牵头、龙头企业参与: who is asked, not what for
_ONLY_A_BODY = re.compile(
    r"(?!.*(?:明确|建立|加强|完善|设立|成立|推动|出台|落实|理顺|确定|划))"
    r"(?:希望|建议|请)?[^，]{0,20}(?:政府|部门|委|局|厅|单位|各地|公安部|机关)(?:牵头|带头|负责)?"
    r"(?:、[^，]{2,16}(?:参与|配合))?"
)
# 对此类问题 · 对于公共部门的停车位: names what is spoken of, asks nothing yet
_ONLY_A_MATTER = re.compile(r"对于?[^，]{0,24}(?:方面|问题|来说|而言|情况|现象|单位|企业|者|位|店)")
_STOP = re.compile(r"[。；：！？\n]")
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))
# what a topic may not end with; 参与, 行为, 方向, 平等 … are words of their own
_LOOSE_END = re.compile(
    r"(?:(?<!目)的|(?<![参给])与|(?<![平调共])和|以?及其?|(?<![合兼])并|(?<![平同高初中])等"
    r"|(?<![存现内])在|(?<![应面针])对|将|把|(?<![自理])由|(?<![行作成])为|(?<![方倾导意])向|从"
    r"|了|(?<![供适对呼响])应|(?<![需重主])要|一定|相应|相关|更多|必要|[、，“《（—-])+$"
)
# a clause that says what for
_PURPOSE = re.compile(
    r"要求|确保|保证|避免|防止|以便|从而|使|让|方便(?!快)|报|最终|做到|以(?=[减便提保促满适解])"
)
_BRACKET_TAIL = re.compile(r"（[^（）]{1,20}）$")


def make_topic(text: str) -> str:
    """Return the lead phrase of an ask in at most 24 characters, without 建议, 应, 要
    or 进一步 at its opening, its quotation marks in pairs, cut at a joint of the phrase."""
    for first in _sentences(_strip_number(text.strip())):
        first = _strip_opening(first.strip())
        if len(first) >= 4:
            return _shorten(first)
    return text.strip()[:TOPIC_LIMIT]


def _sentences(text: str) -> Iterator[str]:
    """The pieces in front of each stop; 线下：完善指引系统 gives the second piece first,
    for a heading of two or three characters names nothing."""
    pieces = [p for p in _STOP.split(text) if p.strip()]
    if len(pieces) > 1 and len(pieces[0].strip()) < 4:
        pieces = pieces[1:] + pieces[:1]
    yield from pieces


def _shorten(first: str) -> str:
    clauses = [c.strip() for c in re.split(r"[，,]", first) if c.strip()]
    clauses = _before_text(clauses)
    while len(clauses) > 1 and _names_nothing(clauses[0]):
        clauses = clauses[1:]
        clauses[0] = _strip_opening(clauses[0])
    aims = (n for n, c in enumerate(clauses) if n and _PURPOSE.match(c))
    clauses = clauses[: next(aims, len(clauses))]
    whole = "，".join(clauses)
    if len(whole) <= TOPIC_LIMIT and _is_paired(whole):
        return _finish(whole)
    clause = _strip_opening(clauses[0])
    if len(clauses) > 1 and len(clause) < 12 and len(clause) + len(clauses[1]) < TOPIC_LIMIT:
        both = f"{clause}，{clauses[1]}"
        if _is_paired(both):
            return _finish(both)
    if len(clauses) > 1 and len(clause) < 6:
        # 多措并举，…: a slogan names nothing without what follows
        rest = _finish(_cut(_strip_opening(clauses[1])))
        joined = f"{clause}，{rest}"
        return joined if len(joined) <= TOPIC_LIMIT else rest
    if len(clause) <= TOPIC_LIMIT and _is_paired(clause):
        return _finish(clause)
    return _finish(_cut(clause))


def _before_text(clauses: list[str]) -> list[str]:
    """Take off what certainly is the text behind a heading: …力度一是利用…, …建设建设…"""
    for number, clause in enumerate(clauses):
        sure = cue_pattern("proposal", "topic", "text_begins").search(clause, _LEAST)
        again = re.search(r"([\u4e00-\u9fff]{2,})(?=\1)", clause[_LEAST - 2 :])
        ends = [sure.start()] if sure else []
        ends += [again.end() + _LEAST - 2] if again else []
        end = min(ends, default=0)
        if end and _is_paired(clause[:end]):
            head = clause[:end]
            return [*clauses[:number], head[: _run_in(head)] if _run_in(head) else head]
    return clauses


def _finish(topic: str) -> str:
    topic = _LOOSE_END.sub("", topic.strip(" ，、")) or topic
    return topic if _is_paired(topic) else re.sub(r"[“”《》（）]", "", topic)


def _is_paired(text: str) -> bool:
    return all(text.count(left) == text.count(right) for left, right in _PAIRS)


def _strip_number(text: str) -> str:
    mark = next(iter(find_marks(text[:12])), None)
    return text[mark.end :].lstrip() if mark and mark.start == 0 else text


def _strip_opening(text: str) -> str:
    pattern = cue_pattern("proposal", "topic", "drop")
    for _ in range(5):
        match = pattern.match(text)
        if not match or not match.end() or len(text) - match.end() < 4:
            break
        text = text[match.end() :].lstrip(" ，,：:")
    return text


def _names_nothing(clause: str) -> bool:
    """A clause of time, place or reason in front of what is asked."""
    return (
        bool(cue_pattern("proposal", "topic", "circumstance").match(clause))
        or len(clause) < 4
        or bool(_ONLY_A_MATTER.fullmatch(clause))
        or bool(_ONLY_A_BODY.fullmatch(clause))
    )


def _cut(clause: str) -> str:
    """Cut a long clause: where a heading ran into its text, behind a phrase of place at
    its front, else at a joint."""
    place = re.match(
        r"[在对于从][^，]{4,26}?(?:地区|范围内|过程中|机构内|单位内|领域|区域)", clause
    )
    if place and 4 <= len(clause) - place.end() <= TOPIC_LIMIT:
        return clause[place.end() :].lstrip("的")
    for end in (_run_in(clause), *_joints(clause)):
        if _LEAST <= end <= TOPIC_LIMIT and _is_paired(clause[:end]):
            return clause[:end]
    head = _BRACKET_TAIL.sub("", clause[:TOPIC_LIMIT])
    for left, right in _PAIRS:
        if head.count(left) > head.count(right) and head.rfind(left) >= _LEAST:
            head = head[: head.rfind(left)]
    return head


def _run_in(clause: str) -> int:
    """Where the text begins behind a heading that lost its full stop: 完善人才库目前…,
    or where the heading's own words come again; 0 when it does not show."""
    ends = [m.start() for m in cue_pattern("proposal", "topic", "run_in").finditer(clause)]
    ends = [end for end in ends if end >= _LEAST + 2]
    for length in (2, 3, 4, 5):
        for start in range(0, 1 if length == 2 else TOPIC_LIMIT - length):
            again = clause.find(clause[start : start + length], start + length)
            if again >= _LEAST + 2 and not re.search(r"[“”《》]", clause[start : start + length]):
                goes_on = re.match(r"[应要是可有作需不]", clause[again + length :])
                ends += [again] if length > 3 or start == 0 or goes_on else []
    return min(ends, default=0)


def _joints(clause: str) -> list[int]:
    """Ends of the clause's parts, the best first: before a phrase of place or means, at
    a joint of a list, before 的 of a long attribute."""
    before = [m.start() for m in cue_pattern("proposal", "topic", "before").finditer(clause)]
    lists = [m.start() for m in re.finditer(r"、|以及|[和与及并](?!网|行|轨|购|联|时)", clause)]
    found = [n for n in before if n >= 10] + [n for n in lists if n >= 10]
    found = sorted((n for n in found if n <= TOPIC_LIMIT), reverse=True)
    if re.match(r"[将把对使让]|.{0,6}(?:有|等)", clause):
        return found
    return [
        *found,
        *(m.start() for m in re.finditer("的", clause[: TOPIC_LIMIT + 1]) if m.start() > 9),
    ]
