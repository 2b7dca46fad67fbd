"""The import rules of pyproject.toml hold, and would notice a breach."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).with_name("lint-imports")


def test_the_contracts_are_kept() -> None:
    run = subprocess.run([LINT, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert " 0 broken" in run.stdout


def test_a_log_that_learns_of_people_breaks_a_contract(tmp_path: Path) -> None:
    """The rule that guards privacy is not merely written down: breaking it in a copy fails."""
    copy = tmp_path / "kakanai"
    for source in (ROOT / "kakanai").rglob("*.py"):
        target = copy / source.relative_to(ROOT / "kakanai")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    breach = copy / "sessionlog" / "person_column.py"
    breach.write_text('"""A breach."""\n\nfrom kakanai.identity.person import Person\n\nCOLUMN = Person\n')
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as lint; lint()",
            "--no-cache",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    assert run.returncode == 1, run.stdout + run.stderr
    assert "The log and the printer cannot hold a person they cannot import BROKEN" in run.stdout
