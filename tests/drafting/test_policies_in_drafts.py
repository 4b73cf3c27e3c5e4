"""What documents from above ask for is cited by title and number; of other places never."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from replygen.drafting import compose_draft, gather_evidence, load_form
from replygen.drafting.basis import is_over
from replygen.index import open_index
from replygen.models import (
    Document,
    Draft,
    Evidence,
    Hit,
    Paragraph,
    Passage,
    Policy,
    Proposal,
    Source,
)
from replygen.parsing import parse_proposal_text, parse_source
from replygen.reading import read_source
from replygen.settings import Profile, load_profile, resource

_PROPOSAL = """关于规范直播电商经营的提案
建议：
一、加强直播电商监管。建立直播电商商品抽检制度，定期公布抽检结果，对销售不合格商品的直播间依法查处。
"""
_TASK = """一、重点任务
（一）加强直播电商监管。建立直播电商商品抽检制度，定期公布抽检结果，依法查处销售不合格商品的直播间。（商务部门牵头）
（二）加强队伍建设。充实执法人员，每年开展业务培训，提高执法能力和办案水平。
"""
_ISSUERS = {
    "nation": ("国务院办公厅关于加强直播电商监管的意见", "国办发〔2026〕901号", "国务院办公厅"),
    "province": (
        "澜江省人民政府关于加强直播电商监管的意见",
        "澜政发〔2026〕902号",
        "澜江省人民政府",
    ),
    "city": ("云川市人民政府关于加强直播电商监管的意见", "云政发〔2026〕903号", "云川市人民政府"),
    "another-city": (
        "甸阳市人民政府关于加强直播电商监管的意见",
        "甸政发〔2026〕904号",
        "甸阳市人民政府",
    ),
    "another-province": (
        "沧宁省人民政府关于加强直播电商监管的意见",
        "沧政发〔2026〕905号",
        "沧宁省人民政府",
    ),
    "unknown": ("关于加强直播电商监管的意见", "商监发〔2026〕906号", ""),
}
_US = Profile(name="云川市商务局", region="云川市", province="澜江省", level="市")


def _draft(folder: Path, issuer: str) -> tuple[Evidence, Draft]:
    title, number, unit = _ISSUERS[issuer]
    path = folder / "a.txt"
    path.write_text(f"{title}\n{number}\n{_TASK}\n{unit}\n2026年3月5日", encoding="utf-8")
    proposal = parse_proposal_text(_PROPOSAL)
    with open_index(folder / "index") as index:
        source = read_source(path)
        index.add(parse_source(source), source)
        evidence = gather_evidence(proposal, index, profile=_US)
        form = load_form("letter", channel=proposal.channel, host_role=proposal.host_role)
        return evidence[0], compose_draft(proposal, evidence, profile=_US, form=form)


@pytest.mark.parametrize("issuer", ["nation", "province", "city"])
def test_a_document_from_above_is_cited_with_its_number(issuer: str, tmp_path: Path) -> None:
    evidence, draft = _draft(tmp_path, issuer)
    title, number, _ = _ISSUERS[issuer]
    assert evidence.policies[0].passage.kind == "policy"
    said = [s for b in draft.blocks for s in b.sentences if s.origin == "policy"]
    assert [f"《{title}》（{number}）" in s.text for s in said] == [True]
    assert said[0].sources == (evidence.policies[0].passage.id,)
    assert "牵头" not in said[0].text and "责任单位" not in said[0].text
    assert [u.used for u in draft.evidence if u.kind == "policy" and u.id in said[0].sources] == [
        True
    ]


@pytest.mark.parametrize("issuer", ["another-city", "another-province", "unknown"])
def test_a_document_of_another_place_is_neither_shown_nor_cited(
    issuer: str, tmp_path: Path
) -> None:
    evidence, draft = _draft(tmp_path, issuer)
    assert evidence.policies == ()
    assert not any(s.origin == "policy" for b in draft.blocks for s in b.sentences)


def test_the_sample_proposal_cites_the_city_and_never_the_other_city(tmp_path: Path) -> None:
    profile = load_profile(resource("corpus", "profile.toml"))
    proposal = parse_source(read_source(resource("corpus", "proposals", "0126.docx")))
    assert isinstance(proposal, Proposal)
    with open_index(tmp_path / "index") as index:
        for path in sorted(resource("corpus", "policies").iterdir()):
            source = read_source(path)
            parsed = parse_source(source)
            assert isinstance(parsed, Policy), path.name
            index.add(parsed, source)
        evidence = gather_evidence(proposal, index, profile=profile)
        form = load_form("letter", channel=proposal.channel, host_role=proposal.host_role)
        draft = compose_draft(proposal, evidence, profile=profile, form=form)
    shown = {hit.passage.document.issuer for e in evidence for hit in e.policies}
    assert "云川市人民政府办公室" in shown
    assert "澜江省人民政府办公厅" in shown
    assert "泊原市人民政府" not in shown
    said = [s.text for b in draft.blocks for s in b.sentences if s.origin == "policy"]
    assert any("（云政办发〔2025〕12号）的要求" in text for text in said)
    assert not any("泊原" in text for text in said)


@pytest.mark.parametrize(
    ("title", "over"),
    [
        ("岚溪县2025年冷藏保鲜设施建设实施方案", True),
        ("岚溪县2026年冷藏保鲜设施建设实施方案", False),
        ("岚溪县冷藏保鲜设施建设实施方案（2025—2027年）", False),
        ("岚溪县冷藏保鲜设施管理办法", False),
    ],
)
def test_a_plan_of_one_year_is_no_basis_once_the_year_is_over(title: str, over: bool) -> None:
    document = Document("p" * 16, "p.txt", "policy", title, "岚溪县", "县", None, None)
    hit = Hit(
        Passage(f"{'p' * 16}#0", document, "policy", 0, "", "建设冷库24座。"), 1.0, ("words",)
    )
    assert is_over(hit, date(2026, 11, 28)) is over


def test_number_and_date_below_a_title_are_no_part_of_it() -> None:
    lines = (
        "岚溪县2026年冷藏保鲜设施建设实施方案",
        "（岚农发〔2026〕13号，2026年3月20日）",
        "一、建设任务",
        "全县建设冷藏保鲜设施24座。",
        "二、资金安排",
        "县级财政安排补助资金300万元。",
    )
    source = Source("x.txt", "0" * 64, "txt", tuple(map(Paragraph, lines)))
    policy = parse_source(source)
    assert isinstance(policy, Policy)
    assert (policy.title, policy.number) == (lines[0], "岚农发〔2026〕13号")
