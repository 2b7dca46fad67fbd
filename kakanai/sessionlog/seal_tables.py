"""The public keys of the office, each with the act that made it in the chain."""

from typing import Final

from sqlalchemy import Column, Table

from kakanai.sessionlog.tables import APPEND_ONLY, METADATA, MOMENT_LENGTH, word

OFFICE_KEY: Final = Table(
    "office_key",
    METADATA,
    Column("key_id", word(16), primary_key=True),
    Column("public", word(64), nullable=False),
    Column("made_at", word(MOMENT_LENGTH), nullable=False),
    Column("staff", word(16), nullable=False),
    info=APPEND_ONLY,
)
"""A public key that signs day closes 日締め, in hexadecimal; an entry `office_key_made` tells its digest."""
