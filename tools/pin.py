"""Write constraints.txt: the versions that were installed and tested together.

Run it in the tested environment: ``.venv/bin/python tools/pin.py``. A package that has
given up Python 3.10 is pinned for newer Pythons only, so that pip finds an older one there;
one that has given up Intel Macs is pinned to its last version there.
"""

from importlib.metadata import distributions
from pathlib import Path

from packaging.specifiers import SpecifierSet

HEAD = """\
# 一起测试过的版本（Python {python}）。由 tools/pin.py 写成，安装时用 pip install -c constraints.txt
"""
LEFT_OUT = {"replygen", "pip", "setuptools", "wheel", "uv"}
# The last versions with a wheel for Macs with an Intel processor (tools/list_wheels.py).
INTEL_MAC = {"cryptography": "48.0.1", "faiss-cpu": "1.13.2", "onnxruntime": "1.23.2"}
ON_INTEL_MAC = 'sys_platform == "darwin" and platform_machine == "x86_64"'
ELSEWHERE = '(sys_platform != "darwin" or platform_machine != "x86_64")'


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
        where = [] if old else ['python_version >= "3.11"']
        if name in INTEL_MAC:
            where.append(ELSEWHERE)
            lines.append(f"{name}=={INTEL_MAC[name]} ; {ON_INTEL_MAC}")
        lines.append(" ; ".join((f"{name}=={version}", *([" and ".join(where)] if where else []))))
    text = HEAD.format(python=platform.python_version()) + "\n".join(sorted(set(lines))) + "\n"
    Path(__file__).resolve().parent.parent.joinpath("constraints.txt").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
