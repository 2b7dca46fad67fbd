<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="th" sourcelanguage="ja_JP">
<context>
    <name>Visitor</name>
    <message>
        <source>ようこそ</source>
        <translation>ยินดีต้อนรับ</translation>
    </message>
    <message>
        <source>職員がご案内します。</source>
        <translation>เจ้าหน้าที่จะให้บริการท่าน</translation>
    </message>
    <message>
        <source>言語をえらんでください</source>
        <translation>กรุณาเลือกภาษา</translation>
    </message>
    <message>
        <source>言語</source>
        <translation>ภาษา</translation>
    </message>
    <message>
        <source>大きな文字</source>
        <translation>ตัวอักษรใหญ่</translation>
    </message>
    <message>
        <source>高コントラスト</source>
        <translation>ความคมชัดสูง</translation>
    </message>
    <message>
        <source>もどる</source>
        <translation>ย้อนกลับ</translation>
    </message>
    <message>
        <source>暗証番号を入れてください</source>
        <translation>กรุณาใส่รหัส PIN</translation>
    </message>
    <message>
        <source>マイナンバーカードの暗証番号（数字4けた）</source>
        <translation>รหัส PIN ของบัตรมายนัมเบอร์ (ตัวเลข 4 หลัก)</translation>
    </message>
    <message>
        <source>運転免許証の暗証番号1（数字4けた）</source>
        <translation>รหัส PIN 1 ของใบขับขี่ (ตัวเลข 4 หลัก)</translation>
    </message>
    <message>
        <source>運転免許証の暗証番号2（数字4けた）</source>
        <translation>รหัส PIN 2 ของใบขับขี่ (ตัวเลข 4 หลัก)</translation>
    </message>
    <message>
        <source>入れなくても進めます。</source>
        <translation>ไม่ใส่ก็ดำเนินการต่อได้</translation>
    </message>
    <message>
        <source>あと {n} 回入れられます</source>
        <translation>ใส่ได้อีก {n} ครั้ง</translation>
    </message>
    <message>
        <source>あと1回まちがえると、暗証番号が使えなくなります。</source>
        <translation>หากใส่ผิดอีก 1 ครั้ง รหัส PIN จะถูกล็อก</translation>
    </message>
    <message>
        <source>暗証番号がちがいます。もう一度入れてください。</source>
        <translation>รหัส PIN ไม่ถูกต้อง กรุณาใส่อีกครั้ง</translation>
    </message>
    <message>
        <source>もう一度、暗証番号を入れてください。</source>
        <translation>กรุณาใส่รหัส PIN อีกครั้ง</translation>
    </message>
    <message>
        <source>暗証番号が使えなくなっています。職員がほかの方法をご案内します。</source>
        <translation>รหัส PIN ถูกล็อกแล้ว เจ้าหน้าที่จะแนะนำวิธีอื่น</translation>
    </message>
    <message>
        <source>番号は画面に出ません。</source>
        <translation>ตัวเลขจะไม่แสดงบนหน้าจอ</translation>
    </message>
    <message>
        <source>わからないときは、職員に言ってください。</source>
        <translation>หากไม่ทราบ กรุณาแจ้งเจ้าหน้าที่</translation>
    </message>
    <message>
        <source>4けたのうち {n} けた</source>
        <translation>ใส่แล้ว {n} จาก 4 หลัก</translation>
    </message>
    <message>
        <source>1字消す</source>
        <translation>ลบ 1 ตัว</translation>
    </message>
    <message>
        <source>決定</source>
        <translation>ตกลง</translation>
    </message>
    <message>
        <source>カードを読んでいます。カードを動かさないでください。</source>
        <translation>กำลังอ่านบัตร กรุณาอย่าเคลื่อนย้ายบัตร</translation>
    </message>
    <message>
        <source>ご確認ください</source>
        <translation>กรุณาตรวจสอบ</translation>
    </message>
    <message>
        <source>お名前</source>
        <translation>ชื่อ</translation>
    </message>
    <message>
        <source>ご住所</source>
        <translation>ที่อยู่</translation>
    </message>
    <message>
        <source>生年月日</source>
        <translation>วันเกิด</translation>
    </message>
    <message>
        <source>お手続き</source>
        <translation>รายการที่ดำเนินการ</translation>
    </message>
    <message>
        <source>ほか {n} 件</source>
        <translation>และอีก {n} รายการ</translation>
    </message>
    <message>
        <source>合っています</source>
        <translation>ถูกต้อง</translation>
    </message>
    <message>
        <source>なおします</source>
        <translation>ต้องแก้ไข</translation>
    </message>
    <message>
        <source>ありがとうございます。少しお待ちください。</source>
        <translation>ขอบคุณ กรุณารอสักครู่</translation>
    </message>
    <message>
        <source>どこがちがうか、職員に教えてください。</source>
        <translation>กรุณาแจ้งเจ้าหน้าที่ว่าส่วนใดไม่ถูกต้อง</translation>
    </message>
    <message>
        <source>yyyy年M月d日</source>
        <translation>d MMMM &apos;ค.ศ.&apos; yyyy</translation>
    </message>
</context>
</TS>
