"""Who is here: genuine, forged and cloned cards, 照合番号B, other cards, and what the log keeps of it."""

import sqlite3
from dataclasses import replace

import pytest

from kakanai.cardreader.authenticity.verdict import Verdict
from kakanai.cardreader.driver_licence.pin import LicencePin
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.mynumber.collation import CollationNumberB
from kakanai.cardreader.open_card import open_card
from kakanai.cardreader.residence_card.card_number import CardNumber
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.identity.errors import (
    AuthenticityMismatchError,
    CardNameMissingError,
    SupervisorRefusedError,
)
from kakanai.identity.evidence import FactSource, MismatchReason, ReadBy
from kakanai.identity.from_card import person_from_residence_card
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
            "SELECT id, kind, clerk, read_by FROM entry WHERE case_number = ? ORDER BY id", (case.number,)
        ).fetchall()
        codes = file.execute("SELECT entry_id, code FROM entry_code ORDER BY position").fetchall()
    file.close()
    return [
        (kind, clerk, by, tuple(code for of, code in codes if of == id_)) for id_, kind, clerk, by in rows
    ]


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
    counter.decide_mismatch(case, SUPERVISOR, MismatchReason.OTHER_DOCUMENT)
    counter.identify_by_card(case, reading, told)
    assert (case.evidence.verdict, case.evidence.mismatch_accepted) == ("mismatch", True)
    assert logged(tmp_path, case)[1:] == [
        (EntryKind.READING_FAILED, "1024", None, ("I-050",)),
        (EntryKind.READING_FAILED, "1024", None, ("I-050",)),
        (EntryKind.MISMATCH_ACCEPTED, SUPERVISOR, None, ("I-050", "V-012")),
        (EntryKind.CARD_READ, "1024", "pin", ("V-004",)),
    ]
    # The decision was about that reading alone.
    with pytest.raises(AuthenticityMismatchError):
        counter.identify_by_card(case, reading, told)


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
    case = counter.open_case()
    with pytest.raises(error) as caught:
        counter.decide_mismatch(case, number, MismatchReason.OTHER_DOCUMENT)
    assert caught.value.details.get("reason") == reason
    assert not case.mismatch_is_accepted
    assert [kind for kind, *_ in logged(tmp_path, case)] == [EntryKind.CASE_OPENED]


def test_a_town_that_names_nobody_lets_nobody_decide(tmp_path):
    counter = make_counter(tmp_path)
    with pytest.raises(SupervisorRefusedError) as caught:
        counter.decide_mismatch(counter.open_case(), SUPERVISOR, MismatchReason.ISSUER_ASKED)
    assert caught.value.details == {"reason": "none_named"}
    counter.office.log.close()


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
