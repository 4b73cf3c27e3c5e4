"""What a claim denies and the sentence that it tells does not, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from replygen.laws.pairs import make_pairs
from replygen.laws.tables import read_toml
from replygen.laws.telling import find_told, split_parts, split_sentences

_TOLD = 0.5  # of the pairs of a sentence: the article's clause that it tells
_LONG = 5  # pairs of a sentence that can be compared
# 不|承担, 不|受; 不少于 denies nothing
_DENIED = re.compile(
    r"(?<!或者)(?<!或)(?:不得|不予|不再|不需要|没有|免于"
    r"|不(?!少于|超过|低于|高于|多于)|未(?!成年)|免(?!疫))(?:对外|向社会|向公众)?(受|[\u4e00-\u9fff]{2})"
)
# 被|申请人: another one than 申请人
_PREFIX = re.compile("[被非未不无免]")
_SUBJECT = re.compile(r"(?:由|对)?([\u4e00-\u9fff]{2,5}?(?:人|者|单位|机关|企业))")


def find_denied(said: str, sentences: Sequence[str]) -> str | None:
    """Return the clause of a claim that says the contrary of the sentence that it tells."""
    found = (*_find_affirmed(said, sentences), *_find_refused(said, sentences))
    return next(iter(found), None)


def _find_affirmed(said: str, sentences: Sequence[str]) -> Iterator[str]:
    """当事人|承担听证费用, where it says 当事人|不承担…听证的费用."""
    clauses = [c for s in sentences for c in split_parts(s) if not c.endswith("的")]
    for sentence in split_sentences(said):
        if _denies().search(sentence) or len(make_pairs(sentence)) < _LONG:
            continue
        share, reads = find_told(sentence, clauses)
        if share >= _TOLD and any(m[1] in sentence for m in _DENIED.finditer(reads)):
            yield sentence


def _find_refused(said: str, sentences: Sequence[str]) -> Iterator[str]:
    """不受|经济困难条件限制, where the sentence has 经济困难 and denies nothing; 申请人, where it
    has 被申请人 only."""
    for clause in split_parts(said):
        _, told = find_told(clause, sentences)
        denied = () if clause.endswith("的") else _DENIED.finditer(clause)
        if any(_is_affirmed(m, told) for m in denied):
            yield clause
        subject = _SUBJECT.match(clause)
        places = [m.start() for m in re.finditer(subject[1], told)] if subject else []
        if places and all(at and _PREFIX.match(told[at - 1]) for at in places):
            yield clause


def _is_affirmed(denied: re.Match[str], told: str) -> bool:
    """Whether a sentence has the word that is denied, and nowhere in a clause that denies;
    what stands behind 不得 may be whom it binds."""
    whole = denied[0].startswith("不得") or _LIST.search(told)
    having = [part for part in ([told] if whole else split_parts(told)) if denied[1] in part]
    return bool(having) and not any(_denies().search(part) for part in having)


_LIST = re.compile("[：:]")


@lru_cache(maxsize=1)
def _denies() -> re.Pattern[str]:
    return re.compile(read_toml("rules.toml")["support"]["denies"])
