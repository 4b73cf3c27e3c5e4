"""writing: a language model may word what we have composed; evidence decides what stays.

::

    items      the evidence of one ask, numbered; other places' only as we reworded it
    prompt     what the model is asked, and what it must answer (data/prompt.toml)
    model      one call to an OpenAI-compatible address, loopback or private
    answer     what came back, read; repaired once where it is not quite JSON
    guard      whether a sentence may stand: every fact in the items it names
    rewording  what a rewording adds, moves or leaves out
    writer     a draft with the model's sentences where they pass, ours where not
    wording    the model's sentences beside ours, to be taken one by one
    journal    the log of prompts and answers
    scripted   a server of our own that speaks the protocol, for tests and the demo
    tables     the wording

Without a model nothing here is used. What a model invents does not pass; ours stands.
"""

from replygen.writing.guard import REASONS
from replygen.writing.journal import Journal
from replygen.writing.model import Model, leaves_house, open_model
from replygen.writing.wording import (
    find_standing,
    list_wordings,
    take_wordings,
    with_references,
)
from replygen.writing.writer import Refusal, Written, write_draft

__all__ = [
    "Journal",
    "Model",
    "REASONS",
    "Refusal",
    "Written",
    "find_standing",
    "leaves_house",
    "list_wordings",
    "open_model",
    "take_wordings",
    "with_references",
    "write_draft",
]
