"""replygen drafts replies to CPPCC proposals (提案) and NPC suggestions (建议), offline.

The house, in the order that data passes through it; imports point only upwards in
this list::

    models      the dataclasses that pass between rooms
    errors      one exception tree
    language    Chinese text without a domain: tense, marks, numbers, slots, words, tables
    settings    replygen.toml, the environment, the unit's profile
    entities    text -> Mentions: places, bodies, people, figures, titles
    reading     a file -> Source, one module a format
    parsing     Source -> Reply | Proposal | Statute | Article
    laws        citations, names and numbers, the register of laws: where a law is judged
    index       an index on disk: local (SQLite, tantivy, FAISS), milvus, encoders, fusion
    drafting    Proposal + evidence -> Draft
    checking    Draft -> Findings
    writing     a language model words a Draft, evidence decides what stays
    word        Draft -> .docx, html, json, and back; reports
    workspace   what people keep: stored drafts, users, the audit log, deadlines
    statistics  what the corpus holds, in numbers and plots
    service     what a user can ask: Desk, batches, reviews, finals
    evaluation  measured quality and speed
    mcp         the same questions for other programs' agents
    web         the page: clerk, reviewer, indexer, settings, auth
    cli         the commands, one file a group

From a proposal to a .docx::

    from pathlib import Path
    from replygen import Desk, load_settings

    with Desk(load_settings()) as desk:
        desk.add([Path("replies/")])                # other places' published replies
        desk.add([Path("ours/")], own=True)         # what our unit did
        proposal = desk.read_proposal(Path("提案.docx"))
        result = desk.draft(proposal, output=Path("答复.docx"))
        for finding in result.report.findings:
            print(finding.severity, finding.rule, finding.message)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from replygen.errors import ReplygenError
from replygen.settings import Profile, Settings, load_profile, load_settings

if TYPE_CHECKING:
    from replygen.service.desk import Desk

__version__ = "0.1.0"
__all__ = [
    "Desk",
    "Profile",
    "ReplygenError",
    "Settings",
    "load_profile",
    "load_settings",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the signature is Python's
    """Load the facade only when it is asked for, so that ``import replygen`` is light."""
    if name == "Desk":
        from replygen.service.desk import Desk

        return Desk
    raise AttributeError(f"module 'replygen' has no attribute {name!r}")
