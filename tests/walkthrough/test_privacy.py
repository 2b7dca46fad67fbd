"""After a full walk nothing personal lies anywhere but on the forms."""

import json
import subprocess

import pytest

from kakanai.resources import resource_root
from tests.walkthrough.personal_traces import traces
from tests.walkthrough.warm_program import WarmProgram

PERSON = json.loads((resource_root() / "simulator" / "official-test.json").read_text(encoding="utf-8"))
ANSWERS = {
    "visitor.phone": "090-1357-2468",
    "visitor.kana": "コクトウ　ミキヤ",
    "member": [{"name": "空木　有子", "birth_date": "1992-03-09"}],
}
SECRETS = [
    *PERSON["person"]["name"].split("　"),
    "観布子南",
    "19800217",
    "1980-02-17",
    "昭和55年2月17日",
    PERSON["my_number"],
    "090-1357-2468",
    "コクトウ",
    "空木",
]


@pytest.fixture(scope="module")
def warm():
    with WarmProgram() as program:
        yield program


def walk(warm, tmp_path, *extra, pin="1234"):
    answers = tmp_path / "in"
    answers.mkdir(exist_ok=True)
    (answers / "answers.json").write_text(json.dumps(ANSWERS), encoding="utf-8")
    (tmp_path / "home").mkdir(exist_ok=True)
    (tmp_path / "home" / "town.toml").write_text('[diagnostic]\nlevel = "DEBUG"\n', encoding="utf-8")
    (tmp_path / "tmp").mkdir(exist_ok=True)
    reader = ["--reader", "specimen:official-test", "--pin-stdin"]
    said = ["--answers", str(answers / "answers.json"), "--out", str(tmp_path / "out")]
    return warm.run(
        ["fill", "--forms", "F01,F05,F06,F07,F09", *reader, *said, *extra],
        typed=f"{pin}\n",
        cwd=tmp_path,
        env={
            "PATH": "/usr/bin:/bin",
            "KAKANAI_HOME": str(tmp_path / "home"),
            "TMPDIR": str(tmp_path / "tmp"),
            "HOME": str(tmp_path / "user"),
        },
    )


@pytest.mark.parametrize("pin", ["1234", "8642"])
def test_nothing_personal_in_log_database_temporary_or_output_folder(warm, tmp_path, pin):
    done = walk(warm, tmp_path, pin=pin)
    assert done.returncode == (0 if pin == "1234" else 5), done.stderr
    secrets = [*SECRETS, "8642"] if pin == "8642" else SECRETS
    for folder in ("home", "tmp", "out", "user"):
        if (tmp_path / folder).exists():
            assert traces(tmp_path / folder, secrets) == []
    assert not any(secret in done.stdout + done.stderr for secret in secrets)
    log = (tmp_path / "home" / "diagnostic" / "kakanai.log").read_text(encoding="utf-8")
    assert "00A4" in log.replace(" ", "").upper()
    assert not list((tmp_path / "tmp").iterdir())


def test_what_is_typed_in_the_wrong_place_is_kept_nowhere(warm, tmp_path):
    number, name = PERSON["my_number"], SECRETS[0]
    answers = tmp_path / "wrong.json"
    answers.write_text(json.dumps({number: "1"}), encoding="utf-8")
    for wrong, code in (
        (["--answers", str(answers)], "R-010"),
        (["--forms", number], "F-011"),
        (["--forms", name], "F-011"),
        (["--out", str(answers / name)], "P-011"),
        (["--reader", name], "C-00"),
        (["--reader", f"specimen:{number}"], "C-030"),
        (["--clerk", name], "L-021"),
        (["--answers", str(tmp_path / f"{name}.json")], "U-010"),
    ):
        done = walk(warm, tmp_path, *wrong)
        assert done.returncode not in {0, 1, 70}, done.stderr
        assert f"[{code}" in done.stderr
        assert "Traceback" not in done.stderr
    assert traces(tmp_path / "home", SECRETS) == []
    log = (tmp_path / "home" / "diagnostic" / "kakanai.log").read_text(encoding="utf-8")
    assert all(code in log for code in ("R-010", "F-011", "P-011", "C-030", "L-021", "U-010"))


def test_pdf_metadata_names_nobody(warm, tmp_path):
    assert walk(warm, tmp_path).returncode == 0
    for path in (tmp_path / "out").glob("*.pdf"):
        info = subprocess.run(["pdfinfo", path], capture_output=True, encoding="utf-8", check=True).stdout
        head = info.split("Pages:")[0]
        assert not any(secret in head for secret in SECRETS)
        assert oct(path.stat().st_mode & 0o777) == "0o600"
