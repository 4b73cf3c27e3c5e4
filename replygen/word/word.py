"""Write a draft as a .docx (GB/T 9704—2012: 信函格式 10.1, or 文件格式)."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.models import Block, Draft, Finding, Reference
from replygen.settings import Profile, resource
from replygen.word.comments import AUTHOR, SOURCE_AUTHOR, describe_finding, describe_source
from replygen.word.geometry import balance_title, place_signature, skip_lines
from replygen.word.provenance import attach_draft
from replygen.word.spans import Piece, split_block
from replygen.word.styles import STYLES, NamedStyle
from replygen.word.template import Paper, font_name, open_template, set_fonts
from replygen.word.writing import repack, write_whole

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_RED = "FF0000"
_MARKS = ("class_mark", "doc_number", "signer")
# Space above, in lines: title two below the element over it, 主送 one (7.3.1, 7.3.2);
# two above the unit leave room for the seal (7.3.5.1: within one line of the text).
_LINES_ABOVE = {"title": 2, "addressee": 1, "sign_unit": 2}
_SHOWN = ("slot.open", "promise.unconfirmed")  # findings that show themselves
_AFTER_FRAME = ("w:widowControl", "w:pBdr", "w:spacing", "w:ind", "w:jc", "w:rPr")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def export_docx(
    draft: Draft,
    path: Path,
    *,
    profile: Profile,
    paper: Paper = "letter",
    findings: Sequence[Finding] = (),
    comments: bool = True,
) -> Path:
    """Return ``path``, where the draft now lies as a .docx: one body paragraph for each
    of ``draft.blocks``, in order; the letterhead is the first page's header.

    With ``comments`` open slots are yellow, commitments to confirm turquoise, other places
    that block red, and each sentence that is not of the form and each finding (``block``,
    ``warn``) has a comment; without it the copy is clean. The draft itself lies in a data
    part (``read_docx_draft``).
    Raises ExportError where the file cannot be written, TemplateError for a template
    that was edited wrongly."""
    document = open_template(resource("templates", f"{paper}.docx"), paper, profile)
    by_block = _place_findings(draft, findings) if comments else {}
    references = {r.id: r for r in draft.references}
    for number, block in enumerate(draft.blocks):
        paragraph = _add_paragraph(document, draft, number, paper)
        found = by_block.get(number, [])
        pieces = split_block(block, found, cuts=[_find_name(block)])
        runs = _add_runs(paragraph, block, pieces, profile, marked=comments)
        if comments:
            _comment_sentences(document, block, runs, references)
            _comment_findings(document, paragraph, found, runs)
    _set_properties(document, draft, profile)
    attach_draft(document, draft)
    buffer = io.BytesIO()
    document.save(buffer)
    return write_whole(path, repack(buffer.getvalue()))


def _place_findings(draft: Draft, findings: Sequence[Finding]) -> Mapping[int, list[Finding]]:
    """The findings to show, by block; one without a place goes to the title. An open
    slot and a commitment to confirm show themselves: they are yellow and turquoise."""
    blocks = draft.blocks
    title = next((n for n, b in enumerate(blocks) if b.style == "title"), 0)
    placed: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.severity == "note" or finding.rule in _SHOWN:
            continue
        where = finding.where
        inside = where is not None and 0 <= where.paragraph < len(blocks)
        placed[where.paragraph if where is not None and inside else title].append(finding)
    return placed


def _add_paragraph(document: Document, draft: Draft, number: int, paper: Paper) -> Paragraph:
    """Append the paragraph of a block with its style and what the style cannot know."""
    from docx.shared import Twips

    blocks = draft.blocks
    block = blocks[number]
    paragraph = document.add_paragraph(style=STYLES[block.style].name)
    look = paragraph.paragraph_format
    _copy_frame(paragraph)
    above = _LINES_ABOVE.get(block.style, 0)
    blanks = _count_blanks(blocks, number)
    if above and blanks:
        look.space_before = Twips(skip_lines(above, blanks))
    if block.style == "title" and (indent := balance_title(block.text)):
        look.left_indent = look.right_indent = Twips(indent)
    if block.style in ("sign_unit", "sign_date"):
        _place_signature(paragraph, blocks, number)
    if block.style == "closing" or _leads_to_signature(blocks, number):
        look.keep_with_next = True
    if paper == "document" and _ends_marks(blocks, number):
        _draw_red_rule(paragraph)
    return paragraph


def _copy_frame(paragraph: Paragraph) -> None:
    """Give the paragraph the frame of its style: LibreOffice heeds only direct ones."""
    from copy import deepcopy

    from docx.oxml.ns import qn

    assert paragraph.style is not None
    frame = paragraph.style.element.find(f"{qn('w:pPr')}/{qn('w:framePr')}")
    if frame is not None:
        paragraph._p.get_or_add_pPr().insert_element_before(deepcopy(frame), *_AFTER_FRAME)


def _leads_to_signature(blocks: Sequence[Block], number: int) -> bool:
    """True for the blank lines above the signature: it never stands on a page without text
    (GB/T 9704—2012 7.3.5.5)."""
    rest = (block.style for block in blocks[number:] if block.style != "blank")
    return blocks[number].style == "blank" and next(rest, None) == "sign_unit"


def _count_blanks(blocks: Sequence[Block], number: int) -> int:
    count = 0
    while count < number and not blocks[number - 1 - count].text:
        count += 1
    return count


def _place_signature(paragraph: Paragraph, blocks: Sequence[Block], number: int) -> None:
    """Set the right indent of unit or date; each unit is centred over the next date."""
    from docx.oxml.ns import qn
    from docx.shared import Twips

    is_unit = blocks[number].style == "sign_unit"
    other = "sign_date" if is_unit else "sign_unit"
    rest = blocks[number + 1 :] if is_unit else blocks[:number][::-1]
    partner = next((b.text for b in rest if b.style == other), "")
    unit, date = (blocks[number].text, partner) if is_unit else (partner, blocks[number].text)
    if not unit or not date:
        return
    unit_right, date_right = place_signature(unit, date)
    paragraph.paragraph_format.right_indent = Twips(unit_right if is_unit else date_right)
    indents = paragraph._p.get_or_add_pPr().get_or_add_ind()
    # A style's rightChars would win over the paragraph's right (ECMA-376 17.3.1.12).
    indents.set(qn("w:rightChars"), "400" if not is_unit and date_right == 1280 else "0")


def _ends_marks(blocks: Sequence[Block], number: int) -> bool:
    """Whether the red rule stands under this block: the last of 文号 and 签发人 (7.2.7)."""
    return blocks[number].style in ("doc_number", "signer") and not any(
        b.style in _MARKS for b in blocks[number + 1 :]
    )


def _draw_red_rule(paragraph: Paragraph) -> None:
    """Draw the rule of 文件格式: 156 mm wide, 4 mm below the 文号. Of these 4 mm (11.3 pt)
    the exact line already has 4.4 under the characters."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "7"), ("color", _RED)):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    properties = paragraph._p.get_or_add_pPr()
    later = ("w:spacing", "w:ind", "w:jc", "w:rPr")
    properties.insert_element_before(borders, *later)


def _add_runs(
    paragraph: Paragraph,
    block: Block,
    pieces: Sequence[Piece],
    profile: Profile,
    *,
    marked: bool,
) -> list[tuple[Piece, Run]]:
    """Append a run for each piece; return them in pairs."""
    text, style = block.text, STYLES[block.style]
    name_from = _find_name(block)
    runs = []
    for piece in pieces:
        run = paragraph.add_run(_NOT_XML.sub("\ufffd", text[piece.start : piece.end]))
        in_kai = piece.start >= name_from
        font = profile.fonts.kai if in_kai else font_name(profile.fonts, style)
        asked = marked and block.sentences[piece.sentence].confirmed is False
        _dress_run(run, piece, style, font, marked=marked, asked=asked)
        runs.append((piece, run))
    return runs


def _find_name(block: Block) -> int:
    """Where the name after 签发人： begins, which stands in 楷体 (7.2.6); the text's end in
    any other block."""
    at = block.text.find("：") if block.style == "signer" else -1
    return at + 1 if at >= 0 else len(block.text)


def _dress_run(
    run: Run, piece: Piece, style: NamedStyle, font: str, *, marked: bool, asked: bool
) -> None:
    """Give a run its fonts with the hint, without which Word draws “ ” — … half width
    (STANDARDS 4.3), and its marks."""
    from docx.enum.text import WD_COLOR_INDEX
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    set_fonts(fonts, font)
    fonts.set(qn("w:hint"), "eastAsia")
    if piece.bold and style.font == "body":
        run.font.bold = True
    if marked and piece.slot:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    elif asked:
        run.font.highlight_color = WD_COLOR_INDEX.TURQUOISE
    if not piece.slot and any(f.severity == "block" and f.where for f in piece.findings):
        run.font.color.rgb = RGBColor.from_string(_RED)


def _comment_sentences(
    document: Document,
    block: Block,
    runs: Sequence[tuple[Piece, Run]],
    references: Mapping[str, Reference],
) -> None:
    for number, sentence in enumerate(block.sentences):
        text = describe_source(sentence, references)
        own = [run for piece, run in runs if piece.sentence == number]
        if text and own:
            _add_comment(document, own, text, SOURCE_AUTHOR)


def _comment_findings(
    document: Document,
    paragraph: Paragraph,
    findings: Sequence[Finding],
    runs: Sequence[tuple[Piece, Run]],
) -> None:
    for finding in findings:
        own = [run for piece, run in runs if finding in piece.findings]
        _add_comment(document, own or [paragraph.add_run()], describe_finding(finding), AUTHOR)


def _add_comment(document: Document, runs: list[Run], text: str, author: str) -> None:
    clean = _NOT_XML.sub("\ufffd", text)
    document.add_comment(runs, text=clean, author=author, initials="rg")


def _set_properties(document: Document, draft: Draft, profile: Profile) -> None:
    now = datetime.now(timezone.utc).replace(microsecond=0, tzinfo=None)
    properties = document.core_properties
    properties.title = _NOT_XML.sub("", draft.title)[:255]
    properties.author = properties.last_modified_by = profile.name[:255]
    properties.language = "zh-CN"
    properties.created = properties.modified = now
