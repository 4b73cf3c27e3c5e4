"""What a sentence claims that an article says, against what the article says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

# 第十七条规定：“…”, 第三条明确，…, 第五条 “…”; not 第三条的规定，责成…
_CLAIM = re.compile(
    r"^[》”\s]*(?:中)?(?:"
    r"(?:也|还|均|已)?(?:明确)?(?:规定|明确|要求|指出|载明|提出)(?:了)?[：:，,]?[\s“\"]*|[：:，,]?\s*[“\"])"
)
_FEWEST = 10  # pairs of characters; a shorter claim is not compared
# Of the pairs of a claim, those that the article has. On 27 claims in 1,280 published
# replies the 20 right ones have 0.67 and more, quotations of other articles 0.11 and less.
_TOO_LITTLE = 0.30
_ANOTHER = 0.60  # share from which another article is the one that was meant


class Claim(NamedTuple):
    """``text`` is what the article is said to say, ``share`` 0..1 how much of it the
    article has."""

    text: str
    share: float

    @property
    def wrong(self) -> bool:
        """True when the article says something else."""
        return self.share < _TOO_LITTLE


def read_claim(after: str, article: str) -> Claim | None:
    """Return the claim that stands behind a citation (``after`` is the rest of its
    sentence) measured against the article's text, ``None`` where nothing is claimed."""
    match = _CLAIM.match(after)
    if match is None:
        return None
    text = re.split(r"[”\"]", after[match.end() :], maxsplit=1)[0]
    pairs = _pairs(text)
    if len(pairs) < _FEWEST:
        return None
    return Claim(text, len(pairs & _pairs(article)) / len(pairs))


def find_article_meant(claim: Claim, articles: Mapping[tuple[int, int], str]) -> str | None:
    """Return the 条 that says what is claimed (第18条), ``None`` when none clearly does."""
    wanted = _pairs(claim.text)
    best = max(
        ((len(wanted & _pairs(text)) / len(wanted), key) for key, text in articles.items()),
        default=(0.0, (0, 0)),
    )
    if best[0] < _ANOTHER:
        return None
    number, branch = best[1]
    return f"第{number}条" + (f"之{branch}" if branch else "")


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1) if text[i : i + 2].isalnum()}
