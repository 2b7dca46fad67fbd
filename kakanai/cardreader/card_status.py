"""The tries left of every key of whatever card lies there 残り試行回数; none is spent."""

import contextlib
import dataclasses

from kakanai.cardreader.card_files import CardFiles
from kakanai.cardreader.connection import CardConnection
from kakanai.cardreader.detect import detect_card_kind
from kakanai.cardreader.driver_licence import mynumber_licence_files
from kakanai.cardreader.driver_licence.session import DriverLicenceSession
from kakanai.cardreader.errors import CardStatusError, unsupported_card
from kakanai.cardreader.kinds import CardKey, CardKind
from kakanai.cardreader.mynumber.pin_status import KeyStatus, read_pin_status


@dataclasses.dataclass(frozen=True)
class CardStatus:
    """The kind of card, and its keys in a fixed order; a key's `attempts` is None where the card has none."""

    kind: CardKind
    keys: tuple[KeyStatus, ...]


def read_card_status(connection: CardConnection) -> CardStatus:
    """The status of a card; the connection is disconnected afterwards, whatever happens.

    Raises:
        UnsupportedCardError: a card that is not read here 対象外.
        CardError: as the card or the reader answers.
    """
    try:
        kind = detect_card_kind(connection)
        if kind is CardKind.MY_NUMBER:
            return CardStatus(kind, (*read_pin_status(connection), _mynumber_licence(connection)))
        if kind is CardKind.DRIVER_LICENCE:
            attempts = DriverLicenceSession.open(connection).attempts
            keys = (
                KeyStatus(CardKey.LICENCE_PIN1, attempts.pin1),
                KeyStatus(CardKey.LICENCE_PIN2, attempts.pin2),
            )
            return CardStatus(kind, keys)
        if kind is CardKind.RESIDENCE_CARD:
            return CardStatus(kind, ())  # opened by its number alone, without any counter
        raise unsupported_card(kind)
    finally:
        connection.disconnect()


def _mynumber_licence(connection: CardConnection) -> KeyStatus:
    """The key of マイナ免許証, which few cards bear."""
    files = CardFiles(connection)
    attempts = None
    with contextlib.suppress(CardStatusError):
        if files.select(mynumber_licence_files.MYNUMBER_LICENCE_AID):
            attempts = files.attempts_remaining(mynumber_licence_files.PIN_FILE)
    return KeyStatus(CardKey.MYNUMBER_LICENCE_PIN, attempts)
