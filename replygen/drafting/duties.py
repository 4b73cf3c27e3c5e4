"""Duties: what the units of our place answer for and are called, which of them words point to.

The table ``templates/duties.toml`` holds what the units of a city usually answer for; the
profile's ``[duties]`` overrule it word by word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

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
_LEVELS = {"省": "省", "市": "市", "县": "县", "区": "县"}

_UNIT_KEYS = {
    *("name", "province", "county", "short", "stems", "also", "duties", "hints", "plain", "across"),
    "province_short",
}
_NEEDED = {"name", "stems", "duties"}
_HINT = 0.35
_SHORTEST = 2  # characters of a word that may stand across the border of two others
WHOM = 0.6  # a word that says for whom or where: 农村|教师
_HEAD = 1.3  # the last word of a phrase is its head: 农村|教师


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


def score_units(text: str, profile: Profile) -> dict[str, float]:
    """Return how much the words of ``text`` point to each unit, by key."""
    return defaultdict(float, score_words(text, profile.duties))


@lru_cache(maxsize=512)  # what stands around is the same for every demand of an ask
def score_words(
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
        any_matter = word in table.general
        if text.rfind(word) < head and (modified or any_matter):
            place = min(place, MODIFIER)
        place *= general if any_matter else 1.0
        for key, weight in table.words[word].items():
            known = not (any_matter and places) or key in (fields or ())
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
    return tuple((key, start) for key, start, _ in find_named_spans(text))


def find_named_spans(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return the units that ``text`` names by key, with the places where each name begins and
    ends."""
    finder, names = _named_finder()
    found = finder.iter_long(text)
    return tuple((names[name], end + 1 - len(name), end + 1) for end, name in found)


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
                WHOM if word in whom else 1.0
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
