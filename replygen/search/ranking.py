"""A query -> the rows that answer it, ranked by all that the caches know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from replygen.models import PassageKind
from replygen.search.caches import Caches, Stage
from replygen.search.encoder import HashEncoder
from replygen.search.fusion import Found, Ranking, fuse, scale_cosines
from replygen.search.query import Query
from replygen.search.store import Store
from replygen.search.tuning import Preference, Tuning

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_YEARS = 5  # back to which a document counts as recent, less with every year
_FACTS = """SELECT p.row, d.own, d.level, d.date, json_extract(d.fields, '$.host_role') AS role
    FROM passages p JOIN documents d ON d.id = p.document WHERE p.row IN ({})"""


class Ranker:
    """Ranks the passages of one store. Threads may share it."""

    def __init__(self, store: Store, caches: Caches) -> None:
        self._store = store
        self._caches = caches
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
        among = None if kind is None and own is None else self._rows_of(kind, own)
        words = self._caches.words.search(
            asked.terms, kind=kind, own=own, limit=limit, rarity=tuning.rarity
        )
        found: dict[Stage, list[tuple[int, float]]] = {}
        vectors: dict[Stage, NDArray[np.float32]] = {}
        for stage in self._caches.stages:
            if len(stage.vectors) and self._weigh(stage, tuning):
                text = asked.text if stage is self._caches.slow else asked.core
                vectors[stage] = stage.encoder.encode([text], kind="query")[0]
                found[stage] = stage.near(vectors[stage], among=among, limit=limit)
        words = words if tuning.words else []
        rows = {row for ranking in (words, *found.values()) for row, _ in ranking}
        rankings = [Ranking("words", tuning.words, dict(words), frozenset(dict(words)), whole=True)]
        for stage, near in found.items():
            seen = dict(near)
            cosines = seen | stage.score(vectors[stage], [row for row in rows if row not in seen])
            scores = scale_cosines(cosines, stage.floor)
            weight = self._weigh(stage, tuning)
            rankings.append(Ranking("vectors", weight, scores, frozenset(seen)))
        return fuse(rankings)

    def prefer(self, found: list[Found], preference: Preference) -> list[Found]:
        """Return the candidates with what is preferred moved up."""
        weights = {row: 0.0 for row, _, _ in found}
        for row in self._store.rows_in(_FACTS, weights):
            fits = preference.own * row["own"]
            if preference.level is not None and row["level"] == preference.level:
                fits += preference.same_level
            if preference.role is not None and row["role"] == preference.role:
                fits += preference.same_role
            if preference.year is not None and row["date"]:
                age = max(0, preference.year - int(row["date"][:4]))
                fits += preference.recent * max(0.0, 1 - age / _YEARS)
            weights[row["row"]] = fits
        moved = [f._replace(score=min(1.0, f.score + weights[f.row])) for f in found]
        return sorted(moved, key=lambda f: (-f.score, f.row))

    def _weigh(self, stage: Stage, tuning: Tuning) -> float:
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
