"""Attached material: whose it is. Only the unit's own text may become a fact of the unit.

The 会办意见 of a co-host is used whole and always attributed (STANDARDS §2.3: the answer
says what the co-hosts think); the paper of another bureau of the place is quoted as theirs;
what another place wrote is a precedent like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from replygen.drafting.context import own_char
from replygen.entities import lookup_places, place_within
from replygen.entities.ours import is_elsewhere
from replygen.index import Index
from replygen.models import Document, Parsed, Passage, Proposal, Reply, Source
from replygen.parsing.joint import UNIT
from replygen.parsing.titles import find_numbers_of, place_of
from replygen.settings import Profile

OPINION, PARTNER, FOREIGN = "opinion", "partner", "foreign"  # kinds of attached documents
# 关于…第0126号提案的会办意见, 协办函
_OPINION_TITLE = re.compile(r"(?:会办|协办)(?:意见|函|的函|的?复函|情况)")
# 渌安市商务局2025年工作总结, 市商务局关于…
_UNIT_TITLE = re.compile(rf"^({UNIT})(?=关于|(?:19|20)\d\d年|工作|[\s:：]|$)")
_UNIT_LINE = re.compile(rf"[\s\u3000]*((?:中共)?{UNIT})[\s\u3000]*")
_ON_NUMBER = re.compile("第([A-Za-z]{0,4}[0-9]{1,9})号(?:提案|建议|议案)")
_SIGNED = 6  # lines at the end in which a signature stands


def file_material(parsed: Parsed, source: Source, number: int, profile: Profile) -> Document:
    """Return the document of the ``number``-th attached file. ``own`` is true where the
    paper names no other unit; else ``kind`` says what it is and ``issuer`` whose."""
    title = getattr(parsed, "title", None) or Path(source.path).stem
    unit = _unit_of(parsed, source, title)
    kind = _kind_of(parsed, title, unit, profile)
    own = kind == "material"
    return Document(
        id=f"material:{number}",
        path=source.path,
        kind=kind,
        title=title,
        region=(profile.region or None) if kind != FOREIGN else place_of(unit or ""),
        level=profile.level if kind != FOREIGN else None,
        issuer=(profile.name or None) if own else unit,
        date=getattr(parsed, "date", None),
        own=own,
    )


def find_opinions(proposal: Proposal, index: Index, profile: Profile) -> tuple[Passage, ...]:
    """Return the passages of the 会办意见 on this very proposal that the index holds,
    filed as such, whether they were added as own or not."""
    found: list[Passage] = []
    for document in index.documents():
        if names_unit(document.issuer, profile) or not _OPINION_TITLE.search(document.title):
            continue
        passages = index.passages(document.id)
        kind = _opinion_kind(document, passages, proposal)
        if kind is not None:
            filed = replace(document, kind=kind, own=False)
            found += [replace(p, document=filed) for p in passages]
    return tuple(found)


def _opinion_kind(
    document: Document, passages: Sequence[Passage], proposal: Proposal
) -> str | None:
    """Return what an indexed 会办意见 is here: one on this very proposal, by its title or its
    text; one that names no proposal is what the unit tells of its work, where it bears on an
    ask; ``None`` for one on another proposal."""
    if proposal.number and is_opinion_on(document, proposal):
        return OPINION
    told = find_numbers_of(document.title)
    if not told:
        told = tuple(n for p in passages for n in _ON_NUMBER.findall(p.text))
    if not told:
        return PARTNER if document.own else None
    return OPINION if proposal.number in told else None


def is_opinion_on(document: Document, proposal: Proposal) -> bool:
    """Return whether a document is the 会办意见 on ``proposal``, by its title."""
    title = re.sub(r"\s", "", document.title)
    session = (proposal.session or "").replace("第", "")
    named = re.search("届.{1,8}次", title) is not None
    same = not session or not named or session in title.replace("第", "").replace("人大", "")
    return bool(_OPINION_TITLE.search(title)) and f"第{proposal.number}号" in title and same


def is_not_ours(document: Document, profile: Profile) -> bool:
    """Return whether a document filed as our own is none: the 会办意见 of another unit, or the
    paper of another place."""
    if is_elsewhere(document, profile) or _of_lower_unit(document, profile):
        return True
    ours = names_unit(document.issuer, profile)
    return not ours and bool(_OPINION_TITLE.search(document.title))


def _of_lower_unit(document: Document, profile: Profile) -> bool:
    """Return whether a paper is of a place within ours (鉴澄区工作交流材料, in the city's index):
    its figures are that place's."""
    place = place_of(document.issuer or "") or place_of(document.title)
    within = place is not None and place in profile.places and place != profile.region
    return within and not names_unit(document.issuer, profile)


def whose_opinion(passage: Passage) -> str:
    """Return the unit that says a passage: of a file with several opinions the one it stands
    under, else who issued the paper; "" where neither is told."""
    under = passage.context or ""
    return under if _UNIT_LINE.fullmatch(under) else passage.document.issuer or ""


def give_our_role(proposal: Proposal, profile: Profile) -> Proposal:
    """Return the proposal with the part that our unit has in it, where the paper names
    the units: a 会办 unit writes an opinion to the host, not a reply."""
    if not profile.name or proposal.host is None or names_unit(proposal.host, profile):
        return proposal
    if any(names_unit(unit, profile) for unit in proposal.co_hosts):
        return replace(proposal, host_role="会办")
    return proposal


def names_unit(name: str | None, profile: Profile) -> bool:
    """Return whether ``name`` is our unit or a short form of it: 市市场监管局, 市监局."""
    return bool(name and profile.name) and same_unit(name or "", profile.name, profile)


def same_unit(short: str, full: str, profile: Profile) -> bool:
    """Return whether two names are of one unit of our place. A short form keeps first and
    last character and the order: 市网信办, 中共云川市委网络安全和信息化委员会办公室."""
    own, other = _bare(full, profile), _bare(short, profile)
    if other == own:
        return True
    for core in {other, other.removeprefix(profile.level)}:
        letters = iter(own)
        if core and core[0] == own[:1] and core[-1] == own[-1] and all(c in letters for c in core):
            return True
    return False


def call_unit(name: str, called: Iterable[str], profile: Profile) -> str:
    """Return how the draft calls another unit: as the proposal's hand-over does, else
    市商务局 for 云川市商务局."""
    for other in called:
        if same_unit(other, name, profile) or same_unit(name, other, profile):
            return other
    bare = name.removeprefix("中共").removeprefix(profile.province)
    if profile.region and bare.startswith(profile.region):
        return f"{own_char(profile)}{bare.removeprefix(profile.region)}"
    return bare


def _bare(name: str, profile: Profile) -> str:
    bare = re.sub(r"\s", "", name).removeprefix("中共").removeprefix(profile.province)
    place = profile.region[:-1]
    if profile.region and bare.startswith(profile.region):
        bare = bare.removeprefix(profile.region)
        bare = f"市{bare}" if bare.startswith("委") else bare
    elif len(place) >= 2:
        bare = bare.removeprefix(place)
    return bare.replace("办公室", "办").replace("委员会", "委")


def _unit_of(parsed: Parsed, source: Source, title: str) -> str | None:
    issuer = getattr(parsed, "issuer", None)
    if issuer:
        return str(issuer)
    if match := _UNIT_TITLE.match(re.sub(r"\s", "", title)):
        return match[1]
    lines = [p.text for p in source.paragraphs if p.text.strip()]
    for line in reversed(lines[-_SIGNED:]):
        if match := _UNIT_LINE.fullmatch(line):
            return match[1]
    return None


def _kind_of(parsed: Parsed, title: str, unit: str | None, profile: Profile) -> str:
    joint = isinstance(parsed, Reply) and parsed.host_role == "会办"
    if unit is None:
        return OPINION if joint or _OPINION_TITLE.search(title) else "material"
    if not profile.name or names_unit(unit, profile):
        return "material"
    if _is_elsewhere(unit, profile):
        return FOREIGN
    return OPINION if joint or _OPINION_TITLE.search(title) else PARTNER


def _is_elsewhere(unit: str, profile: Profile) -> bool:
    """Return whether a unit is of a place that neither lies in ours nor holds it."""
    place = place_of(unit)
    known = (profile.region, profile.province, *profile.places)
    if place is None or place in ("市", "省", "县", "区") or any(place == k for k in known):
        return False
    if profile.region and (unit.startswith(profile.region) or place.startswith(profile.region)):
        return False
    if place_within(place, profile.region) or place_within(profile.region, place):
        return False
    return bool(lookup_places(place)) or len(place) >= 3
