"""Whether anything usable came out of a file."""

from __future__ import annotations

from replygen.models import Article, Parsed, Policy, Proposal, Registry, Reply, Statute


def tell_empty(parsed: Parsed) -> str | None:
    """Return why a file has nothing that a draft could use, in words for who added it;
    ``None`` where it has."""
    if isinstance(parsed, Registry):
        return tell_empty(parsed.reply)
    if isinstance(parsed, Reply):
        found = parsed.measures or parsed.refusals
        return None if found else "是答复，但没有读出措施，请核对文件是否完整"
    if isinstance(parsed, Proposal):
        return None if parsed.asks else "是提案或建议，但没有读出诉求"
    if isinstance(parsed, Statute):
        return None if parsed.articles else "是法规，但没有读出条文"
    if isinstance(parsed, Policy):
        return None if parsed.tasks else "是政策文件，但没有读出任务"
    if isinstance(parsed, Article):
        return None if parsed.measures else "没有读出措施，只按普通文字收存"
    return "没有认出文种，只按普通文字收存"
