"""The short topic of an ask: it must fit 关于…方面."""

from __future__ import annotations

import re

from replygen.parsing.numbering import find_marks
from replygen.parsing.wording import cue_pattern

TOPIC_LIMIT = 24
# 省委省政府 · 省财政厅等有关部门: who is asked, not what for
_ONLY_A_BODY = re.compile(
    r"(?!.*(?:明确|建立|加强|完善|设立|成立|推动|出台|落实|理顺|确定|划))"
    r"(?:希望|建议|请)?[^，]{0,20}(?:政府|部门|委|局|厅|单位|各地|公安部|机关)"
)
_STOP = re.compile(r"[。；：！？\n]")


def make_topic(text: str) -> str:
    """Return the lead phrase of an ask in at most 24 characters, without 建议, 应, 要
    or 进一步 at its opening."""
    first = _STOP.split(_strip_number(text.strip()), maxsplit=1)[0].strip()
    first = _strip_opening(first)
    if len(first) <= TOPIC_LIMIT:
        return first.strip(" ，、") or text[:TOPIC_LIMIT]
    clauses = [c for c in re.split(r"[，,]", first) if c.strip()]
    while len(clauses) > 1 and _names_nothing(clauses[0]):
        clauses = clauses[1:]
    clause = _strip_opening(clauses[0].strip()) if clauses else first
    if len(clauses) > 1 and len(clause) + len(clauses[1]) < TOPIC_LIMIT and len(clause) < 12:
        return f"{clause}，{clauses[1].strip()}"
    if len(clause) <= TOPIC_LIMIT:
        return clause
    return _cut(clause)


def _strip_number(text: str) -> str:
    mark = next(iter(find_marks(text[:12])), None)
    return text[mark.end :].lstrip() if mark and mark.start == 0 else text


def _strip_opening(text: str) -> str:
    pattern = cue_pattern("proposal", "topic", "drop")
    for _ in range(4):
        match = pattern.match(text)
        if not match or not match.end() or len(text) - match.end() < 4:
            break
        text = text[match.end() :].lstrip(" ，,：:")
    return text


def _names_nothing(clause: str) -> bool:
    """A clause of time, place or reason in front of what is asked."""
    return (
        bool(
            re.match(
                r"(?:针对|鉴于|由于|根据|按照|随着|为了?|围绕|依据|借鉴|在|从|对|近年|目前"
                r"|当前|因此|所以|通过|考虑到)",
                clause,
            )
        )
        or len(clause) < 4
        or bool(_ONLY_A_BODY.fullmatch(clause))
    )


def _cut(clause: str) -> str:
    """Cut a long clause at the last joint before the limit."""
    head = clause[:TOPIC_LIMIT]
    for joint in ("、", "和", "与", "并", "的"):
        at = head.rfind(joint)
        if at >= 8:
            return head[:at]
    return head
