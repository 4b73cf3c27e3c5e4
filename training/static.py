"""The fast encoder: a vector and a weight a piece, learned from pairs and from a teacher.

Two aims together: a query lies nearest to its own passage among those of its batch, and
the passages of a batch lie to each other as the teacher's vectors of them do (which
spreads what the teacher knows over texts of which nobody knows a query). Vectors begin at
random, so that at first texts are near that share pieces; half of a text's pieces are
left out at each step, and the dev split says when to stop: without both it learns the
training letters by heart within a hundred steps.

Tried and not kept: a quarter of each vector taken from the teacher's word embeddings
(better on a kind of text not trained on, worse on letters; the dev split preferred none).
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from replygen.evaluation.split import place
from replygen.index.encoders.fast import FILE, StaticEncoder, damp
from replygen.index.encoders.semantic import LENGTH
from replygen.index.passages import compose_searchable
from training.measuring import (
    Encode,
    Figures,
    measure_letters,
    measure_statutes,
)
from training.pairs import Data, Pair, find_closed, make_pairs

if TYPE_CHECKING:
    import numpy as np
    import torch
    from numpy.typing import NDArray

_PARAGRAPHS = 350  # characters at which paragraphs of a proposal are grouped
_CUT = 600  # characters of a group that are read


@dataclass(frozen=True, slots=True)
class StaticRecipe:
    """How to train the fast encoder. ``taught`` are the articles that the teacher reads
    (beside all letters and proposals of the training split), ``left_out`` the share of
    pieces that a step does not see, ``teaching`` the weight of the teacher's part."""

    dim: int = 256
    steps: int = 360
    batch: int = 256
    rate: float = 3e-3
    left_out: float = 0.5
    warmth: float = 0.07
    teaching: float = 0.5
    taught_warmth: float = 0.1
    taught: int = 12_000
    looks: int = 6  # at the dev split, the best of which is kept
    seed: int = 5
    shares: tuple[tuple[str, float], ...] = (
        ("letters", 0.10),
        ("titles", 0.10),
        ("questions", 0.16),
        ("articles", 0.40),
        ("proposals", 0.10),
        ("asks", 0.06),
        ("rules", 0.08),
    )


def train_static(
    data: Data,
    teach: Encode,
    folder: Path,
    recipe: StaticRecipe,
    *,
    teacher: Path,
) -> dict[str, Figures]:
    """Write the fast encoder to ``folder`` and return its figures on letters and statutes
    by split. ``teach`` is the teacher, ``teacher`` its folder."""
    import torch

    torch.manual_seed(recipe.seed)
    texts = collect_articles(data, recipe.taught) + collect_others(data)
    targets = torch.from_numpy(_centre(teach(texts, "passage")))
    model = _Model(teacher, recipe)
    taught = model.read(texts)
    pairs = {k: v for k, v in make_pairs(data, seed=recipe.seed).items() if v}
    read = {
        kind: (model.read([p.query for p in mine]), model.read([p.passage for p in mine]))
        for kind, mine in pairs.items()
    }
    model.begin([taught, *(bag for two in read.values() for bag in two)])
    chance = random.Random(recipe.seed)
    best = -1.0
    figures: dict[str, Figures] = {}
    each = max(1, recipe.steps // recipe.looks)
    for look in range(recipe.looks):
        for step in range(each):
            done = (look * each + step) / (recipe.looks * each)
            kind = _draw_kind(recipe, pairs, chance)
            rows = chance.sample(range(len(pairs[kind])), min(recipe.batch, len(pairs[kind])))
            queries, passages = (model.embed(bag, rows) for bag in read[kind])
            loss = _match(queries, passages, [pairs[kind][r] for r in rows], recipe.warmth)
            some = chance.sample(range(len(texts)), min(recipe.batch, len(texts)))
            own = model.embed(taught, some)
            loss = loss + recipe.teaching * _imitate(own, targets[some], recipe.taught_warmth)
            model.step(loss, done)
        found, score = _look(model, data, folder, teacher / "tokenizer.json")
        if score > best:
            best, figures, state = score, found, model.copy()
    model.restore(state)
    model.write(folder)
    return figures


def collect_articles(data: Data, articles: int) -> list[str]:
    """Return so many articles of the training split, as the index composes them; a hash
    picks them."""
    closed = find_closed(data.questions)
    open_ = [
        r
        for r in data.articles
        if place(r["law"]) == "train" and r["id"] not in closed and str(r["text"]).strip()
    ]
    open_.sort(key=lambda r: hashlib.sha256(r["id"].encode()).hexdigest())
    return [
        compose_searchable(r["law"], str(r["article"]), None, str(r["text"]))
        for r in open_[:articles]
    ]


def collect_others(data: Data) -> list[str]:
    """Return the replies of the training split and the parts of its proposals and rules."""
    texts = [r["reply_core"] for r in data.letters if place(r["id"]) == "train"]
    for record in data.proposals:
        if place(record["id"]) == "train":
            body = re.sub(r"(?<=[^。：；])\n|(?<=\d) (?=年)", "", record["body"])
            texts += [f"{record['title']}\n{part[:_CUT]}" for part in _group(body)]
    for record in data.rules:
        if place(record["title"]) == "train":
            texts += [part[:_CUT] for part in _group(record["body"])]
    return texts


def _group(text: str) -> list[str]:
    groups = [""]
    for line in filter(None, map(str.strip, text.splitlines())):
        if groups[-1] and len(groups[-1]) + len(line) > _PARAGRAPHS:
            groups.append("")
        groups[-1] = f"{groups[-1]}\n{line}".strip()
    return [group for group in groups if group]


def _centre(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the vectors less their mean, of length 1: E5's all lie in one corner."""
    import numpy as np

    moved = vectors - vectors.mean(axis=0)
    unit: NDArray[np.float32] = moved / np.linalg.norm(moved, axis=1, keepdims=True)
    return unit


def _draw_kind(
    recipe: StaticRecipe, pairs: Mapping[str, Sequence[Pair]], chance: random.Random
) -> str:
    shares = [(kind, share) for kind, share in recipe.shares if kind in pairs]
    return chance.choices([k for k, _ in shares], [share for _, share in shares])[0]


def _match(
    queries: torch.Tensor, passages: torch.Tensor, pairs: Sequence[Pair], warmth: float
) -> torch.Tensor:
    """Return how far queries and passages are from finding each other; what another pair
    of the batch has of the same query or passage does not count."""
    import torch

    asked = torch.tensor(_number([p.query for p in pairs]))
    given = torch.tensor(_number([p.passage for p in pairs]))
    same = (asked[:, None] == asked) | (given[:, None] == given)
    same.fill_diagonal_(False)
    scores = (queries @ passages.T / warmth).masked_fill(same, -1e4)
    own = torch.arange(len(pairs))
    cross = torch.nn.functional.cross_entropy
    loss: torch.Tensor = (cross(scores, own) + cross(scores.T, own)) / 2
    return loss


def _number(texts: Sequence[str]) -> list[int]:
    numbers: dict[str, int] = {}
    return [numbers.setdefault(text, len(numbers)) for text in texts]


def _imitate(own: torch.Tensor, taught: torch.Tensor, warmth: float) -> torch.Tensor:
    """Return how far the batch's cosines are from the teacher's (KL of their softmax)."""
    import torch

    self_ = torch.eye(len(own), dtype=torch.bool)
    logs = [
        torch.log_softmax((v @ v.T / warmth).masked_fill(self_, -1e4), dim=1) for v in (own, taught)
    ]
    return torch.nn.functional.kl_div(logs[0], logs[1], log_target=True, reduction="batchmean")


def _look(
    model: _Model, data: Data, folder: Path, pieces: Path
) -> tuple[dict[str, Figures], float]:
    """Return the figures as shipped and what the dev split says of them."""
    model.write(folder)
    encoder = StaticEncoder(folder, pieces=pieces)

    def encode(texts: Sequence[str], kind: Literal["query", "passage"]) -> NDArray[np.float32]:
        return encoder.encode(texts, kind=kind)

    found = {"letters": measure_letters(encode, data), "statutes": measure_statutes(encode, data)}
    letters, statutes = found["letters"]["dev"], found["statutes"]["dev"]
    score = letters["MRR@10"] + (statutes["R@10"] + statutes["R@100"]) / 2
    return found, score


@dataclass(frozen=True, slots=True)
class _Bag:
    """Texts as pieces: those of text i lie from starts[i] to starts[i + 1]."""

    starts: NDArray[np.int64]
    ids: NDArray[np.int64]
    weights: NDArray[np.float32]


class _Model:
    def __init__(self, teacher: Path, recipe: StaticRecipe) -> None:
        from tokenizers import Tokenizer

        self._recipe = recipe
        self._tokenizer = Tokenizer.from_file(str(teacher / "tokenizer.json"))
        self._tokenizer.enable_truncation(LENGTH)
        self._tokenizer.no_padding()

    def read(self, texts: Sequence[str]) -> _Bag:
        import numpy as np

        found = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        lines = [np.unique(np.asarray(e.ids, np.int64), return_counts=True) for e in found]
        return _Bag(
            np.cumsum([0, *(len(ids) for ids, _ in lines)]),
            np.concatenate([ids for ids, _ in lines]),
            np.concatenate([damp(counts) for _, counts in lines]),
        )

    def begin(self, bags: Sequence[_Bag]) -> None:
        """Set random vectors, and weights by how few of the texts have a piece."""
        import numpy as np
        import torch

        recipe, size = self._recipe, self._tokenizer.get_vocab_size()
        seen = np.sum([np.bincount(bag.ids, minlength=size) for bag in bags], axis=0)
        rare = np.log(1 + sum(len(bag.starts) - 1 for bag in bags) / (1.0 + seen))
        rare = np.maximum(rare / rare.mean(), 0.05).astype(np.float32)
        self._vectors = torch.nn.EmbeddingBag(size, recipe.dim, mode="sum", sparse=True)
        torch.nn.init.normal_(self._vectors.weight, std=recipe.dim**-0.5)
        self._logs = torch.nn.Embedding(size, 1, sparse=True)
        self._logs.weight.data[:, 0] = torch.from_numpy(np.log(rare))
        parameters = [self._vectors.weight, self._logs.weight]
        self._optimizer = torch.optim.SparseAdam(parameters, lr=recipe.rate)

    def embed(self, bag: _Bag, rows: Sequence[int]) -> torch.Tensor:
        """Return the vectors of the texts ``rows``, some of their pieces left out."""
        import numpy as np
        import torch

        picked = [np.arange(bag.starts[r], bag.starts[r + 1]) for r in rows]
        starts = torch.from_numpy(np.cumsum([0, *map(len, picked[:-1])]))
        flat = np.concatenate(picked)
        ids = torch.from_numpy(bag.ids[flat])
        weights = torch.from_numpy(bag.weights[flat]) * torch.exp(self._logs(ids)[:, 0])
        weights = weights * (torch.rand(len(weights)) >= self._recipe.left_out)
        summed = self._vectors(ids, starts, per_sample_weights=weights)
        return torch.nn.functional.normalize(summed, dim=1)

    def step(self, loss: torch.Tensor, done: float) -> None:
        """Go a step; the rate goes up over the first fifth and then down to nothing."""
        self._optimizer.param_groups[0]["lr"] = self._recipe.rate * min(5 * done + 0.02, 1 - done)
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        self._optimizer.step()  # type: ignore[no-untyped-call]

    def copy(self) -> tuple[torch.Tensor, torch.Tensor]:
        return self._vectors.weight.detach().clone(), self._logs.weight.detach().clone()

    def restore(self, state: tuple[torch.Tensor, torch.Tensor]) -> None:
        self._vectors.weight.data, self._logs.weight.data = state

    def write(self, folder: Path) -> None:
        """Write the vectors in int8, their weight in the scale of the row."""
        import numpy as np

        vectors = self._vectors.weight.detach().numpy()
        sizes = np.abs(vectors).max(axis=1) / 127
        small = np.rint(vectors / sizes[:, None]).astype(np.int8)
        scales = (sizes * np.exp(self._logs.weight.detach().numpy()[:, 0])).astype(np.float32)
        folder.mkdir(parents=True, exist_ok=True)
        np.savez(folder / FILE, vectors=small, scales=scales)
