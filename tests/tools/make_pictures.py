"""Draws resources/simulator/pictures: faces (JPEG 2000) and a card's texts (PNG) for every specimen.

`python -m tests.tools.make_pictures resources/simulator [FONT]`; FONT is IPAmj明朝 (ipamjm.ttf), which has
the glyphs of variation selectors. Run it again whenever a specimen of 個人番号カード is added. Nobody real is
drawn. Twice the size observed in libjeid's dummy data (氏名 216x12, 住所 288x24, 個人番号 72x12), at 192 dpi.
"""

import json
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf"
DPI = (192, 192)
FACE = (192, 240)
FACE_BYTES_MAX = 4000
LINE = 24  # twice the dummy data's 12 dots, which are too few for a 邊
WIDE = 24 * 24
FACES = {
    # hair, hair shape, skin, glasses, mouth curve, cloth
    "face-a": (40, "short", 208, False, 6, 90),
    "face-b": (60, "long", 220, False, 10, 150),
    "face-c": (150, "short", 200, True, 4, 60),
    "face-d": (30, "bun", 214, True, 8, 120),
    "face-e": (90, "child", 226, False, 12, 180),
}


def draw_face(hair, shape, skin, glasses, mouth, cloth):
    big = 4
    image = Image.new("L", (FACE[0] * big, FACE[1] * big), 238)
    draw = ImageDraw.Draw(image)

    def box(left, top, right, bottom):
        return [value * big for value in (left, top, right, bottom)]

    if shape == "long":
        draw.rounded_rectangle(box(42, 44, 150, 190), radius=46 * big, fill=hair)
    if shape == "bun":
        draw.ellipse(box(76, 12, 116, 52), fill=hair)
    draw.rounded_rectangle(box(22, 186, 170, 270), radius=44 * big, fill=cloth)
    draw.polygon([(big * x, big * y) for x, y in ((74, 186), (118, 186), (96, 222))], fill=245)
    draw.rectangle(box(80, 158, 112, 194), fill=skin - 14)
    draw.ellipse(box(44, 96, 60, 128), fill=skin - 8)
    draw.ellipse(box(132, 96, 148, 128), fill=skin - 8)
    draw.ellipse(box(50, 44, 142, 176), fill=skin)
    fringe = 250 if shape == "child" else 180
    draw.pieslice(box(48, 36, 144, 132), 180, 360, fill=hair)
    draw.pieslice(box(46, 48, 146, 108), 180, 180 + fringe // 2, fill=hair)
    for middle in (76, 116):
        draw.arc(box(middle - 13, 88, middle + 13, 104), 200, 340, fill=hair, width=3 * big)
        draw.ellipse(box(middle - 6, 102, middle + 6, 112), fill=250)
        draw.ellipse(box(middle - 4, 102, middle + 4, 111), fill=30)
        if glasses:
            draw.rounded_rectangle(
                box(middle - 16, 95, middle + 16, 119), radius=9 * big, outline=50, width=2 * big
            )
    if glasses:
        draw.line(box(92, 105, 100, 105), fill=50, width=2 * big)
    draw.line(
        [(big * x, big * y) for x, y in ((96, 112), (91, 132), (99, 133))], fill=skin - 50, width=2 * big
    )
    draw.arc(box(80, 146 - mouth, 112, 146 + mouth), 15, 165, fill=110, width=3 * big)
    font = ImageFont.truetype(FONT, 16 * big)
    draw.text((big * 150, big * 216), "見本", font=font, fill=255, anchor="mm")
    return image.resize(FACE, Image.Resampling.LANCZOS)


def as_jpeg_2000(image):
    for rate in (16, 18, 20, 24, 30, 40):
        written = BytesIO()
        image.save(written, "JPEG2000", quality_mode="rates", quality_layers=[rate], irreversible=True)
        if len(written.getvalue()) <= FACE_BYTES_MAX:
            return written.getvalue()
    raise SystemExit("the face does not fit")


def lines_of(text, font, width):
    """The text cut where it gets too wide; a variation selector stays with its character."""
    lines, line = [], ""
    for character in text:
        is_selector = 0xE0100 <= ord(character) <= 0xE01EF
        if not is_selector and font.getlength(line + character) > width:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


def as_png(text, width, size=LINE, height=None):
    font = ImageFont.truetype(FONT, size - 2, layout_engine=ImageFont.Layout.RAQM)
    lines = lines_of(text, font, width) if width else [text]
    width = width or size // 2 * len(text) + 4
    image = Image.new("1", (width, height or size * len(lines)), 1)
    draw = ImageDraw.Draw(image)
    draw.fontmode = "1"
    for number, line in enumerate(lines):
        draw.text((1, number * size), line, font=font, fill=0)
    written = BytesIO()
    image.save(written, "PNG", dpi=DPI, optimize=True)
    return written.getvalue()


def write_glyphs(folder, name, address, number, code):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "name.png").write_bytes(as_png(name, WIDE * 3 // 4))
    (folder / "address.png").write_bytes(as_png(address, WIDE))
    (folder / "number.png").write_bytes(as_png(number, 0))
    (folder / "code.png").write_bytes(as_png(code, 0))


def main():
    resources = Path(sys.argv[1])
    global FONT
    FONT = sys.argv[2] if len(sys.argv) > 2 else FONT
    pictures = resources / "pictures"
    pictures.mkdir(exist_ok=True)
    for name, features in FACES.items():
        (pictures / f"{name}.jp2").write_bytes(as_jpeg_2000(draw_face(*features)))
    write_glyphs(pictures / "blank", "　", "　", "    ", "  ")
    for path in sorted([*resources.glob("*.json"), *resources.glob("residents/*.json")]):
        told = json.loads(path.read_bytes())
        if told.get("card", "mynumber") == "mynumber":
            person = told["person"]
            folder = pictures / told.get("pictures", {}).get("glyphs", told["id"])
            code = told.get("security_code", "0000")
            write_glyphs(folder, person["name"], person["address"], told["my_number"], code)


if __name__ == "__main__":
    main()
