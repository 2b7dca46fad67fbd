"""Most tests of the set-up file need no key that takes a fifth of a second to make."""

import pytest


@pytest.fixture(autouse=True, scope="session")
def quick_scrypt():
    patch = pytest.MonkeyPatch()
    patch.setattr("kakanai.setup.setup_file._SCRYPT", {"n": 1 << 4, "r": 8, "p": 1})
    yield
    patch.undo()
