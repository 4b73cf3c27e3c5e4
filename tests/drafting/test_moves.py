"""The moves of an answer: basis, done, plan, limit, each with its ground."""

from dataclasses import replace
from datetime import date

import pytest

from replygen.drafting import compose_draft, load_form
from replygen.drafting.basis import quote_article
from replygen.drafting.cards import choose_evidence, name_card
from replygen.drafting.laws import PROCEDURE
from replygen.index.relevance import Judge
from replygen.models import Ask, Demand, Document, Evidence, Hit, Passage, Proposal
from replygen.settings import Profile

TODAY = date(2026, 11, 21)
OURS = Profile(name="云川市民政局", short="我局", region="云川市", province="澜江省")
SUMMARY = Document("own", "s.docx", "article", "2025年工作总结", "云川市", "市", OURS.name,
                   "2026-01-09", True)  # fmt: skip
EAST = Document("east", "e.txt", "reply", "答复", "东岭市", "市", "东岭市民政局", "2024-05-06")
LAW = Document("law", "", "statute", "中华人民共和国老年人权益保障法", None, "国家", None, None)
ARTICLE = (
    "地方各级人民政府和有关部门应当采取措施，发展城乡社区养老服务，鼓励、扶持专业服务机构及其他组织和个人，"
    "为居家的老年人提供生活照料、紧急救援、医疗护理、精神慰藉、心理咨询等多种形式的服务。\n"
    "对经济困难的老年人，地方各级人民政府应当逐步给予养老服务补贴。"
)


class LettersJudge(Judge):
    """Finds texts alike by the letters that they share: enough for these few."""

    def alike(self, text, others):
        letters = set(text)
        return [len(letters & set(o)) / (min(len(letters), len(set(o))) or 1) for o in others]


def ask(order, topic, *demands):
    text = "；".join(demands) + "。"
    places = [(text.index(d), d) for d in demands]
    return Ask(order, topic, text, tuple(Demand(d, at, at + len(d)) for at, d in places))


def hit(document, text, kind="measure", tense="done", title="", number=1, relevance=0.9):
    id = f"{document.id}#{number}"
    passage = Passage(id, document, kind, number, title, text, tense, document.region)
    return Hit(passage, 0.5, ("words",), (), relevance)


ASK = ask(1, "扩大社区助餐点覆盖", "在老年人集中的社区增设30个助餐点", "引导餐饮企业参与助餐")
OTHER = ask(2, "加强助餐点监管", "将助餐点纳入日常食品安全检查", "建立助餐点星级评定制度")
BASIS = hit(LAW, ARTICLE, "article", title="第三十七条", tense=None, relevance=0.97)


def compose(*evidence, asks=None, form="letter", **changes):
    asked = Proposal("关于推进社区助餐服务的提案", "cppcc", "五届三次", "0126", ("林静",), "主办",
                     "", "", asks or tuple(e.ask for e in evidence))  # fmt: skip
    asked = replace(asked, **{k: v for k, v in changes.items() if k in ("host_role", "co_hosts")})
    given = changes.get("given")
    loaded = load_form(form, channel="cppcc", host_role=asked.host_role)
    return compose_draft(
        asked, evidence, profile=OURS, form=loaded, today=TODAY, given=given, judge=LettersJudge()
    )


def sentences(draft, origin):
    return [s for x in draft.sections for b in x.blocks for s in b.sentences if s.origin == origin]


def text_of(draft):
    return "\n".join(b.text for x in draft.sections for b in x.blocks)


# ── basis ──────────────────────────────────────────────────────────────────


def test_the_clause_that_bears_on_the_ask_is_quoted_word_for_word():
    [said] = sentences(compose(Evidence(ASK, statutes=(BASIS,))), "statute")
    assert "《中华人民共和国老年人权益保障法》第三十七条" in said.text
    quote = said.text.split("“")[1].split("”")[0]
    assert quote in ARTICLE and 12 <= len(quote) <= 80
    assert said.sources == ("law#1",) and said.confirmed is None


def test_an_article_that_hardly_bears_is_not_cited():
    unsure = replace(BASIS, relevance=0.2)
    assert not sentences(compose(Evidence(ASK, statutes=(unsure,))), "statute")


def test_an_article_is_quoted_once_in_a_letter():
    draft = compose(Evidence(ASK, statutes=(BASIS,)), Evidence(OTHER, statutes=(BASIS,)))
    assert len(sentences(draft, "statute")) == 1


# ── done ───────────────────────────────────────────────────────────────────


def test_only_our_own_material_stands_as_done():
    own = hit(SUMMARY, "全年新建社区助餐点12个，服务老年人3万人次。")
    draft = compose(Evidence(ASK, own=(own,), precedents=(hit(EAST, "建成助餐点90个。"),)))
    [done] = sentences(draft, "own")
    assert done.text == "2025年，我局新建社区助餐点12个，服务老年人3万人次。"
    assert "90" not in text_of(draft) and "建成" not in text_of(draft)
    assert not sentences(draft, "slot")


def test_where_nothing_of_ours_is_known_one_place_an_ask_is_open():
    draft = compose(Evidence(ASK), Evidence(OTHER))
    slots = sentences(draft, "slot")
    assert [s.ask for s in slots] == [1, 2]
    assert all("可写" in s.text for s in slots)


def test_what_is_all_for_others_has_no_open_place_for_our_work():
    assert not sentences(compose(Evidence(ASK), given={"1": "refer"}), "slot")


# ── plan ───────────────────────────────────────────────────────────────────


def test_every_demand_becomes_a_commitment_that_nobody_has_confirmed():
    said = sentences(compose(Evidence(ASK), Evidence(OTHER)), "proposal")
    assert [s.text for s in said] == [
        "在老年人集中的社区增设助餐点；",
        "引导餐饮企业参与助餐。",
        "会同市市场监督管理局把助餐点纳入日常食品安全检查；",
        "建立助餐点星级评定制度。",
    ]
    assert all(s.confirmed is False and s.sources == ("proposal",) for s in said)


def test_a_measure_of_another_place_says_how_the_demand_that_it_serves_is_met():
    measure = hit(EAST, "建立助餐点星级评定办法，每季度公布评定结果，移交线索16条。")
    draft = compose(Evidence(OTHER, precedents=(measure,)))
    text = text_of(draft)
    [how] = sentences(draft, "precedent")
    assert "16" not in text and "东岭" not in text
    before = text[: text.index(how.text)]
    assert before.endswith("建立助餐点星级评定制度，")


def test_what_serves_no_demand_is_left_out_unless_a_person_chose_it():
    measure = hit(EAST, "组织志愿者开展冬季送温暖活动。")
    found = Evidence(OTHER, precedents=(measure,))
    assert not sentences(compose(found), "precedent")
    [chosen] = choose_evidence((found,), [name_card(OTHER, measure.passage)])
    assert sentences(compose(chosen), "precedent")


def test_no_two_paragraphs_open_alike():
    asks = [ask(n, f"推进第{w}类助餐", f"推进{w}食堂建设") for n, w in
            enumerate(("甲街", "乙社", "丙院", "丁村", "戊镇", "己校"), 1)]  # fmt: skip
    draft = compose(*(Evidence(a) for a in asks))
    openings = [b.text[:4] for x in draft.sections for b in x.blocks if b.role == "planned"]
    assert len(openings) == 6 == len(set(openings))


@pytest.mark.parametrize(
    ("short", "full", "said"),
    [
        (
            "督促外卖平台和配送站点履行义务",
            "督促外卖平台和配送站点落实核验、留样、公示等义务",
            False,
        ),
        ("督促外卖平台和配送站点履行义务", "为骑手设置歇脚的服务站点", True),
    ],
)
def test_what_is_said_in_full_is_not_said_in_short_before(short, full, said):
    wanted = ask(1, "规范外卖平台经营", short, "公布抽查的结果", full)
    assert (short in text_of(compose(Evidence(wanted)))) is said


def test_the_same_demand_is_promised_once():
    twice = ask(2, "增设助餐点", "在老年人集中的社区增设助餐点", "开展送餐上门服务")
    assert text_of(compose(Evidence(ASK), Evidence(twice))).count("增设助餐点") == 2  # + slot


def test_an_ask_that_cannot_be_taken_up_is_answered_from_its_topic():
    odd = ask(1, "老年食堂的可持续运营", "老年人吃饭难由来已久")
    [said] = sentences(compose(Evidence(odd)), "proposal")
    assert "“老年食堂的可持续运营”" in said.text


def test_an_ask_answered_from_its_topic_is_shared_as_its_demands_are():
    wish = "对东岭大学、西川学院等高校，如东岭大学，给予专项财政支持"
    poor = ask(1, "给予助餐专项财政支持", wish)
    said = sentences(compose(Evidence(poor)), "proposal")
    assert said[0].text.startswith("会同财政部门研究")


def test_what_no_wording_of_ours_was_found_for_is_answered_in_the_words_of_the_ask():
    mixed = ask(1, "扩大助餐点", "增设社区助餐点", "推动其转型升级、做大做强")
    said = "".join(s.text for s in sentences(compose(Evidence(mixed)), "proposal"))
    assert "增设社区助餐点" in said and "“推动其转型升级、做大做强”" in said


@pytest.mark.parametrize(
    "half", ["支持以家庭照护为主线", "利用结对帮扶、示范带动", "老人吃饭难由来已久"]
)
def test_half_a_phrase_is_not_quoted(half):
    mixed = ask(1, "扩大助餐点", "增设社区助餐点", half)
    said = "".join(s.text for s in sentences(compose(Evidence(mixed)), "proposal"))
    assert "增设社区助餐点" in said and half not in said


def test_a_topic_that_is_cut_gives_way_to_the_words_of_the_wish():
    odd = ask(1, "在原有助餐补贴的基础上", "老年人吃饭难由来已久")
    [said] = sentences(compose(Evidence(odd)), "proposal")
    assert "基础上的具体措施" not in said.text


@pytest.mark.parametrize(
    ("article", "matter", "quote"),
    [
        # a line of the page that is broken in a word
        ("民政部门应当加强助餐点建设、运营的监督管\n理、用餐服务质量评价工作。", "用餐服务质量评价",
         "民政部门应当加强助餐点建设、运营的监督管理、用餐服务质量评价工作"),
        # 适应 holds no 应
        ("国家建立健全适应人口老龄化需要，覆盖城乡全体老年人，功能完善、规模适度、布局合理的养老服务体系，"
         "推进基本养老服务均等化，促进养老事业和养老产业协同发展，不断满足老年人持续增长的服务需求。",
         "养老服务体系", None),
    ],
    ids=["broken line", "适应"],
)  # fmt: skip
def test_a_quotation_is_whole(article, matter, quote):
    found = quote_article(hit(LAW, article, "article", title="第三条"), [matter], LettersJudge())
    assert (found.quote if found else None) == quote


@pytest.mark.parametrize(
    "article",
    [
        "违反本法规定，助餐点食品不符合要求的，由市场监督管理部门责令改正，给予警告。",
        "助餐发展规划应当包括助餐点的布局和数量、服务对象的范围和收费的办法、设施的标准和日常的管理要求，"
        "食品安全的保障措施和志愿服务的组织办法等内容，并与老龄事业发展规划和社区服务设施的建设规划相衔接一致。",
    ],
    ids=["a penalty", "a list whose verb is gone"],
)  # fmt: skip
def test_what_is_no_basis_is_not_quoted(article):
    found = quote_article(
        hit(LAW, article, "article", title="第三条"), ["助餐点的布局和数量"], LettersJudge()
    )
    assert found is None or found.doer == ""


def test_an_article_is_quoted_where_it_and_its_clause_are_sure_together():
    far = hit(LAW, "国家鼓励研究古代天文仪器的制作。", "article", title="第九条", relevance=0.97)
    assert not sentences(compose(Evidence(ASK, statutes=(far,))), "statute")
    near = hit(LAW, ARTICLE, "article", title="第三十七条", number=2, relevance=0.97)
    [said] = sentences(compose(Evidence(ASK, statutes=(far, near))), "statute")
    assert "第三十七条" in said.text
    unsure = replace(near, relevance=0.6)
    assert not sentences(compose(Evidence(ASK, statutes=(unsure,))), "statute")


FORBIDDEN = "任何单位和个人不得擅自占用公共停车泊位。"


@pytest.mark.parametrize(
    ("article", "wish", "quoted"),
    [
        # what is forbidden answers who wants it forbidden or watched
        (FORBIDDEN, "在老城区增加停车泊位", False),
        (FORBIDDEN, "整治占用停车泊位的行为", True),
        (FORBIDDEN, "规范停车泊位管理", True),
        # who says how, and that rules are kept, is no ground
        ("停车场的具体管理办法由省人民政府规定。", "加强停车场管理", False),
        ("开展停车场经营活动，应当遵守国家有关规定。", "加强停车场经营管理", False),
        ("占用停车泊位的，依照道路交通安全法的规定处罚。", "整治占用停车泊位", False),
        # nor what the country's departments are to do
        ("停车产业目录由国务院发展改革部门会同有关方面编制和公布。", "发展停车产业", False),
        ("县级以上地方人民政府应当统筹停车场的规划和建设。", "加强停车场建设", True),
        ("国家鼓励社会资本投资建设公共停车场。", "鼓励社会资本建停车场", True),
        ("城市人民政府有关部门可以依法施划停车泊位。", "施划停车泊位", True),
    ],
)
def test_a_clause_that_grounds_nothing_is_not_quoted(article, wish, quoted):
    found = quote_article(hit(LAW, article, "article", title="第五条"), [wish], Judge())
    assert (found is not None) is quoted, found


def test_the_verb_of_the_doer_is_not_said_twice():
    article = (
        "国家鼓励智能停车设备和立体停车设施在城市中心区、医院、学校、车站、商圈、景区以及老旧小区周边的推广和应用，"
        "以及相关标准规范的宣传、普及和实施，鼓励高等学校开设停车管理的专业课程。"
    )
    wish = "鼓励高等学校开设停车管理专业课程"
    found = quote_article(hit(LAW, article, "article", title="第六条"), [wish], Judge())
    assert found is not None and found.said == "国家“鼓励高等学校开设停车管理的专业课程”"


# ── limit ──────────────────────────────────────────────────────────────────


def test_what_is_studied_says_who_decides_and_what_we_do():
    law = ask(1, "制定助餐条例", "制定社区助餐条例")
    said = text_of(compose(Evidence(law), given={"1": "study"}))
    assert "制定社区助餐条例" in said and "我局将" in said and "下一步" not in said


@pytest.mark.parametrize(
    ("wish", "named"),
    [
        # the act that the rule speaks of, not the first; with whom is ours to say
        ("摸清各点底数，制定助餐管理条例，明确各方责任", "关于制定助餐管理条例，"),
        ("由市教育局牵头，将食育纳入中小学必修课程", "关于将食育纳入中小学必修课程，"),
    ],
)
def test_a_limit_names_what_is_not_ours_to_promise(wish, named):
    said = text_of(compose(Evidence(ask(1, "完善制度", wish))))
    assert named in said, said


def test_who_acts_is_said_once_in_a_sentence():
    text = "助餐企业在开业前，明码标价公示菜单，签订供餐合同"
    parts = [Demand(d, text.index(d), text.index(d) + len(d))
             for d in ("明码标价公示菜单", "签订供餐合同")]  # fmt: skip
    said = text_of(compose(Evidence(Ask(1, "规范经营", text, tuple(parts)))))
    assert said.count("引导助餐企业") == 1 and "签订供餐合同" in said


def test_two_demands_that_wait_for_each_other_are_one():
    text = "扶持社会组织依托自身优势，参与助餐服务"
    parts = [Demand(d, text.index(d), text.index(d) + len(d)) for d in text.split("，")]
    said = text_of(compose(Evidence(Ask(1, "鼓励社会参与", text, tuple(parts)))))
    assert "扶持社会组织依托自身优势，参与助餐服务" in said


def test_what_the_state_council_is_to_do_is_no_ground_for_us():
    text = "国务院民政部门负责制定全国助餐服务发展规划。县级以上地方人民政府应当支持社区助餐服务。"
    passage = replace(BASIS.passage, text=text)
    quoted = quote_article(replace(BASIS, passage=passage), ("制定助餐服务发展规划",), Judge())
    assert quoted is not None and "国务院" not in quoted.said


def test_a_wish_is_not_quoted_from_a_topic_that_ends_within_its_clause():
    text = "高龄老人出行的风险都由企业来承担不合适"
    cut = Ask(1, "高龄老人出行的风险", text, (Demand(text, 0, len(text)),))
    assert f"“{text}”" in text_of(compose(Evidence(cut)))


def test_what_is_handed_on_is_quoted_by_what_is_to_be_done():
    wish = "资格认定须从严把关，这影响老人的积极性"
    said = text_of(compose(Evidence(ask(1, "严格把关", wish)), given={"1": "refer"}))
    assert "积极性”" not in said and "从严把关" in said


def test_a_procedure_is_cited_where_the_index_has_it():
    document = Document("lf", "", "statute", "中华人民共和国立法法", None, "国家", None, None)
    article = Passage("lf#81", document, "article", 81, "第八十一条", "设区的市可以……", None)
    law = ask(1, "制定助餐条例", "制定社区助餐条例")
    found = Evidence(law, statutes=(Hit(article, 1.0, (PROCEDURE,), (), 1.0),))
    draft = compose(found, given={"1.1": "study"})
    assert "请选择类别" in draft.blocks[0].text
    cited = [s for s in sentences(draft, "statute") if "第八十一条" in s.text]
    ruled = any(d.rule == "legislation" for s in draft.stances for d in s.demands)
    assert len(cited) == ruled


def test_a_procedure_is_told_once_in_its_words():
    document = Document("lf", "", "statute", "中华人民共和国立法法", None, "国家", None, None)
    article = Passage("lf#81", document, "article", 81, "第八十一条", "设区的市可以……", None)
    found = (Hit(article, 1.0, (PROCEDURE,), (), 1.0),)
    laws = [ask(1, "制定助餐条例", "制定社区助餐条例"), ask(2, "修订养老条例", "修订养老服务条例")]
    said = text_of(compose(*(Evidence(a, statutes=found) for a in laws)))
    assert said.count("第八十一条") == 1 and "上述" not in said


def test_what_a_commitment_hangs_on_stands_beside_it():
    money = ask(1, "加大助餐投入", "设立社区助餐专项补贴", "引导餐饮企业参与助餐")
    [block] = [b for x in compose(Evidence(money)).sections for b in x.blocks
               if b.role == "planned"]  # fmt: skip
    assert "设立社区助餐专项补贴，所需资金按预算程序确定；" in block.text


def test_what_is_for_those_above_us_keeps_the_words_of_the_proposal():
    above = ask(1, "加强省级统筹", "由省政府在省级层面统一制定助餐规划")
    said = text_of(compose(Evidence(above)))
    assert "省级层面" in said and "市级层面" not in said and "向省有关部门反映" in said


def test_a_refusal_without_a_reason_leaves_the_one_open_place_for_it():
    draft = compose(Evidence(ASK), given={"1.1": "decline", "1.2": "adopt"})
    [slot] = sentences(draft, "slot")
    assert "理由和依据" in slot.text and "增设助餐点" in slot.text


@pytest.mark.parametrize("form", ["letter", "phase", "cohost"])
def test_every_form_answers_every_ask(form):
    draft = compose(Evidence(ASK), Evidence(OTHER), form=form)
    said = {s.ask for s in sentences(draft, "proposal")}
    assert said == {1, 2}


def test_an_opinion_to_the_host_has_only_our_part():
    draft = compose(
        Evidence(ASK), Evidence(OTHER), host_role="会办", given={"1": "refer", "2": "adopt"}
    )
    assert {s.ask for s in sentences(draft, "proposal")} == {2}
    assert any("第1项" in note and "主办单位" in note for note in draft.notes), draft.notes


def test_a_demand_that_a_measure_already_says_is_not_said_again():
    again = hit(EAST, "在社区建设老年食堂，将助餐点纳入日常的食品安全检查。", tense="planned")
    draft = compose(Evidence(OTHER, precedents=(again,)))
    assert text_of(draft).count("食品安全检查") == 1


# ── what the draft tells of itself ─────────────────────────────────────────


def test_the_evidence_says_what_was_used():
    draft = compose(Evidence(ASK, statutes=(BASIS,), precedents=(hit(EAST, "养护古树。"),)))
    used = {u.id: u.used for u in draft.evidence}
    assert used == {"law#1": True, "east#1": False}
    assert next(u for u in draft.evidence if u.id == "law#1").article == "第三十七条"


def test_every_sentence_has_its_ground():
    draft = compose(Evidence(ASK, statutes=(BASIS,)), Evidence(OTHER))
    known = {r.id for r in draft.references}
    for block in draft.blocks:
        for sentence in block.sentences:
            assert sentence.sources or sentence.origin in ("form", "slot")
            assert set(sentence.sources) <= known
