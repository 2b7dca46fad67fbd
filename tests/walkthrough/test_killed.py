"""A process killed in the middle of printing: the reception is in the log, no form is half there."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kakanai.printing.folder import remove_leftovers
from tests.office import NOON, make_counter

KILLED = """
import os, signal, sys
from pathlib import Path
from kakanai.printing import folder
from tests.office import make_counter, read_specimen
counter = make_counter(Path(sys.argv[1]) / "home")
case = counter.open_case()
counter.choose(case, ["residence-certificate", "seal-certificate"])
counter.identify_by_card(case, read_specimen("official-test"))
if sys.argv[2] == "part" and hasattr(os, "O_TMPFILE"):
    del os.O_TMPFILE
os.link = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
counter.release(case, counter.fill(case), folder.FolderPrinter(Path(sys.argv[1]) / "out"))
"""


@pytest.mark.parametrize(
    ("hiding", "left"),
    [
        pytest.param("nameless", 0, marks=pytest.mark.skipif(sys.platform != "linux", reason="Linux")),
        ("part", 2),
    ],
)
def test_killed_while_the_files_get_their_names(tmp_path, hiding, left):
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), hiding],
        cwd=root,
        env={**os.environ, "PYTHONPATH": root},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert list((tmp_path / "out").glob("*.pdf")) == []
    counter = make_counter(tmp_path / "home")
    (entry,) = counter.office.log.day(NOON.date())
    assert entry.outcome.value == "open"
    assert [record.form for record in entry.forms] == ["F01", "F05"]
    assert counter.open_case().number.endswith("-0002")
    counter.office.log.close()
    hidden = list((tmp_path / "out").glob(".kakanai-*.part"))
    assert len(hidden) == left
    for path in hidden:
        os.utime(path, (1, 1))
    assert remove_leftovers(tmp_path / "out") == left
    assert list((tmp_path / "out").iterdir()) == []
