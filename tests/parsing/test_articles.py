"""Press articles and work summaries; kinds are told from the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from replygen.models import Article, Other, Source
from replygen.parsing import clean_source, detect_kind, parse_source

Make = Callable[..., Source]

SUMMARY = """云川市市场监督管理局2026年工作总结
2026年，我局坚持稳中求进，各项工作取得新成效。全市新登记经营主体2.3万户，食品抽检合格率98.6%，受理投诉举报1.2万件。
一、2026年主要工作
（一）营商环境持续优化。推行企业开办一网通办，平均办理时间压缩到半个工作日，新登记经营主体2.3万户。
（二）食品安全形势平稳。开展校园食品安全检查，检查学校食堂412家次，整改问题186个。
二、存在的问题
监测能力不足，专业人员短缺。
三、2027年工作打算
（一）建设网络交易监测平台。完成招标和主体功能开发，提高违法线索发现能力。
云川市市场监督管理局
2026年12月20日
"""

PRESS = """编者按 各地积极推进养老助餐，今年建成一批社区食堂，现将部分做法介绍如下。
北京：办好家门口的食堂
布点先行，方便就近用餐。北京市民政局组织街道逐个社区摸底，全年新建助餐点120个，服务老人3万名。
下一步，北京市民政局将推广中央厨房，让更多老人吃上热饭。（北京市民政局养老处）
浙江：补贴到人 服务到户
补贴分档发放。浙江省民政厅会同财政部门印发办法，按年龄分三档补贴，已惠及老人12万名，群众反映良好。（浙江省民政厅养老处）
"""


def test_a_work_summary_carries_its_unit_and_tenses(make_source: Make) -> None:
    article = parse_source(make_source(SUMMARY))
    assert isinstance(article, Article)
    assert article.title == "云川市市场监督管理局2026年工作总结"
    assert (article.issuer, article.region) == ("云川市市场监督管理局", "云川市")
    assert article.date == "2026-12-20"
    assert [(m.lead, m.tense) for m in article.measures] == [
        ("营商环境持续优化", "done"),
        ("食品安全形势平稳", "done"),
        ("建设网络交易监测平台", "planned"),
    ]


def test_a_press_article_has_a_region_and_an_issuer_a_section(make_source: Make) -> None:
    article = parse_source(make_source(PRESS))
    assert isinstance(article, Article)
    assert article.regions == ("北京市", "浙江省")
    assert [s.issuer for s in article.sections if s.region] == [
        "北京市民政局养老处",
        "浙江省民政厅养老处",
    ]
    assert [(m.region, m.tense) for m in article.measures] == [
        ("北京市", "done"),
        ("北京市", "planned"),
        ("浙江省", "done"),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "关于市政协五届三次会议第6号提案的答复\n方知夏委员：\n您的提案收悉，现答复如下：",
            "reply",
        ),
        ("方知夏委员：\n您提出的关于停车的提案收悉，现答复如下：\n已新建车位。", "reply"),
        (
            "关于缓解停车难的提案\n停车难，居民意见大。\n建议：一、建停车场。二、错时共享。",
            "proposal",
        ),
        ("案由：关于停车\n提案人：方知夏\n内容：停车难。", "proposal"),
        ("停车办法\n第一条 为了停车。\n第二条 本市适用。\n第三条 自公布之日起施行。", "statute"),
        ("今天天气很好。", "other"),
    ],
)
def test_the_kind_is_told_from_the_text(make_source: Make, text: str, kind: str) -> None:
    assert detect_kind(clean_source(make_source(text))) == kind


def test_an_unknown_text_is_kept_with_a_warning(make_source: Make) -> None:
    parsed = parse_source(make_source("值班表\n周一：甲组"))
    assert isinstance(parsed, Other)
    assert parsed.title == "值班表"
    assert parsed.warnings
