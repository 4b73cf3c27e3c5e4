"""Stance: how each demand is answered, proposed with its reason and changed by the clerk.

The clerk's choice comes first, then what our own material says of the very demand (done,
ruled out), then the rules of ``data/stances.toml`` in their order, then whose duty it is
(:mod:`replygen.drafting.belonging`); what is left is ours to do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, get_args

from replygen.drafting.acts import is_frame
from replygen.drafting.belonging import Around, Duty, assign_duty
from replygen.drafting.charged import find_charged
from replygen.drafting.context import own_char
from replygen.drafting.duties import (
    find_named,
    keys_of,
    name_unit,
    our_keys,
)
from replygen.drafting.material import names_unit, whose_opinion
from replygen.drafting.settled import find_ban, find_done, find_own_refusal
from replygen.drafting.tables import TABLES
from replygen.errors import SettingsError
from replygen.models import (
    Ask,
    AskStance,
    Demand,
    Evidence,
    Hit,
    Proposal,
    Stance,
    StanceKind,
)
from replygen.settings import Profile

_TITLE = re.compile("《[^《》]*》")
_GROUNDS = ("结合", "按照", "根据", "依据", "依照", "围绕", "针对", "随着", "立足", "紧扣", "对照")
_PARTS = re.compile(
    r"(?<=[^，]{4})[，（(](?:(?:其中)?(?:包括|包含)[^。；]+$|(?:诸如|例如|比如|如)[^，。；]+)"
)
_LEVELS = ("乡", "县", "市", "省", "国家")
# what the whole ask says where its demands differ: the weightiest first
_WEIGHTY: tuple[StanceKind, ...] = ("adopt", "partly", "study", "refer", "decline", "done")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of ``data/stances.toml``: a demand with ``say`` in it and nothing of ``but``
    around it gets ``stance``. ``below`` is the level under which it applies, ``decider`` the
    unit that decides, ``pass_on`` says that it is passed to it where we are another,
    ``inherit`` that an ask with it in its topic sets it for all its demands, ``titles`` that
    what stands in 《》 counts: only a law's name is asked to change."""

    name: str
    stance: StanceKind
    reason: str
    say: re.Pattern[str]
    but: re.Pattern[str] | None
    below: str
    decider: str
    pass_on: bool
    inherit: bool
    titles: bool

    def applies(self, demand: str, level: str) -> bool:
        """Return whether the demand is of this rule's kind."""
        if self.below and _LEVELS.index(level) >= _LEVELS.index(self.below):
            return False
        bare = _without_grounds(demand)
        # 落实《…中心建设的指导意见》 builds nothing
        bare = bare if self.titles else _TITLE.sub("《》", bare)
        bare = self.but.sub("　", bare) if self.but is not None else bare
        return self.say.search(bare) is not None


def _without_grounds(demand: str) -> str:
    """Return ``demand`` without the clauses on what it rests (结合条例的修订，强化监管 asks for no
    revision) and what it consists of: 出台配套政策，包括电价、路权 asks for policies."""
    clauses = _PARTS.sub("", demand).split("，")
    kept = [c for c in clauses if not (c.strip().startswith(_GROUNDS) and is_frame(c.strip()))]
    return "，".join(kept) or demand


@dataclass(frozen=True, slots=True)
class _Proposed:
    """What was decided of one demand."""

    kind: StanceKind
    reason: str
    rule: str = ""
    units: tuple[str, ...] = ()


def take_stances(
    proposal: Proposal,
    evidence: Sequence[Evidence],
    *,
    profile: Profile,
    given: Mapping[str, StanceKind] | None = None,
) -> tuple[AskStance, ...]:
    """Return a stance for every demand of every ask, in the order of the proposal; an ask
    without demands is one demand as a whole. ``given`` are the clerk's: by ask (``"2"``) or
    by demand (``"3.1"``). Raises SettingsError where they name what the proposal has not."""
    chosen = dict(given or {})
    _refuse_unknown(chosen, proposal)
    found = {item.ask.order: item for item in evidence}
    return tuple(
        _take_ask(ask, found.get(ask.order), proposal, profile, chosen) for ask in proposal.asks
    )


def read_choices(words: Sequence[str]) -> dict[str, StanceKind]:
    """Return what the clerk chose, from ``2=study`` and ``3.1=refer``. Raises SettingsError
    for anything else."""
    chosen: dict[str, StanceKind] = {}
    for word in words:
        number, mark, kind = (part.strip() for part in word.partition("="))
        if not mark or not re.fullmatch(r"[1-9]\d{0,2}(?:\.[1-9]\d{0,2})?", number):
            raise SettingsError(f"--stance {word}：要写成 2=study 或 3.1=refer")
        if kind not in get_args(StanceKind):
            known = "、".join(get_args(StanceKind))
            raise SettingsError(f"--stance {word}：没有“{kind}”这种答法，可用：{known}")
        chosen[number] = kind  # type: ignore[assignment]
    return chosen


def _refuse_unknown(chosen: Mapping[str, StanceKind], proposal: Proposal) -> None:
    numbers = {str(ask.order) for ask in proposal.asks}
    numbers |= {f"{ask.order}.{n}" for ask in proposal.asks for n in range(1, len(ask.demands) + 1)}
    for number in chosen:
        if number not in numbers:
            raise SettingsError(f"提案没有第 {number} 项建议（共 {len(proposal.asks)} 项）")


def _take_ask(
    ask: Ask,
    found: Evidence | None,
    proposal: Proposal,
    profile: Profile,
    chosen: Mapping[str, StanceKind],
) -> AskStance:
    """Return the stances of one ask."""
    start = max(ask.text.find(ask.topic), 0)
    whole = Demand(ask.topic, start, start + len(ask.topic) if ask.topic in ask.text else start)
    stances = []
    for place, demand in enumerate(ask.demands or (whole,), start=1):
        number = f"{ask.order}.{place}"
        kind = chosen.get(number) or chosen.get(str(ask.order))
        given = _propose_stance(demand, ask, found, proposal, profile)
        if kind is not None and kind != given.kind:
            given = _choose(kind, demand, ask, proposal, profile, given)
        stances.append(
            Stance(
                demand, given.kind, given.reason, number, kind is not None, given.rule, given.units
            )
        )
    main = chosen.get(str(ask.order)) or _sum_up(stances)
    return AskStance(ask.order, ask.topic, main, tuple(stances))


def _choose(
    kind: StanceKind,
    demand: Demand,
    ask: Ask,
    proposal: Proposal,
    profile: Profile,
    given: _Proposed,
) -> _Proposed:
    """Return the clerk's stance, with the units that it concerns where it passes the demand
    on or shares it."""
    reasons = _table()["reasons"]
    if kind in ("refer", "partly"):
        duty = _assign(demand, ask, proposal, profile)
        if duty.owners:
            key = "refer" if kind == "refer" else "shared"
            reason = f"{reasons['given']}；{reasons[key].format(units=duty.names)}"
            return _Proposed(kind, reason, "", tuple(o.name for o in duty.owners))
    return _Proposed(kind, reasons["given"])


def _propose_stance(
    asked: Demand, ask: Ask, found: Evidence | None, proposal: Proposal, profile: Profile
) -> _Proposed:
    """Return the stance that is proposed for one demand."""
    reasons, demand = _table()["reasons"], asked.text
    if found is not None and (own := _from_own(asked, found)) is not None:
        return own
    duty = _assign(asked, ask, proposal, profile)
    charged = find_charged(asked, ask, profile)
    others = set(charged) - our_keys(profile)
    rule = _find_rule(demand, ask.topic, profile, skip=_ITS_OWN if others else ())
    names = tuple(owner.name for owner in duty.owners)
    joint = _names_partner(demand, duty)
    if rule is not None and (rule.stance in ("decline", "study") or rule.name == _PROVINCIAL):
        return _by_rule(rule, profile, ask, proposal)
    if not joint and (duty.belongs == "others" or (duty.squarely and rule is None)):
        return _pass_on(duty, found, proposal, profile)
    if rule is not None:
        given = _by_rule(rule, profile, ask, proposal)
        with_us = names if joint or duty.belongs != "ours" else ()
        return replace(given, units=given.units or with_us)
    if joint or duty.belongs == "aside":
        row = "shared" if joint else "aside"
        return _Proposed("partly", reasons[row].format(units=duty.names), row, names)
    if names:
        row = ""
        if duty.belongs == "shared":
            row = "aside" if _GRANTS.match(demand) else "joint"
        return _Proposed("adopt", reasons["joint"].format(units=duty.names), row, names)
    return _Proposed("adopt", reasons["adopt" if our_keys(profile) else "general"])


def _pass_on(duty: Duty, found: Evidence | None, proposal: Proposal, profile: Profile) -> _Proposed:
    """Return ``refer`` to the owners of a demand; where the host answers for its co-hosts, or
    an owner's opinion lies before us, the letter answers together with it."""
    reasons = _table()["reasons"]
    units = tuple(owner.name for owner in duty.owners)
    keys = {owner.key for owner in duty.owners}
    hits = found.opinions if found is not None else ()
    refusing = {whose_opinion(h.passage) for h in hits if _RULED_OUT.search(h.passage.text)}
    if any(keys & {*keys_of(o, profile)} for o in refusing):
        return _Proposed("refer", reasons["opinion_no"].format(units=duty.names), "duty", units)
    with_opinion = {whose_opinion(h.passage) for h in hits}
    for key, others in (("opinion", with_opinion), ("cohost", set(proposal.co_hosts))):
        if proposal.host_role != "会办" and any(keys & {*keys_of(o, profile)} for o in others):
            return _Proposed("partly", reasons[key].format(units=duty.names), "shared", units)
    return _Proposed("refer", reasons["refer"].format(units=duty.names), "duty", units)


# 我市不能自行开展, 无权自行增加, 收费标准不作调整: what an opinion says against it
_RULED_OUT = re.compile(
    "(?:不能|不得|无权|不可|未经[^，。]{0,8}不得)自行|由(?:国家|省)[^，。；]{0,20}(?:统一)?(?:制定|确定|核定|规定|部署)"
    "|不作调整|不再追加|暂不|尚不具备|不具备[^，。]{0,8}条件|难以|不予|不宜"
)
_PROVINCIAL = "provincial"  # a law that the province makes, whosever the matter is
# what a unit that is to act settles by itself: its standards, targets and policies
_ITS_OWN = ("norm", "quota", "policy")
# 给予…定点资格: what another gives is studied with it
_GRANTS = re.compile(
    "(?:积极|尽快|适当|研究)?(?:给予|赋予|授予|准予|允许|批准|放宽|提高|减免|免除|发放)"
)
# 与市场监管部门加强合作, 会同公安机关, 联合教育、卫健部门: the unit is a partner
_WITH = re.compile(r"(?:与|和|同|会同|联合|协同|配合|协调|协助|对接)[^，。；]{0,16}$")


def _names_partner(demand: str, duty: Duty) -> bool:
    """Return whether the demand names another unit as one to work with."""
    owners = {owner.key for owner in duty.owners}
    return any(
        key in owners and _WITH.search(demand[:start]) is not None
        for key, start in find_named(demand)
    )


def _find_rule(demand: str, topic: str, profile: Profile, skip: Sequence[str] = ()) -> Rule | None:
    """Return the first rule for the demand, else one of those that its ask's topic sets for
    all (推行…试点); those named in ``skip`` are none."""
    rules = [rule for rule in load_rules() if rule.name not in skip]
    said = next((r for r in rules if r.applies(demand, profile.level)), None)
    if said or re.search("[，、]", topic):  # 解放思想、探索试点: not all of it is a pilot
        return said
    return next((r for r in rules if r.inherit and r.applies(topic, profile.level)), None)


def _assign(demand: Demand, ask: Ask, proposal: Proposal, profile: Profile) -> Duty:
    around = Around(
        topic=ask.topic,
        ask=ask.text,
        title=proposal.title or "",
        subject="；".join(a.topic for a in proposal.asks),
        host=_is_host(proposal, profile),
        charged=find_charged(demand, ask, profile),
    )
    return assign_duty(demand.text, around, profile=profile)


def _is_host(proposal: Proposal, profile: Profile) -> bool:
    """Return whether the paper was handed to us to answer: it names us, or it names no other
    host and does not ask for an opinion only."""
    named = names_unit(proposal.host, profile)
    return named or (not proposal.host and proposal.host_role != "会办")


def _by_rule(rule: Rule, profile: Profile, ask: Ask, proposal: Proposal) -> _Proposed:
    """Return the stance of a rule, its reason with the names of our place."""
    kind = rule.stance
    units: tuple[str, ...] = ()
    ours = our_keys(profile)
    theirs = bool(rule.decider) and bool(ours) and rule.decider not in ours
    whose = ""
    if theirs:
        units = (name_unit(rule.decider, profile),)
        whose = f"，属{units[0]}职责"
        if rule.pass_on:
            kind = "refer"
    text = f"{ask.topic}{ask.text}{proposal.title or ''}"
    reason = rule.reason.format(
        own=profile.short,
        region=own_char(profile),
        upper=_table()["upper"][profile.level],
        units="、".join(units),
        whose=whose,
        legislation=_tell_legislation(profile, text),
    )
    return _Proposed(kind, reason, rule.name, units)


def _tell_legislation(profile: Profile, text: str) -> str:
    """Return who may legislate on the matter, by our level and the matter's field."""
    rows = _table()["legislation"]
    if profile.level == "市":
        inside = re.search("|".join(rows["city_fields"]), text) is not None
        return str(rows["市" if inside else "市外"])
    return str(rows[profile.level])


def _from_own(demand: Demand, found: Evidence) -> _Proposed | None:
    """Return ``done`` or ``decline`` where our own papers, or a rule, have settled this demand."""
    reasons = _table()["reasons"]
    if (refusal := find_own_refusal(demand, found)) is not None:
        return _Proposed("decline", reasons["declined"].format(title=_title(refusal)), "own")
    if (ban := find_ban(demand, found)) is not None:
        reason = reasons["banned"].format(law=ban.law, words=ban.words)
        return _Proposed("decline", reason, "ban")
    if (done := find_done(demand.text, found)) is not None:
        return _Proposed("done", reasons["done"].format(title=_title(done)), "own")
    return None


def _title(hit: Hit) -> str:
    return hit.passage.document.title.strip("《》")


def _sum_up(stances: Sequence[Stance]) -> StanceKind:
    """Return what most of an ask's demands, by their length, are answered with; of equal
    weight the more reserved."""
    weights: dict[StanceKind, float] = defaultdict(float)
    for stance in stances:
        weights[stance.kind] += min(len(stance.demand.text), 30)
    return max(weights, key=lambda kind: (weights[kind], _WEIGHTY.index(kind)))


@lru_cache(maxsize=1)
def load_rules() -> tuple[Rule, ...]:
    """Return the rules in their order."""
    return tuple(
        Rule(
            name=row["name"],
            stance=row["stance"],
            reason=row["reason"],
            say=re.compile("|".join(row["say"])),
            but=re.compile("|".join(row["but"])) if row.get("but") else None,
            below=row.get("below", ""),
            decider=row.get("decider", ""),
            pass_on=row.get("pass_on", False),
            inherit=row.get("inherit", False),
            titles=row.get("titles", False),
        )
        for row in _table()["rules"]
    )


def _table() -> dict[str, Any]:
    return TABLES.toml("stances.toml")
