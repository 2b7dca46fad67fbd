"""Where things lie on 個人番号カード: application ids, file ids and tags.

No specification of these is public. Grade of every constant here, unless a line says otherwise: observed in
soltia48/myna-card (dumps of an official test card), jpki/myna and hebingchang/pymyna, which agree.
"""

INPUT_SUPPORT_AID = bytes.fromhex("D3921000310001010408")  # 券面事項入力補助AP
SURFACE_CHECK_AID = bytes.fromhex("D3921000310001010402")  # 券面事項確認AP
JUKI_AID = bytes.fromhex("D3921000310001010401")  # 住基AP
COMMON_CARD_AID = bytes.fromhex("D3921000310001010100")  # 共通カードAP
JPKI_AID = bytes.fromhex("D392F000260100000001")  # 公的個人認証AP, also in OpenSC card-jpki.c

# 券面事項入力補助AP. The low five bits of a file id are its short id (SFI).
MY_NUMBER_FILE = 0x0001
BASIC_FOUR_FILE = 0x0002
DIGESTS_FILE = 0x0003  # digests of 0001 and 0002, and a signature over them
TEXT_CERTIFICATE_FILE = 0x0004  # CV certificate of the key that signed 0003; free
AP_INFORMATION_FILE = 0x0005
TEXT_SESSION_KEY_FILE = 0x0006  # public key for secure messaging, which is not used here
TEXT_CARD_KEY_FILE = 0x0007  # the card's own public key and a signature over it
INPUT_SUPPORT_PIN_FILE = 0x0011  # 券面事項入力補助用暗証番号, 4 digits, 3 tries
BLOCKED_KEY_FILE = 0x0012  # answers 63C0 on every card seen
TEXT_CARD_SIGNING_KEY_FILE = 0x0013
COLLATION_A_FILE = 0x0014  # 照合番号A
COLLATION_B_FILE = 0x0015  # 照合番号B

MY_NUMBER_TAG = 0xFF10
BASIC_FOUR_TAG = 0xFF20
OFFSETS_TAG = 0xDF21
NAME_TAG = 0xDF22
ADDRESS_TAG = 0xDF23
BIRTH_DATE_TAG = 0xDF24
SEX_TAG = 0xDF25

DIGESTS_TAG = 0xFF30
MY_NUMBER_DIGEST_TAG = 0xDF31
BASIC_FOUR_DIGEST_TAG = 0xDF32
DIGESTS_SIGNATURE_TAG = 0xDF33
CV_CERTIFICATE_TAG = 0x7F21
TEXT_CARD_KEY_TAG = 0xFF50
CARD_KEY_TAG = 0xDF51
CARD_KEY_SIGNATURE_TAG = 0xDF52

# 券面事項確認AP
AGE_FILE = 0x0001  # opened by 生年月日; not read here
SURFACE_FILE = 0x0002  # 券面: opened by 照合番号A or B
SURFACE_INFORMATION_FILE = 0x0003
SURFACE_CERTIFICATE_FILE = 0x0004
MY_NUMBER_IMAGE_FILE = 0x0005  # opened by 照合番号A alone; not read here
BIRTH_DATE_KEY_FILE = 0x0011
SURFACE_COLLATION_B_FILE = 0x0012
SURFACE_COLLATION_A_FILE = 0x0013
SURFACE_CARD_SIGNING_KEY_FILE = 0x001A

SURFACE_TAG = 0xFF20
SURFACE_OFFSETS_TAG = 0xDF21
SURFACE_BIRTH_DATE_TAG = 0xDF22
SURFACE_SEX_TAG = 0xDF23
SURFACE_CARD_KEY_TAG = 0xDF24
NAME_IMAGE_TAG = 0xDF25
ADDRESS_IMAGE_TAG = 0xDF26
PHOTO_TAG = 0xDF27
SURFACE_SIGNATURE_TAG = 0xDF28
EXPIRY_TAG = 0xDF29  # not covered by the signature
SECURITY_CODE_IMAGE_TAG = 0xDF2A  # not covered by the signature

# 共通カードAP, 住基AP
CARD_DATA_FILE = 0x0001  # record 1: serial, 市区町村コード, 有効期限
COMMON_PIN_FILE = 0x001C
JUKI_PIN_FILE = 0x001C

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
