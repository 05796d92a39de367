# What is written | what it is looked up as. Each line has its wrong neighbour near by.
Minister Ito        | minister ito
Erdoğan             | erdogan
ERDOĞAN             | erdogan
Ｅｒｄｏğａｎ          | erdogan
İZMİR               | izmir
Diyarbakır          | diyarbakir
Wałęsa              | walesa
Đinđić              | dindic
Đorđe               | dorde
Ødegård             | odegard
Straße              | strasse
STRASSE             | strasse
Þórður Æsir         | thordur aesir
Œuvre               | oeuvre
São Tomé            | sao tome
São Tomé          | sao tome
Nguyễn              | nguyen
Lukašenka           | lukasenka
O’Brien             | o'brien
O'Brien             | o'brien
Saint‑Denis         | saint-denis
12 345              | 12 345
ﬁnance              | finance
Ⅳ                   | iv
№ 7                 | no 7
Ёлкин               | елкин
Алексей             | алексеи
ΟΔΥΣΣΕΥΣ            | οδυσσευσ
Οδυσσεύς            | οδυσσευσ
서울                 | 서울
伊藤                 | 伊藤
הַשָּׁלוֹם            | השלום
مُحَمَّد              | محمد
हिन्दी                | हिन्दी
ไทย                  | ไทย
