"""Commitments that were drawn from the proposal and that nobody has confirmed yet."""

from __future__ import annotations

from collections.abc import Iterator

from replygen.checking.checked_draft import CheckedDraft, make_finding
from replygen.models import Finding, Sentence

RULE = "promise.unconfirmed"


def check_unconfirmed(case: CheckedDraft) -> Iterator[Finding]:
    """Yield ``promise.unconfirmed`` (block, as an open slot is) for every commitment of the
    draft with ``confirmed`` false that still stands in the text (DESIGN §2.3)."""
    if case.draft is None:
        return
    taken: set[tuple[int, int]] = set()
    for sentence in case.draft.unconfirmed:
        place = _find(case, sentence, taken)
        if place is None:
            continue
        taken.add(place)
        number, start = place
        which = f"第 {sentence.ask} 项建议" if sentence.ask is not None else "这里"
        yield make_finding(
            RULE,
            "block",
            (number, start, start + len(sentence.text), sentence.text),
            f"{which}的拟办承诺据提案原意拟写，还没有确认",
            "能承诺的，请确认；不能承诺的，改写或者删去这句",
        )


def _find(
    case: CheckedDraft, sentence: Sentence, taken: set[tuple[int, int]]
) -> tuple[int, int] | None:
    """Return where the commitment stands: in its own block first, else in any paragraph."""
    holds = [
        number
        for number, block in enumerate(case.blocks)
        if block is not None and any(s is sentence for s in block.sentences)
    ]
    for number in (*holds, *range(len(case.paragraphs))):
        start = case.paragraphs[number].find(sentence.text)
        while start >= 0:
            if (number, start) not in taken:
                return number, start
            start = case.paragraphs[number].find(sentence.text, start + 1)
    return None
