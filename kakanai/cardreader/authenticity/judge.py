"""The judgement 判定: all checks of one reading, and the one word they come to."""

import datetime as dt

from kakanai.cardreader.authenticity.certificates import check_certificates
from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.cardreader.authenticity.surface_proof import check_surface
from kakanai.cardreader.authenticity.text_proof import check_text
from kakanai.cardreader.authenticity.verdict import Authenticity, Check, CheckResult, verdict_of
from kakanai.cardreader.mynumber.proof import CardProof


def judge(proof: CardProof, issuers: IssuerTable, on: dt.date) -> Authenticity:
    """The verdict on a 個人番号カード; `on` is the day in Japan its certificates must be valid.

    Any mismatch is 不一致: a wrong signature, a file that cannot be parsed, a chip that does not answer.
    Else, if the key that issued the CV certificates is not known, 発行者鍵なし; else, if it is a test key,
    試験用CA; else 検証済. A CA of 公的個人認証サービス that we do not know is told by its check alone, for
    the card's own data do not hang on it; so are certificates out of date. 失効 is never looked at.

    Raises nothing: what cannot be parsed is a mismatch.
    """
    checks, issuer = check_text(proof.text, issuers)
    if proof.surface is None:
        surface: tuple[Check, ...] = (Check("surface_face", CheckResult.NOT_DONE, "not-read"),)
    else:
        surface = check_surface(proof.surface, proof.text.basic_four, issuers)
    if proof.certificates is None:
        certificates: tuple[Check, ...] = (Check("auth_certificate", CheckResult.NOT_DONE, "not-read"),)
    else:
        certificates = check_certificates(proof.certificates, issuers, on)
    deciding = tuple(one for one in certificates if one.result is not CheckResult.NO_ISSUER_KEY)
    return Authenticity(
        verdict=verdict_of((*checks, *surface, *deciding)),
        checks=(*checks, *surface, *certificates),
        issuer=None if issuer is None else issuer.label,
    )
