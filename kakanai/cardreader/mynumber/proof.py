"""What a 個人番号カード gave to judge it by 検証材料: files and answers to a challenge, byte for byte."""

import dataclasses


@dataclasses.dataclass(frozen=True, repr=False)
class Challenge:
    """A fresh random `challenge` 乱数 and the card's answer to SHA-256 of it; None: the card gave none."""

    challenge: bytes
    signature: bytes | None


@dataclasses.dataclass(frozen=True, repr=False)
class TextProof:
    """券面事項入力補助AP: whole files, None where the card has none or did not give it.

    `my_number` is EF 0001 with its filler (17 bytes), None also when it was not asked for; `basic_four` EF
    0002, `digests` EF 0003, `certificate` EF 0004, `card_key` EF 0007. `withheld` are those of them that the
    card did not give for 照合番号B (SW 6982): sources differ on what it opens. `repr` is masked.
    """

    basic_four: bytes
    my_number: bytes | None
    digests: bytes | None
    certificate: bytes | None
    card_key: bytes | None
    challenge: Challenge
    withheld: frozenset[int] = frozenset()

    def __repr__(self) -> str:
        return "TextProof(****)"


@dataclasses.dataclass(frozen=True, repr=False)
class SurfaceProof:
    """券面事項確認AP: EF 0002 `surface`, EF 0004 `certificate`. `repr` is masked."""

    surface: bytes
    certificate: bytes | None
    challenge: Challenge

    def __repr__(self) -> str:
        return "SurfaceProof(****)"


@dataclasses.dataclass(frozen=True, repr=False)
class CertificateProof:
    """公的個人認証AP: certificates in DER, None where the card has none; `sign` needs its PIN, so seldom."""

    auth: bytes | None = None
    auth_ca: bytes | None = None
    sign: bytes | None = None
    sign_ca: bytes | None = None

    def __repr__(self) -> str:
        return "CertificateProof(****)"


@dataclasses.dataclass(frozen=True, repr=False)
class CardProof:
    """All of one reading; None is a part that was not read."""

    text: TextProof
    surface: SurfaceProof | None = None
    certificates: CertificateProof | None = None

    def __repr__(self) -> str:
        return "CardProof(****)"
