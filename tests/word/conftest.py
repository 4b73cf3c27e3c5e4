"""The sample draft, exported once for each paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_draft import FINDINGS, PROFILE, sample_draft

from replygen.models import Draft
from replygen.word import export_docx


@pytest.fixture(scope="session")
def draft() -> Draft:
    return sample_draft()


@pytest.fixture(scope="session")
def letter(draft: Draft, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("letter") / "答复稿.docx"
    return export_docx(draft, path, profile=PROFILE, findings=FINDINGS)


@pytest.fixture(scope="session")
def document(draft: Draft, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("document") / "答复稿.docx"
    return export_docx(draft, path, profile=PROFILE, paper="document", findings=FINDINGS)


@pytest.fixture(scope="session")
def clean(draft: Draft, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clean") / "答复稿.docx"
    return export_docx(draft, path, profile=PROFILE, findings=FINDINGS, comments=False)
