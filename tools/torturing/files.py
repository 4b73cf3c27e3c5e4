"""(b) Broken and hostile files: no traceback, none over 10 seconds of the processor or 1.5 GB, no
secret read, no reader that hangs."""

from __future__ import annotations

import json
import os
import select
import subprocess
from collections import Counter
from pathlib import Path

from tools.torturing.mutations import SECRET, make_mutations, make_traps
from tools.torturing.parts import Part, Wish, environment, percentile, python, scratch

# REPLYGEN_TORTURE_SECONDS: where a shared machine's processor seconds are longer than ours
SECONDS = float(os.environ.get("REPLYGEN_TORTURE_SECONDS", "10"))
BYTES = 1_500_000_000
_PATIENCE = 120.0  # seconds until a reader that hangs is killed
_ONE_LINE = 600  # characters


class _Reader:
    """A process that reads files; a new one takes its place when it dies or hangs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, path: Path) -> dict[str, object]:
        if self._process is None:
            self._process = subprocess.Popen(
                python("-m", "tools.torturing.read", str(self._folder)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
            )
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps(str(path)).encode() + b"\n")
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], _PATIENCE)
        line = process.stdout.readline() if ready else b""
        if line:
            said: dict[str, object] = json.loads(line)
            return said
        self.stop()
        return {"fault": "died" if ready else f"hung for {_PATIENCE:.0f} s"}

    def stop(self) -> None:
        """End the process; the next file gets a new one, with memory counted anew."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def run(wish: Wish) -> Part:
    """Read ``wish.files`` mutated files and every trap."""
    part, draw = Part("files"), wish.draw("files")
    seconds: list[float] = []
    most, kinds, read = 0, Counter[str](), 0
    with scratch() as folder:
        reader = _Reader(folder)
        try:
            for name, path in make_traps(folder / "traps"):
                reader.stop()  # the memory of each trap is its own
                said = reader.read(path)
                _judge(part, f"trap {name}", said)
                seconds.append(float(said.get("seconds", _PATIENCE)))  # type: ignore[arg-type]
                most = max(most, int(said.get("bytes", 0)))  # type: ignore[call-overload]
                kinds["trap"] += 1
            reader.stop()
            for name, path in make_mutations(folder / "mutated", draw, wish.files):
                said = reader.read(path)
                _judge(part, name, said)
                seconds.append(float(said.get("seconds", _PATIENCE)))  # type: ignore[arg-type]
                most = max(most, int(said.get("bytes", 0)))  # type: ignore[call-overload]
                kinds[path.suffix.lstrip(".")] += 1
                read += bool(said.get("read"))
                os.unlink(path)
        finally:
            reader.stop()
    part.figures = {
        **{f"n_{kind}": count for kind, count in sorted(kinds.items())},
        "mutated_but_read": read,
        "seconds_p95": round(percentile(seconds, 0.95), 3),
        "seconds_most": round(max(seconds, default=0.0), 2),
        "megabytes_most": most // 1_000_000,
    }
    return part


def _judge(part: Part, name: str, said: dict[str, object]) -> None:
    part.tried += 1
    fault = said.get("fault")
    part.expect(fault is None, f"{name}: {fault}")
    if fault is not None:
        return
    took, held = float(said["seconds"]), int(said["bytes"])  # type: ignore[arg-type,call-overload]
    part.expect(took <= SECONDS, f"{name}: {took:.1f} s")
    part.expect(held <= BYTES, f"{name}: {held / 1e9:.2f} GB")
    part.expect(SECRET not in str(said["text"]), f"{name}: a file of the machine was read")
    for error in said["errors"]:  # type: ignore[attr-defined]
        one_line = "\n" not in error and len(error) <= _ONE_LINE
        part.expect(one_line, f"{name}: not one line: {error[:200]!r}")
