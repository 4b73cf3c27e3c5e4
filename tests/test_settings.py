"""Settings and profiles: precedence, and what a wrong file is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from replygen.errors import SettingsError
from replygen.settings import Page, load_profile, load_settings, resource


def test_an_option_beats_the_environment_which_beats_the_file(tmp_path, monkeypatch):
    (tmp_path / "replygen.toml").write_text('index = "from-file"\n', encoding="utf-8")
    assert load_settings(cwd=tmp_path).index == tmp_path / "from-file"
    monkeypatch.setenv("REPLYGEN_INDEX", "from-env")
    assert load_settings(cwd=tmp_path).index == tmp_path / "from-env"
    assert load_settings(cwd=tmp_path, index=Path("given")).index == tmp_path / "given"


def test_without_a_profile_the_unit_has_no_name(tmp_path, monkeypatch):
    monkeypatch.delenv("REPLYGEN_PROFILE", raising=False)
    assert load_settings(cwd=tmp_path).profile.name == ""


def test_the_sample_profile_is_whole_and_says_that_it_is_fictional():
    profile = load_profile(resource("corpus", "profile.toml"))
    assert profile.fictional
    assert profile.name == "云川市市场监督管理局"
    assert profile.places and profile.contacts and profile.doc_prefix


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[unit]\nname = "甲局"\ncolour = "red"\n', "colour"),
        ('[unit]\nname = "甲局"\n[units]\n', "units"),
        ('[unit]\nregion = "甲市"\n', "name"),
        ('[unit]\nname = "甲局"\nplaces = "乙镇"\n', "places"),
        ('[unit]\nname = "甲局"\nlevel = "厅局"\n', "level"),
        ("[unit\n", "TOML"),
        ('[[contacts]]\ntel = "1"\n', "tel"),
    ],
)
def test_a_wrong_profile_is_refused_with_what_is_wrong(tmp_path, text, said):
    path = tmp_path / "p.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        load_profile(path)


@pytest.mark.parametrize(
    ("said", "level"),
    [("区", "县"), ("县级", "县"), ("旗", "县"), ("州", "市"), ("自治区", "省"), ("街道", "乡")],
)
def test_a_unit_calls_its_level_as_its_place_does(tmp_path, said, level):
    path = tmp_path / "p.toml"
    path.write_text(f'[unit]\nname = "甲局"\nlevel = "{said}"\n', encoding="utf-8")
    assert load_profile(path).level == level


def test_a_profile_that_is_missing_or_not_utf8_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="打不开"):
        load_profile(tmp_path / "none.toml")
    bad = tmp_path / "bad.toml"
    bad.write_bytes('[unit]\nname = "甲局"\n'.encode("gb18030"))
    with pytest.raises(SettingsError, match="UTF-8"):
        load_profile(bad)


@pytest.mark.parametrize(
    ("page", "word"),
    [
        ('proxies = ["nginx"]', "不是地址或网段"),
        ("proxies = [1]", "要写成"),
        ('root_path = "replygen"', "root_path"),
        ('root_path = "/replygen/"', "root_path"),
        ('root_path = "/a b"', "root_path"),
        ('proxy = "10.1.2.3"', "不认识"),
    ],
)
def test_a_wrong_page_setting_is_told(tmp_path, page, word):
    (tmp_path / "replygen.toml").write_text(f"[page]\n{page}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=word):
        load_settings(cwd=tmp_path)


def test_the_page_settings_are_read(tmp_path):
    text = '[page]\nproxies = ["10.1.2.3", "fd00::/8"]\nhosts = ["a.cn"]\nroot_path = "/replygen"\n'
    (tmp_path / "replygen.toml").write_text(text, encoding="utf-8")
    page = load_settings(cwd=tmp_path).page
    assert page == Page(proxies=("10.1.2.3", "fd00::/8"), hosts=("a.cn",), root_path="/replygen")


def test_the_page_opens_with_a_profile_that_is_still_to_be_written(tmp_path):
    settings = load_settings(profile=Path("单位.toml"), cwd=tmp_path, new_profile=True)
    assert (settings.profile_path, settings.profile.name) == (tmp_path / "单位.toml", "")
    with pytest.raises(SettingsError, match="没有这个文件"):
        load_settings(profile=Path("单位.toml"), cwd=tmp_path)
    with pytest.raises(SettingsError, match="没有这个文件"):  # a folder that is not there is a slip
        load_settings(profile=Path("没有/单位.toml"), cwd=tmp_path, new_profile=True)
