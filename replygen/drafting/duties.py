"""Duties: whose business a demand is, ours or another unit's of our place.

The table ``templates/duties.toml`` holds what the units of a city usually answer for; the
profile's ``[duties]`` overrule it word by word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from ahocorasick import Automaton

from replygen.drafting.context import own_char
from replygen.drafting.roles import MODIFIER, weigh_places
from replygen.errors import SettingsError, TemplateError
from replygen.language.tables import read_toml
from replygen.language.words import read_vocabulary
from replygen.settings import Profile, resource

OURS = "ours"  # the key of our unit's own row in the profile's [duties]
# 市人民政府|国有资产监督管理委员会, but 人民政府办公室
_UNDER_GOVERNMENT = re.compile(r"^人民政府(?!办公[室厅])(?=..)")
# 教育部门|担负起, but 教育、卫生部门, 教育部门和学校
_ALONE = re.compile("[^，。；、和与及同]{2,12}?(?:部门|机关|局|厅|委)(?![、和与及同会])")
_LEVELS = {"省": "省", "市": "市", "县": "县", "区": "县"}
Belongs = Literal["ours", "shared", "aside", "others"]

_UNIT_KEYS = {
    *("name", "province", "county", "short", "stems", "also", "duties", "hints", "plain", "across"),
    "province_short",
}
_NEEDED = {"name", "stems", "duties"}
_HINT = 0.35
_SHORTEST = 2  # characters of a word that may stand across the border of two others
_WHOM = 0.6  # a word that says for whom or where: 农村|教师
_TITLE = 2.0  # of a proposal, beside the topics of its asks
_SUBJECT, _TOPIC, _ASK = 0.35, 0.5, 0.15  # what the words around a demand count
_MAJOR = 0.6  # our share of the best in what stands around, from which the matter is ours
_NAMED = 2.0  # a unit that the demand names: 由市教育局牵头
_HEAD = 1.3  # the last word of a phrase is its head: 农村|教师
_CLEAR = 1.0  # score of a demand's own words from which they say whose it is
_SQUARELY = 2.6  # the same within a matter that is ours: two words of another's
_THEIRS = 4.0  # three words of another's
_SURE = 1.3  # one word at the head of the demand, with nothing of ours
_MORE = 1.25  # and times our own from which it is done with another
_BESIDE = 0.6  # share of our own score from which another is named beside us
_CLOSE = 0.8  # share of the best score that a second owner has
_OUTWEIGHS = 2.2  # and so many times what its words have of ours


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a place: ``names`` by level, short and ``full``, other names; ``across`` says
    that every unit works with it in its own matter (财政, 宣传, 数据, 编制)."""

    key: str
    names: Mapping[str, str]
    full: Mapping[str, str]
    stems: tuple[str, ...]
    also: tuple[str, ...]
    plain: bool = False
    across: bool = False


@dataclass(frozen=True, slots=True)
class DutyTable:
    """The units by key, and for every word the units that it points to with its weight."""

    units: Mapping[str, Unit]
    words: Mapping[str, Mapping[str, float]]
    general: frozenset[str]
    finder: Automaton


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
    ``subject``, the topics of all asks; ``host`` says that the paper was handed to us."""

    topic: str = ""
    ask: str = ""
    title: str = ""
    subject: str = ""
    host: bool = False

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


def _score_demand(demand: str, around: Around, profile: Profile) -> dict[str, float]:
    """Return how much what ``demand`` asks for points to each unit: a word with a general sense
    (文化, 企业) to those only that its ask or the title points to as well."""
    field = _score(f"{around.title}；{around.topic}", profile.duties, general=_WHOM)
    fields = frozenset(key for key, score in field.items() if score >= _CLEAR)
    said: dict[str, float] = defaultdict(float, _score(demand, profile.duties, fields, places=True))
    for key, _ in find_named(demand):
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


def score_units(text: str, profile: Profile) -> dict[str, float]:
    """Return how much the words of ``text`` point to each unit, by key."""
    return defaultdict(float, _score(text, profile.duties))


@lru_cache(maxsize=512)  # what stands around is the same for every demand of an ask
def _score(
    text: str,
    given: tuple[tuple[str, tuple[str, ...]], ...],
    fields: frozenset[str] | None = None,
    *,
    places: bool = False,
    general: float = 1.0,
) -> dict[str, float]:
    """Return the scores of ``text`` by key. ``places`` says that it is a demand, in which a
    word counts by where it stands and ``fields`` are the units whose general words count;
    ``general`` is what general words count elsewhere."""
    table = load_duties(given)
    weights = weigh_places(text) if places else [1.0] * len(text)
    found: dict[str, float] = {}
    for end, word in table.finder.iter_long(text):
        if len(word) == _SHORTEST and _crosses_words(text, end):
            continue
        weight = min(weights[end + 1 - len(word) : end + 1])
        found[word] = max(found.pop(word, 0.0), weight)
    heavy = [w for w in found if found[w] > _HINT < max(table.words[w].values(), default=0.0)]
    head = text.rfind("的") if places else -1
    modified = bool(heavy) and text.rfind(heavy[-1]) > head
    scores: dict[str, float] = defaultdict(float)
    for word, place in found.items():
        bonus = _HEAD if heavy and word == heavy[-1] else 1.0
        loose = word in table.general
        if text.rfind(word) < head and (modified or loose):
            place = min(place, MODIFIER)
        place *= general if loose else 1.0
        for key, weight in table.words[word].items():
            known = not (loose and places) or key in (fields or ())
            scores[key] += (weight if known else min(weight, _HINT)) * bonus * place
    return scores


def _crosses_words(text: str, end: int) -> bool:
    """Return whether the two characters up to ``end`` are of two words: 保护|工作."""
    words = read_vocabulary()
    return end > 1 and text[end - 2 : end] in words and text[end : end + 2] in words


@lru_cache(maxsize=32)
def our_keys(profile: Profile) -> frozenset[str]:
    """Return the keys of the table's units that our unit is (教育体育局 is two); empty for a
    unit with general duties and for one that nobody can place."""
    keys = set(keys_of(profile.name, profile))
    if not profile.name or "office" in keys:
        return frozenset()
    if any(name == OURS for name, _ in profile.duties):
        keys.add(OURS)
    return frozenset(keys)


@lru_cache(maxsize=512)
def name_unit(key: str, profile: Profile) -> str:
    """Return how a draft of ``profile`` calls a unit of the table: 市教育局, 省教育厅; as its
    partners have it, where it is one of them."""
    table = load_duties(profile.duties)
    if key not in table.units:
        return key  # a unit that the profile's [duties] name
    unit = table.units[key]
    for partner in profile.partners:
        if key in keys_of(partner, profile):
            return partner
    if profile.level in ("国家", "乡"):
        general = next((name for name in unit.also if name.endswith("部门")), unit.names["市"])
        return general if profile.level == "国家" else f"上级{general}"
    name = unit.names[profile.level]
    return name if unit.plain else f"{own_char(profile)}{name}"


def find_named(text: str) -> tuple[tuple[str, int], ...]:
    """Return the units that ``text`` names (教育部门, 公安机关) by key, and where."""
    finder, names = _named_finder()
    return tuple((names[name], end + 1 - len(name)) for end, name in finder.iter_long(text))


def names_us(text: str, profile: Profile) -> bool:
    """Return whether a unit that ``text`` names by its kind (转送价格主管部门) is our own."""
    ours = our_keys(profile)
    return any(key in ours for key, _ in find_named(text))


def is_our_kind(name: str, profile: Profile) -> bool:
    """Return whether one name is what our unit is called in general or at our level: 林草部门,
    林草局, 省林草局, 政府专利管理部门; 市林业局 is another's where we are of a province."""
    ours = our_keys(profile)
    if name.endswith("部门") and ours.intersection(keys_of(name, profile)):
        return True
    bare = name.removeprefix(profile.province).removeprefix(profile.region)
    bare = bare.removeprefix("政府").removeprefix(own_char(profile))
    units = load_duties().units
    return any(bare in units[key].also for key in ours if key in units)


@lru_cache(maxsize=8)
def load_duties(given: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> DutyTable:
    """Return the shipped table with the profile's own rows (unit, words) laid over it.
    Raises TemplateError for a table that cannot be read."""
    table = _read_table()
    units: dict[str, Unit] = {}
    whom = frozenset(table.get("whom", ()))
    words: dict[str, dict[str, float]] = {word: {} for word in table.get("neutral", ())}
    for key, row in table["units"].items():
        units[key] = _read_unit(key, row)
        for word in row["duties"]:
            words.setdefault(word, {})[key] = _weigh_duty_word(word) * (
                _WHOM if word in whom else 1.0
            )
        for name in units[key].also:  # a name is no word of a duty: 教育部门
            words.setdefault(name, {})
        for word in row.get("hints", ()):
            words.setdefault(word, {}).setdefault(key, _HINT)
    for word, pointed in words.items():
        sharing = sum(1 for weight in pointed.values() if weight != _HINT)
        if sharing > 1:
            words[word] = {k: w if w == _HINT else w / sharing**0.5 for k, w in pointed.items()}
    for owner, own in given:
        keys = _match_names(owner, units) or (owner,)
        for word in own:  # and every longer word with it: 快递, 快递末端
            words.setdefault(word, {})
            longer = [other for other in words if word in other]
            words.update({other: dict.fromkeys(keys, _weigh_duty_word(other)) for other in longer})
    general = frozenset(table.get("general", ()))
    return DutyTable(units, words, general, _make_finder(words))


def _make_finder(words: Iterable[str]) -> Automaton:
    """Return what finds the words in a text, of two at one place the longer."""
    finder = Automaton()
    for word in words:
        finder.add_word(word, word)
    finder.make_automaton()
    return finder


def _weigh_duty_word(word: str) -> float:
    """A longer word says more: 教师 1, 幼儿园 1.3, 食品安全 1.6."""
    return min(1.0 + 0.3 * (len(word) - 2), 1.6)


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


def keys_of(name: str, profile: Profile) -> tuple[str, ...]:
    """Return the keys of the units that a full name or a short one (市网信办) is."""
    bare = re.sub(r"\s", "", name).removeprefix("中共").removeprefix(profile.province)
    bare = _UNDER_GOVERNMENT.sub("", bare.removeprefix(profile.region))
    return _match_names(bare, load_duties().units, profile.level)


def _match_names(bare: str, units: Mapping[str, Unit], level: str = "市") -> tuple[str, ...]:
    """Return the keys of the units that a name is at its level: 市场监督管理局 has medicines
    and patents in a city, in a province not."""
    short = re.sub(r"^[省市县区州](?=..)", "", bare)
    called = {(bare, level), (short, _LEVELS.get(bare[0], level) if bare else level)}
    exact = [
        k for k, u in units.items()
        if any(at in (u.full.get(of), u.names.get(of)) for at, of in called)
    ] or [k for k, u in units.items() if short in u.also]  # fmt: skip
    if exact:
        return tuple(exact)
    found = {k: s for k, u in units.items() for s in u.stems if s in bare}
    longer = set(found.values())
    # 科学技术协会 holds the stem 科学技术, too
    return tuple(
        k for k, s in found.items() if not any(s != other and s in other for other in longer)
    )


def _read_unit(key: str, row: Mapping[str, Any]) -> Unit:
    wrong, missing = set(row) - _UNIT_KEYS, _NEEDED - set(row)
    if wrong or missing:
        problem = "、".join(sorted(wrong | missing))
        raise TemplateError(f"templates/duties.toml：单位 {key} 的设置项 {problem} 多了或者缺了")
    name = row.get("short", row["name"])
    names: dict[str, str] = {
        "省": _name_in_province(row),
        "市": name,
        "县": row.get("county", name),
    }
    also = tuple(row.get("also", ()))
    every = (*also, row["name"], row.get("province", row["name"]), row.get("county", row["name"]))
    full = {"省": row.get("province", row["name"]), "市": row["name"]}
    return Unit(
        key,
        names,
        {**full, "县": row.get("county", row["name"])},
        tuple(row["stems"]),
        tuple(dict.fromkeys(every)),
        row.get("plain", False),
        row.get("across", False),
    )


def _name_in_province(row: Mapping[str, Any]) -> str:
    """Return what a unit is called in a province, in short where it has a short name: 住房城乡
    建设厅 where its province has a 厅."""
    if "province_short" in row:
        return str(row["province_short"])
    province, short = str(row.get("province", row["name"])), str(row.get("short", ""))
    if province.endswith("厅") and short.endswith("局"):
        return f"{short[:-1]}厅"
    return short or province


@lru_cache(maxsize=1)
def _named_finder() -> tuple[Automaton, Mapping[str, str]]:
    names = {name: k for k, u in load_duties().units.items() for name in u.also}
    return _make_finder(names), names


def _read_table() -> dict[str, Any]:
    try:
        return read_toml(resource("templates", "duties.toml"))
    except SettingsError as error:
        raise TemplateError(str(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError(f"templates/duties.toml：打不开（{error}），请检查文件") from error
    except ValueError as error:  # tomllib.TOMLDecodeError is one
        raise TemplateError(f"templates/duties.toml：TOML 写法有误（{error}）") from error
