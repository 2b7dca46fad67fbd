"""`kakanai cases list | discard`: numbers, times and states; never a person."""

import datetime as dt
import json

from kakanai.app.places import draft_places
from kakanai.drafts.draft import DraftState
from kakanai.drafts.draft_shelf import DraftShelf
from kakanai.sessionlog.entry import Outcome
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Paths
from tests.drafts.conftest import NAME, NOON, draft

NUMBER = "R8-1121-0001"


def shelf_on(home):
    return DraftShelf(draft_places(Paths(home)), lambda: NOON)


def test_list_tells_numbers_and_states_and_nothing_of_the_person(kakanai, home):
    assert json.loads(kakanai("cases", "list", "--json")[1]) == {"cases": []}
    assert not (home / "drafts").exists()
    shelf = shelf_on(home)
    shelf.store.save(draft(NUMBER))
    shelf.store.save(draft("", NOON + dt.timedelta(minutes=1), state=DraftState.SUSPENDED))
    status, out, _ = kakanai("cases", "list", "--json")  # while a window has them open
    assert status == 0
    assert NAME not in out
    assert json.loads(out)["cases"] == [
        {"number": NUMBER, "saved_at": "2026-11-21T12:00:00+09:00", "state": "open"},
        {"number": None, "saved_at": "2026-11-21T12:01:00+09:00", "state": "suspended"},
    ]
    _, lines, _ = kakanai("cases", "list")
    assert "途中の受付 2 件" in lines
    assert f"{NUMBER}    2026-11-21 12:00  途中" in lines
    shelf.close()


def test_discard_tells_the_log_and_removes_the_draft(kakanai, home):
    shelf = shelf_on(home)
    shelf.store.save(draft(NUMBER))
    status, _, err = kakanai("cases", "discard", NUMBER)
    assert (status, "D-016" in err) == (9, True)  # a window has it open
    shelf.close()
    status, out, _ = kakanai("cases", "discard", NUMBER, "--clerk", "1024")
    assert (status, NUMBER in out) == (0, True)
    assert list((home / "drafts").glob("*.draft")) == []
    with SessionLog.open(home / "sessionlog.sqlite3") as log:
        (entry,) = log.day(dt.datetime.now(dt.UTC).astimezone(dt.timezone(dt.timedelta(hours=9))).date())
    assert (entry.outcome, entry.codes, entry.clerk) == (Outcome.CANCELLED, ("D-002",), "1024")
    status, _, err = kakanai("cases", "discard", NUMBER)
    assert (status, "D-017" in err) == (8, True)


def test_discard_refuses_what_is_no_number(kakanai):
    status, _, err = kakanai("cases", "discard", "見本　太郎")
    assert (status, "L-020" in err) == (2, True)
    assert "見本" not in err


def test_doctor_says_where_the_key_lies_and_why(kakanai, home):
    _, out, _ = kakanai("doctor", "--json")
    (check,) = [check for check in json.loads(out)["checks"] if check["name"] == "drafts"]
    assert check["ok"]
    assert str(home / "keys" / "draft.key") in check["detail"]
    assert "この PC にはありません" in check["detail"]
    assert not (home / "keys").exists()
