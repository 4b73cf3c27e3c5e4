"""Modal words and denials that a claim has otherwise. The articles are ours, not any law's."""

from __future__ import annotations

import pytest

from replygen.laws.modals import find_wrong_modal

SPARED = (
    "占道轻微并立即整改，没有造成影响的，不予记分处罚。首次占道且立即整改的，可以不予记分处罚。\n"
    "对依法不予记分处罚的，应当进行教育。"
)
VISITS = "住户应当关心独居邻居，不得冷落。同楼的住户，应当经常看望或者问候独居邻居。"
FREE = "调解站为居民调解纠纷，不收取任何费用。"
GENTLE = "对违反自治管理制度的住户，自治小组应当予以劝导，不得驱离。"
LISTED = "物业企业招聘时，不得实施下列行为：\n（一）限定为本地人；\n（二）收取押金。"
TERM = "居民可以自知道或者应当知道决定之日起三十日内提出复核申请。"


HEARD = "居民申请调解的，调解站应当受理。"
CHECKED = "招聘保安时，应当查询应聘者是否具有盗窃、诈骗等违法犯罪记录；发现有的，不得录用。"


@pytest.mark.parametrize(
    ("claim", "article"),
    [
        ("居民申请调解的，调解站可以不予受理", HEARD),
        ("占道轻微并立即整改，没有造成影响的，可以不予记分处罚，由站所自行裁量", SPARED),
        ("同楼的住户，可以根据自身情况看望或者问候独居邻居", VISITS),
        ("调解站为居民调解纠纷，可以收取适当费用", FREE),
        ("物业企业招聘时，可以收取押金", LISTED),
        ("对违反管理制度的住户，自治小组可以予以驱离", GENTLE),
    ],
)
def test_another_modal_word_is_told(claim: str, article: str):
    assert find_wrong_modal(claim, article) is not None


@pytest.mark.parametrize(
    ("claim", "article"),
    [
        ("占道轻微并立即整改，没有造成影响的，不予记分处罚", SPARED),
        ("首次占道且立即整改的，可以不予记分处罚", SPARED),
        ("同楼的住户，应当经常看望或者问候独居邻居", VISITS),
        ("调解站调解纠纷不收取任何费用", FREE),
        ("招聘启事不得限定为本地人", LISTED),
        ("对违反管理制度的住户，自治小组应当予以劝导", GENTLE),
        ("对违反管理制度的住户，自治小组不得驱离", GENTLE),
        ("有危险的，可以驱离", GENTLE + "但有危险的，可以驱离。"),
        ("不得聘用有盗窃、诈骗等违法犯罪记录的保安", CHECKED),
        ("居民申请调解的，调解站应当受理", HEARD),
        ("可自知道或者应当知道决定之日起三十日内提出复核申请", TERM),
        ("除依法不适用的情形外，可以自知道决定之日起三十日内提出复核申请", TERM),
    ],
)
def test_the_same_modal_word_is_not(claim: str, article: str):
    assert find_wrong_modal(claim, article) is None
