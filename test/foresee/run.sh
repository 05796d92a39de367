#!/bin/bash
# test/foresee/run.sh BUILD: the four commands as their users meet them. Ends with "N passed, N failed".
# sanitized too
here=$PWD build=$(realpath "$1") passed=0 failed=0
PATH=$build:$PATH; export PATH LC_ALL=C.UTF-8 DEMARCHE_NOW=2031-12-24T08:00:00Z COLUMNS=100
unset DEMARCHE_LEDGER
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
x=$here/examples

claim() { local what=$1; shift; if "$@" >/dev/null 2>&1; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "not so: $what"; fi; }
status() {                                               # status EXPECTED WHAT COMMAND…; leaves ./out and ./err
    local expected=$1 what=$2 got; shift 2
    "$@" >out 2>err; got=$?
    if [ "$got" = "$expected" ]; then passed=$((passed + 1)); return; fi
    failed=$((failed + 1)); echo "not so: $what: exit $expected, got $got: $(head -c 300 err)"
}
shows() { claim "$1 shows '$2'" grep -qF -- "$2" out; }
says() { claim "$1 says '$2'" grep -qF -- "$2" err; }

# ---- examples: every model on every example that has it, for people, programs and as a picture ----------------------
for pair in "bargain toll" "bargain tempting" "conflict strait" "conflict tempting" "conflict bright-days" "game pilots" "contingency ladder" "contingency tempting" "contingency bright-days"; do
    read -r command file <<<"$pair"
    status 0 "$pair" demarche "$command" "$x/$file.scenario"
    status 0 "$pair again" demarche "$command" --json "$x/$file.scenario"; cp out one
    claim "$pair is one line of JSON" test "$(wc -l <out)" = 1
    status 0 "$pair once more" demarche "$command" --json "$x/$file.scenario";  claim "$pair gives the same bytes" cmp out one
    status 0 "$pair drawn" demarche "$command" --svg "$x/$file.scenario";       shows "$pair drawn" "</svg>"
done
status 0 "weighted mean first" demarche bargain "$x/toll.scenario";             claim "the mean stands first" grep -q "weighted mean" <(sed -n 3p out)
status 0 "the front stands" demarche conflict --world 1 "$x/bright-days.scenario"
claim "a stop without limits holds where the offensive stalls" grep -q "truce, relief, takes, arms  *R GMR SMR SEQ SSEQ" out
status 0 "why" demarche conflict --explain 1 "$x/strait.scenario";              shows "why" "leaves it"
status 0 "news" demarche contingency --news "$x/ladder-news.scenario" "$x/ladder.scenario";  shows "news" "goes from"
status 0 "an export" demarche game --export "$x/pilots.scenario"; cp out p.efg
status 0 "the export read again" demarche game --export p.efg;                  claim "a game is written as it was read" cmp out p.efg

# ---- draws: the same on any number of threads, and one of them by itself ---------------------------------------------
status 0 "draws" demarche bargain --draws 300 --seed 7 -j 1 --json "$x/toll.scenario"; cp out one
status 0 "draws on three threads" demarche bargain --draws 300 --seed 7 -j 3 --json "$x/toll.scenario";  claim "threads change nothing" cmp out one
status 0 "other draws" demarche bargain --draws 300 --seed 8 -j 1 --json "$x/toll.scenario";  claim "a seed changes something" test "$(cmp out one 2>&1)"
status 0 "one draw" demarche bargain --draw 12 --seed 7 --json "$x/toll.scenario"
status 0 "conflicts on three threads" demarche conflict -j 3 --json "$x/bright-days.scenario"; cp out one
status 0 "conflicts on one" demarche conflict -j 1 --json "$x/bright-days.scenario";  claim "threads change no conflict" cmp out one

# ---- drafts from the ledger ----------------------------------------------------------------------------------------------
status 0 "records go in" demarche add -q --records --ledger d.db "$here/test/foresee/records.jsonl"
status 0 "a draft" demarche conflict --draft --ledger d.db; cp out draft.scenario
shows "a draft" 'option demand-1 "forty per cent of the toll" d1[20,46]'
shows "a draft" 'option threat-2 "he would hold the pilots" d1[68,92]'
status 0 "the draft as a conflict" demarche conflict draft.scenario
status 0 "the draft as a bargain" demarche bargain draft.scenario
status 1 "a draft of nothing" demarche bargain --draft --ledger d.db --since 2040;  says "a draft of nothing" "no expectations"

# ---- what cannot be read ---------------------------------------------------------------------------------------------------
printf 'demarche-scenario 1\nissue a\nactor B influence 3\n  position a 5 salience 101\n' >bad
status 3 "salience over 100" demarche bargain bad;        says "salience over 100" "bad:4: salience 101..101"
status 3 "no tree" demarche game "$x/toll.scenario";      says "no tree" "has no tree"
status 3 "no ladder" demarche contingency "$x/toll.scenario";  says "no ladder" "has no ladder"
status 3 "no options" demarche conflict "$x/toll.scenario";  says "no options" "no actor has an option"
status 2 "no file" demarche bargain;                      says "no file" "no FILE is named"
status 2 "a wrong setting" demarche bargain --voting loud "$x/toll.scenario"
status 3 "no such file" demarche game nothing.efg
printf 'EFG 2 R "x" { "a" }\nt "" 1 "" { 1/0 }\n' >bad.efg
status 3 "a zero below the line" demarche game bad.efg;   says "a zero below the line" "bad.efg:2:"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
