import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.errors import SpecimenError, SpecimenNotFoundError
from kakanai.cardreader.faults import Faults
from kakanai.cardreader.simulator.specimen import list_specimens, load_specimen, specimen_folder
from kakanai.cardreader.simulator.specimen_card import build_card
from kakanai.cardreader.simulator.specimen_file import parse_specimen
from kakanai.cardreader.simulator.specimen_types import (
    MyNumberSpecimen,
    SpecimenKind,
    collation_birth_digits,
)
from kakanai.cardreader.simulator.text_files import basic_four_file, my_number_file
from tests.cardreader.mynumber.test_readings import OFFICIAL

COMMON = {"id": "official-test", "label": "見本", "description": "見本。"}
GOOD = json.loads((specimen_folder() / "official-test.json").read_bytes())


def test_the_shipped_specimens_cover_what_counters_meet():
    everything = list_specimens()
    assert {specimen.kind for specimen in everything} == set(SpecimenKind)
    specimens = {specimen.id: specimen for specimen in everything if isinstance(specimen, MyNumberSpecimen)}
    names = "".join(specimen.person.name for specimen in specimens.values())
    for character in "\U000e0108\U000e0102\u9ad9\ufa11\U00020bb7":
        assert character in names
    assert len(specimens["long-address"].person.address) == 91
    assert specimens["foreign-resident"].person.name.isascii()
    assert specimens["child-without-jpki"].person.birth_date == "20150515"
    assert not specimens["child-without-jpki"].has_jpki
    assert specimens["unknown-birthday"].person.birth_date == "19500000"
    assert specimens["locked-pin"].attempts["text"] == 0
    assert len({specimen.my_number for specimen in specimens.values()}) == len(specimens)
    assert specimens["no-pins"].attempts["text"] == specimens["no-pins"].attempts["sign"] == 0
    assert specimens["forged"].person.name != specimens["forged"].issued_person.name
    assert specimens["forged-photo"].pictures.photo != specimens["forged-photo"].shown_pictures.photo
    assert specimens["cloned"].has_wrong_card_key
    assert (specimens["test-ca"].issuer, specimens["unknown-issuer"].issuer) == ("test", "unknown")
    for specimen in everything:
        assert specimen.label
        assert specimen.description
        assert len(build_card(specimen).atr) > 5
    for specimen in specimens.values():
        assert (specimen.pins["text"], specimen.pins["sign"]) == ("1234", "ABC123")


def test_the_official_specimen_is_the_official_test_card():
    specimen = load_specimen("official-test")
    assert basic_four_file(specimen.person) == OFFICIAL
    assert my_number_file(specimen.my_number).hex() == "ff100c313233343536373839303138ffff"


def test_a_long_address_gets_the_long_header():
    file = basic_four_file(load_specimen("long-address").person)
    assert len(file) > 256
    assert file[:3].hex() == "ff2082"
    assert int.from_bytes(file[3:5]) == len(file) - 5
    offsets = [int.from_bytes(file[at : at + 2]) for at in range(8, 16, 2)]
    assert offsets[0] == 0x10
    assert [file[offset : offset + 2].hex() for offset in offsets] == ["df22", "df23", "df24", "df25"]


@pytest.mark.parametrize("specimen_id", ["nobody", "", "../official-test", "Official-Test", "jpki/keys"])
def test_an_unknown_specimen(specimen_id):
    with pytest.raises(SpecimenNotFoundError):
        load_specimen(specimen_id)


def changed(**changes):
    return {key: value for key, value in {**GOOD, **changes}.items() if value is not ...}


@pytest.mark.parametrize(
    ("told", "key", "reason"),
    [
        ([], "", "object-wanted"),
        (changed(id="other"), "id", "differs-from-file-name"),
        (changed(label=...), "label", "missing"),
        (changed(label=""), "label", "text-wanted"),
        (changed(colour="red"), "colour", "unknown-key"),
        (changed(my_number="123456789012"), "my_number", "check-digit"),
        (changed(my_number="12345678901"), "my_number", "form"),
        (changed(person=[]), "person", "object-wanted"),
        (changed(person={**GOOD["person"], "birth_date": "1980-02-17"}), "person.birth_date", "form"),
        (changed(person={**GOOD["person"], "name": "\ud867"}), "person.name", "half-surrogate"),
        (changed(person={"name": "x"}), "person.address", "missing"),
        (changed(pins={**GOOD["pins"], "text": "12345"}), "pins.text", "form"),
        (changed(attempts={"text": 4}), "attempts.text", "range"),
        (changed(attempts={"text": True}), "attempts.text", "range"),
        (changed(attempts={"secret": 1}), "attempts.secret", "unknown-key"),
        (changed(jpki="yes"), "jpki", "true-or-false"),
        (changed(collation_b="1"), "collation_b", "form"),
        (changed(collation_b="0" * 14), "collation_b", "differs-from-birth-date-expiry-and-code"),
        (changed(expires="2035"), "expires", "form"),
        (changed(security_code="22850"), "security_code", "form"),
        (changed(municipality_code="1"), "municipality_code", "form"),
        (changed(western_birth_year=1), "western_birth_year", "true-or-false"),
        (changed(issuer="j-lis"), "issuer", "form"),
        (changed(wrong_card_key="yes"), "wrong_card_key", "true-or-false"),
        (changed(tamper={"my_number": "1"}), "tamper.my_number", "unknown-key"),
        (changed(tamper={"name": ""}), "tamper.name", "text-wanted"),
        (changed(pictures={"photo": "../face-a.jp2"}), "pictures.photo", "form"),
        (changed(pictures="x"), "pictures", "object-wanted"),
        (changed(card="credit_card"), "card", "form"),
        (changed(card=1), "card", "text-wanted"),
        (changed(card="blank"), "blank", "missing"),
        ({**COMMON, "card": "blank", "blank": []}, "blank", "object-wanted"),
        ({**COMMON, "card": "blank", "blank": {}, "person": {}}, "person", "unknown-key"),
        (changed(mynumber_licence=1), "mynumber_licence", "object-wanted"),
        (changed(quirks={"locked_sw": "9000"}), "quirks.locked_sw", "unknown-value"),
        (changed(quirks={"locked_sw": ["6983"]}), "quirks.locked_sw", "unknown-value"),
    ],
)
def test_broken_specimens_name_the_key(told, key, reason):
    with pytest.raises(SpecimenError) as caught:
        parse_specimen("official-test", json.dumps(told).encode())
    assert caught.value.details == {"specimen": "official-test", "key": key, "reason": reason}


def test_quirks_are_taken_over():
    told = changed(quirks={"locked_sw": "6983", "first_command_6f00": True}, attempts={"sign": 1})
    specimen = parse_specimen("official-test", json.dumps(told).encode())
    assert specimen.faults == Faults(locked_answers=0x6983, first_command_6f00=True)
    assert (specimen.attempts["text"], specimen.attempts["sign"]) == (3, 1)


@pytest.mark.parametrize(
    ("birth_date", "western", "digits"),
    [
        ("19800217", False, "550217"),
        ("19890107", False, "640107"),
        ("19890108", False, "010108"),
        ("20190430", False, "310430"),
        ("20190501", False, "010501"),
        ("19261224", False, "151224"),
        ("19261225", False, "011225"),
        ("19120729", False, "450729"),
        ("19500000", False, "250000"),
        ("19790919", True, "790919"),
    ],
)
def test_birth_digits(birth_date, western, digits):
    assert collation_birth_digits(birth_date, western=western) == digits


def test_collation_b_of_a_foreign_resident_has_the_western_year():
    assert load_specimen("foreign-resident").collation_b == "79091920333107"
    assert load_specimen("official-test").collation_b == "55021720352285"


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"card": "juki_card", "juki_card": {}}, "juki_card.auth"),
        ({"card": "blank", "blank": {"x": 1}}, "blank"),
        ({"card": "driver_licence", "driver_licence": {}}, None),
        ({"card": "residence_card", "residence_card": {}}, None),
    ],
)
def test_broken_content_of_other_cards_is_told_when_the_card_is_built(told, key):
    specimen = parse_specimen("official-test", json.dumps({**COMMON, **told}).encode())
    with pytest.raises(SpecimenError) as caught:
        build_card(specimen)
    assert caught.value.details["specimen"] == "official-test"
    assert key is None or caught.value.details["key"] == key


def test_a_missing_picture_is_our_error():
    told = changed(pictures={"photo": "nobody.jp2"})
    with pytest.raises(SpecimenError) as caught:
        build_card(parse_specimen("official-test", json.dumps(told).encode()))
    assert caught.value.details["key"] == "nobody.jp2"


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_refused(content):
    with pytest.raises(SpecimenError):
        parse_specimen("official-test", content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.fixed_dictionaries({}, optional={key: JSON | st.just(value) for key, value in GOOD.items()}))
def test_garbage_raises_only_our_error(told):
    with contextlib.suppress(SpecimenError):
        parse_specimen("official-test", json.dumps(told).encode())


def test_repr_shows_no_person():
    specimen = load_specimen("official-test")
    assert f"{specimen!r} {specimen.person!r}" == "MyNumberSpecimen(official-test) SpecimenPerson(****)"
