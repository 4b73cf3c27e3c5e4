"""Fit replygen/parsing/data/borders.tsv: where a heading that lost its mark ends.

Headings that have a mark (完善评估机制。目前…) are taken from the numbered items of
../shared (proposals, letters, rules); the mark is taken away and the model learns to find
the place again. Clauses without a heading teach that most places are none.

    python -m tools.fit_borders
"""

from __future__ import annotations

import gzip
import json
import math
import random
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from replygen.entities.vocabulary import cut_words
from replygen.language.marks import find_chains
from replygen.parsing.borders import border_features, candidates
from replygen.parsing.openings import first_verb
from replygen.parsing.word_ends import dictionary, last_word

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "replygen" / "parsing" / "data" / "borders.tsv"
_FIELDS = {"proposals": "body", "letters": "reply_core", "rules": "body"}
_HEADED = re.compile(r"\s*([\u4e00-\u9fff“”《》、，0-9A-Za-z—·-]{5,34})[。：\n]\s*(?=([^\n]{18,}))")
# 应当加强对…的管理: a clause, and the modal behind which its verb stands
_CLAUSE = re.compile(r"[\u4e00-\u9fff“”《》、]{4,40}(?=[，。；！？\n：])")
_MODAL = re.compile(r"应当|应该|必须|需要|可以|负责|依法|有权|不得|建议|应|要|须|将")
_PLAIN = re.compile(r"[^，。；：\n]{8,60}(?=[，。；])")


def read_bodies(shared: Path) -> list[str]:
    """Return the texts that have numbered items."""
    bodies = []
    for name, field in _FIELDS.items():
        with gzip.open(shared / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            bodies += [json.loads(line)[field] for line in lines]
    return bodies


def read_examples(bodies: list[str]) -> list[tuple[str, int]]:
    """Return glued texts with the place of the border, -1 for clauses that have none."""
    found: dict[tuple[str, int], None] = {}
    for body in bodies:
        for chain in find_chains(body):
            ends = [*(m.start for m in chain[1:]), len(body)]
            for mark, end in zip(chain, ends, strict=True):
                item = body[mark.end : end]
                headed = _HEADED.match(item)
                if headed and headed.group(1).count("，") <= 1:
                    head, rest = headed.group(1), headed.group(2)
                    if len(re.findall(r"[\u4e00-\u9fff]", rest[:8])) >= 5:
                        found[head + rest[:60].split("\n")[0], len(head)] = None
                        for clause in _PLAIN.findall(rest)[:3]:
                            found[clause, -1] = None
    return list(found)


def fit(examples: list[tuple[str, int]], least: int = 4, strength: float = 0.3) -> dict[str, float]:
    """Return the weight of every feature."""
    rows, goal = [], []
    for text, border in examples:
        for place in candidates(text):
            rows.append(border_features(text, place))
            goal.append(int(place == border))
    count: dict[str, int] = {}
    for row in rows:
        for name in row:
            count[name] = count.get(name, 0) + 1
    names = sorted(n for n, k in count.items() if k >= least)
    place_of = {n: i for i, n in enumerate(names)}
    cells = [(r, place_of[n]) for r, row in enumerate(rows) for n in row if n in place_of]
    matrix = csr_matrix(
        (np.ones(len(cells)), tuple(zip(*cells, strict=True))), shape=(len(rows), len(names))
    )
    model = LogisticRegression(C=strength, max_iter=300).fit(matrix, goal)
    weights = dict(zip(names, model.coef_[0], strict=True))
    return {"bias": float(model.intercept_[0])} | {
        n: float(w) for n, w in weights.items() if abs(w) > 0.02
    }


def measure(
    weights: dict[str, float], examples: list[tuple[str, int]], least: float
) -> tuple[int, ...]:
    """Return headings, headings found at the very place, other places found, false alarms."""
    from replygen.parsing.borders import find_border

    headed = [(t, b) for t, b in examples if b > 0]
    got = [find_border(t, weights=weights, least=least) for t, _ in headed]
    right = sum(g == b for g, (_, b) in zip(got, headed, strict=True))
    wrong = sum(g > 0 and g != b for g, (_, b) in zip(got, headed, strict=True))
    plain = [t for t, b in examples if b < 0]
    alarms = sum(find_border(t, weights=weights, least=least) > 0 for t in plain)
    return len(headed), right, wrong, len(plain), alarms


def read_all(shared: Path, step: int) -> list[str]:
    """Return the texts that words are counted in: bodies, questions, replies and every
    ``step``-th article."""
    texts = read_bodies(shared)
    for name, field, each in (
        ("letters", "question", 1),
        ("letters", "reply", 1),
        ("statutes", "text", step),
    ):
        with gzip.open(shared / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            texts += [json.loads(line)[field] for n, line in enumerate(lines) if n % each == 0]
    return texts


def count_endings(texts: list[str]) -> None:
    """Write how often a clause that opens with a verb ends with a word; a clause that stands
    in several texts counts once."""
    pairs: Counter[tuple[str, str]] = Counter()
    for clause in dict.fromkeys(c for text in texts for c in _CLAUSE.findall(text)):
        modal = _MODAL.search(clause)
        verb = first_verb(clause) or (first_verb(clause[modal.end() :]) if modal else "")
        word = last_word(re.sub("[”》]$", "", clause))
        if len(verb) > 1 and len(word) > 1:
            pairs.update([(verb, word), (verb, ""), ("", word)])
    rows = sorted((verb, word, n) for (verb, word), n in pairs.items() if n > 1)
    _pack("endings.tsv.gz", [f"{verb}\t{word}\t{n}" for verb, word, n in rows])


def count_statistics(shared: Path) -> None:
    """Write what words sentences begin and end with, and which characters keep together."""
    count_endings(read_all(shared, 1))
    texts = read_all(shared, 8)
    starts, ends, words, pairs, chars = (Counter[str]() for _ in range(5))
    for text in texts:
        for sentence in re.split(
            r"[。；！？\n]", text.replace("\n", "") if len(text) > 3000 else text
        ):
            runs = re.findall(r"[\u4e00-\u9fff]+|[^\u4e00-\u9fff]+", sentence)
            for n, run in enumerate(runs):
                if not "\u4e00" <= run[0] <= "\u9fff":
                    continue
                chars.update(run)
                pairs.update(map(str.__add__, run, run[1:]))
                cut = cut_words(run, dictionary())
                words.update(cut)
                starts[cut[0]] += n == 0
                ends[cut[-1]] += n == len(runs) - 1

    def odds(found: Counter[str], word: str) -> int:
        expected = (words[word] + 5) / words.total()
        return max(-3, min(3, round(math.log((found[word] + 0.5) / found.total() / expected))))

    rows = {w: (odds(starts, w), odds(ends, w)) for w, n in sorted(words.items()) if n >= 12}
    _pack("sentence_ends.tsv.gz", [f"{w}\t{a}\t{b}" for w, (a, b) in rows.items() if a or b])
    total = chars.total()
    bonds = {p: math.log(n * total / chars[p[0]] / chars[p[1]]) for p, n in pairs.items() if n >= 6}
    _pack(
        "bonds.tsv.gz",
        [f"{p}\t{max(-2.0, min(4.0, round(2 * b) / 2)):g}" for p, b in sorted(bonds.items())],
    )


def _pack(name: str, lines: list[str]) -> None:
    data = ("\n".join(lines) + "\n").encode()
    (TABLE.parent / name).write_bytes(gzip.compress(data, 9, mtime=0))


def main() -> int:
    """Count, measure on a held fifth, fit, and write the tables."""
    count_statistics(ROOT.parent / "shared")
    bodies = read_bodies(ROOT.parent / "shared")
    random.Random(5).shuffle(bodies)
    held = read_examples(bodies[::5])
    weights = fit(read_examples([b for n, b in enumerate(bodies) if n % 5]))
    for least in (-1.0, -0.5, 0.0, 0.5, 1.0):
        sys.stdout.write(
            f"{least}: headings, right, elsewhere, plain, false: {measure(weights, held, least)}\n"
        )
    examples = read_examples(bodies)
    weights = fit(examples)
    lines = [f"{name}\t{weight:.3f}" for name, weight in sorted(weights.items())]
    head = "# made by tools/fit_borders.py: signs of a lost mark and their weights\n"
    TABLE.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(examples)} examples, {len(lines)} weights\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
