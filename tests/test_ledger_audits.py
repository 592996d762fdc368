"""Audits recorded and read again, in a file and in a real PostgreSQL: exact, by two at once, killed in the middle."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ledgers import environment, ledger, place, postgres
from outcomes import full, rejected

from xlaudit.findings import Waived
from xlaudit.identity import Identity
from xlaudit.ledger.audits import Audited, all_audits, findings_of, forget, record
from xlaudit.ledger.place import Place
from xlaudit.ledger.store import Ledger
from xlaudit.outcome import Outcome
from xlaudit.standing import all_series, needed
from xlaudit.texts import same

__all__ = ["ledger", "place", "postgres"]

IDENTITY = Identity("DINAS SOSIAL KAB. CONTOH", "", 2024, "tw2")


def outcome(path: str = "in/dinsos.xlsx", **facts: object) -> Outcome:
    return replace(full(), path=path, crashes=(), identity=IDENTITY, **facts)  # type: ignore[arg-type]


def recorded(at: Ledger, *audited: Audited) -> int:
    return max(record(at, audited), default=0)


def sha(number: int) -> str:
    return f"{number:064x}"


def test_what_is_recorded_is_read_again_to_the_last_digit(ledger: Ledger) -> None:
    own = outcome()
    accepted = own.findings[0]._replace(id="diterima", waived=Waived("alasan", "Ani"), stated="0." + "1" * 60)
    own = replace(own, waived=(accepted,))
    assert recorded(ledger, Audited(own, sha(1), "settings", sha(2))) == 1
    with ledger.reading() as connection:
        [audit] = all_audits(connection)
        [findings] = findings_of(connection, [audit.id]).values()
    assert (audit.path, audit.sha256, audit.annotated_sha256) == (str(Path(own.path).resolve()), sha(1), sha(2))
    assert (audit.agency, audit.year, audit.period, audit.code) == ("DINAS SOSIAL KAB. CONTOH", 2024, "tw2", "")
    assert (audit.errors, audit.waived, audit.checks) == (
        sum(one.severity == "error" for one in own.findings), 1, own.checks
    )  # fmt: skip
    assert [one.id for one in findings] == [one.id for one in (*own.findings, accepted)]
    for noted, finding in zip(findings, (*own.findings, accepted), strict=True):
        assert (noted.stated, noted.computed, noted.difference) == (
            finding.stated, finding.computed, finding.difference
        )  # fmt: skip
        assert (noted.sheet, noted.cell, noted.severity) == (finding.place.sheet, finding.place.cell, finding.severity)
        assert (noted.label, noted.message) == (finding.label.id, finding.message.id)
    explained = {one.id: one for one in own.diagnoses}
    assert [one.cause for one in findings] == [
        explained[one.diagnosis].cause if one.diagnosis else "" for one in (*own.findings, accepted)
    ]
    assert [one.waived for one in findings] == [False] * len(own.findings) + [True]


def test_the_same_audit_again_keeps_its_findings_once(ledger: Ledger) -> None:
    one = Audited(outcome(), sha(1))
    recorded(ledger, one, one)
    recorded(ledger, one)
    recorded(ledger, Audited(outcome(findings=full().findings[:1]), sha(1)))
    with ledger.reading() as connection:
        audits = all_audits(connection)
        kept = findings_of(connection, [audit.findings_in for audit in audits])
    assert [audit.findings_in for audit in audits] == [1, 1, 1, 4]
    assert [len(kept[number]) for number in (1, 4)] == [len(full().findings), 1]


def test_a_rejected_workbook_with_its_reason_and_what_was_no_file_not_at_all(ledger: Ledger) -> None:
    refusal = rejected("in/rusak.xlsx")
    assert recorded(ledger, Audited(refusal, sha(1)), Audited(rejected("tiada.xlsx"), "")) == 1
    with ledger.reading() as connection:
        [audit] = all_audits(connection)
    assert refusal.failure is not None
    assert (audit.code, audit.reason, audit.agency) == (refusal.failure.code, refusal.failure.message.id, "")
    assert audit.why.en == refusal.failure.message.en != audit.reason


def test_what_no_database_takes_is_no_obstacle(ledger: Ledger) -> None:
    odd = full().findings[0]._replace(label=same("a\0b\udc80c"))
    own = outcome("in/\udcffaneh.xlsx", findings=(odd,))
    assert recorded(ledger, Audited(own, sha(1))) == 1
    with ledger.reading() as connection:
        [[noted]] = findings_of(connection, [1]).values()
    assert noted.label == "a\ufffdb\\udc80c"


def test_many_workbooks_in_little_time(ledger: Ledger) -> None:
    many = [Audited(outcome(f"in/{number}.xlsx"), sha(number)) for number in range(1000)]
    began = time.monotonic()
    steps = list(record(ledger, many))
    assert steps[-1] == 1000 and len(steps) == 20
    assert time.monotonic() - began < 60, "some 2 seconds where nothing else runs"
    with ledger.reading() as connection:
        found = all_series(all_audits(connection))
        assert len(findings_of(connection, needed(found.series))) == 1000


def test_forgetting_takes_the_findings_along_and_leaves_the_rest(ledger: Ledger) -> None:
    one, two = Audited(outcome(), sha(1)), Audited(outcome("in/lain.xlsx"), sha(2))
    recorded(ledger, one, two, one)
    assert forget(ledger, 3) == 2
    assert forget(ledger, 3) == 0
    with ledger.reading() as connection:
        assert [audit.sha256 for audit in all_audits(connection)] == [sha(2)]
        assert sorted(findings_of(connection, range(10))) == [2]
    recorded(ledger, one)
    with ledger.reading() as connection:
        assert [audit.id for audit in all_audits(connection)] == [2, 4], "numbers are never given twice"


WRITING = """
import os, sys
sys.path.insert(0, sys.argv[1])
from test_ledger_audits import Audited, outcome, sha
from xlaudit.ledger.audits import record
from xlaudit.ledger.place import place_of
from xlaudit.ledger.store import Ledger
first, count = int(sys.argv[2]), int(sys.argv[3])
sys.stdin.readline()
with Ledger.open(place_of(None, os.environ)) as ledger:
    for done in record(ledger, [Audited(outcome(f"in/{n}.xlsx"), sha(n)) for n in range(first, first + count)]):
        print(done, flush=True)
"""


def writer(at: Place, first: int, count: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITING, str(Path(__file__).parent), str(first), str(count)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(at))


def begin(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()


def complete(at: Ledger) -> set[int]:
    """The numbers of the audits, each of which has all of its findings."""
    with at.reading() as connection:
        audits = all_audits(connection)
        kept = findings_of(connection, (audit.findings_in for audit in audits))
    assert all(len(kept[audit.findings_in]) == len(full().findings) for audit in audits)
    return {int(audit.sha256, 16) for audit in audits}


def test_two_auditors_at_once_lose_nothing(place: Place) -> None:
    both = [writer(place, first, 300) for first in (0, 300)]
    begin(both)
    for process in both:
        process.communicate(timeout=120)
        assert process.returncode == 0
    with Ledger.open(place) as own:
        assert complete(own) == set(range(600))


def test_who_is_killed_leaves_whole_transactions_only(place: Place) -> None:
    dying, living = writer(place, 0, 1500), writer(place, 5000, 200)
    begin([dying, living])
    assert dying.stdout is not None
    for _ in range(2):
        done = int(dying.stdout.readline())
    dying.kill()
    rest, _ = dying.communicate()
    done = max([done, *map(int, rest.split())])
    living.communicate(timeout=120)
    assert living.returncode == 0
    with Ledger.open(place) as own:
        found = complete(own)
        assert found >= set(range(5000, 5200)) | set(range(done)), "nothing is lost that was said to be recorded"
        left = {number for number in found if number < 5000}
        assert left == set(range(len(left))) and len(left) % 50 == 0 and len(left) < 1500
        recorded(own, *(Audited(outcome(f"in/{n}.xlsx"), sha(n)) for n in range(len(left), 1500)))
        assert complete(own) == set(range(1500)) | set(range(5000, 5200))
