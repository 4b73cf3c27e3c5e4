"""Show what the index holds, what a search finds, and one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

from replygen.index import name_by_file
from replygen.laws.normalise import hash_text
from replygen.models import Article, Document, Hit, Proposal, Reply, Statute
from replygen.service.results import DocumentView
from replygen.web.indexer.show_passages import (
    PASSAGE_KINDS,
    count_kinds,
    mark_split,
    show_passages,
)
from replygen.web.show import show_empty
from replygen.web.templating import render

if TYPE_CHECKING:
    from replygen.index import Correction, IndexStatus

KINDS = {
    "reply": "答复",
    "proposal": "提案",
    "article": "文章、总结",
    "statute": "法规",
    "policy": "政策文件",
    "other": "其他",
}
OWNERS = {True: "本单位", False: "外单位"}
OWN_CHOICES = [("外单位的（只作参考）", False), ("本单位自己的（其中的事实可以写成已做）", True)]
_BEGINNING = 24  # characters by which a passage is found in its text


def show_status(status: IndexStatus) -> str:
    """Return what the index holds in numbers."""
    numbers = (
        (status.documents, "份材料"),
        (status.own, "份是本单位的"),
        (status.kinds.get("measure", 0), "条措施"),
        (status.statutes, "部法规"),
        (status.articles, "条法规条文"),
    )
    return render("indexer/status.html", numbers=numbers)


def show_documents(documents: Sequence[Document], *, page: int = 1, most: int = 50) -> str:
    """Return one page of the documents as a table whose titles open them."""
    if not documents:
        return show_empty("没有符合的材料：换几个字，或把文种、归属改成“全部”。")
    pages = -(-len(documents) // most)
    page = min(max(page, 1), pages)
    rows = [_Row.of(d) for d in documents[(page - 1) * most : page * most]]
    return render(
        "indexer/documents.html",
        count=len(documents),
        rows=rows,
        page=page,
        pages=pages,
        mark=hash_text("".join(row.id for row in rows))[:12],
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A document in the list."""

    id: str
    title: str
    facts: tuple[str, ...]
    untitled: bool  # it is called by its file: no title was read

    @classmethod
    def of(cls, d: Document) -> _Row:
        kind = KINDS.get(d.kind, d.kind)
        facts = (kind, d.region or "", d.date or "", OWNERS[d.own])
        return cls(d.id, d.title, facts, is_untitled(d))


def show_hits(hits: Sequence[Hit], notes: Sequence[str] = ()) -> str:
    """Return the hits as a table, best first, and the notes; a title opens its document."""
    return render("indexer/hits.html", hits=hits, notes=notes)


def show_document(view: DocumentView, *, editing: bool = False) -> str:
    """Return one document: its fields, those put right by hand marked, its passages (with
    ``editing`` what puts their split right), its text."""
    values, by_hand = read_fields(view), {c.field: c for c in view.corrections}
    rows = [("文种", KINDS.get(view.document.kind, view.document.kind), "")]
    rows += [
        (label, values[field] or "没有读到", _tell_correction(by_hand.get(field)))
        for field, label in name_fields(view.document.kind).items()
        if values.get(field) or field in by_hand
    ]
    rows += [("文件", Path(view.document.path).name, "")]
    rows += [(label, value, "") for label, value in _more(view) if value]
    passages = show_passages(view.passages, editing=editing)
    return render(
        "indexer/document.html",
        document=view.document,
        rows=rows,
        untitled=is_untitled(view.document),
        passages=passages,
        counts=count_kinds(passages),
        kinds={key: name for key, (*_, name) in PASSAGE_KINDS.items()},
        mark=mark_split(view.passages),
        editing=editing,
        can_edit=view.document.kind != "statute",
        hand_split=view.hand_split,
        text=view.text,
    )


def is_untitled(document: Document) -> bool:
    """True where no title was read and a document is called by its file."""
    return document.title in (name_by_file(document.path), PureWindowsPath(document.path).name)


def name_fields(kind: str) -> dict[str, str]:
    """Return the fields that can be put right in a document of a kind, with their names."""
    fields = {
        "title": "标题",
        "region": "地区",
        "level": "层级",
        "issuer": "单位",
        "date": "施行日期" if kind == "statute" else "日期",
        "own": "归属",
    }
    if kind in ("reply", "proposal"):
        fields |= {"session": "届次", "number": "编号"}
    if kind in ("reply", "statute", "policy"):
        fields["doc_number"] = "文号"
    if kind == "reply":
        fields["result_class"] = "办理类别"
    if kind == "statute":
        fields["expires"] = "失效日期"
    return fields


def read_fields(view: DocumentView) -> dict[str, str | None]:
    """Return the fields of a document by name as they stand now: what was put right by
    hand before what was read."""
    document, parsed = view.document, view.parsed
    values: dict[str, str | None] = {
        "title": document.title,
        "region": document.region,
        "level": document.level,
        "issuer": document.issuer,
        "date": document.date,
        "own": OWNERS[document.own],
    }
    late = ("session", "number", "doc_number", "result_class", "expires")
    values |= {field: getattr(parsed, field, None) for field in late}
    return values | {c.field: c.value for c in view.corrections if c.field in late}


def _tell_correction(correction: Correction | None) -> str:
    if correction is None:
        return ""
    was = correction.was or "没有读到"
    if correction.field == "own":
        was = OWNERS[correction.was == "1"]
    return f"{correction.by} 改过，原来是：{was}"


def show_full(view: DocumentView, passage_id: str) -> str:
    """Return the whole text of a document over the page, with one passage marked."""
    text = view.text
    passage = next((p for p in view.passages if p.id == passage_id), None)
    wanted = passage.text if passage else ""
    start = text.find(wanted) if wanted else -1
    if wanted and start < 0:  # the passage was cleaned of numbers: its beginning is enough
        wanted = wanted[:_BEGINNING]
        start = text.find(wanted)
    end = start + len(wanted)
    cut = (text, "", "") if start < 0 else (text[:start], text[start:end], text[end:])
    return render("indexer/full.html", document=view.document, text=cut)


def _more(view: DocumentView) -> list[tuple[str, str | None]]:
    """What else was read from a document, to be looked at only."""
    parsed = view.parsed
    if isinstance(parsed, Reply):
        return [
            ("案由", parsed.subject),
            ("提案人", "、".join(parsed.addressees)),
            ("公开", parsed.openness),
            ("签发人", parsed.signer),
            ("抄送", "、".join(parsed.cc)),
        ]
    if isinstance(parsed, Proposal):
        return [
            ("提案人", "、".join(parsed.proposers)),
            ("建议", "；".join(a.topic for a in parsed.asks)),
        ]
    if isinstance(parsed, Statute):
        return [("公布", parsed.promulgated)]
    if isinstance(parsed, Article):
        return [("涉及地区", "、".join(parsed.regions))]
    return []
