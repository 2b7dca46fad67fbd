<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fil" sourcelanguage="ja_JP">
<context>
    <name>Visitor</name>
    <message>
        <source>ようこそ</source>
        <translation>Maligayang pagdating</translation>
    </message>
    <message>
        <source>職員がご案内します。</source>
        <translation>Tutulungan po kayo ng aming kawani.</translation>
    </message>
    <message>
        <source>言語をえらんでください</source>
        <translation>Pumili po ng wika</translation>
    </message>
    <message>
        <source>言語</source>
        <translation>Wika</translation>
    </message>
    <message>
        <source>大きな文字</source>
        <translation>Malaking titik</translation>
    </message>
    <message>
        <source>高コントラスト</source>
        <translation>Mataas na contrast</translation>
    </message>
    <message>
        <source>もどる</source>
        <translation>Bumalik</translation>
    </message>
    <message>
        <source>暗証番号を入れてください</source>
        <translation>Pakilagay po ang inyong PIN</translation>
    </message>
    <message>
        <source>マイナンバーカードの暗証番号（数字4けた）</source>
        <translation>PIN ng My Number Card (4 na numero)</translation>
    </message>
    <message>
        <source>運転免許証の暗証番号1（数字4けた）</source>
        <translation>PIN 1 ng lisensya sa pagmamaneho (4 na numero)</translation>
    </message>
    <message>
        <source>運転免許証の暗証番号2（数字4けた）</source>
        <translation>PIN 2 ng lisensya sa pagmamaneho (4 na numero)</translation>
    </message>
    <message>
        <source>入れなくても進めます。</source>
        <translation>Maaaring magpatuloy kahit wala nito.</translation>
    </message>
    <message>
        <source>あと {n} 回入れられます</source>
        <translation>Natitirang pagsubok: {n}</translation>
    </message>
    <message>
        <source>あと1回まちがえると、暗証番号が使えなくなります。</source>
        <translation>Kapag nagkamali pa nang isang beses, mala-lock ang PIN.</translation>
    </message>
    <message>
        <source>暗証番号がちがいます。もう一度入れてください。</source>
        <translation>Mali po ang PIN. Pakilagay po muli.</translation>
    </message>
    <message>
        <source>もう一度、暗証番号を入れてください。</source>
        <translation>Pakilagay po muli ang PIN.</translation>
    </message>
    <message>
        <source>暗証番号が使えなくなっています。職員がほかの方法をご案内します。</source>
        <translation>Naka-lock po ang PIN. Ituturo ng kawani ang ibang paraan.</translation>
    </message>
    <message>
        <source>番号は画面に出ません。</source>
        <translation>Hindi lalabas sa screen ang mga numero.</translation>
    </message>
    <message>
        <source>わからないときは、職員に言ってください。</source>
        <translation>Kung hindi sigurado, magtanong po sa kawani.</translation>
    </message>
    <message>
        <source>4けたのうち {n} けた</source>
        <translation>{n} sa 4 na numero</translation>
    </message>
    <message>
        <source>1字消す</source>
        <translation>Burahin ang isa</translation>
    </message>
    <message>
        <source>決定</source>
        <translation>Kumpirmahin</translation>
    </message>
    <message>
        <source>カードを読んでいます。カードを動かさないでください。</source>
        <translation>Binabasa ang card. Huwag po itong galawin.</translation>
    </message>
    <message>
        <source>ご確認ください</source>
        <translation>Pakitingnan po kung tama</translation>
    </message>
    <message>
        <source>お名前</source>
        <translation>Pangalan</translation>
    </message>
    <message>
        <source>ご住所</source>
        <translation>Tirahan</translation>
    </message>
    <message>
        <source>生年月日</source>
        <translation>Petsa ng kapanganakan</translation>
    </message>
    <message>
        <source>お手続き</source>
        <translation>Mga proseso</translation>
    </message>
    <message>
        <source>ほか {n} 件</source>
        <translation>at {n} pa</translation>
    </message>
    <message>
        <source>合っています</source>
        <translation>Tama po</translation>
    </message>
    <message>
        <source>なおします</source>
        <translation>May itatama</translation>
    </message>
    <message>
        <source>ありがとうございます。少しお待ちください。</source>
        <translation>Salamat po. Sandali lang po.</translation>
    </message>
    <message>
        <source>どこがちがうか、職員に教えてください。</source>
        <translation>Pakisabi po sa kawani kung alin ang mali.</translation>
    </message>
    <message>
        <source>yyyy年M月d日</source>
        <translation>MMMM d, yyyy</translation>
    </message>
</context>
</TS>
