"""The notebooks run on the sample corpus, and their plots show Chinese."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest

from replygen.evaluation.plots import TextPlot, draw_bars, draw_map, find_chinese_font

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(autouse=True)
def _no_warning_is_passed_over(recwarn):
    """matplotlib warns of every sign that its font cannot draw."""
    yield
    assert [w for w in recwarn if "missing from" in str(w.message)] == []


def test_there_are_three_notebooks_without_outputs_in_chinese():
    import nbformat

    assert [p.stem for p in NOTEBOOKS] == ["explore", "measures", "quality"]
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert all(not c.get("outputs") and not c.get("execution_count") for c in notebook.cells)
        assert notebook.cells[0].source.startswith("# ")


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs_and_draws(path, tmp_path):
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    os.environ.setdefault("PYTHONPATH", str(ROOT))
    NotebookClient(
        notebook,
        timeout=900,
        kernel_name="python3",
        resources={"metadata": {"path": str(tmp_path)}},
    ).execute()
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", ())]
    assert "".join(o.get("text", "") for o in outputs if o.output_type == "stream").count("\n") > 0
    assert not [o for o in outputs if o.output_type == "error"]
    told = "".join(o.get("text", "") for o in outputs if o.get("name") == "stderr")
    assert "missing from" not in told
    pictures = [o.data["image/png"] for o in outputs if "image/png" in o.get("data", {})]
    if find_chinese_font():
        assert len(pictures) >= 2
    for number, picture in enumerate(pictures):
        where = Path(os.environ.get("REPLYGEN_PICTURES", tmp_path)) / f"{path.stem}-{number}.png"
        where.write_bytes(base64.b64decode(picture))
        assert where.stat().st_size > 3000


def test_a_plot_draws_every_sign(tmp_path):
    if find_chinese_font() is None:
        pytest.skip("这台机器上没有中文字体")
    bars = draw_bars({"直播电商": 7, "校外托管": 3, "没有": 0}, "各地的措施（条）", unit=" 条")
    bars.save(tmp_path / "bars.png")
    spots = draw_map(["明厨亮灶", "建立台账"], ["泊原市"], {("建立台账", "泊原市"): 1.0}, "措施图")
    spots.save(tmp_path / "map.png")
    assert (tmp_path / "bars.png").stat().st_size > 5000


def test_without_a_chinese_font_the_plot_is_text(monkeypatch):
    monkeypatch.setattr("replygen.evaluation.plots.find_chinese_font", lambda: None)
    bars = draw_bars({"甲": 2, "乙": 1, "丙": 0}, "题目", unit=" 份")
    assert isinstance(bars, TextPlot)
    assert repr(bars).splitlines() == [
        "题目",
        f"甲　{'█' * 40} 2 份",
        f"乙　{'█' * 20} 1 份",
        "丙　 0 份",
    ]
    spots = draw_map(["甲"], ["A市", "B市"], {("甲", "B市"): 1.0}, "题目")
    assert repr(spots).splitlines() == ["题目", "1. A市　2. B市", "甲：2"]
