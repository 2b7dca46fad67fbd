"""Mistakes that a programmer might make, put into the program one at a time, to show that each is seen."""

import contextlib
from typing import Any

from kakanai.cardreader import commands
from kakanai.cardreader.authenticity.verdict import Authenticity, Verdict
from kakanai.cardreader.card_files import CardFiles
from kakanai.cardreader.driver_licence.counted_key import CountedKey
from kakanai.cardreader.driver_licence.session import DriverLicenceSession
from kakanai.cardreader.errors import CardResetError, CommunicationError, WrongPinError
from kakanai.cardreader.mynumber.key_tries import KeyTries
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.mynumber.visit import CardVisit
from kakanai.cardreader.residence_card.session import ResidenceCardSession
from tests.faults import truth


def verify_again_when_the_answer_is_lost(patch: Any) -> None:
    verify = CardFiles.verify

    def twice(self: Any, *arguments: Any) -> None:
        try:
            verify(self, *arguments)
        except CommunicationError:
            verify(self, *arguments)

    patch.setattr(CardFiles, "verify", twice)


def verify_again_after_a_reset(patch: Any) -> None:
    verify = CardFiles.verify

    def twice(self: Any, *arguments: Any) -> None:
        try:
            verify(self, *arguments)
        except CardResetError:
            verify(self, *arguments)

    patch.setattr(CardFiles, "verify", twice)


def stay_open_when_an_answer_is_lost(patch: Any) -> None:
    patch.setattr(CardVisit, "exchanging", lambda _: contextlib.nullcontext())


def stay_open_with_a_licence(patch: Any) -> None:
    patch.setattr(DriverLicenceSession, "_closing_on_lost_answer", lambda _: contextlib.nullcontext())


def leave_the_power_on(patch: Any) -> None:
    patch.setattr(ResidenceCardSession, "close", lambda _: None)


def leave_a_failed_opening_open(patch: Any) -> None:
    patch.setattr(DriverLicenceSession, "_start", _start_without_disconnecting)


def _start_without_disconnecting(self: Any, **_: Any) -> None:
    self._connection.disconnect = lambda: None
    self.needs_pins = self._files.is_pin_set()
    self._ask_counters()


def keep_files_for_the_next_card(patch: Any) -> None:
    read, kept = CardFiles.read_object, {}

    def from_memory(self: Any, file_id: int, **options: Any) -> bytes:
        return (
            kept.setdefault(file_id, None)
            or kept.update({file_id: read(self, file_id, **options)})
            or kept[file_id]
        )

    patch.setattr(CardFiles, "read_object", from_memory)


def keep_the_town_for_the_next_card(patch: Any) -> None:
    read, start, kept = MyNumberCardSession.read_common, MyNumberCardSession.__init__, {}

    def remember(self: Any) -> Any:
        kept["common"] = read(self)
        return kept["common"]

    def start_with_it(self: Any, files: Any) -> None:
        start(self, files)
        self._common = kept.get("common")

    patch.setattr(MyNumberCardSession, "read_common", remember)
    patch.setattr(MyNumberCardSession, "__init__", start_with_it)


def try_the_pin_of_the_card_before(patch: Any) -> None:
    present, kept = KeyTries.present, {}

    def with_the_last(self: Any, value: bytes) -> None:
        last, kept["value"] = kept.get("value", value), value
        present(self, last if len(last) == len(value) else value)

    patch.setattr(KeyTries, "present", with_the_last)


def try_asterisks_on_every_licence(patch: Any) -> None:
    present = CountedKey.present
    patch.setattr(CountedKey, "present", lambda self, _: present(self, b"****"))


def tell_a_try_too_many(patch: Any) -> None:
    told = commands.attempts_in
    patch.setattr(
        commands, "attempts_in", lambda sw: (told(sw) or 0) + 1 if sw & 0xFFF0 == 0x63C0 else told(sw)
    )


def let_a_foreign_error_out(patch: Any) -> None:
    verify = CardFiles.verify

    def foreign(self: Any, *arguments: Any) -> None:
        try:
            verify(self, *arguments)
        except CommunicationError as error:
            raise OSError("the reader's own word") from error

    patch.setattr(CardFiles, "verify", foreign)


def tell_the_pin_in_an_error(patch: Any) -> None:
    verify = CardFiles.verify

    def telling(self: Any, file_id: int, value: bytes, key: Any) -> None:
        try:
            verify(self, file_id, value, key)
        except WrongPinError as error:
            error.details["value"] = value.decode("ascii")
            raise

    patch.setattr(CardFiles, "verify", telling)


def believe_that_every_ap_is_selected(patch: Any) -> None:
    patch.setattr(CardVisit, "select", lambda _self, _aid: True)


def believe_every_card(patch: Any) -> None:
    patch.setattr(truth, "judge", lambda *_: Authenticity(Verdict.VERIFIED, ()))


def ask_for_ever(patch: Any) -> None:
    ask = CardFiles.attempts_remaining

    def until_three(self: Any, file_id: int) -> int:
        for _ in range(400):
            if ask(self, file_id) == 3:
                break
        return ask(self, file_id)

    patch.setattr(CardFiles, "attempts_remaining", until_three)


MISTAKES = {
    verify_again_when_the_answer_is_lost: "VERIFY (more often|twice)",
    verify_again_after_a_reset: "VERIFY (more often|twice)",
    stay_open_when_an_answer_is_lost: "not closed after a lost answer",
    stay_open_with_a_licence: "not closed after a lost answer",
    leave_the_power_on: "not disconnected by close",
    leave_a_failed_opening_open: "left open by a failed opening",
    keep_files_for_the_next_card: "is not what the card says|without a fault",
    keep_the_town_for_the_next_card: "common is not what the card says",
    try_the_pin_of_the_card_before: "another value than was typed",
    try_asterisks_on_every_licence: r"\*\*\*\* to a card with a PIN",
    tell_a_try_too_many: "other tries than there are|another counter than the card's",
    let_a_foreign_error_out: "an error that is not ours",
    tell_the_pin_in_an_error: "WrongPinError tells of",
    believe_that_every_ap_is_selected: "without a fault|told as locked, but is not|is not what the card says",
    believe_every_card: "another verdict without a fault|altered unnoticed|better than it is",
    ask_for_ever: "too many exchanges",
}
"""Each mistake, and what the machine must say of it."""
