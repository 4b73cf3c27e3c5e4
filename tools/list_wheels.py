"""Say for which Python on which system every package of a clerk's install comes as a wheel.

    python tools/list_wheels.py [--json]        (asks the package index; needs `pip install uv`)

Resolves the base dependencies with OCR under constraints.txt once a system and Python, looks
at the files that the index offers for each chosen package, and names those of which none fits.
A combination that the index did not answer for is no "yes": it ends the run with exit code 2.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import parse_wheel_filename

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ((3, 10), (3, 11), (3, 12), (3, 13), (3, 14))


@dataclass(frozen=True)
class System:
    """A kind of machine: uv's name for it and the platform tags that it can install."""

    name: str
    uv: str
    platforms: tuple[str, ...]


def _linux(machine: str) -> tuple[str, ...]:
    # glibc 2.28: Debian 10, RHEL 8 and what the offices' Linux builds on
    many = (f"manylinux_2_{minor}_{machine}" for minor in range(28, 4, -1))
    return (*many, f"manylinux2014_{machine}", f"manylinux2010_{machine}", f"manylinux1_{machine}")


MACOS = (14, 0)
SYSTEMS = (
    System("Linux x86_64", "x86_64-manylinux_2_28", _linux("x86_64")),
    System("Linux aarch64", "aarch64-manylinux_2_28", _linux("aarch64")),
    System("macOS arm64", "aarch64-apple-darwin", tuple(mac_platforms(MACOS, "arm64"))),
    System("macOS x86_64", "x86_64-apple-darwin", tuple(mac_platforms(MACOS, "x86_64"))),
    System("Windows x86_64", "x86_64-pc-windows-msvc", ("win_amd64",)),
)
# “Because onnxruntime>=1.24.1 has no wheels with a matching platform tag”
_NO_WHEELS = re.compile(r"Because ([\w.-]+?)(?:[<>=!~][^ ]*)? has no (?:usable )?wheels")


class Unanswered(Exception):
    """The index, or uv, could not be asked: nothing is known."""


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 0 answered, 2 could not ask."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--json", action="store_true")
    asked = options.parse_args(arguments)
    try:
        missing = {s.name: {_text(p): find_missing(s, p) for p in PYTHONS} for s in SYSTEMS}
    except Unanswered as error:
        sys.stderr.write(f"{error}\n")
        return 2
    out = json.dumps(missing, ensure_ascii=False) if asked.json else show(missing)
    sys.stdout.write(out + "\n")
    return 0


def find_missing(system: System, python: tuple[int, int]) -> list[str]:
    """The packages that have no wheel there, sorted; Unanswered when the index did not say.

    Where the resolver itself finds no way, only the package that stopped it is known.
    """
    with tempfile.TemporaryDirectory() as folder:
        lock = Path(folder) / "pylock.toml"
        done = _resolve(system, python, lock)
        if done.returncode == 0:
            return look_up(lock.read_text(encoding="utf-8"), system, python)
    stopped = sorted(set(_NO_WHEELS.findall(" ".join(done.stderr.split()))))
    if done.returncode == 1 and stopped:
        return stopped
    why = next((line for line in done.stderr.splitlines() if line.strip()), "uv 没有说明原因")
    raise Unanswered(
        f"{system.name} Python {_text(python)} 没有查成，包索引没有回答：{why.strip()}"
    )


def look_up(lock: str, system: System, python: tuple[int, int]) -> list[str]:
    """The packages of a pylock.toml of which no wheel fits the system and Python, sorted."""
    fitting = _tags(system.platforms, python)
    return sorted(
        package["name"]
        for package in tomllib.loads(lock)["packages"]
        if not any(_fits(file, fitting) for file in package.get("wheels", []))
    )


def show(missing: dict[str, dict[str, list[str]]]) -> str:
    """A Markdown table: a row a system, a column a Python, in each cell what is missing."""
    head = ["", *(_text(python) for python in PYTHONS)]
    rows = [[name, *(_cell(row[_text(p)]) for p in PYTHONS)] for name, row in missing.items()]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def _resolve(
    system: System, python: tuple[int, int], lock: Path
) -> subprocess.CompletedProcess[str]:
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    if uv is None:
        raise Unanswered("要用 uv 查包索引：先运行 pip install uv")
    command = [uv, "pip", "compile", "--quiet", "--no-header", "--format", "pylock.toml"]
    command += ["--python-version", _text(python), "--python-platform", system.uv]
    command += ["--constraint", "constraints.txt", "--extra", "ocr"]
    return subprocess.run(
        [*command, "--output-file", str(lock), "pyproject.toml"],
        cwd=ROOT,
        env={**os.environ, "MACOSX_DEPLOYMENT_TARGET": ".".join(map(str, MACOS))},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def _tags(platforms: Iterable[str], python: tuple[int, int]) -> frozenset[Tag]:
    listed = list(platforms)
    own = cpython_tags(python, platforms=listed)
    return frozenset((*own, *compatible_tags(python, f"cp{python[0]}{python[1]}", listed)))


def _fits(file: dict[str, str], fitting: frozenset[Tag]) -> bool:
    name = file.get("name") or file["url"].rsplit("/", 1)[-1]
    return bool(parse_wheel_filename(name)[3] & fitting)


def _text(python: tuple[int, int]) -> str:
    return f"{python[0]}.{python[1]}"


def _cell(names: list[str]) -> str:
    return f"缺 {'、'.join(names)}" if names else "全"


if __name__ == "__main__":
    sys.exit(main())
