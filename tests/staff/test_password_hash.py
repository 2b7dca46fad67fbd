"""Passwords as the database keeps them."""

import re
import time
from statistics import median

from kakanai.staff.password import Password
from kakanai.staff.password_hash import HashCost, PasswordHashing

CHEAP = HashCost(passes=1, memory_kib=8, lanes=1)
GOOD = "correct horse battery"


def test_a_hash_is_argon2id_with_the_recommended_cost() -> None:
    """RFC 9106, 4, second recommended option: t=3, p=4, m=2^16."""
    kept = PasswordHashing().hash(Password(GOOD))
    assert re.match(r"\$argon2id\$v=19\$m=65536,t=3,p=4\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$", kept)
    assert len(kept) <= 200


def test_only_the_password_fits_and_each_hash_has_its_own_salt() -> None:
    hashing = PasswordHashing(CHEAP)
    first, second = hashing.hash(Password(GOOD)), hashing.hash(Password(GOOD))
    assert first != second
    assert hashing.fits(first, Password(GOOD))
    assert hashing.fits(second, Password(GOOD))
    assert not hashing.fits(first, Password(GOOD + "x"))
    assert not hashing.fits(first, Password(""))


def test_what_is_no_hash_fits_nothing() -> None:
    hashing = PasswordHashing(CHEAP)
    for kept in ("", "$argon2id$", GOOD, "$2b$12$abcdefghijklmnopqrstuv", hashing.hash(Password(GOOD))[:-5]):
        assert not hashing.fits(kept, Password(GOOD))


def test_a_hash_of_other_parameters_still_fits_and_is_to_be_renewed() -> None:
    old, new = PasswordHashing(CHEAP), PasswordHashing(HashCost(passes=2, memory_kib=16, lanes=1))
    kept = old.hash(Password(GOOD))
    assert new.fits(kept, Password(GOOD))
    assert new.is_outdated(kept)
    assert not old.is_outdated(kept)


def test_nobody_costs_as_much_as_somebody() -> None:
    """Compared with a cost that is large beside everything else that is done."""
    hashing = PasswordHashing(HashCost(passes=2, memory_kib=8192, lanes=1))
    kept = hashing.hash(Password(GOOD))
    hashing.fits_nobody(Password(GOOD))  # makes what is made once
    known, unknown = [], []
    for _ in range(9):
        begun = time.perf_counter()
        hashing.fits(kept, Password("something else"))
        between = time.perf_counter()
        hashing.fits_nobody(Password("something else"))
        known.append(between - begun)
        unknown.append(time.perf_counter() - between)
    assert 0.5 < median(unknown) / median(known) < 2
