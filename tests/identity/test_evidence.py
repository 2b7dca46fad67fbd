import datetime as dt

import pytest

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.evidence import Evidence, Fact, FactSource, ReadBy
from kakanai.identity.person import Person, Sex

JST = dt.timezone(dt.timedelta(hours=9))
NOON = dt.datetime(2026, 4, 1, 12, tzinfo=JST)
MIHON = Person("見本　太郎", "北海道北見市架空町１", BirthDate(1980, 1, 15), Sex.MALE)


def test_a_card_tells_four_facts_and_the_number_only_when_read():
    evidence = Evidence.of_card("mynumber", NOON, MIHON)
    assert evidence.read_by is ReadBy.PIN
    assert evidence.source_of("name") is FactSource.CARD
    assert evidence.source_of(Fact.MY_NUMBER) is None
    assert Evidence.of_card("mynumber", NOON, MIHON, with_my_number=True).sources["my_number"] == "card"


def test_hand_entry_tells_only_what_was_typed():
    evidence = Evidence.of_hand(Person("見本", "", None, Sex.MALE), NOON)
    assert dict(evidence.sources) == {"name": FactSource.HAND, "sex": FactSource.HAND}
    assert (evidence.read_by, evidence.card_kind) == ("hand", None)


def test_times_are_utc_and_never_naive():
    assert Evidence.of_card("mynumber", NOON, MIHON).read_at.isoformat() == "2026-04-01T03:00:00+00:00"
    with pytest.raises(ValueError, match="time zone"):
        Evidence(ReadBy.HAND, dt.datetime(2026, 4, 1))  # noqa: DTZ001


def test_the_sources_of_an_evidence_cannot_be_changed():
    evidence = Evidence.of_card("mynumber", NOON, MIHON)
    with pytest.raises(TypeError):
        evidence.sources["name"] = FactSource.HAND


def test_what_a_card_does_not_tell_has_no_source_and_what_was_typed_is_typed():
    licence = Person("見本　太郎", "", BirthDate(1980, 1, 15), None)
    evidence = Evidence.of_card("residence_card", NOON, licence, read_by=ReadBy.CARD_NUMBER, typed=["name"])
    assert dict(evidence.sources) == {"name": FactSource.HAND, "birth_date": FactSource.CARD}
    assert evidence.is_by_card


def test_a_fact_out_of_date_becomes_a_typed_one():
    evidence = Evidence.of_card("mynumber", NOON, MIHON, verdict="verified").with_stale(Fact.ADDRESS)
    assert evidence.source_of("address") is FactSource.HAND
    assert evidence.source_of("name") is FactSource.CARD
    assert evidence.stale == {"address"}
    assert evidence.verdict == "verified"
