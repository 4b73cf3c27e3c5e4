"""Small files of our own, each with one trap of real papers, and what is right for each."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from replygen.models import Parsed, Registry, Reply, Statute
from replygen.parsing import parse_source
from replygen.reading import read_source

CASES = Path(__file__).with_name("cases")

# file, field, value; of a registry page the answer's
FIELDS = [
    ("f01_registry_proposal_then_reply", "number", "0123"),
    ("f01_registry_proposal_then_reply", "session", "十二届三次"),
    ("f01_registry_proposal_then_reply", "addressees", ("骆书遥",)),
    ("g01_registry_fuwen", "title", "关于加快老旧小区加装电梯的提案"),
    ("g01_registry_fuwen", "number", "0123"),
    ("name_王和平", "addressees", ("王和平",)),
    ("f07k_addr", "addressees", ("骆书遥", "喻清和")),
    ("f07g_addr", "addressees", ("骆书遥",)),
    ("g0815_addr", "addressees", ("骆书遥",)),
    ("f04c_class_no_colon", "result_class", "A"),
    ("f04d_adopted", "result_class", "A"),
    ("g05d_class", "result_class", "B"),
    ("g05l_class", "result_class", "A"),
    ("g05o_class", "result_class", "B"),
    ("f06b_title", "title", "关于办理市政协十二届三次会议第0211号提案的函"),
    ("f06b_title", "number", "0211"),
    ("f06b_title", "session", "十二届三次"),
    ("g0701_title", "title", "关于办理市政协十二届三次会议第0211号提案情况的函"),
    ("g0701_title", "number", "0211"),
    ("g0701_title", "session", "十二届三次"),
    ("g0710_title", "number", "0211"),
]
WARNINGS = [
    ("f03_session_conflict", ("十二届三次", "十二届二次")),
    ("f03_session_conflict", ("0123", "0132")),
    ("g0710_title", ("0211", "0215")),
    ("f04d_adopted", ("吸收采纳：已解决", "A")),
]
# file, outcome and heading of each refusal
REFUSALS = [
    (
        "f02_refusal",
        [
            ("deferred", "关于设立专项补助资金"),
            ("declined", "关于在生态保护红线内建设收容中心"),
            ("declined", "关于由我局出台收费标准"),
        ],
    ),
    ("o", [("deferred", "关于规范维保收费")]),
    ("mid_next", []),
]
# file, heading, role, heading of the measures below it
SECTIONS = [
    ("mid_next", "关于扩大社区食堂覆盖面", "planned", True),
    ("mid_next", "关于加强食品安全监管", "done", True),
    ("mid_next", "关于给予价格补贴", "planned", True),
    ("prec_a_r", "关于公开电梯检验信息", "planned", True),
    ("f02_refusal", "关于设立专项补助资金", "refused", False),
    ("f02_refusal", "关于由我局出台收费标准", "refused", False),
    ("o", "关于规范维保收费", "refused", False),
    ("o", "关于公开检验信息", "planned", True),
]


def _parse(name: str) -> Parsed:
    return parse_source(read_source(CASES / f"{name}.txt"))


def _reply(name: str) -> Reply:
    parsed = _parse(name)
    parsed = parsed.reply if isinstance(parsed, Registry) else parsed
    assert isinstance(parsed, Reply)
    return parsed


@pytest.mark.parametrize(("name", "field", "value"), FIELDS)
def test_a_field_is_read(name: str, field: str, value: Any) -> None:
    parsed = _parse(name)
    if isinstance(parsed, Registry) and field == "title":
        assert parsed.proposal.title == value
    else:
        assert asdict(_reply(name))[field] == value


@pytest.mark.parametrize(("name", "told"), WARNINGS)
def test_what_is_doubtful_is_told(name: str, told: tuple[str, ...]) -> None:
    assert any(all(word in w for word in told) for w in _reply(name).warnings)


@pytest.mark.parametrize(("name", "refusals"), REFUSALS)
def test_refusals_stand_under_their_headings(name: str, refusals: list[tuple[str, str]]) -> None:
    assert [(r.outcome, r.section) for r in _reply(name).refusals] == refusals


@pytest.mark.parametrize(("name", "heading", "role", "measured"), SECTIONS)
def test_a_section_has_its_role_and_its_measures(
    name: str, heading: str, role: str, measured: bool
) -> None:
    reply = _reply(name)
    (section,) = [s for s in reply.sections if s.heading == heading]
    assert (section.role, bool(section.text)) == (role, True)
    assert any(m.section == heading for m in reply.measures) is measured


def test_a_registry_page_has_three_asks() -> None:
    page = _parse("f01_registry_proposal_then_reply")
    assert isinstance(page, Registry)
    assert [a.text[:4] for a in page.proposal.asks] == ["简化审批", "加大资金", "引入社会"]


@pytest.mark.parametrize("name", ["st_00", "st_08"])
def test_a_wrapped_statute_has_its_four_articles(name: str) -> None:
    statute = _parse(name)
    assert isinstance(statute, Statute)
    assert [a.number for a in statute.articles] == ["第一条", "第二条", "第三条", "第四条"]
