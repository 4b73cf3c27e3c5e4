"""What the 语料库 tab answers about documents: each method is one request."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from replygen.drafting.sharing import bears
from replygen.index import FIELDS, KEPT_DAYS
from replygen.index.relevance import AskContext
from replygen.models import Document, Hit
from replygen.service.copies import audit_desk
from replygen.service.desk import Desk
from replygen.service.encoding import tell_waiting
from replygen.service.results import DocumentView
from replygen.statistics import survey_corpus
from replygen.web.asking import asking, open_passage, refuse, run
from replygen.web.auth.who import who
from replygen.web.indexer.show_index import (
    KINDS,
    OWNERS,
    name_fields,
    read_fields,
    show_document,
    show_documents,
    show_hits,
    show_status,
)
from replygen.web.indexer.show_statistics import show_stale, show_statistics
from replygen.web.tables import write_csv
from replygen.web.templating import render
from replygen.workspace import AuditLog, BatchLog, tell_time

ALL = "全部"
ORDERS = {"按文件的位置": "path", "新加入的在前": "added", "日期新的在前": "date"}
OPEN_HINT = "点左边的标题，这里显示从这份材料里读出的内容。"
_MOST_REMOVED = 30  # of what can be restored are listed
_HEADS = ("标题", "文种", "地区", "层级", "单位", "日期", "归属", "文件", "编号")


class Indexer:
    """The requests about documents, over one desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def find(
        self,
        words: str,
        kind: str,
        owner: str,
        order: str = "",
        batch: str = "",
        page: str = "1",
    ) -> tuple[str, str]:
        """Return the counts and one page of the documents that match."""
        with asking(self.desk) as desk:
            status = desk.status()
            found = self.match(words, kind, owner, order, batch)
        if not status.documents:
            return show_status(status), self._removed()
        number = int(page) if page.isdecimal() and len(page) < 7 else 1
        return show_status(status), show_documents(found, page=number) + self._removed()

    def write_list(
        self, words: str, kind: str, owner: str, order: str = "", batch: str = ""
    ) -> str:
        """Return the documents that match as a table for spreadsheets."""
        with asking(self.desk):
            found = self.match(words, kind, owner, order, batch)
        path = Path(tempfile.mkdtemp(prefix="replygen-")) / "材料清单.csv"
        rows = [
            (
                d.title,
                KINDS.get(d.kind, d.kind),
                d.region,
                d.level,
                d.issuer,
                d.date,
                OWNERS[d.own],
                Path(d.path).name,
                d.id,
            )
            for d in found
        ]
        return str(write_csv(path, _HEADS, rows))

    def open(self, id: str) -> tuple[Any, ...]:
        """Return one document, its tools, and its fields to be put right."""
        return show_opened(run(self.desk, lambda desk: desk.view(id)))

    def correct(self, id: str | None, *given: str | None) -> tuple[Any, ...]:
        """Put fields right and return the document as it is then."""
        import gradio as gr

        if id is None:
            raise refuse("请先在表里点开要更正的材料")
        with asking(self.desk) as desk:
            view = desk.view(id)
            before, names = read_fields(view), name_fields(view.document.kind)
            values = {
                field: (value or "").strip() or None
                for field, value in zip(FIELDS, given, strict=True)
                if field in names
            }
            changed = {f: v for f, v in values.items() if v != before[f]}
            if not changed:
                raise refuse("没有改动：先改要更正的那一项，再保存")
            sent = dict(changed)
            if "own" in sent:
                sent["own"] = str(int(sent["own"] == OWNERS[True]))
            desk.correct(id, sent, by=who())
            self.log("correct", view, {names[f]: v for f, v in changed.items()})
            gr.Info("更正已保存，以后再加入同一个文件也不会改回去", title="好了", duration=4)
            return show_opened(desk.view(id))

    def ask_removal(self, id: str | None) -> tuple[Any, ...]:
        """Return the question before a document is removed, and what is shown with it."""
        import gradio as gr

        if id is None:
            raise refuse("请先在表里点开要删除的材料")
        with asking(self.desk) as desk:
            title, kept = desk.view(id).document.title, desk.index.keeps_removed
        asked = render("indexer/removing.html", title=title, days=KEPT_DAYS if kept else 0)
        return asked, gr.Row(visible=False), gr.Column(visible=True), gr.Column(visible=False)

    def remove(self, id: str | None) -> tuple[Any, ...]:
        """Remove a document; what stands in its place says so and offers to undo it."""
        import gradio as gr

        if id is None:
            raise refuse("请先在表里点开要删除的材料")
        with asking(self.desk) as desk:
            view = desk.view(id)
            desk.remove(id)
            self.log("remove", view, {})
        hidden = [gr.skip() for _ in FIELDS]
        rows = (gr.Row(visible=False), gr.Column(visible=False), gr.Column(visible=False))
        kept = any(one.id == id for one in self.desk.index.removed())
        told = render("indexer/removed.html", title=view.document.title, id=id if kept else "")
        return told, None, *rows, *hidden

    def restore(self, id: str) -> tuple[Any, ...]:
        """Put a removed document back and return it, opened."""
        with asking(self.desk) as desk:
            desk.index.restore(id)
            view = desk.view(id)
            self.log("restore", view, {})
        return show_opened(view)

    def search(self, words: str) -> str:
        """Return the best passages that bear on the words, and what the search could not
        use."""
        with asking(self.desk) as desk:
            hits = desk.judge.mark(AskContext("", "", words), desk.search(words, k=10))
            return show_hits([h for h in hits if _answers(h, words)], tell_waiting(desk.index))

    def statistics(self) -> str:
        """Return what the corpus holds, in numbers and plots."""
        return show_statistics(run(self.desk, lambda desk: survey_corpus(desk.index)))

    def audit(self) -> str:
        """Return what the corpus cites that is no longer in force."""
        return show_stale(run(self.desk, audit_desk))

    def look(self, passage: str) -> str:
        """Return a whole document over the page."""
        return open_passage(self.desk, passage)

    def _removed(self) -> str:
        index = self.desk.index
        gone = [  # not what was added again since
            (one.id, one.title, tell_time(one.at))
            for one in index.removed()[:_MOST_REMOVED]
            if index.document(one.id) is None
        ]
        return render("indexer/removed_list.html", gone=gone, days=KEPT_DAYS)

    def match(
        self, words: str, kind: str, owner: str, order: str = "", batch: str = ""
    ) -> list[Document]:
        """Return the documents that match, in the order that is asked for; ``batch`` is the number
        of the one that brought them."""
        wanted = (words or "").strip()
        inside = self.desk.index.containing(wanted) if wanted else frozenset()
        found = [d for d in self.desk.documents() if _matches(d, wanted, inside, kind, owner)]
        if batch:
            log = BatchLog(self.desk.settings.work)
            brought = {f.document for f in log.files(log.find(int(batch)).id)}
            found = [d for d in found if d.id in brought]
        if ORDERS.get(order) == "added":
            added = self.desk.index.when_added()
            found.sort(key=lambda d: added.get(d.id, ""), reverse=True)
        if ORDERS.get(order) == "date":
            found.sort(key=lambda d: d.date or "", reverse=True)
        return found

    def log(self, what: str, view: DocumentView, detail: dict[str, str | None]) -> None:
        """Note in the audit log what was done to a document."""
        AuditLog(self.desk.settings.work).add(
            who=who(),
            what=what,
            subject=view.document.title,
            key=view.document.id,
            detail={"file": Path(view.document.path).name, **detail},
        )


def show_opened(view: DocumentView, *, editing: bool = False) -> tuple[Any, ...]:
    """Return a document, its tools, and its fields to be put right; with ``editing`` how it is
    split can be."""
    import gradio as gr

    names, values = name_fields(view.document.kind), read_fields(view)
    fields = [
        gr.update(label=names.get(f, f), value=values.get(f) or "", visible=f in names)
        for f in FIELDS
    ]
    rows = (gr.Row(visible=True), gr.Column(visible=False), gr.Column(visible=False))
    return show_document(view, editing=editing), view.document.id, *rows, *fields


def _answers(hit: Hit, words: str) -> bool:
    """Return whether a passage that was found is what was looked for: it is named outright, has
    the very words, or the judge says that it bears on them."""
    if "exact" in hit.found_by or bears(hit):
        return True
    said = f"{hit.passage.document.title}{hit.passage.title}{hit.passage.text}"
    return all(word in said for word in words.split())


def _matches(document: Document, words: str, inside: frozenset[str], kind: str, owner: str) -> bool:
    if kind != ALL and KINDS.get(document.kind) != kind:
        return False
    if owner != ALL and document.own != (owner == OWNERS[True]):
        return False
    name = Path(document.path).name
    facts = (document.title, document.region, document.issuer, document.date, name)
    return not words or document.id in inside or any(words in fact for fact in facts if fact)
