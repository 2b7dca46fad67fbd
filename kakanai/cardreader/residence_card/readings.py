"""What a 在留カード or 特別永住者証明書 said 読取結果, before anyone believes it."""

import dataclasses
from collections.abc import Mapping

from kakanai.cardreader.residence_card import files
from kakanai.cardreader.residence_card.files import CardType
from kakanai.cardreader.residence_card.values import FileValues, raw_values


@dataclasses.dataclass(frozen=True, repr=False)
class ResidenceCardReading:
    """One reading; None is what this generation does not have or this card does not tell. `repr` is masked.

    The name is a picture only: in `card_face` (1st generation, the whole front) or `name_image` (2nd). The
    address is the picture `address_image` (2nd) or in `card_face`; `address` is text only where a new address
    was written on the back of a 1st-generation card, and then it is the newer one. `photo` is JPEG 2000, the
    other pictures are TIFF with MMR; NUL filler may follow their end. There is none of the holder under 16.

    Dates are YYYYMMDD. `sex` is 1 男, 2 女 or 3 未指定. `period` is YYMM or DDD, 0000 無期限. Permits are
    text as written in the 1st generation, codes in the 2nd (0 なし). `values` holds every object as it was
    read, by file and tag, like "DF1/EF02/C6". `exchanges` are the commands sent since power-on.
    """

    generation: int
    is_special_permanent: bool
    specification: str
    exchanges: int
    values: Mapping[str, bytes]
    card_face: bytes | None = None
    photo: bytes | None = None
    name_image: bytes | None = None
    address_image: bytes | None = None
    address: str | None = None
    address_changed_on: str | None = None
    municipality_code: str | None = None
    birth_date: str | None = None
    sex: str | None = None
    nationality_code: str | None = None
    status_code: str | None = None  # 在留資格
    period: str | None = None  # 在留期間
    stay_until: str | None = None  # 在留期間の満了日
    permission_code: str | None = None  # 許可の種類
    permitted_on: str | None = None
    work_restriction_code: str | None = None
    expires_on: str | None = None  # the card's own 有効期間
    comprehensive_permit: str | None = None  # 包括許可
    comprehensive_permit_until: str | None = None
    individual_permit: str | None = None  # 個別許可
    renewal: str | None = None  # 在留期間更新等許可申請: 1 申請中
    note_flag: str | None = None
    note: str | None = None

    @property
    def signature(self) -> bytes | None:
        """The チェックコード over pictures and entries."""
        return self._of_signature_file(files.SIGNATURE_1_TAG, files.SIGNATURE_2_TAG)

    @property
    def certificate(self) -> bytes | None:
        """The certificate of the key that made it, filler included."""
        return self._of_signature_file(files.CERTIFICATE_1_TAG, files.CERTIFICATE_2_TAG)

    def _of_signature_file(self, first: int, second: int) -> bytes | None:
        tag = first if self.generation == 1 else second
        return self.values.get(f"{files.SIGNATURE_FILE.name}/{tag:X}")

    def __repr__(self) -> str:
        return f"ResidenceCardReading(generation={self.generation} **** exchanges={self.exchanges})"


def reading_of(
    card_type: CardType, specification: str, contents: Mapping[files.ElementaryFile, bytes], exchanges: int
) -> ResidenceCardReading:
    """The reading from whole files in plain.

    Raises:
        CardDataError: a file does not hold what it should.
    """
    held = {file.name: FileValues.parse(file.name, data) for file, data in contents.items()}
    facts = _first_generation(held) if card_type.generation == 1 else _second_generation(held, card_type)
    return dataclasses.replace(
        facts,
        is_special_permanent=card_type.is_special_permanent,
        specification=specification,
        exchanges=exchanges,
        values=raw_values(held.values()),
    )


def _of(generation: int) -> ResidenceCardReading:
    return ResidenceCardReading(
        generation, is_special_permanent=False, specification="", exchanges=0, values={}
    )


def _file(held: Mapping[str, FileValues], file: files.ElementaryFile) -> FileValues:
    return held.get(file.name) or FileValues(file.name, {})


def _first_generation(held: Mapping[str, FileValues]) -> ResidenceCardReading:
    back = _file(held, files.ADDRESS_FILE)
    return dataclasses.replace(
        _of(1),
        card_face=_file(held, files.CARD_FACE_FILE).needed_picture(files.CARD_FACE_TAG),
        photo=_file(held, files.PHOTO_FILE).picture(files.PHOTO_TAG),
        address=back.text(files.ADDRESS_TAG),
        address_changed_on=back.date(files.ADDRESS_CHANGED_ON_TAG),
        municipality_code=back.code(files.MUNICIPALITY_CODE_TAG),
        comprehensive_permit=_file(held, files.COMPREHENSIVE_PERMIT_FILE).text(
            files.COMPREHENSIVE_PERMIT_TAG
        ),
        individual_permit=_file(held, files.INDIVIDUAL_PERMIT_FILE).text(files.INDIVIDUAL_PERMIT_TAG),
        renewal=_file(held, files.RENEWAL_FILE).code(files.RENEWAL_TAG),
    )


def _second_generation(held: Mapping[str, FileValues], card_type: CardType) -> ResidenceCardReading:
    entries = _file(held, files.ENTRIES_FILE)
    images = _file(held, files.NAME_AND_PHOTO_FILE)
    # A 特別永住者証明書 has no permits, and what others hold in DF2/EF03 in the file of that name.
    is_special = card_type.is_special_permanent
    permits = FileValues("", {}) if is_special else _file(held, files.PERMITS_FILE)
    other = _file(held, files.SPECIAL_OTHER_FILE if is_special else files.OTHER_FILE)
    return dataclasses.replace(
        _of(2),
        name_image=images.needed_picture(files.NAME_IMAGE_TAG),
        photo=images.picture(files.PHOTO_TAG),
        address_image=_file(held, files.ADDRESS_IMAGE_FILE).picture(files.ADDRESS_IMAGE_TAG),
        birth_date=entries.needed_date(files.BIRTH_DATE_TAG),
        sex=entries.code(files.SEX_TAG),
        nationality_code=entries.code(files.NATIONALITY_TAG),
        status_code=entries.code(files.STATUS_TAG),
        period=entries.code(files.PERIOD_TAG),
        stay_until=entries.date(files.STAY_UNTIL_TAG),
        permission_code=entries.code(files.PERMISSION_TAG),
        permitted_on=entries.date(files.PERMITTED_ON_TAG),
        work_restriction_code=entries.code(files.WORK_RESTRICTION_TAG),
        expires_on=entries.date(files.EXPIRES_ON_TAG),
        comprehensive_permit=permits.code(files.COMPREHENSIVE_PERMIT_TAG),
        comprehensive_permit_until=permits.date(files.COMPREHENSIVE_PERMIT_UNTIL_TAG),
        individual_permit=permits.code(files.INDIVIDUAL_PERMIT_2_TAG),
        renewal=_file(held, files.RENEWAL_2_FILE).code(files.RENEWAL_2_TAG),
        note_flag=other.code(files.NOTE_FLAG_TAG),
        note=other.text(files.NOTE_TAG),
    )
