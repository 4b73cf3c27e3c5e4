"""The rows of a form (登记表, 办理单, a registry's card) as one label and value a line:
【提案编号】115　【提案人】岳春雨 and a label above its value both become 提案人：岳春雨."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from replygen.models import Paragraph
from replygen.parsing.wording import cue_list, role_pattern

# 提案办理登记：关于清理“指尖上的形式主义”的提案: the heading of the page names the item
_HEADING = re.compile(r"^(?![^：:]*(?:案\s*由|题\s*目|标\s*题))[^：:。]{2,16}[：:]\s*(?=《?关于)")
_TITLE = re.compile(r"《?关于[^。；]{4,70}$")
_SHORT_VALUE = 40


def _alternatives(names: Sequence[str]) -> str:
    longest_first = sorted(set(names), key=lambda name: (-len(name), name))
    return "|".join(r"\s*".join(name) for name in longest_first)


@cache
def _labels() -> str:
    listed = _alternatives(
        [*cue_list("forms", "cells", "labels"), *cue_list("forms", "texts", "labels")]
    )
    return f"{role_pattern()}|{listed}"


@cache
def _inside() -> re.Pattern[str]:
    """A label anywhere on a line, with a colon or in brackets; a long one of a short value may
    stand right behind another's (提案人：弓长弦主办单位：…)."""
    listed = _alternatives([n for n in cue_list("forms", "cells", "labels") if len(n) > 2])
    long = f"{role_pattern()}|{listed}"
    return re.compile(
        rf"(?:(?:^|(?<=[\s　|｜。；）)\d号]))({_labels()})\s*[：:|｜]"
        rf"|【\s*({_labels()})\s*】[：:]?|({long})[：:])\s*"
    )


@cache
def _at_start() -> re.Pattern[str]:
    """A label that opens a line, with a blank, a number or nothing behind it."""
    return re.compile(rf"^({_labels()})(?:\s+|(?=第?\d)|$)")


def count_labels(text: str) -> int:
    """Return how many labels of a form a line has."""
    line = text.strip()
    return len(_inside().findall(line)) or bool(_at_start().match(line))


def read_rows(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a form with each label on a line of its own."""
    rows: list[Paragraph] = []
    for paragraph in paragraphs:
        heading = _HEADING.match(paragraph.text.strip())
        text = paragraph.text.strip()[heading.end() :] if heading else paragraph.text.strip()
        for line in split_row(text):
            if rows and _awaits(rows[-1].text) and _is_value(rows[-1].text, line):
                rows[-1] = replace(rows[-1], text=f"{rows[-1].text}{line}")
            else:
                rows.append(replace(paragraph, text=line, bold=()))
    return tuple(rows)


def split_row(line: str) -> Iterator[str]:
    """Yield a line's labels with their values, each as a line; a line without any as it is."""
    found = list(_inside().finditer(line))
    if not found:
        match = _at_start().match(line)
        yield f"{_bare(match.group(1))}：{line[match.end() :].strip()}" if match else line
        return
    if before := line[: found[0].start()].strip():
        yield before
    ends = [*(m.start() for m in found[1:]), len(line)]
    for match, end in zip(found, ends, strict=True):
        label = next(filter(None, match.groups()))
        yield f"{_bare(label)}：{line[match.end() : end].strip()}"


def _bare(label: str) -> str:
    return re.sub(r"\s", "", label)


def _awaits(row: str) -> bool:
    """A row that has a label and no value yet; 正文： and 办法： stand above their text."""
    return row.endswith("：") and row[:-1] not in cue_list("forms", "texts", "labels")


def _is_value(row: str, line: str) -> bool:
    if count_labels(line):
        return False
    return bool(_TITLE.match(line)) if row == "案由：" else len(line) <= _SHORT_VALUE
