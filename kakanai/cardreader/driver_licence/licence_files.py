"""The directories and files of a licence over a connection: each method is one step and knows no order."""

from typing import Final

from kakanai.cardreader.apdu import CommandApdu
from kakanai.cardreader.card_files import CardFiles
from kakanai.cardreader.driver_licence import changes, files, licence
from kakanai.cardreader.driver_licence.changes import ChangeEntry
from kakanai.cardreader.driver_licence.errors import LicenceBlockedError
from kakanai.cardreader.driver_licence.photo import parse_photo
from kakanai.cardreader.driver_licence.readings import Gaiji, LicenceFace, LicenceSignature
from kakanai.cardreader.errors import CardStatusError
from kakanai.cardreader.status_words import StatusWord

_DF_LOCKED: Final = 0x6283  # given: JICSAP IC card specification, as soltia48/myna-card cites it
_GAIJI_IN_FIRST_FILE: Final = frozenset(files.GAIJI_TAGS.values())


class LicenceFiles:
    """Selects a directory DF only where it is not selected already; verified PINs outlive that on this card.

    Every method raises CardStatusError for an answer that means nothing here, PinRequiredError for SW 6982,
    CardDataError for a file that is not what it should be, and whatever the connection raises.
    """

    def __init__(self, card_files: CardFiles) -> None:
        self._files = card_files
        self._selected = b""

    def forget_selection(self) -> None:
        """Take nothing for granted: an answer was lost."""
        self._selected = b""

    def select_matters(self) -> bool:
        """Whether the card has DF1, so that it is a 運転免許証.

        Raises:
            LicenceBlockedError: it has, but is blocked.
        """
        return self._select(files.MATTERS_AID)

    def select_master_file(self) -> None:
        """Select MF, where the PINs are.

        Raises:
            LicenceBlockedError: it is blocked.
        """
        if self._selected != files.MASTER_FILE:
            self.forget_selection()
            sw = self._files.transmit(CommandApdu(0x00, 0xA4, 0x00, 0x00, files.MASTER_FILE)).sw
            if sw == _DF_LOCKED:
                raise LicenceBlockedError
            if sw != StatusWord.OK:
                raise CardStatusError(command="SELECT", sw=sw)
            self._selected = files.MASTER_FILE

    def _select(self, aid: bytes) -> bool:
        if self._selected != aid:
            self.forget_selection()
            try:
                is_there = self._files.select(aid)
            except CardStatusError as error:
                if error.sw == _DF_LOCKED:
                    raise LicenceBlockedError from error
                raise
            if not is_there:
                return False
            self._selected = aid
        return True

    def _need(self, aid: bytes) -> None:
        if not self._select(aid):
            raise CardStatusError(command="SELECT", sw=StatusWord.FILE_NOT_FOUND)

    def is_pin_set(self) -> bool:
        """PIN設定 of MF/EF02: whether the holder set PINs."""
        self.select_master_file()
        return licence.parse_pin_setting(self._files.read_object(files.PIN_SETTING_FILE, free=True))

    def face(self) -> LicenceFace:
        """記載事項 of DF1/EF01."""
        self._need(files.MATTERS_AID)
        return licence.parse_face(self._files.read_bytes(files.FACE_FILE, size=files.FACE_BYTES))

    def changes(self) -> tuple[ChangeEntry, ...]:
        """記載事項変更等 of DF1/EF04."""
        self._need(files.MATTERS_AID)
        return changes.parse_changes(
            self._files.read_bytes(files.CHANGES_FILE, size=files.CHANGES_BYTES),
        )

    def domicile(self) -> str:
        """本籍 of DF1/EF02."""
        self._need(files.MATTERS_AID)
        return licence.parse_domicile(
            self._files.read_bytes(files.DOMICILE_FILE, size=files.DOMICILE_BYTES),
        )

    def domicile_changes(self) -> tuple[ChangeEntry, ...]:
        """本籍の変更 of DF1/EF06."""
        self._need(files.MATTERS_AID)
        return changes.parse_domicile_changes(
            self._files.read_bytes(files.DOMICILE_CHANGES_FILE, size=files.DOMICILE_CHANGES_BYTES),
        )

    def gaiji(self, numbers: frozenset[int]) -> tuple[Gaiji, ...]:
        """The pictures of these 外字 as far as the card has them; files without any of them are not read."""
        found: tuple[Gaiji, ...] = ()
        if numbers & _GAIJI_IN_FIRST_FILE:
            self._need(files.MATTERS_AID)
            data = self._files.read_bytes(files.GAIJI_FILE, at_most=files.GAIJI_BYTES)
            found += licence.parse_gaiji(data)
        if numbers - _GAIJI_IN_FIRST_FILE:
            self._need(files.MATTERS_AID)
            data = self._files.read_bytes(files.MORE_GAIJI_FILE, at_most=files.MORE_GAIJI_BYTES)
            found += licence.parse_more_gaiji(data)
        return tuple(one for one in found if one.number in numbers)

    def signature(self) -> LicenceSignature:
        """電子署名 of DF1/EF07."""
        self._need(files.MATTERS_AID)
        return licence.parse_signature(
            self._files.read_bytes(files.SIGNATURE_FILE, at_most=files.SIGNATURE_BYTES),
        )

    def photo(self) -> bytes | None:
        """写真 of DF2/EF01, JPEG 2000."""
        self._need(files.PHOTO_AID)
        return parse_photo(self._files.read_object(files.PHOTO_FILE, at_most=files.PHOTO_BYTES))
