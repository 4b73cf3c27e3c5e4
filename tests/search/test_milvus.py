"""An index in Milvus answers as the one on a laptop does (embedded milvus-lite)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from replygen.errors import EncoderMismatch, SettingsError, StoreError
from replygen.search import SearchIndex
from replygen.search.milvus import MilvusIndex
from replygen.search.milvus_tables import find_address, make_key, spread_bits
from replygen.settings import load_settings

pytest.importorskip("pymilvus")
pytest.importorskip("milvus_lite")
_TAIL = "集中整治期间检查商户多家，发现的问题都已督促整改，群众反映较好，做法在全省推广。"


def _open(folder, backend):
    place = Path(f"milvus:{folder}/index.db") if backend == "milvus" else folder / "index"
    return SearchIndex.open(place)


@pytest.fixture(scope="module", params=["folder", "milvus"])
def filled(request, tmp_path_factory):
    """Four replies of other places, one of ours, two statutes; only read from."""
    make_reply, make_statute = (
        request.getfixturevalue(name) for name in ("make_replies", "make_statutes")
    )
    with _open(tmp_path_factory.mktemp("index"), request.param) as index:
        for i, topic in enumerate(("直播", "电梯", "食堂", "养老")):
            index.add(*make_reply(f"{i}.docx", topic=topic, number=f"012{i}"))
        index.add(*make_reply("own.docx", topic="电梯", place="青浦县"), own=True)
        index.add(
            *make_reply("n.docx", doc_number="云市监提复〔2026〕7号", topic="养老", extra=_TAIL)
        )
        index.add(*make_statute())
        index.add(*make_statute("澜江省集市管理条例实施细则", 5))
        yield index


@pytest.fixture
def index(tmp_path):
    """An empty index in Milvus."""
    with _open(tmp_path, "milvus") as opened:
        yield opened


def test_the_address_decides_which_kind_is_opened(index, tmp_path):
    assert isinstance(index, MilvusIndex)
    with SearchIndex.open(tmp_path / "plain") as other:
        assert not isinstance(other, MilvusIndex)


@pytest.mark.parametrize(
    ("query", "lead"),
    [
        ("直播间虚假宣传怎么管", "建立直播带货巡查机制"),
        ("电梯困人", "推行电梯按需维保"),
        ("家长想看学校后厨", "校园食堂互联网加明厨亮灶"),
        ("高龄老人吃饭难", "发展社区助餐服务"),
    ],
)
def test_the_measure_for_a_question_comes_first(filled, query, lead):
    hit = filled.search(query, kind="measure", own=False)[0]
    assert hit.passage.title == lead
    assert set(hit.found_by) <= {"words", "vectors"}


def test_scores_fall_and_lie_between_0_and_1(filled):
    scores = [hit.score for hit in filled.search("直播电梯食堂养老", k=50)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= s <= 1 for s in scores)
    assert len(scores) > 5


@pytest.mark.parametrize("kind", ["measure", "reply", "article"])
def test_kind_restricts(filled, kind):
    hits = filled.search("云川市集市电梯登记", kind=kind)
    assert {hit.passage.kind for hit in hits} == {kind}


@pytest.mark.parametrize("own", [True, False])
def test_own_restricts(filled, own):
    hits = filled.search("电梯按需维保", own=own)
    assert {h.passage.document.own for h in hits} == {own}


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("澜江省集市管理条例第二条", "第二条"),
        ("《澜江省集市管理条例》第2条怎么理解", "第二条"),
        ("依据澜江省集市管理条例实施细则第五条", "第五条"),
        ("《澜江省集市管理条例》", "第一条"),
    ],
)
def test_a_named_article_comes_first_with_score_1(filled, query, title):
    hit = filled.search(query)[0]
    assert (hit.passage.title, hit.score, hit.found_by) == (title, 1.0, ("exact",))


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("贵局云市监提复[2026]7号收悉", "reply"),
        ("十四届三次会议第0122号提案", "reply"),
        ("见《关于云川市食堂工作提案的答复》", "reply"),
    ],
)
def test_numbers_and_titles_are_found_exactly(filled, query, kind):
    hit = filled.search(query)[0]
    assert (hit.found_by, hit.passage.kind) == (("exact",), kind)


@pytest.mark.parametrize(
    ("name", "number", "found"),
    [
        ("澜江省集市管理条例", "第二条", "第二条"),
        ("《澜江省集市管理条例》", "2", "第二条"),
        ("澜江省集市管理条例", "第四条", None),
        ("集市管理条例", "第二条", None),
        ("", "第二条", None),
        ("\ud800", "第二条", None),
    ],
)
def test_an_article_is_found_by_its_exact_name_and_number(filled, name, number, found):
    passage = filled.article(name, number)
    assert (passage.title if passage else None) == found


@pytest.mark.parametrize(
    "query", ["", "   ", 'body:"', '"] or 1 == 1', "\0", "\ud800", "电" * 20_000, "🙂" * 30]
)
def test_no_query_raises(filled, query):
    for kind in (None, "measure"):
        assert all(0 <= hit.score <= 1 for hit in filled.search(query, kind=kind))


@pytest.mark.parametrize("id", ["", "#", "#1", "abc#1", 'x" or id != "', "abc#" + "9" * 400])
def test_odd_ids_are_not_found(filled, id):
    assert filled.passage(id) is None
    assert filled.document(id) is None
    assert filled.passages(id) == ()
    assert filled.text(id) is None


def test_documents_passages_and_texts_are_read_back_whole(filled):
    documents = filled.documents()
    assert [d.path for d in documents] == sorted(d.path for d in documents)
    assert len(documents) == 8
    assert [d.path for d in filled.documents(own=True)] == ["own.docx"]
    own = filled.documents(own=True)[0]
    passages = filled.passages(own.id)
    assert [p.position for p in passages] == [0, 1, 2]
    assert passages[1] == filled.passage(passages[1].id)
    assert passages[1].tense == "done"
    assert passages[1].region == "青浦县"
    assert passages[1].document == own == filled.document(own.id)
    assert filled.text(own.id).startswith("关于青浦县电梯工作提案的答复\n")
    assert [s.articles for s in filled.statutes()] == [3, 5]


def test_the_sizes_and_the_check_agree(filled):
    status = filled.status()
    assert (status.documents, status.own, status.statutes, status.articles) == (8, 1, 2, 8)
    assert status.kinds == {"article": 8, "measure": 12, "reply": 6}
    assert filled.verify().ok


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
    with _open(tmp_path, "milvus") as index:
        index.add(*make_reply())
    with _open(tmp_path, "milvus") as index:
        assert index.search("直播带货")
    monkeypatch.setattr("replygen.search.encoder.HashEncoder.name", "hash-2")
    with pytest.raises(EncoderMismatch, match="hash-1024-v1.*hash-2"):
        _open(tmp_path, "milvus")


def test_what_milvus_cannot_do_is_said(index, make_reply):
    document = index.add(*make_reply()).document
    with pytest.raises(StoreError, match="index copy"):
        index.correct(document.id, {"title": "新"}, by="甲")
    assert index.corrections(document.id) == ()
    with pytest.raises(StoreError, match="不能比较"):
        index.compare("电梯", {}, {}, kind=None, limit=5)
    index.catch_up()
    index.fill()
    index.rebuild()


def test_every_public_method_is_milvus_own():
    public = {name for name in vars(SearchIndex) if not name.startswith("_")}
    assert public - {"open"} <= set(vars(MilvusIndex))


def test_a_missing_package_or_server_is_told_in_one_line(tmp_path, monkeypatch):
    with pytest.raises(StoreError, match="连不上 Milvus"):
        SearchIndex.open(Path("http://127.0.0.1:9"))
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(SettingsError, match=r"pip install 'replygen\[milvus\]'"):
        _open(tmp_path, "milvus")


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
