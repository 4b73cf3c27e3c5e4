"""What can stop replygen, and what to do about it.

::

    ReplygenError                 one line for the user, names the remedy; exit code 2
    ├── ReadError                 a file cannot be read
    │   ├── LimitError            a file is larger, longer or deeper than is allowed
    │   └── FetchError            an address of a followed site was not read
    ├── SettingsError             replygen.toml, a profile or an option is wrong
    ├── StoreError                the index cannot be opened, written or trusted
    │   └── ChangedElsewhere      another window changed the stored draft in between
    ├── EncoderMismatch           the index was made with another encoder
    ├── TemplateError             a form or a .docx template is wrong
    ├── ExportError               a file cannot be written where it was asked for
    ├── WriterError               a language model gave no usable answer; our paragraph stands
    └── ExportBlocked             a final copy was asked for while a block is open

All of them live here; one whose name begins with an underscore never leaves its module.
What is wrong *in a draft* is no exception but a :class:`replygen.models.Finding`.
"""

from __future__ import annotations

from pathlib import Path


class ReplygenError(Exception):
    """Base of all; ``str(error)`` is one Chinese line that names the remedy."""

    @property
    def shown(self) -> str:
        """The line as somebody at another machine may read it."""
        return str(self)


class ReadError(ReplygenError):
    """A file cannot be read; the message names the file and what to do."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}：{reason}")
        self.path = path
        self.reason = reason

    @property
    def shown(self) -> str:
        """The line with the file's name alone: not where the server keeps it."""
        return f"{Path(self.path).name}：{self.reason}"


class LimitError(ReadError):
    """A file is over a limit (size, pages, archive ratio or entries, time)."""


class FetchError(ReadError):
    """An address of a followed site was not read; ``gone`` says that it does not exist any
    more, ``refused`` that we would not, ``lost`` that the site did not answer."""

    def __init__(
        self,
        url: str,
        reason: str,
        *,
        gone: bool = False,
        refused: bool = False,
        lost: bool = False,
    ) -> None:
        super().__init__(url, reason)
        self.gone, self.refused, self.lost = gone, refused, lost


class SettingsError(ReplygenError):
    """replygen.toml, a profile or an option is wrong."""


class StoreError(ReplygenError):
    """The index cannot be opened, written or trusted."""


class ChangedElsewhere(StoreError):
    """Another window stored something that this one does not show."""

    def __init__(self) -> None:
        super().__init__(
            "这份草稿刚在另一个窗口改过，这一步没有保存：先把这里刚写的内容复制下来，再载入最新内容"
        )


class EncoderMismatch(ReplygenError):
    """The index was made with another encoder."""


class TemplateError(ReplygenError):
    """A form or a .docx template is wrong."""


class WriterError(ReplygenError):
    """The model gave no usable answer; the message says why. Our own paragraph stands."""


class ExportError(ReplygenError):
    """A file cannot be written or shown; the message names it and what to do."""


class ExportBlocked(ReplygenError):
    """A final copy was asked for while a block is open."""
