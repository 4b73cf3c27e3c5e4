"""drafting: a proposal and what was found for it -> a structured draft with provenance.

::

    evidence   what bears on each ask          lexical   how much two texts share
    laws       what an answer may cite         demands   the single things an ask wants
    plan       which source answers which ask  repeats   a clause is said once
    rewrite    another place's measure -> ours in the future tense, or nothing
      clauses · tense · names · quotes · context · lexicon · guard    its steps, guard last
    own        the unit's own sentences        forms     templates/forms/*.toml
    compose    letterhead · answers · address · schemes      the Draft

What stands as done comes from the unit's own material only; whatever a rewrite returns
contains no mention that is neither national nor known.
"""

from replygen.drafting.compose import compose_draft
from replygen.drafting.evidence import gather_evidence
from replygen.drafting.forms import Form, form_names, load_form
from replygen.drafting.plan import AskPlan, Item, plan_answers
from replygen.drafting.rewrite import Rewrite, find_slots, rewrite_measure
from replygen.drafting.schemes import Scheme, advise_class, load_scheme

__all__ = [
    "AskPlan",
    "Form",
    "Item",
    "Rewrite",
    "Scheme",
    "advise_class",
    "compose_draft",
    "find_slots",
    "form_names",
    "gather_evidence",
    "load_form",
    "load_scheme",
    "plan_answers",
    "rewrite_measure",
]
