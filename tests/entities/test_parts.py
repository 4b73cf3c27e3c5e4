"""Sentences, figures, dates, places and bodies by themselves."""

from __future__ import annotations

import pytest

from replygen.entities import (
    find_mentions,
    is_generic_organisation,
    is_national_document,
    lookup_places,
    normalise_date,
    normalise_number,
    place_within,
)
from replygen.language import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", ()),
        ("一句。", ("一句。",)),
        ("一句。两句；三句", ("一句。", "两句；", "三句")),
        ("他说：“好。不好。”\n走了。", ("他说：“好。不好。”\n", "走了。")),
        ("印发“甲。乙”的通知。完", ("印发“甲。乙”的通知。", "完")),
        ("《甲。乙》规定。完", ("《甲。乙》规定。", "完")),
        ("第一行\n第二行\n", ("第一行\n", "第二行\n")),
        ("（一）未闭合。下一句。", ("（一）未闭合。", "下一句。")),
        ("没有闭合“的引号。\n下一行。", ("没有闭合“的引号。\n", "下一行。")),
        ("真的吗？！对。", ("真的吗？！", "对。")),
    ],
)
def test_sentences_end_where_they_end(text, sentences):
    assert split_sentences(text) == sentences


@pytest.mark.parametrize("text", ["“", "》《", "（“）”。", "。。。\n\n；", " \n 　甲。 乙"])
def test_sentences_join_to_the_text(text):
    assert "".join(split_sentences(text)) == text


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("三百余个", "300余个"),
        ("近万人", "近10000人"),
        ("126台", "126台"),
        ("47.1倍", "47.1倍"),
        ("两项", "2项"),
        ("1.2亿元", "120000000元"),
        ("一点二亿元", "120000000元"),
        ("百分之九十", "90%"),
        ("90％", "90%"),
        ("12,000人", "12000人"),
        ("三分之二", "2/3"),
        ("3-5个", "3-5个"),
        ("十二万三千元", "123000元"),
        ("3+2", "3+2"),
        ("二十", "20"),
        ("没有数字", None),
        ("", None),
    ],
)
def test_figures_in_any_writing_are_equal(text, normal):
    assert normalise_number(text) == normal


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("2023年", "2023"),
        ("2023年4月", "2023-04"),
        ("2023年4月1日", "2023-04-01"),
        ("2023 年 4 月 1 日", "2023-04-01"),
        ("二○一九年七月十日", "2019-07-10"),
        ("二〇〇六年十月十八日", "2006-10-18"),
        ("2023-04-01", "2023-04-01"),
        ("2023.4.1", "2023-04-01"),
        ("4月15日", "--04-15"),
        ("去年", "去年"),
        ("“十四五”", "十四五"),
        ("2020年至2023年", "2020/2023"),
        ("2023年13月", None),
        ("甲乙", None),
    ],
)
def test_dates_in_any_writing_are_equal(text, normal):
    assert normalise_date(text) == normal


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("江苏", ("江苏省",)),
        ("连云港", ("江苏省", "连云港市")),
        ("赣榆", ("江苏省", "连云港市", "赣榆区")),
        ("海淀区", ("北京市", "海淀区")),
        ("连云港市东海县", ("江苏省", "连云港市", "东海县")),
        ("白塔埠镇", ("江苏省", "连云港市", "东海县", "白塔埠镇")),
        ("内蒙古", ("内蒙古自治区",)),
    ],
)
def test_a_place_is_known_from_the_province_down(name, full):
    assert lookup_places(name)[0].full == full


def test_ambiguous_and_unknown_names_say_so():
    assert len(lookup_places("鼓楼区")) > 2
    assert lookup_places("云川市") == ()
    assert {p.level for p in lookup_places("朝阳")} >= {"市", "县"}


@pytest.mark.parametrize(
    ("place", "region", "answer"),
    [
        ("赣榆", "连云港", True),
        ("赣榆区", "江苏省", True),
        ("连云港市", "连云港", True),
        ("白塔埠镇", "连云港市", True),
        ("连云港", "赣榆", False),
        ("海淀区", "江苏省", False),
        ("鼓楼区", "南京市", None),
        ("云川市", "江苏省", None),
    ],
)
def test_a_place_lies_in_a_region_or_it_is_unknown(place, region, answer):
    assert place_within(place, region) is answer


@pytest.mark.parametrize(
    ("text", "generic"),
    [
        ("市网信办", True),
        ("市公安局", True),
        ("区教育局", True),
        ("县政府", True),
        ("我局", True),
        ("公安机关", True),
        ("教育部门", True),
        ("各县区", True),
        ("街道", True),
        ("有关部门", True),
        ("市委、市政府", True),
        ("省市场监管局", True),
        ("电商行业协会", True),
        ("镇人民政府", True),
        ("连云港市公安局", False),
        ("云川市教育局", False),
        ("甲市商务局", False),
        ("快手公司", False),
        ("苏州大学", False),
        ("星河科技有限公司", False),
        ("白塔埠镇人民政府", False),
        ("", False),
    ],
)
def test_a_body_is_generic_when_it_has_no_proper_name(text, generic):
    assert is_generic_organisation(text) is generic


@pytest.mark.parametrize(
    ("title", "national"),
    [
        ("中华人民共和国食品安全法", True),
        ("食品安全法", True),
        ("食品安全法实施条例", True),
        ("网络直播营销管理办法(试行)", True),
        ("国务院办公厅关于促进平台经济规范健康发展的指导意见", True),
        ("市场监管总局关于加强网络直播营销活动监管的指导意见", True),
        ("杭州市食品安全法实施办法", False),
        ("云川市人民政府关于促进直播的意见", False),
        ("安全法", False),
    ],
)
def test_a_national_document_is_one_of_the_register(title, national):
    assert is_national_document(title) is national


# A name is found whole: with the office, the size before a hill, without the joint before a road
WHOLE = (
    ("王副市长带队督查。", "王副市长"),
    ("李副书记主持会议。", "李副书记"),
    ("请赵副厅长批示。", "赵副厅长"),
    ("陈副秘书长牵头协调。", "陈副秘书长"),
    ("与孙副县长一同走访。", "孙副县长"),
    ("与江南大学签订协议。", "江南大学"),
    ("东海大学的师生参与评估。", "东海大学"),
    ("委托海南大学开展研究。", "海南大学"),
    ("同河西学院共建基地。", "河西学院"),
    ("与山东大学合作。", "山东大学"),
    ("大别山革命老区的茶叶。", "大别山"),
    ("大兴安岭的木耳直播热销。", "大兴安岭"),
    ("小清河沿线整治完成。", "小清河"),
    ("老君山景区门票公示。", "老君山"),
    ("大运河沿线的商铺。", "大运河"),
    ("小凉山的核桃。", "小凉山"),
    ("幸福街和龙阳路的商户。", "龙阳路"),
    ("解放路与和平路交口。", "和平路"),
    ("人民路及平安街周边。", "平安街"),
    ("中山路和和平路沿线。", "和平路"),
    ("长江路和黄河路已完成改造。", "黄河路"),
    ("对文昌街与学府路开展整治。", "学府路"),
)


@pytest.mark.parametrize(("text", "wanted"), WHOLE)
def test_a_name_is_found_from_its_first_character(text: str, wanted: str):
    starts = [m.start for m in find_mentions(text) if wanted in m.text or m.text in wanted]
    assert text.index(wanted) in starts
