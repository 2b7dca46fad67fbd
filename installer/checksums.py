"""SHA256SUMS of what was built, as `sha256sum --check` reads it."""

from pathlib import Path

from installer.wheelhouse import file_hash

FILE = "SHA256SUMS"


def write_checksums(folder: Path) -> Path:
    """Hash every file of the folder into its SHA256SUMS."""
    target = folder / FILE
    files = sorted(path for path in folder.iterdir() if path.is_file() and path != target)
    target.write_text("".join(f"{file_hash(path)}  {path.name}\n" for path in files), encoding="utf-8")
    return target
