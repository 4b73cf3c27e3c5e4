"""Put a finished file in its place, whole or not at all."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from replygen.errors import ExportError
from replygen.language import files

_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_whole(path: Path, data: bytes) -> Path:
    """Write ``data`` to ``path`` and return it. A reader sees the old file or the new one,
    never half. Raises ExportError where the place cannot be written."""
    if path.is_dir():
        raise ExportError(f"{path}：这是一个文件夹，请写上文件名，例如 {path / '答复稿.docx'}")
    try:
        files.write_whole(path, data)
    except OSError as error:
        if error.filename2 is None:  # not the last step, that puts it in its place
            raise ExportError(
                f"{path.parent}：不能在这个文件夹里写文件（{error.strerror}），请换一个位置"
            ) from error
        raise ExportError(
            f"{path}：写不进去（{error.strerror}）；如果它正在 Word 或 WPS 里打开，请先关闭再试"
        ) from error
    return path


def repack(data: bytes) -> bytes:
    """Return the archive ``data`` with every member dated 1980-01-01, so that the same
    draft gives the same bytes but for the dates written inside."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name))
    return out.getvalue()
