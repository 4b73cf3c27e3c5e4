"""Asks found in 55 real proposals against two hand-made answer sheets (offsets only).

The second sheet was labelled after the parser was written and measured once before
anything was changed: F1 0.954, the honest figure.
"""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from replygen.parsing import parse_proposal_text

HERE = Path(__file__).parent
_HEADING = "具体建议："
_DROPPED = re.compile(r"[\s\W_]+")


@pytest.mark.parametrize(("sheet", "least"), [("asks_gold", 0.97), ("asks_gold_2", 0.95)])
def test_asks_of_real_proposals_are_found(shared: Path, sheet: str, least: float) -> None:
    gold = json.loads((HERE / f"{sheet}.json").read_text(encoding="utf-8"))["proposals"]
    texts = {p["id"]: p for p in _read(shared / "data" / "proposals.jsonl.gz")}
    hits = predicted = wanted = 0
    misses: list[str] = []
    for entry in gold:
        raw = texts[entry["id"]]
        spans = predict_spans(raw["body"], raw["title"])
        answer = [(a["start"], a["end"]) for a in entry["asks"]]
        found = match_spans(spans, answer)
        if found != len(spans) or found != len(answer):
            misses.append(f"{entry['id']}: {found} of {len(answer)}, {len(spans)} predicted")
        hits, predicted, wanted = hits + found, predicted + len(spans), wanted + len(answer)
    f1 = 2 * hits / (predicted + wanted)
    print(
        f"asks: {wanted} wanted, {predicted} predicted, {hits} right, F1 {f1:.4f}",
        *misses,
        sep="\n",
    )
    assert f1 >= least, misses


# the heading of the part as other places write it, and no heading at all
HEADINGS = {
    "三、对策建议": 0.95,
    "几点建议": 0.95,
    "建议：": 0.95,
    "方案：": 0.95,
    "为此，建议如下：": 0.95,
    "针对上述问题，提出以下建议：": 0.95,
    "": 0.9,
}


@pytest.mark.slow
@pytest.mark.parametrize(("heading", "least"), HEADINGS.items())
def test_asks_are_found_under_other_headings(shared: Path, heading: str, least: float) -> None:
    texts = {p["id"]: p for p in _read(shared / "data" / "proposals.jsonl.gz")}
    hits = predicted = wanted = 0
    for sheet in ("asks_gold", "asks_gold_2"):
        for entry in json.loads((HERE / f"{sheet}.json").read_text(encoding="utf-8"))["proposals"]:
            body = texts[entry["id"]]["body"]
            at = body.find(_HEADING)
            if at < 0 or entry["asks"][0]["start"] < at:
                continue
            changed = body[:at] + f"\n{heading}\n" + body[at + len(_HEADING) :]
            shift = len(changed) - len(body)
            spans = predict_spans(changed, texts[entry["id"]]["title"])
            answer = [(a["start"] + shift, a["end"] + shift) for a in entry["asks"]]
            hits, predicted = hits + match_spans(spans, answer), predicted + len(spans)
            wanted += len(answer)
    f1 = 2 * hits / (predicted + wanted)
    print(f"asks under {heading!r}: F1 {f1:.4f} of {wanted}")
    assert f1 >= least


def predict_spans(body: str, title: str) -> list[tuple[int, int]]:
    """Spans of the predicted asks in the raw body: both texts are compared without
    white space and punctuation, each ask looked for behind the one before."""
    offsets = [i for i, char in enumerate(body) if not _DROPPED.match(char)]
    squeezed = "".join(body[i] for i in offsets)
    spans: list[tuple[int, int]] = []
    # from the back: a text that says everything twice means its last part; by the ends
    # of an ask: page numbers inside it are cleaned away
    at = len(squeezed)
    for ask in reversed(parse_proposal_text(body, title=title).asks):
        wanted = _DROPPED.sub("", ask.text)
        tail = squeezed.rfind(wanted[-12:], 0, at)
        end = tail + len(wanted[-12:])
        starts = [m.start() for m in re.finditer(re.escape(wanted[:12]), squeezed[:end])]
        if tail < 0 or not starts:
            spans.append((-1, -1))
            continue
        # a phrase may occur twice inside: the length decides which is the opening
        start = min(starts, key=lambda s: abs(end - s - len(wanted)))
        spans.append((offsets[start], offsets[end - 1] + 1))
        at = start
    return spans[::-1]


def match_spans(found: list[tuple[int, int]], wanted: list[tuple[int, int]]) -> int:
    """Number of one-to-one pairs whose intersection over union is at least one half."""
    free = list(found)
    pairs = 0
    for a, b in wanted:
        for span in free:
            common = min(b, span[1]) - max(a, span[0])
            if common > 0 and common / (max(b, span[1]) - min(a, span[0])) >= 0.5:
                free.remove(span)
                pairs += 1
                break
    return pairs


def _read(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
