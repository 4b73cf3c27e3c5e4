"""Every letter, proposal and rule of the sample corpus gives what its text in
tools/corpus says; the mark 示例·虚构 behind the sign-off changes nothing."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from replygen.language.dates import find_date
from replygen.models import Parsed, Proposal, Registry, Reply, Statute
from replygen.parsing import parse_source
from replygen.reading import read_source

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT / "tools" / "corpus"
# what one file is made to lack, or has only as a picture
NO_TITLE = {"boyuan-library-2024"}
NO_SUBJECT = {"weize-scitech-2024", "zhiting-wharf-2025"}
SCANS = {"luan-workshop-2023"}
LETTERS = sorted(
    p.stem
    for p in [*(TEXTS / "others").glob("*.md"), *(TEXTS / "own").glob("reply*.md")]
    if p.stem not in SCANS
)


@cache
def _text(name: str) -> str:
    (path,) = (p for p in TEXTS.glob(f"*/{name}.md") if p.parent.name != "policies")
    return path.read_text(encoding="utf-8")


@cache
def _parse(name: str) -> Parsed:
    files = (p for p in (ROOT / "corpus").glob(f"*/{name}.*") if p.suffix != ".md")
    # a policy may bear the name of the rule that it carries out
    (path,) = (p for p in files if p.parent.name != "policies")
    if path.suffix == ".doc" and not shutil.which("soffice"):
        pytest.skip("这台机器没有 LibreOffice")
    return parse_source(read_source(path))


def _reply(name: str) -> Reply:
    parsed = _parse(name)
    parsed = parsed.reply if isinstance(parsed, Registry) else parsed
    assert isinstance(parsed, Reply)
    return parsed


def _front(name: str, key: str) -> str:
    match = re.search(rf'^{key} = "(.+)"$', _text(name), re.M)
    assert match
    return match.group(1)


def _signed(name: str) -> list[str]:
    return re.findall(r"^> (.+)$", _text(name), re.M)


@pytest.mark.parametrize("name", LETTERS)
def test_letter_has_its_region_date_and_issuer(name: str) -> None:
    reply = _reply(name)
    assert reply.region == _front(name, "region")
    dates = [d for line in _signed(name) if (d := find_date(line))]
    assert reply.date == (dates[-1] if dates else None)
    units = [u for u in _signed(name) if re.search(r"(?:局|委员会|支队|办公室|厅)$", u)]
    if units:
        assert reply.issuer == units[-1]


@pytest.mark.parametrize("name", [n for n in LETTERS if n not in NO_TITLE])
def test_letter_has_its_title_number_and_subject(name: str) -> None:
    reply, text = _reply(name), _text(name)
    if isinstance(parsed := _parse(name), Registry):
        _has_the_facts_of_its_form(parsed, text)
        return
    titles = [t for t in re.findall(r"^# (.+)$", text, re.M) if not t.endswith("文件")]
    bare = re.sub(r"\W", "", "".join(titles))
    found = re.sub(r"\W", "", reply.title or "")
    assert found and bare.endswith(found)  # the unit may stand above, as in a letterhead
    numbers = re.findall(r"[A-Z]*\d{2,}|来信|(?<=第)\d(?=号)", "".join(titles))
    assert reply.number in numbers
    if name in NO_SUBJECT:
        assert reply.subject is None
        return
    # 《关于…的提案》 · “关于…的建议” · 您关于…的提案收悉 · 《关于…》的提案 · “…怎么管”的问题
    assert reply.subject
    subject = re.escape(reply.subject)
    assert re.search(rf"[的《“\"出您团]{subject}(?:》?的(?:提案|建议)|》|”的问题)", text)
    assert not reply.subject.endswith(("的提案", "的建议"))


def _has_the_facts_of_its_form(page: Registry, text: str) -> None:
    """A page of a registry is named after the proposal that it shows; what its form tells, the
    answer has too."""
    proposal, reply = page.proposal, page.reply
    assert proposal.asks
    assert proposal.title and proposal.title in re.sub(r"^#.*?[：:](?=关于)", "", text, flags=re.M)
    assert reply.subject and reply.subject.strip("《》") in text
    assert reply.number and re.search(rf"(?<!\d){reply.number}(?!\d)", text)
    assert proposal.session == reply.session
    assert bool(reply.session) == bool(re.search("届.{1,20}次", text))
    assert reply.addressees and all(a in text for a in reply.addressees)
    assert proposal.proposers
    assert reply.issuer


@pytest.mark.parametrize("name", LETTERS)
def test_measures_are_clean(name: str) -> None:
    reply = _reply(name)
    assert reply.measures
    for measure in reply.measures:
        assert not re.search(r"示例|感谢|联系人|电话：|抄送|收悉|您|你们", measure.text), measure
        assert measure.lead.count("“") == measure.lead.count("”")
        assert not re.search(r"^(?:下一步|今后)工作。", measure.text)


PROPOSALS = {
    "0073": ("0073", "五届三次", ("方知夏",), "主办", "市市场监督管理局", (), 4),
    "0126": (
        "0126",
        "五届三次",
        ("林静", "周海明"),
        "主办",
        "云川市市场监督管理局",
        ("市网信办", "市商务局"),
        3,
    ),
    "0152": (
        "0152",
        "五届三次",
        ("民盟云川市委员会",),
        "主办",
        "云川市市场监督管理局",
        ("市农业农村局", "市商务局", "市科学技术局"),
        4,
    ),
    "0188": (
        "0188",
        "五届三次",
        ("庄牧野",),
        "会办",
        "市消防救援支队",
        ("市市场监督管理局", "市住房和城乡建设局", "市公安局"),
        4,
    ),
    "0205": ("0205", "五届三次", ("马思源", "程若水"), "主办", "市市场监督管理局", (), 3),
    "npc-046": (
        "46",
        "六届三次",
        ("裴若溪", "龚承宇", "余晚舟", "季青阳"),
        "主办",
        "市市场监督管理局",
        ("市商务局", "市公安局", "市人力资源和社会保障局"),
        5,
    ),
}


@pytest.mark.parametrize("name", PROPOSALS)
def test_proposal_has_its_number_people_offices_and_asks(name: str) -> None:
    parsed = _parse(name)
    assert isinstance(parsed, Proposal)
    found = (
        parsed.number,
        parsed.session,
        parsed.proposers,
        parsed.host_role,
        parsed.host,
        parsed.co_hosts,
        len(parsed.asks),
    )
    assert found == PROPOSALS[name]
    titles = re.findall(r"^# (关于.+)$", _text(name), re.M)
    assert parsed.title == titles[-1]
    assert parsed.channel == ("npc" if name.startswith("npc") else "cppcc")
    assert parsed.background
    for ask in parsed.asks:
        assert not re.search(r"示例|会办|提案人|关于.*的(?:提案|建议)", ask.text)
        assert ask.text[:10] not in parsed.background


@pytest.mark.parametrize("name", [p.stem for p in sorted((TEXTS / "rules").glob("*.md"))])
def test_rule_has_its_name_region_and_day_of_promulgation(name: str) -> None:
    rule = _parse(name)
    assert isinstance(rule, Statute)
    assert rule.region == _front(name, "region")
    assert "》" not in rule.name
    assert "通知" not in rule.name
    assert rule.name in re.sub(r"[《》]", "", _text(name))
    assert rule.promulgated
    numbered = re.findall(r"^第[一二三四五六七八九十]+条", _text(name), re.M)
    assert len(rule.articles) == len(numbered)
