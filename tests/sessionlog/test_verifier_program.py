"""The verifier as a program: one file that runs alone, with a shape of its own."""

import ast
import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.sessionlog.verifying import PROGRAM, forge, verifier
from tests.tools.make_log_schema import with_shape


@pytest.fixture
def log(two_days, tmp_path):
    return shutil.copy(two_days, tmp_path / "sessionlog.sqlite3")


@pytest.fixture
def export(two_days_exported, tmp_path):
    return shutil.copy(two_days_exported, tmp_path / "log.jsonl")


def run(*arguments, without_cryptography=False):
    start = "import sys, runpy; sys.argv = sys.argv[1:];"
    if without_cryptography:
        start += "sys.modules['cryptography'] = None;"
    code = f"{start} runpy.run_path(sys.argv[0], run_name='__main__')"
    return subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", code, str(PROGRAM), *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


def test_it_runs_alone_and_its_exit_status_tells(log, export, tmp_path):
    good = run(log)
    assert (good.returncode, good.stderr) == (verifier.INTACT, "")
    assert "見つかりませんでした" in good.stdout
    assert run("--export", export).returncode == verifier.INTACT
    told = json.loads(run(log, "--json").stdout)
    assert told["result"] == "intact"
    assert told["head"]["seq"] == told["entries"]
    head = told["head"]
    assert run(log, "--head", head["hash"], "--seq", head["seq"]).returncode == verifier.INTACT
    assert run(log, "--head", "0" * 64, "--seq", head["seq"]).returncode == verifier.FINDINGS
    assert run(tmp_path / "none.sqlite3").returncode == verifier.UNREADABLE
    assert json.loads(run(tmp_path / "none.sqlite3", "--json").stdout)["result"] == "unreadable"
    for wrong in (
        (),
        (log, "--export", export),
        (log, "--head", "0" * 64),
        (log, "--head", "x", "--seq", "1"),
    ):
        assert run(*wrong).returncode == verifier.USAGE
    anchor = tmp_path / "anchor.json"
    anchor.write_text(json.dumps({"seq": head["seq"] + 1, "hash": "0" * 64, "at": head["at"]}))
    rolled_back = run(log, "--anchor", anchor)
    assert rolled_back.returncode == verifier.FINDINGS
    assert "head_missing" in rolled_back.stdout


def test_without_cryptography_it_says_that_signatures_were_not_checked(log):
    told = run(log, without_cryptography=True)
    assert told.returncode == verifier.INCOMPLETE
    assert "署名は確かめていません" in told.stdout
    forge(log, "UPDATE entry SET staff = '9999' WHERE seq = 9")
    assert run(log, without_cryptography=True).returncode == verifier.FINDINGS


def test_it_is_one_file_of_the_standard_library_for_python_3_9():
    tree = ast.parse(PROGRAM.read_text(encoding="utf-8"), feature_version=(3, 9))
    named = {
        name.name.split(".")[0] if isinstance(node, ast.Import) else (node.module or "").split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert named - {"cryptography"} <= sys.stdlib_module_names
    assert isinstance(tree.body[1], ast.ImportFrom)
    assert tree.body[1].module == "__future__"


def test_it_carries_the_shape_that_the_tables_have():
    source = PROGRAM.read_text(encoding="utf-8")
    made = {}
    exec(compile(with_shape(source), "shape", "exec"), made)  # noqa: S102 - our own file
    names = ("SCHEMA", "APPLICATION_ID", "USER_VERSION", "TABLES", "UNIQUE", "INDEXES", "GUARDED")
    for name in (*names, "KEY_INDEXES", "MADE_BY"):
        assert getattr(verifier, name) == made[name], f"run python -m tests.tools.make_log_schema ({name})"
