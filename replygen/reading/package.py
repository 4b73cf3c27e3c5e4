"""The zip that a .docx is: its parts by relationship.

python-docx is not used for this because it refuses files that Word and WPS open: macro
and template types, the strict dialect of ISO/IEC 29500, relationships whose target is
missing (``NULL``). The elements are read with the same care everywhere.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib

from replygen.errors import LimitError, ReadError
from replygen.reading.content import Job
from replygen.reading.xml import Element, parse_xml

_DAMAGED = "Word 文件已损坏或不完整，请用 Word 或 WPS 打开后另存为 docx"
# ISO/IEC 29500 strict -> the transitional names that everybody writes.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


class Package:
    """A .docx opened for reading. Raises ReadError or LimitError when it cannot be."""

    def __init__(self, job: Job) -> None:
        self._job = job
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(job.data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise ReadError(job.name, _DAMAGED) from error
        check_archive(job, self._zip)
        self._names = set(self._zip.namelist())
        self.main = self._find_main()

    def _find_main(self) -> str:
        for kind, target in self.relations("").values():
            if kind == "officeDocument" and target in self._names:
                return target
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise ReadError(self._job.name, _DAMAGED)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return relationship id -> (last word of its type, part that it points to)."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self._names:
            return {}
        found = {}
        for relation in self.xml(path):
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            target = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            found[relation.get("Id", "")] = (kind, posixpath.normpath(target).lstrip("/"))
        return found

    def read(self, part: str) -> bytes:
        """Return a part's bytes. Raises ReadError when it is broken."""
        try:
            return self._zip.read(part)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            LookupError,
            ValueError,
            OSError,
        ) as error:
            raise ReadError(self._job.name, _DAMAGED) from error
        except (RuntimeError, NotImplementedError) as error:
            raise ReadError(self._job.name, "已加密，请先解除密码再读") from error

    def xml(self, part: str) -> Element:
        """Return the root element of a part. Raises ReadError when it is broken."""
        data = self.read(part)
        if b"purl.oclc.org/ooxml" in data:
            for strict, transitional in _STRICT:
                data = data.replace(strict, transitional)
        self._job.check_time()
        return parse_xml(self._job.name, data)

    def part(self, kind: str) -> Element | None:
        """Return the root of the main part's first relation of ``kind`` (``styles``,
        ``numbering``, ``footnotes``), None without one."""
        for found, target in self.relations(self.main).values():
            if found == kind and target in self._names:
                return self.xml(target)
        return None

    def has(self, part: str) -> bool:
        """Return whether the package has this part."""
        return part in self._names


def check_archive(job: Job, archive: zipfile.ZipFile) -> None:
    """Raise LimitError when a zip has too many entries, unpacks too large, or is packed
    so tightly that it may be made to fill the memory."""
    limits = job.limits
    entries = archive.infolist()
    if len(entries) > limits.archive_entries:
        raise LimitError(
            job.name,
            f"压缩包里有 {len(entries)} 个文件，超过 {limits.archive_entries} 个的上限；"
            "请分成几个压缩包",
        )
    total = sum(entry.file_size for entry in entries)
    if total > limits.archive_bytes:
        raise LimitError(
            job.name,
            f"解压后有 {total / 1e6:.1f} MB，超过 {limits.archive_bytes / 1e6:g} MB 的上限；"
            "请分成几个压缩包",
        )
    if total > limits.archive_ratio * max(1, len(job.data)):
        raise LimitError(
            job.name,
            f"压缩比超过 {limits.archive_ratio:g} 倍，可能是恶意压缩包，没有解开；"
            "确认无误的，请解压后再读",
        )
    for entry in entries if job.name.lower().endswith((".docx", ".docm", ".dotx")) else ():
        if entry.filename.endswith(".xml") and entry.file_size > limits.file_bytes:
            raise LimitError(job.name, "解开后的正文过大，请拆成较小的文件")
