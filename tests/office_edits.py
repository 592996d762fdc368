"""Edits workbooks in LibreOffice as a person would, so that it moves formulas and names along.

Runs in a Python that has ``uno`` (the system's): ``office_edits.py PROFILE JOBS.json``. A job is a source, a target and
a list of edits, each a name of a function below and its arguments; rows and columns count from 1. One session of
LibreOffice does all jobs; it is ended after ``DEADLINE`` seconds whatever it does.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

DEADLINE = 240
_FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xls": "MS Excel 97", ".ods": "calc8"}
_TEXT_FORMAT = 256
"""com.sun.star.util.NumberFormat.TEXT"""


def insert_rows(sheet: Any, row: int, count: int) -> None:
    sheet.getRows().insertByIndex(row - 1, count)


def delete_rows(sheet: Any, row: int, count: int) -> None:
    sheet.getRows().removeByIndex(row - 1, count)


def delete_column(sheet: Any, column: int) -> None:
    sheet.getColumns().removeByIndex(column - 1, 1)


def insert_column(sheet: Any, column: int) -> None:
    sheet.getColumns().insertByIndex(column - 1, 1)


def move_sheet(sheet: Any, position: int) -> None:
    _open[-1].getSheets().moveByName(sheet.getName(), position)


def rename(sheet: Any, name: str) -> None:
    sheet.setName(name)


def put(sheet: Any, address: str, content: str | float) -> None:
    """Typed by keyboard: a number in a cell that is formatted as text becomes a text."""
    cell = sheet.getCellRangeByName(address)
    if isinstance(content, str) and content.startswith("="):
        cell.setFormula(content)
    elif isinstance(content, str):
        cell.setString(content)
    elif _number_formats().getByKey(cell.NumberFormat).Type & _TEXT_FORMAT:
        cell.setString(f"{content:f}".rstrip("0").rstrip(".") if isinstance(content, float) else str(content))
    else:
        cell.setValue(float(content))


def clear(sheet: Any, area: str) -> None:
    sheet.getCellRangeByName(area).clearContents(1 | 2 | 4 | 16)


def paste_values(sheet: Any, area: str) -> None:
    """The cells of an area copied and pasted as values over themselves."""
    _open[-1].calculateAll()
    cells = sheet.getCellRangeByName(area)
    cells.setDataArray(cells.getDataArray())


def copy_row(sheet: Any, source: int, target: int) -> None:
    copy(sheet, f"A{source}:AL{source}", f"A{target}")


def copy(sheet: Any, source: str, target: str) -> None:
    """An area copied to where ``target`` is its first cell, formulas moved along."""
    place = sheet.getCellRangeByName(target).getCellAddress()
    sheet.copyRange(place, sheet.getCellRangeByName(source).getRangeAddress())


def sort(sheet: Any, area: str, column: int, ascending: bool = False) -> None:
    """Rows sorted by a column of the area."""
    import uno  # type: ignore[import-not-found]

    field = uno.createUnoStruct("com.sun.star.table.TableSortField")
    field.Field, field.IsAscending = column - 1, ascending
    descriptor = [
        _property("SortFields", uno.Any("[]com.sun.star.table.TableSortField", (field,))),
        _property("ContainsHeader", False),
    ]
    sheet.getCellRangeByName(area).sort(tuple(descriptor))


_open: list[Any] = []
"""The document that is being edited."""


def _number_formats() -> Any:
    return _open[-1].getNumberFormats()


def _property(name: str, value: Any) -> Any:
    import uno

    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


def _end(office: subprocess.Popen[bytes]) -> None:
    """LibreOffice and what it started, which a kill of its starter alone would leave behind."""
    with suppress(ProcessLookupError):
        os.killpg(office.pid, signal.SIGKILL)


def _start(profile: str, pipe: str) -> subprocess.Popen[bytes]:
    command = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore", "--nologo"]
    office = subprocess.Popen([*command, f"--accept=pipe,name={pipe};urp;"], start_new_session=True)
    watch = threading.Timer(DEADLINE, _end, [office])
    watch.daemon = True
    watch.start()
    return office


def _connect(office: subprocess.Popen[bytes], pipe: str) -> Any:
    import uno

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:  # noqa: BLE001 - it is still starting
            if office.poll() is not None:
                break
            time.sleep(0.1)
    raise SystemExit("LibreOffice did not start")


def _do(desktop: Any, source: str, target: str, edits: list[list[Any]]) -> None:
    document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, (_property("Hidden", True),))
    _open.append(document)
    document.enableAutomaticCalculation(False)  # once at the end is enough
    sheets = document.getSheets()
    for name in sheets.getElementNames():
        sheets.getByName(name).unprotect("")
    for name, sheet, *arguments in edits:
        if name == "delete_sheet":
            sheets.removeByName(sheet)
        elif name == "move_sheet":
            sheets.moveByName(sheet, *arguments)
        elif name == "copy_sheet":
            sheets.copyByName(sheet, *arguments)
        else:
            globals()[name](sheets.getByName(sheet), *arguments)
    document.calculateAll()
    document.storeToURL(Path(target).as_uri(), (_property("FilterName", _FILTERS[Path(target).suffix]),))
    _open.remove(document)
    document.close(True)


def main(profile: str, jobs: str) -> None:
    pipe = f"xlaudit{os.getpid()}{time.time_ns()}"
    office = _start(profile, pipe)
    try:
        desktop = _connect(office, pipe)
        for source, target, edits in json.loads(Path(jobs).read_text("utf-8")):
            _do(desktop, source, target, edits)
        with suppress(Exception):  # the line breaks while it ends
            desktop.terminate()
        office.wait(20)
    finally:
        _end(office)


if __name__ == "__main__":
    main(*sys.argv[1:])
