"""People of a precedent never reach a draft: names of every kind, where one is called for."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from replygen.drafting import rewrite_measure
from replygen.language.tables import read_toml
from replygen.models import Document, Passage
from replygen.settings import Profile

TABLE = read_toml(Path(__file__).with_name("data") / "people.toml")
FRAMES = TABLE.pop("frames")
NAMES = sorted({name for kind in TABLE.values() for name in kind.split()})
ALL = [(name, frame) for name in NAMES for frame in FRAMES]
DOCUMENT = Document("x", "", "reply", "答复", "霁州市", "市", "霁州市市场监督管理局", None)
PROFILE = Profile(name="云川市市场监督管理局", region="云川市", province="澜江省")


def rewrite(text: str) -> str:
    passage = Passage("x#1", DOCUMENT, "measure", 1, "", text, "done", "霁州市")
    result = rewrite_measure(passage, profile=PROFILE)
    return result.text if result else ""


def left(cases: list[tuple[str, str]]) -> list[str]:
    drafts = [(name, rewrite(frame.format(name))) for name, frame in cases]
    return [text for name, text in drafts if name in text]


def test_the_table_has_two_hundred_names_and_twelve_frames():
    assert len(NAMES) >= 200
    assert len(FRAMES) == 12


def test_no_name_of_three_hundred_sampled_measures_is_left():
    assert left(random.Random(12).sample(ALL, 300)) == []


@pytest.mark.slow
def test_no_name_of_all_measures_is_left():
    assert left(ALL) == []


@pytest.mark.parametrize("frame", [FRAMES[i] for i in (0, 1, 3, 6)])
def test_a_role_in_the_same_place_stays(frame: str):
    """The places alone do not make a measure unusable: whoever has no name may stand there."""
    assert any(who in rewrite(frame.format(who)) for who in ("专业人员", "行业专家", "技术骨干"))


def test_a_rewrite_tells_which_words_the_measure_lost():
    text = "邀请周为民到电梯维保单位开展技术培训。组织维保单位学习维保规范，加强维保人员培训。"
    passage = Passage("x#1", DOCUMENT, "measure", 1, "", text, "done", "霁州市")
    result = rewrite_measure(passage, profile=PROFILE)
    assert result is not None
    assert "周为民" in result.lost
