"""A reading taken apart: each part with the places on the card it comes from, to compare with the truth."""

import dataclasses
from typing import Any

from kakanai.cardreader.driver_licence.changes import ChangeKind
from kakanai.cardreader.driver_licence.mynumber_licence import MyNumberLicenceReading
from kakanai.cardreader.driver_licence.readings import LicenceReading, LicenceSignature
from kakanai.cardreader.mynumber.common_card import CommonReading
from kakanai.cardreader.mynumber.proof import CertificateProof, SurfaceProof, TextProof
from kakanai.cardreader.mynumber.readings import MyNumberCardReading, MyNumberReading
from kakanai.cardreader.mynumber.surface_reading import SurfaceReading
from kakanai.cardreader.mynumber.token_information import CertificatePresence, TokenInformation
from kakanai.cardreader.residence_card.readings import ResidenceCardReading


@dataclasses.dataclass(frozen=True)
class Part:
    """A value, and the places (beginnings of them will do) whose content it is made of."""

    value: Any
    places: tuple[str, ...]


def parts_of(told: object) -> dict[str, Part]:
    """Every part of a reading that is there, by name; of two readings equal parts have equal names."""
    parts = _PARTS[type(told)](told) if type(told) in _PARTS else {}
    return {name: Part(value, tuple(places)) for name, (value, *places) in parts.items() if value is not None}


Parts = dict[str, tuple[Any, ...]]


def _card(told: MyNumberCardReading) -> Parts:
    parts: Parts = {"basic_four": (told.basic_four, "text/0002"), "common": (told.common, "common/0001")}
    for one in (told.my_number, told.surface):
        parts |= _PARTS[type(one)](one) if one is not None else {}
    proof = told.proof
    if proof is not None:
        parts |= _text_proof(proof.text)
        parts |= _surface_proof(proof.surface) if proof.surface is not None else {}
    return parts


def _number(told: MyNumberReading) -> Parts:
    return {"my_number": ((told.digits, told.file), "text/0001")}


def _surface(told: SurfaceReading) -> Parts:
    parts = _surface_proof(told.proof) if told.proof is not None else {}
    return parts | {"surface": (dataclasses.replace(told, proof=None), "surface/0002")}


def _text_proof(told: TextProof) -> Parts:
    return {
        "text_proof_basic_four": (told.basic_four, "text/0002"),
        "text_proof_my_number": (told.my_number, "text/0001"),
        "text_proof_digests": (told.digests, "text/0003"),
        "text_proof_certificate": (told.certificate, "text/0004"),
        "text_proof_card_key": (told.card_key, "text/0007"),
    }


def _surface_proof(told: SurfaceProof) -> Parts:
    return {
        "surface_proof_face": (told.surface, "surface/0002"),
        "surface_proof_certificate": (told.certificate, "surface/0004"),
    }


def _certificates(told: CertificateProof) -> Parts:
    return {
        "auth": (told.auth, "jpki/000A"),
        "auth_ca": (told.auth_ca, "jpki/000B"),
        "sign": (told.sign, "jpki/0001"),
        "sign_ca": (told.sign_ca, "jpki/0002"),
    }


def _licence(told: LicenceReading) -> Parts:
    now = (told.name, told.kana, told.address, told.committee)
    domicile = (told.registered_domicile, told.domicile_on_face)
    of_domicile = tuple(entry for entry in told.changes if entry.kind is ChangeKind.DOMICILE)
    others = tuple(entry for entry in told.changes if entry.kind is not ChangeKind.DOMICILE)
    return {
        "face": (told.face, "DF1/0001"),
        "changes": (others or None, "DF1/0004", "DF1/0006"),
        "domicile_changes": (of_domicile or None, "DF1/0004", "DF1/0006"),
        "now": (now, "DF1/0001", "DF1/0004", "DF1/0006"),
        "domicile": (domicile if any(domicile) else None, "DF1/0002", "DF1/0006"),
        **{f"gaiji_{one.number}": (one.bitmap, "DF1/") for one in told.gaiji},
        "photo": (told.photo, "DF2/0001"),
    }


def _mynumber_licence(told: MyNumberLicenceReading) -> Parts:
    constant = dataclasses.replace(told, attempts_before=0, exchanges=0)
    return {"mynumber_licence": (constant, "mynumber_licence/")}


def _residence(told: ResidenceCardReading) -> Parts:
    kind = (told.generation, told.is_special_permanent, told.specification)
    parts: Parts = {"type": (kind, "MF/")}
    for folder in ("DF1", "DF2", "DF3"):
        values = {name: value for name, value in told.values.items() if name.startswith(folder)}
        parts[f"values_{folder}"] = (values or None, f"{folder}/")
    # The facts are made of those values by the type of card; compared whole, as a wrong step may mix them.
    facts = dataclasses.replace(told, values={}, exchanges=0)
    return parts | {"facts": (facts, "MF/", "DF1/", "DF2/", "DF3/")}


_PARTS: dict[type, Any] = {
    MyNumberCardReading: _card,
    MyNumberReading: _number,
    SurfaceReading: _surface,
    CommonReading: lambda told: {"common": (told, "common/0001")},
    CertificateProof: _certificates,
    TokenInformation: lambda told: {"token": (told, "jpki/0006")},
    CertificatePresence: lambda told: {"presence": (told, "jpki/0008")},
    bytes: lambda told: {"signature": (told, "jpki/sign")},
    LicenceReading: _licence,
    LicenceSignature: lambda told: {"signature_file": (told, "DF1/0007")},
    MyNumberLicenceReading: _mynumber_licence,
    ResidenceCardReading: _residence,
}
