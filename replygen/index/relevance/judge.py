"""The one judge of relevance: whether a passage bears on an ask."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from threading import Lock
from typing import TYPE_CHECKING

from replygen.index.base import Index
from replygen.index.encoders.encoder import Encoder, TextKind
from replygen.index.encoders.fast import StaticEncoder
from replygen.index.encoders.loading import LazyEncoder, load_encoder
from replygen.index.encoders.semantic import LocalEncoder
from replygen.index.memory import Made, Memory
from replygen.index.passages import compose_searchable
from replygen.index.relevance.ask_context import AskContext
from replygen.index.relevance.likeness import Text, compare_texts, read_text
from replygen.index.relevance.model import load_models, load_references
from replygen.index.relevance.pieces import (
    Pieces,
    cut_pieces,
    join_sides,
    merge_pieces,
    weigh_text,
)
from replygen.index.relevance.signals import (
    Candidate,
    Signals,
    View,
    describe_field,
    measure_all,
    measure_clause,
)
from replygen.laws.fields import find_field
from replygen.laws.normalise import normalise_statute
from replygen.models import Hit, Passage, PassageKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_REMEMBERED = 4_000  # vectors kept; a draft of six asks needs some hundreds
_VIEWS = 16  # asks kept as they are compared: their candidates come in several groups
_WANTED = 120  # characters of an ask that say what it wants; the rest argues
_OTHER_MATTER = 0.07  # by how much less alike two asks are with their subjects than without
_PIECES = 400  # characters of a text whose word pieces count


class Judge:
    """Judges passages with what the index knows: its encoders and stored vectors. One judge
    may be kept for as long as its index is open; what it encoded it remembers. Threads may
    share it.

    ``Judge()`` without an index judges texts alone (a paper checked where nothing is
    indexed): the shipped encoders read them.
    """

    def __init__(self, index: Index | None = None) -> None:
        self._index = index
        self._slow, self._fast, self._stored = _choose_encoders(index)
        self._seen: dict[tuple[str, str], NDArray[np.float32]] = {}
        self._texts, self._weighed = Memory(_REMEMBERED), Memory(_REMEMBERED)
        self._views = Memory(_VIEWS)
        self._lock = Lock()
        self._memory = Memory()

    def once(self, what: Hashable, make: Callable[[], Made]) -> Made:
        """Return what ``make`` works out of the index: ``what`` that is, is worked out again
        when something in the index has changed."""
        edition = None if self._index is None else self._index.edition()
        return make() if edition is None else self._memory.once((edition, what), make)

    def judge(self, ask_context: AskContext, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """Return the hits with their relevance, best first: the probability, calibrated on
        judgments by reading, that a clerk could use the passage in the answer."""
        return tuple(sorted(self.mark(ask_context, hits), key=lambda hit: -(hit.relevance or 0.0)))

    def mark(self, ask_context: AskContext, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """Return the hits with their relevance, in their order."""
        scores = self.score(ask_context, hits)
        return tuple(replace(h, relevance=s) for h, s in zip(hits, scores, strict=True))

    def score(self, ask_context: AskContext, hits: Sequence[Hit]) -> list[float]:
        """Return the hits' probabilities, in the hits' order."""
        models = load_models()
        return [
            models[_name_model(hit.passage.kind)].judge(signals)
            for hit, signals in zip(hits, self.weigh(ask_context, hits), strict=True)
        ]

    def weigh(
        self, ask_context: AskContext, hits: Sequence[Hit], *, apart_from: str = ""
    ) -> list[Signals]:
        """Return the signals of the hits, in their order: what :meth:`judge` decides by.
        ``apart_from`` leaves a proposal's own asks out of the references (for training)."""
        if not hits:
            return []
        view = self._views.once(
            (ask_context, apart_from), lambda: self._view(ask_context, apart_from)
        )
        candidates = self._prepare([hit.passage for hit in hits])
        found: dict[int, Signals] = {}
        order = sorted(range(len(hits)), key=lambda i: hits[i].passage.kind)
        for _, group in groupby(order, key=lambda i: hits[i].passage.kind):
            places = list(group)
            signals = measure_all(view, [candidates[i] for i in places])
            found.update(zip(places, signals, strict=True))
        return [found[i] for i in range(len(hits))]

    def alike(self, text: str, others: Sequence[str]) -> list[float]:
        """Return for each of ``others`` how surely (0..1) it takes up the matter of ``text``
        (a demand, a promise, another sentence)."""
        model = load_models()["alike"]
        return [model.judge(signals) for signals in self.compare(text, others)]

    def sign(self, wishes: Sequence[str], clauses: Sequence[str], bears: float) -> list[float]:
        """Return for each of ``clauses`` of an article how surely (0..1) a clerk would sign it as
        the ground of an answer. ``wishes`` are the ask's topic and its demands, ``bears`` how
        surely the article bears on the ask."""
        model = load_models()["clause"]
        return [model.judge(signals) for signals in self.weigh_clauses(wishes, clauses, bears)]

    def weigh_clauses(
        self, wishes: Sequence[str], clauses: Sequence[str], bears: float
    ) -> list[Signals]:
        """Return the signals that :meth:`sign` decides by."""
        if not clauses:
            return []
        vectors = self._encode([*wishes, *clauses])
        meant = (vectors[: len(wishes)] @ vectors[len(wishes) :].T).max(axis=0)
        topic = self.compare(wishes[0], clauses)
        return [
            measure_clause(bears, float(near), named["near"], clause)
            for near, named, clause in zip(meant, topic, clauses, strict=True)
        ]

    def same(self, asks: Sequence[AskContext], others: Sequence[AskContext]) -> NDArray[np.float32]:
        """Return how near each ask is to each of ``others`` in what it wants, 0..1, (n, m):
        whether they ask for the same (:data:`replygen.index.relevance.SAME`). Two that say
        alike but of different matters (a standard for tea, one for livestreams) are 0.
        :meth:`alike` asks less: an ask of the same field takes a matter up too."""
        import numpy as np

        if not asks or not others:
            return np.zeros((len(asks), len(others)), dtype=np.float32)
        both = (*asks, *others)
        alone = self._encode([ask.text[:_WANTED] for ask in both])
        placed = self._encode([f"{ask.subject}。{ask.text[:_WANTED]}" for ask in both])
        n = len(asks)
        said, meant = alone[:n] @ alone[n:].T, placed[:n] @ placed[n:].T
        apart = said - meant > _OTHER_MATTER
        near: NDArray[np.float32] = np.where(apart, 0.0, np.clip(np.minimum(said, meant), 0, 1))
        return near.astype(np.float32)

    def compare(self, text: str, others: Sequence[str]) -> list[Signals]:
        """Return the signals that :meth:`alike` decides by. The fast encoder alone: a whole
        letter is compared, each paragraph with each demand."""
        if not others:
            return []
        left, rights = self._read_once(text), [self._read_once(other) for other in others]
        return [compare_texts(left, right) for right in rights]

    # ── inside ─────────────────────────────────────────────────────────────

    def _read_once(self, text: str) -> Text:
        static = _load_static(self._fast)
        return self._texts.once(text, lambda: read_text(text, static))

    def _view(self, ask_context: AskContext, apart_from: str) -> View:
        views = [ask_context.query, ask_context.heading, ask_context.subject or ask_context.heading]
        vectors = self._encode([*views, *ask_context.sentences])
        references, proposals = load_references()
        kept = [i for i, proposal in enumerate(proposals) if proposal != apart_from]
        head = self._cut(f"{ask_context.heading}{ask_context.subject}")
        text = self._cut(ask_context.text[:_PIECES])
        about = self._cut(ask_context.subject or ask_context.heading)
        sentences = [self._cut(sentence) for sentence in ask_context.sentences]
        return View(
            ask_context=ask_context,
            whole=vectors[0],
            topic=vectors[1],
            subject=vectors[2],
            sentences=vectors[3:],
            references=references[kept],
            fast=self._encode([ask_context.query], fast=True)[0],
            sides=join_sides([head, text, merge_pieces(head, text), about, *sentences]),
        )

    def _prepare(self, passages: Sequence[Passage]) -> list[Candidate]:
        stored = {} if self._stored is None else self._stored.vectors([p.id for p in passages])
        missing = [p for p in passages if p.id not in stored]
        texts = [_compose(p) for p in missing]
        made = self._encode(texts, passage=True) if texts else ()
        vectors = {**stored, **{p.id: v for p, v in zip(missing, made, strict=True)}}
        words = [_passage_text(passage) for passage in passages]
        fast = self._encode(words, fast=True)
        return [
            Candidate(p, vectors[p.id], near, self._cut(text[:_PIECES]), self._law(p))
            for p, near, text in zip(passages, fast, words, strict=True)
        ]

    def _law(self, passage: Passage) -> NDArray[np.float32] | None:
        if passage.kind != "article":
            return None
        law = normalise_statute(passage.document.title)
        vector: NDArray[np.float32] = self._encode(
            [describe_field(find_field(law), law)], fast=True
        )[0]
        return vector

    def _cut(self, text: str) -> Pieces:
        """Return the pieces of a text; which they are is remembered, their vectors are not."""
        static = _load_static(self._fast)
        return cut_pieces(self._weighed.once(text, lambda: weigh_text(text, static)), static)

    def _encode(
        self, texts: Sequence[str], *, fast: bool = False, passage: bool = False
    ) -> NDArray[np.float32]:
        """Return the vectors of texts, (n, dim); those encoded before are remembered."""
        import numpy as np

        stage = "fast" if fast else "passage" if passage else "query"
        with self._lock:
            missing = [t for t in dict.fromkeys(texts) if (stage, t) not in self._seen]
            if missing:
                if len(self._seen) > _REMEMBERED:
                    self._seen = {(stage, t): self._seen[stage, t] for t in texts
                                  if (stage, t) in self._seen}  # fmt: skip
                encoder = self._fast if fast else self._slow
                self._seen.update(_encode(encoder, missing, stage))
            return np.stack([self._seen[stage, t] for t in texts])


def _encode(
    encoder: Encoder, texts: Sequence[str], stage: str
) -> Iterator[tuple[tuple[str, str], NDArray[np.float32]]]:
    """Give the vectors of texts by (stage, text). The first goes alone: a matter's query was
    just searched with, and the encoder remembers it."""
    kind: TextKind = "passage" if stage == "passage" else "query"
    for part in (texts[:1], texts[1:]):
        if part:
            for text, vector in zip(part, encoder.encode(part, kind=kind), strict=True):
                yield (stage, text), vector


def _choose_encoders(index: Index | None) -> tuple[Encoder, Encoder, Index | None]:
    """Return the shipped encoders, the index's own where it has them, and the index if its
    vectors are the shipped semantic encoder's: the weights were fitted to those."""
    fast, slow = index.encoders() if index is not None else (None, None)
    stored = index if slow is not None and slow.name == LocalEncoder.name else None
    if slow is None or stored is None:
        slow = load_encoder("replygen")
    if fast is None or fast.name != StaticEncoder.name:
        fast = load_encoder("static")
    return slow, fast, stored


def _load_static(encoder: Encoder) -> StaticEncoder:
    loaded = encoder.load() if isinstance(encoder, LazyEncoder) else encoder
    assert isinstance(loaded, StaticEncoder)
    return loaded


def _name_model(kind: PassageKind) -> str:
    return "article" if kind == "article" else "measure"


def _passage_text(passage: Passage) -> str:
    """Return a passage's text with its lead phrase, where the text does not begin with it."""
    if passage.kind == "article" or passage.text.startswith(passage.title):
        return passage.text
    return f"{passage.title}。{passage.text}"


def _compose(passage: Passage) -> str:
    title = passage.document.title
    return compose_searchable(title, passage.title, passage.context, passage.text)
