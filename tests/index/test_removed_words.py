"""A word index that still counts what was removed gives a ranking all the same."""

from __future__ import annotations

import pytest

from replygen.index import open_index
from replygen.models import Other, Paragraph, Source


def make_document(number: int) -> tuple[Other, Source]:
    lines = [f"第{number}号记录", *(f"第{number}号摊位登记巡查{n}" for n in range(6))]
    paragraphs = tuple(Paragraph(line, index=i) for i, line in enumerate(lines))
    source = Source(f"{number}.txt", f"{number:016x}" + "0" * 48, "txt", paragraphs)
    return Other(lines[0], "\n".join(lines)), source


@pytest.mark.parametrize("left", [39, 20, 6, 2, 1])
def test_a_search_after_many_removals_finds_what_is_left(tmp_path, left):
    with open_index(tmp_path / "index", encoder="hash") as index:
        for number in range(40):
            index.add(*make_document(number))
        index.search("摊位登记巡查")
        ids = sorted(document.id for document in index.documents())
        for id in ids[left:]:
            index.remove(id)
        found = index.search("摊位登记巡查")
        assert {hit.passage.id.split("#")[0] for hit in found} <= set(ids[:left])
        assert found and all(0 <= hit.score <= 1 for hit in found)
