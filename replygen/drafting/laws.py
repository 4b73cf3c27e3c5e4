"""Laws: under which article a matter is decided that is not ours to promise."""

from __future__ import annotations

from replygen.drafting.tables import TABLES
from replygen.index import Index
from replygen.models import Ask, Hit
from replygen.settings import Profile

PROCEDURE = "procedure"  # the ranking that found an article of data/limits.toml


def procedures_for(ask: Ask, profile: Profile, index: Index) -> tuple[Hit, ...]:
    """Return the articles under which what ``ask`` wants is decided (立法法第八十一条), as far as
    the index has them; they are no basis of an answer, only of how it is limited."""
    text = f"{ask.topic}{ask.text}"
    found: dict[str, Hit] = {}
    for row in TABLES.toml("limits.toml")["study"]:
        wanted = row.get("law") and row["level"] in ("", profile.level)
        if wanted and any(word in text for word in row["words"]):
            article = index.article(row["law"], row["article"])
            if article is not None:
                found.setdefault(article.id, Hit(article, 1.0, (PROCEDURE,), (), 1.0))
    return tuple(found.values())
