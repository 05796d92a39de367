# Texts that are made to stall tags, trees and names: a quarter of a megabyte each, up to 125,000 words (less for the sanitized program), all
# told to be English, so that the model reads them. Part of run.sh.
size=$((250000 / slow))
say() { printf '%s\n' "$good" "The harbour master and the envoy of the council said that it was the end of the talks." ; }
fill() { yes "$1" | tr '\n' ' ' | head -c $size; printf '\n'; }
made() { printf '{"lang":"en","text":"'; sed 's/[\\"]/\\&/g' | tr '\n' ' '; printf '"}\n'; }     # one document of what comes in

{ say; fill 'word'; } | made > long.jsonl
{ say; fill 'Ana Velline'; } | made > names.jsonl
{ say; fill 'of the harbour of the council of the'; } | made > of.jsonl
{ say; fill '("who," [said he]: "who - not I;'; } | made > marks.jsonl
{ say; fill 'a'; } | made > letters.jsonl
{ say; fill '1,234.5 % of 6-7 kg/m'; } | made > figures.jsonl
{ say; yes '🚢🌾' | tr -d '\n' | head -c $((size / 8 * 8)); } | made > emoji.jsonl
{ say; fill 'الميناء مغلق‏ ‮סגור'; } | made > rtl.jsonl
{ say; fill 'port'$'\001''of'$'\037''Velm'$'\177''\u0000'; } | sed 's/[\\]u0000/\x02/g' | tr '\001\002\037' '~~~' | sed 's/~/\\u0001/g' > control.txt
{ printf '{"lang":"en","text":"'; tr '\n' ' ' < control.txt | sed 's/"/\\"/g'; printf '"}\n'; } > control.jsonl
{ say; yes 'Velm' | tr -d '\n' | head -c $size; } | made > glued.jsonl
{ say; yes "don't can't I'd've they'll won't" | tr '\n' ' ' | head -c $size; } | made > cut.jsonl

rooted() {                                               # one root a sentence, heads within it, where there are heads
    awk -F'\t' '/^#/ { next } $1 ~ /-/ { next }
        !NF { if (n && (roots != 1 || most > n)) { print "at line " NR; exit bad = 1 } n = roots = most = 0; next }
        $7 != "_" { n++; roots += $7 == 0; if ($7 + 0 > most) most = $7 + 0 } END { exit bad }' "$1"
}
tagged() { awk -F'\t' 'NF == 10 && $1 !~ /-/ && ($4 == "_" || $7 == "_" || $8 == "_") { exit bad = 1 } END { exit bad }' "$1"; }

for f in long names of marks letters figures emoji rtl control glued cut; do
    expect "$f.jsonl is read within seconds"     0 '"format":1'                 busy $((slow > 1 ? 60 : 12)) read -q $f.jsonl
    "$demarche" read -q -j 1 --format conllu $f.jsonl > $f.conllu 2> /dev/null
    claim "each of its sentences is a tree with one root" rooted $f.conllu
    if [ -f "$here/../../models/en.dm" ]; then claim "and its words have tags" tagged $f.conllu; fi
done

# ---- models that are none
head -c 4000 /dev/urandom > noise.dm
: > blank.dm
expect "noise as a model is refused"             3 'noise\.dm.*no model'        read --model noise.dm good.txt
expect "an empty model is refused"               3 'blank\.dm.*empty'           read --model blank.dm good.txt
expect "a model that is not there is named"      3 'gone\.dm.*no such file'     add --model gone.dm --ledger m.db good.txt
expect "and no ledger was made"                  any '^no$'                     has_none m.db
if [ -f "$here/../../models/en.dm" ]; then
    cp "$here/../../models/en.dm" cut.dm; truncate -s -1000 cut.dm
    cp "$here/../../models/en.dm" bent.dm; printf 'X' | dd of=bent.dm bs=1 seek=100000 conv=notrunc 2>/dev/null
    expect "a model cut short is refused"        3 'cut\.dm.*its head says'     read --model cut.dm good.txt
    expect "a bent model is refused"             3 'bent\.dm.*damaged'          read --model bent.dm good.txt
    expect "doctor names a bent model"           3 'bent\.dm.*damaged'          doctor --model bent.dm --ledger a.db
fi
