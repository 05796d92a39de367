/* Ledger: records put into one file, asked for, and checked.
**
** A thin face over ledger.h. Memory is used only before the writer's place is taken (a row is prepared) or after it was
** given back, so a landing never finds a transaction open.
**
** Always: dm_ledger_put is all or nothing; what a callback is shown lives until it returns.
*/
#include "faces/lib/inside.h"
#include <stdlib.h>
#include <string.h>

enum { MEMORY = 1 << 30 };                /* bytes of one call: the rows of all records that are put at once */

dm_ledger *dm_ledger_open(const char *path, dm_mode mode, dm_error *why)
{
    Err e = {0};
    dm_ledger *ledger = calloc(1, sizeof *ledger);
    if (!ledger) {
        lib_refuse(why, DM_MEMORY, "no memory for a ledger");
        return NULL;
    }
    ledger->arena.budget = MEMORY;
    ledger->db = ledger_open(path, mode == DM_READ_WRITE ? LEDGER_WRITE : LEDGER_READ, &e);
    if (ledger->db) return ledger;
    lib_fail(why, &e);
    dm_ledger_close(ledger);
    return NULL;
}

void dm_ledger_close(dm_ledger *ledger)
{
    if (!ledger) return;
    ledger_close(ledger->db);
    arena_close(&ledger->arena);
    free(ledger);
}

/* ---- putting -------------------------------------------------------------------------------------------- */

typedef struct { dm_ledger *ledger; dm_record *const *records; size_t n; LedgerRow **rows; } Putting;

static bool prepare_rows(void *with, Err *e)
{
    (void)e;
    Putting *putting = with;
    Arena *a = &putting->ledger->arena;
    putting->rows = arena_new(a, LedgerRow *, putting->n);
    for (size_t i = 0; i < putting->n; i++) putting->rows[i] = ledger_prepare(a, &putting->records[i]->record);
    return true;
}

static bool put_rows(const Putting *putting, size_t *n_new, Err *e)
{
    Ledger *db = putting->ledger->db;
    if (!ledger_begin(db, e)) return false;
    bool ok = true;
    for (size_t i = 0; ok && i < putting->n; i++) {
        bool is_new = false;
        ok = ledger_put(db, putting->rows[i], &is_new, e);
        *n_new += is_new;
    }
    if (ok && ledger_commit(db, e)) return true;
    ledger_rollback(db);
    *n_new = 0;
    return false;
}

bool dm_ledger_put(dm_ledger *ledger, dm_record *const *records, size_t n, size_t *n_new, dm_error *why)
{
    Err e = {0};
    size_t n_put = 0;
    Putting putting = {ledger, records, n, NULL};
    arena_reset(&ledger->arena);
    bool ok = lib_land(&ledger->arena, prepare_rows, &putting, &e) && put_rows(&putting, &n_put, &e);
    arena_reset(&ledger->arena);
    if (n_new) *n_new = n_put;
    return ok || lib_fail(why, &e);
}

/* ---- asking --------------------------------------------------------------------------------------------- */

typedef struct { dm_ledger *ledger; dm_record *record; const char *id; } Getting;

static bool get_one(void *with, Err *e)
{
    Getting *getting = with;
    Ledger *db = getting->ledger->db;
    dm_record *record = getting->record;
    LedgerRef ref;
    if (!ledger_resolve(db, str_of(getting->id), &ref, e)) return false;
    if (!ledger_get(db, &record->arena, ref.document, &record->record, e)) return false;
    lib_record_count(record);
    return true;
}

bool dm_ledger_get(dm_ledger *ledger, const char *id, dm_record **record, dm_error *why)
{
    Err e = {0};
    *record = NULL;
    dm_record *made = lib_record_new(MEMORY, why);
    if (!made) return false;
    Getting getting = {ledger, made, id};
    if (!lib_land(&made->arena, get_one, &getting, &e)) {
        dm_record_free(made);
        return lib_fail(why, &e);
    }
    *record = made;
    return true;
}

typedef struct { dm_hit_taker take; void *with; } Taking;

static bool take_hit(void *with, const LedgerCells *row)
{
    const Taking *taking = with;
    dm_hit hit = {0};
    for (int i = 0; i < row->n; i++) {
        const char *name = row->column[i].name;
        dm_str cell = lib_str(row->cell[i]);
        if (!strcmp(name, "id")) hit.id = cell;
        else if (!strcmp(name, "published")) hit.published = cell;
        else if (!strcmp(name, "publisher")) hit.publisher = cell;
        else if (!strcmp(name, "title")) hit.title = cell;
        else if (!strcmp(name, "words")) hit.words = cell;
    }
    return taking->take(taking->with, &hit);
}

typedef struct { dm_ledger *ledger; LedgerFilter *filter; Taking taking; } Searching;

/* Any form of the table asks for the actor: "Путин" for whom the ledger calls Vladimir Putin. */
static bool search_step(void *with, Err *e)
{
    Searching *s = with;
    if (s->filter->actor.n) s->filter->actor_names = actors_names(&s->ledger->arena, actors_shipped(), s->filter->actor);
    return ledger_list(s->ledger->db, LIST_HITS, s->filter, take_hit, &s->taking, e);
}

bool dm_ledger_search(dm_ledger *ledger, const dm_query *query, dm_hit_taker take, void *with, dm_error *why)
{
    Err e = {0};
    dm_query q = {0};
    memcpy(&q, query, query->size < sizeof q ? query->size : sizeof q);
    if (!q.words || !q.words[0]) return lib_refuse(why, DM_USAGE, "a search needs words");
    LedgerFilter filter = {.words = str_of(q.words), .actor = str_of(q.actor), .publisher = str_of(q.publisher),
                           .since = str_of(q.since), .until = str_of(q.until), .lang = str_of(q.lang),
                           .limit = q.limit};
    Searching search = {ledger, &filter, {take, with}};
    bool ok = lib_land(&ledger->arena, search_step, &search, &e);
    arena_reset(&ledger->arena);
    return ok || lib_fail(why, &e);
}

/* ---- checking ------------------------------------------------------------------------------------------- */

typedef struct { dm_finding_taker found; void *with; } Finding;

static void take_finding(void *with, Str sentence)
{
    const Finding *finding = with;
    if (finding->found) finding->found(finding->with, lib_str(sentence));
}

bool dm_ledger_verify(dm_ledger *ledger, dm_finding_taker found, void *with, int64_t *n_documents, int64_t *n_bad,
                      dm_error *why)
{
    Err e = {0};
    int64_t documents = 0, bad = 0;
    Finding finding = {found, with};
    bool ok = ledger_verify(ledger->db, take_finding, &finding, &documents, &bad, &e);
    if (n_documents) *n_documents = documents;
    if (n_bad) *n_bad = bad;
    return ok || lib_fail(why, &e);
}
