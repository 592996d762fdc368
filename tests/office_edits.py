"""Edits workbooks in LibreOffice as a person would, so that it moves formulas and names along.

Runs in a Python that has ``uno`` (the system's): ``office_edits.py PROFILE JOBS.json``. A job is a source, a target and
a list of edits, each a name of a function below and its arguments; rows and columns count from 1.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


def insert_rows(sheet: Any, row: int, count: int) -> None:
    sheet.getRows().insertByIndex(row - 1, count)


def delete_rows(sheet: Any, row: int, count: int) -> None:
    sheet.getRows().removeByIndex(row - 1, count)


def delete_column(sheet: Any, column: int) -> None:
    sheet.getColumns().removeByIndex(column - 1, 1)


def insert_column(sheet: Any, column: int) -> None:
    sheet.getColumns().insertByIndex(column - 1, 1)


def rename(sheet: Any, name: str) -> None:
    sheet.setName(name)


def put(sheet: Any, address: str, content: str | float) -> None:
    cell = sheet.getCellRangeByName(address)
    if isinstance(content, str):
        cell.setFormula(content)
    else:
        cell.setValue(content)


def clear(sheet: Any, area: str) -> None:
    sheet.getCellRangeByName(area).clearContents(1 | 2 | 4 | 16)


def paste_values(sheet: Any, area: str) -> None:
    """The cells of an area copied and pasted as values over themselves."""
    cells = sheet.getCellRangeByName(area)
    cells.setDataArray(cells.getDataArray())


def copy_row(sheet: Any, source: int, target: int) -> None:
    width = sheet.getCellRangeByName(f"A{source}:Z{source}")
    place = sheet.getCellRangeByName(f"A{target}").getCellAddress()
    sheet.copyRange(place, width.getRangeAddress())


def sort(sheet: Any, area: str, column: int) -> None:
    """Rows sorted by a column of the area, downwards."""
    import uno  # type: ignore[import-not-found]

    field = uno.createUnoStruct("com.sun.star.table.TableSortField")
    field.Field, field.IsAscending = column - 1, False
    descriptor = [
        _property("SortFields", uno.Any("[]com.sun.star.table.TableSortField", (field,))),
        _property("ContainsHeader", False),
    ]
    sheet.getCellRangeByName(area).sort(tuple(descriptor))


def _property(name: str, value: Any) -> Any:
    import uno

    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


def _connect(profile: str) -> tuple[subprocess.Popen[bytes], Any]:
    import uno

    pipe = f"xlaudit{time.time_ns()}"
    command = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore"]
    office = subprocess.Popen([*command, f"--accept=pipe,name={pipe};urp;"])
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return office, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:  # noqa: BLE001 - it is still starting
            time.sleep(0.25)
    office.terminate()
    raise SystemExit("LibreOffice did not start")


def main(profile: str, jobs: str) -> None:
    office, desktop = _connect(profile)
    try:
        for source, target, edits in json.loads(Path(jobs).read_text("utf-8")):
            document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, (_property("Hidden", True),))
            for name, sheet, *arguments in edits:
                sheets = document.getSheets()
                if name == "delete_sheet":
                    sheets.removeByName(sheet)
                    continue
                page = sheets.getByName(sheet)
                page.unprotect("")
                globals()[name](page, *arguments)
            document.calculateAll()
            document.storeToURL(Path(target).as_uri(), (_property("FilterName", "Calc MS Excel 2007 XML"),))
            document.close(True)
        desktop.terminate()
    finally:
        try:
            office.wait(30)
        except subprocess.TimeoutExpired:
            office.kill()


if __name__ == "__main__":
    main(*sys.argv[1:])
