"""Chinese numerals up to 9,999 and back, as an office writes them: 一千一百六十五."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_SCALES = {"十": 10, "百": 100, "千": 1000}
_LARGEST = 9_999


def write_numeral(number: int) -> str:
    """``number`` (not below 0) in Chinese: 14 -> 十四, 1005 -> 一千零五; in digits where it
    is over 9,999."""
    if number > _LARGEST:
        return str(number)
    words, gap = "", False
    for name, scale in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, scale)
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + name
        gap = not digit
    return words.removeprefix("一") if words.startswith("一十") else words or "零"


def read_numeral(text: str) -> int | None:
    """The number that :func:`write_numeral` writes so (两 is 二); ``None`` for any other
    writing."""
    text = text.replace("两", "二")
    value, digit = 0, 1  # 十五: the one before it is not written
    for char in text:
        if char in _SCALES:
            value, digit = value + digit * _SCALES[char], 0
        elif (digit := _DIGITS.find(char)) < 0:
            return None
    return value + digit if text and text == write_numeral(value + digit) else None
