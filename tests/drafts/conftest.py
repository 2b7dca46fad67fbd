"""Places for drafts in a folder of the test's own, and a keyring that lives in memory."""

import datetime as dt
from pathlib import Path

import pytest

from kakanai.drafts.draft import Draft, DraftState, new_id
from kakanai.drafts.draft_shelf import DraftPlaces, DraftShelf
from kakanai.drafts.system_keyring import SystemKeyring

NOON = dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC)
NAME = "見本　太郎"


class MemoryKeyring:
    """A backend of `keyring` that works, until `broken` says otherwise."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.broken: Exception | None = None

    def get_password(self, service: str, username: str) -> str | None:
        if self.broken:
            raise self.broken
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.broken:
            raise self.broken
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> dt.datetime:
        return self.at


class NoKeyring(SystemKeyring):
    """A machine without a keyring."""

    def __init__(self) -> None:
        broken = MemoryKeyring()
        broken.broken = RuntimeError("no keyring")
        super().__init__(Path("/"), broken)


@pytest.fixture
def places(tmp_path: Path) -> DraftPlaces:
    return DraftPlaces(tmp_path / "drafts", tmp_path / "keys" / "draft.key")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_shelf(places: DraftPlaces, clock: Clock):
    opened: list[DraftShelf] = []

    def open_it(keyring: SystemKeyring | None = None) -> DraftShelf:
        opened.append(DraftShelf(places, clock, keyring=keyring or NoKeyring()))
        return opened[-1]

    yield open_it
    for shelf in opened:
        shelf.close()


def draft(number: str = "R8-1121-0001", at: dt.datetime = NOON, name: str = NAME, **parts) -> Draft:
    given = {"id": new_id(), "state": DraftState.OPEN, "body": {"name": name}} | parts
    return Draft(number=number, saved_at=at, **given)
