"""The four documents that the project was created from give exactly what they say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from replygen.models import Article, Reply, Source
from replygen.parsing import parse_source

Make = Callable[..., Source]


def _parse(shared: Path, number: str, make_source: Make) -> Reply | Article:
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    parsed = parse_source(make_source(path.read_text(encoding="utf-8"), path.name))
    assert isinstance(parsed, Reply | Article)
    return parsed


FIELDS = {
    "000": {
        "channel": "cppcc",
        "level": "市",
        "region": "连云港市",
        "session": "十四届三次",
        "number": "43001",
        "addressees": ("王波",),
        "subject": "关于规范电商产业发展",
        "issuer": "连云港市市场监督管理局",
        "doc_number": "连市监办复〔2024〕77号",
        "signer": "王波",
        "result_class": "A",
        "openness": "可以公开",
        "host_role": "主办",
        "date": None,
        "cc": (),
    },
    "002": {
        "channel": "cppcc",
        "level": "市",
        "region": "长春市",
        "session": "十四届四次",
        "number": "118",
        "addressees": ("张松梅",),
        "subject": "关于推动直播电商规范发展提档升级",
        "issuer": "长春市市场监督管理局",
        "doc_number": "长市监议字〔2025〕5号",
        "signer": "王维学",
        "result_class": None,
        "openness": "同意公开",
        "host_role": "主办",
        "date": None,
        "cc": ("市政协提案委办公室",),
    },
    "003": {
        "channel": "npc",
        "level": "省",
        "region": "河南省",
        "session": "十四届二次",
        "number": "358",
        "addressees": ("贾天运",),
        "subject": "关于加强监管电商平台",
        "issuer": None,
        "doc_number": None,
        "signer": None,
        "result_class": "A",
        "openness": None,
        "host_role": "分办",
        "date": "2024-06-06",
        "cc": (),
        "contacts": (),
    },
}


@pytest.mark.parametrize("number", sorted(FIELDS))
def test_a_seed_reply_gives_its_fields(shared: Path, make_source: Make, number: str) -> None:
    reply = _parse(shared, number, make_source)
    assert isinstance(reply, Reply)
    assert {key: getattr(reply, key) for key in FIELDS[number]} == FIELDS[number]


@pytest.mark.parametrize(
    ("number", "people"),
    [("000", [("俞广", "0218")]), ("002", [("俞东凯", "0255"), ("王冬雪", "2451")])],
)
def test_the_contacts_of_a_seed_are_paired(
    shared: Path, make_source: Make, number: str, people: list[tuple[str, str]]
) -> None:
    reply = _parse(shared, number, make_source)
    assert isinstance(reply, Reply)
    assert [(c.name, (c.phone or "")[-4:]) for c in reply.contacts] == people


def _leads(parsed: Reply | Article, tense: str) -> list[str]:
    return [m.lead for m in parsed.measures if m.tense == tense]


def test_seed_000_gives_nine_done_and_four_planned_measures(
    shared: Path, make_source: Make
) -> None:
    reply = _parse(shared, "000", make_source)
    done, planned = _leads(reply, "done"), _leads(reply, "planned")
    assert len(done) == 9
    assert done[6] == "协同管网推进融合治理"
    assert [lead[:4] for lead in planned] == ["推进直播", "加强合规", "继续牵头", "强化直播"]
    text = "".join(section.text for section in reply.sections)
    assert "发展和市场规范" in text and "商标侵权" in text


def test_seed_002_has_a_section_for_each_ask_and_three_plans(
    shared: Path, make_source: Make
) -> None:
    reply = _parse(shared, "002", make_source)
    headings = [s.heading for s in reply.sections if s.depth == 1 and s.heading]
    assert headings == [
        "关于加大政府监管力度方面",
        "关于提升直播电商平台管理水平方面",
        "关于推动行业自律和规范发展方面",
        "下一步工作",
    ]
    assert [lead[:4] for lead in _leads(reply, "planned")] == ["强化直播", "完善法律", "鼓励和支"]
    assert len(_leads(reply, "done")) == 7


def test_seed_003_reads_the_heading_without_number_and_the_third_plan(
    shared: Path, make_source: Make
) -> None:
    reply = _parse(shared, "003", make_source)
    assert isinstance(reply, Reply)
    first, second = (s for s in reply.sections if s.depth == 1 and s.heading)
    assert (first.heading, first.role) == ("加强网络市场监管工作开展情况", "done")
    assert second.role == "planned"
    third = [m for m in reply.measures if m.section == "进一步加大反不正当竞争监管力度"]
    assert [m.tense for m in third] == ["planned"] * 3
    assert any("河南省" in warning for warning in reply.warnings)


def test_seed_004_reports_five_regions_one_a_section(shared: Path, make_source: Make) -> None:
    article = _parse(shared, "004", make_source)
    assert isinstance(article, Article)
    assert article.regions == ("北京市", "上海市", "浙江省", "江苏省", "深圳市")
    issuers = [s.issuer for s in article.sections if s.region]
    assert issuers[0] == "北京市市场监管局网监处"
    assert issuers[2] == "浙江省市场监管局网监分局"
    assert None not in issuers and len(issuers) == 5
    assert all(m.region in article.regions for m in article.measures)
    text = "".join(s.text for s in article.sections)
    assert "市场监管" in text and "(chǎng)" not in text and "诸暨" not in text
    assert "（AACA）" in text
    assert any(m.damaged for m in article.measures)
    assert any("损坏" in warning for warning in article.warnings)
