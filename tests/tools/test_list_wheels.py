"""tools/list_wheels.py: what it reads out of a lock, and that silence is never a yes."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tools.list_wheels import SYSTEMS, Unanswered, find_missing, look_up, main

NAMED = {system.name: system for system in SYSTEMS}
LOCK = """
[[packages]]
name = "anywhere"
wheels = [{ url = "https://index/anywhere-1.0-py3-none-any.whl" }]
[[packages]]
name = "stable"
wheels = [
    { url = "https://index/stable-1.0-cp39-abi3-manylinux_2_28_x86_64.whl" },
    { url = "https://index/stable-1.0-cp39-abi3-win_amd64.whl" },
]
[[packages]]
name = "newest"
wheels = [
    { url = "https://index/newest-1.0-cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64.whl" },
    { url = "https://index/newest-1.0-cp312-cp312-macosx_15_0_arm64.whl" },
]
[[packages]]
name = "source"
sdist = { url = "https://index/source-1.0.tar.gz" }
"""


@pytest.mark.parametrize(
    ("system", "python", "missing"),
    [
        ("Linux x86_64", (3, 13), ["source"]),
        ("Linux x86_64", (3, 10), ["newest", "source"]),
        ("Linux aarch64", (3, 13), ["newest", "source", "stable"]),
        ("Windows x86_64", (3, 14), ["newest", "source"]),
        ("macOS arm64", (3, 12), ["newest", "source", "stable"]),  # 15.0 is too new for macOS 14
    ],
)
def test_a_package_is_missing_where_no_wheel_fits(system, python, missing):
    assert look_up(LOCK, NAMED[system], python) == missing


def _stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str) -> None:
    """A program named uv that says ``words``; the true one needs a network."""
    program = folder / "uv"
    program.write_text(f"#!{sys.executable}\nimport sys\nsys.stderr.write({words!r})\n"
                       f"sys.exit({code})\n", encoding="utf-8")  # fmt: skip
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


needs_scripts = pytest.mark.skipif(os.name == "nt", reason="a script is no program there")


@needs_scripts
def test_the_package_that_stops_the_resolver_is_missing(tmp_path, monkeypatch):
    words = (
        "error: No solution found when resolving dependencies\n"
        "  cause: Because onnxruntime>=1.24.1 has no\n  wheels with a matching platform tag"
    )
    _stand_in(tmp_path, monkeypatch, 1, words)
    assert find_missing(NAMED["macOS x86_64"], (3, 14)) == ["onnxruntime"]


@needs_scripts
@pytest.mark.parametrize(
    ("code", "words"),
    [
        (2, "error: Failed to fetch: https://index/simple/numpy/\n  cause: connection refused"),
        (1, "error: No solution found\n  cause: Because numpy was not found in the cache"),
    ],
)
def test_an_index_that_does_not_answer_is_no_yes(tmp_path, monkeypatch, capsys, code, words):
    _stand_in(tmp_path, monkeypatch, code, words)
    assert main([]) == 2
    out, err = capsys.readouterr()
    assert out == "" and len(err.splitlines()) == 1 and words.splitlines()[0] in err


def test_without_uv_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name, path=None: None)
    with pytest.raises(Unanswered, match="pip install uv"):
        find_missing(SYSTEMS[0], (3, 12))
