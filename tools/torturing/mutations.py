"""Broken files made of our sample corpus, and files that are made to harm."""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.torturing.parts import ROOT

SECRET = "replygen-secret-4711"  # what stands in a file that no document may make us read
_CORPUS = ROOT / "corpus"
_MARKS = (b"<", b">", b"&", b"\x00", b"\xff\xfe", b"%PDF", b"PK\x03\x04", b"</w:p>", "《".encode())
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# How many of a hundred files are of a format; a .doc takes LibreOffice seconds.
_SHARES = {"docx": 34, "pdf": 16, "html": 18, "zip": 14, "txt": 16, "doc": 2}


def make_mutations(folder: Path, draw: random.Random, wanted: int) -> Iterator[tuple[str, Path]]:
    """Yield ``wanted`` broken files, one at a time, with their names."""
    folder.mkdir(parents=True)
    seeds = _read_seeds(folder)
    formats = [name for name in _SHARES if seeds.get(name)]
    weights = [_SHARES[name] for name in formats]
    for number in range(wanted):
        kind = draw.choices(formats, weights)[0]
        seed = draw.choice(seeds[kind])
        change = _change_package if kind in ("docx", "zip") and draw.random() < 0.6 else _change
        path = folder / f"m{number}.{kind}"
        path.write_bytes(change(seed, draw))
        yield f"{kind} #{number}", path


def _read_seeds(folder: Path) -> dict[str, list[bytes]]:
    seeds: dict[str, list[bytes]] = {kind: [] for kind in _SHARES}
    for path in sorted(_CORPUS.rglob("*")):
        kind = path.suffix.lstrip(".").replace("md", "txt")
        if kind in seeds and path.stat().st_size < 400_000:
            seeds[kind].append(path.read_bytes())
    for start in range(0, 9, 3):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted((_CORPUS / "others").glob("*"))[start : start + 3]:
                archive.write(path, path.name)
        seeds["zip"].append(packed.getvalue())
    seeds["doc"] = _make_doc(folder)
    return seeds


def _make_doc(folder: Path) -> list[bytes]:
    """Return an old Word file; none where there is no LibreOffice."""
    office = shutil.which("soffice")
    first = next((_CORPUS / "own").glob("*.docx"), None)
    if office is None or first is None:
        return []
    subprocess.run(
        [office, f"-env:UserInstallation={(folder / 'lo').as_uri()}", "--headless",
         "--convert-to", "doc", "--outdir", str(folder), str(first)],
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    made = folder / f"{first.stem}.doc"
    return [made.read_bytes()] if made.exists() else []


def _change(data: bytes, draw: random.Random) -> bytes:
    """Return ``data`` with one to eight changes of its bytes."""
    changed = bytearray(data)
    for _ in range(draw.randint(1, 8)):
        at = draw.randrange(len(changed) or 1)
        size = draw.choice((1, 4, 64, 1000))
        match draw.randrange(6):
            case 0:
                changed[at : at + 1] = bytes([draw.randrange(256)])
            case 1:
                del changed[at : at + size]
            case 2:
                changed[at:at] = draw.randbytes(size)
            case 3:
                changed[at:at] = changed[draw.randrange(len(changed) or 1) :][:size] * 3
            case 4:
                changed[at:at] = draw.choice(_MARKS) * draw.choice((1, 2, 500))
            case _:
                del changed[max(at, 1) if draw.random() < 0.2 else max(len(changed) - size, 1) :]
    return bytes(changed)


def _change_package(data: bytes, draw: random.Random) -> bytes:
    """Return a zip with one part changed, lost or put twice: its outside is sound."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        victim = draw.choice(names)
        for name in names:
            inside = old.read(name)
            if name == victim:
                fate = draw.random()
                if fate < 0.1:
                    continue
                inside = _change(inside, draw) if fate < 0.9 else b""
            new.writestr(zipfile.ZipInfo(name), inside, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# ── traps ─────────────────────────────────────────────────────────────────


def make_traps(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the usual traps with what each is."""
    folder.mkdir(parents=True)
    secret = folder / "secret.txt"
    secret.write_text(f"{SECRET}\n", encoding="utf-8")
    for name, make in _TRAPS.items():
        path = folder / f"trap-{len(list(folder.iterdir()))}"
        yield name, make(path, secret)
    secret.unlink()


def _docx(path: Path, document: str, packing: int = zipfile.ZIP_STORED) -> Path:
    """Write a Word file with this document.xml."""
    path = path.with_suffix(".docx")
    kinds = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w", packing) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{kinds}/content-types"><Default Extension="xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{kinds}/relationships"><Relationship Id="r1" Type='
            f'"{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", document)
    return path


def _word(body: str, head: str = "") -> str:
    return f'{head}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _repeated(path: Path, _secret: Path) -> Path:
    return _docx(path, _word(_paragraph("一是加强监管。") * 100_000), zipfile.ZIP_DEFLATED)


def _many_paragraphs(path: Path, _secret: Path) -> Path:
    draw = random.Random(5)
    signs = "监管检查市场食品药品登记约谈整改宣传培训制度台账" * 4
    text = (_paragraph(f"{n}.{''.join(draw.choices(signs, k=20))}。") for n in range(100_000))
    return _docx(path, _word("".join(text)))


def _deep_tables(path: Path, _secret: Path) -> Path:
    cell = "<w:tbl><w:tr><w:tc>"
    return _docx(path, _word(f"{cell * 3000}{_paragraph('深')}{'</w:tc></w:tr></w:tbl>' * 3000}"))


def _deep_controls(path: Path, _secret: Path) -> Path:
    inner = "<w:sdt><w:sdtContent>" * 5000 + _paragraph("深") + "</w:sdtContent></w:sdt>" * 5000
    return _docx(path, _word(inner))


def _entity_docx(path: Path, secret: Path) -> Path:
    head = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    return _docx(path, _word(_paragraph("建议：&x;"), head))


def _laughs_docx(path: Path, _secret: Path) -> Path:
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE d [<!ENTITY l0 "哈哈哈哈">{rows}]>'
    return _docx(path, _word(_paragraph("&l11;"), head))


def _bomb(inside: str, size: int) -> Callable[[Path, Path], Path]:
    def make(path: Path, _secret: Path) -> Path:
        path = path.with_suffix(".zip")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open(inside, "w", force_zip64=True) as out:
                for _ in range(size // 10_000_000):
                    out.write(bytes(10_000_000))
        return path

    return make


def _nested_zips(path: Path, _secret: Path) -> Path:
    data, name = b"\xe5\xbb\xba" * 10, "a.txt"
    for _ in range(60):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, data)
        data, name = out.getvalue(), "a.zip"
    path = path.with_suffix(".zip")
    path.write_bytes(data)
    return path


def _many_entries(path: Path, _secret: Path) -> Path:
    path = path.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(70_000):
            archive.writestr(f"{number}.txt", "建议")
    return path


_NAMES = (
    *("../../出去.txt", "/etc/绝对.txt", "换\n行.txt", "回\r车\t.txt", f"{'a' * 4000}.txt"),
    *("\x1b[31m红.txt", "\u202e反.txt"),
)


def _bad_names(path: Path, secret: Path) -> Path:
    path = path.with_suffix(".zip")
    text = "关于监管的提案\n建议：一、加强监测。"
    with zipfile.ZipFile(path, "w") as archive:
        for name in _NAMES:
            archive.writestr(name, text)
        link = zipfile.ZipInfo("连接.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, str(secret))
    return path


def _lying_size(path: Path, _secret: Path) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"a" * 1_000_000)
    small = (10).to_bytes(4, "little")
    path = path.with_suffix(".zip")
    path.write_bytes(out.getvalue().replace((1_000_000).to_bytes(4, "little"), small))
    return path


def _folder_with_bad_names(path: Path, _secret: Path) -> Path:
    path.mkdir()
    for name in (b"\xff\xfe.txt", "换\n行.txt".encode(), b"a b'\"$(x).txt"):
        with open(os.path.join(os.fsencode(path), name), "wb") as out:
            out.write("关于监管的提案\n建议：一、加强监测。".encode())
    return path


def _links_in_a_circle(path: Path, secret: Path) -> Path:
    (path / "甲").mkdir(parents=True)
    (path / "甲" / "乙").symlink_to(path, target_is_directory=True)
    (path / "自己").symlink_to(path / "自己")
    (path / "空.txt").symlink_to(path / "没有")
    (path / "正常.txt").write_text("关于监管的提案\n建议：一、加强监测。", encoding="utf-8")
    return path


def _pipe(path: Path, _secret: Path) -> Path:
    path.mkdir()
    os.mkfifo(path / "管道.txt")
    return path


def _text(name: str, text: bytes) -> Callable[[Path, Path], Path]:
    def make(path: Path, secret: Path) -> Path:
        path = path.with_suffix(name)
        path.write_bytes(text.replace(b"SECRET", secret.as_uri().encode()))
        return path

    return make


def _pdf(objects: list[bytes]) -> bytes:
    body = b"%PDF-1.4\n"
    for number, text in enumerate(objects, 1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    return body + b"trailer << /Root 1 0 R /Size %d >>\n%%%%EOF\n" % (len(objects) + 1)


_PDF_CIRCLE = _pdf([b"<< /Type /Catalog /Pages 2 0 R >>",
                    b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"])  # fmt: skip
_PDF_PAGES = _pdf(
    [b"<< /Type /Catalog /Pages 2 0 R >>",
     b"<< /Type /Pages /Kids [" + b"3 0 R " * 100_000 + b"] /Count 100000 >>",
     b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"]
)  # fmt: skip
_STREAM = zlib.compress(bytes(200_000_000), 9)
_PDF_BOMB = _pdf(
    [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
     b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R >>",
     b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(_STREAM), _STREAM)]
)  # fmt: skip
_LINE = "一是加强监管，二是开展检查。\n".encode()
_TRAPS: dict[str, Callable[[Path, Path], Path]] = {
    "docx of 100,000 paragraphs": _many_paragraphs,
    "docx that is packed 200 to 1": _repeated,
    "docx of 3,000 nested tables": _deep_tables,
    "docx of 5,000 nested controls": _deep_controls,
    "docx that names a file": _entity_docx,
    "docx of a billion laughs": _laughs_docx,
    "zip of 1.1 GB of zeros": _bomb("a.txt", 1_100_000_000),
    "document in a zip, 300 MB of zeros": _bomb("word/document.xml", 300_000_000),
    "60 zips in one another": _nested_zips,
    "zip of 70,000 entries": _many_entries,
    "zip with names that lead out": _bad_names,
    "zip that lies about its size": _lying_size,
    "folder with names that are no text": _folder_with_bad_names,
    "links in a circle": _links_in_a_circle,
    "a pipe that nobody writes to": _pipe,
    "text of 100,000 lines": _text(".txt", _LINE * 100_000),
    "text of one line of 5 MB": _text(".txt", _LINE.strip() * 120_000),
    "text of 2 MB of brackets": _text(".txt", "（".encode() * 700_000),
    "text of 100,000 list marks": _text(".txt", "一、".encode() * 100_000),
    "text of 100,000 digits": _text(".txt", b"9" * 100_000 + "万元".encode()),
    "text of Chinese digits": _text(".txt", "关于一".encode() + "亿万千百十".encode() * 20_000),
    "text of zero bytes": _text(".txt", bytes(1_000_000)),
    "empty": _text(".txt", b""),
    "only a mark of its encoding": _text(".txt", b"\xff\xfe"),
    "html of 100,000 nested boxes": _text(".html", b"<div>" * 100_000 + "建议".encode()),
    "html of 100,000 open tables": _text(".html", b"<table><tr><td>" * 30_000 + b"x"),
    "html of 100,000 paragraphs": _text(".html", b"<p>" + _LINE * 3 + b"<p>" * 100_000 + _LINE),
    "html with a tag of 2 MB": _text(".html", b"<html><p " + b"a=b " * 500_000 + b">x"),
    "html that names a file": _text(
        ".html", b'<!DOCTYPE d [<!ENTITY x SYSTEM "SECRET">]><html><p>&x;<iframe src="SECRET">'
    ),
    "pdf whose pages hold themselves": _text(".pdf", _PDF_CIRCLE),
    "pdf of 100,000 pages": _text(".pdf", _PDF_PAGES),
    "pdf with 200 MB in 200 KB": _text(".pdf", _PDF_BOMB),
    "rtf of 100,000 groups": _text(".rtf", b"{\\rtf1 " + b"{" * 100_000),
}
