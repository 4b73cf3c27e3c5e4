"""The encoder in the package: what its vectors are, what it loads, how it refuses."""

import subprocess
import sys

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("onnxruntime")

from replygen.errors import SettingsError  # noqa: E402
from replygen.index.encoders.fast import FILE, STATIC, StaticEncoder  # noqa: E402
from replygen.index.encoders.loading import load_encoder  # noqa: E402
from replygen.index.encoders.semantic import (  # noqa: E402
    DENSE,
    LENGTH,
    MODEL,
    LocalEncoder,
    read_tokenizer,
)

TEXTS = (
    "推进既有住宅加装电梯，对六层以上楼栋给予补贴。",
    "网约配送员超时处罚过重，平台应当放宽送达时限。",
    "中小学食堂实行明厨亮灶，后厨视频向家长开放。",
    "预付式消费退费难，发卡企业应当存管预收资金。",
    "直播间夸大宣传，主播应当对推荐的商品负责。",
)


@pytest.fixture(scope="module")
def encoder():
    return LocalEncoder()


def test_a_vector_is_384_numbers_of_length_one(encoder):
    vectors = encoder.encode(TEXTS, kind="passage")
    assert vectors.shape == (5, 384) == (len(TEXTS), encoder.dim)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("老小区没有电梯，老人上下楼困难", 0),
        ("外卖骑手为了赶时间闯红灯", 1),
        ("孩子在学校吃饭卫不卫生，看不见", 2),
        ("健身房办了卡就关门，钱要不回来", 3),
        ("主播卖的东西跟说的不一样", 4),
        ("老舊社區增設升降機", 0),
    ],
)
def test_a_question_finds_the_passage_that_says_it_in_other_words(encoder, question, answer):
    scores = encoder.encode(TEXTS, kind="passage") @ encoder.encode([question], kind="query")[0]
    assert int(scores.argmax()) == answer


def test_a_vector_does_not_hang_on_its_batch_mates(encoder):
    long = "建议完善制度，压实责任。" * 60
    alone = encoder.encode([TEXTS[0]], kind="passage")[0]
    among = encoder.encode([long, *TEXTS[1:], TEXTS[0], "短"], kind="passage")[5]
    assert float(alone @ among) > 0.99999


def test_rows_stay_in_the_order_of_the_texts_over_many_batches(encoder):
    texts = [text * (i % 7 + 1) for i, text in enumerate(TEXTS * 12)]
    together = encoder.encode(texts, kind="passage")
    single = encoder.encode([texts[17]], kind="passage")[0]
    assert int((together @ single).argmax()) == 17


def test_queries_and_passages_are_encoded_apart(encoder):
    query = encoder.encode([TEXTS[0]], kind="query")[0]
    passage = encoder.encode([TEXTS[0]], kind="passage")[0]
    assert 0.8 < float(query @ passage) < 0.9999


@pytest.mark.parametrize("text", ["", " ", "\n", "é́", "😀", "A" * 5000, "第" * 5000, "\x00"])
def test_odd_texts_have_finite_vectors(encoder, text):
    vector = encoder.encode([text], kind="passage")[0]
    assert np.isfinite(vector).all()
    assert abs(float(np.linalg.norm(vector)) - 1) < 1e-4


def test_no_text_gives_no_row(encoder):
    assert encoder.encode([], kind="query").shape == (0, 384)


def test_encoding_loads_neither_torch_nor_transformers():
    code = (
        "import sys; from replygen.index.encoders.semantic import LocalEncoder;"
        "LocalEncoder().encode(['你好'], kind='query');"
        "print([m for m in ('torch', 'transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_folder_without_a_model_is_refused_in_one_line(tmp_path):
    with pytest.raises(SettingsError) as caught:
        LocalEncoder(tmp_path)
    assert str(tmp_path) in str(caught.value)
    assert "hash" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_cut_off_file_is_refused(tmp_path):
    for name in ("tokenizer.json", "config.json", "graph.onnx"):
        (tmp_path / name).write_bytes((MODEL / name).read_bytes())
    (tmp_path / "model.safetensors").write_bytes((MODEL / "model.safetensors").read_bytes()[:9000])
    with pytest.raises(SettingsError):
        LocalEncoder(tmp_path)


def test_the_shipped_files_of_both_encoders_together_stay_below_40_mb():
    files = [p for folder in (MODEL, STATIC) for p in folder.rglob("*") if p.is_file()]
    assert sum(p.stat().st_size for p in files) < 40_000_000


def test_the_linear_map_takes_away_what_all_texts_share(encoder, tmp_path):
    for name in ("tokenizer.json", "config.json", "graph.onnx", "model.safetensors"):
        (tmp_path / name).write_bytes((MODEL / name).read_bytes())
    assert (MODEL / DENSE / "model.safetensors").is_file()
    bare = LocalEncoder(tmp_path).encode(TEXTS, kind="passage")
    mapped = encoder.encode(TEXTS, kind="passage")
    apart = ~np.eye(len(TEXTS), dtype=bool)
    assert (mapped @ mapped.T)[apart].mean() < (bare @ bare.T)[apart].mean() - 0.2


@pytest.fixture(scope="module")
def fast():
    return StaticEncoder()


def test_the_fast_encoder_is_known_by_name_and_loaded_at_its_first_text(fast):
    loaded = load_encoder("static")
    assert (loaded.name, loaded.dim) == (fast.name, fast.dim) == ("replygen-static-zh-v1", 256)
    vectors = loaded.encode(TEXTS, kind="passage")
    assert vectors.shape == (5, 256)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("老小区没有电梯，老人上下楼困难", 0),
        ("孩子在学校吃饭卫不卫生，看不见", 2),
        ("健身房办了卡就关门，钱要不回来", 3),
        ("主播卖的东西跟说的不一样", 4),
    ],
)
def test_the_fast_encoder_finds_other_words_for_the_same_too(fast, question, answer):
    scores = fast.encode(TEXTS, kind="passage") @ fast.encode([question], kind="query")[0]
    assert int(scores.argmax()) == answer


def test_a_fast_vector_does_not_hang_on_its_batch_mates(fast):
    alone = fast.encode([TEXTS[0]], kind="passage")[0]
    among = fast.encode([*TEXTS * 60, TEXTS[0]], kind="query")[-1]
    assert np.allclose(alone, among, atol=1e-6)


@pytest.mark.parametrize("text", ["", " ", "\n", "é́", "😀", "A" * 5000, "第" * 5000, "\x00"])
def test_odd_texts_have_finite_fast_vectors(fast, text):
    length = float(np.linalg.norm(fast.encode([text], kind="passage")[0]))
    assert length == 0 or abs(length - 1) < 1e-4


def test_no_text_gives_no_fast_row(fast):
    assert fast.encode([], kind="query").shape == (0, 256)


@pytest.mark.parametrize("damage", ["missing", "cut off", "of other pieces"])
def test_a_damaged_fast_encoder_is_refused_in_one_line(tmp_path, damage):
    if damage == "cut off":
        (tmp_path / FILE).write_bytes((STATIC / FILE).read_bytes()[:9000])
    elif damage == "of other pieces":
        vectors, scales = np.zeros((7, 256), np.int8), np.ones(7, np.float32)
        np.savez(tmp_path / FILE, vectors=vectors, scales=scales)
    with pytest.raises(SettingsError) as caught:
        StaticEncoder(tmp_path)
    assert "\n" not in str(caught.value)


def test_both_encoders_share_what_splits_texts_into_pieces():
    splits = read_tokenizer(MODEL / "tokenizer.json")
    assert StaticEncoder()._tokenizer is splits
    assert LocalEncoder()._tokenizer is splits
    assert len(splits.encode("电梯" * 500).ids) == LENGTH


@pytest.mark.slow
def test_the_fast_encoder_reads_thousands_of_passages_a_second(fast):
    import time

    texts = [text * 6 for text in TEXTS] * 400  # about 140 characters each
    start = time.process_time()
    fast.encode(texts, kind="passage")
    assert len(texts) / (time.process_time() - start) > 3_000


@pytest.mark.slow
def test_sentence_transformers_opens_the_folder_and_gives_nearly_the_same_vectors(encoder):
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(MODEL), device="cpu", local_files_only=True)
    theirs = model.encode(list(TEXTS), prompt_name="passage")
    cosines = (theirs * encoder.encode(TEXTS, kind="passage")).sum(axis=1)
    # eight bits here, float32 there; the map makes what differs twice as large
    assert float(cosines.min()) > 0.99
