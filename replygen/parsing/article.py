"""Press articles, work summaries and plans: what one or more places did, or will do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from replygen.language.dates import find_date
from replygen.language.marks import find_chains
from replygen.models import Article, Measure, Paragraph, Section, SectionRole, Source
from replygen.parsing.clean import DAMAGE, clean_source
from replygen.parsing.measures import Block, split_measures
from replygen.parsing.regions import full_place, infer_region
from replygen.parsing.sections import Part, judge_role, split_sections
from replygen.parsing.titles import place_of

# 北京：双向联动共建共享 · 【浙江】压实平台责任 · 浙江诸暨：…
_REGION_HEADING = re.compile(
    r"(?:【([\u4e00-\u9fff]{2,12})】|([\u4e00-\u9fff]{2,12})[：:|｜])\s*(.{2,40})"
)
# （北京市市场监管局网监处）at the end of a section · 供稿：…
_CREDIT = re.compile(
    r"[（(](?:供稿[：:])?([\u4e00-\u9fff]{4,30}(?:局|处|厅|委|科|室|办|中心|分局|支队|总队|部"
    r"|院))[）)]$"
)
_TITLE_LINE = re.compile(r"[^。；！？]{4,60}")
_NO_TITLE = re.compile(r"编者按|按语|摘要|来源|作者|本报讯|.*(?:日期|时间|联系)[：:]")
_UNIT_IN_TITLE = re.compile(
    r"^((?:中共)?[\u4e00-\u9fff]{2,24}?(?:局|厅|委员会|办公室|政府|委|部|院|中心"
    r"|街道办事处))(?=关于|\d{4}|二〇|[：:]|工作"
    r"|[“《]|上半年|年度)"
)
_SIGN_UNIT = re.compile(r"[\u4e00-\u9fff]{4,26}(?:局|厅|委|委员会|办公室|政府|部|院|中心)")
_CHROME_DATE = re.compile(r"(?:日期|时间|发布|来源)[：:]?")


def parse_article(source: Source) -> Article:
    """Return the article or work summary that the source is. Where the sections report
    different places, each section and its measures carry region and issuer; a summary
    of one unit carries them as a whole."""
    return read_article(clean_source(source))


def read_article(source: Source) -> Article:
    """Return the article in a source that was cleaned already."""
    paragraphs = list(source.paragraphs)
    title, start = _read_title(paragraphs)
    date, paragraphs = _read_date(paragraphs[start:])
    warnings = list(source.warnings)
    if any(_region_heading(p) for p in paragraphs):
        sections, measures = _by_region(paragraphs)
        article = Article(title, date, sections, measures)
    else:
        article = _one_unit(title, date, paragraphs, warnings)
    if title is None:
        warnings.append("没有找到标题")
    if article.date is None:
        warnings.append("没有找到日期")
    if not article.measures:
        warnings.append("没有找到举措")
    damaged = sum(m.damaged for m in article.measures)
    if damaged:
        warnings.append(f"{damaged} 条举措含有损坏的字符（{DAMAGE}），引用前请对照原件")
    return replace(article, warnings=tuple(dict.fromkeys(warnings)))


def _by_region(
    paragraphs: Sequence[Paragraph],
) -> tuple[tuple[Section, ...], tuple[Measure, ...]]:
    sections: list[Section] = []
    measures: list[Measure] = []
    heading, region = "", None
    block: list[Paragraph] = []
    for paragraph in [*paragraphs, Paragraph("", "heading")]:
        found = _region_heading(paragraph)
        if found is None and paragraph.style != "heading":
            block.append(paragraph)
            continue
        if heading or block:
            section, own = _region_section(heading, region, block)
            sections.append(section)
            measures += own
        block = []
        if found:
            region, heading = found
    return tuple(sections), tuple(measures)


def _region_section(
    heading: str, region: str | None, block: Sequence[Paragraph]
) -> tuple[Section, tuple[Measure, ...]]:
    issuer, kept = _take_credit(block)
    role: SectionRole = "done" if heading else "preamble"
    section = Section(heading, 1, "\n".join(p.text for p in kept), role, region, issuer)
    if not heading:
        return section, ()
    measures: list[Measure] = []
    for paragraph in _merge_continuations(kept):
        single = Block.of([paragraph])
        lead = _lead_sentence(paragraph.text)
        if lead and not find_chains(paragraph.text):
            text = paragraph.text[len(lead) + 1 :]
            found = split_measures(text, heading=heading, headed=lead, region=region)
            found = tuple(replace(m, section=heading) for m in found)
        else:
            found = split_measures(single.text, bold=single.bold, heading=heading, region=region)
        measures += found
    return section, tuple(measures)


def _region_heading(paragraph: Paragraph) -> tuple[str, str] | None:
    """Return (place, heading) for a line such as 北京：双向联动共建共享."""
    match = _REGION_HEADING.fullmatch(paragraph.text.strip())
    if not match or match.group(3).endswith("。"):
        return None
    place = full_place(match.group(1) or match.group(2))
    return (place, match.group(3).strip()) if place else None


def _take_credit(block: Sequence[Paragraph]) -> tuple[str | None, list[Paragraph]]:
    kept = list(block)
    for number in range(len(kept) - 1, -1, -1):
        match = _CREDIT.search(kept[number].text)
        if match:
            text = kept[number].text[: match.start()].rstrip()
            bold = tuple(s for s in kept[number].bold if s[1] <= len(text))
            kept[number] = replace(kept[number], text=text, bold=bold)
            return match.group(1), [p for p in kept if p.text]
    return None, kept


def _lead_sentence(text: str) -> str | None:
    """Return the short sentence that heads a paragraph: 把握发展趋势，厘清平台责任。"""
    head, stop, rest = text.partition("。")
    if not stop or not 4 <= len(head) <= 32 or len(rest) < 20:
        return None
    return (
        None if re.search(r"\d|[《“：；]|^(?:下一步|此外|同时)", head) and len(head) > 24 else head
    )


def _merge_continuations(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Join a paragraph without lead sentence to the measure above it."""
    merged: list[Paragraph] = []
    for paragraph in paragraphs:
        plans = re.match(r"下一步|下阶段|今后|接下来", paragraph.text)
        if merged and not plans and not _lead_sentence(paragraph.text) and not paragraph.bold:
            above = merged[-1]
            merged[-1] = replace(above, text=above.text + "\n" + paragraph.text)
        else:
            merged.append(paragraph)
    return merged


_LOOKS_BACK = re.compile("总结|回顾|(?:完成|开展|进展|执行|落实)情况|述职")


def _one_unit(
    title: str | None, date: str | None, paragraphs: list[Paragraph], warnings: list[str]
) -> Article:
    paragraphs, signed, signed_date = _take_signature(paragraphs)
    body = "\n".join(p.text for p in paragraphs)
    match = _UNIT_IN_TITLE.match(title or "")
    issuer = match.group(1) if match else signed
    region = place_of(issuer) if issuer else None
    region = region or (place_of(title) if title else None)
    if region is None and (region := infer_region(body, None)):
        warnings.append(f"地区没有写明，按正文推断为{region}，请核对")
    parts = split_sections(paragraphs)
    plan = _is_plan(title or "")
    measures: list[Measure] = []
    headed = any(p.heading for p in parts)
    for number, part in enumerate(parts):
        following = parts[number + 1] if number + 1 < len(parts) else None
        measures += _part_measures(part, following, region, plan=plan, headed=headed)
    sections = tuple(p.freeze() for p in parts)
    return Article(title, date or signed_date, sections, tuple(measures), region, issuer)


def _is_plan(title: str) -> bool:
    """Return whether all of a paper is plans, by its title; 2025年工作总结和2026年工作打算 has
    both, and its headings say which."""
    if _LOOKS_BACK.search(title):
        return False
    return judge_role(title) == "planned" or re.search("工作要点|计划|方案", title) is not None


def _part_measures(
    part: Part, following: Part | None, region: str | None, *, plan: bool, headed: bool
) -> tuple[Measure, ...]:
    if part.role in ("closing", "problem") or (part.role == "preamble" and headed):
        return ()
    if following is not None and following.heading and following.depth > part.depth:
        return ()
    block = Block.of(part.paragraphs)
    own = part.heading if part.heading and (part.inline or part.depth > 1) else None
    planned = plan or (part.role == "planned" and part.certain)
    certain = part.certain and part.role == "done"
    return split_measures(
        block.text,
        bold=block.bold,
        heading=part.parent if own else part.heading or None,
        headed=own,
        tense="planned" if planned else "done" if certain and part.heading else None,
        region=region,
    )


def _read_title(paragraphs: Sequence[Paragraph]) -> tuple[str | None, int]:
    for number, paragraph in enumerate(paragraphs[:4]):
        text = paragraph.text.strip()
        if _region_heading(paragraph) or len(text) > 70:
            break
        following = paragraphs[number + 1].text if number + 1 < len(paragraphs) else ""
        if not _TITLE_LINE.fullmatch(text) or _NO_TITLE.match(text) or find_date(text):
            continue
        if len(following) < 60 and not following.startswith(("20", "（")) and len(text) < 8:
            continue
        return text, number + 1
    return None, 0


def _read_date(paragraphs: list[Paragraph]) -> tuple[str | None, list[Paragraph]]:
    for number, paragraph in enumerate(paragraphs[:3]):
        date = find_date(paragraph.text)
        short = len(paragraph.text) < 50 and "。" not in paragraph.text
        if date and short and (_CHROME_DATE.search(paragraph.text) or len(paragraph.text) < 22):
            return date, paragraphs[:number] + paragraphs[number + 1 :]
    return None, paragraphs


def _take_signature(
    paragraphs: list[Paragraph],
) -> tuple[list[Paragraph], str | None, str | None]:
    """Take unit and date off the end of a summary."""
    unit = date = None
    kept = list(paragraphs)
    while kept and len(kept[-1].text) < 45 and "。" not in kept[-1].text:
        text = kept[-1].text.strip()
        found = find_date(text)
        bare = re.sub(r"\s|\d{4}年\d{1,2}月\d{1,2}日", "", text)
        is_unit = bool(_SIGN_UNIT.fullmatch(bare))
        if not found and not is_unit:
            break
        date = date or found
        unit = unit or (bare if is_unit else None)
        kept.pop()
    return kept, unit, date
