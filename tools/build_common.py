"""Build replygen/entities/data/common.txt.gz: the words that official prose uses every day.

    python tools/build_common.py ../shared/data

Counted are words only, in how many letters, proposals and statutes each stands; a word counts
as common when several documents of two kinds have it, or many of one. Words that replies of the
last years coined (容缺, 适老, 网格员) are added from official_words.txt, kept by hand. Line 1
of the result holds the words of naming kind (nouns, adjectives), line 2 the others (verbs,
adverbs, particles), line 3 the verbs that are not common, by the tags of jieba's dictionary
(MIT). No sentence is kept.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from replygen.language.words import cut_words, read_official_words, read_vocabulary  # noqa: E402

TARGET = ROOT / "replygen" / "language" / "data" / "common.txt.gz"
HAN = re.compile("[\u4e00-\u9fff]+")
VERBAL = re.compile(r"v(?!n)|[dpcruy]")


def main(folder: Path) -> None:
    """Write the word list and say how many words it holds."""
    vocabulary = read_vocabulary()

    @lru_cache(maxsize=400_000)
    def cut(run: str) -> tuple[str, ...]:
        return tuple(cut_words(run, vocabulary))

    counts: dict[str, Counter[str]] = {"letters": Counter(), "proposals": Counter()}
    counts["statutes"] = Counter()
    for kind, text in _documents(folder):
        counts[kind].update({w for run in HAN.findall(text) for w in cut(run) if len(w) > 1})
    tags = _tags()
    common = {w for w in set().union(*counts.values()) if _is_common(w, counts, tags)}
    common |= read_official_words()
    verbal = {w for w in common if VERBAL.match(tags.get(w, "n"))}
    rare = {w for w in vocabulary - common if VERBAL.match(tags.get(w, "n"))}
    lines = [" ".join(sorted(words)) for words in (common - verbal, verbal, rare)]
    TARGET.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), 9, mtime=0))
    print(f"{len(common)} words, {len(verbal)} of them verbs, {len(rare)} rare verbs")


def _is_common(word: str, counts: dict[str, Counter[str]], tags: dict[str, str]) -> bool:
    found = [counter[word] for counter in counts.values()]
    kinds = sum(count > 0 for count in found)
    if tags.get(word, "n") == "j":  # short forms: 三合 is a village in one city's letters
        return kinds == 3
    return sum(found) >= 3 and (kinds > 1 or counts["statutes"][word] >= 4 or max(found) >= 5)


def _documents(folder: Path) -> Iterator[tuple[str, str]]:
    for row in _rows(folder / "letters.jsonl.gz"):
        yield "letters", "\n".join([row["title"], row["question"], row["reply"]])
    for row in _rows(folder / "proposals.jsonl.gz"):
        yield "proposals", f"{row['title']}\n{row['body']}"
    laws: dict[str, list[str]] = {}
    for row in _rows(folder / "statutes.jsonl.gz"):
        laws.setdefault(row["law"], []).append(row["text"])
    for row in _rows(folder / "rules.jsonl.gz"):
        laws.setdefault(row["title"], []).append(row["body"])
    for texts in laws.values():
        yield "statutes", "\n".join(texts)


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _tags() -> dict[str, str]:
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed")
    rows = Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    return {word: tag for word, _, tag in (row.split(" ")[:3] for row in rows)}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
