"""The vector index: FAISS over the store's vectors, a cache of the store.

Up to some size every vector is compared exactly, beyond it a compressed copy is
(:mod:`replygen.index.local.quantised`). The vectors themselves are in the store, so these
files can be made again without the encoder, and only have to be written when they lag
far behind.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replygen.index.local.quantised import Quantised, make_bits
from replygen.language.files import whole_file

if TYPE_CHECKING:
    import faiss
    import numpy as np
    from numpy.typing import NDArray

_FORMAT = "flat-fp16-1"
_LAG = 500  # passages (or a twentieth) that may be missing in the file; fed at opening
_FLAT = 50_000  # vectors up to which all are compared exactly (5 ms at 384 numbers)
_WIDEST = 20_000  # rows of one merged range: what is read into memory at once


class VectorIndex:
    """FAISS in memory for one encoder, kept under one folder. ``mark`` is the store's
    change that it has caught up to. Scores are cosines of float16 vectors, exact at
    every size; which passages are found is exact up to _FLAT vectors."""

    def __init__(self, folder: Path, identity: str, encoder: str, dim: int) -> None:
        """Open what is there; a missing, foreign or damaged file counts as empty."""
        _use_one_core()
        slug = re.sub(r"[^A-Za-z0-9.-]+", "_", encoder)[-40:].strip("_.")
        self._slug = f"{slug}-{hashlib.sha256(encoder.encode()).hexdigest()[:8]}"
        self._folder = folder
        self._file = folder / f"{self._slug}.faiss"
        self._note = folder / f"{self._slug}.json"
        self._expected = {"store": identity, "format": _FORMAT, "encoder": encoder, "dim": dim}
        self._dim = dim
        self._unsaved = 0
        self._bits: tuple[NDArray[np.int64], NDArray[np.uint8]] | None = None
        self._wide: Quantised | None = None
        self.mark = 0
        self._flat = self._create()
        self._load_files()

    def __len__(self) -> int:
        """Return the number of vectors."""
        return len(self._wide) if self._wide is not None else int(self._flat.ntotal)

    def remove(self, low: int, high: int) -> None:
        """Remove the rows ``low..high``; rows that are not there are passed over."""
        import faiss

        if self._wide is not None:
            self._unsaved += self._wide.remove(low, high)
        else:
            self._unsaved += int(self._flat.remove_ids(faiss.IDSelectorRange(low, high + 1)))

    def add(self, rows: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """Add vectors (n, dim) of rows that are not in the index."""
        if not len(rows):
            return
        self._unsaved += len(rows)
        if self._wide is not None:
            self._wide.add(rows, vectors)
            return
        self._flat.add_with_ids(vectors, rows)
        if self._flat.ntotal > _FLAT:
            self._widen()

    def lags(self) -> bool:
        """Say whether enough has changed in memory that the file should be written."""
        return self._unsaved > max(_LAG, len(self) // 20)

    def save(self) -> None:
        """Write the files. A crash leaves the old ones, or some whose note does not fit
        and which are then made anew. Raises OSError."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        note = {**self._expected, "mark": self.mark, "count": len(self)}
        if self._wide is not None:
            known = str(self._read_note().get("wide", ""))
            self._note.unlink(missing_ok=True)
            note["wide"] = self._wide.save(known)
            note["learnt"] = self._wide.learnt
            self._file.unlink(missing_ok=True)
        else:
            self._save_flat()
        self._note.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
        self._unsaved = 0

    def clear(self) -> None:
        """Forget everything, the files too."""
        self._note.unlink(missing_ok=True)
        self._file.unlink(missing_ok=True)
        (self._wide or Quantised(self._folder, self._slug, self._dim)).drop()
        self._flat, self._wide, self.mark, self._unsaved = self._create(), None, 0, 0

    def rows(self) -> set[int]:
        """Return the row numbers of all vectors."""
        import faiss

        if self._wide is not None:
            return self._wide.rows()
        rows = faiss.vector_to_array(self._flat.id_map)  # type: ignore[attr-defined]
        return {int(row) for row in rows}

    def search(
        self, query: NDArray[np.float32], *, among: NDArray[np.int64] | None, limit: int
    ) -> list[tuple[int, float]]:
        """Return (row, cosine) of the nearest passages, best first; ``among`` restricts
        the rows."""
        import faiss

        if not len(self) or (among is not None and not len(among)):
            return []
        _use_one_core()
        bits = None if among is None else self._take_bits(among)
        if self._wide is not None:
            return self._wide.search(query, among=bits, limit=limit)
        parameters = None
        if bits is not None:
            selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        size = min(limit, len(self) if among is None else len(among))
        scores, rows = self._flat.search(query.reshape(1, -1), size, params=parameters)
        return [(int(r), float(s)) for r, s in zip(rows[0], scores[0], strict=True) if r >= 0]

    def score(self, query: NDArray[np.float32], rows: Sequence[int]) -> dict[int, float]:
        """Return the cosine of the given rows, those without a vector left out."""
        import numpy as np

        if self._wide is not None:
            asked = np.array(rows, dtype=np.int64)
            there = asked[self._wide.find(asked) >= 0]
            scores = self._wide.compare(there, query)
            return {int(r): float(s) for r, s in zip(there, scores, strict=True)}
        asked = np.array(rows, dtype=np.int64)
        try:
            scores = self._flat.reconstruct_batch(asked) @ query
        except RuntimeError:  # not all are filled in yet
            return self._score_each(query, rows)
        return dict(zip(rows, scores.tolist(), strict=True))

    def _score_each(self, query: NDArray[np.float32], rows: Sequence[int]) -> dict[int, float]:
        found: dict[int, float] = {}
        for row in rows:
            try:
                found[row] = float(query @ self._flat.reconstruct(row))
            except RuntimeError:
                continue
        return found

    def _take_bits(self, among: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Return the bitmap of ``among``; the same array is asked for again and again."""
        if self._bits is None or self._bits[0] is not among:
            self._bits = (among, make_bits(among))
        return self._bits[1]

    def _widen(self) -> None:
        """Go over from comparing everything exactly to a compressed copy."""
        import faiss

        rows = faiss.vector_to_array(self._flat.id_map)  # type: ignore[attr-defined]
        vectors = self._flat.index.reconstruct_n(0, len(rows))  # type: ignore[attr-defined]
        self._wide = Quantised(self._folder, self._slug, self._dim)
        self._wide.add(rows, vectors)
        self._flat = self._create()

    def _save_flat(self) -> None:
        import faiss

        with whole_file(self._file) as part:
            try:
                faiss.write_index(self._flat, str(part))
            except RuntimeError as error:
                raise OSError(str(error)) from error
            self._note.unlink(missing_ok=True)

    def _read_note(self) -> dict[str, Any]:
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            fits = {key: note.get(key) for key in self._expected} == self._expected
            return note if fits else {}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _load_files(self) -> None:
        """Take up the files; leave everything empty when they are not sound."""
        import faiss

        note = self._read_note()
        wide = Quantised(self._folder, self._slug, self._dim) if "wide" in note else None
        try:
            if wide is not None:
                whole = wide.load(str(note["wide"]), int(note["learnt"]))
                flat = self._flat
                count = len(wide)
            else:
                flat = faiss.read_index(str(self._file)) if note else self._flat
                whole, count = flat.d == self._dim, int(flat.ntotal)
            if note and whole and count == note["count"]:
                self._flat, self._wide, self.mark = flat, wide, int(note["mark"])
        except (OSError, EOFError, ValueError, KeyError, TypeError, RuntimeError):
            self.mark = 0

    def _create(self) -> faiss.Index:
        import faiss

        flat = faiss.IndexScalarQuantizer(
            self._dim, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        return faiss.IndexIDMap2(flat)


def _use_one_core() -> None:
    """Let this thread search with one core: a second one would spin while it waits (a search
    among 10,000 took 19 ms of processor time, with this 6). What one thread says counts for
    that thread alone."""
    import faiss

    faiss.omp_set_num_threads(1)


def merge_ranges(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return row ranges sorted, neighbours and overlaps joined, none wider than _WIDEST
    rows."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            low, high = merged[-1][0], max(high, merged.pop()[1])
        merged.append((low, high))
    return [
        (start, min(high, start + _WIDEST - 1))
        for low, high in merged
        for start in range(low, high + 1, _WIDEST)
    ]
