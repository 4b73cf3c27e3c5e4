"""evaluation: how good and how fast the search is, measured on named data sets.

``quality`` runs questions with known answers (``datasets`` reads them, ``metrics``
counts); ``speed`` measures this machine.
"""

from replygen.evaluation.quality import EvalResult, run_eval
from replygen.evaluation.speed import BenchResult, run_bench

__all__ = ["BenchResult", "EvalResult", "run_bench", "run_eval"]
