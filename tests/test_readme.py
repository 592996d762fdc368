"""README.md tells the truth: its quickstart lines, its commands and options, its links."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from xlaudit.cli.audit import audit
from xlaudit.cli.commands import COMMANDS
from xlaudit.reports import FORMATS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
DEMO = "pacitan-2024.xlsx"


def quickstart(name: str) -> str:
    """The line in the fence below the marker; fails unless there is exactly one of each."""
    [line] = re.findall(rf"^<!-- quickstart: {name} -->\n```sh\n([^\n]+)\n```$", README, re.M)
    return str(line)


@pytest.mark.parametrize("name", ["run", "test"])
def test_ci_takes_the_line_that_stands_in_the_readme(name: str) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    printed = subprocess.run(
        [bash, str(ROOT / ".ci" / "run"), "print", name], capture_output=True, text=True, check=True
    )
    assert printed.stdout == quickstart(name) + "\n"


def test_the_run_line_audits_a_sample_that_is_there() -> None:
    [sample] = re.findall(r"xlaudit audit (\S+)", quickstart("run"))
    assert (ROOT / sample).is_file()


def test_every_link_and_picture_is_there() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8"))]
    missing = [
        (page.name, link)
        for page, link in links
        if not link.startswith("http") and not (page.parent / link).exists()
    ]
    assert links and missing == []


def test_the_table_of_commands_is_the_groups() -> None:
    assert set(re.findall(r"^\| `xlaudit (\w+)", README, re.M)) == set(COMMANDS)


def test_the_table_of_options_is_audits() -> None:
    [table] = re.findall(r"Those of `audit`:\n\n(.*?)\n\n", README, re.S)
    told = set(re.findall(r"`(--[\w-]+)", "\n".join(re.findall(r"^\| (.*?) \|", table, re.M))))
    known = {name for option in audit.params for name in option.opts if name.startswith("--")}
    assert told == known - {"--help"}
    assert "--format " + "\\|".join(FORMATS) in table


def test_the_bundled_sample_is_the_one_in_samples() -> None:
    sample = ROOT / "samples" / DEMO
    assert (ROOT / "xlaudit" / "demo" / DEMO).read_bytes() == sample.read_bytes()
