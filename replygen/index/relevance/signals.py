"""What speaks for a passage and against it, in figures.

Cosines of the semantic encoder against several views of the ask, set against how near the
passage is to asks that have nothing to do with it (a general speech is near to all); the
field that the law governs; what kind of article it is; how much of the passage the ask
speaks of. Each signal has a name; the model (:mod:`replygen.index.relevance.model`) weighs
them by name, so that one may be added without touching the others.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from replygen.index.relevance.ask_context import AskContext
from replygen.index.relevance.pieces import Matches, Pieces, Sides
from replygen.laws.fields import Field, find_field, read_field_words
from replygen.models import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_READ = 600  # characters of a text in which words are looked for
_NEAREST = 5  # reference asks that are nearest to a passage
_UNSURE = 0.02  # a probability is no nearer to 0 and 1
_STEADY = 0.02  # least spread of the reference cosines
# 为了促进…，制定本法 | 本法所称…，是指 | 处五万元以下罚款 | 国家鼓励、支持 | 县级以上人民政府
_PURPOSE = re.compile(r"^为")
_DEFINITION = re.compile(r"本(?:法|条例|办法|规定)(?:下列用语|所称)|是指")
_PENALTY = re.compile(r"处.{0,20}罚款|给予.{0,6}处分|追究刑事|拘留|吊销|责令改正")
_PROMOTION = re.compile(
    r"鼓励|支持|扶持|国家[^，。]{0,12}(?:推动|推进|促进|建立|完善|健全|加强|保护|采取措施|实行)"
)
_DUTY = re.compile(r"人民政府|(?:各级|县级以上|地方)[^，。]{0,16}部门")
_LOCAL = re.compile(r"地方|县级以上|各级人民政府")
_NATIONAL = re.compile(r"国务院|中央")

Signals = dict[str, float]


@dataclass(frozen=True, slots=True)
class View:
    """An ask as it is compared: the vectors of its views, those of ``references`` (asks
    that have nothing to do with it), its fast vector; ``sides`` are the word pieces of its
    topic with the subject, of its text, of both, of the subject alone and of each of its
    sentences, to be set against passages."""

    ask_context: AskContext
    whole: NDArray[np.float32]
    topic: NDArray[np.float32]
    subject: NDArray[np.float32]
    sentences: NDArray[np.float32]
    references: NDArray[np.float32]
    fast: NDArray[np.float32]
    sides: Sides


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage as it is compared: its vectors of both encoders, its word pieces, and the
    fast vector of what its law governs (None but for articles)."""

    passage: Passage
    vector: NDArray[np.float32]
    fast: NDArray[np.float32]
    pieces: Pieces
    law: NDArray[np.float32] | None


def measure_all(view: View, candidates: Sequence[Candidate]) -> list[Signals]:
    """Return the signals of candidates of one kind, in their order."""
    matches = view.sides.set_against([candidate.pieces for candidate in candidates])
    found = [_measure(view, c, matches, column) for column, c in enumerate(candidates)]
    best = max((signals["whole"] for signals in found), default=0.0)
    for signals in found:
        signals["best"] = best
        signals["behind"] = signals["whole"] - best
    if candidates and candidates[0].passage.kind == "article":
        _set_against(found)
    return found


def _set_against(found: list[Signals]) -> None:
    """Add to each article's signals how far they are above the mean of the ask's candidates,
    and below the best of them: what is much for one ask is little for another."""
    for name in [n for n in found[0] if n not in ("ask_length", "best")]:
        values = [signals[name] for signals in found]
        mean, most = sum(values) / len(values), max(values)
        for signals, value in zip(found, values, strict=True):
            signals[f"{name}_over"] = value - mean
            signals[f"{name}_below"] = value - most


def _measure(view: View, candidate: Candidate, matches: Matches, column: int) -> Signals:
    passage = candidate.passage
    signals = _compare_vectors(view, candidate.vector)
    signals |= _compare_words(view.ask_context, passage)
    signals |= _read_matches(matches, column)
    signals["fast"] = float(view.fast @ candidate.fast)
    signals["length"] = math.log(len(passage.text) + 1)
    signals["ask_length"] = math.log(len(view.ask_context.text) + 1)
    if candidate.law is not None:
        signals["law_near"] = float(view.fast @ candidate.law)
        signals |= _read_law(view.ask_context, passage)
    else:
        signals["figures"] = float(re.search(r"\d", passage.text) is not None)
    return signals


def _compare_vectors(view: View, vector: NDArray[np.float32]) -> Signals:
    import numpy as np

    sentences = np.sort(view.sentences @ vector)[::-1]
    others = np.sort(view.references @ vector)
    whole, general = float(view.whole @ vector), float(others.mean())
    spread = max(float(others.std()), _STEADY)
    crowd = float(others[-_NEAREST:].mean())
    return {
        "whole": whole,
        "topic": float(view.topic @ vector),
        "subject": float(view.subject @ vector),
        "sentence": float(sentences[0]),
        "sentences": float(sentences[:2].mean()),
        "all_sentences": float(sentences.mean()),
        "general": general,
        "spread": spread,
        "crowd": crowd,
        "above": (whole - general) / spread,
        "sentence_above": (float(sentences[0]) - general) / spread,
        "beyond": whole - crowd,
        "rank": float((others < whole).mean()),
    }


def _read_matches(matches: Matches, column: int) -> Signals:
    """Return how near the word pieces of the ask's views are to the nearest ones of the
    passage, and the other way round."""
    near, back = matches.near[:, column], matches.near_back[:, column]
    return {
        "head_words": float(near[0]),
        "head_words_back": float(back[0]),
        "text_words": float(near[1]),
        "text_words_back": float(back[1]),
        "about_words": float(near[3]),
        "sentence_words": float(near[4:].max()),
        "told": float(matches.shared_back[2, column]),
        "told_head": float(matches.shared[0, column]),
        "told_text": float(matches.shared[1, column]),
    }


def _compare_words(ask_context: AskContext, passage: Passage) -> Signals:
    """Return how far passage and ask speak of the same fields: the words of
    laws/data/fields.tsv, those of few fields counting more."""
    name = passage.document.title if passage.kind == "article" else passage.title
    said = _find_words(f"{passage.text[:_READ]}{passage.context or ''}{name}")
    asked, subject = (
        _find_words(f"{ask_context.subject}{ask_context.text[:_READ]}"),
        _find_words(ask_context.subject),
    )
    shared = frozenset(word for word in said if _has_related(word, asked))
    within, beside = _weigh_fields(shared), _weigh_fields(said - shared)
    return {
        "words_shared": within,
        "words_beside": beside,
        "words_share": within / (within + beside + 0.5),
        "subject_named": float(any(_has_related(word, subject) for word in said)),
        "subject_share": (
            sum(_has_related(word, said) for word in subject) / len(subject) if subject else 0.3
        ),
        "fields": _cosine(_count_fields(asked), _count_fields(said)),
        "subject_fields": _cosine(_count_fields(subject), _count_fields(said)) if subject else 0.3,
    }


def _read_law(ask_context: AskContext, passage: Passage) -> Signals:
    """Return whether the law governs what is asked, and what kind of article this is."""
    field, text = find_field(passage.document.title), passage.text
    in_subject = any(word in ask_context.subject for word in field.words)
    in_topic = any(word in ask_context.heading for word in field.words)
    times = sum(ask_context.text.count(word) for word in field.words)
    return {
        "law_in_subject": float(in_subject),
        "law_in_topic": float(in_topic),
        "law_in_head": float(in_subject or in_topic),
        "law_in_text": min(times, 4) / 4,
        "law_unnamed": float(not (times or in_subject or in_topic)),
        "law_words": math.log1p(len(field.words)),
        "law_apart": float(field.apart),
        "law_listed": float(field.listed),
        "purpose": float(passage.position == 0 or bool(_PURPOSE.match(text))),
        "scope": float(passage.position in (1, 2)),
        "definition": _has(_DEFINITION, text),
        "penalty": float(bool(_PENALTY.search(text)) or "法律责任" in (passage.context or "")),
        "promotion": _has(_PROMOTION, text),
        "duty": _has(_DUTY, text),
        "local": _has(_LOCAL, text),
        "national": _has(_NATIONAL, text),
    }


def measure_clause(bears: float, meaning: float, topic: float, clause: str) -> Signals:
    """Return the signals of a clause of an article: how surely the article bears on the ask, how
    near in meaning the clause is to the nearest wish, how much of the topic it names, its
    length. A short one (国家建立健全传染病监测制度) says little."""
    sure = min(max(bears, _UNSURE), 1 - _UNSURE)
    return {
        "bears": math.log(sure / (1 - sure)),
        "meaning": meaning,
        "topic": topic,
        "length": math.log(len(clause)),
    }


def describe_field(field: Field, law: str) -> str:
    """Return the words by which a law's field is encoded."""
    return f"{law} {' '.join(field.words)}"


def _has(pattern: re.Pattern[str], text: str) -> float:
    return float(pattern.search(text) is not None)


@lru_cache(maxsize=1024)
def _find_words(text: str) -> frozenset[str]:
    return frozenset(word for word in read_field_words() if word in text)


def _has_related(word: str, others: Iterable[str]) -> bool:
    """Say whether one of ``others`` is ``word``, has it or is in it (养老, 养老保险)."""
    return any(word in other or other in word for other in others)


def _weigh_fields(words: Iterable[str]) -> float:
    fields = read_field_words()
    return sum(1 / len(fields[word]) for word in words)


def _count_fields(words: Iterable[str]) -> dict[str, float]:
    table, counts = read_field_words(), dict[str, float]()
    for word in words:
        for field in table[word]:
            counts[field] = counts.get(field, 0.0) + 1 / len(table[word])
    return counts


def _cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    length = math.sqrt(_square(left.values()) * _square(right.values()))
    return sum(w * right.get(key, 0.0) for key, w in left.items()) / length if length else 0.0


def _square(values: Iterable[float]) -> float:
    return sum(value * value for value in values)
