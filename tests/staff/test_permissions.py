"""The one table of permissions: complete, and with the duties kept apart."""

import pytest

from kakanai.sessionlog.entry import LoggedRole
from kakanai.staff.act import Act
from kakanai.staff.permissions import AT_THE_COUNTER, FOUR_EYES, READING_ACTS, ROLES_OF, SIGNED_AGAIN, may
from kakanai.staff.role import Role


def acts_of(role: Role) -> set[Act]:
    return {act for act in Act if may(role, act)}


def test_every_act_is_somebodys_and_has_its_words() -> None:
    assert set(ROLES_OF) == set(Act)
    assert all(ROLES_OF.values())
    assert all(act.label for act in Act)
    assert len({act.label for act in Act}) == len(Act)


def test_the_log_has_a_word_for_every_role() -> None:
    assert {role.value for role in Role} == {role.value for role in LoggedRole}
    assert len({role.label for role in Role}) == len(Role)


def test_an_auditor_reads_everything_and_changes_nothing() -> None:
    own = {Act.CHANGE_OWN_PASSWORD}
    assert acts_of(Role.AUDITOR) == READING_ACTS | own


def test_who_makes_accounts_and_purges_does_not_sign_the_day() -> None:
    judging = {Act.APPROVE, Act.SEND_BACK, Act.COMMENT, Act.CLOSE_DAY, Act.OVERRIDE_MISMATCH, Act.USE_COUNTER}
    keeping = {Act.MANAGE_STAFF, Act.RESTORE, Act.PURGE, Act.CHANGE_SETTINGS, Act.UPGRADE_DATABASE}
    assert not acts_of(Role.ADMINISTRATOR) & judging
    assert not acts_of(Role.SUPERVISOR) & keeping
    assert keeping <= acts_of(Role.ADMINISTRATOR)
    assert judging <= acts_of(Role.SUPERVISOR)


def test_a_clerk_serves_and_looks_at_the_day_and_no_further() -> None:
    assert acts_of(Role.CLERK) == {
        Act.USE_COUNTER,
        Act.DISCARD_CASE,
        Act.REPRINT,  # of their own cases, where the town keeps forms; another's is REPRINT_ANOTHERS
        Act.VIEW_DAY,
        Act.WRITE_VERIFIER,
        Act.CHANGE_OWN_PASSWORD,
    }
    assert acts_of(Role.CLERK) < acts_of(Role.SUPERVISOR)


@pytest.mark.parametrize("acts", [FOUR_EYES, SIGNED_AGAIN])
def test_what_is_judged_or_signed_is_no_reading(acts: frozenset[Act]) -> None:
    assert acts
    assert not acts & READING_ACTS
    assert not acts & AT_THE_COUNTER
