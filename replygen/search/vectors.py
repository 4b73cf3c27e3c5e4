"""The vector index: FAISS over the store's vectors, a cache of the store.

The vectors themselves are in the store, so this file can be made again without the
encoder, and only has to be written when it lags far behind.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import faiss
    import numpy as np
    from numpy.typing import NDArray

_FORMAT = "flat-fp16-1"
_LAG = 500  # passages (or a twentieth) that may be missing in the file; fed at opening


class VectorIndex:
    """FAISS in memory for one encoder, kept under one folder. ``mark`` is the store's
    change that it has caught up to."""

    def __init__(self, folder: Path, identity: str, encoder: str, dim: int) -> None:
        """Open what is there; a missing, foreign or damaged file counts as empty."""
        slug = re.sub(r"[^A-Za-z0-9.-]+", "_", encoder)[-40:].strip("_.")
        slug = f"{slug}-{hashlib.sha256(encoder.encode()).hexdigest()[:8]}"
        self._file = folder / f"{slug}.faiss"
        self._note = folder / f"{slug}.json"
        self._expected = {"store": identity, "format": _FORMAT, "encoder": encoder, "dim": dim}
        self._dim = dim
        self._unsaved = 0
        self.mark = 0
        self._index = self._read() or self._create()

    def __len__(self) -> int:
        """Return the number of vectors."""
        return int(self._index.ntotal)

    def remove(self, low: int, high: int) -> None:
        """Remove the rows ``low..high``; rows that are not there are passed over."""
        import faiss

        self._unsaved += int(self._index.remove_ids(faiss.IDSelectorRange(low, high + 1)))

    def add(self, rows: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """Add vectors (n, dim) of rows that are not in the index."""
        if len(rows):
            self._index.add_with_ids(vectors, rows)
            self._unsaved += len(rows)

    def lags(self) -> bool:
        """Say whether enough has changed in memory that the file should be written."""
        return self._unsaved > max(_LAG, len(self) // 20)

    def save(self) -> None:
        """Write the file. A crash leaves the old one, or one whose note does not fit and
        which is then made anew. Raises OSError."""
        import faiss

        self._file.parent.mkdir(parents=True, exist_ok=True)
        part = self._file.with_suffix(".part")
        try:
            faiss.write_index(self._index, str(part))
        except RuntimeError as error:
            raise OSError(str(error)) from error
        self._note.unlink(missing_ok=True)
        part.replace(self._file)
        note = {**self._expected, "mark": self.mark, "count": len(self)}
        self._note.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
        self._unsaved = 0

    def clear(self) -> None:
        """Forget everything, the file too."""
        self._note.unlink(missing_ok=True)
        self._file.unlink(missing_ok=True)
        self._index, self.mark, self._unsaved = self._create(), 0, 0

    def rows(self) -> set[int]:
        """Return the row numbers of all vectors."""
        import faiss

        rows = faiss.vector_to_array(self._index.id_map)  # type: ignore[attr-defined]
        return {int(row) for row in rows}

    def search(
        self, query: NDArray[np.float32], *, among: NDArray[np.int64] | None, limit: int
    ) -> list[tuple[int, float]]:
        """Return (row, cosine) of the nearest passages, best first; ``among`` restricts
        the rows."""
        import faiss

        if not len(self) or (among is not None and not len(among)):
            return []
        parameters = None
        if among is not None:
            selector = faiss.IDSelectorBatch(among)
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        size = min(limit, len(self) if among is None else len(among))
        scores, rows = self._index.search(query.reshape(1, -1), size, params=parameters)
        return [(int(r), float(s)) for r, s in zip(rows[0], scores[0], strict=True) if r >= 0]

    def score(self, query: NDArray[np.float32], rows: Sequence[int]) -> dict[int, float]:
        """Return the cosine of the given rows, those without a vector left out."""
        found: dict[int, float] = {}
        for row in rows:
            try:
                found[row] = float(query @ self._index.reconstruct(row))
            except RuntimeError:
                continue
        return found

    def _read(self) -> faiss.Index | None:
        import faiss

        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            if {key: note.get(key) for key in self._expected} != self._expected:
                return None
            index = faiss.read_index(str(self._file))
            whole = index.ntotal == note["count"] and index.d == self._dim
            self.mark = int(note["mark"]) if whole else 0
            return index if whole else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError):
            return None

    def _create(self) -> faiss.Index:
        import faiss

        flat = faiss.IndexScalarQuantizer(
            self._dim, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        return faiss.IndexIDMap2(flat)


def merge_ranges(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return row ranges sorted, neighbours and overlaps joined."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged
