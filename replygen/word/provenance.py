"""A draft as JSON, and its place in a .docx.

The whole draft lies in a custom XML data part (ECMA-376 Part 1, 15.2.5), which Word and
WPS keep when they save. The text of an edited file is read from its paragraphs; the part
only says where the sentences came from.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints
from xml.sax.saxutils import escape

from replygen.errors import ReadError
from replygen.models import Draft

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.package import OpcPackage

VERSION = 1
_READ = 32  # drafts that are remembered as they were read
NAMESPACE = "urn:replygen:draft"
_ITEM_ID = "{7B0E3C52-5F0B-4C58-9C1D-6A7C5E0D21A4}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPS_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
# Characters that XML 1.0 cannot hold; json.dumps escapes those below U+0020 itself.
_NOT_XML = re.compile("[\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def draft_to_json(draft: Draft) -> str:
    """Return the draft as one JSON object (on one line, UTF-8 text kept as it is)."""
    table = {"version": VERSION, "draft": draft}
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"), default=spread_fields)
    return _NOT_XML.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def spread_fields(value: Any) -> dict[str, Any]:  # noqa: ANN401 - a JSON edge
    """Return a dataclass's fields by name, for ``json.dumps(default=…)``: the same JSON as
    of ``asdict``, which copies every text on the way, in a fifth of the time."""
    return {name: getattr(value, name) for name in _names(value.__class__)}


@cache
def _names(cls: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(cls))


@lru_cache(maxsize=_READ)
def draft_from_json(text: str, *, name: str = "draft.json") -> Draft:
    """Return the draft that ``draft_to_json`` wrote. Raises ReadError, which names the
    file ``name``, for anything else and for the JSON of a later version. The last ones are
    remembered: a request on the page reads its letter half a dozen times."""
    try:
        table = json.loads(text)
        version = table["version"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ReadError(name, "不是 replygen 导出的草稿数据，请重新导出") from error
    if version != VERSION:
        raise ReadError(
            name, f"草稿数据的版本是 {version}，本程序只认识 {VERSION}，请升级 replygen"
        )
    try:
        draft = _build(Draft, table["draft"])
    except (ValueError, KeyError, TypeError) as error:
        raise ReadError(name, f"草稿数据不完整或被改坏（{error}），请重新导出") from error
    assert isinstance(draft, Draft)
    return draft


def attach_draft(document: Document, draft: Draft) -> None:
    """Put the draft into the document as a custom XML data part."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document.part.package
    assert package is not None
    number = 1 + sum(1 for p in package.iter_parts() if "/customXml/item" in str(p.partname))
    body = escape(draft_to_json(draft))
    data = f'<?xml version="1.0" encoding="UTF-8"?>\n<draft xmlns="{NAMESPACE}">{body}</draft>'
    props = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        f'<ds:datastoreItem ds:itemID="{_ITEM_ID}" xmlns:ds="{_OFFICE}/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    item = Part(PackURI(f"/customXml/item{number}.xml"), "application/xml", data.encode(), package)
    item_props = Part(
        PackURI(f"/customXml/itemProps{number}.xml"), _PROPS_TYPE, props.encode(), package
    )
    document.part.relate_to(item, f"{_OFFICE}/relationships/customXml")
    item.relate_to(item_props, f"{_OFFICE}/relationships/customXmlProps")


def detach_drafts(document: Document) -> int:
    """Take every data part with a draft out of the document; return how many it had."""
    relations = document.part.rels
    ours = [
        ident
        for ident, relation in relations.items()
        if not relation.is_external and NAMESPACE.encode() in relation.target_part.blob[:400]
    ]
    for ident in ours:
        del relations[ident]
    return len(ours)


def find_draft(package: OpcPackage, *, name: str) -> Draft | None:
    """Return the draft in the package's data parts, found by its namespace; None where no
    part has one that this version can read."""
    from docx.oxml.parser import parse_xml

    for part in package.iter_parts():
        if NAMESPACE.encode() not in part.blob[:400]:
            continue
        try:
            root = parse_xml(part.blob)
        except SyntaxError:  # lxml's XMLSyntaxError is one
            continue
        if root.tag != f"{{{NAMESPACE}}}draft":
            continue
        try:
            return draft_from_json("".join(root.itertext()), name=name)
        except ReadError:
            continue
    return None


@cache
def _hints(cls: type) -> Mapping[str, Any]:
    return get_type_hints(cls)


def _build(kind: Any, value: Any) -> Any:  # noqa: ANN401 - a JSON edge
    """Return ``value`` from JSON as the type ``kind``; raises ValueError, KeyError or
    TypeError where it does not fit."""
    if is_dataclass(kind) and isinstance(kind, type):
        names = {f.name for f in fields(kind)}
        needed = {
            f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING
        }
        if not isinstance(value, dict) or not needed <= set(value) <= names:
            raise ValueError(f"{kind.__name__} 的字段不对")
        return kind(**{n: _build(_hints(kind)[n], value[n]) for n in value})
    origin, args = get_origin(kind), get_args(kind)
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError("应为列表")
        return tuple(_build(args[0], v) for v in value)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        return _build(next(a for a in args if a is not type(None)), value)
    if origin is Literal:
        if value not in args:
            raise ValueError(f"不认识的值 {value}")
        return value
    if type(value) is not kind:
        raise ValueError(f"应为 {kind.__name__}")
    return value
