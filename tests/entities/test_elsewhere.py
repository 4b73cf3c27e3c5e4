"""Own material is ours only where it was issued at our place."""

from dataclasses import replace

import pytest

from replygen.entities.ours import is_elsewhere
from replygen.models import Document
from replygen.settings import Profile

PAPER = Document("d", "d.txt", "reply", "答复", "云川市", "市", "云川市市场监督管理局", None, True)
CITY = Profile(name="云川市民政局", region="云川市", province="澜江省")
PROVINCE = Profile(name="北岭省商务厅", region="北岭省", level="省", province="北岭省")


@pytest.mark.parametrize(
    ("document", "profile", "elsewhere"),
    [
        (PAPER, CITY, False),
        (PAPER, PROVINCE, True),
        (PAPER, replace(CITY, name="东岭市民政局", region="东岭市"), True),
        (PAPER, replace(CITY, region="望岳区", places=("云川市",)), False),
        (replace(PAPER, issuer=None), PROVINCE, False),
        (replace(PAPER, issuer="市市场监督管理局"), PROVINCE, False),
        (PAPER, Profile(), False),
    ],
)
def test_own_paper_of_another_place_is_not_ours(document, profile, elsewhere) -> None:
    assert is_elsewhere(document, profile) is elsewhere
