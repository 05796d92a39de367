#!/bin/bash
# test/torture/run.sh BUILD: every n-th write is made to fail, and the program is killed. Ends with "N passed, N failed".
here=$(cd "$(dirname "$0")" && pwd) build=$(cd "$1" && pwd) demarche=$build/demarche
. "$here/claims.sh"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export DEMARCHE_NOW=2031-07-01T12:00:00Z LC_ALL=C.UTF-8

# ---- read: each write to standard output, in turn, finds the disk full
reports 600 3 > reports.jsonl
"$demarche" read reports.jsonl > whole.jsonl
for ((n = 1, ok = 0; n < 100 && !ok; n++)); do
    out=$(DEMARCHE_FAIL_WRITE=$n "$demarche" read reports.jsonl 2>&1 >part.jsonl); status=$?
    if [ $status = 0 ]; then
        claim "read, write $n: no write was left to fail, and all is there" cmp part.jsonl whole.jsonl
        ok=1
    else
        claim "read, write $n fails: exit 3" is $status 3
        claim "read, write $n fails: it says why" says "$out" 'No space left|full'
        claim "read, write $n fails: what was written is the beginning" cmp -n "$(stat -c %s part.jsonl)" part.jsonl whole.jsonl
    fi
done
claim "read: some writes were made to fail, and not endlessly" [ $ok = 1 -a $n -gt 2 ]

# ---- add: each write, sync and truncation of the ledger's files, in turn, finds the disk full
reports 3 4 > few.jsonl
cc -shared -fPIC -O1 -o nth_write.so "$here/nth_write.c" -ldl || exit 1
"$demarche" add -q --ledger whole.db few.jsonl
"$demarche" export jsonl --ledger whole.db > whole.jsonl
for ((n = 1, ok = 0; n < 1000 && !ok; n++)); do
    rm -f a.db* mark
    out=$(LD_PRELOAD=$work/nth_write.so FAIL_NTH=$n FAIL_MARK=$work/mark "$demarche" add --ledger a.db few.jsonl 2>&1); status=$?
    [ -e mark ] || ok=1
    claim "add, write $n fails: no crash ($status)" [ $status -lt 124 ]
    [ $status = 0 ] || claim "add, write $n fails: it says why" says "$out" 'full|disk|I/O|written|space'
    [ ! -s a.db ] || claim "add, write $n fails: the ledger is sound" sound a.db
    claim "add, write $n fails: the same command completes it" "$demarche" add -q --ledger a.db few.jsonl
    "$demarche" export jsonl --ledger a.db > a.jsonl
    claim "add, write $n fails: and nothing is lost or doubled" cmp a.jsonl whole.jsonl
done
claim "add: some writes were made to fail, and not endlessly" [ $ok = 1 -a $n -gt 10 ]

# ---- kills
out=$("$here/kill.sh" "$build" "${KILLS:-25}"); status=$?
sed '$d' <<<"$out"
read -r p _ f _ <<<"$(tail -n 1 <<<"$out")"
passed=$((passed + ${p:-0})) failed=$((failed + ${f:-1}))
claim "the kills ended in order" is $status 0
echo "$passed passed, $failed failed"
[ $failed = 0 ]
