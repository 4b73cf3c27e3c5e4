"""The body of a reply, proposal or summary cut into sections by its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from replygen.language import split_sentences
from replygen.language.lack import drop_named_lack
from replygen.language.marks import find_chains, read_mark
from replygen.language.tense import judge_heading, judge_words, opens_plan
from replygen.models import Paragraph, Section, SectionRole
from replygen.parsing.measure_text import make_lead
from replygen.parsing.refusals import judge_refusal
from replygen.parsing.wording import cue_pattern

# 一、下一步工作 · （一）强化协同联动 · 1.设计 · 第一部分: how deep a heading stands
_DEPTHS = {"第一章": 1, "一、": 1, "（一）": 2, "1.": 3, "（1）": 4}
_LEAD_END = re.compile(r"[。：；:！\n]")
_MAX_HEADING = 60
_MAX_LEAD = 48
_MAX_BARE = 32
_MAX_ANNOUNCED = 12
# a line that is no heading, however short
_NOT_HEADING = re.compile(
    r".*(?:[。；：:，,、！？…]|[\d*]{7,}|委员|代表)$|.*(?:联系|电话|附件|抄送|抄报|签发"
    r"|年\d{1,2}月\d{1,2}日)|[\d\W]+$"
    r"|.{0,24}(?:局|厅|委员会|政府|办公室|委|部|院)$"
)


@dataclass(slots=True)
class Part:
    """A section while it is being collected; ``inline`` says that heading and text
    shared a line, ``certain`` that a heading announced the role."""

    heading: str
    depth: int
    role: SectionRole
    paragraphs: list[Paragraph] = field(default_factory=list)
    inline: bool = False
    parent: str | None = None
    certain: bool = True

    @property
    def text(self) -> str:
        """The text below the heading."""
        return "\n".join(p.text for p in self.paragraphs)

    def freeze(self, *, region: str | None = None, issuer: str | None = None) -> Section:
        """Return the section as it travels on."""
        return Section(self.heading, self.depth, self.text, self.role, region, issuer)


def split_sections(paragraphs: Sequence[Paragraph], *, letter: bool = True) -> list[Part]:
    """Return the parts of a body in order; text before the first heading is a part
    with heading "". In a letter, a 下一步 paragraph, a paragraph on open problems and
    the closing thanks begin parts of their own, for they change what the text claims.
    """
    parts = [Part("", 1, "preamble")]
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1].text if number + 1 < len(paragraphs) else ""
        found = read_heading(paragraph, following)
        if found is not None:
            parts.append(_open_part(parts, found))
        elif letter and (role := _turn(paragraph.text, parts, last=not following)):
            bare = parts[-1].heading and not parts[-1].text.strip()
            answers = role == "planned" or role == "problem" and _refuses(paragraph.text)
            if answers and bare:  # 下一步 or a refusal right below its heading
                parts[-1].role, parts[-1].certain = role, True
                parts[-1].paragraphs.append(paragraph)
                continue
            depth, above = parts[-1].depth, parts[-1].heading or parts[-1].parent
            planned = role == "planned"
            parts.append(
                Part(
                    "",
                    depth if planned else 1,
                    role,
                    [paragraph],
                    parent=above if role != "closing" else None,
                )
            )
        else:
            parts[-1].paragraphs.append(paragraph)
    return [p for p in parts if p.heading or p.paragraphs]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that was read off a paragraph, and what follows it on the line."""

    depth: int
    text: str
    rest: Paragraph | None


def read_heading(paragraph: Paragraph, following: str = "") -> Heading | None:
    """Return the heading that a paragraph is or opens with, or ``None``."""
    text = paragraph.text.strip()
    if depth := _depth(text):
        mark = read_mark(text)
        return _numbered_heading(paragraph, text, depth, mark.end if mark else 0, following)
    return _bare_heading(paragraph, text, following)


def _depth(text: str) -> int:
    """1 for 一、, 2 for （一）, 3 for 1., 4 for （1）; 0 for a line without such a number."""
    mark = read_mark(text)
    return _DEPTHS.get(mark.family, 0) if mark else 0


def _numbered_heading(
    paragraph: Paragraph, text: str, depth: int, start: int, following: str
) -> Heading | None:
    body = text[start:]
    whole = len(body) <= _MAX_HEADING and not re.search(r"[。；].", body)
    if whole and not (depth > 2 and body.endswith(("。", "；"))):
        if depth > 2 and (not following or _depth(following) == depth):
            return None
        if _is_statement(body) and _is_over(following, depth):
            return Heading(depth, make_lead(body), _tail(paragraph, start))
        return Heading(depth, body.rstrip("。：:；，"), None)
    if depth > 2:
        return None
    end = _bold_end(paragraph, start)
    lead = _LEAD_END.search(body)
    if not end and lead and lead.start() <= _MAX_LEAD:
        end = start + lead.end()
    if not end:
        return Heading(depth, make_lead(body), _tail(paragraph, start))
    return Heading(depth, text[start:end].strip(" 。：:；，"), _tail(paragraph, end))


def _bare_heading(paragraph: Paragraph, text: str, following: str) -> Heading | None:
    """A line without number: bold as a whole, or short and followed by text; 办理情况： too."""
    announced = text.rstrip("：:")
    if announced != text and len(announced) <= _MAX_ANNOUNCED and following:
        return Heading(1, announced, None) if judge_role(announced) else None
    if not 4 <= len(text) <= _MAX_BARE or _NOT_HEADING.match(text) or not following:
        return None
    bold = bool(paragraph.bold) and paragraph.bold[0][0] == 0 and paragraph.bold[-1][1] >= len(text)
    if paragraph.style == "heading" or bold:
        return Heading(1, text, None)
    if "。" in text or len(following) < 20 and _depth(following) != 2:
        return None
    return Heading(1, text, None)


def _bold_end(paragraph: Paragraph, start: int) -> int:
    for a, b in paragraph.bold:
        if a <= start and start + 3 < b < len(paragraph.text) and b - start <= _MAX_HEADING:
            return b
    return 0


def _is_statement(text: str) -> bool:
    """一、我局完成古树普查，登记建档1286株。 — a whole sentence behind the number"""
    told = judge_words(text)
    return text.endswith(("。", "；")) or "，" in text and (told.report or told.plan)


def _is_over(following: str, depth: int) -> bool:
    """Say whether nothing below a numbered line is of it: another one comes, the thanks or
    the end."""
    deeper = _depth(following)
    closing = cue_pattern("cues", "closing", "opening").match(following)
    return not following or 0 < deeper <= depth or closing is not None


def _tail(paragraph: Paragraph, start: int) -> Paragraph | None:
    text = paragraph.text[start:].lstrip(" 。：:；")
    if not text:
        return None
    shift = len(paragraph.text) - len(text)
    bold = tuple((max(a - shift, 0), b - shift) for a, b in paragraph.bold if b > shift)
    return Paragraph(text, paragraph.style, paragraph.index, bold, paragraph.page)


def _open_part(parts: Sequence[Part], found: Heading) -> Part:
    above = next((p for p in reversed(parts) if p.heading and p.depth < found.depth), None)
    role = judge_role(found.text)
    if role is None and above is not None and above.certain:
        role = above.role
    body = [found.rest] if found.rest else []
    parent = above.heading if above else None
    return Part(
        found.text, found.depth, role or "done", body, bool(found.rest), parent, role is not None
    )


def judge_role(heading: str) -> SectionRole | None:
    """Return what a heading announces: done, planned or problem; ``None`` if it only
    names a subject (关于加大政府监管力度方面)."""
    told = judge_heading(heading)
    if told is not None:
        return "planned" if told == "plan" else "done"
    return "problem" if cue_pattern("cues", "problem", "heading").search(heading) else None


def _refuses(text: str) -> bool:
    return any(judge_refusal(sentence) for sentence in split_sentences(text))


def _turn(text: str, parts: Sequence[Part], *, last: bool) -> SectionRole | None:
    """Say which part an unheaded paragraph of a letter begins, if any."""
    current = parts[-1]
    begins = len(parts) == 1 and not parts[0].text.strip()  # 非常感谢您的关注。您提出的…收悉
    receipt = begins or cue_pattern("cues", "receipt", "patterns").search(text)
    closing = cue_pattern("cues", "closing", "opening").match(text)
    if closing and len(text) < 260 and not receipt:
        return "closing"
    if current.role == "planned":
        return None
    if opens_plan(text.removeprefix("为此，")):
        return "planned"
    before_plans = current.heading and re.match(r"当前，|目前，|但是|然而|同时也|由于", text)
    if before_plans and cue_pattern("cues", "problem", "words").search(drop_named_lack(text)):
        return None if find_chains(text) else "problem"
    return None
