"""公的個人認証 in a session: certificates and signatures, each PIN presented once per call."""

from kakanai.cardreader.mynumber.errors import CertificatesMissingError
from kakanai.cardreader.mynumber.files import AUTH_KEY_FILE, JPKI_AID, SIGN_KEY_FILE
from kakanai.cardreader.mynumber.jpki import JpkiAp
from kakanai.cardreader.mynumber.key_tries import KeyTries
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.proof import CertificateProof
from kakanai.cardreader.mynumber.sign_pin import SignPin
from kakanai.cardreader.mynumber.token_information import CertificatePresence, TokenInformation
from kakanai.cardreader.mynumber.visit import CardVisit


class JpkiVisit:
    """What 公的個人認証AP does in a session, `MyNumberCardSession.jpki`.

    Every method selects the AP, after which the card has forgotten the PIN of 券面事項入力補助AP. All raise
    CertificatesMissingError when there is no such AP, and end the session when an answer was lost.
    """

    def __init__(self, visit: CardVisit) -> None:
        self._visit = visit
        self._application = JpkiAp(visit.files)

    def read_token_information(self) -> TokenInformation:
        """What the token says of itself.

        Raises:
            CardDataError: the file is not what it should be.
        """
        with self._visit.exchanging():
            self._select()
            return self._application.read_token_information()

    def read_certificate_presence(self) -> CertificatePresence:
        """Which certificates the card bears; a child under 15 has no 署名用 one.

        Raises:
            CardDataError: the file is not what it should be.
        """
        with self._visit.exchanging():
            self._select()
            return self._application.read_certificate_presence()

    def read_certificates(self, pin: SignPin | None = None) -> CertificateProof:
        """利用者証明用証明書 and its CA's; with the 署名用暗証番号 also the 署名用 ones. None: not there.

        Raises:
            WrongPinError, PinLockedError, PinStateUnknownError: as MyNumberCardSession.read.
            PinRequiredError: the card forgot the PIN at once (SW 6982).
        """
        with self._visit.exchanging():
            self._select()
            if pin is not None:
                self._present(self._application.sign_pin, pin)
            return self._application.read_certificates(with_sign=pin is not None)

    def sign(self, pin: SignPin, digest_info: bytes) -> bytes:
        """PKCS #1 v1.5 signature of 256 bytes by the 署名用 key, over a DER DigestInfo of 1 to 245 bytes.

        Raises:
            WrongPinError, PinLockedError, PinStateUnknownError: as MyNumberCardSession.read.
            CertificatesMissingError: the card has no such key.
            CardStatusError: the card refuses to sign.
        """
        with self._visit.exchanging():
            self._select()
            self._present(self._application.sign_pin, pin)
            return self._application.sign(SIGN_KEY_FILE, digest_info, self._application.sign_pin.key)

    def sign_for_authentication(self, pin: Pin, digest_info: bytes) -> bytes:
        """The same by the 利用者証明用 key, with the 利用者証明用暗証番号."""
        with self._visit.exchanging():
            self._select()
            self._present(self._application.auth_pin, pin)
            return self._application.sign(AUTH_KEY_FILE, digest_info, self._application.auth_pin.key)

    def sign_attempts(self) -> int:
        """Tries left of 署名用暗証番号, read anew; 0 for locked."""
        with self._visit.exchanging():
            self._select()
            return self._application.sign_pin.ask()

    def auth_attempts(self) -> int:
        """Tries left of 利用者証明用暗証番号, read anew; 0 for locked."""
        with self._visit.exchanging():
            self._select()
            return self._application.auth_pin.ask()

    def _select(self) -> None:
        if not self._visit.select(JPKI_AID):
            raise CertificatesMissingError

    def _present(self, tries: KeyTries, pin: Pin | SignPin) -> None:
        tries.before_try()
        self._visit.present(tries, pin.as_ascii())
