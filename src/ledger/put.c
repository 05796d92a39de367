/* Putting: one document, wholly or not at all.
**
** The document's own row goes first; where its hash is there already nothing else is written. Then every table's rows
** are bound in the order in which prepare.c filled them. Names are told apart by a map in the handle, so that a name
** that was met before costs no question.
**
** Always: what stands in the file was put between one BEGIN and one COMMIT. When a row is refused half way (a full
** disk), the handle is torn: a commit is refused and becomes a rollback.
** Cost: measured in bench/ledger_bench.c.
*/
#include "ledger/inside.h"
#include <assert.h>
#include <stdio.h>

enum { NAMES_HELD = 48 << 20 };  /* bytes of names kept in mind: half a million; then the mind starts afresh */

bool ledger_begin(Ledger *db, Err *e)
{
    if (!ledger_may_write(db, e)) return false;
    sqlite3_stmt *s = ledger_ask(db, ASK_BEGIN, e);
    if (!s || !ledger_do(db, s, e)) return false;
    db->in_transaction = true;
    db->is_torn = db->run_is_new = false;
    return true;
}

void ledger_rollback(Ledger *db)
{
    Err e;
    if (!db || !db->in_transaction) return;
    for (int i = 0; i < TABLE_COUNT; i++) sqlite3_reset(db->put[i]);
    for (int i = 0; i < ASK_COUNT; i++) sqlite3_reset(db->ask[i]);
    if (!sqlite3_get_autocommit(db->file)) {             /* SQLite rolls back by itself on a full disk */
        sqlite3_stmt *s = ledger_ask(db, ASK_ROLLBACK, &e);
        if (s) ledger_do(db, s, &e);
    }
    db->in_transaction = db->is_torn = false;
    if (db->run_is_new) db->run = 0;
    db->run_is_new = false;
    arena_reset(&db->name_arena);
    db->names = (Map){.to = &db->name_arena};
}

bool ledger_commit(Ledger *db, Err *e)
{
    if (db->is_torn || sqlite3_get_autocommit(db->file)) {
        ledger_rollback(db);
        return fail(e, ERR_LEDGER, "a document could not be written whole, so nothing since the last commit was kept");
    }
    sqlite3_stmt *s = ledger_ask(db, ASK_COMMIT, e);
    if (!s || !ledger_do(db, s, e)) {
        ledger_rollback(db);
        return false;
    }
    db->in_transaction = db->run_is_new = false;
    return true;
}

bool ledger_enter(Ledger *db, Scope *s, Err *e)
{
    s->own = !db->in_transaction;
    return s->own ? ledger_begin(db, e) : true;
}

bool ledger_leave(Ledger *db, Scope *s, bool ok, Err *e)
{
    if (!s->own) {
        if (!ok) db->is_torn = true;
        return ok;
    }
    if (ok) return ledger_commit(db, e);
    ledger_rollback(db);
    return false;
}

/* ---- names ---------------------------------------------------------------------------------------------- */
bool ledger_name_id(Ledger *db, Str name, Str fold, int64_t *id, Err *e)
{
    int32_t known = map_get(&db->names, name);
    if (known >= 0) {
        *id = known;
        return true;
    }
    sqlite3_stmt *s = ledger_ask(db, ASK_NAME_ID, e);
    bool there;
    if (!s) return false;
    sqlite3_bind_text(s, 1, name.n ? name.p : "", (int)name.n, SQLITE_STATIC);
    if (!ledger_step(db, s, &there, e)) return false;
    if (there) {
        *id = sqlite3_column_int64(s, 0);
        sqlite3_reset(s);
    } else {
        if (!(s = ledger_ask(db, ASK_NAME_ADD, e))) return false;
        sqlite3_bind_text(s, 1, name.n ? name.p : "", (int)name.n, SQLITE_STATIC);
        sqlite3_bind_text(s, 2, fold.n ? fold.p : "", (int)fold.n, SQLITE_STATIC);
        if (!ledger_do(db, s, e)) return false;
        *id = sqlite3_last_insert_rowid(db->file);
    }
    if (db->name_arena.used > NAMES_HELD) {
        arena_reset(&db->name_arena);
        db->names = (Map){.to = &db->name_arena};
    }
    if (*id > INT32_MAX) return fail(e, ERR_LIMIT, "the ledger holds more than %d names", INT32_MAX);
    *map_at(&db->names, arena_str(&db->name_arena, name)) = (int32_t)*id;
    return true;
}

/* ---- rows ----------------------------------------------------------------------------------------------- */
static void bind(Ledger *db, sqlite3_stmt *s, int at, const Value *v, int64_t document, const int64_t *names)
{
    switch (v->kind) {
    case VALUE_NULL: sqlite3_bind_null(s, at); break;
    case VALUE_INT: sqlite3_bind_int64(s, at, v->i); break;
    case VALUE_REAL: sqlite3_bind_double(s, at, v->d); break;
    case VALUE_TEXT: sqlite3_bind_text(s, at, v->s.n ? v->s.p : "", (int)v->s.n, SQLITE_STATIC); break;
    case VALUE_BLOB: sqlite3_bind_blob(s, at, v->s.p, (int)v->s.n, SQLITE_STATIC); break;
    case VALUE_DOCUMENT: sqlite3_bind_int64(s, at, document); break;
    case VALUE_NAME: sqlite3_bind_int64(s, at, names[v->i]); break;
    case VALUE_RUN: sqlite3_bind_int64(s, at, db->run); break;
    }
}

/* INSERT INTO time(document, idx, …) VALUES(?1, ?2, …) */
static sqlite3_stmt *insert_of(Ledger *db, TableName t, Err *e)
{
    if (db->put[t]) return db->put[t];
    const LedgerTable *table = &ledger_tables[t];
    char sql[1024];
    int n = snprintf(sql, sizeof sql, "INSERT INTO %s(%s) VALUES(", table->name, table->columns);
    for (int i = 1; i <= table->n; i++) n += snprintf(sql + n, sizeof sql - (size_t)n, "%s?%d", i > 1 ? "," : "", i);
    snprintf(sql + n, sizeof sql - (size_t)n, ")%s", t == TABLE_DOCUMENT ? " ON CONFLICT(sha256) DO NOTHING" : "");
    if (sqlite3_prepare_v3(db->file, sql, -1, SQLITE_PREPARE_PERSISTENT, &db->put[t], NULL) != SQLITE_OK) {
        ledger_fail(db, e);
        return NULL;
    }
    return db->put[t];
}

static bool put_table(Ledger *db, TableName t, const Values *rows, int64_t document, const int64_t *names, Err *e)
{
    if (!rows->n) return true;
    sqlite3_stmt *s = insert_of(db, t, e);
    if (!s) return false;
    int columns = ledger_tables[t].n;
    assert(rows->n % columns == 0 && "every row of a table has all its columns");
    for (int32_t i = 0; i < rows->n; i += columns) {
        for (int c = 0; c < columns; c++) bind(db, s, c + 1, &rows->v[i + c], document, names);
        if (!ledger_do(db, s, e)) return false;
    }
    return true;
}

static bool put_search(Ledger *db, const LedgerRow *row, int64_t document, Err *e)
{
    sqlite3_stmt *s = ledger_ask(db, ASK_SEARCH_ADD, e);
    if (!s) return false;
    sqlite3_bind_int64(s, 1, document);
    sqlite3_bind_text(s, 2, row->title.n ? row->title.p : "", (int)row->title.n, SQLITE_STATIC);
    sqlite3_bind_text(s, 3, row->body.n ? row->body.p : "", (int)row->body.n, SQLITE_STATIC);
    return ledger_do(db, s, e);
}

typedef struct { Ledger *db; const LedgerRow *row; bool *is_new; } Put;

static bool put_document(void *with, Err *e)
{
    Put *p = with;
    Ledger *db = p->db;
    const LedgerRow *row = p->row;
    db->name_arena.landing = db->scratch.landing;
    if (!ledger_run_is_there(db, e) || !put_table(db, TABLE_DOCUMENT, &row->table[TABLE_DOCUMENT], 0, NULL, e)) return false;
    if (!sqlite3_changes(db->file)) return true;         /* its hash was there */
    *p->is_new = true;
    int64_t document = sqlite3_last_insert_rowid(db->file);
    arena_reset(&db->scratch);
    int64_t *names = arena_new(&db->scratch, int64_t, row->names.n + 1);
    for (int32_t i = 0; i < row->names.n; i++)
        if (!ledger_name_id(db, row->names.v[i].name, row->names.v[i].fold, &names[i], e)) return false;
    for (TableName t = TABLE_ARTICLE; t < TABLE_COUNT; t++)
        if (!put_table(db, t, &row->table[t], document, names, e)) return false;
    return learn_put(db, row, document, e) && put_search(db, row, document, e);
}

bool ledger_put(Ledger *db, const LedgerRow *row, bool *is_new, Err *e)
{
    *is_new = false;
    if (row->fault.n) return fail(e, ERR_INPUT, "%.*s", STR(row->fault));
    assert(db->in_transaction && "ledger_put stands between ledger_begin and ledger_commit");
    if (db->is_torn) return fail(e, ERR_LEDGER, "a document before this one could not be written whole; nothing is kept");
    Put p = {db, row, is_new};
    if (ledger_guard(&db->scratch, put_document, &p, "writing a document", e)) return true;
    db->is_torn = true;
    return false;
}

/* ---- runs ----------------------------------------------------------------------------------------------- */
static bool run_add(Ledger *db, Str when, Str program, Err *e)
{
    sqlite3_stmt *s = ledger_ask(db, ASK_RUN_ADD, e);
    if (!s) return false;
    ledger_bind(s, 1, when);
    ledger_bind(s, 2, program);
    if (!ledger_do(db, s, e)) return false;
    db->run = sqlite3_last_insert_rowid(db->file);
    db->run_is_new = true;
    return true;
}

bool ledger_run_is_there(Ledger *db, Err *e)
{
    return db->run || run_add(db, S(""), S(""), e);
}

bool ledger_start_run(Ledger *db, Str when, Str program, Err *e)
{
    Scope scope;
    if (!ledger_enter(db, &scope, e)) return false;
    return ledger_leave(db, &scope, run_add(db, when, program, e), e);
}

static bool run_end(Ledger *db, Str when, Str program, const int64_t counts[3], Err *e)
{
    if (!ledger_run_is_there(db, e)) return false;
    sqlite3_stmt *s = ledger_ask(db, ASK_RUN_END, e);
    if (!s) return false;
    sqlite3_bind_int64(s, 1, db->run);
    ledger_bind(s, 2, when);
    ledger_bind(s, 3, program);
    for (int i = 0; i < 3; i++) sqlite3_bind_int64(s, 4 + i, counts[i]);
    return ledger_do(db, s, e);
}

bool ledger_note_run(Ledger *db, Str when, Str program, int64_t added, int64_t known, int64_t failed, Err *e)
{
    Scope scope;
    if (!ledger_enter(db, &scope, e)) return false;
    if (!ledger_leave(db, &scope, run_end(db, when, program, (int64_t[]){added, known, failed}, e), e)) return false;
    db->run = 0;
    return true;
}

static bool failure_add(Ledger *db, Str where, Str why, Err *e)
{
    if (!ledger_run_is_there(db, e)) return false;
    sqlite3_stmt *s = ledger_ask(db, ASK_FAILURE_ADD, e);
    if (!s) return false;
    sqlite3_bind_int64(s, 1, db->run);
    sqlite3_bind_text(s, 2, where.n ? where.p : "", (int)where.n, SQLITE_STATIC);
    sqlite3_bind_text(s, 3, why.n ? why.p : "", (int)why.n, SQLITE_STATIC);
    return ledger_do(db, s, e);
}

bool ledger_note_failure(Ledger *db, Str where, Str why, Err *e)
{
    Scope scope;
    if (!ledger_enter(db, &scope, e)) return false;
    return ledger_leave(db, &scope, failure_add(db, where, why, e), e);
}
