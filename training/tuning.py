"""Fine-tuning through sentence-transformers, and the average with what it began from.

In-batch negatives and one hard negative (MultipleNegativesRankingLoss at E5's own
temperature of 0.01), batches of one kind of pair, a low rate that warms up and falls.
The word embeddings stay as they are: 21,000 rows cannot be learned from some thousand
pairs, and pieces that the data does not have would drift apart from those it has.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from training.pairs import Pair
from training.source import PASSAGE, QUERY

if TYPE_CHECKING:
    from datasets import DatasetDict  # type: ignore[import-not-found,unused-ignore]
    from sentence_transformers import SentenceTransformer
    from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

_WARM = 0.1  # share of the training in which the rate goes up


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train, in ``rounds`` of which each goes on from the one before. ``steps`` are
    batches of ``batch`` pairs, ``length`` the pieces read of a text, ``frozen`` the lowest
    layers that stay as they are. With ``minutes`` the clock ends the training, at the
    latest after ``steps``: how far it comes then hangs on the machine."""

    rounds: int = 1
    steps: int = 300
    minutes: float | None = None
    batch: int = 32
    length: int = 128
    rate: float = 2e-5
    frozen: int = 4
    scale: float = 100.0
    seed: int = 7
    shares: tuple[tuple[str, float], ...] = (
        ("letters", 0.22),
        ("titles", 0.08),
        ("questions", 0.28),
        ("articles", 0.22),
        ("proposals", 0.08),
        ("asks", 0.06),
        ("rules", 0.06),
    )


def tune(base: Path, pairs: Mapping[str, Sequence[Pair]], recipe: Recipe, folder: Path) -> int:
    """Fine-tune the sentence-transformers folder ``base`` and write the result to
    ``folder``. Return how many batches it took."""
    import torch
    from sentence_transformers import (
        SentenceTransformer,
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
    )
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.training_args import (
        BatchSamplers,
        MultiDatasetBatchSamplers,
    )
    from transformers import set_seed

    set_seed(recipe.seed)
    # on a processor the plain attention trains three times as fast as the fused one, and
    # dropout takes half the time; one pass over the pairs does without
    model = SentenceTransformer(
        str(base),
        device="cpu",
        model_kwargs={"attn_implementation": "eager"},
        config_kwargs={"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0},
    )
    full = model.max_seq_length
    model.max_seq_length = recipe.length
    _freeze(model, recipe.frozen)
    clock = _Clock(recipe)
    trainable = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trainable, lr=recipe.rate, weight_decay=0.01)
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, clock.rate)
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(folder / "run"),
        max_steps=recipe.steps,
        per_device_train_batch_size=recipe.batch,
        learning_rate=recipe.rate,
        bf16=_has_bfloat16(),
        use_cpu=True,
        seed=recipe.seed,
        save_strategy="no",
        logging_steps=20,
        report_to="none",
        disable_tqdm=True,
        dataloader_num_workers=0,
        batch_sampler=BatchSamplers.NO_DUPLICATES,
        multi_dataset_batch_sampler=MultiDatasetBatchSamplers.PROPORTIONAL,
    )
    trainer = SentenceTransformerTrainer(
        model=model,
        args=arguments,
        train_dataset=_make_data_sets(pairs, recipe),
        loss=MultipleNegativesRankingLoss(model, scale=recipe.scale),
        optimizers=(optimizer, scheduler),
        callbacks=[clock.make_callback()],
    )
    trainer.train()
    model.max_seq_length = full
    model.save(str(folder), create_model_card=False)
    return int(trainer.state.global_step)


class _Clock:
    """The share of the training that is done, by steps or by minutes, and the rate that
    follows from it: up over the first tenth, then down along a cosine."""

    def __init__(self, recipe: Recipe) -> None:
        self._steps, self._minutes = recipe.steps, recipe.minutes
        self._start = time.monotonic()

    def done(self, step: int) -> float:
        share = step / max(1, self._steps)
        if self._minutes is not None:
            share = max(share, (time.monotonic() - self._start) / (60 * self._minutes))
        return min(1.0, share)

    def rate(self, step: int) -> float:
        done = self.done(step)
        if done < _WARM:
            return 0.01 + 0.99 * done / _WARM
        return max(0.01, 0.5 * (1 + math.cos(math.pi * (done - _WARM) / (1 - _WARM))))

    def make_callback(self) -> TrainerCallback:
        """Return what ends the trainer's loop when the time is over."""
        from transformers import TrainerCallback

        clock = self

        class Stop(TrainerCallback):
            def on_step_end(
                self,
                args: TrainingArguments,
                state: TrainerState,
                control: TrainerControl,
                **_: object,
            ) -> TrainerControl:
                if clock.done(state.global_step) >= 1:
                    control.should_training_stop = True
                return control

        return Stop()


def _freeze(model: SentenceTransformer, layers: int) -> None:
    still = ("embeddings.", *(f"encoder.layer.{i}." for i in range(layers)))
    for name, parameter in model.named_parameters():
        if any(part in name for part in still):
            parameter.requires_grad = False


def _has_bfloat16() -> bool:
    """Say whether the processor multiplies bfloat16 itself; elsewhere it would be slow."""
    import torch

    return bool(torch.cpu._is_amx_tile_supported())


def _make_data_sets(pairs: Mapping[str, Sequence[Pair]], recipe: Recipe) -> DatasetDict:
    """Return a data set a kind, each as large as its share of the run asks; one that has
    too few pairs begins anew."""
    from datasets import (  # type: ignore[import-not-found,unused-ignore]
        Dataset,
        DatasetDict,
    )

    wanted = recipe.steps * recipe.batch
    sets = {}
    for kind, share in recipe.shares:
        if not pairs[kind]:
            continue
        mine = list(pairs[kind])
        size = int(wanted * share) + recipe.batch
        mine = (mine * (size // len(mine) + 1))[:size]
        columns: dict[str, list[str]] = {
            "query": [QUERY + p.query for p in mine],
            "passage": [PASSAGE + p.passage for p in mine],
        }
        if mine[0].other is not None:
            columns["other"] = [PASSAGE + (p.other or "") for p in mine]
        sets[kind] = Dataset.from_dict(columns)
    return DatasetDict(sets)


def average(base: Path, tuned: Path, share: float, folder: Path) -> None:
    """Write to ``folder`` the model whose weights lie between those of ``base`` (share 0)
    and of ``tuned`` (share 1), which keeps what the base knows of other texts (WiSE-FT,
    Wortsman et al. 2022)."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(base), device="cpu")
    other = SentenceTransformer(str(tuned), device="cpu").state_dict()
    mixed = {
        name: value + share * (other[name] - value) if value.is_floating_point() else value
        for name, value in model.state_dict().items()
    }
    model.load_state_dict(mixed)
    model.save(str(folder), create_model_card=False)
