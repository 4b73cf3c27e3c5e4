"""Files added to the index: each one's outcome is told."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from replygen.errors import ReadError, ReplygenError
from replygen.index import AddOutcome, Index
from replygen.laws.records import find_superseded
from replygen.models import Other, Parsed, Policy, Source, Statute
from replygen.parsing import clean_source, parse_cleaned, parse_source, tell_empty
from replygen.parsing.article import read_article
from replygen.parsing.joint import read_joint_opinions
from replygen.reading import read_all
from replygen.service.encoding import AT_ONCE, Encoded, encode_added
from replygen.settings import Limits

Progress = Callable[[int, str], None]
Rename = Callable[[str], str]
Skip = Callable[[Source], str | None]
_EVERY = 64  # files after which what was added becomes searchable


@dataclass(frozen=True, slots=True)
class AddReport:
    """What an addition did: counts, ``duplicates`` as (path, of which; near-copies, which
    are kept, are among them), ``failed`` as (path, why), ``editions`` of the statutes added
    as (path of a text that a later one has taken the place of, path of the one in force),
    oldest first,
    ``empty`` as (path, why nothing is found in it), ``owners`` as (path, what is said of whose
    it is) where it is not simply as asked, the index's totals afterwards and how
    far their slow vectors are, seconds taken. ``outcomes`` has a row for every file: (path,
    ``added`` | ``unchanged`` | ``updated`` | ``duplicate`` | ``failed``, which or why).
    ``cancelled`` says that it was stopped before its end."""

    added: int
    unchanged: int
    updated: int
    duplicates: tuple[tuple[str, str], ...]
    failed: tuple[tuple[str, str], ...]
    documents: int
    passages: int
    encoded: Encoded
    seconds: float
    editions: tuple[tuple[str, str], ...] = ()
    empty: tuple[tuple[str, str], ...] = ()
    owners: tuple[tuple[str, str], ...] = ()
    outcomes: tuple[tuple[str, str, str], ...] = ()
    cancelled: bool = False


def add_files(
    index: Index,
    paths: Iterable[Path],
    *,
    limits: Limits,
    own: bool = False,
    region: str | None = None,
    only: Collection[str] | None = None,
    but: Collection[str] = (),
    rename: Rename = str,
    skip: Skip = lambda source: None,
    on_file: Callable[[str, str, str], None] | None = None,
    on_added: Callable[[str, str], None] = lambda path, document: None,
    cancelled: Callable[[], bool] = lambda: False,
    encode: int | None = AT_ONCE,
) -> AddReport:
    """Add files, folders and archives to ``index``; return what became of each. ``on_file``
    gets each file's (path, outcome, which or why), ``on_added`` before that the (path, id) of a
    document that is new; ``rename`` gives the name that is kept
    for a path; with ``only`` nothing else is read, what is in ``but`` is not; what ``skip``
    names is left out (its outcome
    is ``left``, with that name); ``cancelled`` is asked before each file,
    and what was added until then stays. At most ``encode`` passages get their slow vectors
    before it returns. Raises ReadError for a path that does not exist
    and StoreError when the index cannot be written."""
    start = time.perf_counter()
    outcomes: list[tuple[str, str, str]] = []
    duplicates: list[tuple[str, str]] = []
    empty: list[tuple[str, str]] = []
    owners: list[tuple[str, str]] = []
    statutes: set[str] = set()
    stopped = cancelled()
    for item in () if stopped else read_all(paths, limits=limits, only=only, but=but):
        one = _add_one(index, item, own, region, rename, skip)
        name = rename(one.path)
        outcomes.append((name, one.state, one.note))
        if one.of is not None:
            duplicates.append((name, one.of))
        if one.why is not None:
            empty.append((name, one.why))
        if one.owner:
            owners.append((name, one.owner))
        if one.statute is not None:
            statutes.add(one.statute)
        if one.added is not None:
            on_added(one.path, one.added)
        if on_file is not None:
            on_file(one.path, one.state, one.note)
        if len(outcomes) % _EVERY == 0:
            index.catch_up()
        stopped = cancelled()
        if stopped:
            break
    encoded = encode_added(index, limit=0 if stopped else encode)
    status = index.status()
    return AddReport(
        added=_count(outcomes, "added"),
        unchanged=_count(outcomes, "unchanged"),
        updated=_count(outcomes, "updated"),
        duplicates=tuple(duplicates),
        empty=tuple(empty),
        owners=tuple(owners),
        editions=_list_editions(index, statutes),
        failed=tuple((path, note) for path, state, note in outcomes if state == "failed"),
        documents=status.documents,
        passages=status.passages,
        encoded=encoded,
        seconds=time.perf_counter() - start,
        outcomes=tuple(outcomes),
        cancelled=stopped,
    )


def parse_own(source: Source) -> Parsed:
    """Return our own file, parsed. What is of no known kind (notes, a table of figures)
    is read as a work summary, so that its facts can be used."""
    clean = clean_source(source)
    if (opinions := read_joint_opinions(clean)) is not None:
        return opinions
    parsed = parse_cleaned(clean)
    if isinstance(parsed, Policy) and (parsed.issuer or "").endswith(("局", "厅", "委", "处")):
        return read_article(clean)  # our own plan says what we do, not what is asked of us
    return read_article(clean) if isinstance(parsed, Other) else parsed


class _One(NamedTuple):
    """What became of one file: ``note`` says which or why, ``of`` is the path of the one that
    it repeats, ``why`` says why nothing usable came from it, ``statute`` is its document,
    ``owner`` says whose it is where that is not simply as asked, ``added`` is the document that
    is new."""

    path: str
    state: str
    note: str
    of: str | None = None
    why: str | None = None
    statute: str | None = None
    owner: str = ""
    added: str | None = None


def _add_one(
    index: Index,
    item: Source | ReadError,
    own: bool,
    region: str | None,
    rename: Rename,
    skip: Skip,
) -> _One:
    """Add what was read. Only a file that cannot be parsed is its own trouble: a store that
    cannot be written ends the batch."""
    if isinstance(item, ReadError):
        return _One(item.path, "failed", item.reason)
    named = replace(item, path=rename(item.path))
    left = skip(named)
    if left is not None:
        return _One(item.path, "left", left)
    try:
        parsed = parse_own(item) if own else parse_source(item)
    except ReplygenError as error:
        return _One(item.path, "failed", str(error))
    outcome = index.add(parsed, named, own=own, region=region)
    of, note = outcome.duplicate_of, outcome.document.title
    if of is not None and outcome.near:
        note = f"{note}（与“{Path(of).name}”几乎相同）"
    elif of is not None:
        note = of
    why = tell_empty(parsed)
    if why is not None and of is None:
        note = f"{note}（{why}）"
    statute = outcome.document.id if isinstance(parsed, Statute) else None
    owner = _tell_owner(outcome, own)
    added = outcome.document.id if outcome.state == "added" else None
    return _One(item.path, outcome.state, note, of, why, statute, owner, added)


def _tell_owner(outcome: AddOutcome, asked: bool) -> str:
    """Say whose a document has become by being added again, or has stayed whatever was asked:
    what is ours is quoted as done."""
    own = outcome.document.own
    name = "本单位" if own else "外单位"
    if own != asked:
        return f"仍是{name}的；要改归属，请到“全部材料”里点开它更正"
    return f"改为{name}的" if outcome.was_own not in (None, own) else ""


def _list_editions(index: Index, added: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The superseded texts of the statutes whose documents were ``added``, and what took
    their place, as paths."""
    if not added:
        return ()
    records = {record.document: record for record in index.statutes()}
    gone = find_superseded(records.values(), date.today().isoformat())
    touched = {gone.get(document, document) for document in added}
    old = sorted((d for d in gone if gone[d] in touched), key=lambda d: records[d].begins)
    return tuple((_name_path(index, d), _name_path(index, gone[d])) for d in old)


def _name_path(index: Index, id: str) -> str:
    document = index.document(id)
    return id if document is None else document.path


def _count(outcomes: Iterable[tuple[str, str, str]], state: str) -> int:
    return sum(outcome[1] == state for outcome in outcomes)
