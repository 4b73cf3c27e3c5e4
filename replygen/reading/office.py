"""Old Office files (.doc, .wps, .rtf, .odt, Word 2003 XML) through LibreOffice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from replygen.errors import LimitError, ReadError
from replygen.reading.content import Content, Job
from replygen.reading.docx import read_docx

# Where LibreOffice installs itself without being put on PATH (Debian, macOS, Windows).
_USUAL_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice*/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)


def find_office() -> str | None:
    """Return LibreOffice's program, from PATH or a usual place; None without it."""
    for name in ("soffice", "libreoffice", "soffice.com"):
        if found := shutil.which(name):
            return found
    for place in _USUAL_PLACES:
        path = Path(place)
        for candidate in (
            sorted(path.parent.parent.parent.glob("libreoffice*/program/soffice"))
            if ("*" in place)
            else [path]
        ):
            if candidate.is_file():
                return str(candidate)
    return None


def read_office(job: Job) -> Content:
    """Return the paragraphs of an old Office file; ``format`` is ``doc``.

    Raises ReadError without LibreOffice or when it cannot read the file, LimitError when
    it takes longer than ``limits.seconds``.
    """
    office = find_office()
    if office is None:
        raise ReadError(
            job.name,
            "是旧版 Word 或 WPS 文件，需要安装 LibreOffice 才能读取；"
            "也可以用 Word 或 WPS 打开后另存为 docx",
        )
    with tempfile.TemporaryDirectory(prefix="replygen-") as folder:
        data = _convert(job, office, Path(folder))
    content = read_docx(replace(job, data=data))
    return replace(content, format="doc")


def _convert(job: Job, office: str, folder: Path) -> bytes:
    source = folder / f"input{_suffix(job.data)}"
    source.write_bytes(job.data)
    profile = folder / "profile"  # own profile: a running LibreOffice would lock the user's
    command = [
        office,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    _run(job, command)
    try:
        return (folder / "out" / "input.docx").read_bytes()
    except OSError as error:
        raise ReadError(
            job.name,
            "LibreOffice 打不开这个文件（可能已损坏或已加密），请用 Word 或 WPS 另存为 docx",
        ) from error


def _run(job: Job, command: list[str]) -> None:
    """Run LibreOffice, and end it with all its children when the time is up."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise ReadError(job.name, "LibreOffice 启动失败，请检查安装或另存为 docx") from error
    try:
        process.wait(timeout=max(0.01, job.seconds_left))
    except subprocess.TimeoutExpired as error:
        _end(process)
        raise LimitError(
            job.name,
            f"LibreOffice 转换超过 {job.limits.seconds:g} 秒，已停止；请用 Word 或 WPS 另存为 docx",
        ) from error
    except BaseException:
        _end(process)
        raise


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _suffix(data: bytes) -> str:
    """LibreOffice trusts the suffix for some formats, so it gets the right one."""
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(b"PK"):
        return ".odt"
    return ".xml" if data.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<") else ".doc"
