"""Files of the versions before there was a chain, made as those versions made them."""

import sqlite3

VERSION_1 = """
    CREATE TABLE given_number (
        day DATE NOT NULL,
        serial INTEGER NOT NULL,
        case_number VARCHAR(16) NOT NULL,
        PRIMARY KEY (day, serial)
        );
    CREATE TABLE entry (
        id INTEGER NOT NULL,
        kind VARCHAR(24) NOT NULL,
        case_number VARCHAR(16) NOT NULL,
        clerk VARCHAR(16) NOT NULL,
        at DATETIME NOT NULL,
        card_kind VARCHAR(16),
        read_by VARCHAR(8),
        PRIMARY KEY (id)
        );
    CREATE INDEX ix_entry_at ON entry (at);
    CREATE INDEX ix_entry_case_number ON entry (case_number);
    CREATE TABLE entry_procedure (
        entry_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        procedure VARCHAR(40) NOT NULL,
        PRIMARY KEY (entry_id, position),
        FOREIGN KEY(entry_id) REFERENCES entry (id)
        );
    CREATE TABLE entry_form (
        entry_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        form VARCHAR(10) NOT NULL,
        version VARCHAR(16) NOT NULL,
        pages INTEGER NOT NULL,
        PRIMARY KEY (entry_id, position),
        FOREIGN KEY(entry_id) REFERENCES entry (id)
        );
    CREATE TABLE entry_code (
        entry_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        code VARCHAR(5) NOT NULL,
        PRIMARY KEY (entry_id, position),
        FOREIGN KEY(entry_id) REFERENCES entry (id)
        );
"""
"""What the first version of the program made (its own words, but for the guards)."""


VERSION_2 = """
    CREATE TABLE settings_change (
        id INTEGER NOT NULL,
        clerk VARCHAR(16) NOT NULL,
        at DATETIME NOT NULL,
        PRIMARY KEY (id)
        );
    CREATE INDEX ix_settings_change_at ON settings_change (at);
    CREATE TABLE settings_change_name (
        change_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        name VARCHAR(80) NOT NULL,
        PRIMARY KEY (change_id, position),
        FOREIGN KEY(change_id) REFERENCES settings_change (id)
        );
"""
"""What the second one added."""

_KEYS = {
    "entry": ["id"],
    "given_number": ["day", "serial"],
    "entry_code": ["entry_id", "position"],
    "entry_form": ["entry_id", "position"],
    "entry_procedure": ["entry_id", "position"],
}
_KEYS_2 = {"settings_change": ["id"], "settings_change_name": ["change_id", "position"]}

ROWS = """
    INSERT INTO given_number VALUES ('2026-11-20', 1, 'R8-1120-0001');
    INSERT INTO given_number VALUES ('2026-11-20', 2, 'R8-1120-0002');
    INSERT INTO entry (id, kind, case_number, clerk, at, card_kind, read_by) VALUES
    (1, 'case_opened', 'R8-1120-0001', '0123', '2026-11-20 01:00:00.000000', NULL, NULL),
    (2, 'card_read', 'R8-1120-0001', '0123', '2026-11-20 01:01:00.000001', 'mynumber', 'pin'),
    (3, 'case_opened', 'R8-1120-0002', '0124', '2026-11-20 01:02:00.000000', NULL, NULL),
    (4, 'procedures_chosen', 'R8-1120-0001', '0123', '2026-11-20 01:03:00.000000', NULL, NULL),
    (5, 'forms_filled', 'R8-1120-0001', '0123', '2026-11-20 00:30:00.000000', NULL, NULL),
    (6, 'print_done', 'R8-1120-0001', '0123', '2026-11-20 01:05:00.000000', NULL, NULL);
    INSERT INTO entry_code VALUES (2, 0, 'V-001');
    INSERT INTO entry_procedure VALUES (4, 0, 'seal-certificate');
    INSERT INTO entry_procedure VALUES (4, 1, 'water');
    INSERT INTO entry_form VALUES (5, 0, 'F09', '2026.10', 2);
    INSERT INTO entry_form VALUES (5, 1, 'F01', '2026.10', 1);
"""
"""Two cases; the clock was set back for the fifth entry, and set right again."""

ROWS_2 = """
    INSERT INTO settings_change VALUES (1, '2001', '2026-11-20 01:02:30.000000');
    INSERT INTO settings_change_name VALUES (1, 0, 'town.name');
    INSERT INTO settings_change_name VALUES (1, 1, 'fees.seal_certificate');
    INSERT INTO settings_change VALUES (2, '2001', '2026-11-20 02:00:00.000000');
    INSERT INTO settings_change_name VALUES (2, 0, 'counters');
"""


def make(path, version):
    """A file of version 1 or 2 with two cases, and two changes of settings in the latter."""
    path.parent.mkdir(exist_ok=True)
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.executescript(VERSION_1)
    keys = dict(_KEYS)
    if version == 2:
        raw.executescript(VERSION_2)
        keys |= _KEYS_2
    for table, key in keys.items():
        same = " AND ".join(f"{name} = NEW.{name}" for name in key)
        raw.execute(_guard(table, "no_update", f"BEFORE UPDATE ON {table}"))
        raw.execute(_guard(table, "no_delete", f"BEFORE DELETE ON {table}"))
        when = f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608
        raw.execute(_guard(table, "no_replace", when))
    raw.executescript(ROWS)
    if version == 2:
        raw.executescript(ROWS_2)
    raw.execute(f"PRAGMA application_id = {0x4B4B4E49}")
    raw.execute(f"PRAGMA user_version = {version}")
    raw.commit()
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


def _guard(table, name, moment):
    return f"CREATE TRIGGER {table}_{name} {moment} BEGIN SELECT RAISE(ABORT, 'append only'); END"
