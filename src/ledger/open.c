/* Opening: whose file is this, which version, and may we?
**
** A ledger is an SQLite file with our application_id. A file of somebody else is refused before anything is written to
** it, a newer one is refused with the remedy, an older one is brought up to date (migrate.c). A stranger's ledger may
** be hostile: the schema must be ours to the letter (schema.c), SQLite's defensive mode is on, nothing in the schema is
** trusted, extensions and double-quoted strings are off, and the file is not mapped into memory (a file that shrinks
** under a map kills the reader).
**
** Writing: WAL with synchronous=FULL, so that a commit stands after a power cut; page of 8 KiB (see below); a second
** writer waits WAIT_MS and is then told what to do. Reading: works on read-only media, where WAL's helper files cannot be
** made, by telling SQLite that the file does not change.
**
** Also here: the fixed questions, prepared once, and SQLite's errors as sentences.
*/
#include "ledger/inside.h"
#include "base/io.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    APPLICATION_ID = 1145918797,           /* 'DMRM', as in schema.sql */
    WAIT_MS = 10000,                       /* a batch of `add` is written in well under a second; ten are patience enough */
    QUERY_BUDGET = 1 << 30,                /* bytes; a listing of everybody in 100,000 documents needs some 100 MB */
    CACHE_KIB = 64 << 10,                  /* holds the inner pages of a ledger of 100,000 documents */
};

#define LEDGER_TABLE_ROW(S, name, columns, n) {name, columns, n},
const LedgerTable ledger_tables[TABLE_COUNT] = {LEDGER_TABLES(LEDGER_TABLE_ROW)};
#define LEDGER_QUESTION_ROW(S, sql) sql,
static const char *const questions[ASK_COUNT] = {LEDGER_QUESTIONS(LEDGER_QUESTION_ROW)};

/* ---- SQLite's errors as sentences ----------------------------------------------------------------------- */
bool ledger_fail(Ledger *db, Err *e)
{
    int rc = sqlite3_errcode(db->file), more = sqlite3_extended_errcode(db->file);
    const char *said = sqlite3_errmsg(db->file);
    switch (rc) {
    case SQLITE_BUSY: case SQLITE_LOCKED:
        return fail(e, ERR_BUSY, "'%s' is being written by another program; wait for it to end and run the same command again",
                    db->path);
    case SQLITE_FULL:
        return fail(e, ERR_IO, "no room is left for '%s'; make room on its disk and run the same command again (nothing "
                    "half-written was kept)", db->path);
    case SQLITE_IOERR:
        if (more == SQLITE_IOERR_NOMEM) return fail(e, ERR_MEMORY, "memory is out while using '%s'", db->path);
        return fail(e, ERR_IO, "the disk of '%s' gave an error (%s, %d); see to the disk and run the same command again "
                    "(nothing half-written was kept)", db->path, said, more);
    case SQLITE_NOMEM:
        return fail(e, ERR_MEMORY, "memory is out while using '%s'", db->path);
    case SQLITE_READONLY: case SQLITE_PERM: case SQLITE_AUTH: case SQLITE_CANTOPEN:
        return fail(e, ERR_IO, "'%s' cannot be opened or written (%s); check the permissions of the file and of its folder",
                    db->path, said);
    case SQLITE_NOTADB:
        return fail(e, ERR_LEDGER, "'%s' is not a ledger (%s); name another file with --ledger", db->path, said);
    case SQLITE_CORRUPT:
        return fail(e, ERR_LEDGER, "'%s' is damaged (%s); restore it from a copy, or add the documents to a new ledger",
                    db->path, said);
    case SQLITE_CONSTRAINT:
        return fail(e, ERR_LEDGER, "'%s' refused a row: %s", db->path, said);
    case SQLITE_INTERRUPT:
        return fail(e, ERR_INTERRUPTED, "interrupted while using '%s'", db->path);
    default:
        return fail(e, ERR_LEDGER, "'%s': %s", db->path, said);
    }
}

/* ---- questions ------------------------------------------------------------------------------------------ */
sqlite3_stmt *ledger_ask(Ledger *db, Question which, Err *e)
{
    if (!db->ask[which]) {
        if (sqlite3_prepare_v3(db->file, questions[which], -1, SQLITE_PREPARE_PERSISTENT, &db->ask[which], NULL) != SQLITE_OK) {
            ledger_fail(db, e);
            return NULL;
        }
    }
    sqlite3_reset(db->ask[which]);
    return db->ask[which];
}

bool ledger_step(Ledger *db, sqlite3_stmt *s, bool *row, Err *e)
{
    int rc = sqlite3_step(s);
    *row = rc == SQLITE_ROW;
    if (rc == SQLITE_ROW) return true;
    if (rc == SQLITE_DONE) {
        sqlite3_reset(s);
        return true;
    }
    ledger_fail(db, e);
    sqlite3_reset(s);
    return false;
}

bool ledger_do(Ledger *db, sqlite3_stmt *s, Err *e)
{
    bool row = true;
    while (row)
        if (!ledger_step(db, s, &row, e)) return false;
    return true;
}

bool ledger_sql(Ledger *db, const char *sql, Err *e)
{
    return sqlite3_exec(db->file, sql, NULL, NULL, NULL) == SQLITE_OK || ledger_fail(db, e);
}

void ledger_bind(sqlite3_stmt *s, int at, Str text)
{
    if (text.n) sqlite3_bind_text(s, at, text.p, (int)text.n, SQLITE_STATIC);
    else sqlite3_bind_null(s, at);
}

Str ledger_text(sqlite3_stmt *s, int column)
{
    const char *p = (const char *)sqlite3_column_text(s, column);
    return (Str){p, p ? sqlite3_column_bytes(s, column) : 0};
}

Str ledger_copy(Arena *to, sqlite3_stmt *s, int column)
{
    Str t = ledger_text(s, column);
    return t.p ? arena_str(to, t) : t;
}

bool ledger_guard(Arena *a, bool (*run)(void *with, Err *e), void *with, const char *what, Err *e)
{
    jmp_buf landing, *before = a->landing;
    a->landing = &landing;
    bool ok = setjmp(landing) ? fail(e, ERR_MEMORY, "%s needs more memory than there is", what) : run(with, e);
    a->landing = before;
    return ok;
}

bool ledger_may_write(Ledger *db, Err *e)
{
    return db->mode != LEDGER_READ || fail(e, ERR_USAGE, "'%s' was opened for reading only", db->path);
}

/* ---- opening -------------------------------------------------------------------------------------------- */
static bool ask_number(Ledger *db, const char *sql, int64_t *n, Err *e)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db->file, sql, -1, &s, NULL) != SQLITE_OK) return ledger_fail(db, e);
    bool row = false, ok = ledger_step(db, s, &row, e);
    if (row) *n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return ok;
}

/* A path for SQLite: "file:…" would be read as an address; a file that does not change is asked for by one. */
static char *name_for_sqlite(const char *path, bool unchanging)
{
    static const char *const hex = "0123456789ABCDEF";
    char *to = malloc(strlen(path) * 3 + 32), *p = to;
    if (!to) return NULL;
    p += sprintf(p, "%s", unchanging ? (path[0] == '/' ? "file://" : "file:") : strncmp(path, "file:", 5) ? "" : "./");
    for (const unsigned char *c = (const unsigned char *)path; *c; c++) {
        if (unchanging && (*c == '%' || *c == '?' || *c == '#' || *c < 0x21 || *c > 0x7E))
            *p++ = '%', *p++ = hex[*c >> 4], *p++ = hex[*c & 15];
        else *p++ = (char)*c;
    }
    strcpy(p, unchanging ? "?immutable=1" : "");
    return to;
}

static bool connect_file(Ledger *db, int flags, bool unchanging, Err *e)
{
    char *name = name_for_sqlite(db->path, unchanging);
    if (!name) return fail(e, ERR_MEMORY, "memory is out while opening '%s'", db->path);
    sqlite3_close(db->file);
    db->file = NULL;
    int rc = sqlite3_open_v2(db->mode == LEDGER_MEMORY ? ":memory:" : name, &db->file,
                             flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (unchanging ? SQLITE_OPEN_URI : 0), NULL);
    free(name);
    if (!db->file) return fail(e, ERR_MEMORY, "memory is out while opening '%s'", db->path);
    sqlite3_extended_result_codes(db->file, 0);
    if (rc != SQLITE_OK) return ledger_fail(db, e);
    const char *wait = io_env("DEMARCHE_WAIT_MS");       /* tests need not wait ten seconds for a second writer */
    sqlite3_busy_timeout(db->file, wait ? atoi(wait) : WAIT_MS);
    sqlite3_db_config(db->file, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->file, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db->file, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_db_config(db->file, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db->file, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    char sql[160];
    snprintf(sql, sizeof sql, "PRAGMA cache_size = -%d; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0;"
             "PRAGMA cell_size_check = ON;%s", CACHE_KIB, db->mode == LEDGER_READ ? "PRAGMA query_only = ON;" : "");
    return ledger_sql(db, sql, e);
}

typedef enum { FILE_OURS, FILE_NEW, FILE_OLDER, FILE_REFUSED } FileKind;

static FileKind look_at_file(Ledger *db, int64_t *version, Err *e)
{
    int64_t application = 0, objects = 0;
    *version = 0;
    if (!ask_number(db, "SELECT count(*) FROM sqlite_schema", &objects, e)
        || !ask_number(db, "PRAGMA application_id", &application, e)
        || !ask_number(db, "PRAGMA user_version", version, e)) return FILE_REFUSED;
    if (application == 0 && *version == 0 && objects == 0) return FILE_NEW;
    if (application != APPLICATION_ID) {
        fail(e, ERR_LEDGER, "'%s' is a database of another program; nothing was changed in it; name another file with --ledger",
             db->path);
        return FILE_REFUSED;
    }
    if (*version > LEDGER_VERSION) {
        fail(e, ERR_LEDGER, "'%s' was written by a newer demarche (its format is %lld, this program knows up to %d); "
             "use that newer program", db->path, (long long)*version, LEDGER_VERSION);
        return FILE_REFUSED;
    }
    return *version < LEDGER_VERSION ? FILE_OLDER : FILE_OURS;
}

static bool make_or_migrate(Ledger *db, Err *e)
{
    int64_t version;
    if (!ledger_sql(db, "BEGIN EXCLUSIVE", e)) return false;
    FileKind kind = look_at_file(db, &version, e);       /* again: another program may have been quicker */
    bool ok = kind == FILE_NEW     ? ledger_schema_make(db, e)
              : kind == FILE_OLDER ? ledger_migrate(db, (int32_t)version, e)
                                   : kind == FILE_OURS;
    if (ok && ledger_sql(db, "COMMIT", e)) return true;
    sqlite3_exec(db->file, "ROLLBACK", NULL, NULL, NULL);
    return err_while(e, kind == FILE_OLDER ? "bringing it up to date" : "making the ledger");
}

static bool open_writing(Ledger *db, Err *e)
{
    int64_t version;
    if (db->mode == LEDGER_WRITE && io_kind(db->path) == IO_FOLDER)
        return fail(e, ERR_IO, "'%s' is a folder, not a ledger; name a file in it", db->path);
    if (db->mode == LEDGER_WRITE && !io_make_private(db->path, e))
        return err_while(e, "make its folder first, or name another file with --ledger");
    if (!connect_file(db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, false, e)) return false;
    FileKind kind = look_at_file(db, &version, e);
    if (kind == FILE_REFUSED) return false;
    if (kind == FILE_NEW && !ledger_sql(db, "PRAGMA page_size = 8192;", e)) return false;
    if (!ledger_sql(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;"
                        "PRAGMA journal_size_limit = 67108864; PRAGMA secure_delete = OFF;", e)) return false;
    if (kind != FILE_OURS && !make_or_migrate(db, e)) return false;
    return ledger_schema_check(db, e);
}

static bool open_reading(Ledger *db, Err *e)
{
    int64_t version;
    if (io_kind(db->path) == IO_NONE)
        return fail(e, ERR_NOTFOUND, "there is no ledger '%s'; make one with: demarche add FILE…, or name another with --ledger",
                    db->path);
    if (io_kind(db->path) != IO_FILE) return fail(e, ERR_IO, "'%s' is not a file", db->path);
    Err first = {0};
    FileKind kind = FILE_REFUSED;
    if (connect_file(db, SQLITE_OPEN_READONLY, false, &first)) kind = look_at_file(db, &version, &first);
    if (kind == FILE_REFUSED && first.code == ERR_IO) {  /* WAL's helper files could not be made */
        char *wal = malloc(strlen(db->path) + 8);
        if (!wal) return fail(e, ERR_MEMORY, "memory is out while opening '%s'", db->path);
        strcat(strcpy(wal, db->path), "-wal");
        bool pending = io_size(wal) > 0;
        free(wal);
        if (pending)
            return fail(e, ERR_IO, "'%s' has changes beside it, in '%s-wal', that cannot be read here; copy both to a folder "
                        "where you may write, and open it there", db->path, db->path);
        if (connect_file(db, SQLITE_OPEN_READONLY, true, e)) kind = look_at_file(db, &version, e);
    } else *e = first;
    if (kind == FILE_REFUSED) return false;
    if (kind == FILE_NEW)
        return fail(e, ERR_LEDGER, "'%s' is empty, not a ledger yet; fill it with: demarche add FILE…", db->path);
    if (kind == FILE_OLDER) {
        db->mode = LEDGER_WRITE;
        bool ok = open_writing(db, e);
        db->mode = LEDGER_READ;
        if (!ok) return err_while(e, "its format is older and must first be brought up to date");
        return connect_file(db, SQLITE_OPEN_READONLY, false, e) && ledger_schema_check(db, e);
    }
    return ledger_schema_check(db, e);
}

Ledger *ledger_open(const char *path, LedgerMode mode, Err *e)
{
    Ledger *db = calloc(1, sizeof *db);
    if (!db || !(db->path = strdup(mode == LEDGER_MEMORY ? "a ledger in memory" : path))) {
        free(db);
        fail(e, ERR_MEMORY, "memory is out while opening '%s'", path);
        return NULL;
    }
    db->mode = mode;
    db->names.to = &db->name_arena;
    for (int i = 0; i < LISTS_MAX; i++) db->list[i].budget = db->page[i].budget = QUERY_BUDGET;
    db->scratch.budget = QUERY_BUDGET;
    if (mode == LEDGER_READ ? open_reading(db, e) : open_writing(db, e)) return db;
    ledger_close(db);
    return NULL;
}

void ledger_close(Ledger *db)
{
    if (!db) return;
    ledger_rollback(db);
    query_close(db);
    for (int i = 0; i < TABLE_COUNT; i++) sqlite3_finalize(db->put[i]), sqlite3_finalize(db->get[i]);
    for (int i = 0; i < ASK_COUNT; i++) sqlite3_finalize(db->ask[i]);
    for (int i = 0; i < LISTS_MAX; i++) sqlite3_finalize(db->rows[i]);
    sqlite3_close(db->file);
    for (int i = 0; i < LISTS_MAX; i++) arena_close(&db->list[i]), arena_close(&db->page[i]);
    arena_close(&db->fold);
    arena_close(&db->name_arena);
    arena_close(&db->scratch);
    free(db->path);
    free(db);
}

int32_t ledger_version(Ledger *db)
{
    int64_t version = 0;
    Err e;
    return ask_number(db, "PRAGMA user_version", &version, &e) ? (int32_t)version : 0;
}
