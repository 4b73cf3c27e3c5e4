"""Plots with Chinese words, in a font that is already on the machine; text where none is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Families with simplified Chinese, best for a screen first: Windows, macOS, Linux.
_FAMILIES = (
    "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "Noto Sans CJK SC", "Noto Sans SC",
    "Source Han Sans SC", "Source Han Sans CN", "Noto Sans CJK JP", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "Heiti SC", "SimHei", "SimSun", "Arial Unicode MS",
)  # fmt: skip
_PROBE = "答复鑫囧"  # a font that draws these draws what replies hold
_BLUE, _GREY, _INK = "#1e4f91", "#d0d7de", "#1f2937"
_WIDEST = 40  # signs of the longest bar in text


@dataclass(frozen=True)
class TextPlot:
    """A plot as lines of text: what a notebook shows where no Chinese font is there."""

    text: str

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True)
class PicturePlot:
    """A drawn plot; a notebook shows it by itself, without a plotting backend."""

    figure: Figure

    def save(self, path: Path) -> None:
        """Write the picture as PNG."""
        path.write_bytes(self._repr_png_())

    def _repr_png_(self) -> bytes:
        data = BytesIO()
        self.figure.savefig(data, format="png")
        return data.getvalue()


@lru_cache(maxsize=1)
def find_chinese_font() -> str | None:
    """Return the family of a font on this machine that has Chinese, or ``None``."""
    from matplotlib.font_manager import fontManager

    paths: dict[str, str] = {}
    for entry in fontManager.ttflist:
        paths.setdefault(entry.name, entry.fname)
    others = sorted(name for name in paths if "CJK" in name or "Han" in name or "Hei" in name)
    for family in (*_FAMILIES, *others):
        if family in paths and _draws_chinese(paths[family]):
            return family
    return None


def draw_bars(
    rows: Mapping[str, float], title: str, *, unit: str = "", font: str | None = None
) -> PicturePlot | TextPlot:
    """Return horizontal bars, the first row on top, each with its number. ``font`` is a
    family; without one, the best of this machine is taken."""
    family = font or find_chinese_font()
    if family is None:
        return TextPlot(_write_bars(rows, title, unit))
    figure, axes = _start(title, family, height=0.6 + 0.36 * max(len(rows), 1))
    names, values = list(rows), list(rows.values())
    bars = axes.barh(names, values, color=_BLUE, height=0.62)
    axes.bar_label(bars, [f"{value:g}{unit}" for value in values], padding=4, color=_INK)
    axes.invert_yaxis()
    axes.set_xlim(0, max(values, default=1) * 1.15 or 1)
    axes.xaxis.set_visible(False)
    return PicturePlot(figure)


def draw_map(
    rows: Sequence[str],
    columns: Sequence[str],
    marks: Mapping[tuple[str, str], float],
    title: str,
    *,
    font: str | None = None,
) -> PicturePlot | TextPlot:
    """Return a map with a dot where a row and a column meet; ``marks`` gives the dots'
    weights (0..1: how dark)."""
    family = font or find_chinese_font()
    if family is None:
        return TextPlot(_write_map(rows, columns, marks, title))
    figure, axes = _start(title, family, height=1.6 + 0.34 * len(rows))
    for y, row in enumerate(rows):
        axes.axhline(y, color=_GREY, linewidth=0.6, zorder=0)
        for x, column in enumerate(columns):
            weight = marks.get((row, column))
            if weight is not None:
                axes.scatter(x, y, s=120, color=_BLUE, alpha=0.35 + 0.65 * min(max(weight, 0), 1))
    axes.set_xticks(range(len(columns)), columns, rotation=30, ha="left")
    axes.set_yticks(range(len(rows)), rows)
    axes.xaxis.tick_top()
    axes.set_xlim(-0.6, len(columns) - 0.4)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    return PicturePlot(figure)


def _start(title: str, family: str, *, height: float) -> tuple[Figure, Any]:
    from matplotlib import rcParams
    from matplotlib.figure import Figure

    rcParams["font.sans-serif"] = [family, "DejaVu Sans"]
    rcParams["font.family"] = "sans-serif"
    rcParams["axes.unicode_minus"] = False
    figure = Figure(figsize=(9, height), layout="constrained", dpi=96)
    axes = figure.subplots()
    axes.set_title(title, loc="left", color=_INK, fontsize=13)
    axes.tick_params(length=0, labelsize=10, labelcolor=_INK)
    for side in axes.spines.values():
        side.set_visible(False)
    return figure, axes


def _draws_chinese(path: str) -> bool:
    from matplotlib.ft2font import FT2Font

    try:
        font = FT2Font(path)
    except (OSError, RuntimeError):
        return False
    return all(font.get_char_index(ord(sign)) for sign in _PROBE)


def _write_bars(rows: Mapping[str, float], title: str, unit: str) -> str:
    most = max(rows.values(), default=0) or 1
    lines = [
        f"{name}　{'█' * max(1, round(value / most * _WIDEST)) if value else ''} {value:g}{unit}"
        for name, value in rows.items()
    ]
    return "\n".join((title, *lines))


def _write_map(
    rows: Sequence[str],
    columns: Sequence[str],
    marks: Mapping[tuple[str, str], float],
    title: str,
) -> str:
    heads = [f"{n}. {name}" for n, name in enumerate(columns, 1)]
    lines = []
    for row in rows:
        has = "、".join(str(n) for n, name in enumerate(columns, 1) if (row, name) in marks)
        lines.append(f"{row}：{has or '—'}")
    return "\n".join((title, "　".join(heads), *lines))
