"""Show what the corpus holds: plots, with the same numbers as tables for who cannot see
them, and what the corpus cites that is no longer in force."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from replygen.service.stale import Audit
from replygen.statistics import Survey, draw_bars
from replygen.web.indexer.show_index import OWNERS
from replygen.web.show import show_empty
from replygen.web.templating import render

_MOST_BARS = 15
_MOST_STALE = 200
_VERDICTS = {
    "repealed": "已废止",
    "no_such_article": "没有这一条",
    "not_in_force": "尚未施行",
    "outdated_edition": "条号已变",
}
_Rows = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class _Plot:
    """A plot: ``shown`` are the rows drawn, ``image`` is "" where this machine draws none."""

    title: str
    rows: _Rows
    shown: _Rows
    image: str

    @property
    def told(self) -> str:
        """What a screen reader says."""
        return f"{self.title}：" + "，".join(f"{name} {value}" for name, value in self.shown)

    @property
    def most(self) -> int:
        """The value of the longest bar."""
        return max((value for _, value in self.shown), default=1) or 1


def show_statistics(survey: Survey) -> str:
    """Return the survey as plots, each with its table, and the kinds of measures."""
    if not survey.documents:
        return show_empty("语料库里还没有材料，没有可统计的：先在“加入材料”里加入。")
    kinds = [(kind.name, kind.places) for kind in survey.kinds]
    plots = (
        _plot("各年的材料（份）", survey.years),
        _plot("各领域的材料（份）", survey.fields),
        _plot("各地的材料（份）", survey.places),
        _plot("最常采取的做法（有几个地方用过）", kinds[:_MOST_BARS]),
    )
    return render("indexer/statistics.html", survey=survey, plots=plots)


def show_stale(audit: Audit) -> str:
    """Return what the corpus and the forms cite that must not be taken over."""
    return render(
        "indexer/stale.html", audit=audit, most=_MOST_STALE, owners=OWNERS, verdicts=_VERDICTS
    )


def _plot(title: str, rows: _Rows) -> _Plot:
    shown = _cut(rows)
    drawn = draw_bars(shown, title=title)
    image = "" if drawn is None else f"data:image/svg+xml;base64,{b64encode(drawn).decode()}"
    return _Plot(title, rows, shown, image)


def _cut(rows: _Rows) -> _Rows:
    """The first rows; the rest as one. Years are in order: of them the latest."""
    if len(rows) <= _MOST_BARS:
        return list(rows)
    if all(name.isdecimal() for name, _ in rows):
        return list(rows[-_MOST_BARS:])
    rest = rows[_MOST_BARS - 1 :]
    return [*rows[: _MOST_BARS - 1], (f"其余 {len(rest)} 项", sum(v for _, v in rest))]
