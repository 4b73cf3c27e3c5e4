"""The list labels that Word generates (一、 （一） 1.) and that no text of the file holds.

Rules: ECMA-376-1 17.9 (numbering); number formats 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from replygen.language.numerals import write_numeral
from replygen.reading.xml import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_PLACEHOLDER = re.compile(r"%([1-9])")  # "第%1章", "（%2）", "%1.%2"


def _letters(n: int) -> str:
    """1 -> a, 26 -> z, 27 -> aa, 28 -> bb, as Word counts."""
    return chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1) if n > 0 else ""


def _roman(n: int) -> str:
    out = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        out += sign * (n // value)
        n %= value
    return out


def _circled(n: int) -> str:
    if 1 <= n <= 20:
        return chr(0x2460 + n - 1)
    return chr(0x3251 + n - 21) if 21 <= n <= 35 else str(n)


def _circled_chinese(n: int) -> str:
    return chr(0x3280 + n - 1) if 1 <= n <= 10 else write_numeral(n)


def _full_width(n: int) -> str:
    return "".join(chr(0xFF10 + int(d)) for d in str(n))


def _formal(n: int) -> str:
    return write_numeral(n, formal=True)


def _positional(n: int) -> str:
    """12 -> 一二, 20 -> 二〇."""
    return "".join("〇一二三四五六七八九"[int(d)] for d in str(n))


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda n: signs[(n - 1) % len(signs)] if n > 0 else str(n)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda n: f"{n:02d}",
    "chineseCounting": write_numeral,
    "chineseCountingThousand": write_numeral,
    "japaneseCounting": write_numeral,
    "taiwaneseCounting": write_numeral,
    "taiwaneseCountingThousand": write_numeral,
    "koreanCounting": write_numeral,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "ideographDigital": _positional,
    "japaneseDigitalTenThousand": _positional,
    "taiwaneseDigital": _positional,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographEnclosedCircle": _circled_chinese,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "none": lambda n: "",
}


def format_number(n: int, kind: str) -> str:
    """Return ``n`` as Word writes it in number format ``kind``; digits for unknown ones."""
    return _FORMATS.get(kind, str)(n)


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    kind: str
    text: str
    legal: bool
    suffix: str


@dataclass(slots=True)
class Numbering:
    """The lists of one document; :meth:`label` must be asked in the order of the text."""

    _lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _abstract: dict[str, str] = field(default_factory=dict)
    _starts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _restarted: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def from_xml(cls, root: Element | None) -> Numbering:
        """Return the lists that numbering.xml defines; none without that part."""
        made = cls()
        if root is None:
            return made
        abstracts = {
            a.get(f"{W}abstractNumId"): {
                int(level.get(f"{W}ilvl", "0")): _read_level(level)
                for level in a.findall(f"{W}lvl")
            }
            for a in root.findall(f"{W}abstractNum")
        }
        for num in root.findall(f"{W}num"):
            made._add(num, abstracts)
        return made

    def _add(self, num: Element, abstracts: dict[str, dict[int, _Level]]) -> None:
        key = num.get(f"{W}numId")
        base = num.find(f"{W}abstractNumId")
        abstract = base.get(f"{W}val") if base is not None else ""
        levels = dict(abstracts.get(abstract, {}))
        self._starts[key] = {}
        for override in num.findall(f"{W}lvlOverride"):
            depth = int(override.get(f"{W}ilvl", "0"))
            own = override.find(f"{W}lvl")
            if own is not None:
                levels[depth] = _read_level(own)
            start = override.find(f"{W}startOverride")
            if start is not None:
                self._starts[key][depth] = _integer(start.get(f"{W}val"), 1)
        self._lists[key] = levels
        self._abstract[key] = abstract

    def label(self, num: str, depth: int) -> str:
        """Count one paragraph of list ``num`` at ``depth`` (from 0) and return its label,
        "" for bullets and for lists that the document does not define."""
        level = self._lists.get(num, {}).get(depth)
        if level is None:
            return ""
        # Lists of one abstract definition go on counting together, unless told to restart.
        counts = self._counts.setdefault(self._abstract[num], {})
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        restart = self._starts[num].get(depth)
        if restart is not None and (num, depth) not in self._restarted:
            self._restarted.add((num, depth))
            counts[depth] = restart
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        return "" if level.kind == "bullet" else self._write(num, level, counts)

    def _write(self, num: str, level: _Level, counts: dict[int, int]) -> str:
        levels = self._lists[num]

        def number(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = levels.get(at)
            if other is None:
                return ""
            kind = "decimal" if level.legal else other.kind
            return format_number(counts.get(at, other.start), kind)

        return _PLACEHOLDER.sub(number, level.text) + level.suffix


def _read_level(level: Element) -> _Level:
    def value(tag: str, default: str) -> str:
        found = level.find(f"{W}{tag}")
        return default if found is None else str(found.get(f"{W}val", default))

    legal = level.find(f"{W}isLgl")
    return _Level(
        start=_integer(value("start", "0"), 0),
        kind=_kind(level, value("numFmt", "decimal")),
        text=value("lvlText", ""),
        legal=legal is not None and legal.get(f"{W}val", "1") not in ("0", "false"),
        suffix=" " if value("suff", "tab") == "space" else "",
    )


def _kind(level: Element, kind: str) -> str:
    """Word writes newer formats inside mc:AlternateContent; take the first it offers."""
    if level.find(f"{W}numFmt") is not None:
        return kind
    nested = level.find(f".//{W}numFmt")
    if nested is None:
        return kind
    custom = nested.get(f"{W}format", "")
    return "decimalZero" if custom.startswith("0") else str(nested.get(f"{W}val", kind))


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and text.lstrip("-").isdigit() else default
