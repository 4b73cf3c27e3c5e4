"""What can stop replygen, and what to do about it.

::

    ReplygenError                 one line for the user, names the remedy; exit code 2
    ├── ReadError                 a file cannot be read
    │   └── LimitError            a file is larger, longer or deeper than is allowed
    ├── SettingsError             replygen.toml, a profile or an option is wrong
    ├── StoreError                the index cannot be opened, written or trusted
    ├── EncoderMismatch           the index was made with another encoder
    ├── TemplateError             a form or a .docx template is wrong
    └── ExportBlocked             a final copy was asked for while a block is open

What is wrong *in a draft* is no exception but a :class:`replygen.models.Finding`.
"""

from __future__ import annotations


class ReplygenError(Exception):
    """Base of all; ``str(error)`` is one Chinese line that names the remedy."""


class ReadError(ReplygenError):
    """A file cannot be read; the message names the file and what to do."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}：{reason}")
        self.path = path
        self.reason = reason


class LimitError(ReadError):
    """A file is over a limit (size, pages, archive ratio or entries, time)."""


class SettingsError(ReplygenError):
    """replygen.toml, a profile or an option is wrong."""


class StoreError(ReplygenError):
    """The index cannot be opened, written or trusted."""


class EncoderMismatch(ReplygenError):
    """The index was made with another encoder."""


class TemplateError(ReplygenError):
    """A form or a .docx template is wrong."""


class ExportBlocked(ReplygenError):
    """A final copy was asked for while a block is open."""
