"""What agencies answer: the words of the list, and answers that stand in the row of a cause."""

from __future__ import annotations

from outcomes import full

from xlaudit.answers import STATUSES, Answer, of_causes, status_of
from xlaudit.waivers import ROOT


def test_a_status_is_known_in_either_language_and_what_is_none_stays() -> None:
    assert [status_of(text.id) for text in STATUSES.values()] == list(STATUSES)
    assert status_of("  Tidak   SETUJU ") == status_of("not agreed") == "disputed"
    assert status_of(" ditunda ") == "ditunda"
    assert Answer("x", "ditunda").word("id") == "ditunda" and Answer("x").word("id") == ""


def test_what_is_said_of_a_cause_is_said_of_all_it_explains_but_an_own_answer_goes_first() -> None:
    diagnosis = full().diagnoses[0]
    first = diagnosis.explains[0]
    answers = {ROOT + first: Answer("sudah", "fixed"), "lain": Answer("lain")}
    assert of_causes(answers, [diagnosis]) == {"lain": Answer("lain")} | dict.fromkeys(
        diagnosis.explains, Answer("sudah", "fixed")
    )
    assert of_causes({**answers, first: Answer("sendiri")}, [diagnosis])[first] == Answer("sendiri")
    assert of_causes(answers, []) == {"lain": Answer("lain"), first: Answer("sudah", "fixed")}
