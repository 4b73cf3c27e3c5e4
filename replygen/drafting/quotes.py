"""Quotes: names in quotation marks go, general sayings stay."""

from __future__ import annotations

import re

from replygen.drafting.lexicon import load_lexicon

_QUOTE = re.compile(r"[“‘「『]([^“”‘’「」『』]*)[”’」』]")
_CAMPAIGN_VERB = re.compile(r"(?:开展|组织|实施|举办|启动|部署)$")


def strip_quotes(clause: str, known: str) -> str | None:
    """Return ``clause`` without quoted names (“清风护苗”专项行动 → 专项行动); general sayings
    (“一对一”) and what the proposal itself quotes stay. ``None`` for any other quote."""
    edited, position = "", 0
    for match in _QUOTE.finditer(clause):
        inner, after = match[1].strip(), clause[match.end() :]
        edited += clause[position : match.start()]
        position = match.end()
        if len(inner) >= 2 and f"“{inner}”" in known:
            edited += f"“{inner}”"
            continue
        left = edit_quoted(edited, inner, after)
        if left is None:
            return None
        edited = left[: len(left) - len(after)] if after else left
    edited += clause[position:]
    return tidy(edited) if "“" not in _QUOTE.sub("", edited) else None


def edit_quoted(before: str, inner: str, after: str) -> str | None:
    """Return the clause without a quoted name: “清风护苗”专项行动 → 专项行动, 建成“骑手驿站”
    → 建成驿站; a general saying (“随手拍”) stays; ``None`` for any other."""
    lexicon = load_lexicon()
    if inner in lexicon.quotes_kept:
        return f"{before}“{inner}”{after}"
    if after.startswith(lexicon.quote_classes) or _names_campaign(before, after):
        return before + after
    end = next((word for word in lexicon.quote_ends if inner.endswith(word)), "")
    return f"{before}{end}{after}" if end else None


def _names_campaign(before: str, after: str) -> bool:
    """Return whether a quoted name stands between a verb and what it is: 开展“…”防骗宣讲."""
    return bool(_CAMPAIGN_VERB.search(before) and re.match("[\u4e00-\u9fff]{4}", after))


def tidy(clause: str) -> str:
    """Return ``clause`` without the marks that removed words leave behind."""
    clause = re.sub(r"[（(][\s、，]*[)）]", "", clause)
    clause = re.sub(r"《\s*》|“\s*”", "", clause)
    clause = re.sub(r"[、，]{2,}", lambda m: m[0][0], clause)
    return clause.strip(" 、，。；：\u3000")
