"""Makes the keys of specimens: resources/simulator/issuers/keys.json and what readers need to know of them.

Run once: `python -m tests.tools.make_issuers resources`. Each run makes new keys, so all specimens change.
Three issuers: "mihon" plays the genuine one, "test" a test CA, "unknown" stands in no table. The private keys
are published, so they protect nothing; at a real counter a specimen is 試験用CA at best.
"""

import base64
import datetime as dt
import json
import sys
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

FROM = dt.datetime(2024, 4, 1, tzinfo=dt.UTC)
UNTIL = dt.datetime(2054, 3, 31, tzinfo=dt.UTC)
RETRIEVED = "2026-11-21"
# Ids that no real hierarchy uses: those observed begin with 50000 (genuine) and 60000 (official test).
DIGITS = {"mihon": "90000", "test": "91000", "unknown": "92000"}
APPLICATIONS = {"text_ap": "33/001", "surface_ap": "23/001"}
APPLICATION_NAMES = {"text_ap": "券面事項入力補助AP", "surface_ap": "券面事項確認AP"}
PURPOSES = {"jpki_sign": "JPKI for digital signature", "jpki_auth": "JPKI for user authentication"}
PURPOSE_NAMES = {"jpki_sign": "署名用 CA", "jpki_auth": "利用者証明用 CA"}
LABELS = {"mihon": "見本の発行者", "test": "見本の試験用CA"}
CARD_KEYS = ("text", "surface", "sign", "auth", "common", "session")


def new_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def as_primes(key):
    numbers = key.private_numbers()
    return {"p": f"{numbers.p:x}", "q": f"{numbers.q:x}"}


def ca_certificate(issuer, purpose, key, serial):
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "JPKI-TEST"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, PURPOSES[purpose]),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, f"KAKANAI SPECIMEN {issuer.upper()}"),
        ]
    )
    usage = dict.fromkeys(
        (
            "digital_signature",
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    certificate = (
        x509.CertificateBuilder()
        .issuer_name(name)
        .subject_name(name)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(FROM)
        .not_valid_after(UNTIL)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.KeyUsage(**usage, key_cert_sign=True, crl_sign=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.DER)


def in_lines(text):
    return [text[start : start + 76] for start in range(0, len(text), 76)]


def make_issuer(issuer, serial):
    """The private file of one issuer, and its public keys as YAML entries without their standing."""
    private, public = {}, []
    for use, end in APPLICATIONS.items():
        ca, signer = new_key(), new_key()
        issuer_id = DIGITS[issuer] + end
        private[use] = {
            "issuer_id": issuer_id,
            "issuer": as_primes(ca),
            "signer_id": DIGITS[issuer] + end.replace("/001", "/000"),
            "signer": as_primes(signer),
        }
        modulus = f"{ca.public_key().public_numbers().n:0512X}"
        key = ["    modulus: >-", *(f"      {modulus[at : at + 64]}" for at in range(0, 512, 64))]
        public.append((use, issuer_id, APPLICATION_NAMES[use], [*key, '    exponent: "010001"']))
    for use in PURPOSES:
        key = new_key()
        der = ca_certificate(issuer, use, key, serial := serial + 1)
        lines = in_lines(base64.b64encode(der).decode("ascii"))
        private[use] = {"issuer": as_primes(key), "certificate": lines}
        key_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key()).digest.hex()
        certificate = ["    certificate: >-", *(f"      {line}" for line in lines)]
        public.append((use, key_id, PURPOSE_NAMES[use], certificate))
    return private, public


def as_yaml(note, entries):
    lines = [f"note: {note}", "keys:"]
    for issuer, standing, (use, key_id, name, key) in entries:
        lines += [
            f'  - id: "{key_id}"',
            f"    use: {use}",
            f"    standing: {standing}",
            f"    label: {LABELS[issuer]} ({name})",
            *key,
            "    provenance:",
            "      source: このプログラムの見本カード。秘密鍵も公開しているので、何も証明しない",
            "      grade: given",
            f"      retrieved: {RETRIEVED}",
        ]
    return "\n".join(lines) + "\n"


def main():
    resources = Path(sys.argv[1])
    folder = resources / "simulator" / "issuers"
    folder.mkdir(parents=True, exist_ok=True)
    private, public = {"note": "見本の秘密鍵。公開されているので、何も守らない。"}, {}
    for number, issuer in enumerate(DIGITS):
        private[issuer], public[issuer] = make_issuer(issuer, 0x4D48_0000 + 0x100 * number)
    private["cards"] = {name: as_primes(new_key()) for name in CARD_KEYS}
    private["other_card"] = {name: as_primes(new_key()) for name in ("text", "surface")}
    (folder / "keys.json").write_text(json.dumps(private, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (folder / "trusted.yaml").write_text(
        as_yaml(
            "見本の発行者を本物の役にする表。模擬リーダーで読むときだけ使う。",
            [("mihon", "production", entry) for entry in public["mihon"]],
        ),
        "utf-8",
    )
    (resources / "issuer_keys" / "mihon.yaml").write_text(
        as_yaml(
            "見本カードの発行者。本物の窓口では、どの見本も「試験用CA」になる。",
            [(issuer, "test", entry) for issuer in LABELS for entry in public[issuer]],
        ),
        "utf-8",
    )


if __name__ == "__main__":
    main()
