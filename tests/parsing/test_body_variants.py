"""The body of a letter and the articles of a rule as offices write them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from replygen.models import Registry, Reply, Source, Statute
from replygen.parsing import parse_source

Make = Callable[..., Source]

HEAD = (
    "青澜市民政局关于市政协十二届三次会议第0211号提案的答复",
    "骆书遥委员：",
    "您提出的《关于推进社区食堂建设的提案》收悉，现答复如下：",
)
FOOT = ("感谢您对民政工作的关心和支持！", "青澜市民政局", "2024年6月3日")


def _letter(make: Make, *body: str) -> Reply:
    parsed = parse_source(make("\n".join((*HEAD, *body, *FOOT))))
    assert isinstance(parsed, Reply)
    return parsed


# what an office will not do, and whether never or not now
REFUSALS = [
    ("受财力所限，近期难以安排专项资金。", "deferred"),
    ("鉴于该路段已列入拆迁范围，不再实施改造。", "declined"),
    ("该事项属省级事权，我市无权调整。", "declined"),
    ("经实地踏勘，该处道路红线宽度不足，无法设置公交港湾站。", "declined"),
    ("因涉及生态保护红线，该项目不能落地。", "declined"),
    ("目前国家尚未出台统一标准，暂不宜单独制定地方标准。", "deferred"),
    ("编制总量受到严格控制，暂时无法增加人员编制。", "deferred"),
    ("法律没有授权，市级不能设定该项许可。", "declined"),
    ("您建议的免费政策于法无据，我局不予采纳。", "declined"),
    ("由于客流不足，开通夜间公交的条件还不成熟。", "deferred"),
    ("该地块为永久基本农田，依法不得占用。", "declined"),
    ("因此，将该项收费下调的建议我们暂不采纳。", "deferred"),
    ("建设市级美术馆暂未列入本届政府投资计划。", "deferred"),
    ("我局没有执法权，该问题请向市城市管理局反映。", "declined"),
    ("考虑到运行成本，全市推开的时机尚不成熟。", "deferred"),
    ("关于发放交通补贴一事，现阶段不具备实施条件。", "deferred"),
    ("县里没有这个权限，只能如实向您说明。", "declined"),
    ("这条建议我们眼下还接不了。", "deferred"),
    ("按照现行政策，暂不能纳入医保支付范围。", "deferred"),
    ("省里已明确停止新增此类试点，故不再申报。", "declined"),
]


@pytest.mark.parametrize(("sentence", "outcome"), REFUSALS)
def test_a_refusal_below_its_heading_is_an_answer_of_its_own(
    make_source: Make, sentence: str, outcome: str
) -> None:
    reply = _letter(make_source, "一、关于设立专项补助的建议", sentence)
    assert [r.outcome for r in reply.refusals] == [outcome]
    assert reply.refusals[0].section == "关于设立专项补助的建议"
    assert reply.measures == ()
    (section,) = [s for s in reply.sections if s.heading]
    assert section.role == "refused"


@pytest.mark.parametrize(("sentence", "outcome"), REFUSALS)
def test_a_refusal_deep_in_a_section_is_no_measure(
    make_source: Make, sentence: str, outcome: str
) -> None:
    reply = _letter(
        make_source,
        "一、关于设立专项补助的建议",
        "我局高度重视您的建议，会同市财政局专题研究。近年来，我局建成社区食堂42家。"
        f"2023年发放餐券1.2万张。{sentence}",
        "二、关于加强食品安全监管",
        "我局每季度开展一次抽检。",
    )
    assert [r.outcome for r in reply.refusals] == [outcome]
    assert sentence[:-1] in reply.refusals[0].text
    assert all(sentence[:8] not in m.text for m in reply.measures)
    assert any("社区食堂42家" in m.text for m in reply.measures)
    assert any("抽检" in m.text for m in reply.measures)


# what sounds like a refusal and is something done or planned
NO_REFUSALS = [
    "对不符合标准的食堂责令停业整改12家。",
    "我局查处无证经营食堂6家，不得重新开业。",
    "明确食堂不得使用过期食材，抽检合格率99%。",
    "印发通知，要求学校不得指定供应商。",
    "针对老人行动不便、无法到店用餐的问题，开通送餐服务。",
    "建立未成年人不宜接触内容清单，清理违规商品86件。",
    "将暂不具备改造条件的小区纳入储备库，逐年安排。",
    "对无法联系的业主上门走访230户。",
    "整治电动车不按规定停放问题，劝导1200人次。",
    "对不能提供票据的商户逐户核查。",
]


@pytest.mark.parametrize("sentence", NO_REFUSALS)
def test_what_was_done_against_others_is_no_refusal(make_source: Make, sentence: str) -> None:
    reply = _letter(make_source, "一、关于加强食品安全监管", sentence)
    assert reply.refusals == ()
    assert reply.measures


NEXT = [
    "下一步，我局将新建社区食堂20家。",
    "下一步工作中，我局将新建社区食堂20家。",
    "下步，我们将新建社区食堂20家。",
    "下一阶段，我局将新建社区食堂20家。",
    "今后，我局将新建社区食堂20家。",
    "接下来，我局将新建社区食堂20家。",
    "2025年，我局将新建社区食堂20家。",
    "下一步打算：新建社区食堂20家。",
    "下一步，一是新建社区食堂20家，优先覆盖老旧小区；二是扩建老旧食堂8家，增加座位。",
    "下一步：新建社区食堂20家，优先覆盖老旧小区。",
    "后续，我局将新建社区食堂20家。",
]


@pytest.mark.parametrize("sentence", NEXT)
def test_a_plan_stays_below_its_heading(make_source: Make, sentence: str) -> None:
    reply = _letter(
        make_source, "一、关于扩大覆盖面", sentence, "二、关于加强监管", "我局每季度开展一次抽检。"
    )
    one = next(s for s in reply.sections if s.heading == "关于扩大覆盖面")
    assert (one.role, "社区食堂20家" in one.text) == ("planned", True)
    measure = next(m for m in reply.measures if "社区食堂20家" in m.text)
    assert (measure.section, measure.tense) == ("关于扩大覆盖面", "planned")


# lines that are headings, and those below
HEADINGS = [
    ("当前政策要求", "处理意见建议"),
    ("一、当前政策要求", "二、处理意见建议"),
    ("（一）当前政策要求", "（二）处理意见建议"),
    ("1.基本情况", "2.办理意见"),
    ("第一，关于扩大覆盖面", "第二，关于加强监管"),
    ("【基本情况】", "【下一步打算】"),
    ("办理情况：", "下一步措施："),
    ("（一）关于扩大覆盖面的建议", "（二）关于加强监管的建议"),
    ("一.工作开展情况", "二.下步工作计划"),
    ("（1）现状说明", "（2）办理意见"),
    ("建议一：扩大覆盖面", "建议二：加强监管"),
]


@pytest.mark.parametrize(("first", "second"), HEADINGS)
def test_a_heading_is_a_heading_with_or_without_a_number(
    make_source: Make, first: str, second: str
) -> None:
    reply = _letter(
        make_source,
        first,
        "近年来，我局已建成社区食堂42家，覆盖31个社区，日均服务老人3600人次。",
        second,
        "我局将联合市市场监督管理局每季度开展一次抽检，并公开抽检结果。",
    )
    headings = [s.heading for s in reply.sections if s.heading]
    assert len(headings) == 2
    for heading, line in zip(headings, (first, second), strict=True):
        assert heading.strip("【】：") in line


# wrapped lines of one article: what stands at the beginning of the second line
WRAPS = [
    ("由市场监督管理部门依照本办法", "第十一条、第十二条的罚款加倍。"),
    ("由市场监督管理部门依照本办法", "第十一条、第十二条规定的罚款数额加倍。"),
    ("使用单位有下列情形之一，并实施", "第十一条所列行为的，处一万元罚款。"),
    ("有关部门应当按照", "第九条第二款的规定，将检查结果向社会公布。"),
    ("维保单位有", "第八条（三）项情形的，由原发证机关吊销许可。"),
    ("违反本办法第六条至", "第九条规定的，给予警告。"),
    ("对前款规定和本办法", "第七条第一项规定的行为，责令改正。"),
    ("不适用本办法第四条、", "第五条和第六条的规定。"),
    ("应当依照《中华人民共和国特种设备安全法》", "第八十四条的规定处罚。"),
    ("使用单位未履行", "第五条规定义务的，责令限期改正。"),
    ("申请人符合本办法第三条或者", "第四条规定条件的，应当受理。"),
    ("受到本办法", "第十条处罚的单位，一年内不得申请补贴。"),
    ("违反国家有关规定，情节严重，依照本办法", "第十三条之一从重处罚。"),
]


@pytest.mark.parametrize(("before", "after"), WRAPS)
def test_a_wrapped_citation_makes_no_article(make_source: Make, before: str, after: str) -> None:
    lines = (
        "青澜市电梯安全管理办法",
        "第一条 为了加强电梯安全管理，制定本办法。",
        f"第二条 使用单位违反安全管理要求的，{before}",
        after,
        "第三条 维保单位应当每十五日维护一次。",
        "第四条 本办法自2024年5月1日起施行。",
    )
    parsed = parse_source(make_source("\n".join(lines)))
    assert isinstance(parsed, Statute)
    assert [a.number for a in parsed.articles] == ["第一条", "第二条", "第三条", "第四条"]
    assert after in parsed.articles[1].text.replace("\n", "")


def test_articles_that_begin_like_a_citation_are_articles(make_source: Make) -> None:
    lines = (
        "青澜市电梯安全管理办法",
        "第一条 为了加强电梯安全管理，制定本办法。",
        "第二条的规定适用于",
        "本市行政区域内的电梯。",
    )
    parsed = parse_source(
        make_source(
            "\n".join(
                lines[:2]
                + ("第二条 第一条所称电梯，是指载人电梯。", "第三条 本办法自2024年5月1日起施行。")
            )
        )
    )
    assert isinstance(parsed, Statute)
    assert [a.number for a in parsed.articles] == ["第一条", "第二条", "第三条"]


ANSWER = (
    "骆书遥委员：",
    "您提出的《关于加快老旧小区加装电梯的提案》收悉，现答复如下：",
    "一、关于简化审批流程的建议",
    "我局会同市自然资源局推行一窗受理、并联审批。",
    "感谢您对住房城乡建设工作的关心和支持！",
    "青澜市住房和城乡建设局",
    "2024年6月18日",
)
# the rows of the proposal, the row above the answer
REGISTRIES = [
    (
        (
            "提案编号：0123",
            "案由：关于加快老旧小区加装电梯的提案",
            "提案人：骆书遥",
            "届次：十二届三次会议",
            "正文：",
            "加装电梯审批环节多。",
            "办法：",
            "1.简化审批流程。",
            "2.加大资金补助。",
        ),
        "答复内容：",
    ),
    (
        (
            "提案号：0123",
            "标题：关于加快老旧小区加装电梯的提案",
            "提案者：骆书遥",
            "届次：十二届三次",
            "提案内容：",
            "加装电梯审批环节多。建议：一是简化审批流程；二是加大资金补助。",
        ),
        "提案答复：",
    ),
    (
        (
            "序号：0123",
            "题目：关于加快老旧小区加装电梯的提案",
            "第一提案人：骆书遥",
            "会议届次：十二届三次会议",
            "提案正文",
            "加装电梯审批环节多。",
            "意见建议",
            "1.简化审批流程。",
            "2.加大资金补助。",
        ),
        "办理复文",
    ),
    (
        (
            "建议编号：0123",
            "建议标题：关于加快老旧小区加装电梯的建议",
            "领衔代表：骆书遥",
            "届次：十二届三次",
            "建议内容：",
            "加装电梯审批环节多。",
            "建议：",
            "1.简化审批流程。",
            "2.加大资金补助。",
        ),
        "承办单位答复：",
    ),
    (
        (
            "编号",
            "0123",
            "案由",
            "关于加快老旧小区加装电梯的提案",
            "提案人",
            "骆书遥",
            "届次",
            "十二届三次",
            "情况分析",
            "加装电梯审批环节多。",
            "具体建议",
            "1.简化审批流程。",
            "2.加大资金补助。",
        ),
        "承办单位意见",
    ),
    (
        (
            "编号\t0123",
            "案由\t关于加快老旧小区加装电梯的提案",
            "提案人\t骆书遥",
            "届次\t十二届三次会议",
            "内容\t加装电梯审批环节多。",
            "办法\t1.简化审批流程。2.加大资金补助。",
        ),
        "办理答复\t",
    ),
    (
        (
            "【提案编号】0123",
            "【案由】关于加快老旧小区加装电梯的提案",
            "【提案人】骆书遥",
            "【届次】十二届三次",
            "【问题】加装电梯审批环节多。",
            "【建议】1.简化审批流程。2.加大资金补助。",
        ),
        "【答复】",
    ),
    (
        (
            "案号：0123",
            "案 由：关于加快老旧小区加装电梯的提案",
            "提 案 人：骆书遥",
            "届 次：十二届三次",
            "理由：",
            "加装电梯审批环节多。",
            "办法：",
            "1.简化审批流程。",
            "2.加大资金补助。",
        ),
        "复文内容：",
    ),
    (
        (
            "关于加快老旧小区加装电梯的提案",
            "提案编号：0123  提案人：骆书遥  届次：十二届三次",
            "一、问题",
            "加装电梯审批环节多。",
            "二、建议",
            "1.简化审批流程。",
            "2.加大资金补助。",
        ),
        "办理情况",
    ),
    (
        (
            "提案编号 0123",
            "提案题目 关于加快老旧小区加装电梯的提案",
            "提案人 骆书遥",
            "届次 十二届三次",
            "提案内容",
            "加装电梯审批环节多。建议：1.简化审批流程。2.加大资金补助。",
        ),
        "答复意见",
    ),
]


@pytest.mark.parametrize(("rows", "label"), REGISTRIES, ids=[r[1].strip() for r in REGISTRIES])
def test_a_registry_page_shows_both(make_source: Make, rows: tuple[str, ...], label: str) -> None:
    parsed = parse_source(make_source("\n".join((*rows, label, *ANSWER))))
    assert isinstance(parsed, Registry), parsed
    proposal, reply = parsed.proposal, parsed.reply
    assert "加快老旧小区加装电梯" in (proposal.title or "")
    assert (proposal.number, proposal.session) == ("0123", "十二届三次")
    assert proposal.proposers == ("骆书遥",)
    assert [a.text[:6] for a in proposal.asks] == ["简化审批流程", "加大资金补助"]
    assert (reply.number, reply.session) == ("0123", "十二届三次")
    assert reply.addressees == ("骆书遥",)
    assert (reply.issuer, reply.date) == ("青澜市住房和城乡建设局", "2024-06-18")
    assert len(reply.measures) == 1
