"""The named styles that a template must hold, and which font each takes.

The names are what a clerk sees in the style list of Word or WPS. They are looked up by
name: WPS renumbers the ids of styles when it saves a template.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from replygen.models import BlockStyle

FontClass = Literal["title", "body", "kai", "hei", "song"]

# Lengths of GB/T 9704—2012 in twips (1 mm = 56.69 twips).
LINE = 579  # 28.95 pt exact: 22 lines in 225 mm (5.2.3; 29 pt gives only 21)
TIGHTEN = -5  # twips between characters: 28 characters of 16 pt in 156 mm
TEXT_WIDTH = 442.2  # points: 156 mm


@dataclass(frozen=True, slots=True)
class NamedStyle:
    """A paragraph style of the templates: name, font class, size in points, and the
    twips added between characters."""

    name: str
    font: FontClass
    size: float = 16
    tighten: int = TIGHTEN


# GB/T 9704—2012 7.3.1 (title 22 pt), 7.3.3 (levels 黑体, 楷体), 7.4.2 (cc 14 pt).
BODY = NamedStyle("公文正文", "body")
STYLES: dict[BlockStyle, NamedStyle] = {
    "class_mark": NamedStyle("办理结果", "body"),
    "doc_number": NamedStyle("发文字号", "body"),
    "signer": NamedStyle("签发人", "body"),
    "title": NamedStyle("公文标题", "title", 22, 0),
    "addressee": NamedStyle("主送", "body"),
    "heading1": NamedStyle("一级标题", "hei"),
    "heading2": NamedStyle("二级标题", "kai"),
    "body": BODY,
    "closing": BODY,
    "sign_unit": NamedStyle("落款", "body"),
    "sign_date": NamedStyle("成文日期", "body"),
    "note": NamedStyle("附注", "body"),
    "contacts": NamedStyle("联系人", "body"),
    "cc": NamedStyle("抄送", "body", 14, 0),
    "blank": BODY,
}
LETTERHEAD = NamedStyle("发文机关标志", "title", 42, 0)
RULE = NamedStyle("红线", "body", 1, 0)
PAGE_NUMBER = NamedStyle("页码", "song", 14, 0)

REQUIRED: tuple[NamedStyle, ...] = (
    *dict.fromkeys(STYLES.values()),
    LETTERHEAD,
    RULE,
    PAGE_NUMBER,
)
