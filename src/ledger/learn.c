/* Learning: furniture that recurs on a site.
**
**   five Amrin Couriers of five days end with "We are a small paper and live on what our readers give."
**   → the sixth has that line marked as furniture, reason "recurring", when it comes in
**
** Each document brings the few lines that may be furniture at all (record_passages); each of them is one row here, by a
** hash of publisher and words, and counts the documents and five different days. Five of both, and one in twenty of
** what the publisher brought in that time, and the line is learnt: a wire's "Terms were not disclosed." stands in 46 of 15,483
** stories, an appeal in most of a site's. Several stories of one day prove nothing (a live page, a story sent twice),
** nor does a document whose day is only inferred. A document that is there already is never read anew: evidence stays as
** it was read.
**
** Always: the rows follow from the documents alone, by whatever way these came in (add, merge, the library), save which
** days and which place were met first; verify recounts them. They are no part of the dump, so joining stays what it was.
** Two different lines of one hash are one in 10^19; a wrong one would mark nothing, since marking compares the words.
** Cost: a row for the day and one for each candidate: 15,483 wire stories bring 3,900, and adding them takes 5.03 s of
** processor time instead of 5.00 (2026-11-22, one thread).
*/
#include "ledger/inside.h"

Str learn_day(const Record *r)
{
    enum { DAY = 10 };
    bool is_known = r->publisher.n && r->published.n >= DAY && r->published_how != PUBLISHED_INFERRED;
    return is_known ? str_sub(r->published, 0, DAY) : (Str){0};
}

Recurrings learn_prepare(Arena *a, const Record *r, const Place *p)
{
    Recurrings lines = {0};
    if (!learn_day(r).n) return lines;
    Passages passages = record_passages(a, r);
    for (int32_t i = 0; i < passages.n; i++)
        *push(a, &lines) = (Recurring){(int64_t)hash64(passages.v[i].key), place_span(p, passages.v[i].span)};
    return lines;
}

bool learn_put(Ledger *db, const LedgerRow *row, int64_t document, Err *e)
{
    Str day = learn_day(row->record);
    if (!day.n) return true;
    sqlite3_stmt *s = ledger_ask(db, ASK_PUBLISHER_DAY_ADD, e);
    if (!s) return false;
    ledger_bind(s, 1, row->record->publisher);
    ledger_bind(s, 2, day);
    if (!ledger_do(db, s, e)) return false;
    for (int32_t i = 0; i < row->recurring.n; i++) {
        const Recurring *line = &row->recurring.v[i];
        if (!(s = ledger_ask(db, ASK_RECURRING_ADD, e))) return false;
        sqlite3_bind_int64(s, 1, line->key);
        sqlite3_bind_int64(s, 2, document);
        sqlite3_bind_int(s, 3, line->at.begin);
        sqlite3_bind_int(s, 4, line->at.end);
        ledger_bind(s, 5, day);
        if (!ledger_do(db, s, e)) return false;
    }
    return true;
}

/* ---- recounting ----------------------------------------------------------------------------------------- */
/* Both tables count; a sum over what is counted is the same in any order. */
static uint64_t weight(uint64_t what) { return (what | 1) * 0x9E3779B97F4A7C15u; }

static uint64_t weight_of_day(Arena *a, Str publisher, Str day)
{
    return weight(hash64(arena_printf(a, "%.*s\n%.*s", STR(publisher), STR(day))));
}

uint64_t learn_sum(Arena *a, const Record *r, Recurrings lines)
{
    Str day = learn_day(r);
    uint64_t sum = day.n ? weight_of_day(a, r->publisher, day) : 0;
    for (int32_t i = 0; i < lines.n; i++) sum += weight((uint64_t)lines.v[i].key);
    return sum;
}

bool learn_table_sum(Ledger *db, Arena *a, uint64_t *sum, Err *e)
{
    bool row;
    sqlite3_stmt *s = ledger_ask(db, ASK_RECURRING, e);
    for (*sum = 0; s;) {
        if (!ledger_step(db, s, &row, e)) return false;
        if (!row) break;
        *sum += weight((uint64_t)sqlite3_column_int64(s, 0)) * (uint64_t)sqlite3_column_int64(s, 1);
    }
    if (!s || !(s = ledger_ask(db, ASK_PUBLISHER_DAYS, e))) return false;
    for (;;) {
        if (!ledger_step(db, s, &row, e)) return false;
        if (!row) return true;
        arena_reset(a);
        *sum += weight_of_day(a, ledger_text(s, 0), ledger_text(s, 1)) * (uint64_t)sqlite3_column_int64(s, 2);
    }
}

/* ---- what was learnt ------------------------------------------------------------------------------------ */
bool ledger_learnt(Ledger *db, LedgerLearnt take, void *with, Err *e)
{
    bool row;
    sqlite3_stmt *s = ledger_ask(db, ASK_LEARNT, e);
    if (!s) return false;
    for (;;) {
        if (!ledger_step(db, s, &row, e)) return false;
        if (!row) return true;
        if (take(with, ledger_text(s, 0), ledger_text(s, 1), sqlite3_column_int64(s, 2))) continue;
        sqlite3_reset(s);
        return true;
    }
}

typedef struct { Arena *a; Map *keys; } Known;

static bool know(void *with, Str publisher, Str words, int64_t documents)
{
    Known *k = with;
    Str key = passage_key(k->a, publisher, words);
    (void)documents;
    if (key.n) *map_at(k->keys, key) = 1;
    return true;
}

bool ledger_known(Ledger *db, Arena *a, Map *keys, Err *e)
{
    *keys = (Map){.to = a};
    return ledger_learnt(db, know, &(Known){a, keys}, e);
}
