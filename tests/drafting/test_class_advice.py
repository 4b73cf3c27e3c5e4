"""Which mark the stances point to, under each scheme."""

from __future__ import annotations

import pytest

from replygen.drafting.schemes import advise_class, load_scheme, propose_class
from replygen.models import AskStance, StanceKind


def asks(*kinds: StanceKind) -> tuple[AskStance, ...]:
    return tuple(AskStance(n, f"建议{n}", kind, ()) for n, kind in enumerate(kinds, start=1))


@pytest.mark.parametrize(
    ("scheme", "kinds", "mark"),
    [
        ("V1", ["done", "done"], "A"),
        ("V1", ["done", "adopt"], "B"),
        ("V1", ["done", "done", "partly"], "B"),
        ("V1", ["adopt", "partly", "study"], "B"),
        ("V1", ["adopt", "study"], "B"),
        ("V1", ["study", "study", "adopt"], "C"),
        ("V1", ["refer", "refer", "study"], "D"),
        ("V2", ["adopt", "adopt", "refer"], "B"),
        ("V2", ["refer", "refer", "adopt"], "C"),
        ("V3", ["decline"], "C"),
        ("V4", ["partly", "partly"], "C"),
        ("V5", ["study"], "D"),
        ("V6", ["adopt"], "乙类"),
        ("V7", ["partly", "adopt", "partly"], "列入计划"),
    ],
)
def test_the_mark_follows_from_the_stances(scheme: str, kinds: list[StanceKind], mark: str) -> None:
    assert propose_class(asks(*kinds), load_scheme(scheme, channel="npc")).proposed == mark


def test_the_reason_counts_the_asks_and_says_what_the_mark_means() -> None:
    advice = propose_class(asks("adopt", "adopt", "study"), load_scheme("V1", channel="npc"))
    assert advice.reason == (
        "3 项建议中，2 项采纳拟办、1 项需研究论证，符合“正在解决或者列入规划逐步解决”；"
        "有拟办事项，不宜标A；写明计划和完成时限"
    )


def test_nothing_is_proposed_where_no_ask_was_found() -> None:
    scheme = load_scheme("V1", channel="npc")
    advice = propose_class((), scheme)
    assert advice.proposed is None
    assert "请由承办人选定" in advise_class(scheme, advice)


def test_the_note_leaves_the_choice_to_a_person() -> None:
    scheme = load_scheme("V2", channel="cppcc")
    note = advise_class(scheme, propose_class(asks("adopt"), scheme))
    assert note.startswith("办理类别建议标B：") and "请由承办人选定" in note
