"""Which paragraphs answer which ask: by provenance where it is known, else by words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import Literal

from replygen.checking.checked_draft import CheckedDraft, is_heading, make_finding
from replygen.checking.tables import read_words
from replygen.drafting.demands import split_crudely
from replygen.language import split_sentences
from replygen.language.marks import read_mark, strip_mark
from replygen.language.pairs import make_pairs
from replygen.language.slots import drop_slots, has_open_place
from replygen.models import Ask, CheckReport, Coverage, Finding

State = Literal["answered", "partly", "thanks", "missing"]

_ENOUGH = 0.30  # share of an ask's weight that a paragraph must have
_HEADING = 0.45  # the same for a heading, whose whole section then answers
_FAINT = 0.03  # share below which not even a paragraph in the ask's own place answers it
_LIKELY, _CLEARLY = 0.12, 1.5  # share from which the nearest paragraph is taken; its lead
_PART = 0.20  # the same for one clause of an ask, over all its paragraphs
# Letters that must remain beside slots and set phrases, and where there is no set phrase
# (我局将推行“时间银行”志愿服务)
_SUBSTANCE, _SUBSTANCE_PLAIN = 12, 7
# 为了方便患者, 在较高水平上, 其根本目的在于…: no wish of an ask's own
_ASIDE = re.compile(
    r"^(?:其|为了?|以便|以期|使得?|让|在|从而|难以|有利于|由于|因此|只有|如果|当前|考虑到?|鉴于|针对)"
)
_CLAUSE = re.compile(r"[，。；;！？\n、：:]")
# 关于…方面, …的建议: what a heading has beside its topic
_HEADING_WORDS = re.compile(r"^(?:关于|对于)|(?:方面|[的等]?(?:建议|意见|问题))$")
# 对您提出的压实平台责任的建议: the ask said again
_ECHO = re.compile(
    r"(?:对|关于|针对)?(?:您|你们|贵委)?(?:所|在.{0,12})?提(?:出)?的[^。；]{0,80}?(?:建议|意见|提案)"
)
# …的建议很好, 十分重要, 切合实际: praise for the ask, or the ask named as one
_PRAISE = re.compile(
    r"建议|意见|提案|重要|必要|及时|很好|意义|针对性|切合|中肯|我们将(?:高度|认真|进一步|提高)"
)
_MANY_PHRASES = 0.5  # share of a paragraph in set phrases that is worth a note
_LETTERS = 0.6  # share of a clause's letters that its own paragraphs have: said otherwise
_SAME, _ECHOED = 0.8, 0.4  # share of a clause that is the ask's own words
# 感谢您对…的关心和支持！ 再次感谢…
_THANKS = re.compile(r"(?:最后，|再次|衷心|诚挚|非常)*感谢|欢迎(?:您|你们)?(?:继续|对)|特此|专此")
_NOT_BODY = re.compile(
    r"^[\s　]*(?:抄送|抄报|联系人|（?联系|签发人|办理结果|办理类别)|"
    r"^[\s　]*(?:对|关于).{4,60}(?:提案|建议)的?(?:答复|复函|函)"
)
# 严禁|销售非标车, 坚决杜绝|无证上岗: what must not be done
_FORBIDS = re.compile(r"(?:坚决|一律|全面)?(?:严禁|禁止|杜绝|严查|不得|不准|严厉打击|打击)(.+)")
_PUNISHES = re.compile(r"查处|打击|整治|取缔|处罚|惩处|责令|追究|立案|停业|吊销")
_DEED = 2  # the verb of what is forbidden


@dataclass(frozen=True)
class _Words:
    """Weights of character pairs over the draft's paragraphs: rare pairs weigh more."""

    weights: dict[str, float]
    default: float

    def share(self, wanted: frozenset[str], there: frozenset[str]) -> float:
        """The share, 0..1, of the weight of ``wanted`` that is ``there``."""
        total = sum(self.weights.get(w, self.default) for w in wanted)
        got = sum(self.weights.get(w, self.default) for w in wanted & there)
        return got / total if total else 0.0


def check_coverage(case: CheckedDraft) -> tuple[tuple[Coverage, ...], tuple[Finding, ...]]:
    """Return the ask × paragraph rows and findings ``coverage.missing`` (block: nothing
    answers; a note in a co-host's opinion, which has only its own part), ``coverage.thin``
    (warn: only slots, thanks and set phrases), ``coverage.partly`` (warn: a part of the ask
    left out), ``coverage.order`` (note), ``coverage.cliche`` (warn: a paragraph of set phrases,
    looked for also without a proposal).
    No rows without asks.

    Source: STANDARDS §2.6 (逐条答复), §3 row 25.
    """
    cliches = tuple(_tell_cliches(case))
    if case.proposal is None or not case.proposal.asks:
        return (), cliches
    pairs = [make_pairs(text) for text in case.paragraphs]
    words = _weigh_pairs([*pairs, *(make_pairs(a.topic + a.text) for a in case.proposal.asks)])
    rows = [_match(case, ask, pairs, words) for ask in case.proposal.asks]
    rows = _rescue(case, rows, pairs, words)
    partial = case.proposal.host_role == "会办" and any(row.answered for row in rows)
    findings = [f for row in rows for f in _report_row(case, row, words, partial=partial)]
    findings += _tell_order(rows)
    return tuple(rows), (*findings, *cliches)


def tell_states(report: CheckReport) -> tuple[State, ...]:
    """Return for every ask of a report whether it is answered, partly answered, met with
    thanks, set phrases or open places only (``thanks``), or missing."""
    partly = [f.message for f in report.findings if f.rule == "coverage.partly"]
    return tuple(_state(row, partly) for row in report.coverage)


def _state(row: Coverage, partly: Sequence[str]) -> State:
    if not row.paragraphs:
        return "missing"
    if not row.answered:
        return "thanks"
    name = f"第{row.ask.order}条建议“"
    return "partly" if any(message.startswith(name) for message in partly) else "answered"


# ── matching ───────────────────────────────────────────────────────────────


def _match(case: CheckedDraft, ask: Ask, pairs: list[frozenset[str]], words: _Words) -> Coverage:
    numbers = _by_provenance(case, ask) or _by_text(case, ask, pairs, words)
    answered = any(_answers(case.paragraphs[n], ask) or _commits(case, ask, n) for n in numbers)
    return Coverage(ask, answered, tuple(numbers))


def _commits(case: CheckedDraft, ask: Ask, number: int) -> bool:
    """Return whether a paragraph takes the ask up as a commitment of ours: said in the ask's
    own words, and an answer all the same. What was composed and then deleted answers nothing."""
    blocks = case.draft.blocks if case.draft is not None else ()
    return any(
        s.ask == ask.order
        and s.origin in ("proposal", "model")
        and s.text.strip() in case.paragraphs[number]
        for block in blocks
        if block.style == "body"
        for s in block.sentences
    )


def _rescue(
    case: CheckedDraft, rows: list[Coverage], pairs: list[frozenset[str]], words: _Words
) -> list[Coverage]:
    """Give an ask that nothing answers the paragraph that is nearer to it than to any other
    ask, if no other ask has it: an answer in other words than the ask's."""
    taken = {n for row in rows for n in row.paragraphs}
    wanted = [make_pairs(row.ask.topic + row.ask.text) for row in rows]
    for at, row in enumerate(rows):
        if row.paragraphs:
            continue
        best: tuple[float, int] = (_LIKELY, -1)
        for number, text in enumerate(case.paragraphs):
            if number in taken or is_heading(text) or not _is_prose(text):
                continue
            scores = [words.share(w, pairs[number]) for w in wanted]
            rivals = max((s for n, s in enumerate(scores) if n != at), default=0.0)
            least = _FAINT if _stands_between(rows, at, number) else best[0]
            if _is_body(case, number) and scores[at] > max(least, _CLEARLY * rivals):
                best = scores[at], number
        if best[1] >= 0:
            taken.add(best[1])
            answered = _answers(case.paragraphs[best[1]], row.ask)
            rows[at] = Coverage(row.ask, answered, (best[1],))
    return rows


def _by_provenance(case: CheckedDraft, ask: Ask) -> list[int]:
    return [
        number
        for number, block in enumerate(case.blocks)
        if block is not None
        and block.text.strip()
        and block.style not in ("heading1", "heading2")
        and any(s.ask == ask.order for s in block.sentences)
    ]


def _by_text(case: CheckedDraft, ask: Ask, pairs: list[frozenset[str]], words: _Words) -> list[int]:
    topic, whole = make_pairs(ask.topic), make_pairs(ask.topic + ask.text)
    numbers: list[int] = []
    under = False
    for number, text in enumerate(case.paragraphs):
        if not text.strip():
            continue
        if not _is_prose(text):
            under = under and has_open_place(text)
            continue
        if is_heading(text):
            mark = read_mark(text)
            if mark is not None and mark.family == "一、" or not under:
                under = max(words.share(topic, pairs[number]), _quoted(ask, text)) >= _HEADING
            continue
        score = max(words.share(topic, pairs[number]), 1.2 * words.share(whole, pairs[number]))
        if under or (score >= _ENOUGH and _is_body(case, number)):
            numbers.append(number)
    return numbers


def _is_prose(text: str) -> bool:
    """False for thanks, the sign-off, a title, contacts: lines that answer nothing."""
    stripped = text.strip()
    if is_heading(stripped):
        return True
    if _NOT_BODY.match(text) or (_THANKS.match(stripped) and len(stripped) < 80):
        return False
    return (
        len(stripped) > 25 or any(c in "。；！？，：" for c in stripped) or has_open_place(stripped)
    )


def _is_body(case: CheckedDraft, number: int) -> bool:
    """False for the sentence that only receives the proposal (您提出的《…》收悉)."""
    text = case.paragraphs[number]
    return not (("收悉" in text or "如下" in text[-12:]) and len(text) < 200)


def _quoted(ask: Ask, heading: str) -> float:
    """1 when the heading names the ask's order (关于第二条建议) or quotes its topic."""
    bare = re.sub(r"[^\w]", "", ask.topic)
    said = re.sub(r"[^\w]", "", _HEADING_WORDS.sub("", strip_mark(heading)))
    return 1.0 if bare and (bare in said or (len(said) >= 4 and said in bare)) else 0.0


def _stands_between(rows: list[Coverage], at: int, number: int) -> bool:
    """True where the paragraph stands between the answers to the asks before and after."""
    before = [n for row in rows[:at] for n in row.paragraphs]
    after = [n for row in rows[at + 1 :] for n in row.paragraphs]
    in_order = not before or not after or max(before) < min(after)
    return in_order and max(before, default=-1) < number < min(after, default=number + 1)


# ── substance ──────────────────────────────────────────────────────────────


def is_cliche(text: str) -> bool:
    """True when nothing but slots, thanks and set phrases stands in the text."""
    return not _is_substantial(text)


def _answers(text: str, ask: Ask) -> bool:
    """True when something stands in the paragraph beside the ask said again, praise of it,
    and set phrases."""
    wanted = make_pairs(ask.topic + ask.text)
    clauses = []
    for clause in re.split(r"(?<=[，。；;！？\n：])", text):
        pairs = make_pairs(clause)
        said = len(pairs & wanted) / len(pairs) if pairs else 0.0
        echo = said >= _SAME or (said >= _ECHOED and _PRAISE.search(clause) is not None)
        clauses.append("，" if echo else clause)
    if _is_substantial("".join(clauses)):
        return True
    empty = _PRAISE.search(text) or any(w in text for w in read_words("cliches.tsv", "phrase"))
    return not empty and _is_substantial(text)


def _is_substantial(text: str) -> bool:
    rest = _ECHO.sub("", drop_slots(text))
    clauses = [_bare(c) for c in _CLAUSE.split(rest)]
    phrases = read_words("cliches.tsv", "phrase")
    left, plain = 0, True
    for clause in clauses:
        for phrase in phrases:
            plain = plain and phrase not in clause
            clause = clause.replace(phrase, "")
        for word in read_words("cliches.tsv", "filler"):
            clause = clause.replace(word, "")
        letters = sum(c.isalnum() for c in clause)
        left += letters if letters > 3 else 0
    return left >= (_SUBSTANCE_PLAIN if plain and not _THANKS.search(text) else _SUBSTANCE)


# ── telling ────────────────────────────────────────────────────────────────


def name_ask(ask: Ask) -> str:
    """Return what a finding calls an ask: 第2条建议“…”."""
    return f"第{ask.order}条建议“{ask.topic}”"


def _report_row(
    case: CheckedDraft, row: Coverage, words: _Words, *, partial: bool
) -> Iterator[Finding]:
    name = name_ask(row.ask)
    if not row.paragraphs and partial:
        yield make_finding(
            "coverage.missing",
            "note",
            None,
            f"{name}没有写：会办意见只写本单位承办的部分",
            "不属本单位职责的，由主办单位统一答复；属本单位的，请补写",
        )
        return
    if not row.paragraphs:
        yield make_finding(
            "coverage.missing",
            "block",
            None,
            f"{name}没有回应",
            "逐条回应：已做的写明做了什么，拟做的写明时限，不能做的说明原因",
        )
        return
    place = _place(case, row.paragraphs[0])
    if not row.answered:
        yield make_finding(
            "coverage.thin",
            "warn",
            place,
            f"{name}只有待补内容、感谢或套话，没有实际答复",
            "写明谁、做什么、到什么时候",
        )
        return
    missing = _missing_clauses(case, row, words)
    if missing:
        yield make_finding(
            "coverage.partly",
            "warn",
            place,
            f"{name}里的“{'”“'.join(missing)}”没有回应",
            "补上这部分，或说明为什么暂不能办",
        )


def _missing_clauses(case: CheckedDraft, row: Coverage, words: _Words) -> list[str]:
    """The clauses of the ask's topic that no paragraph of the letter touches."""
    there: frozenset[str] = frozenset()
    for number, text in enumerate(case.paragraphs):
        if not is_heading(text) and _is_body(case, number) and not _NOT_BODY.match(text):
            there |= make_pairs(drop_slots(text))
    clauses = [_bare(c) for c in _CLAUSE.split(row.ask.topic)]
    if len(clauses) < 2:
        demands = [d.text for d in row.ask.demands or split_crudely(row.ask)]
        clauses = list(demands) if len(demands) > 1 else _first_clauses(row.ask)
    clauses = [c for c in clauses if not _ASIDE.match(c)]
    own = set("".join(case.paragraphs[n] for n in row.paragraphs))
    clauses = [c for c in clauses if len(c) >= 6]
    missing = [
        c
        for c in clauses
        if words.share(make_pairs(c), there) < _PART
        and sum(letter in own for letter in c) < _LETTERS * len(c)
        and not _is_punished(c, [case.paragraphs[n] for n in row.paragraphs])
    ]
    # Nothing of an answer shows in the ask's words: it is told in others, not left out.
    return missing if len(missing) < len(clauses) else []


def _is_punished(clause: str, answers: Sequence[str]) -> bool:
    """True where what a clause wants forbidden (严禁销售非标车) is punished in a sentence of the
    answer, the thing perhaps by another name: 对销售不合格…的行为依法查处."""
    forbidden = _FORBIDS.match(clause)
    if forbidden is None:
        return False
    deed = make_pairs(forbidden.group(1)[:_DEED])
    sentences = (s for text in answers for s in split_sentences(text))
    return any(_PUNISHES.search(s) and deed & make_pairs(s) for s in sentences)


def _first_clauses(ask: Ask) -> list[str]:
    return [_bare(c) for c in _CLAUSE.split(ask.text)][:4]


def _tell_cliches(case: CheckedDraft) -> Iterator[Finding]:
    """A paragraph with neither an actor's deed nor a measure nor a time (EXAMPLE, 不可接受):
    warn; one of which more than half is set phrases: note with the share."""
    for number, text in enumerate(case.paragraphs):
        prose = _is_prose(text) and _is_body(case, number) and not is_heading(text)
        if not prose or len(text.strip()) < 16 or has_open_place(text):
            continue
        if text.strip().endswith(("：", ":")):  # an addressee, or words that open a list
            continue
        share = measure_cliches(text)
        if is_cliche(text):
            message, severity = "这一段只有套话", "warn"
        elif share >= _MANY_PHRASES and len(text.strip()) >= 40:
            message, severity = f"这一段有{share:.0%}是套话", "note"
        else:
            continue
        yield make_finding(
            "coverage.cliche",
            "warn" if severity == "warn" else "note",
            _place(case, number),
            message,
            "写明谁、做什么、到什么时候；没有的，删去",
        )


def measure_cliches(text: str) -> float:
    """Return the share, 0..1, of a paragraph's letters that stand in set phrases, thanks and
    filling words."""
    letters = sum(c.isalnum() for c in text)
    covered = [False] * len(text)
    for kind in ("phrase", "filler"):
        for word in read_words("cliches.tsv", kind):
            for match in re.finditer(re.escape(word), text):
                covered[match.start() : match.end()] = [True] * len(word)
    for clause in re.finditer(r"[^。！？]*(?:感谢|欢迎)[^。！？]*", text):
        covered[clause.start() : clause.end()] = [True] * len(clause.group())
    return sum(c.isalnum() and k for c, k in zip(text, covered, strict=True)) / max(letters, 1)


def _tell_order(rows: list[Coverage]) -> Iterator[Finding]:
    firsts = [(r.paragraphs[0], r.ask.order) for r in rows if r.answered]
    if [order for _, order in sorted(firsts)] != [order for _, order in firsts]:
        yield make_finding(
            "coverage.order",
            "note",
            None,
            "答复的顺序与建议的顺序不一致",
            "按建议的顺序逐条答复，便于对照",
        )


def _place(case: CheckedDraft, number: int) -> tuple[int, int, int, str]:
    text = case.paragraphs[number]
    return number, 0, len(text), text


# ── words ──────────────────────────────────────────────────────────────────


def _weigh_pairs(texts: list[frozenset[str]]) -> _Words:
    counts: dict[str, int] = {}
    for pairs in texts:
        for pair in pairs:
            counts[pair] = counts.get(pair, 0) + 1
    total = max(len(texts), 2)
    return _Words({p: log(1 + total / n) for p, n in counts.items()}, log(1 + total))


def _bare(clause: str) -> str:
    """（一）关于停车 as 停车."""
    return strip_mark(clause).removeprefix("关于")
