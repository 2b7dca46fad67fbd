"""Where things lie on 個人番号カード: application ids, file ids and tags.

No specification of these is public. Grade of every constant here: observed in soltia48/myna-card (dumps of
an official test card), jpki/myna and hebingchang/pymyna, which agree.
"""

INPUT_SUPPORT_AID = bytes.fromhex("D3921000310001010408")  # 券面事項入力補助AP
JPKI_AID = bytes.fromhex("D392F000260100000001")  # 公的個人認証AP, also in OpenSC card-jpki.c

# 券面事項入力補助AP. The low five bits of a file id are its short id (SFI).
MY_NUMBER_FILE = 0x0001
BASIC_FOUR_FILE = 0x0002
AP_INFORMATION_FILE = 0x0005
INPUT_SUPPORT_PIN_FILE = 0x0011  # 券面事項入力補助用暗証番号, 4 digits, 3 tries
BLOCKED_KEY_FILE = 0x0012  # answers 63C0 on every card seen
COLLATION_A_FILE = 0x0014  # 照合番号A
COLLATION_B_FILE = 0x0015  # 照合番号B

MY_NUMBER_TAG = 0xFF10
BASIC_FOUR_TAG = 0xFF20
OFFSETS_TAG = 0xDF21
NAME_TAG = 0xDF22
ADDRESS_TAG = 0xDF23
BIRTH_DATE_TAG = 0xDF24
SEX_TAG = 0xDF25

# 公的個人認証AP
SIGN_CERTIFICATE_FILE = 0x0001  # 署名用証明書
SIGN_CA_CERTIFICATE_FILE = 0x0002
TOKEN_INFORMATION_FILE = 0x0006
CERTIFICATE_PRESENCE_FILE = 0x0008
AUTH_CERTIFICATE_FILE = 0x000A  # 利用者証明用証明書
AUTH_CA_CERTIFICATE_FILE = 0x000B
AUTH_KEY_FILE = 0x0017
AUTH_PIN_FILE = 0x0018
SIGN_KEY_FILE = 0x001A
SIGN_PIN_FILE = 0x001B
