"""Show a draft under review in three columns: the proposal with its asks, the draft with each
finding beside its paragraph, the precedents (``templates/reviewer/``)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from replygen.checking import find_near
from replygen.checking.unconfirmed import RULE as UNCONFIRMED
from replygen.models import Ask, EdgeText, Finding
from replygen.service.decisions import Judged, tell_taken_over, tell_why
from replygen.service.remarks import is_remark
from replygen.service.renewed import Renewal
from replygen.service.review_files import to_report
from replygen.service.reviews import Review, can_dismiss, name_basis
from replygen.web.reviewer.nearness import cut_runs
from replygen.web.templating import render
from replygen.word.advice import advise
from replygen.word.placing import BEHIND, find_gap
from replygen.word.report_words import ORDER, SEVERITIES, STATES, family_of
from replygen.workspace import PROMISES, tell_deed, tell_time

LOOKS = {"yes": "good", "half": "unsure", "no": "bad"}
_CHANNELS = {"cppcc": "政协提案", "npc": "人大建议"}
KEYS = "-"  # between the keys of the findings that one card decides on
_TOUCHING = 3  # characters between two copied sentences of one passage: a mark, a space
_SEEN = "，见于"  # in a finding on what a precedent has
_QUOTED = 60  # letters of a place that a card quotes

Piece = tuple[str, str, str]  # a stretch of text, the severity it is marked with, why


@dataclass(frozen=True, slots=True)
class Card:
    """A finding as its card tells it. ``place`` where it stands behind no paragraph that is
    shown; ``basis`` what must be said to set it aside; ``decided`` by whom, when; ``parts``
    what else was found in the same copied passage, on which the card decides as well (its
    ``key`` holds theirs); ``promised`` where to set it aside is to agree to a commitment;
    ``alike`` the keys of others of its kind that can be decided with it, ``together`` which
    these are."""

    key: str
    severity: str
    state: str
    word: str
    family: str
    place: str
    quote: str
    message: str
    advice: str
    basis: str
    decided: str
    why: str
    parts: tuple[str, ...] = ()
    promised: bool = False
    alike: str = ""
    together: str = ""


@dataclass(frozen=True, slots=True)
class AskShown:
    """An ask with what came of it, and its text in pieces: (text, is demanded)."""

    order: int
    topic: str
    look: str
    state: str
    paragraphs: tuple[int, ...]
    pieces: tuple[tuple[str, bool], ...]


def show_asked(review: Review) -> str:
    """Return the proposal with its asks, each with whether and where it is answered."""
    proposal = review.proposal
    shown = [n for n, text in enumerate(review.paragraphs) if is_shown(text)]
    asks = []
    for row, state in zip(review.report.coverage, review.states, strict=True):
        look, word = STATES[state]
        places = tuple(n for n in row.paragraphs if n in shown)
        asks.append(
            AskShown(row.ask.order, row.ask.topic, LOOKS[look], word, places, _underline(row.ask))
        )
    facts: tuple[str | None, ...] = ()
    told: tuple[str, ...] = ()
    if proposal is not None:
        number = f"第{proposal.number}号" if proposal.number else None
        channel = _CHANNELS.get(proposal.channel or "")
        facts = (channel, proposal.session, number, "、".join(proposal.proposers))
        told = (proposal.background, proposal.problems)
    return render(
        "reviewer/asked.html",
        proposal=proposal,
        facts="　".join(fact for fact in facts if fact),
        told=[line for text in told for line in text.split("\n") if line.strip()],
        asks=asks,
    )


def show_reading(review: Review, renewal: Renewal | None = None) -> str:
    """Return the draft with the found places marked and each finding beside its paragraph, the
    worst before; a card stays where it is when it was decided on. What stands behind no
    paragraph that is shown, in a header or a footer say, is above the text; open slots are one
    card, on which nothing can be decided. Paragraphs that ``renewal`` tells to be written anew
    say so."""
    shown = {n for n, text in enumerate(review.paragraphs) if is_shown(text)}
    beside: dict[int, list[Judged]] = defaultdict(list)
    above, slots = list[Card](), list[int]()
    for judged in sorted(review.judged, key=lambda j: ORDER[j.finding.severity]):
        where = judged.finding.where
        gap = find_gap(judged.finding, review.report.coverage)
        if gap in shown:
            beside[gap].append(judged)
        elif not can_dismiss(judged.finding):
            slots.append(where.paragraph if where else 0)
        elif where is not None and where.paragraph in shown:
            beside[where.paragraph].append(judged)
        else:
            place = where.place if where else "全文"
            above.append(_card(judged, review.name, place=place))
    margins = {
        n: _put_together(
            [_card_of_group(group, review.name) for group in group_copied(judged)], review.judged
        )
        for n, judged in beside.items()
    }
    findings = to_report(review).findings
    return render(
        "reviewer/reading.html",
        above=above,
        slots=len(slots),
        counts=_count(review.judged),
        changed={c.paragraph: c.kind for c in renewal.changes} if renewal is not None else {},
        slot_places=sorted(set(slots) & shown),
        margins=margins,
        paragraphs=[(n, _mark(review.paragraphs[n], _at(findings, n))) for n in sorted(shown)],
    )


def show_nearest(review: Review) -> str:
    """Return the nearest precedent of each paragraph that has one, in the order of the text:
    what is the same, what is copied in long runs, what the draft has not."""
    near, seen = [], set[int]()
    for comparison in find_near(review.comparisons):
        if comparison.paragraph in seen:
            continue
        seen.add(comparison.paragraph)
        near.append(
            {
                "paragraph": comparison.paragraph,
                "source": comparison.source,
                "share": f"{comparison.share:.0%}",
                "passage": comparison.passage,
                "pieces": cut_runs(comparison.text, comparison.there, "del"),
            }
        )
    return render("reviewer/nearest.html", near=near)


def count_left(judged: Iterable[Judged]) -> Counter[str]:
    """Return how many findings of each severity were not set aside."""
    return Counter(j.finding.severity for j in judged if j.state != "dismissed")


def _count(judged: Sequence[Judged]) -> list[tuple[str, str, int]]:
    """What the cards can be narrowed to: (severity, its name, how many findings are left), all
    of them last; nothing where all are of one kind."""
    left, severities = count_left(judged), {j.finding.severity for j in judged}
    found = [(s, name, left[s]) for s, name in SEVERITIES.items() if s in severities]
    return [*found, ("", "全部", left.total())] if len(found) > 1 else []


def is_shown(text: str) -> bool:
    """True for a paragraph of the text: neither empty nor a page number, header or footer."""
    return bool(text.strip()) and not isinstance(text, EdgeText)


def group_copied(judged: Sequence[Judged]) -> list[tuple[Judged, ...]]:
    """Return the findings of one paragraph, those of the same copied passage together (the
    passage, its sentences, the names and figures in it), in the order of the first of each."""
    spans = list[tuple[int, int]]()
    for start, end in sorted(_span(j) for j in judged if j.finding.rule.startswith("copy.")):
        if spans and start <= spans[-1][1] + _TOUCHING:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    groups: dict[tuple[int, int] | str, list[Judged]] = defaultdict(list)
    for one in judged:
        start, end = _span(one)
        inside = (s for s in spans if s[0] <= start and end <= s[1])
        foreign = one.finding.rule.startswith(("copy.", "leak."))
        groups[next(inside, one.key) if foreign else one.key].append(one)
    return [tuple(group) for group in groups.values()]


def _span(judged: Judged) -> tuple[int, int]:
    where = judged.finding.where
    return (where.start, where.end) if where is not None else (0, 0)


def _card_of_group(group: Sequence[Judged], name: str) -> Card:
    """The card of a copied passage: its longest stretch leads, the rest is told below it. What
    must be changed stands first among the keys, so that a missing ground decides nothing."""
    if len(group) == 1:
        inside = group[0].finding.where is not None
        return _card(group[0], name, place="" if inside else BEHIND)
    copied = [j for j in group if j.finding.rule.startswith("copy.")]
    lead = max(copied, key=lambda j: _span(j)[1] - _span(j)[0])
    shown = next((j for j in group if j.state == "open"), lead)
    worst = min(group, key=lambda j: ORDER[j.finding.severity])
    card = _card(lead, name, place="")
    others = [advise(j.finding, "review").message for j in group if j is not lead]
    return replace(
        card,
        key=KEYS.join(j.key for j in sorted(group, key=lambda j: ORDER[j.finding.severity])),
        severity=worst.finding.severity,
        word=SEVERITIES[worst.finding.severity],
        state=shown.state,
        basis=card.basis or name_basis(worst.finding) or "",
        decided="" if shown.state == "open" else card.decided,
        parts=tuple(dict.fromkeys(others)),
    )


def _card(judged: Judged, name: str, *, place: str) -> Card:
    finding, entry = advise(judged.finding, "review"), judged.entry
    decided = why = ""
    if entry is not None and judged.state != "open":
        decided, why = f"{tell_deed(entry)} {entry.who} {tell_time(entry.at)}", tell_why(entry)
        if is_remark(finding):
            why = ""  # its words stand in the card
        elif taken := tell_taken_over(entry, name):
            decided = f"{taken}：{decided}"
    return Card(
        key=judged.key,
        severity=finding.severity,
        state=judged.state,
        word=SEVERITIES[finding.severity],
        family=family_of(finding.rule) or "其他",
        place=place,
        quote=_shorten(finding.where.text) if finding.where else "",
        message=finding.message,
        advice=finding.suggestion or "",
        basis=name_basis(finding) or "",
        decided=decided,
        why=why,
        promised=finding.rule in PROMISES,
    )


def _put_together(cards: Sequence[Card], judged: Sequence[Judged]) -> list[Card]:
    """The cards of one paragraph, each open one with what else is open of its kind."""
    alone = {card.key for card in cards}  # what lies in a copied passage goes with that
    kinds = {
        j.key: _kind_of(j)
        for j in judged
        if j.state == "open" and (j.key in alone or j.finding.rule == UNCONFIRMED)
    }
    told = []
    for card in cards:
        kind = kinds.get(card.key)
        others = [key for key, other in kinds.items() if other == kind and key != card.key]
        if kind is not None and others:
            whole = "这一项建议" if kind[0] == "" else "这一段"
            together = f"{whole}另外 {len(others)} 处“{card.family}”也这样处理"
            card = replace(card, alike=KEYS.join(others), together=together)
        told.append(card)
    return told


def _kind_of(judged: Judged) -> tuple[object, ...]:
    """What can be answered in one word: the commitments for one ask, else what is of one kind
    in one paragraph and needs the same ground."""
    finding = judged.finding
    if finding.rule == UNCONFIRMED:
        return ("", finding.message)
    if finding.where is None:
        return (judged.key,)
    return (
        finding.where.paragraph,
        family_of(finding.rule),
        name_basis(finding),
        _SEEN in finding.message,  # what another place has is no figure like the others
        can_dismiss(finding),
    )


def _at(findings: Iterable[Finding], paragraph: int) -> list[Finding]:
    return [f for f in findings if f.where is not None and f.where.paragraph == paragraph]


def _mark(text: str, findings: Sequence[Finding]) -> list[Piece]:
    """Mark the spans, worst first; one that overlaps a marked span has its card only."""
    spans: list[tuple[int, int, Finding]] = []
    for finding in sorted(findings, key=lambda f: ORDER[f.severity]):
        where = finding.where
        if where is None or not 0 <= where.start < where.end <= len(text):
            continue
        if all(where.end <= start or end <= where.start for start, end, _ in spans):
            spans.append((where.start, where.end, finding))
    pieces, at = list[Piece](), 0
    for start, end, finding in sorted(spans, key=lambda span: span[0]):
        tip = f"{SEVERITIES[finding.severity]}：{finding.message}"
        pieces += [(text[at:start], "", ""), (text[start:end], finding.severity, tip)]
        at = end
    return [piece for piece in (*pieces, (text[at:], "", "")) if piece[0]]


def _underline(ask: Ask) -> tuple[tuple[str, bool], ...]:
    pieces, at = list[tuple[str, bool]](), 0
    for demand in sorted(ask.demands, key=lambda d: d.start):
        if demand.start < at:
            continue
        pieces += [(ask.text[at : demand.start], False), (demand.text, True)]
        at = demand.end
    return tuple(p for p in (*pieces, (ask.text[at:], False)) if p[0])


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else f"{text[:44]}…{text[-12:]}"
