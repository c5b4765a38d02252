"""A large demo city within bounded memory: `python -m tests.bench.soak 9000000`."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GIGABYTE = 1024 * 1024  # ru_maxrss is in kB on Linux
LIMIT_GB = 6.0


def main(people: int) -> None:
    """Make and build a city of `people`; exit 1 where peak memory passes LIMIT_GB."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        command = [sys.executable, "-m", "talentmap", "demo", str(Path(folder) / "city")]
        subprocess.run([*command, "--people", str(people), "--no-serve"], check=True)
        seconds = time.monotonic() - started
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / GIGABYTE
    print(f"{people} people: {seconds:.0f} s, peak {peak:.2f} GB")
    if peak > LIMIT_GB:
        sys.exit(f"soak: peak memory {peak:.2f} GB is over {LIMIT_GB} GB")


if __name__ == "__main__":
    main(int(sys.argv[1]))
