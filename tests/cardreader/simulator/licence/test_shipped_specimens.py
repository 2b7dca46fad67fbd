import base64
import io
import json

import pytest
from PIL import Image

from kakanai.cardreader.driver_licence.mynumber_licence_session import MyNumberLicenceSession
from kakanai.cardreader.driver_licence.pin import LicencePin
from kakanai.cardreader.driver_licence.session import DriverLicenceSession
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.simulator.specimen import load_specimen, specimen_folder
from kakanai.cardreader.simulator.specimen_card import build_card
from tests.cardreader.driver_licence.licence_bytes import CardOnReader
from tests.cardreader.simulator.licence.make_specimens import all_files

FILES = sorted(path.stem for path in specimen_folder().glob("licence-*.json"))


def without_pictures(text):
    told = json.loads(text)
    for key in ("driver_licence", "mynumber_licence"):
        told.get(key, {}).pop("photo", None)
        told.get(key, {}).pop("gaiji", None)
    return told


def test_the_files_are_those_the_tool_makes():
    # Pictures aside: other versions of the libraries may draw a dot elsewhere.
    made = all_files()
    assert sorted(made) == FILES
    for name, text in made.items():
        assert without_pictures((specimen_folder() / f"{name}.json").read_text("utf-8")) == without_pictures(
            text
        )


@pytest.mark.parametrize("name", [name for name in FILES if name != "licence-mynumber"])
def test_every_licence_can_be_read_as_its_description_says(name):
    specimen = load_specimen(name)
    connection = CardOnReader(build_card(specimen))
    with DriverLicenceSession.open(connection) as session:
        if session.attempts.pin1 == 0:
            assert name == "licence-locked"
            return
        assert session.needs_pins == ("1234" in specimen.description)
        reading = session.read(LicencePin("1234"), LicencePin("5678", CardKey.LICENCE_PIN2))
    assert reading.name.startswith(("見本", "\U0010fff1橋"))
    assert reading.registered_domicile
    shipped = base64.b64decode("".join(specimen.content["photo"]))
    assert reading.photo == shipped
    image = Image.open(io.BytesIO(shipped))
    image.load()
    assert (len(shipped) <= 2000, image.mode) == (True, "L")


def test_the_my_number_licence():
    connection = CardOnReader(build_card(load_specimen("licence-mynumber")))
    with MyNumberLicenceSession.open(connection) as session:
        reading = session.read(LicencePin("4321", CardKey.MYNUMBER_LICENCE_PIN))
    assert reading.categories == ("普通", "原付", "準中型")
    assert Image.open(io.BytesIO(reading.photo)).size == (96, 120)
