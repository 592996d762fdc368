"""Rules, kinds and words of other packages: taken in, told where they are wrong, never taking an audit along."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import draw
import jsonschema
import openpyxl
import pytest

import xlaudit.plugins
import xlaudit.rules.own
import xlaudit.schemas.own
from xlaudit.cli.main import main
from xlaudit.rules.base import all_rules, built_in
from xlaudit.rules.own import own_rules
from xlaudit.schemas.own import admit

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "docs" / "example-rules"
SAMPLE = ROOT / "samples" / "pacitan-2024.xlsx"
SCHEMA = json.loads((Path(xlaudit.__file__).parent / "reports" / "report.schema.json").read_text("utf-8"))


def forget() -> None:
    """Lets xlaudit look for packages anew."""
    xlaudit.plugins.forget()
    xlaudit.schemas.own.forget()
    for cached in (own_rules, all_rules, draw.rules):
        cached.cache_clear()


Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs packages as pip leaves them, modules and a ``dist-info``, for the time of a test."""
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)

    def put(name: str, points: dict[str, dict[str, str]], **modules: str) -> None:
        dist_info(tmp_path, name, points)
        for module, text in modules.items():
            (tmp_path / f"{module}.py").write_text(textwrap.dedent(text), "utf-8")
        importlib.invalidate_caches()
        forget()

    yield put
    for module in set(sys.modules) - before:
        if str(tmp_path) in str(getattr(sys.modules[module], "__file__", "")) or module.startswith("office_rules"):
            del sys.modules[module]
    monkeypatch.undo()
    forget()


def dist_info(folder: Path, name: str, points: dict[str, dict[str, str]]) -> None:
    info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    lines = [line for group, own in points.items() for line in (f"[{group}]", *(f"{k} = {v}" for k, v in own.items()))]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n")


def example(folder: Path) -> None:
    """Installs the example of docs/ by its own pyproject.toml."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    dist_info(folder, project["name"], project["entry-points"])
    for file in (EXAMPLE / "office_rules").glob("*.py"):
        (folder / "office_rules").mkdir(exist_ok=True)
        (folder / "office_rules" / file.name).write_text(file.read_text("utf-8"), "utf-8")


@pytest.fixture
def office(install: Install, tmp_path: Path) -> None:
    example(tmp_path)
    importlib.invalidate_caches()
    forget()


def test_without_packages_there_is_nothing_and_no_metadata_is_parsed() -> None:
    code = "import sys; from xlaudit.plugins import plugins\n"
    code += "print(plugins('xlaudit.rules'), 'importlib.metadata' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout.split() == ["Plugins(loaded=(),", "faults=())", "False"]
    assert all_rules() == built_in() and admit() == () and own_rules().faults == ()


@pytest.mark.usefixtures("office")
def test_the_example_is_whole() -> None:
    assert [rule.code for rule in all_rules()[len(built_in()) :]] == ["OFF101"]
    assert (admit(), own_rules().faults) == ((), ())
    assert all_rules()[-1].package == "office-rules 1.0"


@pytest.mark.usefixtures("office")
def test_the_rule_of_the_example_does_what_its_page_says() -> None:
    wrong, right = xlaudit.rules.own.examples(all_rules()[-1])
    (flag,) = draw.must_find("OFF101", wrong)
    assert flag.message.id == "Pagu 2150000500 bukan kelipatan seribu rupiah."
    draw.must_stay_quiet("OFF101", right)
    draw.must_pass_over("OFF101", "| Program | Pagu (Rp juta) | Realisasi |\n| A | 1,5 | 1 |\n| B | 2,5 | 2 |")


TABLE = """
    Capaian SPM Tahun 2024
    | Indikator      | Target | Realisasi | DIPA (Rp)   | Pencairan (Rp) |
    | Layanan anak   | 80     | 76        | 120.000.500 | 100.000.000    |
    | Layanan lansia | 40     | 38        | 80.000.000  | 79.000.000     |
"""


@pytest.mark.usefixtures("office")
def test_words_and_kind_of_the_example() -> None:
    (table,) = draw.book(TABLE).tables
    assert table.kind == "office.services"
    assert {"pagu", "realisasi"} <= {column.role for column in table.columns.values()}
    draw.must_find("OFF101", TABLE.replace("120.000.500", "120.000.500 *"))


def test_the_same_table_without_the_package() -> None:
    (table,) = draw.book(TABLE).tables
    assert table.kind == "pengukuran_kinerja" or "." not in table.kind
    assert "pagu" not in {column.role for column in table.columns.values()}


@pytest.mark.usefixtures("office")
def test_rules_and_explain_name_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    last = capsys.readouterr().out.rstrip().splitlines()[-1]
    assert last.startswith("OFF101") and last.endswith("[office-rules 1.0]")
    main(["rules", "--format", "json"])
    packages = {rule["code"]: rule["package"] for rule in json.loads(capsys.readouterr().out)["rules"]}
    assert packages["OFF101"] == "office-rules 1.0" and packages["RA101"] is None
    assert main(["explain", "round-budget"]) == 0
    assert "OFF101 round-budget · PERINGATAN · office-rules 1.0" in capsys.readouterr().out


def test_a_whole_process_audits_with_the_example(tmp_path: Path) -> None:
    """As it is after ``pip install``: another process, several workers, settings that name the rule."""
    example(tmp_path)
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / name).write_bytes(SAMPLE.read_bytes())
    (tmp_path / "xlaudit.toml").write_text('[rules.severity]\nround-budget = "error"\n')
    call = [sys.executable, "-m", "xlaudit", "audit", "a.xlsx", "b.xlsx", "--jobs", "2", "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    said = subprocess.run(call, capture_output=True, text=True, cwd=tmp_path, env=environment, encoding="utf-8")
    assert said.returncode == 1, said.stderr
    report = json.loads(said.stdout)
    jsonschema.validate(report, SCHEMA)
    for book in report["workbooks"]:
        assert {one["severity"] for one in book["findings"] if one["rule"] == "OFF101"} <= {"error"}
        assert "remarks" not in book and "crashes" not in book
        assert book["conventions"][-1]["name"] == "rules.round-budget"
    assert (tmp_path / "a.audit.xlsx").is_file()


# what is wrong


PAGE = "".join((EXAMPLE / "office_rules" / "round_budget.py").read_text("utf-8").split('"""')[1])
RULE = f'"""{PAGE}"""\n' + """
from decimal import Decimal
from xlaudit.cells import Cell
from xlaudit.findings import Severity
from xlaudit.rules.base import MADE, Flag, Made, Rule, Skip
from xlaudit.texts import both

def flag(book, **facts):
    table = book.tables[0]
    usual = dict(table=table, cell=table.area.first, label=both("a", "a"), message=both("b", "b"))
    return Flag(**(usual | facts))

def check(book):
    {body}

RULE = Rule("{code}", "{name}", both("Judul", "Title"), Severity.WARNING, check)
"""


def rule(body: str = "yield MADE", code: str = "OFF101", name: str = "own-rule") -> str:
    return RULE.replace("{body}", body).replace("{code}", code).replace("{name}", name)


@pytest.fixture(scope="module", autouse=True)
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A workbook with one wrong percentage, quicker to audit than a report."""
    path = tmp_path_factory.mktemp("kecil") / "kecil.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("No", "Program", "Pagu (Rp)", "Realisasi (Rp)", "%"),
        (1, "Program Rehabilitasi Sosial", 300_000_000, 200_000_000, "66,67"),
        (2, "Program Penanganan Bencana", 600_000_000, 500_000_000, "38,33"),
    ):
        sheet.append(row)
    book.save(path)
    SMALL.append(str(path))
    return str(path)


SMALL: list[str] = []


def audited(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, object]]:
    code = main(["audit", SMALL[0], "--no-annotate", "--format", "json", *options])
    report = json.loads(capsys.readouterr().out)
    jsonschema.validate(report, SCHEMA)
    return code, report["workbooks"][0]


def remarks(capsys: pytest.CaptureFixture[str]) -> str:
    code, book = audited(capsys)
    assert code == 1 and book["summary"]["error"] > 0, "the audit goes on"  # type: ignore[index]
    [remark] = book["remarks"]  # type: ignore[misc]
    main(["rules"])
    assert remark in capsys.readouterr().err
    return str(remark)


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("raise ValueError('aduh')", "tidak dapat dimuat: ValueError: aduh"),
        ("import sys; sys.exit(3)", "tidak dapat dimuat: SystemExit: 3"),
        ("import tidak_ada", "tidak dapat dimuat: ModuleNotFoundError"),
        ("class B(Exception):\n    def __str__(self): raise ValueError\nraise B", "tidak dapat dimuat: B"),
        ("x = 1", "tidak dapat dimuat: AttributeError"),
        ("RULE = 5", "bukan int"),
        ("RULE = []", "bukan list"),
        (rule(code="RA101"), "kode dengan dua huruf"),
        (rule(code="off101"), "kode “off101”"),
        (rule(name="program-total"), "nama program-total sudah dipakai aturan xlaudit"),
        (rule(name="Own Rule"), "nama “Own Rule”"),
        (rule().replace("Toleransi:", "Toleran:"), "tidak mempunyai halaman"),
        (rule().replace("Severity.WARNING", "'warning'"), "harus berupa Text, Severity, dan fungsi"),
        (rule().replace("check)", "None)"), "harus berupa Text, Severity, dan fungsi"),
        (rule().replace('both("Judul", "Title")', '"Judul"'), "harus berupa Text"),
        (rule().replace('"own-rule"', "5"), "tidak dapat dipakai: TypeError"),
    ],
)
def test_rules_that_are_wrong(
    install: Install, capsys: pytest.CaptureFixture[str], module: str, said: str
) -> None:
    install("salah", {"xlaudit.rules": {"satu": "salah:RULE"}}, salah=module)
    told = remarks(capsys)
    assert said in told and "salah 1.0" in told and "“satu” (xlaudit.rules)" in told
    assert all_rules() == built_in()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise ValueError('aduh')\n    yield", "ValueError: aduh"),
        ("raise SystemExit(0)\n    yield", "SystemExit: 0"),
        ("return 5", "TypeError"),
        ("yield 5", "a verdict is not whole: 5"),
        ("yield Made(-1)", "not whole"),
        ("yield flag(book, cell='C5')", "not whole"),
        ("yield flag(book, cell=Cell(0, 1))", "not whole"),
        ("yield flag(book, table=None)", "not whole"),
        ("yield flag(book, message='teks')", "not whole"),
        ("yield flag(book, severity='error')", "not whole"),
        ("yield flag(book, difference=Decimal('NaN'))", "not whole"),
        ("yield flag(book, stated=5)", "not whole"),
        ("yield flag(book, because=((None, None),))", "not whole"),
        ("yield flag(book, sheet='tidak ada')", "not whole"),
        ("yield Skip(book.tables[0], Cell(1, 1), 'teks')", "not whole"),
    ],
)
def test_rules_that_break_down(install: Install, capsys: pytest.CaptureFixture[str], body: str, said: str) -> None:
    install("salah", {"xlaudit.rules": {"satu": "salah:RULE"}}, salah=rule(body))
    code, book = audited(capsys)
    assert code == 2 and book["summary"]["error"] > 0  # type: ignore[index]
    [crash] = book["crashes"]  # type: ignore[misc]
    assert crash["rule"] == "OFF101" and crash["package"] == "salah 1.0" and said in crash["detail"]
    main(["audit", SMALL[0], "--no-annotate"])
    assert "Aturan OFF101 dari paket salah 1.0 gagal" in " ".join(capsys.readouterr().out.split())


def test_what_a_rule_found_before_it_broke_down_counts(install: Install, capsys: pytest.CaptureFixture[str]) -> None:
    body = "yield flag(book, live='((')\n    raise KeyError"
    install("salah", {"xlaudit.rules": {"satu": "salah:RULE"}}, salah=rule(body))
    code, book = audited(capsys)
    assert code == 2
    [found] = [one for one in book["findings"] if one["rule"] == "OFF101"]  # type: ignore[attr-defined]
    assert found["live"] is None


def test_two_packages_with_one_code(install: Install, capsys: pytest.CaptureFixture[str]) -> None:
    install("beta", {"xlaudit.rules": {"satu": "beta:RULE"}}, beta=rule(name="b-rule"))
    install("alfa", {"xlaudit.rules": {"satu": "alfa:RULE"}}, alfa=rule(name="a-rule"))
    assert "kode OFF101 sudah dipakai aturan alfa 1.0" in remarks(capsys)
    assert all_rules()[-1].package == "alfa 1.0"


def test_several_rules_at_once_all_or_none(install: Install) -> None:
    more = rule() + '\nimport dataclasses\nMORE = [RULE, dataclasses.replace(RULE, code="OFF102", name="other-rule")]\n'
    install("dua", {"xlaudit.rules": {"semua": "dua:MORE"}}, dua=more)
    assert [one.code for one in all_rules()[len(built_in()) :]] == ["OFF101", "OFF102"]
    install("lagi", {"xlaudit.rules": {"semua": "lagi:MORE"}}, lagi=more.replace("OFF101", "NEW101"))
    assert [one.code for one in all_rules()[len(built_in()) :]] == ["OFF101", "OFF102"]
    assert len(own_rules().faults) == 1


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("5", "harus berupa pemetaan"),
        ("{'pagu': 'dipa'}", "harus berupa pemetaan"),
        ("{'pagu': 5}", "harus berupa pemetaan"),
        ("{'pgu': ['dipa']}", "Maksudnya pagu?"),
        ("{'pagu': ['DIPA']}", "“DIPA” bukan kata"),
        ("{'pagu': ['dipa', 'realisasi']}", "kata “realisasi” sudah berarti “realisasi”"),
        ("{'pagu': [5]}", "“5” bukan kata"),
        ("{'pagu': ['dipa'], 'sisa': ['dipa']}", "kata “dipa” sudah berarti “pagu”"),
        ("{'pagu': ['dan']}", "kata “dan” sudah berarti"),
    ],
)
def test_words_that_are_wrong(install: Install, capsys: pytest.CaptureFixture[str], value: str, said: str) -> None:
    install("salah", {"xlaudit.words": {"kata": "salah:WORDS"}}, salah=f"WORDS = {value}")
    assert said in remarks(capsys)
    assert xlaudit.schemas.words.concept("dipa") is None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("5", "bukan int"),
        ("Kind('spm', both('a', 'b'), ())", "bukan “spm”"),
        ("[Kind('a.b', both('a', 'b'), (), titles=('x',))] * 2", "sudah ada jenis tabel bernama “a.b”"),
        ("Kind('a.b', both('a', 'b'), ())", "memerlukan kata judul"),
        ("Kind('a.b', both('a', 'b'), (('pagoo',),), titles=('x',))", "Maksudnya pagu?"),
        ("Kind('a.b', 'a', (), titles=('x',))", "tidak dapat dipakai"),
        ("Kind('a.b', both('a', 'b'), 5, titles=('x',))", "tidak dapat dipakai"),
    ],
)
def test_kinds_that_are_wrong(install: Install, capsys: pytest.CaptureFixture[str], value: str, said: str) -> None:
    module = f"from xlaudit.schemas.kinds import Kind\nfrom xlaudit.texts import both\nKIND = {value}\n"
    install("salah", {"xlaudit.kinds": {"jenis": "salah:KIND"}}, salah=module)
    assert said in remarks(capsys)


def test_nothing_is_left_behind() -> None:
    assert all_rules() == built_in() and not [name for name in xlaudit.schemas.kinds.KINDS if "." in name]
    assert xlaudit.schemas.words.concept("dipa") is None
