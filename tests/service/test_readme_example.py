"""The README's library example, run as it stands."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import docx

from replygen.settings import resource


def test_the_library_example_of_the_readme_drafts_a_letter(root, tmp_path, monkeypatch, capsys):
    section = (root / "README.md").read_text(encoding="utf-8").split("### 当作程序库")[1]
    example = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert example is not None
    for variable in ("REPLYGEN_INDEX", "REPLYGEN_PROFILE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)
    shutil.copy(resource("corpus", "proposals", "0126.docx"), "提案.docx")
    for folder, room, kept in (
        ("外地答复", "others", "jizhou-livestream-*"),
        ("本单位", "own", "reply-*.txt"),
    ):
        Path(folder).mkdir()
        for path in (root / "corpus" / room).glob(kept):
            shutil.copy(path, folder)
    exec(compile(example[1], "README.md", "exec"), {})
    text = "\n".join(p.text for p in docx.Document("答复.docx").paragraphs)
    assert "直播电商" in text and "现答复如下" in text
    # without a profile the sender is a gap, which the report names
    printed = capsys.readouterr().out.splitlines()
    assert any(line.startswith("block slot.open ") for line in printed), printed
