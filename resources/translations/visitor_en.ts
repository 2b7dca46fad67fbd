<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="ja_JP">
<context>
    <name>Visitor</name>
    <message>
        <source>ようこそ</source>
        <translation>Welcome</translation>
    </message>
    <message>
        <source>職員がご案内します。</source>
        <translation>Our staff will help you.</translation>
    </message>
    <message>
        <source>言語をえらんでください</source>
        <translation>Please choose your language</translation>
    </message>
    <message>
        <source>言語</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>大きな文字</source>
        <translation>Large text</translation>
    </message>
    <message>
        <source>高コントラスト</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <source>もどる</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>暗証番号を入れてください</source>
        <translation>Please enter your PIN</translation>
    </message>
    <message>
        <source>マイナンバーカードの暗証番号（数字4けた）</source>
        <translation>PIN of your My Number Card (4 digits)</translation>
    </message>
    <message>
        <source>運転免許証の暗証番号1（数字4けた）</source>
        <translation>Driver&apos;s licence PIN 1 (4 digits)</translation>
    </message>
    <message>
        <source>運転免許証の暗証番号2（数字4けた）</source>
        <translation>Driver&apos;s licence PIN 2 (4 digits)</translation>
    </message>
    <message>
        <source>入れなくても進めます。</source>
        <translation>You can go on without it.</translation>
    </message>
    <message>
        <source>あと {n} 回入れられます</source>
        <translation>Tries left: {n}</translation>
    </message>
    <message>
        <source>あと1回まちがえると、暗証番号が使えなくなります。</source>
        <translation>If it is wrong once more, the PIN will be locked.</translation>
    </message>
    <message>
        <source>暗証番号がちがいます。もう一度入れてください。</source>
        <translation>The PIN is not correct. Please enter it again.</translation>
    </message>
    <message>
        <source>もう一度、暗証番号を入れてください。</source>
        <translation>Please enter your PIN once more.</translation>
    </message>
    <message>
        <source>暗証番号が使えなくなっています。職員がほかの方法をご案内します。</source>
        <translation>The PIN is locked. Our staff will show you another way.</translation>
    </message>
    <message>
        <source>番号は画面に出ません。</source>
        <translation>The digits are not shown on the screen.</translation>
    </message>
    <message>
        <source>わからないときは、職員に言ってください。</source>
        <translation>If you are not sure, please ask our staff.</translation>
    </message>
    <message>
        <source>4けたのうち {n} けた</source>
        <translation>{n} of 4 digits</translation>
    </message>
    <message>
        <source>1字消す</source>
        <translation>Delete one</translation>
    </message>
    <message>
        <source>決定</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>カードを読んでいます。カードを動かさないでください。</source>
        <translation>Reading the card. Please do not move it.</translation>
    </message>
    <message>
        <source>ご確認ください</source>
        <translation>Please check</translation>
    </message>
    <message>
        <source>お名前</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>ご住所</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>生年月日</source>
        <translation>Date of birth</translation>
    </message>
    <message>
        <source>お手続き</source>
        <translation>Procedures</translation>
    </message>
    <message>
        <source>ほか {n} 件</source>
        <translation>and {n} more</translation>
    </message>
    <message>
        <source>合っています</source>
        <translation>Correct</translation>
    </message>
    <message>
        <source>なおします</source>
        <translation>Needs correction</translation>
    </message>
    <message>
        <source>ありがとうございます。少しお待ちください。</source>
        <translation>Thank you. Please wait a moment.</translation>
    </message>
    <message>
        <source>どこがちがうか、職員に教えてください。</source>
        <translation>Please tell our staff what is not correct.</translation>
    </message>
    <message>
        <source>yyyy年M月d日</source>
        <translation>d MMMM yyyy</translation>
    </message>
</context>
</TS>
