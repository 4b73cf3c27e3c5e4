"""What is asked back before a draft is made of what was put in."""

from __future__ import annotations

from hashlib import sha256

from replygen.errors import ReplygenError
from replygen.models import Proposal
from replygen.parsing.proposal import is_doubtful
from replygen.web.auth.who import who

_NONE = (
    "这段文字不像提案或建议：没有读出案由、来源，也没有读出要求办的事。请核对是不是放错了；"
    "确实要答复它，再点一次“读取提案”"
)
_MOST = 1_000  # texts that are remembered


class Doubts:
    """The texts that were told to be no proposal; who reads one again means it."""

    def __init__(self) -> None:
        self._told: dict[tuple[str, str], None] = {}

    def check(self, proposal: Proposal, text: str) -> None:
        """Raise ReplygenError the first time that a text shows no sign of a proposal."""
        key = who(), sha256(text.encode()).hexdigest()
        if not is_doubtful(proposal) or key in self._told:
            return
        self._told[key] = None
        if len(self._told) > _MOST:
            del self._told[next(iter(self._told))]
        raise ReplygenError(_NONE)
