"""What a rule lets, orders and forbids: the clauses of a text, each with its modal word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from replygen.language.marks import read_mark, strip_mark
from replygen.laws.tables import read_toml

Modal = Literal["must", "may", "not", "urge"]
_END = re.compile(r"[。；;！？\n]")
_EXCEPTED = re.compile(r"除.*(?:外|除外)$")
_COMMA = re.compile(r"[，,：:]")


class Norm(NamedTuple):
    """A clause of a rule: ``modal`` is that of its own words or of the words before it that
    reach over it (不得下列：…, 禁止…), ``None`` where it has none; ``own`` is true for a modal
    of its own; ``before`` and ``words`` stand before and behind the modal word."""

    modal: Modal | None
    own: bool
    before: str
    words: str

    @property
    def text(self) -> str:
        """The clause without its modal word."""
        return self.before + self.words

    @property
    def excepts(self) -> bool:
        """Whether it says what the rule does not reach (除当场可以作出决定的以外)."""
        return _EXCEPTED.search(self.text) is not None


def read_norms(text: str) -> tuple[Norm, ...]:
    """Return the clauses of a text in order."""
    norms: list[Norm] = []
    lead: Modal | None = None
    for line in text.splitlines():
        item = read_mark(line) is not None
        lead = lead if item else None
        for sentence in filter(None, map(str.strip, _END.split(line))):
            found = list(_read_sentence(strip_mark(sentence), lead))
            norms += found
            if not item and found and sentence.endswith(("：", ":")):
                lead = found[-1].modal
    return tuple(norms)


def _read_sentence(sentence: str, lead: Modal | None) -> Iterator[Norm]:
    reaching = lead
    for clause in filter(None, _COMMA.split(sentence)):
        found = _pattern().finditer(clause)
        match = next((m for m in found if not _is_attribute(clause, m)), None)
        if match is None:
            yield Norm(reaching, False, "", clause)
            continue
        modal = _read_modal(match)
        yield Norm(modal, True, clause[: match.start()], clause[match.end() :])
        reaching = modal


# 规定的|不需要|办理登记情形等信息: a word of what a noun is like, no rule
_KIND_OF_THING = re.compile(
    r"[^，。]*?(?:情形|情况|事项|信息|人员|单位|行为|物品|材料|范围|条件|活动)(?:等|、|的|$)"
)


def _is_attribute(clause: str, match: re.Match[str]) -> bool:
    before = clause[: match.start()]
    return before.endswith("的") and _KIND_OF_THING.match(clause[match.end() :]) is not None


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    table = read_toml("rules.toml")["modals"]
    return re.compile(
        "|".join(f"(?P<is_{kind}>{table[kind]})" for kind in ("not", "urge", "may", "must"))
    )


def _read_modal(match: re.Match[str]) -> Modal:
    if match["is_not"]:
        return "not"
    if match["is_urge"]:
        return "urge"
    return "may" if match["is_may"] else "must"
