#!/bin/bash
# test/torture/kill.sh BUILD [KILLS [SEED]]: kill -9 at random moments of an `add`.
#
# After each kill the ledger must verify; each document in it must have all its parts; what it exports must be lines of the
# uninterrupted run. The same command is then run (and killed) again, until it ends by itself: then the export must be that of
# the uninterrupted run byte for byte, and a fresh ledger is begun. Ends with "N passed, N failed".
demarche=$(cd "$1" && pwd)/demarche kills=${2:-25} seed=${3:-1}
. "$(dirname "$0")/claims.sh"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export DEMARCHE_NOW=2031-07-01T12:00:00Z LC_ALL=C.UTF-8
export DEMARCHE_BATCH=${BATCH:-40}                       # documents a commit: kills must fall between commits, too; here 50
RANDOM=$seed
reports "${REPORTS:-2000}" "$seed" > reports.jsonl

start=${EPOCHREALTIME/./}
"$demarche" add -q --ledger whole.db reports.jsonl; status=$?
whole=$((${EPOCHREALTIME/./} - start))                # microseconds of an uninterrupted run
claim "an uninterrupted add ends well" is $status 0
"$demarche" export jsonl --ledger whole.db > whole.jsonl
claim "and all reports are in" is "$(wc -l < whole.jsonl)" "$(wc -l < reports.jsonl)"
sort whole.jsonl > whole.sorted

killed=0 completed=0 documents_seen=""
for ((round = 1; killed < kills && round <= 3 * kills + 10; round++)); do
    "$demarche" add -q --ledger a.db reports.jsonl 2>errors &
    pid=$!
    wait_us=$(((RANDOM * 32768 + RANDOM) * (whole / 1000) / 1073742 * 130 / 100))
    sleep "$(printf '%d.%06d' $((wait_us / 1000000)) $((wait_us % 1000000)))"
    kill -9 $pid 2>/dev/null
    { wait $pid; } 2>/dev/null; status=$?
    if [ $status = 0 ]; then                             # it was quicker than the knife
        "$demarche" export jsonl --ledger a.db > a.jsonl
        claim "round $round: the completed ledger exports the bytes of the uninterrupted run" cmp a.jsonl whole.jsonl
        claim "round $round: it verifies" "$demarche" verify --ledger a.db > verified
        rm -f a.db*; completed=$((completed + 1))
        continue
    fi
    killed=$((killed + 1))
    claim "round $round: it died of the kill and of nothing else" is $status 137
    [ -s a.db ] || { rm -f a.db*; continue; }            # killed before there was a ledger
    claim "round $round: the ledger is sound after the kill" sound a.db
    [ -n "$(sqlite3 a.db .tables)" ] || continue
    claim "round $round: no document is half" is "$(wholeness a.db)" ""
    "$demarche" export jsonl --ledger a.db 2>/dev/null > a.jsonl
    claim "round $round: as many lines as documents" is "$(wc -l < a.jsonl)" "$(sqlite3 a.db 'select count(*) from document')"
    claim "round $round: every line is one of the uninterrupted run" is "$(sort a.jsonl | comm -23 - whole.sorted | head -n 1)" ""
    documents_seen+=" $(wc -l < a.jsonl)"
done
"$demarche" add -q --ledger a.db reports.jsonl
"$demarche" export jsonl --ledger a.db > a.jsonl
claim "the last ledger is completed by the same command" cmp a.jsonl whole.jsonl
claim "as many kills as were asked for" is $killed "$kills"
echo "$killed kills, $completed runs ended before theirs; $((whole / 1000)) ms uninterrupted; documents after each kill:$documents_seen" | cut -c -400
echo "$passed passed, $failed failed"
[ $failed = 0 ]
