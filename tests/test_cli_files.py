"""Which files the command line takes and which it writes: whole or not at all, never over an input."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from standins import MARKED, House, Make

from xlaudit.batch.inputs import annotated_name
from xlaudit.cli import main
from xlaudit.errors import UserError
from xlaudit.outputs import Places, real, replacing
from xlaudit.texts import Text

pytestmark = pytest.mark.usefixtures("house")


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def paths(report: str) -> list[str]:
    return [Path(one["path"]).as_posix() for one in json.loads(report)["workbooks"]]


class TestInputs:
    def test_a_folder_gives_its_workbooks_in_order(
        self, book: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for name in ["in/b.xlsx", "in/a.xlsm", "in/sub/c.XLSX"]:
            book(name, "quiet")
        for name in ["in/~$b.xlsx", "in/.x.xlsx", "in/.git/d.xlsx", "in/b.audit.xlsx", "in/n.txt"]:
            book(name, "crash")
        assert main(["audit", "in", "--format", "json", "--no-annotate"]) == 0
        assert paths(capsys.readouterr().out) == ["in/a.xlsm", "in/b.xlsx", "in/sub/c.XLSX"]

    def test_a_folder_of_nothing_but_annotated_copies_says_how_to_check_them(
        self, book: Make, capsys: pytest.CaptureFixture[str]
    ) -> None:
        book("masuk/a.audit.xlsx", "quiet")
        assert main(["audit", "masuk"]) == 2
        assert "hanya ada salinan bertanda" in " ".join(capsys.readouterr().out.split())

    def test_other_spreadsheets_in_a_folder_are_named(self, book: Make, capsys: pytest.CaptureFixture[str]) -> None:
        book("in/a.xlsx", "quiet"), book("in/old.csv", "x"), book("in/older.csv", "x")
        assert main(["audit", "in"]) == 0
        assert "2 berkas berformat lain tidak diaudit" in capsys.readouterr().err

    def test_a_folder_without_workbooks_is_refused_and_stands_in_the_report(
        self, book: Make, capsys: pytest.CaptureFixture[str]
    ) -> None:
        book("in/n.txt", "x")
        assert main(["audit", "in", "--format", "json"]) == 2
        said = capsys.readouterr()
        assert "Di dalam folder ini tidak ada buku kerja" in said.err
        [one] = json.loads(said.out)["workbooks"]
        assert (one["status"], one["error"]["code"]) == ("rejected", "no_workbooks")

    def test_named_twice_is_audited_once(self, book: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = book("in/a.xlsx", "quiet")
        main(["audit", str(path), "in", "in/../in/a.xlsx", "--format", "json", "--no-annotate"])
        assert json.loads(capsys.readouterr().out)["summary"]["workbooks"] == 1

    def test_a_named_copy_is_passed_over_only_beside_its_original(
        self, book: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        book("a.xlsx", "quiet")
        book("b.audit.xlsx", "quiet")
        assert main(["audit", "a.xlsx", "b.audit.xlsx"]) == 0
        capsys.readouterr()
        assert main(["audit", "a.xlsx", "a.audit.xlsx", "b.audit.xlsx", "--format", "json"]) == 0
        said = capsys.readouterr()
        assert "1 salinan hasil audit dilewati" in said.err
        assert paths(said.out) == ["a.xlsx", "b.audit.xlsx"]
        assert names(tmp_path) == {"a.xlsx", "a.audit.xlsx", "b.audit.xlsx", "b.audit2.xlsx"}

    def test_a_copy_that_came_back_becomes_the_next_one(self, book: Make, tmp_path: Path) -> None:
        book("masuk/a.audit.xlsx", "quiet")
        assert main(["audit", "masuk/a.audit.xlsx", "--output", "keluar"]) == 0
        assert names(tmp_path) == {"masuk/a.audit.xlsx", "keluar/a.audit2.xlsx"}
        assert main(["audit", "keluar", "--format", "json"]) == 2, "copies alone"

    @pytest.mark.parametrize(("name", "copy"), [
        ("a (1).xlsx", "a (1).audit.xlsx"), ("a.audit (1).xlsx", "a.audit2.xlsx"), ("a.Audit9.XLSX", "a.audit10.xlsx"),
        ("a.audit2(2).xlsm", "a.audit3.xlsm"), ("a.audit1.xlsx", "a.audit1.audit.xlsx"),
        ("a.auditor.xlsx", "a.auditor.audit.xlsx"), (".audit.xlsx", ".audit.audit.xlsx"),
        ("audit.xlsx", "audit.audit.xlsx"),
    ])  # fmt: skip
    def test_what_a_copy_is_called(self, name: str, copy: str) -> None:
        assert annotated_name(Path(name)) == copy

    def test_patterns_are_filled_in_where_the_shell_did_not(
        self, book: Make, capsys: pytest.CaptureFixture[str]
    ) -> None:
        book("b.xlsx", "quiet"), book("a.xlsx", "quiet")
        main(["audit", "*.xlsx", "--format", "json", "--no-annotate"])
        assert paths(capsys.readouterr().out) == [
            "a.xlsx",
            "b.xlsx",
        ]

    def test_one_bad_workbook_never_stops_the_others(
        self, book: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
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
        assert sorted(path.name for path in tmp_path.glob("*.audit.xlsx")) == ["c.audit.xlsx", "d.audit.xlsx"]
        assert "b.xlsx: Berkas ini bukan buku kerja Excel." in said.err


    def test_the_output_folder_within_the_input_is_passed_over(
        self, book: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        book("in/a.xlsx", "quiet"), book("in/out/rekap.xlsx", "quiet"), book("in/sub/out/b.xlsx", "quiet")
        main(["audit", "in", "--output", "in/out", "--format", "json"])
        assert paths(capsys.readouterr().out) == ["in/a.xlsx", "in/sub/out/b.xlsx"]
        main(["audit", "in", "--output", "in", "--format", "json"])
        assert len(paths(capsys.readouterr().out)) == 3

    @pytest.mark.skipif(os.name != "posix", reason="links need rights here")
    def test_links_that_go_in_circles(self, book: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = book("in/a.xlsx", "quiet")
        (tmp_path / "in/again").symlink_to(tmp_path / "in", target_is_directory=True)
        (tmp_path / "in/same.xlsx").symlink_to(path)
        (tmp_path / "in/self.xlsx").symlink_to(tmp_path / "in/self.xlsx")
        assert main(["audit", "in", "--no-annotate", "--format", "json"]) == 2
        report = json.loads(capsys.readouterr().out)
        assert [(one["path"], one["status"]) for one in report["workbooks"]] == [
            ("in/a.xlsx", "audited"), ("in/self.xlsx", "rejected"),
        ]  # fmt: skip

    def test_a_folder_that_cannot_be_read_is_told_and_the_others_are_audited(
        self, book: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        book("in/a.xlsx", "quiet"), book("in/secret/b.xlsx", "quiet")
        scan = os.scandir

        def refusing(path: str) -> object:
            if str(path).endswith("secret"):
                raise PermissionError(13, "Permission denied", str(path))
            return scan(path)

        monkeypatch.setattr(os, "scandir", refusing)
        assert main(["audit", "in", "--format", "json"]) == 2
        said = capsys.readouterr()
        assert [(one["path"], one["status"]) for one in json.loads(said.out)["workbooks"]] == [
            ("in/a.xlsx", "audited"), ("in/secret", "rejected"),
        ]  # fmt: skip
        assert "Permission denied" in said.err


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
        assert "Folder none tidak ada; buat dulu" in capsys.readouterr().err
        assert main(["audit", "a.xlsx", "--output", "a.xlsx"]) == 2
        assert "a.xlsx adalah berkas, bukan folder" in capsys.readouterr().err
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

    def test_answers_in_a_copy_that_is_replaced_are_carried_over(self, book: Make, house: House) -> None:
        book("a.xlsx", "full")
        main(["audit", "a.xlsx"])
        assert house.past is None
        main(["audit", "a.xlsx"])
        assert house.past == ["a.audit.xlsx"]


def test_a_refusal_names_the_file_that_was_asked_for_not_the_temporary_one(tmp_path: Path) -> None:
    with pytest.raises(UserError) as error, replacing(tmp_path / "a.xlsx") as temporary:
        raise UserError("cannot_write", Text("{path}: {why}").fill(path=temporary, why="full"))
    assert error.value.text.en == f"{tmp_path / 'a.xlsx'}: full"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="links need rights here")
def test_many_paths_lead_where_each_alone_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    for name in ("in/a.xlsx", "in/sub/b.xlsx"):
        (tmp_path / name).write_text("")
    (tmp_path / "to").symlink_to(tmp_path / "in" / "sub", target_is_directory=True)
    (tmp_path / "in" / "c.xlsx").symlink_to(tmp_path / "in" / "sub" / "b.xlsx")
    (tmp_path / "in" / "self.xlsx").symlink_to(tmp_path / "in" / "self.xlsx")
    monkeypatch.chdir(tmp_path)
    places = Places()
    for name in (
        "in/a.xlsx", "in/sub/b.xlsx", "in/sub/../a.xlsx", "in/c.xlsx", "in/self.xlsx", "in/no.xlsx", "no/no.xlsx",
        "to/b.xlsx", "to/..", "to", ".", "..", "in", "", str(tmp_path / "to" / "b.xlsx"), "/",
    ):  # fmt: skip
        assert places.of(Path(name)) == real(Path(name)), name
