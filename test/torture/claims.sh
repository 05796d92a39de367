# Shared by the torture scripts: claim WHAT COMMAND… counts whether the command succeeds; wholeness LEDGER prints what of it is half.
passed=0 failed=0

claim() {
    local what=$1; shift
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "not so: $what"; fi
}
is() { [ "$1" = "$2" ] || { echo "    got: $1"; return 1; }; }
says() { grep -aqE -e "$2" <<<"$1" || { echo "    it said: ${1:0:600}"; return 1; }; }

# The ledger verifies, or was broken off so early that it holds nothing and says so.
sound() {
    local out status; out=$("$demarche" verify --ledger "$1" 2>&1); status=$?
    [ $status -le 1 ] || { [ -z "$(sqlite3 "$1" .tables)" ] && says "$out" 'not a ledger yet'; } || { echo "    it said: $out"; return 1; }
}

# Documents whose rows are not as many as the document says, rows without a document, and whatever SQLite itself finds.
wholeness() {
    local sql="" table
    for table in boilerplate origin token time statement event expectation relation topic figure; do
        sql+="SELECT '$table of document ' || d.id FROM document d WHERE d.${table}s <> (SELECT count(*) FROM $table p WHERE p.document = d.id);
              SELECT '$table without its document ' || document FROM $table WHERE document NOT IN (SELECT id FROM document);"
    done
    sqlite3 "$1" "$sql
        SELECT 'entities of document ' || d.id FROM document d WHERE d.entities <> (SELECT count(*) FROM entity p WHERE p.document = d.id);
        SELECT 'no article of document ' || id FROM document WHERE id NOT IN (SELECT document FROM article);
        SELECT 'an article without its document ' || document FROM article WHERE document NOT IN (SELECT id FROM document);
        SELECT 'sentences of document ' || d.id FROM document d JOIN article a ON a.document = d.id
            WHERE d.sentences <> json_array_length(a.sentences);
        SELECT 'foreign key: ' || \"table\" FROM pragma_foreign_key_check;
        SELECT 'integrity: ' || integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok';" 2>&1 | head -n 5
}

# So many reports, one JSON object a line, from a seed.
reports() {
    awk -v n="$1" -v seed="$2" 'BEGIN {
        srand(seed)
        split("Ana Ruiz|Ito Vance|Ilse Marrow|Teodor Lund|Mira Costrel|Jonas Amadine", who, "|")
        split("Lindmar|Tessary|Velm|Ostrava Bay|Tamm|Skarrow", at, "|")
        split("January|February|March|April|May|June", month, "|")
        split("said|told reporters|added|warned", cue, "|")
        for (i = 1; i <= n; i++) {
            printf "{\"id\":\"r-%d\",\"publisher\":\"%s Courier\",\"published\":\"2031-%02d-%02d\",\"text\":\"", i,
                at[1 + int(rand() * 6)], 1 + int(rand() * 6), 1 + int(rand() * 28)
            for (k = 1 + int(rand() * 6); k > 0; k--) {
                if (rand() < .5) printf "\\\"The port of %s opens on %d %s 2031, whatever the weather,\\\" %s %s. ", at[1 + int(rand() * 6)],
                    1 + int(rand() * 28), month[1 + int(rand() * 6)], who[1 + int(rand() * 6)], cue[1 + int(rand() * 4)]
                else printf "Ships from %s waited %d days off %s, and %s wrote to %s about it. ", at[1 + int(rand() * 6)],
                    2 + int(rand() * 90), at[1 + int(rand() * 6)], who[1 + int(rand() * 6)], who[1 + int(rand() * 6)]
            }
            printf "Report %d ends.\"}\n", i
        }
    }'
}
