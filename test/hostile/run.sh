#!/bin/bash
# Hostile inputs, hostile ledgers, hostile moments: each case says what a stranger does and what the program must answer.
# test/hostile/run.sh BUILD     ends with "N passed, N failed"
# sanitized too
build=$(cd "$1" && pwd) here=$(cd "$(dirname "$0")" && pwd)
demarche=$build/demarche
work=$(mktemp -d); trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
cd "$work" || exit 1
export DEMARCHE_NOW=2031-05-01T12:00:00Z LC_ALL=C.UTF-8
passed=0 failed=0
case $build in *asan) slow=8 ;; *) slow=1 ;; esac         # the sanitized program gets smaller inputs
. "$here/expect.sh"

good='The port of Velm will reopen on Friday, officials in Tessary said. "We are ready," the harbour master Ilse Marrow told reporters.'

# ---- inputs that are no articles: named with a remedy, and the rest of the run goes on
printf '%s\n' "$good" > good.txt
: > empty.txt
printf ' \n\n \t\n' > blank.txt
head -c 20000 /dev/urandom > random.bin
cp "$demarche" elf.txt
printf '%s\n' "$good" | gzip > news.txt.gz
printf '%%PDF-1.4\n%%\xe2\xe3\xcf\xd3\n1 0 obj\n' > paper.pdf
printf 'PK\003\004\024\000\000\000' > word.docx
expect "an empty file is named"                  3 'empty\.txt.*empty'          add --ledger a.db empty.txt good.txt
expect "and the good one beside it is in"        0 '^1$'                        sql a.db 'select count(*) from document'
expect "a blank file is named"                   3 'blank\.txt'                 add --ledger a.db blank.txt
expect "random bytes are named"                  3 'random\.bin'                add --ledger a.db random.bin
expect "a program is named"                      3 'elf\.txt'                   add --ledger a.db elf.txt
expect "a gzipped text is read"                  0 'Ilse Marrow'                read news.txt.gz
expect "PDF is told how to be read"              3 'paper\.pdf.*pdftotext'      add --ledger a.db paper.pdf
expect "a zip is told"                           3 'word\.docx'                 add --ledger a.db word.docx
expect "a file that is not there is named"       3 'nowhere\.txt'               add --ledger a.db nowhere.txt
expect "nothing came in with them"               0 '^1$'                        sql a.db 'select count(*) from document'

# ---- charsets
printf 'Der Minister sagte am 3. M\xe4rz 2031 in K\xf6hln, man sei f\xfcr Gespr\xe4che offen.\n' > latin1.txt
printf '%s\n' "$good" | iconv -t UTF-16 > utf16.txt
printf '\xef\xbb\xbf%s\n' "$good And more." > bom.txt
printf 'The strait \xff\xfe\xc0\x80 stayed open on 3 March 2031, officials said.\n' > ill.txt
expect "latin-1 is read and said so"             0 'K\\u00f6hln|Köhln'          read latin1.txt
expect "UTF-16 with its mark is read"            0 'harbour master Ilse Marrow' read utf16.txt
expect "a UTF-8 mark is no text"                 0 '"text":"The port'           read bom.txt
expect "ill bytes are no crash"                  any 'strait|ill\.txt'          read ill.txt
printf '{"text":"A lone \\ud83d surrogate and \\u0000 a nul, said Ilse Marrow on 3 March 2031."}\n' > nul.jsonl
expect "surrogates and NULs are mended"          0 'surrogate'                  read nul.jsonl
printf 'The port\0 will reopen, officials in Tessary said on 3 March 2031. They gave no more details.\n' > nul.txt
expect "one NUL in a text is no crash"           any 'port|nul\.txt'            read nul.txt

# ---- JSON Lines that are not
printf '{"text":"%s"}\n{"text":"cut off\n{"text":"Ilse Marrow spoke on 4 March 2031."}\n{"text":7}\n[1]\n{"title":"no text"}\n{"published":"yesterday","text":"x y z."}\n' \
    'Ilse Marrow spoke on 3 March 2031.' > mixed.jsonl
expect "each ill line is named by its number"    3 'mixed\.jsonl:2'             add --ledger b.db mixed.jsonl
expect "a number as text is named"               3 'mixed\.jsonl:4'             add --ledger b2.db mixed.jsonl
expect "an object without text is named"         3 'mixed\.jsonl:6'             add --ledger b3.db mixed.jsonl
expect "a date that is none is named"            3 'mixed\.jsonl:7'             add --ledger b4.db mixed.jsonl
expect "the good lines are in"                   0 '^2$'                        sql b.db 'select count(*) from document'
{ printf '{"text":"'; head -c 104857600 /dev/zero | tr '\0' x; printf '"}\n{"text":"After it Ilse Marrow spoke."}\n'; } > huge.jsonl
expect "a line of 100 MB is named"               3 'huge\.jsonl:1.*bytes'       add --ledger c.db huge.jsonl
expect "the line after it is read"               0 '^1$'                        sql c.db 'select count(*) from document'
rm -f huge.jsonl
python_free_nest() { head -c 200000 /dev/zero | tr '\0' '['; }
{ printf '{"text":'; python_free_nest; printf '}\n'; } > deep.jsonl
expect "200,000 brackets are named"              3 'deep\.jsonl:1'              add --ledger c.db deep.jsonl
printf '{"text":"Short.","statements":[{"source":[[0,900]],"cue":[[1,2]],"content":[[2,3]]}]}\n' > span.jsonl
expect "a span beyond its text is named"         3 'span\.jsonl:1.*(statement|source)' add --ledger c.db --records span.jsonl

# ---- texts made to stall
head -c $((3000000 / slow)) /dev/zero | tr '\0' 'a' > nospace.txt
head -c $((1000000 / slow)) /dev/zero | tr '\0' '"' > quotes.txt
head -c $((1000000 / slow)) /dev/zero | tr '\0' '\n' > newlines.txt; printf 'Ilse Marrow spoke.' >> newlines.txt
for ((i = 0; i < 100000 / slow; i++)); do printf '“a '; done > openquotes.txt
for ((i = 0; i < 30000 / slow; i++)); do printf 'On 3 March 2031 Ilse Marrow said “no”. '; done > dates.txt
for f in nospace quotes newlines openquotes dates; do
    expect "$f.txt is read within seconds"       any .                          busy 20 read $f.txt
done

# ---- words, trees and names, and models that are none
. "$here/words.sh"

# ---- folders and permissions
mkdir -p tree/deep tree/locked; cp good.txt tree/one.txt; printf 'Second: %s\n' "$good" > tree/deep/two.txt
printf 'x\n' > tree/locked/three.txt; ln -s .. tree/deep/loop; chmod 0 tree/locked
chmod 755 "$work" tree tree/deep; touch n.db; chmod 777 "$work"
expect "a folder without permission is named"    3 'locked.*(permission|allowed)' as_nobody add --ledger n2.db tree
expect "the rest of the folder is in"            0 '^2$'                        sql n2.db 'select count(*) from document'
chmod 755 tree/locked
printf '%s\n' "$good" > locked.txt; chmod 0 locked.txt
expect "a file without permission is named"      3 'locked\.txt'                as_nobody add --ledger n3.db locked.txt

# ---- ledgers that are none
printf 'I am no ledger, but long enough to be mistaken for one by nobody at all.\n' > text.db
sqlite3 other.db 'create table t(x); insert into t values (1)'
expect "a text as ledger is refused"             3 'text\.db'                   brief --ledger text.db
expect "a foreign database is refused"           3 'other\.db.*(ledger|another)' add --ledger other.db good.txt
expect "and left as it was"                      0 '^1$'                        sql other.db 'select x from t'
expect "a ledger that is not there is named"     3 'missing\.db'                brief --ledger missing.db
"$demarche" add -q --ledger v.db good.txt 2>/dev/null; sqlite3 v.db 'pragma user_version = 99'
expect "a newer ledger is refused"               3 'v\.db.*newer'               brief --ledger v.db
"$demarche" add -q --ledger cut.db tree >/dev/null 2>&1; sqlite3 cut.db 'pragma wal_checkpoint(truncate)' >/dev/null
truncate -s 20000 cut.db
expect "a ledger cut short is an error"          3 '.'                          verify --ledger cut.db
"$demarche" add -q --ledger bent.db tree >/dev/null 2>&1; sqlite3 bent.db 'pragma wal_checkpoint(truncate)' >/dev/null
at=$(grep -abo -m 1 'harbour master' bent.db | head -n 1 | cut -d: -f1)
printf 'HARBOUR' | dd of=bent.db bs=1 seek="$at" conv=notrunc 2>/dev/null
expect "a bent ledger is an error"               3 '.'                          verify --ledger bent.db

# ---- full disks
expect "a full disk under read is told"          3 '(space|full)'               to_full read good.txt
for ((i = 0; i < 4000 / slow; i++)); do printf '{"id":"d%d","published":"2031-03-01","text":"Report %d. %s"}\n' $i $i "${good//\"/\\\"}"; done > many.jsonl
expect "a ledger that cannot grow is told"       3 '.'                          with_limit $((1500 / slow)) add --ledger full.db many.jsonl
expect "it verifies"                             any '.'                        verify --ledger full.db
expect "and a rerun completes it"                0 '.'                          add --ledger full.db many.jsonl
expect "with every document once"                0 "^$((4000 / slow))\$" sql full.db 'select count(*) from document'
expect "and verifies"                            0 '.'                          verify --ledger full.db

# ---- two writers, and an interrupt
for ((i = 0; i < 3000 / slow; i++)); do printf '{"id":"e%d","text":"Other %d. %s"}\n' $i $i "${good//\"/\\\"}"; done > others.jsonl
"$demarche" add -q --ledger two.db many.jsonl 2> one.err & one=$!
"$demarche" add -q --ledger two.db others.jsonl 2> two.err; two_status=$?
wait $one; one_status=$?
[ $one_status = 0 ] || "$demarche" add -q --ledger two.db many.jsonl
[ $two_status = 0 ] || "$demarche" add -q --ledger two.db others.jsonl
expect "two writers lose nothing"                0 "^$((4000 / slow + 3000 / slow))\$" sql two.db 'select count(*) from document'
expect "and their ledger verifies"               0 '.'                          verify --ledger two.db
for ((i = 0; i < 60 * slow; i++)); do sed "s/Report/Report $i/" many.jsonl; done > long.jsonl
env --default-signal=INT "$demarche" add --ledger int.db long.jsonl 2> int.err & pid=$!
sleep 1; kill -INT $pid; wait $pid; status=$?
claim "Ctrl-C ends with 130" [ $status = 130 ]
claim "and says how to go on" grep -q again int.err
expect "the interrupted ledger verifies"         0 '.'                          verify --ledger int.db

# ---- a closed pipe
claim "a closed pipe is silent" [ -z "$({ "$demarche" read many.jsonl | head -n 1 >/dev/null; } 2>&1)" ]

# ---- files that hold others
. "$here/archives.sh"
. "$here/feeds.sh"

echo "$passed passed, $failed failed"
[ $failed = 0 ]
