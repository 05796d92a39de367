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

int main(void)
{
    TEST_BEGIN
    fresh("round");
    test_round_trip();
    return test_end();
}
