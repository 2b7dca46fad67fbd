"""Where the shipped data lies: inside the installed package, or beside it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_root() -> Path:
    """The folder with forms/, procedures/, simulator/, style/, town/ and fonts/.

    A wheel carries it as kakanai/_resources (pyproject.toml, force-include); a checkout has it as
    resources/ beside the package.
    """
    shipped = _PACKAGE / "_resources"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "resources"
