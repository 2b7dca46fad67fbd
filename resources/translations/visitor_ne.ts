<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ne" sourcelanguage="ja_JP">
<context>
    <name>Visitor</name>
    <message>
        <source>ようこそ</source>
        <translation>स्वागत छ</translation>
    </message>
    <message>
        <source>職員がご案内します。</source>
        <translation>कर्मचारीले तपाईंलाई सहयोग गर्नेछन्।</translation>
    </message>
    <message>
        <source>言語をえらんでください</source>
        <translation>कृपया भाषा छान्नुहोस्</translation>
    </message>
    <message>
        <source>言語</source>
        <translation>भाषा</translation>
    </message>
    <message>
        <source>大きな文字</source>
        <translation>ठूलो अक्षर</translation>
    </message>
    <message>
        <source>高コントラスト</source>
        <translation>स्पष्ट रङ</translation>
    </message>
    <message>
        <source>もどる</source>
        <translation>फर्कनुहोस्</translation>
    </message>
    <message>
        <source>暗証番号を入れてください</source>
        <translation>कृपया पिन नम्बर हाल्नुहोस्</translation>
    </message>
    <message>
        <source>マイナンバーカードの暗証番号（数字4けた）</source>
        <translation>माइ नम्बर कार्डको पिन नम्बर (4 अंक)</translation>
    </message>
    <message>
        <source>運転免許証の暗証番号1（数字4けた）</source>
        <translation>सवारी चालक अनुमतिपत्रको पिन नम्बर 1 (4 अंक)</translation>
    </message>
    <message>
        <source>運転免許証の暗証番号2（数字4けた）</source>
        <translation>सवारी चालक अनुमतिपत्रको पिन नम्बर 2 (4 अंक)</translation>
    </message>
    <message>
        <source>入れなくても進めます。</source>
        <translation>नहालीकन पनि अघि बढ्न सकिन्छ।</translation>
    </message>
    <message>
        <source>あと {n} 回入れられます</source>
        <translation>अझै {n} पटक हाल्न सकिन्छ</translation>
    </message>
    <message>
        <source>あと1回まちがえると、暗証番号が使えなくなります。</source>
        <translation>अब एक पटक गलत भएमा पिन नम्बर बन्द हुनेछ।</translation>
    </message>
    <message>
        <source>暗証番号がちがいます。もう一度入れてください。</source>
        <translation>पिन नम्बर मिलेन। कृपया फेरि हाल्नुहोस्।</translation>
    </message>
    <message>
        <source>もう一度、暗証番号を入れてください。</source>
        <translation>कृपया पिन नम्बर फेरि एक पटक हाल्नुहोस्।</translation>
    </message>
    <message>
        <source>暗証番号が使えなくなっています。職員がほかの方法をご案内します。</source>
        <translation>पिन नम्बर बन्द भएको छ। कर्मचारीले अर्को तरिका बताउनेछन्।</translation>
    </message>
    <message>
        <source>番号は画面に出ません。</source>
        <translation>अंकहरू स्क्रिनमा देखिँदैनन्।</translation>
    </message>
    <message>
        <source>わからないときは、職員に言ってください。</source>
        <translation>थाहा नभएमा कृपया कर्मचारीलाई भन्नुहोस्।</translation>
    </message>
    <message>
        <source>4けたのうち {n} けた</source>
        <translation>4 मध्ये {n} अंक</translation>
    </message>
    <message>
        <source>1字消す</source>
        <translation>एक अंक मेटाउनुहोस्</translation>
    </message>
    <message>
        <source>決定</source>
        <translation>पक्का गर्नुहोस्</translation>
    </message>
    <message>
        <source>カードを読んでいます。カードを動かさないでください。</source>
        <translation>कार्ड पढ्दै छ। कृपया कार्ड नचलाउनुहोस्।</translation>
    </message>
    <message>
        <source>ご確認ください</source>
        <translation>कृपया जाँच्नुहोस्</translation>
    </message>
    <message>
        <source>お名前</source>
        <translation>नाम</translation>
    </message>
    <message>
        <source>ご住所</source>
        <translation>ठेगाना</translation>
    </message>
    <message>
        <source>生年月日</source>
        <translation>जन्म मिति</translation>
    </message>
    <message>
        <source>お手続き</source>
        <translation>कार्यविधिहरू</translation>
    </message>
    <message>
        <source>ほか {n} 件</source>
        <translation>र अरू {n} वटा</translation>
    </message>
    <message>
        <source>合っています</source>
        <translation>ठीक छ</translation>
    </message>
    <message>
        <source>なおします</source>
        <translation>सच्याउनु पर्छ</translation>
    </message>
    <message>
        <source>ありがとうございます。少しお待ちください。</source>
        <translation>धन्यवाद। कृपया एकछिन पर्खनुहोस्।</translation>
    </message>
    <message>
        <source>どこがちがうか、職員に教えてください。</source>
        <translation>कहाँ मिलेको छैन, कृपया कर्मचारीलाई भन्नुहोस्।</translation>
    </message>
    <message>
        <source>yyyy年M月d日</source>
        <translation>yyyy MMMM d</translation>
    </message>
</context>
</TS>
