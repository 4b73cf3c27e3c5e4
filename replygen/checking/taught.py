"""What the model of names (entities.taught) says in a draft: what may be a name though no list
has it, and what looks like one and is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from replygen.checking.checked_draft import CheckedDraft, Part
from replygen.checking.tables import read_words
from replygen.entities import lookup_places
from replygen.entities.adverbs import is_adverb
from replygen.entities.brands import is_firm
from replygen.entities.sayings import find_idioms, find_sayings
from replygen.entities.telling import is_honour
from replygen.entities.vocabulary import is_word
from replygen.models import Mention

# What the heaviest word of a mention must weigh for it to be told. Chosen on sentences that the
# fit had not seen (of 150 that this takes off some 15 named something) and on real letters.
_ODD = -0.8
_BARS = {"place": -1.8, "organisation": -2.5, "brand": -2.5, "person": -3.0}
_WORD = -3.0  # and of a word that some city or county is called by
_BUILT = ("社区", "小区", "新区", "园区", "街区", "片区", "老区", "校区", "厂区", "安置区")
_SHORT = 2  # characters of a short name of the gazetteer


def find_names_taught(
    case: CheckedDraft, number: int, known: Sequence[tuple[int, int]]
) -> Iterator[Mention]:
    """Yield what the model takes for names outside ``known`` and set phrases."""
    for mention in case.find_taught(number, known):
        part = case.part_at(number, mention.start)
        cut = mention.text[-1] == "曾" and is_adverb(case.paragraphs[number], mention.end - 1, 3)
        if not (cut or is_inside_phrase(part, mention.start, mention.end)):  # 局长曾|带队
            yield mention


def is_only_shaped(case: CheckedDraft, number: int, mention: Mention) -> bool:
    """Return whether a name that only its shape or a short name of the gazetteer shows is
    surely none where it stands: 县、乡、|村三级路|长制, 泡在|水里. What stands in quotes
    is somebody's name."""
    text = case.paragraphs[number]
    quoted = text[max(0, mention.start - 1) : mention.start] in ("“", "「", "《", "‘")
    if quoted or mention.text[0] in "“「《‘" or is_firm(mention.text):
        return False
    bar = _BARS.get(mention.kind)
    if bar is None:
        return False
    if mention.scope == "local" and not _may_be_no_place(case, number, mention):
        if not _is_word_too(mention):
            return False
        bar = _WORD
    return case.is_plain_prose(mention, number, bar)


def _is_word_too(mention: Mention) -> bool:
    """True for the short name of a city or a county that is a word as well: 杨梅, 沿河."""
    return mention.kind == "place" and len(mention.text) <= _SHORT and is_word(mention.text)


def _may_be_no_place(case: CheckedDraft, number: int, mention: Mention) -> bool:
    """Return whether a place of known shape may be none: a short name of the gazetteer that is a
    word or cuts one, unless a city's, and what ends like 吸烟区; not 大托村, 泉星社区."""
    if mention.kind != "place":
        return False
    levels = {place.level for place in lookup_places(mention.normal)}
    if not levels:
        return not mention.text.endswith(_BUILT)
    word = is_word(mention.text) or case.cuts_words(mention, number)
    return len(mention.text) <= _SHORT and word and not levels & {"省", "市", "县"}


def is_said_of_all(text: str, mention: Mention) -> bool:
    """Return whether a mention stands in an idiom, or what no register knows in another saying:
    重|医轻养, 洛阳|纸贵; not 以|上海|为师、以深圳为镜."""
    if mention.kind in ("number", "date", "document", "doc_number", "contact"):
        return False
    if is_honour(mention.text):  # “中国花椒之乡”
        return False
    local = mention.scope == "local" and not _may_be_in_saying(mention)
    spans = find_idioms(text) if local else find_sayings(text)
    return any(_is_of_saying(mention, start, end) for start, end in spans)


def _is_of_saying(mention: Mention, start: int, end: int) -> bool:
    """True for what stands for the most part in a saying, or cuts one: 不搞千村|一面."""
    shared = min(end, mention.end) - max(start, mention.start)
    cut = start < mention.end < end or start < mention.start < end
    return shared > (mention.end - mention.start) / 2 or cut


def _may_be_in_saying(mention: Mention) -> bool:
    """True for what only its shape makes a place (绿树村|边合) and for a short name of a town or a
    village (崇|俭): no city's."""
    levels = {place.level for place in lookup_places(mention.text)}
    return mention.kind == "place" and not levels & {"省", "市", "县"}


def is_only_odd(case: CheckedDraft, number: int, mention: Mention) -> bool:
    """Return whether a word that nobody else puts there is surely no name (应当使用|牵引绳). A
    person's name may be of plain words."""
    return mention.kind != "person" and case.is_plain_prose(mention, number, _ODD)


def is_inside_phrase(part: Part, first: int, end: int) -> bool:
    """Return whether ``first`` to ``end`` of the paragraph stand in a set phrase."""
    first, end = first - part.start, end - part.start
    for phrase in read_words("figures.tsv", "phrase"):
        start = part.text.find(phrase)
        while start >= 0:
            if start <= first and end <= start + len(phrase):
                return True
            start = part.text.find(phrase, start + 1)
    return False
