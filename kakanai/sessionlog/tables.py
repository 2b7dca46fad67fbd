"""The log's tables, in types that every SQL database has."""

import datetime as dt
from typing import Any

from sqlalchemy import DateTime, Dialect, ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

SCHEMA_VERSION = 2
"""1: cases alone. 2: changes of the town's settings too; a file of version 1 gets their tables."""


class UtcTime(TypeDecorator[dt.datetime]):
    """A moment, stored as UTC and given back with its zone, which SQLite itself forgets (tried).

    Raises:
        ValueError: A time without zone was to be stored.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """UTC for the database."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a time without zone is no moment")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ANN401  # SQLAlchemy's signature
        """UTC with its zone for us."""
        if value is None:
            return None
        moment: dt.datetime = value
        return moment.replace(tzinfo=dt.UTC) if moment.utcoffset() is None else moment.astimezone(dt.UTC)


class Table(DeclarativeBase):
    """All tables of the log; each is append-only and has no unique key but its primary one."""


class GivenNumberRow(Table):
    """A case number 受付番号 that was given out; the key keeps it from being given twice."""

    __tablename__ = "given_number"

    day: Mapped[dt.date] = mapped_column(primary_key=True)
    serial: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_number: Mapped[str] = mapped_column(String(16))


class ProcedureRow(Table):
    """A procedure 手続 chosen by an entry."""

    __tablename__ = "entry_procedure"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    procedure: Mapped[str] = mapped_column(String(40))


class FormRow(Table):
    """A form 様式 of an entry with its template version and page count."""

    __tablename__ = "entry_form"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(String(10))
    version: Mapped[str] = mapped_column(String(16))
    pages: Mapped[int]


class CodeRow(Table):
    """A failure code that an entry met."""

    __tablename__ = "entry_code"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(5))


class SettingNameRow(Table):
    """A setting that a change gave another value; only its name is kept."""

    __tablename__ = "settings_change_name"
    __table_args__ = ({"info": {"since": 2}},)

    change_id: Mapped[int] = mapped_column(ForeignKey("settings_change.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))


class SettingsChangeRow(Table):
    """A change of the town's settings 町の設定."""

    __tablename__ = "settings_change"
    __table_args__ = ({"info": {"since": 2}},)

    id: Mapped[int] = mapped_column(primary_key=True)
    clerk: Mapped[str] = mapped_column(String(16))
    at: Mapped[dt.datetime] = mapped_column(UtcTime, index=True)
    names: Mapped[list[SettingNameRow]] = relationship(order_by=SettingNameRow.position, lazy="selectin")


class EntryRow(Table):
    """One act at the counter."""

    __tablename__ = "entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    case_number: Mapped[str] = mapped_column(String(16), index=True)
    clerk: Mapped[str] = mapped_column(String(16))
    at: Mapped[dt.datetime] = mapped_column(UtcTime, index=True)
    card_kind: Mapped[str | None] = mapped_column(String(16))
    read_by: Mapped[str | None] = mapped_column(String(8))
    procedures: Mapped[list[ProcedureRow]] = relationship(order_by=ProcedureRow.position, lazy="selectin")
    forms: Mapped[list[FormRow]] = relationship(order_by=FormRow.position, lazy="selectin")
    codes: Mapped[list[CodeRow]] = relationship(order_by=CodeRow.position, lazy="selectin")
