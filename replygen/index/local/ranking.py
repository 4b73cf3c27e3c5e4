"""A query -> the rows that answer it, ranked by all that the caches know."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from replygen.index.encoders.hashed import HashEncoder
from replygen.index.fusion import Found, Ranking, fuse, scale_cosines
from replygen.index.local.caches import Caches, Stage
from replygen.index.local.overlap import score_overlap
from replygen.index.local.store import Store
from replygen.index.query import Query
from replygen.index.tuning import Preference, Tuning
from replygen.models import PassageKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CLOSELY = 50  # candidates compared word by word
_BESIDE = 4  # searches whose slow ranking runs beside the others
_SIBLINGS = 3  # passages of a document that speak for each other
_DOCUMENTS = "SELECT row, document FROM passages WHERE row IN ({})"
_FACTS = """SELECT p.row, d.own, d.level, d.date, json_extract(d.fields, '$.host_role') AS role
    FROM passages p JOIN documents d ON d.id = p.document WHERE p.row IN ({})"""


class Signals(NamedTuple):
    """What each signal says of a query: the words' scores in 0..1, for each stage the
    cosines of what it found itself and of all candidates."""

    asked: Query
    kind: PassageKind | None
    words: dict[int, float]
    near: dict[Stage, dict[int, float]]
    cosines: dict[Stage, dict[int, float]]


class Ranker:
    """Ranks the passages of one store. Threads may share it."""

    def __init__(self, store: Store, caches: Caches) -> None:
        self._store = store
        self._caches = caches
        self._beside = ThreadPoolExecutor(_BESIDE, thread_name_prefix="replygen-rank")
        self._among: dict[tuple[int, str | None, bool | None], NDArray[np.int64]] = {}

    def rank(
        self,
        asked: Query,
        kind: PassageKind | None,
        own: bool | None,
        limit: int,
        tuning: Tuning,
    ) -> list[Found]:
        """Return the candidates of all rankings, best first; each ranking gives at most
        ``limit``. The slow stage scores what the others found as far as it is filled."""
        return self.weigh(self.gather(asked, kind, own, limit, tuning), tuning)

    def gather(
        self,
        asked: Query,
        kind: PassageKind | None,
        own: bool | None,
        limit: int,
        tuning: Tuning,
        vectors: dict[tuple[str, str], NDArray[np.float32]] | None = None,
    ) -> Signals:
        """Return what words and vectors say of the query, before it is weighed. What is in
        ``vectors`` by (encoder, text) is not encoded again."""
        limit = max(limit, tuning.depth)
        among = None if kind is None and own is None else self._rows_of(kind, own)
        vectors = {} if vectors is None else vectors
        stages = [s for s in self._caches.stages if len(s.vectors) and self._share(s, tuning)]

        def look(stage: Stage) -> tuple[NDArray[np.float32], dict[int, float]]:
            vector = self._encode(stage, asked, vectors)
            return vector, dict(stage.near(vector, among=among, limit=limit))

        # the last stage is the slow one: another core encodes while the words are asked
        others = [self._beside.submit(look, stage) for stage in stages[1:]]
        words = self._caches.words.search(
            asked.terms, kind=kind, own=own, limit=limit, rarity=tuning.rarity
        )
        looked = [*map(look, stages[:1]), *(other.result() for other in others)]
        seen = dict(zip(stages, looked, strict=True))
        near = {stage: found for stage, (_, found) in seen.items()}
        rows = {row for found in (dict(words), *near.values()) for row in found}
        cosines = {
            stage: found | stage.score(vector, [row for row in rows if row not in found])
            for stage, (vector, found) in seen.items()
        }
        return Signals(asked, kind, dict(words), near, cosines)

    def close(self) -> None:
        """End the threads."""
        self._beside.shutdown()

    def _encode(
        self, stage: Stage, asked: Query, known: dict[tuple[str, str], NDArray[np.float32]]
    ) -> NDArray[np.float32]:
        """Return the query's vector; the fast encoder is asked without the officialese."""
        text = asked.text if stage is self._caches.slow else asked.core
        key = (stage.encoder.name, text)
        if key not in known:
            known[key] = stage.encoder.encode([text], kind="query")[0]
        return known[key]

    def weigh(self, signals: Signals, tuning: Tuning) -> list[Found]:
        """Return the candidates, best first. A ranking without a share gives none."""
        rankings = []
        if tuning.words:
            words = signals.words
            rankings.append(Ranking("words", tuning.words, words, frozenset(words), whole=True))
        for stage, near in signals.near.items():
            share = self._share(stage, tuning)
            scores = scale_cosines(signals.cosines[stage], stage.floor)
            if share:
                rankings.append(Ranking("vectors", share, scores, frozenset(near)))
        ranked = fuse(rankings)
        if tuning.overlap:
            ranked = self._read_closely(signals.asked, ranked, tuning.overlap)
        if tuning.siblings and signals.kind == "article":
            ranked = self._add_siblings(ranked, tuning.siblings)
        return ranked

    def _read_closely(self, asked: Query, ranked: list[Found], share: float) -> list[Found]:
        """Return the candidates with the best of them compared word by word."""
        texts = self._caches.read_texts([f.row for f in ranked[:_CLOSELY]])
        shared = score_overlap(asked.terms, texts, self._caches.words.rarities)
        if not shared:
            return ranked
        scores = [
            f._replace(score=(f.score + share * shared.get(f.row, 0.0)) / (1 + share))
            for f in ranked
        ]
        return sorted(scores, key=lambda f: (-f.score, f.row))

    def _add_siblings(self, ranked: list[Found], share: float) -> list[Found]:
        """Return the candidates with a share of what the best three of their document
        score: where several articles of a law fit, each is likelier to be meant."""
        documents = dict(
            (int(row[0]), str(row[1]))
            for row in self._store.rows_in(_DOCUMENTS, [f.row for f in ranked])
        )
        best: dict[str, list[float]] = {}
        for found in ranked:
            scores = best.setdefault(documents.get(found.row, ""), [])
            if len(scores) < _SIBLINGS:
                scores.append(found.score)
        joined = [
            f._replace(
                score=(f.score + share * sum(best[documents.get(f.row, "")]) / _SIBLINGS)
                / (1 + share)
            )
            for f in ranked
        ]
        return sorted(joined, key=lambda f: (-f.score, f.row))

    def prefer(self, found: list[Found], preference: Preference) -> list[Found]:
        """Return the candidates with what is preferred moved up."""
        weights = {row: 0.0 for row, _, _ in found}
        for row in self._store.rows_in(_FACTS, weights):
            weights[row["row"]] = preference.weigh(
                own=row["own"], level=row["level"], role=row["role"], day=row["date"]
            )
        moved = [f._replace(score=min(1.0, f.score + weights[f.row])) for f in found]
        return sorted(moved, key=lambda f: (-f.score, f.row))

    def _share(self, stage: Stage, tuning: Tuning) -> float:
        if stage is self._caches.slow:
            return tuning.slow
        return tuning.lexical if isinstance(stage.encoder, HashEncoder) else tuning.fast

    def _rows_of(self, kind: PassageKind | None, own: bool | None) -> NDArray[np.int64]:
        import numpy as np

        key = (self._store.last_change, kind, own)
        rows = self._among.get(key)
        if rows is None:
            found = self._store.rows(
                """SELECT p.row FROM passages p JOIN documents d ON d.id = p.document
                   WHERE (?1 IS NULL OR p.kind = ?1) AND (?2 IS NULL OR d.own = ?2)""",
                (kind, None if own is None else int(own)),
            )
            rows = np.array([r[0] for r in found], dtype=np.int64)
            # a new dict each time: another thread may be reading the old one
            kept = {k: v for k, v in self._among.items() if k[0] == key[0]}
            self._among = {**kept, key: rows}
        return rows
