<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi" sourcelanguage="ja_JP">
<context>
    <name>Visitor</name>
    <message>
        <source>ようこそ</source>
        <translation>Xin chào quý khách</translation>
    </message>
    <message>
        <source>職員がご案内します。</source>
        <translation>Nhân viên sẽ hướng dẫn quý khách.</translation>
    </message>
    <message>
        <source>言語をえらんでください</source>
        <translation>Vui lòng chọn ngôn ngữ</translation>
    </message>
    <message>
        <source>言語</source>
        <translation>Ngôn ngữ</translation>
    </message>
    <message>
        <source>大きな文字</source>
        <translation>Chữ lớn</translation>
    </message>
    <message>
        <source>高コントラスト</source>
        <translation>Tương phản cao</translation>
    </message>
    <message>
        <source>もどる</source>
        <translation>Quay lại</translation>
    </message>
    <message>
        <source>暗証番号を入れてください</source>
        <translation>Vui lòng nhập mã PIN</translation>
    </message>
    <message>
        <source>マイナンバーカードの暗証番号（数字4けた）</source>
        <translation>Mã PIN của thẻ My Number (4 chữ số)</translation>
    </message>
    <message>
        <source>運転免許証の暗証番号1（数字4けた）</source>
        <translation>Mã PIN 1 của bằng lái xe (4 chữ số)</translation>
    </message>
    <message>
        <source>運転免許証の暗証番号2（数字4けた）</source>
        <translation>Mã PIN 2 của bằng lái xe (4 chữ số)</translation>
    </message>
    <message>
        <source>入れなくても進めます。</source>
        <translation>Có thể tiếp tục mà không cần nhập.</translation>
    </message>
    <message>
        <source>あと {n} 回入れられます</source>
        <translation>Còn {n} lần nhập</translation>
    </message>
    <message>
        <source>あと1回まちがえると、暗証番号が使えなくなります。</source>
        <translation>Nếu nhập sai thêm 1 lần nữa, mã PIN sẽ bị khóa.</translation>
    </message>
    <message>
        <source>暗証番号がちがいます。もう一度入れてください。</source>
        <translation>Mã PIN không đúng. Vui lòng nhập lại.</translation>
    </message>
    <message>
        <source>もう一度、暗証番号を入れてください。</source>
        <translation>Vui lòng nhập mã PIN một lần nữa.</translation>
    </message>
    <message>
        <source>暗証番号が使えなくなっています。職員がほかの方法をご案内します。</source>
        <translation>Mã PIN đã bị khóa. Nhân viên sẽ hướng dẫn cách khác.</translation>
    </message>
    <message>
        <source>番号は画面に出ません。</source>
        <translation>Các số đã nhập không hiện trên màn hình.</translation>
    </message>
    <message>
        <source>わからないときは、職員に言ってください。</source>
        <translation>Nếu không rõ, vui lòng hỏi nhân viên.</translation>
    </message>
    <message>
        <source>4けたのうち {n} けた</source>
        <translation>Đã nhập {n} trong 4 chữ số</translation>
    </message>
    <message>
        <source>1字消す</source>
        <translation>Xóa 1 số</translation>
    </message>
    <message>
        <source>決定</source>
        <translation>Xác nhận</translation>
    </message>
    <message>
        <source>カードを読んでいます。カードを動かさないでください。</source>
        <translation>Đang đọc thẻ. Vui lòng không di chuyển thẻ.</translation>
    </message>
    <message>
        <source>ご確認ください</source>
        <translation>Vui lòng kiểm tra</translation>
    </message>
    <message>
        <source>お名前</source>
        <translation>Họ tên</translation>
    </message>
    <message>
        <source>ご住所</source>
        <translation>Địa chỉ</translation>
    </message>
    <message>
        <source>生年月日</source>
        <translation>Ngày sinh</translation>
    </message>
    <message>
        <source>お手続き</source>
        <translation>Thủ tục</translation>
    </message>
    <message>
        <source>ほか {n} 件</source>
        <translation>và {n} thủ tục khác</translation>
    </message>
    <message>
        <source>合っています</source>
        <translation>Đúng</translation>
    </message>
    <message>
        <source>なおします</source>
        <translation>Cần sửa</translation>
    </message>
    <message>
        <source>ありがとうございます。少しお待ちください。</source>
        <translation>Xin cảm ơn. Vui lòng chờ một chút.</translation>
    </message>
    <message>
        <source>どこがちがうか、職員に教えてください。</source>
        <translation>Vui lòng cho nhân viên biết chỗ nào chưa đúng.</translation>
    </message>
    <message>
        <source>yyyy年M月d日</source>
        <translation>&apos;ngày&apos; d &apos;tháng&apos; M &apos;năm&apos; yyyy</translation>
    </message>
</context>
</TS>
