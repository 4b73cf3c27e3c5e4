"""The check report as a .docx, to be filed with the draft: the same parts as the HTML page,
in the fonts that Word and WPS have, with the text as the last part and its marks in colour.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.checking import Comparison, tell_states
from replygen.models import CheckReport, EdgeText, Finding, Severity
from replygen.word.advice import advise
from replygen.word.report_head import NO_HEAD, RECORD_HEADS, ReportHead, tell_standing
from replygen.word.report_words import (
    MARKS,
    ORDER,
    SEVERITIES,
    STATES,
    VERDICTS,
    family_of,
    find_copied,
    shorten,
    tell_answered,
)
from replygen.word.spans import cut_at_findings, cut_at_runs
from replygen.word.template import set_fonts
from replygen.word.writing import repack, write_whole

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

_BODY, _HEAD = "宋体", "黑体"
_COLOURS: dict[Severity, str] = {"block": "C00000", "warn": "9A5B00", "note": "1F4E79"}
_GOOD = "2E6B2E"
_FILLS = {"block": "FBE3E1", "warn": "FFF1D6", "note": "E6EEF7", "same": "FFE9A8"}
_LOOKS = {"yes": "E3F1E3", "half": "FFF1D6", "no": "FBE3E1"}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_COLUMNS = 14  # paragraphs that the matrix has room for on a page of A4


def write_report_docx(
    report: CheckReport,
    paragraphs: Sequence[str],
    path: Path,
    *,
    title: str = "核查报告",
    comparisons: Sequence[Comparison] = (),
    head: ReportHead = NO_HEAD,
) -> Path:
    """Return ``path``, where the report now lies as a .docx: what the paper is and the reviewer
    said of it (``head``), summary, what was not checked,
    ask × paragraph matrix, findings by severity, citations with the cited article, draft and
    precedents side by side, the text with marked places. Raises ExportError."""
    from docx import Document as new_document
    from docx.shared import Cm, Pt

    document = new_document()
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    set_fonts(normal.element.get_or_add_rPr().get_or_add_rFonts(), _BODY)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(2.2))
    document.core_properties.title = _clean(title)
    document.core_properties.author = _clean(head.remark.by) if head.remark else "replygen"
    told = (advise(f, "report") for f in report.findings)
    findings = sorted(told, key=lambda f: ORDER[f.severity])
    _write_head(document, report, title, head)
    _write_counts(document, report, findings, find_copied(report, comparisons))
    _write_matrix(document, report, len(paragraphs))
    _write_findings(document, "发现的问题", findings)
    if head.settled:
        _write_findings(document, "审核后放过的", [advise(f, "report") for f in head.settled])
    _write_citations(document, report)
    _write_comparisons(document, report, comparisons, paragraphs)
    _write_records(document, head)
    _write_text(document, paragraphs, findings)
    _say(document, f"审核记录{head.mark}。" if head.mark else "", colour="808080")
    _say(document, "由 replygen 生成；核查只提示，请审核人定夺。", colour="808080")
    stream = io.BytesIO()
    document.save(stream)
    return write_whole(path, repack(stream.getvalue()))


# ── parts ──────────────────────────────────────────────────────────────────


def _write_head(document: Document, report: CheckReport, title: str, head: ReportHead) -> None:
    _title(document, title, 18)
    for word, severity in tell_standing(report, head):
        colour = _COLOURS[severity] if severity else _GOOD
        _say(document, word, colour=colour, bold=True, size=14)
    if not head.rows:
        return
    table = _table(document, head.rows[0], widths=(2.6, 14.0))
    for name, value in head.rows[1:]:
        for cell, text in zip(_add_row(table), (name, value), strict=True):
            _fill(cell, text)


def _write_counts(
    document: Document, report: CheckReport, findings: Sequence[Finding], copied: str | None
) -> None:
    counts = [f"{SEVERITIES[s]} {sum(f.severity == s for f in findings)} 处" for s in ORDER]
    if report.coverage:
        counts.append(" ".join(reversed(tell_answered(report))))
    if copied is not None:
        counts.append(f"与{copied}相同 {report.copied.ratio:.0%}")
    valid = sum(c.verdict == "valid" for c in report.citations)
    counts.append(f"引用有效 {valid}/{len(report.citations)}")
    _say(document, "　".join(counts))
    if report.not_run:
        _title(document, "没有做的核查")
        for name in report.not_run:
            _say(document, f"· {name}")


def _write_matrix(document: Document, report: CheckReport, count: int) -> None:
    _title(document, "逐条答复")
    if not report.coverage:
        _say(document, "没有给出提案，或提案里没有认出具体建议。")
        return
    columns = sorted({n for row in report.coverage for n in row.paragraphs if n < count})
    shown = columns[:_MOST_COLUMNS]
    heads = ("建议（列号是段落）", "情况", *(str(n + 1) for n in shown))
    table = _table(document, heads, widths=(5.6, 2.2, *[min(1.0, 8.8 / len(shown))] * len(shown)))
    for row, state in zip(report.coverage, tell_states(report), strict=True):
        look, word = STATES[state]
        cells = _add_row(table)
        _fill(cells[0], f"{row.ask.order}. {row.ask.topic}")
        _fill(cells[1], word, fill=_LOOKS[look])
        for cell, number in zip(cells[2:], shown, strict=True):
            inside = number in row.paragraphs
            _fill(cell, MARKS[look] if inside else "", fill=_LOOKS[look] if inside else None)
    if len(columns) > len(shown):
        _say(document, f"另有 {len(columns) - len(shown)} 段没有列出，见正文。")


def _write_findings(document: Document, title: str, findings: Sequence[Finding]) -> None:
    _title(document, title)
    if not findings:
        _say(document, "没有。")
        return
    table = _table(document, ("程度", "位置", "问题", "建议"), widths=(2.2, 3.8, 6.2, 4.4))
    for finding in findings:
        where = finding.where
        place = "全文" if where is None else f"{where.place}　{shorten(where.text)}"
        cells = _add_row(table)
        name = f"{SEVERITIES[finding.severity]}\n{family_of(finding.rule)}"
        _fill(cells[0], name, fill=_FILLS[finding.severity], colour=_COLOURS[finding.severity])
        _fill(cells[1], place)
        _fill(cells[2], finding.message)
        _fill(cells[3], finding.suggestion or "")


def _write_citations(document: Document, report: CheckReport) -> None:
    _title(document, "引用的法规")
    if not report.citations:
        _say(document, "没有。")
        return
    table = _table(document, ("位置", "引用", "判断", "说明、条文"), widths=(1.6, 4.6, 2.4, 8.0))
    for citation in report.citations:
        word, severity = VERDICTS[citation.verdict]
        cells = _add_row(table)
        _fill(cells[0], f"第 {citation.paragraph + 1} 段")
        _fill(cells[1], citation.text)
        _fill(cells[2], word, fill=_FILLS[severity] if severity else _LOOKS["yes"])
        _fill(cells[3], citation.note or "")


def _write_comparisons(
    document: Document,
    report: CheckReport,
    comparisons: Sequence[Comparison],
    paragraphs: Sequence[str],
) -> None:
    _title(document, "与先例对照")
    copied = report.copied
    if copied.source is None:
        _say(document, "没有发现。")
    else:
        share = f"与{copied.source}相同的文字占 {copied.ratio:.0%}，最长一处 {copied.longest} 字。"
        _say(document, share)
    if not comparisons:
        return
    table = _table(document, ("本稿", "先例"), widths=(8.3, 8.3))
    for number in dict.fromkeys(c.paragraph for c in comparisons):
        beside = [c for c in comparisons if c.paragraph == number]
        left, right = _add_row(table)
        runs = [span for c in beside for span in c.here]
        _fill(left, f"第 {number + 1} 段")
        _mark_same(left.add_paragraph(), paragraphs[number], runs)
        for position, comparison in enumerate(beside):
            source = f"{comparison.source}　相同 {comparison.share:.0%}"
            _fill(right, source) if position == 0 else _run(right.add_paragraph(), source)
            _mark_same(right.add_paragraph(), comparison.text, comparison.there)


def _write_records(document: Document, head: ReportHead) -> None:
    if not head.records:
        return
    _title(document, "这份答复的审核记录")
    table = _table(document, RECORD_HEADS, widths=(2.6, 2.0, 2.0, 4.6, 5.4))
    for record in head.records:
        for cell, text in zip(_add_row(table), record, strict=True):
            _fill(cell, text)


def _write_text(document: Document, paragraphs: Sequence[str], findings: Sequence[Finding]) -> None:
    _title(document, "正文")
    for number, text in enumerate(paragraphs):
        if isinstance(text, EdgeText):
            continue
        paragraph = document.add_paragraph()
        _run(paragraph, f"{number + 1}　", colour="808080")
        here = [f for f in findings if f.where is not None and f.where.paragraph == number]
        for piece, over in cut_at_findings(text, here):
            worst = min((f.severity for f in over), key=lambda s: ORDER[s], default=None)
            fill = _FILLS[worst] if worst else None
            _run(paragraph, piece, fill=fill, colour=_COLOURS[worst] if worst else None)


# ── writing ────────────────────────────────────────────────────────────────


def _title(document: Document, text: str, size: float = 13) -> None:
    paragraph = document.add_heading(level=1 if size > 13 else 2)
    _run(paragraph, text, size=size, font=_HEAD, colour="000000")


def _say(
    document: Document, text: str, *, colour: str | None = None, bold: bool = False, size: float = 0
) -> None:
    _run(document.add_paragraph(), text, colour=colour, bold=bold, size=size)


def _table(document: Document, heads: Sequence[str], widths: Sequence[float] = ()) -> Table:
    from docx.shared import Cm

    table: Table = document.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    table.autofit = not widths
    for column, width in zip(table.columns, widths, strict=False):
        column.width = Cm(width)
        column.cells[0].width = Cm(width)
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        _fill(cell, head, fill="F2F2F2", bold=True)
    _repeat_head(table)
    return table


def _add_row(table: Table) -> tuple[_Cell, ...]:
    """The cells of a new row, that stays on one page (ECMA-376 Part 1, 17.4.6)."""
    from docx.oxml.parser import OxmlElement

    row = table.add_row()  # type: ignore[no-untyped-call]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return tuple(row.cells)


def _repeat_head(table: Table) -> None:
    """The first row stands on every page (ECMA-376 Part 1, 17.4.49)."""
    from docx.oxml.parser import OxmlElement

    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _fill(
    cell: _Cell,
    text: str,
    *,
    fill: str | None = None,
    colour: str | None = None,
    bold: bool = False,
) -> None:
    _run(cell.paragraphs[0], text, colour=colour, bold=bold, size=9.5)
    if fill:
        _shade(cell._tc.get_or_add_tcPr(), fill)


def _mark_same(paragraph: Paragraph, text: str, spans: Sequence[tuple[int, int]]) -> None:
    for piece, same in cut_at_runs(text, spans):
        _run(paragraph, piece, fill=_FILLS["same"] if same else None, size=9.5)


def _run(
    paragraph: Paragraph,
    text: str,
    *,
    colour: str | None = None,
    fill: str | None = None,
    bold: bool = False,
    size: float = 0,
    font: str = _BODY,
) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(_clean(text))
    set_fonts(run._r.get_or_add_rPr().get_or_add_rFonts(), font)
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    if fill:
        _shade(run._r.get_or_add_rPr(), fill)


def _shade(properties: object, fill: str) -> None:
    """Shading, not highlighting: WPS and Word print it pale."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", fill)):
        shade.set(qn(name), value)
    properties.append(shade)  # type: ignore[attr-defined]


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
