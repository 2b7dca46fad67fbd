import io
import json
from pathlib import Path

import pytest
from PIL import Image

from kakanai.cardreader.errors import SpecimenError
from kakanai.cardreader.residence_card.session import ResidenceCardSession
from kakanai.cardreader.simulator.residence.card import build_residence_card
from kakanai.cardreader.simulator.residence.content import parse_content
from kakanai.cardreader.simulator.specimen import specimen_folder
from tests.cardreader.residence_card.simulated import (
    SECOND_SPECIAL,
    SPECIMENS,
    SimulatedConnection,
    content_of,
    number_of,
)


@pytest.mark.parametrize("name", SPECIMENS)
def test_specimens_tell_which_number_to_type(name):
    told = json.loads((specimen_folder() / f"residence-{name}.json").read_bytes())
    assert told["id"] == f"residence-{name}"
    assert told["card"] == "residence_card"
    assert told["residence_card"]["number"] in told["description"]


PICTURES = [path for path in (specimen_folder() / "residence").iterdir() if path.suffix in (".tif", ".jp2")]


@pytest.mark.parametrize("path", sorted(PICTURES), ids=lambda path: path.name)
def test_pictures_are_what_the_card_may_hold(path: Path):
    data = path.read_bytes()
    with Image.open(io.BytesIO(data + bytes(100)), formats=["TIFF", "JPEG2000"]) as picture:
        picture.load()
        if path.suffix == ".jp2":
            assert len(data) <= 3000
            assert picture.format == "JPEG2000"
            return
        assert (picture.format, picture.mode, picture.info["compression"]) == ("TIFF", "1", "group4")
        assert picture.size == ((674, 425) if "-face" in path.name else (674, 60))
        assert len(data) <= (7000 if "-face" in path.name else 2500)


@pytest.mark.parametrize(
    ("base", "change", "key"),
    [
        ("back-address", {"generation": 3}, "generation"),
        ("back-address", {"generation": True}, "generation"),
        ("back-address", {"special_permanent": "no"}, "special_permanent"),
        ("back-address", {"number": "ab12345678cd"}, "number"),
        ("back-address", {"number": 12}, "number"),
        ("back-address", {"pin": "1234"}, "pin"),
        ("back-address", {"card_face": "../../keys.json"}, "card_face"),
        ("back-address", {"address": "somewhere"}, "address"),
        ("back-address", {"address": {"changed_on": "2026"}}, "address.municipality_code"),
        ("back-address", {"comprehensive_permit": "\ud800"}, "comprehensive_permit"),
        ("second-generation", {"entries": {**SECOND_SPECIAL["entries"]}}, "entries.permission_code"),
        ("second-special", {"entries": {**SECOND_SPECIAL["entries"], "sex": "9"}}, "entries.sex"),
    ],
)
def test_broken_content_names_its_key(base, change, key):
    with pytest.raises(SpecimenError) as caught:
        build_residence_card("x", {**content_of(base), **change}, None)
    assert caught.value.details["key"] == f"residence_card.{key}"


@pytest.mark.parametrize("key", sorted({*content_of("second-generation")} - {"permits", "renewal"}))
def test_a_missing_key_is_named(key):
    content = {name: value for name, value in content_of("second-generation").items() if name != key}
    with pytest.raises(SpecimenError) as caught:
        build_residence_card("x", content, None)
    assert caught.value.details["key"] == f"residence_card.{key}"


@pytest.mark.parametrize("photo", ["an-face.tif", "nobody.jp2"])
def test_a_picture_that_does_not_fit_is_a_broken_specimen(photo):
    with pytest.raises(SpecimenError):
        build_residence_card("x", {**content_of("back-address"), "photo": photo}, None)


def test_a_child_has_no_photo():
    connection = SimulatedConnection(
        build_residence_card("x", {**content_of("front-address"), "photo": ""}, None)
    )
    with ResidenceCardSession.open(connection) as session:
        assert session.read(number_of("front-address")).photo is None


def test_nothing_personal_shows():
    content = parse_content("back-address", content_of("back-address"))
    assert repr(content) == "ResidenceContent(back-address)"
