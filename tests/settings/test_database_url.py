"""Addresses of a PostgreSQL database: what is one of ours, and that a password never is."""

import pytest

from kakanai.settings.database_url import DatabaseUrl
from kakanai.settings.errors import DatabaseUrlError


@pytest.mark.parametrize(
    ("text", "place", "options"),
    [
        ("postgresql://db.example/kakanai", "postgresql://db.example/kakanai", ()),
        ("postgres://db:5433/k?user=u", "postgresql://db:5433/k", (("user", "u"),)),
        ("postgresql://u%40x@db/k?sslmode=verify-full", None, (("user", "u@x"), ("sslmode", "verify-full"))),
        ("postgresql://[::1]:5432/k", "postgresql://[::1]:5432/k", ()),
        ("postgresql://db/k?passfile=/etc/kakanai/pgpass", None, (("passfile", "/etc/kakanai/pgpass"),)),
    ],
)
def test_addresses(text, place, options):
    url = DatabaseUrl.parse(text)
    assert url.options == options
    assert url.place == (place or f"postgresql://{url.host}/k")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("postgresql://u:himitsu@db/k", "password"),
        ("postgresql://u:@db/k", "password"),
        ("postgresql://db/k?password=himitsu", "password"),
        ("postgresql://db/k?PASSWORD=himitsu", "option"),
        ("postgresql://db/k?host=himitsu", "option"),
        ("postgresql://db/k?options=-csynchronous_commit%3Doff", "option"),
        ("postgresql://db/k?user=a&user=b", "option"),
        ("mysql://db/himitsu", "scheme"),
        ("/home/himitsu/log.sqlite3", "scheme"),
        ("postgresql:///himitsu", "form"),
        ("postgresql://db", "form"),
        ("postgresql://db/a/himitsu", "form"),
        ("postgresql://db:himitsu/k", "form"),
        ("postgresql://a,himitsu/k", "form"),
        ("postgresql://db/k#himitsu", "form"),
        ("postgresql://db/k?himitsu", "form"),
    ],
)
def test_other_addresses_are_refused_and_not_repeated(text, reason):
    with pytest.raises(DatabaseUrlError) as caught:
        DatabaseUrl.parse(text)
    assert caught.value.details == {"reason": reason}
    assert "himitsu" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
