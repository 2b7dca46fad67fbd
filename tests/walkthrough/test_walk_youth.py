"""A youth of 15 whose card has no PIN: 照合番号B, 住民票 and the form for a new PIN."""

import datetime as dt

import pytest

from kakanai.cardreader.errors import PinLockedError
from kakanai.cardreader.mynumber.collation import CollationNumberB
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.printing.folder import FolderPrinter
from tests.office import NOON, make_counter, read_specimen
from tests.walkthrough.printed_lines import printed_lines

NAME, ADDRESS = "見本　十五", "静岡県静岡市葵区架空５－６"
ANSWERS = {
    "guide.certificates": ["residence"],
    "visitor.kana": "ミホン　ジュウゴ",
    "visitor.postal": "420-0852",
    "residence.whole_household": 1,
    "pin.request": ["reset"],
    "pin.reason": "unset",
    "pin.kinds": ["signature", "user", "surface"],
}


@pytest.fixture
def counter(tmp_path):
    counter = make_counter(tmp_path / "home")
    yield counter
    counter.office.log.close()


def read_by_number():
    """The reading of the card by what is printed on it."""
    number = CollationNumberB.compose(
        dt.date(2011, 5, 5), era_year=True, expiry_year=2029, security_code="5051"
    )
    source = SimulatedReaderSource()
    source.insert("youth-15")
    session = MyNumberCardSession.open(source.readers()[0].connect())
    try:
        return session.read_by_collation_b(number, today=NOON.date())
    finally:
        session.close()


def test_the_pin_is_of_no_use():
    with pytest.raises(PinLockedError):
        read_specimen("youth-15")


def test_both_forms_are_printed_from_the_number_alone(counter, tmp_path):
    case = counter.open_case()
    counter.choose_event(case, "certificate")
    counter.answer(case, {"guide.certificates": ["residence"]})
    counter.choose(case, ["pin-reset"])
    counter.identify_by_card(case, read_by_number())
    counter.answer(case, ANSWERS, strict=True)
    assert counter.wants_my_number(case) == []
    filled = counter.fill(case)
    assert [form.findings for form in filled] == [(), ()]
    documents = counter.release(case, filled, FolderPrinter(tmp_path / "out"))
    assert [document.form for document in documents] == ["F01", "F28"]
    for document in documents:
        text = "".join(printed_lines(document.path))
        assert (
            text.count(NAME.replace("　", "")) == 2
        )  # the one who came, and whose certificate or card it is
        assert text.count(ADDRESS) == 2
        assert text.count("ミホンジュウゴ") == 2
        assert "100000010086" not in text
    (entry,) = counter.office.log.day(NOON.date())
    assert entry.read_by == "code_b"
