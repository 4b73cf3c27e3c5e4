"""设置: the unit's profile, the forms, the encoder, the fonts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from replygen.desk import Desk

if TYPE_CHECKING:
    import gradio as gr


def build_settings(desk: Desk, page: gr.Blocks) -> None:
    """Lay out the tab and wire it."""
    import gradio as gr

    gr.HTML("<h3>本单位信息</h3>")
