"""The encoder in the package: a transformer in int8, without torch and without download.

The folder ``model`` beside this file holds the weights in 8-bit floats
(``model.safetensors``), which sentence-transformers opens too. Here they become int8 with
a scale a column, run by onnxruntime with a scale a token, so that a text's vector does
not hang on its batch mates. How it was made and what it does: ``model/MODEL_CARD.md``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from replygen.errors import SettingsError
from replygen.index.encoders.encoder import TextKind
from replygen.index.memory import Memory

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

MODEL = Path(__file__).with_name("model")
DENSE = "3_Dense"  # the folder of the linear map of its vectors
_NAME = "replygen-e5-small-zh-v3"
_PREFIXES: dict[TextKind, str] = {"query": "query: ", "passage": "passage: "}
LENGTH = 256  # pieces read of a text, about 400 characters
_PIECES = 1_024  # pieces of a batch, padding counted: its states stay in the cache
_TOKENIZERS = Memory(2)
_THREADS = 2  # at most; more threads than cores wait for each other, at half the speed


class _Session(Protocol):
    """What is used of onnxruntime's InferenceSession, which has no types."""

    def run(
        self, outputs: Sequence[str] | None, inputs: Mapping[str, NDArray[Any]], /
    ) -> Sequence[NDArray[np.float32]]: ...


Get = Callable[[str], "NDArray[np.float32]"]


class LocalEncoder:
    """The encoder that is shipped: 384 numbers a text, about 30 MB of files."""

    name = _NAME
    dim = 384

    def __init__(self, folder: Path = MODEL, *, threads: int | None = None) -> None:
        """Load the model, to run on two of the cores that this process may use, or on as
        many ``threads``. Raises SettingsError where it or onnxruntime is missing."""
        try:
            self._tokenizer = read_tokenizer(folder / "tokenizer.json")
            self._session = _open_session(folder, threads or _count_threads())
            self._map = _read_map(folder / DENSE / "model.safetensors")
        except ImportError as error:
            raise SettingsError(
                "自带编码器要用 onnxruntime，请先安装：pip install onnxruntime，"
                '或改用 encoder = "hash"'
            ) from error
        except Exception as error:  # both libraries raise bare exceptions of their own
            raise SettingsError(
                f'自带编码器的文件打不开：{folder}，请重新安装，或改用 encoder = "hash"'
            ) from error

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> NDArray[np.float32]:
        """Return float32 vectors of shape (len(texts), 384), each of length 1."""
        import numpy as np

        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        prefix = _PREFIXES[kind]
        found = self._tokenizer.encode_batch([prefix + text for text in texts])
        ids = [encoding.ids for encoding in found]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        for rows in _batch(order, [len(line) for line in ids]):
            vectors[rows] = self._run([ids[row] for row in rows])
        return vectors

    def _run(self, ids: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        import numpy as np

        shape = (len(ids), max(map(len, ids)))
        pieces, mask = np.ones(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for row, line in enumerate(ids):
            pieces[row, : len(line)] = line
            mask[row, : len(line)] = 1
        vectors: NDArray[np.float32]
        (vectors,) = self._session.run(None, {"input_ids": pieces, "attention_mask": mask})
        if self._map is None:
            return vectors
        weight, bias = self._map
        moved = vectors @ weight.T + bias
        vectors = moved / np.linalg.norm(moved, axis=1, keepdims=True)
        return vectors


def read_tokenizer(path: Path) -> Tokenizer:
    """Return what splits a text into its first LENGTH pieces. Both shipped encoders share it,
    in all threads: nobody changes it. Raises a bare Exception for a file that is none."""

    def read() -> Tokenizer:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from tokenizers import Tokenizer

        found = Tokenizer.from_file(str(path))
        found.enable_truncation(LENGTH)
        found.no_padding()
        return found

    return _TOKENIZERS.once(path, read)


def _count_threads() -> int:
    if hasattr(os, "sched_getaffinity"):  # not on Windows and macOS
        return min(_THREADS, len(os.sched_getaffinity(0)))
    return min(_THREADS, os.cpu_count() or 1)


def _batch(order: Sequence[int], lengths: Sequence[int]) -> list[list[int]]:
    """Return the rows, shortest first, in batches of at most _PIECES padded pieces."""
    batches: list[list[int]] = [[]]
    for row in order:
        if batches[-1] and (len(batches[-1]) + 1) * lengths[row] > _PIECES:
            batches.append([])
        batches[-1].append(row)
    return [batch for batch in batches if batch]


def _open_session(folder: Path, threads: int) -> _Session:
    """Return onnxruntime's session of the graph with the folder's weights."""
    import onnxruntime  # type: ignore[import-untyped,unused-ignore]

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    weights = _make_weights(_read_tensors(folder / "model.safetensors"), config)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # the fusions of the higher levels are slower here (SkipLayerNorm, BiasGelu)
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    # planning which buffers can be used twice takes .22 of the .26 s of opening, and saves
    # neither time nor memory later: what is free goes back to the arena at once
    options.enable_mem_reuse = False
    options.log_severity_level = 3
    # a thread that waits for work must not keep a core from the others who have some
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in weights.values()]
    options.add_external_initializers(list(weights), values)
    session: _Session = onnxruntime.InferenceSession(
        str(folder / "graph.onnx"), options, providers=["CPUExecutionProvider"]
    )
    return session


def _read_map(path: Path) -> tuple[NDArray[np.float32], NDArray[np.float32]] | None:
    """Return weight and bias of the linear map that the vectors go through, if any."""
    if not path.is_file():
        return None
    get = _read_tensors(path)
    return get("linear.weight"), get("linear.bias")


def _read_tensors(path: Path) -> Get:
    """Return a function that gives a tensor of a .safetensors file as float32 (8-byte
    length, JSON header, data)."""
    import numpy as np

    data = np.fromfile(path, dtype=np.uint8)
    size = int(data[:8].view("<u8")[0])
    header = json.loads(data[8 : 8 + size].tobytes())
    table = _list_float8()

    def get(name: str) -> NDArray[np.float32]:
        entry = header[name]
        start, end = entry["data_offsets"]
        raw = data[8 + size + start : 8 + size + end]
        # take: a third of the time of table[raw]
        values = table.take(raw) if entry["dtype"] == "F8_E4M3" else raw.view("<f4")
        shaped: NDArray[np.float32] = values.reshape(entry["shape"])
        return shaped

    return get


def _list_float8() -> NDArray[np.float32]:
    """Return the 256 values of float8 e4m3: sign, 4 bits of exponent (bias 7), 3 of
    fraction, no infinity."""
    import numpy as np

    bits = np.arange(256)
    power, part = (bits >> 3) & 15, bits & 7
    sizes = np.where(power > 0, (1 + part / 8) * 2.0 ** (power - 7), part / 8 * 2.0**-6)
    values: NDArray[np.float32] = np.where(bits < 128, sizes, -sizes).astype(np.float32)
    return values


def _make_weights(get: Get, config: dict[str, Any]) -> dict[str, NDArray[Any]]:
    """Return the graph's tensors by name: matrices in int8 turned for x · W, their scale
    and bias a column; the query's carry the attention's 1/sqrt(size)."""
    import numpy as np

    embeddings = "embeddings."
    first = get(embeddings + "token_type_embeddings.weight")[0]
    weights: dict[str, NDArray[Any]] = {
        "words": get(embeddings + "word_embeddings.weight"),
        "positions": get(embeddings + "position_embeddings.weight") + first,
        **_take_norm(get, embeddings + "LayerNorm", "embeddings"),
    }
    shrink = (config["hidden_size"] // config["num_attention_heads"]) ** -0.5
    for layer in range(config["num_hidden_layers"]):
        root = f"encoder.layer.{layer}."
        own = [f"{root}attention.self.{part}" for part in ("query", "key", "value")]
        matrix = np.concatenate([get(f"{name}.weight") for name in own])
        bias = np.concatenate([get(f"{name}.bias") for name in own])
        factor = np.ones(len(bias), dtype=np.float32)
        factor[: len(bias) // 3] = shrink
        weights |= _quantise(f"{layer}.qkv", matrix, bias, factor)
        for short, name in (
            ("out", "attention.output.dense"),
            ("wide", "intermediate.dense"),
            ("back", "output.dense"),
        ):
            bias = get(f"{root}{name}.bias")
            one = np.ones(len(bias), dtype=np.float32)
            weights |= _quantise(f"{layer}.{short}", get(f"{root}{name}.weight"), bias, one)
        weights |= _take_norm(get, f"{root}attention.output.LayerNorm", f"{layer}.attention")
        weights |= _take_norm(get, f"{root}output.LayerNorm", f"{layer}.output")
    return weights


def _quantise(
    name: str,
    matrix: NDArray[np.float32],
    bias: NDArray[np.float32],
    factor: NDArray[np.float32],
) -> dict[str, NDArray[Any]]:
    """Return int8 columns of ``matrix`` (one row an output), their scales and the bias."""
    import numpy as np

    scale = np.maximum(matrix.max(axis=1), -matrix.min(axis=1)) / 127
    scale = np.maximum(scale, 1e-12).astype(np.float32)
    steps = matrix / scale[:, None]
    steps = np.rint(steps, out=steps).astype(np.int8)
    return {
        f"{name}.weight": np.ascontiguousarray(steps.T),
        f"{name}.scale": scale * factor,
        f"{name}.bias": bias * factor,
    }


def _take_norm(get: Get, source: str, name: str) -> dict[str, NDArray[Any]]:
    return {f"{name}.norm.{part}": get(f"{source}.{part}") for part in ("weight", "bias")}
