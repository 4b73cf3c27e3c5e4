"""Addressing: who is written to, and what they are called in the text.

STANDARDS §2.8: persons get 委员 or 代表 behind the name; an organisation is addressed by
its name, and as 贵委, 贵会 or 你们, never 您.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from replygen.drafting.forms import Form

# 民盟云川市委会, 农工党云川市委, 云川市工商联, 市政协社法委, 农业界别, 青榆区代表团
_ORGANISATION = re.compile(
    r"^(?:民革|民盟|民建|民进|农工|致公|九三|台盟|工商联|共青团|团市委|妇联)|"
    r"(?:委员会|委|会|联|团|组|界别?|局|社|盟|党|处|公司|集团|院|校|办)$"
)
_NAME = re.compile(
    r"^[\u4e00-\u9fff]{2,4}(?:（[女男][^）]*）)?$|^[\u4e00-\u9fff]+·[\u4e00-\u9fff·]+$"
)
_TITLE_END = re.compile(r"(?:政协)?(?:委员|代表)$|^尊敬的")


def is_organisation(name: str) -> bool:
    """Return whether a proposer is a body: 民盟云川市委会 is, 林静 is not."""
    bare = _clean(name)
    if len(bare) <= 3 and not bare.endswith(("工商联", "妇联", "科协")):
        return False
    return bool(_ORGANISATION.search(bare)) or not _NAME.match(bare) and len(bare) > 5


def address_line(proposers: Sequence[str], form: Form) -> str:
    """Return the line that opens the letter, with its colon: 林静、周海明委员：. Without
    proposers the names are a slot."""
    member = form.words["channel.member"]
    people = [_clean(p) for p in proposers if not is_organisation(p)]
    bodies = [_clean(p) for p in proposers if is_organisation(p)]
    if not people and not bodies:
        return "【提案人及称谓】：" if "【" in member else f"【提案人】{member}："
    parts = bodies + ([f"{'、'.join(people)}{member}"] if people else [])
    return f"{'、'.join(parts)}："


def address_you(proposers: Sequence[str], form: Form) -> str:
    """Return 您 for one person, 贵委 or 贵会 for one body by the ending of its name, 你们
    for several or unknown."""
    if len(proposers) != 1:
        return form.words["you.many"] if proposers else form.words["you.one"]
    name = _clean(proposers[0])
    if not is_organisation(name):
        return form.words["you.one"]
    return next((you for ends, you in form.you if name.endswith(ends)), form.words["you.many"])


def _clean(name: str) -> str:
    bare = re.sub(r"[\s\u3000：:，,。]", "", name)
    return _TITLE_END.sub("", bare) if len(bare) > 3 and not bare.endswith("代表团") else bare
