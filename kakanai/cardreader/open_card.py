"""From a connection to a session with whatever card lies there, found out by SELECT alone."""

from kakanai.cardreader.commands import select_application
from kakanai.cardreader.connection import CardConnection
from kakanai.cardreader.detect import detect_other_kind
from kakanai.cardreader.driver_licence.session import DriverLicenceSession
from kakanai.cardreader.errors import unsupported_card
from kakanai.cardreader.kinds import CardKind
from kakanai.cardreader.mynumber.files import INPUT_SUPPORT_AID
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.residence_card.session import ResidenceCardSession

CardSession = MyNumberCardSession | DriverLicenceSession | ResidenceCardSession
"""An open card of any kind that this program reads; each ends with `close`."""


def open_card(connection: CardConnection) -> CardSession:
    """A session with the card; no VERIFY with data is sent. A 個人番号カード costs no exchange more.

    On any error the connection is disconnected.

    Raises:
        JukiCardError, UnsupportedCardError: a card that is not read here 対象外.
        CardError: as the session of that kind says.
    """
    try:
        if select_application(connection, INPUT_SUPPORT_AID):
            return MyNumberCardSession.of_selected(connection)
        kind = detect_other_kind(connection)
    except BaseException:
        connection.disconnect()
        raise
    if kind is CardKind.DRIVER_LICENCE:
        return DriverLicenceSession.open(connection, is_recognised=True)
    if kind is CardKind.RESIDENCE_CARD:
        return ResidenceCardSession.open(connection)
    connection.disconnect()
    raise unsupported_card(kind)
