"""Any sentence-transformers model as encoder, from a folder or from the local cache."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.errors import SettingsError
from replygen.index.encoders.encoder import TextKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# What models were trained to see before a text: (part of the name, query, passage). Facts
# from the model cards of intfloat/multilingual-e5-*, BAAI/bge-*-zh(-v1.5) and
# thenlper/gte; bge-m3 and gte take none. First match wins.
_PREFIXES: tuple[tuple[str, str, str], ...] = (
    ("bge-m3", "", ""),
    ("e5", "query: ", "passage: "),
    ("bge", "为这个句子生成表示以用于检索相关文章：", ""),
)
_BATCH = 32
_SAMPLE = 65_536  # bytes at either end of a model's file that go into its fingerprint
_MODEL_FILES = (".safetensors", ".bin", ".onnx", ".json", ".txt", ".model")


class SentenceTransformerEncoder:
    """A sentence-transformers model; nothing is fetched, the model must be on this
    machine. Prefixes come from the model's own ``prompts`` where it has them, else from
    its name."""

    def __init__(self, model: str) -> None:
        """Load ``model``, a folder or a name in the local cache. Raises SettingsError."""
        if find_spec("sentence_transformers") is None:
            raise SettingsError(
                f"编码器 {model} 要用 sentence-transformers，请先安装："
                "pip install torch==2.13.0，再 pip install 'replygen[encoders]'"
            )
        wrong = f'编码器 {model} 打不开，请检查模型文件夹，或改用 encoder = "hash"'
        if not _is_here(model):
            raise SettingsError(wrong)
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        try:
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging

            # we show our own, and none in a pipe
            logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            self._model = SentenceTransformer(model, device="cpu", local_files_only=True)
        except Exception as error:  # the library raises many kinds, all mean "not usable"
            raise SettingsError(wrong) from error
        own = {key: value or "" for key, value in self._model.prompts.items()}
        self._prompts = _find_prompts(model, own)
        self._dim = len(self._model.encode(["度"], show_progress_bar=False)[0])
        self._name = _name_model(model, self._prompts)

    @property
    def name(self) -> str:
        """The model's name, with a fingerprint of its files when it is a folder."""
        return self._name

    @property
    def dim(self) -> int:
        """The length of a vector."""
        return self._dim

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> NDArray[np.float32]:
        """Return float32 vectors of shape (len(texts), dim), each of length 1."""
        import numpy as np

        if not texts:
            return np.zeros((0, self._dim), dtype=np.float32)
        prefix = self._prompts[0 if kind == "query" else 1]
        vectors = self._model.encode(
            [prefix + text for text in texts],
            prompt="",
            batch_size=_BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


def _is_here(model: str) -> bool:
    """Say whether the model is a folder or in the local cache, before the libraries that
    take seconds to load are asked."""
    if any(Path(model, name).is_file() for name in ("modules.json", "config.json")):
        return bool(model)
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    try:
        names = (model, f"sentence-transformers/{model}") if "/" not in model else (model,)
        return any(isinstance(try_to_load_from_cache(n, "config.json"), str) for n in names)
    except HFValidationError:
        return False


def _find_prompts(model: str, own: dict[str, str]) -> tuple[str, str]:
    query, passage = own.get("query", ""), own.get("passage", "") or own.get("document", "")
    if query or passage:
        return query, passage
    name = Path(model).name.lower()
    return next(((q, p) for part, q, p in _PREFIXES if part in name), ("", ""))


def _name_model(model: str, prompts: tuple[str, str]) -> str:
    """Return a name that changes when the model's files or prefixes do."""
    folder = Path(model)
    digest = hashlib.sha256(repr(prompts).encode())
    if not folder.is_dir():
        return f"{model}@{digest.hexdigest()[:8]}"
    for path in sorted(p for p in folder.rglob("*") if p.suffix in _MODEL_FILES):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}:{size}".encode())
        with path.open("rb") as file:
            digest.update(file.read(_SAMPLE))
            file.seek(max(0, size - _SAMPLE))
            digest.update(file.read(_SAMPLE))
    return f"{folder.name}@{digest.hexdigest()[:12]}"
