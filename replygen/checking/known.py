"""Gathering what is ours in one case: proposal, profile, own material (see entities.ours)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain

from replygen.checking.checked_draft import CheckedDraft, read_simply
from replygen.checking.matching import Grams, index_grams
from replygen.entities import find_mentions, lookup_places
from replygen.entities.ours import PLACE_SUFFIX, Ours, is_elsewhere, plain, round_figure
from replygen.entities.statements import Statements, date_statements, read_statements
from replygen.index import Index
from replygen.models import Document
from replygen.settings import Profile

# 云川市市场监督管理局 as a paragraph of its own
_UNIT_LINE = re.compile(
    r"[\s　]*([\u4e00-\u9fff]{2,8}?(?:省|市|县|区|州|盟|旗))"
    r"([\u4e00-\u9fff]{2,16}(?:局|委员会|委|政府|办公室|办|厅|部|中心|院))(?:文件)?[\s　]*"
)
_OWN_CACHE: dict[tuple[str, ...], _Own] = {}


@dataclass(frozen=True)
class _Own:
    """The own documents of an index: text, (kind, normal form) of its facts, its runs."""

    text: str = ""
    facts: frozenset[tuple[str, str]] = frozenset()
    grams: Grams = field(default_factory=lambda: index_grams(""))
    statements: Statements = field(default_factory=Statements)


def gather_known(case: CheckedDraft) -> Ours:
    """Return what is ours in this case."""
    profile = case.profile if case.profile.name else _guess_profile(case)
    own = _read_own(case.index, profile)
    given = "\n".join([case.proposal_text, *case.own_texts, *_profile_words(profile)])
    facts = own.facts | _read_facts(given)
    region, province = profile.region, profile.province
    chains = lookup_places(region) if region else ()
    home = {name for place in chains for name in place.full} if len(chains) == 1 else set()
    names = {region, province, *profile.places} - {""}
    stems = {PLACE_SUFFIX.sub("", n) for n in (region, *profile.places) if n}
    return Ours(
        raw=plain(f"{given}\n{read_simply(given)}\n{own.text}"),
        facts=facts,
        names=frozenset(names | {s for s in stems if len(s) >= 2}),
        home=frozenset(home | ({PLACE_SUFFIX.sub("", h) for h in home})),
        profile=profile,
        stems=tuple(sorted(s for s in stems if len(s) >= 2)),
        statements=(own.statements, _read_statements(given)),
    )


def read_own_grams(case: CheckedDraft) -> Grams:
    """Return the runs of the index's own documents."""
    return _read_own(case.index, case.profile).grams


def _profile_words(profile: Profile) -> list[str]:
    words = [profile.name, profile.region, profile.province, profile.function, profile.signer]
    words += [*profile.places, *profile.partners, *profile.cc]
    for contact in profile.contacts:
        words += [contact.name or "", contact.phone or ""]
    return [w for w in words if w]


def _guess_profile(case: CheckedDraft) -> Profile:
    """Without a profile, the unit in the letterhead or below the letter is the home."""
    for text in (*case.paragraphs[-12:], *case.paragraphs[:8]):
        match = _UNIT_LINE.fullmatch(text)
        if match:
            unit = text.strip().removesuffix("文件")
            return replace(case.profile, name=unit, region=match.group(1))
    return case.profile


def _read_own(index: Index | None, profile: Profile) -> _Own:
    """What the index's own documents say, kept until their set changes."""
    if index is None:
        return _Own()
    documents = [d for d in index.documents(own=True) if not is_elsewhere(d, profile)]
    ids = tuple(d.id for d in documents)
    if ids not in _OWN_CACHE:
        while len(_OWN_CACHE) >= 4:
            _OWN_CACHE.pop(next(iter(_OWN_CACHE)))
        texts = {i: index.text(i) or "" for i in ids}
        parts = [t for i in ids for t in (texts[i], *(p.text for p in index.passages(i))) if t]
        text = "\n".join(parts)
        said = read_statements([text])
        dated = (date_statements(texts[d.id], _own_days(d)).dates for d in documents)
        said = replace(said, dates=(*said.dates, *chain.from_iterable(dated)))
        _OWN_CACHE[ids] = _Own(text, _read_facts(text), index_grams(text), said)
    return _OWN_CACHE[ids]


def _own_days(document: Document) -> list[str]:
    """The year in a paper's title and the day it was signed: what it says is said of these."""
    days = re.findall(r"(20\d\d)年", document.title)[:1] + [document.date or ""]
    return [day for day in days if day]


@lru_cache(maxsize=16)
def _read_statements(text: str) -> Statements:
    return read_statements([read_simply(text)])


@lru_cache(maxsize=16)
def _read_facts(text: str) -> frozenset[tuple[str, str]]:
    facts = set()
    for line in set(text.splitlines()):  # a document's text and its passages say the same
        for m in find_mentions(read_simply(line)):
            facts.add((m.kind, round_figure(m.normal) if m.kind == "number" else m.normal))
    return frozenset(facts)
