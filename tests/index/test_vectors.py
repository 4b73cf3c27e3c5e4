"""The vector index beside what every vector compared exactly would give."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import faiss
import numpy as np
import pytest

from replygen.index.local import quantised, vectors
from replygen.index.local.vectors import VectorIndex, merge_ranges

_DIM = 64
_MANY = 6000


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(vectors, "_FLAT", 2000)
    monkeypatch.setattr(quantised, "_CHUNK", 700)


def _make(count, seed=1):
    """Vectors of texts recombined from sentences: no clusters to speak of."""
    draw = np.random.default_rng(seed)
    sentences = np.random.default_rng(0).standard_normal((500, _DIM)) + 0.5
    found = sentences[draw.integers(0, 500, (count, 4))].mean(axis=1)
    found += 0.05 * draw.standard_normal((count, _DIM))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def _open(folder, store="s"):
    return VectorIndex(folder, store, "test", _DIM)


@pytest.fixture
def data():
    return np.arange(10, 10 + _MANY, dtype=np.int64), _make(_MANY)


@pytest.fixture
def filled(tmp_path, data):
    index = _open(tmp_path)
    rows, found = data
    for start in range(0, _MANY, 900):
        index.add(rows[start : start + 900], found[start : start + 900])
    index.mark = 7
    return index


def _exact(data, query, limit, keep=lambda rows: rows >= 0):
    rows, found = data
    scores = np.where(keep(rows), found @ query, -2)
    return [int(r) for r in rows[np.argsort(-scores)[:limit]]]


def _recall(index, data, **options):
    keep = options.pop("keep", lambda rows: rows >= 0)
    among = options.pop("among", None)
    shares = []
    for query in _make(50, seed=2):
        found = [row for row, _ in index.search(query, among=among, limit=10)]
        shares.append(len(set(found) & set(_exact(data, query, 10, keep))) / 10)
    return float(np.mean(shares))


def test_a_large_index_finds_what_comparing_everything_finds(filled, data):
    assert len(filled) == _MANY
    assert filled._wide is not None
    assert _recall(filled, data) >= 0.97


def test_very_many_are_kept_in_half_the_memory_and_found_all_the_same(
    tmp_path, data, filled, monkeypatch
):
    monkeypatch.setattr(quantised, "_COARSE", _MANY)
    rows, found = data
    index = _open(tmp_path / "coarse")
    index.add(rows, found)
    assert 2 * index._wide._scan.M == filled._wide._scan.M
    assert _recall(index, data) >= 0.97
    among = rows[::7]
    keep = lambda rows: np.isin(rows, among)  # noqa: E731
    assert _recall(index, data, among=among, keep=keep) >= 0.97
    index.save()
    assert _recall(_open(tmp_path / "coarse"), data) >= 0.97


@pytest.mark.parametrize(
    ("dim", "wanted", "parts"), [(384, 2, 192), (384, 4, 96), (510, 4, 255), (33, 4, 33)]
)
def test_a_vector_is_cut_into_parts_of_so_many_numbers_where_they_fit(dim, wanted, parts):
    assert quantised._count_parts(dim, wanted) == parts


def test_a_small_index_compares_everything(tmp_path, data):
    rows, found = data
    index = _open(tmp_path)
    index.add(rows[:1500], found[:1500])
    assert index._wide is None
    assert _recall(index, (rows[:1500], found[:1500])) >= 0.99  # float16


@pytest.mark.parametrize("count", [1500, _MANY])
def test_a_search_uses_one_core_in_whatever_thread(tmp_path, data, count):
    rows, found = data
    index = _open(tmp_path)
    index.add(rows[:count], found[:count])

    def search():
        index.search(found[3], among=None, limit=10)
        return faiss.omp_get_max_threads()

    with ThreadPoolExecutor(1) as other:
        other.submit(faiss.omp_set_num_threads, 2).result()
        assert other.submit(search).result() == 1


def test_scores_are_cosines_best_first(filled, data):
    rows, found = data
    query = found[17]
    hits = filled.search(query, among=None, limit=20)
    assert hits[0][0] == rows[17]
    assert [s for _, s in hits] == sorted((s for _, s in hits), reverse=True)
    for row, score in hits:
        assert score == pytest.approx(float(query @ found[row - 10]), abs=2e-3)


def test_score_gives_the_rows_that_are_there(filled, data):
    rows, found = data
    query = found[3]
    scores = filled.score(query, [5, 10, 4321, 10**9, -1])
    assert set(scores) == {10, 4321}
    assert scores[4321] == pytest.approx(float(query @ found[4311]), abs=2e-3)
    assert filled.score(query, []) == {}


@pytest.mark.parametrize("step", [3, 50, 1999])
def test_among_restricts_and_finds_the_nearest_of_those(filled, data, step):
    among = data[0][::step]
    for query in _make(5, seed=3):
        hits = filled.search(query, among=among, limit=10)
        assert len(hits) == min(10, len(among))
        assert {row for row, _ in hits} <= set(among.tolist())
    assert _recall(filled, data, among=among, keep=lambda rows: np.isin(rows, among)) >= min(
        0.97, len(among) / 10 - 1e-9
    )
    assert filled.search(query, among=among[:0], limit=10) == []


def test_what_was_removed_is_never_found(filled, data):
    filled.remove(100, 3099)
    assert len(filled) == _MANY - 3000
    assert filled.rows() == set(range(10, 100)) | set(range(3100, 10 + _MANY))
    keep = lambda rows: (rows < 100) | (rows > 3099)  # noqa: E731
    assert _recall(filled, data, keep=keep) >= 0.97
    assert filled.score(data[1][0], [100, 3100]).keys() == {3100}
    filled.remove(100, 3099)
    assert len(filled) == _MANY - 3000


def test_a_row_that_changed_has_its_new_vector_only(filled, data):
    fresh = _make(3, seed=9)
    filled.remove(50, 52)
    filled.add(np.array([50, 51, 52]), fresh)
    assert filled.score(fresh[1], [51])[51] == pytest.approx(1, abs=1e-3)
    assert filled.search(fresh[2], among=None, limit=1)[0][0] == 52
    assert len(filled) == _MANY


def test_the_files_give_the_same_answers(filled, data, tmp_path):
    before = filled.search(data[1][5], among=None, limit=30)
    filled.save()
    again = _open(tmp_path)
    assert (len(again), again.mark) == (_MANY, 7)
    assert again.search(data[1][5], among=None, limit=30) == before
    assert not filled.lags()


def test_a_saved_index_grows_and_shrinks_and_is_saved_again(filled, data, tmp_path):
    filled.save()
    more = _make(500, seed=4)
    rows = np.arange(20_000, 20_500, dtype=np.int64)
    index = _open(tmp_path)
    index.add(rows, more)
    index.remove(10, 19)
    for mark in (8, 9):  # appended to, then nothing new
        index.mark = mark
        index.save()
        again = _open(tmp_path)
        assert (len(again), again.mark) == (_MANY + 490, mark)
        assert again.search(more[7], among=None, limit=1)[0][0] == 20_007
        assert again.search(data[1][900], among=None, limit=1)[0][0] == 910
    index.remove(0, 5000)  # so much that the file is written anew
    index.save()
    again = _open(tmp_path)
    assert again.rows() == index.rows()
    assert again.search(more[8], among=None, limit=1)[0][0] == 20_008
    assert len(list(tmp_path.glob("*.f16"))) == 1


def test_another_process_keeps_its_answers_while_one_saves(filled, data, tmp_path):
    filled.save()
    reader, writer = _open(tmp_path), _open(tmp_path)
    late = _make(40, seed=5)
    reader.add(np.arange(50_000, 50_040), late[::-1].copy())
    writer.add(np.arange(50_000, 50_040), late)
    writer.remove(10, 3000)
    writer.save()
    assert reader.search(late[0], among=None, limit=1)[0][0] == 50_039
    assert reader.search(data[1][0], among=None, limit=1)[0][0] == 10
    reader.save()  # it must not append behind what the other one wrote
    again = _open(tmp_path)
    assert again.search(late[0], among=None, limit=1)[0][0] == 50_039
    assert len(again) == _MANY + 40


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["scan", "f16", "rows", "json"])
@pytest.mark.parametrize("content", [None, b"", b"\x00junk\xff" * 9])
def test_a_damaged_or_missing_file_counts_as_empty(filled, tmp_path, ending, content, data):
    filled.save()
    (path,) = tmp_path.glob(f"*.{ending}")
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    again = _open(tmp_path)
    assert (len(again), again.mark) == (0, 0)
    again.add(*data)
    again.save()
    assert len(_open(tmp_path)) == _MANY


def test_a_foreign_file_counts_as_empty_and_clearing_forgets(filled, tmp_path):
    filled.save()
    assert len(_open(tmp_path, "another store")) == 0
    filled.clear()
    assert (len(filled), filled.mark) == (0, 0)
    assert list(tmp_path.glob("test*")) == []


def test_the_compression_is_learnt_anew_when_it_is_outgrown(tmp_path, data, monkeypatch):
    monkeypatch.setattr(quantised, "_OUTGROWN", 2)
    index = _open(tmp_path)
    rows, found = data
    index.add(rows[:2100], found[:2100])
    index.save()
    assert index._wide.learnt == 2100
    index.add(rows[2100:], found[2100:])
    index.save()
    assert index._wide.learnt == _MANY
    assert _recall(_open(tmp_path), data) >= 0.97


@pytest.mark.parametrize(
    ("ranges", "merged"),
    [
        ([], []),
        ([(1, 2), (3, 4)], [(1, 4)]),
        ([(9, 9), (1, 5), (2, 3)], [(1, 5), (9, 9)]),
        ([(1, 25_000), (25_001, 45_000)], [(1, 20_000), (20_001, 40_000), (40_001, 45_000)]),
    ],
)
def test_ranges_are_joined_but_none_is_too_wide_for_memory(ranges, merged):
    assert merge_ranges(ranges) == merged


@pytest.mark.slow
def test_recall_stays_at_a_size_that_is_really_used(tmp_path, monkeypatch):
    monkeypatch.undo()
    draw = np.random.default_rng(7)
    sentences = draw.standard_normal((4000, 384)).astype(np.float32) + 0.8  # a cone, as e5's
    index = VectorIndex(tmp_path, "s", "large", 384)
    parts = []
    for start in range(0, 120_000, 20_000):
        mean = sentences[draw.integers(0, 4000, (20_000, 4))].mean(axis=1)
        mean += 0.25 * draw.standard_normal(mean.shape).astype(np.float32)
        part = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        index.add(np.arange(start, start + 20_000), part)
        parts.append(part)
    assert index._wide is not None
    everything = np.concatenate(parts)
    shares = []
    for pair in draw.integers(0, 4000, (40, 2)):
        query = sentences[pair].mean(axis=0)
        query /= np.linalg.norm(query)
        truth = set(np.argsort(-(everything @ query))[:10].tolist())
        shares.append(len(truth & {r for r, _ in index.search(query, among=None, limit=10)}) / 10)
    assert np.mean(shares) >= 0.97
