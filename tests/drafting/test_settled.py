"""What is settled of a demand: done already, refused before, forbidden by a rule."""

from __future__ import annotations

import pytest

from replygen.drafting.settled import find_ban, find_done, find_own_refusal
from replygen.models import Ask, Demand, Document, Evidence, Hit, Passage

RULES = Document("r" * 16, "r.txt", "statute", "岚溪县校外活动管理办法", "岚溪县", "县", None, None)
OURS = Document("o" * 16, "o.txt", "article", "2025年工作总结", "岚溪县", "县", None, None, True)


def _hit(document: Document, kind: str, text: str, relevance: float = 0.6, **more: str) -> Hit:
    passage = Passage(f"{document.id}#1", document, kind, 1, more.get("title", ""), text, "done")  # type: ignore[arg-type]
    return Hit(passage, 1.0, ("words",), (), relevance)


def _ask(*demands: str) -> Ask:
    text = "；".join(demands)
    placed = tuple(Demand(d, text.index(d), text.index(d) + len(d)) for d in demands)
    return Ask(1, demands[0][:20], text, placed)


BANS = [
    ("学校不得利用延时服务时间讲授新课。", "允许毕业班利用延时服务时间统一讲授新课", True),
    ("禁止电动三轮车从事客运经营活动。", "准许乡镇电动三轮车从事客运经营活动", True),
    # against it, too; another thing; no ban
    ("学校不得利用延时服务时间讲授新课。", "严肃查处利用延时服务时间讲授新课的行为", False),
    ("学校不得利用延时服务时间讲授新课。", "利用延时服务时间开设体育课程", False),
    ("学校可以利用延时服务时间开设自习。", "允许利用延时服务时间开设自习", False),
]


@pytest.mark.parametrize(("rule", "demand", "banned"), BANS)
def test_what_a_rule_forbids_is_not_taken_up(rule: str, demand: str, banned: bool) -> None:
    ask = _ask(demand)
    found = Evidence(ask, statutes=(_hit(RULES, "article", rule, title="第五条"),))
    ban = find_ban(ask.demands[0], found)
    assert (ban is not None) is banned
    if ban is not None:
        assert ban.law == "《岚溪县校外活动管理办法》第五条" and ban.words in rule


RUNS = [
    (
        "建立全县统一的托育服务信息平台",
        "县托育服务信息平台于2025年9月上线运行，注册家庭1.2万户。",
        True,
    ),
    ("开通一个号码的托育服务热线", "6月，托育服务热线开通，接听来电2190个。", True),
    ("制定婴幼儿照护管理办法", "印发《婴幼儿照护管理办法》，明确收费公示要求。", True),
    # not there yet, another thing
    ("建立全县统一的托育服务信息平台", "县托育服务信息平台完成立项，计划年底前上线。", False),
    ("建立全县统一的托育服务信息平台", "县就业服务信息平台上线运行。", False),
]


@pytest.mark.parametrize(("demand", "told", "done"), RUNS)
def test_what_is_to_be_made_and_runs_already_is_done(demand: str, told: str, done: bool) -> None:
    found = Evidence(_ask(demand), own=(_hit(OURS, "measure", told),))
    assert (find_done(demand, found) is not None) is done


@pytest.mark.parametrize(
    ("relevance", "demands", "refused"),
    [
        (0.56, ("每人每月发放200元生活补贴", "不分收入"), True),
        (0.2, ("每人每月发放200元生活补贴", "不分收入"), False),
        (0.56, ("发放生活补贴", "建立台账", "增设热线", "培训护理员"), False),
    ],
)
def test_our_refusal_answers_an_ask_that_it_surely_bears_on(
    relevance: float, demands: tuple[str, ...], refused: bool
) -> None:
    ask = _ask(*demands)
    no = _hit(OURS, "refusal", "补贴的对象和标准由省统一确定，市县不得自行扩大。", relevance)
    found = Evidence(ask, refusals=(no,))
    assert (find_own_refusal(ask.demands[0], found) is not None) is refused
