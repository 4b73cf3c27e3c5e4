"""Belonging: whose business a demand is, ours or another unit's of our place.

What the demand asks for decides (:mod:`replygen.drafting.duties` scores its words), then what
the paper is about; a paper that was handed to us is ours, and only what is surely another's
is theirs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from replygen.drafting.duties import (
    WHOM,
    find_named,
    load_duties,
    name_unit,
    our_keys,
    score_units,
    score_words,
)
from replygen.settings import Profile

# 教育部门|担负起, but 教育、卫生部门, 教育部门和学校
_ALONE = re.compile("[^，。；、和与及同]{2,12}?(?:部门|机关|局|厅|委)(?![、和与及同会])")
Belongs = Literal["ours", "shared", "aside", "others"]

_TITLE = 2.0  # of a proposal, beside the topics of its asks
_SUBJECT, _TOPIC, _ASK = 0.35, 0.5, 0.15  # what the words around a demand count
_MAJOR = 0.6  # our share of the best in what stands around, from which the matter is ours
_NAMED = 2.0  # a unit that the demand names: 由市教育局牵头
_CLEAR = 1.0  # score of a demand's own words from which they say whose it is
_SQUARELY = 2.6  # the same within a matter that is ours: two words of another's
_THEIRS = 4.0  # three words of another's
_SURE = 1.3  # one word at the head of the demand, with nothing of ours
_MORE = 1.25  # and times our own from which it is done with another
_BESIDE = 0.6  # share of our own score from which another is named beside us
_CLOSE = 0.8  # share of the best score that a second owner has
_OUTWEIGHS = 2.2  # and so many times what its words have of ours


@dataclass(frozen=True, slots=True)
class Owner:
    """A unit that a demand belongs to, as the draft calls it (市教育局), with its score."""

    key: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Duty:
    """Whose business a demand is: ``aside`` is another's demand in a matter that is ours.
    ``owners`` are the other units that its own words point to, surest first (for ``others``
    also those that only its ask points to). ``squarely`` is a demand in our matter that is
    so much another's that it is theirs."""

    belongs: Belongs
    owners: tuple[Owner, ...] = ()
    squarely: bool = False

    @property
    def names(self) -> str:
        """The owners as a reader names them: 市教育局、市财政局."""
        return "、".join(owner.name for owner in self.owners)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a demand: topic and text of its ask, title of the proposal and the
    ``subject``, the topics of all asks; ``host`` says that the paper was handed to us; ``charged``
    are the units that the sentence of the demand says are to act (由银保监局牵头，…；督促…)."""

    topic: str = ""
    ask: str = ""
    title: str = ""
    subject: str = ""
    host: bool = False
    charged: tuple[str, ...] = ()

    def theme(self, profile: Profile) -> dict[str, float]:
        """Return what the proposal as a whole points to."""
        return _add(profile, ((self.title, _TITLE), (self.subject, 1.0)))

    def scores(self, profile: Profile) -> dict[str, float]:
        """Return what the ask points to, in its proposal."""
        whole = f"{self.title}；{self.subject}"
        return _add(profile, ((self.topic, _TOPIC), (self.ask, _ASK), (whole, _SUBJECT)))

    def pointed(self, profile: Profile) -> dict[str, float]:
        """Return the units that the paper is about where it stands: what its title points to,
        and what the ask's topic points to where another topic or the title does, too."""
        title, topic = score_units(self.title, profile), score_units(self.topic, profile)
        rest = f"{self.title}；{self.subject.replace(self.topic, '')}"
        others = score_units(rest, profile)
        alone = not rest.strip("；")  # nothing else is known of the paper
        return {
            key: title[key] + topic[key]
            for key in {*title, *topic}
            if title[key] >= _CLEAR or (topic[key] >= _CLEAR and (alone or others[key] > 0))
        }


def assign_duty(demand: str, around: Around, *, profile: Profile) -> Duty:
    """Return whose business ``demand`` is, for the unit of ``profile``. Its own words decide;
    what the paper is about decides where they point to nobody. In a matter that is ours, or
    that was handed to us, only what is surely another's is theirs, and what every unit does
    with another (money, publicity, data, posts) is done with it. A unit with general duties (a
    government, its office, no profile) has them all."""
    ours = our_keys(profile)
    if not ours:
        return Duty("ours")
    said = _score_demand(demand, around, profile)
    own, other = _split(said, ours)
    owners = _owners(said, ours, profile)
    charged = [key for key in around.charged if key not in ours]
    if charged and own > 0:
        listed = {name_unit(key, profile): key for key in charged}
        return Duty("shared", tuple(Owner(k, name, said[k]) for name, k in listed.items())[:2])
    squarely = other >= _SQUARELY and other >= _OUTWEIGHS * own
    if own > 0 and not squarely:
        near = tuple(owner for owner in owners if owner.score >= _BESIDE * own)
        much = other >= max(_CLEAR, _MORE * own) and not _is_across(near, profile)
        return Duty("shared" if much else "ours", near)
    if around.host and not own and owners and _acts_first(owners[0].key, demand):
        return Duty("others", owners[:1])  # 教育部门担负起…
    if around.host or _is_ours_by_matter(around, ours, profile):
        across = _is_across(owners[:1], profile)
        if not (squarely or (not own and not across and other >= _SURE)):
            return Duty("ours")
        theirs = owners[0].key
        if _is_anothers_paper(theirs, around, ours, profile):
            return Duty("others", owners)
        topic = score_units(around.topic, profile)
        alone = not own and not _split(topic, ours)[0] and topic[theirs] >= _CLEAR
        return Duty("aside", owners, squarely and not across and (alone or other >= _THEIRS))
    pointed = around.pointed(profile)
    if other >= _CLEAR:
        alongside = _is_across(owners, profile)
        return Duty("aside" if alongside and not pointed else "others", owners)
    besides = _owners(pointed, ours, profile)
    return Duty("others", besides) if besides else Duty("ours")


def _acts_first(key: str, demand: str) -> bool:
    """Return whether ``demand`` says what the unit ``key`` is to do: it opens with it, alone."""
    named = find_named(demand)
    return bool(named) and named[0] == (key, 0) and _ALONE.match(demand) is not None


def _is_across(owners: Iterable[Owner], profile: Profile) -> bool:
    units = load_duties(profile.duties).units
    return all(o.key in units and units[o.key].across for o in owners)


def _is_ours_by_matter(around: Around, ours: Iterable[str], profile: Profile) -> bool:
    theme = around.theme(profile)
    return _is_mine(theme, ours) or _is_mine(around.scores(profile), ours)


def _is_anothers_paper(key: str, around: Around, ours: Iterable[str], profile: Profile) -> bool:
    """Return whether the paper as a whole is the business of the unit ``key`` and has nothing
    of ours."""
    theme = around.theme(profile)
    return not _split(theme, ours)[0] and theme[key] >= _TITLE * _CLEAR


# 把线索移送|公安部门: who gets it is not who does it
_HANDED_TO = re.compile(
    r"(?<=移送|移交|转交|报送|抄送|通报|上报|反馈)(?:给|至|到)?(?:有关|同级|属地)?[\u4e00-\u9fff]{2,8}?(?:部门|机关|[厅局委])"
)


def _score_demand(demand: str, around: Around, profile: Profile) -> dict[str, float]:
    """Return how much what ``demand`` asks for points to each unit: a word with a general sense
    (文化, 企业) to those only that its ask or the title points to as well."""
    field = score_words(f"{around.title}；{around.topic}", profile.duties, general=WHOM)
    fields = frozenset(key for key, score in field.items() if score >= _CLEAR)
    demand = _HANDED_TO.sub("", demand)
    words = score_words(demand, profile.duties, fields, places=True)
    said: dict[str, float] = defaultdict(float, words)
    for key, _ in find_named(demand):
        said[key] += _NAMED
    for key in around.charged:
        said[key] += _NAMED
    return said


def _add(profile: Profile, parts: Sequence[tuple[str, float]]) -> dict[str, float]:
    scores: dict[str, float] = defaultdict(float)
    for text, weight in parts:
        for key, score in score_units(text, profile).items():
            scores[key] += score * weight
    return scores


def _is_mine(scores: Mapping[str, float], ours: Iterable[str]) -> bool:
    """Return whether what stands around a demand is our matter."""
    own, other = _split(scores, ours)
    return own > 0 and own >= _MAJOR * other


def _split(scores: Mapping[str, float], ours: Iterable[str]) -> tuple[float, float]:
    """Return our score and the highest of the others."""
    own = sum(scores.get(key, 0.0) for key in ours)
    other = max((s for key, s in scores.items() if key not in set(ours)), default=0.0)
    return own, other


def _owners(
    scores: Mapping[str, float], ours: Iterable[str], profile: Profile, least: float = _CLEAR
) -> tuple[Owner, ...]:
    """Return the other units that the scores point to, from ``least``: the best and one that
    is close to it. Keys that are one unit here (市场监管 and 药品监管 in a city) are one owner."""
    mine = set(ours)
    best: dict[str, Owner] = {}
    for score, key in sorted(((s, k) for k, s in scores.items() if k not in mine), reverse=True):
        name = name_unit(key, profile)
        best.setdefault(name, Owner(key, name, score))
    rated = list(best.values())
    return tuple(o for o in rated if o.score >= max(least, _CLOSE * rated[0].score))[:2]
