"""checking: a draft -> everything in it that is wrong or worth a look.

::

    check      check_document, the one door; order of the report
    checked_draft  what is checked, and what every check asks of it (mentions, citations)
    leaks      facts of another place: known says what is ours, where names precedents
    norms      periods, multiples, conditions that a norm sets: facts of no place
    spoken     figures that count what the sentence lists, or only weigh
    when       dates of one place, and those of laws and of the whole country
    taught     what a small model takes for names, and for none
    deictics   我市, 我县: whose they are          documents  national documents and standards cited
    citations  statutes cited, judged by the register (register, laws.db, the index)
    coverage   which paragraphs answer which ask
    unanswered figures that an ask demands and no paragraph says
    matching   common runs of two texts              tables     the tables under data/
    copying    runs that stand word for word in a precedent; done where only others did
    comparison draft and precedent side by side, for the report
    classes    the class mark against the text, channel, session and number
    form       form rules of GB/T 9704 and of practice, as data
    slots      places left open
    series     numbers of the unit's own papers, whatever their series
    opinions   会办意见 given: used, attributed, none forgotten
    signatories who is addressed, and the copies to each
    unconfirmed commitments drawn from the proposal that nobody has confirmed
    promises   what our own earlier replies promised on this topic
    fixes      form faults with one right form, as edits (``replygen check --fix``)
    privacy    what the public copy must not have, as edits (``replygen publish``)

Wrong things are Findings, never exceptions; a check that could not run is named.
"""

from replygen.checking.check import check_document
from replygen.checking.comparison import Comparison, compare_precedents, find_near
from replygen.checking.coverage import State, tell_states
from replygen.checking.edits import Edit, apply_edits
from replygen.checking.fixes import find_fixes, fix_texts
from replygen.checking.privacy import find_forbidden, find_private
from replygen.checking.signatories import address_each, says_each

__all__ = [
    "Comparison",
    "Edit",
    "State",
    "address_each",
    "apply_edits",
    "check_document",
    "compare_precedents",
    "find_fixes",
    "find_forbidden",
    "find_near",
    "find_private",
    "fix_texts",
    "says_each",
    "tell_states",
]
