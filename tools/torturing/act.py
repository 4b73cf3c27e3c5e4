"""What is killed: ``python -m tools.torturing.act ACTION FOLDER`` works and says what it did.

It prints ``go`` when it begins and a line for each thing once that is stored.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from replygen.index import Index, open_index
from replygen.models import Other, Paragraph, Source
from replygen.parsing import parse_source
from replygen.workspace import DraftStore, Work

STEPS = 60
USER = "小林"
_PROPOSAL = "关于加强直播监管的提案\n建议：一、加强直播间监测。二、建立主播培训制度。"


def make_document(number: int) -> tuple[Other, Source]:
    """Return a made-up document of a few passages, like no other."""
    words = "".join(
        random.Random(number).choices("市场摊位登记电梯直播食堂养老助餐巡查约谈整改", k=540)
    )
    lines = [f"第{number}号记录", *(words[i : i + 90] for i in range(0, 540, 90))]
    paragraphs = tuple(Paragraph(line, index=i) for i, line in enumerate(lines))
    source = Source(f"{number}.txt", name_document(number) + "0" * 48, "txt", paragraphs)
    return Other(lines[0], "\n".join(lines)), source


def name_document(number: int) -> str:
    """Return the id of a made-up document."""
    return f"{number:016x}"


def make_work() -> Work:
    """Return the work on a pasted proposal."""
    lines = tuple(Paragraph(t, index=i) for i, t in enumerate(_PROPOSAL.split("\n")))
    return Work(parse_source(Source("粘贴.txt", "0" * 64, "txt", lines)))  # type: ignore[arg-type]


def open_base(folder: Path, action: str) -> Index:
    """Open the index that an action works on: with the shipped encoder where it fills."""
    return open_index(folder / "index", encoder="replygen" if action == "fill" else "hash")


def main(action: str, folder: Path) -> None:
    """Do ``action`` and say each step."""
    if action == "draft":
        for said in _draft(folder):
            print(said, flush=True)
        return
    with open_base(folder, action) as index:
        for said in _ACTIONS[action](index):
            print(said, flush=True)


def _add(index: Index) -> Iterator[str]:
    yield "go"
    for number in range(1000, 1000 + STEPS):
        index.add(*make_document(number))
        yield name_document(number)
        if number % 10 == 0:
            index.search("第一类摊位")


def _remove(index: Index) -> Iterator[str]:
    ids = sorted(document.id for document in index.documents())
    yield "go"
    for id in ids[:-5]:
        index.remove(id)
        yield id


def _fill(index: Index) -> Iterator[str]:
    index.encoders()
    yield "go"
    index.fill()


def _rebuild(index: Index) -> Iterator[str]:
    yield "go"
    index.rebuild()


def _draft(folder: Path) -> Iterator[str]:
    store = DraftStore(folder / "work")
    yield "go"
    id = store.create(USER, make_work())
    yield f"{id} 0"
    for number in range(1, STEPS + 1):
        store.change(id, USER, lambda work, n=number: replace(work, values={"时间": f"第{n}天"}))
        yield f"{id} {number}"


_ACTIONS: dict[str, Callable[[Index], Iterator[str]]] = {
    "add": _add,
    "remove": _remove,
    "fill": _fill,
    "rebuild": _rebuild,
}

if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
