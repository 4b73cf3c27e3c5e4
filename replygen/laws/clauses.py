"""The 款 and 项 inside an article's text: whether the one cited is there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from replygen.language.marks import read_mark
from replygen.language.numerals import read_numeral, write_numeral

# …有下列情形之一的：（一）…；（二）… in one line
_ITEM_MARK = re.compile(r"(?:^|[：:；;。\n])[\s　]*[（(]([一二三四五六七八九十百]+|\d+)[）)]")
# 第二款, 第（三）项
_NUMBER = re.compile(r"第[（(]?([〇零一二三四五六七八九十百\d]+)[）)]?[款项]")


def split_clauses(text: str) -> tuple[str, ...]:
    """Return the 款 of an article, each with its 项; one 款 begins on a line of its own."""
    clauses: list[str] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        if clauses and read_mark(line):  # （一）用非食品原料…: a 项 of the 款 above
            clauses[-1] += f"\n{line}"
        else:
            clauses.append(line)
    return tuple(clauses)


def list_parts(
    text: str, clause: str | None, item: str | None
) -> tuple[tuple[str, str, bool], ...]:
    """Return the parts of an article of the kind that is cited, its 款 or the 项 of one: the
    words of each, how it is called (第二款) and whether it is the one cited. Where neither is
    cited, or it is not there, nothing comes back."""
    clauses = split_clauses(text)
    wanted, number = _read_number(clause), _read_number(item)
    if wanted is not None and not 1 <= wanted <= len(clauses):
        return ()
    if number is None:
        parts = [(c, f"第{write_numeral(n)}款", n) for n, c in enumerate(clauses, 1)]
        return tuple((c, name, n == wanted) for c, name, n in parts if wanted is not None)
    with_items = [c for c in clauses if _ITEM_MARK.search(c)]
    chosen = [clauses[wanted - 1]] if wanted is not None else with_items
    found = _split_items(chosen[0]) if len(chosen) == 1 else ()
    return tuple((words, f"第（{write_numeral(n)}）项", n == number) for n, words in found)


def _split_items(clause: str) -> tuple[tuple[int, str], ...]:
    """The 项 of a 款 with their numbers; each with the words that lead to all of them."""
    marks = list(_ITEM_MARK.finditer(clause))
    ends = [*(m.start() for m in marks[1:]), len(clause)]
    lead = clause[: marks[0].start()] if marks else ""
    return tuple(
        (read_numeral(m[1]) or 0, lead + clause[m.end() : end])
        for m, end in zip(marks, ends, strict=True)
    )


def find_missing_part(text: str, clause: str | None, item: str | None) -> str | None:
    """Return why 第Y款 or 第（Z）项 is not in the article, ``None`` where it is there. On
    418 references inside laws.db (本法第X条第Y款) it is never wrong."""
    clauses = split_clauses(text)
    wanted = _read_number(clause)
    if wanted is not None and clauses and not 1 <= wanted <= len(clauses):
        return f"这一条只有{len(clauses)}款，没有{clause}"
    return _miss_item(clauses, wanted, clause, item)


def _miss_item(
    clauses: Sequence[str], wanted: int | None, clause: str | None, item: str | None
) -> str | None:
    number = _read_number(item)
    if number is None or not clauses:
        return None
    chosen = clauses if wanted is None or wanted > len(clauses) else [clauses[wanted - 1]]
    there = {read_numeral(m.group(1)) or 0 for c in chosen for m in _ITEM_MARK.finditer(c)}
    if number in there:
        return None
    where = f"这一条{clause or ''}"
    if not there:
        return f"{where}没有分项"
    return f"{where}只有{max(there)}项，没有{item}"


def _read_number(part: str | None) -> int | None:
    match = _NUMBER.match(re.sub(r"\s", "", part or ""))
    return read_numeral(match.group(1)) if match else None
