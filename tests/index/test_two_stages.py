"""Two stages: found at once by words and fast vectors, then better by the slow ones."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from replygen.index import open_index
from replygen.index.encoders.hashed import HashEncoder
from replygen.index.local import filling

_TOPICS = ("直播", "电梯", "食堂", "养老")


class Slow(HashEncoder):
    """A slow encoder of another name; a test may hold it up or break it."""

    name = "slow-1"
    held = threading.Event()
    began = threading.Event()
    breaks = False

    def encode(self, texts, *, kind):
        if kind == "passage":
            type(self).began.set()
            type(self).held.wait(20)
            if type(self).breaks:
                raise KeyboardInterrupt
        return super().encode(texts, kind=kind)


@pytest.fixture
def slow(monkeypatch):
    """The slow encoder, not held up."""
    monkeypatch.setattr(Slow, "held", threading.Event())
    monkeypatch.setattr(Slow, "began", threading.Event())
    monkeypatch.setattr(Slow, "breaks", False)
    Slow.held.set()
    monkeypatch.setattr(
        "replygen.index.local.index.load_stages", lambda name: (HashEncoder(), Slow())
    )
    return Slow


@pytest.fixture
def folder(tmp_path, make_reply, slow):
    """A closed index of four replies without a slow vector."""
    with open_index(tmp_path / "index", encoder="hash") as index:
        for i, topic in enumerate(_TOPICS):
            index.add(*make_reply(f"{i}.docx", topic=topic))
    return tmp_path / "index"


def _wait_until(true, seconds=10.0):
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    assert true()


def test_what_was_added_is_found_before_its_slow_vectors_are_there(folder):
    with open_index(folder, encoder="hash") as index:
        assert index.search("高龄老人送餐")[0].passage.title == "发展社区助餐服务"
        status = index.status()
        assert (status.fast, status.encoder, status.vectors) == (HashEncoder.name, "slow-1", 0)
        report = index.verify()
        assert report.ok
        assert "slow-1" in report.notes[0] and "index fill" in report.notes[0]


def test_filling_gives_every_passage_a_vector_and_tells_its_progress(folder):
    steps: list[tuple[int, int]] = []
    with open_index(folder, encoder="hash") as index:
        index.fill(lambda done, of: steps.append((done, of)))
        assert steps[-1] == (12, 12)
        assert index.status().vectors == index.status().passages == 12
        assert index.verify().notes == ()
        index.fill(lambda done, of: steps.append((0, of)))
        assert steps[-1] == (12, 12)  # nothing was left to do


def test_a_half_filled_index_ranks_all_passages_on_one_scale(folder):
    with open_index(folder, encoder="hash") as index:
        before = {h.passage.id: h.score for h in index.search("电梯困人维保", k=12)}
        index.fill(limit=6)
        assert index.status().vectors == 6
        half = {h.passage.id: h.score for h in index.search("电梯困人维保", k=12)}
        assert set(half) == set(before)
        best = max(before, key=lambda id: before[id])
        assert max(half, key=lambda id: half[id]) == best
        assert all(0 <= score <= 1 for score in half.values())


def test_filling_goes_on_where_it_was_broken_off(folder, slow, monkeypatch):
    monkeypatch.setattr(filling, "_BATCH", 4)
    with open_index(folder, encoder="hash") as index:

        def stop(done, of):
            slow.breaks = done >= 8

        with pytest.raises(KeyboardInterrupt):
            index.fill(stop)
    slow.breaks = False
    steps: list[tuple[int, int]] = []
    with open_index(folder, encoder="hash") as index:
        assert index.status().vectors == 8
        index.fill(lambda done, of: steps.append((done, of)))
        assert steps == [(4, 4)]
        assert index.verify().notes == ()


def test_measures_and_replies_come_before_articles(tmp_path, make_reply, make_statute, slow):
    with open_index(tmp_path, encoder="hash") as index:
        index.add(*make_statute(articles=5))
        index.add(*make_reply())
        index.fill(limit=3)
        store = index._store
        kinds = store.rows(
            "SELECT kind FROM passages JOIN vectors USING (row) WHERE encoder = ?", ("slow-1",)
        )
        assert sorted(row[0] for row in kinds) == ["measure", "measure", "reply"]


def test_the_background_fills_and_takes_up_what_is_added_later(folder, make_reply, monkeypatch):
    monkeypatch.setattr(filling, "_LOOK_AGAIN", 0.05)
    with open_index(folder, encoder="hash") as index:
        index.fill_in_background()
        index.fill_in_background()  # a second call starts no second thread
        _wait_until(lambda: index.status().vectors == 12)
        index.add(*make_reply("new.docx", topic="养老", place="青浦县"))
        _wait_until(lambda: index.status().vectors == 15)
    assert not any(t.name == "replygen-fill" for t in threading.enumerate())


def test_others_search_add_and_look_up_while_it_is_encoding(folder, make_reply, slow):
    slow.held.clear()
    with open_index(folder, encoder="hash") as index:
        index.search("电梯")
        index.fill_in_background()
        assert slow.began.wait(10)  # the encoder is at work and does not come back
        start = time.monotonic()
        assert index.search("直播间虚假宣传")[0].passage.title == "建立直播带货巡查机制"
        document = index.add(*make_reply("new.docx", topic="养老", place="青浦县")).document
        found = index.search("高龄老人送餐", k=20)
        assert document.id in {h.passage.document.id for h in found}
        assert index.document(document.id) == document
        assert time.monotonic() - start < 5
        slow.held.set()


def test_others_search_while_a_thread_brings_the_caches_up(folder, monkeypatch):
    entered, leave = threading.Event(), threading.Event()

    class Held(HashEncoder):
        def encode(self, texts, *, kind):
            if kind == "passage":
                entered.set()
                leave.wait(20)
            return super().encode(texts, kind=kind)

    with open_index(folder, encoder="hash") as index:
        assert index.search("直播")
    monkeypatch.setattr("replygen.index.local.index.load_stages", lambda name: (Held(), None))
    with open_index(folder, encoder="hash") as index:
        index._store.drop_vectors("")
        thread = threading.Thread(target=index.catch_up)
        thread.start()
        assert entered.wait(10)
        start = time.monotonic()
        assert index.search("直播间虚假宣传")[0].passage.title == "建立直播带货巡查机制"
        assert time.monotonic() - start < 5
        leave.set()
        thread.join()


def test_one_process_fills_and_the_other_watches(folder, slow, monkeypatch):
    monkeypatch.setattr("replygen.index.local.index._POLL", 0.05)
    slow.held.clear()
    with (
        open_index(folder, encoder="hash") as one,
        open_index(folder, encoder="hash") as other,
    ):
        one.fill_in_background()
        assert slow.began.wait(10)
        steps: list[tuple[int, int]] = []

        def tell(done, of):
            steps.append((done, of))
            slow.held.set()

        other.fill(tell)
        assert steps[0] == (0, 12)
        assert other.status().vectors == 12


def test_a_changed_slow_encoder_is_noticed_and_the_rest_is_encoded(folder, slow, monkeypatch):
    with open_index(folder, encoder="hash") as index:
        index.fill()
    monkeypatch.setattr(slow, "name", "slow-2")
    with open_index(folder, encoder="hash") as index:
        assert index.search("电梯困人")  # found all the same
        assert (index.status().encoder, index.status().vectors) == ("slow-2", 0)
        index.fill()
        assert index.status().vectors == 12
        assert index.verify().notes == ()


def test_rebuilding_keeps_the_slow_vectors(folder):
    with open_index(folder, encoder="hash") as index:
        index.fill()
        before = [(h.passage.id, round(h.score, 4)) for h in index.search("电梯困人")]
        index.rebuild()
        assert index.status().vectors == 12
        assert [(h.passage.id, round(h.score, 4)) for h in index.search("电梯困人")] == before


def test_trouble_in_the_background_is_kept_and_does_not_stop_searching(folder, slow, monkeypatch):
    from replygen.errors import SettingsError

    def refuse(self, texts, *, kind):
        if kind == "passage":
            raise SettingsError("自带编码器的文件打不开")
        return np.zeros((len(texts), HashEncoder.dim), dtype=np.float32)

    monkeypatch.setattr(slow, "encode", refuse)
    with open_index(folder, encoder="hash") as index:
        index.fill_in_background()
        _wait_until(lambda: index._filling is not None and index._filling.problem is not None)
        assert index.search("电梯困人")


@pytest.mark.parametrize("encoder", ["replygen"])
def test_the_shipped_stages_find_other_words_once_they_are_filled(tmp_path, make_reply, encoder):
    pytest.importorskip("onnxruntime")
    with open_index(tmp_path, encoder=encoder) as index:
        for i, topic in enumerate(_TOPICS):
            index.add(*make_reply(f"{i}.docx", topic=topic))
        index.fill()
        hit = index.search("爷爷奶奶在家没人做饭", kind="measure")[0]
        assert hit.passage.title == "发展社区助餐服务"
        assert "vectors" in hit.found_by
