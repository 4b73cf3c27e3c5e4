"""What is said of everybody and what a law counts is no leak; bodies of levels that we have not,
and words that are somebody's name, are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from replygen.checking import check_document
from replygen.checking.check import CheckReport
from replygen.entities.counted import is_counted_by_law
from replygen.entities.sayings import find_sayings
from replygen.models import Proposal
from replygen.settings import Profile


@pytest.fixture(scope="module")
def check(profile: Profile, proposal: Proposal, own_texts: tuple[str, ...]):
    def run(text: str, ours: Profile = profile) -> CheckReport:
        return check_document(
            (text,), proposal=proposal, profile=ours, own_texts=own_texts, today=date(2026, 11, 26)
        )

    return run


def find_leaks(report: CheckReport) -> list[str]:
    found = [f for f in report.findings if f.rule.startswith("leak.") and f.where]
    return [f.where.text for f in found if f.where]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("切忌重技轻德，也不能有名无实。", "重技轻德"),
        ("坚持以文塑旅、以旅彰文，丰富产品供给。", "以文塑旅、以旅彰文"),
        ("察民情、顺民意、惠民生，是办理提案的落脚点。", "察民情、顺民意、惠民生"),
        ("洛阳纸贵的背后，是优质内容的稀缺。", "洛阳纸贵"),
        ("“不以规矩，不能成方圆”，行业自律不可少。", "不以规矩，不能成方圆"),
        ("“莫以善小而不为”，志愿服务贵在坚持。", "莫以善小而不为"),
        ("俗话说民生无小事，枝叶总关情。", "民生无小事，枝叶总关情"),
        ("春蚕到死丝方尽，蜡炬成灰泪始干，教师的奉献可敬。", "春蚕到死丝方尽，蜡炬成灰泪始干"),
        ("尊老敬老、爱老助老的风尚，要代代相传。", "尊老敬老、爱老助老"),
    ],
)
def test_idioms_verses_and_clauses_that_answer_each_other_are_sayings(check, text: str, said: str):
    at = text.index(said)
    assert any(start <= at and at + len(said) <= end for start, end in find_sayings(text))
    assert find_leaks(check(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("由青鸟智安供货，误报率仍需降低。", "青鸟智安"),
        ("群众反映集中的向阳路、向南路，已完成改造。", "向阳路"),
        ("老党员轮流坐班的“水滴石穿”工作室，化解纠纷多起。", "水滴石穿"),
        ("海洋非遗展演安排在“开渔文化周”，往年反响热烈。", "开渔文化周"),
    ],
)
def test_names_that_stand_so_are_none(text: str, name: str):
    at = text.index(name)
    assert not any(s <= at and at + len(name) <= e for s, e in find_sayings(text))


@pytest.mark.parametrize(
    "text",
    [
        "业主共同决定事项，应当由人数占比三分之二以上的业主参与表决。",
        "发明专利权的期限为二十年，自申请日起计算。",
        "申请人对不予受理决定不服的，可在六十日内申请行政复议。",
        "未满十六周岁的未成年人不得招用，用人单位要把好关。",
        "燃气热水器的判废年限为八年，到期必须更换。",
        "压力表半年检定一次，超期的停止使用。",
        "连续三年抽检不合格的，依法列入重点监管名单。",
        "落实每天体育活动不少于两小时的要求。",
        "选聘物业服务人，须经参与表决面积过半数的业主同意。",
        "每年三月的全国中小学生安全教育日，学校应组织演练。",
        "5G和IPv6是新型基础设施的重要组成部分。",
        "遇到电信网络诈骗，请拨打96110咨询。",
        "北斗终端在渔船上的应用，提升了搜救效率。",
        "每年腊月二十三前后，居民用火用电增多，应当加强巡查。",
    ],
)
def test_what_a_law_counts_and_the_whole_country_has_is_no_leak(check, text: str):
    assert find_leaks(check(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "朝南卧室若加装遮阳棚，应当先征得相邻业主同意。",
        "对应城市更新的要求，分类推进老旧小区改造。",
        "历史文化名镇的消防设施，应当与保护规划同步建设。",
        "跨省转移固体废物出省的，应当依法报批。",
        "后天市场上架的蔬菜，都要经过快检。",
        "在编制小城镇规划时，应当预留公共服务用地。",
        "禁止在林内用火，护林员应当加强巡查。",
    ],
)
def test_what_only_cuts_common_words_is_no_name(check, text: str):
    assert find_leaks(check(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "期货公司应当对客户进行风险提示。",
        "学位评定委员会应当公开评议结果。",
        "被接管的证券公司应当妥善安置客户。",
        "委托中国律师事务所代理的，应当签订书面合同。",
        "鼓励举办农林医药类学校，培养基层人才。",
        "人民法院通知开户银行协助执行的，银行应当配合。",
        "管理人应当执行安全技术标准和操作规定。",
        "企业应当建立质量责任及相应的奖惩办法。",
        "应当按照规定制作规范的标志牌。",
    ],
)
def test_bodies_and_papers_of_a_general_kind_are_no_leak(check, text: str):
    assert find_leaks(check(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "遇有火灾、伤病等紧急情况，请拨打119、120等电话求助。",
        "森林火警电话12119随时有人接听。",
        "五级至八级伤残职工的待遇，由工伤保险基金支付。",
        "由过半数的委员共同推举一名委员主持。",
        "行为人在年满十八周岁前后实施了同种行为的，应当分别认定。",
        "近年申报的机构，应当具有五年以上经验且最近三年内未受处罚。",
        "已经停用的电梯再次使用的，使用单位应当在启用的15日前报告。",
        "采取措施后三十日内未收到已受理证明的，登记机关应当解除。",
        "数额较大的，并处一万元以上五万元以下罚金。",
        "表决人数四分之三以上的业主同意的，方可实施。",
    ],
)
def test_what_a_rule_counts_is_a_figure_of_nobody(check, text: str):
    assert find_leaks(check(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "学校是育人之基，家校应当同向发力。",
        "避免千镇一面，要让各地保留自己的特色。",
        "老赵、小周式的热心人越来越多。",
        "“三北”工程是国家的重大生态工程。",
        "“千万工程”的经验，值得认真学习。",
    ],
)
def test_figures_of_speech_and_national_programmes_are_no_leak(check, text: str):
    assert find_leaks(check(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("学习南阳经验，优化服务流程。", "南阳"),
        ("港务集团承建了冷链仓库。", "港务集团"),
        ("平安医院接收了全部伤员。", "平安医院"),
        ("公文流转使用海政通。", "海政通"),
        ("民警老赵、小周调解了纠纷。", "老赵"),
        ("已在五十个小区建成充电棚，应急演练十五次。", "五十个"),
    ],
)
def test_names_and_figures_that_stand_so_are_still_told(check, text: str, name: str):
    leaks = find_leaks(check(text))
    assert any(name in leak or leak in name for leak in leaks)


@pytest.mark.parametrize(
    "text",
    [
        "住建、城管两家要坐到一张桌子上商量。",
        "守住耕地、种好耕地，这两件事一件也松不得。",
        "工程款、材料款、工资款三类账目应当分开核算。",
        "“马上办”这三个字，写起来容易做起来难。",
        "关窗、断电、锁门，离开办公室前别忘了这三步。",
        "宁可我们多打十个电话，也不让企业白跑一趟。",
        "修一次管网，好过补十次路面。",
        "规划多想一步，施工就能少返十次工。",
    ],
)
def test_what_the_sentence_itself_lists_or_only_weighs_is_no_figure(check, text: str):
    assert find_leaks(check(text)) == []


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("去年住建、城管、交警三家联合开展夜查十二次。", "十二次"),
        ("比上年多修了十条断头路。", "十条"),
        ("燃气、供水企业已在两个小区完成改造。", "两个"),
        ("投诉减少三百件。", "三百件"),
    ],
)
def test_a_figure_that_tells_of_a_place_is_told_beside_a_list(check, text: str, figure: str):
    assert any(figure in leak for leak in find_leaks(check(text)))


@pytest.mark.parametrize(
    "text",
    [
        "塑料和田埂上的残膜要一起清走。",
        "舞台将乐曲和灯光结合起来，效果更好。",
        "美丽水乡要有看头，也要留住种田的人。",
        "过道里不得堆放纸箱。",
        "集中山区教师的培训时间，不占他们的周末。",
        "校长治校、教师治学，各有各的一摊活。",
        "打好村口的水井，要先做水质化验。",
        "换一所学校读书，手续不应比登天还难。",
        "再好的设备，放在哪家医院都要有人会用。",
        "要从“文山会海”中抽出身来。",
    ],
)
def test_a_place_that_leaves_stray_characters_beside_it_is_none(check, text: str):
    assert find_leaks(check(text)) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("学习丽水乡村民宿的做法。", "丽水"),
        ("到长治校园看过以后，方案作了调整。", "长治"),
        ("石台面积不大，茶园不少。", "石台"),
    ],
)
def test_a_place_with_words_beside_it_is_told(check, text: str, place: str):
    assert any(place in leak for leak in find_leaks(check(text)))


@pytest.mark.parametrize(
    ("figure", "sentence", "counted"),
    [
        ("60日", "对处罚决定不服的，可在六十日内申请行政复议。", True),
        ("60日", "我市用六十日完成了全部老旧管网的更新。", False),
        ("10年", "注册商标的有效期为十年，期满可以续展。", True),
        ("10年", "园区已经营十年，入驻商户逐年增加。", False),
    ],
)
def test_a_figure_is_a_laws_only_with_the_laws_words(figure: str, sentence: str, counted: bool):
    assert is_counted_by_law(figure, sentence) == counted


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("奶站快检由盟市场监管局统一调度。", "盟市场监管局"),
        ("热计量改造按师市住建局的安排推进。", "师市住建局"),
        ("州畜牧总站派员入户指导防疫。", "州畜牧总站"),
        ("人才引进名单须报地委组织部备案。", "地委"),
        ("各嘎查的水井水质每季度检测一轮。", "嘎查"),
        ("去年印发的冷链物流设施建设补助细则，覆盖了产地预冷环节。", "冷链物流设施建设补助细则"),
        ("我市的知识产权保护指标列第八位。", "第八位"),
        ("卫生院门口加设了B15的停靠站。", "B15"),
    ],
)
def test_bodies_of_other_levels_titles_and_places_in_a_row_are_leaks(check, text: str, name: str):
    leaks = find_leaks(check(text))
    assert any(name in leak or leak in name for leak in leaks)
    assert len(leaks) == len(set(leaks))


def test_a_body_of_a_level_that_we_have_is_ours(check, profile: Profile):
    ours = replace(profile, region="红河州", name="红河州市场监督管理局")
    assert find_leaks(check("技术员由州农机总站选派。", ours)) == []


@pytest.mark.parametrize(
    "text",
    ["师资培训中心承担轮训任务。", "教师工会组织了慰问活动。", "联盟市场部负责对接商家。"],
)
def test_words_that_begin_like_a_level_are_none(check, text: str):
    from replygen.entities import find_levels

    assert list(find_levels(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("感谢沉静委员对社区食堂建设的关心。", "沉静"),
        ("畜牧师牧歌常年蹲点养殖场，帮农户把好防疫关。", "牧歌"),
        ("宣讲员高兴用方言把政策讲到田间地头。", "高兴"),
        ("副局长安全召集有关科室，逐条研究了您的建议。", "安全"),
    ],
)
def test_a_word_that_stands_where_a_person_does_is_a_name(check, text: str, name: str):
    assert any(name in leak for leak in find_leaks(check(text)))


@pytest.mark.parametrize(
    "text",
    [
        "医生安心工作，患者才能放心就医。",
        "民警高效处置警情，群众满意度稳步提升。",
        "全体委员共同监督办理过程。",
        "村医是居民健康的第一道防线，也是最近的一道。",
        "教师专心教学，后勤部门用心保障。",
    ],
)
def test_how_somebody_works_is_no_name(check, text: str):
    assert find_leaks(check(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "坚持从化解纠纷入手，把问题解决在基层。",
        "企业可以利用《区域全面经济伙伴关系协定》的规则降低成本。",
        "履行《联合国残疾人权利公约》的义务，保障平等参与。",
    ],
)
def test_a_joint_before_a_word_and_treaties_of_states_are_no_leak(check, text: str) -> None:
    assert find_leaks(check(text)) == []


@pytest.mark.parametrize(
    ("text", "fact"),
    [("组织人员赴从化区考察。", "从化区"), ("《石桥文明公约》已张贴上墙。", "石桥")],
)
def test_a_place_behind_a_joint_and_a_towns_own_convention_are(check, text: str, fact: str) -> None:
    assert any(fact in found for found in find_leaks(check(text)))
