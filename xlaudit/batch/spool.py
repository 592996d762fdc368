"""Results on disk, in the order of their jobs, so that thousands of them take no memory."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import overload

from xlaudit.batch.job import TOLD, Recalled, Result, Sealed
from xlaudit.errors import UserError, reason
from xlaudit.limits import MIB
from xlaudit.texts import Text

_IN_MEMORY = 16 * MIB
"""So much stays in memory before a file is made."""
_NO_ROOM = Text("Interim results cannot be written to {folder} ({why}); make room there, or name another by TMPDIR.")


class Spool(Recalled):
    """As many results as there are jobs. Each is read anew whenever it is asked for; hold none for long.

    What was not put yet cannot be read. The file goes when the spool does.
    """

    def __init__(self, size: int) -> None:
        import tempfile

        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY, prefix="xlaudit-")  # noqa: SIM115 - kept as long as we are
        self._places: list[tuple[int, int]] = [(0, 0)] * size
        self._told: dict[Callable[[Result], bool], set[int]] = {told: set() for told in TOLD}

    def put(self, number: int, sealed: Sealed) -> None:
        """Takes the result of a job in place of an earlier one; ``UserError`` where the disk is full."""
        with _told():
            place = self._file.seek(0, 2)
            self._file.write(sealed.pickled)
        self._places[number] = (place, len(sealed.pickled))
        for numbers, true in zip(self._told.values(), sealed.told, strict=True):
            (numbers.add if true else numbers.discard)(number)

    def of_which(self, told: Callable[[Result], bool]) -> Iterable[Result]:
        return map(self.__getitem__, sorted(self._told[told]))

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Result: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Result]: ...
    def __getitem__(self, at: int | slice) -> Result | Sequence[Result]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        place, length = self._places[at]
        with _told():
            self._file.seek(place)
            result: Result = pickle.loads(self._file.read(length))
        return result


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        import tempfile

        why = reason(error)
        raise UserError("cannot_write", _NO_ROOM.fill(folder=tempfile.gettempdir(), why=why)) from error
