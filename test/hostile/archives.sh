# Archives, web archives, mails, office files and PDF that a stranger made; read by run.sh.
printf '%s\n' "$good" | gzip > whole.gz
head -c 60 whole.gz > cut.gz
expect "half a gzipped text is no text"          3 'cut\.gz: the compressed data \(gzip\) are cut off' read cut.gz
{ for ((i = 0; i < 3000; i++)); do printf '{"text":"Report %d: %s"}\n' $i "$RANDOM$RANDOM$RANDOM"; done; } | gzip | head -c 20000 > cut.jsonl.gz
expect "lines before a cut are read"             3 '"text":"Report 100: '       read cut.jsonl.gz
expect "and the cut is named"                    3 'cut\.jsonl\.gz: the compressed data \(gzip\) are cut off' read cut.jsonl.gz

# bombs: 300 MB of one letter, alone, in a zip beside a good text, as gzip in gzip, and as one line of JSON
head -c 300000000 /dev/zero | tr '\0' a > bomb.txt
gzip -c bomb.txt > bomb.gz
zip -q bomb.zip bomb.txt good.txt
gzip -c bomb.gz > bombs.gz
{ printf '{"text":"'; cat bomb.txt; } | gzip > bomb.jsonl.gz
rm bomb.txt
expect "a gzip bomb is named"                    3 'bomb\.gz: .*(250 times|at most)' busy 20 read bomb.gz
expect "a zip bomb is named"                     3 'bomb\.zip: bomb\.txt: .*(250 times|at most)' busy 20 read bomb.zip
expect "and what lies beside it is read"         3 'harbour master Ilse Marrow' busy 20 read bomb.zip
expect "a bomb in a bomb is named"               3 'bombs\.gz: .*(250 times|at most)' busy 20 read bombs.gz
expect "a bomb of JSON is named"                 3 'bomb\.jsonl\.gz'            busy 20 read bomb.jsonl.gz
cp good.txt nest; for ((i = 0; i < 12; i++)); do rm -f nest.zip; zip -q nest.zip nest; mv nest.zip nest; done
expect "twelve zips in each other are named"     3 'nest: .*lies in 3 archives' read nest

# names and numbers of members
mkdir inner; cp good.txt inner/x
tar -cf names.tar -P --transform 's|^|../../../tmp/demarche-hostile-|' good.txt
tar -rf names.tar -P --transform "s|^|/|" inner/x
expect "a member named ../x is read"             0 'harbour master Ilse Marrow' read names.tar
claim "and written nowhere" [ ! -e /tmp/demarche-hostile-good.txt ]
mv good.txt $'red\x1b[31m\n.txt'; tar -cf colours.tar $'red\x1b[31m\n.txt'; printf '\0' > nul; tar -cf bad.tar $'red\x1b[31m\n.txt' nul
mv $'red\x1b[31m\n.txt' good.txt
claim "control characters in names stay off the terminal" [ -z "$("$demarche" read bad.tar 2>&1 >/dev/null | grep -a $'\x1b')" ]
: > .dot; tar -cf one.tar .dot; head -c 512 one.tar > many.tar
for ((i = 0; i < 17; i++)); do cat many.tar many.tar > more.tar; mv more.tar many.tar; done
tar -cf last.tar good.txt; cat last.tar >> many.tar
expect "131,072 empty members take seconds"      0 'harbour master Ilse Marrow' busy 30 read many.tar
rm many.tar
zip -qP secret locked.zip good.txt; zip -q locked.zip tree/one.txt
expect "an encrypted member is named"            3 'locked\.zip: good\.txt: is encrypted' read locked.zip
expect "the open one beside it is read"          3 'harbour master Ilse Marrow' read locked.zip
head -c 300 names.tar > short.tar; head -c 700 names.tar > short2.tar; head -c 90 locked.zip > short.zip
for f in short.tar short2.tar short.zip; do expect "$f, cut off, is named" 3 "$f" read $f; done

# web archives
record() { printf 'WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: http://velm.example/%s\r\nContent-Type: text/plain\r\nContent-Length: %s\r\n\r\n' "$1" "$2"; }
{ record 1 ${#good}; printf '%s\r\n\r\nrubbish between\r\n' "$good"; record 2 nonsense; printf 'x\r\n\r\n'; record 3 ${#good}
  printf '%s\r\n\r\n' "$good"; record 4 999999; printf 'cut'; } > broken.warc
expect "the record behind rubbish is found"      3 '"uri":"http://velm.example/3"' read broken.warc
expect "rubbish is named with its byte"          3 'broken\.warc: the record at byte 2[0-9]+ is left out' read broken.warc
expect "a record that is cut off is named"       3 'the archive ends inside it' read broken.warc
{ record 1 9000000000000000000; printf 'The port.'; } > long.warc
expect "a length beyond all is named"            3 'long\.warc'                 busy 10 read long.warc
{ for ((i = 0; i < 20000; i++)); do printf 'WARC/1.0\r\n\r\n'; done; } > heads.warc
expect "twenty thousand empty heads take seconds" 3 'heads\.warc'               busy 20 read heads.warc

# mails
{ printf 'From: a@velm.example\nDate: Tue, 18 Mar 2031 09:30:00 GMT\n'
  for ((i = 0; i < 5000; i++)); do printf 'Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n' $i $i; done; } > deep.eml
expect "five thousand parts in each other end"   3 'deep\.eml'                  busy 20 read deep.eml
{ printf 'From: a@velm.example\nDate: Tue, 18 Mar 2031 09:30:00 GMT\nSubject: '
  for ((i = 0; i < 100000; i++)); do printf '=?utf-8?q?a?= '; done; printf '\n\nThe port reopened.\n'; } > words.eml
expect "a subject of 100,000 coded words ends"   any '.'                        busy 20 read words.eml
printf 'From: a@velm.example\nDate: Tue, 18 Mar 2031 09:30:00 GMT\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nGespr\xe4che in K\xf6hln, sagte Ilse Marrow.\n' > lying.eml
expect "a charset that lies is not believed"     0 'Köhln|K\\u00f6hln'          read lying.eml

# office files and PDF
mkdir word; printf '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>' > word/document.xml
zip -q trap.docx word/document.xml
expect "a document type in a docx is a trap"     3 'trap\.docx: its XML has a document type' read trap.docx
printf '%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R/Size 4>>\n%%%%EOF\n' > empty.pdf
qpdf --encrypt secret secret 256 -- empty.pdf sealed.pdf >/dev/null 2>&1
expect "an encrypted PDF is named"               3 'sealed\.pdf: is an encrypted PDF' read sealed.pdf
expect "a PDF without text is named"             3 'empty\.pdf: is a PDF without text' read empty.pdf
claim "without pdftotext the package is named" grep -q poppler-utils <<<"$(PATH=/nonexistent "$demarche" read empty.pdf 2>&1)"
