"""Show what the index holds, what a search finds, and one document."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.models import Article, Document, Hit, Passage, Proposal, Reply, Statute
from replygen.service.results import DocumentView
from replygen.web.show import join_facts, show_empty

if TYPE_CHECKING:
    from replygen.index import Correction, IndexStatus

KINDS = {
    "reply": "答复",
    "proposal": "提案",
    "article": "经验文章",
    "statute": "法规",
    "policy": "政策文件",
    "other": "其他",
}
OWNERS = {True: "本单位", False: "外单位"}
OWN_CHOICES = [("外单位的（只作参考）", False), ("本单位自己的（其中的事实可以写成已做）", True)]
_TENSES = {"done": "已做", "planned": "拟做"}
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
    tiles = "".join(f"<span class='rg-tile'><b>{n:,}</b>{name}</span>" for n, name in numbers)
    return f"<div class='rg-tiles'>{tiles}</div>"


def show_documents(documents: Sequence[Document], *, page: int = 1, most: int = 50) -> str:
    """Return one page of the documents as a table whose titles open them."""
    if not documents:
        return show_empty("没有符合的材料：换几个字，或把文种、归属改成“全部”。")
    pages = -(-len(documents) // most)
    page = min(max(page, 1), pages)
    rows = "".join(_row(document) for document in documents[(page - 1) * most : page * most])
    heads = "".join(
        f"<th scope='col'>{name}</th>" for name in ("标题", "文种", "地区", "日期", "归属")
    )
    return (
        f"<p class='rg-summary' role='status'>符合的有 {len(documents)} 份。</p>"
        f"<div class='rg-scroll rg-tall'><table class='rg-table rg-list'><tr>{heads}</tr>{rows}"
        f"</table></div>{_pager(page, pages)}"
    )


def _pager(page: int, pages: int) -> str:
    if pages == 1:
        return ""

    def turn(to: int, name: str) -> str:
        off = "" if 1 <= to <= pages else " disabled"
        return f"<button type='button' class='rg-jump' data-page-to='{to}'{off}>{name}</button>"

    return (
        f"<nav class='rg-pager' aria-label='翻页'>{turn(page - 1, '上一页')}"
        f"<span>第 {page} / {pages} 页</span>{turn(page + 1, '下一页')}</nav>"
    )


def _row(document: Document) -> str:
    name = escape(document.id, quote=True)
    title = escape(document.title)
    facts = (KINDS.get(document.kind, document.kind), document.region or "", document.date or "")
    cells = "".join(f"<td>{escape(fact)}</td>" for fact in facts)
    own = "本单位" if document.own else "外单位"
    return (
        f"<tr><td><button type='button' class='rg-open' data-open='{name}'>{title}</button></td>"
        f"{cells}<td>{own}</td></tr>"
    )


def show_hits(hits: Sequence[Hit], notes: Sequence[str] = ()) -> str:
    """Return the hits as a table, best first, and the notes; a title opens its document."""
    told = "".join(f"<p class='rg-hint'>{escape(note)}</p>" for note in notes)
    if not hits:
        return show_empty("没有找到：换几个词再试，或者先加入材料。") + told
    rows = "".join(_hit(hit) for hit in hits)
    heads = "".join(f"<th scope='col'>{name}</th>" for name in ("标题", "出处", "内容"))
    return (
        "<div class='rg-scroll rg-tall'><table class='rg-table rg-found'>"
        f"<tr>{heads}</tr>{rows}</table></div>" + told
    )


def _hit(hit: Hit) -> str:
    passage, document = hit.passage, hit.passage.document
    place = join_facts(passage.region or document.region, document.title)
    id = escape(passage.id, quote=True)
    title = escape(passage.title or passage.context or document.title)
    return (
        f"<tr><td><button type='button' class='rg-open' data-look='{id}'>{title}</button></td>"
        f"<td>{place}</td><td>{escape(passage.text)}</td></tr>"
    )


def show_document(view: DocumentView) -> str:
    """Return one document: its fields, those put right by hand marked, its passages, its
    text."""
    values, by_hand = read_fields(view), {c.field: c for c in view.corrections}
    rows = [("文种", KINDS.get(view.document.kind, view.document.kind), "")]
    rows += [
        (label, values[field] or "没有读到", _tell_correction(by_hand.get(field)))
        for field, label in name_fields(view.document.kind).items()
        if values.get(field) or field in by_hand
    ]
    rows += [("文件", Path(view.document.path).name, "")]
    rows += [(label, value, "") for label, value in _more(view) if value]
    cells = "".join(
        f"<tr><th scope='row'>{name}</th><td>{escape(value)}{note}</td></tr>"
        for name, value, note in rows
    )
    passages = "".join(_passage(p) for p in view.passages)
    return (
        f"<article class='rg-document'><h4>{escape(view.document.title)}</h4>"
        f"<table class='rg-table rg-head'>{cells}</table>"
        f"<details open><summary>读出的内容（{len(view.passages)} 条）</summary>"
        f"<ul class='rg-passages'>{passages}</ul></details>"
        f"<details><summary>全文</summary><pre>{escape(view.text)}</pre></details></article>"
    )


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
    return f"<small class='rg-by-hand'>{escape(correction.by)} 改过，原来是：{escape(was)}</small>"


def show_full(view: DocumentView, passage_id: str) -> str:
    """Return the whole text of a document over the page, with one passage marked."""
    document, text = view.document, view.text
    passage = next((p for p in view.passages if p.id == passage_id), None)
    wanted = passage.text if passage else ""
    start = text.find(wanted) if wanted else -1
    if wanted and start < 0:  # the passage was cleaned of numbers: its beginning is enough
        wanted = wanted[:_BEGINNING]
        start = text.find(wanted)
    shown = escape(text)
    if start >= 0:
        end = start + len(wanted)
        before, marked, after = (escape(t) for t in (text[:start], text[start:end], text[end:]))
        shown = f"{before}<mark tabindex='-1'>{marked}</mark>{after}"
    facts = join_facts(document.region, document.issuer, document.date)
    return (
        f"<dialog class='rg-full' aria-label='全文'><div class='rg-full-head'>"
        f"<b>{escape(document.title)}</b><small>{facts}</small>"
        f"<button type='button' class='rg-jump' data-close='1'>关闭</button></div>"
        f"<pre>{shown}</pre></dialog>"
    )


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


def _passage(passage: Passage) -> str:
    facts = join_facts(_TENSES.get(passage.tense or ""), passage.region, passage.context)
    return (
        f"<li><b>{escape(passage.title)}</b> <small>{facts}</small><br>{escape(passage.text)}</li>"
    )
