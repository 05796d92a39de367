/* The schema: made, checked to the letter, completed.
**
** What the tables must be is what SQLite says of a fresh file made from schema.sql, so there is one truth. A file whose
** tables differ by a letter is refused: it may come from somebody who hid a trigger or a view under the name of a table.
** Views and indexes that an analyst added of her own are hers and stay; triggers and tables that are not ours are refused.
**
** Cost: most files are ours to the letter, which comparing texts shows; for any other a reference is made in memory (5 ms).
*/
#include "ledger/inside.h"
#include <stdlib.h>
#include <string.h>

extern const char schema_sql[];

static const char list_sql[] =
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name";

static bool reference_open(sqlite3 **file, Err *e)
{
    *file = NULL;
    if (sqlite3_open_v2(":memory:", file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK
        && sqlite3_exec(*file, schema_sql, NULL, NULL, NULL) == SQLITE_OK) return true;
    fail(e, ERR_LEDGER, "the program's own schema is refused by SQLite %s: %s; SQLite 3.40 or newer is needed",
         sqlite3_libversion(), *file ? sqlite3_errmsg(*file) : "no memory");
    sqlite3_close(*file);
    return false;
}

static int by_type_and_name(sqlite3_stmt *a, sqlite3_stmt *b)
{
    int order = str_cmp(ledger_text(a, 0), ledger_text(b, 0));
    Str x = ledger_text(a, 1), y = ledger_text(b, 1);
    int n = order ? 0 : memcmp(x.n ? x.p : "", y.n ? y.p : "", (size_t)(x.n < y.n ? x.n : y.n));
    return order ? order : n ? n : (x.n > y.n) - (x.n < y.n);
}

static bool may_be_added(sqlite3_stmt *row)
{
    Str type = ledger_text(row, 0);
    return str_eq(type, S("view")) || str_eq(type, S("index"));
}

/* Walks both lists side by side, as sorted lists are merged. */
static bool compare(Ledger *db, sqlite3_stmt *ours, sqlite3_stmt *theirs, Err *e)
{
    bool a, b;
    if (!ledger_step(db, theirs, &b, e)) return false;
    a = sqlite3_step(ours) == SQLITE_ROW;
    while (a || b) {
        int order = !a ? 1 : !b ? -1 : by_type_and_name(ours, theirs);
        if (order < 0)
            return fail(e, ERR_LEDGER, "'%s' lacks the %s '%s'; restore it from a copy, or add the documents to a new ledger",
                        db->path, sqlite3_column_text(ours, 0), sqlite3_column_text(ours, 1));
        if (order > 0 && !may_be_added(theirs))
            return fail(e, ERR_LEDGER, "'%s' has a %s '%s' that is not the ledger's; remove it, or restore the file from a copy",
                        db->path, sqlite3_column_text(theirs, 0), sqlite3_column_text(theirs, 1));
        if (order == 0 && (!str_eq(ledger_text(ours, 2), ledger_text(theirs, 2)) || !str_eq(ledger_text(ours, 3), ledger_text(theirs, 3))))
            return fail(e, ERR_LEDGER, "'%s' has a changed %s '%s'; restore it from a copy, or add the documents to a new ledger",
                        db->path, sqlite3_column_text(theirs, 0), sqlite3_column_text(theirs, 1));
        if (order <= 0) a = sqlite3_step(ours) == SQLITE_ROW;
        if (order >= 0 && !ledger_step(db, theirs, &b, e)) return false;
    }
    return true;
}

/* Is it one whole statement of schema.sql, of this type and name, and on this table? */
static bool is_statement(Str all, Str type, Str name, Str table, Str sql)
{
    static const struct { const char *type, *begin; } kinds[] = {
        {"table", "CREATE TABLE "}, {"table", "CREATE VIRTUAL TABLE "}, {"view", "CREATE VIEW "}, {"index", "CREATE INDEX "},
        {"trigger", "CREATE TRIGGER "}};
    bool is_named = false, has_table = str_eq(name, table);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        Str begin = str_of(kinds[i].begin), rest = str_sub(sql, begin.n, sql.n);
        is_named |= str_eq(type, str_of(kinds[i].type)) && str_starts(sql, begin) && str_starts(rest, name)
                    && rest.n > name.n && (rest.p[name.n] == ' ' || rest.p[name.n] == '\n' || rest.p[name.n] == '(');
    }
    for (ptrdiff_t i = 0, on; !has_table && (on = str_find(str_sub(sql, i, sql.n), S(" ON "))) >= 0; i += on + 4)
        has_table = str_starts(str_sub(sql, i + on + 4, sql.n), table);
    ptrdiff_t at = is_named && has_table ? str_find(all, sql) : -1;
    return at >= 0 && (at == 0 || all.p[at - 1] == '\n') && at + sql.n < all.n && all.p[at + sql.n] == ';';
}

/* True: every row is a statement of schema.sql or a table of the text index, and none is missing. False says nothing. */
static bool is_to_the_letter(Ledger *db)
{
    static const char *const index[] = {"CREATE TABLE 'search_data'(id INTEGER PRIMARY KEY, block BLOB)",
                                        "CREATE TABLE 'search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID",
                                        "CREATE TABLE 'search_config'(k PRIMARY KEY, v) WITHOUT ROWID"};
    enum { N_INDEX = sizeof index / sizeof *index };
    Str all = str_of(schema_sql), rest = all, line;
    int wanted = 0, found = 0, n_index = 0;
    while (str_split(&rest, '\n', &line)) wanted += str_starts(line, S("CREATE "));
    char last[64] = "";                                  /* names come in order: one that stands twice hides that another is gone */
    sqlite3_stmt *row = NULL;
    bool ok = sqlite3_prepare_v2(db->file, list_sql, -1, &row, NULL) == SQLITE_OK;
    while (ok && sqlite3_step(row) == SQLITE_ROW) {
        Str sql = ledger_text(row, 3), name = ledger_text(row, 1);
        if (name.n >= (ptrdiff_t)sizeof last || str_eq(name, str_of(last))) { ok = false; break; }
        memcpy(last, name.p, (size_t)name.n);
        last[name.n] = 0;
        bool is_index = false;
        for (int i = 0; i < N_INDEX; i++)
            is_index |= str_eq(sql, str_of(index[i])) && str_eq(ledger_text(row, 1), ledger_text(row, 2));
        n_index += is_index;
        found += !is_index;
        ok = is_index || is_statement(all, ledger_text(row, 0), ledger_text(row, 1), ledger_text(row, 2), sql);
    }
    sqlite3_finalize(row);
    return ok && found == wanted && n_index == N_INDEX;
}

bool ledger_schema_make(Ledger *db, Err *e)
{
    return ledger_sql(db, schema_sql, e);
}

bool ledger_schema_check(Ledger *db, Err *e)
{
    sqlite3 *reference;
    sqlite3_stmt *ours = NULL, *theirs = NULL;
    if (is_to_the_letter(db)) return true;
    if (!reference_open(&reference, e)) return false;
    bool ok = sqlite3_prepare_v2(reference, list_sql, -1, &ours, NULL) == SQLITE_OK
            ? true : fail(e, ERR_MEMORY, "memory is out while looking at '%s'", db->path);
    if (ok && sqlite3_prepare_v2(db->file, list_sql, -1, &theirs, NULL) != SQLITE_OK) ok = ledger_fail(db, e);
    ok = ok && compare(db, ours, theirs, e);
    sqlite3_finalize(ours);
    sqlite3_finalize(theirs);
    sqlite3_close(reference);
    return ok;
}

/* Adds what a file of an older version lacks, table by table as the reference has it. */
bool ledger_schema_complete(Ledger *db, Err *e)
{
    sqlite3 *reference;
    sqlite3_stmt *ours = NULL, *there = NULL;
    if (!reference_open(&reference, e)) return false;
    bool ok = sqlite3_prepare_v2(reference, "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE "
                                 "'search_%' ORDER BY rowid", -1, &ours, NULL) == SQLITE_OK
            || fail(e, ERR_MEMORY, "memory is out while looking at '%s'", db->path);
    if (ok && sqlite3_prepare_v2(db->file, "SELECT 1 FROM sqlite_schema WHERE name = ?1", -1, &there, NULL) != SQLITE_OK)
        ok = ledger_fail(db, e);
    while (ok && sqlite3_step(ours) == SQLITE_ROW) {
        bool row;
        Str name = ledger_text(ours, 0);
        sqlite3_bind_text(there, 1, name.p, (int)name.n, SQLITE_TRANSIENT);
        ok = ledger_step(db, there, &row, e);
        sqlite3_reset(there);
        if (ok && !row) ok = ledger_sql(db, (const char *)sqlite3_column_text(ours, 1), e);
    }
    sqlite3_finalize(ours);
    sqlite3_finalize(there);
    sqlite3_close(reference);
    return ok;
}
