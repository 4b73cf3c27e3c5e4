"""The word and vector caches can be lost, damaged or foreign at any time."""

from __future__ import annotations

import hashlib
import shutil

import numpy as np
import pytest

from replygen.errors import EncoderMismatch, SettingsError
from replygen.index import open_index
from replygen.index.encoders.hashed import HashEncoder
from replygen.index.local import vectors, words
from replygen.index.local.store import Store

_QUERY = "直播带货巡查"


@pytest.fixture
def folder(tmp_path, make_reply, monkeypatch):
    """A closed index of three replies whose caches are on disk."""
    monkeypatch.setattr(vectors, "_LAG", 0)
    with open_index(tmp_path / "index", encoder="hash") as index:
        for i, topic in enumerate(("直播", "电梯", "食堂")):
            index.add(*make_reply(f"{i}.docx", topic=topic))
        index.catch_up()
    return tmp_path / "index"


def _answers(folder):
    with open_index(folder, encoder="hash") as index:
        hits = index.search(_QUERY)
        assert index.verify().ok
        assert index.verify().notes == ()
        return [(h.passage.id, round(h.score, 3), h.found_by) for h in hits]


@pytest.mark.parametrize("gone", [["words"], ["vectors"], ["words", "vectors"]])
def test_a_deleted_cache_is_made_again(folder, gone):
    before = _answers(folder)
    for name in gone:
        shutil.rmtree(folder / name)
    assert _answers(folder) == before
    assert all((folder / name).is_dir() for name in gone)


@pytest.mark.parametrize("pattern", ["words/*", "words/*.json", "vectors/*", "vectors/*.faiss"])
@pytest.mark.parametrize("content", [b"", b"\x00garbage\xff" * 9])
def test_a_damaged_cache_is_made_again(folder, pattern, content):
    before = _answers(folder)
    files = [f for f in folder.glob(pattern) if f.is_file()]
    assert files
    for file in files:
        file.unlink()  # cutting a file that is still mapped would end the test's own process
        file.write_bytes(content)
    assert _answers(folder) == before


def test_a_cache_file_that_vanished_is_made_again(folder):
    before = _answers(folder)
    next((folder / "words").glob("*.store")).unlink()
    next((folder / "words").glob("*.term")).unlink()
    assert _answers(folder) == before


def test_a_cache_of_another_store_is_not_believed(folder, tmp_path, make_reply):
    other = tmp_path / "other"
    with open_index(other, encoder="hash") as index:
        index.add(*make_reply(topic="养老"))
        for name in ("words", "vectors"):
            shutil.rmtree(other / name, ignore_errors=True)
            shutil.copytree(folder / name, other / name)
    with open_index(other, encoder="hash") as index:
        found = index.search(_QUERY)
        assert all("养老" in h.passage.document.title for h in found)
        assert index.verify().ok


def test_caches_deleted_under_an_open_index_are_made_again(folder, make_reply):
    with open_index(folder, encoder="hash") as index:
        assert index.search(_QUERY)
        shutil.rmtree(folder / "words")
        shutil.rmtree(folder / "vectors")
        index.add(*make_reply("new.docx", topic="养老"))
        assert index.search("高龄老人送餐")[0].passage.document.path == "new.docx"
        assert index.search(_QUERY)
    with open_index(folder, encoder="hash") as index:
        assert index.search(_QUERY)
        assert index.verify().ok


def test_what_was_added_elsewhere_is_found_here(folder, make_reply):
    with (
        open_index(folder, encoder="hash") as reader,
        open_index(folder, encoder="hash") as writer,
    ):
        assert all(h.passage.document.path != "new.docx" for h in reader.search("高龄老人送餐"))
        document = writer.add(*make_reply("new.docx", topic="养老")).document
        assert reader.search("高龄老人送餐")[0].passage.document.path == "new.docx"
        writer.remove(document.id)
        assert all(h.passage.document.path != "new.docx" for h in reader.search("高龄老人送餐"))
        assert reader.verify().ok


def test_a_reader_answers_while_another_holds_the_caches(folder, make_reply):
    with (
        open_index(folder, encoder="hash") as reader,
        open_index(folder, encoder="hash") as writer,
    ):
        with writer._store.cache_lock() as held:
            assert held
            writer.add(*make_reply("new.docx", topic="养老"))
            assert reader.search(_QUERY)
        assert reader.search("高龄老人送餐")[0].passage.document.path == "new.docx"


def test_rebuild_is_refused_while_another_holds_the_caches(folder):
    from replygen.errors import StoreError

    with (
        open_index(folder, encoder="hash") as one,
        open_index(folder, encoder="hash") as other,
    ):
        with other._store.cache_lock(), pytest.raises(StoreError, match="另一个 replygen"):
            one.rebuild()
        one.rebuild()


def test_rebuild_reports_its_progress_and_changes_no_answer(folder):
    before = _answers(folder)
    steps: list[tuple[int, int]] = []
    with open_index(folder, encoder="hash") as index:
        index.rebuild(lambda done, of: steps.append((done, of)))
    assert steps[-1] == (9, 9)
    assert _answers(folder) == before


def test_a_changed_encoder_is_noticed_and_encodes_again(folder, monkeypatch):
    monkeypatch.setattr(HashEncoder, "name", "hash-64-test")
    monkeypatch.setattr(HashEncoder, "dim", 64)
    with open_index(folder, encoder="hash") as index:
        assert index.verify().notes
        assert index.search(_QUERY)[0].found_by == ("words", "vectors")
        status = index.status()
        assert (status.encoder, status.vectors, status.passages) == ("hash-64-test", 9, 9)
        assert index.verify().ok
        assert index.verify().notes == ()


def test_encoding_goes_on_where_it_was_broken_off(folder, monkeypatch):
    from replygen.index.local import caches

    class Broken(HashEncoder):
        name = "broken-1"
        calls = 0

        def encode(self, texts, *, kind):
            Broken.calls += 1
            if Broken.calls == 3:
                raise KeyboardInterrupt
            return super().encode(texts, kind=kind)

    monkeypatch.setattr(caches, "_ENCODE", 2)
    monkeypatch.setattr("replygen.index.local.index.load_stages", lambda name: (Broken(), None))
    with open_index(folder, encoder="hash") as index, pytest.raises(KeyboardInterrupt):
        index.catch_up()
    steps: list[tuple[int, int]] = []
    with open_index(folder, encoder="hash") as index:
        assert index.status().vectors == 4
        index.catch_up(lambda done, of: steps.append((done, of)))
        assert index.verify().notes == ()
    assert steps[-1] == (5, 5)


def test_an_encoder_that_cannot_be_loaded_is_named(folder, tmp_path):
    with open_index(folder, encoder="没有这个模型") as index:
        with pytest.raises(EncoderMismatch, match="没有这个模型.*hash"):
            index.search(_QUERY)
        assert index.documents()  # reading needs no encoder
    with open_index(tmp_path / "new", encoder="没有这个模型") as index:
        with pytest.raises(SettingsError, match="没有这个模型"):
            index.search(_QUERY)


def test_a_damaged_store_is_never_taken_for_a_cache(folder):
    digest = hashlib.sha256((folder / "replygen.db").read_bytes()).hexdigest()
    shutil.rmtree(folder / "words")
    with open_index(folder, encoder="hash") as index:
        index.search(_QUERY)
        assert index.status().documents == 3
    assert hashlib.sha256((folder / "replygen.db").read_bytes()).hexdigest() == digest


def test_the_mark_is_kept_by_format(folder, monkeypatch):
    monkeypatch.setattr(words, "_FORMAT", "bigrams-2")
    with open_index(folder, encoder="hash") as index:
        assert index.status().words == 0
        assert index.search(_QUERY)
        assert index.status().words == 9


def test_vectors_that_are_still_to_be_made_are_no_damage(index, make_reply):
    index.add(*make_reply())
    index.catch_up()
    index.add(*make_reply("b.docx", topic="电梯"))
    # another thread's addition, seen by the vectors before anybody has encoded it
    index._open_caches()._feed_vectors(save=False)
    report = index.verify()
    assert report.ok, report.problems
    assert any("词索引还差 3 条" in note for note in report.notes)
    assert any("还有 3 条没有" in note for note in report.notes)
    assert index.search("电梯困人")
    assert index.verify().notes == ()


def test_a_word_index_that_is_being_fed_is_not_reopened(index, make_reply):
    index.add(*make_reply())
    index.catch_up()
    caches = index._open_caches()
    (caches.words._folder / "watermark.json").unlink()  # as before the first commit
    with caches._feeding:
        caches.reload_words()
        assert caches.words.count() == 3
    caches.reload_words()
    assert caches.words.count() == 0
    assert index.search("直播")


def test_a_sample_of_the_vectors_reads_no_more_of_a_larger_index(tmp_path):
    store = Store(tmp_path)
    store._db.execute("PRAGMA foreign_keys = OFF")  # passages alone will do
    with store.change() as db:
        db.executemany(
            "INSERT INTO passages (row, document, position, kind, title, text) "
            "VALUES (?, '甲', ?, 'measure', '', '直播')",
            [(row, row) for row in range(1, 20_001)],
        )
    steps = []
    for few, many in ((1, 2_000), (2_001, 20_000)):
        rows = range(few, many + 1)
        store.keep_vectors("e", rows, np.ones((len(rows), 4), np.float32))
        count = []
        store._db.set_progress_handler(lambda count=count: count.append(1) or 0, 100)
        assert len(store.sample_vectors("e", 256)) >= 256
        store._db.set_progress_handler(None, 0)
        steps.append(len(count))
    store.close()
    assert steps[1] < 2 * steps[0]
