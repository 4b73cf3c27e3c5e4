"""The house's rules: who may import whom, what loads, what the map says."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import replygen
from replygen import errors

PACKAGE = Path(replygen.__file__).parent
ORDER = (
    *("models", "errors", "language", "settings", "entities", "reading", "parsing", "laws"),
    *("index", "drafting", "checking", "writing", "word", "workspace", "statistics", "service"),
    *("evaluation", "mcp", "web", "cli"),
)
RANK = {room: rank for rank, room in enumerate(ORDER)}
HEAVY = ("torch", "sentence_transformers", "transformers", "faiss", "gradio", "tantivy", "docx")


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imported_modules(path: Path) -> set[str]:
    """The modules of the house that a file imports, anywhere in it: inside functions and for
    types alike."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or node.level):
            assert node.level == 0 and node.module, f"{path}: relative import"
            if node.module == "replygen":
                found |= {f"replygen.{alias.name}" for alias in node.names}
            elif node.module.startswith("replygen."):
                inner = {f"{node.module}.{alias.name}" for alias in node.names}
                found |= (inner & NAMES) or {node.module}
        elif isinstance(node, ast.Import):
            found |= {a.name for a in node.names if a.name.startswith("replygen.")}
    return found


def _name(path: Path) -> str:
    parts = ("replygen", *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts).removesuffix(".__init__")


NAMES = {_name(path) for path in _modules()}


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_only_to_earlier_rooms(path):
    room = _room(path)
    if room == "__init__":
        return
    for other in {m.split(".")[1] for m in _imported_modules(path)} & set(RANK):
        assert other == room or RANK[other] < RANK[room], f"{room} must not import {other}"


def test_no_modules_import_each_other_in_a_circle():
    graph = {_name(p): _imported_modules(p) & NAMES - {_name(p)} for p in _modules()}
    assert [name for name in sorted(graph) if name in _reached(graph, name)] == []


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    todo = set(graph[start])
    while todo:
        found |= todo
        todo = {other for name in todo for other in graph[name]} - found
    return found


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


def _folders() -> list[Path]:
    return sorted(p.parent for p in PACKAGE.rglob("__init__.py") if p.parent != PACKAGE)


@pytest.mark.parametrize("folder", _folders(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_room_says_what_each_of_its_files_is_for(folder):
    doc = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    files = {p.stem for p in folder.glob("*.py")} - {"__init__"}
    inner = {p.parent.name for p in folder.glob("*/__init__.py")}
    named = set(re.findall(r"\w+", doc))
    assert sorted((files | inner) - named) == []


def _exceptions() -> dict[str, Path]:
    """The exception classes that may leave their module, and where they are written."""
    return {
        node.name: path
        for path in _modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")
        and isinstance(made := getattr(importlib.import_module(_name(path)), node.name, None), type)
        and issubclass(made, BaseException)
    }


def test_every_exception_lives_in_the_tree_that_errors_draws():
    found = _exceptions()
    assert {path.name for path in found.values()} == {"errors.py"}
    drawn = re.findall(r"^[ │├└─]*(\w+) {2,}\S", errors.__doc__ or "", re.MULTILINE)
    assert sorted(drawn) == sorted(found)
    lines = (errors.__doc__ or "").splitlines()
    above: list[str] = []
    for line in lines:
        if match := re.match(r"^([ │├└─]*)(\w+) {2,}\S", line):
            depth = (len(match[1]) - 4) // 4
            above[depth:] = [match[2]]
            parent = above[depth - 1] if depth else "Exception"
            assert getattr(errors, match[2]).__base__.__name__ == parent, line


def _private_names(path: Path) -> set[str]:
    """What a module keeps for itself: functions, classes and constants that begin with _."""
    names: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names |= set() if node.decorator_list else {node.name}  # a decorator may use it
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {t.id for t in targets if isinstance(t, ast.Name)}
    return {name for name in names if name.startswith("_") and not name.startswith("__")}


def test_what_a_module_keeps_for_itself_is_used():
    unused = {
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in _modules()
        for name in _private_names(path)
        if len(re.findall(rf"\b{name}\b", path.read_text(encoding="utf-8"))) < 2
    }
    assert sorted(unused) == []


def test_no_room_is_a_drawer_for_leftovers():
    for path in _modules():
        assert path.stem not in ("utils", "helpers", "common", "misc"), path


@pytest.mark.parametrize("room", [r for r in ORDER if (PACKAGE / r).is_dir()])
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
        "import replygen.service.desk",
        "from replygen.cli.main import run; run(['--help'])",
    ],
)
def test_heavy_packages_are_not_loaded_before_they_are_needed(statement):
    code = f"{statement}; import sys; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip().splitlines()[-1] == "[]"


LATER = ("drafting", "checking", "writing", "word", "workspace", "statistics", "index.relevance")


def test_a_search_waits_for_no_room_that_it_does_not_need(tmp_path):
    code = (
        "import sys; from replygen.cli.main import run;"
        f"code = run(['search', '电梯', '--index', {str(tmp_path)!r}]);"
        "loaded = {m.removeprefix('replygen.') for m in sys.modules};"
        f"later = {LATER} + ('entities.mentions', 'laws.citations');"
        "print(code, sorted(loaded & set(later)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip().splitlines()[-1] == "0 []"


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


def test_pictures_are_shown_small_and_made_by_the_command():
    from tools.make_pictures import IMAGES, MOST_BYTES, OFFICE, PAGES

    lying = {p.name: p.stat().st_size for p in IMAGES.iterdir()}
    assert set(lying) == {name for name, _ in (*OFFICE.values(), *PAGES.values())}
    root = IMAGES.parents[1]
    texts = [root / "README.md", *sorted((root / "docs").glob("*.md"))]
    shown = "".join(path.read_text(encoding="utf-8") for path in texts)
    assert [name for name in lying if name not in shown] == []
    assert [name for name, size in lying.items() if size > MOST_BYTES] == []
