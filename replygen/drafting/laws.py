"""Laws: which ones an answer may rest on.

A national law is offered only where a document that answers the same ask cites it, and the
index holds it as in force; a rule of our own region also where one of its articles is about
the ask. Nothing is cited because a search engine found it alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from replygen.drafting.lexical import bearing, names_subject, particular
from replygen.facts import find_citations, find_mentions, place_within
from replygen.models import Ask, Document, Hit, Passage
from replygen.search import SearchIndex, StatuteRecord
from replygen.settings import Profile

_FILE = Path(__file__).with_name("data") / "law_words.tsv"
_MOST_LAWS = 3
_ASKED = 400  # characters of an ask that are looked up
_LOOKED_AT, _MOST_READ = 24, 100  # articles
_NATION = "中华人民共和国"
_LAST = 3  # articles at the end of a rule that say how long it holds and what it repeals
# 有效期至2026年4月30日
_VALID_UNTIL = re.compile(r"有效期(?:截?至|到)(\d{4})年(\d{1,2})月(\d{1,2})日")
# Weighted shares (0..1): an article must have this much of the ask, and its law or itself
# this much of the subject; a law that the very measure cites needs less.
_ARTICLE_ASK, _CITED_ASK, _NEAR_ASK, _RULE_ASK = 0.22, 0.12, 0.25, 0.25
_SUBJECT, _RULE_SUBJECT = 0.12, 0.30


@dataclass(frozen=True, slots=True)
class _Support:
    """A citation of a law in a document that answers the ask; ``near`` is one in the very
    passage."""

    name: str
    article: str | None
    near: bool


def query_of(ask: Ask, subject: str) -> str:
    """Return what an ask is searched with: its topic, the subject, its beginning."""
    return f"{ask.topic}\n{subject}\n{ask.text[:_ASKED]}"


def find_laws(
    ask: Ask,
    subject: str,
    hits: Sequence[Hit],
    index: SearchIndex,
    statutes: Sequence[StatuteRecord],
    *,
    profile: Profile | None,
) -> tuple[Hit, ...]:
    """Return at most three articles, one of each law, that an answer to ``ask`` may cite,
    the best supported first. Every law is in force in the index and holds where we are."""
    in_force = {_bare(s.name): s for s in statutes if s.status == "in_force"}
    alike = index.search(query_of(ask, subject), kind="article", k=_LOOKED_AT)
    found: dict[str, Hit] = {}
    for support in _supports(hits, index, ask, subject):
        record = in_force.get(_bare(support.name))
        if record is None or record.document in found or not is_on(record.name, ask, subject):
            continue
        hit = _best_article(ask, subject, record, support, index, alike)
        if hit is not None and applies_here(hit.passage, profile):
            found[record.document] = hit
    ids = {s.document for s in statutes if s.status == "in_force"}
    for hit in _own_rules(ask, subject, alike, ids, profile, index):
        found.setdefault(hit.passage.document.id, hit)
    return tuple(sorted(found.values(), key=lambda h: -h.score)[:_MOST_LAWS])


def is_on(title: str, ask: Ask, subject: str) -> bool:
    """Return whether a law is on the matter of an ask: a word of what it governs stands in
    the ask's topic or the proposal's subject, or more than once in the ask's text. National
    laws only; the title tells for those that data/law_words.tsv does not have."""
    if not title.strip("《》").startswith(_NATION):
        return True
    words = _law_words().get(_bare(title)) or tuple(particular(_bare(title)))
    head = f"{ask.topic}{subject}"
    return any(word in head or ask.text.count(word) > 1 for word in words)


@lru_cache(maxsize=1)
def _law_words() -> Mapping[str, tuple[str, ...]]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: tuple(words.split()) for name, words in rows}


def applies_here(passage: Passage, profile: Profile | None) -> bool:
    """Return whether a statute holds where the unit is: a national one, or a local one
    whose region contains ours. An unknown place is not ours."""
    document = passage.document
    regions = _regions(document.region or "", document.title)
    if not regions:
        return True
    if profile is None or not profile.region:
        return False
    ours = profile.province + profile.region.removeprefix(profile.province)
    return all(region in ours or place_within(profile.region, region) is True for region in regions)


@lru_cache(maxsize=2048)
def _regions(region: str, title: str) -> tuple[str, ...]:
    regions = [region] if region else []
    if not title.strip("《》").startswith(_NATION):
        regions += [m.normal for m in find_mentions(title) if m.kind == "place"]
    return tuple(r for r in regions if r not in ("全国", "中国", _NATION))


def _supports(
    hits: Sequence[Hit], index: SearchIndex, ask: Ask, subject: str
) -> Iterator[_Support]:
    """Give what the measures themselves cite, then what their documents cite elsewhere."""
    for hit in hits:
        passage = hit.passage
        if passage.kind == "measure" and "《" in passage.text:
            on_ask = bearing(ask.topic, ask.text, passage.text, subject)
            for name, article in _cited(passage.text):
                yield _Support(name, article, near=on_ask >= _NEAR_ASK)
    for document in dict.fromkeys(h.passage.document.id for h in hits):
        for passage in index.passages(document):
            for name, article in _cited(passage.text):
                yield _Support(name, article, near=False)


@lru_cache(maxsize=2048)
def _cited(text: str) -> tuple[tuple[str, str | None], ...]:
    if "《" not in text:
        return ()
    return tuple((c.name, c.article) for c in find_citations(text))


def _bare(name: str) -> str:
    return name.strip("《》").removeprefix(_NATION)


def _best_article(
    ask: Ask,
    subject: str,
    record: StatuteRecord,
    support: _Support,
    index: SearchIndex,
    alike: Sequence[Hit],
) -> Hit | None:
    """Return the cited article where it is named, else the one most like the ask; ``None``
    when the law has nothing on it."""
    articles = [h.passage for h in alike if h.passage.document.id == record.document]
    if support.near and support.article:
        named = index.article(record.name, support.article)
        articles = [named, *articles] if named is not None else articles
    if support.near and not articles:
        articles = [p for p in index.passages(record.document)[:_MOST_READ] if p.kind == "article"]
    if not articles:
        return None
    scored = [bearing(ask.topic, ask.text, p.text, subject) for p in articles]
    score = max(scored)
    passage = articles[scored.index(score)]
    if support.near:
        return Hit(passage, 0.5 + 0.5 * score, ("exact",)) if score >= _CITED_ASK else None
    named_alike = particular(record.name) & particular(f"{ask.topic}{ask.text}")
    on_subject = names_subject(subject, f"{record.name}{passage.text}")
    fits = bool(named_alike) and score >= _ARTICLE_ASK and on_subject >= _SUBJECT
    return Hit(passage, 0.5 * score, ("exact",)) if fits else None


def _own_rules(
    ask: Ask,
    subject: str,
    alike: Sequence[Hit],
    in_force: set[str],
    profile: Profile | None,
    index: SearchIndex,
) -> Iterator[Hit]:
    """Give articles of rules of our own region that are about the ask."""
    for hit in alike:
        passage = hit.passage
        document = passage.document
        if document.id not in in_force or document.title.startswith(_NATION):
            continue
        if names_subject(subject, document.title) < _RULE_SUBJECT:
            continue
        score = bearing(ask.topic, ask.text, passage.text, subject)
        local = _regions(document.region or "", document.title)
        if score < _RULE_ASK or not local or not applies_here(passage, profile):
            continue
        if not _is_over(document, index, in_force):
            yield Hit(passage, score, hit.found_by)


def _is_over(rule: Document, index: SearchIndex, in_force: set[str]) -> bool:
    """Return whether a local rule has run out by its own last articles, or a later rule of
    a region says that it is repealed: the register knows of national laws only."""
    for passage in index.passages(rule.id)[-_LAST:]:
        ends = _VALID_UNTIL.search(passage.text)
        if ends and date(int(ends[1]), int(ends[2]), int(ends[3])) < date.today():
            return True
    others = [d for d in index.documents() if d.id in in_force and d.id != rule.id]
    return any(
        "废止" in passage.text and f"《{rule.title.strip('《》')}》" in passage.text
        for other in others
        if not other.title.startswith(_NATION) and _regions(other.region or "", other.title)
        for passage in index.passages(other.id)[-_LAST:]
    )
