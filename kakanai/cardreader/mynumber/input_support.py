"""券面事項入力補助AP: 基本4情報 and 個人番号 as text, behind a four-digit PIN."""

from kakanai.cardreader import commands
from kakanai.cardreader.connection import CardConnection
from kakanai.cardreader.mynumber.files import (
    BASIC_FOUR_FILE,
    INPUT_SUPPORT_AID,
    INPUT_SUPPORT_PIN_FILE,
    MY_NUMBER_FILE,
)
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.readings import (
    BasicFourReading,
    MyNumberReading,
    parse_basic_four,
    parse_my_number,
)


class InputSupportAp:
    """券面事項入力補助AP over a connection; each method is one step and knows no order of steps.

    Source: observed: AokiApp/jsapdu reads by short file id in this way on real cards.
    """

    def __init__(self, connection: CardConnection) -> None:
        self._connection = connection

    def select(self) -> bool:
        """Whether the card has it; a PIN verified before is forgotten."""
        return commands.select_application(self._connection, INPUT_SUPPORT_AID)

    def attempts_remaining(self) -> int:
        """Tries left of 券面事項入力補助用暗証番号, 0 for locked."""
        return commands.attempts_remaining(self._connection, INPUT_SUPPORT_PIN_FILE)

    def verify(self, pin: Pin) -> None:
        """Present the PIN once; see commands.verify for what may be raised."""
        commands.verify(self._connection, INPUT_SUPPORT_PIN_FILE, pin.as_ascii())

    def read_basic_four(self) -> BasicFourReading:
        """Read 氏名, 住所, 生年月日, 性別 as the card spells them; the PIN must have been verified.

        Raises:
            PinRequiredError: SW 6982; nothing was read, no try was used up.
            CardDataError: the file is not what it should be.
        """
        return parse_basic_four(commands.read_object_file(self._connection, BASIC_FOUR_FILE))

    def read_my_number(self) -> MyNumberReading:
        """Read 個人番号; the PIN must have been verified.

        Raises:
            PinRequiredError: SW 6982; nothing was read, no try was used up.
            CardDataError: the file is not what it should be.
        """
        return parse_my_number(commands.read_object_file(self._connection, MY_NUMBER_FILE))
