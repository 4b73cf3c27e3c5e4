"""replygen drafts replies to CPPCC proposals (提案) and NPC suggestions (建议), offline.

The house, in the order that data passes through it; imports point only upwards in
this list::

    models      the dataclasses that pass between rooms
    errors      one exception tree
    settings    replygen.toml, the environment, the unit's profile
    reading     a file -> Source
    facts       text -> Mentions and citations
    parsing     Source -> Reply | Proposal | Statute | Article
    search      store, word index, vectors, fusion
    drafting    Proposal + evidence -> Draft
    checking    Draft -> Findings
    export      Draft -> .docx, html, json
    overview    what the corpus holds, in numbers and plots
    keeping     what people keep: stored drafts, users, the audit log
    evaluation  measured quality and speed
    batches     files added to the index, counted as they go, stopped, tried again
    desk        the facade: the only module that knows all rooms
    copies      a draft put right, cleaned, or made public
    review      a draft beside its precedents, and what was decided on each finding
    contract    the JSON that the commands print
    terminal    what they print for a person
    options     what all commands share; draft_commands on a finished draft,
                index_commands on what an addition leaves for later,
                eval_commands that measure,
                user_commands on who may use the page, review_commands on the audit log,
                scale_commands on speed and size
    cli, web    the commands and the page

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
    from replygen.desk import Desk

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
        from replygen.desk import Desk

        return Desk
    raise AttributeError(f"module 'replygen' has no attribute {name!r}")
