"""The name of a draft's file where the user gives none."""

from __future__ import annotations

from pathlib import Path

from replygen.errors import SettingsError
from replygen.models import Proposal


def plain_name(text: str) -> str:
    """Return a text as a part of a file name: without what no system allows there."""
    return "".join("_" if c in '\\/:*?"<>|\r\n\t' else c for c in text)[:60]


def name_stem(proposal: Proposal) -> str:
    """Return what a file about a proposal is called by: its number, else its title."""
    return plain_name(f"第{proposal.number}号" if proposal.number else proposal.title or "提案")


def name_report(proposal: Proposal | None, subject: str) -> str:
    """Return the title of a report: on the answer to which proposal; without one, on which paper
    (``subject``)."""
    if proposal is None or not (proposal.number or proposal.title):
        return f"{subject}　核查报告"
    number = f"第{proposal.number}号" if proposal.number else ""
    return f"{number}{f'《{proposal.title}》' if proposal.title else ''}答复的核查报告"


def free_name(proposal: Proposal) -> Path:
    """Return a file name that is not taken, so that no edited draft is overwritten."""
    safe = name_stem(proposal)
    for number in range(1, 1000):
        suffix = "" if number == 1 else f"-{number}"
        path = Path(f"{safe}-答复草稿{suffix}.docx")
        if not path.exists():
            return path
    raise SettingsError("当前文件夹里同名草稿太多，请用 -o 指定文件名")
