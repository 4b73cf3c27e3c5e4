"""Number formats of Word's lists (ECMA-376-1 17.18.59)."""

from __future__ import annotations

import pytest

from replygen.reading.numbering import format_number


@pytest.mark.parametrize(
    ("n", "kind", "label"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "japaneseCounting", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (1001, "chineseCountingThousand", "一千零一"),
        (13, "chineseLegalSimplified", "壹拾叁"),
        (20, "ideographDigital", "二〇"),
        (2, "ideographTraditional", "乙"),
        (11, "ideographTraditional", "甲"),
        (3, "ideographEnclosedCircle", "㊂"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (21, "decimalEnclosedCircle", "㉑"),
        (4, "decimalZero", "04"),
        (12, "decimalFullWidth", "１２"),
        (28, "lowerLetter", "bb"),
        (3, "upperLetter", "C"),
        (14, "upperRoman", "XIV"),
        (7, "decimal", "7"),
        (7, "none", ""),
        (7, "aFormatNobodyKnows", "7"),
    ],
)
def test_numbers_are_written_as_word_writes_them(n: int, kind: str, label: str) -> None:
    assert format_number(n, kind) == label
