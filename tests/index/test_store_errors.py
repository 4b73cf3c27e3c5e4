"""What stops the store is said in one line that names the remedy."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from replygen.errors import StoreError
from replygen.index import open_index
from replygen.index.local import store
from replygen.index.local.schema import STEPS


def _open(folder: Path) -> str:
    with pytest.raises(StoreError) as caught:
        open_index(folder, encoder="hash").close()
    message = str(caught.value)
    assert "\n" not in message
    assert str(folder) in message
    assert caught.value.__cause__ is not None or "请" in message
    return message


@pytest.mark.parametrize("content", [b"hello, this is a text file\n" * 99, b"PK\x03\x04" * 500])
def test_a_file_that_is_no_database(tmp_path, content):
    (tmp_path / "replygen.db").write_bytes(content)
    assert "移到别处" in _open(tmp_path)
    assert (tmp_path / "replygen.db").read_bytes() == content


def test_a_database_of_another_program(tmp_path):
    db = sqlite3.connect(tmp_path / "replygen.db")
    db.execute("CREATE TABLE bookmarks (url)")
    db.commit()
    db.close()
    assert "不是 replygen 的索引" in _open(tmp_path)


def test_a_store_of_a_newer_version(tmp_path):
    open_index(tmp_path, encoder="hash").close()
    db = sqlite3.connect(tmp_path / "replygen.db")
    db.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    db.close()
    assert "升级 replygen" in _open(tmp_path)


def test_a_store_of_an_older_version_is_brought_up(tmp_path, make_reply, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("replygen.index.local.schema.STEPS", STEPS[:1])
        store.Store(tmp_path).close()
    with open_index(tmp_path, encoder="hash") as index:
        assert index.status().schema == len(STEPS)
        assert index.add(*make_reply()).state == "added"


def test_a_folder_that_is_a_file(tmp_path):
    (tmp_path / "index").write_text("no folder")
    assert "--index" in _open(tmp_path / "index")


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs /proc")
def test_a_folder_that_cannot_be_made():
    assert "--index" in _open(Path("/proc/self/replygen-index"))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only(tmp_path):
    open_index(tmp_path, encoder="hash").close()
    tmp_path.chmod(0o555)
    try:
        assert "--index" in _open(tmp_path)
    finally:
        tmp_path.chmod(0o755)


def test_a_torn_database_is_reported(tmp_path, make_reply):
    with open_index(tmp_path, encoder="hash") as index:
        for n, topic in enumerate(("直播", "电梯", "食堂")):
            index.add(*make_reply(f"{n}.docx", topic=topic, extra=topic * 3000))
    file = tmp_path / "replygen.db"
    data = bytearray(file.read_bytes())
    data[8192 : len(data) - 4096] = b"\xaa" * (len(data) - 12288)
    file.write_bytes(data)
    with pytest.raises(StoreError, match="损坏|index verify"):
        with open_index(tmp_path, encoder="hash") as index:
            if not (report := index.verify()).ok:
                raise StoreError(f"损坏：{report.problems[0]}")


def test_a_full_disk_loses_nothing_that_was_stored(tmp_path, make_reply):
    with open_index(tmp_path, encoder="hash") as index:
        kept = index.add(*make_reply("a.docx")).document
        database = index._store._db
        pages = database.execute("PRAGMA page_count").fetchone()[0]
        database.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StoreError, match="磁盘已满"):
            index.add(*make_reply("b.docx", topic="电梯", extra="满" * 100_000))
        database.execute("PRAGMA max_page_count = 1000000")
        assert index.documents() == (kept,)
        assert index.add(*make_reply("c.docx", topic="养老")).state == "added"
        assert index.verify().ok


def test_a_second_writer_is_told_after_waiting(tmp_path, make_reply, monkeypatch):
    monkeypatch.setattr(store, "_WAIT_SECONDS", 0.2)
    with (
        open_index(tmp_path, encoder="hash") as one,
        open_index(tmp_path, encoder="hash") as other,
    ):
        with one._store.change(), pytest.raises(StoreError, match="另一个 replygen 正在写入"):
            other.add(*make_reply())
        assert other.add(*make_reply()).state == "added"


def test_threads_may_share_an_index(index, make_reply):
    wrong: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for n in range(5):
                index.add(*make_reply(f"{number}-{n}.docx", extra=f"第{number}批{n}号" * 30))
                assert index.search("直播巡查")
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert index.verify().ok


def test_importing_the_room_loads_nothing_heavy():
    code = (
        "import sys, replygen.index, replygen.evaluation;"
        "print([m for m in ('numpy','faiss','tantivy','torch','jieba','sentence_transformers',"
        "'sklearn','datasketch','rapidfuzz') if m in sys.modules])"
    )
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert done.stdout.strip() == "[]"
