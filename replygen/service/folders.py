"""Folders of the server that may be added to the index."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from replygen.errors import SettingsError
from replygen.reading import list_files

_MOST_FOLDERS = 300  # that are offered to choose from
_DEPTH = 2  # folders below an allowed one that are offered


def list_folders(allowed: Iterable[Path]) -> dict[str, Path]:
    """Return the folders that may be added, by the name that is shown: those that the
    settings allow, and below each two levels of folders. Links are not followed."""
    found: dict[str, Path] = {}
    for root in allowed:
        for folder in _list_below(root, _DEPTH):
            inner = folder.relative_to(root).parts
            name = " / ".join((root.name or str(root), *inner))
            if name in found:  # two allowed folders of one name
                name = " / ".join((str(root), *inner))
            found[name] = folder
            if len(found) >= _MOST_FOLDERS:
                return found
    return found


def find_folder(allowed: Iterable[Path], name: str) -> Path:
    """Return the folder that :func:`list_folders` names so. What is not in that list is
    never opened. Raises SettingsError."""
    folder = list_folders(allowed).get(name)
    if folder is None:
        raise SettingsError("这个文件夹不在允许的范围里，请从列表里选；列表由管理员在设置里定")
    return folder


def find_folder_files(allowed: Iterable[Path], name: str) -> tuple[Path, ...]:
    """Return the files of such a folder. Raises SettingsError, also where it has none."""
    roots = tuple(allowed)
    folder = find_folder(roots, name)
    root = next(root for root in roots if folder.is_relative_to(root))
    files = list_files(folder, inside=root)
    if not files:
        raise SettingsError("这个文件夹里没有文件，请换一个")
    return files


def _list_below(folder: Path, depth: int) -> Iterable[Path]:
    if not folder.is_dir():
        return
    yield folder
    if depth == 0:
        return
    try:
        inner = sorted(folder.iterdir())
    except OSError:
        return
    for path in inner:
        if path.is_dir() and not path.is_symlink() and not path.name.startswith("."):
            yield from _list_below(path, depth - 1)
