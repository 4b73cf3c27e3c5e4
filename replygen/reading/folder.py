"""Folders and .zip archives: many files, each read or refused on its own."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from replygen.errors import LimitError, ReadError
from replygen.models import Source
from replygen.reading.content import DEFAULT_LIMITS, Job
from replygen.reading.listing import is_skipped, walk_files
from replygen.reading.package import check_archive
from replygen.reading.reader import check_size, load_bytes, read_bytes
from replygen.reading.sniff import sniff_format
from replygen.settings import Limits

_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1


def read_all(
    paths: Iterable[Path],
    *,
    limits: Limits = DEFAULT_LIMITS,
    only: Collection[str] | None = None,
    but: Collection[str] = (),
) -> Iterator[Source | ReadError]:
    """Return an iterator over everything at ``paths``: files, folders (recursed, sorted),
    zip archives (also one inside another). A file that cannot be read comes as its
    ReadError, and the rest goes on; hidden files and Office's lock files are passed over.
    With ``only``, nothing but what has one of these names (``a.zip!b.docx``) is read; what is
    in ``but`` is passed over.

    Raises ReadError at once for a path that does not exist.
    """
    given = [Path(path) for path in paths]
    for path in given:
        if not os.path.lexists(path):
            raise ReadError(str(path), "找不到这个文件或文件夹，请检查路径")
    return _read_given(given, limits, only, but)


def _read_given(
    paths: list[Path], limits: Limits, only: Collection[str] | None, but: Collection[str]
) -> Iterator[Source | ReadError]:
    for path in paths:
        for file in _walk(path) if path.is_dir() else (path,):
            if isinstance(file, ReadError):
                yield file
            elif str(file) not in but and _is_wanted(str(file), only):
                yield from _pass_over(_read_file(file, limits, only), but)


def _pass_over(
    found: Iterator[Source | ReadError], but: Collection[str]
) -> Iterator[Source | ReadError]:
    """Yield what was found in an archive, but these."""
    return (one for one in found if one.path not in but)


def _is_wanted(name: str, only: Collection[str] | None) -> bool:
    """True for what is asked for, and for an archive that holds what is asked for."""
    return only is None or any(n == name or n.startswith(f"{name}!") for n in only)


def _walk(folder: Path) -> Iterator[Path | ReadError]:
    """Yield the files below a folder, then the folders that cannot be opened."""
    errors: list[OSError] = []
    yield from walk_files(folder, errors.append)
    for error in errors:
        yield ReadError(str(error.filename), "文件夹打不开，请检查权限")


def _read_file(
    path: Path, limits: Limits, only: Collection[str] | None
) -> Iterator[Source | ReadError]:
    try:
        data = _load(path, limits)
    except ReadError as error:
        yield error
        return
    yield from _read_data(str(path), data, limits, _inside(str(path), only), depth=0)


def _inside(name: str, only: Collection[str] | None) -> Collection[str] | None:
    """What is asked for inside an archive; all of it where the archive itself is named."""
    return None if only is None or name in only else only


def _load(path: Path, limits: Limits) -> bytes:
    """Return a file's bytes; an archive may be as large as what it may unpack to."""
    packed = False
    with suppress(OSError):  # load_bytes says why
        if path.is_file():  # a pipe would keep who opens it waiting
            with path.open("rb") as file:
                packed = file.read(4) == b"PK\x03\x04"
    if not packed or not _is_archive(path):
        return load_bytes(path, limits)
    size = path.stat().st_size
    if size > limits.archive_bytes:
        raise LimitError(
            str(path),
            f"压缩包有 {size / 1e6:.1f} MB，超过 {limits.archive_bytes / 1e6:g} MB 的上限；"
            "请分成几个压缩包",
        )
    return path.read_bytes()


def _is_archive(path: Path) -> bool:
    """Tell an archive from a .docx without loading it."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "[Content_Types].xml" not in archive.NameToInfo
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _read_data(
    name: str, data: bytes, limits: Limits, only: Collection[str] | None, *, depth: int
) -> Iterator[Source | ReadError]:
    if sniff_format(data) == "zip":
        if depth > 1:
            yield ReadError(name, "压缩包套了不止一层，请先解压再读")
            return
        yield from _read_archive(name, data, limits, only, depth=depth)
        return
    try:
        yield read_bytes(name, data, limits=limits)
    except ReadError as error:
        yield error


def _read_archive(
    name: str, data: bytes, limits: Limits, only: Collection[str] | None, *, depth: int
) -> Iterator[Source | ReadError]:
    job = Job(name, data, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(job, archive)
            members = sorted(
                (_member_name(info), n, info)
                for n, info in enumerate(archive.infolist())
                if not info.is_dir()
            )
            for member, _, info in members:
                if any(is_skipped(part) for part in PurePosixPath(member).parts):
                    continue
                shown = f"{name}!{member}"
                if _is_wanted(shown, only):
                    rest = _inside(shown, only)
                    yield from _read_member(shown, archive, info, limits, rest, depth)
    except ReadError as error:
        yield error
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        broken = ReadError(name, "压缩包已损坏或不完整，请重新下载或重新压缩")
        broken.__cause__ = error
        yield broken


def _read_member(
    name: str,
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    limits: Limits,
    only: Collection[str] | None,
    depth: int,
) -> Iterator[Source | ReadError]:
    try:
        data = _unpack(name, archive, info, limits)
    except ReadError as error:
        yield error
        return
    yield from _read_data(name, data, limits, only, depth=depth + 1)


def _unpack(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> bytes:
    if info.flag_bits & _ENCRYPTED_FLAG:
        raise ReadError(name, "压缩包已加密，请先解除密码再读")
    check_size(name, info.file_size, limits)
    try:
        return archive.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
        raise ReadError(name, "在压缩包里已损坏，请重新下载或重新压缩") from error
    except (NotImplementedError, RuntimeError) as error:
        raise ReadError(name, "压缩方式不支持，请用普通 zip 重新压缩") from error


def _member_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name for people: decoded as Chinese Windows packs it (GBK without
    the UTF-8 flag), and never leading out of the archive. It is only shown: members are
    read in memory and nothing is written to the disk."""
    name = info.filename
    if not info.flag_bits & _UTF8_FLAG:
        raw = info.orig_filename.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = [p for p in name.replace("\\", "/").replace("\0", "").split("/") if p]
    return "/".join(p for p in parts if p not in (".", "..") and not p.endswith(":"))
