/* The questions of doc/ledger.md are asked: each must be SQL that the ledger answers, and must find something. */
#include "base/io.h"
#include "ledger/ledger.h"
#include "test.h"
#include <sqlite3.h>
#include <unistd.h>

/* Beside the records of list.t, one with an event and a promise. */
static const char promise[] =
    "{\"id\":\"promise\",\"publisher\":\"Tessaly Herald\",\"published\":\"2025-04-20\",\"published_how\":\"stated\","
    "\"text\":\"Dario Ital met Lena Marek. The harbour will be open by June, he promised.\","
    "\"sentences\":[[0,26],[27,73]],"
    "\"entities\":[{\"id\":0,\"name\":\"Dario Ital\",\"type\":\"PER\",\"mentions\":[{\"span\":[0,10],\"kind\":\"name\"}]},"
    "{\"id\":1,\"name\":\"Lena Marek\",\"type\":\"PER\",\"mentions\":[{\"span\":[15,25],\"kind\":\"name\"}]}],"
    "\"events\":[{\"id\":0,\"span\":[0,26],\"anchor\":[11,14],\"type\":\"CONSULT\",\"cameo\":\"040\",\"status\":\"occurred\","
    "\"source\":[{\"entity\":0}],\"target\":[{\"entity\":1}]}],"
    "\"expectations\":[{\"id\":0,\"span\":[27,59],\"holder\":0,\"kind\":\"promise\",\"polarity\":1,\"due\":\"2025-06\"}]}";

/* And five of five days that end alike. */
static Str paper(int day)
{
    return arena_printf(&test_arena, "{\"publisher\":\"Littoral Wire\",\"published\":\"2025-05-%02d\",\"text\":\"Story %d.\\n"
                        "This wire lives on its readers.\",\"sentences\":[[0,8],[9,40]]}", day, day);
}

static bool put_line(Ledger *db, Str line, Err *e)
{
    Json *object;
    Record r;
    bool is_new;
    char hex[65];
    if (!json_read(&test_arena, line, &object, e) || !record_of_json(&test_arena, object, true, &r, e)) return false;
    hash_sha256(r.text, hex);
    r.sha256 = str_of(hex);
    return ledger_begin(db, e) && ledger_put(db, ledger_prepare(&test_arena, &r), &is_new, e) && ledger_commit(db, e);
}

static int ask(const char *path, Str sql)
{
    sqlite3 *file;
    sqlite3_stmt *s = NULL;
    int rows = 0;
    sqlite3_open_v2(path, &file, SQLITE_OPEN_READONLY, NULL);
    if (!check(sqlite3_prepare_v2(file, sql.p, (int)sql.n, &s, NULL) == SQLITE_OK)) printf("  %s\n", sqlite3_errmsg(file));
    while (sqlite3_step(s) == SQLITE_ROW)
        if (sqlite3_column_type(s, 0) != SQLITE_NULL || sqlite3_column_type(s, 1) != SQLITE_NULL) rows++;
    check(sqlite3_finalize(s) == SQLITE_OK);
    sqlite3_close(file);
    return rows;
}

int main(void)
{
    TEST_BEGIN
    Err e = {0};
    IoFile doc, cases;
    char path[64];
    snprintf(path, sizeof path, "/tmp/demarche-doc-%d.db", (int)getpid());
    Ledger *db = ledger_open(path, LEDGER_WRITE, &e);
    if (!check(db && io_open(&cases, "test/ledger/list.t", 1 << 20, &e) && io_open(&doc, "doc/ledger.md", 1 << 20, &e)))
        return printf("  %s\n", e.text), test_end();
    Str rest = cases.bytes, line, block;
    while (str_split(&rest, '\n', &line))
        if (str_starts(line, S("{")) && !check(put_line(db, line, &e))) printf("  %s\n", e.text);
    if (!check(put_line(db, str_of(promise), &e))) printf("  %s\n", e.text);
    for (int day = 1; day <= 5; day++)
        if (!check(put_line(db, paper(day), &e))) printf("  %s\n", e.text);
    ledger_close(db);
    int n = 0;
    rest = doc.bytes;
    for (ptrdiff_t at; (at = str_find(rest, S("```sql\n"))) >= 0; n++) {
        block = rest = str_sub(rest, at + 7, rest.n);
        block.n = str_find(block, S("```"));
        if (!check(ask(path, block) > 0)) printf("  nothing found: %.*s\n", STR(block));
    }
    check(n == 11);
    io_close(&cases);
    io_close(&doc);
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) unlink(arena_cstr(&test_arena, arena_printf(&test_arena, "%s%s", path, ends[i])));
    return test_end();
}
