"""Reading: a file becomes a :class:`replygen.models.Source`.

What a file is, is decided by its content and never by its name: a ``.docx`` that is an
old binary ``.doc``, or a ``.doc`` that is a saved web page, is read as what it is.
One module a format::

    sniff        the first bytes -> a format
    reader       one file -> one Source: formats are chosen, foreign errors end
    docx         Word 2007 and later (package: its zip, styles, numbering: the labels Word
                 generates, xml: the seam to lxml, chunks: parts of another format)
    flat         Word's document as one XML file
    sight        what a reader of the page does not see is not read (word_sight, web_sight,
                 pdf_sight, one a format)
    text         .txt and .md (encoding: bytes -> characters)
    html, mhtml  pages saved from government sites (web_tree: where the text is, web_lines: what
                 a line on a page is, web_tabs: what a click on a tab shows)
    pdf          text layers, and scans through ocr (lines: lines -> paragraphs)
    ofd          the state's page format, as pdf
    office       .doc, .wps, .rtf, .odt through LibreOffice
    damaged      bytes of no format under the name of one
    no_document  programs, lock files, licences, judgments: refused by name
    folder       folders and .zip (listing: what is there before it is read)

A file that cannot be read raises ReadError, one over a limit LimitError; a Source is
never without text.
"""

from __future__ import annotations

from replygen.reading.folder import read_all
from replygen.reading.listing import count_files, list_files, walk_files
from replygen.reading.reader import read_bytes, read_source

__all__ = ["count_files", "list_files", "read_all", "read_bytes", "read_source", "walk_files"]
