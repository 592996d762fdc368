"""The published forms: which columns each sheet of the template has, what is typed there, what is computed.

One source for the writer of the template (``templates``), for the recognition of a filled one (``reading``) and
for the rules about it. Header texts are those that ``schemas.columns`` reads back to the same roles; a test
holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PROPERTY = "xlaudit_template"
"""The custom document property that names the kind of a template."""
VERSION_PROPERTY = "xlaudit_template_version"
VERSION = "1"
"""Grows with every change of columns, anchors or settings."""


class Entry(StrEnum):
    """Who fills the cells of a column."""

    CODE = "code"
    """Typed, as text: a code whose dots tell the levels."""
    TEXT = "text"
    FIGURE = "figure"
    """Typed: a target or result in the indicator's own satuan."""
    AMOUNT = "amount"
    """Typed in the rows that have no rows below them, the sum of those in the others; rupiah."""
    CHOICE = "choice"
    """Chosen from ``choices``, or from the column ``listed``."""
    COMPUTED = "computed"
    """A formula, locked: an amount, a percentage, a label, or a figure looked up on another sheet."""


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column. ``header`` goes from the outermost heading to the innermost; ``{ini}`` and ``{lalu}`` in it stand
    for the year of the report and the one before.

    ``role`` is the role under which the reader knows the column. ``key`` ends its anchor, a defined name that
    spans the column from the row of column numbers to the closing line. ``declared`` is the arithmetic that the
    row of column numbers prints behind the number, columns by their keys. ``in_rupiah``: the heading says in
    which unit. ``listed`` is the anchor whose cells are offered. ``places`` are the decimals shown, None for as
    many as typed.
    """

    key: str
    role: str
    header: tuple[str, ...]
    width: float
    entry: Entry = Entry.TEXT
    choices: tuple[str, ...] = ()
    listed: str = ""
    declared: str = ""
    in_rupiah: bool = False
    places: int | None = None

    @property
    def typed(self) -> bool:
        """Whether staff fill it."""
        return self.entry is not Entry.COMPUTED

    @property
    def spoken(self) -> str:
        """The column as sentences name it, without unit and year: ``Realisasi Triwulan I Rp``."""
        text = " ".join((self.header[0], *self.header[1:][-1:]))
        return text.replace("{ini}", "ini").replace("{lalu}", "lalu").replace(" (%)", "")


@dataclass(frozen=True, slots=True)
class Form:
    """One sheet with one table. ``prefix`` begins its anchors. ``ready`` rows are prepared; ``kind`` as in
    ``schemas.kinds``. ``label`` is the column (key) that a row cannot do without.

    ``folded``: rows add up over the levels of their codes. ``closing`` are the labels of the rows below the
    closing line.
    """

    key: str
    prefix: str
    sheet: str
    kind: str
    title: str
    columns: tuple[FormColumn, ...]
    label: str
    ready: int
    folded: bool = False
    closing: tuple[str, ...] = ()

    def column(self, key: str) -> FormColumn:
        """The column with this key; ``KeyError`` where there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    def anchor(self, key: str) -> str:
        """The defined name of a column, or of the whole table for ``tabel``."""
        return f"{self.prefix}_{key}"


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the sheet *Identitas*. ``name`` is its defined name; ``choices`` empty where it is typed.

    ``default`` stands there when the template is published, empty where staff have to fill it in.
    """

    name: str
    label: str
    help: str
    choices: tuple[str, ...] = ()
    default: str = ""


NO_CAP = "Tidak dibatasi"
TRUNCATED = "Dipotong"
ROUNDED = "Dibulatkan"
OWN_SCALE = "Skala sendiri"
DIFFERENCE = "Selisih"
DIFFERENCE_FROM_100 = "Selisih bila capaian 100 atau lebih"
RELATIVE = "Relatif"
HIGHER = "Makin tinggi"
LOWER = "Makin rendah"
CUMULATIVE = "Kumulatif"
SINGLE = "Non-kumulatif"

IDENTITY_SHEET = "Identitas"
GUIDE_SHEET = "Petunjuk"
CHECK_SHEET = "Cek"
OWN_SHEETS = frozenset({GUIDE_SHEET, IDENTITY_SHEET, CHECK_SHEET})
"""Sheets that show an example, settings and counts, not the agency's figures."""

SETTINGS = (
    Setting("Pemda", "Pemerintah daerah", "Tulis lengkap, misalnya Kabupaten Contoh."),
    Setting("Perangkat_Daerah", "Perangkat daerah", "Tulis lengkap, misalnya Dinas Sosial."),
    Setting("Tahun", "Tahun anggaran", "Empat angka, misalnya 2025."),
    Setting(
        "Periode", "Periode laporan", "Pilih periode yang dilaporkan.",
        ("Tahunan", "Triwulan I", "Triwulan II", "Triwulan III", "Triwulan IV"), "Tahunan",
    ),
    Setting(
        "Satuan_Rupiah", "Satuan rupiah", "Satuan semua kolom rupiah dalam berkas ini.",
        ("Rp", "Rp ribu", "Rp juta"), "Rp",
    ),
    Setting(
        "Cara_Pembulatan", "Cara pembulatan persentase",
        "Dibulatkan: 92,057 menjadi 92,06. Dipotong: 92,057 menjadi 92,05.",
        (ROUNDED, TRUNCATED), ROUNDED,
    ),
    Setting("Skala_Predikat", "Skala predikat", "Skala yang dipakai untuk kolom Kategori; lihat tabel di bawah."),
    Setting(
        "Batas_Capaian", "Batas atas capaian", "Capaian yang lebih tinggi ditulis sebesar batas ini.",
        (NO_CAP, "100", "110", "120", "150"), NO_CAP,
    ),
    Setting(
        "Rumus_Efisiensi", "Rumus efisiensi",
        "Selisih: capaian − serapan. Relatif: (1 − serapan ÷ capaian) × 100.",
        (DIFFERENCE, DIFFERENCE_FROM_100, RELATIVE), DIFFERENCE,
    ),
)  # fmt: skip


def _amount(key: str, name: str, *header: str, entry: Entry = Entry.AMOUNT, declared: str = "") -> FormColumn:
    return FormColumn(key, name, header, 19, entry, declared=declared, in_rupiah=True, places=0)


def _percent(key: str, name: str, *header: str, declared: str = "", width: float = 11) -> FormColumn:
    return FormColumn(key, name, header, width, Entry.COMPUTED, declared=declared, places=2)


_CODE = FormColumn("kode", "kode", ("Kode",), 20, Entry.CODE)
_UNIT = FormColumn("satuan", "satuan", ("Satuan",), 11)
_DIRECTION = FormColumn("arah", "arah", ("Arah",), 13, Entry.CHOICE, (HIGHER, LOWER))
_NATURE = FormColumn("sifat", "sifat", ("Sifat",), 14, Entry.CHOICE, (SINGLE, CUMULATIVE))
_CATEGORY = FormColumn("kategori", "kategori", ("Kategori",), 16, Entry.COMPUTED)
_REMARKS = FormColumn("keterangan", "keterangan", ("Keterangan",), 26)

AGREEMENT = Form(
    "perjanjian_kinerja", "PK", "Perjanjian Kinerja", "perjanjian_kinerja", "PERJANJIAN KINERJA",
    (
        FormColumn("sasaran", "sasaran", ("Sasaran",), 34),
        FormColumn("indikator", "indikator", ("Indikator Kinerja",), 44),
        _UNIT,
        FormColumn("target_sebelum", "target", ("Target Sebelum Perubahan",), 14, Entry.FIGURE),
        FormColumn("target_setelah", "target", ("Target Setelah Perubahan",), 14, Entry.FIGURE),
        _REMARKS,
    ),
    label="indikator", ready=30,
)  # fmt: skip

AGREED_BUDGET = Form(
    "anggaran_perjanjian", "AP", "Anggaran PK", "perjanjian_kinerja", "ANGGARAN PERJANJIAN KINERJA",
    (
        _CODE,
        FormColumn("program", "program", ("Program",), 48),
        _amount("pagu_sebelum", "pagu", "Anggaran Sebelum Perubahan"),
        _amount("pagu_setelah", "pagu", "Anggaran Setelah Perubahan"),
        _amount(
            "perubahan", "perubahan", "Bertambah/(Berkurang)", entry=Entry.COMPUTED,
            declared="{pagu_setelah}-{pagu_sebelum}",
        ),
        _REMARKS,
    ),
    label="program", ready=20, folded=True, closing=("Jumlah",),
)  # fmt: skip

MEASUREMENT = Form(
    "pengukuran_kinerja", "PN", "Pengukuran Kinerja", "pengukuran_kinerja", "PENGUKURAN KINERJA",
    (
        FormColumn("sasaran", "sasaran", ("Sasaran",), 32),
        FormColumn("indikator", "indikator", ("Indikator Kinerja",), 42),
        _UNIT,
        _DIRECTION,
        _NATURE,
        FormColumn("target", "target", ("Target",), 12, Entry.FIGURE),
        FormColumn("realisasi", "realisasi_kinerja", ("Realisasi",), 12, Entry.FIGURE),
        _percent("capaian", "capaian", "Capaian (%)"),
        _CATEGORY,
        FormColumn("sumber_data", "sumber_data", ("Sumber Data",), 24),
    ),
    label="indikator", ready=30, closing=("Rata-rata capaian",),
)  # fmt: skip

PROGRAM_RESULTS = Form(
    "kinerja_program", "KP", "Kinerja Program", "kinerja_anggaran", "KINERJA PROGRAM",
    (
        FormColumn("kode", "kode", ("Kode",), 14, Entry.CHOICE, listed="RA_kode"),
        FormColumn("program", "program", ("Program",), 34),
        FormColumn("indikator", "indikator", ("Indikator Program",), 38),
        _UNIT,
        _DIRECTION,
        FormColumn("target", "target", ("Kinerja", "Target"), 11, Entry.FIGURE),
        FormColumn("realisasi", "realisasi_kinerja", ("Kinerja", "Realisasi"), 11, Entry.FIGURE),
        _percent("capaian", "capaian", "Kinerja", "Capaian (%)"),
        FormColumn("kategori", "kategori", ("Kinerja", "Kategori"), 15, Entry.COMPUTED),
        _amount("pagu", "pagu", "Anggaran", "Pagu", entry=Entry.COMPUTED),
        _amount("realisasi_anggaran", "realisasi", "Anggaran", "Realisasi", entry=Entry.COMPUTED),
        _percent("persen", "persen", "Anggaran", "Serapan (%)", declared="{realisasi_anggaran}/{pagu}x100", width=14),
    ),
    label="indikator", ready=30, closing=("Rata-rata capaian", "Jumlah"),
)  # fmt: skip

REALISATION = Form(
    "realisasi_anggaran", "RA", "Realisasi Anggaran", "realisasi_anggaran", "REALISASI ANGGARAN",
    (
        _CODE,
        FormColumn("uraian", "uraian", ("Program/Kegiatan/Sub Kegiatan",), 52),
        _amount("pagu_sebelum", "pagu", "Pagu Sebelum Perubahan"),
        _amount("pagu_setelah", "pagu", "Pagu Setelah Perubahan"),
        _amount("realisasi", "realisasi", "Realisasi"),
        _percent("persen", "persen", "Serapan (%)", declared="{realisasi}/{pagu_setelah}x100", width=14),
        _amount("sisa", "sisa", "Sisa Anggaran", entry=Entry.COMPUTED, declared="{pagu_setelah}-{realisasi}"),
        _REMARKS,
    ),
    label="uraian", ready=60, folded=True, closing=("Jumlah",),
)  # fmt: skip

EFFICIENCY = Form(
    "efisiensi", "EF", "Efisiensi", "efisiensi", "EFISIENSI PENGGUNAAN SUMBER DAYA",
    (
        FormColumn("kode", "kode", ("Kode",), 14, Entry.CHOICE, listed="RA_kode"),
        FormColumn("program", "program", ("Program",), 46, Entry.COMPUTED),
        _percent("capaian", "capaian", "Capaian Kinerja (%)", width=14),
        _amount("pagu", "pagu", "Pagu", entry=Entry.COMPUTED),
        _amount("realisasi", "realisasi", "Realisasi Anggaran", entry=Entry.COMPUTED),
        _percent("persen", "persen", "Penyerapan Anggaran (%)", declared="{realisasi}/{pagu}x100", width=14),
        _percent("efisiensi", "efisiensi", "Efisiensi (%)", width=14),
        _REMARKS,
    ),
    label="kode", ready=15,
)  # fmt: skip

COMPARISON = Form(
    "perbandingan", "PB", "Perbandingan", "perbandingan", "PERBANDINGAN KINERJA",
    (
        FormColumn("indikator", "indikator", ("Indikator Kinerja",), 44, Entry.CHOICE, listed="PN_indikator"),
        FormColumn("satuan", "satuan", ("Satuan",), 11, Entry.COMPUTED),
        FormColumn("arah", "arah", ("Arah",), 13, Entry.COMPUTED),
        FormColumn("realisasi_lalu", "realisasi_kinerja", ("Realisasi Kinerja Tahun {lalu}",), 14, Entry.FIGURE),
        FormColumn("target", "target", ("Target Tahun {ini}",), 13, Entry.COMPUTED),
        FormColumn("realisasi", "realisasi_kinerja", ("Realisasi Kinerja Tahun {ini}",), 13, Entry.COMPUTED),
        FormColumn(
            "selisih", "selisih", ("Selisih dari Tahun {lalu}",), 13, Entry.COMPUTED,
            declared="{realisasi}-{realisasi_lalu}",
        ),
        _percent("capaian", "capaian", "Capaian Tahun {ini} (%)", width=13),
        FormColumn("target_akhir", "target_akhir_renstra", ("Target Akhir Renstra",), 13, Entry.FIGURE),
        _percent("kemajuan", "tingkat_kemajuan", "Tingkat Kemajuan (%)", width=14),
        _REMARKS,
    ),
    label="indikator", ready=30,
)  # fmt: skip


def _pair(
    key: str, group: str, performance: str, budget: str, entry: Entry = Entry.AMOUNT, declared: str = ""
) -> tuple[FormColumn, ...]:
    """The columns K and Rp under one heading of form E.81."""
    typed = Entry.FIGURE if entry is Entry.AMOUNT else entry
    return (
        FormColumn(f"{key}_k", performance, (group, "K"), 11, typed),
        FormColumn(f"{key}_rp", budget, (group, "Rp"), 18, entry, declared=declared, in_rupiah=True, places=0),
    )


def _target(key: str, group: str) -> tuple[FormColumn, ...]:
    return _pair(key, group, "target", "pagu")


def _result(key: str, group: str, entry: Entry = Entry.AMOUNT, declared: str = "") -> tuple[FormColumn, ...]:
    return _pair(key, group, "realisasi_kinerja", "realisasi", entry, declared)


def _degree(key: str, group: str, part: str, whole: str) -> tuple[FormColumn, ...]:
    return tuple(
        FormColumn(
            f"{key}_{which}", role, (group, which.title()), 16, Entry.COMPUTED,
            declared=f"{{{part}_{which}}}/{{{whole}_{which}}}x100", places=2,
        )
        for which, role in (("k", "capaian"), ("rp", "persen"))
    )  # fmt: skip


EVALUATION = Form(
    "evaluasi_triwulan", "ET", "Evaluasi Triwulan", "evaluasi_triwulan",
    "EVALUASI TERHADAP HASIL RENJA (FORMULIR E.81)",
    (
        _CODE,
        FormColumn("uraian", "uraian", ("Program/Kegiatan/Sub Kegiatan",), 40),
        FormColumn("indikator", "indikator", ("Indikator Kinerja",), 34),
        _UNIT,
        _NATURE,
        *_target("renstra", "Target Akhir Renstra"),
        *_result("lalu", "Realisasi s.d. Tahun {lalu}"),
        *_target("target", "Target Tahun {ini}"),
        *_result("tw1", "Realisasi Triwulan I"),
        *_result("tw2", "Realisasi Triwulan II"),
        *_result("tw3", "Realisasi Triwulan III"),
        *_result("tw4", "Realisasi Triwulan IV"),
        *_result("realisasi", "Realisasi Tahun {ini}", Entry.COMPUTED, "{tw1_rp}+{tw2_rp}+{tw3_rp}+{tw4_rp}"),
        *_degree("capaian", "Tingkat Capaian Tahun {ini} (%)", "realisasi", "target"),
        *_result("jumlah", "Realisasi Renstra s.d. Tahun {ini}", Entry.COMPUTED, "{lalu_rp}+{realisasi_rp}"),
        *_degree("kemajuan", "Tingkat Capaian Renstra (%)", "jumlah", "renstra"),
        FormColumn("penanggung_jawab", "penanggung_jawab", ("Penanggung Jawab",), 20),
    ),
    label="uraian", ready=60, folded=True, closing=("Jumlah", "Rata-rata capaian (%)", "Predikat kinerja"),
)  # fmt: skip

FORMS = (
    AGREEMENT, AGREED_BUDGET, MEASUREMENT, PROGRAM_RESULTS, REALISATION, EFFICIENCY, COMPARISON, EVALUATION,
)  # fmt: skip

TEMPLATES: dict[str, tuple[Form, ...]] = {
    "lkjip": (AGREEMENT, AGREED_BUDGET, MEASUREMENT, PROGRAM_RESULTS, REALISATION, EFFICIENCY, COMPARISON),
    "pengukuran-kinerja": (MEASUREMENT,),
    "realisasi-anggaran": (REALISATION,),
    "evaluasi-triwulan": (EVALUATION,),
    "perjanjian-kinerja": (AGREEMENT, AGREED_BUDGET),
}
"""The published templates and the forms in each, in the order of their sheets."""

EXAMPLES: dict[str, tuple[dict[str, str], ...]] = {
    "realisasi_anggaran": (
        {"kode": "9.99.01", "uraian": "Program Contoh", "pagu_setelah": "250000000", "realisasi": "231500000"},
        {"kode": "9.99.01.2.01", "uraian": "Kegiatan Contoh", "pagu_setelah": "250000000", "realisasi": "231500000"},
        {"kode": "9.99.01.2.01.0001", "uraian": "Sub Kegiatan Contoh A", "pagu_setelah": "175000000",
         "realisasi": "160000000"},
        {"kode": "9.99.01.2.01.0002", "uraian": "Sub Kegiatan Contoh B", "pagu_setelah": "75000000",
         "realisasi": "71500000"},
    ),
    "pengukuran_kinerja": (
        {"sasaran": "Meningkatnya layanan contoh", "indikator": "Persentase layanan contoh tepat waktu",
         "satuan": "%", "arah": HIGHER, "target": "87.5", "realisasi": "91"},
        {"sasaran": "Meningkatnya layanan contoh", "indikator": "Jumlah pengaduan contoh", "satuan": "kasus",
         "arah": LOWER, "target": "20", "realisasi": "17"},
    ),
    "identitas": ({"Pemda": "Kabupaten Contoh", "Perangkat_Daerah": "Dinas Contoh"},),
}  # fmt: skip
"""The example that *Petunjuk* shows, by form: the cells that staff would type. It must not be handed in."""
