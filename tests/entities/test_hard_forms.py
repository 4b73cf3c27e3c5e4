"""Forms that once slipped through the detectors, and words that were once taken for names."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest

from replygen.entities import find_mentions
from replygen.entities.folding import fold_text
from replygen.entities.vocabulary import find_leftover, is_ordinary

# (text, kind, what must be found as one mention)
FOUND = [
    ("柳塘镇和王家村共建工坊", "place", "王家村"),
    ("覆盖夹谷山村。", "place", "夹谷山村"),
    ("在王家村设点", "place", "王家村"),
    ("东岭市直播电商监管", "place", "东岭市"),
    ("岚港市的行业", "place", "岚港市"),
    ("满足A市居民需求", "place", "A市"),
    ("推动X镇建成快检室", "place", "X镇"),
    ("东海水晶直播间", "place", "东海"),
    ("澜江省云川市的做法", "place", "澜江省云川市"),
    ("羊城的夜间经济", "place", "羊城"),
    ("渭河沿线的企业", "place", "渭河"),
    ("幸福大道沿线的餐饮店", "place", "幸福大道"),
    ("G15高速服务区", "place", "G15高速"),
    ("地铁3号线站内", "place", "地铁3号线"),
    ("12路公交车", "place", "12路"),
    ("城南片区建成", "place", "城南片区"),
    ("对二十一家平台", "number", "二十一家"),
    ("首批68家商户", "number", "68家"),
    ("监测网店1.5万个次", "number", "1.5万个"),
    ("评选了第三批示范店", "number", "第三批"),
    ("半数商户完成亮照", "number", "半数"),
    ("成本降低3成", "number", "3成"),
    ("能力翻了两番", "number", "翻了两番"),
    ("比例达1:4", "number", "1:4"),
    ("综合考核位列全省第一", "number", "全省第一"),
    ("检查企业xx家", "number", "xx家"),
    ("共受理××件", "number", "××件"),
    ("立案_____件", "number", "_____件"),
    ("约谈平台NN家", "number", "NN家"),
    ("吉政发2023年第12号", "doc_number", "吉政发2023年第12号"),
    ("对第0371号提案回访", "doc_number", "第0371号"),
    ("使用应当符合GB 2760的规定", "doc_number", "GB 2760"),
    ("发布<直播电商管理规范>", "document", "<直播电商管理规范>"),
    ("公示见www.example.gov.cn。", "contact", "www.example.gov.cn"),
    ("苏G12345已投入使用", "contact", "苏G12345"),
    ("致电85801234。", "contact", "85801234"),
    ("今年五一期间", "date", "今年五一期间"),
    ("去年底完成", "date", "去年底"),
    ("本月初启动", "date", "本月"),
    ("一季度召开", "date", "一季度"),
    ("商户注册苏食安小程序", "brand", "苏食安"),
    ("开展亮剑2023执法行动", "brand", "亮剑2023"),
    ("引导商家入驻TikTok，", "organisation", "TikTok"),
    ("采购SmartEye监测系统", "brand", "SmartEye"),
    ("获评全国文明城市。", "brand", "全国文明城市"),
    ("嘉联华超市建立", "organisation", "嘉联华超市"),
    ("鼎盛食品厂整改", "organisation", "鼎盛食品厂"),
    ("由“海州发布”推送", "brand", "海州发布"),
    ("通过柳城发布微信公众号推送", "brand", "柳城发布"),
    ("发布长三角地区平台管理规范指引，", "document", "长三角地区平台管理规范指引"),
    ("杨家沟的果农", "place", "杨家沟"),
    ("建设北路拓宽", "place", "建设北路"),
    ("涡河水质达标", "place", "涡河"),
    ("锦绣家园的物业", "place", "锦绣家园"),
    ("聘请河海律师事务所", "organisation", "河海律师事务所"),
    ("主播高某某被处罚", "person", "高某某"),
    ("消费者范女士的诉求", "person", "范"),
    ("分管副局长丁向晚现场办公", "person", "丁向晚"),
    ("网红主播“石头哥”参加", "person", "石头哥"),
    # other ways of writing
    ("共有２３０余条", "number", "２３０余条"),
    ("移交线索2 3 0 余 条", "number", "2 3 0 余 条"),
    ("在连 云 港设立", "place", "连 云 港"),
    ("在连云\n港市设立", "place", "连云\n港市"),
    ("长春\u200b市建成", "place", "长春\u200b市"),
    ("2O23年启动", "date", "2O23年"),
    ("检查企业㉑家", "number", "㉑家"),
]
# Texts in which no place, person, brand, number or contact may be found.
CLEAN = [
    "逐步落实工作要求",
    "畅通城乡物流通道",
    "水晶产业与新兴产业发展",
    "年内完成",
    "电商平台应当履行义务",
    "加强对农产品批发市场的监管",
    "接入商户，覆盖主要商圈",
    "沿海城市、城镇海岛",
    "党的二十届三中全会精神",
    "食品、药品、特种设备",
    "县级部门负责辖区内的工作",
    "组织开展“五一”“国庆”检查",
    "通过App、AI等方式",
    "完成武器装备研制",
    "对于犯罪嫌疑人",
    "老城区改造与中心城区建设",
    "虽然充分发挥作用",
    "给予较多扶持",
    "家庭农场和农民合作社",
    "发达省和兄弟省的情况",
    "利用“世界环境日”开展宣传",
]
KINDS = ("place", "person", "brand", "contact")


@pytest.mark.parametrize(("text", "kind", "wanted"), FOUND)
def test_a_hard_form_is_found(text: str, kind: str, wanted: str):
    found = [(m.kind, m.text) for m in find_mentions(text)]
    assert any(k == kind and wanted in t for k, t in found), found


@pytest.mark.parametrize("text", CLEAN)
def test_ordinary_words_stay_ordinary(text: str):
    assert [m for m in find_mentions(text) if m.kind in KINDS and m.scope != "national"] == []


def sentences() -> list[str]:
    folder = Path(__file__).resolve().parent.parent / "checking" / "data"
    rows = []
    for name in ("attacks.tsv", "clean.tsv", "own.txt"):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            rows.append(line.split("\t")[-1].replace("\\n", "\n").replace("\\t", "\t"))
    return rows


def test_no_mention_begins_or_ends_with_punctuation_or_white_space():
    marks = " \t\n\u3000、，。；：！？"
    bad = [
        (m.text, text)
        for text in sentences()
        for m in find_mentions(text)
        if m.text[0] in marks or m.text[-1] in marks or not m.text.strip()
    ]
    assert bad == []


def test_mentions_of_folded_texts_are_cut_from_the_original():
    for text in sentences():
        found = find_mentions(text)
        assert all(text[m.start : m.end] == m.text for m in found)
        assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


def test_a_text_in_plain_writing_is_not_folded():
    assert fold_text("一是加强监管。二是压实责任，共检查230家。") is None
    assert fold_text("联系人：王 波") is None or fold_text("联系人：王 波")


def test_a_folded_text_knows_where_its_characters_stood():
    folded = fold_text("共２３０条")
    assert folded == ("共230条", [0, 1, 2, 3, 4, 5])


@pytest.mark.parametrize(
    ("run", "left"), [("恒源", "恒源"), ("设立恒源", "恒源"), ("农贸", ""), ("电商平台", "")]
)
def test_what_belongs_to_no_ordinary_word_is_left_over(run: str, left: str):
    assert find_leftover(run) == left
    assert is_ordinary(run) == (left == "")


@pytest.fixture(scope="module")
def texts(shared: Path) -> list[str]:
    with gzip.open(shared / "data" / "statutes.jsonl.gz", "rt", encoding="utf-8") as stream:
        return [json.loads(line)["text"] for line in stream]


@pytest.mark.parametrize("seed", [11, 2026, 31337])
def test_statutes_raise_few_alarms_whatever_the_sample(texts: list[str], seed: int):
    named = "特别行政区 台湾 流域 长江 黄河 太湖 海南 上海 北京 广东 西藏 新疆 深圳 重庆".split()
    sample = [
        text
        for text in random.Random(seed).sample(texts, 400)
        if not any(name in text for name in (*named, "省、自治区", "香港", "澳门"))
    ]
    count = sum(text.count("。") + text.count("；") for text in sample)
    alarms = [
        m.text
        for text in sample
        for m in find_mentions(text)
        if m.kind in ("place", "person", "brand") and m.scope != "national"
    ]
    assert len(alarms) <= 0.025 * count, alarms


def test_a_centre_with_a_long_proper_name_is_one_body_of_its_place():
    text = "指导第三方机构深圳市恒云电子商务交易保障促进中心联合企业开展诚信大会。"
    (found,) = [m for m in find_mentions(text) if m.kind == "organisation"]
    assert found.text == "深圳市恒云电子商务交易保障促进中心"
    assert found.scope == "local"
