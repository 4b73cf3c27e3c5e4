"""What all commands share: the global options, the desk of a run, a progress bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from replygen.cli.terminal import short
from replygen.settings import Settings, load_settings

if TYPE_CHECKING:
    from replygen.service.adding import Progress
    from replygen.service.desk import Desk

JsonOption = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象")]


@dataclass(slots=True)
class State:
    """The global options of this run."""

    index: Path | None = None
    profile: Path | None = None

    def settings(self, *, new_profile: bool = False) -> Settings:
        """Return the settings of this run, as :func:`load_settings` does. Raises SettingsError."""
        return load_settings(index=self.index, profile=self.profile, new_profile=new_profile)


state = State()


@contextmanager
def open_desk(settings: Settings | None = None) -> Iterator[Desk]:
    """Give the desk of this run and close it. Raises ReplygenError."""
    from replygen.service.desk import Desk

    with Desk(settings or state.settings()) as desk:
        yield desk


@contextmanager
def show_progress(verb: str) -> Iterator[Progress | None]:
    """Yield a callback that moves a bar on a terminal; ``None`` in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(verb)

        def moved(count: int, name: str) -> None:
            bar.update(task, description=f"{verb} {count}：{short(name, 60)}")

        yield moved


def count_up(shown: Progress | None, unit: str) -> Callable[[int, int], None] | None:
    """Return a callback for (done, total) that moves the bar ``shown``; ``None`` where there
    is none."""
    return None if shown is None else lambda done, total: shown(done, f"共 {total} {unit}")
