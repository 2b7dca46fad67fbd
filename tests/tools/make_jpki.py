"""Makes resources/simulator/jpki/{certificates,keys}.json: certificates and keys for every specimen.

Run once: `python tests/tools/make_jpki.py resources/simulator/jpki`. Each run makes new keys.
The certificates follow the profile of 公的個人認証サービス with O=JPKI-TEST; the 署名用証明書 bears no
基本4情報, because all specimens share it.
"""

import base64
import datetime as dt
import json
import sys
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID, ObjectIdentifier

FROM = dt.datetime(2024, 4, 1, tzinfo=dt.UTC)
UNTIL = dt.datetime(2054, 3, 31, tzinfo=dt.UTC)
# Test environment for 署名用; 利用者証明用 has no published test identifier.
POLICIES = {"sign": "1.2.392.200149.8.5.1.0.20", "auth": "1.2.392.200149.8.5.1.3.30"}
PURPOSES = {"sign": "JPKI for digital signature", "auth": "JPKI for user authentication"}
SUBJECTS = {"sign": "MIHON00000000000000001A", "auth": "MIHON00000000000000001B"}


def issuer_name(kind):
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "JPKI-TEST"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, PURPOSES[kind]),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "KAKANAI SPECIMEN"),
        ]
    )


def key_usage(**used):
    names = ("digital_signature", "content_commitment", "key_cert_sign", "crl_sign")
    unused = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    return x509.KeyUsage(**{name: used.get(name, False) for name in names}, **unused)


def builder(issuer, subject, key, serial):
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(FROM)
        .not_valid_after(UNTIL)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def make_pair(kind, serial):
    ca_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    ca = (
        builder(issuer_name(kind), issuer_name(kind), ca_key, serial)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(key_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
            x509.NameAttribute(NameOID.COMMON_NAME, SUBJECTS[kind]),
        ]
    )
    certificate = (
        builder(issuer_name(kind), subject, key, serial + 1)
        .add_extension(key_usage(digital_signature=True, content_commitment=kind == "sign"), critical=True)
        .add_extension(
            x509.CertificatePolicies(
                [x509.PolicyInformation(ObjectIdentifier(POLICIES[kind]), ["http://www.jpki.go.jp/cps.html"])]
            ),
            critical=True,
        )
        .add_extension(
            x509.IssuerAlternativeName(
                [
                    x509.DirectoryName(
                        x509.Name(
                            [
                                x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
                                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "公的個人認証サービス 見本"),
                            ]
                        )
                    )
                ]
            ),
            critical=False,
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False
        )
        .sign(ca_key, hashes.SHA256())
    )
    return ca, certificate, key


def as_lines(certificate):
    text = base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode("ascii")
    return [text[start : start + 76] for start in range(0, len(text), 76)]


def main():
    folder = Path(sys.argv[1])
    certificates = {"note": "見本。本人確認にも署名の検証にも使えない。"}
    keys = {"note": "見本の秘密鍵。公開されているので、何も守らない。"}
    for kind, serial in (("auth", 0x4D48_0001), ("sign", 0x4D48_1001)):
        ca, certificate, key = make_pair(kind, serial)
        certificates[kind] = as_lines(certificate)
        certificates[f"{kind}_ca"] = as_lines(ca)
        numbers = key.private_numbers()
        keys[kind] = {"modulus": f"{numbers.public_numbers.n:x}", "private_exponent": f"{numbers.d:x}"}
    for name, content in (("certificates", certificates), ("keys", keys)):
        text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
