#!/bin/bash
# test/cli/run.sh BUILD: the command line as its users meet it. Ends with "N passed, N failed".
# sanitized too
here=$PWD build=$(realpath "$1") passed=0 failed=0
[ -d "$build" ] && PATH=$build:$PATH || PATH=$(dirname "$build"):$PATH
export PATH LC_ALL=C.UTF-8 DEMARCHE_NOW=2031-12-24T08:00:00Z
unset DEMARCHE_LEDGER DEMARCHE_MODEL DEMARCHE_ACTORS NO_COLOR CLICOLOR_FORCE PAGER LESS COLUMNS
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
ln -s "$here/examples" "$work/examples"
cd "$work" || exit 1
# Sanitized, the network within takes eight times as long: there it reads in the cases about models alone, a tiny one in all others.
case $build in *asan) mkdir tiny; "$here/test/train/tiny.sh" "$build" tiny && export DEMARCHE_MODEL=$work/tiny/tiny.dm || exit 1 ;; esac

claim() {                                                # claim "WHAT" COMMAND…: holds where the command succeeds
    local what=$1; shift
    if "$@" >/dev/null 2>&1; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "not so: $what"; fi
}
status() {                                               # status EXPECTED WHAT COMMAND…; leaves ./out and ./err
    local expected=$1 what=$2 got; shift 2
    "$@" >out 2>err; got=$?
    if [ "$got" = "$expected" ]; then passed=$((passed + 1)); return; fi
    failed=$((failed + 1)); echo "not so: $what: exit $expected, got $got: $(head -c 300 err)"
}
says() { claim "$1 says '$2'" grep -qaF -- "$2" err; }
shows() { claim "$1 shows '$2'" grep -qaF -- "$2" out; }
no_escape() { ! grep -qa $'\033' "$1"; }
one_json_each() { [ -s "$1" ] && ! grep -qav '^{.*}$' "$1" && ! grep -qav '"format":1' "$1"; }
same_columns() { awk -F'\t' 'NR == 1 { n = NF } NF != n { bad = 1 } END { exit bad || NR < 2 }' "$1"; }
no_wider() { [ "$(wc -L <"$1")" -le "$2" ]; }           # columns of the widest line

# ---- usage ------------------------------------------------------------------------------------------------
status 2 "no command" demarche;                       says "no command" "usage: demarche"
status 2 "unknown command" demarche sreach port;      says "unknown command" "did you mean 'search'?"
status 2 "nothing near" demarche xyzzy;               says "nothing near" "demarche help"
status 2 "unknown option" demarche said --jsn;        says "unknown option" "did you mean '--json'?"
says "unknown option" "usage: demarche said"
status 2 "unknown letter" demarche said -x;           says "unknown letter" "no option '-x'"
status 2 "no number" demarche said -n five;           says "no number" "whole number"
status 2 "no value" demarche said -n;                 says "no value" "nothing follows"
status 2 "no date" demarche said --since yesterday;   says "no date" "2025-03-18"
status 2 "no choice" demarche export csv --what all;  says "no choice" "documents|said"
status 2 "no format" demarche export xml;             says "no format" "csv|tsv|jsonl"
status 2 "value for a switch" demarche said --json=yes
status 2 "operand missing" demarche show;             says "operand missing" "needs ID"
status 2 "operand too many" demarche verify now;      says "operand too many" "one too many"
status 2 "records as csv" demarche export csv --what records
status 0 "--version" demarche --version;              shows "--version" "demarche "
status 0 "--help" demarche --help;                    shows "--help" "brief"
status 0 "-h of a command" demarche said -h;          shows "-h of a command" "--actor NAME"
status 0 "help of a command" demarche help said;      shows "help of a command" "Examples"
status 2 "help of nothing" demarche help sadi;        says "help of nothing" "did you mean 'said'"

# ---- no ledger, an empty one, a foreign one ----------------------------------------------------------------
for c in brief said when who "search port" verify "show 3f9a" "why 3f9a" "export tsv"; do
    status 3 "$c without a ledger" demarche $c --ledger none.db;  says "$c without a ledger" "there is no ledger 'none.db'"
done
claim "asking makes no ledger" test ! -e none.db
echo "This is no ledger." >foreign.db
status 3 "a foreign file" demarche brief --ledger foreign.db
status 3 "a document that is not there" demarche add nothing.txt --ledger empty.db;  says "a missing document" "nothing.txt"
status 1 "an empty ledger" demarche brief --ledger empty.db;  says "an empty ledger" "demarche add FILE…"
status 1 "an empty listing" demarche said --ledger empty.db
status 0 "an empty ledger verifies" demarche verify --ledger empty.db

# ---- adding ------------------------------------------------------------------------------------------------
status 0 "add" demarche add examples/chronicle;       says "add" "documents added"
claim "add prints no data" test ! -s out
claim "add writes plain lines where nobody watches" no_escape err
status 0 "add again" demarche add examples/chronicle; says "add again" "0 documents added"
status 0 "add quietly" demarche add -q examples/chronicle;  claim "quiet is quiet" test ! -s err
status 3 "one of two is missing" demarche add examples/chronicle missing.txt;  says "one missing" "missing.txt"
status 0 "-- ends options" demarche add -q -j 1 --ledger=two.db -- examples/chronicle
status 0 "verify" demarche verify;                    shows "verify" "every hash, span and seal holds"
DEMARCHE_LEDGER=two.db status 0 "DEMARCHE_LEDGER" demarche verify
status 0 "doctor" demarche doctor;                    shows "doctor" "SQLite"
status 0 "doctor --json" demarche doctor --json;      claim "doctor: one object a line" one_json_each out

# ---- every listing in every form ---------------------------------------------------------------------------
for c in said when who "search the" search; do
    status 0 "$c" demarche $c;                        claim "$c: no colour in a file" no_escape out
    claim "$c: at most 100 columns" no_wider out 100
    COLUMNS=60 status 0 "$c, narrow" demarche $c;     claim "$c: at most 60 columns" no_wider out 60
    status 0 "$c --json" demarche $c --json;          claim "$c: one object a line" one_json_each out
    lines=$(wc -l <out)
    status 0 "$c --tsv" demarche $c --tsv;            claim "$c: equal cells a line" same_columns out
    claim "$c: as many rows as objects" test $((lines + 1)) = "$(wc -l <out)"
    status 0 "$c -n 3" demarche $c -n 3 --json;       claim "$c: three rows" test "$(wc -l <out)" = 3
    status 0 "$c -n3 --json together" demarche -n3 $c --json
    NO_COLOR=1 status 0 "$c, NO_COLOR" demarche $c;   claim "$c: NO_COLOR" no_escape out
    CLICOLOR_FORCE=1 status 0 "$c, forced" demarche $c;  claim "$c: CLICOLOR_FORCE" grep -qa $'\033\[' out
    CLICOLOR_FORCE=1 status 0 "$c --json, forced" demarche $c --json;  claim "$c: JSON has no colour" no_escape out
    demarche $c >utf8.out; LC_ALL=C demarche $c >c.out;  claim "$c: the locale changes nothing" cmp utf8.out c.out
    status 1 "$c finds nothing" demarche $c --publisher "Nobody's Daily"
    status 1 "$c before all" demarche $c --until 1900
done
status 0 "when --from" demarche when --from 2031-04-30 --tsv
claim "when --from leaves earlier dates out" awk -F'\t' 'NR > 1 && $2 < "2031-04" && length($2) >= 7 { exit 1 }' out
status 0 "facets" demarche search the --facets;       shows "facets" "BY PUBLISHER"
status 0 "facets --json" demarche search the --facets --json;  claim "facets: objects" one_json_each out
status 0 "brief" demarche brief;                      claim "brief: at most 100 columns" no_wider out 100
shows "brief" "NEWEST DOCUMENTS"
shows "brief" "MOST QUOTED"
status 0 "brief --json" demarche brief --json;        claim "brief: one object" one_json_each out
COLUMNS=60 status 0 "brief, narrow" demarche brief;   claim "brief: at most 60 columns" no_wider out 60

# ---- every id leads to its words ---------------------------------------------------------------------------
{ demarche said --tsv | tail -n +2 | cut -f1; demarche brief --json | grep -ao '"id":"[^"]*"' | cut -d'"' -f4; } | sort -u >ids
claim "there are ids" test -s ids
bad=0
for id in $(head -n 40 ids); do
    demarche show "$id" >out 2>err && test -s out && demarche why "$id" | grep -qa "SHA-256" \
        && demarche show --json "$id" >out || { bad=1; echo "id $id: $(head -c 200 err)"; }
done
claim "show and why take every id that was printed" test $bad = 0
document=$(demarche search -n 1 --tsv | tail -1 | cut -f1)
said=$(demarche said -n 1 --tsv | tail -1 | cut -f1)
status 0 "show a document" demarche show "$document"; shows "show a document" "SHA-256"
claim "show: at most 100 columns" no_wider out 100
status 0 "why of a document" demarche why "$document" --json;  claim "why: one object" one_json_each out
status 0 "why of a statement" demarche why "$said" --json;     shows "why of a statement" '"role":"content"'
status 1 "show of nothing" demarche show 00000000ffff
status 1 "a part that is not there" demarche show "$document.s99999"
status 1 "a kind that is not there" demarche show "$document.z0"

# ---- corrections -------------------------------------------------------------------------------------------
status 0 "correct" demarche correct "$said" speaker "Somebody Else" --because "hearsay"
status 0 "the listing shows it" demarche said -n 1 --tsv;      shows "the listing" "Somebody Else"
status 0 "why shows both" demarche why "$said";                shows "why" "Somebody Else"
shows "why" "hearsay"
status 0 "undo" demarche correct "$said" speaker --undo
status 0 "the listing after undo" demarche said -n 1 --tsv;    claim "undone" bash -c '! grep -q "Somebody Else" out'
status 0 "verify after corrections" demarche verify
status 2 "correct without a value" demarche correct "$said" speaker

# ---- export, read, merge -----------------------------------------------------------------------------------
for what in documents said when who; do
    status 0 "export csv $what" demarche export csv --what $what
    claim "$what: every line ends in CRLF" grep -qa $'\r$' out
    cp out printed.csv
    status 0 "export csv $what -o" demarche export csv --what $what -o $what.csv
    claim "$what: the same in a file" cmp printed.csv $what.csv
    status 0 "export tsv $what" demarche export tsv --what $what;  claim "$what: equal cells a line" same_columns out
done
status 0 "export jsonl" demarche export jsonl -o records.jsonl
claim "records: all of them" test "$(wc -l <records.jsonl)" = "$(demarche search --json | wc -l)"
ls -r examples/chronicle/*.txt | head -20 | xargs demarche add -q --ledger other.db
demarche add -q --ledger other.db examples/chronicle
status 0 "export of the other order" demarche export jsonl --ledger other.db -o other.jsonl
claim "records do not depend on the order of adding" cmp records.jsonl other.jsonl
status 0 "records come in again" demarche add --records --ledger again.db records.jsonl
status 0 "merge" demarche merge --ledger all.db demarche.db other.db;  says "merge" "known already"
status 0 "export of the merged" demarche export jsonl --ledger all.db -o all.jsonl
claim "a merge holds the same" cmp records.jsonl all.jsonl
status 3 "merge of a foreign file" demarche merge --ledger all.db foreign.db
status 3 "export into a folder that is not there" demarche export csv -o nowhere/x.csv
claim "nothing half written is left" bash -c '! ls | grep -q "\.part$"'
status 0 "read" demarche read -j 1 examples/chronicle;  cp out one.jsonl
status 0 "read with four threads" demarche read -j 4 examples/chronicle;  claim "threads change nothing" cmp one.jsonl out
status 0 "read --tokens" demarche read --tokens examples/chronicle;  shows "read --tokens" '"tokens":['
cp out tokens.jsonl
status 0 "records with tokens come in again" demarche read --records --tokens tokens.jsonl
claim "tokens make the round" cmp tokens.jsonl out
status 0 "read --format conllu" demarche read --format conllu examples/chronicle;  shows "conllu" "# newdoc id = "
claim "conllu: ten columns" awk -F'\t' 'NF && !/^#/ && NF != 10 { exit 1 }' out
claim "conllu: numbers count up" awk -F'\t' '/^#/ { next } !NF { n = 0; next } $1 ~ /-/ { next } $1 != ++n { exit 1 }' out
printf '{"id":"de","text":"Der Hafen von Velm wird am Freitag wieder offen sein, sagten die Behörden der Stadt und des Landes."}\n' >de.jsonl
status 0 "conllu of another language" demarche read --format conllu de.jsonl
says "conllu without a model" "1 document is without tags"
claim "its columns are empty" awk -F'\t' 'NF == 10 && ($4 != "_" || $7 != "_" || $3 != "_") { exit 1 }' out
if [ -f "$here/models/en.dm" ]; then
    shipped=$here/models/en.dm reads=${DEMARCHE_MODEL-} ; unset DEMARCHE_MODEL
    status 0 "doctor tells of the model" demarche doctor;              shows "doctor" "language 'en'"
    shows "doctor" "learnt from"
    shows "doctor" "CC-BY"
    demarche read --format conllu examples/chronicle >within.conllu
    status 0 "--model" demarche read --model "$shipped" --format conllu examples/chronicle
    claim "a model by name is the same as within" cmp within.conllu out
    DEMARCHE_MODEL=$shipped status 0 "DEMARCHE_MODEL" demarche read --format conllu examples/chronicle
    claim "a model of the environment is the same as within" cmp within.conllu out
    DEMARCHE_MODEL=none.dm status 3 "DEMARCHE_MODEL that is not there" demarche read examples/chronicle;  says "no such model" "none.dm"
    DEMARCHE_MODEL=none.dm status 0 "--model goes before it" demarche read --model "$shipped" examples/chronicle/001*.txt
    status 0 "conllu with one thread" demarche read -j 1 --format conllu examples/chronicle
    claim "threads change no tree" cmp within.conllu out
    claim "each sentence has one root, and heads within" awk -F'\t' '/^#/ { next } $1 ~ /-/ { next }
        !NF { if (n && (roots != 1 || most > n)) exit 1; n = roots = most = 0; next }
        $4 != "_" { n++; roots += $7 == 0; if ($7 + 0 > most) most = $7 + 0; if ($3 == "_" && $2 != "_") exit 1 }' out
    if [ -n "$reads" ]; then export DEMARCHE_MODEL=$reads; fi
else
    status 0 "doctor without a model" demarche doctor;                 shows "doctor" "none is within the program"
fi
status 3 "doctor of no model" demarche doctor --model de.jsonl;        shows "doctor" "no model file"
cat examples/chronicle/*.txt | tr -d '[:space:]' >visible
printf '"Don'"'"'t sign," the 3.5-million-crown envoy said…  Twice.\n' >small.txt
demarche read --format conllu small.txt | awk -F'\t' '/^#/ { next } $1 ~ /-/ { split($1, r, "-"); last = r[2]; printf "%s", $2; next } NF && $1 > last + 0 { printf "%s", $2 } !NF { last = 0 }' >got
claim "conllu keeps every visible character" cmp got <(tr -d '[:space:]' <small.txt)
status 0 "standard input" bash -c 'cat examples/chronicle/001*.txt | demarche read -';  claim "one record" test "$(wc -l <out)" = 1

# ---- cells that spreadsheets would run ---------------------------------------------------------------------
printf '{"id":"x","title":"=1+1|cmd","publisher":"@risk, \\"quoted\\"","published":"2031-01-01","text":"A quiet day in Amrin."}\n' >bad.jsonl
demarche add -q --ledger bad.db bad.jsonl
status 0 "export of formulas" demarche export csv --ledger bad.db;  shows "a formula" "'=1+1|cmd"
shows "a quoted cell" "\"'@risk, \"\"quoted\"\"\""
printf '{"id":"y","title":"red \\u001b[31malert\\u0007","published":"2031-01-02","text":"A quiet day \\u001b]0;owned\\u0007 in Amrin."}\n' >esc.jsonl
demarche add -q --ledger esc.db esc.jsonl
for c in search brief "search quiet" "show $(demarche search --ledger esc.db --tsv | tail -1 | cut -f1)"; do
    status 0 "$c of a hostile title" demarche $c --ledger esc.db;  claim "$c: no escape reaches the terminal" no_escape out
done

# ---- pipes -------------------------------------------------------------------------------------------------
for c in "export jsonl" "read examples/chronicle" "said" "brief"; do
    demarche $c 2>err | head -c 10 >/dev/null; got=${PIPESTATUS[0]}
    claim "$c | head ends quietly" test "$got" = 0 -a ! -s err
done
status 3 "a full disk" bash -c 'demarche export jsonl >/dev/full';  says "a full disk" "standard output"
status 3 "a full disk, short" bash -c 'demarche version >/dev/full'

# ---- a terminal --------------------------------------------------------------------------------------------
if command -v script >/dev/null; then
    terminal() { TERM=xterm script -qefc "stty cols 70 rows 24; $1" /dev/null </dev/null; }
    PAGER=cat status 0 "a terminal" terminal "demarche said -n 3";  claim "a terminal has colour" grep -qa $'\033\[1m' out
    NO_COLOR=1 PAGER=cat status 0 "a terminal, NO_COLOR" terminal "demarche said -n 3";  claim "NO_COLOR on a terminal" no_escape out
    TERM=xterm PAGER="sed 's/^/paged: /'" status 0 "a pager" terminal "demarche said -n 3";  shows "a pager" "paged: "
    PAGER="sed 's/^/paged: /'" status 0 "JSON is not paged" terminal "demarche said -n 3 --json"
    claim "JSON is not paged" bash -c '! grep -q "paged: " out'
    PAGER="head -n 1" status 0 "a pager that is left early" terminal "demarche export tsv >/dev/null; demarche said"
    for ((i = 0; i < 30000; i++)); do echo "{\"id\":\"d$i\",\"text\":\"Report $i. The harbour of Velm was quiet, said Ilse Marrow.\"}"; done >many.jsonl
    status 0 "progress" terminal "demarche add -j 1 --ledger many.db many.jsonl";  shows "progress" " MB/s"
fi
rm -f many.jsonl many.db*

# ---- what is made from the table ---------------------------------------------------------------------------
status 0 "markdown" demarche help --markdown
claim "doc/commands.md is what help --markdown prints" cmp out "$here/doc/commands.md"
for c in "" $(demarche help --names); do
    demarche help --man $c >page.1
    if command -v mandoc >/dev/null; then claim "mandoc has no word on '$c'" bash -c 'test -z "$(mandoc -Tlint page.1)"'; fi
    claim "a man page for '$c'" grep -q '^\.TH DEMARCHE' page.1
done
for shell in bash zsh fish; do
    demarche help --completion $shell >completion.$shell
    claim "$shell completes every command" bash -c 'for c in $(demarche help --names); do grep -qw -- $c completion.'$shell' || exit 1; done'
done
claim "bash reads its completion" bash -n completion.bash
command -v zsh >/dev/null && claim "zsh reads its completion" zsh -n completion.zsh
command -v fish >/dev/null && claim "fish reads its completion" fish --no-execute completion.fish
completed() { bash -c 'source completion.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _demarche; printf "%s\n" "${COMPREPLY[@]}"' - "$@" | grep -qx -- "$want"; }
want=said completed demarche sa;                         claim "completes commands" test $? = 0
want=--actor completed demarche said --ac;               claim "completes options" test $? = 0
want=jsonl completed demarche export js;                 claim "completes choices" test $? = 0
want=said completed demarche --ledger x.db sa;           claim "completes behind an option" test $? = 0

# ---- what recurs on a site ----------------------------------------------------------------------------------
paper() { printf '{"publisher":"%s","published":"2031-03-%02d","text":"The ferry of pier %d stays in port for repairs.\\n\\nWe live on what our readers give."}\n' "$1" "$2" "$2"; }
for day in 1 2 3 4 5; do paper "Amrin Courier" $day; done >five.jsonl
{ paper "Amrin Courier" 6; paper "Tessaly Herald" 7; } >more.jsonl
status 0 "five papers" demarche add --ledger recur.db five.jsonl
status 0 "nothing is marked yet" demarche export jsonl --ledger recur.db
claim "nothing is marked yet" bash -c '! grep -q recurring out'
status 0 "two more" demarche add -q --ledger recur.db more.jsonl
status 0 "the line is furniture now" demarche export jsonl --ledger recur.db
claim "in the sixth paper alone" test "$(grep -c '"reason":"recurring"' out)" = 1
claim "and only of that publisher" bash -c 'grep recurring out | grep -q "Amrin Courier"'
status 1 "it is not found as news" demarche search --ledger recur.db --publisher "Amrin Courier" --since 2031-03-06 readers
status 0 "brief tells it" demarche brief --ledger recur.db
shows "brief tells it" "1 line that recurs is known as furniture"
status 0 "brief counts it" demarche brief --json --ledger recur.db;  shows "brief counts it" '"learnt":1'
status 0 "it is all recounted" demarche verify --ledger recur.db
status 0 "a merge counts too" demarche merge --ledger joined.db recur.db
status 0 "a merge learns" demarche brief --ledger joined.db;  shows "a merge learns" "1 line that recurs is known as furniture"

# ---- the examples of the help, each as it stands -----------------------------------------------------------
rm -f demarche.db*
demarche help --examples >examples.txt
claim "there are examples" test "$(wc -l <examples.txt)" -gt 20
while IFS= read -r line; do
    bash -o pipefail -c "$line" >out 2>err </dev/null; got=$?
    claim "the example runs: $line ($(head -c 200 err))" test $got = 0
    case $line in *'> '* | *' -o '* | "demarche add "* | *"add --ledger"* | *merge* | *correct*) ;; *) claim "the example shows something: $line" test -s out ;; esac
done <examples.txt

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
