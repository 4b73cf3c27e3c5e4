"""Bodies and units of levels that not every place has: 盟市场监管局, 师市住建局, 嘎查.

Whose place has such a level says its region; who has none speaks of another place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from replygen.entities.prose import make_mention
from replygen.entities.tables import TABLES, read_table
from replygen.models import Mention

# 由|盟市场监管局, 报|州农机总站; not 联盟|市场, 自治州|人民政府
_LEVEL = "师市|盟市|盟|州|旗|兵团|团场|垦区"
_WORDS_TOO = "地区|师"  # 师资|培训中心: only what the register has makes a body of them
_BEFORE = (
    r"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[由按经据报向与和请在对将到从为于及以让被给送需受随跟是]))"
)
# most texts have none of these
_ANY = re.compile(
    "[盟州旗垦]|(?<![老教律医厨导技药程])师|团场|兵[团地]|地[区委州]|公署|行署|嘎查|苏木|连队"
)
_WORD = "[\u4e00-\u9fff]"


def find_levels(text: str) -> Iterator[Mention]:
    """Yield bodies and units of such levels, as organisations of scope ``unknown``."""
    if _ANY.search(text):
        for match in _pattern().finditer(text):
            yield make_mention("organisation", text, *match.span())


def has_level(name: str, mention: Mention) -> bool:
    """Return whether a place by this name has the level of a body: 大理州, 州农机总站."""
    level = mention.text[:1]
    return name.endswith(level) or f"自治{level}" in name or name.endswith("地区") and level == "地"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    bodies = {row[0] for row in read_table("bodies.tsv") if len(row) > 1 and row[1] == "body"}
    kinds = "|".join(sorted(map(re.escape, bodies), key=len, reverse=True))
    ends = "|".join(TABLES.listed("levels.toml", "ends"))
    own = "|".join(TABLES.listed("levels.toml", "own"))
    return re.compile(
        rf"{_BEFORE}(?:(?:{_LEVEL})(?:级|直)?(?:{kinds}|{_WORD}{{2,8}}?(?:{ends}))"
        rf"|(?:{_WORDS_TOO})(?:{kinds}))(?!{_WORD}?[长员](?!会))|(?<![联同加省国])(?:{own})"
    )
