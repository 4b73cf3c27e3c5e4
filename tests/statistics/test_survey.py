"""What the corpus holds, counted; plots with Chinese labels or none at all."""

from __future__ import annotations

import pytest

from replygen.models import Document
from replygen.service.desk import Desk
from replygen.settings import Settings, resource
from replygen.statistics import draw_bars, find_font, survey_corpus, tell_field
from replygen.statistics.plots import _FONTS


@pytest.fixture(scope="module")
def survey(tmp_path_factory):
    with Desk(Settings(index=tmp_path_factory.mktemp("survey") / "index")) as desk:
        desk.add([resource("corpus", "own")], own=True)
        desk.add(sorted(resource("corpus", "others").glob("boyuan*")))
        desk.add([resource("corpus", "rules")])
        return survey_corpus(desk.index)


def test_documents_are_counted_by_year_place_and_field_without_statutes(survey):
    replies = len(list(resource("corpus", "others").glob("boyuan*")))
    assert survey.documents == 12 + replies
    assert survey.own == 12
    assert survey.looked_at == survey.documents
    for counted in (survey.years, survey.places, survey.fields):
        assert sum(number for _, number in counted) == survey.documents
    assert dict(survey.places)["泊原市"] >= replies - 1  # one is read as a proposal of no place
    years = [year for year, _ in survey.years]
    assert years == sorted(years)


def test_kinds_of_measures_are_counted_by_place_with_examples(survey):
    assert survey.measures > 50
    places = [kind.places for kind in survey.kinds]
    assert places == sorted(places, reverse=True)
    for kind in survey.kinds:
        assert kind.places <= kind.documents <= kind.measures
        assert len({place for _, place, _ in kind.examples}) == len(kind.examples)
    assert {kind.name for kind in survey.kinds} >= {"培训、考核上岗", "制定标准、规范、指引"}


@pytest.mark.parametrize(
    ("issuer", "title", "head", "field"),
    [
        ("甲市教育局", "关于直播的答复", "", "教育"),
        (None, "关于加强养老服务的答复", "", "民政养老"),
        (None, "关于第88号提案的答复", "关于优化公交线路", "交通"),
        ("甲市机关事务局", "关于第88号提案的答复", "", "其他"),
    ],
)
def test_a_field_is_told_by_the_unit_then_by_the_words(issuer, title, head, field):
    document = Document("x", "x.txt", "reply", title, None, None, issuer, None)
    assert tell_field(document, head) == field


def test_a_plot_draws_letters_as_paths_and_takes_no_name_for_a_formula():
    if find_font() is None:
        pytest.skip("这台机器没有中文字体")
    drawn = draw_bars([("甲市$x$", 3), ("<script>", 1)], title="各地的材料（份）")
    assert drawn is not None
    text = drawn.decode("utf-8")
    assert text.count("<path") > 8
    assert "<text" not in text
    assert "<script>" not in text
    assert "http://" not in text.replace("http://www.w3.org", "").replace(
        "http://purl.org", ""
    ).replace("http://creativecommons.org", "")


def test_without_a_chinese_font_nothing_is_drawn(monkeypatch):
    from matplotlib.font_manager import fontManager

    kept = [font for font in fontManager.ttflist if font.name not in _FONTS]
    monkeypatch.setattr(fontManager, "ttflist", kept)
    find_font.cache_clear()
    try:
        assert find_font() is None
        assert draw_bars([("甲", 1)], title="乙") is None
    finally:
        find_font.cache_clear()
