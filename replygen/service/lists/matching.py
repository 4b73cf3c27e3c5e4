"""Which file of the folder is which row of the list: by number, and by title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from replygen.drafting.material import give_our_role
from replygen.errors import ReadError, ReplygenError
from replygen.language.copies import NEAR_RATIO
from replygen.models import Proposal, Registry, Source
from replygen.parsing import parse_proposal, parse_source
from replygen.reading import list_files, read_all
from replygen.service.lists.workbook import Assignment
from replygen.settings import Limits, Profile

# 第0126号.docx, 0126 关于….docx, 提案126.pdf: the number in a file's name
_IN_NAME = re.compile(r"(?<![\dA-Za-z])[A-Za-z]{0,4}\d[\dA-Za-z]*(?:-\d+)?(?!\d)")
_NAME_NOISE = re.compile(r"^[\d_\-—第号 .、]+|[（(]\d+[)）]$")
_TITLE_NOISE = re.compile(r"^关于|的?(?:提案|建议|议案|建议案)$|[\W_]")
_SURE = 2  # points from which a file is a row's
_SHORTEST = 4  # letters of a title that tells something
_LOOSELY = 60.0  # rapidfuzz partial ratio below which two titles are of two proposals


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the folder that may be a proposal, read; ``sure`` says that it looks like
    one (and not like a reply that lies beside it). ``numbers`` and ``titles`` are what it
    may be told by, bare; a number in the file's name counts where the paper has none."""

    path: str
    sha256: str
    proposal: Proposal
    sure: bool
    numbers: frozenset[str]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """One row of the list with its file; ``proposal`` has what only the list says (host,
    proposers, number) filled in. Without a file, ``why`` says why."""

    row: Assignment
    file: Found | None
    proposal: Proposal | None
    why: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matches:
    """The rows with their files, and the files that are no row's: (path, why)."""

    rows: tuple[Matched, ...]
    left: tuple[tuple[str, str], ...]


def match_files(
    rows: Sequence[Assignment],
    folder: Path,
    *,
    limits: Limits,
    profile: Profile,
    apart: Sequence[Path],
) -> Matches:
    """Return each row with its file of ``folder`` (its folders and archives too); what lies
    at or below ``apart`` (the list itself, the drafts) is passed over. Raises ReadError for
    a folder that is none."""
    if not folder.is_dir():
        raise ReadError(str(folder), "不是文件夹，请用 --proposals 指定放提案的文件夹")
    found, left = _read_folder(folder, limits, apart)
    pairs = sorted(
        ((_points(row, file), r, f) for r, row in enumerate(rows) for f, file in enumerate(found)),
        key=lambda p: (-p[0], p[1], p[2]),
    )
    file_of: dict[int, int] = {}
    for points, r, f in pairs:
        if points >= _SURE and r not in file_of and f not in file_of.values():
            file_of[r] = f
    matched = tuple(
        _match(row, found[file_of[r]], profile)
        if r in file_of
        else Matched(row, None, None, _why_missing(row, found))
        for r, row in enumerate(rows)
    )
    used = set(file_of.values())
    left += [(f.path, _why_left(f, rows)) for n, f in enumerate(found) if n not in used]
    return Matches(matched, tuple(left))


def read_row(row: Assignment, source: Source, profile: Profile) -> Proposal:
    """Return the proposal in a row's file, with what only the list says filled in."""
    return _fill_in(row, _read(source).proposal, profile)


_MISSING = "文件夹里没有对得上的提案（按编号和题目找），请放入后再运行一次"


def _why_missing(row: Assignment, found: Iterable[Found]) -> str:
    """Say why a row has no file; one of its number and another title is named."""
    near = next((f for f in found if _same_number(row, f) and _same_title(row, f) is False), None)
    if near is None:
        return _MISSING
    name, title = PurePosixPath(near.path.replace("\\", "/")).name, near.proposal.title
    return (
        f"{name} 的编号相同，但题目是《{title}》，没有采用；是这一件的，请把清单里的题目改成一样"
        "再运行，不是的请放入正确的文件"
    )


def _read_folder(
    folder: Path, limits: Limits, apart: Sequence[Path]
) -> tuple[list[Found], list[tuple[str, str]]]:
    found: list[Found] = []
    left: list[tuple[str, str]] = []
    files = [
        file
        for file in list_files(folder, inside=folder)
        if not any(file.resolve().is_relative_to(path.resolve()) for path in apart)
    ]
    for item in read_all(files, limits=limits):
        try:
            if isinstance(item, ReadError):
                raise item
            found.append(_read(item))
        except ReadError as error:
            left.append((error.path, error.reason))
        except ReplygenError as error:
            left.append((item.path, str(error)))
    return found, left


def _read(source: Source) -> Found:
    parsed = parse_source(source)
    if isinstance(parsed, Registry):
        parsed = parsed.proposal
    sure = isinstance(parsed, Proposal)
    proposal = parsed if isinstance(parsed, Proposal) else parse_proposal(source)
    stem = PurePosixPath(source.path.replace("\\", "/").replace("!", "/")).stem
    told = [proposal.number] if proposal.number else _IN_NAME.findall(stem)
    titles = (proposal.title or "", _NAME_NOISE.sub("", stem))
    return Found(
        source.path,
        source.sha256,
        proposal,
        sure,
        frozenset(map(_bare, told)),
        tuple(bare for title in titles if len(bare := _bare_title(title)) >= _SHORTEST),
    )


def _points(row: Assignment, file: Found) -> float:
    """Return how surely a file is a row's: number and title each say yes, no or nothing. One
    number stands over a CPPCC proposal and over an NPC suggestion, so another title refuses
    what the number says."""
    number, title = _same_number(row, file), _same_title(row, file)
    if number is None and not title:
        return 0.0
    points = {True: 3.0, None: 0.0, False: -1.0}[number]
    points += {True: 3.0, None: 0.0, False: -2.0}[title]
    return points + (0.5 if file.sure else 0.0)


def _same_number(row: Assignment, file: Found) -> bool | None:
    """Return whether the numbers agree; None where one of the two has none."""
    if row.number is None or not file.numbers:
        return None
    return _bare(row.number) in file.numbers


def _same_title(row: Assignment, file: Found) -> bool | None:
    """Return whether the titles agree; None where one of the two has none, and where they
    are somewhat alike (the list shortens them)."""
    from rapidfuzz import fuzz

    bare = _bare_title(row.title or "")
    if len(bare) < _SHORTEST or not file.titles:
        return None
    likeness = max(fuzz.ratio(bare, title) for title in file.titles)
    if likeness >= NEAR_RATIO:
        return True
    loosely = max(fuzz.partial_ratio(bare, title) for title in file.titles)
    return None if loosely >= _LOOSELY or file.proposal.title is None else False


def _bare(number: str) -> str:
    return number.upper().lstrip("0") or "0"


@lru_cache(maxsize=4096)
def _bare_title(title: str) -> str:
    previous = None
    while previous != title:
        previous, title = title, _TITLE_NOISE.sub("", title)
    return title


def _match(row: Assignment, file: Found, profile: Profile) -> Matched:
    warnings = []
    if _same_title(row, file) is None and row.title:
        told = f"《{file.proposal.title}》" if file.proposal.title else "没有题目"
        warnings.append(f"按编号对上的，清单的题目与文件里的（{told}）不全一样，请核对")
    if _same_number(row, file) is False:
        told = "、".join(sorted(file.numbers))
        where = "文件里的编号" if file.proposal.number else "文件名里的编号"
        warnings.append(f"题目对上了，但{where}是 {file.proposal.number or told}，请核对")
    return Matched(row, file, _fill_in(row, file.proposal, profile), None, tuple(warnings))


def _fill_in(row: Assignment, proposal: Proposal, profile: Profile) -> Proposal:
    """Return the proposal with what the list says where the paper says nothing."""
    filled = replace(
        proposal,
        title=proposal.title or row.title,
        number=proposal.number or row.number,
        session=proposal.session or row.session,
        proposers=proposal.proposers or row.proposers,
        host=proposal.host or row.lead,
        co_hosts=proposal.co_hosts or row.co_hosts,
    )
    return give_our_role(filled, profile)


def _why_left(file: Found, rows: Iterable[Assignment]) -> str:
    if any(_points(row, file) >= _SURE for row in rows):
        return "对得上的那一行已经有另一个文件，请核对是不是重复"
    if any(_same_number(row, file) and _same_title(row, file) is False for row in rows):
        return "清单里有这个编号，但题目不是一回事，没有采用，请核对"
    return "清单里没有对得上的编号或题目"
