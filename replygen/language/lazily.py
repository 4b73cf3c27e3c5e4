"""The public names of a package, each loaded with its module when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def load_lazily(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return what a package calls ``__getattr__``: it gives the names in ``homes`` from the
    modules of the package that they stand in. A search then waits for none of the modules
    that it does not need: hundreds of patterns are compiled as they are loaded."""

    def load(name: str) -> Any:  # noqa: ANN401 - the signature is Python's
        if name in homes:
            return getattr(import_module(f"{package}.{homes[name]}"), name)
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return load
