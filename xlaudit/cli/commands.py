"""Which commands there are, and what each does: the help of the group tells that without loading any of them."""

from __future__ import annotations

from typing import NamedTuple

from xlaudit.texts import Text


class Told(NamedTuple):
    """One command: the module of ``xlaudit.cli`` that defines it under its own name, and its help."""

    module: str
    about: Text


_AUDIT = Text("""Audit workbooks; findings are marked in a copy, STEM.audit.xlsx.

    PATH is an .xlsx/.xlsm/.xls/.xlsb/.ods file, a folder, or a URL of either (s3://...); annotated copies are made
    of .xlsx/.xlsm only. In folders, hidden files, Excel's lock files (~$) and earlier annotated copies
    are passed over.

    Exit codes: 0 no findings, 1 findings, 2 something could not be audited.""")
_RECAP = Text("""Audit workbooks and put all results into one overview for the head of the office.

    PATH is a workbook or a folder. Annotated copies are written as `xlaudit audit` does, and the recap links to them.
    The form follows from the ending of OUT: .xlsx and .html tell everything, .jsonl has one line for every workbook,
    .csv and .parquet one record for every finding.

    Exit codes: 0 all were audited, 2 something could not be audited (the recap lists it).""")
_ANNOTATE = Text("""Write the findings of a JSON report into a workbook.

    The report may come from `audit --format json`, may be edited or made by hand: severity, sheet,
    cell and message suffice for a finding.""")
_CLEAN = Text("""Take every annotation of xlaudit out of a workbook.

    The result is what the file was before it was annotated.""")
_COMPARE = Text("""Compare a resubmission with the submission before.

    Findings fixed, still open and new; figures changed without a finding asking for it; rows added and
    removed. Rows are told by code and name, not by position. Annotated copies are read without their
    annotations; the responses in them are shown. Without OLD the submission before NEW is looked up in the
    ledger.

    Exit codes: 0 no findings are left, 1 some are, 2 it could not be compared.""")
_TABLES = Text("""Show how a workbook was read.

    For each table: range, kind, columns, levels of its rows, how figures are written, and what was left aside and
    why. `--format html` shows the sheets coloured by what was recognised.

    Exit codes: 0 tables were recognised, 2 none was or the file cannot be read.""")
_EXTRACT = Text("""Take the figures of recognised tables out as tidy data.

    PATH is a workbook or a folder. Every record carries agency, year, sheet and cell; values are exactly
    those of the workbook. The form follows from the ending of OUT: .csv, .jsonl or .parquet; `-o -` writes to stdout.

    Exit codes: 0 all were read, 2 something could not be read or holds no table (the others are written).""")
_WHATIF = Text("""Try other figures without changing the file: which findings would go, which would come.

    CELL=VALUE, such as D8=175000000, E8=92,5 or "'Realisasi 2024'!D8=-"; an empty value clears the cell.
    Formulas that hang on the cell are computed again.

    Exit codes: 0 no findings after the change, 1 some are left, 2 it could not be tried.""")
_TEMPLATE = Text("""Write the workbook template that staff fill.

    KIND: lkjip (all sheets), pengukuran-kinerja, realisasi-anggaran, evaluasi-triwulan (form E.81) or
    perjanjian-kinerja; lkjip if none is given. The template computes percentages, sisa, capaian, kategori and
    totals itself, and warns while it is being filled.""")
_STATUS = Text("""Show who has submitted and what is open, from the ledger.

    For each agency: when it submitted last, how often, errors and warnings that are open, since when, and how many
    were fixed. With a list of agencies also those that have not submitted. `--agency` shows one agency with all its
    submissions and findings.

    Exit codes: 0 no open errors, 1 some are open, 2 the ledger or the list cannot be read.""")
_MAIL = Text("""Give audited workbooks back by mail: as drafts, or sent.

    The workbooks of PATH are audited, and for each agency of the list a mail is made with what was
    found and the annotated copies. Drafts are .eml files which Outlook and Thunderbird open as mails
    still to be sent. With --inbox the workbooks come from a mailbox, and the mails answer theirs.

    Exit codes: 0 no findings, 1 findings, 2 something could not be audited, drafted or sent.""")
_RULES = Text("""List all rules.

    For each rule: code, name, severity, the number of test cases that hold it, its title and, if it is not one of
    xlaudit's own, the package it comes from.""")
_EXPLAIN = Text("""Explain one rule: what it checks and why.

    CODE is the code of a rule (RA101) or its name (program-total).""")
_DEMO = Text("""Audit the bundled sample.

    Findings are shown, the annotated copy is written to this folder; the exit code is 1, for there are
    findings.""")

COMMANDS = {
    "audit": Told("audit", _AUDIT),
    "recap": Told("recap", _RECAP),
    "annotate": Told("annotating", _ANNOTATE),
    "clean": Told("annotating", _CLEAN),
    "compare": Told("compare", _COMPARE),
    "tables": Told("tables", _TABLES),
    "extract": Told("extract", _EXTRACT),
    "whatif": Told("whatif", _WHATIF),
    "template": Told("template", _TEMPLATE),
    "status": Told("status", _STATUS),
    "mail": Told("mail", _MAIL),
    "rules": Told("catalogue", _RULES),
    "explain": Told("catalogue", _EXPLAIN),
    "demo": Told("demo", _DEMO),
}
"""In the order in which the help lists them."""
