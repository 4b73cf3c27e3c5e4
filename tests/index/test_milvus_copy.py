"""An index moves from a folder into Milvus and is the same there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from replygen.cli.main import run
from replygen.errors import SettingsError
from replygen.index import open_index
from replygen.index.encoders.hashed import HashEncoder
from replygen.index.milvus.copy import copy_index
from replygen.index.milvus.index import MilvusIndex
from replygen.index.milvus.shelf import Shelf

pytestmark = pytest.mark.slow

pytest.importorskip("pymilvus")
pytest.importorskip("milvus_lite")


@pytest.fixture
def folder(tmp_path, make_reply, make_statute):
    """An index on a laptop: three replies, one of them ours, and two versions of a law."""
    with open_index(tmp_path / "index", encoder="hash") as index:
        for topic, own in (("直播", False), ("电梯", True), ("食堂", False)):
            index.add(
                *make_reply(
                    f"{topic}.docx", topic=topic, doc_number=f"云市监〔2026〕{len(topic)}号"
                ),
                own=own,
            )
        index.add(*make_statute(status="repealed", effective="2010-01-01"))
        index.add(*make_statute(articles=4))
        index.catch_up()
    return tmp_path / "index"


@pytest.fixture
def to(tmp_path):
    return f"milvus:{tmp_path}/moved.db"


def _read(index):
    documents = index.documents()
    return (
        documents,
        [index.passages(d.id) for d in documents],
        [index.text(d.id) for d in documents],
        index.statutes(),
        index.article("澜江省集市管理条例", "第四条"),
        index.article("澜江省集市管理条例", "第一条"),
        index.search("云市监〔2026〕2号")[0].passage.id,
    )


def test_what_was_copied_is_the_same_there(folder, to):
    steps: list[tuple[int, int]] = []
    done = copy_index(folder, to, encoder="hash", progress=lambda *step: steps.append(step))
    assert done == (5, 0)
    assert steps[-1] == (5, 5)
    with (
        open_index(folder, encoder="hash") as one,
        open_index(Path(to), encoder="hash") as other,
    ):
        assert isinstance(other, MilvusIndex)
        assert _read(one) == _read(other)
        assert other.verify().ok
        hit = other.search("电梯困人", kind="measure")[0]
        assert hit.passage == one.search("电梯困人", kind="measure")[0].passage


def test_stored_vectors_are_taken_and_missing_ones_made(folder, to, make_reply, monkeypatch):
    with open_index(folder, encoder="hash") as index:
        index.add(*make_reply("new.docx", topic="养老"))  # not caught up: no vectors yet
    encoded: list[str] = []
    encode = HashEncoder.encode
    monkeypatch.setattr(
        HashEncoder,
        "encode",
        lambda self, texts, *, kind: (encoded.extend(texts), encode(self, texts, kind=kind))[1],
    )
    copy_index(folder, to, encoder="hash")
    assert len(encoded) == 3
    assert all("养老" in text for text in encoded)


def test_copying_goes_on_where_it_was_broken_off(folder, to, monkeypatch):
    monkeypatch.setattr("replygen.index.milvus.copy._AT_ONCE", 1)
    keep = Shelf.keep
    calls = []

    def broken(self, entries):
        calls.append(entries)
        if len(calls) == 3:
            raise KeyboardInterrupt
        keep(self, entries)

    monkeypatch.setattr(Shelf, "keep", broken)
    with pytest.raises(KeyboardInterrupt):
        copy_index(folder, to, encoder="hash")
    monkeypatch.undo()
    assert copy_index(folder, to, encoder="hash") == (3, 2)
    assert copy_index(folder, to, encoder="hash") == (0, 5)


def test_copying_again_brings_over_what_changed(folder, to, make_reply):
    copy_index(folder, to, encoder="hash")
    with open_index(folder, encoder="hash") as index:
        by_path = {d.path: d for d in index.documents()}
        index.remove(by_path["食堂.docx"].id)
        index.correct(by_path["直播.docx"].id, {"region": "青浦县"}, by="甲")
        index.add(*make_reply("new.docx", topic="养老"))
    assert copy_index(folder, to, encoder="hash") == (2, 3)
    with (
        open_index(folder, encoder="hash") as one,
        open_index(Path(to), encoder="hash") as other,
    ):
        assert one.documents() == other.documents()
        moved = {d.path: d for d in other.documents()}
        assert moved["直播.docx"].region == "青浦县"
        assert other.verify().ok
        assert all(p.document == d for d in other.documents() for p in other.passages(d.id))


def test_the_command_copies_and_the_address_answers(folder, to, capsys, monkeypatch):
    monkeypatch.chdir(folder.parent)
    Path("replygen.toml").write_text('encoder = "hash"\n', encoding="utf-8")
    assert run(["index", "copy", "--index", str(folder), "--to", to, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown == {"copied": 5, "unchanged": 0, "to": to}
    assert run(["search", "电梯困人", "--index", to, "--json"]) == 0
    hits = json.loads(capsys.readouterr().out)["hits"]
    assert "电梯" in hits[0]["text"]
    assert run(["index", "status", "--index", to, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 5


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("index", "somewhere", "--to 要写 Milvus 的地址"),
        ("nothing", "milvus:x.db", "这里没有索引"),
        ("milvus:y.db", "milvus:x.db", "这里没有索引"),
    ],
)
def test_wrong_addresses_are_told(folder, source, target, message, monkeypatch):
    monkeypatch.chdir(folder.parent)
    with pytest.raises(SettingsError, match=message):
        copy_index(Path(source), target, encoder="hash")


def test_a_document_without_passages_is_copied_too(tmp_path, to, source_of):
    from replygen.models import Other

    with open_index(tmp_path / "index", encoder="hash") as index:
        source = source_of("空.txt", "")
        index.add(Other(None, ""), replace(source))
    assert copy_index(tmp_path / "index", to, encoder="hash") == (1, 0)
    with open_index(Path(to), encoder="hash") as other:
        assert [d.path for d in other.documents()] == ["空.txt"]
        assert other.verify().ok
