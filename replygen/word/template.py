"""Open a .docx template: fill its letterhead, check its styles, set the unit's fonts."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from replygen.errors import TemplateError
from replygen.settings import Fonts, Profile
from replygen.word.geometry import fit_letterhead
from replygen.word.styles import LETTERHEAD, REQUIRED, FontClass, NamedStyle

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

Paper = Literal["letter", "document"]

_RESET = ("w:szCs", "w:spacing", "w:w")
# Upper edge of the letterhead in mm from the page's edge and its largest size in points:
# a letter's at 30 mm (10.1); a document's 35 mm below the text area (7.2.4), whose top is
# at 37 mm. The size is left to the unit („以醒目庄重为原则“).
_LETTERHEADS: dict[Paper, tuple[float, float]] = {"letter": (30, 42), "document": (72, 48)}


def open_template(path: Path, paper: Paper, profile: Profile) -> Document:
    """Return the template at ``path`` with its variables filled, its specimen paragraphs
    removed and its fonts those of the profile. Raises TemplateError for a file that is no
    .docx, for variables that nobody fills (all are named) and for missing styles."""
    document = _fill(path, _context(profile))
    present = {style.name for style in document.styles}
    missing = [s.name for s in REQUIRED if s.name not in present]
    if missing:
        raise TemplateError(
            f"{path}：模板缺少样式 {'、'.join(missing)}，请在 Word 或 WPS 里补上同名的段落样式，"
            "或运行 python tools/make_templates.py 重新生成"
        )
    body = document.element.body
    for child in list(body):
        if not child.tag.endswith("}sectPr"):
            body.remove(child)
    for style in REQUIRED:
        fonts = document.styles[style.name].element.get_or_add_rPr().get_or_add_rFonts()
        set_fonts(fonts, font_name(profile.fonts, style))
    _fit_letterheads(document, paper, profile.fonts)
    return document


def font_name(fonts: Fonts, style: NamedStyle) -> str:
    """Return the profile's font for a style."""
    names: dict[FontClass, str] = {
        "title": fonts.title,
        "body": fonts.body,
        "kai": fonts.kai,
        "hei": fonts.hei,
        "song": fonts.song,
    }
    return names[style.font]


def set_fonts(element: object, name: str) -> None:
    """Set a w:rFonts to one font for all scripts and drop its theme fonts, which Word
    would prefer (STANDARDS 4.3)."""
    from docx.oxml.ns import qn
    from docx.oxml.xmlchemy import BaseOxmlElement

    assert isinstance(element, BaseOxmlElement)
    for attribute in list(element.attrib):
        if "heme" in str(attribute):
            del element.attrib[attribute]
    for slot in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        element.set(qn(slot), name)


def _context(profile: Profile) -> dict[str, object]:
    """What a template may name in {{ }}."""
    first = profile.contacts[0] if profile.contacts else None
    return {
        "unit_name": profile.name or "【单位全称】",
        "unit_short": profile.short,
        "region": profile.region,
        "province": profile.province,
        "function": profile.function,
        "signer": profile.signer,
        "contact_name": first.name or "" if first else "",
        "contact_phone": first.phone or "" if first else "",
    }


def _fill(path: Path, context: Mapping[str, object]) -> Document:
    """Render the template with docxtpl; a variable that is not there is an error."""
    from zipfile import BadZipFile

    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate
    from jinja2 import Environment, StrictUndefined
    from jinja2.exceptions import TemplateError as JinjaError

    environment = Environment(undefined=StrictUndefined, autoescape=True)
    try:
        data = path.read_bytes()
        template = DocxTemplate(io.BytesIO(data))
        missing = template.get_undeclared_template_variables(environment, dict(context))
        if missing:
            raise TemplateError(
                f"{path}：模板里的变量 {'、'.join(sorted(missing))} 没有值，请改用 "
                f"{'、'.join(context)}"
            )
        template.render(dict(context), environment)
        filled = io.BytesIO()
        template.save(filled)
    except OSError as error:
        raise TemplateError(f"{path}：打不开模板（{error.strerror}），请检查路径") from error
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise TemplateError(f"{path}：模板不是 .docx，请用 Word 或 WPS 另存为 .docx") from error
    except JinjaError as error:
        raise TemplateError(f"{path}：模板里的 {{{{ }}}} 写法有误（{error}）") from error
    # Opened anew: docxtpl puts rendered headers where python-docx does not see them.
    return docx.Document(filled)


def _fit_letterheads(document: Document, paper: Paper, fonts: Fonts) -> None:
    """Set each paragraph in style 发文机关标志 of the first page's header on one line."""
    top, largest = _LETTERHEADS[paper]
    for paragraph in document.sections[0].first_page_header.paragraphs:
        if paragraph.style is not None and paragraph.style.name == LETTERHEAD.name:
            _fit_letterhead(paragraph, top, largest, font_name(fonts, LETTERHEAD))


def _fit_letterhead(paragraph: Paragraph, top: float, largest: float, font: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    head = fit_letterhead(paragraph.text, top=top, largest=largest)
    paragraph.paragraph_format.line_spacing = Pt(head.line)
    paragraph.paragraph_format.space_before = Pt(head.before)
    for border in paragraph._p.iter(qn("w:bottom")):
        border.set(qn("w:space"), str(head.gap))
    for run in paragraph.runs:
        properties = run._r.get_or_add_rPr()
        set_fonts(properties.get_or_add_rFonts(), font)
        run.font.size = Pt(head.size)
        for old in [e for name in _RESET for e in properties.findall(qn(name))]:
            properties.remove(old)
        _insert(properties, "w:szCs", str(round(head.size * 2)), after=("w:sz",))
        if head.scale < 100:
            _insert(properties, "w:w", str(head.scale), after=("w:color", "w:rFonts"))
        if head.spread:
            _insert(properties, "w:spacing", str(head.spread), after=("w:color", "w:rFonts"))


def _insert(properties: object, tag: str, value: str, *, after: tuple[str, ...]) -> None:
    """Insert ``tag`` behind the first of ``after`` that is there, where the schema of
    w:rPr wants it."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.oxml.xmlchemy import BaseOxmlElement

    assert isinstance(properties, BaseOxmlElement)
    element = OxmlElement(tag)
    element.set(qn("w:val"), value)
    anchor = next(a for name in after if (a := properties.find(qn(name))) is not None)
    anchor.addnext(element)
