"""What a sentence claims that an article says: read out of the words around its citation."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from replygen.language.tense import judge_tense
from replygen.laws.figures import read_figures
from replygen.laws.norms import read_norms
from replygen.laws.pairs import make_pairs
from replygen.laws.tables import read_toml

_MANY = 10  # pairs of characters; a claim that says less may only name its matter
_FEWEST = 5  # a shorter claim is not compared


class Claim(NamedTuple):
    """``text`` is what the article is said to say; ``explicit`` where the sentence says so
    (规定, 明确, “…”), not only cites the article for what it tells; ``about`` is false where
    its matter need not be the article's (有第三条规定的情形，…; 违反…，依照第九条处罚); ``back``
    where it stands before the citation (…，见第三条): words of our own may be among its;
    ``refers`` where the article is only pointed at (第三条规定的“情节严重”, 符合第三条规定的);
    ``matter`` where only its matter is named (第三条对导游证作了规定); ``told`` where the words
    are said to be its rule (第三条规定，…; …，这是第三条的规定), none of them a frame before it."""

    text: str
    explicit: bool
    about: bool = True
    back: bool = False
    refers: bool = False
    matter: bool = False
    told: bool = False


def read_claim(before: str, after: str) -> Claim | None:
    """Return what a sentence claims of the article that it cites: ``before`` and ``after``
    are its words around the citation, up to the next one. ``None`` where it claims nothing,
    as where it stands inside a quotation (“…依照本法第三十三条…”)."""
    if max(before.rfind(c) for c in "“「") > max(before.rfind(c) for c in "”」"):
        return None
    if (back := _read_back(before, after)) is not None:
        return back
    about = _patterns().about.match(after)
    if about is not None:
        claim = _make(_cut_opening(about["matter"]), explicit=True)
        return claim._replace(matter=True) if claim else None
    says = _patterns().says.match(after)
    body = after[says.end() :] if says else after
    quoted = re.match(r"[：:，,]?\s*[“\"「]([^”\"」]+)", body)
    if quoted is not None and (says or not after.startswith("的")):
        return _make_told(quoted[1])
    if (only := _ONLY_FOR.match(after)) is not None:
        return _make_told(_cut_ours(after[only.start(1) :]))
    kept = _cut_ours(_patterns().frame.sub("", body))
    if says is not None and says["verb"] in _PART_OF_IT:
        kept = says["verb"] + kept
    plain = after[:1] in "：:" or (
        says is not None
        and (says["verb"] in _ALLOWING or says["end"] or not before.strip() or body[:1] in "，,：:")
    )
    refers = _patterns().refers.match(kept) or (says and not plain and _REFERRED.match(body))
    if plain and len(make_pairs(kept)) >= _MANY and not refers:
        claim = _make_told(kept)
        named = says is not None and says["end"] and not any(n.own for n in read_norms(kept))
        return claim._replace(told=False) if claim and named else claim  # 规定了|…的义务
    if plain and not before.strip() and not refers:
        return _make_told(kept, about=False)
    whole = f"{_cut_before(before)}，{kept}".strip("，")
    if _REFERS.match(after) or _REFERS_BEFORE.search(before):
        claim = _make(whole, explicit=False, about=False)
        return claim._replace(refers=True) if claim else None
    stated = after[:1] in "，," and not says and not refers and _counts(kept)
    return (
        _make(whole, explicit=True)
        if stated
        else _make(whole, explicit=False, about=len(make_pairs(kept)) >= _MANY and not refers)
    )


# 第三十一条|仅适用于…, 第四十三条的限制|只针对…
_ONLY_FOR = re.compile(
    r"[》”\s]*(?:的[^，。；的]{2,6})?((?:仅|只)(?:仅|是|限|适用|针对|约束|规定|管|作|对))"
)
_ALLOWING = ("允许", "准许", "授权", "免除")
_PART_OF_IT = ("禁止", "倡导", *_ALLOWING)  # verbs that are claimed as well
# 第三条|规定的“情节严重”, |规定情形的，, |所列行为; 有|第三条, 符合|第三条
_REFERS = re.compile(
    r"[》”\s]*(?:第[^，。]{1,4}[款项])*(?:中)?(?:所?规定的?(?:[“\"]|情形|情况|条件)|所列|所称)"
)
_REFERS_BEFORE = re.compile(r"(?:有|符合|属于|构成|认定为)[《“\s]*$")
# behind a citation that points back: 的规定, 对此有明文, 写得很清楚, 赋予的权利
_POINTS_BACK = re.compile(
    r"[^，。；：:（）()“”]{0,14}(?:规定|要求|条款|精神|义务|红线|底线|原则|权利|明文|清楚|明白|明确|表述|体现|安排|规范|说明|依据)了?"
)
# before one: 这是, 见, 依据是; with 依据 alone the claim may follow
_POINTER = re.compile(
    r"(?:[，,；;]|^)?(?:[这此该](?:项|一|条|个)?(?:制度|规定|要求|做法|义务|权利|责任|禁令)?|也|都|均|正|就)*(?:是|系|即|见|参见|详见|出自|源自|源于|来自|载于|写[入进]了?|"
    r"属于|(?:法律)?依据(?:主要)?(?:是|为|见))[《\s]*$"
    r"|[，,；;](?:[这此该](?:[项一些]{0,2}点?|制度|要求|做法)?)?[在于][《\s]*$"
    r"|[，,；;][这此]一?点[《\s]*$"
)
_LEANING = re.compile(r"[（(]?(?:依据|根据|按照|依照|依|符合|落实|体现|由)了?[《\s]*$")
_BACKWARD = 5  # clauses before a citation that it may be about


def _read_back(before: str, after: str) -> Claim | None:
    """The claim of a citation behind what it is cited for: 不得收费，见第四条。"""
    tail, rest = _split_tail(after)
    pointer = _POINTER.search(before)
    if tail and not _POINTS_BACK.fullmatch(tail):
        return None
    if rest and not (tail and (pointer or tail.startswith(("对此", "如此")))):
        return None
    told = before[: pointer.start()] if pointer else _LEANING.sub("", before)
    if not pointer and told == before and told.rstrip()[-1:] not in ("，", ",", "（", "("):
        return None  # 违反第八条: what is done, not what the article says
    last = _join_last(told.strip("，,；;：:（( 　"), _BACKWARD)
    text = _cut_opening(last)
    points = bool(tail or pointer)
    named = text != last and not any(n.own for n in read_norms(text))  # 关于|停车难，…有规定
    claim = Claim(text, True, True, True, matter=points, told=points and not named)
    return claim if len(make_pairs(text)) >= _FEWEST else None


# 关于|提案反映的|停车难问题
_OPENING = re.compile(
    r"^(?:(?:关于|对于|针对|有关|对|就)"
    r"(?:[^，。；]{0,12}(?:反映|提出|提到|关心|关注|建议|呼吁|所提|指出)的)?)"
)


def _cut_opening(text: str) -> str:
    """The matter without the words that open it and those that say who brought it up."""
    return _OPENING.sub("", text)


def _split_tail(after: str) -> tuple[str, str]:
    """The words up to the first mark behind a citation, and what follows them."""
    match = re.match(r"[》”\s]*([^，,。；;：:（）()]*)", after)
    end = match.end() if match else 0
    return (match[1] if match else ""), after[end:].strip("。；;）)”》 　")


def _counts(text: str) -> bool:
    """True for words with a figure that tell no deed of ours: they are the article's."""
    tense = judge_tense(text)
    long = len(make_pairs(text)) >= _MANY
    return long and bool(read_figures(text)) and not tense.report and not tense.plan


# 第三条规定的情形, 第三条规定情形的，…: the article is only referred to
_REFERRED = re.compile(r"的|[^，。；]{1,30}的[，,]")


def _make(text: str, *, explicit: bool, about: bool = True) -> Claim | None:
    return Claim(text, explicit, about) if len(make_pairs(text)) >= _FEWEST else None


def _make_told(text: str, *, about: bool = True) -> Claim | None:
    claim = _make(text, explicit=True, about=about)
    return claim._replace(told=True) if claim else None


# 教育部门将|据此|查处: what is done by the article
_BY_IT = re.compile("据此|照此|依此")
_YEAR = re.compile(r"(?:19|20)\d\d年")
# 对某单位|罚款4.5万元, 罚没款28万元: a fine that was imposed; a rule says 处…元以下罚款
_FINED = re.compile(
    r"(?:(?!应当|可以|可处|将被|最高)[^，。；])*?(?:罚款|罚没款?)(?:共计|合计|人民币)?"
    r"[\d一二三四五六七八九十百千万.]+元(?!以[上下])"
)


def _cut_ours(text: str) -> str:
    """The clauses up to the first about our own work or the case at hand."""
    kept = []
    for clause in re.split(r"(?<=[，；,;：])", text):
        ours = _patterns().ours.match(clause.strip("，,；; 　“”"))
        if ours or _BY_IT.search(clause) or _YEAR.match(clause) or _FINED.match(clause):
            break
        kept.append(clause)
    return "".join(kept).strip('，,；;。：: ”"')


def _cut_before(text: str) -> str:
    """The last clauses before a citation that tell a case (未取得许可…的，依据…)."""
    return _join_last(_patterns().frame_before.sub("", text), 2)


def _join_last(text: str, most: int) -> str:
    """The last clauses of a text, ``most`` of them, back to the first about our own work."""
    clauses = [c for c in re.split(r"[，；,;。：]", text) if c.strip()]
    kept: list[str] = []
    for clause in reversed(clauses):
        if _patterns().ours.match(clause.strip()) or len(kept) == most:
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
            rf"^[》”\s]*(?:中|里)?(?:就此|对此)?(?:也|还|均|已|都|主要|着重|重点|专门|集中)*(?P<verb>{says})(?P<end>了)?(?:得[很十分非常]*(?:清楚|明白|明确|具体|细))?"
        ),
        # 关于商业贿赂的规定
        re.compile(
            r"^[》”\s]*(?:中|里|已经?|早已|专门|也|还|对|关于|有关|就)+(?P<matter>[^，。；]{4,60}?)"
            r"(?:的(?:相关|有关)?(?:规定|要求|条款)"
            r"|(?:已经?|也|都)?(?:作[了出]?了?|做[了出]?了?|有|予以|加以|进行)了?"
            r"[^，。；]{0,8}(?:规定|安排|明确|规范|要求|表述))"
        ),
        re.compile(rf"(?:{ours})"),
        re.compile(r"^[》”\s]*(?:中)?(?:的|之)?(?:相关|有关)?(?:规定|要求)?[，,：:]?"),
        re.compile(rf"(?:{frame}|按|依|对)+[《“\s]*$"),
        # 给予处罚, 予以处理, 执行
        re.compile(
            r"^[，,]?(?:可以|应当|依法)?(?:给予|予以|处理|处罚|执行|办理|查处|承担|追究|确定|认定)"
        ),
    )
