"""设置: what the fields hold becomes the profile, is saved where it belongs, is shown."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from replygen.models import Contact
from replygen.service.desk import Desk
from replygen.settings import Settings, load_profile, load_settings, resource
from replygen.web.settings.answers import SettingsForm, read_profile


@pytest.fixture
def desk(tmp_path) -> Desk:
    shutil.copy(resource("corpus", "profile.toml"), tmp_path / "unit.toml")
    (tmp_path / "replygen.toml").write_text('profile = "unit.toml"  # 我们的\n', encoding="utf-8")
    return Desk(load_settings(cwd=tmp_path))


def test_the_fields_show_the_profile_and_give_it_back_unchanged(desk):
    assert read_profile(SettingsForm(desk).values()) == desk.settings.profile


def test_what_is_saved_is_used_at_once_and_after_a_restart(desk, tmp_path):
    form = SettingsForm(desk)
    sent = form.values() | {
        "signer": "陆明远",
        "places": "东一区、东二区\n东一区",
        "contacts": "林静 0000-7654321\n0000-1111111",
        "form": "phase",
    }
    assert "已保存" in form.save(sent)
    for settings in (desk.settings, load_settings(cwd=tmp_path)):
        assert settings.profile.signer == "陆明远"
        assert settings.profile.places == ("东一区", "东二区")
        assert settings.profile.contacts == (
            Contact("林静", "0000-7654321"),
            Contact(None, "0000-1111111"),
        )
        assert settings.form == "phase"
    assert "# 我们的" in (tmp_path / "replygen.toml").read_text(encoding="utf-8")


def test_the_shipped_sample_is_never_overwritten(tmp_path):
    sample = resource("corpus", "profile.toml")
    before = sample.read_bytes()
    settings = Settings(
        index=tmp_path / "i", work=tmp_path / "work", profile_path=sample,
        profile=load_profile(sample), base=tmp_path,
    )  # fmt: skip
    form = SettingsForm(Desk(settings))
    form.save(form.values() | {"name": "甲县民政局"})
    assert sample.read_bytes() == before
    assert load_settings(cwd=tmp_path).profile.name == "甲县民政局"
    assert load_settings(cwd=tmp_path).profile_path == tmp_path / "work" / "profile.toml"


def test_another_encoder_is_told_to_come_with_the_next_start(desk):
    form = SettingsForm(desk)
    told = form.save(form.values() | {"encoder": "hash"})
    assert "下次启动" in told
    assert desk.settings.encoder != "hash"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"name": " "}, "单位全称"),
        ({"font_body": ""}, "字体"),
        ({"name": "长" * 101}, "太长"),
        ({"contacts": "林静 没有号码"}, "姓名 电话"),
        ({"partners": "\n".join(f"局{n}" for n in range(600))}, "最多"),
        ({"scheme": "V99"}, "V99"),
    ],
)
def test_what_cannot_be_saved_is_told_and_nothing_changes(desk, tmp_path, change, word):
    form = SettingsForm(desk)
    before = {p.name: p.read_bytes() for p in tmp_path.glob("*.toml")}
    with pytest.raises(Exception, match=word):
        form.save(form.values() | change)
    assert {p.name: p.read_bytes() for p in tmp_path.glob("*.toml")} == before


def test_the_first_page_is_shown_as_text_whatever_the_unit_is_called(desk, monkeypatch):
    monkeypatch.setenv("PATH", "")  # no LibreOffice here
    form = SettingsForm(desk)
    pages = list(form.preview(form.values() | {"name": "<script>alert(1)</script>局"}))
    assert len(pages) == 1
    assert "<script>" not in pages[0]
    assert "&lt;script&gt;" in pages[0]
    assert "LibreOffice" in pages[0]


def test_a_profile_of_nobody_shows_the_defaults(tmp_path):
    form = SettingsForm(Desk(replace(Settings(), work=tmp_path)))
    assert form.values()["short"] == "我局"
    assert form.values()["name"] == ""
