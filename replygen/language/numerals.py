"""Numbers in every writing: 三百, 一点五亿, 两千, 3.5万, 三百一十二.

One reader and one writer for the house. What stands around a number (近, 余个, 成, 第, 条) is the
caller's; where a figure stands in a text, entities/numbers says.
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = "零一二三四五六七八九"
_FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
# what else stands for a digit or a scale: 两千, 二〇二四, 壹佰, １２
_PLAIN = str.maketrans(
    "两兩〇○Ｏ壹贰貳叁肆伍陆陸柒捌玖拾佰仟萬億０１２３４５６７８９．，",
    "二二零零零一二二三四五六六七八九十百千万亿0123456789.,",
)
_SCALES = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}
_LARGEST = 9_999
_CHINESE = re.compile(rf"[{DIGITS}十百千万亿点]+")
_ARABIC = re.compile(r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?")


def write_numeral(number: int, *, formal: bool = False) -> str:
    """``number`` (not below 0) in Chinese: 14 -> 十四, 1005 -> 一千零五; in digits where it
    is over 9,999. ``formal`` writes 壹拾肆."""
    if number > _LARGEST:
        return str(number)
    words, gap = "", False
    for name, scale in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, scale)
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + name
        gap = not digit
    if formal:
        return (words or "零").translate(_FORMAL)
    return words.removeprefix("一") if words.startswith("一十") else words or "零"


def read_numeral(text: str) -> int | None:
    """The whole number that ``text`` is, in any writing (38, ３８, 三十八, 二〇二四, 一十二,
    三万五); ``None`` for anything else."""
    value = read_decimal(text)
    return int(value) if value is not None and value == int(value) else None


def read_decimal(text: str) -> Decimal | None:
    """The number that ``text`` is, decimals and scales taken in (一点五亿, 3.5万, 12,000);
    ``None`` for anything else."""
    text = text.translate(_PLAIN)
    if match := _ARABIC.match(text):
        scale = text[match.end() :]
        if not all(char in _SCALES or char in _GROUPS for char in scale):
            return None
        return _scaled(Decimal(match.group().replace(",", "")), scale)
    return _read_chinese(text) if _CHINESE.fullmatch(text) else None


def _scaled(value: Decimal, scale: str) -> Decimal:
    for char in scale:
        value *= _SCALES.get(char) or _GROUPS[char]
    return value


def _read_chinese(text: str) -> Decimal | None:
    """二万三千 as 23000, 三万五 as 35000, 一点二亿 as 120000000, 二零二四 as 2024."""
    whole, dot, part = text.partition("点")
    if dot:
        digits = part.rstrip("十百千万亿")
        value = _read_whole(whole)
        if value is None or not digits or any(c not in DIGITS for c in digits):
            return None
        decimal = Decimal(f"{value}.{_spell(digits)}")
        return _scaled(decimal, part[len(digits) :])
    number = _read_whole(whole)
    return None if number is None else Decimal(number)


def _read_whole(text: str) -> int | None:
    if not text:
        return None
    if all(char in DIGITS for char in text):
        return int(_spell(text))
    for name, scale in (("亿", 100_000_000), ("万", 10_000)):
        if name in text:
            head, _, rest = text.rpartition(name)
            left = _read_whole(head) if head else 1
            right = _read_rest(rest, scale)
            return None if left is None or right is None else left * scale + right
    return _read_below_myriad(text)


def _read_rest(text: str, scale: int) -> int | None:
    """What stands behind 万 or 亿: 三万|五 is five thousand, 三万|零五 five."""
    if not text:
        return 0
    if len(text) == 1:
        return DIGITS.find(text) * scale // 10 if text in DIGITS else None
    value = _read_whole(text)
    return value if value is not None and value < scale else None


def _read_below_myriad(text: str) -> int | None:
    """一千零五 as 1005, 三千五 as 3500, 百二十 as 120; the scales must fall."""
    value, digit, last, zero = 0, None, 10_000, False
    for char in text:
        if char in _SCALES:
            scale = _SCALES[char]
            if scale >= last or digit == 0:
                return None
            value, last, digit, zero = value + (digit or 1) * scale, scale, None, False
        elif digit is not None and not zero:
            return None  # 一二十
        else:
            zero = char == "零"
            digit = DIGITS.find(char)
    if digit is None:
        return value
    short = last > 10 and not zero and text[-2:-1] != "零"
    return value + digit * (last // 10 if short and last < 10_000 else 1)


def _spell(text: str) -> str:
    """三五 as 35, character by character."""
    return "".join(str(DIGITS.find(char)) for char in text)
