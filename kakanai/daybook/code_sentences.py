"""What a code in the log means, in one Japanese sentence: failures, findings, records."""

import string
from typing import Final

from kakanai.messages import MESSAGES

RECORDED: Final = {
    "F-050": "文字あふれの欄を手書き用に空けた",
    "F-051": "字形のない欄を手書き用に空けた",
    "F-052": "字形のない欄に券面の画像を印刷した",
    "V-001": "真正性: 検証済",
    "V-002": "真正性: 試験用CA（本人確認には使えないカード）",
    "V-003": "真正性: 発行者鍵なし（データのみ）",
    "V-004": "真正性: 不一致（責任者の判断で使った）",
    "V-011": "責任者の判断: 券面と本人の顔を見くらべて確かめた",
    "V-012": "責任者の判断: 別の本人確認書類で確かめた",
    "V-013": "責任者の判断: 発行元に問い合わせて確かめた",
    "V-021": "カードの住所が前のまま（今の住所を聞いて入力した）",
    "V-031": "来庁者が「合っています」を押した",
    "V-032": "来庁者が「なおします」を押した",
    "V-041": "直前の受付の人を引き継いだ",
    "D-001": "日が変わったため取りやめた（下書きを消した）",
    "D-002": "下書きを命令（kakanai cases discard）で捨てた",
    "D-003": "続きから始めた受付の紙が、もう出ているかもしれない",
    "K-001": "訂正の理由: 記入誤り",
    "K-002": "訂正の理由: 来庁者の申出",
    "K-003": "訂正の理由: 職員の誤り",
    "K-004": "訂正の理由: 印刷不良",
    "K-005": "訂正の理由: その他",
    "K-011": "控えから、同じものを刷り直した",
    "K-012": "印刷の終わりが分からなかった紙を見て、そろっていると確かめた",
    "K-010": "要らなくなった紙がある（廃棄を確かめる）",
    "N-001": "本人確認: 1点（官公署発行・写真付き）",
    "N-002": "本人確認: 2点",
    "N-003": "本人確認: 聴聞",
    "N-004": "本人確認: 書類が足りないまま進めた",
    "N-011": "本人確認の方法: ICチップの読み取り",
    "N-012": "本人確認の方法: 提示",
    "N-013": "本人確認の方法: 聴聞",
    "B-001": "持ち物・書類: 確認したものがある",
    "B-002": "持ち物・書類: 後日のものがある",
    "B-003": "持ち物・書類: 不要としたものがある",
    "B-004": "持ち物・書類: まだ見ていないものがある",
    "B-011": "期限を過ぎた届出がある",
    "E-001": "停電・停止のあいだに、前もって刷った用紙へ手書きで受け付けた",
}
"""Codes that are no failures: decisions and checks (docs/failure-codes.md 記録のコード・指摘のコード)."""


def code_sentence(code: str) -> str:
    """What a code means: `V-001 真正性: 検証済`; the bare code for one that this version does not know.

    The log keeps no details of a failure, so a message is told up to the first that it would need.
    """
    if code in RECORDED:
        return f"{code} {RECORDED[code]}"
    message = MESSAGES.get(code)
    return f"{code} {_without_details(message.what)}" if message else code


def _without_details(sentence: str) -> str:
    """The sentence with … where a detail stood."""
    parts = [
        literal + ("" if field is None else "…")
        for literal, field, _, _ in string.Formatter().parse(sentence)
    ]
    return "".join(parts)
