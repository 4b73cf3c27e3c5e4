"""Draft -> .docx, HTML, JSON, and back.

``export_docx`` writes a draft as a public document (GB/T 9704—2012) with the source of
each sentence as a Word comment and the whole draft in a data part; ``read_docx_draft``
reads an edited file back and ``edit_docx`` makes small edits in it; ``write_clean`` and
``write_public`` make the copies that leave the house. ``draft_to_json`` and
``draft_from_json`` are exact to each other; ``draft_to_html`` is one escaped page;
``write_report`` shows what a check found, as HTML or .docx; ``render_preview`` makes
pictures of a .docx.
"""

from replygen.export.editing import edit_docx
from replygen.export.page import draft_to_html
from replygen.export.preview import render_pdf, render_preview
from replygen.export.provenance import draft_from_json, draft_to_json
from replygen.export.public import Removed, write_clean, write_public
from replygen.export.reader import read_beside, read_docx_draft
from replygen.export.report import report_to_html, write_report
from replygen.export.report_docx import write_report_docx
from replygen.export.text_files import fix_text_file, publish_text_file
from replygen.export.word import export_docx
from replygen.export.writing import ExportError

__all__ = [
    "ExportError",
    "Removed",
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
    "write_clean",
    "write_public",
    "write_report",
    "write_report_docx",
]
