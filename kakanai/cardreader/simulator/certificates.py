"""利用者証明用 and 署名用証明書 of a specimen, made when its card is built; the same each time.

Profile given: 公的個人認証サービス プロファイル仕様書, seen only through programs that parse certificates
(observed); the test environment's policy for 署名用, since every specimen is a test.
"""

import datetime as dt
import functools
import hashlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID, ObjectIdentifier

from kakanai.cardreader.simulator.issuers import CertificateIssuer
from kakanai.cardreader.simulator.rsa_key import PUBLIC_EXPONENT, RsaKey
from kakanai.cardreader.simulator.specimen_types import SpecimenPerson
from kakanai.cardreader.tlv import build

_SIGN_POLICY = "1.2.392.200149.8.5.1.0.20"
_AUTH_POLICY = "1.2.392.200149.8.5.1.3.30"
_STATEMENT = "http://www.jpki.go.jp/cps.html"
_SAN_ARC = "1.2.392.200149.8.5.5."
_UTF8_STRING = 0x0C
_ISSUED_AT = dt.datetime(2024, 4, 1, tzinfo=dt.UTC)
_JAPAN = dt.timezone(dt.timedelta(hours=9))
_ERAS = (("20190501", "5"), ("19890108", "4"), ("19261225", "3"), ("19120730", "2"), ("18680125", "1"))
_SEXES = {"1": "1", "2": "2"}
_UNKNOWN_SEX = "3"
# 代替文字: what stands for a character that is neither in JIS 第1・第2水準 nor in 補助漢字. The real table is
# unpublished; that a similar character stands there is observed, these pairs and the ● are assumed.
_SUBSTITUTES = {"\u9ad9": "高", "\ufa11": "崎", "\U00020bb7": "吉"}
_NO_SUBSTITUTE = "●"
_FULL_WIDTH = frozenset("－～∥￠￡￢")  # JIS X 0208 has them; Python's codec maps them to other code points


@functools.lru_cache(maxsize=128)
def sign_certificate(
    issuer: CertificateIssuer, key: RsaKey, specimen_id: str, expires_on: str, person: SpecimenPerson
) -> bytes:
    """署名用証明書 in DER, with 基本4情報 of the person as SubjectAltName in the order observed."""
    name, name_flags = substituted(person.name)
    address, address_flags = substituted(person.address)
    entries = {
        1: name,
        4: era_birth_date(person.birth_date),
        3: _SEXES.get(person.sex, _UNKNOWN_SEX),
        5: address,
        2: name_flags,
        6: address_flags,
    }
    facts = x509.SubjectAlternativeName(
        [
            x509.OtherName(ObjectIdentifier(f"{_SAN_ARC}{number}"), build(_UTF8_STRING, text.encode()))
            for number, text in entries.items()
        ]
    )
    builder = _builder(issuer, key, specimen_id, expires_on, "A", _SIGN_POLICY)
    return _signed(builder.add_extension(facts, critical=False), issuer)


@functools.lru_cache(maxsize=128)
def auth_certificate(issuer: CertificateIssuer, key: RsaKey, specimen_id: str, expires_on: str) -> bytes:
    """利用者証明用証明書 in DER; it says nothing of the person."""
    return _signed(_builder(issuer, key, specimen_id, expires_on, "B", _AUTH_POLICY), issuer)


def substituted(text: str) -> tuple[str, str]:
    """The text with 代替文字, and one flag per character of it: 1 where one stands.

    A variation selector goes with the character before it.
    """
    characters: list[str] = []
    flags: list[str] = []
    for character in text:
        if "\U000e0100" <= character <= "\U000e01ef":
            if flags:
                flags[-1] = "1"
        elif _is_in_jis(character):
            characters.append(character)
            flags.append("0")
        else:
            characters.append(_SUBSTITUTES.get(character, _NO_SUBSTITUTE))
            flags.append("1")
    return "".join(characters), "".join(flags)


def _is_in_jis(character: str) -> bool:
    try:
        character.encode("euc_jp")  # JIS X 0201, 0208 and 0212
    except UnicodeEncodeError:
        return character in _FULL_WIDTH
    return True


def era_birth_date(birth_date: str) -> str:
    """EYYYYMMDD: the era (1 明治 to 5 令和, 0 unknown) before the date; the year stays western."""
    era = next((number for start, number in _ERAS if birth_date >= start), "0")
    return era + birth_date


def _builder(
    issuer: CertificateIssuer, key: RsaKey, specimen_id: str, expires_on: str, use: str, policy: str
) -> x509.CertificateBuilder:
    ca = x509.load_der_x509_certificate(issuer.certificate)
    drawn = hashlib.sha256(f"{specimen_id} {use}".encode()).digest()
    day = dt.datetime.strptime(expires_on, "%Y%m%d").replace(tzinfo=_JAPAN)
    public_key = rsa.RSAPublicNumbers(PUBLIC_EXPONENT, key.modulus).public_key()
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False
    )
    return (
        x509.CertificateBuilder()
        .issuer_name(ca.subject)
        .subject_name(_subject(drawn, use))
        .public_key(public_key)
        .serial_number(int.from_bytes(drawn[:4]) | 1)
        .not_valid_before(_ISSUED_AT)
        .not_valid_after(day.replace(hour=23, minute=59, second=59))
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=use == "A",
                encipher_only=False,
                decipher_only=False,
                **usage,
            ),
            critical=True,
        )
        .add_extension(
            x509.CertificatePolicies([x509.PolicyInformation(ObjectIdentifier(policy), [_STATEMENT])]),
            critical=True,
        )
        .add_extension(
            x509.IssuerAlternativeName(
                [x509.DirectoryName(_name(NameOID.ORGANIZATION_NAME, "公的個人認証サービス 見本"))]
            ),
            critical=False,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(
                ca.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
            ),
            critical=False,
        )
    )


def _subject(drawn: bytes, use: str) -> x509.Name:
    return _name(NameOID.COMMON_NAME, f"MIHON{int.from_bytes(drawn) % 10**16:016}{use}")


def _name(oid: ObjectIdentifier, text: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"), x509.NameAttribute(oid, text)],
    )


def _signed(builder: x509.CertificateBuilder, issuer: CertificateIssuer) -> bytes:
    return builder.sign(_private_key(issuer.issuer), hashes.SHA256()).public_bytes(serialization.Encoding.DER)


@functools.cache
def _private_key(key: RsaKey) -> rsa.RSAPrivateKey:
    d = key.private_exponent
    return rsa.RSAPrivateNumbers(
        p=key.p,
        q=key.q,
        d=d,
        dmp1=rsa.rsa_crt_dmp1(d, key.p),
        dmq1=rsa.rsa_crt_dmq1(d, key.q),
        iqmp=rsa.rsa_crt_iqmp(key.p, key.q),
        public_numbers=rsa.RSAPublicNumbers(PUBLIC_EXPONENT, key.modulus),
    ).private_key()
