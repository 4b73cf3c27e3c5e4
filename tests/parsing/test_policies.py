"""Documents that set tasks: whose they are, and the tasks with those responsible."""

from __future__ import annotations

import pytest

from replygen.models import Paragraph, Policy, Source
from replygen.parsing import parse_source

_PARTS = """一、总体要求
以服务群众为宗旨，到2027年服务能力明显提升。
二、重点任务
（一）增加服务供给。推进社区养老服务设施建设，新建小区配套用房同步规划、同步交付，支持闲置房屋改建。（市民政局牵头，市住房城乡建设局、市财政局按职责分工负责）
（二）提升服务质量
建立服务质量评价制度，定期公布评价结果，对不合格的机构限期整改。
责任单位：市民政局、市市场监管局
三、组织实施
各县（区）要加强组织领导，落实经费保障，每年年底前报告进展情况。"""


def _source(text: str) -> Source:
    rows = tuple(Paragraph(row, index=n) for n, row in enumerate(text.split("\n")))
    return Source("a.txt", "0" * 64, "txt", rows)


def _policy(text: str) -> Policy:
    parsed = parse_source(_source(text))
    assert isinstance(parsed, Policy), type(parsed).__name__
    return parsed


_HEADS = [
    (
        "国务院办公厅关于推进养老服务发展的意见\n国办发〔2019〕5号\n各省、自治区、直辖市人民政府，国务院各部委：",
        "2019年3月29日",
        ("国务院办公厅", "国办发〔2019〕5号", "2019-03-29", "国家", None),
    ),
    (
        "民政部 财政部关于加强社区服务的通知\n民发[2024]12号\n"
        "各省、自治区民政厅（局）、财政厅（局）：",
        "民政部\n财政部\n2024年2月1日",
        ("民政部、财政部", "民发〔2024〕12号", "2024-02-01", "国家", None),
    ),
    (
        "澜江省人民政府办公厅关于印发《澜江省养老服务\n提升行动方案》的通知\n澜政办发〔2025〕8号\n各市（州）人民政府：\n"
        "现印发给你们，请认真贯彻执行。",
        "澜江省人民政府办公厅\n2025年4月7日",
        ("澜江省人民政府办公厅", "澜政办发〔2025〕8号", "2025-04-07", "省", "澜江省"),
    ),
    (
        "云川市人民政府文件\n云政发〔2025〕3号\n云川市人民政府\n关于促进养老服务高质量发展的实施意见\n各县（区）人民政府，市政府各部门：",
        "云川市人民政府\n2025年3月5日",
        ("云川市人民政府", "云政发〔2025〕3号", "2025-03-05", "市", "云川市"),
    ),
    (
        "云川市“十五五”养老服务发展规划\n为推动养老服务发展，依据有关规定，制定本规划。",
        "云川市人民政府\n2026年1月5日",
        ("云川市人民政府", None, "2026-01-05", "市", "云川市"),
    ),
    (
        "岚溪县养老服务三年行动计划（2025—2027年）\n为加快发展，特制定本行动计划。",
        "",
        (None, None, None, "县", "岚溪县"),
    ),
]


@pytest.mark.parametrize(
    ("head", "end", "told"), _HEADS, ids=[h.split("\n")[0] for h, _, _ in _HEADS]
)
def test_a_document_says_whose_it_is(head: str, end: str, told: tuple[str | None, ...]) -> None:
    policy = _policy(f"{head}\n{_PARTS}\n{end}".strip())
    assert (policy.issuer, policy.number, policy.date, policy.level, policy.region) == told
    assert policy.title and "养老" in policy.title or "社区服务" in (policy.title or "")


@pytest.mark.parametrize(
    ("head", "end", "told"), _HEADS, ids=[h.split("\n")[0] for h, _, _ in _HEADS]
)
def test_its_tasks_have_a_lead_and_those_responsible(
    head: str, end: str, told: tuple[str | None, ...]
) -> None:
    tasks = _policy(f"{head}\n{_PARTS}\n{end}".strip()).tasks
    assert [t.lead for t in tasks] == ["增加服务供给", "提升服务质量", "组织实施"]
    assert [t.section for t in tasks] == ["重点任务", "重点任务", None]
    assert tasks[0].units == ("市民政局", "市住房城乡建设局", "市财政局")
    assert tasks[1].units == ("市民政局", "市市场监管局")
    assert tasks[1].text == (
        "提升服务质量。建立服务质量评价制度，定期公布评价结果，对不合格的机构限期整改。"
    )
    assert "牵头" not in tasks[0].text and tasks[0].text.endswith("支持闲置房屋改建。")
    assert tasks[-1].text.endswith("报告进展情况。")
    assert all("2019年" not in t.text and "云川市人民政府" not in t.text for t in tasks)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "关于市政协五届三次会议第0123号提案的答复\n陈望舒委员：\n您提出的提案收悉，现答复如下：\n"
            "一、已制定实施方案。\n二、下一步加强监管。\n云川市商务局\n2026年6月1日",
            "Reply",
        ),
        (
            "关于制定养老服务规划的提案\n提案人：陈望舒\n一、建议制定规划。\n二、建议增加投入。",
            "Proposal",
        ),
        (
            "云川市养老服务办法\n（2025年1月1日云川市人民政府令第3号公布）\n"
            "第一条 为了规范服务，制定本办法。\n"
            "第二条 本办法适用于本市。\n第三条 民政部门负责管理。\n第四条 自2025年3月1日起施行。",
            "Statute",
        ),
        (
            "云川市商务局2025年工作总结\n一、加强监管，检查企业二百家，约谈十二家，公布结果四次，群众满意度提升。\n"
            "二、优化服务，办理事项三千件，压减时限一半，企业反映良好，获得上级肯定，工作取得明显成效。\n"
            * 3,
            "Article",
        ),
        (
            "关于加快发展养老服务的建议\n一、我市老龄化程度加深。为此建议：1.增加供给。2.提高质量。",
            "Proposal",
        ),
    ],
    ids=["a-reply", "a-proposal", "a-rule", "a-summary", "a-suggestion"],
)
def test_what_only_resembles_such_a_document_stays_what_it_is(text: str, kind: str) -> None:
    assert type(parse_source(_source(text))).__name__ == kind
