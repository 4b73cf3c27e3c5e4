"""What a demanding clerk would strike out of a draft: repeats, echoes of mere force,
off-topic sentences, laws without support, plans told as done."""

from dataclasses import replace
from datetime import date

import pytest

from replygen.drafting import compose_draft, load_form
from replygen.drafting.demands import is_covered, is_thing, split_demands
from replygen.drafting.lexical import bearing, matter, names_subject, speaks_of_else
from replygen.drafting.own import current_plans, done_sentences, promises, quote_own
from replygen.drafting.repeats import without_said
from replygen.models import Ask, Document, Evidence, Hit, Passage, Proposal
from replygen.settings import Profile

TODAY = date(2026, 11, 21)
OURS = Profile(name="云川市市场监督管理局", short="我局", region="云川市", province="澜江省")
SUMMARY = Document("sum", "s.docx", "article", "2025年工作总结", "云川市", "市", OURS.name,
                   "2025-12-26", True)  # fmt: skip
LETTER = Document("let", "l.docx", "reply", "对市政协第0091号提案的答复", "云川市", "市",
                  OURS.name, "2025-06-20", True)  # fmt: skip
EAST = Document("east", "e.txt", "reply", "答复", "东岭市", "市", "东岭市市场监督管理局", None)
ASK = Ask(
    1,
    "查处直播间里的虚假宣传",
    "查处直播间里的虚假宣传，对直播间开展重点监测，发现违法行为及时查处。",
)
SUBJECT = "促进直播电商规范经营"


def passage(text, document=SUMMARY, tense="done", kind="measure", number=1, **more):
    return Passage(f"{document.id}#{number}", document, kind, number, "", text, tense,
                   document.region, **more)  # fmt: skip


def hit(text, document=SUMMARY, score=0.8, **more):
    return Hit(passage(text, document, **more), score, ("words",))


def compose(evidence, asks=(ASK,), form="letter", **changes):
    asked = Proposal("关于促进我市直播电商规范经营的提案", "cppcc", "五届三次", "0126", ("林静",),
                     "主办", "", "", asks)  # fmt: skip
    asked = replace(asked, **changes)
    loaded = load_form(form, channel=asked.channel, host_role=asked.host_role)
    return compose_draft(asked, evidence, profile=OURS, form=loaded, today=TODAY)


def words_of(draft):
    return "\n".join(block.text for block in draft.blocks)


# ── what counts as alike ───────────────────────────────────────────────────


def test_officialese_weighs_nothing_and_matter_much():
    weights = matter("加强直播电商监管工作")
    assert weights["直播"] > 0.8 and "加强" not in weights and "工作" not in weights


def test_one_shared_word_is_chance():
    assert bearing("压实平台责任", "压实平台责任。", "建设政务数据平台。") == 0
    assert bearing(ASK.topic, ASK.text, "查处虚假宣传行为") > 0.3


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("把学校食堂纳入监管", True),
        ("检查直播间", False),
        ("电梯更新305台", True),
        ("抽查商家", False),
    ],
)
def test_a_setting_the_proposal_never_mentions_is_elsewhere(text, elsewhere):
    assert speaks_of_else(text, ASK.text + SUBJECT) is elsewhere


def test_a_subject_is_named_by_its_particular_words():
    assert names_subject(SUBJECT, "直播营销") >= 0.3 > names_subject(SUBJECT, "健康发展")


# ── own sentences ──────────────────────────────────────────────────────────


def test_own_sentences_stand_in_the_order_of_their_dates():
    hits = [
        hit("全年开展直播间专项监测6轮，发现违法线索43条。"),
        hit("2023年，检查直播间419个，查处虚假宣传15件。", LETTER, number=2),
        hit("2025年3月，约谈直播机构6家，督促整改虚假宣传。", LETTER, number=3),
    ]
    texts = [s.text[:5] for s in quote_own(hits, ASK, SUBJECT)]
    assert texts == ["2023年", "2025年", "2025年"]
    assert "3月" in quote_own(hits, ASK, SUBJECT)[1].text


def test_what_is_off_the_matter_is_not_quoted():
    hits = [
        hit("开展燃气具专项整治，查处违法行为12起。"),
        hit("学校食堂全部接入监测平台。", number=2),
    ]
    assert quote_own(hits, ASK, SUBJECT, ASK.text + SUBJECT) == ()


@pytest.mark.parametrize(
    ("text", "opening", "doubtful"),
    [
        ("2023年检查直播间419个。全年受理投诉88件。", "2023年", False),
        ("认真办理群众投诉工作。全年受理直播投诉88件。", "2024年", True),  # written in June 2025
        ("2023年检查直播间419个。今年以来受理投诉12件。", "2025年以来", False),
    ],
)
def test_the_whole_year_is_the_one_the_letter_spoke_of(text, opening, doubtful):
    last = done_sentences(passage(text, LETTER))[-1]
    assert last.text.startswith(opening)
    assert bool(last.doubt) is doubtful


def test_the_lead_of_a_summary_is_quoted_though_it_is_the_passages_title():
    text = "全年组织直播带货专项监测6轮，筛出违法线索43条"
    found = Passage("sum#0", SUMMARY, "measure", 0, text, f"{text}。举办讲座8场。", "done")
    assert done_sentences(found)[0].text.startswith("2025年，{short}组织直播带货专项监测6轮")


def test_a_fragment_has_the_year_of_the_sentence_it_stands_in():
    found = done_sentences(
        passage("2024年，授权专利12件；“云溪米粉”获准注册商标。新建知识产权服务站点9个。", LETTER)
    )
    assert [s.text[:9] for s in found] == ["2024年，授权专", "2024年，“云溪", "截至2025年6月"]


def test_after_a_plan_nothing_is_done():
    text = "检查直播间的商家30个。下一步，我局将建立名单。推广直播监测系统200户。"
    assert [s.said for s in done_sentences(passage(text))] == ["检查直播间的商家30个"]


def test_a_whole_reply_is_never_quoted_but_its_promises_are_known():
    text = "二、关于监测能力\n本地监测能力不足。下一步，我局将于2025年底前建成直播监测平台。"
    reply = passage(text, LETTER, kind="reply", tense=None)
    assert done_sentences(reply) == ()
    assert [p.text for p in promises(reply)] == ["我局将于2025年底前建成直播监测平台"]


def test_a_shortcoming_is_nothing_done():
    assert done_sentences(passage("直播监测主要依靠省局推送，本地监测能力不足3成。")) == ()


def test_last_years_summary_may_hold_this_years_plan():
    text = "监测系统尚未运行。2026年，我局将推进直播监测系统应用。"
    current = current_plans(passage(text, tense="planned"), TODAY)
    assert current is not None and current.text == "2026年，我局将推进直播监测系统应用。"
    assert current_plans(passage("2025年，我局将建设系统。", tense="planned"), TODAY) is None


def test_neither_our_name_nor_the_year_is_said_twice():
    draft = compose((Evidence(ASK, own=(
        hit("全年开展直播间专项监测6轮，发现违法线索43条。"),
        hit("全年查处直播间虚假宣传案件31件。", number=2),
    )),))  # fmt: skip
    [done] = [b.text for b in draft.blocks if b.role == "done"]
    assert done.count("我局") == 1 and done.count("2025年") == 1


# ── items ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "said", "left"),
    [
        ("建立主播培训制度，编写主播培训教材", [], "建立主播培训制度，编写主播培训教材"),
        (
            "会同网信部门建立主播培训制度，建立主播信用档案并定期公布",
            ["会同商务部门建立主播培训制度"],
            "建立主播信用档案并定期公布",
        ),
        ("建立主播培训制度，按季度考核", ["建立主播培训制度，发放证书"], None),
        ("统一台账", [], None),
    ],
)
def test_a_clause_is_said_once(text, said, left):
    result = without_said(text, said)
    assert result == left


def test_items_of_two_asks_share_no_clause():
    asks = (
        Ask(1, "建立主播培训制度", "建立主播培训制度。"),
        Ask(2, "对主播分级管理", "加强主播培训，对直播间的主播分级管理。"),
    )
    first = hit("会同商务部门建立主播培训制度，编写主播培训教材并组织考核。", EAST)
    second = hit("会同网信部门建立主播培训制度，对直播间的主播实行分级管理。", EAST, number=2)
    draft = compose(
        (Evidence(asks[0], precedents=(first, second)), Evidence(asks[1], precedents=(second,))),
        asks,
    )
    items = [s.text for b in draft.blocks for s in b.sentences if s.origin == "precedent"]
    assert len(items) == 2 and "".join(items).count("建立主播培训制度") == 1


@pytest.mark.parametrize(
    "text",
    [
        "建议市政府明确直播监管的牵头部门，形成长效机制。",
        "提请省政府出台直播监管办法。",
        "由职业学院编写直播培训教材，采取线上授课的方式。",
    ],
)
def test_what_others_are_asked_to_do_is_no_measure_of_ours(text):
    draft = compose((Evidence(ASK, precedents=(hit(text, EAST),)),))
    assert not [s for b in draft.blocks for s in b.sentences if s.origin == "precedent"]


def test_associations_make_their_conventions_themselves():
    ask = Ask(1, "推动直播行业自律", "推动直播行业自律，制定直播自律公约。")
    found = hit("发布《东岭市直播电商自律公约》，作出28条约定。", EAST)
    assert "支持行业协会制定直播电商自律公约" in words_of(
        compose((Evidence(ask, precedents=(found,)),), (ask,))
    )


def test_scores_of_any_scale_give_the_same_draft():
    texts = [
        "每年组织直播间专项治理，查处虚假宣传行为。",
        "建立直播间信用档案，对直播间开展重点监测。",
        "对直播平台开展行政指导，督促其及时查处违法行为。",
    ]
    hits = tuple(hit(t, EAST, score=0.9 - n / 4, number=n) for n, t in enumerate(texts))
    own = (hit("全年开展直播间专项监测6轮，发现违法线索43条。"),)
    halved = tuple(replace(h, score=h.score / 2) for h in hits)
    whole = compose((Evidence(ASK, own=own, precedents=hits),))
    half = compose((Evidence(ASK, tuple(replace(h, score=h.score / 2) for h in own), halved),))
    assert whole == half and len([b for b in whole.blocks if b.role == "planned"]) >= 1


# ── demands ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("demand", "thing"),
    [
        ("建立主播培训制度", True),
        ("设立知识产权纠纷快速处理窗口", True),
        ("推广使用外卖封签", True),
        ("加大监管力度", False),
        ("推动行业自律", False),
        ("督促平台和直播机构履行义务", False),
        ("落实充电电价政策", False),
    ],
)
def test_only_a_thing_to_be_set_up_is_echoed(demand, thing):
    assert is_thing(demand) is thing


def test_an_enumeration_is_one_demand():
    ask = Ask(1, "压实责任", "督促平台落实资质核验、商品抽检、信息留存等义务，建立主播培训制度。")
    assert split_demands(ask) == (
        "督促平台落实资质核验、商品抽检、信息留存等义务",
        "建立主播培训制度",
    )


def test_more_force_is_covered_by_any_measure_a_thing_is_not():
    assert is_covered("加大监管力度", ["每年组织专项治理"])
    assert not is_covered("建立主播培训制度", ["每年组织专项治理"])


def test_an_ask_is_echoed_once_and_the_drafter_is_told():
    ask = Ask(1, "完善制度", "建立主播培训制度，设立直播投诉窗口，开发直播监测平台。")
    draft = compose((Evidence(ask),), (ask,))
    assert words_of(draft).count("计划于【时间】前启动") == 1
    assert any("请确认能否承诺" in note for note in draft.notes)
    assert "设立直播投诉窗口" in words_of(draft) and "开发直播监测平台" in words_of(draft)


# ── laws ───────────────────────────────────────────────────────────────────


def law(name, number=1):
    document = Document(f"law-{name}", "", "statute", name, None, "国家", None, "2019-01-01")
    return Hit(Passage(f"law-{name}#{number}", document, "article", number, "第三条", "条文"), 0.7,
               ("exact",))  # fmt: skip


def test_a_law_is_cited_once_in_a_draft_and_two_at_most_in_a_part():
    asks = (ASK, Ask(2, "建立直播信用档案", "建立直播间信用档案，开展重点监测。"))
    laws = tuple(law(f"中华人民共和国{n}法") for n in ("电子商务", "广告", "价格"))
    measures = [hit("每年组织直播间专项治理，查处虚假宣传行为。", EAST),
                hit("建立直播间信用档案，开展重点监测。", EAST, number=2)]  # fmt: skip
    draft = compose(
        tuple(
            Evidence(a, precedents=(m,), statutes=laws) for a, m in zip(asks, measures, strict=True)
        ),
        asks,
    )
    text = words_of(draft)
    assert text.count("《中华人民共和国电子商务法》") == 1
    assert text.count("《中华人民共和国价格法》") == 1
    cited = [s for b in draft.blocks for s in b.sentences if s.origin == "statute"]
    assert [len(s.sources) for s in cited] == [2, 1]


# ── forms ──────────────────────────────────────────────────────────────────


def test_the_signer_stands_only_where_the_form_says_so(tmp_path):
    profile = replace(OURS, signer="秦知远")
    own_form = tmp_path / "ours.toml"
    own_form.write_text('base = "letter"\nsigner = true\n', encoding="utf-8")
    asked = Proposal(
        "关于直播的提案", "cppcc", "五届三次", "0126", ("林静",), "主办", "", "", (ASK,)
    )
    for name, stands in (("letter", False), (str(own_form), True)):
        form = load_form(name, channel="cppcc", host_role="主办")
        draft = compose_draft(asked, (), profile=profile, form=form, today=TODAY)
        assert any(b.style == "signer" for b in draft.blocks) is stands


def test_a_whole_paper_takes_no_measure_of_another_matter():
    asks = (Ask(1, "普及法律法规知识", "向社会普及保护古树名木的法律法规知识，常态化开展巡查。"),)
    off = hit("向网络经营者普及反不正当竞争法律法规，常态化开展平台规则评估性检查。", EAST)
    near = hit("向社会普及古树名木保护法律法规，对古树定期巡查。", EAST, number=2)
    background = "我市古树名木数量多、分布广，不少古树缺少专人养护，树体受损。" * 14
    draft = compose(
        (Evidence(asks[0], precedents=(off, near)),),
        asks,
        title="关于加强古树名木保护的提案",
        background=background,
    )
    items = [s.text for b in draft.blocks for s in b.sentences if s.origin == "precedent"]
    assert items and not any("平台规则" in item for item in items)
