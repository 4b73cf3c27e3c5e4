"""What each law governs: its field and the words of its matter (data/fields.tsv).

A clause of one sector reads like its twin of another (“国家鼓励和支持能源科技创新” for an ask
about chips); the name of the law and the words it is about tell them apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from replygen.laws.normalise import normalise_statute
from replygen.laws.tables import read_table

# 湿地保护法 -> 湿地保护: what a law that the table does not have says of itself
_FORM = re.compile(r"(?:实施)?(?:细则|条例|办法|规定|决定|法)(?:（[^（）]*）)?$")
# Fields whose laws hardly ever answer an ask: who governs, soldiers, foreign affairs …
_APART = frozenset({"国家机构", "军事", "外交", "程序", "港澳", "地方"})


@dataclass(frozen=True, slots=True)
class Field:
    """A law's field (教育) and the words of what it governs (义务教育, 中小学, 学区 …);
    ``listed`` says whether the table has the law."""

    name: str
    words: tuple[str, ...]
    listed: bool

    @property
    def apart(self) -> bool:
        """Whether laws of this field hardly ever answer an ask."""
        return self.name in _APART


def find_field(law: str) -> Field:
    """Return what a law governs; of a law that the table does not have, the words of its
    name."""
    key = normalise_statute(law)
    found = _read_fields().get(key)
    return found or Field("", (_FORM.sub("", key) or key,), listed=False)


@cache
def read_field_words() -> Mapping[str, frozenset[str]]:
    """Return every word of the table with the fields that it speaks for."""
    words: dict[str, set[str]] = {}
    for field in _read_fields().values():
        for word in field.words:
            words.setdefault(word, set()).add(field.name)
    return MappingProxyType({word: frozenset(names) for word, names in words.items()})


@cache
def _read_fields() -> Mapping[str, Field]:
    rows = read_table("fields.tsv")
    return {name: Field(field, tuple(words.split()), listed=True) for name, field, words in rows}
