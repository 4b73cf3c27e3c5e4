"""The freshness sweep: what the index and the forms cite that is no longer in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from replygen.index import Index
from replygen.laws import CitationMention, find_citations
from replygen.laws.register import Register
from replygen.laws.titles import normalise_title
from replygen.models import Verdict

_STALE: tuple[Verdict, ...] = ("repealed", "no_such_article", "not_in_force")


@dataclass(frozen=True, slots=True)
class StaleCitation:
    """A citation in a kept text that must not be taken over: ``document`` is the id in the
    index (``None`` for a form), ``text`` what stands there, ``times`` how often."""

    document: str | None
    title: str
    path: str
    own: bool
    name: str
    article: str | None
    text: str
    verdict: Verdict
    note: str
    successor: str | None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit looked at, and what it found, in the order of the paths."""

    documents: int
    forms: int
    stale: tuple[StaleCitation, ...]


def audit_index(
    index: Index,
    register: Register,
    *,
    on: date,
    forms: Iterable[tuple[str, str]] = (),
    progress: Callable[[int, str], None] | None = None,
) -> Audit:
    """Return what the documents of the index (statutes left out) and ``forms`` as (path,
    text) cite that is repealed, not yet in force or has no such article on a day. Raises
    StoreError when the index cannot be read."""
    stale: list[StaleCitation] = []
    documents = [d for d in index.documents() if d.kind != "statute"]
    for count, document in enumerate(documents, start=1):
        found = StaleCitation(
            document.id,
            document.title,
            document.path,
            document.own,
            "",
            None,
            "",
            "valid",
            "",
            None,
        )
        stale += _audit_text(index.text(document.id) or "", found, register, on)
        if progress is not None:
            progress(count, document.path)
    kept = list(forms)
    for path, text in kept:
        found = StaleCitation(None, path, path, True, "", None, "", "valid", "", None)
        stale += _audit_text(text, found, register, on)
    return Audit(len(documents), len(kept), tuple(stale))


def _audit_text(
    text: str, place: StaleCitation, register: Register, on: date
) -> Iterator[StaleCitation]:
    found: dict[tuple[str, str | None], StaleCitation] = {}
    for mention in find_citations(text) if "《" in text or "条" in text else ():
        key = (normalise_title(mention.name), mention.article)
        if key in found:
            found[key] = replace(found[key], times=found[key].times + 1)
            continue
        if mention.article is None and not register.knows(mention.name):
            continue
        judgement = register.examine(mention, on=on)
        moved = register.find_move(mention, _sentence_around(text, mention), on=on)
        if judgement.verdict not in _STALE and moved is None:
            continue
        entry = register.entries.get(register.shorts.get(key[0], key[0]))
        found[key] = replace(
            place,
            name=mention.name,
            article=mention.article,
            text=mention.text,
            verdict="outdated_edition" if moved else judgement.verdict,
            note=moved.note if moved else judgement.note or "",
            successor=moved.article if moved else entry.successor if entry else None,
        )
    yield from found.values()


def _sentence_around(text: str, mention: CitationMention) -> str:
    """The sentence that a citation stands in."""
    start = max(text.rfind(mark, 0, mention.start) for mark in "。！？\n") + 1
    ends = (text.find(mark, mention.end) for mark in "。！？\n")
    return text[start : min((e for e in ends if e >= 0), default=len(text))]
