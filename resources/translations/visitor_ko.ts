<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="ja_JP">
<context>
    <name>Visitor</name>
    <message>
        <source>ようこそ</source>
        <translation>어서 오세요</translation>
    </message>
    <message>
        <source>職員がご案内します。</source>
        <translation>직원이 안내해 드리겠습니다.</translation>
    </message>
    <message>
        <source>言語をえらんでください</source>
        <translation>언어를 선택해 주세요</translation>
    </message>
    <message>
        <source>言語</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>大きな文字</source>
        <translation>큰 글자</translation>
    </message>
    <message>
        <source>高コントラスト</source>
        <translation>고대비</translation>
    </message>
    <message>
        <source>もどる</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>暗証番号を入れてください</source>
        <translation>비밀번호를 입력해 주세요</translation>
    </message>
    <message>
        <source>マイナンバーカードの暗証番号（数字4けた）</source>
        <translation>마이넘버 카드 비밀번호 (숫자 4자리)</translation>
    </message>
    <message>
        <source>運転免許証の暗証番号1（数字4けた）</source>
        <translation>운전면허증 비밀번호 1 (숫자 4자리)</translation>
    </message>
    <message>
        <source>運転免許証の暗証番号2（数字4けた）</source>
        <translation>운전면허증 비밀번호 2 (숫자 4자리)</translation>
    </message>
    <message>
        <source>入れなくても進めます。</source>
        <translation>입력하지 않아도 진행할 수 있습니다.</translation>
    </message>
    <message>
        <source>あと {n} 回入れられます</source>
        <translation>남은 횟수: {n}회</translation>
    </message>
    <message>
        <source>あと1回まちがえると、暗証番号が使えなくなります。</source>
        <translation>한 번 더 틀리면 비밀번호가 잠깁니다.</translation>
    </message>
    <message>
        <source>暗証番号がちがいます。もう一度入れてください。</source>
        <translation>비밀번호가 틀렸습니다. 다시 입력해 주세요.</translation>
    </message>
    <message>
        <source>もう一度、暗証番号を入れてください。</source>
        <translation>비밀번호를 한 번 더 입력해 주세요.</translation>
    </message>
    <message>
        <source>暗証番号が使えなくなっています。職員がほかの方法をご案内します。</source>
        <translation>비밀번호가 잠겨 있습니다. 직원이 다른 방법을 안내해 드리겠습니다.</translation>
    </message>
    <message>
        <source>番号は画面に出ません。</source>
        <translation>입력한 번호는 화면에 표시되지 않습니다.</translation>
    </message>
    <message>
        <source>わからないときは、職員に言ってください。</source>
        <translation>잘 모르시면 직원에게 말씀해 주세요.</translation>
    </message>
    <message>
        <source>4けたのうち {n} けた</source>
        <translation>4자리 중 {n}자리</translation>
    </message>
    <message>
        <source>1字消す</source>
        <translation>한 자리 지우기</translation>
    </message>
    <message>
        <source>決定</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>カードを読んでいます。カードを動かさないでください。</source>
        <translation>카드를 읽고 있습니다. 카드를 움직이지 마세요.</translation>
    </message>
    <message>
        <source>ご確認ください</source>
        <translation>확인해 주세요</translation>
    </message>
    <message>
        <source>お名前</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>ご住所</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>生年月日</source>
        <translation>생년월일</translation>
    </message>
    <message>
        <source>お手続き</source>
        <translation>신청 절차</translation>
    </message>
    <message>
        <source>ほか {n} 件</source>
        <translation>그 밖에 {n}건</translation>
    </message>
    <message>
        <source>合っています</source>
        <translation>맞습니다</translation>
    </message>
    <message>
        <source>なおします</source>
        <translation>수정이 필요합니다</translation>
    </message>
    <message>
        <source>ありがとうございます。少しお待ちください。</source>
        <translation>감사합니다. 잠시만 기다려 주세요.</translation>
    </message>
    <message>
        <source>どこがちがうか、職員に教えてください。</source>
        <translation>어디가 틀렸는지 직원에게 말씀해 주세요.</translation>
    </message>
    <message>
        <source>yyyy年M月d日</source>
        <translation>yyyy년 M월 d일</translation>
    </message>
</context>
</TS>
