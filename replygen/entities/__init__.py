"""Text -> mentions: places, organisations, people, contacts, dates, figures, documents, brands.

The room knows only text. National facts are told apart from local ones by registers under
``data/``, never by guess. Everything that asserts something about one place is found here, so
that another room can decide whether it may stand in a draft.

::

    mentions              all detectors together: the mentions of a text, the most specific first
    places · place_mentions · place_patterns  the gazetteer, places in a text, places by their shape
    organisations · people · person_slots · adverbs  bodies; people by title, by where they stand
    actors · built        people by what only one person does; works by their plain names
    dates · numbers · ranks  when, how many, which place in a row
    documents · brands · reach  titles and 文号; platforms and firms; web addresses, plates
    names · name_shapes · unmarked · oddities  names that no register has, by what gives them away
    introduced            people behind the word for who they are
    novel                 names by words beside each other that no independent source puts together
    telling               honours, superlatives, rules and schools of one place, by their kind
    famous                names that everybody knows to be some place's (锅包肉, 塘约经验)
    taught                names by what stands around them, as a small model learned it
    carried · coined      names by the place that they fill, and by how they are made
    levels                bodies of levels that not every place has (盟市场监管局)
    sayings · counted     idioms, verses and clauses that answer each other; what laws count
    borders               what would cut the common words around it (朝|南阳|台)
    supplements · candidates  what needs the sentence around it; what detectors hand over
    independent · vocabulary · prose  how official prose cuts into words, and how many have a word
    ours · statements     what a draft may name, and about what
    folding · tables      one way of writing; the tables under data/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from replygen.language.lazily import load_lazily
from replygen.language.words import read_vocabulary

if TYPE_CHECKING:
    from replygen.entities.dates import normalise_date
    from replygen.entities.documents import is_national_document
    from replygen.entities.famous import list_famous
    from replygen.entities.independent import find_lonely
    from replygen.entities.levels import find_levels, has_level
    from replygen.entities.mentions import find_mentions
    from replygen.entities.novel import find_programmes
    from replygen.entities.numbers import normalise_number
    from replygen.entities.oddities import find_oddities
    from replygen.entities.organisations import is_generic_organisation, is_of_some
    from replygen.entities.place_mentions import find_deictics
    from replygen.entities.places import Place, lookup_places, place_within
    from replygen.entities.taught import cuts_words, find_taught, is_plain_prose
    from replygen.entities.telling import find_telling

__all__ = [
    "Place",
    "cuts_words",
    "find_deictics",
    "find_levels",
    "find_lonely",
    "find_mentions",
    "find_oddities",
    "find_programmes",
    "find_taught",
    "find_telling",
    "has_level",
    "is_generic_organisation",
    "is_national_document",
    "is_of_some",
    "is_plain_prose",
    "list_famous",
    "lookup_places",
    "normalise_date",
    "normalise_number",
    "place_within",
    "read_vocabulary",
]
_HOMES = {
    "Place": "places",
    "cuts_words": "taught",
    "find_deictics": "place_mentions",
    "find_levels": "levels",
    "find_lonely": "independent",
    "find_mentions": "mentions",
    "find_oddities": "oddities",
    "find_programmes": "novel",
    "find_taught": "taught",
    "find_telling": "telling",
    "has_level": "levels",
    "is_generic_organisation": "organisations",
    "is_national_document": "documents",
    "is_of_some": "organisations",
    "is_plain_prose": "taught",
    "list_famous": "famous",
    "lookup_places": "places",
    "normalise_date": "dates",
    "normalise_number": "numbers",
    "place_within": "places",
}

__getattr__ = load_lazily(__name__, _HOMES)
