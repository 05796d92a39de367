/* Verifying: what the ledger says can be proved from the ledger itself.
**
** The file:       SQLite's own check, the references between rows, every table's count of rows against the documents'.
** Each document:  its text against the text's hash; the bytes that came in against the hash that names the document;
**                 every part read back and valid (each place in its text, each reference to a part that is there); the
**                 whole record against its seal; the now_ columns against evidence and corrections; other readings
**                 against their seals.
** The index:      FTS5's own check, and one entry a document, which is found by one of its words.
** Corrections:    each against the hash of its content.
**
** What it cannot show: an owner of the file can seal anew what she changed. Whoever must rule that out keeps the digest
** (ledger_digest) in another place.
** Each finding is a sentence that names the document and what to do. Cost: about that of reading every document.
*/
#include "ledger/inside.h"
#include <stdio.h>
#include <string.h>

enum { SAME_FINDINGS = 20 };               /* of SQLite's own check: the first ones tell enough */

typedef struct {
    Ledger *db;
    Arena *a;
    LedgerFinding found;
    void *with;
    int64_t n_bad, document;
    uint64_t recurring;                    /* sum over the documents */
    Str id, sha256, sha256_of, text_sha256, seal, now_day;
} Verify;

static void finding(Verify *v, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void finding(Verify *v, const char *format, ...)
{
    char text[1024];
    va_list with;
    va_start(with, format);
    vsnprintf(text, sizeof text, format, with);
    va_end(with);
    v->n_bad++;
    if (v->found) v->found(v->with, str_of(text));
}

static const char remedy[] = "restore the ledger from a copy, or add that document to a new one";

/* ---- the file ------------------------------------------------------------------------------------------- */
static bool prepare(Verify *v, const char *sql, sqlite3_stmt **s, Err *e)
{
    return sqlite3_prepare_v2(v->db->file, sql, -1, s, NULL) == SQLITE_OK || ledger_fail(v->db, e);
}

static bool is_damage(const Err *e) { return e->code == ERR_LEDGER; }

/* A damaged file makes SQLite's questions fail: that is a finding, not the end of the check. */
static bool end_check(Verify *v, sqlite3_stmt *s, bool ok, Err *e)
{
    sqlite3_finalize(s);
    if (ok || !is_damage(e)) return ok;
    finding(v, "%s", e->text);
    e->code = ERR_NONE;
    return true;
}

static bool check_file(Verify *v, Err *e)
{
    sqlite3_stmt *s = NULL;
    bool row = true, ok = prepare(v, "PRAGMA integrity_check(20)", &s, e);
    while (ok && row) {
        ok = ledger_step(v->db, s, &row, e);
        if (ok && row && !str_eq(ledger_text(s, 0), S("ok")))
            finding(v, "the file is damaged: %s; restore it from a copy", sqlite3_column_text(s, 0));
    }
    return end_check(v, s, ok, e);
}

static bool check_references(Verify *v, Err *e)
{
    sqlite3_stmt *s = NULL;
    int n = 0;
    bool row = true, ok = prepare(v, "PRAGMA foreign_key_check", &s, e);
    while (ok && row && n < SAME_FINDINGS) {
        ok = ledger_step(v->db, s, &row, e);
        if (ok && row) {
            finding(v, "a row of %s belongs to a row of %s that is not there; restore the ledger from a copy",
                    sqlite3_column_text(s, 0), sqlite3_column_text(s, 2));
            n++;
        }
    }
    return end_check(v, s, ok, e);
}

/* Rows that no document counts would never be shown and never be sealed. */
static bool check_counts(Verify *v, Err *e)
{
    static const struct { TableName table; const char *sum; } counted[] = {
        {TABLE_ARTICLE, "count(*)"}, {TABLE_ORIGINAL, "sum(sha256_of = 'original')"}, {TABLE_BOILERPLATE, "sum(boilerplates)"},
        {TABLE_ORIGIN, "sum(origins)"}, {TABLE_TOKEN, "sum(tokens)"}, {TABLE_ENTITY, "sum(entities)"}, {TABLE_TIME, "sum(times)"},
        {TABLE_STATEMENT, "sum(statements)"}, {TABLE_EVENT, "sum(events)"}, {TABLE_ROLE, "sum(roles)"},
        {TABLE_EXPECTATION, "sum(expectations)"}, {TABLE_RELATION, "sum(relations)"}, {TABLE_TOPIC, "sum(topics)"},
        {TABLE_FIGURE, "sum(figures)"}};
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) {
        char sql[160];
        sqlite3_stmt *s = NULL;
        bool row;
        const char *name = ledger_tables[counted[i].table].name;
        snprintf(sql, sizeof sql, "SELECT (SELECT count(*) FROM %s), (SELECT coalesce(%s, 0) FROM document)", name, counted[i].sum);
        bool ok = prepare(v, sql, &s, e) && ledger_step(v->db, s, &row, e);
        if (ok && row && sqlite3_column_int64(s, 0) != sqlite3_column_int64(s, 1))
            finding(v, "%s has %lld rows where the documents count %lld; %s", name, (long long)sqlite3_column_int64(s, 0),
                    (long long)sqlite3_column_int64(s, 1), remedy);
        if (!end_check(v, s, ok, e)) return false;
    }
    return true;
}

/* ---- one document --------------------------------------------------------------------------------------- */
static bool document_row(Verify *v, bool *there, Err *e)
{
    sqlite3_stmt *s = ledger_ask(v->db, ASK_HASHES_OF, e);
    if (!s) return false;
    sqlite3_bind_int64(s, 1, v->document);
    if (!ledger_step(v->db, s, there, e)) return false;
    if (!*there) return true;
    v->sha256 = ledger_copy(v->a, s, 0);
    v->sha256_of = ledger_copy(v->a, s, 1);
    v->text_sha256 = ledger_copy(v->a, s, 2);
    v->seal = ledger_copy(v->a, s, 3);
    v->now_day = ledger_copy(v->a, s, 4);
    sqlite3_reset(s);
    v->id = ledger_id(v->db, v->a, (LedgerRef){v->document, 0, NONE});
    return true;
}

static void check_hash(Verify *v, Str bytes, Str hash, const char *what)
{
    char hex[65];
    hash_sha256(bytes, hex);
    if (!str_eq(str_of(hex), hash)) finding(v, "document %.*s: %s is not what its hash says; %s", STR(v->id), what, remedy);
}

static bool check_text(Verify *v, Err *e)
{
    bool there;
    sqlite3_stmt *s = ledger_ask(v->db, ASK_TEXT_OF, e);
    if (!s) return false;
    sqlite3_bind_int64(s, 1, v->document);
    if (!ledger_step(v->db, s, &there, e)) return false;
    if (!there) {
        finding(v, "document %.*s: its text is missing; %s", STR(v->id), remedy);
        return true;
    }
    check_hash(v, ledger_text(s, 0), v->text_sha256, "the text");
    if (str_eq(v->sha256_of, S("text"))) check_hash(v, ledger_text(s, 0), v->sha256, "the text that came in");
    sqlite3_reset(s);
    return true;
}

static void check_record(Verify *v, const Record *r)
{
    char hex[65];
    record_seal(v->a, r, hex, NULL);
    if (!str_eq(str_of(hex), v->seal))
        finding(v, "document %.*s: what was read of it is not what was sealed; %s", STR(v->id), remedy);
    if (r->original.n) check_hash(v, r->original, v->sha256, "the original");
    else if (!str_eq(v->sha256_of, S("text")) && !str_eq(v->sha256_of, S("input")))
        finding(v, "document %.*s: '%.*s' is no place where its bytes could be; %s", STR(v->id), STR(v->sha256_of), remedy);
}

static bool check_variants(Verify *v, Err *e)
{
    bool there;
    sqlite3_stmt *s = ledger_ask(v->db, ASK_VARIANTS_OF, e);
    if (!s) return false;
    sqlite3_bind_int64(s, 1, v->document);
    for (;;) {
        if (!ledger_step(v->db, s, &there, e)) return false;
        if (!there) return true;
        check_hash(v, ledger_text(s, 1), ledger_text(s, 0), "another reading of it");
    }
}

/* ---- the now_ columns, and that the index knows the document -------------------------------------------- */
static void not_now(Verify *v, char part, int32_t idx, const char *column)
{
    Str id = ledger_id(v->db, v->a, (LedgerRef){v->document, part, idx});
    finding(v, "%.*s: %s is not what evidence and corrections give; restore the ledger from a copy, or merge it into a new one",
            STR(id), column);
}

static bool check_now(Verify *v, const Record *r, Err *e)
{
    Ledger *db = v->db;
    Str day, value;
    arena_reset(&db->scratch);
    db->scratch.landing = v->a->landing;
    if (!ledger_day_now(db, v->document, &day, e)) return false;
    if (!str_eq(day, v->now_day)) not_now(v, 0, NONE, "now_day");
    for (int32_t i = 0; i < r->times.n; i++) {
        bool there;
        sqlite3_stmt *s = ledger_ask(db, ASK_VALUE_SHOWN, e);
        if (!s || !ledger_value_now(db, (LedgerRef){v->document, 't', i}, &value, e)) return false;
        sqlite3_bind_int64(s, 1, v->document);
        sqlite3_bind_int(s, 2, i);
        if (!ledger_step(db, s, &there, e)) return false;
        if (there && !str_eq(ledger_text(s, 0), value)) not_now(v, 't', i, "now_value");
        sqlite3_reset(s);
    }
    for (int32_t i = 0; i < r->statements.n; i++) {
        bool there;
        int64_t name, shown;
        sqlite3_stmt *s = ledger_ask(db, ASK_SPEAKER_SHOWN, e);
        if (!s) return false;
        sqlite3_bind_int64(s, 1, v->document);
        sqlite3_bind_int(s, 2, i);
        if (!ledger_step(db, s, &there, e)) return false;
        shown = there ? sqlite3_column_int64(s, 0) : 0;
        day = there ? ledger_copy(v->a, s, 1) : v->now_day;
        sqlite3_reset(s);
        if (!str_eq(day, v->now_day)) not_now(v, 's', i, "now_day");
        if (!ledger_speaker_now(db, (LedgerRef){v->document, 's', i}, &name, e)) return false;
        if (name != shown) not_now(v, 's', i, "now_speaker");
    }
    return true;
}

static bool check_index_has(Verify *v, const Record *r, Err *e)
{
    bool is_found = true;
    Str word = query_some_word(v->db, v->a, r, e);
    if (!word.n) return e->code == ERR_NONE;
    sqlite3_stmt *s = ledger_ask(v->db, ASK_SEARCH_HAS, e);
    if (!s) return false;
    ledger_bind(s, 1, arena_printf(v->a, "\"%.*s\"", STR(word)));
    sqlite3_bind_int64(s, 2, v->document);
    if (!ledger_step(v->db, s, &is_found, e)) return false;
    sqlite3_reset(s);
    if (!is_found) finding(v, "document %.*s: search does not know it; merge this ledger into a new one", STR(v->id));
    return true;
}

static bool check_document(void *with, Err *e)
{
    Verify *v = with;
    Record r;
    bool there;
    if (!document_row(v, &there, e) || !there || !check_text(v, e) || !check_variants(v, e)) return !is_damage(e) && there;
    if (!ledger_get(v->db, v->a, v->document, &r, e)) {
        if (!is_damage(e)) return false;
        finding(v, "%s; %s", e->text, remedy);
        e->code = ERR_NONE;
        return true;
    }
    check_record(v, &r);
    Place place = place_of(v->a, r.text);
    v->recurring += learn_sum(v->a, &r, learn_prepare(v->a, &r, &place));
    return check_now(v, &r, e) && check_index_has(v, &r, e);
}

/* ---- the rest ------------------------------------------------------------------------------------------- */
static bool check_index(Verify *v, Err *e)
{
    if (v->db->mode == LEDGER_READ) return true;         /* FTS5's check is an INSERT; the documents were looked for one by one */
    if (sqlite3_exec(v->db->file, "INSERT INTO search(search) VALUES('integrity-check')", NULL, NULL, NULL) == SQLITE_OK) return true;
    ledger_fail(v->db, e);
    if (!is_damage(e)) return false;
    finding(v, "the text index is damaged (%s); merge this ledger into a new one", e->text);
    e->code = ERR_NONE;
    return true;
}

static bool check_corrections(void *with, Err *e)
{
    Verify *v = with;
    bool row = true;
    sqlite3_stmt *s = ledger_ask(v->db, ASK_CORRECTIONS, e);
    if (!s) return false;
    for (;;) {
        if (!ledger_step(v->db, s, &row, e)) return false;
        if (!row) return true;
        arena_reset(v->a);
        if (!correction_is_whole(s, v->a))
            finding(v, "a correction of %.8s (%s) is not what was written; make it again", sqlite3_column_text(s, 0), sqlite3_column_text(s, 3));
    }
}

/* Only where every document could be read: else one damage would be told twice. */
static bool check_recurring(void *with, Err *e)
{
    Verify *v = with;
    uint64_t sum;
    if (v->n_bad) return true;
    if (!learn_table_sum(v->db, v->a, &sum, e)) return false;
    if (sum != v->recurring) finding(v, "recurring is not what the documents give; merge this ledger into a new one");
    return true;
}

static bool check_documents(Verify *v, int64_t *documents, Err *e)
{
    int64_t after = INT64_MIN;
    for (;;) {
        bool row;
        sqlite3_stmt *s = ledger_ask(v->db, ASK_NEXT, e);
        if (!s) return false;
        sqlite3_bind_int64(s, 1, after);
        if (!ledger_step(v->db, s, &row, e)) return false;
        if (!row) return true;
        after = v->document = sqlite3_column_int64(s, 0);
        sqlite3_reset(s);
        ++*documents;
        arena_reset(v->a);
        Err why = {0};
        if (!ledger_guard(v->a, check_document, v, "checking a document", &why)) {
            if (!is_damage(&why)) return *e = why, false;
            finding(v, "document number %lld: %s; %s", (long long)v->document, why.text, remedy);
        }
    }
}

bool ledger_verify(Ledger *db, LedgerFinding found, void *with, int64_t *documents, int64_t *n_bad, Err *e)
{
    Arena a = {.budget = (ptrdiff_t)1 << 30};
    Verify v = {.db = db, .a = &a, .found = found, .with = with};
    *documents = *n_bad = 0;
    bool ok = check_file(&v, e) && check_references(&v, e) && check_counts(&v, e) && check_documents(&v, documents, e)
           && ledger_guard(&a, check_recurring, &v, "checking what recurs", e)
           && check_index(&v, e) && ledger_guard(&a, check_corrections, &v, "checking corrections", e);
    if (!ok && is_damage(e)) {
        finding(&v, "%s", e->text);
        ok = true;
    }
    *n_bad = v.n_bad;
    arena_close(&a);
    return ok;
}
