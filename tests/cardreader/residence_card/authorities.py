"""CAs and card certificates made in the test, by `cryptography` or object by object."""

import datetime as dt

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from kakanai.cardreader.authenticity.issuer_key import Grade, IssuerKey, KeyUse, Provenance, Standing
from kakanai.cardreader.tlv import build, parse_all, parse_first

FROM = dt.datetime(2024, 4, 1, tzinfo=dt.UTC)
UNTIL = dt.datetime(2034, 3, 31, 14, 59, 59, tzinfo=dt.UTC)  # the end of that day in Japan
HERE = Provenance("this test", Grade.GIVEN, dt.date(2026, 11, 21))


def new_key(generation):
    if generation == 1:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return ec.generate_private_key(ec.SECP384R1())


def certificate(key, ca_key, *, until=UNTIL, with_authority=True):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "MIHON CA")])
    builder = (
        x509.CertificateBuilder()
        .issuer_name(name)
        .subject_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(FROM)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if with_authority:
        authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
        builder = builder.add_extension(authority, critical=False)
    return builder.sign(ca_key, hashes.SHA256())


def der(made):
    return made.public_bytes(serialization.Encoding.DER)


def issuer(ca, standing=Standing.PRODUCTION):
    identifier = ca.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    return IssuerKey(KeyUse.RESIDENCE_CARD, identifier, standing, "見本 CA", HERE, certificate=ca)


def with_null_parameters(made, ca_key):
    """The same certificate as some issuers encode it: ECDSA's algorithm followed by NULL."""
    fields = parse_all(parse_all(parse_first(der(made))[0].value)[0].value)
    algorithm = build(0x30, bytes.fromhex("06082A8648CE3D040302" + "0500"))
    encoded = [build(one.tag, one.value) for one in fields]
    encoded[2] = algorithm
    to_sign = build(0x30, b"".join(encoded))
    signature = ca_key.sign(to_sign, ec.ECDSA(hashes.SHA256()))
    return build(0x30, to_sign + algorithm + build(0x03, b"\x00" + signature))


def signed_bytes(reading):
    """The target as the specifications' digests write it, put together here once more."""
    values = reading.values
    if reading.generation == 1:
        return values["DF1/EF01/D0"].ljust(7000, b"\0") + values["DF1/EF02/D1"].ljust(3000, b"\0")
    order = ("C5", "C6", "C7", "C8", "C9", "CE", "CA", "CB", "CC", "CD")
    entries = b"".join(values.get(f"DF1/EF02/{tag}", b"") for tag in order)
    assert len(entries) == (34 if reading.is_special_permanent else 53)
    return entries.ljust(53, b"\0") + values["DF1/EF03/D1"] + values["DF1/EF03/D0"]
