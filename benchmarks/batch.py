"""A folder of workbooks, ten of them hostile: what is audited, in what time and memory, and what is left after a kill.

    python benchmarks/batch.py [--count 1000] [--rows 60] [--rounds 5]

1. All workbooks with two processes: how many were audited or rejected, with which codes; the memory of the program and
   of its processes while they were at it.
2. A hundred of the honest ones, in turn with one process, with two, and with openpyxl that loads each, puts in a
   comment and saves it, all in one process: medians of the ratios, and the ratio of the least times, which others who
   work on the machine disturb least.
3. A run that is killed when a third is done, and started again.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from zipfile import ZIP_DEFLATED, ZipFile

from printing import print_table
from workbooks import write_budget

ROOT = Path(__file__).parents[1]
_YARDSTICK = """
import sys
from pathlib import Path
from openpyxl import load_workbook
from openpyxl.comments import Comment
for file in map(Path, sys.argv[2:]):
    book = load_workbook(file)
    book.active["C4"].comment = Comment("periksa", "benchmark")
    book.save(Path(sys.argv[1]) / file.name)
"""
_HOSTILE_RULE = """

import os
import signal
from dataclasses import replace
from pathlib import Path


def hostile(book):
    how = Path(book.path).stem
    held = []
    while how == "hog":
        held.append(bytearray(2**24))
    while how == "loop":
        pass
    if how in ("abort", "killed"):
        os.kill(os.getpid(), {"abort": signal.SIGABRT, "killed": signal.SIGKILL}[how])
    return iter(())


RULE = replace(RULE, check=hostile)
"""
"""Put behind the rule of docs/example-rules: what a fault in a library would do, by the name of the workbook."""


def write_hostile(folder: Path, honest: Path) -> None:
    """Ten workbooks that cannot be audited, each for another reason."""
    folder.mkdir()
    content = honest.read_bytes()
    for name in ("abort", "killed", "hog", "loop"):
        (folder / f"{name}.xlsx").write_bytes(content)
    (folder / "truncated.xlsx").write_bytes(content[: len(content) // 2])
    (folder / "encrypted.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000))
    (folder / "page.xlsx").write_text("<html><body><p>Sesi Anda telah berakhir.</p></body></html>")
    (folder / "empty.xlsx").write_bytes(b"")
    (folder / "noise.xlsx").write_bytes(bytes(range(256)) * 40)
    with ZipFile(honest) as parts, ZipFile(folder / "bomb.xlsx", "w", ZIP_DEFLATED) as out:
        for part in parts.namelist():
            out.writestr(part, bytes(2**29) if part.endswith("sheet1.xml") else parts.read(part))


def install_hostile_rule(folder: Path) -> None:
    """A package as pip leaves it; only the hostile workbooks meet something in it."""
    info = folder / "hostile_rules-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hostile-rules\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[xlaudit.rules]\nhostile = hostile_rules:RULE\n")
    example = ROOT / "docs" / "example-rules" / "office_rules" / "round_budget.py"
    (folder / "hostile_rules.py").write_text(example.read_text("utf-8") + _HOSTILE_RULE, "utf-8")


def environment(cache: str, *paths: Path) -> dict[str, str]:
    held = {**os.environ, "XLAUDIT_CACHE": cache, "XLAUDIT_LEDGER": "off", "XLAUDIT_LANG": "en"}
    held["PYTHONPATH"] = os.pathsep.join(map(str, (*paths, ROOT)))
    return held


def command(inputs: Sequence[Path], out: Path, jobs: int, timeout: int = 10) -> list[str]:
    made = [sys.executable, "-m", "xlaudit", "audit", *map(str, inputs), "--output", str(out), "--jobs", str(jobs)]
    return [*made, "--timeout", str(timeout), "--memory", "600", "--format", "json", "--report", str(out) + ".json"]


def timed(
    call: Sequence[str], held: dict[str, str], samples: list[tuple[int, int]] | None = None
) -> tuple[float, float]:
    """Seconds by the clock and of the processor; ``samples`` takes MiB of the program and of its largest process."""
    start = time.perf_counter()
    process = subprocess.Popen(call, env=held, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG if samples is not None else 0)
        if pid:
            break
        assert samples is not None
        samples.append((_held(process.pid), max(map(_held, _children(process.pid)), default=0)))
        time.sleep(0.2)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1, 2):
        raise SystemExit(f"{call[:4]} ended with {process.returncode}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime


def _held(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20
    except (OSError, IndexError):
        return 0


def _children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def report_of(out: Path) -> list[dict[str, object]]:
    books: list[dict[str, object]] = json.loads(Path(f"{out}.json").read_text("utf-8"))["workbooks"]
    return books


def all_of_them(folder: Path, lines: list[tuple[str, str]]) -> None:
    """All workbooks with two processes, and the memory that they take."""
    samples: list[tuple[int, int]] = []
    rules = folder / "rules"
    install_hostile_rule(rules)
    wall, _ = timed(command([folder / "in"], folder / "all", 2), environment("off", rules), samples)
    books = report_of(folder / "all")
    codes = Counter(one["error"]["code"] for one in books if isinstance(one["error"], dict))
    copies = len(list((folder / "all").rglob("*.audit.xlsx")))
    lines.append(("workbooks: audited + rejected", f"{len(books)}: {len(books) - codes.total()} + {codes.total()}"))
    lines.append(("rejected as", ", ".join(f"{name} {count}" for name, count in sorted(codes.items()))))
    lines.append(("annotated copies; temporary files left", f"{copies}; {len(list(folder.rglob('.xlaudit-*')))}"))
    early, late = samples[len(samples) // 10], samples[-1] if samples[-1][0] else samples[-2]
    tenth = max(1, len(samples) // 10)
    lines.append(("program, MiB: after a tenth, at the end, most", f"{early[0]}, {late[0]}, {max(samples)[0]}"))
    largest = [max(one for _, one in samples[at : at + tenth]) for at in (tenth, len(samples) - tenth)]
    lines.append(("its processes, MiB: in the second tenth, in the last", f"{largest[0]}, {largest[1]}"))
    lines.append(("seconds in all, two processes, one loop of 10 s included", f"{wall:.1f}"))


def ratios(folder: Path, rounds: int, lines: list[tuple[str, str]]) -> None:
    """The same workbooks in turn: one process, two, openpyxl."""
    part = sorted((folder / "in" / "honest").iterdir())[:100]
    held = environment("off")
    taken: dict[str, list[tuple[float, float]]] = {"one": [], "two": [], "openpyxl": []}
    for number in range(rounds):
        outs = {name: folder / f"{name}{number}" for name in taken}
        outs["openpyxl"].mkdir()
        yard = [sys.executable, "-c", _YARDSTICK, str(outs["openpyxl"]), *map(str, part)]
        calls = {"one": command(part, outs["one"], 1), "two": command(part, outs["two"], 2), "openpyxl": yard}
        for name, call in calls.items():
            taken[name].append(timed(call, held))
            shutil.rmtree(outs[name])
    least = {name: (min(wall for wall, _ in one), min(cpu for _, cpu in one)) for name, one in taken.items()}
    pairs = list(zip(taken["one"], taken["two"], taken["openpyxl"], strict=True))
    told = "median of pairs; least of each"
    rows = (
        ("one process to two, time", [a[0] / b[0] for a, b, _ in pairs], least["one"][0] / least["two"][0]),
        ("one process to openpyxl, time", [a[0] / c[0] for a, _, c in pairs], least["one"][0] / least["openpyxl"][0]),
        ("two processes to openpyxl, time", [b[0] / c[0] for _, b, c in pairs], least["two"][0] / least["openpyxl"][0]),
        ("the same, processor", [a[1] / c[1] for a, _, c in pairs], least["one"][1] / least["openpyxl"][1]),
    )
    lines += [(f"{what} ({told})", f"{median(found):.2f}; {best:.2f}") for what, found, best in rows]
    rates = [f"{len(part) / least[name][0]:.1f}" for name in ("one", "two", "openpyxl")]
    lines.append(("workbooks per second, at best: one process, two, openpyxl", ", ".join(rates)))


def killed(folder: Path, lines: list[tuple[str, str]]) -> None:
    """A run that is killed when a third is done, and started again, against one that was not disturbed."""
    part = sorted((folder / "in" / "honest").iterdir())[:150]
    cache, out = folder / "cache", folder / "killed"
    timed(command(part, out, 2), environment("off"))
    wanted = {path.name: path.read_bytes() for path in out.iterdir()}, Path(f"{out}.json").read_bytes()
    for path in (*out.iterdir(), Path(f"{out}.json")):
        path.unlink()
    held = environment(str(cache))
    process = subprocess.Popen(command(part, out, 2), env=held, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while len(list(cache.rglob("*.result"))) < len(part) // 3 and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = len(list(cache.rglob("*.result")))
    again = subprocess.run(command(part, out, 2), env=held, capture_output=True, text=True)
    told = next((line for line in again.stderr.splitlines() if "--fresh" in line), "nothing taken")
    same = wanted == ({path.name: path.read_bytes() for path in out.iterdir()}, Path(f"{out}.json").read_bytes())
    taken = told.split(" workbooks")[0].split(": ")[-1]
    lines.append((f"killed when {done} of {len(part)} were done; then taken", taken))
    lines.append(("its report and copies are those of a run undisturbed", "yes" if same else "NO"))


def main() -> int:
    parser = argparse.ArgumentParser(description="Audits a folder of workbooks, ten of them hostile.")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    lines: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in" / "honest").mkdir(parents=True)
        for number in range(given.count - 10):
            write_budget(folder / "in" / "honest" / f"dinas{number:05d}.xlsx", given.rows, seed=number)
        write_hostile(folder / "in" / "a-hostile", folder / "in" / "honest" / "dinas00000.xlsx")
        all_of_them(folder, lines)
        ratios(folder, given.rounds, lines)
        killed(folder, lines)
    print_table(("", "measured"), lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
