# ruff: noqa: E501 - a sentence for people is kept in one piece
"""What a failure is called in front of people: what happened, and what to do next, by stable code."""

from dataclasses import dataclass

from kakanai.errors import KakanaiError


@dataclass(frozen=True)
class Message:
    """A failure in Japanese: `what` happened 何が起きたか, `next_step` 次にすること."""

    what: str
    next_step: str


UNFORESEEN = Message(
    "プログラムの中で予期しない誤りが起きました。",
    "印刷されたかどうかを操作ログ（kakanai log day）で確かめてください。続くときは、起きた時刻とコード X-000 をシステム担当に伝えてください。",
)

MESSAGES: dict[str, Message] = {
    "X-000": UNFORESEEN,
    "C-000": Message("カードを読み取れませんでした。", "カードを置き直して、もう一度読み取ってください。"),
    "C-001": Message(
        "ICカードのサービスが動いていません。",
        "リーダーの接続を確かめ、つなぎ直してください。続くときは PC を再起動するか、システム担当に連絡してください。",
    ),
    "C-002": Message(
        "カードリーダーが見つかりません。",
        "リーダーをつないでください。リーダーがないときは手入力で進められます。",
    ),
    "C-003": Message(
        "リーダー「{reader}」が見つかりません。",
        "リーダーの接続と名前を確かめてください（kakanai card list で一覧が出ます）。",
    ),
    "C-004": Message(
        "{count} 台のリーダーにカードが置かれています（{readers}）。",
        "使うリーダーを選ぶか、カードを1枚だけにしてください。",
    ),
    "C-005": Message(
        "他のソフトがカードを使用中です。",
        "カードを使う他のソフトを終了してから、もう一度読み取ってください。",
    ),
    "C-006": Message("カードリーダーが外れました。", "リーダーをつなぎ直し、カードを置き直してください。"),
    "C-007": Message("カードが置かれていません。", "カードをリーダーに置いてください。"),
    "C-008": Message(
        "カードが応答しません。",
        "カードケースから出し、1枚だけ平らに置き直してください。接触型のリーダーでは向きも確かめてください。",
    ),
    "C-009": Message(
        "カードとの通信が途切れました（{status}）。",
        "カードを動かさずに置き直してください。暗証番号はもう一度入力します。",
    ),
    "C-010": Message("カードが離れました。", "カードを置き直してください。暗証番号はもう一度入力します。"),
    "C-011": Message(
        "{key}が違います。あと {attempts_remaining} 回まちがえるとロックされます。",
        "{key}（{form}）を確かめて、もう一度入力してもらってください。",
    ),
    "C-012": Message("{key}がロックされています。", "{unlock}"),
    "C-013": Message(
        "{key}の確認中に通信が途切れ、試行回数が減った可能性があります。",
        "カードを置き直し、残り回数を確かめてから、もう一度入力してもらってください。",
    ),
    "C-014": Message(
        "{key}の入力が必要です。", "{key}を入力してもらってください。試行回数は減っていません。"
    ),
    "C-015": Message("{key}は{form}です。", "入力し直してください。カードには送っていません。"),
    "C-016": Message(
        "カードの読み取りは終わっています。", "カードを置き直して、はじめから読み取ってください。"
    ),
    "C-017": Message(
        "他のソフトがカードをリセットしました（{status}）。",
        "カードを置き直して、はじめから読み取ってください。",
    ),
    "C-020": Message(
        "このカードは対象外です。暗証番号は試していません。",
        "マイナンバーカード・運転免許証・在留カードのどれかを置くか、手入力で進めてください。対象のカードのときは、置き直してもう一度試してください。",
    ),
    "C-021": Message(
        "住民基本台帳カードは対象外です（すべて有効期限が切れています）。暗証番号は試していません。",
        "マイナンバーカードなど別の本人確認書類を出してもらうか、手入力で進めてください。",
    ),
    "C-022": Message(
        "置かれているのは{kind}です。",
        "読みたいカードを置き直すか、{kind}として読み取ってください。",
    ),
    "C-023": Message(
        "カードのデータ（ファイル {file}）を読めません（{reason}）。",
        "もう一度読み取ってください。続くときは手入力で進め、カードの不具合として記録してください。",
    ),
    "C-024": Message(
        "カードが予期しない応答を返しました（{command}、{sw}）。",
        "カードを置き直して、もう一度読み取ってください。続くときは手入力で進めてください。",
    ),
    "C-025": Message(
        "カードとのやり取りの形式が正しくありません（{reason}）。",
        "カードを置き直して、もう一度読み取ってください。続くときはシステム担当に連絡してください。",
    ),
    "C-026": Message(
        "カードのデータの形式が正しくありません（{reason}）。",
        "カードを置き直して、もう一度読み取ってください。続くときは手入力で進めてください。",
    ),
    "C-030": Message(
        "見本カード「{specimen}」はありません。", "kakanai specimen list で一覧を確かめてください。"
    ),
    "C-031": Message(
        "見本カード「{specimen}」のデータに誤りがあります（{key}: {reason}）。",
        "resources/simulator のファイルを直してください。",
    ),
    "C-032": Message(
        "仮想リーダー（{host}:{port}）につながりません。",
        "pcscd と vsmartcard-vpcd が動いているか確かめてください。",
    ),
    "C-033": Message(
        "見本カード「{specimen}」の試行回数の記録を使えません（{reason}）。",
        "KAKANAI_HOME の simulator フォルダの権限と空きを確かめてください。ファイルを消すと回数は元に戻ります。",
    ),
    "C-040": Message(
        "照合番号Bとして成り立たない数字です（{reason}）。",
        "カードの生年月日（和暦の年。外国人住民は西暦の下2桁）、有効期限の年、顔写真の下のセキュリティコード4桁を見直してください。カードには送っていません。",
    ),
    "C-041": Message(
        "照合番号Bが、券面事項入力補助AP では合い、券面事項確認AP では合いませんでした（券面事項確認AP の残り {attempts_remaining} 回）。",
        "正しいカードでは起きないことです。このカードのデータは使わず、責任者に知らせてください。",
    ),
    "C-042": Message(
        "このカードには券面事項確認AP がないため、顔写真と字形を読めません。",
        "文字のデータだけで進めるか、カードの券面を目で確かめてください。",
    ),
    "C-043": Message(
        "このカードには公的個人認証の証明書（鍵）がありません。",
        "署名を使わない手続で進めてください。15歳未満の方などには署名用電子証明書がありません。",
    ),
    "C-050": Message(
        "カードの画像を表示できません（{reason}）。",
        "もう一度読み取ってください。続くときは、券面を目で確かめて受付を進めてください。",
    ),
    "C-060": Message(
        "この免許証のICは閉塞されています（警察で止められた状態）。暗証番号は試していません。",
        "券面を目で確かめ、手入力で進めてください。閉塞の解除は警察署か運転免許センターです。",
    ),
    "C-061": Message(
        "このカードにはマイナ免許証が記録されていません。暗証番号は試していません。",
        "従来の免許証を持っていればそれを置いてもらうか、マイナンバーカードとして読み取ってください。",
    ),
    "C-070": Message(
        "在留カード等の番号がこのカードのものと違います。",
        "券面右上の番号を確かめて、もう一度入力してください。何度まちがえてもロックされません。",
    ),
    "C-071": Message(
        "在留カード等の番号の形ではありません。カードには何も送っていません。",
        "英大文字2字、数字8字、英大文字2字の12字を、券面のとおりに半角で入力してください。",
    ),
    "C-072": Message(
        "このカードは特定在留カード（または特定特別永住者証明書）です。",
        "マイナンバーカードとして、暗証番号か照合番号Bで読んでください。",
    ),
    "C-073": Message(
        "知らない種別の在留カードです（種別 {card_type}）。",
        "手入力で進めてください。種別の番号をシステム担当に知らせてください。",
    ),
    "F-010": Message(
        "定義ファイル {file} の {line} 行目に誤りがあります: {problem}",
        "その行を直し、「kakanai forms check」で確かめてください。",
    ),
    "F-011": Message("様式 {form} はありません。", "「kakanai forms list」で様式の ID を確かめてください。"),
    "F-012": Message(
        "様式 {form} は今日は使えません(有効期間 {valid_from} から {valid_to})。",
        "新しい版の様式を入れるか、様式の有効期間をシステム担当に確かめてください。",
    ),
    "F-030": Message(
        "書体のファイル {file} が見つからないため、帳票を作成しません（用途: {role}）。",
        "「kakanai doctor」で足りない書体を確かめ、入れてからやり直します。",
    ),
    "F-031": Message(
        "書体のファイル {file} が壊れているか、使えない形式です(用途: {role})。",
        "書体を入れ直し、「kakanai doctor」で確かめてください。帳票は作成していません。",
    ),
    "F-040": Message(
        "決めていない指摘が {count} 件あるため、印刷していません。",
        "指摘ごとに、欄を空けて手書きにするか、値を直すかを決めてください。",
    ),
    "F-041": Message(
        "様式 {form} を描けませんでした。印刷は1枚もしていません。",
        "もう一度お試しください。続くときは様式の ID をシステム担当に伝えてください。",
    ),
    "F-046": Message(
        "様式 {form} のこの欄には、券面の画像を印刷できません。",
        "欄を空けて手書きにするか、値を直してください。",
    ),
    "F-047": Message(
        "できた紙面が、記入した内容と合いません(様式 {form}、{page} ページ目、欄 {field}、{what})。印刷は1枚もしていません。",
        "もう一度お試しください。続くときは様式の ID とこの文をシステム担当に伝えてください。",
    ),
    "I-010": Message("日付が正しくありません。", "暦にある日付か確かめて、入力し直してください。"),
    "I-011": Message(
        "日付を読み取れません。",
        "「昭和55年2月17日」「S55.2.17」「1980/2/17」のように、元号か西暦4桁から入力してください。",
    ),
    "I-020": Message(
        "個人番号が正しくありません（12桁でないか、検査用数字が合いません）。",
        "もう一度読み取ってください。同じ表示が出るときは、個人番号なしで手続を進め、番号確認書類で確かめてください。",
    ),
    "I-030": Message(
        "カードに記録された{field}の内容を読み取れません。",
        "もう一度読み取ってください。同じ表示が出るときは、手入力で受け付けてください。",
    ),
    "I-040": Message(
        "手入力の項目「{field}」を受け付けられません: {reason}",
        "その項目を確かめて、入力し直してください。",
    ),
    "I-050": Message(
        "カードの真正性が一致しません（{check}）。偽造・複製・読み取り違いのおそれがあります。",
        "この内容は使っていません。別の本人確認書類を出してもらうか、責任者の判断を記録してください。",
    ),
    "I-051": Message(
        "責任者の判断を記録できません: {reason}", "責任者の職員番号を確かめて、入力し直してください。"
    ),
    "I-052": Message(
        "氏名が入っていません。", "カードの氏名の画像か券面（裏面も）を見て、氏名を入力してください。"
    ),
    "L-010": Message(
        "操作ログの記録に失敗しました（{path}）。",
        "印刷はまだしないでください。システム担当に連絡してください。",
    ),
    "L-011": Message(
        "操作ログの保存先に書き込めません（{path}）。",
        "フォルダーの権限をシステム担当に確かめてもらってください。記録できるまで印刷はできません。",
    ),
    "L-012": Message(
        "ディスクの空きがなく、操作ログを記録できません（{path}）。",
        "不要なファイルを片付けて空きを作り、もう一度操作してください。これまでの記録は残っています。",
    ),
    "L-013": Message(
        "操作ログを別のプログラムが使用中です（{path}）。",
        "少し待って、もう一度操作してください。続くときは、操作ログを開いている別のプログラムを閉じてください。",
    ),
    "L-014": Message(
        "操作ログのファイルが壊れているか、別のファイルです（{path}）。",
        "ファイルには手を付けず、システム担当に連絡してください。",
    ),
    "L-015": Message(
        "操作ログは新しい版のプログラムで作られています（{path}、版 {version}）。",
        "このプログラムを新しい版に更新してください。",
    ),
    "L-016": Message(
        "紙は出ていますが、「印刷済み」を操作ログに書けませんでした。",
        "もう一度印刷しないでください。出た紙を確かめ、ディスクの空きをシステム担当に確かめてもらってください。",
    ),
    "L-020": Message("受付番号を扱えません。", "パソコンの日付と、入力した受付番号を確かめてください。"),
    "L-021": Message(
        "職員番号が正しくありません。",
        "半角の英数字・ピリオド・ハイフン・下線で16文字までの職員番号を入力してください。氏名は使えません。",
    ),
    "P-010": Message(
        "印刷に失敗しました（{printer}）。",
        "プリンターを確かめて、もう一度印刷してください。受付の内容は残っています。",
    ),
    "P-011": Message(
        "出力先のフォルダーに書き込めません（{path}）。",
        "フォルダーの場所と権限を確かめて、もう一度印刷してください。書きかけのファイルは残っていません。",
    ),
    "P-012": Message(
        "ディスクの空きがなく、帳票を保存できません（{path}）。",
        "空きを作って、もう一度印刷してください。書きかけのファイルは残っていません。",
    ),
    "P-020": Message(
        "印刷サービス（CUPS）が応答しません。",
        "印刷サービスが動いているか、システム担当に確かめてもらってください。印刷の途中だったときは、出た紙も確かめてください。フォルダーへの出力は使えます。",
    ),
    "P-021": Message(
        "プリンター「{printer}」が見つかりません。", "プリンターの名前と設定を確かめて、選び直してください。"
    ),
    "P-022": Message(
        "プリンター「{printer}」が停止しています（{total}件のうち{printed}件を印刷済み）。",
        "プリンターを使えるようにして、もう一度印刷してください。残りの印刷は取り消してあります。",
    ),
    "P-023": Message(
        "プリンター「{printer}」の印刷が{seconds}秒以内に終わりませんでした（{total}件のうち{printed}件を印刷済み。状態: {alerts}）。",
        "用紙とプリンターの表示を確かめて、もう一度印刷してください。残りの印刷は取り消してあります。",
    ),
    "P-024": Message(
        "プリンター「{printer}」で印刷が取り消されました（{total}件のうち{printed}件を印刷済み）。",
        "出た紙を確かめて、足りない帳票をもう一度印刷してください。残りの印刷は取り消してあります。",
    ),
    "R-010": Message("聞き取り項目「{field}」はありません。", "項目の名前を確かめてください。"),
    "R-011": Message(
        "「{field}」の回答の形が違います。入れられるもの: {expected}",
        "その項目を入力し直してください。ほかの回答は残っています。",
    ),
    "R-012": Message("手続「{procedure}」はありません。", "手続を選び直してください。"),
    "R-013": Message(
        "答えた項目のうち、どの様式にも入らないものがあります: {fields}",
        "条件になる項目(関係・世帯主・届の種別など)も答えるか、その項目を消してください。印刷はしていません。",
    ),
    "R-014": Message(
        "「{first}」と「{second}」は、同じ様式の同じ欄を使うため1つの受付で一緒にできません。",
        "どちらか一方を選び、もう一方は別の受付で作ってください。",
    ),
    "R-020": Message(
        "この受付は今その操作ができません(状態: {step})。",
        "受付の状態を確かめ、必要なら新しい受付を始めてください。",
    ),
    "R-021": Message(
        "印刷しようとした帳票が、この受付のものではありません。",
        "紙面を作り直してから印刷してください。印刷はしていません。",
    ),
    "S-001": Message(
        "保存先フォルダー（{folder}）に書き込めません（{reason}）。",
        "フォルダーの権限とディスクの空きを確かめます。別の場所を使うときは、環境変数 KAKANAI_HOME にその場所を書いて起動し直します。",
    ),
    "S-010": Message(
        "町の設定ファイル（{file}）を読めません（{reason}）。",
        "ファイルを UTF-8 のテキストで保存し直し、読み取りの権限を確かめてから起動し直します。",
    ),
    "S-011": Message(
        "町の設定ファイル（{file}）の {line} 行目の書き方に誤りがあります。",
        '{line} 行目とその前の行で、文字を囲む " " や = の抜けを直します。',
    ),
    "S-012": Message(
        "町の設定ファイル（{file}）の {line} 行目の「{key}」は、使える名前ではありません。",
        "名前のつづりを直します。近い名前: {nearest}（空のときは resources/town/mihon.toml の見本を見ます）。",
    ),
    "S-013": Message(
        "町の設定ファイル（{file}）の {line} 行目の「{key}」の値が正しくありません。",
        "値を次のものに直します: {expected}。",
    ),
    "S-014": Message(
        "町の発行者鍵のファイル {file}（{line} 行目）に誤りがあります: {problem}",
        "KAKANAI_HOME の issuer_keys フォルダーにある {file} を直すか、外してください（0 行目はファイル全体のことです）。「kakanai doctor」で確かめられます。",
    ),
    "S-015": Message(
        "町の設定ファイル（{file}）の {line} 行目の「{key}」にある「{given}」は使えません。",
        "次のどれかに直します: {known}。",
    ),
    "S-016": Message(
        "町の設定ファイル（{file}）を書き換えられません（{reason}）。設定は前のままです。",
        "ファイルとフォルダーの権限、ディスクの空きを確かめて、もう一度保存します。",
    ),
    "S-017": Message(
        "町の設定を変えられるのは、管理者だけです（{reason}）。設定は前のままです。",
        'town.toml の [counter] の administrators に書かれた職員番号で行います。まだ1人もいないときは、システム担当が administrators = ["職員番号"] と書きます。ファイルの場所は「kakanai town show」の1行目に出ます。',
    ),
    "S-018": Message(
        "設定「{key}」の値が正しくありません。設定は前のままです。", "値を次のものにします: {expected}。"
    ),
    "S-019": Message(
        "「{key}」という設定はありません。",
        "「kakanai town show」で名前を確かめます。近い名前: {nearest}",
    ),
    "U-001": Message("命令の書き方が違います: {problem}", "「kakanai --help」で書き方を確かめてください。"),
    "U-010": Message(
        "入力ファイル {file} を使えません: {reason}",
        "ファイルの場所と名前、中身が UTF-8 の JSON(項目と値の組)であることを確かめてください。",
    ),
    "U-011": Message(
        "{key}が渡されていません。",
        "{flag} を付けて標準入力で渡すか、端末で入力してください。カードには送っていません。",
    ),
    "U-012": Message(
        "{file} に様式のファイルがありません。",
        "form.yaml、様式のフォルダー、様式の ID(F01 など)のどれかを書いてください。何も書かなければ、すべての様式を検査します。",
    ),
    "U-013": Message(
        "今いるフォルダーがなくなっています。", "別のフォルダーに移ってから、もう一度実行してください。"
    ),
    "U-014": Message(
        "{file} に書けません（同じ名前のファイルがあるか、書き込めない場所です）。",
        "別の名前か場所を書いてください。今あるファイルはそのままです。",
    ),
    "U-015": Message(
        "その画像は読み取れていません。",
        "マイナンバーカードの写真と字形は照合番号B（--collation-b-stdin）、運転免許証の写真は暗証番号2で読みます。",
    ),
    "W-010": Message(
        "画面の見た目のファイル {file} を使えません({token})。",
        "プログラムを入れ直してください。コマンド(kakanai fill など)は使えます。",
    ),
}


REASONS: dict[str, dict[str, str]] = {
    "I-040": {
        "unknown_key": "この名前の項目はありません",
        "type": "文字と数の種類が違います",
        "value": "値が正しくありません",
        "control_character": "改行などの制御文字が入っています",
        "too_long": "長すぎます",
    },
    "I-051": {
        "unknown": "町の設定にない職員番号です",
        "same_clerk": "受付した職員と同じ番号です",
        "none_named": "町の設定（supervisors）に責任者が書かれていません",
    },
    "C-040": {
        "not-14-digits": "14桁の数字ではありません",
        "birth-day": "月日が暦にありません",
        "birth-in-future": "生年月日が未来の日付です",
        "birth-too-early": "生年月日が古すぎます",
        "expiry-year": "有効期限の年が、昨年から10年後までの間にありません",
        "security-code": "セキュリティコードが4桁の数字ではありません",
    },
    "U-010": {
        "missing": "ファイルがありません",
        "unreadable": "開けません（権限か、フォルダーです）",
        "encoding": "UTF-8 の文字ではありません",
        "syntax": "{line} 行目が JSON の書き方になっていません",
        "nesting": "入れ子が深すぎます",
        "number": "桁の多すぎる数があります",
        "repeated_key": "同じ項目が2回書かれています",
        "no_object": "項目と値の組（{{ }}）ではありません",
    },
}
"""The detail `reason` of an error in words, by code and by the word that the program uses."""


KINDS: dict[str, str] = {
    "mynumber": "マイナンバーカード",
    "driver_licence": "運転免許証",
    "residence_card": "在留カード・特別永住者証明書",
    "juki_card": "住民基本台帳カード",
    "unknown": "知らないカード",
}
"""The detail `kind` in words."""


CHECKS: dict[str, str] = {
    "text_certificate": "カードの証明書（券面事項入力補助）",
    "text_digests": "記録の署名",
    "basic_four": "氏名・住所・生年月日・性別の記録",
    "my_number": "個人番号の記録",
    "text_card_key": "チップの鍵の署名",
    "text_chip": "チップの応答（券面事項入力補助）",
    "surface_certificate": "カードの証明書（券面事項確認）",
    "surface_face": "顔写真と券面の記録",
    "surface_chip": "チップの応答（券面事項確認）",
    "surface_agrees": "券面と記録の生年月日・性別",
    "auth_certificate": "利用者証明用電子証明書の発行者",
    "auth_dates": "利用者証明用電子証明書の有効期間",
    "auth_policy": "利用者証明用電子証明書のポリシー",
    "auth_usage": "利用者証明用電子証明書の鍵の用途",
    "sign_certificate": "署名用電子証明書の発行者",
    "sign_dates": "署名用電子証明書の有効期間",
    "sign_policy": "署名用電子証明書のポリシー",
    "sign_usage": "署名用電子証明書の鍵の用途",
    "card_signature": "画像と記載の署名",
    "card_certificate": "カードの証明書の発行者",
    "certificate_dates": "カードの証明書の有効期間",
    "card_expiry": "カードの有効期間",
    "card_chip": "チップが複製でないこと",
    "card_address": "住所の記録",
    "licence_signature": "免許証の電子署名",
}
"""What a check of authenticity 真正性 looks at, in words; also the detail `check` of an error."""


@dataclass(frozen=True)
class KeyWords:
    """What a key 鍵 of a card is called, what it looks like, and who unlocks it."""

    name: str
    form: str
    unlock: str


_AT_THE_TOWN = "住民登録のある市区町村の窓口で初期化（再設定）が必要です。"
_AT_THE_POLICE = "警察署か運転免許センターで解除が必要です。この手続は手入力で進められます。"
_FOUR = "数字4桁"
KEYS: dict[str, KeyWords] = {
    "text_pin": KeyWords(
        "券面事項入力補助用の暗証番号",
        _FOUR,
        _AT_THE_TOWN + "今日は照合番号B（券面の14桁）か手入力で進められます。",
    ),
    "collation_a": KeyWords("照合番号A", "数字12桁", _AT_THE_TOWN),
    "collation_b": KeyWords(
        "照合番号B", "券面の数字14桁", _AT_THE_TOWN + "今日は暗証番号か手入力で進められます。"
    ),
    "surface_collation_a": KeyWords("照合番号A（券面事項確認）", "数字12桁", _AT_THE_TOWN),
    "surface_collation_b": KeyWords(
        "照合番号B（券面事項確認）", "券面の数字14桁", _AT_THE_TOWN + "写真なしでは進められます。"
    ),
    "birth_date": KeyWords("生年月日（年齢確認）", "数字6桁", _AT_THE_TOWN),
    "auth_pin": KeyWords("利用者証明用の暗証番号", _FOUR, _AT_THE_TOWN),
    "sign_pin": KeyWords("署名用の暗証番号", "英大文字と数字を混ぜた6〜16桁", _AT_THE_TOWN),
    "common_pin": KeyWords("個人番号カード用の暗証番号", _FOUR, _AT_THE_TOWN),
    "juki_pin": KeyWords("住民基本台帳用の暗証番号", _FOUR, _AT_THE_TOWN),
    "licence_pin1": KeyWords("運転免許証の暗証番号1", _FOUR, _AT_THE_POLICE),
    "licence_pin2": KeyWords("運転免許証の暗証番号2", _FOUR, _AT_THE_POLICE),
    "mynumber_licence_pin": KeyWords("マイナ免許証の暗証番号", _FOUR, _AT_THE_POLICE),
    "card_number": KeyWords("在留カード等の番号", "英字2・数字8・英字2の12文字", ""),
}
"""The detail `key` of an error in words."""


def message_for(error: KakanaiError) -> Message:
    """The message of an error with its details filled in."""
    message = MESSAGES.get(error.code, UNFORESEEN)
    details = _Details(error.details)
    reason = REASONS.get(error.code, {}).get(str(error.details.get("reason")))
    if reason is not None:
        details["reason"] = reason.format_map(details)
    kind = KINDS.get(str(error.details.get("kind")))
    if kind is not None:
        details["kind"] = kind
    check = CHECKS.get(str(error.details.get("check")))
    if check is not None:
        details["check"] = check
    key = KEYS.get(str(error.details.get("key")))
    if key is not None and error.code.startswith(("C-01", "U-011")):
        details.update(key=key.name, form=key.form, unlock=key.unlock)
    return Message(message.what.format_map(details), message.next_step.format_map(details))


class _Details(dict[str, int | str]):
    def __missing__(self, key: str) -> str:
        return "?"
