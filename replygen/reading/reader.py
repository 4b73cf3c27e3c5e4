"""One file -> one Source: the seam where formats are chosen and foreign errors end."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from replygen.errors import LimitError, ReadError
from replygen.language import normalise_characters
from replygen.models import Source
from replygen.reading.content import DEFAULT_LIMITS, Content, Job
from replygen.reading.damaged import tell_damaged
from replygen.reading.no_document import name_no_document
from replygen.reading.sniff import Format, sniff_format
from replygen.settings import Limits

SUPPORTED = "docx、doc、wps、rtf、txt、md、html、pdf、ofd、图片，以及装有这些文件的文件夹和 zip"

# Module and function; a module is loaded with the first file of its kind.
_READERS: dict[Format, tuple[str, str]] = {
    "docx": ("docx", "read_docx"),
    "flat_docx": ("flat", "read_flat"),
    "office": ("office", "read_office"),
    "pdf": ("pdf", "read_pdf"),
    "ofd": ("ofd", "read_ofd"),
    "image": ("ocr", "read_image"),
    "html": ("html", "read_html"),
    "mhtml": ("mhtml", "read_mhtml"),
    "text": ("text", "read_text"),
}
_REFUSED: dict[Format, str] = {
    "empty": "文件是空的，请检查是否保存或下载完整",
    "encrypted": "已加密，请先解除密码再读",
    "broken_docx": "Word 文件已损坏或不完整，请用 Word 或 WPS 打开后另存为 docx",
    "broken_zip": "压缩包已损坏或不完整，请重新下载或重新压缩",
    "zip": "是压缩包，请解压后再读，或用 replygen index add 整包读入",
    "rar": "是 rar、7z 或 gz 压缩包，请解压后再读，或改用 zip",
    "xlsx": f"是表格文件，不能读取；可读取的有：{SUPPORTED}",
    "pptx": f"是演示文稿，不能读取；可读取的有：{SUPPORTED}",
    "program": f"是程序文件，不能读取；可读取的有：{SUPPORTED}",
    "database": f"是 sqlite 数据库，不是公文，不能读取；可读取的有：{SUPPORTED}",
    "unknown": f"认不出是什么文件；可读取的有：{SUPPORTED}",
}


def read_source(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> Source:
    """Return what the file at ``path`` says, as a Source with text in it.

    Raises ReadError for what cannot be read (missing, a folder, an archive, encrypted,
    damaged, no text, an unknown format) and LimitError for what is over ``limits``.
    """
    return read_bytes(str(path), load_bytes(path, limits), limits=limits)


def read_bytes(name: str, data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Source:
    """Return what ``data`` says; ``name`` is what people call the file.

    Raises as :func:`read_source` does.
    """
    check_size(name, len(data), limits)
    found = sniff_format(data)
    if found in _REFUSED:
        damaged = tell_damaged(name) if found in ("broken_zip", "unknown") else None
        raise ReadError(name, damaged or _REFUSED[found])
    content = _read_as(found, Job(name, data, limits))
    if what := _name_no_document(content):
        raise ReadError(name, f"是{what}，不是公文，没有读入")
    _check_length(name, content, limits)
    if not any(p.text.strip() for p in content.paragraphs if p.style not in ("header", "footer")):
        if content.unseen:
            raise ReadError(
                name, "文字全部设成了看不见的（隐藏、白色或极小），没有读入，请对照原件"
            )
        raise ReadError(name, "里面没有文字；如果内容是图片，请另存为 PDF 后再读")
    return Source(
        path=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format=content.format,
        paragraphs=tuple(replace(p, text=normalise_characters(p.text)) for p in content.paragraphs),
        pages=content.pages,
        warnings=(*content.warnings, *_tell_unseen(content.unseen)),
    )


def _tell_unseen(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    return (f"隐藏文字已略去：{count} 字在原件上看不见（隐藏、白色、极小或在页外），没有读入",)


def _name_no_document(content: Content) -> str | None:
    return name_no_document("\n".join(p.text for p in content.paragraphs))


def _read_as(found: Format, job: Job) -> Content:
    module, function = _READERS[found]
    reader: Callable[[Job], Content] = getattr(
        import_module(f"replygen.reading.{module}"), function
    )
    try:
        return reader(job)
    except LimitError:
        raise
    except ReadError as error:
        damaged = tell_damaged(job.name) if found == "text" else None
        if damaged is not None:
            raise ReadError(job.name, damaged) from error
        raise
    except RecursionError as error:
        raise LimitError(job.name, "内容嵌套过深，请用 Word 或 WPS 另存后再读") from error
    except MemoryError as error:
        raise LimitError(job.name, "文件太大，内存不够，请拆成较小的文件") from error


def _check_length(name: str, content: Content, limits: Limits) -> None:
    """Raise LimitError for more text than can be parsed while somebody waits: 10,000
    paragraphs take about 2 s, the longest law has 1,400 and 110,000 characters."""
    for count, most, unit, key in (
        (len(content.paragraphs), limits.paragraphs, "段", "paragraphs"),
        (sum(len(p.text) for p in content.paragraphs), limits.characters, "字", "characters"),
    ):
        if count > most:
            raise LimitError(
                name,
                f"有 {count} {unit}，超过 {most} {unit}的上限；"
                f"请拆分，或在 replygen.toml 的 [limits] 中调大 {key}",
            )


def load_bytes(path: Path, limits: Limits) -> bytes:
    """Return the file's bytes. Raises ReadError or LimitError, before reading a file
    that is too large."""
    try:
        if path.is_dir():
            raise ReadError(
                str(path), "是文件夹，请指定其中的文件，或用 replygen index add 整个读入"
            )
        if path.exists() and not path.is_file():
            raise ReadError(str(path), "不是普通文件，不能读取")
        check_size(str(path), path.stat().st_size, limits)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(str(path), "找不到这个文件，请检查路径") from error
    except PermissionError as error:
        raise ReadError(str(path), "没有读取权限，请检查文件权限或先关闭占用它的程序") from error
    except (OSError, ValueError) as error:
        raise ReadError(str(path), f"打不开（{error}），请检查路径和磁盘") from error


def check_size(name: str, size: int, limits: Limits) -> None:
    """Raise LimitError when ``size`` bytes are more than a file may have."""
    if size > limits.file_bytes:
        raise LimitError(
            name,
            f"文件有 {size / 1e6:.1f} MB，超过 {limits.file_bytes / 1e6:g} MB 的上限；"
            "请拆分，或在 replygen.toml 的 [limits] 中调大 file_bytes",
        )
