"""Encoders: shapes, lengths, and what is near what."""

from __future__ import annotations

import time

import numpy as np
import pytest

from replygen.errors import SettingsError
from replygen.index import HashEncoder, load_encoder, open_index
from replygen.index.encoders.transformer import _find_prompts


def test_vectors_have_length_1_and_the_dim_they_say():
    encoder = load_encoder("hash")
    vectors = encoder.encode(["直播带货", "电", "3C"], kind="passage")
    assert vectors.shape == (3, encoder.dim)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("texts", [[], [""], ["\0"], ["\ud800"], ["", "电梯", ""]])
def test_odd_texts_have_finite_vectors(texts):
    vectors = HashEncoder().encode(texts, kind="query")
    assert vectors.shape == (len(texts), HashEncoder.dim)
    assert np.isfinite(vectors).all()


def test_a_vector_does_not_depend_on_its_batch():
    encoder = HashEncoder()
    alone = encoder.encode(["电梯困人故障自动报警"], kind="passage")[0]
    among = encoder.encode(["直播", "电梯困人故障自动报警", "食堂" * 50], kind="passage")[1]
    assert np.array_equal(alone, among)


def test_like_texts_are_nearer_than_others():
    encoder = HashEncoder()
    base, near, far = encoder.encode(
        ["建立直播带货巡查机制", "健全直播带货的巡查机制", "给老年人送餐上门"], kind="passage"
    )
    assert base @ near > 0.5 > base @ far


def test_two_thousand_passages_a_second():
    texts = [f"{n}号摊位登记后要公示经营者名称地址和投诉电话" * 8 for n in range(2000)]
    start = time.perf_counter()
    HashEncoder().encode(texts, kind="passage")
    assert time.perf_counter() - start < 1.0 * 3  # three times slack: others share the machine


@pytest.mark.parametrize("name", ["没有", "no/such-model", "", "a b c", "/nowhere/model"])
def test_a_missing_model_is_named_with_the_remedy(name):
    with pytest.raises(SettingsError, match="encoder"):
        load_encoder(name)


@pytest.mark.parametrize(
    ("model", "own", "prompts"),
    [
        ("intfloat/multilingual-e5-small", {}, ("query: ", "passage: ")),
        ("BAAI/bge-small-zh-v1.5", {}, ("为这个句子生成表示以用于检索相关文章：", "")),
        ("BAAI/bge-m3", {}, ("", "")),
        ("my-model", {"query": "问：", "passage": "文："}, ("问：", "文：")),
        ("my-model", {"query": "", "document": ""}, ("", "")),
    ],
)
def test_prefixes_come_from_the_model_or_its_name(model, own, prompts):
    assert _find_prompts(model, own) == prompts


@pytest.mark.slow
def test_a_sentence_transformers_folder_works_as_encoder(tmp_path, make_reply):
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    torch.manual_seed(1)
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    vocabulary += [chr(c) for c in range(0x4E00, 0x5600)] + ["query", "passage", *":。，"]
    bert = tmp_path / "bert"
    bert.mkdir()
    (bert / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizer(str(bert / "vocab.txt")).save_pretrained(bert)
    sizes = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    BertModel(
        BertConfig(vocab_size=len(vocabulary), intermediate_size=64, **sizes)
    ).save_pretrained(bert)
    word = Transformer(str(bert), max_seq_length=128)
    folder = tmp_path / "tiny-e5"
    SentenceTransformer(modules=[word, Pooling(32, "mean")]).save(str(folder))

    encoder = load_encoder(str(folder))
    assert encoder.dim == 32
    assert encoder.name.startswith("tiny-e5@")
    query, passage = (encoder.encode(["电梯"], kind=k)[0] for k in ("query", "passage"))
    assert np.isclose(np.linalg.norm(query), 1, atol=1e-5)
    assert not np.allclose(query, passage)  # the prefixes differ

    with open_index(tmp_path / "index", encoder="hash") as index:
        index.add(*make_reply())
        index.search("直播")
    with open_index(tmp_path / "index", encoder=str(folder)) as index:
        assert index.search("直播巡查")[0].passage
        assert index.status().encoder == encoder.name
        assert len(index.verify().notes) == 1  # found already, its slow vectors follow
        index.fill()
        assert index.verify().notes == ()
    (folder / "config_sentence_transformers.json").write_text("{}", encoding="utf-8")
    assert load_encoder(str(folder)).name != encoder.name


def test_the_shipped_encoder_is_chosen_by_name():
    encoder = load_encoder("replygen")
    assert encoder.dim == 384
    query, near, far = (
        encoder.encode([text], kind=kind)[0]
        for text, kind in (
            ("主播培训", "query"),
            ("对网络直播人员开展法律知识教育", "passage"),
            ("老旧小区加装电梯", "passage"),
        )
    )
    assert query @ near > query @ far


def test_an_index_opens_with_the_encoder_of_the_settings(tmp_path):
    from replygen.settings import Settings

    with open_index(tmp_path) as index:
        assert index.status().encoder == load_encoder(Settings().encoder).name
        assert index.status().fast == load_encoder("static").name
