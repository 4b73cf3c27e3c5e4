"""Build replygen/language/data/vocabulary.txt.gz: ordinary words, none of them a name.

    python tools/build_vocabulary.py ../shared/data/statutes.jsonl.gz

Words of 2 to 4 characters from jieba's dictionary (MIT) that are not tagged as names of
people, places or bodies and are not rare, and terms that national statutes use at least
four times which the dictionary lacks.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from replygen.language.words import cut_words  # noqa: E402

TARGET = ROOT / "replygen" / "language" / "data" / "vocabulary.txt.gz"
NAME_TAGS = {"nr", "nrt", "nrfg", "ns", "nt", "nz"}
HAN = re.compile("[\u4e00-\u9fff]+")


def main(statutes: Path) -> None:
    """Write the word list and say how many words it holds."""
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed")
    words = set()
    for line in Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split(" ")[:3]
        if HAN.fullmatch(word) and 2 <= len(word) <= 4 and tag not in NAME_TAGS:
            if int(count) >= 8:
                words.add(word)
    rest: Counter[str] = Counter()
    with gzip.open(statutes, "rt", encoding="utf-8") as lines:
        for line in lines:
            rest.update(set(_leftovers(json.loads(line)["text"], frozenset(words))))
    words |= {word for word, count in rest.items() if count >= 4 and len(word) <= 5}
    text = "\n".join(sorted(words)) + "\n"
    TARGET.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{len(words)} words, {TARGET.stat().st_size} bytes")


def _leftovers(text: str, words: frozenset[str]) -> list[str]:
    found = []
    for run in HAN.findall(text):
        for piece in "".join(w if len(w) == 1 else " " for w in cut_words(run, words)).split():
            if len(piece) >= 2:
                found.append(piece)
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
