import pytest

from kakanai.cardreader.reader_names import ReaderKind, reader_identity, reader_kind

CONTACTLESS, CONTACT, DUAL = ReaderKind.CONTACTLESS, ReaderKind.CONTACT, ReaderKind.DUAL
IGNORED, SIMULATED, UNKNOWN = ReaderKind.IGNORED, ReaderKind.SIMULATED, ReaderKind.UNKNOWN


@pytest.mark.parametrize(
    ("name", "identity", "kind"),
    [
        ("SONY FeliCa RC-S300/S (1234567) 00 00", "SONY FeliCa RC-S300/S (1234567)", CONTACTLESS),
        ("SONY FeliCa RC-S300/P 0B 00", "SONY FeliCa RC-S300/P", CONTACTLESS),
        ("SONY RC-S660/U 00 00", "SONY RC-S660/U", CONTACTLESS),
        ("Sony FeliCa Port/PaSoRi 3.0 0", "Sony FeliCa Port/PaSoRi 3.0", CONTACTLESS),
        ("FeliCa Port/PaSoRi 4.0 1", "FeliCa Port/PaSoRi 4.0", CONTACTLESS),
        ("Sony FeliCa Port/PaSoRi 2.0 0", "Sony FeliCa Port/PaSoRi 2.0", CONTACTLESS),
        (
            "ACS ACR1251 CL Reader [ACR1251 CL Reader PICC] 00 00",
            "ACS ACR1251 CL Reader [ACR1251 CL Reader PICC]",
            CONTACTLESS,
        ),
        (
            "ACS ACR1251 CL Reader [ACR1251 CL Reader SAM] 01 00",
            "ACS ACR1251 CL Reader [ACR1251 CL Reader SAM]",
            IGNORED,
        ),
        (
            "ACS ACR1251 Dual Reader [ACR1251 Dual Reader PICC] 00 00",
            "ACS ACR1251 Dual Reader [ACR1251 Dual Reader PICC]",
            CONTACTLESS,
        ),
        ("ACS ACR1251 1S CL Reader SAM 0", "ACS ACR1251 1S CL Reader SAM", IGNORED),
        ("ACS ACR1281 1S Dual Reader ICC 0", "ACS ACR1281 1S Dual Reader ICC", CONTACT),
        ("ACS ACR1251DI Reader 0", "ACS ACR1251DI Reader", DUAL),
        (
            "SCM Microsystems Inc. SCR 3310 [CCID Interface] (21120000000000) 00 00",
            "SCM Microsystems Inc. SCR 3310 [CCID Interface] (21120000000000)",
            CONTACT,
        ),
        ("SCM Microsystems Inc. SCR3310-NTTCom USB 0", "SCM Microsystems Inc. SCR3310-NTTCom USB", CONTACT),
        ("I-O DATA USB-NFC4S 0", "I-O DATA USB-NFC4S", CONTACTLESS),
        ("Gemalto IDBridge CL3000 00 00", "Gemalto IDBridge CL3000", CONTACTLESS),
        (
            "Gemalto Prox Dual USB PC Link Reader (5503) 00 01",
            "Gemalto Prox Dual USB PC Link Reader (5503)",
            DUAL,
        ),
        ("Gemalto Prox-DU Contact_12400071 0", "Gemalto Prox-DU Contact_12400071", CONTACT),
        ("Gemalto Prox-DU Contactless_12400071 0", "Gemalto Prox-DU Contactless_12400071", CONTACTLESS),
        (
            "HID Global OMNIKEY 5022 Smart Card Reader 00 00",
            "HID Global OMNIKEY 5022 Smart Card Reader",
            CONTACTLESS,
        ),
        (
            "HID Global OMNIKEY 5422 Smartcard Reader [OMNIKEY 5422 Smartcard Reader] 00 00",
            "HID Global OMNIKEY 5422 Smartcard Reader [OMNIKEY 5422 Smartcard Reader]",
            DUAL,
        ),
        (
            "HID Global OMNIKEY 5422 Smartcard Reader [OMNIKEY 5422CL Smartcard Reader] 01 00",
            "HID Global OMNIKEY 5422 Smartcard Reader [OMNIKEY 5422CL Smartcard Reader]",
            CONTACTLESS,
        ),
        (
            "Identiv uTrust 3700 F CL Reader [uTrust 3700 F CL Reader] (53691319200262) 00 00",
            "Identiv uTrust 3700 F CL Reader [uTrust 3700 F CL Reader] (53691319200262)",
            CONTACTLESS,
        ),
        (
            "Identiv uTrust 4701 F Dual Interface Reader [uTrust 4701 F Contact Reader] (5) 00 00",
            "Identiv uTrust 4701 F Dual Interface Reader [uTrust 4701 F Contact Reader] (5)",
            CONTACT,
        ),
        (
            "Identiv uTrust 4701 F Dual Interface Reader [uTrust 4701 F CL Reader] (5) 01 00",
            "Identiv uTrust 4701 F Dual Interface Reader [uTrust 4701 F CL Reader] (5)",
            CONTACTLESS,
        ),
        ("Alcor Micro AU9540 00 00", "Alcor Micro AU9540", CONTACT),
        ("Windows Hello for Business 1", "Windows Hello for Business", IGNORED),
        ("Microsoft Virtual Smart Card 0", "Microsoft Virtual Smart Card", IGNORED),
        ("Microsoft UICC ISO Reader 8fe1a5ab 0", "Microsoft UICC ISO Reader 8fe1a5ab", IGNORED),
        ("Yubico YubiKey OTP+FIDO+CCID 00 00", "Yubico YubiKey OTP+FIDO+CCID", IGNORED),
        ("Virtual PCD 00 01", "Virtual PCD", SIMULATED),
        ("Samsung Reader 0", "Samsung Reader", UNKNOWN),
        ("CLEAR Vision Contactor 0", "CLEAR Vision Contactor", UNKNOWN),
        ("specimen:tanaka-01", "specimen:tanaka-01", UNKNOWN),
        ("", "", UNKNOWN),
    ],
)
def test_names_of_readers(name, identity, kind):
    assert reader_identity(name) == identity
    assert reader_kind(name) is kind


def test_a_model_number_is_no_index():
    for name in ("SCM Microsystems Inc. SCR 3310", "HID Global OMNIKEY 5022", "00", " 0"):
        assert reader_identity(name) == name
