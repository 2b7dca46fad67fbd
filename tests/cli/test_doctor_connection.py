"""What doctor says of a connection to another machine: what it costs when it is not protected."""

from types import SimpleNamespace

import pytest

from kakanai.cli import doctor_connection
from kakanai.sessionlog.server_facts import PasswordSource, ServerFacts


@pytest.mark.parametrize(
    ("host", "is_encrypted", "is_verified", "cost"),
    [
        ("db.example", False, False, "読める形"),
        ("db.example", True, False, "なりすませます"),
        ("db.example", True, True, ""),
        ("127.0.0.1", False, False, ""),
        ("localhost", True, False, ""),
    ],
)
def test_what_a_connection_costs(monkeypatch, host, is_encrypted, is_verified, cost):
    facts = ServerFacts("15.9", is_encrypted, is_verified, PasswordSource.ASKED)
    monkeypatch.setattr(doctor_connection, "server_facts", lambda _log: facts)
    (line,) = doctor_connection.connection_lines(SimpleNamespace(target=SimpleNamespace(host=host)))
    assert line.ok is (cost == "")
    assert cost in line.cost
    assert "鍵束" in line.detail


def test_a_log_in_a_file_has_no_connection(monkeypatch):
    monkeypatch.setattr(doctor_connection, "server_facts", lambda _log: None)
    assert doctor_connection.connection_lines(SimpleNamespace()) == []
