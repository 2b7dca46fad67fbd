import errno
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kakanai.printing.errors import DiskFullError, FolderUnwritableError, PrintError
from kakanai.printing.folder import FolderPrinter, remove_leftovers
from kakanai.printing.print_job import PrintedDocument
from tests.fakes.disk_full import write_on_full_disk
from tests.printing.sample_pdf import sample_document, sample_job

pytestmark = pytest.mark.usefixtures("hiding")


@pytest.fixture(params=["nameless", "part"])
def hiding(request, monkeypatch):
    """How files are hidden until they are named: without any name (Linux), or with a name of their own."""
    if request.param == "part":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    elif not hasattr(os, "O_TMPFILE"):
        pytest.skip("this system knows no files without a name")
    return request.param


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_all_files_are_there_whole_and_private(tmp_path):
    job = sample_job()
    folder = tmp_path / "new" / "print"
    printed = FolderPrinter(folder).release(job)
    assert printed == [
        PrintedDocument("F01", 1, folder / "R8-1121-0001_F01.pdf", None),
        PrintedDocument("F09", 2, folder / "R8-1121-0001_F09.pdf", None),
    ]
    assert names(folder) == ["R8-1121-0001_F01.pdf", "R8-1121-0001_F09.pdf"]
    for told, document in zip(printed, job.documents, strict=True):
        assert told.path.read_bytes() == document.pdf
        if os.name == "posix":
            assert stat.S_IMODE(told.path.stat().st_mode) == 0o600


def test_a_reprint_gets_a_further_name_and_changes_nothing(tmp_path):
    first, second = sample_job(sample_document("F01")), sample_job(sample_document("F01", 2))
    printer = FolderPrinter(tmp_path)
    assert [printer.release(job)[0].path.name for job in (first, second, first)] == [
        "R8-1121-0001_F01.pdf",
        "R8-1121-0001_F01-2.pdf",
        "R8-1121-0001_F01-3.pdf",
    ]
    assert (tmp_path / "R8-1121-0001_F01.pdf").read_bytes() == first.documents[0].pdf


def test_the_same_form_twice_in_one_job(tmp_path):
    printed = FolderPrinter(tmp_path).release(sample_job(sample_document("F01"), sample_document("F01", 2)))
    assert [told.path.name for told in printed] == ["R8-1121-0001_F01.pdf", "R8-1121-0001_F01-2.pdf"]


def test_two_programs_at_once_never_share_a_name(tmp_path):
    told = []
    threads = [
        threading.Thread(target=lambda: told.extend(FolderPrinter(tmp_path).release(sample_job())))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({printed.path for printed in told}) == 12
    assert len(names(tmp_path)) == 12


class FailsAt:
    """The `nth` call of a function of `os` fails with `code`; the others go through."""

    def __init__(self, real, nth, code):
        self.real, self.left, self.code = real, nth, code

    def __call__(self, *args, **kwargs):
        self.left -= 1
        if self.left == 0:
            raise OSError(self.code, os.strerror(self.code))
        return self.real(*args, **kwargs)


# A job of two documents opens, writes, syncs and links each, then opens and syncs the folder.
STEPS = [
    *(("open", nth) for nth in (1, 2, 3)),
    *(("write", nth) for nth in (1, 2)),
    *(("fsync", nth) for nth in (1, 2, 3)),
    *(("link", nth) for nth in (1, 2)),
    *(("unlink", nth) for nth in (1, 2)),
]


@pytest.mark.skipif(os.name != "posix", reason="the steps differ on Windows")
@pytest.mark.parametrize(("function", "nth"), STEPS)
@pytest.mark.parametrize(
    ("code", "error"), [(errno.ENOSPC, DiskFullError), (errno.EIO, FolderUnwritableError)]
)
def test_a_failure_at_any_step_leaves_nothing_of_the_job(
    tmp_path, monkeypatch, hiding, function, nth, code, error
):
    if hiding == "nameless" and function == "unlink":
        pytest.skip("a file without a name has none to remove")
    kept = FolderPrinter(tmp_path).release(sample_job())
    before = {told.path: told.path.read_bytes() for told in kept}
    fault = FailsAt(getattr(os, function), nth, code)
    with monkeypatch.context() as patch:
        patch.setattr(os, function, fault)
        with pytest.raises(error) as caught:
            FolderPrinter(tmp_path).release(sample_job())
    assert fault.left <= 0
    assert caught.value.details == {"path": str(tmp_path)}
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_disk_that_fills_within_a_file_leaves_nothing(tmp_path, monkeypatch):
    job = sample_job()
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", write_on_full_disk(len(job.documents[0].pdf) + 100))
        with pytest.raises(DiskFullError):
            FolderPrinter(tmp_path).release(job)
    assert names(tmp_path) == []


def test_a_disk_that_takes_small_bites_gets_the_whole_file(tmp_path, monkeypatch):
    real = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda file, data: real(file, bytes(data[:100])))
        (told,) = FolderPrinter(tmp_path).release(sample_job(sample_document()))
    assert told.path.read_bytes() == sample_document().pdf


def test_a_stop_by_the_clerk_leaves_nothing(tmp_path, monkeypatch):
    def interrupt(_file):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            FolderPrinter(tmp_path).release(sample_job())
    assert names(tmp_path) == []


@pytest.mark.skipif(os.name != "posix", reason="hard links are used on POSIX only")
def test_a_file_system_without_hard_links(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    for _ in range(2):
        FolderPrinter(tmp_path).release(sample_job(sample_document()))
    assert names(tmp_path) == ["R8-1121-0001_F01-2.pdf", "R8-1121-0001_F01.pdf"]


KILLED = """
import os, signal, sys
from pathlib import Path
from kakanai.printing.folder import FolderPrinter
from tests.printing.sample_pdf import sample_job
setattr(os, sys.argv[2], lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
FolderPrinter(Path(sys.argv[1])).release(sample_job())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows files without a name")
@pytest.mark.parametrize("at", ["fsync", "link"])
def test_a_killed_program_leaves_nothing_on_linux(tmp_path, at):
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, tmp_path, at], env={**os.environ, "PYTHONPATH": root}, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert names(tmp_path) == []


def test_a_folder_on_a_system_that_refuses_nameless_files(tmp_path, monkeypatch):
    real, refused = os.open, []

    def refuse(path, flags, *mode, **others):
        if "O_TMPFILE" in dir(os) and flags & os.O_TMPFILE == os.O_TMPFILE:
            refused.append(path)
            raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))
        return real(path, flags, *mode, **others)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        FolderPrinter(tmp_path).release(sample_job())
    assert len(names(tmp_path)) == 2
    assert len(refused) == (2 if hasattr(os, "O_TMPFILE") else 0)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux'")
def test_a_file_without_a_name_where_proc_is_missing(tmp_path, monkeypatch):
    real = os.link

    def without_proc(source, *args, **kwargs):
        if str(source).startswith("/proc/"):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        real(source, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", without_proc)
        FolderPrinter(tmp_path).release(sample_job())
    assert names(tmp_path) == ["R8-1121-0001_F01.pdf", "R8-1121-0001_F09.pdf"]


def test_a_folder_that_is_a_file(tmp_path):
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(FolderUnwritableError):
            FolderPrinter(folder).release(sample_job())
    assert (tmp_path / "file").read_text() == "x"
    assert issubclass(FolderUnwritableError, PrintError)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs /proc")
def test_a_folder_that_even_root_cannot_write():
    with pytest.raises(FolderUnwritableError):
        FolderPrinter(Path("/proc/self")).release(sample_job())


def test_a_file_left_by_a_killed_process_goes_with_the_next_print(tmp_path):
    old, young, other = (tmp_path / name for name in (".kakanai-1.part", ".kakanai-2.part", ".other.part"))
    for path in (old, young, other):
        path.write_bytes(b"%PDF-half")
    for path in (old, other):
        os.utime(path, (1, 1))
    assert remove_leftovers(tmp_path) == 1
    assert not old.exists()
    assert young.exists()
    assert other.exists()
