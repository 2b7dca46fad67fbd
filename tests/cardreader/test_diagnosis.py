import base64
import json
import re

import pytest

from kakanai.cardreader.connection import ByteConnection
from kakanai.cardreader.diagnosis import diagnose
from kakanai.cardreader.errors import NoServiceError
from kakanai.cardreader.reader_conditions import ReaderCondition
from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource

SPECIMEN = load_specimen("official-test")
PERSON = SPECIMEN.person
FACTS = [
    PERSON.name,
    PERSON.address,
    PERSON.birth_date,
    SPECIMEN.my_number,
    SPECIMEN.collation_b,
    *SPECIMEN.pins.values(),
    *PERSON.name.split("　"),
]


def spellings(fact):
    """The fact as it could lie in a text: plain, escaped, hexadecimal, and base64 at any of three offsets."""
    raw = fact.encode()
    yield fact
    yield json.dumps(fact).strip('"')
    yield raw.hex()
    yield raw.hex(" ")
    if len(raw) >= 6:  # of a PIN too few characters are left to be told from chance
        for offset in range(3):
            encoded = base64.b64encode(b"\0" * offset + raw).decode()
            # The characters at both ends also hold bits of what lies around the fact.
            yield encoded[-(-offset * 8 // 6) : (offset + len(raw)) * 8 // 6]


def assert_nothing_personal(bundle):
    # Times are left out: a PIN has four digits, and so has now and then a number of milliseconds.
    text = json.dumps(bundle, ensure_ascii=False).lower()
    text = re.sub(r'"ms": [0-9.]+', "", text)
    for fact in FACTS:
        for spelling in spellings(fact):
            assert spelling.lower() not in text


class TalkativeConnection(ByteConnection):
    """Answers every command with success and all it knows of the person."""

    def __init__(self, reader_name="Talkative 0", *, dies_at=None):
        super().__init__(reader_name)
        self.sent = []
        self.disconnects = 0
        self._dies_at = dies_at

    def _exchange(self, raw):
        self.sent.append(raw)
        if len(self.sent) == self._dies_at:
            raise NoServiceError
        return "|".join(FACTS).encode() + b"\x90\x00"

    def disconnect(self):
        self.disconnects += 1


class FakeReader:
    name = "Talkative 0"

    def __init__(self, connection):
        self._connection = connection

    def is_card_present(self):
        return True

    def connect(self):
        return self._connection


class DetailedSource:
    preferred = None

    def __init__(self, connection):
        self._connection = connection

    def readers(self):
        return [FakeReader(self._connection)]

    def wait_for_change(self, timeout_s):
        raise AssertionError("a diagnosis does not wait")

    def conditions(self):
        return [
            ReaderCondition("Talkative 0", True, b"\x3b\xe0", ("present", "inuse")),
            ReaderCondition("Windows Hello 1", False),
        ]

    def service_facts(self):
        return {"service": "fake", "pyscard": "0"}


def diagnose_talkative(**options):
    connection = TalkativeConnection(**options)
    return diagnose(DetailedSource(connection)), connection


def simulated(specimen="official-test"):
    source = SimulatedReaderSource()
    if specimen:
        source.insert(specimen)
    return source


def test_a_card_that_tells_everything_leaves_nothing_in_the_bundle():
    bundle, connection = diagnose_talkative()
    assert_nothing_personal(bundle)
    assert len(bundle["card"]["exchanges"]) == connection.exchanges > 20
    with pytest.raises(AssertionError):
        assert_nothing_personal({"x": PERSON.name})
    for leak in (PERSON.name.encode().hex(), base64.b64encode(b"1" + PERSON.address.encode()).decode()):
        with pytest.raises(AssertionError):
            assert_nothing_personal({"x": leak})


def test_an_exchange_has_room_for_headers_lengths_and_times_alone():
    bundle, _ = diagnose_talkative()
    for told in bundle["card"]["exchanges"]:
        assert re.fullmatch(r"(select|peek|tries|extended) [a-z0-9_]+( [0-9A-F]{4})?", told.pop("step"))
        assert re.fullmatch(r"[0-9A-F]{8}", told.pop("header"))
        assert told.pop("sw") == "9000"
        assert told.pop("error") is None
        assert set(told) == {"lc", "le", "extended", "ms", "length"}
        assert all(value is None or isinstance(value, int | float) for value in told.values())


def test_no_key_is_sent_and_no_number_of_the_card_is_asked_for():
    _, connection = diagnose_talkative()
    instructions = {raw[1] for raw in connection.sent}
    assert instructions == {0xA4, 0xB0, 0x20}
    for raw in connection.sent:
        if raw[1] == 0x20:
            assert len(raw) == 4  # the form that asks for the counter
    assert connection.disconnects == 1


def test_the_tries_of_a_specimen_stay_as_they_are():
    source = simulated()
    first, second = diagnose(source), diagnose(source)
    told = [
        {exchange["step"]: exchange["sw"] for exchange in bundle["card"]["exchanges"]}
        for bundle in (first, second)
    ]
    assert told[0] == told[1]
    assert (told[0]["tries text_pin"], told[0]["tries sign_pin"]) == ("63C3", "63C5")
    assert told[0]["select text_ap"] == "9000"
    assert told[0]["select licence_df1"] == "6A82"
    assert told[0]["select master_file"] != "9000"
    assert "tries licence_pin1" not in told[0]
    assert_nothing_personal(first)


def test_the_extended_command_is_the_last_one():
    exchanges = diagnose(simulated())["card"]["exchanges"]
    assert [exchange["extended"] for exchange in exchanges] == [False] * (len(exchanges) - 1) + [True]
    assert (exchanges[-1]["le"], exchanges[-1]["sw"]) == (65536, "9000")
    assert exchanges[-1]["length"] > 0


def test_the_bundle_is_plain_json():
    bundle, _ = diagnose_talkative()
    assert json.loads(json.dumps(bundle)) == bundle
    assert bundle["readers"] == [
        {
            "name": "Talkative 0",
            "identity": "Talkative",
            "kind": "unknown",
            "has_card": True,
            "atr": "3BE0",
            "flags": ["present", "inuse"],
        },
        {
            "name": "Windows Hello 1",
            "identity": "Windows Hello",
            "kind": "ignored",
            "has_card": False,
            "atr": "",
            "flags": [],
        },
    ]
    assert bundle["pcsc"] == {"service": "fake", "pyscard": "0"}
    assert {"kakanai", "python", "system", "bundle"} <= set(bundle)


def test_a_walk_that_is_cut_short_tells_how_far_it_came():
    bundle, connection = diagnose_talkative(dies_at=7)
    assert bundle["card"]["error"] == {"code": "C-001"}
    exchanges = bundle["card"]["exchanges"]
    assert len(exchanges) == 7
    assert (exchanges[-1]["sw"], exchanges[-1]["error"]) == (None, "C-001")
    assert connection.disconnects == 1


def test_a_card_that_leaves_is_told_by_its_code():
    source = simulated()
    source.faults.remove_after_exchanges = 3
    bundle = diagnose(source)
    assert bundle["card"]["error"] == {"code": "C-010"}
    assert len(bundle["card"]["exchanges"]) == 4


def test_without_a_card_the_readers_are_told():
    bundle = diagnose(simulated(None))
    assert bundle["error"] == {"code": "C-007"}
    assert [reader["name"] for reader in bundle["readers"]] == ["specimen:"]
    assert "card" not in bundle


def test_the_card_can_be_left_alone():
    source = simulated()
    bundle = diagnose(source, connect=None)
    assert "card" not in bundle
    assert "error" not in bundle
    assert bundle["readers"][0]["has_card"] is True


def test_without_a_service_the_program_is_told():
    class NoService(SimulatedReaderSource):
        def readers(self):
            raise NoServiceError

    bundle = diagnose(NoService())
    assert bundle["error"] == {"code": "C-001"}
    assert "readers" not in bundle
    assert bundle["kakanai"]


def test_a_name_that_no_reader_has():
    bundle = diagnose(simulated(), "Nobody's")
    assert bundle["error"] == {"code": "C-003", "reader": "Nobody's"}
    assert len(bundle["readers"]) == 1
