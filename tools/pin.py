"""Write constraints.txt: the versions that were installed and tested together.

Run it in the tested environment: ``.venv/bin/python tools/pin.py``. A package that has
given up Python 3.10 is pinned for newer Pythons only, so that pip finds an older one there.
"""

from importlib.metadata import distributions
from pathlib import Path

from packaging.specifiers import SpecifierSet

HEAD = """\
# 一起测试过的版本（Python {python}）。由 tools/pin.py 写成，安装时用 pip install -c constraints.txt
"""
LEFT_OUT = {"replygen", "pip", "setuptools", "wheel"}


def main() -> None:
    """Write constraints.txt."""
    import platform

    lines = []
    for dist in distributions():
        name = dist.metadata["Name"].lower().replace("_", "-")
        if name in LEFT_OUT:
            continue
        version = dist.version.split("+")[0]
        needs = dist.metadata.get("Requires-Python") or ""
        old = SpecifierSet(needs).contains("3.10.13") if needs else True
        lines.append(f"{name}=={version}" + ("" if old else ' ; python_version >= "3.11"'))
    text = HEAD.format(python=platform.python_version()) + "\n".join(sorted(set(lines))) + "\n"
    Path(__file__).resolve().parent.parent.joinpath("constraints.txt").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
