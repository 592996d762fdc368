"""The command line: exit codes, languages, outputs that are whole or not there, faults told apart.

The audit itself and the annotator are stand-ins here, so that every outcome can be had at will.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from outcomes import full, quiet, rejected

import xlaudit.annotate.marks
from xlaudit import __version__
from xlaudit.cli import main
from xlaudit.outcome import Outcome

ROOT = Path(__file__).parents[1]
MARKED = b"marked by xlaudit\n"


class House:
    """Stand-ins for ``xlaudit.audit`` and ``xlaudit.annotate``: file content decides the outcome."""

    def __init__(self) -> None:
        self.annotated: list[Path] = []
        self.break_annotator: Exception | None = None

    def audit_workbook(self, path: Path, settings: object = None) -> Outcome:
        kind = path.read_text(errors="replace").strip()
        if kind == "crash":
            raise ZeroDivisionError("in our own code")
        base = {"quiet": quiet(), "bad": rejected(), "full": replace(full(), crashes=(), annotated=None)}
        base["crashed rule"] = replace(full(), annotated=None)
        base["warning"] = replace(base["full"], findings=(full().findings[1],), diagnoses=())
        return replace(base[kind], path=str(path))

    def annotate(self, source: Path, target: Path, marks: Any, heading: Any, language: str) -> None:
        target.write_bytes(MARKED + source.read_bytes())
        self.annotated.append(source)
        if self.break_annotator is not None:
            raise self.break_annotator

    def clean(self, source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes().removeprefix(MARKED))

    def is_annotated(self, path: Path) -> bool:
        return path.read_bytes().startswith(MARKED)

    def marks_from_report(self, data: Any) -> tuple[list[object], object]:
        return list(data["findings"]), xlaudit.annotate.marks.Heading()


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> House:
    house = House()
    for name, members in {
        "xlaudit.audit": ["audit_workbook"],
        "xlaudit.annotate": ["annotate", "clean", "is_annotated"],
        "xlaudit.annotate.report_marks": ["marks_from_report"],
    }.items():
        module = ModuleType(name)
        for member in members:
            setattr(module, member, getattr(house, member))
        monkeypatch.setitem(sys.modules, name, module)
    for variable in ("XLAUDIT_LANG", "XLAUDIT_DEBUG", "NO_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)
    return house


@pytest.fixture
def book(tmp_path: Path) -> Callable[[str, str], Path]:
    def make(name: str, kind: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(kind)
        return path

    return make


Make = Callable[[str, str], Path]
pytestmark = pytest.mark.usefixtures("house")


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


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
        assert "Pemakaian: xlaudit audit" in first and "Opsi:" in first
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


class TestInputs:
    def test_a_folder_gives_its_workbooks_in_order(
        self, book: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for name in ["in/b.xlsx", "in/a.xlsm", "in/sub/c.XLSX"]:
            book(name, "quiet")
        for name in ["in/~$b.xlsx", "in/.x.xlsx", "in/.git/d.xlsx", "in/b.audit.xlsx", "in/n.txt"]:
            book(name, "crash")
        assert main(["audit", "in", "--format", "json", "--no-annotate"]) == 0
        report = json.loads(capsys.readouterr().out)
        paths = [Path(one["path"]).as_posix() for one in report["workbooks"]]
        assert paths == ["in/a.xlsm", "in/b.xlsx", "in/sub/c.XLSX"]

    def test_other_spreadsheets_in_a_folder_are_named(
        self, book: Make, capsys: pytest.CaptureFixture[str]
    ) -> None:
        book("in/a.xlsx", "quiet"), book("in/old.xls", "x"), book("in/old.ods", "x")
        assert main(["audit", "in"]) == 0
        assert "2 berkas bukan .xlsx/.xlsm tidak diaudit" in capsys.readouterr().err

    def test_a_folder_without_workbooks_is_refused_and_stands_in_the_report(
        self, book: Make, capsys: pytest.CaptureFixture[str]
    ) -> None:
        book("in/n.txt", "x")
        assert main(["audit", "in", "--format", "json"]) == 2
        said = capsys.readouterr()
        assert "Di dalam folder ini tidak ada buku kerja" in said.err
        [one] = json.loads(said.out)["workbooks"]
        assert (one["status"], one["error"]["code"]) == ("rejected", "no_workbooks")

    def test_named_twice_is_audited_once(
        self, book: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = book("in/a.xlsx", "quiet")
        main(["audit", str(path), "in", "in/../in/a.xlsx", "--format", "json", "--no-annotate"])
        assert json.loads(capsys.readouterr().out)["summary"]["workbooks"] == 1

    def test_a_named_copy_is_passed_over_only_beside_its_original(
        self, book: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        book("a.xlsx", "quiet")
        book("b.audit.xlsx", "quiet")
        assert main(["audit", "a.xlsx", "b.audit.xlsx"]) == 0
        assert main(["audit", "a.xlsx", "a.audit.xlsx", "b.audit.xlsx", "--format", "json"]) == 0
        said = capsys.readouterr()
        assert "1 salinan hasil audit dilewati" in said.err
        assert '"a.audit.xlsx",\n      "status"' not in said.out
        assert names(tmp_path) == {"a.xlsx", "a.audit.xlsx", "b.audit.xlsx", "b.audit.audit.xlsx"}

    def test_patterns_are_filled_in_where_the_shell_did_not(
        self, book: Make, capsys: pytest.CaptureFixture[str]
    ) -> None:
        book("b.xlsx", "quiet"), book("a.xlsx", "quiet")
        main(["audit", "*.xlsx", "--format", "json", "--no-annotate"])
        assert [one["path"] for one in json.loads(capsys.readouterr().out)["workbooks"]] == [
            "a.xlsx",
            "b.xlsx",
        ]

    def test_one_bad_workbook_never_stops_the_others(
        self, book: Make, house: House, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for name, kind in {"a": "crash", "b": "bad", "c": "full", "d": "quiet"}.items():
            book(f"{name}.xlsx", kind)
        assert main(["audit", ".", "--format", "json"]) == 2
        said = capsys.readouterr()
        report = json.loads(said.out)
        assert [one["status"] for one in report["workbooks"]] == [
            "rejected",
            "rejected",
            "audited",
            "audited",
        ]
        assert [path.name for path in house.annotated] == ["c.xlsx", "d.xlsx"]
        assert "b.xlsx: Berkas ini bukan buku kerja Excel." in said.err


class TestOutputs:
    def test_annotated_beside_the_input_which_stays_untouched(self, book: Make, tmp_path: Path) -> None:
        path, macros = book("a.xlsx", "full"), book("m.xlsm", "quiet")
        main(["audit", str(path), str(macros)])
        assert names(tmp_path) == {"a.xlsx", "a.audit.xlsx", "m.xlsm", "m.audit.xlsm"}
        assert path.read_text() == "full"
        assert (tmp_path / "a.audit.xlsx").read_bytes() == MARKED + b"full"

    def test_under_output_folders_are_kept_apart(self, book: Make, tmp_path: Path) -> None:
        book("in/x/a.xlsx", "quiet"), book("in/y/a.xlsx", "quiet"), book("b.xlsx", "quiet")
        assert main(["audit", "in", "b.xlsx", "--output", "deep/out"]) == 0
        assert names(tmp_path / "deep") == {
            str(Path("out", name)) for name in ("x/a.audit.xlsx", "y/a.audit.xlsx", "b.audit.xlsx")
        }

    def test_two_inputs_for_one_output_are_refused(
        self, book: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        book("x/a.xlsx", "quiet"), book("y/a.xlsx", "quiet")
        assert main(["audit", "x/a.xlsx", "y/a.xlsx", "--output", "out"]) == 2
        assert "akan menghasilkan berkas yang sama" in capsys.readouterr().err
        assert not (tmp_path / "out").exists()

    def test_no_annotate_writes_nothing(self, book: Make, tmp_path: Path) -> None:
        book("a.xlsx", "full")
        main(["audit", "a.xlsx", "--no-annotate"])
        assert names(tmp_path) == {"a.xlsx"}

    def test_a_rejected_workbook_leaves_no_output(self, book: Make, tmp_path: Path) -> None:
        book("a.xlsx", "bad")
        main(["audit", "a.xlsx", "--output", "out"])
        assert names(tmp_path) == {"a.xlsx"}

    def test_what_xlaudit_made_is_replaced_anything_else_only_by_force(
        self, book: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        book("a.xlsx", "full")
        mine = book("a.audit.xlsx", "somebody's work")
        assert main(["audit", "a.xlsx"]) == 2
        said = capsys.readouterr()
        assert "sudah ada dan bukan buatan xlaudit" in said.err
        assert "KESALAHAN" in said.out, "what was found is still reported"
        assert mine.read_text() == "somebody's work"
        assert main(["audit", "a.xlsx", "--force"]) == 1
        assert mine.read_bytes() == MARKED + b"full"
        assert main(["audit", "a.xlsx"]) == 1

    @pytest.mark.parametrize("form", ["json", "text"])
    def test_reports_replace_reports_and_nothing_else(self, book: Make, tmp_path: Path, form: str) -> None:
        book("a.xlsx", "quiet")
        call = ["audit", "a.xlsx", "--no-annotate", "--format", form, "--report", "r.out"]
        assert main(call) == 0
        first = (tmp_path / "r.out").read_bytes()
        assert main(call) == 0 and (tmp_path / "r.out").read_bytes() == first
        other = book("r.out", '{"schema": "something-else/1"}')
        assert main(call) == 2 and other.read_text() == '{"schema": "something-else/1"}'
        assert main([*call, "--force"]) == 0 and other.read_bytes() == first

    @pytest.mark.parametrize("options", [[], ["--force"]])
    def test_an_input_is_never_written_to(self, book: Make, options: list[str], tmp_path: Path) -> None:
        path = book("a.xlsx", "full")
        (tmp_path / "link.json").symlink_to(path)
        for target in ("a.xlsx", "./a.xlsx", "link.json"):
            assert main(["audit", "a.xlsx", "--report", target, *options]) == 2
            assert main(["clean", "a.xlsx", "-o", target, *options]) == 2
        assert path.read_text() == "full"
        assert names(tmp_path) == {"a.xlsx", "link.json"}

    def test_a_folder_or_a_missing_folder_is_no_output(
        self, book: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        book("a.xlsx", "quiet")
        (tmp_path / "dir").mkdir()
        assert main(["audit", "a.xlsx", "--no-annotate", "--report", "dir", "--force"]) == 2
        assert "bukan berkas biasa" in capsys.readouterr().err
        assert main(["clean", "a.xlsx", "-o", "none/b.xlsx"]) == 2
        assert "Folder none tidak ada." in capsys.readouterr().err
        assert main(["audit", "a.xlsx", "--output", "a.xlsx"]) == 2
        assert "tidak dapat ditulis" in capsys.readouterr().err
        assert names(tmp_path) == {"a.xlsx"}

    @pytest.mark.parametrize("error", [RuntimeError("torn"), OSError(28, "No space left on device")])
    def test_a_failed_annotation_leaves_nothing_and_keeps_the_old(
        self, book: Make, house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str], error: Exception
    ) -> None:
        book("a.xlsx", "full")
        main(["audit", "a.xlsx"])
        before = (tmp_path / "a.audit.xlsx").read_bytes()
        house.break_annotator = error
        assert main(["audit", "a.xlsx"]) == 2
        said = capsys.readouterr()
        assert "KESALAHAN" in said.out
        assert names(tmp_path) == {"a.xlsx", "a.audit.xlsx"}
        assert (tmp_path / "a.audit.xlsx").read_bytes() == before

    def test_outputs_get_the_usual_rights(self, book: Make, tmp_path: Path) -> None:
        plain = book("a.xlsx", "quiet")
        main(["audit", "a.xlsx", "--report", "r.txt"])
        for name in ("a.audit.xlsx", "r.txt"):
            assert (tmp_path / name).stat().st_mode == plain.stat().st_mode


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
        def stop(path: Path, settings: object = None) -> Outcome:
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


def test_help_imports_nothing_heavy() -> None:
    code = """
import sys, xlaudit.cli
assert xlaudit.cli.main(["--help"]) == 0
heavy = {name.partition(".")[0] for name in sys.modules} & {
    "openpyxl", "lxml", "pandas", "pandera", "numpy", "xlsxwriter", "multiprocessing", "pydantic"}
rooms = {name for name in sys.modules if name.startswith("xlaudit.")}
print("HEAVY", heavy, {name for name in rooms if name.split(".")[1] not in {"cli", "texts", "errors", "reports"}})
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
