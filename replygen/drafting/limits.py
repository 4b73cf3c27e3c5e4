"""Limits: what is not ours to promise, said with who decides it and what we do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from replygen.drafting.acts import is_frame, opens_with_act
from replygen.drafting.clauses import is_balanced
from replygen.drafting.commitments import cites_repealed, word_commitment
from replygen.drafting.denied import split_wanted
from replygen.drafting.duties import find_named, names_us
from replygen.drafting.roles import strip_means
from replygen.drafting.speaker import Speaker
from replygen.drafting.spoken import MODAL, strip_openers
from replygen.drafting.stance import load_rules
from replygen.drafting.tables import TABLES
from replygen.drafting.tense import sounds_past
from replygen.drafting.voice import BEARS
from replygen.drafting.wholeness import find_fault
from replygen.models import Ask, Hit, Stance

_WISH = 32  # characters of a demand that a limit names
_MOST_REFERRED = 2
# 会同省教育部门|把…纳入课程: with whom is ours to say, not what is wanted
_WITH_WHOM = re.compile(
    r"^(?:会同|联合)[^，]{2,12}?(?:部门|机关|厅|局|委)(?:[、和][^，]{2,12}?(?:部门|机关|厅|局|委))*"
)
# 会同省有关部门，|争取列入: with whom, and its act is not in the clause
_ONLY_WITH = re.compile("^(?:会同|联合)[^，]*(?:部门|单位|机关|厅|局|委|办)(?:，|$)")
# 考核结果与补贴挂钩: 考核 is no verb there
_LINKED = re.compile("^(?![把将对使])[^，建实推完健]{2,12}(?:与|和)[^，]{2,40}挂钩")
_LED = re.compile("(?:推动|督促|指导|支持|引导)(?=.{4})")
_UNIT_NAME = re.compile("^[^，、和与]{2,12}?(?:部门|机关|厅|局|委)(?![、和与会])")
# 教育部门担负起第一职责: whose it is, said in other words
_BEARS_IT = re.compile(rf"^[^，]{{2,10}}(?:部门|[厅局委办])(?:{'|'.join(BEARS)})")
_LEAST_QUOTED = 6  # “统一要求” names nothing
_MOST_NAMED, _NAMED = 3, 70  # demands that one limit names, and their characters


LimitKind = Literal["study", "refer", "decline"]


@dataclass(frozen=True, slots=True)
class Limit:
    """Demands that one sentence limits: ``wishes`` are what they want, ``how`` who decides
    and how ("" for a refusal without a known reason), ``then`` what we do, ``units`` whose duty
    it is, ``article`` the procedure's ground, ``own`` our own refusal of it from before."""

    kind: LimitKind
    wishes: tuple[str, ...]
    how: str = ""
    then: str = ""
    units: tuple[str, ...] = ()
    article: Hit | None = None
    own: Hit | None = None


def limit_demands(
    ask: Ask,
    demands: Sequence[Stance],
    speaker: Speaker,
    procedures: Mapping[str, Hit],
    stated: set[str],
    refusals: Mapping[str, Hit],
) -> tuple[Limit, ...]:
    """Return one limit for each reason that keeps demands of ``ask`` from being promised.
    ``refusals`` are our own of before, and rules that forbid it, by the demand; ``told`` are the
    procedures that the letter has told already; those told here are added."""
    groups: dict[tuple[LimitKind, str, tuple[str, ...]], list[Stance]] = {}
    for stance in demands:
        if stance.kind in ("study", "refer", "decline"):
            group = stance.rule if stance.kind == "study" else stance.reason
            groups.setdefault((stance.kind, group, stance.units), []).append(stance)
    limits = []
    for (kind, _, units), stances in groups.items():
        upwards = kind == "refer" and "反映" in stances[0].reason
        wishes = _quote_wishes(stances) if upwards else _name_wishes(stances, speaker)
        if not wishes and len(stances) < len(demands):
            continue  # it cannot be named in short, and the ask has other answers
        if not wishes and all(_BEARS_IT.search(stance.demand.text) for stance in stances):
            continue
        wishes = wishes or (ask.topic,)
        if kind == "study":
            limits.append(_study(ask, stances[0], wishes, speaker, procedures, stated))
        else:
            reason = stances[0].reason if stances[0].rule else ""  # else nobody gave one
            ground = refusals.get(stances[0].demand.text) if kind == "decline" else None
            ours = ground if ground is not None and ground.passage.kind == "refusal" else None
            rule = ground if ours is None and stances[0].rule == "ban" else None
            limits.append(Limit(kind, wishes, reason, "", units, article=rule, own=ours))
    return tuple(_merge_referrals(ask, limits))


def _merge_referrals(ask: Ask, limits: Sequence[Limit]) -> list[Limit]:
    """Return ``limits`` with one referral of the whole ask in place of more than two."""
    referred = [limit for limit in limits if limit.kind == "refer" and "反映" not in limit.how]
    if len(referred) <= _MOST_REFERRED:
        return list(limits)
    units = tuple(dict.fromkeys(unit for limit in referred for unit in limit.units))
    wishes = tuple(dict.fromkeys(m for limit in referred for m in limit.wishes))[:_MOST_NAMED]
    whole = Limit("refer", (f"{'、'.join(wishes)}等",), "", "", units[:_MOST_NAMED])
    return [*(limit for limit in limits if limit not in referred), whole]


def share_demand(stance: Stance, text: str, speaker: Speaker) -> tuple[str, str]:
    """Return what stands before a commitment that we cannot keep alone (会同财政部门研究), and
    what is to be said of it (所需资金按预算程序确定); ("", "") for one that we can. What is left of
    the demand decides: 推动指标适当降低 needs no money though its sentence asked for some, too; it
    is studied."""
    if stance.kind != "partly" and stance.rule != "joint":
        return "", ""
    name = _rule_of(stance, text, speaker)
    if name is None:
        return "" if text.startswith(("研究", *_soft())) else "研究", ""
    rows = TABLES.toml("limits.toml")["partly"]
    row = next((r for r in rows if r["rule"] == name), rows[-1])
    partner = _partner_for(row.get("unit", ""), text, stance.units, speaker)
    units = "、".join(stance.units[:2]) or partner
    lead = row["lead"].format(units=units, partner=partner)
    if stance.units:
        lead = re.sub("(?<!等)有关部门", units, lead)
    with_them = text.startswith(("会同", "配合", "联合")) or "，会同" in text
    if with_them and lead.startswith("会同"):
        lead = ""
    if text.startswith(("和", "与", "同")):
        lead = ""  # it names with whom already
    if lead.endswith("研究") and text.startswith(("研究", *_soft())):
        lead = lead.removesuffix("研究")
    if text.startswith(("指导", "引导", "推动有关部门")):  # another's own act is not studied
        lead = lead.removesuffix("研究").replace("会同有关部门", "")
    if text.startswith("推动有关部门"):
        lead = ""
    bare = not opens_with_act(text) and not is_frame(text)
    if lead.endswith("研究") and (bare or _LINKED.match(text)):
        lead += "推动"  # 研究|考核结果与补贴挂钩
    needed = "needs" not in row or re.search(row["needs"], text) is not None
    return lead, next(iter(row["notes"]), "") if needed else ""


@lru_cache(maxsize=1)
def _soft() -> tuple[str, ...]:
    """Return the verbs that promise nothing firm: they are not studied first (研究鼓励)."""
    return tuple(TABLES.toml("limits.toml")["soft"])


def _partner_for(unit: str, text: str, units: Sequence[str], speaker: Speaker) -> str:
    """Return with whom a matter is studied that ``unit`` has the means for (财政部门): whoever
    the demand is the business of comes first."""
    if not unit or not units:
        return find_partner(text, speaker, unit)
    known = _is_among(unit, units) or names_us(unit, speaker.profile)
    return "、".join(units[:2] if known else (*units[:2], unit))


def _is_among(unit: str, units: Sequence[str]) -> bool:
    """Return whether a unit named by its kind (财政部门) is one of ``units`` (省财政厅)."""
    wanted = {key for key, _ in find_named(unit)}
    return any(key in wanted for other in units for key, _ in find_named(other))


def _rule_of(stance: Stance, text: str, speaker: Speaker) -> str | None:
    """Return the rule by which what is said of a demand is only partly ours: its own where it
    holds for those words, else the first that does; ``None`` where none does."""
    level, rules = speaker.profile.level, [r for r in load_rules() if r.stance == "partly"]
    if stance.rule in ("joint", "shared"):  # with others, and it needs money or posts, too
        means = (rule for rule in rules if rule.name in ("money", "staffing"))
        return next((rule.name for rule in means if rule.applies(text, level)), stance.rule)
    if stance.rule == "consent" or all(rule.name != stance.rule for rule in rules):
        return stance.rule  # others take part, the clerk's choice: not by its words
    rules.sort(key=lambda rule: rule.name != stance.rule)
    return next((rule.name for rule in rules if rule.applies(text, level)), None)


def without_force(text: str) -> str:
    """Return a commitment without the words of force before it (大力, 着力): they do not go
    with 研究."""
    for word in TABLES.toml("limits.toml")["force"]:
        rest = text.removeprefix(word)
        text = rest if opens_with_act(rest) else text
    return text


def find_partner(text: str, speaker: Speaker, unit: str = "") -> str:
    """Return with whom a matter is studied, by its words, ``unit`` before the others; several
    are 有关部门, and never we ourselves."""
    rows = TABLES.toml("commitments.toml")["partner"]
    named = [row["unit"] for row in rows if any(word in text for word in row["words"])]
    others = [u for u in dict.fromkeys(named) if not names_us(u, speaker.profile)]
    if not unit or names_us(unit, speaker.profile):
        return str(others[0]) if len(others) == 1 else "有关部门"
    return f"{unit.removesuffix('部门')}等有关部门" if set(others) - {unit} else unit


def _study(
    ask: Ask,
    stance: Stance,
    wishes: tuple[str, ...],
    speaker: Speaker,
    procedures: Mapping[str, Hit],
    stated: set[str],
) -> Limit:
    row = _row_for(stance, speaker)
    again, key = stance.rule in stated, stance.rule
    stated.add(key)
    article = procedures.get(f"{row.get('law', '')}{row.get('article', '')}")
    article = None if again and key else article  # its words stand in the letter already
    law = f"《{row.get('law')}》{row.get('article')}"
    how = row["grounded"].format(law=law) if article else str(row["how"])
    open_to_us = [then for then in row["then"] if not names_us(then, speaker.profile)]
    named = [then for then in open_to_us if find_named(then)]
    choice = named or open_to_us
    then = choice[ask.order % len(choice)]
    return Limit("study", wishes, how, then, stance.units, article)


def _row_for(stance: Stance, speaker: Speaker) -> dict[str, Any]:
    level = speaker.profile.level
    rows: list[dict[str, Any]] = TABLES.toml("limits.toml")["study"]
    for row in rows:
        if row["rule"] == stance.rule and row["level"] in ("", level):
            return row
    return rows[-1]


def _quote_wishes(stances: Sequence[Stance]) -> tuple[str, ...]:
    """Return what is asked of those above us, in the proposal's own words: 省级 is not ours."""
    said = dict.fromkeys(_quote(stance.demand.text) for stance in stances)
    return tuple(text for text in said if text)[:_MOST_REFERRED]


def _name_wishes(stances: Sequence[Stance], speaker: Speaker) -> tuple[str, ...]:
    """Return what the demands want, as short verb phrases, or quoted."""
    said = []
    asked = [(strip_means(stance.demand.text), stance.rule) for stance in stances]
    for demand, rule in asked:
        text = word_commitment(demand, speaker, longest=_WISH) if demand else None
        said += [_without_unit(_name_wish(text, rule))] if text else []
    short = [text for text in said if text and len(text) <= _WISH + 8]
    short = short or [_quote(demand) for demand, _ in asked]
    named: list[str] = []
    for text in dict.fromkeys(text for text in short if text):
        if len(named) < _MOST_NAMED and sum(map(len, named)) + len(text) <= _NAMED:
            named.append(text)
    return tuple(named)


def _name_wish(text: str, rule: str) -> str:
    """Return a commitment as a wish that a limit names: the act that the ``rule`` speaks of, else
    the first, without those that we would act with."""
    say = next((r.say for r in load_rules() if r.name == rule), None)
    text = _ONLY_WITH.sub("", text)
    acts = [clause for clause in text.split("，") if opens_with_act(clause)]
    meant = next((clause for clause in acts if say and say.search(clause)), "")
    wish = meant if len(meant) >= _LEAST_QUOTED else _first_act(text)
    bare = _WITH_WHOM.sub("", wish)
    return bare if opens_with_act(bare) or bare.startswith("把") else wish


def _without_unit(wish: str) -> str:
    """Return a wish without the unit that it says is to act, as the limit names the unit itself:
    推动教育部门|担负起第一职责."""
    led = _LED.match(wish)
    rest = wish[led.end() :] if led else wish
    named = [match for match in find_named(rest) if match[1] == 0] if led else []
    behind = _UNIT_NAME.sub("", rest) if named and _UNIT_NAME.match(rest) else ""
    if behind.startswith(BEARS):  # 担负起第一职责|由教育部门负责 says nothing
        return ""
    return behind if len(behind) >= _LEAST_QUOTED else wish


def _first_act(text: str) -> str:
    """Return a commitment up to the end of its first act: a list of wishes has no commas.
    One that goes on without a new act (制定针对性较强，可操作的办法) is whole as it is."""
    clauses = text.split("，")
    place = next((n for n, clause in enumerate(clauses) if opens_with_act(clause)), 0)
    following = clauses[place + 1 : place + 2]
    return "，".join(clauses[: place + 1]) if all(map(opens_with_act, following)) else text


def _quote(demand: str) -> str:
    """Return the last clause of a demand that can stand in quotation marks, of those that say
    what is to be done, if any does; "" where none can."""
    found = []
    for clause in split_wanted(re.sub(r"\s", "", demand)):
        bare = clause.replace("“", "‘").replace("”", "’")
        if (
            _LEAST_QUOTED <= len(bare) <= _WISH
            and is_balanced(bare)
            and not bare.endswith(("的", "时", "可", "应", "要", "能", "须", "需"))
            and not sounds_past(bare)
            and not cites_repealed(bare)
            and not _BEARS_IT.search(bare)
            and not bare.startswith("‘")
            and find_fault(bare) != "end"  # 省工信厅牵头: what it leads is not in it
        ):
            found.append(bare)
    acts = [c for c in found if opens_with_act(strip_openers(c)) or re.search(MODAL, c)]
    return f"“{(acts or found)[-1]}”" if found else ""
