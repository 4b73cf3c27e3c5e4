"""Vectors of a large index: a compressed copy in memory, the exact ones in a file.

Recombined or formulaic texts have no clusters worth the name, so an index that looks
into a few cells only (IVF) must open most of them to find the nearest: at 500,000 vectors
recall@10 was .52 with 16 of 1,024 cells, .84 with 256, .94 with 512. Comparing all of them
in 4 bits for every 2 numbers (FAISS' fast scan) is quicker than that: 2 ms for 300,000
vectors of 384 numbers. Those candidates are compared again with the exact float16
vectors, read from the file at their places, which costs no memory.

Among very many, 4 bits stand for 4 numbers, and more candidates are compared again: half the
time and memory. Which share of the true first 10 and 100 are among the candidates (1,000,000
vectors of the shipped encoder, recombined from 4,000 sentences, 50 questions), and the
processor time of finding them:

===============  ===========  ===========  ===========  =======
4 bits for       first 300    first 600    first 1,000  time
===============  ===========  ===========  ===========  =======
4 numbers        .982  .822   1.000  .933  1.000  .970  5.9 ms
2 numbers        1.000  .986  1.000  1.000 1.000  1.000 10.7 ms
===============  ===========  ===========  ===========  =======
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from replygen.language.files import whole_file

if TYPE_CHECKING:
    import faiss
    import numpy as np
    from numpy.typing import NDArray

_CANDIDATES = 300  # compared again exactly; or three times what is asked for
_COARSE = 300_000  # vectors from which 4 bits stand for 4 numbers
_MORE = 1_000  # candidates then; or ten times what is asked for
_TRAINING = 30_000  # vectors that the compression is learnt from
_OUTGROWN = 8  # learnt anew when the index is so many times as large as then
_DEAD = 0.25  # share of deleted vectors from which the file is written anew
_CHUNK = 16_384  # vectors in memory at once
_PREAD = hasattr(os, "pread")  # half the system calls


class Quantised:
    """Compressed vectors under ``folder``; files are ``name.<token>.*``.

    ``learnt`` is how many vectors there were when the compression was learnt. Additions
    lie in an unnamed temporary file until :meth:`save`.
    """

    def __init__(self, folder: Path, name: str, dim: int) -> None:
        import numpy as np

        self._folder, self._name, self._dim = folder, name, dim
        self._token = ""
        self._base: IO[bytes] | None = None
        self._based = 0  # vectors in the base file
        self._tail: IO[bytes] = _open_tail(folder)
        self._rows: NDArray[np.int64] = np.zeros(1024, dtype=np.int64)
        self._count = 0  # places, dead ones included
        self._places: NDArray[np.int32] | None = None  # of every row; -1 where there is none
        self._scan: faiss.Index | None = None
        self.learnt = 0

    def __len__(self) -> int:
        """Return the number of living vectors."""
        return int(self._scan.ntotal) if self._scan is not None else 0

    # ── changing ───────────────────────────────────────────────────────────

    def add(self, rows: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """Add vectors (n, dim) of rows that are not there. The first ones teach the
        compression, so give many at first."""
        import numpy as np

        for start in range(0, len(rows), _CHUNK):
            self._append(rows[start : start + _CHUNK], vectors[start : start + _CHUNK])
        if self._scan is None:
            self._learn()
        else:
            self._scan.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), rows)

    def remove(self, low: int, high: int) -> int:
        """Remove the rows ``low..high``; return how many there were."""
        import faiss

        rows = self._rows[: self._count]
        gone = (rows >= low) & (rows <= high)
        if self._scan is None or not gone.any():
            return 0
        rows[gone] = -1
        self._places = None
        return int(self._scan.remove_ids(faiss.IDSelectorRange(low, high + 1)))

    # ── finding ────────────────────────────────────────────────────────────

    def rows(self) -> set[int]:
        """Return the rows of all living vectors."""
        rows = self._rows[: self._count]
        return {int(row) for row in rows[rows >= 0]}

    def search(
        self, query: NDArray[np.float32], *, among: NDArray[np.uint8] | None, limit: int
    ) -> list[tuple[int, float]]:
        """Return (row, cosine) of the nearest rows, best first; ``among`` has a bit a
        row."""
        import faiss
        import numpy as np

        assert self._scan is not None
        parameters = faiss.SearchParametersIVF(nprobe=1)  # type: ignore[call-arg]
        if among is not None:
            selector = faiss.IDSelectorBitmap(among)  # type: ignore[call-arg, arg-type]
            parameters = faiss.SearchParametersIVF(  # type: ignore[call-arg]
                nprobe=1, sel=selector
            )
        coarse = self._scan.M < _count_parts(self._dim)  # type: ignore[attr-defined]
        most = max(_MORE, 10 * limit) if coarse else max(_CANDIDATES, 3 * limit)
        size = min(len(self), most)
        _, found = self._scan.search(query.reshape(1, -1), size, params=parameters)
        rows = found[0][found[0] >= 0]
        scores = self.compare(rows, query)
        best = np.argsort(-scores, kind="stable")[:limit]
        return [(int(rows[i]), float(scores[i])) for i in best]

    def find(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the place of every row, -1 for one that is not there."""
        import numpy as np

        if self._places is None:
            self._places = self._list_places()
        inside = (rows >= 0) & (rows < len(self._places))
        found: NDArray[np.int64] = self._places[np.where(inside, rows, 0)].astype(np.int64)
        found[~inside] = -1
        return found

    def compare(self, rows: NDArray[np.int64], query: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the exact cosines of rows that are there, (n,) float32."""
        import numpy as np

        order, vectors = self._read_sorted(rows)
        out = np.empty(len(rows), dtype=np.float32)
        out[order] = vectors @ query
        return out

    # ── keeping ────────────────────────────────────────────────────────────

    def save(self, known: str) -> str:
        """Write all files and return the token under which :meth:`load` finds them;
        ``known`` is the one that the note on disk names. Raises OSError."""
        import faiss
        import numpy as np

        assert self._scan is not None
        if len(self) > _OUTGROWN * self.learnt:
            self._learn()
        dead = self._count - len(self)
        whole = self._based == 0 or self._token != known or self._size() != self._based
        if whole or dead > _DEAD * self._count:
            self._rewrite()
        else:
            with self._path("f16").open("r+b") as base:
                base.seek(0, 2)
                self._copy(base, self._based, self._count)
            self._reopen_base()
        with whole_file(self._path("scan")) as part:
            try:
                faiss.write_index(self._scan, str(part))
            except RuntimeError as error:
                raise OSError(str(error)) from error
        with whole_file(self._path("rows")) as part, part.open("wb") as file:
            np.save(file, self._rows[: self._count])
        return self._token

    def load(self, token: str, learnt: int) -> bool:
        """Take up what :meth:`save` wrote; False when it does not fit together."""
        import faiss
        import numpy as np

        self._token, self.learnt = token, learnt
        self._rows = np.load(self._path("rows"))
        self._count = self._based = len(self._rows)
        self._base = self._path("f16").open("rb", buffering=0)
        self._scan = faiss.read_index(str(self._path("scan")))
        alive = int((self._rows >= 0).sum())
        sound = self._scan.ntotal == alive and self._scan.d == self._dim
        return bool(sound and self._size() >= self._based)

    def drop(self) -> None:
        """Delete the files; what another process has open may stay behind."""
        self.close()
        for path in self._folder.glob(f"{self._name}.*.*"):
            _unlink(path)

    def close(self) -> None:
        """Close the files."""
        for file in (self._base, self._tail):
            if file is not None:
                file.close()

    # ── inside ─────────────────────────────────────────────────────────────

    def _append(self, rows: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        import numpy as np

        while self._count + len(rows) > len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._rows[self._count : self._count + len(rows)] = rows
        self._tail.seek(0, 2)
        self._tail.write(vectors.astype("<f2").tobytes())
        self._count += len(rows)
        self._places = None

    def _learn(self) -> None:
        """Learn the compression from an even sample and compress everything with it."""
        import faiss
        import numpy as np

        rows = self._rows[: self._count]
        alive = np.flatnonzero(rows >= 0)
        step = max(1, len(alive) // _TRAINING)
        _, sample = self._read_sorted(rows[alive[::step][:_TRAINING]])
        scan = faiss.IndexIVFPQFastScan(
            faiss.IndexFlatIP(self._dim),
            self._dim,
            1,
            _count_parts(self._dim, 4 if len(alive) >= _COARSE else 2),
            4,
            faiss.METRIC_INNER_PRODUCT,
        )
        scan.by_residual = False
        scan.train(sample)
        for start in range(0, self._count, _CHUNK):
            end = min(self._count, start + _CHUNK)
            data = np.frombuffer(self._read_at(start, end - start), dtype="<f2")
            vectors = data.reshape(-1, self._dim).astype(np.float32)
            living = rows[start:end] >= 0
            scan.add_with_ids(vectors[living], rows[start:end][living])
        self._scan, self.learnt = scan, len(alive)

    def _read_at(self, place: int, count: int) -> bytes:
        """Return ``count`` vectors' bytes from ``place`` on, from either file."""
        size = 2 * self._dim
        if place >= self._based:
            self._tail.seek((place - self._based) * size)
            return self._tail.read(count * size)
        assert self._base is not None
        first = min(count, self._based - place)
        if _PREAD:
            data = os.pread(self._base.fileno(), first * size, place * size)
        else:  # Windows
            self._base.seek(place * size)
            data = self._base.read(first * size)
        return data if first == count else data + self._read_at(place + first, count - first)

    def _list_places(self) -> NDArray[np.int32]:
        """Return the place of every row up to the last one, -1 where there is none: 4 bytes a
        row, and no search among a million of them for each of a thousand candidates."""
        import numpy as np

        rows = self._rows[: self._count]
        places = np.full(int(rows.max(initial=0)) + 1, -1, dtype=np.int32)
        alive = np.flatnonzero(rows >= 0)
        places[rows[alive]] = alive
        return places

    def _read_sorted(
        self, rows: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the exact vectors of rows that are there in the order of their places, and that
        order."""
        import numpy as np

        places = self.find(rows)
        order = np.argsort(places, kind="stable")
        data = b"".join(self._read_each(places[order]))
        return order, np.frombuffer(data, "<f2").reshape(-1, self._dim).astype(np.float32)

    def _read_each(self, places: NDArray[np.int64]) -> Iterator[bytes]:
        """Give the bytes of single vectors; ``places`` ascend."""
        size = 2 * self._dim
        based = int(places.searchsorted(self._based))
        if _PREAD and self._base is not None:
            file = self._base.fileno()
            yield from (os.pread(file, size, at) for at in (places[:based] * size).tolist())
        else:
            based = 0
        yield from (self._read_at(place, 1) for place in places[based:].tolist())

    def _rewrite(self) -> None:
        """Write the living vectors into a new base file."""
        import numpy as np

        old = self._token
        rows = self._rows[: self._count]
        living = rows >= 0
        token = token_hex(4)
        with (self._folder / f"{self._name}.{token}.f16").open("wb") as base:
            for start in range(0, self._count, _CHUNK):
                end = min(self._count, start + _CHUNK)
                data = np.frombuffer(self._read_at(start, end - start), dtype="<f2")
                base.write(data.reshape(-1, self._dim)[living[start:end]].tobytes())
        self._rows = rows[living]
        self._count, self._places, self._token = len(self._rows), None, token
        self._reopen_base()
        if old:
            for path in self._folder.glob(f"{self._name}.{old}.*"):
                _unlink(path)

    def _copy(self, base: IO[bytes], start: int, end: int) -> None:
        if end > start:
            self._tail.seek(0)
            shutil.copyfileobj(self._tail, base, 1 << 24)

    def _reopen_base(self) -> None:
        """Read everything from the base file from now on."""
        self.close()
        self._base = self._path("f16").open("rb", buffering=0)
        self._based = self._count
        self._tail = _open_tail(self._folder)

    def _size(self) -> int:
        """Return how many vectors the base file holds; -1 when it is gone."""
        try:
            return self._path("f16").stat().st_size // (2 * self._dim)
        except OSError:
            return -1

    def _path(self, ending: str) -> Path:
        return self._folder / f"{self._name}.{self._token}.{ending}"


def make_bits(rows: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Return an array with bit r set for every row r, as FAISS' bitmap reads it."""
    import numpy as np

    mask = np.zeros(int(rows.max()) + 1 if len(rows) else 1, dtype=bool)
    mask[rows] = True
    return np.packbits(mask, bitorder="little")


def _count_parts(dim: int, numbers: int = 2) -> int:
    """Return into how many parts a vector is cut: of so many numbers where they fit."""
    return next(dim // size for size in (numbers, 2, 1) if dim % size == 0)


def _open_tail(folder: Path) -> IO[bytes]:
    folder.mkdir(parents=True, exist_ok=True)
    tail: IO[bytes] = TemporaryFile(dir=folder, prefix="tail-")
    return tail


def _unlink(path: Path) -> None:
    try:
        path.unlink()
    except OSError:
        pass  # open elsewhere on Windows; the next writing tries again
