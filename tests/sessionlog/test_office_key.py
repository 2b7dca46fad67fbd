"""The office's key: kept by a keyring, by a passphrase, or at least by the file's rights."""

import json
import stat

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from kakanai.drafts.office_keyring import OfficeKeyring
from kakanai.sessionlog.office_key import OfficeKey, OfficeKeyFile, PublicKey, Wrapping
from kakanai.sessionlog.seal_errors import (
    OfficeKeyError,
    OfficeKeyExistsError,
    OfficeKeyLockedError,
    OfficeKeyMissingError,
)
from tests.sessionlog.verifying import verifier


class Keeper:
    """A keyring in memory."""

    def __init__(self, secret=None, *, works=True):
        self.secret = secret
        self.works = works

    def read(self):
        return self.secret if self.works else None

    def write(self, secret):
        if self.works:
            self.secret = secret
        return self.works


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys" / "office.key"


def test_a_key_signs_and_only_its_public_half_holds(path):
    key = OfficeKeyFile(path).make()
    signature = key.sign(b"text")
    assert key.public.holds(signature, b"text")
    assert not key.public.holds(signature, b"other")
    assert not OfficeKey(bytes(32)).public.holds(signature, b"text")


@pytest.mark.parametrize(
    ("keeper", "passphrase", "way"),
    [
        (Keeper(), None, Wrapping.KEYRING),
        (Keeper(), "合言葉 は ながい", Wrapping.PASSPHRASE),
        (None, None, Wrapping.FILE),
        (Keeper(works=False), None, Wrapping.FILE),
    ],
)
def test_the_same_key_comes_back_however_it_is_kept(path, keeper, passphrase, way):
    file = OfficeKeyFile(path, keeper)
    made = file.make(passphrase)
    assert file.report().wrapped_by is way
    assert file.report().public == made.public
    again = OfficeKeyFile(path, keeper).open(passphrase)
    assert again.public == made.public
    assert made.public.holds(again.sign(b"x"), b"x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_the_private_half_is_not_in_the_file_but_where_nothing_else_keeps_it(path):
    keeper = Keeper()
    OfficeKeyFile(path, keeper).make()
    told = json.loads(path.read_text())
    assert "seed" not in told
    assert keeper.secret.hex() not in path.read_text()
    other = path.with_name("other.key")
    OfficeKeyFile(other).make()
    assert bytes.fromhex(json.loads(other.read_text())["seed"])


@pytest.mark.parametrize("passphrase", [None, "", "falsch"])
def test_a_wrong_passphrase_does_not_open(path, passphrase):
    OfficeKeyFile(path).make("right horse")
    with pytest.raises(OfficeKeyLockedError) as caught:
        OfficeKeyFile(path).open(passphrase)
    assert caught.value.details == {"reason": "passphrase"}


@pytest.mark.parametrize("keeper", [None, Keeper(), Keeper(bytes(32)), Keeper(works=False)])
def test_a_keyring_that_lost_its_part_does_not_open(path, keeper):
    OfficeKeyFile(path, Keeper()).make()
    with pytest.raises(OfficeKeyLockedError) as caught:
        OfficeKeyFile(path, keeper).open()
    assert caught.value.details == {"reason": "keyring"}


def test_there_is_no_key_until_one_is_made_and_none_takes_its_place(path):
    file = OfficeKeyFile(path)
    with pytest.raises(OfficeKeyMissingError):
        file.open()
    assert file.report().wrapped_by is None
    made = file.make()
    with pytest.raises(OfficeKeyExistsError):
        file.make()
    assert file.open().public == made.public


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: "no json",
        lambda told: "[]",
        lambda told: json.dumps({**told, "format": "another"}),
        lambda told: json.dumps({**told, "public": "00" * 32}),
        lambda told: json.dumps({**told, "seed": "00"}),
        lambda told: json.dumps({**told, "wrapped_by": "magic"}),
        lambda told: json.dumps({name: value for name, value in told.items() if name != "seed"}),
        lambda told: json.dumps({**told, "seed": 3}),
    ],
)
def test_a_spoiled_file_is_told_and_stays_as_it_is(path, spoil):
    OfficeKeyFile(path).make()
    path.write_text(spoil(json.loads(path.read_text())))
    before = path.read_bytes()
    with pytest.raises(OfficeKeyError) as caught:
        OfficeKeyFile(path).open()
    assert caught.value.details["reason"] == "form"
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "keys").write_text("a file")
    with pytest.raises(OfficeKeyError) as caught:
        OfficeKeyFile(tmp_path / "keys" / "office.key").make()
    assert caught.value.details["reason"] in {"ENOTDIR", "EEXIST"}


def test_nothing_shows_the_private_half(path):
    file = OfficeKeyFile(path)
    key = file.make("pass phrase")
    seed = OfficeKey(bytes(range(32)))
    assert repr(key) == f"OfficeKey({key.public.key_id})"
    assert bytes(range(32)).hex() not in repr(seed) + str(seed)


def test_the_public_half_goes_out_as_pem_for_openssl_and_for_the_verifier(tmp_path):
    keys = [OfficeKey(bytes([n]) * 32).public for n in (1, 2)]
    (tmp_path / "office.pem").write_text("".join(key.pem() for key in keys))
    assert verifier.read_public_keys(tmp_path / "office.pem") == {key.key_id: key.raw for key in keys}
    assert load_pem_public_key(keys[0].pem().encode()).public_bytes_raw() == keys[0].raw


@pytest.mark.parametrize(
    "text", ["", "nothing", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"]
)
def test_a_file_without_a_public_key_is_refused(tmp_path, text):
    (tmp_path / "x.pem").write_text(text)
    for name in ("x.pem", "none.pem"):
        with pytest.raises(verifier.UnreadableError):
            verifier.read_public_keys(tmp_path / name)


def test_a_public_key_has_32_bytes():
    with pytest.raises(ValueError, match="32"):
        PublicKey(b"short")


class Backend:
    """A backend of the library `keyring` in memory."""

    def __init__(self):
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


def test_the_keyrings_entry_is_not_that_of_the_drafts(tmp_path):
    from kakanai.drafts.sealed_file import SealKey
    from kakanai.drafts.system_keyring import SystemKeyring

    backend = Backend()
    file = OfficeKeyFile(tmp_path / "office.key", OfficeKeyring(tmp_path, backend))
    made = file.make()
    assert file.report().wrapped_by is Wrapping.KEYRING
    SystemKeyring(tmp_path, backend).write(SealKey.new())
    assert file.open().public == made.public
