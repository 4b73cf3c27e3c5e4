"""Asks found in 30 real proposals against a hand-made answer sheet (offsets only)."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

from replygen.parsing import parse_proposal_text

GOLD = Path(__file__).with_name("asks_gold.json")
_DROPPED = re.compile(r"[\s\W_]+")


def test_asks_of_thirty_real_proposals_are_found(shared: Path) -> None:
    gold = json.loads(GOLD.read_text(encoding="utf-8"))["proposals"]
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
    assert f1 >= 0.95, misses


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
