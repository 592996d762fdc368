"""The command line: exit codes, languages, faults of ours told apart from the user's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from standins import MARKED, House, Make

from xlaudit import __version__
from xlaudit.cli import main
from xlaudit.outcome import Outcome

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.usefixtures("house")


class TestExitCodes:
    @pytest.mark.parametrize(
        ("kinds", "options", "code"),
        [
            (["quiet"], [], 0),
            (["full"], [], 1),
            (["warning"], [], 0),
            (["warning"], ["--fail-on", "warning"], 1),
            (["bad"], [], 2),
            (["crash"], [], 2),
            (["crashed rule"], [], 2),
            (["full", "bad"], [], 2),
            (["quiet", "full"], [], 1),
        ],
    )
    def test_audit(self, book: Make, kinds: list[str], options: list[str], code: int) -> None:
        paths = [str(book(f"{place}.xlsx", kind)) for place, kind in enumerate(kinds)]
        assert main(["audit", *paths, *options]) == code

    @pytest.mark.parametrize(
        "call",
        [
            [],
            ["audit"],
            ["audits"],
            ["audit", "--bad", "a.xlsx"],
            ["audit", "a.xlsx", "--format", "pdf"],
            ["audit", "a.xlsx", "--jobs", "0"],
            ["audit", "a.xlsx", "--lang", "fr"],
            ["audit", "a.xlsx", "--report"],
            ["clean", "a.xlsx"],
            ["clean", "a.xlsx", "b.xlsx", "-o", "c.xlsx"],
            ["--nonsense"],
        ],
    )
    def test_bad_usage_is_2_and_prints_nothing_to_stdout(
        self, call: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(call) == 2
        said = capsys.readouterr()
        assert said.out == "" and said.err != ""

    def test_help_and_version_are_0(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["--help"]) == main(["audit", "--help"]) == main(["--version"]) == 0
        assert f"xlaudit {__version__}\n" in capsys.readouterr().out


class TestLanguage:
    CALLS = (
        ["--lang", "en", "audit", "x.xlsx", "--bad"],
        ["audit", "x.xlsx", "--lang", "en", "--bad"],
        ["audit", "--lang=en", "--bad"],
    )

    def test_indonesian_by_default(self, capsys: pytest.CaptureFixture[str]) -> None:
        main(["audit", "--bad"])
        assert "Opsi --bad tidak dikenal. Lihat `xlaudit audit --help`." in capsys.readouterr().err

    @pytest.mark.parametrize("call", CALLS)
    def test_english_where_asked_for(self, call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        main(call)
        assert "There is no option --bad." in capsys.readouterr().err

    def test_the_environment_asks_too_and_the_option_wins(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("XLAUDIT_LANG", "en")
        main(["foo"])
        assert "There is no command 'foo'." in capsys.readouterr().err
        main(["--lang", "id", "foo"])
        assert "Tidak ada perintah 'foo'." in capsys.readouterr().err

    def test_help_stands_in_both_languages(self, capsys: pytest.CaptureFixture[str]) -> None:
        main(["audit", "--help"])
        first = capsys.readouterr().out
        main(["audit", "--help", "--lang", "en"])
        second = capsys.readouterr().out
        assert "Penggunaan: xlaudit audit" in first and "Opsi:" in first
        assert "Usage: xlaudit audit" in second and "Options:" in second

    def test_text_report_follows_the_language(self, book: Make, capsys: pytest.CaptureFixture[str]) -> None:
        path = str(book("a.xlsx", "full"))
        main(["audit", path, "--lang", "en"])
        assert "The total in F9 differs." in capsys.readouterr().out

    def test_json_does_not(self, book: Make, capsys: pytest.CaptureFixture[str]) -> None:
        path = str(book("a.xlsx", "full"))
        main(["audit", path, "--format", "json"])
        first = capsys.readouterr().out
        main(["audit", path, "--format", "json", "--lang", "en"])
        assert capsys.readouterr().out == first


class TestOurFault:
    def test_a_crash_is_said_to_be_ours(self, book: Make, capsys: pytest.CaptureFixture[str]) -> None:
        book("a.xlsx", "crash")
        assert main(["audit", "a.xlsx"]) == 2
        said = capsys.readouterr()
        assert "Kesalahan di dalam xlaudit, bukan pada berkas Anda" in said.err
        assert "ZeroDivisionError: in our own code" in said.err
        assert "Traceback" not in said.err + said.out

    @pytest.mark.parametrize("how", ["option", "environment"])
    def test_debug_shows_where(
        self, book: Make, how: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        book("a.xlsx", "crash")
        if how == "environment":
            monkeypatch.setenv("XLAUDIT_DEBUG", "1")
        main(["audit", "a.xlsx", *(["--debug"] if how == "option" else [])])
        assert "Traceback" in capsys.readouterr().err

    def test_a_crash_outside_any_workbook_is_caught_too(
        self, book: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def broken(*_: object, **__: object) -> None:
            raise KeyError("no such thing")

        monkeypatch.setattr("xlaudit.reports.formats.report_for", broken)
        book("a.xlsx", "quiet")
        assert main(["audit", "a.xlsx", "--no-annotate"]) == 2
        assert "Kesalahan di dalam xlaudit" in capsys.readouterr().err

    def test_stopping_by_hand_is_no_crash(
        self, book: Make, house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def stop(path: Path, *_: object, **__: object) -> Outcome:
            raise KeyboardInterrupt

        monkeypatch.setattr(sys.modules["xlaudit.audit"], "audit_workbook", stop)
        book("a.xlsx", "quiet")
        assert main(["audit", "a.xlsx"]) == 2
        assert capsys.readouterr().err == "xlaudit: Dihentikan.\n"


class TestAnnotateAndClean:
    def test_annotate_then_clean(self, book: Make, tmp_path: Path) -> None:
        book("a.xlsx", "content")
        book("r.json", '\ufeff{"findings": [{}]}')
        assert main(["annotate", "a.xlsx", "r.json", "-o", "b.xlsx"]) == 0
        assert (tmp_path / "b.xlsx").read_bytes() == MARKED + b"content"
        assert main(["clean", "b.xlsx", "-o", "c.xlsx"]) == 0
        assert (tmp_path / "c.xlsx").read_bytes() == b"content"

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"{", "bukan JSON yang sah: baris 1"),
            (b"\xff\xfe\x00", "bukan teks UTF-8"),
            (None, "tidak dapat dibaca"),
        ],
    )
    def test_a_report_that_is_none(
        self,
        book: Make,
        tmp_path: Path,
        content: bytes | None,
        words: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        book("a.xlsx", "content")
        if content is not None:
            (tmp_path / "r.json").write_bytes(content)
        assert main(["annotate", "a.xlsx", "r.json", "-o", "b.xlsx"]) == 2
        assert words in capsys.readouterr().err
        assert not (tmp_path / "b.xlsx").exists()


def run(*call: str, **rest: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, *call], capture_output=True, cwd=ROOT, check=False, **rest)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here to stand for a full disk")
@pytest.mark.parametrize("form", ["text", "json"])
def test_output_that_does_not_fit_on_the_disk_is_no_fault_of_ours(form: str) -> None:
    with open("/dev/full", "wb") as full:
        call = [sys.executable, "-m", "xlaudit", "rules", "--format", form]
        done = subprocess.run(call, stdout=full, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    told = done.stderr.decode()
    assert done.returncode == 2 and "Kosongkan ruang di disk" in told
    assert told.count("\n") == 1 and "Traceback" not in told



def test_help_imports_nothing_heavy() -> None:
    code = """
import sys, xlaudit.cli
assert xlaudit.cli.main(["--help"]) == 0
heavy = {name.partition(".")[0] for name in sys.modules} & {
    "openpyxl", "lxml", "pandas", "pandera", "numpy", "xlsxwriter", "multiprocessing", "pydantic"}
rooms = {name.split(".")[1] for name in sys.modules if name.startswith("xlaudit.")}
print("HEAVY", heavy, rooms - {"cli", "texts", "locale", "errors", "faults", "reports"})
"""
    assert run("-c", code).stdout.decode().splitlines()[-1] == "HEAVY set() set()"


def test_python_m_xlaudit_passes_the_exit_code_on() -> None:
    assert run("-m", "xlaudit", "--version").returncode == 0
    assert run("-m", "xlaudit", "audits").returncode == 2


def test_a_reader_that_left_is_no_fault() -> None:
    command = "import sys; from xlaudit.cli.session import emit; emit('x' * 1000000); sys.exit(1)"
    with subprocess.Popen(
        [sys.executable, "-c", command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


def test_utf8_whatever_the_console_speaks() -> None:
    done = run("-m", "xlaudit", "fo→", env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)})
    assert "Tidak ada perintah 'fo→'".encode() in done.stderr
