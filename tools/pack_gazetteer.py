"""Build replygen/entities/data/gazetteer.gz from tools/places.tsv.gz and place_stop.tsv.

    python tools/pack_gazetteer.py

The same places, laid out so that a program that starts reads them in a few hundredths of a
second: five blocks of text with a form feed between them.

1. the names of the rows in tree order, one a line
2. their levels, one character each (p c a t)
3. the numbers of their parents, blank-separated, -1 for none
4. every name in use, with tabs between: name, strength (0 to 3), rows that it can mean
   (comma-separated); a strength with + is one of a province or city
5. the first two characters of names, each followed by the lengths of the names that begin so,
   a length as chr(64 + length): 白塔DE
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from replygen.entities.places import BARE, CONTEXT, FULL, NO_PLACE  # noqa: E402
from replygen.entities.tables import read_words  # noqa: E402

SOURCE = Path(__file__).with_name("places.tsv.gz")
TARGET = ROOT / "replygen" / "entities" / "data" / "gazetteer.gz"
DEPTH = {"p": 0, "c": 1, "a": 2, "t": 3}


def pack() -> str:
    """Return the five blocks."""
    names: list[str] = []
    levels: list[str] = []
    parents: list[int] = []
    rows: dict[str, list[int]] = {}
    strength: dict[str, int] = {}
    above = [-1, -1, -1, -1]
    text = gzip.decompress(SOURCE.read_bytes()).decode("utf-8")
    for line in text.splitlines():
        level, name, short, use = line.split("\t")
        row, depth = len(names), DEPTH[level]
        names.append(name)
        levels.append(level)
        parents.append(next((above[d] for d in range(depth - 1, -1, -1) if above[d] >= 0), -1))
        above[depth:] = [row] + [-1] * (3 - depth)
        rows.setdefault(name, []).append(row)
        strength[name] = max(CONTEXT if use == "x" else FULL, strength.get(name, 0))
        if short:
            rows.setdefault(short, []).append(row)
            strength[short] = max(BARE if use == "b" else CONTEXT, strength.get(short, 0))
            if "自治" in name and level in "ca":
                # 恩施州, 屏边县: how everybody shortens 恩施土家族苗族自治州, 屏边苗族自治县.
                rows.setdefault(short + name[-1], []).append(row)
                strength[short + name[-1]] = FULL
    for phrase in sorted(read_words("place_stop.tsv")):
        strength[phrase] = NO_PLACE
    cells = []
    for name in strength:
        ids = rows.get(name, [])
        high = "+" if ids and levels[ids[0]] in "pc" else ""
        cells += [name, f"{strength[name]}{high}", ",".join(map(str, ids))]
    blocks = ["\n".join(names), "".join(levels), " ".join(map(str, parents)), "\t".join(cells)]
    return "\f".join([*blocks, _heads(strength)])


def _heads(strength: dict[str, int]) -> str:
    lengths: dict[str, set[int]] = {}
    for name in strength:
        lengths.setdefault(name[:2], set()).add(len(name))
    return "\n".join(
        head + "".join(map(chr, (size + 64 for size in sorted(sizes, reverse=True))))
        for head, sizes in sorted(lengths.items())
    )


if __name__ == "__main__":
    TARGET.write_bytes(gzip.compress(pack().encode("utf-8"), 9, mtime=0))
    print(f"{TARGET.stat().st_size} bytes")
