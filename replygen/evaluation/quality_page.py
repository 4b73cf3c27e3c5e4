"""docs/quality.md: the tables of all sets on one page.

A set's section is kept beside its index until the page is written, so that a run that
was broken off goes on with the next set; it is measured again when the data, the encoder
or the code of the search have changed since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import replygen
from replygen.errors import ReadError, SettingsError
from replygen.evaluation.ablation import CANDIDATES, Say, measure_set
from replygen.evaluation.speed import describe_machine, read_load
from replygen.index.encoders.loading import load_stages
from replygen.index.tuning import ACCURATE, Tuning

_FILES = {  # what a set is read from, the questions first
    "letters": ("letters.jsonl.gz",),
    "statutes": ("statute_queries.jsonl.gz", "statutes.jsonl.gz"),
    "proposals": ("proposals.jsonl.gz",),
}
_PACKAGE = Path(replygen.__file__).parent
_JUDGED = _PACKAGE.parent / "tests/index/judged.toml"
_HEAD = Path(__file__).with_name("data") / "quality.md"
_RELEVANCE = _HEAD.with_name("quality_relevance.md")  # of ``eval relevance``, by hand
_DEPENDS = ("index", "evaluation", "parsing")  # rooms whose code the figures hang on


def write_table(data: Path, output: Path, *, folder: Path, encoder: str, say: Say) -> None:
    """Measure all sets under ``data`` and write the page to ``output``. ``folder`` keeps
    the indexes and, until all is done, the finished sections. Raises ReadError for a
    missing file, SettingsError for an encoder or an output that cannot be, both before
    anything is measured."""
    sets = {name: [data / file for file in files] for name, files in _FILES.items()}
    sets["sample"] = [_JUDGED]
    for path in (path for paths in sets.values() for path in paths):
        if not path.is_file():
            remedy = "请在源码仓库里运行" if path == _JUDGED else "没有这个数据文件，请检查 --data"
            raise ReadError(str(path), remedy)
    if not output.parent.is_dir() or output.is_dir():
        raise SettingsError(f"{output}：不能写到这里，请先建好文件夹或换 -o")
    fast, slow = load_stages(encoder)
    before = read_load()
    code = _hash(p for room in _DEPENDS for p in (_PACKAGE / room).rglob("*") if p.is_file())
    folder.mkdir(parents=True, exist_ok=True)
    sections, kept = [], []
    for name, paths in sets.items():
        kept.append(folder / f"{name}.json")
        made_of = [(slow or fast).name, code, _hash(paths)]
        section = _read_section(kept[-1], made_of)
        if section is None:
            section = measure_set(name, paths[0], folder=folder / name, encoder=encoder, say=say)
            note = json.dumps({"of": made_of, "text": section}, ensure_ascii=False)
            kept[-1].write_text(note, encoding="utf-8")
        else:
            say(f"{name}：上次已经测完")
        sections.append(section)
    values = {
        **asdict(Tuning()),
        "depth": ACCURATE.depth,
        "overlap": ACCURATE.overlap,
        "accurate_slow": ACCURATE.slow,
        "candidates": CANDIDATES,
        "machine": describe_machine(),
        "version": replygen.__version__,
        "encoder": encoder,
        "before": before,
        "after": read_load(),
    }
    head = _HEAD.read_text(encoding="utf-8").format(**values)
    sections.append(_RELEVANCE.read_text(encoding="utf-8"))
    output.write_text("\n".join([head, *sections]), encoding="utf-8")
    for path in kept:
        path.unlink()


def _read_section(path: Path, made_of: list[str]) -> str | None:
    """Return the section that an unfinished run has left, if it still holds."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        return str(note["text"]) if note["of"] == made_of else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in paths if p.suffix != ".pyc"):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
