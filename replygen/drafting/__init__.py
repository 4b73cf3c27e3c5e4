"""drafting: a proposal and what was found for it -> a structured draft with provenance.

::

    evidence   what bears on each ask, judged   laws      where a rule holds; procedures
    stance     how each demand is answered      belonging  whose business it is
      duties      what units answer for, their names
      charged     which units a sentence says are to act
      roles       how much a word of a demand says of what is asked for
    moves      basis · done · plan · limit, each with its ground
      basis       an article, quoted            own       the unit's own sentences
      commitments a demand -> what we will do   limits    what is not ours to promise
      mending · wholeness        bad wording put right; does a commitment read whole?
    rewrite    another place's measure -> ours in the future tense, or nothing
      clauses · tense · names · quotes · context · lexicon · guard    its steps, guard last
      names_unknown names of no dictionary      lexical   how rare words are
    speaker · voice · acts    who speaks, in whose voice, which clause is an act
    spoken · leads            the proposer's voice taken away, what others do brought about
    figures   what a wish demands in figures and dates, taken out whole
    doers      whose act it is: ours, or a museum's, a school's, a firm's
    answers    the paragraphs                   forms     templates/forms/*.toml
    compose    letterhead · answers · address · schemes      the Draft
    confirm    a commitment becomes a promise   fill      typed values in open places
    edits      sentences that a person wrote anew, took out or added
    moving     sentences in another order within their ask
    sharing    each fact of ours at the ask that it fits best
    standing   answers that nothing changed stay when the letter is composed anew
    stated     what the letter has said so far
    steps      the commitments of one ask, none said twice
    settled    what is done already, was refused before, or a rule forbids
    cards      what was found, to choose from   opinions  会办意见, never as ours
    sought     what a clerk looked up in words of his own, and as what a letter may use it
    readdress  a head put right: the letter names what it says now
    quoting    what no wording of ours was found for, in the ask's own words
    demands    an ask's demands, worded in place   facts   what a reply reports
    denied     what a proposal does not want done
    material · letterhead · tables

What stands as done comes from the unit's own material only; whatever a rewrite returns
contains no mention that is neither national nor known.
"""

from replygen.drafting.compose import compose_draft
from replygen.drafting.confirm import confirm_asks, read_asks
from replygen.drafting.evidence import gather_evidence
from replygen.drafting.forms import Form, form_names, load_form
from replygen.drafting.moves import AskPlan, plan_answers
from replygen.drafting.rewrite import Rewrite, find_slots, rewrite_measure
from replygen.drafting.schemes import Scheme, advise_class, load_scheme, propose_class
from replygen.drafting.stance import read_choices, take_stances
from replygen.drafting.steps import How, Step

__all__ = [
    "AskPlan",
    "Form",
    "How",
    "Rewrite",
    "Scheme",
    "Step",
    "advise_class",
    "compose_draft",
    "confirm_asks",
    "find_slots",
    "form_names",
    "gather_evidence",
    "load_form",
    "load_scheme",
    "plan_answers",
    "propose_class",
    "read_asks",
    "read_choices",
    "rewrite_measure",
    "take_stances",
]
