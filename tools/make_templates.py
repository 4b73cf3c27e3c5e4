"""Write templates/letter.docx and templates/document.docx.

The two files hold what GB/T 9704—2012 fixes (page, styles, letterhead, rules, page
numbers) and can be edited in Word or WPS afterwards; the text of a draft replaces the
specimen paragraphs. Run ``python tools/make_templates.py``; the bytes are the same every
time.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from replygen.settings import Fonts  # noqa: E402
from replygen.word.styles import (  # noqa: E402
    LETTERHEAD,
    LINE,
    PAGE_NUMBER,
    RULE,
    STYLES,
    NamedStyle,
)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NS = f'xmlns:w="{W}" xmlns:r="{R}"'
RED = "FF0000"
INDENT = '<w:ind w:firstLineChars="200" w:firstLine="630"/>'


def exact(line: int, before: int = 0) -> str:
    """Return the w:spacing of an exact line, in twips."""
    return f'<w:spacing w:before="{before}" w:after="0" w:line="{line}" w:lineRule="exact"/>'


def border(side: str, eighths: int, space: int = 0, color: str = RED) -> str:
    """Return one paragraph border; ``eighths`` of a point wide, ``space`` points away."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{color}"/>'


# How each style looks: (before spacing, spacing, indents, justification, outline level).
# 公文标题 two lines under the last element above it (7.3.1, 10.1), 主送 one line under
# the title (7.3.2), 成文日期 four characters from the right (7.3.5.1).
def paragraph_looks(paper: str) -> dict[str, tuple[str, str, str, str, str]]:
    """Return, by style name, the parts of w:pPr in schema order."""
    document = paper == "document"
    keep = "<w:keepNext/><w:keepLines/>"
    together = "<w:keepNext/>"  # the sign-off stays on one page with the closing sentence
    rules = cc_rules() if document else ""
    mark = CLASS_MARK_FRAME if document else ""
    number = (exact(LINE, 2 * LINE), "center") if document else (exact(LINE), "right")
    return {
        "公文正文": ("", exact(LINE), INDENT, "both", ""),
        "办理结果": (mark, exact(LINE), "", "right", ""),
        "发文字号": ("", number[0], "", number[1], ""),
        "签发人": ("", exact(LINE), '<w:ind w:right="320"/>' if document else "", "right", ""),
        "公文标题": (keep, exact(660, 2 * LINE), "", "center", ""),
        "主送": ("", exact(LINE, LINE), "", "left", ""),
        "一级标题": ("<w:keepNext/>", exact(LINE), INDENT, "both", "0"),
        "二级标题": ("<w:keepNext/>", exact(LINE), INDENT, "both", "1"),
        "落款": (keep, exact(LINE, 2 * LINE), "", "right", ""),
        "成文日期": (
            together,
            exact(LINE),
            '<w:ind w:rightChars="400" w:right="1280"/>',
            "right",
            "",
        ),
        "附注": (together, exact(LINE), INDENT, "both", ""),
        "联系人": (together, exact(LINE), INDENT, "both", ""),
        "抄送": (
            "<w:keepLines/>" + CC_FRAME + rules,
            exact(500),
            '<w:ind w:left="1120" w:right="280" w:hanging="840"/>',
            "both",
            "",
        ),
    }


# 办理结果 of 文件格式: the upper right corner of the first page (STANDARDS 2.4). A frame is a
# paragraph property, so the text stays an ordinary paragraph of the body.
CLASS_MARK_FRAME = (
    '<w:framePr w:wrap="around" w:vAnchor="page" w:hAnchor="margin" w:xAlign="right" w:y="2098"/>'
)


# 版记 stands at the foot of the last page (7.4, 10.1): a frame there, as wide as the text.
CC_FRAME = (
    '<w:framePr w:w="8845" w:vSpace="289" w:wrap="notBeside" w:vAnchor="margin" w:hAnchor="margin"'
    ' w:xAlign="left" w:yAlign="bottom"/>'
)


def cc_rules() -> str:
    """Return the rules of the 版记 (7.4.1: 0.35 mm outside, 0.25 mm between). White side
    borders 14 pt away carry the rules from the indented text out to the margins (LibreOffice moves
    the text of a frame in by these 14 pt instead; Word and WPS do not)."""
    side = 'w:val="single" w:sz="2" w:space="14" w:color="FFFFFF"'
    return (
        f"<w:pBdr>{border('top', 8, 1, '000000')}<w:left {side}/>"
        f"{border('bottom', 8, 1, '000000')}<w:right {side}/>"
        f"{border('between', 6, 1, '000000')}</w:pBdr>"
    )


def run_look(style: NamedStyle, *, color: str = "") -> str:
    """Return the w:rPr of a style, with the default fonts (a profile's replace them)."""
    font = getattr(Fonts(), style.font)
    size = int(style.size * 2)
    return (
        f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
        + (f'<w:color w:val="{color}"/>' if color else "")
        + (f'<w:spacing w:val="{style.tighten}"/>' if style.tighten else "")
        + f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )


def style_xml(ident: str, style: NamedStyle, look: tuple[str, str, str, str, str]) -> str:
    """Return one w:style; its w:pPr is in schema order."""
    before, spacing, indents, justify, outline = look
    keep, _, rest = before.partition("<w:pBdr>")
    borders = f"<w:pBdr>{rest}" if rest else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{ident}">'
        f'<w:name w:val="{style.name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f'<w:pPr>{keep}<w:widowControl w:val="0"/>{borders}'
        f'<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:adjustRightInd w:val="0"/>'
        f'<w:snapToGrid w:val="0"/>{spacing}{indents}<w:jc w:val="{justify}"/>'
        + (f'<w:outlineLvl w:val="{outline}"/>' if outline else "")
        + "</w:pPr>"
        + run_look(style, color=RED if style is LETTERHEAD else "")
        + "</w:style>"
    )


def styles_xml(paper: str) -> str:
    """Return word/styles.xml: no theme fonts, Chinese throughout."""
    looks = paragraph_looks(paper)
    looks["发文机关标志"] = ("", exact(1050), WIDE if paper == "letter" else "", "center", "")
    looks["红线"] = ("", exact(20), WIDE if paper == "letter" else "", "left", "")
    looks["页码"] = ("", exact(400), "", "right", "")
    named = [*dict.fromkeys(STYLES.values()), LETTERHEAD, RULE, PAGE_NUMBER]
    body = Fonts().body
    return (
        f"{HEAD}<w:styles {NS}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{body}" w:hAnsi="{body}" w:eastAsia="{body}" w:cs="{body}"/>'
        '<w:kern w:val="0"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="character" w:styleId="CommentReference">'
        '<w:name w:val="annotation reference"/><w:rPr><w:sz w:val="21"/><w:szCs w:val="21"/>'
        "</w:rPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="CommentText">'
        '<w:name w:val="annotation text"/><w:basedOn w:val="Normal"/>'
        '<w:rPr><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style>'
        + "".join(style_xml(f"Gw{n}", s, looks[s.name]) for n, s in enumerate(named, 1))
        + "</w:styles>"
    )


# The double rules are 170 mm wide and centred on the page (10.1): 8 mm beyond the left
# margin of 28 mm and 6 mm beyond the right one of 26 mm. Two single borders stand for one
# double: WPS draws the double border styles as a dash-dot line.
WIDE = '<w:ind w:left="-454" w:right="-340"/>'
THICK, THIN = 18, 6  # eighths of a point: 2.25 pt and 0.75 pt


def identify(name: str) -> str:
    """Return the id that ``styles_xml`` gave to the style ``name``."""
    named = [*dict.fromkeys(STYLES.values()), LETTERHEAD, RULE, PAGE_NUMBER]
    return f"Gw{[s.name for s in named].index(name) + 1}"


def paragraph(
    style: str, runs: str = "", borders: str = "", spacing: str = "", rest: str = ""
) -> str:
    """Return one w:p; ``rest`` is w:ind and w:jc."""
    bdr = f"<w:pBdr>{borders}</w:pBdr>" if borders else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{identify(style)}"/>{bdr}{spacing}{rest}</w:pPr>{runs}</w:p>'
    )


def run(text: str, style: NamedStyle) -> str:
    """Return a run that carries its fonts itself, with the hint for “ ” — …."""
    look = run_look(style, color=RED if style is LETTERHEAD else "")
    look = look.replace("<w:rFonts ", '<w:rFonts w:hint="eastAsia" ')
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def header_xml(paper: str) -> str:
    """Return the first page's header: the letterhead and, in a letter, the first double
    rule, thick above thin. The program sets size and distances to the unit's name."""
    if paper == "letter":
        inner = (
            paragraph(
                LETTERHEAD.name,
                run("{{ unit_name }}", LETTERHEAD),
                border("bottom", THICK, 4),
                exact(1050, 440),
            )
            + paragraph(RULE.name, "", border("bottom", THIN))
            + paragraph(RULE.name, "", "", exact(86))
        )
    else:
        inner = paragraph(
            LETTERHEAD.name, run("{{ unit_name }}文件", LETTERHEAD), "", exact(900, 2840)
        )
    return f"{HEAD}<w:hdr {NS}>{inner}</w:hdr>"


def number_footer(side: str) -> str:
    """Return a footer with — 1 —: 14 pt 宋体, one character from the ``side`` (7.5)."""
    field = f'<w:fldSimple w:instr=" PAGE ">{run("1", PAGE_NUMBER)}</w:fldSimple>'
    runs = run("— ", PAGE_NUMBER) + field + run(" —", PAGE_NUMBER)
    rest = f'<w:ind w:{side}="280"/><w:jc w:val="{side}"/>'
    spacer = paragraph(RULE.name, "", "", exact(267))
    return f"{HEAD}<w:ftr {NS}>{paragraph(PAGE_NUMBER.name, runs, '', '', rest)}{spacer}</w:ftr>"


def first_footer(paper: str) -> str:
    """Return the first page's footer: a letter has the second double rule, thin above
    thick, and no number; a document has its number."""
    if paper == "document":
        return number_footer("right")
    rules = paragraph(RULE.name, "", border("bottom", THIN)) + paragraph(
        RULE.name, "", border("bottom", THICK)
    )
    return f"{HEAD}<w:ftr {NS}>{rules}</w:ftr>"


def document_xml() -> str:
    """Return word/document.xml: a specimen of each style, and the page (5.1, 5.2)."""
    specimens = "".join(
        paragraph(style.name, f"<w:r><w:t>{style.name}</w:t></w:r>")
        for style in dict.fromkeys(STYLES.values())
    )
    return (
        f"{HEAD}<w:document {NS}><w:body>{specimens}<w:sectPr>"
        '<w:headerReference w:type="first" r:id="rId3"/>'
        '<w:footerReference w:type="default" r:id="rId4"/>'
        '<w:footerReference w:type="even" r:id="rId5"/>'
        '<w:footerReference w:type="first" r:id="rId6"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"'
        ' w:header="1134" w:footer="1134" w:gutter="0"/>'
        f'<w:titlePg/><w:docGrid w:linePitch="{LINE}"/>'
        "</w:sectPr></w:body></w:document>"
    )


SETTINGS = (
    f"{HEAD}<w:settings {NS}>"
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:compatSetting"
    ' w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)

CORE = (
    f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
    'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:language>zh-CN</dc:language></cp:coreProperties>"
)


def package(paper: str) -> dict[str, str]:
    """Return the parts of the template, by name."""
    wml = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = {
        "document": f"{wml}.document.main+xml",
        "styles": f"{wml}.styles+xml",
        "settings": f"{wml}.settings+xml",
        "header1": f"{wml}.header+xml",
        "footer1": f"{wml}.footer+xml",
        "footer2": f"{wml}.footer+xml",
        "footer3": f"{wml}.footer+xml",
    }
    overrides = "".join(
        f'<Override PartName="/word/{n}.xml" ContentType="{t}"/>' for n, t in kinds.items()
    )
    names = ("styles", "settings", "header1", "footer1", "footer2", "footer3")
    links = "".join(
        f'<Relationship Id="rId{i}" Type="{R}/{n.rstrip("123")}" Target="{n}.xml"/>'
        for i, n in enumerate(names, 1)
    )
    opc = "http://schemas.openxmlformats.org/package/2006"
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{opc}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'{overrides}<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{opc}/relationships">'
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{opc}/relationships/metadata/core-properties"'
        ' Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": CORE,
        "word/document.xml": document_xml(),
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{opc}/relationships">'
        f"{links}</Relationships>",
        "word/styles.xml": styles_xml(paper),
        "word/settings.xml": SETTINGS,
        "word/header1.xml": header_xml(paper),
        "word/footer1.xml": number_footer("right"),
        "word/footer2.xml": number_footer("left"),
        "word/footer3.xml": first_footer(paper),
    }


def write_template(paper: str, path: Path) -> None:
    """Write the template of ``paper`` (``letter`` or ``document``) to ``path``."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in package(paper).items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, xml.encode())


def main() -> None:
    """Write both templates beside the forms."""
    for paper in ("letter", "document"):
        path = ROOT / "templates" / f"{paper}.docx"
        write_template(paper, path)
        print(path)


if __name__ == "__main__":
    main()
