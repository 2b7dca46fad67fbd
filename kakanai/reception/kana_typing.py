"""What a clerk types into a field for フリガナ becomes full-width katakana while it is being typed.

Only for readings typed by hand: never for a name or an address, and never for anything a card says.
"""

from typing import Final

_VOICELESS: Final = "カキクケコサシスセソタチツテトハヒフヘホウワヲ"
_VOICED: Final = "ガギグゲゴザジズゼゾダヂヅデドバビブベボヴヷヺ"
_HALF_VOICED: Final = dict(zip("ハヒフヘホ", "パピプペポ", strict=True))
_HALF_WIDTH: Final = "ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ･"
_FULL_WIDTH: Final = (
    "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテト"
    "ナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン・"
)
_KANA: Final = str.maketrans(
    {code: chr(code + 0x60) for code in range(0x3041, 0x3097)}
    | {ord(half): full for half, full in zip(_HALF_WIDTH, _FULL_WIDTH, strict=True)}
    | {0x309D: "ヽ", 0x309E: "ヾ"}
)
_MARKED: Final = (
    {f"{base}ﾞ": voiced for base, voiced in zip(_VOICELESS, _VOICED, strict=True)}
    | {f"{base}ﾟ": voiced for base, voiced in _HALF_VOICED.items()}
    | {f"{base}゛": voiced for base, voiced in zip(_VOICELESS, _VOICED, strict=True)}
    | {f"{base}゜": voiced for base, voiced in _HALF_VOICED.items()}
)


def typed_as_katakana(text: str) -> str:
    """The text with hiragana and half-width katakana as full-width katakana; all else stays as typed.

    A mark of voice behind a letter that bears it becomes one with it (`ｶﾞ` is `ガ`), as half-width keyboards
    send the two apart.
    """
    katakana = text.translate(_KANA)
    for apart, voiced in _MARKED.items():
        katakana = katakana.replace(apart, voiced)
    return katakana
