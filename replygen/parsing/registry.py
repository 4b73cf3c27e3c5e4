"""A page of a registry that shows a proposal and, below it, the office's answer.

案由、正文、办法 in a form or under headings, then 办理复文 / 答复内容 / 承办单位意见 and the
reply. Both parts are read by their own readers.
"""

from __future__ import annotations

import re
from dataclasses import replace

from replygen.models import Paragraph, Proposal, Registry, Reply, Source
from replygen.parsing.form_rows import count_labels, read_rows
from replygen.parsing.letterhead import find_openness
from replygen.parsing.results import find_result_class

# 办理复文 · 答复内容： · （二）承办单位答复意见 · 三、办理复文
_ANSWER = re.compile(
    r"^\W*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?\s*)?"
    r"(?:(?:承办|主办|办理|答复)(?:单位|部门|机关)?的?|提案|建议)?"
    r"(?:办理)?(?:复文|答复(?:内容|意见|正文|全文|情况|件)?|回复内容|办复意见|单位意见|办理情况)"
    r"(?:全文|内容)?\s*(?:[：:|｜】]\s*(?P<rest>.*))?$"
)
# …答复时间：2022年8月18日 答复内容： — cells of a form that ran together
_ANSWER_BEHIND = re.compile(r"(?:办理复文|(?:办理)?答复(?:内容|意见|正文)|承办单位意见)[：:]$")
_LEAST_LABELS, _LEAST_ANSWER = 2, 30


def _find_answer(paragraphs: tuple[Paragraph, ...]) -> tuple[int, str] | None:
    """Return the place of the line under which the answer stands and what of the answer is on
    that line; ``None`` where the text is no page of a registry: the labels of a proposal's
    form must stand above it."""
    labels = 0
    for place, paragraph in enumerate(paragraphs):
        line = paragraph.text.strip()
        if labels >= _LEAST_LABELS:
            answer = _ANSWER.match(line)
            if answer or _ANSWER_BEHIND.search(line):
                rest = answer["rest"] or "" if answer else ""
                below = sum(len(p.text) for p in paragraphs[place + 1 :]) + len(rest)
                return (place, rest) if below >= _LEAST_ANSWER else None
        labels += count_labels(line)
    return None


def read_registry(source: Source) -> Registry | None:
    """Return a cleaned source as a page of a registry, ``None`` when it is none. What only one
    of its parts tells (number, session, subject) the other takes over."""
    from replygen.parsing.proposal import read_proposal
    from replygen.parsing.reply import read_reply

    answer = _find_answer(source.paragraphs)
    if answer is None:
        return None
    place, rest = answer
    above, below = source.paragraphs[:place], source.paragraphs[place + 1 :]
    if rest:
        below = (replace(source.paragraphs[place], text=rest), *below)
    form = read_rows(above)
    asked = read_proposal(replace(source, paragraphs=form, warnings=()))
    reply = read_reply(replace(source, paragraphs=below, warnings=()))
    return Registry(_fill(asked, reply), _link(reply, asked, form), source.warnings)


def _fill(proposal: Proposal, reply: Reply) -> Proposal:
    return replace(
        proposal,
        number=proposal.number or reply.number,
        session=proposal.session or reply.session,
        channel=proposal.channel or reply.channel,
        proposers=proposal.proposers or reply.addressees,
    )


def _link(reply: Reply, proposal: Proposal, form: tuple[Paragraph, ...]) -> Reply:
    subject = reply.subject or re.sub(r"的(?:提案|建议|议案)$", "", proposal.title or "") or None
    marks = [p.text for p in form]
    filled = replace(
        reply,
        title=reply.title or proposal.title,
        subject=subject,
        number=reply.number or proposal.number,
        session=reply.session or proposal.session,
        channel=reply.channel or proposal.channel,
        addressees=reply.addressees or proposal.proposers,
        issuer=reply.issuer or proposal.host,
        result_class=reply.result_class or find_result_class(marks),
        host_role=reply.host_role or proposal.host_role,
        openness=reply.openness or find_openness(marks),
    )
    told = {
        "没有找到标题": filled.title,
        "没有找到编号": filled.number,
        "没有找到届次": filled.session,
        "没有找到提案或建议的题目": filled.subject,
        "没有找到答复单位的名称": filled.issuer,
        "看不出是政协提案还是人大建议": filled.channel,
        "没有称呼，也没有写明主办、分办还是会办": filled.host_role,
    }
    warnings = tuple(w for w in reply.warnings if told.get(w) is None)
    return replace(filled, warnings=warnings)
