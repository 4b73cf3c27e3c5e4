"""The speaker: whose words a commitment is said in, and what of the proposal may stand in them.

Its figures and dates are the proposer's, its names may be another place's; our own names and
those that the proposal is about stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from replygen.drafting.acts import acts
from replygen.drafting.context import Rules, make_rules, own_char
from replygen.drafting.figures import without_figures as drop_figures
from replygen.drafting.names import strip_names
from replygen.drafting.names_unknown import find_unknown
from replygen.drafting.quotes import tidy
from replygen.entities import find_mentions, lookup_places, place_within
from replygen.language.words import read_vocabulary
from replygen.models import Document, Mention, Passage, Proposal
from replygen.settings import Profile

_LEVELS = "国省市县乡"
# 3-6岁, 十五分钟生活圈, 5G, 12345热线, 24小时: figures that are names
_NAME_FIGURES = re.compile(
    r"\d+(?:[-—~～至]\d+)?(?:周?岁|(?:分钟|小时)(?![以之]?内|以[上下]|左右|[，。]|$)|G|[Dd](?=打印)|A级)|\d{4,6}(?=热线|平台)"
    r"|(?:国内|国际|全国|世界|全球|行业)(?:领先|先进|一流|前列)"  # 国内领先 as a wish is no figure
    r"|[“‘][^“”‘’]{1,16}[”’]|4050人员|十[五]分钟|POS|PPP|BOT|BIM|GIS|CT"
)
_TITLE = re.compile("《[^《》]+》")
_ANY_YEAR = re.compile("(?:上|上一|当|下一)年度?$")  # 不低于上年度平均工资: no year of his
_NAME_OR_TITLE = re.compile(f"{_NAME_FIGURES.pattern}|{_TITLE.pattern}")
# 支持协鑫集团等具备综合实力的优秀龙头企业: the kind stays, the name goes
_SUCH_AS = re.compile(
    r"(?P<names>[^，、]{2,20}?(?:集团|公司|大学|学院|医院|银行))等(?P<kind>.{2,})"
)
# 成立省民宿业协会: a body of theirs, to be founded here
_FOUNDED = "成立|建立|设立|组建|制定|出台|修订|搭建|打造|筹建|编制"
_BODY = (
    r"[\u4e00-\u9fff]{2,10}(?:协会|学会|联盟|商会|中心|基金|平台|专班|小组"
    r"|条例|办法|规划|方案|标准)"
)
_PART = re.compile("[\u4e00-\u9fff][东西南北中]+(?:地区)?")
# 淮海工学院: a body that the proposal asks something for; what it only shows was left out before
_SCHOOL = re.compile(r"(?:大学|学院|医院|学校|研究院|研究所|中学|小学)$")
_FIRM = re.compile(r"(?:(?<!企业)集团|有限公司|股份)$")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks and where: the unit's names and those that the proposal is about, its title."""

    profile: Profile
    rules: Rules
    char: str
    title: str = ""


def make_speaker(proposal: Proposal, profile: Profile) -> Speaker:
    """Return the speaker for ``proposal``. Known are our own names and those in its title
    and topics; without a region of ours, also the place that it names most often."""
    heads = [proposal.title or "", *(ask.topic for ask in proposal.asks)]
    if not profile.region:
        heads.append(_home_of(proposal))
    known = "\n".join(heads)
    document = Document("proposal", "", "proposal", "", None, None, None, None)
    passage = Passage("proposal", document, "measure", 0, "", "")
    return Speaker(
        profile, make_rules(passage, profile, known), own_char(profile), proposal.title or ""
    )


def _home_of(proposal: Proposal) -> str:
    text = "\n".join(
        [proposal.title or "", proposal.background, proposal.problems]
        + [f"{ask.topic}\n{ask.text}" for ask in proposal.asks]
    )
    places: dict[str, int] = {}
    for mention in find_mentions(text):
        if mention.kind == "place" and mention.scope != "national":
            places[mention.text] = places.get(mention.text, 0) + 1
    best = max(places, key=lambda place: places[place], default="")
    return best if best and places[best] >= 3 else ""


def adapt_to_level(clause: str, speaker: Speaker) -> str:
    """Return ``clause`` with what the proposal asks of a higher level said at ours:
    全省 → 全市, 省级 → 市级."""
    char = speaker.char
    if char not in _LEVELS:
        return clause
    others = any(m.kind == "place" and m.scope != "national" for m in find_mentions(clause))
    for below in (
        "" if others else _LEVELS[_LEVELS.index(char) + 1 :]
    ):  # 我市 in a letter of the province
        clause = re.sub(rf"(?<![自])我{below}(?![域别分间委长民])", f"我{char}", clause)
    for above in _LEVELS[1 : _LEVELS.index(char)]:
        clause = re.sub(rf"(?:以)?{above}委、?{above}政府(?:层面|名义)?", "", clause)
        clause = re.sub(rf"(?<=[全我本]){above}(?![一-鿿]?场|辖)", char, clause)
        clause = re.sub(rf"{above}级(?=[\u4e00-\u9fff])", f"{char}级", clause)
        clause = re.sub(rf"{above}内(?!外)", f"{char}内", clause)
        clause = re.sub(rf"(?<={_FOUNDED}){above}(?={_BODY})", char, clause)
    return clause


def without_figures(clause: str, speaker: Speaker) -> str | None:
    """Return ``clause`` without the figures and dates that it demands, ``None`` where they carry
    it; 3-6岁 is a name, and so is what stands in a title."""
    kept, masked = _mask(clause, speaker, _NAME_OR_TITLE)
    plain = drop_figures(masked)
    return None if plain is None else _unmask(plain, kept)


def without_names(clause: str, speaker: Speaker) -> str | None:
    """Return ``clause`` without names of other places, bodies and people, ``None`` where
    they carry it; what it puts in quotes is the proposal's own unless a place is in it."""
    such = _SUCH_AS.search(clause)
    if such and any(not speaker.rules.allows(m) for m in find_mentions(such["names"])):
        verb = next((v for v in acts()[0] if clause.startswith(v)), "")
        clause = f"{verb}{such['kind']}" if verb else such["kind"]
    kept, masked = _mask(clause, speaker)
    mentions = [
        m
        for m in find_mentions(masked)
        if not (m.kind == "document" and _is_law(m.text)) and not _in_a_word(m, masked)
    ]
    edited = strip_names(masked, [m for m in mentions if not _may_stay(m, speaker)], speaker.rules)
    if not edited or "【" in edited:
        return None
    edited = tidy(_unmask(edited, kept))
    bare = _mask(edited, speaker)[1]
    foreign = any(not _may_stay(m, speaker) for m in find_mentions(bare) if not _in_a_word(m, bare))
    if masked[-2:] != bare[-2:] and bare.endswith(acts()[0]) and not clause.endswith(bare[-2:]):
        return None  # 筹建|“…园区”: what was to be made is gone
    return None if foreign or re.search(r"[0-9０-９]", _TITLE.sub("", bare)) else edited


def _in_a_word(mention: Mention, text: str) -> bool:
    """Return whether a name is only part of an ordinary word (俱乐 in 俱乐部), or a small place
    that ends within one: 集群|中龙|头企业."""
    words = read_vocabulary()
    if mention.kind == "place" and text[mention.end - 1 : mention.end + 1] in words:
        places = lookup_places(mention.text)
        if places and all(place.level == "乡" for place in places):
            return mention.text[-1] not in "乡镇村"
    return any(
        text[start:end] in words
        for start in range(max(0, mention.start - 2), mention.start + 1)
        for end in range(mention.end, min(len(text), mention.end + 2) + 1)
        if end - start > mention.end - mention.start
    )


def _may_stay(mention: Mention, speaker: Speaker) -> bool:
    """Return whether a name of the proposal may stand in our commitment: what is ours, and
    bodies that it only describes (志愿者服务站), not names of others."""
    if speaker.rules.allows(mention):
        return True
    if mention.kind == "date" and _ANY_YEAR.match(mention.text):
        return True
    bare = mention.text.strip("《》“”‘’")
    region = speaker.profile.region
    if mention.kind not in ("organisation", "place", "brand", "document"):
        return False
    if region and bare.startswith((region, region[:-1])):
        return True
    if mention.kind == "place":
        part = _PART.match(bare)
        if part and speaker.profile.level == "省" and bare[0] in region:
            return not lookup_places(bare[part.end() :])  # 苏北, 苏北地区园区 are in 江苏省
        ours = bool(region) and place_within(bare, region) is True
        return ours or not (lookup_places(bare) or find_unknown(bare) or len(bare) < 3)
    inside = [m.text for m in find_mentions(bare) if m.kind == "place"]
    inside += [place for n in (2, 3) if (place := _find_head(bare[:n]))]
    if mention.kind == "document" or not all(_is_within(place, speaker) for place in inside):
        return False
    if _FIRM.search(bare):
        return len(bare) > 4 and _FIRM.sub("", bare) in speaker.rules.known_text
    return mention.kind == "organisation" and bool(_SCHOOL.search(bare)) or not find_unknown(bare)


def _find_head(head: str) -> str:
    """Return the place that a name begins with, "" for none: 海洋 is a word before a town."""
    places = lookup_places(head)
    small = all(place.level == "乡" for place in places)
    return "" if not places or small and head in read_vocabulary() else places[0].name


def _is_within(place: str, speaker: Speaker) -> bool:
    return bool(speaker.profile.region) and place_within(place, speaker.profile.region) is True


def names_others(text: str, speaker: Speaker) -> bool:
    """Return whether ``text`` names a place or a person that is not ours."""
    found = (m for m in find_mentions(text) if m.kind in ("place", "person"))
    return any(not _may_stay(m, speaker) and not _in_a_word(m, text) for m in found)


def _is_law(title: str) -> bool:
    bare = title.strip("《》")
    return bare.startswith("中华人民共和国") or bool(re.fullmatch("[\u4e00-\u9fff]{2,14}法", bare))


def _mask(
    text: str, speaker: Speaker, names: re.Pattern[str] = _NAME_FIGURES
) -> tuple[list[str], str]:
    """Return what must not be read as a figure or a brand, and the text with marks for it."""
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        inside = find_mentions(match.group().strip("“”‘’"))
        if any(m.kind in ("place", "person") and not _may_stay(m, speaker) for m in inside):
            return match.group()
        kept.append(match.group())
        return chr(0xE000 + len(kept) - 1)

    return kept, names.sub(hide, text)


def _unmask(text: str, kept: list[str]) -> str:
    for number, value in enumerate(kept):
        text = text.replace(chr(0xE000 + number), value)
    return text
