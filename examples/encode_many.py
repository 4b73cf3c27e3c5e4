# ruff: noqa: T201 - a script that talks to a terminal
"""Encode an index's passages on several processes or machines, and bring the vectors back.

Three steps; the first and the last run where the index is, the second anywhere::

    python examples/encode_many.py export --index index --jobs jobs
    python examples/encode_many.py encode --jobs jobs --workers 2            # one machine
    python examples/encode_many.py encode --jobs jobs --part 3/8             # the 3rd of 8
    python examples/encode_many.py encode --jobs jobs --ray                  # a Ray cluster
    python examples/encode_many.py import --index index --jobs jobs

``jobs`` is a folder that all of them see (a network drive, or copied to and fro). Each
job is a file of passages; its vectors are written beside it under a temporary name and
renamed when they are whole, so any step can be broken off and run again, and machines
need not know of each other. Only the passages' texts leave the machine with the index.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from replygen.index.encoders.encoder import Encoder
from replygen.index.encoders.loading import load_encoder, load_stages
from replygen.index.local.caches import Caches
from replygen.index.local.store import Store

NOTE = "jobs.json"
_encoder: Encoder | None = None  # one a process, loaded at its first job


def export_jobs(index: Path, jobs: Path, *, encoder: str, size: int) -> int:
    """Write the passages without a vector into files of ``size``; return how many files."""
    jobs.mkdir(parents=True, exist_ok=True)
    store = Store(index)
    try:
        fast, slow = load_stages(encoder)
        wanted = slow or fast
        caches = Caches(store, fast, slow)
        rows = store.missing_vectors(wanted.name)
        count = 0
        for start in range(0, len(rows), size):
            texts = caches.read_texts(rows[start : start + size])
            lines = [json.dumps([row, text], ensure_ascii=False) for row, text in texts.items()]
            write_whole(jobs / f"{count:06}.jsonl", "\n".join(lines).encode("utf-8"))
            count += 1
        note = {"store": store.identity, "encoder": encoder, "name": wanted.name, "jobs": count}
        write_whole(jobs / NOTE, json.dumps(note).encode("utf-8"))
        return count
    finally:
        store.close()


def encode_job(path: str, encoder: str) -> int:
    """Encode one file unless its vectors are there; return how many passages it has."""
    global _encoder
    job = Path(path)
    done = job.with_suffix(".npz")
    if done.exists():
        return 0
    if _encoder is None:
        _encoder = load_encoder(encoder)
    pairs = [json.loads(line) for line in job.read_text(encoding="utf-8").splitlines()]
    vectors = _encoder.encode([text for _, text in pairs], kind="passage")
    part = job.with_suffix(f".{os.getpid()}.part.npz")
    np.savez(part, rows=np.array([row for row, _ in pairs]), vectors=vectors.astype(np.float16))
    part.replace(done)
    return len(pairs)


def encode_here(jobs: Sequence[Path], encoder: str, workers: int) -> Iterator[int]:
    """Encode on this machine; give the number of passages of each job as it ends."""
    if workers == 1:
        yield from (encode_job(str(job), encoder) for job in jobs)
        return
    # fork would copy threads of the model's runtime half-way: start afresh
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        running = [pool.submit(encode_job, str(job), encoder) for job in jobs]
        for ended in as_completed(running):
            yield ended.result()


def encode_by_ray(jobs: Sequence[Path], encoder: str) -> Iterator[int]:
    """Encode on a Ray cluster (``ray start``), or on this machine's cores where there is
    none; every node must see the folder under the same path."""
    import ray

    ray.init(ignore_reinit_error=True, log_to_driver=False)
    remote = ray.remote(num_cpus=2)(encode_job)  # the encoder uses two cores
    running = [remote.remote(str(job.resolve()), encoder) for job in jobs]
    while running:
        ended, running = ray.wait(running)
        yield from ray.get(ended)


def import_vectors(index: Path, jobs: Path) -> int:
    """Store the vectors that are there and catch the caches up; return how many."""
    note = json.loads((jobs / NOTE).read_text(encoding="utf-8"))
    store = Store(index)
    try:
        if store.identity != note["store"]:
            raise SystemExit(f"{jobs} 不是从 {index} 导出的")
        count = 0
        for path in sorted(jobs.glob("[0-9]*[0-9].npz")):
            with np.load(path) as found:
                rows, vectors = found["rows"], found["vectors"].astype(np.float32)
            store.keep_vectors(note["name"], rows.tolist(), vectors)
            count += len(rows)
        Caches(store, *load_stages(note["encoder"])).catch_up()
        return count
    finally:
        store.close()


def list_jobs(jobs: Path, part: str) -> list[Path]:
    """Return the jobs of part i/n that are still to do."""
    number, _, parts = part.partition("/")
    found = sorted(jobs.glob("*.jsonl"))[int(number) - 1 :: int(parts)]
    return [job for job in found if not job.with_suffix(".npz").exists()]


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    part = path.with_suffix(path.suffix + ".part")
    part.write_bytes(data)
    part.replace(path)


def run_encode(options: argparse.Namespace) -> str:
    """Encode what is to do and tell how fast it went."""
    note: dict[str, Any] = json.loads((options.jobs / NOTE).read_text(encoding="utf-8"))
    jobs = list_jobs(options.jobs, options.part)
    start, total = time.perf_counter(), 0
    if options.ray:
        counts = encode_by_ray(jobs, note["encoder"])
    else:
        counts = encode_here(jobs, note["encoder"], options.workers)
    for number, count in enumerate(counts, 1):
        total += count
        print(f"{number}/{len(jobs)}：{total} 条", flush=True)
    seconds = time.perf_counter() - start
    return f"编码 {total} 条，{seconds:.1f} 秒，每秒 {total / max(seconds, 1e-9):.0f} 条"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one of the three steps."""
    parser = argparse.ArgumentParser(description="把编码分到多个进程或多台机器上")
    parser.add_argument("step", choices=("export", "encode", "import"))
    parser.add_argument("--jobs", type=Path, required=True, help="放任务文件的文件夹")
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--encoder", default="replygen")
    parser.add_argument("--size", type=int, default=2_000, help="每个任务多少条")
    parser.add_argument("--workers", type=int, default=1, help="本机开几个进程")
    parser.add_argument("--part", default="1/1", help="第几台／共几台，如 3/8")
    parser.add_argument("--ray", action="store_true", help="交给 Ray")
    options = parser.parse_args(arguments)
    if options.step == "export":
        count = export_jobs(options.index, options.jobs, encoder=options.encoder, size=options.size)
        print(f"导出 {count} 个任务到 {options.jobs}")
    elif options.step == "encode":
        print(run_encode(options))
    else:
        print(f"收回 {import_vectors(options.index, options.jobs)} 条向量")


if __name__ == "__main__":
    main()
