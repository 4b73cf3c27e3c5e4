"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from replygen.language.files import whole_file, write_whole


def test_a_file_takes_the_place_of_the_old_one_with_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("old")
    path.chmod(0o640)
    write_whole(path, "新")
    assert path.read_text(encoding="utf-8") == "新"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_the_folder_is_made_and_a_private_file_is_the_owners(tmp_path: Path) -> None:
    path = tmp_path / "b" / "users.json"
    write_whole(path, b"{}", private=True)
    assert path.read_bytes() == b"{}"
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_fault_in_the_middle_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    path.write_text("old")
    with pytest.raises(ValueError, match="half"), whole_file(path) as part:
        part.write_text("ne")
        raise ValueError("half")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
