"""After `card read`, well or not, nothing that opens a card and nothing that it holds lies anywhere.

Searched are the state folder, the temporary folder, standard error, and the bundle of `card diagnose`; for
texts in several encodings, for all of them as hexadecimal digits and in Base64 too.
"""

import base64
import dataclasses
import re
from pathlib import Path

import pytest

from kakanai.cardreader.mynumber.collation import CollationNumberB
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from tests.walkthrough.personal_data import ENCODINGS, middle_of, shapes
from tests.walkthrough.warm_program import WarmProgram

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def warm():
    with WarmProgram() as program:
        yield program


@dataclasses.dataclass(frozen=True)
class Run:
    """One `card read`: what is typed, which texts must be found nowhere, and how it ends."""

    specimen: str
    arguments: tuple[str, ...]
    typed: str
    texts: tuple[str, ...]
    status: int
    faults: dict = dataclasses.field(default_factory=dict)


B = ("--collation-b-stdin", "--verify", "--photo", "{out}/p.png", "--glyphs", "{out}/g")
LICENCE = ("--pin-stdin", "--photo", "{out}/p.png")
NUMBER = ("--card-number-stdin", "--verify", "--photo", "{out}/p.png", "--glyphs", "{out}/g")
KOKUTO = ("黒桐", "幹也", "観布子南", "19800217", "1980-02-17", "55021720352285", "123456789018")
MOVED = ("見本　花", "芦屋市架空町", "倉敷市架空町", "19850210", "1985-02-10", "330912345671")
AN = ("AB12345678CD", "大泉町架空九丁目")
RUNS = {
    "well by B": Run("official-test", B, "55021720352285", KOKUTO, 0),
    "wrong B": Run("official-test", B, "55021720352286", (*KOKUTO, "55021720352286"), 5),
    "impossible B": Run("official-test", B, "55023020352286", (*KOKUTO, "55023020352286"), 5),
    "removed": Run("official-test", B, "55021720352285", KOKUTO, 4, {"remove_after_exchanges": 9}),
    "answer lost": Run("official-test", B, "55021720352285", KOKUTO, 5, {"lose_response_of": 5}),
    "forged": Run("forged", B, "60060620332718", ("偽造", "初子", "100000000129", "60060620332718"), 0),
    "number by PIN": Run(
        "official-test", ("--pin-stdin", "--my-number", "--verify"), "7395", (*KOKUTO, "7395"), 5
    ),
    "licence": Run("licence-moved", LICENCE, "1234\n5678", MOVED, 0),
    "licence, wrong": Run("licence-moved", LICENCE, "1234\n7395", (*MOVED, "7395"), 5),
    "licence, no photo": Run("licence-moved", LICENCE, "1234", MOVED, 6),
    "licence, removed": Run("licence-moved", LICENCE, "1234\n5678", MOVED, 4, {"remove_after_exchanges": 12}),
    "residence": Run("residence-back-address", NUMBER, "AB12345678CD", AN, 0),
    "residence, wrong": Run("residence-back-address", NUMBER, "AB98765432CD", (*AN, "AB98765432CD"), 5),
    "residence, removed": Run("residence-back-address", NUMBER, "AB12345678CD", AN, 4, {"remove_inside": 11}),
    "residence, forged": Run("residence-forged", NUMBER, "JK56789012LM", ("JK56789012LM",), 0),
}


def program(warm, tmp_path, *arguments, faults=None, typed=""):
    """The program with the diagnostic log at its most talkative."""
    for folder in ("home", "tmp", "out"):
        (tmp_path / folder).mkdir(exist_ok=True)
    (tmp_path / "home" / "town.toml").write_text('[diagnostic]\nlevel = "DEBUG"\n', encoding="utf-8")
    return warm.run(
        [argument.format(out=tmp_path / "out") for argument in arguments],
        typed=f"{typed}\n",
        faults=faults,
        cwd=tmp_path,
        env={
            "PATH": "/usr/bin:/bin",
            "KAKANAI_HOME": str(tmp_path / "home"),
            "TMPDIR": str(tmp_path / "tmp"),
            "HOME": str(tmp_path / "user"),
        },
    )


def pictures_of(specimen, number):
    """A stretch from the middle of each picture of a 個人番号カード, as the chip holds it."""
    source = SimulatedReaderSource()
    source.insert(specimen)
    with MyNumberCardSession.open(source.readers()[0].connect()) as session:
        surface = session.read_by_collation_b(CollationNumberB(number)).surface
    pictures = (surface.photo, surface.name_image, surface.address_image)
    return [middle_of(picture) for picture in pictures]


def photo_of_licence(specimen):
    return middle_of(base64.b64decode("".join(load_specimen(specimen).content["photo"])))


def secrets_of(run):
    """All that must be found nowhere, as bytes."""
    found = [text.encode(encoding, "ignore") for text in run.texts for encoding in ENCODINGS]
    if "--collation-b-stdin" in run.arguments:
        found += pictures_of(run.specimen, load_specimen(run.specimen).collation_b)
    if run.specimen.startswith("licence"):
        found.append(photo_of_licence(run.specimen))
    if run.specimen.startswith("residence"):
        folder = ROOT / "resources" / "simulator" / "residence"
        found += [
            middle_of(file.read_bytes()) for file in folder.iterdir() if file.suffix in {".jp2", ".tif"}
        ]
    return [secret for secret in found if len(secret) >= 4]


def leaks(content, secrets):
    return [secret[:2] for secret in secrets for shape in shapes(secret) if shape in content]


@pytest.mark.parametrize("name", list(RUNS))
def test_a_reading_leaves_nothing_but_what_was_asked_for(warm, tmp_path, name):
    run = RUNS[name]
    reader = ("--reader", f"specimen:{run.specimen}")
    done = program(
        warm, tmp_path, "card", "read", *reader, *run.arguments, faults=run.faults, typed=run.typed
    )
    assert done.returncode == run.status, done.stderr
    assert "Traceback" not in done.stderr
    bundle = program(warm, tmp_path, "card", "diagnose", *reader, "--json")
    assert bundle.returncode == 0, bundle.stderr
    secrets = secrets_of(run)
    written = {"stderr": done.stderr.encode(), "bundle": (bundle.stdout + bundle.stderr).encode()}
    for folder in ("home", "tmp", "user"):
        for file in (tmp_path / folder).rglob("*"):
            if file.is_file():
                written[file.name] = file.read_bytes()
    assert "kakanai.log" in written
    assert re.search(rb"00 ?A4 ?04 ?0C", written["kakanai.log"].upper())
    found = {place: leaks(content, secrets) for place, content in written.items()}
    assert not any(found.values()), found
    assert not list((tmp_path / "tmp").iterdir())
    if run.status in {4, 5}:
        assert done.stdout == ""
        assert not list((tmp_path / "out").iterdir())


def test_the_search_finds_what_it_looks_for():
    secret = b"AB12345678CD"
    for content in (secret, secret.hex().encode(), secret.hex(" ").upper().encode()):
        assert leaks(b"before " + content + b" after", [secret])
    for before in (b"", b"x", b"xy"):
        assert leaks(base64.b64encode(before + secret + b"after"), [secret])
    assert leaks(b"nothing of the kind", [secret]) == []
    assert len(secrets_of(RUNS["well by B"])) >= 3 + len(KOKUTO)
