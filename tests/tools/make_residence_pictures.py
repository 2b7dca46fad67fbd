"""Draws the pictures of virtual 在留カード into resources/simulator/residence: nobody was photographed.

Run: `python tests/tools/make_residence_pictures.py FONT.ttf resources/simulator/residence`, with any Japanese
font. Card faces, names and addresses become TIFF with MMR (1 bit), photos JPEG 2000, as small as cards want.
"""

import dataclasses
import io
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

CARD_FACE = (674, 425)
LINE = (674, 60)
PHOTO = (144, 192)
FACE_BYTES, PHOTO_BYTES, LINE_BYTES = 7000, 3000, 2500
LABELS = ("氏名", "生年月日", "性別", "国籍・地域", "住居地", "在留資格", "在留期間(満了日)", "有効期間")


@dataclasses.dataclass(frozen=True)
class Look:
    """How a drawn person looks."""

    skin: tuple
    hair: tuple
    shirt: tuple
    has_long_hair: bool


LOOKS = {
    "an": Look((224, 184, 150), (30, 26, 24), (70, 90, 140), has_long_hair=False),
    "elena": Look((240, 204, 176), (96, 60, 36), (150, 60, 70), has_long_hair=True),
    "anita": Look((196, 150, 116), (24, 20, 20), (60, 120, 90), has_long_hair=True),
    "haneul": Look((236, 200, 170), (40, 34, 32), (90, 90, 96), has_long_hair=False),
    "robert": Look((244, 212, 190), (170, 130, 70), (50, 70, 60), has_long_hair=False),
}
FACES = {
    "an": (
        "在留カード 見本",
        "AB12345678CD",
        "NGUYEN VAN MIHON AN",
        "1995年06月15日",
        "男 M.",
        "ベトナム",
        "群馬県邑楽郡大泉町架空一丁目1番1号",
        "技術・人文知識・国際業務",
        "5年(2029年06月15日)",
        "2029年06月15日",
    ),
    "elena": (
        "在留カード 見本",
        "CD23456789EF",
        "MARTINEZ MIHON ELENA",
        "1988年11月03日",
        "女 F.",
        "ペルー",
        "群馬県邑楽郡大泉町架空二丁目20番地3",
        "永住者",
        "無期限",
        "2030年11月03日",
    ),
    "haneul": (
        "特別永住者証明書 見本",
        "GH45678901JK",
        "金 見本 (KIM MIHON)",
        "1972年02月09日",
        "男 M.",
        "韓国",
        "大阪府大阪市生野区架空町四丁目5番6号",
        "特別永住者",
        "",
        "2031年02月09日",
    ),
    "robert": (
        "在留カード 見本",
        "JK56789012LM",
        "SMITH MIHON ROBERT",
        "1990年08月21日",
        "男 M.",
        "英国",
        "群馬県邑楽郡大泉町架空五丁目5番地",
        "教育",
        "3年(2028年08月21日)",
        "2028年08月21日",
    ),
}
LINES = {
    "anita-name": "SHRESTHA MIHON ANITA",
    "anita-address": "群馬県邑楽郡大泉町架空三丁目３番３号",
    "haneul-name": "金 見本  KIM MIHON",
    "haneul-address": "大阪府大阪市生野区架空町四丁目５番６号",
}


def card_face(texts, font_path):
    image = Image.new("1", CARD_FACE, 1)
    draw = ImageDraw.Draw(image)
    title, number, *values = texts
    draw.rectangle((0, 0, CARD_FACE[0] - 1, CARD_FACE[1] - 1), outline=0)
    draw.text((16, 10), title, font=ImageFont.truetype(font_path, 24), fill=0)
    draw.text((490, 14), number, font=ImageFont.truetype(font_path, 20), fill=0)
    for row, (label, value) in enumerate(zip(LABELS, values, strict=True)):
        top = 56 + row * 44
        draw.text((16, top + 6), label, font=ImageFont.truetype(font_path, 14), fill=0)
        draw.text((150, top), value, font=ImageFont.truetype(font_path, 22), fill=0)
    return image


def line(text, font_path):
    image = Image.new("1", LINE, 1)
    ImageDraw.Draw(image).text((8, 12), text, font=ImageFont.truetype(font_path, 32), fill=0)
    return image


def photo(look):
    image = Image.new("RGB", PHOTO, (214, 224, 234))
    draw = ImageDraw.Draw(image)
    draw.ellipse((14, 138, 130, 250), fill=look.shirt)
    if look.has_long_hair:
        draw.rounded_rectangle((30, 36, 114, 150), 34, fill=look.hair)
    draw.rectangle((60, 118, 84, 146), fill=look.skin)
    draw.ellipse((34, 26, 110, 110), fill=look.hair)
    draw.ellipse((40, 42, 104, 130), fill=look.skin)
    draw.pieslice((38, 26, 106, 86), 180, 360, fill=look.hair)
    for x in (58, 86):
        draw.ellipse((x - 5, 78, x + 5, 85), fill=(255, 255, 255))
        draw.ellipse((x - 3, 78, x + 3, 85), fill=(40, 30, 24))
    draw.line((72, 86, 69, 99, 75, 99), fill=(150, 110, 90), width=2)
    draw.arc((60, 100, 84, 114), 20, 160, fill=(150, 70, 70), width=2)
    return image


def as_tiff(image, at_most):
    buffer = io.BytesIO()
    image.save(buffer, "TIFF", compression="group4")
    data = buffer.getvalue()
    if len(data) > at_most:
        raise ValueError(f"{len(data)} bytes, more than {at_most}")
    return data


def as_jpeg_2000(image, at_most):
    for rate in range(20, 200, 2):
        buffer = io.BytesIO()
        image.save(buffer, "JPEG2000", quality_mode="rates", quality_layers=[rate], irreversible=True)
        if len(buffer.getvalue()) <= at_most:
            return buffer.getvalue()
    raise ValueError(f"no rate gives {at_most} bytes")


def main():
    font_path, folder = sys.argv[1], Path(sys.argv[2])
    for name, texts in FACES.items():
        (folder / f"{name}-face.tif").write_bytes(as_tiff(card_face(texts, font_path), FACE_BYTES))
    for name, text in LINES.items():
        (folder / f"{name}.tif").write_bytes(as_tiff(line(text, font_path), LINE_BYTES))
    for name, look in LOOKS.items():
        # The 1st generation's photo is grey here, to have both kinds.
        image = photo(look) if name in ("anita", "haneul") else photo(look).convert("L")
        (folder / f"{name}-photo.jp2").write_bytes(as_jpeg_2000(image, PHOTO_BYTES))


if __name__ == "__main__":
    main()
