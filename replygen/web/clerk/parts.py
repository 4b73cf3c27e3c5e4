"""The parts of the 起草 tab that requests change."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import gradio as gr

Updates = dict[Any, Any]  # a part of the page -> its new value


@dataclass(frozen=True, eq=False)
class Parts:
    """``current`` is the id of the open draft, ``found`` what was found for it; the
    sections of the four steps; then what stands in them from top to bottom;
    ``leaving`` is the file that was just written for the clerk, never seen; ``undo`` the
    buttons that undo and do again, ``clash`` what another window kept out; ``*_wrong``
    stand beside a field that cannot be read."""

    current: gr.Textbox
    found: gr.State
    first: gr.Column
    second: gr.Column
    third: gr.Column
    fourth: gr.Column
    drafts: gr.HTML
    steps: gr.HTML
    saved: gr.HTML
    text: gr.Textbox
    file: gr.File
    files: gr.File
    text_wrong: gr.HTML
    file_wrong: gr.HTML
    files_wrong: gr.HTML
    original: gr.HTML
    editor: gr.HTML
    material: gr.HTML
    cards: gr.HTML
    form: gr.Dropdown
    paper: gr.HTML
    summary: gr.HTML
    docx: gr.Button
    final: gr.Button
    public: gr.Button
    removed: gr.HTML
    leaving: gr.DownloadButton
    findings: gr.HTML
    undo: gr.HTML
    clash: gr.HTML

    def all(self) -> list[Any]:
        """Return every part, in order."""
        return [getattr(self, f.name) for f in fields(self)]


def take_screen(*more: str) -> str:
    """Return the JavaScript that puts what the screen holds into an event's first inputs (the
    place, the head and asks, the ticks), does ``more`` and sends them."""
    held = "a[0] = window.rgMark(a[0]); a[1] = window.rgEdits(); a[2] = window.rgTicks();"
    return f"(...a) => {{ {' '.join((held, *more))} return a; }}"
