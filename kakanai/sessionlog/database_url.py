"""The address of a PostgreSQL database; it lives among the settings."""

from kakanai.settings.database_url import DatabaseUrl

__all__ = ["DatabaseUrl"]
