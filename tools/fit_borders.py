"""Fit replygen/parsing/data/borders.tsv: where a heading that lost its mark ends.

Headings that have a mark (完善评估机制。目前…) are taken from the numbered items of
../shared (proposals, letters, rules); the mark is taken away and the model learns to find
the place again. Clauses without a heading teach that an item may have none. The asks of
tests/parsing/headings_read.json, whose headings three readers marked, count more.

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
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from replygen.entities.vocabulary import cut_words
from replygen.language.marks import find_chains
from replygen.parsing import parse_proposal_text
from replygen.parsing.border_signs import border_signs, none_signs
from replygen.parsing.borders import candidates, find_border, least_score
from replygen.parsing.openings import first_verb
from replygen.parsing.word_ends import dictionary, last_word
from tools.fit_demands import locate, read_texts

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "replygen" / "parsing" / "data" / "borders.tsv"
SHEET = ROOT / "tests" / "parsing" / "headings_read.json"
_FIELDS = {"proposals": "body", "letters": "reply_core", "rules": "body"}
_HEADED = re.compile(r"\s*([\u4e00-\u9fff“”《》、，0-9A-Za-z—·-]{5,34})[。：\n]\s*(?=([^\n]{18,}))")
# 应当加强对…的管理: a clause, and the modal behind which its verb stands
_CLAUSE = re.compile(r"[\u4e00-\u9fff“”《》、]{4,40}(?=[，。；！？\n：])")
_MODAL = re.compile(r"应当|应该|必须|需要|可以|负责|依法|有权|不得|建议|应|要|须|将")
_OWN_MARK = re.compile(r"[^。：；\n]{4,32}[。：\n].")
_READ = 4.0  # what an ask that was read counts for
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


def read_asks(shared: Path) -> dict[str, list[tuple[str, int]]]:
    """Return for every proposal its asks with the place of the border, -1 where they have none:
    those that readers marked, and those whose heading has its own mark."""
    sheet = json.loads(SHEET.read_text(encoding="utf-8"))["proposals"]
    found: dict[str, list[tuple[str, int]]] = {}
    for name, row in sorted(read_texts(shared).items()):
        asks = [a.text for a in parse_proposal_text(row["body"], title=row["title"]).asks]
        read = dict(sheet.get(name, ()))
        for text, places in zip(asks, locate(row["body"], asks), strict=True):
            length = read.get(next(iter(places), -1))
            own = _OWN_MARK.match(text) is not None
            if length is None and not own:
                continue
            running = length and text[length : length + 1] not in "。：\n，；、"
            found.setdefault(name, []).append((text, length if running else -1))
    return found


def fit(
    examples: list[tuple[str, int]], counts: list[float], least: int = 3, penalty: float = 3.0
) -> dict[str, float]:
    """Return the weight of every sign: one choice an item, among its places and none."""
    rows, item, goal = [], [], []
    for n, (text, border) in enumerate(examples):
        text = text[:60]
        places = candidates(text)
        rows += [none_signs(text), *(border_signs(text, place) for place in places)]
        goal += [border not in places, *(place == border for place in places)]
        item += [n] * (len(places) + 1)
    count = Counter(name for row in rows for name in row)
    names = sorted(n for n, k in count.items() if k >= least and n == "".join(n.split()))
    column = {n: i for i, n in enumerate(names)}
    cells = [(r, column[n]) for r, row in enumerate(rows) for n in row if n in column]
    signs = csr_matrix(
        (np.ones(len(cells)), tuple(zip(*cells, strict=True))), shape=(len(rows), len(names))
    )
    group, chosen, weight = np.array(item), np.array(goal, dtype=float), np.array(counts)[item]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        scores = signs @ flat
        top = np.full(len(examples), -np.inf)
        np.maximum.at(top, group, scores)
        odds = np.exp(scores - top[group])
        share = odds / np.bincount(group, odds)[group]
        missed = -(weight * chosen * np.log(share + 1e-12)).sum()
        return missed + penalty * flat @ flat, signs.T @ (
            weight * (share - chosen)
        ) + 2 * penalty * flat

    best = minimize(
        loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 120}
    )
    return {n: float(w) for n, w in zip(names, best.x, strict=True) if abs(w) > 0.02}


def measure(weights: dict[str, float] | None, asks: list[list[tuple[str, int]]]) -> Counter[str]:
    """Return of the asks of proposals: headings found at their very end (right), elsewhere
    (wrong) and not (none), and of asks without one those that show a border (alarm, plain)."""
    figures: Counter[str] = Counter()
    for proposal in asks:
        least = least_score([text for text, _ in proposal], weights=weights)
        for text, border in proposal:
            got = find_border(text, weights=weights, least=least)
            if border > 0:
                figures["right" if got == border else "wrong" if got else "none"] += 1
            else:
                figures["alarm" if got else "plain"] += 1
    return figures


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
    """Count, measure crosswise on fifths of the proposals, fit, and write the tables."""
    shared = ROOT.parent / "shared"
    count_statistics(shared)
    made = read_examples(read_bodies(shared))
    read = read_asks(shared)
    names = sorted(read)
    random.Random(3).shuffle(names)

    def learn(of: list[str]) -> dict[str, float]:
        asks = [ask for name in of for ask in read[name]]
        return fit([*made, *asks], [1.0] * len(made) + [_READ] * len(asks))

    figures: Counter[str] = Counter()
    for part in range(5):
        weights = learn([n for i, n in enumerate(names) if i % 5 != part])
        figures += measure(weights, [read[n] for i, n in enumerate(names) if i % 5 == part])
    sys.stdout.write(f"asks nobody had fitted by: {dict(figures)}\n")
    lines = [f"{name}\t{weight:.3f}" for name, weight in sorted(learn(names).items())]
    head = "# made by tools/fit_borders.py: signs of a lost mark and their weights\n"
    TABLE.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(
        f"{len(made)} examples, {sum(map(len, read.values()))} asks, {len(lines)} weights\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
