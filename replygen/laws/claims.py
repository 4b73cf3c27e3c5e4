"""What a sentence claims that an article says: read out of the words around its citation."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from replygen.laws.pairs import make_pairs
from replygen.laws.tables import read_toml

_MANY = 10  # pairs of characters; a claim that says less may only name its matter
_FEWEST = 5  # a shorter claim is not compared


class Claim(NamedTuple):
    """``text`` is what the article is said to say; ``explicit`` where the sentence says so
    (规定, 明确, “…”), not only cites the article for what it tells; ``about`` is false where
    its matter need not be the article's (有第三条规定的情形，…; 违反…，依照第九条处罚)."""

    text: str
    explicit: bool
    about: bool = True


def read_claim(before: str, after: str) -> Claim | None:
    """Return what a sentence claims of the article that it cites: ``before`` and ``after``
    are its words around the citation, up to the next one. ``None`` where it claims nothing,
    as where it stands inside a quotation (“…依照本法第三十三条…”)."""
    if max(before.rfind(c) for c in "“「") > max(before.rfind(c) for c in "”」"):
        return None
    about = _patterns().about.match(after)
    if about is not None:
        return _make(about["matter"], explicit=True)
    says = _patterns().says.match(after)
    body = after[says.end() :] if says else after
    quoted = re.match(r"[：:，,]?\s*[“\"「]([^”\"」]+)", body)
    if quoted is not None and (says or not after.startswith("的")):
        return _make(quoted[1], explicit=True)
    kept = _cut_ours(_patterns().frame.sub("", body))
    if says is not None and says["verb"] in ("禁止", "倡导"):
        kept = says["verb"] + kept
    plain = says is not None and (says["end"] or not before.strip() or body[:1] in "，,：:")
    refers = _patterns().refers.match(kept) or (says and not plain and _REFERRED.match(body))
    if plain and len(make_pairs(kept)) >= _MANY and not refers:
        return _make(kept, explicit=True)
    if plain and not before.strip() and not refers:
        return _make(kept, explicit=True, about=False)
    whole = f"{_cut_before(before)}，{kept}".strip("，")
    return _make(whole, explicit=False, about=len(make_pairs(kept)) >= _MANY and not refers)


# 第三条规定的情形, 第三条规定情形的，…: the article is only referred to
_REFERRED = re.compile(r"的|[^，。；]{1,30}的[，,]")


def _make(text: str, *, explicit: bool, about: bool = True) -> Claim | None:
    return Claim(text, explicit, about) if len(make_pairs(text)) >= _FEWEST else None


def _cut_ours(text: str) -> str:
    """The clauses up to the first about our own work or the case at hand."""
    kept = []
    for clause in re.split(r"(?<=[，；,;：])", text):
        if _patterns().ours.match(clause.strip("，,；; 　“”")) or re.match(
            r"(?:19|20)\d\d年", clause
        ):
            break
        kept.append(clause)
    return "".join(kept).strip('，,；;。：: ”"')


def _cut_before(text: str) -> str:
    """The last clauses before a citation that tell a case (未取得许可…的，依据…)."""
    text = _patterns().frame_before.sub("", text)
    clauses = [c for c in re.split(r"[，；,;。：]", text) if c.strip()]
    kept: list[str] = []
    for clause in reversed(clauses):
        if _patterns().ours.match(clause.strip()) or len(kept) == 2:
            break
        kept.insert(0, clause)
    return "，".join(kept)


class _Patterns(NamedTuple):
    says: re.Pattern[str]
    about: re.Pattern[str]
    ours: re.Pattern[str]
    frame: re.Pattern[str]
    frame_before: re.Pattern[str]
    refers: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    table = read_toml("rules.toml")["claims"]
    says, ours, frame = (
        "|".join(sorted(map(re.escape, table[name]), key=len, reverse=True))
        for name in ("says", "ours", "frame")
    )
    return _Patterns(
        # 中也明确规定：, 规定，, 明确, 所称
        re.compile(
            rf"^[》”\s]*(?:中|里)?(?:就此|对此)?(?:也|还|均|已|都)?(?P<verb>{says})(?P<end>了)?"
        ),
        # 关于商业贿赂的规定
        re.compile(
            r"^[》”\s]*(?:中|里|对|关于|有关|就)+(?P<matter>[^，。；]{4,60}?)的(?:相关|有关)?(?:规定|要求|条款)"
        ),
        re.compile(rf"(?:{ours})"),
        re.compile(r"^[》”\s]*(?:中)?(?:的|之)?(?:相关|有关)?(?:规定|要求)?[，,：:]?"),
        re.compile(rf"(?:{frame}|按|依|对)+[《“\s]*$"),
        # 给予处罚, 予以处理, 执行
        re.compile(
            r"^[，,]?(?:可以|应当|依法)?(?:给予|予以|处理|处罚|执行|办理|查处|承担|追究|确定|认定)"
        ),
    )
