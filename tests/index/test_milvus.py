"""An index in Milvus answers as the one on a laptop does (embedded milvus-lite)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from replygen.cli.main import run
from replygen.errors import EncoderMismatch, SettingsError, StoreError
from replygen.index import Index, open_index
from replygen.index.local.index import LocalIndex
from replygen.index.milvus.index import MilvusIndex
from replygen.index.milvus.tables import find_address, make_key, spread_bits
from replygen.settings import load_settings

pytest.importorskip("pymilvus")
pytest.importorskip("milvus_lite")
_TAIL = "集中整治期间检查商户多家，发现的问题都已督促整改，群众反映较好，做法在全省推广。"


def _open(folder):
    return open_index(Path(f"milvus:{folder}/index.db"), encoder="hash")


@pytest.fixture
def index(tmp_path):
    """An empty index in Milvus."""
    with _open(tmp_path) as opened:
        yield opened


def test_the_address_decides_which_kind_is_opened(index, tmp_path):
    assert isinstance(index, MilvusIndex)
    with open_index(tmp_path / "plain", encoder="hash") as other:
        assert not isinstance(other, MilvusIndex)


def test_adding_again_updating_and_duplicates(index, make_reply):
    parsed, source = make_reply("a.docx")
    assert index.add(parsed, source).state == "added"
    assert index.add(parsed, source).state == "unchanged"
    other = make_reply("a.docx", extra="另建一支巡查队伍。")
    assert index.add(*other).state == "updated"
    assert len(index.documents()) == 1
    assert index.status().passages == 3
    twin = index.add(other[0], make_reply("b.docx", extra="另建一支巡查队伍。")[1], own=True)
    assert (twin.state, twin.duplicate_of) == ("duplicate", "a.docx")
    hits = index.search("直播带货", own=True)
    assert hits and all(hit.passage.document.own for hit in hits)
    near = index.add(*make_reply("c.docx", place="石桥市", extra="另建一支巡查队伍。" + _TAIL * 3))
    near = index.add(*make_reply("d.docx", place="清溪市", extra="另建一支巡查队伍。" + _TAIL * 3))
    assert (near.state, near.duplicate_of, near.near) == ("added", "c.docx", True)


def test_what_was_removed_is_not_found(index, make_reply):
    document = index.add(*make_reply()).document
    kept = index.add(*make_reply("b.docx", topic="电梯")).document
    index.remove(document.id)
    index.remove(document.id)
    assert index.documents() == (kept,)
    assert index.text(document.id) is None
    assert all(h.passage.document.id == kept.id for h in index.search("直播带货", k=20))


def test_a_broken_off_addition_is_seen_and_put_right(index, make_reply, monkeypatch):
    parsed, source = make_reply()
    put = index.tables.put

    def broken(name, rows):
        if name == "replygen_documents":
            raise KeyboardInterrupt
        put(name, rows)

    monkeypatch.setattr(index.tables, "put", broken)
    with pytest.raises(KeyboardInterrupt):
        index.add(parsed, source)
    monkeypatch.undo()
    assert not index.verify().ok
    assert index.add(parsed, source).state == "added"
    assert index.verify().ok
    assert index.status().passages == 3


def test_texts_longer_than_a_field_are_kept_whole(index, make_reply):
    extra = "".join(f"第{i}户商户逐一登记造册，建立台账。" for i in range(4000))
    document = index.add(*make_reply(extra=extra)).document
    assert len(index.text(document.id)) > 60_000
    assert index.passages(document.id)[1].text.endswith("第3999户商户逐一登记造册，建立台账。")
    assert index.search("直播带货巡查")[0].passage.document.id == document.id


def test_an_index_opens_again_and_another_encoder_is_refused(tmp_path, make_reply, monkeypatch):
    with _open(tmp_path) as index:
        index.add(*make_reply())
    with _open(tmp_path) as index:
        assert index.search("直播带货")
    monkeypatch.setattr("replygen.index.encoders.hashed.HashEncoder.name", "hash-2")
    with pytest.raises(EncoderMismatch, match="hash-1024-v1.*hash-2"):
        _open(tmp_path)


def test_what_milvus_cannot_do_is_said(index, make_reply):
    document = index.add(*make_reply()).document
    with pytest.raises(StoreError, match="index copy"):
        index.correct(document.id, {"title": "新"}, by="甲")
    assert index.corrections(document.id) == ()
    index.catch_up()
    index.fill()
    index.rebuild()


def test_the_accurate_way_is_refused(tmp_path, monkeypatch, capsys):
    place = f"milvus:{tmp_path}/index.db"
    with pytest.raises(SettingsError, match="去掉 --accurate"):
        open_index(Path(place), encoder="hash", accurate=True)
    monkeypatch.chdir(tmp_path)
    assert run(["search", "电梯", "--accurate", "--index", place]) == 2
    assert "Milvus" in capsys.readouterr().err


def test_every_public_method_is_milvus_own():
    public = {name for name in vars(Index) if not name.startswith("_")}
    assert public <= set(vars(MilvusIndex))
    assert public <= set(vars(LocalIndex))


def test_a_missing_package_or_server_is_told_in_one_line(tmp_path, monkeypatch):
    with pytest.raises(StoreError, match="连不上 Milvus"):
        open_index(Path("http://127.0.0.1:9"))
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(SettingsError, match=r"pip install 'replygen\[milvus\]'"):
        _open(tmp_path)


@pytest.mark.parametrize(
    ("setting", "address"),
    [
        ("index", None),
        ("/data/index", None),
        ("milvus:/data/x.db", "/data/x.db"),
        ("http://10.0.0.1:19530", "http://10.0.0.1:19530"),
        ("milvus:https://milvus.example:443", "https://milvus.example:443"),
        ("milvus", None),
    ],
)
def test_addresses_survive_being_a_path(setting, address):
    assert find_address(setting) == address
    assert find_address(Path(setting)) == address


def test_settings_keep_addresses_and_place_files(tmp_path):
    assert find_address(load_settings(index=Path("http://h:1"), cwd=tmp_path).index) == "http://h:1"
    placed = load_settings(index=Path("milvus:a/x.db"), cwd=tmp_path).index
    assert find_address(placed) == (tmp_path / "a/x.db").as_posix()
    assert load_settings(index=Path("a"), cwd=tmp_path).index == tmp_path / "a"


def test_keys_and_signatures():
    assert make_key("a", None) == make_key("") == ""
    assert make_key("a", "b") != make_key("ab")
    one, other = spread_bits(0b1011), spread_bits(0b0010)
    assert sum(a * b for a, b in zip(one, other, strict=True)) == 64 - 2 * 2
    assert spread_bits(-1) == [1.0] * 64
