"""When a statute stops to stand: what its own text says, judged by the day."""

from __future__ import annotations

import pytest

from replygen.models import Paragraph, Source
from replygen.parsing import parse_statute

HEAD = "甲市路灯管理办法"
FIRST = "第一条 为了规范路灯管理，制定本办法。"


def _statute(preface: str, last: str, today: str):
    lines = (HEAD, preface, FIRST, f"第二条 {last}")
    paragraphs = tuple(Paragraph(t, index=n) for n, t in enumerate(lines))
    return parse_statute(Source("a.txt", "0" * 64, "txt", paragraphs), today=today)


ISSUED = "（2021年3月15日甲市人民政府公布）"
FROM = "本办法自2021年5月1日起施行"


@pytest.mark.parametrize(
    ("preface", "last", "today", "expires", "status"),
    [
        (ISSUED, f"{FROM}。", "2026-11-21", None, "in_force"),
        (ISSUED, f"{FROM}。", "2021-04-30", None, "not_in_force"),
        (ISSUED, f"{FROM}，有效期至2026年4月30日。", "2026-04-30", "2026-05-01", "in_force"),
        (ISSUED, f"{FROM}，有效期至2026年4月30日。", "2026-05-01", "2026-05-01", "repealed"),
        (ISSUED, f"{FROM}，有效期五年。", "2026-11-21", "2026-05-01", "repealed"),
        (ISSUED, f"{FROM}，有效期为10年。", "2026-11-21", "2031-05-01", "in_force"),
        (ISSUED, f"{FROM}，有效期两年。", "2023-05-01", "2023-05-01", "repealed"),
        (
            "（2021年3月15日甲市人民政府公布　2025年10月1日废止）",
            f"{FROM}。",
            "2026-11-21",
            "2025-10-01",
            "repealed",
        ),
        ("（已废止）", f"{FROM}。", "2026-11-21", None, "repealed"),
        (
            ISSUED,
            f"{FROM}。2010年1月1日施行的《甲市路灯暂行规定》同时废止。",
            "2026-11-21",
            None,
            "in_force",
        ),
    ],
)
def test_a_statute_stands_until_its_text_says_otherwise(preface, last, today, expires, status):
    statute = _statute(preface, last, today)
    assert (statute.expires, statute.status) == (expires, status)
