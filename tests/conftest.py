import pytest

from tests.pcscd import PrivatePcscd


@pytest.fixture(scope="session")
def pcscd():
    """A running PrivatePcscd, one for all tests of the session."""
    with PrivatePcscd() as private:
        yield private
