"""An office on a temporary folder, with the real data files, a fixed clock and simulated cards."""

import datetime as dt

from kakanai.app.offices import build_office
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.counter import Counter
from kakanai.forms.fonts import FontShelf
from kakanai.sessionlog.entry import ClerkId
from kakanai.settings import Paths, load_town

NOON = dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC)
"""Noon in Japan."""


SHELF = FontShelf()
"""One for all tests: loading the fonts takes most of a second."""


def make_counter(home, clerk="1024", **parts):
    """A Counter on `home`; the caller closes counter.office.log."""
    paths = Paths(home)
    paths.ensure_home()
    return Counter(
        build_office(paths, load_town(paths), now=lambda: NOON, shelf=SHELF, **parts), ClerkId(clerk)
    )


def read_specimen(specimen, *, with_my_number=False, pin="1234", verify=False):
    """The reading of a specimen in a simulated reader."""
    source = SimulatedReaderSource()
    source.insert(specimen)
    session = MyNumberCardSession.open(source.readers()[0].connect())
    try:
        return session.read(Pin(pin), with_my_number=with_my_number, verify=verify)
    finally:
        session.close()
