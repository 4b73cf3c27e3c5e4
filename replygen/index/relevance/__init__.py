"""The one judge of relevance: whether a passage bears on an ask.

Cards, drafting, coverage, promises and opinions all ask here; nobody else decides it::

    judge        Judge: hits -> hits with calibrated probabilities; two texts -> alike or not
    ask_context  what is asked, and the views of it that are compared
    signals      what speaks for a passage and against it · likeness  the same for two texts
    pieces       word pieces of two texts set against each other
    model        signals weighed; the shipped weights, and the bar of each kind
"""

from replygen.index.relevance.ask_context import AskContext, read_subject
from replygen.index.relevance.judge import Judge
from replygen.index.relevance.model import load_models
from replygen.models import PassageKind

__all__ = ["ALIKE", "BAR", "SAME", "SIGNED", "AskContext", "Judge", "read_subject"]

# Probability from which a passage of a kind is used in a draft, and from which a text
# takes up another's matter: chosen on the curve of judgments (docs/quality.md).
BAR: dict[PassageKind, float] = {
    kind: load_models()["article" if kind == "article" else "measure"].bar
    for kind in ("measure", "reply", "article", "policy", "refusal")
}
ALIKE: float = load_models()["alike"].bar
# How surely a clerk signs the clause of an article that is quoted (docs/quality.md).
SIGNED: float = load_models()["clause"].bar
# Nearness from which two asks want the same, chosen on one half of tests/service/data: 60
# paraphrases, 120 asks of the same field and 24 of another matter in nearly the same words
# (recall .90, precision 1; at .60 .93 and 1, but 14 of 15,930 pairs of other fields pass, here
# 5); on the half that was kept back recall .97, precision 1. Alike in its place: F .78 and
# .92 at best.
SAME = 0.63
