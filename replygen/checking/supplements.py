"""Mentions that need the sentence around them to be seen: names behind 联系人, names glued to
a verb (感谢刘志明委员), places that are only letters (甲市)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from replygen.facts import find_mentions
from replygen.models import Mention

# 联系人：俞广, 签发人: 王波, 承办人：陈晓东
_LABELLED = re.compile(
    r"(?:联\s*系\s*人|签\s*发\s*人|承\s*办\s*人|经\s*办\s*人|审\s*核\s*人)\s*[：:]\s*"
    r"([\u4e00-\u9fff·]{2,4})(?=[\s　，。；、（()）]|电话|$)"
)
# 刘志明委员, 张松梅代表: the title that makes a name of the two or three letters before it
_TITLED = re.compile(r"(?:委员|代表|局长|主任|科长|处长|书记|市长|县长|区长|厅长|部长|主席|同志)")
# 甲市, 乙省: letters instead of a name, as a copied sample has them
_LETTERED = re.compile(r"(?<![\u4e00-\u9fff])[甲乙丙丁戊][省市县区](?!场)")


def find_supplements(text: str, taken: tuple[Mention, ...]) -> Iterator[Mention]:
    """Yield mentions of ``text`` that overlap none of ``taken``."""
    found = [*_find_labelled(text), *_find_titled(text), *_find_lettered(text)]
    for mention in found:
        if not any(t.start < mention.end and mention.start < t.end for t in taken):
            yield mention


def _find_labelled(text: str) -> Iterator[Mention]:
    for match in _LABELLED.finditer(text):
        name = match.group(1)
        yield Mention("person", name, *match.span(1), name)


def _find_titled(text: str) -> Iterator[Mention]:
    for match in _TITLED.finditer(text):
        for length in (3, 2):
            start = match.start() - length
            if start < 1:
                continue
            person = next(
                (m for m in find_mentions(text[start : match.end()]) if m.kind == "person"), None
            )
            if person is not None and person.start == 0 and len(person.text) == length:
                yield Mention("person", person.text, start, start + length, person.normal)
                break


def _find_lettered(text: str) -> Iterator[Mention]:
    for match in _LETTERED.finditer(text):
        yield Mention("place", match.group(), *match.span(), match.group(), "local")
