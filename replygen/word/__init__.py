"""Draft -> .docx, HTML, JSON, and back.

``export_docx`` writes a draft as a public document (GB/T 9704—2012) with the source of
each sentence as a Word comment and the whole draft in a data part; ``read_docx_draft``
reads an edited file back and ``edit_docx`` makes small edits in it; ``write_clean`` and
``write_public`` make the copies that leave the house. ``draft_to_json`` and
``draft_from_json`` are exact to each other; ``draft_to_html`` is one escaped page;
``write_report`` shows what a check found, as HTML or .docx; ``render_preview`` makes
pictures of a .docx; ``comment_docx`` and ``track_docx`` write findings and corrections into
a copy, as comments and tracked changes.

::

    word · styles · template · geometry  a draft -> .docx: text, styles, letterhead, widths
    comments · confirming · spans  sources, commitments and findings as comments and runs
    provenance · reader       the draft inside the .docx, and read back after an edit
    editing · text_files      small edits in a .docx, in .txt and .md
    public                    the copies that leave the house
    page · preview            one HTML page; pictures through LibreOffice
    report · report_docx · report_head · report_parts · report_words  a check, shown
    templating                HTML and XML files from templates/, escaped
    placing                   where what is on no words belongs
    commenting · tracking · cutting  findings as comments, corrections as tracked changes
    advice                    what a finding advises, in the words of where it is read
    writing                   a finished file put in its place
"""

from replygen.word.commenting import comment_docx, texts_to_docx
from replygen.word.editing import edit_docx
from replygen.word.page import draft_to_html
from replygen.word.preview import render_pdf, render_preview
from replygen.word.provenance import draft_from_json, draft_to_json, spread_fields
from replygen.word.public import Removed, write_clean, write_public
from replygen.word.reader import read_beside, read_docx_draft
from replygen.word.report import report_to_html, write_report
from replygen.word.report_docx import write_report_docx
from replygen.word.report_head import ReportHead
from replygen.word.text_files import fix_text_file, publish_text_file
from replygen.word.tracking import track_docx
from replygen.word.word import export_docx

__all__ = [
    "Removed",
    "ReportHead",
    "comment_docx",
    "draft_from_json",
    "draft_to_html",
    "draft_to_json",
    "edit_docx",
    "export_docx",
    "fix_text_file",
    "publish_text_file",
    "read_beside",
    "read_docx_draft",
    "render_pdf",
    "render_preview",
    "report_to_html",
    "spread_fields",
    "texts_to_docx",
    "track_docx",
    "write_clean",
    "write_public",
    "write_report",
    "write_report_docx",
]
