"""What leaves the page: a draft's files, written when they are asked for, never before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from replygen.checking import address_each, says_each
from replygen.models import Proposal
from replygen.service.copies import publish_draft
from replygen.service.desk import Desk
from replygen.service.finals import pack_letters
from replygen.service.naming import name_stem
from replygen.service.results import DraftResult
from replygen.web.templating import render

Kind = Literal["docx", "final", "public"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_NAMES: dict[Kind, str] = {"docx": "草稿", "final": "定稿", "public": "公开稿"}


@dataclass(frozen=True, slots=True)
class Copy:
    """A file to hand over, ``None`` where there is none, and what is to be told about it
    (HTML)."""

    path: Path | None
    told: str = ""


def write_copy(desk: Desk, result: DraftResult, kind: Kind, *, form: str, folder: Path) -> Copy:
    """Write one file of a draft that was just checked. The final one is a .zip where each
    signatory gets a letter. Raises ExportBlocked for a final or public copy of what is not
    ready, ReplygenError."""
    asked, report = result.proposal, result.report
    place = folder / _name(asked, _NAMES[kind])
    if kind == "docx":
        return Copy(desk.export(result.draft, asked, report, place, form=form))
    if kind == "final":
        done = desk.write_final(result, place, form=form)
        assert done.docx is not None
        return Copy(pack_letters(done.docx, done.copies))
    final = desk.write_final(result, folder / _name(asked, "定稿"), form=form)
    assert final.docx is not None
    public = publish_draft(desk, final.docx, output=place, report=report)
    return Copy(public.path, render("clerk/public.html", public=public))


def tell_final(desk: Desk, result: DraftResult) -> str:
    """Return what the button of the final letter says."""
    texts = [block.text for block in result.draft.blocks]
    scheme, channel = desk.settings.profile.scheme, result.proposal.channel
    each = says_each(scheme, channel) and bool(address_each(texts))
    return "下载定稿（逐人各一份，zip）" if each else "下载定稿.docx"


def _name(proposal: Proposal, kind: str) -> str:
    return f"{name_stem(proposal)}-答复{kind}.docx"
