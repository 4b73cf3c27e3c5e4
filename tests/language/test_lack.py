"""A word of want that only says for whom, or what was mended, admits no shortcoming."""

import pytest

from replygen.language.lack import drop_named_lack

NAMED = [
    "完成困难老年人家庭适老化改造1260户",
    "改造农村薄弱学校37所",
    "为困难群众发放临时救助金",
    "帮扶困难职工286人",
    "帮助解决就业困难",
    "补齐乡镇污水处理设施短板",
    "化解企业融资难题和发展瓶颈",
]
ADMITTED = [
    "改造进度还存在困难",
    "基层力量薄弱",
    "设施建设滞后",
    "专业人员不足",
    "资金筹措困难较大",
]


@pytest.mark.parametrize("text", NAMED)
def test_what_names_the_needy_or_the_mending_is_dropped(text: str) -> None:
    left = drop_named_lack(text)
    assert not any(word in left for word in ("困难", "薄弱", "短板", "瓶颈"))


@pytest.mark.parametrize("text", ADMITTED)
def test_what_admits_a_want_stays(text: str) -> None:
    assert drop_named_lack(text) == text
