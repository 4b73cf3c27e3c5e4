"""Build replygen/entities/data/independent.txt.gz: which words independent sources have, and what
stands beside those that could be a name.

    python tools/build_independent.py ../shared/data

Counted are words and pairs of neighbouring words, in how many documents each stands: national
laws (one document a law), departmental rules, letters to a city with their replies, proposals,
and the replies of our own corpus. Words and pairs that two documents have are kept, words with
their count. No sentence is kept. The first part of the result has one word a line
with its count, the second, behind an empty line, a word and the words that may follow it.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from replygen.entities.independent import EDGE  # noqa: E402
from replygen.entities.prose import cut_tokens  # noqa: E402
from replygen.parsing import parse_source  # noqa: E402
from replygen.reading import read_all  # noqa: E402

TARGET = ROOT / "replygen" / "entities" / "data" / "independent.txt.gz"
HAN = re.compile("[\u4e00-\u9fff]+")


def main(folder: Path) -> None:
    """Write the table and say what it holds."""
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()

    @lru_cache(maxsize=400_000)
    def cut(run: str) -> tuple[str, ...]:
        return tuple(cut_tokens(run))

    for text in _documents(folder):
        found: set[str] = set()
        beside: set[tuple[str, str]] = set()
        for run in HAN.findall(text):
            tokens = cut(run)
            found.update(tokens)
            beside.update(zip((EDGE, *tokens), (*tokens, EDGE), strict=True))
        words.update(found)
        pairs.update(beside)
    follow: dict[str, list[str]] = defaultdict(list)
    for (left, right), count in pairs.items():
        if count >= 2:
            follow[left].append(right)
    lines = [f"{word} {count}" for word, count in sorted(words.items()) if count >= 2]
    lines += ["", *(" ".join((left, *sorted(follow[left]))) for left in sorted(follow))]
    TARGET.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), 9, mtime=0))
    print(len(words), sum(map(len, follow.values())), TARGET.stat().st_size)


def _documents(folder: Path) -> Iterator[str]:
    yield from _read_corpus().values()
    for row in _rows(folder / "letters.jsonl.gz"):
        yield "\n".join([row["title"], row["question"], row["reply"]])
    for row in _rows(folder / "proposals.jsonl.gz"):
        yield f"{row['title']}\n{row['body']}"
    laws: dict[str, list[str]] = {}
    for row in _rows(folder / "statutes.jsonl.gz"):
        laws.setdefault(row["law"], []).append(row["text"])
    for row in _rows(folder / "rules.jsonl.gz"):
        laws.setdefault(row["title"], []).append(row["body"])
    for texts in laws.values():
        yield "\n".join(texts)


def _read_corpus() -> dict[str, str]:
    """Our own corpus, the papers of one place as one document: what a place says twice is no
    independent proof."""
    places: dict[str, str] = defaultdict(str)
    paths = [p for p in (ROOT / "corpus").rglob("*") if p.suffix in (".txt", ".html", ".docx")]
    for source in read_all(sorted(paths)):
        if not isinstance(source, Exception):
            region = getattr(parse_source(source), "region", None)
            places[region or source.path] += source.text + "\n"
    return places


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
