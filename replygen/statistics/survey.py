"""The documents and measures of an index, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from replygen.index import Index
from replygen.language.tables import Tables
from replygen.models import Document, Passage

_TABLES = Tables(__file__)
_OTHER, _UNKNOWN = "其他", "没有读到"
_MOST = 5_000  # documents whose measures are looked at, the latest first
_EXAMPLES = 3
_HEAD = 300  # characters of a reply in which its subject stands


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of measure: in how many documents and places it was taken, and examples as
    (document id, place, lead phrase), latest first, each of another place."""

    name: str
    documents: int
    places: int
    measures: int
    examples: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """What an index holds besides statutes. ``years``, ``places`` and ``fields`` are
    (name, how many documents); years in order, the rest by number. ``kinds`` of measures by
    the number of places. ``looked_at`` counts the documents whose measures were read."""

    documents: int
    own: int
    looked_at: int
    measures: int
    years: tuple[tuple[str, int], ...]
    places: tuple[tuple[str, int], ...]
    fields: tuple[tuple[str, int], ...]
    kinds: tuple[Kind, ...]


def survey_corpus(index: Index) -> Survey:
    """Return the documents of ``index`` counted by year, place and field, and the kinds of
    measures most often taken. Raises StoreError."""
    documents = [d for d in index.documents() if d.kind != "statute"]
    latest = sorted(documents, key=lambda d: d.date or "", reverse=True)[:_MOST]
    passages = {d.id: index.passages(d.id) for d in latest}
    years = Counter((d.date or _UNKNOWN)[:4] for d in documents)
    return Survey(
        documents=len(documents),
        own=sum(d.own for d in documents),
        looked_at=len(latest),
        measures=sum(p.kind == "measure" for ps in passages.values() for p in ps),
        years=tuple(sorted(years.items())),
        places=tuple(Counter(d.region or _UNKNOWN for d in documents).most_common()),
        fields=tuple(
            Counter(
                tell_field(d, _read_head(passages.get(d.id, ()))) for d in documents
            ).most_common()
        ),
        kinds=_count_kinds(latest, passages),
    )


def tell_field(document: Document, head: str = "") -> str:
    """Return the field that a document belongs to: by its unit's name, else by the words of
    its title and of ``head``, else 其他."""
    rows = _read_table("fields.tsv")
    for name, units, _ in rows:
        if any(word in (document.issuer or "") for word in units):
            return name
    text = f"{document.title}\n{head}"
    found = [
        (at, name) for name, _, words in rows for word in words if (at := text.find(word)) >= 0
    ]
    return min(found)[1] if found else _OTHER


def _count_kinds(
    documents: Iterable[Document], passages: dict[str, tuple[Passage, ...]]
) -> tuple[Kind, ...]:
    taken: dict[str, list[tuple[Document, Passage]]] = {}
    for document in documents:
        for passage in passages[document.id]:
            if passage.kind == "measure":
                for name in _name_kinds(passage.text):
                    taken.setdefault(name, []).append((document, passage))
    kinds = [_sum_up(name, found) for name, found in taken.items()]
    return tuple(sorted(kinds, key=lambda k: (-k.places, -k.documents, k.name)))


def _name_kinds(text: str) -> Iterator[str]:
    for name, words in _read_table("measures.tsv"):
        if any(word in text for word in words):
            yield name


def _sum_up(name: str, found: list[tuple[Document, Passage]]) -> Kind:
    by_place: dict[str, tuple[Document, Passage]] = {}
    # Latest first; of those the measures whose lead phrase says that they are of this kind.
    words = next(row[1] for row in _read_table("measures.tsv") if row[0] == name)
    named_first = sorted(found, key=lambda item: not any(w in item[1].title for w in words))
    for document, passage in named_first:
        by_place.setdefault(passage.region or document.region or "", (document, passage))
    examples = tuple(
        (document.id, place or _UNKNOWN, passage.title or passage.text[:30])
        for place, (document, passage) in by_place.items()
    )
    return Kind(
        name,
        len({document.id for document, _ in found}),
        len({place for place in by_place if place}),
        len(found),
        examples[:_EXAMPLES],
    )


def _read_head(passages: tuple[Passage, ...]) -> str:
    return passages[0].text[:_HEAD] if passages else ""


@cache
def _read_table(name: str) -> list[tuple[str, ...]]:  # a name, then tuples of words
    return [
        (first, *(tuple(cell.split("、")) for cell in cells))  # type: ignore[arg-type]
        for first, *cells in _TABLES.rows(name)
    ]
