"""A page of a registry that shows a proposal and, below it, the office's answer.

案由、正文、办法 in a form or under headings, then 办理复文 / 答复内容 / 承办单位意见 and the
reply; or a reply with the proposal as its annex. Both parts are read by their own readers.
"""

from __future__ import annotations

import re
from dataclasses import replace

from replygen.language.dates import find_date
from replygen.models import Paragraph, Proposal, Registry, Reply, Source
from replygen.parsing.form_rows import count_labels, read_rows
from replygen.parsing.letterhead import find_openness, read_letterhead
from replygen.parsing.results import find_result_class
from replygen.parsing.titles import REPLY_TITLE
from replygen.parsing.wording import cue_pattern, role_pattern

# 办理复文 · 答复内容： · （二）承办单位答复意见 · 三、办理复文
_ANSWER = re.compile(
    r"^\W*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?\s*)?"
    r"(?:(?:承办|主办|办理|答复)(?:单位|部门|机关)?的?|提案|建议)?"
    r"(?:办理)?(?:(?:复文|答复|回复|办复|办理)(?:函|书|件)?(?:内容|意见|正文|全文|原文|文本|情况|结果内容)?|单位意见)"
    r"(?:全文|内容|原文)?\s*(?P<said>[（(][^（）()。]{2,30}[）)])?"
    r"\s*(?:[：:|｜】]\s*(?P<rest>.*))?$"
)
# 会办单位意见（2024年5月12日） · 协办意见： · 分办单位答复: below the answer of the host
_JOINT_ANSWER = re.compile(
    r"^\W*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?\s*[、.．]?\s*)?"
    r"(?:会办|协办|分办)(?:单位|部门|机关)?的?"
    r"(?:办理)?(?:意见|答复|回复|复文|复函)(?:内容|正文|全文)?\s*(?:[（(][^（）()。]{2,30}[）)])?\s*(?:[：:|｜】].*)?$"
)
_RULE = re.compile(r"[—\-–=_＿·*~─━\s]{3,}")
_NO_JOINT = "会办单位的意见没有并入答复，请对照原件"
# …答复时间：2022年8月18日 答复内容： — cells of a form that ran together
_ANSWER_BEHIND = re.compile(r"(?:办理复文|(?:办理)?答复(?:内容|意见|正文)|承办单位意见)[：:]$")
_LEAST_LABELS, _LEAST_ANSWER = 2, 30
# 附：提案原文 · 附件1：建议内容 · 提案原文 below the sign-off
_ANNEX = re.compile(
    r"^(?:附\s*(?:件|录)?\s*[一1]?\s*[：:.、]?\s*)?[《“]?(?:原?(?:提案|建议|议案))(?:原文|原件|内容|正文|全文|文本)[》”]?\s*[：:]?$"
)
# 附：关于开放学校体育场馆的提案, with its text below
_ANNEX_TITLE = re.compile(
    r"^附\s*(?:件|录)?\s*[一1]?\s*[：:.、]?\s*(?P<title>《?关于.{4,60}的(?:提案|建议|议案)》?)$"
)
# 附件 on its line, the title of the proposal below it
_ANNEX_BARE = re.compile(r"^附\s*(?:件|录)?\s*[一1]?\s*[：:]?$")
_PROPOSAL_TITLE = re.compile(r"^《?关于.{4,60}的(?:提案|建议|议案)》?$")
_LEAST_ANNEX = 40
# 提案人：时雨 · 领衔代表：…
_PROPOSER_ROW = re.compile(rf"(?:提\s*案\s*(?:人|者|委员|单位)|建议人|{role_pattern()})\s*[：:\s]")
_TITLE_IN, _LEAST_PROPOSAL = 8, 40  # lines in which its head stands, characters of its text
_LONGEST_TITLE, _HEAD_LINES = 80, 6
_SHORT, _NEAR = 40, 12  # a dated line of a sign-off, and the lines in which it stands
# 答复日期：2024-11-18 · 办结时间 2024年11月18日
_DAY_ROW = re.compile(r"^(?:答复|办结|办复|回复|复文|反馈)(?:日期|时间)\s*[：:]?\s*(.+)")
# what a card says of the answer below it
_CARD_ROW = re.compile(
    r"(?:(?:主办|承办|协办|会办|办理|答复)(?:单位|部门|机关)|(?:答复|办结|办复|回复|复文|反馈)(?:日期|时间)"
    r"|办理结果|办复类别|答复类别|是否公开|公开属性)[：:]"
)


def _find_answer(paragraphs: tuple[Paragraph, ...]) -> tuple[int, str] | None:
    """Return the place of the line under which the answer stands and what of the answer is on
    that line; ``None`` where the text is no page of a registry: the labels of a proposal's
    form must stand above it."""
    labels, named = 0, _names_proposal(paragraphs)
    for place, paragraph in enumerate(paragraphs):
        line = paragraph.text.strip()
        if labels >= _LEAST_LABELS:
            answer = _ANSWER.match(line)
            if answer or _ANSWER_BEHIND.search(line):
                rest = answer["rest"] or "" if answer else ""
                below = sum(len(p.text) for p in paragraphs[place + 1 :]) + len(rest)
                return (place, rest) if below >= _LEAST_ANSWER else None
        if named and _begins_letter(paragraphs, place) and _holds_text(paragraphs[:place]):
            return place, line
        labels += count_labels(line)
    return None


def _names_proposal(paragraphs: tuple[Paragraph, ...]) -> bool:
    """Say whether the title of a proposal, or who proposes it, stands in the first lines."""
    head = (p.text.strip() for p in paragraphs[:_TITLE_IN])
    return any(_PROPOSAL_TITLE.match(line) or _PROPOSER_ROW.match(line) for line in head)


def _holds_text(above: tuple[Paragraph, ...]) -> bool:
    """Say whether more than the rows of a form stand above."""
    texts = (p.text.strip() for p in above)
    return sum(len(t) for t in texts if not count_labels(t)) >= _LEAST_PROPOSAL


def _begins_letter(paragraphs: tuple[Paragraph, ...], place: int) -> bool:
    """Say whether a letter begins on this line without any heading: a reply's title, and the
    receipt a few lines below."""
    line = paragraphs[place].text.strip()
    if not 8 <= len(line) <= _LONGEST_TITLE or not REPLY_TITLE.search(line):
        return False
    receipt = cue_pattern("cues", "receipt", "patterns")
    below = [p.text for p in paragraphs[place + 1 : place + 1 + _HEAD_LINES]]
    return not receipt.search(line) and any(map(receipt.search, below))


def read_registry(source: Source) -> Registry | None:
    """Return a cleaned source as a page of a registry, ``None`` when it is none. What only one
    of its parts tells (number, session, subject) the other takes over."""
    from replygen.parsing.proposal import read_proposal
    from replygen.parsing.reply import read_reply

    answer = _find_answer(source.paragraphs)
    if answer is None:
        return _read_annexed(source)
    place, rest = answer
    above, below = source.paragraphs[:place], source.paragraphs[place + 1 :]
    if rest:
        below = (replace(source.paragraphs[place], text=rest), *below)
    below, joint = _part_joint(below)
    below, card = _part_card(below)
    form = read_rows((*above, *card))
    of_proposal = tuple(p for p in form if not _DAY_ROW.match(p.text))
    asked = read_proposal(replace(source, paragraphs=of_proposal, warnings=()))
    head = read_letterhead(below)
    receipt = cue_pattern("cues", "receipt", "patterns")
    letter = bool(head.salutation or head.title or any(receipt.search(p.text) for p in below))
    reply = read_reply(replace(source, paragraphs=below, warnings=()), letter=letter)
    if day := _answer_day(source.paragraphs[place].text):
        form = (*form, Paragraph(f"答复日期：{day}"))
    warnings = (*source.warnings, _NO_JOINT) if joint else source.warnings
    return Registry(_fill(asked, reply), _link(reply, asked, form), warnings)


def _answer_day(line: str) -> str | None:
    """The date that the heading of the answer gives: 主办单位答复（2024年5月30日）."""
    answer = _ANSWER.match(line.strip())
    return find_date(answer["said"]) if answer and answer["said"] else None


def _part_joint(
    paragraphs: tuple[Paragraph, ...],
) -> tuple[tuple[Paragraph, ...], bool]:
    """Return the answer of the office in charge without the rules drawn on the card and what
    the offices that share the work said below it, and whether there was such."""
    kept = tuple(p for p in paragraphs if not _RULE.fullmatch(p.text.strip()))
    texts = [p.text.strip() for p in kept]
    place = next((n for n, text in enumerate(texts) if n and _JOINT_ANSWER.match(text)), None)
    return (kept, False) if place is None else (kept[:place], True)


def _part_card(
    paragraphs: tuple[Paragraph, ...],
) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Return the answer, and the rows of the card that stand below it."""
    end = len(paragraphs)
    rows = read_rows(paragraphs)
    if len(rows) != len(paragraphs):
        return paragraphs, ()
    while end and _CARD_ROW.match(rows[end - 1].text):
        end -= 1
    return paragraphs[:end], paragraphs[end:]


def _read_annexed(source: Source) -> Registry | None:
    """Return a reply whose annex is the text of its proposal."""
    from replygen.parsing.proposal import read_proposal
    from replygen.parsing.reply import read_reply

    paragraphs = source.paragraphs
    place = next((n for n, p in enumerate(paragraphs) if _opens_annex(paragraphs, n, p)), None)
    if place is None:
        return None
    below = paragraphs[place + 1 :]
    if titled := _ANNEX_TITLE.match(paragraphs[place].text.strip()):
        below = (replace(paragraphs[place], text=titled["title"]), *below)
    asked = read_proposal(replace(source, paragraphs=read_rows(below), warnings=()))
    if not asked.asks:
        return None
    reply = read_reply(replace(source, paragraphs=paragraphs[:place], warnings=()))
    return Registry(_fill(asked, reply), _link(reply, asked, ()), source.warnings)


def _opens_annex(paragraphs: tuple[Paragraph, ...], place: int, paragraph: Paragraph) -> bool:
    """Say whether the proposal's text stands below this line: a dated letter is above it."""
    line = paragraph.text.strip()
    following = paragraphs[place + 1].text.strip() if place + 1 < len(paragraphs) else ""
    headed = _ANNEX_BARE.match(line) and _PROPOSAL_TITLE.match(following)
    if not (_ANNEX.match(line) or _ANNEX_TITLE.match(line) or headed):
        return False
    above = [p.text.strip() for p in paragraphs[:place]]
    dated = any(find_date(text) and len(text) < _SHORT for text in above[-_NEAR:])
    receipt = cue_pattern("cues", "receipt", "patterns")
    below = sum(len(p.text) for p in paragraphs[place + 1 :])
    return dated and any(map(receipt.search, above)) and below >= _LEAST_ANNEX


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
    days = (find_date(m[1]) for text in marks if (m := _DAY_ROW.match(text)))
    filled = replace(
        reply,
        title=reply.title or proposal.title,
        subject=subject,
        number=reply.number or proposal.number,
        session=reply.session or proposal.session,
        channel=reply.channel or proposal.channel,
        addressees=reply.addressees or proposal.proposers,
        issuer=reply.issuer or proposal.host,
        date=reply.date or next(filter(None, days), None),
        result_class=reply.result_class or find_result_class(marks),
        host_role=reply.host_role or proposal.host_role,
        openness=reply.openness or find_openness(marks),
    )
    told = {
        "没有找到标题": filled.title,
        "没有找到成文日期": filled.date,
        "没有找到编号": filled.number,
        "没有找到届次": filled.session,
        "没有找到提案或建议的题目": filled.subject,
        "没有找到答复单位的名称": filled.issuer,
        "看不出是政协提案还是人大建议": filled.channel,
        "没有称呼，也没有写明主办、分办还是会办": filled.host_role,
    }
    warnings = tuple(w for w in reply.warnings if told.get(w) is None)
    return replace(filled, warnings=warnings)
