"""記載事項変更: what was changed on a licence after it was made, on its back and in EF04 and EF06."""

import dataclasses
import datetime as dt
import enum
from typing import Final

from kakanai.cardreader.driver_licence import era_dates, files, jisx0208
from kakanai.cardreader.driver_licence.fields import Fields
from kakanai.cardreader.errors import CardDataError


@enum.unique
class ChangeKind(enum.StrEnum):
    """What a change entry is about."""

    COMMITTEE = "committee"  # 新公安委員会名
    NAME = "name"  # 新氏名
    KANA = "kana"  # 新呼び名
    ADDRESS = "address"  # 新住所
    CONDITION = "condition"  # 新条件
    CONDITION_REMOVED = "condition_removed"  # 条件解除
    REMARK = "remark"  # 備考
    RESERVED = "reserved"  # 予備
    DOMICILE = "domicile"  # 新本籍


# Within a kind a higher tag is a newer entry (observed in the Java reader alone, which reads them so).
_KINDS: Final = {
    ChangeKind.COMMITTEE: range(0x51, 0x60),
    ChangeKind.NAME: range(0x60, 0x68),
    ChangeKind.KANA: range(0x68, 0x70),
    ChangeKind.ADDRESS: range(0x70, 0x78),
    ChangeKind.CONDITION: range(0x78, 0x80),
    ChangeKind.CONDITION_REMOVED: range(0x80, 0x88),
    ChangeKind.REMARK: range(0x88, 0x90),
    ChangeKind.RESERVED: range(0x90, 0x98),
}
_DOMICILE_KINDS: Final = {ChangeKind.DOMICILE: range(0xAB, 0xB0)}

# The frame: 1 byte JIS year, 7 full-width digits, the text, 5 characters of seal (observed in one reader).
_YEAR_BYTES: Final = 1
_DATE_END: Final = _YEAR_BYTES + 14
_SEAL_BYTES: Final = 10


@dataclasses.dataclass(frozen=True, repr=False)
class ChangeEntry:
    """One entry 追記; `repr` shows its kind alone.

    `text` is what was newly recorded, `recorded_on` 追記年月日, `seal` the text of the seal. Where the
    entry does not have the frame that one known reader takes off, `is_framed` is False and `text` is all of
    `raw_text`: show it to a person, who sees where it starts and ends. `raw_text` is always the whole entry;
    have a person see it beside an address taken from it, since the frame is known from one reader only.
    """

    kind: ChangeKind
    tag: int
    text: str
    recorded_on: dt.date | None
    seal: str
    is_framed: bool
    raw_text: str

    def __repr__(self) -> str:
        return f"ChangeEntry({self.kind.value} ****)"


def parse_changes(data: bytes) -> tuple[ChangeEntry, ...]:
    """The entries of EF04, oldest first within each kind; none where nothing was changed.

    Raises:
        CardDataError: it is no such file.
    """
    fields = Fields("DF1/EF04", data)
    fields.value(files.CHANGES_FLAG_TAG, 1)
    return _entries(fields, _KINDS, files.CHANGES_BYTES)


def parse_domicile_changes(data: bytes) -> tuple[ChangeEntry, ...]:
    """The entries of EF06, oldest first.

    Raises:
        CardDataError: it is no such file.
    """
    fields = Fields("DF1/EF06", data)
    fields.value(files.DOMICILE_CHANGES_FLAG_TAG, 1)
    return _entries(fields, _DOMICILE_KINDS, files.DOMICILE_CHANGES_BYTES)


def _entries(fields: Fields, kinds: dict[ChangeKind, range], at_most: int) -> tuple[ChangeEntry, ...]:
    found = ((kind, tag, fields.value(tag, at_most)) for kind, tags in kinds.items() for tag in tags)
    return tuple(_entry(fields.file, kind, tag, value) for kind, tag, value in found if value)


def _entry(file: str, kind: ChangeKind, tag: int, value: bytes) -> ChangeEntry:
    has_year = len(value) % 2 == 1
    raw_text = jisx0208.decode(value[_YEAR_BYTES:] if has_year else value, file=file, tag=tag)
    recorded_on = _frame_date(file, tag, value) if has_year else None
    if recorded_on is None:
        return ChangeEntry(kind, tag, raw_text, None, "", is_framed=False, raw_text=raw_text)
    return ChangeEntry(
        kind=kind,
        tag=tag,
        text=jisx0208.decode(value[_DATE_END:-_SEAL_BYTES], file=file, tag=tag),
        recorded_on=recorded_on,
        seal=jisx0208.decode(value[-_SEAL_BYTES:], file=file, tag=tag),
        is_framed=True,
        raw_text=raw_text,
    )


def _frame_date(file: str, tag: int, value: bytes) -> dt.date | None:
    """The day that the frame tells; None where the value has no such frame, or digits that are no day."""
    if len(value) < _DATE_END + _SEAL_BYTES:
        return None
    digits = era_dates.from_full_width(jisx0208.decode(value[_YEAR_BYTES:_DATE_END], file=file, tag=tag))
    try:
        return era_dates.parse(digits, file=file, tag=tag) if digits else None
    except CardDataError:
        return None


def newest(entries: tuple[ChangeEntry, ...], kind: ChangeKind) -> ChangeEntry | None:
    """The entry of this kind that holds now: the newest with a text; None where there is none."""
    with_text = [entry for entry in entries if entry.kind is kind and entry.text]
    return with_text[-1] if with_text else None
