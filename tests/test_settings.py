"""xlaudit.toml: found beside or above the workbook, checked to the last key."""

from __future__ import annotations

import json
import os
import pickle
import re
from collections import Counter
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import get_type_hints

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from minibook import parts, zipped

from xlaudit.cli.main import main
from xlaudit.conventions import Conventions, EfficiencyForm, ProgressForm
from xlaudit.errors import BadUsage
from xlaudit.findings import Severity
from xlaudit.limits import Limits
from xlaudit.relations import Mode
from xlaudit.scale import KNOWN
from xlaudit.schemas.words import one_slip
from xlaudit.settings import DEFAULT, Agency, Plausibility, RuleSettings, Settings, find_settings, read_settings
from xlaudit.waivers import Waiver


def written(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "xlaudit.toml"
    path.write_text(text, "utf-8")
    return path


def refused(folder: Path, text: str) -> BadUsage:
    with pytest.raises(BadUsage) as caught:
        read_settings(written(folder, text))
    assert caught.value.code == "bad_settings"
    assert "xlaudit.toml" in caught.value.text.id and "xlaudit.toml" in caught.value.text.en
    return caught.value


def test_what_a_file_does_not_say_stays(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, "")) == Settings()
    assert read_settings(written(tmp_path, "\ufeff# kosong\n[limits]\n")) == Settings()
    assert read_settings(written(tmp_path, "[limits]\ncells = 5_000\n")).limits == Limits(cells=5000)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[limits]\ncels = 1\n", "mungkin maksudnya “limits.cells”"),
        ("[limits]\nCELLS = 1\n", "mungkin maksudnya “limits.cells”"),
        ("[limit]\ncells = 1\n", "mungkin maksudnya “limits”"),
        ("[limits]\nqqqqqq = 1\n", "yang ada: cells, depth"),
        ("[limits]\ncells = 0\n", "Pengaturan “limits.cells” di"),
        ("[limits]\ncells = -1\n", "bilangan bulat mulai 1"),
        ("[limits]\ncells = true\n", "bilangan bulat mulai 1"),
        ("[limits]\ncells = 1.0\n", "bilangan bulat mulai 1"),
        ('[limits]\ncells = "1"\n', "bilangan bulat mulai 1"),
        ("[limits]\ncells = {}\n", "bilangan bulat mulai 1"),
        ("limits = 5\n", "sebuah bagian, ditulis [limits]"),
        ("[limits\n", "bukan TOML yang sah"),
        ("[limits]\ncells = 1\ncells = 2\n", "bukan TOML yang sah"),
        ("a = " + "[" * 100_000, "bukan TOML yang sah"),
        ("#" * 1_100_000, "bukan TOML yang sah"),
    ],
)
def test_mistakes_are_said(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused(tmp_path, text).text.id


def test_what_is_no_text_or_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe\0")
    for path in (tmp_path / "a.toml", tmp_path / "tiada.toml", tmp_path):
        with pytest.raises(BadUsage) as caught:
            read_settings(path)
        assert caught.value.code == "bad_settings"


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    workbook = tmp_path / "dinas" / "2024" / "a.xlsx"
    workbook.parent.mkdir(parents=True)
    far = written(tmp_path, "")
    assert find_settings(workbook) == far
    (tmp_path / "dinas" / "xlaudit.toml").mkdir()  # a folder of that name is none
    assert find_settings(workbook) == far
    near = written(workbook.parent, "")
    assert find_settings(workbook) == near


def audit(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["audit", "--no-annotate", *arguments])
    return code, capsys.readouterr().err


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two offices with the same workbook; the first has settings of its own."""
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    for office in ("satu", "dua"):
        written(tmp_path / office, "[limits]\ncells = 1\n")
        (tmp_path / office / "a.xlsx").write_bytes(zipped(parts(rows)))
    os.remove(tmp_path / "dua" / "xlaudit.toml")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_workbook_by_the_settings_beside_it(inputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = audit(capsys, "satu", "dua")
    assert code == 2
    assert f"Pengaturan dibaca dari {Path('satu', 'xlaudit.toml').resolve()}" in said
    assert "satu/a.xlsx: Berkas ini terlalu besar" in said.replace("\\", "/")
    assert "dua/a.xlsx: Tidak ada tabel yang dikenali" in said.replace("\\", "/")


def test_config_overrides_what_was_found(inputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = inputs / "lain.toml"
    other.write_text("[limits]\ncells = 100\n")
    code, said = audit(capsys, "satu", "--config", str(other))
    assert code == 2
    assert "Tidak ada tabel yang dikenali" in said and "Pengaturan dibaca" not in said


def test_a_faulty_file_stops_the_call(inputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(inputs / "satu", "[limits]\nsel = 1\n")
    assert audit(capsys, "satu", "dua")[0] == 2
    assert main(["tables", str(Path("satu", "a.xlsx"))]) == 2
    assert "Pengaturan “limits.sel”" in capsys.readouterr().err
    assert main(["audit", "satu", "--config", "tiada.toml"]) == 2
    assert "tiada.toml tidak dapat dibaca" in capsys.readouterr().err


EVERYTHING = """
language = "en"
[conventions]
scale = [{label = "Baik", from = 60}, {label = "Sangat Baik", from = 80.5}, {label = "Kurang", from = 0}]
cap = 120
rounding = "truncated"
efficiency = "difference-from-100"
progress = "ratio"
[plausibility]
capaian_above = 175.5
percent_above = 100
equal_siblings = 4
[rules]
off = ["RO101", "number-style"]
[rules.severity]
KI105 = "warning"
over-budget = "note"
"""


def test_everything_that_can_be_set(tmp_path: Path) -> None:
    settings = read_settings(written(tmp_path, EVERYTHING))
    conventions = settings.conventions
    assert conventions.scale is not None
    assert [(step.label, step.lower) for step in conventions.scale.steps] == [
        ("Sangat Baik", Decimal("80.5")), ("Baik", 60), ("Kurang", 0),
    ]  # fmt: skip
    assert (conventions.cap, conventions.caps, conventions.limit) == (120, (120,), 120)
    assert conventions.rounding is Mode.TRUNCATED and conventions.progress is ProgressForm.RATIO
    assert conventions.efficiency is EfficiencyForm.DIFFERENCE_FROM_100
    assert settings.plausibility == Plausibility(Decimal("175.5"), Decimal(100), 4)
    assert settings.rules == RuleSettings(
        ("RO101", "number-style"), {"KI105": Severity.WARNING, "over-budget": Severity.NOTE}
    )
    assert settings.language == "en" and settings.file == str(tmp_path / "xlaudit.toml")


def test_no_cap_is_not_the_same_as_none_said(tmp_path: Path) -> None:
    said = read_settings(written(tmp_path, '[conventions]\ncap = "none"\n')).conventions
    assert (said.caps, said.limit) == ((), None)
    assert (Conventions().caps, Conventions().limit) == ((100, 110, 120, 150), None)


def test_known_scales_by_their_names(tmp_path: Path) -> None:
    for scale in KNOWN:
        assert read_settings(written(tmp_path, f'conventions.scale = "{scale.key}"\n')).conventions.scale is scale
    assert len({scale.key for scale in KNOWN}) == len(KNOWN) and all(scale.key for scale in KNOWN)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('conventions.scale = "permendagri"', '"permendagri-86-2017", "sangat-berhasil", "lan-4"'),
        ("conventions.scale = []", "sekurangnya dua kelas {label, from}"),
        ('conventions.scale = [{label = "A", from = 1}]', "sekurangnya dua kelas"),
        ('conventions.scale = [{label = "A", from = 1}, {label = "B", from = 1.0}]', "batas bawah yang berlainan"),
        ('conventions.scale = [{label = "A", from = 1}, {label = "a ", from = 2}]', "sekurangnya dua kelas"),
        ('conventions.scale = [{label = "A", from = 1}, {label = "B", form = 2}]', "sekurangnya dua kelas"),
        ('conventions.scale = [{label = "A", from = 1}, {label = "B", from = nan}]', "sekurangnya dua kelas"),
        ("conventions.cap = 105", 'salah satu dari: "none", 100, 110, 120, 150'),
        ("conventions.cap = 0", 'salah satu dari: "none"'),
        ('conventions.cap = "120"', 'salah satu dari: "none"'),
        ("conventions.cap = false", 'salah satu dari: "none"'),
        ("conventions.cap = []", 'salah satu dari: "none"'),
        ('conventions.rounding = "round"', 'salah satu dari: "rounded", "truncated", "mixed"'),
        ("conventions.rounding = 2", "salah satu dari"),
        ('conventions.efficiency = "simple"', '"difference", "difference-from-100", "relative"'),
        ('conventions.progress = "x"', '"ratio", "difference"'),
        ('conventions.roundin = "rounded"', "mungkin maksudnya “conventions.rounding”"),
        ('convention.cap = 100', "mungkin maksudnya “conventions”"),
        ("plausibility.capaian_above = -1", "angka mulai 0"),
        ("plausibility.capaian_above = inf", "angka mulai 0"),
        ("plausibility.capaian_above = true", "angka mulai 0"),
        ('plausibility.capaian_above = "200"', "angka mulai 0"),
        ("plausibility.capaian_above = 1e99999999999999999999", "bukan TOML yang sah"),
        ("plausibility.equal_siblings = 0", "bilangan bulat mulai 1"),
        ('rules.off = "RO101"', "daftar teks"),
        ("rules.off = [1]", "daftar teks"),
        ('rules.severity = "note"', "bagian berisi aturan"),
        ('rules.severity.KI105 = "fatal"', '"error", "warning", "note"'),
        ('language = "jv"', 'salah satu dari: "id", "en"'),
        ('file = "a"', "Pengaturan “file” di"),
    ],
)  # fmt: skip
def test_mistakes_in_conventions_are_said(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused(tmp_path, text).text.id


def keys(kind: type = Settings, before: str = "") -> list[str]:
    """Every key with its section, as the file names them."""
    found = []
    for name, hint in get_type_hints(kind).items():
        if is_dataclass(hint):
            found += keys(hint, f"{before}{name}.")  # type: ignore[arg-type]
        elif name != "file":
            found.append(before + name)
    return found


@given(data=st.data())
@hypothesis.settings(suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
def test_one_wrong_letter_in_any_key_brings_the_right_suggestion(tmp_path: Path, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(keys()))
    section, _, name = key.rpartition(".")
    place = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from([c for c in "abcdefghijklmnopqrstuvwxyz" if c != name[place]] + [""]))
    slipped = name[:place] + letter + name[place + 1 :]
    if slipped in {known.rpartition(".")[2] for known in keys() if known.rpartition(".")[0] == section} or not slipped:
        return
    beside = [known.rpartition(".")[2] for known in keys() if known.rpartition(".")[0] == section and known != key]
    if any(one_slip(slipped, other) for other in beside):  # "hort" may be "host" or "port"
        return
    said = refused(tmp_path, f"{section}{'.' if section else ''}{slipped} = 1\n").text
    assert f"“{key}”" in said.id and f"“{key}”" in said.en


SAMPLE = Path(__file__).parents[1] / "samples" / "pacitan-2024.xlsx"


def report(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str) -> dict[str, int]:
    """How many findings of each rule the sample has by these settings, severity with the code."""
    path = written(tmp_path, text)
    main(["audit", str(SAMPLE), "--no-annotate", "--format", "json", "--config", str(path)])
    [book] = json.loads(capsys.readouterr().out)["workbooks"]
    counts: dict[str, int] = Counter(f"{one['rule']} {one['severity']}" for one in book["findings"])
    return counts


def test_rules_off_and_other_severities(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    usual = report(capsys, tmp_path, "")
    assert usual["RO101 note"] and usual["RA103 error"]
    changed = report(
        capsys, tmp_path, '[rules]\noff = ["rounding-mode"]\nseverity = {RA103 = "warning", RO101 = "error"}\n'
    )
    assert "RO101 note" not in changed and "RO101 error" not in changed
    assert "RA103 error" not in changed and changed["RA103 warning"] == usual["RA103 error"]


def test_a_doubt_is_not_raised_by_a_higher_severity() -> None:
    rules = RuleSettings(severity={"XX101": Severity.ERROR, "weaker": Severity.NOTE})
    assert rules.severity_of("XX101", "x", Severity.WARNING, None) is Severity.ERROR
    assert rules.severity_of("XX101", "x", Severity.WARNING, Severity.WARNING) is Severity.ERROR
    assert rules.severity_of("XX101", "x", Severity.WARNING, Severity.NOTE) is Severity.NOTE
    assert rules.severity_of("XX102", "weaker", Severity.ERROR, Severity.WARNING) is Severity.NOTE
    assert rules.severity_of("XX103", "y", Severity.ERROR, Severity.WARNING) is Severity.WARNING


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('rules.off = ["RA999"]', "“rules.off”"),
        ('rules.severity.catgory = "note"', "Maksudnya category?"),
    ],
)
def test_rules_that_do_not_exist(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, said: str
) -> None:
    path = written(tmp_path, text)
    assert main(["audit", str(SAMPLE), "--no-annotate", "--config", str(path)]) == 2
    heard = capsys.readouterr()
    assert said in heard.err and not heard.out


DOCS = Path(__file__).parents[1] / "docs" / "settings.md"


def example() -> str:
    """The annotated example of docs/settings.md."""
    return DOCS.read_text("utf-8").split("<!-- settings: example -->\n```toml\n")[1].split("```")[0]


def test_the_example_in_the_docs_is_read_and_names_every_key(tmp_path: Path) -> None:
    text = example()
    settings = read_settings(written(tmp_path, text))
    assert settings.conventions.cap == 120 and len(settings.waiver) == len(settings.agency) == 1
    named = set(re.findall(r"^#? ?([a-z_]+) =", text, re.MULTILINE)) | {"severity"}
    limits = {key for key in keys() if key.startswith("limits.")}
    of_sections = {one.name for kind in (Waiver, Agency) for one in fields(kind) if one.metadata.get("key", True)}
    wanted = {key.rpartition(".")[2] for key in set(keys()) - limits - {"agency", "waiver"}} | of_sections
    assert not wanted - named, "not in the example"
    assert named - wanted == {"file_mib"}, "not a key"


def test_what_the_example_has_in_comments_is_right_as_well(tmp_path: Path) -> None:
    lines = example().splitlines()
    start = lines.index("# scale = [")
    scale = "\n".join(line.lstrip("#") for line in lines[start : lines.index("# ]") + 1])
    settings = read_settings(written(tmp_path, f"[conventions]\n{scale}\n"))
    assert settings.conventions.scale is not None and len(settings.conventions.scale.steps) == 3
    waivers = next(line for line in lines if line.startswith("[[waiver]]"))
    waiver = "\n".join(line.lstrip("# ") for line in lines[lines.index(waivers) :])
    [one] = read_settings(written(tmp_path, waiver)).waiver
    assert one.rule == "KI101" and one.cell is not None and one.sheet and one.file and one.until


def test_the_example_is_audited_by(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, example())
    assert main(["audit", str(SAMPLE), "--no-annotate", "--config", str(path)]) == 1
    heard = capsys.readouterr()
    assert "Batas atas capaian: 120 (ditetapkan di xlaudit.toml)" in heard.out
    assert "Aturan RO101: tidak dijalankan (ditetapkan di xlaudit.toml)" in heard.out


AGENCIES = """
[[agency]]
files = ["dinkes/*"]
map = "dinkes.toml"
[[agency]]
files = ["dinsos/*", "*dinsos*.xlsx"]
map = "peta/dinsos.toml"
"""


def test_the_mapping_of_an_agency(tmp_path: Path) -> None:
    settings = read_settings(written(tmp_path, AGENCIES))
    for name, wanted in (
        ("dinsos/a.xlsx", "peta/dinsos.toml"),
        ("2024/LKjIP-Dinsos-2024.xlsx", "peta/dinsos.toml"),
        ("dinkes/dinsos.xlsx", "dinkes.toml"),
        ("dinkes.xlsx", None),
        ("lain/dinkes/a.xlsx", None),
    ):
        assert settings.mapping_of(tmp_path / name) == (None if wanted is None else tmp_path / wanted), name
    assert Settings().mapping_of(tmp_path / "dinsos/a.xlsx") is None


def test_a_mapping_that_the_settings_name_is_used_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["tables", str(SAMPLE), "--draft-map"])
    (tmp_path / "peta").mkdir()
    (tmp_path / "peta" / "dinsos.toml").write_text(capsys.readouterr().out, "utf-8")
    written(tmp_path, AGENCIES)
    book = tmp_path / "dinsos.xlsx"
    book.write_bytes(SAMPLE.read_bytes())
    main(["audit", str(book), "--no-annotate", "--format", "json"])
    conventions = json.loads(capsys.readouterr().out)["workbooks"][0]["conventions"]
    [mapping] = [one for one in conventions if one["name"] == "mapping"]
    assert (mapping["value"], mapping["source"]) == ("dinsos.toml", str(tmp_path / "peta" / "dinsos.toml"))
    (tmp_path / "peta" / "dinsos.toml").unlink()
    assert main(["audit", str(book), "--no-annotate"]) == 2
    assert "dinsos.toml tidak dapat dibaca" in capsys.readouterr().err


def test_the_language_of_the_settings_gives_way_to_the_call_s(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XLAUDIT_LANG", raising=False)
    path = written(tmp_path, 'language = "en"\n')
    call = ["audit", str(SAMPLE), "--no-annotate", "--config", str(path)]
    main(call)
    assert "Summary" in capsys.readouterr().out
    main([*call, "--lang", "id"])
    assert "Ringkasan" in capsys.readouterr().out
    monkeypatch.setenv("XLAUDIT_LANG", "id")
    main(call)
    assert "Ringkasan" in capsys.readouterr().out


def test_settings_go_to_other_processes_unchanged(tmp_path: Path) -> None:
    """Those of no file are the very same there."""
    assert pickle.loads(pickle.dumps(DEFAULT)) is DEFAULT
    for text in ("", '[rules]\noff = ["RA101"]\n[limits]\ncells = 5\n'):
        settings = read_settings(written(tmp_path, text))
        again = pickle.loads(pickle.dumps(settings))
        assert again == settings and again.file == settings.file
