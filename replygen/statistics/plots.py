"""Plots with Chinese labels, drawn on the server; never with boxes for characters."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# Fonts that have every common Chinese character, by the names systems know them under.
_FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",
)
_BAR, _FRAME = 0.32, 0.55  # inches: height of one bar, of what is around the bars
_WIDTH = 6.4
_INK, _BLUE = "#24292f", "#3b82c4"


@cache
def find_font() -> str | None:
    """Return the path of a font of this machine that has Chinese characters, or None, also
    where matplotlib (extra ``plots``) is not installed."""
    if find_spec("matplotlib") is None:
        return None
    from matplotlib.font_manager import fontManager

    # Of one name the regular weight; a font's weight is a number or a word.
    found = sorted(fontManager.ttflist, key=lambda f: f.weight in (400, "normal", "regular"))
    paths = {font.name: font.fname for font in found if font.style == "normal"}
    return next((paths[n] for n in _FONTS if n in paths and Path(paths[n]).is_file()), None)


def draw_bars(
    rows: Sequence[tuple[str, int]], *, title: str, width: float = _WIDTH
) -> bytes | None:
    """Return an SVG of horizontal bars, the first row on top, with each number at its
    bar's end; letters are drawn as paths, so it looks the same on every machine. None
    where this machine has no Chinese font. ``width`` in inches."""
    path = find_font()
    if path is None or not rows:
        return None
    import matplotlib
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    font = FontProperties(fname=path, size=10)
    with matplotlib.rc_context({"svg.fonttype": "path", "svg.hashsalt": "replygen"}):
        figure = Figure(figsize=(width, _FRAME + _BAR * len(rows)), layout="constrained")
        axes = figure.add_subplot()
        values = [value for _, value in rows]
        bars = axes.barh(range(len(rows)), values, color=_BLUE, height=0.66)
        axes.bar_label(bars, padding=3, fontproperties=font, color=_INK)
        axes.set_yticks(range(len(rows)), [_make_label(name) for name, _ in rows])
        for label in axes.get_yticklabels():
            label.set_fontproperties(font)
            label.set_color(_INK)
        axes.invert_yaxis()
        axes.set_xlim(0, max(values) * 1.12 or 1)
        axes.xaxis.set_visible(False)
        axes.spines[["top", "right", "bottom"]].set_visible(False)
        axes.tick_params(axis="y", length=0)
        heading = FontProperties(fname=path, size=11)
        axes.set_title(_make_label(title), loc="left", fontproperties=heading, color=_INK)
        out = io.BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()


def _make_label(text: str) -> str:
    """Text that matplotlib must not take for a formula, short enough for a label."""
    text = " ".join(text.split()).replace("$", "＄")
    return text if len(text) <= 18 else f"{text[:17]}…"
