import pytest

from kakanai.cardreader.detect import detect_card_kind
from kakanai.cardreader.driver_licence.errors import LicenceBlockedError
from kakanai.cardreader.errors import CardRemovedError
from kakanai.cardreader.kinds import CardKind
from tests.fakes.scripted_connection import ScriptedConnection

TEXT = "00A4040C0AD3921000310001010408"
LICENCE = "00A4040C10A0000002310100000000000000000000"
MASTER = "00A40000023F00"
TYPE = "00B08A0000"
JPKI = "00A4040C0AD392F000260100000001"

SCRIPTS = {
    "mynumber": ([(TEXT, "9000")], CardKind.MY_NUMBER),
    "licence": ([(TEXT, "6A82"), (LICENCE, "9000")], CardKind.DRIVER_LICENCE),
    "residence": (
        [(TEXT, "6A82"), (LICENCE, "6A82"), (MASTER, "9000"), (TYPE, "C101319000")],
        CardKind.RESIDENCE_CARD,
    ),
    "juki": ([(TEXT, "6A82"), (LICENCE, "6A82"), (MASTER, "6A82"), (JPKI, "9000")], CardKind.JUKI_CARD),
    "no-master-file": (
        [(TEXT, "6D00"), (LICENCE, "6A86"), (MASTER, "6A82"), (JPKI, "6A82")],
        CardKind.UNKNOWN,
    ),
    "other-file": (
        [(TEXT, "6A81"), (LICENCE, "6A82"), (MASTER, "9000"), (TYPE, "4501319000"), (JPKI, "6A82")],
        CardKind.UNKNOWN,
    ),
    "unreadable": (
        [(TEXT, "6A82"), (LICENCE, "6A82"), (MASTER, "9000"), (TYPE, "6982"), (JPKI, "6D00")],
        CardKind.UNKNOWN,
    ),
    "strange-first": ([(TEXT, "6283")], CardKind.UNKNOWN),
    "strange-second": ([(TEXT, "6A82"), (LICENCE, "6985")], CardKind.UNKNOWN),
}


@pytest.mark.parametrize(("script", "kind"), SCRIPTS.values(), ids=SCRIPTS)
def test_the_card_is_told_by_select_alone(script, kind):
    connection = ScriptedConnection(*script)
    assert detect_card_kind(connection) is kind
    connection.assert_played_out()


def test_a_blocked_licence_is_told():
    with pytest.raises(LicenceBlockedError):
        detect_card_kind(ScriptedConnection((TEXT, "6A82"), (LICENCE, "6283")))


def test_a_removed_card_is_no_unknown_card():
    with pytest.raises(CardRemovedError):
        detect_card_kind(ScriptedConnection((TEXT, "6A82"), (LICENCE, CardRemovedError())))
