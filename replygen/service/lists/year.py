"""The year's list as a whole: made, kept, shown again without making anything.

::

    result = make_list(desk, Path("交办清单.xlsx"), Path("提案"), Path("答复"))
    view = view_list(Path("答复"))     # what the page shows: rows, deadlines, open points, twins
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from replygen.errors import StoreError
from replygen.language.files import write_whole
from replygen.service.desk import Desk
from replygen.service.lists.making import (
    OnRow,
    add_deadlines,
    lock_list,
    make_drafts,
    match_list,
)
from replygen.service.lists.overview import write_overview
from replygen.service.lists.twins import Shared, Twin, find_twins
from replygen.service.lists.view import ListView
from replygen.service.lists.work import PROGRESS, ListRow, Progress, State
from replygen.service.lists.workbook import Assignment, read_list
from replygen.settings import Settings

_KEPT = "清单.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class ListResult:
    """What a run did, the list after it, and the seconds taken."""

    view: ListView
    made: int
    kept: int
    seconds: float
    stopped: bool = False


def make_list(
    desk: Desk,
    list_path: Path,
    proposals: Path,
    out: Path,
    *,
    today: date | None = None,
    on_row: OnRow | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> ListResult:
    """Make all drafts of a list that are not made yet, and the overview; return what was
    done. Run again it goes on. ``on_row`` hears (how many, which); ``stopped`` is asked before
    each draft. Raises ReadError (the list, the folder), StoreError, also while another run
    is at the same folder."""
    start = time.perf_counter()
    matches = match_list(desk, list_path, proposals, out)
    with lock_list(out):
        made = make_drafts(desk, matches, out, on_row=on_row, stopped=stopped)
        twins = find_twins(made.rows, desk.judge)
        view = ListView(out, list_path.name, made.rows, twins, made.left)
        _keep(view)
        write_overview(view, today=today or date.today())
    return ListResult(view, made.made, made.kept, time.perf_counter() - start, stopped())


def view_list(out: Path) -> ListView:
    """Return the list whose drafts lie in ``out``, as it is now: drafts that were changed or
    deleted since are seen. Raises StoreError where there is none."""
    path = out / PROGRESS / _KEPT
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        if table["version"] != _VERSION:
            raise ValueError("version")
        rows = tuple(_read_row(Progress(out), row) for row in table["rows"])
        twins = tuple(
            Twin(t["left"], t["right"], tuple(Shared(**s) for s in t["shared"]))
            for t in table["twins"]
        )
        left = tuple((path, why) for path, why in table["left"])
        return ListView(out, table["source"], rows, twins, left)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(
            f"{out}：这里没有做过的清单，请先运行 replygen batch 清单.xlsx --proposals 文件夹 "
            f"-o {out}"
        ) from error


def peek_list(settings: Settings, list_path: Path, out: Path) -> ListView:
    """Return a list that is being drafted, or whose run was killed: its rows with what was made
    so far, nothing compared yet. Raises ReadError (the list)."""
    assignments = add_deadlines(
        read_list(list_path, limits=settings.limits), settings.profile.scheme
    )
    progress = Progress(out)
    rows = tuple(progress.load(row) or ListRow(row, "waiting") for row in assignments)
    return ListView(out, list_path.name, rows)


def _keep(view: ListView) -> None:
    table = {
        "version": _VERSION,
        "source": view.source,
        "rows": [
            {
                "assignment": asdict(row.assignment),
                "state": row.state,
                "file": row.file,
                "title": row.title,
                "why": row.why,
            }
            for row in view.rows
        ],
        "twins": [asdict(twin) for twin in view.twins],
        "left": view.left,
    }
    path = view.out / PROGRESS / _KEPT
    try:
        write_whole(path, json.dumps(table, ensure_ascii=False, indent=1))
    except OSError as error:
        raise StoreError(f"{path}：写不进去（{error.strerror}），请检查权限和磁盘") from error


def _read_row(progress: Progress, table: dict[str, Any]) -> ListRow:
    given = table["assignment"]
    names = ("proposers", "co_hosts")
    assignment = Assignment(**{**given, **{n: tuple(given[n]) for n in names}})
    stored = progress.load(assignment)
    if stored is not None:
        return stored
    state: State = "waiting" if table["state"] == "made" else table["state"]
    return ListRow(assignment, state, table["file"], title=table["title"], why=table["why"])
