"""Source -> Reply | Proposal | Registry | Policy | Statute | Article | Other.

Characters, lines and leftovers are mended first (clean, lines), then the kind is told
from what the text says (kinds), and each kind has its reader: reply (letterhead, titles,
sections, measures, measure_text, signoff), proposal (areas, levels, asks, pairs, topics),
policy, statute, article, registry (a proposal with the answer below it). What the text does
not say is ``None``; what was inferred is named in ``warnings``. Wording lies in data/.

A module is loaded when something of it is asked for: a reader's patterns take time, and a
draft needs the proposals' alone.

::

    joint          会办意见 of several units in one file
    policy         documents that set tasks: 意见, 通知, 方案, 规划
    borders        where a heading that lost its mark runs into its text
    border_signs   what such a place looks like, for the model of borders
    endings        whether what a clause opens with goes with the word it ends with
    openings       what a clause opens with: verbs, adverbs, prepositions
    word_ends      where the words of a text end
    arguments      items of a list that argue and ask for nothing
    subjects       who is to do what is wanted, and what is said of it
    matters        what a proposal is about, for a heading that does not say it
    shorten        a phrase made short enough for a topic
    weights        how well a phrase says what an ask wants
    addressed      sentences of a proposal that speak to a program, set aside
    clauses        the pieces of an ask between its marks
    clause_signs   what the model of demands looks at in a clause
    demands        the single things that an ask wants
    refusals       what a reply says will not be done
    head_fields    names, titles and numbers as a form has them or a person types them
    greetings      whom a letter greets
    grids          tables that list the asks
    bylines        who proposes, where no label says it
    form_rows      a form as one label and value a line
    regions        which place a text is about, when no title names it
    results        the mark that says what became of a proposal
    contradictions a letter's title against its receipt sentence
    emptiness      whether anything usable came out of a file
    rich           characters that remember whether they were bold
    wording        the tables under data/, compiled
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from replygen.language.lazily import load_lazily
from replygen.models import Other, Parsed, Source

if TYPE_CHECKING:
    from replygen.parsing.article import parse_article
    from replygen.parsing.clean import clean_source, to_simplified
    from replygen.parsing.emptiness import tell_empty
    from replygen.parsing.kinds import detect_kind
    from replygen.parsing.measures import split_measures
    from replygen.parsing.policy import parse_policy
    from replygen.parsing.proposal import parse_proposal, parse_proposal_text
    from replygen.parsing.reply import parse_reply
    from replygen.parsing.statute import parse_statute

__all__ = [
    "clean_source",
    "detect_kind",
    "parse_article",
    "parse_cleaned",
    "parse_policy",
    "parse_proposal",
    "parse_proposal_text",
    "parse_reply",
    "parse_source",
    "parse_statute",
    "split_measures",
    "tell_empty",
    "to_simplified",
]
_HOMES = {
    "clean_source": "clean",
    "detect_kind": "kinds",
    "parse_article": "article",
    "parse_policy": "policy",
    "parse_proposal": "proposal",
    "parse_proposal_text": "proposal",
    "parse_reply": "reply",
    "parse_statute": "statute",
    "split_measures": "measures",
    "tell_empty": "emptiness",
    "to_simplified": "clean",
}


__getattr__ = load_lazily(__name__, _HOMES)


def parse_source(source: Source) -> Parsed:
    """Return the source parsed as the kind of document that its text shows. A text that
    is none of the known kinds comes back as ``Other``."""
    from replygen.parsing.clean import clean_source

    return parse_cleaned(clean_source(source))


def parse_cleaned(clean: Source) -> Parsed:
    """Return a source that was cleaned already, parsed as :func:`parse_source` does."""
    from replygen.parsing.article import read_article
    from replygen.parsing.kinds import detect_kind
    from replygen.parsing.policy import read_policy
    from replygen.parsing.proposal import read_proposal
    from replygen.parsing.registry import read_registry
    from replygen.parsing.reply import read_reply
    from replygen.parsing.statute import read_statute

    registry = read_registry(clean)
    if registry is not None:
        return registry
    kind = detect_kind(clean)
    if kind == "other":
        first = next((p.text.strip() for p in clean.paragraphs if p.text.strip()), None)
        title = first if first and len(first) <= 60 else None
        warnings = (*clean.warnings, "没有认出文种，只按普通文字收存")
        return Other(title, clean.text, warnings)
    readers: dict[str, Callable[[Source], Parsed]] = {
        "reply": read_reply,
        "proposal": read_proposal,
        "policy": read_policy,
        "statute": read_statute,
        "article": read_article,
    }
    return readers[kind](clean)
