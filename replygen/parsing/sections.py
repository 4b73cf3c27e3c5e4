"""The body of a reply, proposal or summary cut into sections by its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from replygen.models import Paragraph, Section, SectionRole
from replygen.parsing.numbering import find_chains
from replygen.parsing.wording import cue_pattern

_CN = "一二三四五六七八九十"
# 一、下一步工作 · （一）强化协同联动 · 1.设计 · 第一部分
_NUMBERED: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"[{_CN}]{{1,3}}[、.．]\s*|第[{_CN}]部分[：:、 ]?")),
    (2, re.compile(rf"[（(][{_CN}]{{1,3}}[)）][、.．]?\s*")),
    (3, re.compile(r"\d{1,2}[、.．](?!\d)\s*")),
    (4, re.compile(r"[（(]\d{1,2}[)）]\s*")),
)
_LEAD_END = re.compile(r"[。：；:！\n]")
_MAX_HEADING = 60
_MAX_LEAD = 48
_MAX_BARE = 32
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
            parts.append(Part("", parts[-1].depth if role == "planned" else 1, role, [paragraph]))
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
    for depth, pattern in _NUMBERED:
        if match := pattern.match(text):
            return _numbered_heading(paragraph, text, depth, match.end(), following)
    return _bare_heading(paragraph, text, following)


def _numbered_heading(
    paragraph: Paragraph, text: str, depth: int, start: int, following: str
) -> Heading | None:
    body = text[start:]
    whole = len(body) <= _MAX_HEADING and not re.search(r"[。；].", body)
    if whole and not (depth > 2 and body.endswith(("。", "；"))):
        if depth > 2 and (not following or _NUMBERED[depth - 1][1].match(following)):
            return None
        return Heading(depth, body.rstrip("。：:；，"), None)
    if depth > 2:
        return None
    end = _bold_end(paragraph, start)
    lead = _LEAD_END.search(body)
    if not end and lead and lead.start() <= _MAX_LEAD:
        end = start + lead.end()
    if not end:
        return Heading(depth, _first_clause(body), _tail(paragraph, start))
    return Heading(depth, text[start:end].strip(" 。：:；，"), _tail(paragraph, end))


def _bare_heading(paragraph: Paragraph, text: str, following: str) -> Heading | None:
    """A line without number: bold as a whole, or short and followed by text."""
    if not 4 <= len(text) <= _MAX_BARE or _NOT_HEADING.match(text) or not following:
        return None
    bold = bool(paragraph.bold) and paragraph.bold[0][0] == 0 and paragraph.bold[-1][1] >= len(text)
    if paragraph.style == "heading" or bold:
        return Heading(1, text, None)
    if "。" in text or len(following) < 20 and not _NUMBERED[1][1].match(following):
        return None
    return Heading(1, text, None)


def _bold_end(paragraph: Paragraph, start: int) -> int:
    for a, b in paragraph.bold:
        if a <= start and start + 3 < b < len(paragraph.text) and b - start <= _MAX_HEADING:
            return b
    return 0


def _first_clause(text: str) -> str:
    return re.split(r"[，。；：]", text, maxsplit=1)[0][:30]


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
    if cue_pattern("cues", "planned", "heading").search(heading):
        return "planned"
    if cue_pattern("cues", "done", "heading").search(heading):
        return "done"
    return "problem" if cue_pattern("cues", "problem", "heading").search(heading) else None


def _turn(text: str, parts: Sequence[Part], *, last: bool) -> SectionRole | None:
    """Say which part an unheaded paragraph of a letter begins, if any."""
    current = parts[-1]
    if cue_pattern("cues", "closing", "opening").match(text) and len(text) < 260:
        return "closing"
    if current.role == "planned":
        return None
    if re.match(r"(?:为此，)?(?:下一步|下步|下一阶段|下阶段|今后|接下来|后续|未来)", text):
        return "planned"
    before_plans = current.heading and re.match(r"当前，|目前，|但是|然而|同时也|由于", text)
    if before_plans and cue_pattern("cues", "problem", "words").search(text):
        return None if find_chains(text) else "problem"
    return None
