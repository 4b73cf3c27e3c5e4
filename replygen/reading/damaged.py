"""What is not what its name says: bytes of no format under the name of one are a damaged file."""

from __future__ import annotations

from pathlib import PurePosixPath

_PROGRAMS = {
    "Word": (".docx", ".doc", ".docm", ".rtf"),
    "WPS": (".wps", ".et", ".dps"),
    "PDF": (".pdf",),
    "OFD": (".ofd",),
    "Excel": (".xlsx", ".xls"),
    "PowerPoint": (".pptx", ".ppt"),
}
_BY_SUFFIX = {suffix: program for program, those in _PROGRAMS.items() for suffix in those}


def tell_damaged(name: str) -> str | None:
    """Return what is said of a file of this name whose bytes are of no format, None where
    the name promises none."""
    program = _BY_SUFFIX.get(PurePosixPath(name).suffix.lower())
    return program and f"这个 {program} 文件打不开，可能损坏了，请重新要一份"
