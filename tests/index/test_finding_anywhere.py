"""What an index finds, on a laptop and in Milvus (embedded milvus-lite) alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from replygen.index import open_index

_TAIL = "集中整治期间检查商户多家，发现的问题都已督促整改，群众反映较好，做法在全省推广。"


@pytest.fixture(scope="module", params=["folder", "milvus"])
def place(request):
    """folder -> where an index of either kind may be opened."""
    if request.param == "milvus":
        pytest.importorskip("pymilvus")
        pytest.importorskip("milvus_lite")
        return lambda folder: Path(f"milvus:{folder}/index.db")
    return lambda folder: folder / "index"


@pytest.fixture(scope="module")
def filled(place, tmp_path_factory, fill_sample, make_replies):
    """Five replies of other places, one of ours, two statutes; only read from."""
    with open_index(place(tmp_path_factory.mktemp("index")), encoder="hash") as index:
        fill_sample(index)
        index.add(
            *make_replies("n.docx", doc_number="云市监提复〔2026〕7号", topic="养老", extra=_TAIL)
        )
        yield index


@pytest.fixture
def index(place, tmp_path):
    """An empty index."""
    with open_index(place(tmp_path), encoder="hash") as opened:
        yield opened


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
    hits = filled.search("电梯按需维保")
    assert {h.passage.document.own for h in hits} == {True, False}
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
        ("澜江省集市管理条例（2024年修订）", "第２条", "第二条"),
        ("澜江省集市管理条例", "第二条第一款", "第二条"),
        ("澜江省集市管理条例", "第四条", None),  # the 实施细则 has one
        ("集市管理条例", "第二条", None),
        ("澜江省集市管理条例实施", "第二条", None),
        ("", "第二条", None),
        ("\ud800", "第二条", None),
        ("澜江省集市管理条例", "", None),
        ("澜江省集市管理条例", "第二章", None),
    ],
)
def test_an_article_is_found_by_its_exact_name_and_number(filled, name, number, found):
    passage = filled.article(name, number)
    assert (passage.title if passage else None) == found


def test_of_two_versions_the_one_in_force_is_given(index, make_statute):
    index.add(*make_statute(status="repealed", effective="2010-01-01"))
    index.add(*make_statute(status="in_force", effective="2024-01-01", articles=4))
    index.add(*make_statute(status="not_in_force", effective="2099-01-01", articles=5))
    assert index.article("澜江省集市管理条例", "第一条").document.date == "2024-01-01"
    assert [s.status for s in index.statutes()] == ["in_force", "not_in_force", "repealed"]
    assert [s.articles for s in index.statutes()] == [4, 5, 3]


def test_a_version_that_has_taken_effect_since_goes_before_the_old_one(index, make_statute):
    index.add(*make_statute(status="in_force", effective="2020-01-01"))
    index.add(*make_statute(status="not_in_force", effective="2024-01-01", articles=4))
    assert index.article("澜江省集市管理条例", "第一条").document.date == "2024-01-01"
    assert [s.articles for s in index.statutes()] == [4, 3]
    assert [s.status for s in index.statutes()] == ["in_force", "repealed"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "AND OR NOT",
        'body:"',
        '"] or 1 == 1',
        "((((",
        '+-&&||!(){}[]^"~*?:\\/',
        "\0",
        "\ud800",
        "电" * 20_000,
        "第条之一《》〔〕号第届次",
        "第99999999999999条",
        "《" * 500,
        "🙂" * 30,
        "' OR 1=1 --",
        "第十十条 第零条 食品安全法第千条",
    ],
)
def test_no_query_raises(filled, query):
    for kind in (None, "measure", "article"):
        hits = filled.search(query, kind=kind, own=None)
        assert all(0 <= hit.score <= 1 for hit in hits)


@pytest.mark.parametrize(
    "id", ["", "#", "#1", "abc#1", 'x" or id != "', "abc#" + "9" * 40, "abc#" + "9" * 400, "abc#x"]
)
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
