"""Which articles may be cited: in force, one edition, of our region."""

from __future__ import annotations

from datetime import date

import pytest

from replygen.laws.holding import find_holding, is_repealed
from replygen.laws.records import StatuteRecord
from replygen.models import Document, Hit, Passage, StatuteStatus
from replygen.settings import Profile

TODAY = date(2026, 11, 26)
OURS = Profile(name="云川市民政局", region="云川市", province="澜江省")


class Shelf:
    """Statutes as an index has them: (id, title, region, status, effective, articles)."""

    def __init__(
        self, *rows: tuple[str, str, str | None, StatuteStatus, str | None, list[str]]
    ) -> None:
        self._rows = rows

    def statutes(self) -> tuple[StatuteRecord, ...]:
        return tuple(
            StatuteRecord(title, status, effective, id, len(articles))
            for id, title, _, status, effective, articles in self._rows
        )

    def documents(self) -> tuple[Document, ...]:
        return tuple(_make_document(id, title, region) for id, title, region, *_ in self._rows)

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        for id, title, region, _, _, articles in self._rows:
            if id == document_id:
                document = _make_document(id, title, region)
                return tuple(
                    Passage(f"{id}#{n}", document, "article", n, f"第{'一二三四'[n]}条", text)
                    for n, text in enumerate(articles)
                )
        return ()


def _make_document(id: str, title: str, region: str | None) -> Document:
    return Document(id, f"{id}.txt", "statute", title, region, None, None, None)


CARE = "中华人民共和国老年人权益保障法"
SHELF = Shelf(
    ("now", CARE, None, "in_force", "2019-01-01", ["发展社区养老服务。"]),
    ("copy", CARE, None, "in_force", "2013-07-01", ["发展社区养老服务。"]),
    ("old", CARE, None, "repealed", "1996-10-01", ["发展老年福利事业。"]),
    ("later", "中华人民共和国农业法", None, "in_force", "2027-01-01", ["国家发展农业。"]),
    ("unknown", "养老机构管理办法", None, "unknown", None, ["养老机构应当登记。"]),
    ("hainan", "中华人民共和国海南自由贸易港法", None, "in_force", "2021-06-10", ["建设港口。"]),
    ("ours", "云川市养老服务办法", "云川市", "in_force", "2024-01-01", ["街道设助餐点。"]),
    ("other", "泊原市养老服务办法", "泊原市", "in_force", "2024-01-01", ["街道设助餐点。"]),
    (
        "over",
        "云川市助餐暂行办法",
        "云川市",
        "in_force",
        "2020-01-01",
        ["本办法有效期至2025年4月30日。"],
    ),
)


@pytest.mark.parametrize(
    ("document", "wanted"),
    [
        ("now", True),
        ("copy", False),
        ("old", False),
        ("later", False),
        ("unknown", False),
        ("hainan", False),
        ("ours", True),
        ("other", False),
        ("over", False),
    ],
)
def test_only_what_is_in_force_here_and_of_the_last_edition_holds(
    document: str, wanted: bool
) -> None:
    (passage,) = SHELF.passages(document)
    assert find_holding(SHELF, OURS, TODAY).holds(passage) is wanted


def test_an_article_that_stands_twice_is_taken_once() -> None:
    shelf = Shelf(
        ("a", CARE, None, "in_force", "2019-01-01", ["发展社区养老服务。"]),
        ("b", CARE, None, "in_force", "2019-01-01", ["发展社区养老服务。"]),
    )
    hits = [Hit(p, 0.5, ("words",)) for id in ("a", "b") for p in shelf.passages(id)]
    assert len(find_holding(shelf, OURS, TODAY).choose(hits)) == 1


def test_without_a_profile_only_national_laws_hold() -> None:
    holding = find_holding(SHELF, None, TODAY)
    assert [id for id in ("now", "ours") if holding.holds(SHELF.passages(id)[0])] == ["now"]


@pytest.mark.parametrize(
    ("name", "day", "repealed"),
    [
        ("中华人民共和国土壤污染防治法", date(2026, 11, 26), True),
        ("中华人民共和国土壤污染防治法", date(2020, 1, 1), False),
        ("网络交易管理办法", date(2026, 11, 26), True),
        ("中华人民共和国食品安全法", date(2026, 11, 26), False),
        ("云川市集贸市场管理办法", date(2026, 11, 26), False),
    ],
)
def test_what_the_register_has_as_repealed_is_no_basis(name: str, day: date, repealed: bool):
    assert is_repealed(name, day) is repealed
