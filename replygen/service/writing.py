"""Drafting with a language model: our draft first, then the model's sentences where they pass;
a whole letter at once, or one ask of a letter that a person works on."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.drafting import confirm_asks, gather_evidence
from replygen.errors import WriterError
from replygen.models import Draft, Evidence, Proposal, StanceKind, Wording
from replygen.service.results import DraftResult
from replygen.writing import (
    Journal,
    Model,
    Written,
    list_wordings,
    open_model,
    write_draft,
)

if TYPE_CHECKING:
    from replygen.service.desk import Attached, Desk

LOG_NAME = "model.jsonl"


@dataclass(frozen=True, slots=True)
class WriterResult:
    """A draft that a model worded, and what it did and was refused."""

    result: DraftResult
    written: Written


def write_reply(
    desk: Desk,
    proposal: Proposal,
    *,
    output: Path | None = None,
    material: Sequence[Attached] = (),
    form: str | None = None,
    final: bool = False,
    stances: Mapping[str, StanceKind] | None = None,
    confirm: Collection[int] = (),
    log: Path | None = None,
    model: Model | None = None,
    asks: Sequence[int] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> WriterResult:
    """Draft as :meth:`replygen.service.desk.Desk.draft` does, with the model of the settings
    (or ``model``) for ``asks`` (all where None). ``log`` is where prompts and answers are kept;
    ``told`` hears how many asks are done, ``stopped`` says that somebody cancelled. Raises
    SettingsError (no model, its address, the log) and what a draft raises."""
    start = time.perf_counter()
    writer = desk.settings.writer
    model = model or open_model(writer)
    passages = desk.read_material(material)
    profile = desk.settings.profile
    evidence = gather_evidence(
        proposal, desk.index, material=passages, profile=profile, judge=desk.judge
    )
    draft = desk.compose(proposal, passages, form=form, evidence=evidence, stances=stances)
    written = write_draft(
        draft,
        proposal,
        evidence,
        model=model,
        profile=profile,
        index=desk.index,
        judge=desk.judge,
        journal=Journal(log, writer.log_hash),
        asks=asks,
        progress=progress,
        stopped=stopped,
    )
    written = replace(written, draft=confirm_asks(written.draft, confirm))
    own = [p.text for p in passages if p.document.own]
    result = desk.finish(
        written.draft, proposal, output=output, form=form, own_texts=own, final=final, start=start
    )
    return WriterResult(result, written)


def word_ask(
    desk: Desk,
    draft: Draft,
    proposal: Proposal,
    evidence: Sequence[Evidence],
    ask: int,
    *,
    stopped: Callable[[], bool] = lambda: False,
) -> tuple[Written, tuple[Wording, ...]]:
    """Return what the model of the settings makes of one ask of ``draft``, and its sentences
    beside ours. Prompt and answer are kept in the work folder (:data:`LOG_NAME`). Raises
    SettingsError (no model, its address, the log) and WriterError where ours stands whole."""
    writer, folder = desk.settings.writer, desk.settings.work
    folder.mkdir(parents=True, exist_ok=True)
    written = write_draft(
        draft,
        proposal,
        evidence,
        model=open_model(writer),
        profile=desk.settings.profile,
        index=desk.index,
        judge=desk.judge,
        journal=Journal(folder / LOG_NAME, writer.log_hash),
        asks=[ask],
        stopped=stopped,
    )
    wordings = list_wordings(draft, written)
    if ask in written.failed and not wordings:
        raise WriterError(f"第 {ask} 项没有写成，还是规则稿：{written.failed[ask]}")
    return written, wordings
