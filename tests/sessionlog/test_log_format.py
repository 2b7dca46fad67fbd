"""What docs/log-format.md says is what is written: its examples are computed anew, its lists compared."""

import hashlib
import re
from pathlib import Path

from kakanai.sessionlog.case_tables import DERIVED
from kakanai.sessionlog.chain import FIRST_PREV, body_hash_of, canonical_text, day_of, hash_of
from kakanai.sessionlog.office_key import OfficeKey
from kakanai.sessionlog.retention import PURGEABLE
from tests.sessionlog.verifying import verifier

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "log-format.md").read_text(encoding="utf-8")


def test_the_example_of_a_chain_is_right():
    rows = re.findall(
        r"^(\d)  (\S+)  (\S+)  (\S+) +(\S+) +(\S+) +(\S+)\n"
        r"   (\{.*\})\n   salt ([0-9a-f]{32})\n   body_hash ([0-9a-f]{64})\n   ([0-9a-f]{64})$",
        TEXT,
        re.M,
    )
    assert len(rows) == 3
    prev = FIRST_PREV
    for seq, at, day, kind, case, staff, counter, body, salt, body_hash, told in rows:
        assert body_hash_of(salt, body) == body_hash
        case, counter = (cell.replace("(空)", "") for cell in (case, counter))
        text = canonical_text(
            seq=int(seq),
            at=at,
            kind=kind,
            case_number=case,
            staff=staff,
            counter=counter,
            body_hash=body_hash,
            prev=prev,
        )
        prev = hash_of(text)
        assert prev == told
        assert day_of(at).isoformat() == day
        lines = ["kakanai-log-1", seq, at, kind, case, staff, counter, body_hash]
        assert text.split("\n")[:-1] == lines


def test_the_example_of_a_day_close_is_right():
    key = OfficeKey(bytes(range(32)))
    head = re.findall(r"^   ([0-9a-f]{64})$", TEXT, re.M)[-1]
    lines = (
        "kakanai-day-1",
        "2026-11-21",
        "1",
        "3",
        "3",
        head,
        "2001",
        "2026-11-21T08:20:00.000000Z",
        FIRST_PREV,
    )
    signature = key.sign("\n".join(lines).encode())
    assert signature.hex() in TEXT
    assert hashlib.sha256(signature).hexdigest() in TEXT
    assert key.public.raw.hex() in TEXT
    assert key.public.key_id in TEXT


def test_every_column_and_every_finding_is_named():
    for columns, _ in verifier.DERIVED.values():
        assert [name for name in columns if name not in TEXT] == []
    unnamed = [
        kind
        for kind in verifier.SAYINGS
        if f"`{kind}`" not in TEXT and f"`{kind.split('_')[0]}_*`" not in TEXT
    ]
    assert unnamed == []
    for kinds in PURGEABLE.values():
        assert [kind.value for kind in kinds if f"`{kind.value}`" not in TEXT] == []


def test_the_verifier_looks_at_every_table_that_there_is():
    assert {table.name for table in DERIVED} < verifier.DERIVED.keys()
    looked_at = {*verifier._SECTIONS, *verifier._OPERATION, "schema_version"}
    assert looked_at == verifier.TABLES.keys()
    for table in verifier._OPERATION:
        assert f"`{table}`" in TEXT
