import pytest

from tests.printing.cups_server import PrivateCups


@pytest.fixture
def cups():
    with PrivateCups() as cups:
        yield cups
