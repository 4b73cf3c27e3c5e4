"""Show a .docx as pictures, through LibreOffice.

The fonts of public documents (方正小标宋, 仿宋_GB2312 …) are licensed and often missing
where a preview is made. Only the rendering process is told what may stand in for them;
the .docx keeps its font names (STANDARDS 4.2).
"""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from replygen.errors import ExportError
from replygen.word.templating import render

# Font of a document -> free families that may stand in, best first. Debian has no
# simplified 仿宋: Noto Serif takes its place, so a preview is close, not exact.
_STAND_INS: dict[str, tuple[str, ...]] = {
    "方正小标宋简体": ("方正小标宋_GBK", "STZhongsong", "Noto Serif CJK SC Black"),
    "方正小标宋_GBK": ("方正小标宋简体", "STZhongsong", "Noto Serif CJK SC Black"),
    "仿宋_GB2312": ("FangSong", "方正仿宋_GBK", "Zhuque Fangsong (technical preview)"),
    "仿宋": ("FangSong", "仿宋_GB2312", "方正仿宋_GBK"),
    "楷体_GB2312": ("KaiTi", "方正楷体_GBK", "LXGW WenKai", "AR PL UKai CN"),
    "楷体": ("KaiTi", "楷体_GB2312", "LXGW WenKai", "AR PL UKai CN"),
    "黑体": ("SimHei", "方正黑体_GBK", "Noto Sans CJK SC", "WenQuanYi Zen Hei"),
    "宋体": ("SimSun", "Noto Serif CJK SC", "AR PL UMing CN"),
}
_LAST = ("Noto Serif CJK SC", "AR PL UMing CN", "Noto Sans CJK SC")
_BOLD = ("方正小标宋简体", "方正小标宋_GBK")
_SECONDS = 120


def render_preview(docx: Path, folder: Path, *, dpi: int = 100) -> tuple[Path, ...]:
    """Return the PNG files of the pages, in order, in ``folder`` (made if missing) and
    named ``<name>-1.png`` …; the PDF lies beside them as ``<name>.pdf``. Raises
    ExportError when LibreOffice is missing (says what to install) or fails."""
    pdf = render_pdf(docx, folder)
    for old in folder.glob(f"{glob.escape(docx.stem)}-[0-9]*.png"):
        old.unlink()
    return _draw_pages(pdf, dpi)


def render_pdf(docx: Path, folder: Path) -> Path:
    """Return the PDF that LibreOffice makes of ``docx`` in ``folder``; errors as in
    ``render_preview``."""
    if not docx.is_file():
        raise ExportError(f"{docx}：没有这个文件，请检查路径")
    office = _find_office()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{folder}：不能建这个文件夹（{error.strerror}）") from error
    with tempfile.TemporaryDirectory(prefix="replygen-office-") as scratch:
        _run_office(office, docx.resolve(), folder.resolve(), Path(scratch))
    pdf = folder / f"{docx.stem}.pdf"
    if not pdf.is_file():
        raise ExportError(f"{docx}：LibreOffice 没有转换成功，请用 Word 或 WPS 打开查看")
    return pdf


def _find_office() -> str:
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    raise ExportError(
        "没有找到 LibreOffice，不能生成预览：请安装（Debian/Ubuntu：apt install "
        "libreoffice-writer-nogui fonts-noto-cjk fonts-lxgw-wenkai），或直接用 Word、WPS 打开 .docx"
    )


def _run_office(office: str, docx: Path, folder: Path, scratch: Path) -> None:
    """Convert with a profile of its own: a LibreOffice that the user has open would take
    the job over and an interrupted one would ask to recover files."""
    fonts = scratch / "fonts.conf"
    fonts.write_text(_font_config(scratch / "cache"), encoding="utf-8")
    command = [
        office,
        f"-env:UserInstallation={(scratch / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf:writer_pdf_Export",
        "--outdir",
        str(folder),
        str(docx),
    ]
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts), "HOME": str(scratch)}
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ExportError(f"{docx}：LibreOffice 转换超过 {_SECONDS} 秒，已停止") from error
    except OSError as error:
        raise ExportError(f"{office}：启动不了（{error.strerror}），请重装 LibreOffice") from error
    if done.returncode != 0:
        raise ExportError(
            f"{docx}：LibreOffice 转换失败（{done.returncode}），请用 Word 或 WPS 查看"
        )


def _font_config(cache: Path) -> str:
    """The child's fontconfig: the system's, and stand-ins behind each font's own name."""
    families = {name: dict.fromkeys((*names, *_LAST)) for name, names in _STAND_INS.items()}
    return render("fonts.xml", families=families, bold=_BOLD, cache=str(cache))


def _draw_pages(pdf: Path, dpi: int) -> tuple[Path, ...]:
    import pypdfium2

    pages = []
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            path = pdf.with_name(f"{pdf.stem}-{number + 1}.png")
            document[number].render(scale=dpi / 72).to_pil().save(path)
            pages.append(path)
    finally:
        document.close()
    return tuple(pages)
