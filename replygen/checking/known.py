"""What is ours: everything that a draft may name because the proposal, the unit's profile or
its own material says it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from replygen.checking.case import Case, read_simply
from replygen.checking.matching import Grams, index_grams
from replygen.facts import find_mentions, lookup_places
from replygen.models import Mention
from replygen.search import SearchIndex
from replygen.settings import Profile

# 上, 近, 余: how a figure is rounded does not make it another figure
_ROUNDING = re.compile(
    r"^(?:不少于|不低于|不超过|超过|将近|接近|大约|至少|累计|近|约|超|逾|破|达|共|上)|[余多](?=\D|$)"
)
_PLACE_SUFFIX = re.compile(r"(?:特别行政区|自治[州县旗区]|[省市县区州盟旗镇乡]|街道)$")
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


@dataclass(frozen=True)
class Known:
    """``raw`` is all own text without white space; ``facts`` are (kind, normal form) of
    its mentions; ``names`` our places; ``home`` the names of the region's chain;
    ``grams`` the runs of the index's own documents."""

    raw: str
    facts: frozenset[tuple[str, str]]
    names: frozenset[str]
    home: frozenset[str]
    profile: Profile
    stems: tuple[str, ...] = field(default=())
    grams: Grams = field(default_factory=lambda: index_grams(""), repr=False)

    def covers(self, mention: Mention) -> bool:
        """True when the mention is ours, whatever its kind."""
        if mention.kind == "number":
            return ("number", _round(mention.normal)) in self.facts
        if mention.kind == "date":
            told = not re.match(r"[\d-]", mention.normal) and _plain(mention.text) in self.raw
            return told or self._covers_date(mention)
        if (mention.kind, mention.normal) in self.facts:
            return True
        text = _plain(mention.text).strip("、")
        return len(text) >= 2 and text in self.raw or self.is_home(mention)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where our own places stand in ``text``."""
        own = re.finditer("|".join(map(re.escape, sorted(self.names, key=len, reverse=True))), text)
        return [m.span() for m in own] if self.names else []

    def is_home(self, mention: Mention) -> bool:
        """True for our own region, what lies in it, what it lies in, and what bears its
        name (云川市公安局)."""
        if mention.kind == "place":
            if any(name in (mention.normal, mention.text) for name in (*self.names, *self.home)):
                return True
            region = self.profile.region
            if not region:
                return False
            return (
                region in mention.normal
                or self._starts_ours(mention.text)
                or (any(region in place.full for place in lookup_places(mention.text)))
            )
        return mention.kind == "organisation" and self._starts_ours(mention.text.lstrip("、"))

    def _starts_ours(self, text: str) -> bool:
        return any(text.startswith(name) for name in (*self.names, *self.stems))

    def _covers_date(self, mention: Mention) -> bool:
        """A known day covers its month and year."""
        normal = mention.normal
        return any(
            kind == "date" and (known == normal or known.startswith(f"{normal}-"))
            for kind, known in self.facts
        )


def gather_known(case: Case) -> Known:
    """Return what is ours in this case."""
    profile = case.profile if case.profile.name else _guess_profile(case)
    own = _read_own(case.index)
    given = "\n".join([case.proposal_text, *case.own_texts, *_profile_words(profile)])
    facts = own.facts | _read_facts(given)
    region, province = profile.region, profile.province
    chains = lookup_places(region) if region else ()
    home = {name for place in chains for name in place.full} if len(chains) == 1 else set()
    names = {region, province, *profile.places} - {""}
    stems = {_PLACE_SUFFIX.sub("", n) for n in (region, *profile.places) if n}
    return Known(
        raw=_plain(f"{given}\n{read_simply(given)}\n{own.text}"),
        facts=facts,
        names=frozenset(names | {s for s in stems if len(s) >= 2}),
        home=frozenset(home | ({_PLACE_SUFFIX.sub("", h) for h in home})),
        profile=profile,
        stems=tuple(sorted(s for s in stems if len(s) >= 2)),
        grams=own.grams,
    )


def _profile_words(profile: Profile) -> list[str]:
    words = [profile.name, profile.region, profile.province, profile.function, profile.signer]
    words += [*profile.places, *profile.partners, *profile.cc]
    for contact in profile.contacts:
        words += [contact.name or "", contact.phone or ""]
    return [w for w in words if w]


def _guess_profile(case: Case) -> Profile:
    """Without a profile, the unit in the letterhead or below the letter is the home."""
    for text in (*case.paragraphs[-12:], *case.paragraphs[:8]):
        match = _UNIT_LINE.fullmatch(text)
        if match:
            unit = text.strip().removesuffix("文件")
            return replace(case.profile, name=unit, region=match.group(1))
    return case.profile


def _read_own(index: SearchIndex | None) -> _Own:
    """What the index's own documents say, kept until their set changes."""
    if index is None:
        return _Own()
    ids = tuple(d.id for d in index.documents(own=True))
    if ids not in _OWN_CACHE:
        while len(_OWN_CACHE) >= 4:
            _OWN_CACHE.pop(next(iter(_OWN_CACHE)))
        parts = [t for i in ids for t in (index.text(i), *(p.text for p in index.passages(i))) if t]
        text = "\n".join(parts)
        _OWN_CACHE[ids] = _Own(text, _read_facts(text), index_grams(text))
    return _OWN_CACHE[ids]


@lru_cache(maxsize=16)
def _read_facts(text: str) -> frozenset[tuple[str, str]]:
    facts = set()
    for line in set(text.splitlines()):  # a document's text and its passages say the same
        for m in find_mentions(read_simply(line)):
            facts.add((m.kind, _round(m.normal) if m.kind == "number" else m.normal))
    return frozenset(facts)


def _plain(text: str) -> str:
    """The text as names are looked for in it: no white space, quotes or title marks."""
    return re.sub(r"[\s《》〈〉“”\"‘’]", "", text)


def _round(normal: str) -> str:
    return _ROUNDING.sub("", _ROUNDING.sub("", normal))
