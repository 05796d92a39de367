/* Any bytes as a ledger: an error, a finding or an answer, never a crash; what is given back is valid.
**
** The first byte says how the rest is meant: 'f' the file itself; 'p' changes of a small sound ledger, five bytes each
** (where, what); 'v' one value of it: a table's number, a column's number, and the value that all its rows get; 'q' a search.
*/
#include "base/io.h"
#include "ledger/ledger.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static Arena arena;
static jmp_buf landing;
static char path[64];
static char *sound;
static ptrdiff_t n_sound;

static const char record[] =
    "{\"format\":1,\"id\":\"a\",\"publisher\":\"Tessaly Herald\",\"title\":\"The harbour\",\"published\":\"2025-03-18\",\"published_how\":\"stated\","
    "\"text\":\"Minister \xC3\x8Dtal said on 18 March 2025: The harbour will reopen. Please donate.\",\"sentences\":[[0,56]],"
    "\"boilerplate\":[{\"span\":[57,71],\"reason\":\"appeal\"}],\"origin\":[{\"span\":[0,8],\"how\":\"agency\",\"name\":\"x\"}],"
    "\"tokens\":[{\"span\":[0,8],\"form\":\"Minister\",\"sent\":0,\"head\":0}],"
    "\"entities\":[{\"id\":0,\"name\":\"\xC3\x8Dtal\",\"type\":\"PER\",\"key\":\"ital\",\"mentions\":[{\"span\":[9,13],\"kind\":\"name\"}]}],"
    "\"times\":[{\"span\":[22,35],\"type\":\"DATE\",\"value\":\"2025-03-18\"}],"
    "\"statements\":[{\"id\":0,\"source\":[[0,13]],\"cue\":[[14,18]],\"content\":[[37,45],[46,56]],\"speaker\":0,\"form\":\"direct\","
    "\"sources\":{\"count\":[1,2],\"affiliation\":\"x\",\"reason\":[[0,3]],\"same_as\":null}}],"
    "\"events\":[{\"id\":0,\"span\":[0,5],\"anchor\":[0,5],\"type\":\"CONSULT\",\"contexts\":[\"x\"],\"source\":[{\"entity\":0,\"actor\":\"XAA\"}],"
    "\"target\":[],\"before\":[],\"after\":[],\"p\":0.5,\"status\":\"occurred\"}],"
    "\"expectations\":[{\"id\":0,\"span\":[0,5],\"holder\":0,\"kind\":\"hope\",\"polarity\":1,\"condition\":[[6,8]]}],"
    "\"relations\":[{\"span\":[0,5],\"type\":\"tie\",\"from\":0,\"to\":0,\"what\":[[1,2]]}],"
    "\"topics\":[{\"key\":\"ports\",\"spans\":[[1,2]],\"statement\":0}],"
    "\"figures\":[{\"span\":[0,5],\"value\":2,\"unit\":\"USD\",\"what\":[[1,2]]}]}";

static void make_sound(void)
{
    Err e = {0};
    Json *object;
    Record r;
    IoFile file;
    bool is_new;
    char hex[65];
    snprintf(path, sizeof path, "/tmp/demarche-fuzz-%d.db", (int)getpid());
    unlink(path);
    Ledger *db = ledger_open(path, LEDGER_WRITE, &e);
    if (!db || !json_read(&arena, str_of(record), &object, &e) || !record_of_json(&arena, object, true, &r, &e)) {
        fprintf(stderr, "%s\n", e.text);
        abort();
    }
    hash_sha256(r.text, hex);
    r.sha256 = str_of(hex);
    LedgerRef ref = {1, 's', 0};
    if (!ledger_begin(db, &e) || !ledger_put(db, ledger_prepare(&arena, &r), &is_new, &e) || !ledger_commit(db, &e)
        || !ledger_correct(db, ref, S("speaker"), S("Lena Marek"), S("x"), S("2025-06-01"), &e)) abort();
    ledger_close(db);
    if (!io_open(&file, path, 8 << 20, &e)) abort();
    n_sound = file.bytes.n;
    sound = malloc((size_t)n_sound);
    memcpy(sound, file.bytes.p, (size_t)n_sound);
    io_close(&file);
}

/* One value, put by a connection for which the triggers do not fire. */
static void set_value(const uint8_t *data, size_t size)
{
    sqlite3 *file = NULL;
    sqlite3_stmt *s = NULL;
    char table[64] = "", column[64] = "", sql[256];
    if (size < 3 || sqlite3_open(path, &file) != SQLITE_OK) goto end;
    sqlite3_db_config(file, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    snprintf(sql, sizeof sql, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%%' LIMIT 1 OFFSET %d", data[0] % 22);
    if (sqlite3_prepare_v2(file, sql, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
        snprintf(table, sizeof table, "%s", sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    s = NULL;
    snprintf(sql, sizeof sql, "SELECT name FROM pragma_table_info('%s') LIMIT 1 OFFSET %d", table, data[1] % 33);
    if (sqlite3_prepare_v2(file, sql, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
        snprintf(column, sizeof column, "%s", sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    s = NULL;
    snprintf(sql, sizeof sql, "UPDATE \"%s\" SET \"%s\" = ?1", table, column);
    if (sqlite3_prepare_v2(file, sql, -1, &s, NULL) == SQLITE_OK) {
        sqlite3_bind_text(s, 1, (const char *)data + 2, (int)size - 2, SQLITE_STATIC);
        sqlite3_step(s);
    }
    sqlite3_finalize(s);
end:
    sqlite3_close(file);
}

static void write_ledger(const uint8_t *data, size_t size)
{
    static char *bytes;
    if (!bytes) bytes = malloc((size_t)n_sound);
    Err e;
    char kind = size ? (char)data[0] : 'f';
    char helper[80];
    snprintf(helper, sizeof helper, "%s-wal", path);
    unlink(helper);
    snprintf(helper, sizeof helper, "%s-shm", path);
    unlink(helper);
    if (kind == 'f') {
        io_write_file(path, (Str){(const char *)data + 1, size ? (ptrdiff_t)size - 1 : 0}, &e);
        return;
    }
    memcpy(bytes, sound, (size_t)n_sound);
    if (kind == 'p')
        for (size_t i = 1; i + 5 <= size; i += 5) {
            uint32_t at;
            memcpy(&at, data + i, 4);
            bytes[at % (uint32_t)n_sound] = (char)data[i + 4];
        }
    io_write_file(path, (Str){bytes, n_sound}, &e);
    if (kind == 'v') set_value(data + 1, size - 1);
}

static bool take(void *with, const LedgerCells *row)
{
    int64_t *n = with;
    for (int i = 0; i < row->n; i++)
        for (ptrdiff_t k = 0; k < row->cell[i].n; k++) *n += row->cell[i].p[k];     /* every byte can be read */
    return true;
}

static bool take_line(void *with, Str line)
{
    *(int64_t *)with += line.n;
    return true;
}

static void use(Ledger *db, Str words)
{
    Err e = {0};
    LedgerCounts c;
    int64_t n = 0, n_bad;
    ledger_counts(db, &arena, NULL, &c, &e);
    for (LedgerList which = 0; which < LIST_COUNT; which++) {
        LedgerFilter all = {.limit = 100}, some = {.words = words, .actor = S("ital"), .since = S("2024")};
        ledger_list(db, which, &all, take, &n, &e);
        ledger_list(db, which, &some, take, &n, &e);
        some.actor = (Str){0};
        ledger_list(db, which, &some, take, &n, &e);
    }
    for (int64_t id = 0; id < 3; id++) {
        Record r;
        LedgerProvenance p;
        if (ledger_get(db, &arena, id, &r, &e) && !record_valid(&r, &e)) abort();
        ledger_provenance(db, &arena, id, &p, &e);
        ledger_id(db, &arena, (LedgerRef){id, 's', 0});
    }
    ledger_dump(db, take_line, &n, &e);
    ledger_verify(db, NULL, NULL, &n, &n_bad, &e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 1 << 20) return 0;
    arena.landing = &landing;
    if (setjmp(landing) == 0) {
        Err e = {0};
        if (!sound) make_sound();
        write_ledger(data, size);
        Ledger *db = ledger_open(path, LEDGER_READ, &e);
        if (!db && (e.code == ERR_NONE || e.text[0] == 0)) abort();
        bool is_search = size > 1 && data[0] == 'q';
        if (db) use(db, is_search ? (Str){(const char *)data + 1, (ptrdiff_t)size - 1} : S("harbour -deal OR* \"will"));
        ledger_close(db);
        Ledger *into = ledger_open("", LEDGER_MEMORY, &e);
        int64_t added, known;
        if (into) ledger_merge(into, path, &added, &known, &e);
        ledger_close(into);
    }
    arena_reset(&arena);
    return 0;
}
