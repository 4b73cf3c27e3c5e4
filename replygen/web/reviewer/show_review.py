"""Show what a review came to (``templates/reviewer/``): the counts, asks and paragraphs, draft
beside precedent, the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from replygen.checking import Comparison, State, find_near
from replygen.checking.unconfirmed import RULE as UNCONFIRMED
from replygen.models import Coverage
from replygen.service.decisions import tell_taken_over
from replygen.service.renewed import Renewal
from replygen.service.review_files import tell_entry
from replygen.service.reviews import Review, can_dismiss
from replygen.web.reviewer.nearness import cut_runs
from replygen.web.reviewer.show_reading import LOOKS, count_left
from replygen.web.templating import render
from replygen.word.report_words import MARKS, SEVERITIES, STATES, find_copied, tell_answered
from replygen.workspace import AuditCheck, Entry, tell_time

_MOST_ENTRIES = 300
_MOST_SOURCES = 5

Pieces = list[tuple[str, str]]  # of ``cut_runs``


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The sign that a paper was approved or returned: by whom, when, why, and whether it was
    this text."""

    look: str
    word: str
    line: str


@dataclass(frozen=True, slots=True)
class _Ask:
    """An ask with the paragraphs that answer it, and their texts; ``opened`` where there is
    something to look at."""

    order: int
    topic: str
    text: str
    look: str
    word: str
    sign: str
    paragraphs: tuple[int, ...]
    answers: tuple[tuple[int, str], ...]
    opened: bool


@dataclass(frozen=True, slots=True)
class _Near:
    """A precedent beside a paragraph, both in pieces."""

    source: str
    share: str
    passage: str
    here: Pieces
    there: Pieces


def show_review_summary(
    review: Review,
    verdict: tuple[Entry, bool] | None = None,
    renewal: Renewal | None = None,
) -> str:
    """Return what was said of the paper, what changed in it since, whether it can become
    final, and the counts."""
    return render(
        "reviewer/summary.html",
        verdict=_tell_verdict(*verdict) if verdict is not None else None,
        renewed=_tell_renewal(renewal) if renewal is not None else "",
        blocks=len(review.open_blocks),
        kinds=_tell_kinds(review),
        tiles=list(_count(review)),
        undecided=any(j.state == "open" and can_dismiss(j.finding) for j in review.judged),
        not_run=review.report.not_run,
    )


def _tell_kinds(review: Review) -> str:
    """What must be changed as the clerk's page counts it: 待填 4 处，待确认的承诺 10 句，其他 3
    处; "" where it is all of one kind that is no open place and no commitment."""
    rules = [j.finding.rule for j in review.open_blocks]
    slots, asked = rules.count("slot.open"), rules.count(UNCONFIRMED)
    rest = len(rules) - slots - asked
    if not (slots or asked):
        return ""
    told = ((slots, "待填 {} 处"), (asked, "待确认的承诺 {} 句"), (rest, "其他 {} 处"))
    return "，".join(words.format(count) for count, words in told if count)


def _tell_verdict(said: Entry, same: bool) -> _Verdict:
    word, look = ("已退回", "bad") if said.what == "return" else ("已通过", "good")
    reason = f"：{said.detail['reason']}" if said.detail.get("reason") else ""
    line = f"{said.who} {tell_time(said.at)}{reason}"
    if same:
        return _Verdict(look, word, line)
    file = f"（{said.detail['file']}）" if said.detail.get("file") else ""
    return _Verdict("plain", f"上一稿{word}", f"{line}{file}")


def _tell_renewal(renewal: Renewal) -> str:
    """与上一稿比：改了 3 段，新增 1 段；上次要求改的 2 处，找不到了 1 处."""
    kinds = Counter[str](change.kind for change in renewal.changes)
    words = (("changed", "改了"), ("new", "新增"), ("gone", "删去"))
    told = "，".join(f"{word} {kinds[kind]} 段" for kind, word in words if kinds[kind])
    asked = len(renewal.asked)
    done = sum(one.done for one in renewal.asked)
    more = f"；上次要求改的 {asked} 处，已改 {done} 处" if asked else ""
    return f"与上一稿比：{told or '文字没有变'}{more}。"


def show_renewal(renewal: Renewal | None) -> str:
    """Return what changed in a paper since it was judged last, and which of the places that
    were to be changed still are as they were."""
    asked = [(*tell_entry(one.entry)[3:], one.done) for one in renewal.asked] if renewal else []
    return render("reviewer/renewal.html", renewal=renewal, asked=asked)


def _count(review: Review) -> Iterator[tuple[str, str, str]]:
    """What is left of each severity, what is answered, copied and decided: (value, name, look)."""
    left = count_left(review.judged)
    for severity, name in SEVERITIES.items():
        yield str(left[severity]), name, severity
    if review.report.coverage:
        yield (*tell_answered(review.report), "")
    if copied := find_copied(review.report, find_near(review.comparisons)):
        yield f"{review.report.copied.ratio:.0%}", f"与{copied}相同", ""
    if review.judged:
        decided = [j for j in review.judged if j.state != "open"]
        over = sum(bool(j.entry and tell_taken_over(j.entry, review.name)) for j in decided)
        done = f"已处理，其中 {over} 处沿用以前的处理" if over else "已处理"
        yield f"{len(decided)}/{len(review.judged)}", done, ""


# ── asks and paragraphs ────────────────────────────────────────────────────


def show_matrix(
    coverage: Sequence[Coverage], states: Sequence[State], paragraphs: Sequence[str]
) -> str:
    """Return which paragraph answers which ask, as a table, and below it each ask beside
    the paragraphs that answer it."""
    pairs = zip(coverage, states, strict=True)
    asks = [_lay_ask(row, state, paragraphs) for row, state in pairs]
    columns = sorted({n for ask in asks for n, _ in ask.answers})
    return render("reviewer/matrix.html", asks=asks, columns=columns)


def _lay_ask(row: Coverage, state: State, paragraphs: Sequence[str]) -> _Ask:
    look, word = STATES[state]
    return _Ask(
        order=row.ask.order,
        topic=row.ask.topic,
        text=row.ask.text,
        look=LOOKS[look],
        word=word,
        sign=MARKS[look],
        paragraphs=row.paragraphs,
        answers=tuple((n, paragraphs[n]) for n in row.paragraphs if n < len(paragraphs)),
        opened=state != "answered",
    )


# ── draft beside precedent ─────────────────────────────────────────────────


def show_beside(comparisons: Sequence[Comparison], paragraphs: Sequence[str]) -> str:
    """Return each paragraph beside its nearest precedents: what is the same, what is
    copied in long runs, what differs."""
    near = find_near(comparisons)
    sections = [
        (number, [_lay_near(c, paragraphs[number]) for c in near if c.paragraph == number])
        for number in dict.fromkeys(c.paragraph for c in near)
    ]
    nearest = Counter(c.source for c in near).most_common(_MOST_SOURCES)
    return render("reviewer/beside.html", nearest=nearest, sections=sections)


def _lay_near(near: Comparison, text: str) -> _Near:
    return _Near(
        source=near.source,
        share=f"{near.share:.0%}",
        passage=near.passage,
        here=cut_runs(text, near.here, "ins"),
        there=cut_runs(near.text, near.there, "del"),
    )


# ── the log ────────────────────────────────────────────────────────────────


def show_log(entries: Sequence[Entry], check: AuditCheck, subject: str) -> str:
    """Return the decisions on one paper, latest first, and whether the log is whole."""
    rows = [_lay_entry(e) for e in reversed(entries[-_MOST_ENTRIES:])]
    return render("reviewer/log.html", check=check, subject=subject, rows=rows)


def _lay_entry(entry: Entry) -> tuple[str, ...]:
    at, who, what, place, why = tell_entry(entry)
    return (at, who, what, entry.detail.get("file") or "", place, why)
