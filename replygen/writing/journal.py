"""The log of the writer: prompt and answer of every call, one JSON line each; or their hashes."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from replygen.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Journal:
    """Where the log lies; nothing is kept without a path. It never holds the key."""

    path: Path | None = None
    hash_only: bool = False

    def note(
        self, model: str, ask: int, messages: Sequence[dict[str, str]], answer: str, error: str = ""
    ) -> None:
        """Add one call. Raises SettingsError where the file cannot be written."""
        if self.path is None:
            return
        prompt = json.dumps(list(messages), ensure_ascii=False)
        row: dict[str, object] = {
            "at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
            "model": model,
            "ask": ask,
            "prompt_sha256": hashlib.sha256(prompt.encode()).hexdigest(),
            "answer_sha256": hashlib.sha256(answer.encode()).hexdigest(),
            "error": error or None,
        }
        if not self.hash_only:
            row |= {"prompt": list(messages), "answer": answer}
        try:
            with open(self.path, "a", encoding="utf-8", opener=_open_private) as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        except OSError as error_:
            raise SettingsError(
                f"{self.path}：写不进模型记录（{error_.strerror}），请换一个位置"
            ) from error_


def _open_private(path: str, flags: int) -> int:
    """Open a file that only this account reads: it holds proposals and material."""
    return os.open(path, flags, 0o600)
