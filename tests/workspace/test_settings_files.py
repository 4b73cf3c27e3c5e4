"""Profile and choices written back to the user's own files."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from replygen.errors import SettingsError
from replygen.models import Contact
from replygen.settings import Fonts, Profile, load_profile, load_settings, resource
from replygen.workspace import save_choices, save_profile


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "profile.toml"
    shutil.copy(resource("corpus", "profile.toml"), path)
    return path


def test_what_was_not_changed_stays_as_it_was_written(path):
    before = path.read_text(encoding="utf-8")
    profile = load_profile(path)
    save_profile(profile, path)
    assert path.read_text(encoding="utf-8") == before
    save_profile(replace(profile, signer="陆明远"), path)
    after = path.read_text(encoding="utf-8")
    assert after == before.replace("秦知远", "陆明远")


@pytest.mark.parametrize(
    "change",
    [
        {"contacts": ()},
        {"contacts": (Contact("甲", None), Contact(None, "0000-7654321"))},
        {"places": ("东一区",), "cc": ("市政府办公室", "市政协提案委员会")},
        {"fonts": Fonts(body="FangSong")},
        {"short": '我"委\\', "function": "市场监管\t"},
        {"name": "新\u2028名", "level": "县", "scheme": "V3"},
    ],
)
def test_whatever_a_profile_holds_is_read_back_the_same(path, tmp_path, change):
    profile = replace(load_profile(path), **change)
    for target in (path, tmp_path / "new" / "profile.toml"):
        save_profile(profile, target)
        assert load_profile(target) == profile


def test_a_profile_that_a_run_would_refuse_is_not_saved(path):
    before = path.read_bytes()
    with pytest.raises(SettingsError, match="单位全称"):
        save_profile(Profile(), path)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["profile.toml"]


def test_a_file_that_cannot_be_read_is_left_alone(path):
    path.write_text("[unit\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="请先改好"):
        save_profile(Profile(name="甲局"), path)
    assert path.read_text(encoding="utf-8") == "[unit\n"


def test_a_run_takes_up_the_choices_and_keeps_the_rest(tmp_path, path):
    own = tmp_path / "replygen.toml"
    own.write_text('# 我们的\nindex = "idx"  # 大盘\n\n[limits]\npages = 7\n', encoding="utf-8")
    save_choices(tmp_path, profile=path, form="phase", encoder="hash")
    text = own.read_text(encoding="utf-8")
    assert "# 我们的" in text and "# 大盘" in text
    settings = load_settings(cwd=tmp_path)
    assert settings.index == tmp_path / "idx" and settings.limits.pages == 7
    assert (settings.form, settings.encoder) == ("phase", "hash")
    assert settings.profile_path == path
    save_choices(tmp_path, profile=path, form="letter", encoder="replygen")
    assert load_settings(cwd=tmp_path).form == "letter"
