"""Text -> mentions: places, organisations, people, contacts, dates, figures, documents, brands.

The room knows only text. National facts are told apart from local ones by registers under
``data/``, never by guess. Everything that asserts something about one place is found here, so
that another room can decide whether it may stand in a draft.
"""

from __future__ import annotations

from replygen.facts.citations import CitationMention, find_citations, normalise_part
from replygen.facts.dates import normalise_date
from replygen.facts.documents import is_national_document
from replygen.facts.mentions import find_mentions
from replygen.facts.numbers import normalise_number
from replygen.facts.oddities import find_oddities
from replygen.facts.organisations import is_generic_organisation
from replygen.facts.place_mentions import find_deictics
from replygen.facts.places import Place, lookup_places, place_within
from replygen.facts.sentences import split_sentences
from replygen.facts.vocabulary import read_vocabulary

__all__ = [
    "CitationMention",
    "Place",
    "find_citations",
    "find_deictics",
    "find_mentions",
    "find_oddities",
    "is_generic_organisation",
    "is_national_document",
    "lookup_places",
    "normalise_date",
    "normalise_number",
    "normalise_part",
    "place_within",
    "read_vocabulary",
    "split_sentences",
]
