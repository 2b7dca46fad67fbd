<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="ja_JP">
<context>
    <name>Visitor</name>
    <message>
        <source>ようこそ</source>
        <translation>Le damos la bienvenida</translation>
    </message>
    <message>
        <source>職員がご案内します。</source>
        <translation>Nuestro personal le atenderá.</translation>
    </message>
    <message>
        <source>言語をえらんでください</source>
        <translation>Elija su idioma</translation>
    </message>
    <message>
        <source>言語</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>大きな文字</source>
        <translation>Letra grande</translation>
    </message>
    <message>
        <source>高コントラスト</source>
        <translation>Alto contraste</translation>
    </message>
    <message>
        <source>もどる</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>暗証番号を入れてください</source>
        <translation>Introduzca su clave</translation>
    </message>
    <message>
        <source>マイナンバーカードの暗証番号（数字4けた）</source>
        <translation>Clave de la tarjeta My Number (4 números)</translation>
    </message>
    <message>
        <source>運転免許証の暗証番号1（数字4けた）</source>
        <translation>Clave 1 del permiso de conducir (4 números)</translation>
    </message>
    <message>
        <source>運転免許証の暗証番号2（数字4けた）</source>
        <translation>Clave 2 del permiso de conducir (4 números)</translation>
    </message>
    <message>
        <source>入れなくても進めます。</source>
        <translation>Puede continuar sin introducirla.</translation>
    </message>
    <message>
        <source>あと {n} 回入れられます</source>
        <translation>Intentos restantes: {n}</translation>
    </message>
    <message>
        <source>あと1回まちがえると、暗証番号が使えなくなります。</source>
        <translation>Si se equivoca una vez más, la clave se bloqueará.</translation>
    </message>
    <message>
        <source>暗証番号がちがいます。もう一度入れてください。</source>
        <translation>La clave no es correcta. Introdúzcala de nuevo.</translation>
    </message>
    <message>
        <source>もう一度、暗証番号を入れてください。</source>
        <translation>Introduzca la clave una vez más.</translation>
    </message>
    <message>
        <source>暗証番号が使えなくなっています。職員がほかの方法をご案内します。</source>
        <translation>La clave está bloqueada. Nuestro personal le explicará otra forma.</translation>
    </message>
    <message>
        <source>番号は画面に出ません。</source>
        <translation>Los números no se ven en la pantalla.</translation>
    </message>
    <message>
        <source>わからないときは、職員に言ってください。</source>
        <translation>Si tiene dudas, pregunte al personal.</translation>
    </message>
    <message>
        <source>4けたのうち {n} けた</source>
        <translation>{n} de 4 números</translation>
    </message>
    <message>
        <source>1字消す</source>
        <translation>Borrar uno</translation>
    </message>
    <message>
        <source>決定</source>
        <translation>Confirmar</translation>
    </message>
    <message>
        <source>カードを読んでいます。カードを動かさないでください。</source>
        <translation>Leyendo la tarjeta. Por favor, no la mueva.</translation>
    </message>
    <message>
        <source>ご確認ください</source>
        <translation>Compruebe, por favor</translation>
    </message>
    <message>
        <source>お名前</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>ご住所</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>生年月日</source>
        <translation>Fecha de nacimiento</translation>
    </message>
    <message>
        <source>お手続き</source>
        <translation>Trámites</translation>
    </message>
    <message>
        <source>ほか {n} 件</source>
        <translation>y {n} más</translation>
    </message>
    <message>
        <source>合っています</source>
        <translation>Está correcto</translation>
    </message>
    <message>
        <source>なおします</source>
        <translation>Hay que corregir</translation>
    </message>
    <message>
        <source>ありがとうございます。少しお待ちください。</source>
        <translation>Gracias. Espere un momento, por favor.</translation>
    </message>
    <message>
        <source>どこがちがうか、職員に教えてください。</source>
        <translation>Diga al personal qué no es correcto.</translation>
    </message>
    <message>
        <source>yyyy年M月d日</source>
        <translation>d &apos;de&apos; MMMM &apos;de&apos; yyyy</translation>
    </message>
</context>
</TS>
