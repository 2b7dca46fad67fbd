"""Cards made for these tests: keys by `cryptography`, the 96-byte signature by openssl, objects by hand."""

import dataclasses
import datetime as dt
import functools
import hashlib
import subprocess
import tempfile
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID, ObjectIdentifier

from kakanai.cardreader.authenticity.issuer_key import Grade, IssuerKey, KeyUse, Provenance, Standing
from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.cardreader.authenticity.rsa_block import RsaPublicKey
from kakanai.cardreader.mynumber.proof import (
    CardProof,
    CertificateProof,
    Challenge,
    SurfaceProof,
    TextProof,
)

# EF 0002 of an official test card (soltia48/myna-card, tests/fixtures/text-0002.bin).
BASIC_FOUR = bytes.fromhex(
    "ff2065df2108000e002000590064df220fe9bb92e6a190e38080e5b9b9e4b99fdf2336e69db1e4baace983bde6b885e780ac"
    "e5b882e8a6b3e5b883e5ad90e58d97efbc91efbc92efbc8defbc97efbc8defbc92efbc90efbc92df24083139383030323137"
    "df250131"
)
MY_NUMBER = bytes.fromhex("ff100c") + b"123456789018" + b"\xff\xff"
TEXT_ID = bytes.fromhex("35303030303333080530303100000000")
SURFACE_ID = bytes.fromhex("35303030303233080530303100000000")
TOWN_ID = bytes.fromhex("31333232313231080530303000000000")
# DigestInfo of SHA-256 with an OCTET STRING of 96 bytes, written out from RFC 8017.
NINETY_SIX = bytes.fromhex("3071300d060960864801650304020105000460")
TODAY = dt.date(2026, 11, 21)
FROM = dt.datetime(2025, 4, 1, 0, 0, 0, tzinfo=dt.timezone(dt.timedelta(hours=9)))
UNTIL = dt.datetime(2030, 3, 31, 23, 59, 59, tzinfo=dt.timezone(dt.timedelta(hours=9)))
POLICIES = {"sign": "1.2.392.200149.8.5.1.1.20", "auth": "1.2.392.200149.8.5.1.3.30"}


@functools.cache
def key(name):
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public(name):
    numbers = key(name).public_key().public_numbers()
    return RsaPublicKey(numbers.n, numbers.e)


def tlv(tag, value):
    length = bytes((len(value),)) if len(value) < 0x80 else b"\x82" + len(value).to_bytes(2, "big")
    return bytes.fromhex(tag) + length + value


def sign(name, data):
    return key(name).sign(data, padding.PKCS1v15(), hashes.SHA256())


def pem(name):
    return key(name).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def openssl(*arguments, stdin=b"", **files):
    """Output of openssl; `files` are written to a folder and named in the arguments as {name}."""
    with tempfile.TemporaryDirectory() as folder:
        places = {}
        for name, content in files.items():
            places[name] = Path(folder) / name
            places[name].write_bytes(content)
        command = ["openssl", *(argument.format_map(places) for argument in arguments)]
        return subprocess.run(command, input=stdin, capture_output=True, check=True).stdout


@functools.cache
def sign_block(name, content):
    """PKCS#1 padding of `content` as it is, signed by openssl (pkeyutl refuses more than 64 bytes)."""
    return openssl("rsautl", "-sign", "-inkey", "{key}", stdin=content, key=pem(name))


def raw_key(name):
    numbers = key(name).public_key().public_numbers()
    return tlv("90", numbers.e.to_bytes(3, "big")) + tlv("91", numbers.n.to_bytes(256, "big"))


def cv_certificate(issuer_id, ca, subject="town"):
    body = issuer_id + TOWN_ID + raw_key(subject)
    return tlv("7f21", tlv("5f4e", body) + tlv("5f37", sign(ca, body)))


def digests_file(basic_four=BASIC_FOUR, my_number=MY_NUMBER, signer="town"):
    facts = basic_four[basic_four.index(bytes.fromhex("df22")) :]
    body = tlv("df31", hashlib.sha256(my_number).digest()) + tlv("df32", hashlib.sha256(facts).digest())
    return tlv("ff30", body + tlv("df33", sign(signer, body)))


def card_key_file(card="card", signer="town"):
    body = tlv("df51", raw_key(card))
    return tlv("ff50", body + tlv("df52", sign(signer, body)))


def face_file(birth_date=b"19800217", sex=b"1", card="card", signer="town", photo=b"photo"):
    signed = [
        tlv("df22", birth_date),
        tlv("df23", sex),
        tlv("df24", raw_key(card)),
        tlv("df25", b"name picture"),
        tlv("df26", b"address picture"),
        tlv("df27", photo),
    ]
    digests = [hashlib.sha256(b"".join(part)).digest() for part in (signed[:3], signed[3:5], signed[5:])]
    unsigned = tlv("df29", b"20350217") + tlv("df2a", b"code picture")
    signature = tlv("df28", sign_block(signer, NINETY_SIX + b"".join(digests)))
    return tlv("ff20", tlv("df21", bytes(18)) + b"".join(signed) + signature + unsigned)


def answer(card="card", challenge=b"a fresh challenge of 32 bytes !!"):
    return Challenge(challenge, sign(card, challenge))


def text_proof(**changes):
    return dataclasses.replace(
        TextProof(
            basic_four=BASIC_FOUR,
            my_number=MY_NUMBER,
            digests=digests_file(),
            certificate=cv_certificate(TEXT_ID, "text_ca"),
            card_key=card_key_file(),
            challenge=answer(),
        ),
        **changes,
    )


def surface_proof(**changes):
    proof = SurfaceProof(face_file(), cv_certificate(SURFACE_ID, "surface_ca"), answer())
    return dataclasses.replace(proof, **changes)


def ca_name(kind):
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "JPKI"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, kind),
        ]
    )


def key_usage(**used):
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: used.get(name, False) for name in names})


def x509_certificate(
    kind, *, ca="", usage=None, policy=None, valid=(FROM, UNTIL), extensions=(), subject="", root=""
):
    """A certificate of that kind by key `ca`, or the CA itself without `ca`; DER."""
    issuer_key = key(ca or root or f"{kind}_ca")
    own_key = key(subject or (kind if ca else root or f"{kind}_ca"))
    builder = (
        x509.CertificateBuilder()
        .issuer_name(ca_name(kind))
        .subject_name(
            x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "997794E9A")]) if ca else ca_name(kind)
        )
        .public_key(own_key.public_key())
        .serial_number(0x4D48)
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own_key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )
    if ca:
        oid = ObjectIdentifier(policy or POLICIES[kind])
        builder = builder.add_extension(
            x509.CertificatePolicies([x509.PolicyInformation(oid, None)]), critical=True
        ).add_extension(
            usage or key_usage(digital_signature=True, content_commitment=kind == "sign"), critical=True
        )
    else:
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


@functools.cache
def holder_names(**texts):
    """SubjectAltName with 基本4情報, keyword o1 to o6 for the last number of the OID."""
    return x509.SubjectAlternativeName(
        [
            x509.OtherName(
                ObjectIdentifier(f"1.2.392.200149.8.5.5.{name[1:]}"),
                b"\x0c" + bytes((len(text.encode()),)) + text.encode(),
            )
            for name, text in texts.items()
        ]
    )


@functools.cache
def certificate_proof():
    return CertificateProof(
        auth=x509_certificate("auth", ca="auth_ca"),
        auth_ca=x509_certificate("auth"),
        sign=x509_certificate("sign", ca="sign_ca"),
        sign_ca=x509_certificate("sign"),
    )


@functools.cache
def whole_proof():
    return CardProof(text_proof(), surface_proof(), certificate_proof())


def issuer_key(use, standing=Standing.PRODUCTION, **changes):
    ids = {KeyUse.TEXT_AP: TEXT_ID, KeyUse.SURFACE_AP: SURFACE_ID}
    provenance = Provenance("made in the test", Grade.ASSUMED, TODAY)
    made = IssuerKey(use, b"", standing, f"試験 {use}", provenance)
    if use in ids:
        name = "text_ca" if use is KeyUse.TEXT_AP else "surface_ca"
        made = dataclasses.replace(made, key_id=ids[use], rsa=public(name))
    else:
        kind = "sign" if use is KeyUse.JPKI_SIGN else "auth"
        certificate = x509.load_der_x509_certificate(x509_certificate(kind))
        digest = x509.SubjectKeyIdentifier.from_public_key(certificate.public_key()).digest
        made = dataclasses.replace(made, key_id=digest, certificate=certificate)
    return dataclasses.replace(made, **changes)


ALL_USES = (KeyUse.TEXT_AP, KeyUse.SURFACE_AP, KeyUse.JPKI_SIGN, KeyUse.JPKI_AUTH)


def issuers(**standings):
    """A table with all four keys; `text_ap=Standing.TEST` and the like change one, None leaves it out."""
    keys = []
    for use in ALL_USES:
        standing = standings.get(use.value, Standing.PRODUCTION)
        if standing is not None:
            keys.append(issuer_key(use, standing))
    return IssuerTable(keys)
