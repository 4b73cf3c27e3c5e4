"""The folder of a running page's uploads and answers."""

from __future__ import annotations

import stat
import subprocess
import sys
import tempfile
from pathlib import Path

from replygen.web.temporary import private_folder


def test_temporary_files_lie_where_only_the_server_can_look_and_go_with_it(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with private_folder() as folder:
        made = Path(tempfile.mkdtemp(prefix="replygen-"))
        (made / "答复草稿.docx").write_bytes(b"PK")
        assert made.parent == folder
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not folder.exists()
    assert tempfile.gettempdir() == str(tmp_path)


def test_what_a_killed_server_left_is_removed_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = tmp_path / f"replygen-page-{gone.pid}-a1"
    running = tmp_path / "replygen-page-1-a1"
    other = tmp_path / "replygen-page-notes"
    for folder in (left, running, other):
        folder.mkdir()
        (folder / "密件.txt").write_text("x", encoding="utf-8")
    link = tmp_path / f"replygen-page-{gone.pid}-b2"
    link.symlink_to(other, target_is_directory=True)
    with private_folder():
        assert not left.exists()
        assert running.exists() and (other / "密件.txt").exists()
