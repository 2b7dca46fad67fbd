import pytest

from kakanai.cardreader.errors import NoCardError, NoReaderError, ReaderNotFoundError, SeveralReadersError
from kakanai.cardreader.reader_choice import choose_reader


class FakeReader:
    def __init__(self, name, has_card):
        self.name = name
        self._has_card = has_card

    def is_card_present(self):
        return self._has_card

    def connect(self):
        raise AssertionError("choosing connects to nothing")


class FakeSource:
    def __init__(self, **has_card_by_name):
        self._readers = [FakeReader(name.replace("_", " "), card) for name, card in has_card_by_name.items()]

    def readers(self):
        return self._readers

    def wait_for_change(self, timeout_s):
        raise AssertionError("choosing does not wait")


def test_the_only_reader_with_a_card_is_taken():
    assert choose_reader(FakeSource(A=False, B=True), None).name == "B"


def test_a_name_is_taken_with_or_without_a_card():
    assert choose_reader(FakeSource(A=False, B=True), "A").name == "A"
    assert choose_reader(FakeSource(A_SAM_0=False), "A SAM 0").name == "A SAM 0"


def test_sam_slots_and_windows_hello_are_passed_over():
    source = FakeSource(ACS_SAM_01=True, Windows_Hello_for_Business=True, Samsung_NFC=True)
    assert choose_reader(source, None).name == "Samsung NFC"


def test_no_reader():
    for source in (FakeSource(), FakeSource(ACS_SAM_01=True)):
        with pytest.raises(NoReaderError):
            choose_reader(source, None)
    with pytest.raises(NoReaderError):
        choose_reader(FakeSource(), "A")


def test_no_card():
    with pytest.raises(NoCardError):
        choose_reader(FakeSource(A=False, B=False), None)


def test_an_unknown_name():
    with pytest.raises(ReaderNotFoundError) as caught:
        choose_reader(FakeSource(A=True), "C")
    assert caught.value.details == {"reader": "C"}


def test_two_cards():
    with pytest.raises(SeveralReadersError) as caught:
        choose_reader(FakeSource(A=True, B=True, C=False), None)
    assert caught.value.names == ["A", "B"]
    assert caught.value.details == {"count": 2, "readers": "A, B"}
