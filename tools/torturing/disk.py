"""(c) A full disk and a folder that cannot be written: one Chinese line, and nothing is lost.

As root each trial has a small file system of its own; elsewhere files are limited in size.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from replygen.index import open_index
from tools.torturing.act import make_document
from tools.torturing.parts import ROOT, Part, Wish, environment, python, scratch

_MEGABYTES = 3  # what is free when the commands begin
_ADD = sorted(str(p) for p in (ROOT / "corpus" / "others").glob("*"))
_PROPOSAL = str(ROOT / "corpus" / "proposals" / "0126.docx")
_COMMANDS: dict[str, tuple[str, ...]] = {
    "add": ("index", "add", *_ADD),
    "add quickly": ("index", "add", "--later", *_ADD),
    "fill": ("index", "fill"),
    "rebuild": ("index", "rebuild"),
    "draft": ("draft", _PROPOSAL, "-o", "out/答复.docx"),
    "check with a report": ("check", _PROPOSAL, "--report", "out/报告.html"),
    "add a user": ("user", "add", "小林", "--role", "clerk", "--password-stdin"),
}


def run(wish: Wish) -> Part:
    """Run every command on a disk of several degrees of fullness, and on one that is read
    only."""
    part = Part("disk")
    draw = wish.draw("disk")
    for name in _COMMANDS:
        for free in (0, draw.randrange(4, 60), draw.randrange(60, 900), 0.5):
            if isinstance(free, float):
                _try(part, name, "read-only", kilobytes=None)
            else:
                _try(part, name, f"{free} KB free", kilobytes=free)
    return part


def _try(part: Part, name: str, state: str, *, kilobytes: int | None) -> None:
    part.tried += 1
    with scratch() as outside, _disk(outside / "disk") as disk:
        with open_index(disk / "index", encoder="replygen") as index:
            for number in range(8):
                index.add(*make_document(number))
            index.search("摊位登记")
            ids = {document.id for document in index.documents()}
        (disk / "out").mkdir()
        with _made_tight(disk, kilobytes):
            done = subprocess.run(
                python("-m", "replygen.cli", "--index", str(disk / "index"), *_COMMANDS[name]),
                cwd=disk,
                env=environment(REPLYGEN_WORK=str(disk / "work"), TMPDIR=str(outside)),
                input="lin-2026-clerk\n",
                capture_output=True,
                text=True,
                timeout=300,
                check=False,
            )
        _judge(part, f"{name}, {state}", done)
        with open_index(disk / "index", encoder="replygen") as index:
            report = index.verify()
            part.expect(report.ok, f"{name}, {state}: {report.problems}")
            left = {document.id for document in index.documents()}
            part.expect(ids <= left, f"{name}, {state}: stored documents are lost")
            added = index.add(*make_document(9999))
            part.expect(added.state == "added", f"{name}, {state}: cannot go on")


def _judge(part: Part, name: str, done: subprocess.CompletedProcess[str]) -> None:
    said = done.stderr.strip()
    part.expect("Traceback" not in said + done.stdout, f"{name}: {said[-600:]}")
    part.expect(done.returncode in (0, 1, 2), f"{name}: exit {done.returncode} {said[-300:]}")
    if done.returncode == 2:
        part.expect(0 < len(said.splitlines()) <= 2, f"{name}: not one line: {said[:300]!r}")


@contextmanager
def _disk(folder: Path) -> Iterator[Path]:
    """Yield a folder on a small file system of its own. Raises RuntimeError without root."""
    folder.mkdir()
    if os.geteuid() or shutil.which("mount") is None:
        raise RuntimeError("part c needs root and mount")
    made = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
    subprocess.run(made, check=True, capture_output=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def _made_tight(disk: Path, kilobytes: int | None) -> Iterator[None]:
    """Leave so much free meanwhile; ``None``: nothing can be written at all."""
    stuffing = disk / "stuffing"
    if kilobytes is None:
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        try:
            yield
        finally:
            subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        return
    free = shutil.disk_usage(disk).free - kilobytes * 1024
    with stuffing.open("wb") as out:
        try:
            while free > 0:
                free -= out.write(bytes(min(free, 4096)))
                out.flush()
        except OSError:
            pass
    try:
        yield
    finally:
        stuffing.unlink()
