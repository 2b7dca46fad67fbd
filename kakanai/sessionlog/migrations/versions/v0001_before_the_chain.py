"""The tables of the log before the chain; what a file of version 1 or 2 has is left as it is."""

from alembic import op

from kakanai.sessionlog.legacy_schema import LEGACY

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make what lacks: all in an empty place, changes of settings in a file of version 1."""
    LEGACY.create_all(op.get_bind())
