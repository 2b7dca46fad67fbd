"""Who is here: genuine, forged and cloned cards, 照合番号B, other cards, and what the log keeps of it."""

import json
import sqlite3
from dataclasses import replace

import pytest

from kakanai.cardreader.authenticity.verdict import Check, CheckResult, Verdict
from kakanai.cardreader.driver_licence.changes import ChangeKind, newest
from kakanai.cardreader.driver_licence.pin import LicencePin
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.mynumber.collation import CollationNumberB
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.open_card import open_card
from kakanai.cardreader.residence_card.card_number import CardNumber
from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.identity.errors import (
    AuthenticityMismatchError,
    CardNameMissingError,
    SupervisorRefusedError,
)
from kakanai.identity.evidence import FactSource, MismatchReason, ReadBy
from kakanai.identity.from_card import (
    person_from_licence,
    person_from_residence_card,
    unclear_changes,
)
from kakanai.sessionlog.entry import EntryKind
from kakanai.sessionlog.errors import ClerkIdError
from tests.office import make_counter, read_specimen

SUPERVISOR = "9000"


@pytest.fixture
def counter(tmp_path):
    (tmp_path / "town.toml").write_text(f'[counter]\nsupervisors = ["{SUPERVISOR}", "1024"]\n')
    counter = make_counter(tmp_path, simulated=True)
    yield counter
    counter.office.log.close()


def logged(home, case):
    """Kind, clerk, way of reading and codes of each entry of the case, as they stand in the file."""
    with sqlite3.connect(home / "sessionlog.sqlite3") as file:
        rows = file.execute(
            "SELECT kind, staff, body FROM entry WHERE case_number = ? ORDER BY seq", (case.number,)
        ).fetchall()
    file.close()
    told = [(kind, staff, json.loads(body)) for kind, staff, body in rows]
    return [(kind, staff, body.get("read_by"), tuple(body.get("codes", ()))) for kind, staff, body in told]


@pytest.mark.parametrize(
    ("specimen", "verdict"),
    [
        ("official-test", Verdict.VERIFIED),
        ("forged", Verdict.MISMATCH),
        ("cloned", Verdict.MISMATCH),
        ("test-ca", Verdict.TEST_CA),
        ("unknown-issuer", Verdict.NO_ISSUER_KEY),
    ],
)
def test_the_verdict_of_each_kind_of_card(counter, specimen, verdict):
    assert counter.judge(read_specimen(specimen, verify=True)).verdict is verdict


def test_at_a_real_reader_the_specimens_issuer_is_a_test_ca(tmp_path):
    counter = make_counter(tmp_path)
    assert counter.judge(read_specimen("official-test", verify=True)).verdict is Verdict.TEST_CA
    counter.office.log.close()


@pytest.mark.parametrize("specimen", ["forged", "cloned"])
def test_a_card_that_does_not_fit_is_not_used_until_a_supervisor_decides(counter, tmp_path, specimen):
    case, reading = counter.open_case(), read_specimen(specimen, verify=True)
    told = counter.judge(reading)
    for _ in range(2):
        with pytest.raises(AuthenticityMismatchError):
            counter.identify_by_card(case, reading, told)
        assert case.person is None
    counter.decide_mismatch(case, reading, SUPERVISOR, MismatchReason.OTHER_DOCUMENT)
    counter.identify_by_card(case, reading, told)
    assert (case.evidence.verdict, case.evidence.mismatch_accepted) == ("mismatch", True)
    assert logged(tmp_path, case)[1:] == [
        (EntryKind.READING_FAILED, "1024", None, ("I-050",)),
        (EntryKind.READING_FAILED, "1024", None, ("I-050",)),
        (EntryKind.MISMATCH_ACCEPTED, SUPERVISOR, None, ("I-050", "V-012")),
        (EntryKind.CARD_READ, "1024", "pin", ("V-004",)),
    ]
    # The decision was about that reading alone, and it is used up.
    with pytest.raises(AuthenticityMismatchError):
        counter.identify_by_card(case, reading, told)


def test_a_decision_is_about_one_reading_and_no_other_card(counter):
    case, forged = counter.open_case(), read_specimen("forged", verify=True)
    counter.decide_mismatch(case, forged, SUPERVISOR, MismatchReason.OTHER_DOCUMENT)
    cloned = read_specimen("cloned", verify=True)
    with pytest.raises(AuthenticityMismatchError):
        counter.identify_by_card(case, cloned, counter.judge(cloned))
    genuine = read_specimen("official-test", verify=True)
    counter.identify_by_card(case, genuine, counter.judge(genuine))
    assert not case.evidence.mismatch_accepted


def test_a_face_that_does_not_fit_takes_the_person_out_of_the_case_again(counter, tmp_path):
    with opened("forged-photo") as session:
        reading = session.read(Pin("1234"), with_my_number=False, verify=True)
        case = counter.open_case()
        counter.identify_by_card(case, reading, counter.judge(reading))
        assert case.person is not None
        surface = session.read_surface(collation_b_of("forged-photo"), verify=True)
    whole = reading.with_surface(surface)
    with pytest.raises(AuthenticityMismatchError):
        counter.identify_by_card(case, whole, counter.judge(whole))
    assert case.person is case.evidence is None
    assert logged(tmp_path, case)[-1] == (EntryKind.READING_FAILED, "1024", None, ("I-050",))


def test_a_decision_holds_for_more_of_the_same_card_until_something_else_does_not_fit(counter):
    with opened("forged") as session:
        reading = session.read(Pin("1234"), with_my_number=False, verify=True)
        number = session.read_my_number()
        surface = session.read_surface(collation_b_of("forged"), verify=True)
    case, told = counter.open_case(), counter.judge(reading)
    counter.decide_mismatch(case, reading, SUPERVISOR, MismatchReason.OTHER_DOCUMENT)
    counter.identify_by_card(case, reading, told)
    more = reading.with_my_number(number)
    counter.identify_by_card(case, more, counter.judge(more), found_before=told)
    assert case.evidence.mismatch_accepted
    assert case.my_number is not None
    whole = reading.with_surface(surface)
    found = counter.judge(whole)
    other = replace(found, checks=(*found.checks, Check("surface_face", CheckResult.MISMATCH)))
    with pytest.raises(AuthenticityMismatchError):
        counter.identify_by_card(case, whole, other, found_before=told)
    assert case.person is None


def test_another_card_that_does_not_fit_leaves_who_is_here(counter):
    case, genuine = counter.open_case(), read_specimen("official-test", verify=True)
    counter.identify_by_card(case, genuine, counter.judge(genuine))
    forged = read_specimen("forged", verify=True)
    with pytest.raises(AuthenticityMismatchError):
        counter.identify_by_card(case, forged, counter.judge(forged))
    assert case.person.name == genuine.basic_four.name


@pytest.mark.parametrize(
    ("number", "error", "reason"),
    [
        ("1024", SupervisorRefusedError, "same_clerk"),
        ("7777", SupervisorRefusedError, "unknown"),
        ("山田", ClerkIdError, None),
        ("", ClerkIdError, None),
    ],
)
def test_not_everybody_may_decide(counter, tmp_path, number, error, reason):
    case, reading = counter.open_case(), read_specimen("forged", verify=True)
    with pytest.raises(error) as caught:
        counter.decide_mismatch(case, reading, number, MismatchReason.OTHER_DOCUMENT)
    assert caught.value.details.get("reason") == reason
    assert not case.has_accepted(reading)
    assert [kind for kind, *_ in logged(tmp_path, case)] == [EntryKind.CASE_OPENED]


def test_a_town_that_names_nobody_lets_nobody_decide(tmp_path):
    counter, reading = make_counter(tmp_path), read_specimen("forged")
    with pytest.raises(SupervisorRefusedError) as caught:
        counter.decide_mismatch(counter.open_case(), reading, SUPERVISOR, MismatchReason.ISSUER_ASKED)
    assert caught.value.details == {"reason": "none_named"}
    counter.office.log.close()


def collation_b_of(specimen):
    return CollationNumberB(load_specimen(specimen).collation_b)


def opened(specimen):
    source = SimulatedReaderSource()
    source.insert(specimen)
    return open_card(source.readers()[0].connect())


def test_without_a_pin_by_what_is_printed_on_the_card(counter, tmp_path):
    with opened("locked-pin") as session:
        assert session.attempts_remaining == 0
        number = CollationNumberB("55011520327541")
        reading = session.read_by_collation_b(number, verify=True)
    assert reading.surface.photo
    assert reading.opened_by is CardKey.COLLATION_B
    case = counter.open_case()
    told = counter.judge(reading)
    counter.identify_by_card(case, reading, told)
    assert told.verdict is Verdict.VERIFIED
    assert case.evidence.read_by is ReadBy.COLLATION_B
    assert logged(tmp_path, case)[-1] == (EntryKind.CARD_READ, "1024", "code_b", ("V-001",))


def test_a_licence_tells_the_changed_address_and_no_sex(counter):
    with opened("licence-moved") as session:
        reading = session.read(LicencePin("1234"))
    case = counter.open_case()
    counter.identify_by_licence(case, reading)
    assert case.person.address == reading.address != reading.address_on_face
    assert case.person.sex is None
    facts = counter.facts(case)
    assert "visitor.sex" not in facts.values
    assert facts.sources["visitor.address"] is FactSource.CARD
    assert case.evidence.verdict == "no_issuer_key"


def test_a_change_of_unknown_form_is_left_to_a_person():
    with opened("licence-moved") as session:
        reading = session.read(LicencePin("1234"))
    entries = [
        replace(entry, is_framed=False, text=entry.raw_text) if entry.kind is ChangeKind.ADDRESS else entry
        for entry in reading.changes
    ]
    unclear = replace(reading, changes=tuple(entries), address=entries[-1].raw_text)
    assert person_from_licence(unclear).address == ""
    assert unclear_changes(unclear) == {ChangeKind.ADDRESS: newest(entries, ChangeKind.ADDRESS).raw_text}
    assert person_from_licence(reading).address == reading.address
    assert unclear_changes(reading) == {}


def test_the_name_of_a_residence_card_is_typed_and_the_rest_is_the_cards(counter):
    with opened("residence-second-generation") as session:
        reading = session.read(CardNumber("EF34567890GH"))
    case, told = counter.open_case(), person_from_residence_card(reading)
    with pytest.raises(CardNameMissingError):
        counter.identify_by_residence_card(case, reading, told)
    person = replace(told, name="MIHON TARO", address="北海道北見市架空町１")
    counter.identify_by_residence_card(case, reading, person, counter.judge(reading))
    sources = counter.facts(case).sources
    assert sources["visitor.name"] is FactSource.HAND
    assert sources["visitor.birth_date"] is FactSource.CARD
    assert case.evidence.read_by is ReadBy.CARD_NUMBER


def test_an_address_that_is_no_longer_so(counter, tmp_path):
    case, reading = counter.open_case(), read_specimen("stale-address")
    counter.identify_by_card(case, reading)
    before = case.person.address
    counter.replace_address(case, before)
    assert case.evidence.stale == frozenset()
    counter.replace_address(case, "岐阜県飛騨市例示９番地")
    counter.replace_address(case, "岐阜県飛騨市例示９番地１")
    assert case.address_on_card == before
    facts = counter.facts(case)
    assert facts.values["visitor.address"] == "岐阜県飛騨市例示９番地１"
    assert facts.sources["visitor.address"] is FactSource.HAND
    assert facts.sources["visitor.name"] is FactSource.CARD
    assert logged(tmp_path, case)[-1] == (EntryKind.CARD_FACT_STALE, "1024", None, ("V-021",))
    counter.cancel(case)
    assert case.address_on_card == ""
