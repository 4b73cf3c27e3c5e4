"""Show what the index holds, what became of a batch, and one document."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.batches import AddReport
from replygen.desk import DocumentView
from replygen.models import Article, Document, Hit, Passage, Proposal, Reply, Statute
from replygen.web.show import join_facts, show_empty

if TYPE_CHECKING:
    from replygen.search import IndexStatus

KINDS = {
    "reply": "答复",
    "proposal": "提案",
    "article": "经验文章",
    "statute": "法规",
    "other": "其他",
}
_STATES = {
    "added": ("新增", "good"),
    "updated": ("更新", "good"),
    "unchanged": ("未变", "plain"),
    "duplicate": ("重复", "unsure"),
    "failed": ("失败", "bad"),
}
_TENSES = {"done": "已做", "planned": "拟做"}
_MOST_OUTCOMES = 500
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
    empty = (
        ""
        if status.documents
        else show_empty("语料库还是空的：先加入本单位往年的答复和总结，再加入外地公开的答复。")
    )
    return f"<div class='rg-tiles'>{tiles}</div>{empty}"


def show_added(report: AddReport) -> str:
    """Return what became of a batch, file by file: failures first."""
    speed = len(report.outcomes) / report.seconds if report.seconds else 0.0
    counts = (
        f"新增 {report.added}，更新 {report.updated}，未变 {report.unchanged}，"
        f"重复 {sum(o[1] == 'duplicate' for o in report.outcomes)}，失败 {len(report.failed)}。"
        f"用时 {report.seconds:.1f} 秒（每秒 {speed:.1f} 个）。"
    )
    order = {"failed": 0, "duplicate": 1}
    ranked = sorted(report.outcomes, key=lambda row: order.get(row[1], 2))
    rows = "".join(_outcome(*row) for row in ranked[:_MOST_OUTCOMES])
    more = len(ranked) - _MOST_OUTCOMES
    rest = f"<p>另有 {more} 个文件没有列出。</p>" if more > 0 else ""
    return (
        f"<p class='rg-summary' role='status'>{counts}</p><div class='rg-scroll'>"
        "<table class='rg-table'><caption>逐个文件的结果</caption><tr><th>文件</th><th>结果</th>"
        f"<th>说明</th></tr>{rows}</table></div>{rest}"
    )


def show_documents(documents: Sequence[Document], *, most: int = 300) -> str:
    """Return the documents as a table whose titles open them; at most ``most`` rows."""
    if not documents:
        return show_empty("没有符合的材料：换几个字，或把文种、归属改成“全部”。")
    rows = "".join(_row(document) for document in documents[:most])
    heads = "".join(
        f"<th scope='col'>{name}</th>" for name in ("标题", "文种", "地区", "日期", "归属")
    )
    more = len(documents) - most
    rest = f"，先列出 {most} 份，请缩小范围" if more > 0 else ""
    return (
        f"<p class='rg-summary' role='status'>符合的有 {len(documents)} 份{rest}。</p>"
        f"<div class='rg-scroll rg-tall'><table class='rg-table rg-list'><tr>{heads}</tr>{rows}"
        "</table></div>"
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


def list_hits(hits: Sequence[Hit]) -> list[list[str]]:
    """Return one row for each hit: title, where it is from, its text, its score."""
    return [
        [
            hit.passage.title,
            "，".join(
                x
                for x in (
                    hit.passage.region or hit.passage.document.region,
                    hit.passage.document.title,
                )
                if x
            ),
            hit.passage.text,
            f"{hit.score:.2f}",
        ]
        for hit in hits
    ]


def show_document(view: DocumentView) -> str:
    """Return one document: its fields, its passages, its text."""
    document = view.document
    rows = [
        ("文种", KINDS.get(document.kind, document.kind)),
        ("地区", document.region),
        ("单位", document.issuer),
        ("日期", document.date),
        ("归属", "本单位材料" if document.own else "外单位材料"),
        ("文件", Path(document.path).name),
        *_fields(view),
    ]
    cells = "".join(
        f"<tr><th scope='row'>{name}</th><td>{escape(value)}</td></tr>"
        for name, value in rows
        if value
    )
    passages = "".join(_passage(p) for p in view.passages)
    return (
        f"<article class='rg-document'><h4>{escape(document.title)}</h4>"
        f"<table class='rg-table rg-head'>{cells}</table>"
        f"<details open><summary>读出的内容（{len(view.passages)} 条）</summary>"
        f"<ul class='rg-passages'>{passages}</ul></details>"
        f"<details><summary>全文</summary><pre>{escape(view.text)}</pre></details></article>"
    )


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
        f"<dialog class='rg-full' open aria-label='全文'><div class='rg-full-head'>"
        f"<b>{escape(document.title)}</b><small>{facts}</small>"
        f"<button type='button' class='rg-jump' data-close='1'>关闭</button></div>"
        f"<pre>{shown}</pre></dialog>"
    )


def _fields(view: DocumentView) -> list[tuple[str, str | None]]:
    parsed = view.parsed
    if isinstance(parsed, Reply):
        return [
            ("届次", parsed.session),
            ("编号", parsed.number),
            ("文号", parsed.doc_number),
            ("案由", parsed.subject),
            ("提案人", "、".join(parsed.addressees)),
            ("办理类别", parsed.result_class),
            ("公开", parsed.openness),
            ("签发人", parsed.signer),
            ("抄送", "、".join(parsed.cc)),
        ]
    if isinstance(parsed, Proposal):
        return [
            ("届次", parsed.session),
            ("编号", parsed.number),
            ("提案人", "、".join(parsed.proposers)),
            ("建议", "；".join(a.topic for a in parsed.asks)),
        ]
    if isinstance(parsed, Statute):
        return [
            ("文号", parsed.doc_number),
            ("公布", parsed.promulgated),
            ("施行", parsed.effective),
        ]
    if isinstance(parsed, Article):
        return [("涉及地区", "、".join(parsed.regions))]
    return []


def _passage(passage: Passage) -> str:
    facts = join_facts(_TENSES.get(passage.tense or ""), passage.region, passage.context)
    return (
        f"<li><b>{escape(passage.title)}</b> <small>{facts}</small><br>{escape(passage.text)}</li>"
    )


def _outcome(path: str, state: str, note: str) -> str:
    word, mark = _STATES[state]
    said = {"duplicate": f"与已有的“{Path(note).name}”相同", "failed": note}.get(state, note)
    return (
        f"<tr><td>{escape(Path(path).name)}</td>"
        f"<td><span class='rg-badge rg-{mark}'>{word}</span></td><td>{escape(said)}</td></tr>"
    )
