"""The folder that is shipped: weights in 8-bit floats, and the graph that runs them.

model.safetensors holds every matrix as float8 (e4m3): Hugging Face's loader widens it to
float32, so that the folder opens with ``SentenceTransformer(path)`` and nothing else; the
package's own encoder makes int8 of it for onnxruntime (``graph.onnx`` has no weights), so
that the weights lie in the repository once.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replygen.index.encoders.semantic import DENSE

if TYPE_CHECKING:
    from training.adapting import Map

GRAPH = "graph.onnx"
_NORMALIZE = "4_Normalize"  # after the map
_MS = "com.microsoft"  # onnxruntime's own operators
_KEPT = (
    "config.json",
    "config_sentence_transformers.json",
    "modules.json",
    "sentence_bert_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "1_Pooling/config.json",
    "2_Normalize/config.json",
)


def write_shipped(model: Path, folder: Path, map_: Map | None = None) -> None:
    """Write the sentence-transformers folder ``model`` to ``folder`` as it is shipped,
    with the linear map of its vectors, if there is one, as a dense step of its own."""
    import torch
    from safetensors.torch import load_file, save_file

    folder.mkdir(parents=True, exist_ok=True)
    for name in _KEPT:
        if (model / name).is_file():
            (folder / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(model / name, folder / name)
    tensors = load_file(str(model / "model.safetensors"))
    small = {
        name: tensor.to(torch.float8_e4m3fn) if tensor.ndim == 2 else tensor.float()
        for name, tensor in tensors.items()
        if tensor.is_floating_point()
    }
    save_file(small, str(folder / "model.safetensors"), metadata={"format": "pt"})
    config = json.loads((model / "config.json").read_text(encoding="utf-8"))
    config["dtype"] = "float32"
    text = json.dumps(config, indent=2, sort_keys=True) + "\n"
    (folder / "config.json").write_text(text, encoding="utf-8")
    (folder / GRAPH).write_bytes(make_graph(config))
    if map_ is not None:
        _write_map(folder, map_)


def _write_map(folder: Path, map_: Map) -> None:
    from safetensors.numpy import save_file

    (folder / DENSE).mkdir(exist_ok=True)
    tensors = {"linear.weight": map_.weight, "linear.bias": map_.bias}
    save_file(tensors, str(folder / DENSE / "model.safetensors"))
    size = len(map_.bias)
    config = {
        "in_features": size,
        "out_features": size,
        "bias": True,
        "activation_function": "torch.nn.modules.linear.Identity",
        "module_input_name": "sentence_embedding",
        "module_output_name": "sentence_embedding",
    }
    _write_json(folder / DENSE / "config.json", config)
    (folder / _NORMALIZE).mkdir(exist_ok=True)
    shutil.copyfile(folder / "2_Normalize/config.json", folder / _NORMALIZE / "config.json")
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    for name, kind in ((DENSE, "dense.Dense"), (_NORMALIZE, "normalize.Normalize")):
        number = len(modules)
        type_ = f"sentence_transformers.base.modules.{kind}"
        modules.append({"idx": number, "name": str(number), "path": name, "type": type_})
    _write_json(folder / "modules.json", modules)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def make_graph(config: dict[str, Any]) -> bytes:
    """Return the ONNX model of a BERT encoder whose matrices are int8 (a scale a column)
    and whose activations are quantised with a scale a token, so that a text's vector does
    not hang on its batch mates. Inputs: ``input_ids`` and ``attention_mask``, int64
    (batch, length); output: ``sentence_embedding``, float32 (batch, hidden), of length 1.
    All weights are external and given when a session is made."""
    from onnx import TensorProto, helper  # type: ignore[import-not-found,unused-ignore]

    build = _Builder(config)
    build.embed()
    for layer in range(config["num_hidden_layers"]):
        build.add_layer(layer)
    build.pool()
    ids = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
        for name in ("input_ids", "attention_mask")
    ]
    shape = ["batch", config["hidden_size"]]
    out = helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, shape)
    graph = helper.make_graph(build.nodes, "replygen", ids, [out], build.tensors)
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(_MS, 1)]
    )
    model.producer_name = "replygen"
    model.ir_version = 9
    data: bytes = model.SerializeToString(deterministic=True)
    return data


class _Builder:
    """Collects the nodes; ``x`` is the name of the hidden states so far."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.hidden = config["hidden_size"]
        self.heads = config["num_attention_heads"]
        self.inner = config["intermediate_size"]
        self.words = config["vocab_size"]
        self.positions = config["max_position_embeddings"]
        self.eps = config["layer_norm_eps"]
        self.nodes: list[Any] = []
        self.tensors: list[Any] = []
        self.x = ""
        self._count = 0
        self._known: dict[str, str] = {}

    def embed(self) -> None:
        """Words and positions (with the only type of segment in them), normalised."""
        words = self._weight("words", [self.words, self.hidden])
        places = self._weight("positions", [self.positions, self.hidden])
        shape = self._add("Shape", "input_ids")
        length = self._add("Slice", shape, self._ints("one", [1]), self._ints("two", [2]))
        place = self._add("Slice", places, self._ints("zero", [0]), length)
        summed = self._add("Add", self._add("Gather", words, "input_ids"), place)
        self.x = self._normalise(summed, "embeddings")
        mask = self._add("Cast", "attention_mask", to=1)
        self._mask = self._add("Unsqueeze", mask, self._ints("last", [-1]))
        wide = self._add("Unsqueeze", mask, self._ints("middle", [1, 2]))
        gone = self._add("Sub", self._floats("f_one", [1.0]), wide)
        self._bias = self._add("Mul", gone, self._floats("far", [-1e9]))

    def add_layer(self, layer: int) -> None:
        """Attention and the two dense steps, each added to what came before."""
        three = self._multiply(self.x, f"{layer}.qkv", self.hidden, 3 * self.hidden)
        size = self.hidden // self.heads
        split = self._ints("heads", [0, 0, 3, self.heads, size])
        turned = self._add("Transpose", self._add("Reshape", three, split), perm=[2, 0, 3, 1, 4])
        query, key, value = (
            self._add("Gather", turned, self._scalar(f"at{i}", i), axis=0) for i in range(3)
        )
        scores = self._add("MatMul", query, self._add("Transpose", key, perm=[0, 1, 3, 2]))
        shares = self._add("Softmax", self._add("Add", scores, self._bias), axis=-1)
        mixed = self._add("Transpose", self._add("MatMul", shares, value), perm=[0, 2, 1, 3])
        flat = self._add("Reshape", mixed, self._ints("flat", [0, 0, self.hidden]))
        out = self._multiply(flat, f"{layer}.out", self.hidden, self.hidden)
        self.x = self._normalise(self._add("Add", self.x, out), f"{layer}.attention")
        wide = self._multiply(self.x, f"{layer}.wide", self.hidden, self.inner)
        bent = self._add("Gelu", wide)
        back = self._multiply(bent, f"{layer}.back", self.inner, self.hidden)
        self.x = self._normalise(self._add("Add", self.x, back), f"{layer}.output")

    def pool(self) -> None:
        """The mean over a text's pieces, scaled to length 1."""
        axis = self._ints("one", [1])
        total = self._add("ReduceSum", self._add("Mul", self.x, self._mask), axis, keepdims=0)
        count = self._add("ReduceSum", self._mask, axis, keepdims=0)
        mean = self._add("Div", total, count)
        length = self._add("ReduceL2", mean, self._ints("last", [-1]), keepdims=1)
        self._add("Div", mean, length, out="sentence_embedding")

    def _multiply(self, x: str, name: str, rows: int, columns: int) -> str:
        """Quantise x with a scale a token (memorised, as is), multiply in int8, scale back."""
        from onnx import TensorProto  # type: ignore[import-not-found,unused-ignore]

        size = self._add("ReduceMax", self._add("Abs", x), self._ints("last", [-1]), keepdims=1)
        safe = self._add("Max", size, self._floats("least", [1e-9]))
        scale = self._add("Mul", safe, self._floats("step", [1 / 127]))
        # a cast cuts off: half a step more makes it round, 128 more make it positive
        shifted = self._add("Add", self._add("Div", x, scale), self._floats("shift", [128.5]))
        small = self._add("Cast", shifted, to=TensorProto.UINT8)
        weight = self._weight(f"{name}.weight", [rows, columns], TensorProto.INT8)
        columns_scale = self._weight(f"{name}.scale", [columns])
        one = self._constant("scale_one", TensorProto.FLOAT, [], [1.0])
        zero = self._scalar("u_shift", 128, TensorProto.UINT8)
        product = self._add(
            "MatMulIntegerToFloat", small, weight, one, columns_scale, zero, domain=_MS
        )
        bias = self._weight(f"{name}.bias", [columns])
        return self._add("Add", self._add("Mul", product, scale), bias)

    def _normalise(self, x: str, name: str) -> str:
        weight = self._weight(f"{name}.norm.weight", [self.hidden])
        bias = self._weight(f"{name}.norm.bias", [self.hidden])
        return self._add("LayerNormalization", x, weight, bias, epsilon=self.eps, axis=-1)

    def _add(self, op: str, *inputs: str, out: str = "", **attributes: object) -> str:
        from onnx import helper  # type: ignore[import-not-found,unused-ignore]

        self._count += 1
        out = out or f"t{self._count}"
        self.nodes.append(helper.make_node(op, list(inputs), [out], **attributes))
        return out

    def _weight(self, name: str, shape: Sequence[int], kind: int = 1) -> str:
        """Declare a tensor that is given when a session is made."""
        from onnx import TensorProto  # type: ignore[import-not-found,unused-ignore]

        tensor = TensorProto(name=name, dims=list(shape), data_type=kind)
        tensor.data_location = TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value="model.safetensors")
        self.tensors.append(tensor)
        return name

    def _constant(self, name: str, kind: int, shape: Sequence[int], values: Sequence[float]) -> str:
        from onnx import helper  # type: ignore[import-not-found,unused-ignore]

        if name not in self._known:
            self.tensors.append(helper.make_tensor(name, kind, list(shape), list(values)))
            self._known[name] = name
        return name

    def _ints(self, name: str, values: Sequence[int]) -> str:
        return self._constant(name, 7, [len(values)], values)

    def _floats(self, name: str, values: Sequence[float]) -> str:
        return self._constant(name, 1, [len(values)], values)

    def _scalar(self, name: str, value: int, kind: int = 7) -> str:
        return self._constant(name, kind, [], [value])
