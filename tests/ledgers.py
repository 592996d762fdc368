"""Ledgers for the tests: a file, or a real PostgreSQL, so that every test of one is a test of both."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import Server, programs, server

from xlaudit.ledger.place import Place
from xlaudit.ledger.store import Ledger

NO_SERVER = "PostgreSQL is not installed (Debian: postgresql)"
KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.skipif(programs() is None, reason=NO_SERVER))]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One server for all tests of a process."""
    if programs() is None:
        pytest.skip(NO_SERVER)
    with server() as running:
        yield running


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where a ledger can be that is not there yet."""
    if request.param == "sqlite":
        return Place(tmp_path / "register.db")
    running = request.getfixturevalue("postgres")
    wiped(running)
    return Place(None, running.with_password)


@pytest.fixture
def ledger(place: Place) -> Iterator[Ledger]:
    with Ledger.open(place) as made:
        yield made


def wiped(running: Server) -> None:
    """Takes all that is in the server's database away."""
    import psycopg

    with psycopg.connect(running.with_password, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


def environment(place: Place) -> dict[str, str]:
    """The environment of a process that uses this ledger."""
    return {**os.environ, "XLAUDIT_LEDGER": str(place.file) if place.file is not None else place.url}
