<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="ja_JP">
<context>
    <name>Visitor</name>
    <message>
        <source>ようこそ</source>
        <translation>Bem-vindo(a)</translation>
    </message>
    <message>
        <source>職員がご案内します。</source>
        <translation>Um funcionário vai atender você.</translation>
    </message>
    <message>
        <source>言語をえらんでください</source>
        <translation>Escolha o idioma</translation>
    </message>
    <message>
        <source>言語</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>大きな文字</source>
        <translation>Letras grandes</translation>
    </message>
    <message>
        <source>高コントラスト</source>
        <translation>Alto contraste</translation>
    </message>
    <message>
        <source>もどる</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>暗証番号を入れてください</source>
        <translation>Digite sua senha</translation>
    </message>
    <message>
        <source>マイナンバーカードの暗証番号（数字4けた）</source>
        <translation>Senha do cartão My Number (4 números)</translation>
    </message>
    <message>
        <source>運転免許証の暗証番号1（数字4けた）</source>
        <translation>Senha 1 da carteira de motorista (4 números)</translation>
    </message>
    <message>
        <source>運転免許証の暗証番号2（数字4けた）</source>
        <translation>Senha 2 da carteira de motorista (4 números)</translation>
    </message>
    <message>
        <source>入れなくても進めます。</source>
        <translation>Pode continuar sem digitar.</translation>
    </message>
    <message>
        <source>あと {n} 回入れられます</source>
        <translation>Tentativas restantes: {n}</translation>
    </message>
    <message>
        <source>あと1回まちがえると、暗証番号が使えなくなります。</source>
        <translation>Se errar mais uma vez, a senha será bloqueada.</translation>
    </message>
    <message>
        <source>暗証番号がちがいます。もう一度入れてください。</source>
        <translation>A senha não está correta. Digite de novo.</translation>
    </message>
    <message>
        <source>もう一度、暗証番号を入れてください。</source>
        <translation>Digite a senha mais uma vez.</translation>
    </message>
    <message>
        <source>暗証番号が使えなくなっています。職員がほかの方法をご案内します。</source>
        <translation>A senha está bloqueada. Um funcionário vai explicar outra forma.</translation>
    </message>
    <message>
        <source>番号は画面に出ません。</source>
        <translation>Os números não aparecem na tela.</translation>
    </message>
    <message>
        <source>わからないときは、職員に言ってください。</source>
        <translation>Se tiver dúvida, fale com o funcionário.</translation>
    </message>
    <message>
        <source>4けたのうち {n} けた</source>
        <translation>{n} de 4 números</translation>
    </message>
    <message>
        <source>1字消す</source>
        <translation>Apagar um</translation>
    </message>
    <message>
        <source>決定</source>
        <translation>Confirmar</translation>
    </message>
    <message>
        <source>カードを読んでいます。カードを動かさないでください。</source>
        <translation>Lendo o cartão. Por favor, não mexa no cartão.</translation>
    </message>
    <message>
        <source>ご確認ください</source>
        <translation>Confira, por favor</translation>
    </message>
    <message>
        <source>お名前</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>ご住所</source>
        <translation>Endereço</translation>
    </message>
    <message>
        <source>生年月日</source>
        <translation>Data de nascimento</translation>
    </message>
    <message>
        <source>お手続き</source>
        <translation>Procedimentos</translation>
    </message>
    <message>
        <source>ほか {n} 件</source>
        <translation>e mais {n}</translation>
    </message>
    <message>
        <source>合っています</source>
        <translation>Está correto</translation>
    </message>
    <message>
        <source>なおします</source>
        <translation>Precisa corrigir</translation>
    </message>
    <message>
        <source>ありがとうございます。少しお待ちください。</source>
        <translation>Obrigado(a). Aguarde um momento.</translation>
    </message>
    <message>
        <source>どこがちがうか、職員に教えてください。</source>
        <translation>Diga ao funcionário o que não está correto.</translation>
    </message>
    <message>
        <source>yyyy年M月d日</source>
        <translation>d &apos;de&apos; MMMM &apos;de&apos; yyyy</translation>
    </message>
</context>
</TS>
