"""In what a claim and the article that it names differ.

Its figures with their units, its modal words (应当, 可以, 不得), what it denies, who does it, and
its matter are compared. Where another article of the law says what is claimed, that one is named.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from replygen.language.marks import strip_mark
from replygen.laws.acts import find_made_up_act, find_wrong_act
from replygen.laws.cases import find_wrong_case, is_of_one_case
from replygen.laws.claims import Claim
from replygen.laws.clauses import list_parts, split_clauses
from replygen.laws.duties import find_lifted
from replygen.laws.figures import TIMES, Figure, read_figures
from replygen.laws.items import find_wrong_item
from replygen.laws.modals import find_wrong_modal
from replygen.laws.norms import read_norms
from replygen.laws.pairs import make_pairs, measure_overlap
from replygen.laws.shares import Articles, measure_share
from replygen.laws.tables import read_toml
from replygen.laws.telling import fold

Kind = Literal["number", "modal", "body", "matter", "words"]

_MANY = 10  # pairs; a claim that says less is not told to be of another matter
_WHITE = re.compile(r"\s")
_ITEM = 5  # characters; a shorter 项 (警告) may stand anywhere
_ORDER = 8  # pairs; an order that says less is not told to be of another matter
# Shares 0..1 of a claim's pairs, weighted by how rare they are in the law. Set by hand while the
# "dev" rows of tests/laws/data/claims.tsv, the 20 claims in 1,280 published letters and the 566 in
# interpretations of courts and regulations since 2019 were read; no curve was drawn. Of the 566,
# which cite articles rather than say what they say, 19 are called misquoted.
_FOREIGN = 0.22  # below: the article is about something else
_SLIGHT = 0.12  # from here on it may be about the same in other words
_NAMED = 0.09  # below: the matter that the article is said to regulate is another
_STRANGE = 0.03  # below: what stands before its citation has nothing of the article
_NEARLY = 0.06  # where no other article says this much more of it
_ANOTHER = 0.55  # another article that says this much of the claim is the one that was meant
_SURELY = 0.70  # where the sentence only cites the article
_LITTLE = 0.30  # the article says so little of the claim, however it is cited,
_MOSTLY = 0.60  # where another says so much
_FAR = 0.35  # and so much more
_VERBATIM = 0.90  # a claim too short to be compared otherwise, told by another part
_AHEAD = 0.25  # and says this much more of it than the one cited
_SAME = 0.75  # of the pairs of a clause but its figure: the article's clause counts the same


class Fault(NamedTuple):
    """In what a claim and the article differ: ``said`` in the claim, ``reads`` in the
    article; ``meant`` is the 条 that says it (第18条)."""

    kind: Kind
    said: str
    reads: str | None
    meant: str | None = None


def find_fault(
    claim: Claim, article: str, law: Articles, part: tuple[str | None, str | None] = (None, None)
) -> Fault | None:
    """Return in what a claim is not what ``article`` says, ``None`` where they agree or it
    cannot be told; ``law`` are the articles among which the one meant is looked for, ``part``
    the 款 and the 项 that are cited."""
    return _find_in_article(claim, article, law) or _find_other_part(claim, article, law, *part)


def _find_in_article(claim: Claim, article: str, law: Articles) -> Fault | None:
    shares = _share_claim(claim.text, article, law)
    plain = measure_share(fold(claim.text), fold(article), law)  # 学校周边不能开…, 卖烟
    shares = shares._replace(cited=max(shares.cited, plain))
    if _is_of_another(claim, shares):
        return Fault("matter", claim.text, None, shares.meant)
    if shares.cited < _FOREIGN:
        return _find_foreign(claim, article, law, shares)
    if _is_verbatim(claim.text, article):
        return None
    return (
        _find_strange_order(claim, article, law)
        or _find_number(claim, article)
        or _find_contrary(claim, article)
        or _find_wrong_kind(claim, article)
        or _find_predicate(claim, article)
        or _find_opposite(claim, article)
    )


def _is_verbatim(text: str, article: str) -> bool:
    """Whether a claim stands in the article word for word, from the start of a clause on:
    再次|饮酒后驾驶机动车的 is another case."""
    words = re.escape(_WHITE.sub("", text))
    return re.search(rf"(?:^|[，。；：]){words}", _WHITE.sub("", article)) is not None


def _is_of_another(claim: Claim, shares: _Shares) -> bool:
    """Whether another article of the law says what is claimed of this one."""
    ahead = shares.best - shares.cited
    another = shares.best >= _ANOTHER if claim.explicit else shares.best >= _SURELY
    if claim.about and another and ahead >= (_AHEAD if claim.explicit else 2 * _AHEAD):
        return True
    little = shares.cited < _LITTLE and not claim.refers
    return little and shares.best >= _MOSTLY and ahead >= _FAR


def _find_foreign(claim: Claim, article: str, law: Articles, shares: _Shares) -> Fault | None:
    """The fault of a claim of which the article says little: it is about something else, or
    about the same in other words."""
    if shares.cited >= _SLIGHT:
        near = shares.best - shares.cited < _NEARLY  # of no other article
        fault = (_find_number(claim, article) if near else None) or _find_contrary(claim, article)
        if fault is not None:
            return fault
    explicit = claim.explicit and not claim.back and len(make_pairs(claim.text)) >= _MANY
    if explicit or _is_strange(claim, shares.cited):
        return Fault("matter", claim.text, None)
    return _find_strange_fine(claim, article, shares) or _find_strange_order(claim, article, law)


def _find_contrary(claim: Claim, article: str) -> Fault | None:
    """What is claimed is allowed, lifted or left to others where the article orders it."""
    modal = find_wrong_modal(claim.text, article) or find_lifted(claim.text, article)
    if modal is not None:
        return Fault("modal", *modal)
    act = find_wrong_act(claim.text, article) or find_made_up_act(claim.text, article)
    return Fault("body", *act) if act is not None else None


def _is_strange(claim: Claim, share: float) -> bool:
    """关于高龄津贴，第十八条有规定: of a short claim the article has next to nothing."""
    if claim.matter:
        return share < _NAMED
    return claim.back and share < _STRANGE and len(make_pairs(claim.text)) >= _MANY


def _find_other_part(
    claim: Claim, article: str, law: Articles, clause: str | None, item: str | None
) -> Fault | None:
    """The claim is the article's, but of another 款 or 项 than the one cited."""
    parts = list_parts(article, clause, item)
    cited = [text for text, _, chosen in parts if chosen]
    others = [(text, name) for text, name, chosen in parts if not chosen]
    if not cited or not others:
        return None
    share = measure_share(claim.text, cited[0], law)
    best, name = max((measure_share(claim.text, text, law), name) for text, name in others)
    enough = _ANOTHER if claim.explicit else _SURELY
    if not claim.about:  # 第二款规定，草地的承包期为三十年至五十年: short, but word for word
        enough = _VERBATIM
    if best >= enough and best - share >= _AHEAD:
        return Fault("matter", claim.text, None, name)
    return _find_strange_item(claim, cited[0], others) or _find_liability(claim, cited[0])


# 依法承担|相应的|责任
_LIABLE = re.compile(r"承担(连带|补充|相应|刑事|赔偿|民事|行政|侵权|违约)(?:的)?(?:赔偿)?责任")


def _find_liability(claim: Claim, cited: str) -> Fault | None:
    """连带责任 where the 款 that is cited says 相应的责任."""
    reads = {m[1]: m[0] for m in _LIABLE.finditer(cited)}
    for said in _LIABLE.finditer(claim.text):
        if reads and said[1] not in reads:
            return Fault("body", said[0], "、".join(reads.values()))
    return None


def _find_strange_item(claim: Claim, cited: str, others: list[tuple[str, str]]) -> Fault | None:
    """被污染的药品, whole a 项 of another 款 and of none of the one cited."""
    meant = [i for i in _split_items(cited) if _holds(claim.text, i)]
    for text, name in others:
        if not meant and any(_holds(claim.text, item) for item in _split_items(text)):
            return Fault("matter", claim.text, None, name)
    return None


# 有下列情形之一的，为|假药|：
_CALLED = re.compile(r"(?:为|属于|认定为|视为)([\u4e00-\u9fff]{2,8})：?$")


def _find_wrong_kind(claim: Claim, article: str) -> Fault | None:
    """被污染的药品按假药论处: the 项 stands under those of another name (劣药)."""
    clauses = split_clauses(article)
    called = {clause: m[1] for clause in clauses if (m := _CALLED.search(clause.split("\n")[0]))}
    for clause, name in called.items():
        others = [other for other in called.values() if other in claim.text and other != name]
        if others and name not in claim.text:
            held = [item for item in _split_items(clause) if _holds(claim.text, item)]
            if held:
                return Fault("body", f"{held[0]}{others[0]}", f"{held[0]}为{name}")
    return None


# 八周岁以上的未成年人|为|限制民事行为能力人
_PREDICATE = re.compile(r"([^，。；：\n]{4,30}?)(?:为|属于)([\u4e00-\u9fff]{3,14})(?=[，。；\n]|$)")
_ALIKE_ENDS = 4  # characters at the end that two names have in common (行为能力人)


def _find_predicate(claim: Claim, article: str) -> Fault | None:
    """为无民事行为能力人 where the article says of the same 为限制民事行为能力人."""
    there = [(m[1], m[2]) for m in _PREDICATE.finditer(article)]
    for match in _PREDICATE.finditer(claim.text):
        whom, name = match[1], match[2]
        same = [n for w, n in there if measure_overlap(whom, w) >= _SAME]
        other = [n for n in same if n != name and n[-_ALIKE_ENDS:] == name[-_ALIKE_ENDS:]]
        if other and name not in article:
            return Fault("body", f"{whom}为{name}", f"为{other[0]}")
    return None


def _find_opposite(claim: Claim, article: str) -> Fault | None:
    """收费 where the article has only 免费."""
    for pair in read_toml("rules.toml")["claims"]["opposites"]:
        for said, reads in (pair, pair[::-1]):
            if said in claim.text and reads not in claim.text:
                if reads in article and said not in article:
                    return Fault("body", said, reads)
    return None


def _split_items(part: str) -> list[str]:
    """The 项 of a 款, without their marks."""
    return [strip_mark(line.strip()).strip("；。") for line in part.split("\n")[1:]]


def _holds(text: str, item: str) -> bool:
    return len(item) >= _ITEM and item in text


# 处二百元以上五百元以下罚款, 五日以上十日以下拘留: the bounds that a rule sets
_BOUNDS = re.compile(r"以上[^，。；]{1,12}以下[^，。；]{0,4}(?:罚款|拘留)")


def _find_strange_fine(claim: Claim, article: str, shares: _Shares) -> Fault | None:
    """A fine of bounds that an article on something else does not have."""
    if shares.cited >= _SLIGHT or not _BOUNDS.search(claim.text):
        return None
    there = {(f.value, f.unit) for f in read_figures(article)}
    if any((f.value, f.unit) in there for f in read_figures(claim.text)):
        return None
    return Fault("matter", claim.text, None)


def _find_strange_order(claim: Claim, article: str, law: Articles) -> Fault | None:
    """对经济困难的老年人，|村民委员会应当给予护理补贴: whom it is about is the article's, what is
    ordered is not."""
    if not claim.explicit:
        return None
    for norm in read_norms(claim.text):
        long = norm.own and not norm.excepts and len(make_pairs(norm.text)) >= _ORDER
        if long and measure_share(norm.text, article, law) < _FOREIGN:
            return Fault("matter", norm.text, None)
    return None


class _Shares(NamedTuple):
    cited: float
    best: float
    meant: str


def _share_claim(text: str, article: str, law: Articles) -> _Shares:
    """How much of the claim the article says, how much the one that says most of it."""
    best, (number, branch) = max(
        ((measure_share(text, t, law), k) for k, t in law.items()), default=(0.0, (0, 0))
    )
    meant = f"第{number}条" + (f"之{branch}" if branch else "")
    return _Shares(measure_share(text, article, law), best, meant)


# ── figures ────────────────────────────────────────────────────────────────


def _find_number(claim: Claim, article: str) -> Fault | None:
    """A figure that the article has otherwise: the same unit, another value; in the whole
    article, or in its clauses that say the same as the claim's."""
    there = read_figures(article)
    known = {(f.value, f.unit) for f in there}
    for figure in read_figures(claim.text):
        said = claim.text[figure.start : figure.end]
        alike = [article[f.start : f.end] for f in there if _family(f) == _family(figure)]
        counted = figure.value == "1" and _COUNT.fullmatch(claim.text[: figure.start])
        if (figure.value, figure.unit) not in known and alike and not counted:
            return Fault("number", said, "、".join(dict.fromkeys(alike)))
    other = _find_other_number(claim, article)
    if other is not None:
        return other
    wrong = find_wrong_item(claim.text, article) or find_wrong_case(claim.text, article)
    return Fault("number", *wrong) if wrong else None


# |一次献血|最多…: of one, as such
_COUNT = re.compile("(?:.*[，。；、])?")


def _find_other_number(claim: Claim, article: str) -> Fault | None:
    if is_of_one_case(claim.text, article):
        return None
    clauses = [(c, read_figures(c)) for c in _split_clauses(article)]
    for said in _split_clauses(claim.text):
        for figure in read_figures(said):
            rest = said[: figure.start] + "，" + said[figure.end :]
            alike = [
                (measure_overlap(rest, clause), clause, figures)
                for clause, figures in clauses
                if any(f.unit == figure.unit for f in figures)
            ]
            best = max((share for share, _, _ in alike), default=0.0)
            close = [(c, fs) for share, c, fs in alike if share >= best - 0.15]
            values = {f.value for _, fs in close for f in fs if f.unit == figure.unit}
            if best >= _SAME and len(make_pairs(rest)) > 2 and figure.value not in values:
                return Fault("number", said, close[0][0])
    return None


def _split_clauses(text: str) -> list[str]:
    return [c for c in re.split(r"[，,。；;：:\n]", text) if c.strip()]


def _family(figure: Figure) -> str:
    if figure.unit.startswith("每"):
        return "每"
    return "time" if figure.unit in TIMES else figure.unit
