"""The drafts' key in a real Secret Service: GNOME's keyring on a D-Bus of the test's own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Secret Service is Linux's")

ROOT = Path(__file__).parents[2]
SESSION = ("dbus-run-session", "--", "sh", "-c")
UNLOCKED = 'printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"'
SAVE = """
import sys
from pathlib import Path
from kakanai.drafts.draft_shelf import DraftPlaces, DraftShelf, key_report
from tests.drafts.conftest import NOON, draft
home = Path(sys.argv[1])
places = DraftPlaces(home / "drafts", home / "keys" / "draft.key")
shelf = DraftShelf(places, lambda: NOON)
shelf.store.save(draft("R8-1121-0001"))
print(key_report(places))
shelf.close()
"""
LOAD = """
import sys
from pathlib import Path
from kakanai.drafts.draft_shelf import DraftPlaces, read_drafts
home = Path(sys.argv[1])
print([draft.number for draft in read_drafts(DraftPlaces(home / "drafts", home / "keys" / "draft.key"))])
"""


def in_session(folder: Path, code: str, *, unlock: bool = True) -> str:
    """What the code prints in a D-Bus session with a keyring of its own below the folder."""
    for name in ("run", "data", "cache", "home"):
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    outside = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    done = subprocess.run(
        [*SESSION, UNLOCKED if unlock else 'exec "$@"', "sh", sys.executable, "-c", code, folder / "home"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
        cwd=ROOT,
        env={
            **outside,
            "PYTHONPATH": str(ROOT),
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CACHE_HOME": str(folder / "cache"),
        },
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_key_is_kept_by_the_keyring_and_lies_in_no_file(tmp_path: Path) -> None:
    assert "SecretService" in in_session(tmp_path, SAVE)
    assert not (tmp_path / "home" / "keys").exists()
    assert in_session(tmp_path, LOAD) == "['R8-1121-0001']\n"


def test_a_keyring_that_stays_locked_is_not_waited_for(tmp_path: Path) -> None:
    """A service that would ask somebody for a password: the key lies in its file, and nothing hangs."""
    assert "FILE" in in_session(tmp_path, SAVE, unlock=False)
    assert (tmp_path / "home" / "keys" / "draft.key").stat().st_mode & 0o777 == 0o600
    assert in_session(tmp_path, LOAD, unlock=False) == "['R8-1121-0001']\n"
