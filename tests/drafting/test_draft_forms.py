"""Forms and schemes are data; what is wrong in them is said before anything is rendered."""

import pytest

from replygen.drafting import form_names, load_form, load_scheme
from replygen.errors import TemplateError


def test_every_shipped_form_loads_for_both_channels():
    for name in form_names():
        for channel in ("cppcc", "npc", None):
            assert load_form(name, channel=channel, host_role="主办").words["channel.title"]


def test_default_is_the_letter_by_ask():
    form = load_form("default", channel="cppcc", host_role=None)
    assert (form.name, form.outline, form.paper) == ("letter", "ask", "letter")


def test_a_cohost_writes_an_opinion_without_class_mark():
    form = load_form("letter", channel="npc", host_role="会办")
    assert (form.name, form.class_mark, form.cc) == ("cohost", False, False)


def test_an_unknown_form_names_those_that_exist():
    with pytest.raises(TemplateError, match="cohost、letter、phase"):
        load_form("nosuch", channel="cppcc", host_role=None)


def test_a_form_of_ones_own_is_a_path(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('base = "letter"\nname = "mine"\n[closing]\nthanks = "谢谢{you}！"\n', "utf-8")
    form = load_form(str(path), channel="cppcc", host_role="主办")
    assert form.say("closing.thanks", you="您", function="") == "谢谢您！"


def test_all_wrong_keys_and_placeholders_are_named_at_once(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        'base = "letter"\ncolour = "red"\n[closing]\nthanks = "谢谢{yuo}和{topic}"\nbye = "再见"\n',
        "utf-8",
    )
    with pytest.raises(TemplateError) as error:
        load_form(str(path), channel="cppcc", host_role="主办")
    for wrong in ("colour", "{yuo}", "{topic}", "bye", "mine.toml"):
        assert wrong in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("content", ["a = ", "\ufeff[closing", 'base = "gone"', 'outline = "x"'])
def test_a_damaged_form_is_one_line(tmp_path, content):
    path = tmp_path / "bad.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(TemplateError) as error:
        load_form(str(path), channel="cppcc", host_role=None)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["V1", "V2", "V3", "V4", "V5", "V6", "V7"])
def test_every_scheme_says_what_its_marks_mean(name):
    scheme = load_scheme(name, channel="cppcc")
    assert len(scheme.marks) >= 3 and all(scheme.marks.values())


def test_the_scheme_follows_the_channel_unless_the_profile_says_otherwise():
    assert load_scheme("", channel="npc").name == "V1"
    assert load_scheme("", channel="cppcc").name == "V2"


def test_an_unknown_scheme_names_those_that_exist():
    with pytest.raises(TemplateError, match="V1、V2"):
        load_scheme("V9", channel="cppcc")
