"""A large demo city within bounded memory: `python -m tests.bench.soak 9000000`."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GIGABYTE = 1024 * 1024  # ru_maxrss is in kB on Linux
LIMIT_GB = 4.0


def main(people: int) -> None:
    """Make and build a city of `people`; exit 1 where peak memory passes LIMIT_GB.

    The city is made in one process and built in another, so that each has its own peak.
    """
    with tempfile.TemporaryDirectory() as folder:
        city = Path(folder) / "city"
        make = (
            f"from talentmap.demo.city import make_demo; make_demo(Path({str(city)!r}), {people})"
        )
        made = measured("made", "-c", f"from pathlib import Path; {make}")
        built = measured("built", "-m", "talentmap", "build", str(city))
        disk = sum(file.stat().st_size for file in city.rglob("*") if file.is_file())
    print(f"{people} people: {disk / 1e9:.2f} GB on disk")
    if max(made, built) > LIMIT_GB:
        sys.exit(f"soak: peak memory {max(made, built):.2f} GB is over {LIMIT_GB} GB")


def measured(what: str, *arguments: str) -> float:
    """Run Python with the arguments, print what it took, return its peak memory in GB."""
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    # A parent that waits on a child learns the largest peak of all so far: hence one of its own.
    watcher = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-c", watcher, sys.executable, *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = int(done.stdout.split()[-1]) / GIGABYTE
    wall, cpu = time.monotonic() - started, after.ru_utime - before.ru_utime
    print(f"{what}: {wall:.0f} s, {cpu:.0f} s of processor, peak {peak:.2f} GB", flush=True)
    return peak


if __name__ == "__main__":
    main(int(sys.argv[1]))
