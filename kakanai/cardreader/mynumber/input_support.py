"""券面事項入力補助AP: 基本4情報 and 個人番号 as text, behind a four-digit PIN or 照合番号B."""

from kakanai.cardreader.card_files import CardFiles
from kakanai.cardreader.errors import PinRequiredError
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.mynumber.files import (
    BASIC_FOUR_FILE,
    COLLATION_B_FILE,
    DIGESTS_FILE,
    INPUT_SUPPORT_PIN_FILE,
    MY_NUMBER_FILE,
    TEXT_CARD_KEY_FILE,
    TEXT_CERTIFICATE_FILE,
)
from kakanai.cardreader.mynumber.key_tries import KeyTries
from kakanai.cardreader.mynumber.proof import TextProof
from kakanai.cardreader.mynumber.proof_steps import challenge_card, read_if_given, told_of

_PIN_ATTEMPTS_GRANTED = 3  # observed: municipal pages; a success restores the full counter


class InputSupportAp:
    """券面事項入力補助AP, which must be selected; each method is one step and knows no order of steps.

    `pin` and `collation_b` are its two keys. `opened_by` says which of them was presented: 照合番号B opens
    no 個人番号. Source: observed: AokiApp/jsapdu reads by short file id in this way on real cards.
    """

    def __init__(self, files: CardFiles) -> None:
        self._files = files
        self.pin = KeyTries(files, INPUT_SUPPORT_PIN_FILE, CardKey.TEXT_PIN, granted=_PIN_ATTEMPTS_GRANTED)
        self.collation_b = KeyTries(files, COLLATION_B_FILE, CardKey.COLLATION_B)

    def read_basic_four(self, opened_by: CardKey) -> bytes:
        """EF 0002 without filler: 氏名, 住所, 生年月日, 性別.

        Raises:
            PinRequiredError: SW 6982; nothing was read, no try was used up.
            CardDataError: the file holds no whole object.
            CardStatusError: any other refusal.
        """
        with told_of("", opened_by):
            return self._files.read_object(BASIC_FOUR_FILE)

    def read_my_number(self) -> bytes:
        """EF 0001 with its filler, over which its digest goes: 個人番号; the PIN must have been verified.

        Raises:
            PinRequiredError: SW 6982; nothing was read, no try was used up.
            CardDataError: the file is far too long.
            CardStatusError: any other refusal.
        """
        with told_of("", CardKey.TEXT_PIN):
            return self._files.read_bytes(MY_NUMBER_FILE, at_most=256)

    def read_certificate(self) -> bytes | None:
        """EF 0004, which no key protects: read before a key is presented, it tries extended APDUs out.

        A reader that breaks the link at the trial then costs no second try. None: the card has none.
        """
        with told_of("", CardKey.TEXT_PIN):
            return read_if_given(self._files, TEXT_CERTIFICATE_FILE, free=True)

    def read_proof(
        self, certificate: bytes | None, basic_four: bytes, my_number: bytes | None, opened_by: CardKey
    ) -> TextProof:
        """EF 0003, EF 0007 and a challenge, with the files that were read before.

        Raises:
            PinRequiredError: SW 6982, when the PIN had been verified. After 照合番号B the file counts as not
                given: sources differ on whether it opens EF 0003.
        """
        withheld: set[int] = set()
        digests = self._read_protected(DIGESTS_FILE, opened_by, withheld)
        card_key = self._read_protected(TEXT_CARD_KEY_FILE, opened_by, withheld)
        return TextProof(
            basic_four=basic_four,
            my_number=my_number,
            digests=digests,
            certificate=certificate,
            card_key=card_key,
            challenge=challenge_card(self._files),
            withheld=frozenset(withheld),
        )

    def _read_protected(self, file_id: int, opened_by: CardKey, withheld: set[int]) -> bytes | None:
        try:
            return read_if_given(self._files, file_id)
        except PinRequiredError:
            if opened_by is CardKey.COLLATION_B:
                withheld.add(file_id)
                return None
            raise
