# Feeds that a stranger made; read by run.sh.
item="<item><title>Ferries</title><description>$good</description></item>"
printf '<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;"><!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel><title>&d;&f;</title>%s</channel></rss>' "$item" > laughs.xml
expect "a feed of entities in entities is read"  0 '"publisher":"&d;&f;"'       busy 20 read laughs.xml
{ printf '<rss><channel><title>Deep</title>%s' "$item"; head -c 3000000 /dev/zero | sed 's/\x0/<a>/g'; } > deep.xml
expect "a million tags within each other"        0 'harbour master Ilse Marrow' busy 60 read deep.xml
{ printf '<rss><channel>%s' "$item"; head -c 1000000 /dev/zero | sed 's/\x0/<!-- \&/g'; } > junk.xml
expect "megabytes of junk behind an entry"       0 'harbour master Ilse Marrow' busy 60 read junk.xml
printf '<rss><channel>%s<item><title>Cut' "$item" > cutfeed.xml
expect "a feed that breaks off is read so far"   0 'harbour master Ilse Marrow' read cutfeed.xml
printf '<rss version="2.0"><channel><title>Empty</title></channel></rss>' > nofeed.xml
expect "a feed without entries is named"         3 'nofeed\.xml: is a feed without entries' read nofeed.xml
printf '<rss><channel><item><title>&lt;script&gt;x()&lt;/script&gt;Port</title><description>&lt;img src=x onerror=x()&gt;&lt;a href="javascript:x()"&gt;Open&lt;/a&gt; again.</description></item></channel></rss>' > attack.xml
expect "scripts are no part of a title"          0 '"title":"Port"'             read attack.xml
expect "nor handlers of a text"                  0 '"text":"Open again\."'      read attack.xml
