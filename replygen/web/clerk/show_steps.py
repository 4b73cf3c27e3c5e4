"""Show what can be undone and done again, and every step of a draft."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from replygen.web.templating import render
from replygen.workspace import Step

_MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class _Shown:
    """A step as the list tells it. What was undone and left so can be done again alone."""

    number: int
    at: str
    what: str
    done: bool


def show_steps_bar(steps: Sequence[Step], *, ticked: Sequence[str] = (), old: bool = False) -> str:
    """Return the buttons 撤销 and 重做 with what they would do, and the list of the steps, each
    to be taken back alone. The script takes from it which cards are ``ticked``, and whether
    the letter is ``old``: composed from other things than the screen holds."""
    done = [step for step in steps if step.state == "done"]
    undone = [step for step in steps if step.state == "undone"]
    return render(
        "clerk/undo.html",
        undo=done[-1] if done else None,
        redo=undone[0] if undone else None,
        steps=[_show(step) for step in steps[: -_MOST_SHOWN - 1 : -1]],
        ticked=json.dumps(list(ticked)),
        old=old,
    )


def _show(step: Step) -> _Shown:
    at = datetime.fromisoformat(step.at).astimezone()
    return _Shown(step.number, f"{at:%H:%M}", step.what, step.state == "done")
