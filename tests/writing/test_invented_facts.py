"""Two hundred scripted inventions: none of them stands in a draft."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "invented.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
AT_ONCE = 2  # of three in an ask the whole answer is dropped: each is to be judged by itself


def text_of(draft) -> str:
    return "\n".join(block.text for block in draft.blocks)


def test_there_are_two_hundred_of_many_kinds():
    assert len({clause for _, clause in ROWS}) >= 200
    assert len({kind for kind, _ in ROWS}) >= 10


@pytest.mark.parametrize("alone", [False, True], ids=["behind a true sentence", "by itself"])
@pytest.mark.parametrize(
    "every",
    [pytest.param(1, marks=pytest.mark.slow, id="all"), pytest.param(13, id="one in thirteen")],
)
def test_no_invented_fact_stands_in_a_draft(write, alone, every):
    from replygen.writing.scripted import tell_sentences

    rows = ROWS[::every]
    waiting = [clause for _, clause in rows]
    stood, judged = [], 0

    def script(data):
        rows = []
        for ours in data["ours"][:AT_ONCE]:
            if not waiting:
                break
            clause = waiting.pop()
            true = ours["text"].rstrip("。；，")
            text = f"{clause}。" if alone else f"{true}，{clause}。"
            rows.append({"for": ours["n"], "items": ours["items"], "text": text})
            sent.append(clause)
        return tell_sentences(rows)

    while waiting:
        sent: list[str] = []
        written = write(script)
        text = text_of(written.draft)
        stood += [clause for clause in sent if clause in text]
        judged += len(sent)
        assert len(written.refused) == len(sent), json.dumps(
            [s for s in sent if not any(s in r.text for r in written.refused)], ensure_ascii=False
        )
    assert judged == len(rows)
    assert stood == []
