"""evaluation: how good and how fast the search is, measured on named data sets.

``quality`` runs questions with known answers (``datasets`` reads them, ``metrics``
counts); ``relevance`` holds the judge of relevance against graded pairs; ``ablation`` weighs
what each part of the search adds, ``quality_page`` writes it down; ``training`` makes the
encoders and the judge; ``drafts`` counts how much real drafts
say, ``writer`` what a language model does with them; ``split`` tells what the encoders were
trained on, ``tables`` reads the room's data. ``plots`` is for notebooks. ``speed`` measures
this machine, each figure in a child process (``bench_probe``) over recombined passages
(``bench_corpus``), beside other tools (``bench_rivals``), and ``bench_page`` writes it down.
"""

from replygen.evaluation.bench_page import write_page
from replygen.evaluation.quality import EvalResult, run_eval
from replygen.evaluation.speed import BenchResult, run_bench

__all__ = ["BenchResult", "EvalResult", "run_bench", "run_eval", "write_page"]
