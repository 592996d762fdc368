"""The catalogue of messages: complete, compiled, in line with the source; and nothing said goes round it."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter

import catalogue
import openpyxl
import pytest
from babel.messages.pofile import read_po

from xlaudit.cli import main
from xlaudit.cli.commands import COMMANDS
from xlaudit.texts import Language, Text

ROOT = Path(__file__).parents[1]
MESSAGES = catalogue.collected()
TRANSLATED = catalogue.translated()
UPDATE = "run `python tests/catalogue.py`"


def test_every_message_is_in_the_catalogue_and_no_other() -> None:
    assert len(MESSAGES) > 600
    assert sorted(MESSAGES.keys() - TRANSLATED.keys()) == [], UPDATE
    assert sorted(TRANSLATED.keys() - MESSAGES.keys()) == [], UPDATE


def test_every_message_is_translated() -> None:
    assert [key for key, message in sorted(TRANSLATED.items()) if not catalogue.indonesian(message).strip()] == []


def test_no_translation_is_doubtful_or_left_over() -> None:
    with catalogue.PO.open("rb") as file:
        read = read_po(file, locale="id")
    assert [message.id for message in read if message.fuzzy and message.id] == []
    assert list(read.obsolete) == []


def test_the_catalogue_counts_where_the_source_does() -> None:
    odd = [key for key, one in MESSAGES.items() if isinstance(one.id, str) != isinstance(TRANSLATED[key].id, str)]
    assert odd == [], UPDATE


def gaps(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_both_languages_have_the_same_gaps() -> None:
    odd = []
    for (_, english), message in TRANSLATED.items():
        many = english if isinstance(message.id, str) else message.id[1]
        if gaps(many) != gaps(catalogue.indonesian(message)) or not gaps(english) >= gaps(many) - {"n"}:
            odd.append(english)
    assert odd == []


def test_gaps_are_named() -> None:
    assert [english for _, english in TRANSLATED if any(not name.isidentifier() for name in gaps(english))] == []


def test_what_is_compiled_is_what_is_written() -> None:
    fresh = GNUTranslations(io.BytesIO(catalogue.compiled(TRANSLATED)))
    with catalogue.MO.open("rb") as file:
        kept = GNUTranslations(file)
    for (context, english), message in TRANSLATED.items():
        if not isinstance(message.id, str):
            assert kept.ngettext(english, message.id[1], 2) == fresh.ngettext(english, message.id[1], 2), UPDATE
        elif context:
            assert kept.pgettext(context, english) == fresh.pgettext(context, english), UPDATE
        else:
            assert kept.gettext(english) == fresh.gettext(english), UPDATE
    assert kept.info() == fresh.info()


# What goes round the catalogue

SAYS = {"echo", "secho", "warn", "emit", "say", "fail", "UsageError", "BadParameter", "BadUsage", "UnreadableWorkbook",
        "NoTables", "UserError", "option", "argument"}  # fmt: skip
A_SENTENCE = re.compile(r"[A-Za-zé]{2,} [A-Za-zé(“]{2,}")


def _words(node: ast.expr) -> str:
    """The fixed words of a literal or an f-string."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_words(part) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def round_the_catalogue(source: str) -> Iterator[str]:
    """Calls that would say something that no catalogue could know, each with its line."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        if name in ("Text", "plural", "sense") and isinstance(node.func, ast.Name):
            literal = all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in arguments)
            if not literal or len(arguments) != (1 if name == "Text" else 2):
                yield f"{node.lineno}: {name} takes plain literals"
        elif name in ("same", "both") and any(A_SENTENCE.search(_words(one)) for one in arguments):
            yield f"{node.lineno}: {name} says a sentence"
        elif name in SAYS and any(A_SENTENCE.search(_words(one)) for one in arguments):
            yield f"{node.lineno}: {name} is given words"


def test_nothing_said_goes_round_the_catalogue() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{what}"
        for path in sorted((ROOT / "xlaudit").rglob("*.py"))
        if path != ROOT / "xlaudit" / "texts.py"
        for what in round_the_catalogue(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'Text(f"{n} rows")',
        'Text("baris", "rows")',
        'Text("a" + b)',
        "Text(words)",
        'plural("{n} row")',
        'both("tidak ada baris", "there are no rows")',
        'same("there are no rows")',
        'click.echo("There is nothing.")',
        'session.warn(f"{path} cannot be read")',
        'BadUsage("map_invalid", f"{path} is wrong")',
        'click.option("--force", help="Replace existing outputs.")',
    ],
)
def test_it_would_be_noticed(source: str) -> None:
    assert list(round_the_catalogue(source))


@pytest.mark.parametrize(
    "source",
    [
        'Text("{n} rows")',
        'plural("{n} row", "{n} rows")',
        'sense("table", "No")',
        'both(show(value), show(value, "en"))',
        'same(f"{name} · {heading}")',
        'click.echo(f"xlaudit {version}")',
        'UnreadableWorkbook("not_found", Text("File not found."))',
        'option("--force", is_flag=True)',
    ],
)
def test_what_is_right_is_left_alone(source: str) -> None:
    assert list(round_the_catalogue(source)) == []


# What is read

def pieces(sentence: str) -> Iterator[str]:
    """The stretches of a message between its gaps that are long enough to be told from other words."""
    for fixed, _, _, _ in Formatter().parse(" ".join(sentence.split())):
        if len(fixed.split()) >= 3 and len(fixed.strip()) >= 15:
            yield fixed.strip()


@cache
def other_words(language: Language) -> set[str]:
    """Stretches of messages that a reader of this language must not see."""
    own: set[str] = set()
    foreign: set[str] = set()
    for message in TRANSLATED.values():
        english = [message.id] if isinstance(message.id, str) else list(message.id)
        indonesian = [catalogue.indonesian(message)]
        mine, others = (english, indonesian) if language == "en" else (indonesian, english)
        own |= {piece for one in mine for piece in pieces(one)}
        foreign |= {piece for one in others for piece in pieces(one)}
    return {piece for piece in foreign if not any(piece in one for one in own)}


def assert_said_in(language: Language, text: str) -> None:
    flat = " ".join(text.split())
    assert [piece for piece in other_words(language) if piece in flat] == []


LANGUAGES: tuple[Language, ...] = ("id", "en")


def test_the_other_language_would_be_noticed() -> None:
    one = Text("This file is damaged: {what}.").fill(what=Text("part {part} is missing").fill(part="a"))
    for language, other in zip(LANGUAGES, reversed(LANGUAGES), strict=True):
        assert len(other_words(language)) > 300
        assert_said_in(language, one.get(language))
        with pytest.raises(AssertionError):
            assert_said_in(language, one.get(other))


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_in_one_language(language: Language, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("", *COMMANDS):
        assert main([*([command] if command else []), "--lang", language, "--help"]) == 0
        text = capsys.readouterr().out
        assert ("Usage:" in text) == (language == "en")
        assert_said_in(language, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_audit_is_in_one_language(language: Language, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    sample = str(ROOT / "samples" / "magetan-2024.xlsx")
    assert main(["audit", sample, "--lang", language, "--all", "--output", str(tmp_path)]) == 1
    text = capsys.readouterr().out
    assert len(text) > 2000
    assert_said_in(language, text)
    sheet = openpyxl.load_workbook(next(tmp_path.glob("*.xlsx"))).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert sheet.title == ("Audit Findings" if language == "en" else "Hasil Audit")
    assert len(cells) > 50
    for cell in cells:
        assert_said_in(language, cell)


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_are_in_one_language(language: Language, capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("text", "html"):
        assert main(["tables", str(ROOT / "samples" / "magetan-2024.xlsx"), "--lang", language, "--format", form]) == 0
        assert_said_in(language, capsys.readouterr().out)
