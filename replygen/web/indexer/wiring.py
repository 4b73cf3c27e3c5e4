"""How the tab's buttons are wired: what outsiders may not call, what shows no progress, what
fetches a file."""

from __future__ import annotations

from typing import Any

ACT = "() => window.rgAct || ''"  # what a button in a list asks for
PRIVATE: dict[str, Any] = {"api_visibility": "private"}
QUIET: dict[str, Any] = {"show_progress": "hidden", **PRIVATE}


def fetch(button: str) -> str:
    """Return the script that fetches the file behind a download button that is not seen."""
    return f"() => window.rgFetch('{button}')"
