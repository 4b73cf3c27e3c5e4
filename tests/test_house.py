"""The house's rules: who may import whom, what loads, what the map says."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import replygen

PACKAGE = Path(replygen.__file__).parent
ORDER = [
    ("models", "errors", "settings"),
    ("reading",),
    ("facts",),
    ("parsing",),
    ("search",),
    ("drafting",),
    ("checking",),
    ("export",),
    ("keeping", "overview"),
    ("evaluation",),
    ("batches",),
    ("desk", "copies", "review", "contract", "terminal"),
    (
        "options",
        "draft_commands",
        "index_commands",
        "eval_commands",
        "user_commands",
        "review_commands",
        "scale_commands",
        "cli",
        "web",
    ),
]
RANK = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}
HEAVY = ("torch", "sentence_transformers", "transformers", "faiss", "gradio", "tantivy", "docx")


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imported_rooms(path: Path) -> set[str]:
    rooms = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in guarded:
            continue
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            names = [node.module]
            if node.module == "replygen":
                names = [f"replygen.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        rooms |= {n.split(".")[1] for n in names if n.startswith("replygen.")}
    return rooms


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_only_to_earlier_rooms(path):
    room = _room(path)
    if room == "__init__":
        return
    for other in _imported_rooms(path) & set(RANK):
        same_room = other == room
        assert same_room or RANK[other] < RANK[room] or _siblings(other, room), (
            f"{room} must not import {other}"
        )


def _siblings(one: str, other: str) -> bool:
    return RANK[one] == RANK[other]


def test_every_room_stands_in_the_map_and_the_map_names_no_other():
    rooms = {
        p.name.removesuffix(".py")
        for p in PACKAGE.iterdir()
        if (p.is_dir() and (p / "__init__.py").exists()) or p.suffix == ".py"
    } - {"__init__"}
    assert rooms == set(RANK)
    doc = replygen.__doc__ or ""
    for room in rooms:
        assert room in doc, f"{room} is missing in the package docstring"


def test_no_room_is_a_drawer_for_leftovers():
    for path in _modules():
        assert path.stem not in ("utils", "helpers", "common", "misc"), path


@pytest.mark.parametrize("room", [r for rooms in ORDER for r in rooms if (PACKAGE / r).is_dir()])
def test_a_room_lists_its_public_names_sorted_and_says_what_it_does(room):
    module = importlib.import_module(f"replygen.{room}")
    assert module.__doc__
    names = list(module.__all__)
    assert names == sorted(names)
    for name in names:
        assert hasattr(module, name), name


@pytest.mark.parametrize(
    "statement",
    [
        "import replygen",
        "import replygen.desk",
        "from replygen.cli import run; run(['--help'])",
    ],
)
def test_heavy_packages_are_not_loaded_before_they_are_needed(statement):
    code = f"{statement}; import sys; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_public_names_of_the_package_are_sorted_and_there():
    assert replygen.__all__ == sorted(replygen.__all__)
    for name in replygen.__all__:
        assert getattr(replygen, name) is not None


def test_files_stay_readable_in_one_sitting():
    long = {
        str(p.relative_to(PACKAGE)): n
        for p in _modules()
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > 460 and p.stem != "models"
    }
    assert not long
