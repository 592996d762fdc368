"""What annotating a large workbook costs beside compressing its parts again, and how much memory.

    python benchmarks/annotating.py [--rows 100000] [--findings 500] [--pairs 5]

Processes of their own, in turn so that a busy machine slows both; processor seconds inside them, without starting
Python. ``recompressing`` reads every part of the file and compresses it again, part by part: what any program must
do that writes the file anew. ``added`` is what annotating takes beyond that, ``ratio`` by how much: the aim is below
1.5. ``peak`` is the memory taken while annotating, beyond what the process had after importing, against the largest
part: the aim is below 2. ``clean`` likewise.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from printing import print_table
from workbooks import write_budget

_PRELUDE = """
import json, resource, sys, time, zipfile, zlib
from pathlib import Path
source, target, findings = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
def peak():
    status = Path("/proc/self/status")  # getrusage would tell of the process that started this one, too
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
"""
_TIMED = """
before, start = peak(), time.process_time()
work()
print(json.dumps([time.process_time() - start, peak() - before]))
"""
RECOMPRESSING = """
def work():
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
"""
ANNOTATING = """
from xlaudit.annotate import Heading, Mark, annotate
rows = [4 + number * 97_003 % 90_000 for number in range(findings)]
marks = [
    Mark("Realisasi", f"D{row}", ("error", "warning", "note")[row % 3], "Jumlah tidak sama dengan rinciannya.",
         f"f{row}", "RA101", "Program A", "722400000", "822400000", "-100000000", "Satu angka hilang.", "Periksa.",
         live=f"D{row}<>SUM(D{row + 1}:D{row + 9})")
    for row in rows
]
def work():
    annotate(source, target, marks, Heading(file=source.name, version="0"))
"""
CLEANING = """
from xlaudit.annotate import clean
def work():
    clean(source, target)
"""


def once(work: str, source: Path, target: Path, findings: int) -> tuple[float, int]:
    """Processor seconds and bytes of one run."""
    command = [sys.executable, "-c", _PRELUDE + work + _TIMED, str(source), str(target), str(findings)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, memory = json.loads(done.stdout)
    return seconds, memory


def largest(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return max(info.file_size for info in archive.infolist())


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--findings", type=int, default=500)
    parser.add_argument("--pairs", type=int, default=5)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, anew, marked, cleaned = (folder / f"{stem}.xlsx" for stem in ("s", "r", "a", "c"))
        write_budget(source, chosen.rows)
        runs: dict[str, list[tuple[float, int]]] = {"recompressing": [], "annotating": [], "cleaning": []}
        for _ in range(chosen.pairs):
            runs["recompressing"].append(once(RECOMPRESSING, source, anew, 0))
            runs["annotating"].append(once(ANNOTATING, source, marked, chosen.findings))
            runs["cleaning"].append(once(CLEANING, marked, cleaned, 0))
        part = largest(source)
        lines = []
        for what, results in runs.items():
            times = [seconds for seconds, _ in results]
            ratios = [t / r for t, (r, _) in zip(times, runs["recompressing"], strict=True)]
            peak = max(memory for _, memory in results) / part
            lines.append([what, f"{median(times):.2f} s", f"{median(ratios):.2f}", f"{peak:.2f}"])
        print(f"{chosen.rows} rows, {chosen.findings} findings, largest part {part / 2**20:.1f} MiB")
        print_table(["", "time", "ratio", "peak : largest part"], lines)


if __name__ == "__main__":
    main(sys.argv[1:])
