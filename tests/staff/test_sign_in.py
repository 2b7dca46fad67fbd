"""Signing in: throttled, logged, and without a trace of what was typed into the wrong field."""

import threading
from pathlib import Path

import pytest

from kakanai.sessionlog.entry import UNREGISTERED, ClerkId, EntryKind
from kakanai.sessionlog.store import SessionLog
from kakanai.staff.act import Act
from kakanai.staff.errors import (
    CardSignInOffError,
    SessionEndedError,
    SignInRefusedError,
    SignInThrottledError,
)
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.password_hash import HashCost
from kakanai.staff.register import StaffRegister
from kakanai.staff.role import Role
from kakanai.staff.rules import StaffRules
from kakanai.staff.staff_card import CardUid
from tests.staff.conftest import (
    ADMIN,
    CLERK,
    SUPERVISOR,
    Clock,
    MakeGuard,
    everything_in,
    in_a_file,
    last_seq,
    links_since,
    secret,
)

WRONG = Password("not the password")
CARD = CardUid("04A1B2C3D4E5F6")


def fail(guard: Guard, number: str, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(SignInRefusedError):
            guard.sign_in(number, WRONG)


def seconds_to_wait(guard: Guard, number: str) -> object:
    with pytest.raises(SignInThrottledError) as caught:
        guard.sign_in(number, secret(number))
    return caught.value.details["seconds"]


def test_who_signs_in_is_known_by_number_and_role_and_logged(
    staff: Guard, guard: Guard, log: SessionLog
) -> None:
    before = last_seq(log)
    who = guard.sign_in(CLERK, secret(CLERK))
    assert (who.number, who.role, who.must_change) == (CLERK, Role.CLERK, False)
    assert guard.who == who
    (entry,) = links_since(log, before)
    assert (entry.kind, entry.staff, entry.case_number) == (EntryKind.SIGNED_IN, CLERK, "")
    assert entry.to_entry().role == "clerk"
    guard.sign_out()
    assert links_since(log, before)[-1].kind == EntryKind.SIGNED_OUT


def test_wrong_password_unknown_number_and_disabled_number_are_told_alike(
    staff: Guard, guard: Guard, log: SessionLog
) -> None:
    StaffRegister(staff).disable(SUPERVISOR)
    before = last_seq(log)
    told = []
    for number, password in (
        (CLERK, WRONG),
        ("9999", WRONG),
        ("山田", WRONG),
        (SUPERVISOR, secret(SUPERVISOR)),
    ):
        with pytest.raises(SignInRefusedError) as caught:
            guard.sign_in(number, password)
        told.append((str(caught.value), caught.value.details))
    assert len({text for text, _ in told}) == 1
    entries = [link.to_entry() for link in links_since(log, before)]
    assert [entry.kind for entry in entries] == [EntryKind.SIGN_IN_FAILED] * 4
    assert [entry.clerk for entry in entries] == [UNREGISTERED] * 4
    assert [entry.about for entry in entries] == [CLERK, None, None, SUPERVISOR]


@in_a_file
@pytest.mark.parametrize("typed", ["Mado-Yoake-77", "mado no yoake 1024!", "個人の秘密の言葉です"])
def test_a_password_in_the_number_field_is_kept_nowhere(
    staff: Guard, guard: Guard, log: SessionLog, tmp_path: Path, typed: str
) -> None:
    """The first could be a staff number by its form."""
    with pytest.raises(SignInRefusedError) as caught:
        guard.sign_in(typed, WRONG)
    assert typed not in f"{caught.value} {caught.value!r} {caught.value.__context__!r}"
    log.close()
    kept = everything_in(tmp_path)
    assert CLERK.encode() in kept
    for encoding in ("utf-8", "utf-16-le", "cp932"):
        assert typed.encode(encoding) not in kept


@in_a_file
def test_no_password_hash_or_token_of_a_session_can_be_used_from_the_database(
    staff: Guard, guard: Guard, log: SessionLog, tmp_path: Path
) -> None:
    opened = guard.sign_in_for_script(CLERK, secret(CLERK))
    log.close()
    kept = everything_in(tmp_path)
    assert opened.token.encode() not in kept
    assert opened.signed_in.session.encode() in kept
    for number in (ADMIN, CLERK, SUPERVISOR):
        assert secret(number).encoded() not in kept


def test_the_fifth_failure_of_a_number_has_a_wait_on_every_machine(
    staff: Guard, guard_at: MakeGuard, clock: Clock
) -> None:
    for machine in "abcd":
        fail(guard_at(machine), CLERK)
    guard_at("a").sign_in(CLERK, secret(CLERK))  # the fourth failure costs nothing, and it is forgotten
    for machine in "abcda":
        fail(guard_at(machine), CLERK)
    assert seconds_to_wait(guard_at("e"), CLERK) == 30
    guard_at("e").sign_in(SUPERVISOR, secret(SUPERVISOR))
    clock.pass_by(seconds=29)
    assert seconds_to_wait(guard_at("e"), CLERK) == 1
    clock.pass_by(seconds=1)
    fail(guard_at("e"), CLERK)
    assert seconds_to_wait(guard_at("e"), CLERK) == 60
    clock.pass_by(seconds=60)
    guard_at("e").sign_in(CLERK, secret(CLERK))
    fail(guard_at("e"), CLERK, 4)


def test_a_machine_waits_whatever_number_is_tried_there(
    staff: Guard, guard: Guard, guard_at: MakeGuard
) -> None:
    for number in ("1", "2", "3", "4", "5"):
        fail(guard, number)
    assert seconds_to_wait(guard, CLERK) == 30
    guard_at("b").sign_in(CLERK, secret(CLERK))


def test_a_throttled_try_is_not_compared_and_waits_no_longer_for_it(
    staff: Guard, guard: Guard, log: SessionLog, clock: Clock
) -> None:
    fail(guard, CLERK, 5)
    before = last_seq(log)
    for _ in range(20):
        assert seconds_to_wait(guard, CLERK) == 30
    assert last_seq(log) == before
    clock.pass_by(seconds=30)
    guard.sign_in(CLERK, secret(CLERK))


def test_the_count_survives_the_program_and_grows_to_a_quarter_of_an_hour(
    staff: Guard, guard_at: MakeGuard, clock: Clock
) -> None:
    fail(guard_at("a"), CLERK, 4)
    waits = []
    for _ in range(7):
        fail(guard_at("a"), CLERK)
        waits.append(seconds_to_wait(guard_at("a"), CLERK))
        clock.pass_by(seconds=int(str(waits[-1])))
    assert waits == [30, 60, 120, 240, 480, 900, 900]


def test_many_tries_at_once_are_no_more_than_the_free_ones(staff: Guard, guard_at: MakeGuard) -> None:
    """An attempt counts before the password is compared."""
    outcomes: list[type[Exception]] = []

    def guess() -> None:
        try:
            guard_at("b").sign_in(CLERK, WRONG)
        except (SignInRefusedError, SignInThrottledError) as error:
            outcomes.append(type(error))

    threads = [threading.Thread(target=guess) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 16
    assert outcomes.count(SignInRefusedError) == 5


def test_a_hash_of_old_parameters_is_renewed_by_signing_in(
    staff: Guard, guard_at: MakeGuard, log: SessionLog
) -> None:
    dearer = HashCost(passes=2, memory_kib=16, lanes=1)
    guard = guard_at("a", cost=dearer)
    before = last_seq(log)
    guard.sign_in(CLERK, secret(CLERK))
    row = guard.roster.find(CLERK)
    assert row is not None
    assert "m=16,t=2" in row.password_hash
    changed = links_since(log, before)[0].to_entry()
    assert (changed.kind, changed.about, changed.digest) == (EntryKind.STAFF_CHANGED, CLERK, row.digest)
    guard_at("b", cost=dearer).sign_in(CLERK, secret(CLERK))
    assert guard.roster.find(CLERK) == row


def test_a_card_signs_in_where_the_town_wants_it(staff: Guard, guard: Guard, guard_at: MakeGuard) -> None:
    StaffRegister(staff).set_card(CLERK, CARD)
    with pytest.raises(CardSignInOffError):
        guard.sign_in_by_card(CARD)
    by_card = guard_at("a", StaffRules(sign_in_by_card=True))
    assert by_card.sign_in_by_card(CARD).number == CLERK
    by_card.lock()
    assert by_card.unlock_by_card(CARD).number == CLERK
    StaffRegister(staff).set_card(CLERK, None)
    for _ in range(5):
        with pytest.raises(SignInRefusedError):
            by_card.sign_in_by_card(CARD)
    with pytest.raises(SignInThrottledError):
        by_card.sign_in_by_card(CARD)


def test_a_number_is_at_one_window_only(staff: Guard, guard_at: MakeGuard, log: SessionLog) -> None:
    first, second = guard_at("a"), guard_at("b")
    first.sign_in(CLERK, secret(CLERK))
    script = guard_at("c")
    script.sign_in_for_script(CLERK, secret(CLERK))
    second.sign_in(CLERK, secret(CLERK))
    with pytest.raises(SessionEndedError) as caught:
        first.require(Act.USE_COUNTER)
    assert caught.value.details["reason"] == "ended"
    assert second.require(Act.USE_COUNTER).number == CLERK
    assert script.require(Act.USE_COUNTER).number == CLERK
    before = last_seq(log)
    first.lock()
    first.unlock(secret(CLERK))
    assert first.require(Act.USE_COUNTER).number == CLERK
    with pytest.raises(SessionEndedError):
        second.require(Act.USE_COUNTER)
    assert [link.kind for link in links_since(log, before)] == [EntryKind.LOCKED, EntryKind.UNLOCKED]


def test_signing_in_where_somebody_is_signs_them_out(staff: Guard, guard: Guard, log: SessionLog) -> None:
    guard.sign_in(CLERK, secret(CLERK))
    before = last_seq(log)
    fail(guard, SUPERVISOR)
    assert guard.who.number == CLERK
    guard.sign_in(SUPERVISOR, secret(SUPERVISOR))
    assert guard.who.number == SUPERVISOR
    assert [(link.kind, link.staff) for link in links_since(log, before)] == [
        (EntryKind.SIGN_IN_FAILED, CLERK),
        (EntryKind.SIGNED_OUT, CLERK),
        (EntryKind.SIGNED_IN, SUPERVISOR),
    ]
    assert isinstance(guard.who.number, ClerkId)
