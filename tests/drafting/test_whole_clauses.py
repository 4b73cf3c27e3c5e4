"""Clauses that read whole, with their right subject: 136 of our own words, half held out."""

from pathlib import Path

import pytest

from replygen.drafting.commitments import word_commitment
from replygen.drafting.speaker import make_speaker
from replygen.drafting.wholeness import find_fault
from replygen.models import Ask, Proposal
from replygen.settings import Profile

OURS = Profile(
    name="澜江省民政厅",
    short="我厅",
    region="澜江省",
    level="省",
    province="澜江省",
    places=("云川市", "青榆区"),
)
SUBJECT = Proposal(
    *("关于加强民政工作的提案", "cppcc", None, None, (), None, "", ""),
    (Ask(1, "完善养老服务", "完善养老服务。"),),
)
LINES = Path(__file__).with_name("whole_clauses.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if not line.startswith("#")]


def _say(before: str, demand: str) -> str:
    return word_commitment(demand, make_speaker(SUBJECT, OURS), before=before) or "-"


@pytest.mark.parametrize(
    ("before", "demand", "commitment"),
    [row[2:] for row in ROWS if row[0] == "fit"],
    ids=[row[3] for row in ROWS if row[0] == "fit"],
)
def test_a_clause_is_mended_or_refused(before: str, demand: str, commitment: str) -> None:
    assert _say(before, demand) == commitment


def test_clauses_that_were_held_out_are_mended_too() -> None:
    held = [row for row in ROWS if row[0] == "held"]
    right = sum(_say(before, demand) == wanted for _, _, before, demand, wanted in held)
    assert right / len(held) >= 0.83


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("支持以家庭照护为主线", "object"),
        ("推动有关单位提供", "object"),
        ("和学校主要负责人的责任", "conjunction"),
        ("与健康码进行有机结合", "object"),
        ("推动其做大做强", "pronoun"),
        ("促进双方机构资质互认", "pronoun"),
        ("申报和落户应放在同类园区", "modal"),
        ("教育部门负责课后服务", "subject"),
        ("由省级主要领导亲自挂帅，推进助餐", "leader"),
        ("在服务上做到尽善尽美", "boast"),
        ("套取财政补贴", "complaint"),
        ("民政、卫健等有关部门共同参与", "subject"),
        ("在立项中将其列为重点", "pronoun"),
        ("通过整体供应链的设计", "frame"),
        ("完善创新模式、跨境模式、多", "cut"),
        ("坚持政府主导、社会参与", "principle"),
        ("引导有条件的养老机构", "object"),
        ("鼓励实训基地的骨干教师", "object"),
        ("召开座谈会，组织各街道的志愿人员", "object"),
        ("推动各街道定期走访独居老人", ""),
        ("鼓励社会资本进入社区", ""),
        ("鼓励退休教师到社区授课", ""),
        ("减轻家庭照护者的负担", "aim"),
        ("有效缓解停车难的矛盾", "aim"),
        ("由县级政府统筹实施", "frame"),
        ("通过市县两级财政投入", "frame"),
        ("通过加强宣传", "frame"),
        ("通过购买服务减轻家庭负担", ""),
        ("推广助餐码难度不大", "argument"),
        ("这样做可以有效防止骗补", "argument"),
        ("对助餐具有明显的带动作用", "argument"),
        ("引导社会力量参与", ""),
        ("通过购买服务引入专业的人才", ""),
        ("促进供需双方对接", ""),
        ("推动土地、税务等政要参加", ""),
        ("建立有利于可降解材料推广的机制", ""),
        ("会同教育部门做好课后服务", ""),
        ("以街道为单位建设服务中心", ""),
    ],
)
def test_a_fault_has_its_name(text: str, fault: str) -> None:
    assert find_fault(text) == fault
