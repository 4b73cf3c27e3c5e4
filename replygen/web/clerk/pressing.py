"""What the page's script presses: a hidden button whose answer takes in what the screen holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from replygen.web.clerk.parts import Updates, take_screen

if TYPE_CHECKING:
    import gradio as gr


@dataclass(frozen=True, slots=True)
class Press:
    """A hidden button and what ``answer`` it gets. ``says`` is the script's function that says
    what is wanted, ``after`` the one that is called with the answer on the page, ``always`` also
    where there is none."""

    button: str
    answer: Callable[..., Updates]
    says: str
    after: str = "rgKept"
    always: bool = False


def wire_presses(
    presses: Sequence[Press],
    fields: list[Any],
    outs: list[Any],
    hidden: Callable[[str], gr.Button],
) -> None:
    """Wire the buttons. ``fields`` are the place, the edits, the ticks, the form, what was typed,
    and what is wanted; ``outs`` the parts that may change."""
    for press in presses:
        pressed = hidden(press.button).click(
            press.answer,
            fields,
            outs,
            js=take_screen("a[4] = window.rgValues();", f"a[5] = window.{press.says}();"),
            api_visibility="private",
            show_progress="hidden",
        )
        then = pressed.then if press.always else pressed.success
        then(None, None, None, js=f"() => window.{press.after}()")
