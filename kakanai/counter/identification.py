"""Who is here 本人: by card, by hand, and what a supervisor or the visitor says of the card."""

from typing import Final

from kakanai.cardreader.authenticity.verdict import Authenticity, CheckResult, Verdict
from kakanai.cardreader.driver_licence.readings import LicenceReading
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.residence_card.readings import ResidenceCardReading
from kakanai.counter.guided_choice import GuidedChoice
from kakanai.counter.person_taken import (
    PersonTaken,
    is_mismatch,
    taken_by_card,
    taken_by_licence,
    taken_by_residence_card,
)
from kakanai.errors import KakanaiError
from kakanai.identity.errors import (
    AuthenticityMismatchError,
    SupervisorRefusedError,
)
from kakanai.identity.evidence import Evidence, MismatchReason
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Person
from kakanai.reception.case import Case, Step
from kakanai.sessionlog.entry import ClerkId, EntryKind
from kakanai.staff.act import Act
from kakanai.staff.password import Password

_VERDICT_CODES: Final = {
    Verdict.VERIFIED: "V-001",
    Verdict.TEST_CA: "V-002",
    Verdict.NO_ISSUER_KEY: "V-003",
    Verdict.MISMATCH: "V-004",
}
"""What the log keeps of a card's authenticity."""
DECISION_CODES: Final = {
    MismatchReason.FACE_AND_CARD_SEEN: "V-011",
    MismatchReason.OTHER_DOCUMENT: "V-012",
    MismatchReason.ISSUER_ASKED: "V-013",
}
STALE_ADDRESS_CODE: Final = "V-021"


def verdict_codes(evidence: Evidence) -> tuple[str, ...]:
    """What the log keeps of how the card of `evidence` was judged: one code, or none where it was not."""
    return (_VERDICT_CODES[Verdict(evidence.verdict)],) if evidence.verdict else ()


class Identification(GuidedChoice):
    """The acts that take a person into a case."""

    def judge(self, reading: MyNumberCardReading | ResidenceCardReading) -> Authenticity | None:
        """Whether the card is what it says 真正性, None when nothing was read to judge it by."""
        # Cryptography is loaded only where a card was read: a person typed in needs none.
        from kakanai.cardreader.authenticity.judge import judge
        from kakanai.cardreader.residence_card.judge import judge_residence_card

        if isinstance(reading, ResidenceCardReading):
            return judge_residence_card(reading, self.office.issuers, self._today())
        return None if reading.proof is None else judge(reading.proof, self.office.issuers, self._today())

    def identify_by_card(
        self,
        case: Case,
        reading: MyNumberCardReading,
        authenticity: Authenticity | None = None,
        *,
        found_before: Authenticity | None = None,
    ) -> None:
        """Take the card's person into the case (see `Case.identify` for what another person's card undoes).

        `found_before` is what was found of the same card when less of it had been read: a supervisor's
        decision to use it holds on as long as nothing else turns out not to fit.

        Raises:
            AuthenticityMismatchError: 不一致, and no supervisor decided; logged. If this card's person was in
                the case, taken when less of it had been read, nobody is there now; else it is as it was.
            CardTextError, MyNumberError: the card's text is no person; the case is as it was.
            LogStorageError: the log could not be written; the case is as it was.
        """
        case.require(Step.OPEN)
        is_same = case.person is not None and case.person.name == reading.basic_four.name
        was_accepted = is_same and case.evidence is not None and case.evidence.mismatch_accepted
        if not (was_accepted and _mismatches(authenticity) <= _mismatches(found_before)):
            self._refuse_mismatch(case, reading, authenticity, is_same=is_same)
        self._take(case, taken_by_card(reading, authenticity, self.office.now()))

    def identify_by_licence(self, case: Case, reading: LicenceReading) -> None:
        """Take the person of a 運転免許証 into the case; it tells no 性別, and its signature is not checked.

        Raises:
            CardNameMissingError: the name was changed by an entry of unknown form; the case is as it was.
            CardTextError: the card's text is no person; the case is as it was.
            LogStorageError: the log could not be written; the case is as it was.
        """
        case.require(Step.OPEN)
        self._take(case, taken_by_licence(reading, self.office.now()))

    def identify_by_residence_card(
        self,
        case: Case,
        reading: ResidenceCardReading,
        person: Person,
        authenticity: Authenticity | None = None,
    ) -> None:
        """Take a person into the case whose name was typed from the picture on a 在留カード.

        What `person` has in common with the card's own text counts as the card's, the rest as typed.

        Raises:
            AuthenticityMismatchError: 不一致, and no supervisor decided; logged, the case is as it was.
            CardNameMissingError: nobody typed the name.
            LogStorageError: the log could not be written; the case is as it was.
        """
        case.require(Step.OPEN)
        self._refuse_mismatch(case, reading, authenticity, is_same=person == case.person)
        self._take(case, taken_by_residence_card(reading, person, authenticity, self.office.now()))

    def decide_mismatch(
        self,
        case: Case,
        reading: MyNumberCardReading | ResidenceCardReading,
        supervisor: str,
        reason: MismatchReason,
        password: Password | None = None,
    ) -> None:
        """Record a supervisor's decision 責任者の判断 to use this very reading in spite of 不一致.

        The entry bears the supervisor's number, which is not the clerk's own. It must be registered, and its
        password given now; while nobody is registered 未登録, it must be one that the town's settings name.

        Raises:
            SupervisorRefusedError, ClerkIdError, StaffError: nothing was recorded.
            LogStorageError: the log could not be written; nothing was decided.
        """
        case.require(Step.OPEN)
        decided_by = ClerkId(supervisor)
        guard = self.office.guard
        if guard is None or guard.is_open:
            self._require_named(decided_by)
        elif decided_by == self.clerk:
            raise SupervisorRefusedError("same_clerk")
        else:
            guard.confirm(decided_by, password, Act.OVERRIDE_MISMATCH)
        codes = (AuthenticityMismatchError.code, DECISION_CODES[reason])
        self._log(case, EntryKind.MISMATCH_ACCEPTED, codes=codes, clerk=decided_by)
        case.accept_mismatch(reading)

    def _require_named(self, supervisor: ClerkId) -> None:
        if not self.office.town.supervisors:
            raise SupervisorRefusedError("none_named")
        if supervisor == self.clerk:
            raise SupervisorRefusedError("same_clerk")
        if supervisor not in self.office.town.supervisors:
            raise SupervisorRefusedError("unknown")

    def replace_address(self, case: Case, address: str) -> None:
        """The visitor lives elsewhere than the card says 住所が前のまま; logged without the address."""
        case.require(Step.OPEN)
        before = case.person
        if before is None or before.address == address:
            return
        self._log(case, EntryKind.CARD_FACT_STALE, codes=(STALE_ADDRESS_CODE,))
        case.correct_address(address)
        self.renewed(case)

    def _refuse_mismatch(
        self, case: Case, reading: object, authenticity: Authenticity | None, *, is_same: bool
    ) -> None:
        if authenticity is None or not is_mismatch(authenticity) or case.has_accepted(reading):
            return
        failed = next(check for check in authenticity.checks if check.result is CheckResult.MISMATCH)
        error = AuthenticityMismatchError(failed.name)
        if is_same:
            # What was taken from this card before, when less of it had been read, must not be printed either.
            case.withdraw_identity()
        self._log(case, EntryKind.READING_FAILED, codes=(error.code,))
        raise error

    def _take(self, case: Case, taken: PersonTaken) -> None:
        self._log_card(case, taken.evidence)
        case.identify(taken.person, taken.evidence, taken.my_number, taken.pictures)
        self.renewed(case)

    def _log_card(self, case: Case, evidence: Evidence) -> None:
        self._log(
            case,
            EntryKind.CARD_READ,
            card_kind=evidence.card_kind,
            read_by=evidence.read_by.value,
            codes=verdict_codes(evidence),
        )

    def identify_by_hand(self, case: Case, person: Person, my_number: MyNumber | None = None) -> None:
        """Take a person typed in by the clerk 手入力 into the case."""
        case.require(Step.OPEN)
        evidence = Evidence.of_hand(person, self.office.now(), with_my_number=my_number is not None)
        self._log(case, EntryKind.HAND_ENTERED, read_by=evidence.read_by.value)
        case.identify(person, evidence, my_number)
        self.renewed(case)

    def note_failed_reading(self, case: Case, error: KakanaiError) -> None:
        """Log that a reading failed, by code only."""
        self._log(case, EntryKind.READING_FAILED, codes=(error.code,))


def _mismatches(authenticity: Authenticity | None) -> frozenset[str]:
    checks = authenticity.checks if authenticity else ()
    return frozenset(check.name for check in checks if check.result is CheckResult.MISMATCH)
