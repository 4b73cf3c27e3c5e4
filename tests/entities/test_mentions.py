"""What find_mentions finds, over a table of real forms."""

from __future__ import annotations

import random
import time

import pytest

from replygen.entities import find_deictics, find_mentions
from replygen.language import split_sentences

# (text, kind, what must be found as one mention, scope)
FORMS = [
    # places
    ("在江苏开展试点", "place", "江苏", "local"),
    ("江苏省内各市", "place", "江苏省", "local"),
    ("连云港的经验", "place", "连云港", "local"),
    ("赴连云港市调研", "place", "连云港市", "local"),
    ("形成赣榆海鲜、灌云主题服饰的特色", "place", "赣榆", "local"),
    ("形成赣榆海鲜、灌云主题服饰的特色", "place", "灌云", "local"),
    ("指导东海开展提升行动", "place", "东海", "local"),
    ("海州综合电商发展", "place", "海州", "local"),
    ("江苏省连云港市东海县白塔埠镇", "place", "江苏省连云港市东海县白塔埠镇", "local"),
    ("北京朝阳的做法", "place", "北京朝阳", "local"),
    ("北京、朝阳等地", "place", "朝阳", "local"),
    ("内蒙古呼和浩特的牧场", "place", "内蒙古呼和浩特", "local"),
    ("屏边苗族自治县开展", "place", "屏边苗族自治县", "local"),
    ("在延边设立", "place", "延边", "local"),
    ("恩施州的茶叶", "place", "恩施州", "local"),
    ("浙江省湖州市安吉县", "place", "浙江省湖州市安吉县", "local"),
    ("在白塔埠设立分拣中心", "place", "白塔埠", "local"),
    ("由云川市承办", "place", "云川市", "local"),
    ("学习澜江省的经验", "place", "澜江省", "local"),
    ("甲市与乙区联合", "place", "甲市", "local"),
    ("甲市与乙区联合", "place", "乙区", "local"),
    ("在石桥头村建成", "place", "石桥头村", "local"),
    ("完成河湾社区改造", "place", "河湾社区", "local"),
    ("走访建设街道居民", "place", "建设街道", "local"),
    ("改造云山路和星海大道", "place", "星海大道", "unknown"),
    ("沿云山路铺设", "place", "云山路", "unknown"),
    ("青龙湖水库除险加固", "place", "青龙湖水库", "unknown"),
    ("位于柳林河景区", "place", "柳林河景区", "local"),
    ("翠屏公园的步道", "place", "翠屏公园", "unknown"),
    ("云川高新区的企业", "place", "云川高新区", "local"),
    ("香港特别行政区居民", "place", "香港特别行政区", "local"),
    ("台湾省台北市", "place", "台湾省台北市", "local"),
    ("我国经济", "place", "我国", "national"),
    ("长江禁渔", "place", "长江", "national"),
    ("马坝、桂五等乡镇", "place", "马坝", "local"),
    ("赴会同考察", "place", "会同", "local"),
    ("苏北与京津冀的企业", "place", "苏北", "local"),
    ("苏北与京津冀的企业", "place", "京津冀", "local"),
    ("雄安新区的做法", "place", "雄安新区", "local"),
    # organisations
    ("由河南省消协发布", "organisation", "河南省消协", "local"),
    ("与西安市场监管局合作", "organisation", "西安市场监管局", "local"),
    ("连云港市市场监督管理局印发", "organisation", "连云港市市场监督管理局", "local"),
    ("连云港市公安局查处", "organisation", "连云港市公安局", "local"),
    ("云川市教育局牵头", "organisation", "云川市教育局", "local"),
    ("市网信办牵头", "organisation", "市网信办", "unknown"),
    ("省市场监管局部署", "organisation", "省市场监管局", "unknown"),
    ("我局与有关单位", "organisation", "我局", "unknown"),
    ("县委、县政府高度重视", "organisation", "县委、县政府", "unknown"),
    ("国务院印发", "organisation", "国务院", "national"),
    ("根据国家市场监管总局通报", "organisation", "国家市场监管总局", "national"),
    ("全国人大常委会修订", "organisation", "全国人大常委会", "national"),
    ("财政部、商务部联合", "organisation", "财政部", "national"),
    ("经商国家发展改革委", "organisation", "国家发展改革委", "national"),
    ("与快手签订协议", "organisation", "快手", "unknown"),
    ("市监局与阿里巴巴开通", "organisation", "阿里巴巴", "unknown"),
    ("与京东、美团合作", "organisation", "美团", "unknown"),
    ("与星河科技有限公司签约", "organisation", "星河科技有限公司", "unknown"),
    ("苏州大学的专家", "organisation", "苏州大学", "local"),
    ("由长春市第一中学承办", "organisation", "长春市第一中学", "local"),
    ("委托江苏省消费者协会", "organisation", "江苏省消费者协会", "local"),
    ("东海县白塔埠镇人民政府", "organisation", "东海县白塔埠镇人民政府", "local"),
    # people
    ("王波委员：", "person", "王波", "unknown"),
    ("张松梅委员:", "person", "张松梅", "unknown"),
    ("贾天运代表：", "person", "贾天运", "unknown"),
    ("签发人：林静远", "person", "林静远", "unknown"),
    ("联系人：周海明，电话", "person", "周海明", "unknown"),
    ("联系人: 林静 周海明", "person", "林静", "unknown"),
    ("联系人: 林静 周海明", "person", "周海明", "unknown"),
    ("马青、周丽等委员", "person", "马青", "unknown"),
    ("马青、周丽等委员", "person", "周丽", "unknown"),
    ("由欧阳文静同志负责", "person", "欧阳文静", "unknown"),
    ("副市长李建国主持会议", "person", "李建国", "unknown"),
    ("局长赵云峰表示", "person", "赵云峰", "unknown"),
    ("民警钱志强，", "person", "钱志强", "unknown"),
    ("联系人: 俞东 段小雪; 电话", "person", "俞东", "unknown"),
    ("联系人: 俞东 段小雪; 电话", "person", "段小雪", "unknown"),
    ("据王志强介绍，", "person", "王志强", "unknown"),
    ("市民王先生反映", "person", "王", "unknown"),
    ("张某某投诉", "person", "张某某", "unknown"),
    # contacts
    ("联系电话:13900001111", "contact", "13900001111", "unknown"),
    ("联系电话:139 0000 1111", "contact", "139 0000 1111", "unknown"),
    ("联系电话：1390000****", "contact", "1390000****", "unknown"),
    ("电话：0518-85000000", "contact", "0518-85000000", "unknown"),
    ("电话：0851-8528××××", "contact", "0851-8528××××", "unknown"),
    ("电话：（0431）88000000", "contact", "（0431）88000000", "unknown"),
    ("邮箱 some.one@example.gov.cn。", "contact", "some.one@example.gov.cn", "unknown"),
    ("身份证号110101199001011234", "contact", "110101199001011234", "unknown"),
    ("QQ群：123456789", "contact", "QQ群：123456789", "unknown"),
    # dates
    ("2023年建成", "date", "2023年", "unknown"),
    ("2023年4月印发", "date", "2023年4月", "unknown"),
    ("2023 年 4 月 15 日", "date", "2023 年 4 月 15 日", "unknown"),
    ("二〇二三年四月印发", "date", "二〇二三年四月", "unknown"),
    ("去年开展", "date", "去年", "unknown"),
    ("今年以来共查处", "date", "今年以来", "unknown"),
    ("近三年累计", "date", "近三年", "unknown"),
    ("“十四五”期间", "date", "“十四五”期间", "national"),
    ("截至目前共移交", "date", "截至目前", "unknown"),
    ("6月底前完成", "date", "6月底前", "unknown"),
    ("发布于2023-04-01。", "date", "2023-04-01", "unknown"),
    ("2020—2023年累计", "date", "2020—2023年", "unknown"),
    ("2025年底前建成", "date", "2025年底前", "unknown"),
    ("2024年上半年", "date", "2024年上半年", "unknown"),
    # numbers
    ("检查三百余个点位", "number", "三百余个", "unknown"),
    ("培训近万人", "number", "近万人", "unknown"),
    ("检测设备126台", "number", "126台", "unknown"),
    ("增幅高达47.1倍", "number", "达47.1倍", "unknown"),
    ("制定两项制度", "number", "两项", "unknown"),
    ("投入1.2亿元", "number", "1.2亿元", "unknown"),
    ("达标率为90%", "number", "90%", "unknown"),
    ("占百分之九十", "number", "百分之九十", "unknown"),
    ("抽检300余批次", "number", "300余批次", "unknown"),
    ("“3+2”模式", "number", "3+2", "unknown"),
    ("收集124.6万条数据", "number", "124.6万条", "unknown"),
    ("线索230余条，", "number", "230余条", "unknown"),
    ("移交线索1 6 9条", "number", "1 6 9条", "unknown"),
    ("罚没款1，230万元", "number", "1，230万元", "unknown"),
    ("占比超过八成", "number", "超过八成", "unknown"),
    ("覆盖数十家企业", "number", "数十家", "unknown"),
    ("做到“两个维护”", "number", "两个维护", "national"),
    # documents
    ("制定《长春市地方标准管理办法》", "document", "《长春市地方标准管理办法》", "local"),
    ("依据《中华人民共和国食品安全法》", "document", "《中华人民共和国食品安全法》", "national"),
    ("依据《电子商务法》", "document", "《电子商务法》", "national"),
    ("依据《网络交易监督管理办法》", "document", "《网络交易监督管理办法》", "national"),
    ("《网络直播营销管理办法(试行)》", "document", "《网络直播营销管理办法(试行)》", "national"),
    ("印发《直播营销合规指引》", "document", "《直播营销合规指引》", "unknown"),
    ("《关于印发〈甲市办法〉的通知》", "document", "《关于印发〈甲市办法〉的通知》", "local"),
    ("《关于印发《甲办法》的通知》", "document", "《关于印发《甲办法》的通知》", "unknown"),
    ("《杭州市食品安全法实施办法》", "document", "《杭州市食品安全法实施办法》", "local"),
    ("云市监提复〔2026〕12号", "doc_number", "云市监提复〔2026〕12号", "local"),
    ("长市监议字[2025]5号", "doc_number", "长市监议字[2025]5号", "local"),
    ("潼民发【2024】275号", "doc_number", "潼民发【2024】275号", "local"),
    ("国办发〔2019〕5号", "doc_number", "国办发〔2019〕5号", "national"),
    ("执行GB 2760—2024", "doc_number", "GB 2760—2024", "national"),
    ("执行DB32/T 4000-2021", "doc_number", "DB32/T 4000-2021", "local"),
    # brands
    ("依托“浙里办”开展", "brand", "“浙里办”", "local"),
    ("开设了“红盾云桥”惠企服务直通车", "brand", "“红盾云桥”", "local"),
    ("开展“网剑行动”", "brand", "“网剑行动”", "national"),
    ("打造“云川好品”区域品牌", "brand", "“云川好品”", "unknown"),
    ("上线“食安慧眼”系统", "brand", "“食安慧眼”", "unknown"),
    ("拨打12345热线", "brand", "12345热线", "national"),
    ("深化放管服改革", "brand", "放管服", "national"),
]

# Texts in which no place, person, brand or number may be found.
CLEAN = [
    "一是加强市场监管，二是压实主体责任。",
    "进一步完善市场监督管理机制",
    "会同有关部门开展专项整治",
    "推进平安建设，维护社会和平稳定",
    "对平台企业开展“一对一”行政指导",
    "查处“三无”产品",
    "打通服务群众的“最后一公里”",
    "推动“实名登记”到“实人认证”",
    "一方面加强宣传，另一方面严格执法",
    "第一，依法办理；第二，及时公示。",
    "双随机抽查之外的日常监管",
    "建立一体化、一站式服务机制",
    "公安机关依法处理",
    "发展新型城镇化，建设美丽乡村",
    "工业园区和开发区的企业",
    "相关代表和委员提出意见",
    "企业代表、群众代表参加座谈",
    "政协委员和人大代表",
    "区域协调发展，县域经济",
    "上市公司应当披露信息",
    "合作市场主体之间",
    "提升广大群众的获得感",
    "鼓励第三方机构参与",
    "各级人民政府和县级以上人民政府",
    "城市道路和老旧小区改造",
    "定向招聘社区工作者",
    "招募社区志愿者，选派街道干部",
    "组建社区工作队，培训社区网格员",
    "走访社区群众，慰问社区老党员",
    "严厉打击违法行为，净化市场环境",
]


@pytest.mark.parametrize(("text", "kind", "wanted", "scope"), FORMS)
def test_a_form_is_found_as_one_mention(text: str, kind: str, wanted: str, scope: str):
    found = [(m.kind, m.text, m.scope) for m in find_mentions(text)]
    assert (kind, wanted, scope) in found


@pytest.mark.parametrize("text", CLEAN)
def test_ordinary_words_are_no_facts(text: str):
    kinds = ("place", "person", "brand", "number", "date", "contact")
    found = [m for m in find_mentions(text) if m.kind in kinds and m.scope != "national"]
    assert found == []


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("东海县的水晶", "江苏省连云港市东海县"),
        ("连云港", "江苏省连云港市"),
        ("赣榆的海鲜", "江苏省连云港市赣榆区"),
        ("王 波委员", "王波"),
        ("长市监议字[2025]5号", "长市监议字〔2025〕5号"),
        ("国家市场监管总局", "国家市场监督管理总局"),
        ("二〇二三年四月", "2023-04"),
        ("三百余个", "300余个"),
    ],
)
def test_the_normal_form_makes_two_writings_equal(text: str, normal: str):
    assert find_mentions(text)[0].normal == normal


def test_an_ambiguous_name_is_resolved_by_the_text_around_it():
    alone = find_mentions("鼓楼区开展试点")[0]
    with_city = [m for m in find_mentions("徐州市开展试点，鼓楼区先行") if "鼓楼" in m.text][0]
    assert alone.normal == "鼓楼区"
    assert with_city.normal == "江苏省徐州市鼓楼区"


def test_deictic_words_are_no_places_but_can_be_found():
    text = "我市与本省各县，全市共建。"
    assert [m for m in find_mentions(text) if m.kind == "place"] == []
    assert [m.text for m in find_deictics(text)][:2] == ["我市", "本省"]


def test_mentions_are_sorted_apart_and_cut_from_the_text():
    text = "2023年4月，连云港市市场监督管理局与快手签订《协议》，移交线索169条，联系人：林静。"
    found = find_mentions(text)
    assert len(found) >= 6
    for left, right in zip(found, found[1:], strict=False):
        assert left.end <= right.start
    assert all(text[m.start : m.end] == m.text for m in found)


def test_the_facts_of_the_first_seed_are_found(shared):
    text = next((shared / "seeds").glob("000_*.txt")).read_text(encoding="utf-8")
    found = {m.text.strip("“”") for m in find_mentions(text)}
    wanted = {"东海", "赣榆", "灌云", "快手", "230余条", "169条", "2023年4月", "红盾云桥"}
    assert wanted <= found


def test_statute_sentences_without_places_give_few_false_alarms(shared):
    import gzip
    import json

    with gzip.open(shared / "data" / "statutes.jsonl.gz", "rt", encoding="utf-8") as stream:
        articles = [json.loads(line) for line in stream]
    provinces = (
        "特别行政区 台湾 流域 长江 黄河 太湖 海南 上海 北京 广东 西藏 新疆 深圳 重庆".split()
    )
    named = ("省、自治区", *provinces)
    random.Random(5).shuffle(articles)
    plain = [
        sentence
        for article in articles[:600]
        for sentence in split_sentences(article["text"])
        if len(sentence) > 8 and not any(name in sentence for name in named)
    ][:600]
    alarms = [
        m
        for sentence in plain
        for m in find_mentions(sentence)
        if m.kind in ("place", "person", "brand") and m.scope != "national"
    ]
    assert len(alarms) < 0.03 * len(plain), [m.text for m in alarms]


def test_two_hundred_sentences_take_a_fraction_of_a_second():
    sentences = ["2023年，东海县市场监管局查处网络违法案件23件，罚没4.5万元。"] * 200
    find_mentions(sentences[0])
    started = time.process_time()
    for sentence in sentences:
        find_mentions(sentence)
    assert time.process_time() - started < 0.3


@pytest.mark.parametrize(
    "text",
    [
        "李志明局长曾带队到我市指导。",
        "局长曾多次带队到企业调研。",
        "有关专家曾参与论证。",
        "副局长曾任所长。",
        "代表曾两次提出建议。",
        "市长曾专门批示。",
        "副市长曾作出批示。",
        "局长曾亲赴现场。",
        "书记曾到现场督办。",
        "局长曾经带队检查。",
        "局长连夜带队排查。",
        "局长时常带队。",
        "书记都到现场。",
    ],
)
def test_an_adverb_before_a_verb_is_no_person(text):
    people = [m.text for m in find_mentions(text) if m.kind == "person"]
    assert [name for name in people if name != "李志明"] == []


@pytest.mark.parametrize(
    "text",
    [
        "局长曾志远带队检查。",
        "副局长曾庆国主持会议。",
        "由曾国良牵头。",
        "教授曾凡到场授课。",
        "邀请曾明到场授课。",
        "委员曾春兰提出。",
        "局长曾文明带队。",
        "局长曾和平带队。",
        "民警曾卫国走访。",
        "主任常建国表示。",
        "局长常青山带队检查。",
    ],
)
def test_a_person_called_as_an_adverb_is_one(text):
    assert [m.text[0] for m in find_mentions(text) if m.kind == "person"] in (["曾"], ["常"])
