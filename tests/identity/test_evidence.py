import datetime as dt

import pytest

from kakanai.identity.evidence import Evidence, Fact, FactSource, ReadBy
from kakanai.identity.person import Person, Sex

JST = dt.timezone(dt.timedelta(hours=9))
NOON = dt.datetime(2026, 4, 1, 12, tzinfo=JST)


def test_a_card_tells_four_facts_and_the_number_only_when_read():
    evidence = Evidence.of_card("mynumber", NOON)
    assert evidence.read_by is ReadBy.PIN
    assert evidence.source_of("name") is FactSource.CARD
    assert evidence.source_of(Fact.MY_NUMBER) is None
    assert Evidence.of_card("mynumber", NOON, with_my_number=True).source_of("my_number") is FactSource.CARD


def test_hand_entry_tells_only_what_was_typed():
    evidence = Evidence.of_hand(Person("見本", "", None, Sex.MALE), NOON)
    assert dict(evidence.sources) == {"name": FactSource.HAND, "sex": FactSource.HAND}
    assert (evidence.read_by, evidence.card_kind) == ("hand", None)


def test_times_are_utc_and_never_naive():
    assert Evidence.of_card("mynumber", NOON).read_at.isoformat() == "2026-04-01T03:00:00+00:00"
    with pytest.raises(ValueError, match="time zone"):
        Evidence(ReadBy.HAND, dt.datetime(2026, 4, 1))  # noqa: DTZ001


def test_answers_join_without_changing_the_evidence_before():
    before = Evidence.of_card("mynumber", NOON)
    after = before.with_source(["phone"], FactSource.ASKED)
    assert after.source_of("phone") is FactSource.ASKED
    assert before.source_of("phone") is None
    with pytest.raises(TypeError):
        after.sources["name"] = FactSource.HAND
