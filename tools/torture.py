"""Torture the program and say what it lost, hung on or stumbled over.

    python tools/torture.py [--parts abcd] [--seed 1] [--kills 200] [--files 3000]
                            [--minutes 10] [--short] [--json]

(a) kills at random points of add, fill, rebuild, remove and the page's drafts; (b) mutated
docx, pdf, html, zip, doc, txt files and the usual traps; (c) a full disk and a folder that
cannot be written; (d) users at work while a batch runs. ``--short`` is what CI runs. The exit
code is 1 when anything went wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.torturing import disk, files, kills, office
from tools.torturing.parts import Part, Wish

PARTS = {"a": kills.run, "b": files.run, "c": disk.run, "d": office.run}
_SHORT = {"kills": 10, "files": 60, "minutes": 0.3}


def main() -> int:
    """Run the parts and print what they say."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--parts", default="abcd", help="which parts, as letters")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--kills", type=int)
    options.add_argument("--files", type=int)
    options.add_argument("--minutes", type=float)
    options.add_argument("--short", action="store_true", help="a few of each, as CI runs it")
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    if not asked.parts or set(asked.parts) - set(PARTS):
        options.error("--parts takes letters of abcd")
    usual = _SHORT if asked.short else {"kills": 200, "files": 3000, "minutes": 10.0}
    given = {k: v for k in usual if (v := getattr(asked, k)) is not None}
    wish = Wish(seed=asked.seed, **{**usual, **given})  # type: ignore[arg-type]
    done = [_run(letter, wish) for letter in dict.fromkeys(asked.parts)]
    if asked.json:
        sys.stdout.write(json.dumps([part.show() for part in done], ensure_ascii=False) + "\n")
    else:
        for part in done:
            sys.stdout.write(_tell(part))
    return int(any(part.faults for part in done))


def _run(letter: str, wish: Wish) -> Part:
    start = time.perf_counter()
    part = PARTS[letter](wish)
    part.figures["seconds"] = round(time.perf_counter() - start, 1)
    return part


def _tell(part: Part) -> str:
    figures = ", ".join(f"{name} {value}" for name, value in part.figures.items())
    lines = [f"{part.name}: {part.tried} tried, {len(part.faults)} faults ({figures})"]
    return "".join(f"{line}\n" for line in (*lines, *(f"  {fault}" for fault in part.faults)))


if __name__ == "__main__":
    sys.exit(main())
