"""Colours that can be read: WCAG 2.2, 1.4.3 wants 4.5 to 1 between text and ground."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import replygen.web
from replygen.web.page import _COLOURS

WEB = Path(replygen.web.__file__).parent
CSS = (WEB / "static" / "page.css").read_text(encoding="utf-8")
PLAIN = (WEB / "templates" / "auth" / "plain.css").read_text(encoding="utf-8")
GROUNDS = ("#ffffff", "#f6f8fa")  # what text stands on where its own rule says nothing
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COLOUR = re.compile(r"(?<![\w-])color:\s*(#[0-9a-fA-F]{3,6})\b")
_GROUND = re.compile(r"(?<![\w-])background(?:-color)?:\s*(#[0-9a-fA-F]{3,6})\b")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(c * 2 for c in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs(css: str) -> list[tuple[str, str, str]]:
    """Every rule that colours text: (selector, text, ground)."""
    found = []
    for selector, rules in _RULE.findall(re.sub(r"/\*.*?\*/", "", css, flags=re.S)):
        text, ground = _COLOUR.search(rules), _GROUND.search(rules)
        for on in (ground[1],) if ground else GROUNDS:
            if text:
                found.append((" ".join(selector.split()), text[1], on))
    return found


def test_the_measure_is_the_one_of_the_standard():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


def test_text_of_the_page_can_be_read_on_its_ground():
    assert len(pairs(CSS)) > 40
    weak = [(s, t, g, round(contrast(t, g), 2)) for s, t, g in pairs(CSS) if contrast(t, g) < 4.5]
    assert weak == []


def test_the_pages_without_gradio_can_be_read():
    assert len(pairs(PLAIN)) >= 4
    assert [p for p in pairs(PLAIN) if contrast(p[1], p[2]) < 4.5] == []


def test_what_replaces_gradios_colours_can_be_read():
    for name, colour in _COLOURS.items():
        if "border" in name:
            assert contrast(colour, "#fff") >= 3, name  # 1.4.11: edges of fields
        else:
            assert contrast(colour, "#fff") >= 4.5, name
