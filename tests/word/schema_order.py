"""A small check of the order of elements that the schema of WordprocessingML wants.

Word refuses a file whose w:pPr or w:rPr has them in another order (ECMA-376 Part 1,
A.1: CT_PPrBase, CT_RPr as Word writes it, CT_PBdr, CT_SectPr).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
    "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
    "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
    "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
    "imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs "
    "highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish",
    "pBdr": "top left bottom right between bar",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi "
    "rtlGutter docGrid printerSettings sectPrChange",
}
POSITIONS = {parent: {n: i for i, n in enumerate(names.split())} for parent, names in ORDER.items()}


def find_disorder(path: Path) -> Iterator[str]:
    """Yield "part: parent [children]" for each element whose children are out of order."""
    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            if part.startswith("word/") and part.endswith(".xml"):
                yield from _check(part, ElementTree.fromstring(archive.read(part)))


def _check(part: str, root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        known = POSITIONS.get(element.tag.removeprefix(W))
        if known is None:
            continue
        names = [child.tag.removeprefix(W) for child in element]
        places = [known.get(name, -1) for name in names]
        if places != sorted(places) or -1 in places:
            yield f"{part}: {element.tag.removeprefix(W)} {names}"
