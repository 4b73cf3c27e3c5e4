"""What is ours: what a draft may name because the proposal, the unit's profile or its own
material says it, and of figures and dates about what."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from replygen.entities.places import lookup_places
from replygen.entities.statements import Statements
from replygen.models import Document, Mention
from replygen.settings import Profile

# 上, 近, 余: how a figure is rounded does not make it another figure
_ROUNDING = re.compile(
    r"^(?:不少于|不低于|不超过|超过|将近|接近|大约|至少|累计|近|约|超|逾|破|达|共|上)|[余多](?=\D|$)"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_SAYS = 6  # characters of a quotation that says something
_BESIDE = 4  # characters on either side that make a figure and its words one phrase
PLACE_SUFFIX = re.compile(r"(?:特别行政区|自治[州县旗区]|[省市县区州盟旗镇乡]|街道)$")


# 白鹭|洲路, 云川|桥村: what makes another name of one
_OTHER = re.compile(r"[洲桥湾河江湖山岭塘坝溪泉滩港岛峰沟坪](?=[路街巷道村镇乡里桥])")


@dataclass(frozen=True)
class Ours:
    """``raw`` is all own text without white space; ``facts`` are (kind, normal form) of
    its mentions; ``names`` our places; ``home`` the names of the region's chain;
    ``statements`` what is said of figures and dates, with its matter."""

    raw: str
    facts: frozenset[tuple[str, str]]
    names: frozenset[str]
    home: frozenset[str]
    profile: Profile
    stems: tuple[str, ...] = field(default=())
    statements: tuple[Statements, ...] = field(default=(), repr=False)

    def covers(self, mention: Mention, sentence: str = "", at: int = 0) -> bool:
        """True when the mention is ours, whatever its kind; a figure or date that stands at
        ``at`` in ``sentence`` only where ours is about the same matter."""
        if mention.kind == "number":
            told = ("number", round_figure(mention.normal)) in self.facts
            if not sentence:
                return told
            sentence, at = _quoted(sentence, at)
            return self._says_so(mention, sentence, at) or self._states(mention, sentence, at)
        if mention.kind == "date":
            told = not re.match(r"[\d-]", mention.normal) and plain(mention.text) in self.raw
            known = self._covers_date(mention)
            return told or known and (not sentence or self._states(mention, sentence, at))
        if (mention.kind, mention.normal) in self.facts:
            return True
        text = plain(mention.text).strip("、")
        if mention.kind == "organisation":  # 研究|设置公厕志愿者服务站: the letter's verb before it
            text = text.removeprefix("研究")
        return len(text) >= 2 and text in self.raw or self.is_home(mention)

    def _states(self, mention: Mention, sentence: str, at: int) -> bool:
        return plain(sentence).strip("。；") in self.raw or any(
            statements.cover(mention, sentence, at) for statements in self.statements
        )

    def _says_so(self, mention: Mention, sentence: str, at: int) -> bool:
        """True where ours has the figure between the same words: a phrase taken over whole."""
        end = at + len(mention.text)
        before, behind = sentence[max(0, at - _BESIDE) : at], sentence[end : end + _BESIDE]
        whole = len(before) == len(behind) == _BESIDE
        return whole and plain(sentence[at - _BESIDE : end + _BESIDE]) in self.raw

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where our own places stand in ``text``."""
        own = re.finditer("|".join(map(re.escape, sorted(self.names, key=len, reverse=True))), text)
        return [m.span() for m in own] if self.names else []

    def is_home(self, mention: Mention) -> bool:
        """True for our own region, what lies in it, what it lies in, and what bears its
        name (云川市公安局)."""
        if mention.kind == "place":
            if any(name in (mention.normal, mention.text) for name in (*self.names, *self.home)):
                return True
            region = self.profile.region
            if not region:
                return False
            return (
                region in mention.normal
                or self._starts_ours(mention.text, whole=True)
                or (any(region in place.full for place in lookup_places(mention.text)))
            )
        return mention.kind == "organisation" and self._starts_ours(mention.text.lstrip("、"))

    def _starts_ours(self, text: str, *, whole: bool = False) -> bool:
        """Whether a name begins with one of ours; ``whole`` where no other name may hold that
        (白鹭|洲路 is none of 白鹭街道)."""
        begun = [name for name in (*self.names, *self.stems) if text.startswith(name)]
        if not whole:
            return bool(begun)
        return any(not _OTHER.match(text, len(name)) for name in begun)

    def _covers_date(self, mention: Mention) -> bool:
        """A known day covers its month and year."""
        normal = mention.normal
        return any(
            kind == "date" and (known == normal or known.startswith(f"{normal}-"))
            for kind, known in self.facts
        )


def _quoted(sentence: str, at: int) -> tuple[str, int]:
    """Return what stands in the quotes around a place, else the sentence, and the place there:
    what the proposal wants is quoted word for word, whatever is said of it."""
    opened, closed = sentence.rfind("“", 0, at), sentence.find("”", at)
    if opened < 0 or closed < 0 or "”" in sentence[opened:at]:
        return sentence, at
    inner = sentence[opened + 1 : closed]
    if len(_HAN.findall(inner)) < _SAYS:  # “1234”工作法: a name, nothing that is said
        return sentence, at
    return inner, at - opened - 1


def plain(text: str) -> str:
    """``text`` as names are looked for in it: no white space, quotes or title marks."""
    return re.sub(r"[\s《》〈〉“”\"‘’]", "", text)


def round_figure(normal: str) -> str:
    """``normal`` without how it is rounded: 近300余个 as 300个."""
    return _ROUNDING.sub("", _ROUNDING.sub("", normal))


def is_elsewhere(document: Document, profile: Profile) -> bool:
    """Return whether a document filed as our own was issued at another place than ours: the
    sample's, where a unit of another province has set its own name since. Unknown where the
    issuer does not open with its place, or no place of ours is given."""
    place, issuer = document.region, document.issuer or ""
    if not place or not profile.region or not issuer.startswith(place):
        return False
    ours = filter(None, (profile.region, profile.province, *profile.places))
    return not any(place in name or name in place for name in ours)
