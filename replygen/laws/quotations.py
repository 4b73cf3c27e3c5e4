"""Words in quotation marks behind a citation: they have to be the article's own.

Leaving words out is usual (国家支持……, 应当……); other words in their place are not.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_FEWEST = 8  # characters; a shorter quotation is a name
_MOSTLY = 0.6  # share of a quotation that stands in the article; less is of another text
_ALTERED = 2  # characters put in; one is a slip of the pen
_AROUND = 2  # characters shown on either side
_BARE = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")
_SLIGHT = re.compile(r"[等的地得了之和与及]*")
# one character of these is enough to turn what is said
_TURNS = re.compile(r"[不无未非免禁]")


def find_altered(quote: str, article: str) -> tuple[str, str] | None:
    """Return what a quotation says in other words than ``article`` and what stands there,
    both with a little of what is around; ``None`` where it only leaves words out, is too short,
    or is of another text altogether."""
    said, reads = _BARE.sub("", quote), _BARE.sub("", article)
    if len(said) < _FEWEST or said in reads:
        return None
    blocks = [b for b in SequenceMatcher(None, said, reads, autojunk=False).get_matching_blocks()
              if b.size > 1]  # fmt: skip
    if sum(b.size for b in blocks) < _MOSTLY * len(said):
        return None
    for here, behind in zip(blocks, blocks[1:], strict=False):
        put_in = said[here.a + here.size : behind.a]
        if _turns(put_in):
            return _show(said, here.a + here.size, behind.a), _show(
                reads, here.b + here.size, behind.b
            )
    return None


def _turns(words: str) -> bool:
    if _SLIGHT.fullmatch(words):
        return False
    return len(words) >= _ALTERED or _TURNS.search(words) is not None


def _show(text: str, start: int, end: int) -> str:
    return text[max(start - _AROUND, 0) : end + _AROUND]
