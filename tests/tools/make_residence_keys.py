"""Makes resources/simulator/residence/keys.json and trusted.yaml: who signs virtual 在留カード.

Run once: `python tests/tools/make_residence_keys.py resources/simulator/residence`. Each run makes new keys.
One CA and one card signer for each generation: RSA-2048, and ECDSA with P-384. trusted.yaml takes the CAs for
genuine and is meant for simulated readers alone.
"""

import base64
import datetime as dt
import json
import sys
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

FROM = dt.datetime(2024, 4, 1, tzinfo=dt.UTC)
UNTIL = dt.datetime(2054, 3, 31, tzinfo=dt.UTC)
NAMES = {1: "MIHON ZairyuCard CA", 2: "MIHON ZairyuCard CA2"}
SOURCE = "tests/tools/make_residence_keys.py が作った見本の CA。秘密鍵は公開されている"
HEAD = "# 模擬リーダーだけで使う鍵。見本の在留カードを「本物」として扱う。窓口のリーダーには使わない。\n"


def new_key(generation):
    if generation == 1:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return ec.generate_private_key(ec.SECP384R1())


def name(common_name):
    parts = [(NameOID.COUNTRY_NAME, "JP"), (NameOID.ORGANIZATION_NAME, "KAKANAI SPECIMEN")]
    parts.append((NameOID.COMMON_NAME, common_name))
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def key_usage(**used):
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{one: used.get(one, False) for one in names})


def builder(issuer, subject, key, serial):
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(FROM)
        .not_valid_after(UNTIL)
    )


def make_pair(generation):
    ca_key, key = new_key(generation), new_key(generation)
    ca_name = name(NAMES[generation])
    ca = (
        builder(ca_name, ca_name, ca_key, 1)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key()), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(key_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    card = (
        builder(ca_name, name(f"MIHON ZairyuCard Signer {generation}"), key, 2)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False
        )
        .add_extension(key_usage(digital_signature=True), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    return ca, card, key


def der(certificate):
    return certificate.public_bytes(serialization.Encoding.DER)


def lines(data):
    text = base64.b64encode(data).decode("ascii")
    return [text[start : start + 76] for start in range(0, len(text), 76)]


def as_entry(ca, generation):
    identifier = ca.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest.hex()
    return "\n".join(
        [
            f'  - id: "{identifier}"',
            "    use: residence_card",
            "    standing: production",
            f"    label: 見本 在留カード CA(第{generation}世代)",
            "    certificate: >-",
            *(f"      {line}" for line in lines(der(ca))),
            "    provenance:",
            f"      source: {SOURCE}",
            "      grade: given",
            f"      retrieved: {dt.datetime.now(tz=dt.UTC).date()}",
            "",
        ]
    )


def main():
    folder = Path(sys.argv[1])
    keys = {"note": "見本の秘密鍵。公開されているので、何も守らない。"}
    trusted = HEAD + "keys:\n"
    for generation in (1, 2):
        ca, card, key = make_pair(generation)
        private = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        keys[f"card-{generation}"] = {"certificate": lines(der(card)), "private_key": lines(private)}
        trusted += as_entry(ca, generation)
    (folder / "keys.json").write_text(json.dumps(keys, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (folder / "trusted.yaml").write_text(trusted, encoding="utf-8")


if __name__ == "__main__":
    main()
