"""The case of a livestreaming proposal, from own and foreign passages to the whole letter."""

from datetime import date

import pytest

from replygen.drafting import compose_draft, load_form
from replygen.models import Ask, Document, Evidence, Hit, Passage, Proposal
from replygen.settings import Profile

TODAY = date(2026, 11, 21)
OURS = Profile(
    name="云川市市场监督管理局",
    region="云川市",
    province="澜江省",
    function="市场监管",
    doc_prefix="云市监提复",
    cc=("市政协提案委员会", "市人大常委会代表工作委员会"),
)
SUMMARY = Document(
    "own1", "s.docx", "article", "2025年工作总结", "云川市", "市", OURS.name, "2026-01-09", True
)
EARLIER = Document(
    "own2", "r.docx", "reply", "对市政协五届二次会议第0098号提案的答复", "云川市", "市", OURS.name,
    "2025-06-02", True,
)  # fmt: skip
EAST = Document(
    "east", "e.txt", "reply", "答复", "东岭市", "市", "东岭市市场监督管理局", "2024-05-06"
)
LAW = Document("law", "", "statute", "中华人民共和国电子商务法", None, "国家", None, "2019-01-01")
LOCAL_LAW = Document("law2", "", "statute", "东岭市电子商务促进条例", "东岭市", "市", None, None)
ASKS = (
    Ask(1, "加大监管力度", "加大监管力度，查处直播间里的虚假宣传。"),
    Ask(2, "压实平台和机构责任，建立主播培训制度", "压实平台和机构责任，建立主播培训制度。"),
    Ask(3, "推动行业自律", "推动行业自律，培育诚信商家。"),
)


def hit(document, number, text, tense="done", kind="measure", title=""):
    passage = Passage(
        f"{document.id}#{number}", document, kind, number, title, text, tense, document.region
    )
    return Hit(passage, 0.8, ("words",), (), 0.9)


EVIDENCE = (
    Evidence(
        ASKS[0],
        own=(
            hit(SUMMARY, 1, "全年组织直播间专项监测5轮，查处虚假宣传案件31件。"),
            hit(
                EARLIER, 2, "下一步，我局将于2025年底前建成直播监测平台，加大监管力度。", "planned"
            ),
        ),
        precedents=(
            hit(EAST, 1, "与快手签订协议，移交案件线索169条。开展直播领域专项治理，严查虚假宣传。"),
        ),
        statutes=(
            hit(
                LAW,
                38,
                "县级以上人民政府有关部门应当加强对网络直播营销的监管，加大对虚假宣传行为的查处力度。",
                kind="article",
                title="第三十八条",
            ),
            hit(LOCAL_LAW, 3, "平台应当核验登记。", kind="article", title="第三条"),
        ),
    ),
    Evidence(
        ASKS[1],
        precedents=(
            hit(EAST, 2, "制定《东岭市直播营销合规指引》，压实主播、平台和机构责任。"),
            hit(EAST, 1, "与快手签订协议，移交案件线索169条。开展直播领域专项治理，严查虚假宣传。"),
        ),
    ),
    Evidence(ASKS[2]),
)


def proposal(channel="cppcc", **changes):
    fields = {
        "title": "关于促进我市直播电商规范经营的提案",
        "session": "五届三次",
        "number": "0126",
        "proposers": ("林静", "周海明"),
        "host_role": "主办",
        "background": "",
        "problems": "",
        "asks": ASKS,
    }
    return Proposal(channel=channel, **{**fields, **changes})


def compose(name="letter", channel="cppcc", profile=OURS, evidence=EVIDENCE, **changes):
    asked = proposal(channel, **changes)
    form = load_form(name, channel=channel, host_role=asked.host_role)
    return compose_draft(asked, evidence, profile=profile, form=form, today=TODAY)


def text_of(draft):
    return "\n".join(block.text for block in draft.blocks)


def test_every_ask_has_its_section_in_order():
    draft = compose()
    assert [s.ask for s in draft.sections] == [1, 2, 3]
    assert [s.heading.text for s in draft.sections] == [
        "一、关于加大监管力度",
        "二、关于压实平台和机构责任、建立主播培训制度",
        "三、关于推动行业自律",
    ]
    assert all(len(s.blocks) >= 2 for s in draft.sections)


def test_only_own_material_stands_as_done():
    draft = compose()
    done = [s for b in draft.blocks if b.role == "done" for s in b.sentences]
    assert {s.origin for s in done} == {"own", "slot", "statute"}
    assert "2025年，我局组织直播间专项监测5轮，查处虚假宣传案件31件。" in text_of(draft)


@pytest.mark.slow
@pytest.mark.parametrize("foreign", ["快手", "169", "东岭", "2024", "建成", "《东岭市"])
def test_nothing_of_the_other_place_gets_in(foreign):
    assert foreign not in text_of(compose())


def test_every_demand_is_answered_or_visibly_open():
    section = compose().sections[1]
    assert "主播培训制度" in "".join(b.text for b in section.blocks)


def test_an_ask_without_evidence_has_one_open_place_and_its_demands():
    done, planned = compose().sections[2].blocks
    assert done.sentences[0].origin == "slot" and "推动行业自律" in done.text
    assert "推动行业自律" in planned.text and not any(s.slots for s in planned.sentences)


def test_no_measure_stands_twice():
    draft = compose()
    said = [s.text for b in draft.blocks for s in b.sentences if s.origin in ("own", "precedent")]
    assert len(said) == len(set(said))
    ids = [
        i for b in draft.blocks for s in b.sentences if s.origin == "precedent" for i in s.sources
    ]
    assert len(ids) == len(set(ids))


def test_a_law_of_another_place_is_not_cited():
    text = text_of(compose())
    assert "《中华人民共和国电子商务法》" in text and "促进条例" not in text


def test_every_sentence_says_where_it_comes_from():
    draft = compose()
    known = {r.id for r in draft.references}
    for block in draft.blocks:
        for sentence in block.sentences:
            assert sentence.sources or sentence.origin in ("form", "slot")
            assert set(sentence.sources) <= known


def test_an_old_promise_is_a_note_and_never_text():
    draft = compose()
    assert "监测平台" not in text_of(draft)
    [note] = [n for n in draft.notes if "承诺" in n and "0098" in n]
    assert "2025年底前建成直播监测平台" in note and "第一部分" in note


def test_the_class_is_left_to_a_person_and_a_is_advised_against():
    draft = compose()
    assert draft.blocks[0].text == "办理结果：【请选择类别】"
    assert draft.advice is not None and draft.advice.proposed != "A"


@pytest.mark.parametrize(
    ("channel", "title", "addressee", "cc"),
    [
        (
            "cppcc",
            "对市政协五届三次会议第0126号提案的答复",
            "林静、周海明委员：",
            "抄送：市政协提案委员会。",
        ),
        (
            "npc",
            "对市五届人大三次会议第0126号建议的答复",
            "林静、周海明代表：",
            "抄送：市人大常委会代表工作委员会。",
        ),
    ],
)
def test_channels_never_mix(channel, title, addressee, cc):
    draft = compose(channel=channel)
    styles = {b.style: b.text for b in draft.blocks}
    assert draft.title == title == styles["title"]
    assert (styles["addressee"], styles["cc"]) == (addressee, cc)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("proposers", "line", "you"),
    [
        (("林静",), "林静委员：", "您提出的"),
        (("林静", "周海明"), "林静、周海明委员：", "你们提出的"),
        (("民盟云川市委员会",), "民盟云川市委员会：", "贵委提出的"),
        (("云川市工商联",), "云川市工商联：", "贵会提出的"),
        (("农业和农村委员会", "林静"), "农业和农村委员会、林静委员：", "你们提出的"),
        ((), "【提案人】委员：", "您提出的"),
    ],
)
def test_people_and_bodies_are_addressed_as_they_should_be(proposers, line, you):
    draft = compose(proposers=proposers)
    blocks = {b.style: b.text for b in draft.header}
    assert blocks["addressee"] == line and blocks["body"].startswith(you)


def test_missing_data_are_slots_and_never_blank():
    draft = compose(profile=Profile(), session=None, number=None, proposers=())
    text = text_of(draft)
    for slot in (
        "【届次、编号】",
        "【提案人】",
        "【本单位】",
        "【姓名】",
        "【电话】",
        "【机关代字】",
    ):
        assert slot in text
    assert "None" not in text and "第号" not in text


def test_an_unknown_channel_is_open_too():
    draft = compose(channel=None)
    assert draft.title == "对【会议、编号、提案或建议】的答复" or "【提案或建议】" in draft.title
    assert any("没有认出" in n for n in draft.notes)


def test_by_phase_every_ask_has_a_paragraph_in_both_parts():
    done, planned = compose("phase").sections
    assert (done.heading.text, planned.heading.text) == ("一、当前工作", "二、下一步")
    for part in (done, planned):
        assert {s.ask for b in part.blocks for s in b.sentences} >= {1, 2, 3}


def test_a_cohost_writes_to_the_host():
    draft = compose(host_role="会办")
    text = text_of(draft)
    assert draft.title.endswith("的会办意见") and "【主办单位】：" in text
    assert "请选择类别" not in text and "抄送" not in text and "林静" not in text


def test_a_host_that_the_paper_names_is_addressed():
    assert "市商务局：" in text_of(compose(host_role="会办", host="市商务局"))


def test_cohosts_must_be_heard():
    draft = compose(co_hosts=("市网信办", "市商务局"))
    text = text_of(draft)
    assert "经市网信办、市商务局会办，" in text
    assert "【请补充：会办单位（市网信办、市商务局）的会办意见" in text


def test_a_plan_given_this_year_may_be_used_an_old_one_not():
    now = Document(
        "material:1", "p.docx", "material", "2026年工作要点", "云川市", "市", OURS.name, None, True
    )
    evidence = (
        Evidence(
            ASKS[2], own=(hit(now, 1, "推动成立行业自律组织，培育诚信示范商家。", "planned"),)
        ),
    )
    [said] = [
        s for b in compose(evidence=evidence).blocks for s in b.sentences if s.origin == "own"
    ]
    assert said.text.rstrip("；。") == "推动成立行业自律组织，培育诚信示范商家"
