/* Joining ledgers, and the form in which two of them can be compared.
**
** A merge reads the other ledger document by document, in the order of hashes, and puts what is not here yet; the record
** passes the same doors as on its first way in. A document that both have in different readings keeps the reading that is
** here; the other's is kept beside it, as a row of `variant`. Corrections are united: each is known by a hash of its content.
**
** The dump lists what is there without saying which of two readings is shown: documents by hash, the readings of each by
** seal, then corrections by what they correct. So a merged into b and b merged into a give the same dump; merging again
** changes nothing.
**
** Always: a document whose seal is broken is never taken in; the merge ends there and says so. What was put before stays.
*/
#include "ledger/inside.h"
#include <stdlib.h>
#include <string.h>

enum { BATCH = 500 };                      /* documents a transaction: a few MB, a tenth of a second */

typedef struct {
    Ledger *into, *from;
    Arena *a;                              /* of one document */
    int64_t document, added, known;        /* added, known: in the open transaction */
} Merge;

static bool known_here(Ledger *db, Str sha, int64_t *document, Str *seal, Arena *a, Err *e)
{
    bool there;
    sqlite3_stmt *s = ledger_ask(db, ASK_BY_SHA, e);
    *document = 0;
    if (!s) return false;
    ledger_bind(s, 1, sha);
    if (!ledger_step(db, s, &there, e)) return false;
    if (!there) return true;
    *document = sqlite3_column_int64(s, 0);
    *seal = ledger_copy(a, s, 1);
    sqlite3_reset(s);
    return true;
}

static bool add_variant(Merge *m, int64_t document, Str main_seal, Str seal, Str record, Err *e)
{
    if (str_eq(main_seal, seal)) return true;
    sqlite3_stmt *s = ledger_ask(m->into, ASK_VARIANT_ADD, e);
    if (!s) return false;
    sqlite3_bind_int64(s, 1, document);
    ledger_bind(s, 2, seal);
    ledger_bind(s, 3, record);
    return ledger_do(m->into, s, e);
}

static bool sealed(Str json, Str seal)
{
    char hex[65];
    hash_sha256(json, hex);
    return str_eq(str_of(hex), seal);
}

static bool merge_variants(Merge *m, int64_t document, Str main_seal, Err *e)
{
    bool there;
    sqlite3_stmt *s = ledger_ask(m->from, ASK_VARIANTS_OF, e);
    if (!s) return false;
    sqlite3_bind_int64(s, 1, m->document);
    for (;;) {
        if (!ledger_step(m->from, s, &there, e)) return false;
        if (!there) return true;
        Str seal = ledger_copy(m->a, s, 0), record = ledger_copy(m->a, s, 1);
        if (!sealed(record, seal)) return fail(e, ERR_LEDGER, "another reading of it does not match its seal");
        if (!add_variant(m, document, main_seal, seal, record, e)) return false;
    }
}

static bool merge_document(void *with, Err *e)
{
    Merge *m = with;
    Record r;
    LedgerProvenance p;
    int64_t document;
    Str seal;
    if (!ledger_get(m->from, m->a, m->document, &r, e) || !ledger_provenance(m->from, m->a, m->document, &p, e)) return false;
    LedgerRow *row = ledger_prepare(m->a, &r);
    if (!str_eq(row->seal, p.seal)) {
        Str id = ledger_id(m->from, m->a, (LedgerRef){m->document, 0, NONE});
        return fail(e, ERR_LEDGER, "document %.*s does not match its seal%s%.*s", STR(id), row->fault.n ? ": " : "", STR(row->fault));
    }
    if (!known_here(m->into, r.sha256, &document, &seal, m->a, e)) return false;
    if (document) {
        m->known++;
        if (!str_eq(seal, p.seal)) {
            char hex[65];
            Str json;
            record_seal(m->a, &r, hex, &json);
            if (!add_variant(m, document, seal, p.seal, json, e)) return false;
        }
    } else {
        bool is_new;
        if (!ledger_put(m->into, row, &is_new, e)) return false;
        m->added++;
        if (!known_here(m->into, r.sha256, &document, &seal, m->a, e)) return false;
    }
    return merge_variants(m, document, seal, e);
}

static bool merge_corrections(void *with, Err *e)
{
    Merge *m = with;
    m->into->name_arena.landing = m->into->scratch.landing = m->a->landing;
    arena_reset(&m->into->scratch);
    return correction_merge(m->into, m->from, m->a, e);
}

static bool all_documents(Ledger *db, Arena *a, Ints *ids, Err *e)
{
    bool row;
    sqlite3_stmt *s = ledger_ask(db, ASK_SHAS, e);
    if (!s) return false;
    for (;;) {
        if (!ledger_step(db, s, &row, e)) return false;
        if (!row) return true;
        int64_t id = sqlite3_column_int64(s, 0);
        if (id < 0 || id > INT32_MAX) return fail(e, ERR_LIMIT, "'%s' numbers a document %lld", db->path, (long long)id);
        *push(a, ids) = (int32_t)id;
    }
}

typedef struct { Ledger *db; Arena *a; Ints *ids; } AllDocuments;
static bool run_all_documents(void *with, Err *e)
{
    AllDocuments *w = with;
    return all_documents(w->db, w->a, w->ids, e);
}

static bool merge_all(Merge *m, const Ints *ids, int64_t *added, int64_t *known, Err *e)
{
    for (int32_t i = 0; i <= ids->n; i++) {
        if (i % BATCH == 0 && !ledger_begin(m->into, e)) return false;
        arena_reset(m->a);
        m->document = i < ids->n ? ids->v[i] : 0;
        bool ok = i < ids->n ? ledger_guard(m->a, merge_document, m, "merging a document", e)
                             : ledger_guard(m->a, merge_corrections, m, "merging corrections", e);
        if (!ok) {
            ledger_rollback(m->into);
            return false;
        }
        if (i % BATCH < BATCH - 1 && i < ids->n) continue;
        if (!ledger_commit(m->into, e)) return false;
        *added += m->added;
        *known += m->known;
        m->added = m->known = 0;
    }
    return true;
}

bool ledger_merge(Ledger *into, const char *from, int64_t *added, int64_t *known, Err *e)
{
    Arena a = {.budget = (ptrdiff_t)1 << 30}, ids_in = {.budget = (ptrdiff_t)1 << 30};
    Ints ids = {0};
    Merge m = {.into = into, .a = &a};
    *added = *known = 0;
    bool ok = ledger_may_write(into, e) && (m.from = ledger_open(from, LEDGER_READ, e)) != NULL;
    AllDocuments all = {m.from, &ids_in, &ids};
    ok = ok && ledger_guard(&ids_in, run_all_documents, &all, "merging", e) && merge_all(&m, &ids, added, known, e);
    ledger_close(m.from);
    arena_close(&a);
    arena_close(&ids_in);
    return ok || err_while(e, "merging '%s'", from);
}

/* ---- the dump ------------------------------------------------------------------------------------------- */
typedef struct { Ledger *db; Arena *a; int64_t document; bool (*take)(void *with, Str line); void *with; bool more; } Dump;
typedef struct { Str seal, record; } Reading;

static int by_seal(const void *x, const void *y)
{
    return str_cmp(((const Reading *)x)->seal, ((const Reading *)y)->seal);
}

static bool dump_document(void *with, Err *e)
{
    Dump *d = with;
    Record r;
    SLICE(Reading) readings = {0};
    bool there;
    char hex[65];
    if (!ledger_get(d->db, d->a, d->document, &r, e)) return false;
    Reading *first = push(d->a, &readings);
    record_seal(d->a, &r, hex, &first->record);
    first->seal = arena_str(d->a, str_of(hex));
    sqlite3_stmt *s = ledger_ask(d->db, ASK_VARIANTS_OF, e);
    if (!s) return false;
    sqlite3_bind_int64(s, 1, d->document);
    for (;;) {
        if (!ledger_step(d->db, s, &there, e)) return false;
        if (!there) break;
        *push(d->a, &readings) = (Reading){ledger_copy(d->a, s, 0), ledger_copy(d->a, s, 1)};
    }
    qsort(readings.v, (size_t)readings.n, sizeof *readings.v, by_seal);
    for (int32_t i = 0; i < readings.n && d->more; i++) d->more = d->take(d->with, readings.v[i].record);
    return true;
}

static bool dump_corrections(void *with, Err *e)
{
    static const char *const names[] = {"document", "part", "idx", "field", "value", NULL, "reason", "made", "nth", "identity",
                                        "takes_back", "seal"};
    Dump *d = with;
    bool there;
    sqlite3_stmt *s = ledger_ask(d->db, ASK_CORRECTIONS, e);
    if (!s) return false;
    while (d->more) {
        if (!ledger_step(d->db, s, &there, e)) return false;
        if (!there) break;
        arena_reset(d->a);
        Buf b = {.to = d->a};
        buf_add(&b, S("{\"correction\":true"));
        for (int i = 0; i < 12; i++) {
            if (!names[i]) continue;       /* what the machine had: known from the document */
            buf_printf(&b, ",\"%s\":", names[i]);
            if (sqlite3_column_type(s, i) == SQLITE_INTEGER) json_put_int(&b, sqlite3_column_int64(s, i));
            else if (sqlite3_column_type(s, i) == SQLITE_NULL) buf_add(&b, S("null"));
            else json_put_str(&b, ledger_text(s, i));
        }
        buf_char(&b, '}');
        d->more = d->take(d->with, buf_str(&b));
    }
    sqlite3_reset(s);
    return true;
}

bool ledger_dump(Ledger *db, bool (*take)(void *with, Str line), void *with, Err *e)
{
    Arena a = {.budget = (ptrdiff_t)1 << 30}, ids_in = {.budget = (ptrdiff_t)1 << 30};
    Ints ids = {0};
    Dump d = {.db = db, .a = &a, .take = take, .with = with, .more = true};
    bool ok = ledger_guard(&ids_in, run_all_documents, &(AllDocuments){db, &ids_in, &ids}, "a dump", e);
    for (int32_t i = 0; ok && i < ids.n && d.more; i++) {
        arena_reset(&a);
        d.document = ids.v[i];
        ok = ledger_guard(&a, dump_document, &d, "a dump", e);
    }
    ok = ok && ledger_guard(&a, dump_corrections, &d, "a dump", e);
    arena_close(&a);
    arena_close(&ids_in);
    return ok;
}

/* A chain: each line's hash is put behind what stands, and the two are hashed again. */
static bool digest_line(void *with, Str line)
{
    char *hex = with, both[129];
    memcpy(both, hex, 64);
    hash_sha256(line, both + 64);
    hash_sha256((Str){both, 128}, hex);
    return true;
}

bool ledger_digest(Ledger *db, char hex[65], Err *e)
{
    hash_sha256(S(""), hex);
    return ledger_dump(db, digest_line, hex, e);
}
