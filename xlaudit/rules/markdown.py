"""A rule's page as Markdown, for docs/rules and for programs that show it: the drawn tables become tables."""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.patterns import pattern
from xlaudit.rules.base import Rule
from xlaudit.rules.pages import PARTS, RIGHT, SETTINGS, STAR, WRONG, examples, halves, settings_told
from xlaudit.texts import Language, Text

_MARK = "◀"
_SHEET = pattern(r"# Lembar: (.+)")
_TEMPLATE = pattern(r"# Templat: (\S+)")
_FORMULA = pattern(r"(=.*?) -> ?(.*)")
_LOOK = pattern(r"(.*) as (?:bold|indent \d|(\S+))")
_SPECIAL = pattern(r"([\\`*_{}\[\]<>#|~])")
_LIKE_A_RULE = pattern(r"^(?=[-+=]|\d+[.)]\s)")
_SHEET_NAME = Text("Sheet {name}")
_TEMPLATE_NAME = Text("Template {name}")


def markdown(rule: Rule, language: Language) -> str:
    """The page of a rule, without its heading. ``ValueError`` where the docstring lacks a part: our mistake."""
    half = halves(rule)[language]
    blocks = [escaped(half.summary)]
    blocks += (
        f"**{heading.get(language)}:** {escaped(text)}" for heading, text in zip(PARTS, half.parts, strict=True)
    )
    blocks.append(f"**{SETTINGS.get(language)}:** {escaped(settings_told(rule).get(language))}")
    wrong, right = examples(rule)
    star = STAR.get(language).replace("*", _MARK)
    blocks += [f"**{WRONG.get(language)}** ({star}):", *_drawing(wrong, language)]
    blocks += [f"**{RIGHT.get(language)}:**", *_drawing(right, language)]
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """A text that Markdown shows as it stands."""
    return _LIKE_A_RULE.sub(r"\\", _SPECIAL.sub(r"\\\1", text))


def _drawing(drawn: str, language: Language) -> Iterator[str]:
    """Each run of rows as a table, each line without pipes as a line in italics.

    A blank line between rows of one width is a blank row of their table.
    """
    rows: list[list[str]] = []
    blank = False
    for line in [*drawn.splitlines(), "."]:
        text = line.strip()
        cells = [_cell(cell.strip()) for cell in text[1:-1].split("|")] if text.startswith("|") else []
        if rows and text and not (cells and (len(cells) == len(rows[-1]) or not blank)):
            yield _table(rows)
            rows = []
        if cells:
            rows += [[""] * len(cells), cells] if rows and blank else [cells]
        elif text not in ("", "."):
            yield _line(text, language)
        blank = not text


def _line(text: str, language: Language) -> str:
    for form, said in ((_SHEET, _SHEET_NAME), (_TEMPLATE, _TEMPLATE_NAME)):
        if (match := form.fullmatch(text)) is not None:
            return f"*{escaped(said.fill(name=match[1]).get(language))}*"
    return f"*{escaped(text)}*"


def _table(rows: list[list[str]]) -> str:
    width = max(map(len, rows))
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])


def _cell(cell: str) -> str:
    """What a drawn cell shows: the value of a formula with the formula, the format of a number, the mark."""
    marked = cell == "*" or cell.endswith(" *")
    cell = cell.removesuffix("*").rstrip()
    look = None
    if (shaped := _LOOK.fullmatch(cell)) is not None:
        cell, look = shaped[1], shaped[2]
    if (formula := _FORMULA.fullmatch(cell)) is not None:
        shown = f"{escaped(formula[2])} `{formula[1]}`".strip()
    else:
        shown = escaped({"<": "", "^": ""}.get(cell, cell.removeprefix("'")))
    if look is not None:
        shown += f" `{look}`"
    return f"**{shown}** {_MARK}".replace("**** ", "") if marked else shown
