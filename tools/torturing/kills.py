"""(a) Processes killed at random points of add, fill, rebuild, remove and the page's drafts.

Afterwards what was said to be stored is there, at most the step that was under way is lost
or there besides, the index verifies, and the same work can go on.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from replygen.errors import ReplygenError
from replygen.index import open_index
from replygen.workspace import DraftStore
from tools.torturing import act
from tools.torturing.parts import Part, Wish, environment, python, scratch

ACTIONS = ("add", "fill", "rebuild", "remove", "draft")
_BASE = 40  # documents there are before


@dataclass(frozen=True)
class _Killed:
    said: list[str]
    before_its_end: bool


def run(wish: Wish) -> Part:
    """Kill ``wish.kills`` processes, in turn of each action."""
    part, draw = Part("kills"), wish.draw("kills")
    with scratch() as folder:
        base = folder / "base"
        _make_base(base)
        lasts = {action: _measure(action, base, folder / "whole") for action in ACTIONS}
        in_time = 0
        for number in range(wish.kills):
            action = ACTIONS[number % len(ACTIONS)]
            trial = folder / "trial"
            shutil.copytree(base, trial)
            killed = _kill(action, trial, draw.uniform(0, lasts[action]))
            in_time += killed.before_its_end
            part.tried += 1
            try:
                _CHECKS[action](part, trial, killed.said, f"{action} #{number}")
            except (ReplygenError, OSError) as error:
                part.faults.append(f"{action} #{number}: {error}")
            shutil.rmtree(trial)
    part.figures = {"killed_before_the_end": in_time}
    return part


def _make_base(folder: Path) -> None:
    with open_index(folder / "index", encoder="hash") as index:
        for number in range(_BASE):
            index.add(*act.make_document(number))
        index.search("第一类摊位")


def _start(action: str, folder: Path) -> subprocess.Popen[str]:
    worker = subprocess.Popen(
        python("-m", "tools.torturing.act", action, str(folder)),
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    assert worker.stdout is not None
    if worker.stdout.readline() != "go\n":
        raise RuntimeError(f"{action} did not begin")
    return worker


def _measure(action: str, base: Path, folder: Path) -> float:
    """Return the seconds that an action takes when nobody kills it."""
    shutil.copytree(base, folder)
    worker, start = _start(action, folder), time.perf_counter()
    worker.communicate()
    shutil.rmtree(folder)
    if worker.returncode:
        raise RuntimeError(f"{action} fails by itself")
    return time.perf_counter() - start


def _kill(action: str, folder: Path, delay: float) -> _Killed:
    worker = _start(action, folder)
    time.sleep(delay)
    worker.send_signal(signal.SIGKILL)
    assert worker.stdout is not None
    said = worker.stdout.read().split("\n")[:-1]  # an unfinished line was not said
    return _Killed(said, worker.wait() == -signal.SIGKILL)


def _check_add(part: Part, folder: Path, said: list[str], name: str) -> None:
    before = {act.name_document(number) for number in range(_BASE)}
    ids = _check_index(part, folder, "add", name)
    part.expect(before | set(said) <= ids, f"{name}: a stored document is lost")
    part.expect(len(ids - before - set(said)) <= 1, f"{name}: more documents than were added")


def _check_remove(part: Part, folder: Path, said: list[str], name: str) -> None:
    before = {act.name_document(number) for number in range(_BASE)}
    ids = _check_index(part, folder, "remove", name)
    part.expect(not ids & set(said), f"{name}: a removed document is back")
    part.expect(len(before - ids - set(said)) <= 1, f"{name}: another document is lost")


def _check_cache(action: str) -> Callable[[Part, Path, list[str], str], None]:
    def check(part: Part, folder: Path, said: list[str], name: str) -> None:
        before = {act.name_document(number) for number in range(_BASE)}
        ids = _check_index(part, folder, action, name)
        part.expect(before == ids, f"{name}: other documents than before")
        if action == "fill":
            with act.open_base(folder, action) as index:
                index.fill()
                left = index.count_unfilled()
            part.expect(left == 0, f"{name}: {left} passages cannot be encoded")

    return check


def _check_index(part: Part, folder: Path, action: str, name: str) -> set[str]:
    """Verify, search and go on; return the documents that there were."""
    with act.open_base(folder, action) as index:
        report = index.verify()
        part.expect(report.ok, f"{name}: {report.problems}")
        ids = {document.id for document in index.documents()}
        if ids:
            part.expect(bool(index.search("第一类摊位登记")), f"{name}: a search finds nothing")
        added = index.add(*act.make_document(9000 + random.Random(name).randrange(900)))
        part.expect(added.state == "added", f"{name}: nothing can be added any more")
        index.search("第一类摊位登记")
        again = index.verify()
        whole = again.ok and (action == "fill" or not again.notes)
        part.expect(whole, f"{name}: {again.problems} {again.notes}")
    return ids


def _check_draft(part: Part, folder: Path, said: list[str], name: str) -> None:
    store = DraftStore(folder / "work")
    rows = store.rows(act.USER)
    if not said:
        part.expect(len(rows) <= 1, f"{name}: more drafts than one")
        return
    id, number = said[-1].split()
    work = store.read(id, act.USER)
    known = {f"第{n}天" for n in (int(number), int(number) + 1)} if int(number) else {None, "第1天"}
    part.expect(work.values.get("时间") in known, f"{name}: {work.values} after step {number}")
    changed = store.change(id, act.USER, lambda w: act.replace(w, notes=("接着做",)))
    part.expect(store.read(id, act.USER) == changed, f"{name}: cannot go on")


_CHECKS: dict[str, Callable[[Part, Path, list[str], str], None]] = {
    "add": _check_add,
    "remove": _check_remove,
    "fill": _check_cache("fill"),
    "rebuild": _check_cache("rebuild"),
    "draft": _check_draft,
}
