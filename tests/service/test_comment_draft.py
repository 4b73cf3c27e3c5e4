"""A draft that was edited elsewhere comes back with its findings as comments."""

from __future__ import annotations

import docx
import pytest

from replygen import Desk, load_settings
from replygen.errors import SettingsError
from replygen.service.copies import comment_draft
from replygen.settings import sample_settings

LETTER = ["关于市政协提案的答复", "林静委员：", "1、2024年，我局在澄州市立案43起,已全部办结。"]


@pytest.fixture
def desk(tmp_path):
    with Desk(sample_settings(load_settings(cwd=tmp_path))) as desk:
        yield desk


@pytest.mark.parametrize("suffix", [".docx", ".txt", ".md"])
def test_every_format_of_a_draft_gives_a_commented_docx(desk, tmp_path, suffix):
    path = tmp_path / f"稿{suffix}"
    if suffix == ".docx":
        document = docx.Document()
        for line in LETTER:
            document.add_paragraph(line)
        document.save(str(path))
    else:
        path.write_text("\n\n".join(LETTER), encoding="utf-8")
    old = path.read_bytes()
    result = comment_draft(desk, path, tmp_path / "批注.docx", fix=True)
    comments = docx.Document(str(result.path)).comments
    assert len(list(comments)) == len(result.report.findings) > 0
    assert any("澄州市" in comment.text for comment in comments)
    assert result.edits and path.read_bytes() == old


@pytest.mark.parametrize("name", ["批注.txt", "稿.docx"])
def test_a_place_that_cannot_be_is_refused(desk, tmp_path, name):
    document = docx.Document()
    document.add_paragraph("关于提案的答复")
    document.save(str(tmp_path / "稿.docx"))
    with pytest.raises(SettingsError):
        comment_draft(desk, tmp_path / "稿.docx", tmp_path / name)
