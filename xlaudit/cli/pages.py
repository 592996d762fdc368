"""Where review pages go: one to the screen or a file, several into a folder with a list of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path

from xlaudit.batch.inputs import Found
from xlaudit.batch.job import Result
from xlaudit.cli.session import Session, emit
from xlaudit.errors import BadUsage
from xlaudit.outputs import check_target, make_folder, real, write_text
from xlaudit.texts import Text, plural

INDEX = "index.html"
_FOLDER = Text("The review pages of {n} workbooks need a folder: name it by --report FOLDER.")
_WRITTEN = Text("The review page was written to {path}.")
_ALL_WRITTEN = plural(
    "{n} review page was written to {path}; {index} lists it.",
    "{n} review pages were written to {path}; {index} lists them.",
)


def plan_pages(found: Found, report: Path | None, inputs: Collection[Path], force: bool) -> list[Path] | None:
    """The file of each workbook's page, of refused ones too; None for the screen.

    A ``report`` named ``.html`` is one workbook's page; any other is a folder, in which pages are laid out as the
    inputs are in theirs. ``BadUsage`` where several have no folder, or a file must not be replaced.
    """
    n = len(found.inputs) + len(found.refused)
    one_file = report is not None and report.suffix.lower() in {".html", ".htm"} and not report.is_dir()
    if n > 1 and (report is None or one_file):
        raise BadUsage("pages_need_folder", _FOLDER.fill(n=n))
    if report is None:
        return None
    if one_file:
        check_target(report, inputs, force)
        return [report]
    names = [(item.below, item.path.stem, item.path.name) for item in found.inputs]
    names += ((Path(), Path(one.path).name or "folder", Path(one.path).name or "folder") for one in found.refused)
    stems = Counter(str(below / stem).casefold() for below, stem, _ in names)
    taken: Counter[str] = Counter()
    targets = []
    for below, stem, name in names:
        chosen = stem if stems[str(below / stem).casefold()] == 1 else name
        key = str(below / chosen).casefold()
        taken[key] += 1
        number = f"-{taken[key]}" if taken[key] > 1 else ""
        targets.append(report / below / f"{chosen}{number}.audit.html")
    places = set(map(real, inputs))
    for target in [*targets, report / INDEX]:
        check_target(target, inputs if real(target) in places else (), force)
    return targets


def publish_pages(results: Sequence[Result], targets: list[Path] | None, session: Session, report: Path | None) -> None:
    """Writes the pages, in the order of ``targets``, and their list where they have a folder."""
    from xlaudit.reports.review_html import review_page
    from xlaudit.reports.review_index import Entry, review_index

    today = date.today()

    def page_of(one: Result) -> str:
        return one.page or review_page(one.outcome, (), session.language, today)

    if targets is None or report is None:
        for one in results:
            emit(page_of(one))
        return
    if targets == [report]:
        write_text(report, page_of(results[0]))
        session.warn(_WRITTEN.fill(path=report))
        return

    def entries() -> Iterator[Entry]:
        for target, one in zip(targets, results, strict=True):
            make_folder(target.parent)
            write_text(target, page_of(one))
            yield Entry(target.relative_to(report).as_posix(), one.outcome)

    index = review_index(entries(), session.language, today)
    write_text(report / INDEX, index)
    session.warn(_ALL_WRITTEN.fill(n=len(targets), path=report, index=report / INDEX))
