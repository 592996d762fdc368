"""Something of each result of a run, such as its outcome, without holding them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

from xlaudit.batch.job import Result

_Item = TypeVar("_Item")


class Each(Sequence[_Item], Generic[_Item]):
    """Something of each result, read when it is asked for."""

    def __init__(self, results: Sequence[Result], of: Callable[[Result], _Item]) -> None:
        self._results = results
        self._of = of

    def __len__(self) -> int:
        return len(self._results)

    def __iter__(self) -> Iterator[_Item]:
        return map(self._of, self._results)

    @overload
    def __getitem__(self, at: int) -> _Item: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[_Item]: ...
    def __getitem__(self, at: int | slice) -> _Item | Sequence[_Item]:
        return list(map(self._of, self._results[at])) if isinstance(at, slice) else self._of(self._results[at])
