"""What our own earlier replies promised on this topic, and whether the draft speaks of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from replygen.checking.checked_draft import CheckedDraft, Part, make_finding
from replygen.entities.ours import is_elsewhere
from replygen.index import Index
from replygen.language import split_sentences
from replygen.language.pairs import make_pairs
from replygen.language.tense import judge_words
from replygen.models import Document, Finding

# 于2025年底前, 2026年6月前, 年底前, 今年内, 明年上半年, 第四季度
_DUE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年|(?P<next>明年)|(?P<this>今年|本年度?|年)|(?=第?[一二三四]季度))"
    r"\s*(?:第?(?P<quarter>[一二三四])季度|(?P<month>\d{1,2})月(?:底|末|份)?|(?P<half>[上下]半年)|(?P<end>底|末|内))?"
    r"(?:以?前|之前|内|完成|建成)?"
)
_SAME_TOPIC = 0.22  # share of a promise's pairs that a paragraph of the draft has
_SAME_PROMISE = 0.55  # share from which a planned sentence is the same promise
_FEWEST_KEPT = 4  # pairs of the clause with the time; of a shorter one nothing can be said
_FEWEST = 8  # pairs; a shorter promise says too little to be found again
_CLAUSE = re.compile(r"[，,；;]")
_VERB = 2  # characters of a verb: 上线, 出台
_BARE = 6  # characters of a clause that says little beside its time
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12}


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence of our own earlier reply; ``due`` is YYYY-MM, the month in which its time
    runs out; ``core`` are the pairs of the clause that has the time, without that,
    ``deed`` the verb behind it."""

    document: Document
    text: str
    due: str
    pairs: frozenset[str]
    core: frozenset[str]
    deed: str

    def share(self, there: frozenset[str]) -> float:
        """The share of the promise, 0..1, that another text has."""
        return len(self.pairs & there) / len(self.pairs)


def check_promises(case: CheckedDraft) -> Iterator[Finding]:
    """Yield ``promise.open`` (note): our own earlier reply promised this with a time, and
    the draft, which speaks of the topic, does not say what became of it; ``promise.repeat``
    (note): the draft promises the same again. Nothing without own replies in the index."""
    if case.index is None:
        return
    parts = [(p, make_pairs(p.text)) for p in case.parts]
    paragraphs = [make_pairs(text) for text in case.paragraphs]
    for promise in read_promises(case.index):
        if is_elsewhere(promise.document, case.profile):
            continue
        near = [promise.share(pairs) for pairs in paragraphs]
        best = max(range(len(near)), key=lambda n: near[n], default=-1)
        same = [p for p, pairs in parts if promise.share(pairs) >= _SAME_PROMISE]
        if best >= 0 and near[best] >= _SAME_TOPIC:
            yield from _report_promise(case, promise, same, best)


def _report_promise(
    case: CheckedDraft, promise: Promise, same: Sequence[Part], best: int
) -> Iterator[Finding]:
    source = f"《{promise.document.title}》（{promise.document.date or '日期不详'}）"
    repeated = [p for p in same if p.planned]
    if repeated:
        part = repeated[0]
        yield make_finding(
            "promise.repeat",
            "note",
            (part.number, part.start, part.end, part.text),
            f"本单位{source}已经承诺过：“{promise.text}”",
            "写明上次承诺的进展，或说明为什么再次列入计划",
        )
        return
    if any(p.done for p in same) or _is_kept(case, promise):
        return
    late = promise.due < case.letter_date.strftime("%Y-%m")
    text = case.paragraphs[best]
    yield make_finding(
        "promise.open",
        "note",
        (best, 0, len(text), text),
        f"本单位{source}承诺“{promise.text}”，期限{promise.due}"
        + ("，已经到期" if late else "，还没有到期"),
        "核实兑现情况，在这里回应",
    )


def _is_kept(case: CheckedDraft, promise: Promise) -> bool:
    """True where a sentence reports what was promised with a time, whatever was to come of it:
    监测平台已上线运行 keeps 年底前上线监测平台，对重点店铺常态化巡查."""
    core, deed = promise.core, promise.deed
    if len(core) < _FEWEST_KEPT or not deed:
        return False
    told = (p.text for p in case.parts if p.done and deed in p.text)
    return any(len(core & make_pairs(text)) / len(core) >= _SAME_PROMISE for text in told)


def read_promises(index: Index) -> tuple[Promise, ...]:
    """Return the promises with a time in our own replies, the latest reply first. Raises
    StoreError when the index cannot be read."""
    own = [d for d in index.documents(own=True) if d.kind == "reply" and d.date]
    found: list[Promise] = []
    for document in sorted(own, key=lambda d: d.date or "", reverse=True):
        found += _find_promises(document, index.text(document.id) or "")
    return tuple(found)


@lru_cache(maxsize=512)
def _find_promises(document: Document, text: str) -> tuple[Promise, ...]:
    promises = []
    for line in text.splitlines():
        for sentence in split_sentences(line):
            due = _read_due(sentence, int((document.date or "0")[:4]))
            pairs = make_pairs(sentence)
            if due and len(pairs) >= _FEWEST:
                tense = judge_words(sentence)
                if tense.plan and not tense.report:
                    core, deed = _read_core(sentence)
                    promises.append(
                        Promise(document, sentence.strip(), due, pairs, make_pairs(core), deed)
                    )
    return tuple(promises)


def _read_core(sentence: str) -> tuple[str, str]:
    """The clause with the time, without it (with the next one where that is all it has: 年底前，
    上线监测平台), and the verb behind the time."""
    clauses = _CLAUSE.split(sentence)
    for number, clause in enumerate(clauses):
        match = next((m for m in _DUE.finditer(clause) if _is_time(m)), None)
        if match is not None:
            before, behind = clause[: match.start()], clause[match.end() :]
            if len(behind) < _BARE:
                behind += "".join(clauses[number + 1 :][:1])
            return before + behind, behind[:_VERB]
    return "", ""


def _is_time(match: re.Match[str]) -> bool:
    return any(match.group(g) for g in ("quarter", "month", "half", "end"))


def _read_due(sentence: str, written: int) -> str | None:
    """The month in which the promise's time runs out; years that only date a paper, such as
    〔2025〕, are none."""
    for match in _DUE.finditer(sentence):
        if not _is_time(match):
            continue
        year = int(match.group("year") or written) + (1 if match.group("next") else 0)
        if year < written:
            continue
        month = 12
        if match.group("month"):
            month = min(int(match.group("month")), 12)
        elif match.group("half"):
            month = 6 if match.group("half") == "上半年" else 12
        elif match.group("quarter"):
            month = _QUARTERS[match.group("quarter")]
        return f"{year}-{month:02d}"
    return None
