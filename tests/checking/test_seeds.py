"""Real replies, checked as if another city had drafted them, must light up."""

# ruff: noqa: E501

from __future__ import annotations

import time
from datetime import date

import pytest

from replygen.checking import check_document
from replygen.models import CheckReport

TODAY = date(2026, 11, 21)


def check_seed(shared, name: str, profile, proposal) -> CheckReport:
    path = next((shared / "seeds").glob(f"{name}*.txt"))
    paragraphs = path.read_text(encoding="utf-8").splitlines()
    return check_document(paragraphs, proposal=proposal, profile=profile, today=TODAY)


def blocked(report: CheckReport) -> str:
    return "\n".join(f.where.text for f in report.findings if f.severity == "block" and f.where)


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        (
            "000",
            "连云港 东海 赣榆 灌云 230余条 169条 2023年4月 快手 阿里巴巴 红盾云桥 俞广 王波 47.1倍 300余批次 77号"
            " 灌南 海州 10.5倍 近5年来 2020年 2022年以来 9条 20条 3份 清网行动 战略合作框架协议 联席会议制度",
        ),
        ("002", "长春市 张松梅 王维学 长春市地方标准管理办法 5号 0255 9 条"),
        ("004", "北京 浙江 江蘇 抖音 拼多多 紅盾云橋 天眼系統 近300件 1255條 161家 2020年上半年 7176萬 深圳市"),
        ("003", "河南省 贾天运 1200余条 124.6万条 18876份 184.6万元 28件 2020年7月 14个 183份 近百位 三单一书 消费新观察 抖音"),
    ],
)  # fmt: skip
def test_a_foreign_reply_lights_up_everywhere(shared, profile, proposal, name, facts):
    marked = blocked(check_seed(shared, name, profile, proposal))
    assert [fact for fact in facts.split(" ") if fact not in marked and fact != "条"] == []


def test_a_reply_of_3000_characters_is_checked_in_a_second(shared, profile, proposal):
    check_seed(shared, "003", profile, proposal)
    start = time.perf_counter()
    check_seed(shared, "003", profile, proposal)
    assert time.perf_counter() - start < 1
