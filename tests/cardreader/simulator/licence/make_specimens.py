"""Makes resources/simulator/licence-*.json: `python -m tests.cardreader.simulator.licence.make_specimens`.

People, addresses and numbers are invented; faces and 外字 are drawn here, stroke by stroke.
"""

import base64
import io
import json

from PIL import Image, ImageDraw

from kakanai.resources import resource_root

PHOTO_BYTES_MAX = 2000
GAIJI_DOTS = 32


def draw_face(*, hair: int = 40, smile: int = 8) -> Image.Image:
    """A plain face, 96 by 120 dots in grey."""
    image = Image.new("L", (96, 120), 225)
    pen = ImageDraw.Draw(image)
    pen.ellipse((-4, 88, 100, 180), fill=90)
    pen.rectangle((38, 78, 58, 98), fill=190)
    pen.ellipse((22, 14, 74, 60), fill=hair)
    pen.ellipse((26, 24, 70, 88), fill=200)
    for x in (36, 54):
        pen.ellipse((x, 48, x + 6, 54), fill=30)
        pen.line((x - 2, 43, x + 8, 42), fill=50, width=2)
    pen.line((48, 54, 46, 64, 50, 64), fill=150, width=2)
    pen.arc((38, 66 - smile, 58, 66 + smile), 20, 160, fill=80, width=2)
    return image


def to_jpeg2000(image: Image.Image) -> bytes:
    """JP2 of at most 2000 bytes, grey."""
    for rate in (6, 8, 10, 14, 20, 30):
        out = io.BytesIO()
        image.save(out, "JPEG2000", quality_mode="rates", quality_layers=[rate], num_resolutions=4)
        if len(out.getvalue()) <= PHOTO_BYTES_MAX:
            return out.getvalue()
    raise ValueError("the picture does not become small enough")


def in_lines(content: bytes) -> list[str]:
    text = base64.b64encode(content).decode("ascii")
    return [text[at : at + 100] for at in range(0, len(text), 100)]


def draw_hashigo_taka() -> list[str]:
    """髙 in strokes, as rows of dots."""
    image = Image.new("1", (GAIJI_DOTS, GAIJI_DOTS), 0)
    pen = ImageDraw.Draw(image)
    strokes = [
        *((15, 0, 15, 4), (2, 4, 29, 4), (10, 4, 10, 14), (21, 4, 21, 14)),
        *((10, 7, 21, 7), (10, 10, 21, 10), (3, 14, 28, 14)),
        *((3, 14, 3, 31), (28, 14, 28, 31)),
        *((10, 18, 21, 18), (10, 26, 21, 26), (10, 18, 10, 26), (21, 18, 21, 26)),
    ]
    for stroke in strokes:
        pen.line(stroke, fill=1, width=2)
    dots = image.load()
    return ["".join("#" if dots[x, y] else "." for x in range(GAIJI_DOTS)) for y in range(GAIJI_DOTS)]


BASE = {
    "name": "見本　免子",
    "kana": "ミホン　メンコ",
    "birth_date": "19850210",
    "address": "岡山県倉敷市架空町４丁目５番６号",
    "issued_on": "20230115",
    "inquiry_number": "12345",
    "colour": "優良",
    "expires_on": "20280310",
    "conditions": ["眼鏡等"],
    "committee": "岡山県公安委員会",
    "licence_number": "330912345670",
    "acquired": {"二・小・原": "20030401", "他": "20040620"},
    "categories": {"普通": "20040620", "原付": "20030401"},
    "registered_domicile": "岡山県倉敷市架空町４丁目５番地",
    "pin1": "1234",
    "pin2": "5678",
}


def specimens() -> dict[str, dict[str, object]]:
    woman, man = in_lines(to_jpeg2000(draw_face())), in_lines(to_jpeg2000(draw_face(hair=110, smile=4)))
    return {
        "licence-plain": {
            "label": "運転免許証",
            "description": "変更のない運転免許証。暗証番号1は1234、暗証番号2は5678。",
            "driver_licence": {**BASE, "photo": woman},
        },
        "licence-moved": {
            "label": "運転免許証（住所・氏名・本籍の変更あり）",
            "description": "表面のあとに住所が2回、氏名と本籍が1回変わった免許証。"
            "最新は裏面（EF04、EF06）の記載。暗証番号1は1234、暗証番号2は5678。",
            "driver_licence": {
                **BASE,
                "name": "例示　花",
                "kana": "レイジ　ハナ",
                "licence_number": "330912345671",
                "changes": [
                    {"kind": "address", "date": "20240402", "text": "岡山県岡山市北区見本町１番１号"},
                    {"kind": "name", "date": "20240615", "text": "見本　花"},
                    {"kind": "committee", "date": "20250701", "text": "兵庫県公安委員会"},
                    {"kind": "address", "date": "20250701", "text": "兵庫県芦屋市架空町７番地２０３"},
                    {"kind": "domicile", "date": "20240615", "text": "兵庫県芦屋市架空町７番地"},
                ],
                "photo": woman,
            },
        },
        "licence-gaiji": {
            "label": "運転免許証（外字）",
            "description": "氏名の1文字目が外字1（はしごだか）の免許証。"
            "ICには文字コードがなく、券面で確かめる。暗証番号1は1234、暗証番号2は5678。",
            "driver_licence": {
                **BASE,
                "name": "\U0010fff1橋　外児",
                "kana": "タカハシ　ガイジ",
                "birth_date": "19520607",
                "licence_number": "330912345672",
                "gaiji": {"1": draw_hashigo_taka()},
                "photo": man,
            },
        },
        "licence-no-pin": {
            "label": "運転免許証（暗証番号の設定なし）",
            "description": "持ち主が暗証番号を設定しなかった免許証。暗証番号を聞かずに読める。",
            "driver_licence": {
                **{key: value for key, value in BASE.items() if not key.startswith("pin")},
                "name": "見本　無番",
                "kana": "ミホン　ムバン",
                "licence_number": "330912345673",
                "photo": man,
            },
        },
        "licence-locked": {
            "label": "運転免許証（暗証番号1ロック）",
            "description": "暗証番号1がロックされた免許証。解除は警察署か運転免許センター。",
            "driver_licence": {
                **BASE,
                "name": "見本　錠",
                "kana": "ミホン　ジョウ",
                "licence_number": "330912345674",
                "attempts1": 0,
                "photo": man,
            },
        },
    }


def mynumber_specimen() -> dict[str, object]:
    """A マイナンバーカード whose 券面 is that of the specimen locked-pin, of the same invented holder."""
    return {
        "label": "マイナ免許証",
        "description": "運転免許の情報を記録したマイナンバーカード。マイナ免許証の暗証番号は4321。",
        "person": {
            "name": "見本　太郎",
            "address": "北海道北見市架空町１丁目２番３号",
            "birth_date": "19800115",
            "sex": "1",
        },
        "my_number": "100000000501",
        "expires": "20330115",
        "security_code": "4321",
        "municipality_code": "01208",
        "pins": {"text": "1234", "sign": "ABC123", "auth": "1234"},
        "jpki": True,
        "pictures": {"photo": "face-a.jp2", "glyphs": "locked-pin"},
        "mynumber_licence": {
            "pin": "4321",
            "licence_number": "010912345675",
            "colour": "優良",
            "expires_on": "20290215",
            "conditions": ["眼鏡等", "準中型で運転できる準中型車は準中型車（５ｔ）に限る"],
            "acquired": {"二・小・原": "19980401", "他": "20000620"},
            "categories": ["普通", "原付", "準中型"],
            "photo": in_lines(to_jpeg2000(draw_face(hair=110, smile=4))),
        },
    }


def file_text(specimen_id: str, told: dict[str, object]) -> str:
    text = json.dumps({"id": specimen_id, **told}, ensure_ascii=False, indent=2) + "\n"
    return text.replace("\U0010fff1", "\\udbff\\udff1")  # a private character shows in no editor


def all_files() -> dict[str, str]:
    told = {name: {"card": "driver_licence", **one} for name, one in specimens().items()}
    told["licence-mynumber"] = mynumber_specimen()
    return {name: file_text(name, one) for name, one in told.items()}


def main() -> None:
    for specimen_id, text in all_files().items():
        (resource_root() / "simulator" / f"{specimen_id}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
