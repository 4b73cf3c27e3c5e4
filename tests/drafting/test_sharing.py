"""Facts of one paragraph of our own paper, each at the ask that it fits best, once."""

from datetime import date

import pytest

from replygen.drafting.moves import plan_answers
from replygen.drafting.sharing import (
    CHOSEN,
    list_targets,
    rate_by_sentence,
    share_facts,
    word_targets,
)
from replygen.index.relevance import AskContext, Judge
from replygen.models import Ask, Demand, Document, Evidence, Hit, Passage, Proposal
from replygen.settings import Profile

SUBJECT = "促进中小学生身心健康发展"
SUMMARY = Document("sum", "s.docx", "article", "云川市教育局2025年工作总结", "云川市", "市",
                   "云川市教育局", "2025-12-26", True)  # fmt: skip
# asks, the facts of one paragraph, the ask where each belongs (0: nowhere)
SHARED = [
    (
        ("加强学生心理健康教育。配齐专职心理健康教师，定期开展心理健康筛查。",
         "保障学生体育锻炼。开齐体育课，加强体育教师配备和运动场地建设。",
         "做好近视防控工作。改善教室照明条件，定期监测学生视力。"),
        (("更新改造教室照明3260间，监测学生视力58万人次。", 3),
         ("新增专职心理健康教师86名，开展心理健康筛查31万人次。", 1),
         ("招聘体育教师112名，新建改建学校运动场37片。", 2),
         ("新建改扩建幼儿园18所，新增学位5400个。", 0)),
    ),
    (
        ("改善农村人居环境。推进农村厕所改造和生活污水治理。",
         "提高农业机械化水平。加大农机购置补贴力度，发展农机社会化服务。",
         "培养新型职业农民。开展高素质农民培训，支持创办家庭农场。"),
        (("培训高素质农民3600人，新增家庭农场520家。", 3),
         ("改造农村厕所1.86万户，建成农村生活污水处理设施67处。", 1),
         ("发放农机购置补贴5200万元，培育农机社会化服务组织128个。", 2),
         ("渔业增殖放流1200万尾。", 0)),
    ),
    (
        ("扩大居家适老化改造范围。把高龄、失能老年人家庭纳入政府补助改造范围。",
         "加强养老护理员队伍建设。每年培训养老护理员，举办职业技能竞赛。"),
        (("举办养老护理员职业技能培训班12期，培训养老护理员860人次。", 2),
         ("完成特殊困难老年人家庭适老化改造1260户，投入资金378万元。", 1),
         ("开展社会组织年度检查，清理“僵尸型”社会组织43家。", 0)),
    ),
]  # fmt: skip


def read_asks(texts):
    topics = (text.split("。")[0] for text in texts)
    return tuple(Ask(n, topic, text)
                 for n, (topic, text) in enumerate(zip(topics, texts, strict=True), 1))  # fmt: skip


def gather(asks, facts, judge, relevance=0.1):
    text = "".join(said for said, _ in facts)
    passage = Passage("sum#1", SUMMARY, "measure", 1, "", text, "done", "云川市")
    hit = Hit(passage, 1.0, ("words",), relevance=relevance)
    return tuple(
        Evidence(a, own=tuple(rate_by_sentence(judge, AskContext(SUBJECT, a.topic, a.text), [hit])))
        for a in asks
    )


@pytest.mark.parametrize(("texts", "facts"), SHARED)
def test_each_fact_of_a_paragraph_stands_at_the_ask_it_fits(texts, facts) -> None:
    judge, asks = Judge(), read_asks(texts)
    shared = share_facts(gather(asks, facts, judge), SUBJECT, judge)
    where = {said: order for order, told in shared.items() for said in told}
    assert {said: where.get(said.rstrip("。"), 0) for said, _ in facts} == dict(facts)


def test_what_was_told_under_one_ask_leaves_none_of_the_others_open() -> None:
    judge, (texts, facts) = Judge(), SHARED[0]
    asks = read_asks(texts)
    proposal = Proposal(f"关于{SUBJECT}的提案", "cppcc", None, "0127", (), None, "", "", asks)
    plans = plan_answers(proposal, gather(asks, facts, judge), (), profile=Profile(),
                         today=date(2026, 3, 1), judge=judge)  # fmt: skip
    assert [len(plan.done) for plan in plans] == [1, 1, 1]


def test_what_a_person_chose_tells_at_least_one_sentence() -> None:
    judge, asks = Judge(), read_asks(SHARED[0][0][:1])
    evidence = gather(
        asks, (("渔业增殖放流1200万尾。", 0), ("组织校长培训5期。", 0)), judge, CHOSEN
    )
    assert len(share_facts(evidence, SUBJECT, judge)[1]) == 1


TARGETS = [
    (
        "2026年，计划新建社区食堂15家，完成改造1500户，培训护理员1000人次。",
        ("新建社区食堂15家", "完成改造1500户", "培训护理员1000人次"),
    ),
    (
        "今年将新建急救站5个，招聘医生50名，筛查4万人。",
        ("新建急救站5个", "招聘医生50名", "筛查4万人"),
    ),
    ("完善补贴办法，定期公布账目，接受群众监督。", ()),
    ("2026年，计划新建社区食堂15家，优先安排在老旧小区，方便老年人就餐。", ()),
    ("新建社区食堂15家，改造10家。", ()),
    (
        "商户接入监管系统达到900家；食安封签在全市推开；开展专项检查4次。",
        ("商户接入监管系统达到900家", "食安封签在全市推开", "开展专项检查4次"),
    ),
]


@pytest.mark.parametrize(("text", "targets"), TARGETS)
def test_a_plan_that_only_lists_targets_is_taken_apart(text, targets) -> None:
    assert list_targets(text) == targets


def test_a_target_is_planned_under_the_ask_that_it_fits() -> None:
    judge, asks = Judge(), read_asks(SHARED[1][0])
    text = "2026年，计划改造农村厕所1.5万户，培训高素质农民4000人，放流鱼苗1200万尾。"
    passage = Passage("sum#2", SUMMARY, "measure", 2, "", text, "planned", "云川市")
    evidence = tuple(Evidence(a, own=(Hit(passage, 1.0, (), relevance=0.5),)) for a in asks)
    shared = share_facts(evidence, "加快农业农村现代化", judge)
    worded = [word_targets(text, shared[ask.order]) for ask in asks]
    assert worded == ["改造农村厕所1.5万户", "", "培训高素质农民4000人"]


# what was done, what is asked for, how it is taken up
AGAIN = [
    (
        "建立独居老人信息台账，登记独居老人1.38万人。",
        "建立独居老人信息台账",
        "继续完善独居老人信息台账",
    ),
    ("印发社区助餐服务规范，检查助餐点68家。", "制定社区助餐服务规范", "继续完善社区助餐服务规范"),
    ("开展独居老人每周探访4.2万人次。", "开展独居老人每周探访", "继续开展独居老人每周探访"),
    ("举办护理员培训班12期。", "建立独居老人信息台账", "建立独居老人信息台账"),
]


@pytest.mark.parametrize(("done", "wish", "taken_up"), AGAIN)
def test_what_was_told_as_done_is_not_promised_anew(done, wish, taken_up) -> None:
    demand = Demand(wish, 0, len(wish))
    judge, asks = Judge(), (Ask(1, "健全关爱服务制度", f"{wish}。", (demand,)),)
    passage = Passage("sum#1", SUMMARY, "measure", 1, "", done, "done", "云川市")
    evidence = (Evidence(asks[0], own=(Hit(passage, 1.0, (), relevance=0.9),)),)
    proposal = Proposal(
        "关于完善社区居家养老服务的提案", "cppcc", None, "1", (), None, "", "", asks
    )
    (plan,) = plan_answers(proposal, evidence, (), profile=Profile(), today=date(2026, 3, 1),
                           judge=judge)  # fmt: skip
    assert [step.lead + step.text for step in plan.steps] == [taken_up]


def test_a_target_that_comes_about_is_brought_about() -> None:
    text = "食安封签在全市推开；开展专项检查4次。"
    assert word_targets(text, {"食安封签在全市推开": 0.5}) == "推动食安封签在全市推开"
