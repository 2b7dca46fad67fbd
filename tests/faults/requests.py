"""What a clerk can ask of an open card, with every key that the clerk gives for it."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

from kakanai.cardreader.driver_licence.mynumber_licence_session import MyNumberLicenceSession
from kakanai.cardreader.driver_licence.pin import LicencePin
from kakanai.cardreader.driver_licence.session import DriverLicenceSession
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.mynumber.collation import CollationNumberB
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.mynumber.sign_pin import SignPin
from kakanai.cardreader.residence_card.card_number import CardNumber
from kakanai.cardreader.residence_card.session import ResidenceCardSession

TODAY = dt.date(2026, 11, 21)
DIGEST_INFO = bytes.fromhex("3031300D060960864801650304020105000420") + bytes(range(32))

TEXT, COLLATION = "text/0011", "text/0015"
FACE = "surface/0012"
SIGN, AUTH = "jpki/001B", "jpki/0018"
PIN1, PIN2 = "MF/0001", "MF/0002"
MYNUMBER_LICENCE, NUMBER = "mynumber_licence/0006", "MF/0006"

Give = Callable[[str], str]


@dataclasses.dataclass(frozen=True)
class Request:
    """`ask` gets the session, and a function that tells what the clerk types for the key at a place.

    `right` and `wrong` are the places whose keys are typed rightly or wrongly. `is_free` says that the
    outcome depends on this card alone, not on what was asked before in the session. `counter` names the key
    whose tries are the answer. `is_judged` says that the reading brings its proof.
    """

    name: str
    ask: Callable[[Any, Give], object]
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    is_free: bool = True
    counter: str = ""
    is_judged: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        return self.right + self.wrong


def _read(**options: bool) -> Callable[[Any, Give], object]:
    return lambda session, give: session.read(Pin(give(TEXT)), **{"with_my_number": False, **options})


def _collation(place: str, **options: bool) -> Callable[[Any, Give], object]:
    return lambda session, give: session.read_by_collation_b(
        CollationNumberB(give(place)), today=TODAY, **options
    )


def _face(**options: bool) -> Callable[[Any, Give], object]:
    return lambda session, give: session.read_surface(CollationNumberB(give(FACE)), today=TODAY, **options)


MY_NUMBER_CARD = (
    Request("4情報", _read(), (TEXT,)),
    Request("4情報と個人番号", _read(with_my_number=True), (TEXT,)),
    Request("wrong PIN", _read(with_my_number=True), wrong=(TEXT,)),
    Request("個人番号", lambda session, _: session.read_my_number(), is_free=False),
    Request("照合番号B", _collation(COLLATION), (COLLATION, FACE)),
    Request("照合番号B, text", _collation(COLLATION, with_surface=False), (COLLATION,)),
    Request("wrong 照合番号B", _collation(COLLATION), wrong=(COLLATION, FACE)),
    Request("face", _face(), (FACE,)),
    Request("wrong face", _face(), wrong=(FACE,)),
    Request("common", lambda session, _: session.read_common()),
    Request("PIN counter", lambda session, _: session.refresh_attempts(), counter=TEXT),
    Request("照合番号B counter", lambda session, _: session.collation_b_attempts(), counter=COLLATION),
    Request("face counter", lambda session, _: session.collation_b_attempts(surface=True), counter=FACE),
    Request("token", lambda session, _: session.jpki.read_token_information()),
    Request("presence", lambda session, _: session.jpki.read_certificate_presence()),
    Request("certificates", lambda session, _: session.jpki.read_certificates()),
    Request(
        "署名用 certificates",
        lambda session, give: session.jpki.read_certificates(SignPin(give(SIGN))),
        (SIGN,),
    ),
    Request(
        "wrong 署名用",
        lambda session, give: session.jpki.sign(SignPin(give(SIGN)), DIGEST_INFO),
        wrong=(SIGN,),
    ),
    Request("署名用 counter", lambda session, _: session.jpki.sign_attempts(), counter=SIGN),
    Request("利用者証明用 counter", lambda session, _: session.jpki.auth_attempts(), counter=AUTH),
)
MY_NUMBER_CARD_PROVED = (
    Request("4情報 with proof", _read(with_my_number=True, verify=True), (TEXT,), is_judged=True),
    Request("照合番号B with proof", _collation(COLLATION, verify=True), (COLLATION, FACE), is_judged=True),
    Request("face with proof", _face(verify=True), (FACE,)),
    Request("署名", lambda session, give: session.jpki.sign(SignPin(give(SIGN)), DIGEST_INFO), (SIGN,)),
    Request(
        "利用者証明",
        lambda session, give: session.jpki.sign_for_authentication(Pin(give(AUTH)), DIGEST_INFO),
        (AUTH,),
    ),
)


def _licence(session: Any, give: Give, *, second: bool) -> object:
    if not session.needs_pins:
        return session.read(None)
    pin2 = LicencePin(give(PIN2), CardKey.LICENCE_PIN2) if second else None
    return session.read(LicencePin(give(PIN1), CardKey.LICENCE_PIN1), pin2)


def _one_pin(session: Any, give: Give) -> object:
    return _licence(session, give, second=False)


def _both_pins(session: Any, give: Give) -> object:
    return _licence(session, give, second=True)


LICENCE = (
    Request("PIN1", _one_pin, (PIN1,)),
    Request("PIN1 and PIN2", _both_pins, (PIN1, PIN2)),
    Request("wrong PIN1", _one_pin, wrong=(PIN1,)),
    Request("right PIN1, wrong PIN2", _both_pins, (PIN1,), (PIN2,)),
    Request("wrong PIN1, right PIN2", _both_pins, (PIN2,), (PIN1,)),
    Request("no PIN again", lambda session, _: session.read(None), is_free=False),
    Request("電子署名", lambda session, _: session.read_signature(), is_free=False),
    Request("both counters", lambda session, _: session.refresh_attempts()),
)


def _police(session: Any, give: Give) -> object:
    return session.read(LicencePin(give(MYNUMBER_LICENCE), CardKey.MYNUMBER_LICENCE_PIN))


MYNUMBER_LICENCE_CARD = (
    Request("マイナ免許証", _police, (MYNUMBER_LICENCE,)),
    Request("wrong マイナ免許証", _police, wrong=(MYNUMBER_LICENCE,)),
    Request("マイナ免許証 again", lambda session, _: session.read(None), is_free=False),
    Request("マイナ免許証 counter", lambda session, _: session.refresh_attempts(), counter=MYNUMBER_LICENCE),
)


def _residence(session: Any, give: Give) -> object:
    return session.read(CardNumber(give(NUMBER)))


RESIDENCE_CARD = (
    Request("在留カード", _residence, (NUMBER,)),
    Request("wrong number", _residence, wrong=(NUMBER,)),
)
RESIDENCE_CARD_PROVED = (Request("在留カード judged", _residence, (NUMBER,), is_judged=True),)

REQUESTS: dict[type, tuple[tuple[Request, ...], tuple[Request, ...]]] = {
    MyNumberCardSession: (MY_NUMBER_CARD, MY_NUMBER_CARD_PROVED),
    DriverLicenceSession: (LICENCE, LICENCE),
    MyNumberLicenceSession: (MYNUMBER_LICENCE_CARD, MYNUMBER_LICENCE_CARD),
    ResidenceCardSession: (RESIDENCE_CARD, RESIDENCE_CARD_PROVED),
}
"""By kind of session: what is asked all the time, and what is dear to answer and asked seldom."""
