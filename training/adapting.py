"""A linear map on the encoder's vectors, learned from cached ones: cheap, and it helps.

The transformer stays as it is; queries and passages alike go through x + W·x + b and are
scaled to length 1 again. W begins at nothing and is held small, so that texts of other
kinds keep their neighbours. As the vectors are made once, thousands of negatives a query
cost nothing, where fine-tuning sees some sixty: every reply of the training split, and a
sample of articles.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from replygen.evaluation.split import place
from replygen.index.passages import compose_searchable
from training.measuring import Encode
from training.pairs import Data, Record, find_closed, make_letter

if TYPE_CHECKING:
    import numpy as np
    import torch
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class MapRecipe:
    """How to learn the map: ``steps`` of so many ``letters`` and ``questions`` against all
    replies and ``articles``; ``small`` is the weight of the sum of W's squares."""

    steps: int = 120
    rate: float = 3e-4
    letters: int = 128
    questions: int = 64
    articles: int = 2_000
    warmth: float = 0.02
    small: float = 0.05
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Map:
    """x becomes ``weight`` · x + ``bias``, scaled to length 1; float32 of shape (n, n)
    and (n,)."""

    weight: NDArray[np.float32]
    bias: NDArray[np.float32]

    def apply(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the mapped vectors, each of length 1."""
        import numpy as np

        moved = vectors @ self.weight.T + self.bias
        lengths = np.linalg.norm(moved, axis=1, keepdims=True)
        unit: NDArray[np.float32] = moved / np.maximum(lengths, 1e-9)
        return unit


def learn_map(data: Data, encode: Encode, pool: Sequence[str], recipe: MapRecipe) -> Map:
    """Return the map that the training split teaches. ``pool`` are texts of articles of
    the training split, as the index composes them."""
    import torch

    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)
    letters = [r for r in data.letters if place(r["id"]) == "train"]
    questions, golds, articles = _take_questions(data, pool)
    asked = torch.from_numpy(encode([make_letter(r) for r in letters], "query"))
    replies = torch.from_numpy(encode([r["reply_core"] for r in letters], "passage"))
    laymen = torch.from_numpy(encode(questions, "query"))
    laws = torch.from_numpy(encode(articles, "passage"))
    size = asked.shape[1]
    weight = torch.zeros(size, size, requires_grad=True)
    bias = torch.zeros(size, requires_grad=True)
    optimizer = torch.optim.Adam([weight, bias], lr=recipe.rate)
    for step in range(recipe.steps):
        optimizer.param_groups[0]["lr"] = recipe.rate * (1 - step / recipe.steps)
        rows = chance.sample(range(len(letters)), min(recipe.letters, len(letters)))
        near = _move(asked[rows], weight, bias) @ _move(replies, weight, bias).T
        loss = torch.nn.functional.cross_entropy(near / recipe.warmth, torch.tensor(rows))
        loss = loss + _match_questions(laymen, laws, golds, (weight, bias), recipe, chance)
        loss = loss + recipe.small * (weight**2).sum()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    whole = torch.eye(size) + weight.detach().T
    return Map(whole.numpy(), bias.detach().numpy())


def _move(vectors: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    import torch

    return torch.nn.functional.normalize(vectors + vectors @ weight + bias, dim=1)


def _match_questions(
    laymen: torch.Tensor,
    laws: torch.Tensor,
    golds: Sequence[Sequence[int]],
    moves: tuple[torch.Tensor, torch.Tensor],
    recipe: MapRecipe,
    chance: random.Random,
) -> torch.Tensor:
    """Return the loss of some questions, an answer of each among answers and a sample."""
    import torch

    rows = chance.sample(range(len(golds)), min(recipe.questions, len(golds)))
    own = [chance.choice(golds[row]) for row in rows]
    shown = own + chance.sample(range(len(laws)), min(recipe.articles, len(laws)))
    near = _move(laymen[rows], *moves) @ _move(laws[shown], *moves).T
    also = torch.tensor(
        [[s in golds[row] and c != i for c, s in enumerate(shown)] for i, row in enumerate(rows)]
    )
    near = (near / recipe.warmth).masked_fill(also, -1e4)
    return torch.nn.functional.cross_entropy(near, torch.arange(len(rows)))


def _take_questions(
    data: Data, pool: Sequence[str]
) -> tuple[list[str], list[list[int]], list[str]]:
    """Return the questions of the training split, the rows of their answers, and the
    articles: answers first, then the pool."""
    closed = find_closed(data.questions)
    known = {r["id"]: r for r in data.articles if r["id"] not in closed}
    mine = [
        (q["query"], [known[g] for g in q["gold"] if g in known])
        for q in data.questions
        if place(q["id"]) == "train"
    ]
    mine = [(query, found) for query, found in mine if found]
    texts = dict.fromkeys([_compose(r) for _, found in mine for r in found] + list(pool))
    rows = {text: row for row, text in enumerate(texts)}
    golds = [[rows[_compose(r)] for r in found] for _, found in mine]
    return [query for query, _ in mine], golds, list(texts)


def _compose(article: Record) -> str:
    return compose_searchable(article["law"], str(article["article"]), None, str(article["text"]))
