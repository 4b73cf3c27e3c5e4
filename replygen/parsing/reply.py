"""A published reply, taken apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from replygen.language import split_sentences
from replygen.language.dates import find_date
from replygen.language.tense import judge_words
from replygen.models import (
    Channel,
    HostRole,
    Level,
    Measure,
    Paragraph,
    Refusal,
    Reply,
    Section,
    Source,
    Tense,
)
from replygen.parsing.clean import DAMAGE, clean_source
from replygen.parsing.contradictions import find_contradictions
from replygen.parsing.greetings import is_person_list, read_addressees
from replygen.parsing.letterhead import (
    Letterhead,
    find_doc_number,
    find_openness,
    find_signer,
    read_letterhead,
)
from replygen.parsing.measure_text import make_lead, weigh_tense
from replygen.parsing.measures import Block, split_measures
from replygen.parsing.refusals import (
    gather_refusals,
    missed_refusals,
    part_refusals,
    refuses_heading,
)
from replygen.parsing.regions import infer_region, level_of_place
from replygen.parsing.results import find_result_classes, find_result_words, find_said_class
from replygen.parsing.sections import Part, split_sections
from replygen.parsing.signoff import Signoff, part_signoff, read_signoff
from replygen.parsing.titles import (
    TitleFacts,
    clean_subject,
    find_channel,
    find_labelled_number,
    find_number,
    find_numbers_of,
    find_session,
    level_of,
    place_of,
    read_title,
)
from replygen.parsing.wording import cue_pattern

# 您提出的关于…的提案已收悉 · 您在…会议上提出的《…》的提案（第118号）收悉 · 提出的“关于…的建议”收悉
_SUBJECT = re.compile(
    r"(?:提出|提交|反映|您的|领衔提出|联名提出|转来)(?:的|了)?(?:第[^号，。]{1,14}号)?(?:提案"
    r"|建议)?"
    r"(?:《(?P<title>[^》]{4,80})》|“(?P<quoted>(?:[^“”]|“[^“”]{1,20}”){4,80})”"
    r"|(?P<plain>关于[^，。《》]{3,80}?的(?:提案|建议案?|议案|意见)))"
)
# 您《关于…》的提案收悉: what was received, whatever stands in front of it
_RECEIVED = re.compile(r"《(关于[^》]{4,80})》[^。；“]{0,24}(?:收悉|收到)")
_SUBJECT_ANYWHERE = re.compile(
    r"《(关于[^》]{4,60})》|(关于[^，。《》]{4,60}?的(?:提案|建议|议案))"
)
_UNIT_LINE = re.compile(
    r"(?:中共)?[\u4e00-\u9fff]{2,24}(?:局|厅|委|委员会|办公室|办公厅|政府|部|院|中心|公司"
    r"|联合会|银行)(?:文件)?"
)
# words to the proposer inside an answer
_ADDRESS = re.compile(r"您|你们|你(?:所?提|的(?:提案|建议))|感谢|抄送|贵(?:委|会|单位|党派)")
_LEAST_MEASURE, _RECEIPT_REST = 12, 40
_JOINT = re.compile(r"(?:会办|协办)意见|作为(?:会办|协办)单位|供(?:你|贵)(?:单位|局|委|厅|部|们)")
_SEPARATE = re.compile(r"分办单位|由我[局委厅部办]分办|作为分办|分别办理|就涉及我[局委厅部]")


def parse_reply(source: Source) -> Reply:
    """Return the reply that the source is. Every field that the text does not state is
    ``None`` or inferred, and a Chinese warning says which."""
    return read_reply(clean_source(source))


def read_reply(source: Source, *, letter: bool = True) -> Reply:
    """Return the reply in a source that was cleaned already; ``letter`` is False for an
    office's answer that has no head and no salutation."""
    kept = [p for p in source.paragraphs if p.style != "table" or len(p.text) > 1]
    paragraphs = part_signoff(kept)
    head = read_letterhead(paragraphs) if letter else Letterhead((), None, None, 0)
    texts = [p.text for p in paragraphs]
    end = read_signoff(texts, head.body)
    facts = read_title(head.title) if head.title else TitleFacts()
    body = _strip_salutation(paragraphs[head.body : end.start], head)
    return _assemble(source, head, facts, end, body)


def _assemble(
    source: Source, head: Letterhead, facts: TitleFacts, end: Signoff, body: list[Paragraph]
) -> Reply:
    warnings = list(source.warnings)
    opening = "".join(p.text for p in body[:2])[:400]
    full = "\n".join(p.text for p in body)
    marks = (*head.lines, *end.lines)
    addressees = read_addressees(head.salutation)
    issuer = facts.issuer or _unit_in(head.lines) or _unit_behind(head.title) or end.issuer
    if issuer and end.issuer and "（" in issuer:  # 财政局（金融工作办公室）: who signed
        issuer = end.issuer
    channel = _channel(facts, head, opening, warnings)
    level, region = _place(facts, issuer, full, warnings)
    sections, measures, refusals = build_sections(body, region=None)
    date = end.date or _date_in_head(head.lines)
    reply = Reply(
        title=head.title,
        channel=channel,
        level=level,
        region=region,
        host_role=_host_role(head.title or "", opening, addressees, warnings),
        session=facts.session or find_session(opening) or _session_in(head.lines),
        number=facts.number or find_labelled_number(head.lines) or _number_in(opening),
        subject=_subject(facts, head, opening),
        addressees=addressees,
        issuer=issuer,
        doc_number=find_doc_number(marks),
        signer=find_signer(marks, full[-400:]),
        result_class=_result(marks, full, warnings),
        openness=find_openness(marks),
        date=date,
        contacts=end.contacts,
        cc=end.cc,
        sections=sections,
        measures=tuple(replace(m, region=region) if region else m for m in measures),
        refusals=tuple(replace(r, region=region) if region else r for r in refusals),
    )
    warnings += map(str, find_contradictions(head.title, opening))
    if len(numbers := find_numbers_of(head.title or "")) > 1:
        warnings.append(f"标题里有{len(numbers)}个编号：{'、'.join(numbers)}，编号一栏只取第一个")
    warnings += _missing(reply, end)
    return replace(reply, warnings=tuple(dict.fromkeys(warnings)))


def build_sections(
    body: Sequence[Paragraph], *, region: str | None
) -> tuple[tuple[Section, ...], tuple[Measure, ...], tuple[Refusal, ...]]:
    """Return sections, measures and refusals of a letter's body (without head and sign-off)."""
    parts = split_sections(body)
    headed = any(p.heading for p in parts)
    headings = {p.heading for p in parts if p.heading}
    measures: list[Measure] = []
    refusals: list[Refusal] = []
    for number, part in enumerate(parts):
        following = parts[number + 1] if number + 1 < len(parts) else None
        if part.heading and not part.certain and part.role != "refused":
            part.role = "planned" if weigh_tense(part.text) == "planned" else "done"
        refuses = refuses_heading(part.heading) and not _has_children(part, following)
        if refuses or part.role == "problem":
            found = gather_refusals(part.text, part.heading or part.parent, whole=refuses)
            done: tuple[Measure, ...] = ()
        else:
            raw = _measures_of(part, following, headed=headed, region=region)
            kept = tuple(filter(None, map(_without_address, raw)))
            done, found = part_refusals(kept, headings)
            if part.role != "closing" and (part.role != "preamble" or not headed):
                heading = part.heading or part.parent
                found += missed_refusals(part.text, found, section=heading)
        if found and not done and part.role != "preamble":
            part.role = "refused"
        measures += done
        refusals += found
    return tuple(p.freeze() for p in parts), tuple(measures), tuple(refusals)


def _has_children(part: Part, following: Part | None) -> bool:
    return following is not None and bool(following.heading) and following.depth > part.depth


def _measures_of(
    part: Part, following: Part | None, *, headed: bool, region: str | None
) -> tuple[Measure, ...]:
    if part.role in ("closing", "problem") or (part.role == "preamble" and headed):
        return ()
    if _has_children(part, following) or not part.text.strip():
        return ()
    paragraphs = part.paragraphs
    if part.role == "preamble":
        receipt = cue_pattern("cues", "receipt", "patterns")
        paragraphs = list(filter(None, (_without_receipt(p, receipt) for p in paragraphs)))
    block = Block.of(paragraphs)
    headed_text = bool(part.heading) and (part.inline or part.depth > 1)
    certain = part.certain and part.role != "preamble"
    tense: Tense | None = None
    if certain:
        tense = "planned" if part.role == "planned" else "done"
    return split_measures(
        block.text,
        bold=block.bold,
        heading=part.parent if headed_text else part.heading or part.parent,
        headed=part.heading if headed_text else None,
        tense=tense,
        region=region,
    )


def _without_address(measure: Measure) -> Measure | None:
    """A measure without the sentences that speak to the proposer (您提出的…, 欢迎你们随时抽查);
    ``None`` where hardly anything is left."""
    if not _ADDRESS.search(measure.text):
        return measure
    kept = [s for s in split_sentences(measure.text) if not _ADDRESS.search(s)]
    text = "".join(kept)
    if len(text) < _LEAST_MEASURE:
        return None
    lead = measure.lead if not _ADDRESS.search(measure.lead) else make_lead(text)
    return replace(measure, text=text, lead=lead)


def _without_receipt(paragraph: Paragraph, receipt: re.Pattern[str]) -> Paragraph | None:
    """What a short paragraph says behind the receipt (现答复如下：我局已施划车位186个。), ``None``
    where that is no deed and no plan; a longer one, or one without a receipt, as it is."""
    found = list(receipt.finditer(paragraph.text))
    if not found or len(paragraph.text) - found[-1].end() >= _RECEIPT_REST:
        return paragraph
    rest = paragraph.text[found[-1].end() :].lstrip("：:，,。 ")
    told = judge_words(rest)
    if len(rest) < _LEAST_MEASURE or not (told.report or told.plan):
        return None
    shift = len(paragraph.text) - len(rest)
    bold = tuple((max(a - shift, 0), b - shift) for a, b in paragraph.bold if b > shift)
    return replace(paragraph, text=rest, bold=bold)


def _strip_salutation(body: Sequence[Paragraph], head: Letterhead) -> list[Paragraph]:
    """Take salutation and 您好！ off the line that the body begins on."""
    kept = list(body)
    if not kept:
        return kept
    text = kept[0].text
    if head.salutation and text.startswith(head.salutation):
        text = text[len(head.salutation) :].lstrip("：: ")
    text = re.sub(r"^(?:您|你们?)好[！!，。]?", "", text).strip()
    shift = len(kept[0].text) - len(text)
    bold = tuple((a - shift, b - shift) for a, b in kept[0].bold if a >= shift)
    kept[0] = replace(kept[0], text=text, bold=bold)
    return kept if text else kept[1:]


def _channel(
    facts: TitleFacts, head: Letterhead, opening: str, warnings: list[str]
) -> Channel | None:
    if facts.channel:
        return facts.channel
    if found := find_channel(opening[:160]):
        return found
    salutation = head.salutation or ""
    if re.search("委员(?:们)?[：:]?$", salutation):
        return "cppcc"
    if re.search("代表(?:们|团)?[：:]?$", salutation):
        return "npc"
    text = (head.title or "") + opening[:200]
    if "提案" in text or "建议" in text or "议案" in text:
        warnings.append("文中没有写明政协还是人大，来源按“提案”“建议”的用词推断，请核对")
        return "cppcc" if "提案" in text else "npc"
    warnings.append("看不出是政协提案还是人大建议")
    return None


def _place(
    facts: TitleFacts, issuer: str | None, body: str, warnings: list[str]
) -> tuple[Level | None, str | None]:
    named = place_of(issuer) if issuer else None
    region = named or facts.region
    level = facts.level
    if level is None and region:
        level = level_of_place(region) or level_of(region)
    if level is None and (match := re.search(r"我(省|自治区|市|州|县|区|旗|镇|乡)", body)):
        level = level_of(match.group(1))
        warnings.append(f"级别没有写明，按文中“我{match.group(1)}”推断为{level}级")
    if region is None and level != "国家":
        region = infer_region(body, level)
        if region:
            warnings.append(f"地区没有写明，按正文推断为{region}，请核对")
        else:
            warnings.append("地区没有写明，正文里也看不出")
    if level is None and region:
        level = level_of_place(region) or level_of(region)
    return level, region


def _result(marks: Sequence[str], body: str, warnings: list[str]) -> str | None:
    """The class that a mark gives, that the letter says, or that a result told in words means."""
    found = find_result_classes(marks)
    if len(found) > 1:
        warnings.append(f"办理类别前后不一致：{'、'.join(found)}，取第一处，请核对")
    if letter := next(iter(found), None) or find_said_class(body):
        return letter
    told = find_result_words(marks)
    if told is None:
        return None
    warnings.append(f"办理结果用文字写明（{told[0]}），类别按{told[1]}类推断，请核对")
    return told[1]


def _host_role(
    title: str, opening: str, addressees: Sequence[str], warnings: list[str]
) -> HostRole | None:
    if re.search(r"会办|协办", title) or _JOINT.search(opening):
        return "会办"
    if _SEPARATE.search(opening):
        return "分办"
    if is_person_list(addressees) or re.search(r"(?:您|你们?|贵)[^。]{0,20}提出|主办", opening):
        return "主办"
    if addressees:
        return "主办"
    warnings.append("没有称呼，也没有写明主办、分办还是会办")
    return None


def _subject(facts: TitleFacts, head: Letterhead, opening: str) -> str | None:
    if match := _RECEIVED.search(opening):
        return clean_subject(match.group(1))
    if match := _SUBJECT.search(opening):
        return clean_subject(match["title"] or match["quoted"] or match["plain"])
    if facts.subject:
        return facts.subject
    if match := _SUBJECT_ANYWHERE.search(opening[:260]):
        return clean_subject(match.group(1) or match.group(2))
    for line in head.lines:
        if line != head.title and (match := _SUBJECT_ANYWHERE.search(line)):
            return clean_subject(match.group(1) or match.group(2))
    return None


def _number_in(opening: str) -> str | None:
    match = re.search(r"(?:第|编号[：:]?|[（(])[^，。]{0,12}?号", opening[:200])
    return find_number(match.group()) if match else None


def _session_in(lines: Sequence[str]) -> str | None:
    """The session that a line beside the title names: 市政协六届四次会议提案第0309号."""
    return next((found for line in lines if len(line) < 60 and (found := find_session(line))), None)


def _unit_in(lines: Sequence[str]) -> str | None:
    for line in lines:
        bare = re.sub(r"\s", "", line)
        if _UNIT_LINE.fullmatch(bare) and len(bare) > 4:
            return bare.removesuffix("文件")
    return None


def _unit_behind(title: str | None) -> str | None:
    """对十四届全国人大三次会议第7409号建议的答复（国家卫健委）"""
    match = re.search(r"(?:答复|复函|的函)[（(]([\u4e00-\u9fff]{2,20})[）)]$", title or "")
    return match.group(1) if match and _UNIT_LINE.fullmatch(match.group(1)) else None


def _date_in_head(lines: Sequence[str]) -> str | None:
    for line in lines:
        if len(line) < 60 and re.search(r"成文日期|发文日期|日期|印发", line) and find_date(line):
            return find_date(line)
        if re.fullmatch(
            r"[（(]?[\d〇○零一二三四五六七八九十年月日 ]{8,14}[）)]?", line
        ) and find_date(line):
            return find_date(line)
    return None


def _missing(reply: Reply, end: Signoff) -> list[str]:
    out: list[str] = []
    if reply.title is None:
        out.append("没有找到标题")
    if reply.issuer is None:
        out.append("没有找到答复单位的名称")
    if reply.number is None:
        out.append("没有找到编号")
    if reply.session is None:
        out.append("没有找到届次")
    if reply.subject is None:
        out.append("没有找到提案或建议的题目")
    if reply.date is None:
        reason = "日期残缺，没有采用" if end.broken_date else "没有找到成文日期"
        out.append(reason)
    if not reply.measures:
        out.append("没有找到举措")
    damaged = sum(m.damaged for m in reply.measures)
    if damaged:
        out.append(f"{damaged} 条举措含有损坏的字符（{DAMAGE}），引用前请对照原件")
    return out
