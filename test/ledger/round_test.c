/* What is put comes back exactly; a document is known by its hash; verify finds every byte that was changed. */
#include "ledger/ledger.h"
#include "some_record.h"
#include <sqlite3.h>
#include <unistd.h>

static char path[64];

static void fresh(const char *name)
{
    snprintf(path, sizeof path, "/tmp/demarche-%d-%s.db", (int)getpid(), name);
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) unlink(arena_cstr(&test_arena, arena_printf(&test_arena, "%s%s", path, ends[i])));
}

/* A record that could have come from a file: its hash is that of its bytes, kept in one of the three ways. */
static void some_document(Record *r, int number)
{
    some_record(r);
    char hex[65];
    Str bytes = arena_printf(&test_arena, "input %d", number);
    if (chance(3)) {
        r->text = arena_printf(&test_arena, "%.*s %d", STR(r->text), number);
        bytes = r->text;
    } else if (chance(2)) r->original = bytes = arena_printf(&test_arena, "cut from %d: %.*s", number, STR(r->text));
    hash_sha256(bytes, hex);
    r->sha256 = arena_str(&test_arena, str_of(hex));
}

static Str json_of(const Record *r)
{
    Buf b = {.to = &test_arena};
    record_json(r, r->tokens.n > 0, &b);
    return buf_str(&b);
}

static bool put(Ledger *db, const Record *r, bool *is_new, Err *e)
{
    return ledger_begin(db, e) && ledger_put(db, ledger_prepare(&test_arena, r), is_new, e) && ledger_commit(db, e);
}

static void tell(void *with, Str sentence)
{
    int *quiet = with;
    if (!quiet) printf("  %.*s\n", STR(sentence));
}

static int64_t bad_ones(Ledger *db, int *quiet)
{
    Err e = {0};
    int64_t documents, n_bad;
    if (!check(ledger_verify(db, tell, quiet, &documents, &n_bad, &e))) printf("  %s\n", e.text);
    return n_bad;
}

static void test_round_trip(void)
{
    Err e = {0};
    rng = rng_seed(20250318);
    Ledger *db = ledger_open("", LEDGER_MEMORY, &e);
    if (!check(db != NULL)) { printf("  %s\n", e.text); return; }
    for (int i = 0; i < 400; i++) {
        Record r, back;
        bool is_new;
        arena_reset(&test_arena);
        some_document(&r, i);
        if (!check(put(db, &r, &is_new, &e))) printf("  %d: %s\n", i, e.text);
        check(is_new);
        LedgerRef ref;
        check(ledger_resolve(db, str_sub(r.sha256, 0, 16), &ref, &e));
        if (!check(ledger_get(db, &test_arena, ref.document, &back, &e))) printf("  %d: %s\n", i, e.text);
        check_str(json_of(&back), json_of(&r));
        check_str(back.original, r.original);
        check(put(db, &r, &is_new, &e) && !is_new);
    }
    check(bad_ones(db, NULL) == 0);
    ledger_close(db);
}

/* ---- bytes that were changed ---------------------------------------------------------------------------- */
static void raw(const char *sql)
{
    sqlite3 *file;
    char *why = NULL;
    sqlite3_open(path, &file);
    sqlite3_db_config(file, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);    /* as if somebody had dropped them */
    if (!check(sqlite3_exec(file, sql, NULL, NULL, &why) == SQLITE_OK)) printf("  %s: %s\n", sql, why);
    sqlite3_close(file);
}

static bool fill(const char *name, int32_t n, int first)
{
    Err e = {0};
    fresh(name);
    Ledger *db = ledger_open(path, LEDGER_WRITE, &e);
    if (!check(db != NULL)) return printf("  %s\n", e.text), false;
    for (int i = first; i < first + n; i++) {
        Record r;
        bool is_new;
        arena_reset(&test_arena);
        some_document(&r, i);
        if (!check(put(db, &r, &is_new, &e))) printf("  %s\n", e.text);
    }
    ledger_close(db);
    return true;
}

static void test_changed(void)
{
    static const char *const changes[] = {
        "UPDATE article SET text = replace(text, 'port', 'fort') WHERE document = (SELECT min(document) FROM article WHERE text LIKE '%port%')",
        "UPDATE article SET sentences = '[[0,1]]' WHERE document = (SELECT min(id) FROM document WHERE sentences > 1)",
        "UPDATE article SET sentences = '[[0,99999]]' WHERE document = (SELECT min(id) FROM document WHERE sentences = 1)",
        "UPDATE statement SET speaker = NULL WHERE speaker IS NOT NULL",
        "UPDATE statement SET content = '[[0,1]]' WHERE document = (SELECT max(document) FROM statement) AND idx = 0",
        "UPDATE statement SET form = 'shouted' WHERE document = (SELECT max(document) FROM statement)",
        "UPDATE time SET value = '2031-01-01', now_value = '2031-01-01' WHERE idx = 0",
        "UPDATE time SET now_value = '2031-01-01' WHERE idx = 0",
        "UPDATE document SET now_day = '1999-09-09' WHERE id = 3",
        "UPDATE statement SET now_speaker = (SELECT max(id) FROM name) WHERE now_speaker IS NULL",
        "UPDATE document SET publisher = 'Somebody Else' WHERE id = 2",
        "UPDATE document SET sha256 = replace(sha256, substr(sha256, 1, 2), '00') WHERE sha256_of <> 'input'",
        "UPDATE original SET deflated = zeroblob(12)",
        "UPDATE name SET name = name || 'x' WHERE id = (SELECT min(name_id) FROM entity)",
        "DELETE FROM statement WHERE document = (SELECT max(document) FROM statement)",
        "DELETE FROM article WHERE document = 1",
        "DELETE FROM name",
        "INSERT INTO statement(document, idx, source, cue, content) SELECT document, max(idx) + 1, '[]', '[[0,1]]', '[]' FROM statement "
        "GROUP BY document LIMIT 1",
        "INSERT INTO topic(document, idx, key, spans) VALUES(99999, 0, 'x', '[]')",
        "UPDATE event SET p = 0.5 WHERE p IS NOT NULL",
        "UPDATE role SET actor = 'XAA GOV' WHERE idx = 0",
        "UPDATE event SET before = '[0' WHERE idx = 1",
        "UPDATE token SET lemma = 'be' WHERE idx = 0",
        "UPDATE expectation SET polarity = 77",
        "UPDATE boilerplate SET begin = -4 WHERE idx = 0",
    };
    rng = rng_seed(11);
    if (!fill("whole", 40, 0)) return;
    char *whole = arena_cstr(&test_arena, str_of(path));
    whole = strdup(whole);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        Err e = {0};
        int quiet = 1;
        fresh("changed");
        check(system(arena_cstr(&test_arena, arena_printf(&test_arena, "cp '%s' '%s'", whole, path))) == 0);
        raw(changes[i]);
        Ledger *db = ledger_open(path, LEDGER_WRITE, &e);
        if (!check(db && bad_ones(db, &quiet) > 0)) printf("  not found: %s\n", changes[i]);
        ledger_close(db);
    }
    Err e = {0};
    fresh("whole");
    check(!ledger_open(path, LEDGER_READ, &e) && e.code == ERR_NOTFOUND);
    free(whole);
}

/* Evidence cannot be changed through SQL, even by one who has the file. */
static void test_held(void)
{
    static const char *const tries[] = {
        "UPDATE article SET text = 'x'", "DELETE FROM document", "UPDATE document SET publisher = 'x'", "DELETE FROM statement",
        "UPDATE statement SET speaker = 0 WHERE speaker IS NULL", "UPDATE entity SET type = 'PER'", "DELETE FROM correction",
        "UPDATE document SET id = id + 1000", "UPDATE document SET rowid = rowid + 1000"};
    rng = rng_seed(12);
    if (!fill("held", 10, 0)) return;
    sqlite3 *file;
    sqlite3_open(path, &file);
    sqlite3_exec(file, "INSERT INTO correction(document, part, idx, field, nth, identity) VALUES(1, 'd', -1, 'title', 1, 'x')", NULL, NULL, NULL);
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++)
        if (!check(sqlite3_exec(file, tries[i], NULL, NULL, NULL) == SQLITE_CONSTRAINT)) printf("  was allowed: %s\n", tries[i]);
    check(sqlite3_exec(file, "UPDATE statement SET now_day = now_day", NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(file);
    fresh("held");
}

/* ---- joining -------------------------------------------------------------------------------------------- */
static char *file_of(const char *name)
{
    fresh(name);
    return strdup(path);
}

static void digest_of(const char *file, char hex[65])
{
    Err e = {0};
    Ledger *db = ledger_open(file, LEDGER_READ, &e);
    hex[0] = 0;
    if (!check(db && ledger_digest(db, hex, &e) && bad_ones(db, NULL) == 0)) printf("  %s\n", e.text);
    ledger_close(db);
}

static void join(const char *into, const char *from)
{
    Err e = {0};
    int64_t added, known;
    Ledger *db = ledger_open(into, LEDGER_WRITE, &e);
    if (!check(db && ledger_merge(db, from, &added, &known, &e))) printf("  %s\n", e.text);
    ledger_close(db);
}

static void correct_some(Ledger *db, int n)
{
    Err e = {0};
    for (; n > 0; n--) {
        LedgerRef ref = {1 + below(8), chance(2) ? 'd' : 's', 0};
        const char *field = ref.part == 'd' ? (chance(2) ? "title" : "published") : "speaker";
        Str value = ref.part == 'd' ? S("2024-05-01") : chance(2) ? S("Lena Marek") : S("");
        Str when = arena_printf(&test_arena, "2025-06-0%dT00:00:00Z", 1 + below(3));
        ledger_correct(db, ref, str_of(field), value, S("so it is"), when, &e);
        if (chance(3)) ledger_uncorrect(db, ref, str_of(field), &e);
    }
}

/* Documents fall at random into three ledgers, some into several, some read differently; in any order of joining, and
** twice, the same is there. */
static void test_join(void)
{
    rng = rng_seed(13);
    for (int round = 0; round < 6; round++) {
        Err e = {0};
        char *part[3], *sum[4], hex[4][65];
        static const char *const names[] = {"a", "b", "c", "s0", "s1", "s2", "s3"};
        for (int i = 0; i < 3; i++) part[i] = file_of(names[i]);
        for (int i = 0; i < 4; i++) sum[i] = file_of(names[3 + i]);
        Ledger *db[3];
        for (int i = 0; i < 3; i++) db[i] = ledger_open(part[i], LEDGER_WRITE, &e);
        for (int i = 0; i < 24; i++) {
            Record r;
            bool is_new;
            arena_reset(&test_arena);
            some_document(&r, 1000 * round + i);
            for (int k = 0; k < 3; k++) {
                if (chance(2)) continue;
                r.author = chance(4) ? S("Another Reader") : S("");
                check(put(db[k], &r, &is_new, &e));
            }
        }
        for (int i = 0; i < 3; i++) {
            correct_some(db[i], 6);
            ledger_close(db[i]);
        }
        join(sum[0], part[0]), join(sum[0], part[1]), join(sum[0], part[2]);
        join(sum[1], part[2]), join(sum[1], part[1]), join(sum[1], part[0]), join(sum[1], part[2]);
        join(sum[2], part[1]), join(sum[3], part[0]), join(sum[3], part[2]), join(sum[2], sum[3]), join(sum[2], sum[0]);
        join(part[0], part[1]), join(part[0], part[2]);
        for (int i = 0; i < 3; i++) digest_of(sum[i], hex[i]);
        digest_of(part[0], hex[3]);
        for (int i = 1; i < 4; i++) check_str(str_of(hex[i]), str_of(hex[0]));
        for (int i = 0; i < 3; i++) fresh(names[i]), free(part[i]);
        for (int i = 0; i < 4; i++) fresh(names[3 + i]), free(sum[i]);
    }
}

/* A torn document is never committed; a refused record leaves the transaction as it was. */
static void test_whole(void)
{
    Err e = {0};
    bool is_new;
    Record good, bad;
    rng = rng_seed(14);
    Ledger *db = ledger_open("", LEDGER_MEMORY, &e);
    some_document(&good, 1);
    some_document(&bad, 2);
    bad.sentences = (Spans){0};
    *push(&test_arena, &bad.sentences) = (Span){0, 1 << 20};
    check(ledger_begin(db, &e));
    check(!ledger_put(db, ledger_prepare(&test_arena, &bad), &is_new, &e) && e.code == ERR_INPUT);
    some_document(&bad, 3);
    bad.original = S("not these bytes");
    check(!ledger_put(db, ledger_prepare(&test_arena, &bad), &is_new, &e) && e.code == ERR_INPUT);
    check(ledger_put(db, ledger_prepare(&test_arena, &good), &is_new, &e) && is_new);
    check(ledger_commit(db, &e));
    LedgerCounts c;
    check(ledger_counts(db, &test_arena, NULL, &c, &e) && c.documents == 1);
    check(ledger_begin(db, &e));
    some_document(&good, 4);
    check(ledger_put(db, ledger_prepare(&test_arena, &good), &is_new, &e) && is_new);
    ledger_rollback(db);
    check(ledger_counts(db, &test_arena, NULL, &c, &e) && c.documents == 1);
    check(bad_ones(db, NULL) == 0);
    ledger_close(db);
}

int main(void)
{
    TEST_BEGIN
    test_round_trip();
    test_whole();
    test_held();
    test_changed();
    test_join();
    fresh("changed");
    return test_end();
}
