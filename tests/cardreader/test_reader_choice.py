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


class RememberingSource(FakeSource):
    def __init__(self, preferred, cards):
        super().__init__()
        self._readers = [FakeReader(name, has_card) for name, has_card in cards.items()]
        self.preferred = preferred

    def prefer(self, name):
        raise AssertionError("choosing changes no choice")


def chosen(cards, *, name=None, preferred=None):
    return choose_reader(RememberingSource(preferred, cards), name).name


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


PASORI, PASORI_2 = "Sony FeliCa Port/PaSoRi 4.0 0", "Sony FeliCa Port/PaSoRi 4.0 1"
ALCOR = "Alcor Micro AU9540 00 00"
VIRTUAL, SOFTWARE = "Virtual PCD 00 00", "Microsoft Virtual Smart Card 0"


def test_a_name_may_leave_out_its_index():
    assert chosen({ALCOR: True, PASORI_2: False}, name="Sony FeliCa Port/PaSoRi 4.0") == PASORI_2
    assert chosen({PASORI: False, PASORI_2: True}, name="Sony FeliCa Port/PaSoRi 4.0") == PASORI_2
    assert chosen({PASORI: True, PASORI_2: True}, name=PASORI_2) == PASORI_2
    with pytest.raises(SeveralReadersError):
        chosen({PASORI: True, PASORI_2: True}, name="Sony FeliCa Port/PaSoRi 4.0")
    with pytest.raises(ReaderNotFoundError):
        chosen({PASORI: True}, name=PASORI_2)


def test_the_reader_chosen_before_wins_whatever_its_number_is_now():
    preferred = "Sony FeliCa Port/PaSoRi 4.0"
    assert chosen({ALCOR: True, PASORI_2: True}, preferred=preferred) == PASORI_2
    assert chosen({ALCOR: True, PASORI_2: True}, preferred="Alcor Micro AU9540") == ALCOR


def test_while_the_chosen_reader_is_attached_no_other_card_is_touched():
    with pytest.raises(NoCardError):
        chosen({ALCOR: True, PASORI: False}, preferred="Sony FeliCa Port/PaSoRi 4.0")


def test_a_chosen_reader_that_is_gone_stands_in_nobodys_way():
    assert chosen({ALCOR: True}, preferred="Sony FeliCa Port/PaSoRi 4.0") == ALCOR


def test_a_name_wins_over_the_choice_of_before():
    assert chosen({ALCOR: True, PASORI: True}, name=ALCOR, preferred="Sony FeliCa Port/PaSoRi 4.0") == ALCOR


def test_of_several_cards_the_one_on_the_contactless_reader_is_taken():
    assert chosen({ALCOR: True, PASORI: True}) == PASORI
    assert chosen({ALCOR: True, PASORI: False}) == ALCOR
    with pytest.raises(SeveralReadersError):
        chosen({PASORI: True, PASORI_2: True, ALCOR: True})


def test_cards_in_software_are_used_only_when_asked_for():
    assert chosen({SOFTWARE: True, ALCOR: True}) == ALCOR
    with pytest.raises(NoReaderError):
        chosen({SOFTWARE: True})
    assert chosen({SOFTWARE: True}, name=SOFTWARE) == SOFTWARE
    assert chosen({SOFTWARE: True, ALCOR: True}, preferred="Microsoft Virtual Smart Card") == SOFTWARE


def test_a_specimen_on_the_virtual_reader_gives_way_to_a_real_card():
    assert chosen({VIRTUAL: True, ALCOR: True}) == ALCOR
    assert chosen({VIRTUAL: True, ALCOR: False}) == VIRTUAL
    with pytest.raises(NoCardError):
        chosen({VIRTUAL: False})
