"""Bring the words of the visitor's screen into its .ts files and compile these.

Run `.venv/bin/python -m tests.tools.make_translations` after changing kakanai/ui/visitor/words.py or a .ts
file; a test compares both. A word without a translation is left `unfinished`, and the test fails on it.
"""

import subprocess
from pathlib import Path

import PySide6

from kakanai.forms.language_fonts import language_codes

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "translations"
WORDS = ROOT / "kakanai" / "ui" / "visitor" / "words.py"
SOURCE_LANGUAGE = "ja"


def main() -> None:
    """Write every visitor_<language>.ts and .qm."""
    for language in language_codes():
        if language != SOURCE_LANGUAGE:
            source = FOLDER / f"visitor_{language}.ts"
            update(source, language)
            compile_to(source, source.with_suffix(".qm"))


def update(source: Path, language: str) -> None:
    """Bring the words into a .ts file; what is no longer said goes."""
    # Qt knows no やさしい日本語; to it, that file is in Japanese.
    target = "ja_JP" if language == "ja_easy" else language
    _run(
        "lupdate", str(WORDS), "-ts", str(source), "-source-language", "ja_JP", "-target-language", target,
        "-no-obsolete", "-locations", "none",
    )  # fmt: skip


def compile_to(source: Path, target: Path) -> None:
    """Compile a .ts file."""
    _run("lrelease", str(source), "-qm", str(target))


def _run(tool: str, *arguments: str) -> None:
    program = Path(PySide6.__file__).parent / tool
    subprocess.run([str(program), *arguments], check=True, capture_output=True)


if __name__ == "__main__":
    main()
