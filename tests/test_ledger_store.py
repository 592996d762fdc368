"""The ledger's tables and transactions, in a file and in a real PostgreSQL: made once, kept whole, refused well."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from databases import PASSWORD, Server
from ledgers import environment, ledger, place, postgres, wiped
from sqlalchemy import inspect, text

import xlaudit.ledger.store
from xlaudit.errors import UserError
from xlaudit.ledger.audits import all_audits, findings_of
from xlaudit.ledger.mailings import Mailing
from xlaudit.ledger.place import Place, place_of, without_password
from xlaudit.ledger.schema import VERSION_TABLE, audits, metadata
from xlaudit.ledger.store import HEAD, Ledger, migrate

__all__ = ["ledger", "place", "postgres"]

MAILING = Mailing("kunci", "Dinas Sosial", ("a@contoh.go.id",), "Hasil audit", cc=("b@contoh.go.id", "c@contoh.id"))


def test_the_steps_make_the_tables_as_they_are_declared(ledger: Ledger) -> None:
    with ledger.reading() as connection:
        made = set(inspect(connection).get_table_names())
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, metadata) == []
    assert made == {*metadata.tables, VERSION_TABLE}


def test_the_last_step_is_the_one_that_is_asked_for() -> None:
    folder = Path(xlaudit.ledger.store.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_current_head() == HEAD


def test_what_the_first_step_kept_is_read_after_the_last_one(ledger: Ledger) -> None:
    """A ledger of the first version, with an audit that was rejected and one with a finding."""
    with ledger.writing() as connection:
        for table in (*reversed(metadata.sorted_tables), VERSION_TABLE):
            connection.execute(text(f"DROP TABLE {getattr(table, 'name', table)}"))
        migrate(connection, "0001")
        audit = {column.name: "" for column in audits.columns if column.name not in ("id", "same_as", "reason_en")}
        numbers = dict.fromkeys(["errors", "warnings", "notes", "waived", "unjudged", "checks"], 0)
        whole = {**audit, **numbers, "year": 2024, "recorded_at": "2026-01-01 00:00:00"}
        gaps = ", ".join(f":{name}" for name in whole)
        add = text(f"INSERT INTO xlaudit_audits ({', '.join(whole)}) VALUES ({gaps})")
        connection.execute(add, {**whole, "code": "broken", "reason": "Berkas rusak."})
        connection.execute(add, whole)
        columns = "audit_id, position, finding_id, rule, name, severity, sheet, cell, label, message, cause, certainty"
        said = "2, 0, 'f', 'RA101', 'n', 'error', 'S', 'A1', 'Jumlah', 'Tidak sama.', '', '', false"
        connection.execute(text(f"INSERT INTO xlaudit_findings ({columns}, waived) VALUES ({said})"))
    with Ledger.open(ledger.place) as newer, newer.reading() as connection:
        rejected, _ = all_audits(connection)
        [found] = findings_of(connection, [2])[2]
    assert rejected.why.en == rejected.why.id == "Berkas rusak.", "the only wording that is known"
    assert found.subject.en == "Jumlah"


def test_a_ledger_is_opened_again_as_it_was(place: Place) -> None:
    with Ledger.open(place) as first:
        first.mailings.add(MAILING)
    with Ledger.open(place, create=False) as again:
        assert again.mailings.get("kunci") is not None


def test_what_is_not_there_is_not_made_unless_asked(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        Ledger.open(Place(tmp_path / "tiada.db"), create=False)
    assert caught.value.code == "no_ledger" and not (tmp_path / "tiada.db").exists()


def test_a_mailing_is_there_once_and_claimed_once(ledger: Ledger) -> None:
    kept = ledger.mailings.add(MAILING)
    assert (kept.recipients, kept.cc, kept.state, kept.attempts) == (MAILING.recipients, MAILING.cc, "drafted", 0)
    assert ledger.mailings.add(MAILING) == kept
    assert [ledger.mailings.claim("kunci"), ledger.mailings.claim("kunci")] == [True, False]
    ledger.mailings.note("kunci", "failed", "no connection")
    assert ledger.mailings.claim("kunci", ("drafted", "failed"))
    ledger.mailings.note("kunci", "sent", message_id="<1@contoh>")
    [sent] = ledger.mailings.of(["sent"])
    assert (sent.attempts, sent.error, sent.message_id, sent.recipients) == (2, "", "<1@contoh>", MAILING.recipients)
    assert not ledger.mailings.claim("kunci", ("drafted", "failed")) and not ledger.mailings.claim("lain")
    with pytest.raises(ValueError):
        ledger.mailings.note("kunci", "lost")


def test_what_was_being_sent_for_long_is_doubtful(ledger: Ledger) -> None:
    ledger.mailings.add(MAILING)
    ledger.mailings.claim("kunci")
    now = datetime.now(UTC)
    assert ledger.mailings.doubt(now - timedelta(hours=1)) == 0
    assert ledger.mailings.doubt(now + timedelta(seconds=1)) == 1
    assert [one.state for one in ledger.mailings.of()] == ["doubtful"]


def test_mails_that_came_in_are_known_again(ledger: Ledger) -> None:
    box = "audit@contoh.go.id/INBOX"
    assert ledger.incoming.known(box, 2**32 - 1) == set()
    ledger.incoming.note(box, 2**32 - 1, 7, "<m>", "a@contoh.id", "answered")
    ledger.incoming.note(box, 2**32 - 1, 7, "<m>", "a@contoh.id", "answered")
    assert ledger.incoming.known(box, 2**32 - 1) == {7}
    assert ledger.incoming.known(box, 1) == set()
    assert ledger.incoming.known_message(box, "<m>") and not ledger.incoming.known_message("x", "<m>")


DYING = """
import os, sys, time
from xlaudit.ledger.place import place_of
from xlaudit.ledger.store import Ledger
from sqlalchemy import text
with Ledger.open(place_of(None, os.environ)) as ledger, ledger.writing() as connection:
    for number in range(200):
        connection.execute(text("INSERT INTO xlaudit_incoming (mailbox, uidvalidity, uid, message_id, sender, state,"
                                " handled_at) VALUES ('x', 1, :n, '', '', '', '2026-01-01 00:00:00')"), {"n": number})
    print("in", flush=True)
    time.sleep(60)
"""


def test_a_process_killed_within_a_transaction_leaves_nothing_and_holds_nobody_up(place: Place) -> None:
    with Ledger.open(place) as own:
        own.incoming.note("x", 1, 1000, "", "", "before")
        process = subprocess.Popen([sys.executable, "-c", DYING], stdout=subprocess.PIPE, env=environment(place))
        try:
            assert process.stdout is not None and process.stdout.readline() == b"in\n"
            assert own.incoming.known("x", 1) == {1000}, "nobody sees what is not finished"
        finally:
            process.kill()
            process.wait()
        began = time.monotonic()
        own.incoming.note("x", 1, 1001, "", "", "after")
        assert own.incoming.known("x", 1) == {1000, 1001}
        assert time.monotonic() - began < 10
    if place.file is not None:
        with sqlite3.connect(place.file) as checked:
            assert checked.execute("PRAGMA integrity_check").fetchone() == ("ok",)


OPENING = """
import os, sys
from xlaudit.ledger.place import place_of
from xlaudit.ledger.store import Ledger
sys.stdin.readline()
with Ledger.open(place_of(None, os.environ)) as ledger:
    for number in range(100):
        ledger.incoming.note("x", 1, int(sys.argv[1]) * 1000 + number, "", "", "")
"""


def test_several_make_a_new_ledger_at_once_and_write_at_once(place: Place) -> None:
    command = [sys.executable, "-c", OPENING]
    some = [
        subprocess.Popen([*command, str(n)], stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(place))
        for n in range(4)
    ]
    for process in some:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
    for process in some:
        _, complaint = process.communicate(timeout=120)
        assert process.returncode == 0, complaint.decode()
    with Ledger.open(place) as own:
        assert own.incoming.known("x", 1) == {n * 1000 + number for n in range(4) for number in range(100)}


def test_a_ledger_of_a_newer_xlaudit_is_left_alone(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(UserError) as caught:
        Ledger.open(ledger.place)
    assert caught.value.code == "ledger_newer" and "9999" in caught.value.text.id


def refused(at: Place) -> UserError:
    with pytest.raises(UserError) as caught:
        Ledger.open(at).mailings.add(MAILING)
    assert PASSWORD not in caught.value.text.id + caught.value.text.en
    assert "Traceback" not in caught.value.text.id and "sqlalche" not in caught.value.text.id
    return caught.value


def test_files_that_are_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "teks.db").write_text("bukan basis data\n" * 100)
    assert refused(Place(tmp_path / "teks.db")).code == "ledger_broken"
    with sqlite3.connect(tmp_path / "lain.db") as other:
        other.execute("CREATE TABLE surat (id)")
    other.close()
    assert refused(Place(tmp_path / "lain.db")).code == "ledger_not_ours"
    assert refused(Place(tmp_path)).code == "ledger_cannot_open"
    assert refused(Place(tmp_path / "tiada" / "x.db")).code == "ledger_cannot_open"


def test_a_damaged_ledger(tmp_path: Path) -> None:
    at = Place(tmp_path / "register.db")
    with Ledger.open(at) as made:
        for number in range(200):
            made.incoming.note("x", 1, number, "m" * 200, "", "")
    with sqlite3.connect(at.file or "") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = bytearray((at.file or tmp_path).read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    (at.file or tmp_path).write_bytes(data)
    assert refused(at).code == "ledger_broken"


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A folder with a ledger, of which nothing may be written by whoever runs the test, root for its time another."""
    folder = Path(tempfile.mkdtemp(prefix="xlaudit-baca-"))
    Ledger.open(Place(folder / "register.db")).close()
    (folder / "register.db").chmod(0o444)
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no such permissions on this system")
def test_a_folder_that_may_not_be_written_to(read_only: Path) -> None:
    assert refused(Place(read_only / "baru.db")).code == "ledger_cannot_open"
    own = Place(read_only / "register.db")
    assert refused(own).code == "ledger_read_only"
    assert Ledger.open(own, create=False).mailings.of() == [], "it can be read"
    assert [path.name for path in read_only.iterdir()] == ["register.db"]


def test_a_full_disk(tmp_path: Path) -> None:
    with Ledger.open(Place(tmp_path / "register.db")) as own:
        with own.reading() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar()
        connected = xlaudit.ledger.store._connected

        def full(path: Path) -> sqlite3.Connection:
            made = connected(path)
            made.execute(f"PRAGMA max_page_count={pages}")
            return made

        with pytest.MonkeyPatch.context() as patch, pytest.raises(UserError) as caught:
            patch.setattr(xlaudit.ledger.store, "_connected", full)
            for number in range(1000):
                own.incoming.note("x", 1, number, "m" * 500, "", "")
        assert caught.value.code == "ledger_full"
        assert own.incoming.known("x", 1) == set(range(number)), "what was noted before stays"


def test_a_disk_without_room_for_the_files_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What SQLite calls an input or output error; the ledger can be read all the same."""
    at = Place(tmp_path / "register.db")
    with Ledger.open(at) as own:
        own.mailings.add(MAILING)

    def no_room(path: Path) -> sqlite3.Connection:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
        raise error

    monkeypatch.setattr(xlaudit.ledger.store, "_shared", no_room)
    assert Ledger.open(at).mailings.get("kunci") is not None
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=0))
    with pytest.raises(UserError) as caught:
        Ledger.open(at).incoming.note("x", 1, 1, "", "", "")
    assert caught.value.code == "ledger_full"
    assert refused(Place(tmp_path / "baru.db")).code == "ledger_full"


def test_a_ledger_that_another_program_holds_for_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlaudit.ledger.store, "_PATIENCE", 0.2)
    at = Place(tmp_path / "register.db")
    with Ledger.open(at) as own, own.writing():
        assert refused(at).code == "ledger_busy"
    assert Ledger.open(at).mailings.add(MAILING).id == 1


def test_a_server_that_is_not_there_or_does_not_let_us_in(postgres: Server) -> None:
    gone = refused(Place(None, f"postgresql://auditor:{PASSWORD}@127.0.0.1:1/register"))
    assert gone.code == "ledger_unreachable" and "127.0.0.1" in gone.text.id
    for url in (postgres.url.replace("auditor@", "auditor:salah@"), postgres.with_password.replace("/register", "/x")):
        told = refused(Place(None, url))
        assert told.code == "ledger_unreachable" and "salah" not in told.text.id
    assert refused(Place(None, postgres.with_password + "?sslmode=nonsense")).code.startswith("ledger_")


def test_where_the_ledger_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    toml = str(tmp_path / "kantor" / "xlaudit.toml")
    own = place_of(None, {})
    assert own is not None and not own.asked and own.file is not None
    if sys.platform == "linux":
        assert own.file == tmp_path / "data" / "xlaudit" / "ledger.db"
    assert place_of("a.db", {"XLAUDIT_LEDGER": "b.db"}, "c.db", toml) == Place(tmp_path / "a.db")
    assert place_of(None, {"XLAUDIT_LEDGER": "b.db"}, "c.db", toml) == Place(tmp_path / "b.db")
    assert place_of(None, {}, "c.db", toml) == Place(tmp_path / "kantor" / "c.db")
    assert place_of(None, {"XLAUDIT_LEDGER": "off"}, "c.db", toml) is None
    assert place_of("x.db", {"XLAUDIT_LEDGER": "off"}) == Place(tmp_path / "x.db")
    assert place_of(None, {}, "off", toml) is None
    url = place_of("postgres://auditor@server/register", {})
    assert url is not None and (url.file, url.there) == (None, True)


@pytest.mark.parametrize("text", ["mysql://a:b@c/d", "postgresql://server", "postgresql://a@server:port/x", "http://x/y"])
def test_what_is_no_place(text: str) -> None:
    with pytest.raises(UserError) as caught:
        place_of(text, {})
    assert caught.value.code == "bad_ledger" and ":b@" not in caught.value.text.id


SECRET = [
    "postgresql://auditor:s3cret@server/register",
    "postgresql://auditor:s3c/ret@server/register",
    "postgresql://auditor:s3?cret@server/register",
    "postgresql://auditor:s3@cret@server:5432/register?sslmode=require",
    "postgresql://server/register?user=auditor&password=s3cret",
    "postgresql://auditor:s3%40cret@server/register",
]


@pytest.mark.parametrize("url", SECRET)
def test_passwords_are_never_shown_and_only_taken_from_the_environment(url: str) -> None:
    shown = without_password(url)
    assert "s3" not in shown and "cret" not in shown and "server" in shown
    for call in (lambda: place_of(url, {}), lambda: place_of(None, {}, url, "xlaudit.toml")):
        with pytest.raises(UserError) as caught:
            call()
        assert "s3" not in caught.value.text.id and caught.value.code in {"ledger_secret", "bad_ledger"}


def test_a_url_without_a_password_is_shown_as_it_is() -> None:
    url = "postgresql://auditor@server:5433/register"
    assert without_password(url) == url
    assert without_password("postgresql://server/register") == "postgresql://server/register"


def test_the_password_may_come_from_the_environment(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    wiped(postgres)
    at = place_of(postgres.url, {})
    assert at is not None
    Ledger.open(at).close()
    assert place_of(None, {"XLAUDIT_LEDGER": postgres.with_password}) == Place(None, postgres.with_password)


def test_copying_the_file_takes_a_ledger_elsewhere(tmp_path: Path) -> None:
    with Ledger.open(Place(tmp_path / "register.db")) as own:
        own.mailings.add(MAILING)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["register.db"], "nothing beside it once it is closed"
    shutil.copy(tmp_path / "register.db", tmp_path / "salinan.db")
    assert Ledger.open(Place(tmp_path / "salinan.db"), create=False).mailings.get("kunci") is not None
