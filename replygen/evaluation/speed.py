"""How fast the index takes passages and answers, on this machine: ``replygen bench``.

Every measurement runs in a child process of its own (:mod:`bench_probe`), one after the
other, so that its peak memory is its own and a failed one does not end the others.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from replygen import __version__
from replygen.evaluation.bench_corpus import Corpus
from replygen.evaluation.bench_rivals import find_rivals
from replygen.index.encoders.loading import DEFAULT_ENCODER

Figures = Mapping[str, Any]
Say = Callable[[str], None]
_QUERIES = 200
_BYTES = 9_000  # free bytes on disk wanted for a passage, indexes being rewritten included


@dataclass(frozen=True, slots=True)
class BenchResult:
    """Speeds over made-up passages. ``tools`` has the figures of each tool on the same
    ``compared`` passages, ``sizes`` ours by number of passages; a tool or size that gave
    none has ``error``. Rates are passages a second, times milliseconds or seconds by
    their names, sizes and memory bytes. ``load`` is how busy the machine was before and
    after (processes that wanted a core)."""

    machine: str
    day: str
    version: str
    encoder: str
    load: tuple[float, float]
    compared: int
    tools: Mapping[str, Figures] = field(default_factory=dict)
    sizes: Sequence[Figures] = ()

    def to_json(self) -> dict[str, object]:
        """Return the figures as ``replygen bench --json`` prints them."""
        found: dict[str, object] = _round(asdict(self))
        return found


def run_bench(
    *,
    sizes: Sequence[int] = (10_000,),
    compared: int = 1_000,
    encoder: str = DEFAULT_ENCODER,
    queries: int = _QUERIES,
    say: Say = lambda line: None,
    keep: Callable[[BenchResult], None] = lambda result: None,
) -> BenchResult:
    """Measure every tool on ``compared`` passages and ourselves on each of ``sizes``,
    asking ``queries`` questions each time; ``say`` is told what is being done, ``keep``
    is given what is known so far after each part. The passages are recombined from
    sentences of national laws."""
    before = read_load()
    curve: list[Figures] = []

    def gather() -> BenchResult:
        result = BenchResult(
            machine=describe_machine(),
            day=date.today().isoformat(),
            version=__version__,
            encoder=encoder,
            load=(before, read_load()),
            compared=compared,
            tools=tools,
            sizes=tuple(curve),
        )
        keep(result)
        return result

    tools = {
        name: _measure_tool(name, there, compared, queries, encoder, say)
        for name, there in find_rivals().items()
        if compared
    }
    gather()
    with TemporaryDirectory(prefix="replygen-bench-") as folder:
        vectors = Path(folder) / "sentences.npy"
        if sizes:
            say("用慢编码器给句子编码（各个规模共用）")
            _run("sentences", say, path=str(vectors), encoder=encoder)
        for size in sizes:
            curve.append(_measure_size(size, Path(folder), vectors, encoder, queries, say))
            gather()
    return gather()


def _measure_tool(
    name: str, there: bool, compared: int, queries: int, encoder: str, say: Say
) -> Figures:
    if not there:
        say(f"{name}：没有安装，跳过")
        return {"error": "没有安装"}
    say(f"{name}：{compared} 条")
    return _run("rival", say, name=name, size=compared, queries=queries, encoder=encoder)


def _measure_size(
    size: int, root: Path, vectors: Path, encoder: str, queries: int, say: Say
) -> Figures:
    """Build an index of ``size`` passages, ask it, compare its vectors, delete it."""
    if shutil.disk_usage(root).free < size * _BYTES:
        return {"size": size, "error": f"磁盘空间不够，要约 {size * _BYTES / 1e9:.0f} GB"}
    folder = root / f"index-{size}"
    given = {"folder": str(folder), "size": size, "encoder": encoder}
    found: dict[str, Any] = {"size": size}
    slow = str(vectors) if vectors.exists() else None
    for job, more, words in (
        ("build", {"vectors": slow}, "建索引"),
        ("ask", {"queries": queries}, "检索"),
        ("recall", {}, "与逐条比较的结果对照"),
    ):
        say(f"{size} 条：{words}")
        found |= _run(job, say, **given, **more)
        if "error" in found:
            break
    else:
        say(f"{size} 条：冷启动检索")
        found |= _search_cold(folder, size, encoder)
    shutil.rmtree(folder, ignore_errors=True)
    return found


def _search_cold(folder: Path, size: int, encoder: str) -> Figures:
    """Time the command ``replygen search`` from its start to its end, the best of 3."""
    work = folder.parent / "work"
    work.mkdir(exist_ok=True)
    (work / "replygen.toml").write_text(f'encoder = "{encoder}"\n', encoding="utf-8")
    query = Corpus(size).queries(1)[0]
    command = [sys.executable, "-m", "replygen.cli", "search", query]
    command += ["--json", "--index", str(folder)]
    times = []
    for _ in range(3):
        start = time.perf_counter()
        done = subprocess.run(command, cwd=work, env=_environment(), capture_output=True)
        times.append(time.perf_counter() - start)
        if done.returncode:
            return {}
    return {"cold_seconds": min(times)}


def _run(job: str, say: Say, **arguments: object) -> dict[str, Any]:
    """Return what a child process measures; its last words under ``error`` when it
    fails."""
    command = [sys.executable, "-m", "replygen.evaluation.bench_probe", job]
    start = time.perf_counter()
    done = subprocess.run(
        [*command, json.dumps(arguments)],
        env=_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    seconds = time.perf_counter() - start
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"退出码 {done.returncode}"])[-1]
        say(f"  没有测成：{last}")
        return {"error": last}
    say(f"  用时 {seconds:.0f} 秒")
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def _environment() -> dict[str, str]:
    """Return the environment for a child: this copy of the package, UTF-8."""
    root = str(Path(__file__).resolve().parents[2])
    others = os.environ.get("PYTHONPATH")
    paths = os.pathsep.join([root, others] if others else [root])
    return {**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"}


def describe_machine() -> str:
    """Return system, cores and Python of this machine in a few words."""
    return (
        f"{platform.system()} {platform.machine()}，{os.cpu_count()} 核，"
        f"Python {platform.python_version()}"
    )


def read_load() -> float:
    """Return how many processes wanted a core, the mean of the last minute."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def _round(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, float):
        return round(value, 4 if abs(value) < 1 else 2)
    if isinstance(value, Mapping):
        return {key: _round(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_round(item) for item in value]
    return value
