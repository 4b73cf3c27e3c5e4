"""The seam to lxml: XML and HTML trees from bytes, nothing fetched, no entity expanded."""

from __future__ import annotations

from typing import Any

from replygen.errors import ReadError

Element = Any  # lxml ships no types


def parse_xml(name: str, data: bytes) -> Element:
    """Return the root of an XML part of file ``name``. Raises ReadError when it is broken."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(
            name, "Word 文件里的 XML 已损坏，请用 Word 或 WPS 打开后另存为 docx"
        ) from error


def parse_html(name: str, text: str) -> Element:
    """Return the root of an HTML page. Raises ReadError when there is no element in it."""
    from lxml import etree
    from lxml import html as lxml_html

    # huge_tree: pages with unclosed <font> nest deeper than 256 and would be cut off there.
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        return lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(name, "网页里没有内容，请重新保存网页") from error
