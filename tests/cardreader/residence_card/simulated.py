"""Virtual 在留カード for these tests, and a connection that carries their bytes and keeps what was sent."""

import json

from kakanai.cardreader.connection import ByteConnection, ReaderLimits
from kakanai.cardreader.residence_card.card_number import CardNumber
from kakanai.cardreader.simulator.residence.card import build_residence_card
from kakanai.cardreader.simulator.specimen import specimen_folder

SPECIMENS = ("back-address", "front-address", "second-generation", "special-permanent", "forged")
SECOND_SPECIAL = {
    "generation": 2,
    "special_permanent": True,
    "number": "LM67890123NP",
    "name_image": "haneul-name.tif",
    "photo": "haneul-photo.jp2",
    "address_image": "haneul-address.tif",
    "entries": {
        "expires_on": "20310209",
        "birth_date": "19720209",
        "sex": "1",
        "nationality_code": "KOR",
        "status_code": "9876543210",
        "period": "0000",
    },
    "note": "見本の記載",
}


def content_of(name):
    if name == "second-special":
        return SECOND_SPECIAL
    return json.loads((specimen_folder() / f"residence-{name}.json").read_bytes())["residence_card"]


def number_of(name):
    return CardNumber(content_of(name)["number"])


class SimulatedConnection(ByteConnection):
    """Every command reaches the card, unless `limit` of bytes in an answer or `fault` say otherwise."""

    def __init__(self, card, *, extended=None, is_short_only=False):
        super().__init__("simulated", ReaderLimits(extended))
        self.card = card
        self.sent = []
        self.disconnects = 0
        self.fault = None
        self._is_short_only = is_short_only
        card.power_on()

    def _exchange(self, raw):
        assert self.disconnects == 0, "sent after disconnect"
        self.sent.append(raw)
        if self.fault is not None:
            self.fault(self, raw)
        if self._is_short_only and len(raw) > 5 and raw[4] == 0:
            return bytes.fromhex("6700")
        return self.card.transmit(raw)

    def disconnect(self):
        self.disconnects += 1
        self.card.power_off()


def connected(name, **options):
    return SimulatedConnection(build_residence_card(name, content_of(name)), **options)
