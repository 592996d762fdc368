"""One workbook of a batch: audited, annotated, and whatever goes wrong kept in the result."""

from __future__ import annotations

import hashlib
import pickle
import warnings
from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xlaudit.answers import of_causes
from xlaudit.batch.urls import is_remote, shown
from xlaudit.digest import Digest
from xlaudit.errors import NO_MEMORY, OUT_OF_MEMORY, UserError
from xlaudit.faults import OUR_FAULT, crash_line, crash_trace
from xlaudit.identity import UNKNOWN, Identity
from xlaudit.mapping.model import Mapping
from xlaudit.outcome import Failure, Outcome
from xlaudit.outputs import check_target, make_folder, replacing
from xlaudit.settings import DEFAULT, Settings
from xlaudit.texts import Language, Text
from xlaudit.waivers import Waiver, decisions

if TYPE_CHECKING:
    from xlaudit.annotate import Listed, Source
    from xlaudit.zipped import Zipped


class Bounds(NamedTuple):
    """What the audit of one workbook of several may take: seconds by the clock, and MiB where the system heeds it."""

    seconds: int = 300
    memory: int = 2048


@dataclass(frozen=True, slots=True)
class Job:
    """One workbook to audit. ``target`` is its annotated copy, None where none is wanted.

    ``others`` are earlier workbooks of the same office that it is held against.
    """

    path: Path
    target: Path | None
    language: Language
    force: bool = False
    mapping: Mapping | None = None
    settings: Settings = DEFAULT
    page: bool = False
    """Whether a review page is wanted."""
    others: tuple[Digest, ...] = ()
    name: str = ""
    target_name: str = ""
    """How reports call workbook and copy, where not by their paths."""

    @property
    def shown(self) -> str:
        """How reports call the workbook."""
        return self.name or shown(self.path)

    @property
    def shown_target(self) -> str:
        """How reports call the copy; empty where none is wanted."""
        return self.target_name or ("" if self.target is None else shown(self.target))


class Result(NamedTuple):
    """What became of a job. ``complaints`` say what else went wrong, ``trace`` where we failed."""

    outcome: Outcome
    complaints: tuple[Text, ...] = ()
    trace: str | None = None
    page: str | None = None
    """The review page, where one was wanted and the workbook did not crash."""
    sha256: str = ""
    """Of the file that was audited, in hexadecimal digits; empty where there is none to be read."""
    copy_sha256: str = ""
    """Of the annotated copy that was written."""
    signed: bool = False
    """Whether the workbook carries a digital signature, which does not hold for that copy."""


Numbered = tuple[int, Job]


class _Copies(NamedTuple):
    """The workbook itself and the copy of it that is replaced, as far as there are such; either may be annotated."""

    own: Source | None
    replaced: Source | None

    @classmethod
    def of(cls, job: Job) -> _Copies:
        from xlaudit.annotate import opened

        limits = job.settings.limits
        return cls(opened(job.path, limits), None if job.target is None else opened(job.target, limits))

    @property
    def annotated(self) -> bool:
        """Whether either is."""
        return any(one is not None and one.annotated for one in self)

    @property
    def zipped(self) -> Zipped | None:
        """The workbook as it was opened."""
        return None if self.own is None else self.own.zipped

    def listed(self) -> list[Listed]:
        """What is listed in either; what was typed in the workbook itself goes first."""
        from xlaudit.annotate import merged

        replaced, own = ([] if one is None else one.listed for one in (self.replaced, self.own))
        return merged(replaced, own)

    def decided(self) -> dict[str, tuple[str, str]]:
        """What the auditor decided, by finding, with its place; what stands in the workbook itself goes first."""
        from xlaudit.annotate import decisions_of

        replaced, own = ({} if one is None else decisions_of(one.listed) for one in (self.replaced, self.own))
        return replaced | own


def run(job: Job) -> Result:
    """Audit one workbook and write its annotated copy. Nothing is raised: a crash is in the result.

    Where the file's format allows no annotated copy, none is written; the outcome says so.
    """
    if is_remote(job.path) or (job.target is not None and is_remote(job.target)):
        from xlaudit.batch.remote import run_elsewhere

        return run_elsewhere(job)
    return run_here(job)


def run_here(job: Job) -> Result:
    """Likewise, where workbook and copy are files of this machine."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _run(job)
        except MemoryError:
            return without_memory(job)


def _run(job: Job) -> Result:
    try:
        copies = _Copies.of(job)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - our own fault, reported apart; other workbooks go on
        return Result(our_fault(job, error), trace=crash_trace(error), sha256=digest_of(job.path))
    sha256 = digest_of(job.path) if copies.own is None else copies.own.sha256
    return _run_on(job, copies)._replace(sha256=sha256)


def _run_on(job: Job, copies: _Copies) -> Result:
    try:
        outcome, page = _audit(job, copies)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - likewise
        return Result(our_fault(job, error), trace=crash_trace(error))
    if outcome.failure is not None or job.target is None or not outcome.annotatable:
        return Result(outcome, page=page)
    try:
        copy_sha256 = _annotate(job, job.target, outcome, copies)
    except UserError as error:
        return Result(outcome, (error.text,), page=page)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - likewise; what was found is still reported
        return Result(outcome, (OUR_FAULT.fill(detail=crash_line(error)),), crash_trace(error), page)
    signed = copies.own is not None and copies.own.signed
    return Result(replace(outcome, annotated=job.shown_target), page=page, copy_sha256=copy_sha256, signed=signed)


def digest_of(path: Path) -> str:
    """The SHA-256 of an ordinary file's content; empty where there is none or it cannot be read."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def rejected(job: Job, code: str, message: Text) -> Result:
    """The result of a workbook that could not be audited."""
    return Result(Outcome(job.shown, failure=Failure(code, message)))


def without_memory(job: Job, message: Text = NO_MEMORY) -> Result:
    """The result of a workbook for which memory did not suffice."""
    return rejected(job, OUT_OF_MEMORY, message)


def _audit(job: Job, copies: _Copies) -> tuple[Outcome, str | None]:
    """The outcome and, where it is wanted, the page, which needs the sheets."""
    if not job.page:
        from xlaudit.audit import audit_workbook

        outcome = audit_workbook(
            job.path, job.settings, job.mapping, _decisions(job, copies), job.others, copies.zipped
        )
        return _answered(copies, _named(job, outcome)), None
    from xlaudit.audit import audit_shown
    from xlaudit.reports.review_html import review_page

    outcome, excerpts = audit_shown(
        job.path, job.settings, job.mapping, _decisions(job, copies), job.others, copies.zipped
    )
    outcome = _answered(copies, _named(job, outcome))
    return outcome, review_page(outcome, excerpts, job.language, date.today())


def _named(job: Job, outcome: Outcome) -> Outcome:
    if not job.name:
        return outcome
    return replace(outcome, path=job.name, digest=outcome.digest._replace(path=job.name))


def _answered(copies: _Copies, outcome: Outcome) -> Outcome:
    """With what the agency answered in the workbook, and in the copy that is replaced."""
    from xlaudit.annotate import answers_of

    if outcome.failure is not None or not copies.annotated:
        return outcome
    return replace(outcome, answers=of_causes(answers_of(copies.listed()), outcome.diagnoses))


def _annotate(job: Job, target: Path, outcome: Outcome, copies: _Copies) -> str:
    """Write the annotated copy; its SHA-256. Answers of the agency in a copy that is replaced are carried over."""
    from xlaudit.annotate import annotate
    from xlaudit.reports.marking import outcome_to_marks

    check_target(target, (job.path,), job.force)
    make_folder(target.parent)
    marks, heading = outcome_to_marks(outcome, job.language, date.today())
    past = decided = None
    if copies.replaced is not None and copies.replaced.annotated:
        past = copies.listed()
        decided = {name: text for name, (text, _) in copies.decided().items()}
    source = job.path if copies.own is None else copies.own
    with replacing(target) as temporary:
        return annotate(source, temporary, marks, heading, job.language, None, job.settings.limits, decided, past)


def _decisions(job: Job, copies: _Copies) -> list[Waiver | Text]:
    return list(decisions(copies.decided())) if job.settings.workbook_waivers else []


def our_fault(job: Job, error: BaseException) -> Outcome:
    """The outcome of a workbook at which we broke down ourselves."""
    return Outcome(job.shown, failure=Failure("internal", OUR_FAULT.fill(detail=crash_line(error))))


def is_troubled(result: Result) -> bool:
    """Whether something could not be done, by the user's fault or ours."""
    return bool(result.outcome.failure is not None or result.outcome.crashes or result.complaints)


def is_signed(result: Result) -> bool:
    """Whether the signature of a workbook does not hold for its annotated copy."""
    return result.signed


TOLD = (is_troubled, is_signed)
"""What is asked of all results, few of which it is true of."""


class Recalled(Sequence[Result]):
    """Results that are read anew whenever they are asked for."""

    @abstractmethod
    def of_which(self, told: Callable[[Result], bool]) -> Iterable[Result]:
        """Those of which it is true, one of ``TOLD``, without reading the others."""


class Sealed(NamedTuple):
    """A result on its way between processes, or on a disk: pickled, with what a run asks of each before it is read."""

    pickled: bytes
    identity: Identity
    """Whose workbook it is, as far as that could be audited."""
    told: tuple[bool, ...]
    """What is true of it, in the order of ``TOLD``."""

    @classmethod
    def of(cls, result: Result, pickled: bytes | None = None) -> Sealed:
        """``pickled``: the result, where it was pickled already."""
        identity = UNKNOWN if result.outcome.failure is not None else result.outcome.digest.identity
        content = pickle.dumps(result, pickle.HIGHEST_PROTOCOL) if pickled is None else pickled
        return cls(content, identity, tuple(told(result) for told in TOLD))

    def result(self) -> Result:
        """The result, read anew."""
        read: Result = pickle.loads(self.pickled)
        return read


Answer = tuple[int, Sealed]
"""The number of a job and its result."""


def of_which(told: Callable[[Result], bool], results: Sequence[Result]) -> Iterable[Result]:
    """The results of which it is true, one of ``TOLD``."""
    return results.of_which(told) if isinstance(results, Recalled) else filter(told, results)
