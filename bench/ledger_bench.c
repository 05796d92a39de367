/* ledger_bench IN.db OUT.db: what putting, getting and asking cost, on the documents of a ledger (tools/genledger makes one).
**
** Every document is read from IN, given ten more names (as a first reading finds them), prepared, and put into OUT by one
** thread in batches; then the usual questions are asked of OUT. Each line is one measurement.
*/
#include "base/io.h"
#include "ledger/ledger.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { BATCH = 500, MORE_NAMES = 8 };
static Arena page;
static jmp_buf landing;
static double t_get, t_prepare, t_put, t_commit;
static int64_t n_documents, n_bytes;

static void more_names(Arena *a, Record *r, Rng *rng)
{
    for (int i = 0; i < MORE_NAMES && r->sentences.n; i++) {
        Span s = r->sentences.v[rng_below(rng, r->sentences.n)];
        int32_t begin = s.begin;
        while (begin < s.end && r->text.p[begin] != ' ') begin++;
        int32_t end = begin + 1;
        while (end < s.end && r->text.p[end] != ' ') end++;
        if (end > s.end || begin + 1 >= end) continue;
        Entity *n = record_add_entity(a, r);
        n->name = span_str(r->text, (Span){begin + 1, end});
        n->type = ENTITY_MISC;
        *push(a, &n->mentions) = (Mention){{begin + 1, end}, MENTION_NAME, (double)NAN};
    }
}

static bool copy(Ledger *in, Ledger *out, Err *e)
{
    Rng rng = rng_seed(1);
    double t = io_seconds(), now;
    if (!ledger_begin(out, e)) return false;
    for (int64_t id = 1;; id++) {
        Record r;
        bool is_new;
        arena_reset(&page);
        if (!ledger_get(in, &page, id, &r, e)) {
            if (e->code != ERR_NOTFOUND) return false;
            break;
        }
        more_names(&page, &r, &rng);
        n_documents++;
        n_bytes += r.text.n;
        now = io_seconds(), t_get += now - t, t = now;
        const LedgerRow *row = ledger_prepare(&page, &r);
        now = io_seconds(), t_prepare += now - t, t = now;
        if (!ledger_put(out, row, &is_new, e)) return false;
        now = io_seconds(), t_put += now - t, t = now;
        if (id % BATCH == 0 && (!ledger_commit(out, e) || !ledger_begin(out, e))) return false;
        now = io_seconds(), t_commit += now - t, t = now;
    }
    bool ok = ledger_commit(out, e);
    t_commit += io_seconds() - t;
    return ok;
}

static bool count_row(void *with, const LedgerCells *row)
{
    (void)row;
    return ++*(int64_t *)with > 0;
}

static bool ask(Ledger *db, const char *what, LedgerList which, LedgerFilter f, Err *e)
{
    double best = 1e9;
    int64_t rows = 0;
    for (int i = 0; i < 5; i++) {
        double t = io_seconds();
        rows = 0;
        if (!ledger_list(db, which, &f, count_row, &rows, e)) return false;
        t = io_seconds() - t;
        if (t < best) best = t;
    }
    printf("%-44s %8.2f ms, %lld rows\n", what, best * 1e3, (long long)rows);
    return true;
}

static bool first_row(void *with, const LedgerCells *row)
{
    (void)with, (void)row;
    return false;
}

static bool questions(const char *path, const char *word, const char *actor, Err *e)
{
    double t = io_seconds();
    Ledger *db = ledger_open(path, LEDGER_READ, e);
    if (!db) return false;
    printf("%-44s %8.2f ms\n", "open", (io_seconds() - t) * 1e3);
    LedgerCounts c;
    LedgerFilter found = {.words = str_of(word)}, of = {.actor = str_of(actor)}, some = {.limit = 20}, hits = found;
    hits.limit = 20;
    t = io_seconds();
    bool ok = ledger_counts(db, &page, NULL, &c, e);
    printf("%-44s %8.2f ms\n", "counts", (io_seconds() - t) * 1e3);
    ok = ok && ask(db, "search: 20 hits", LIST_HITS, hits, e) && ask(db, "search: by publisher", LIST_BY_PUBLISHER, found, e)
      && ask(db, "search: by month", LIST_BY_MONTH, found, e) && ask(db, "search: by speaker", LIST_BY_SPEAKER, found, e)
      && ask(db, "said: 20", LIST_SAID, some, e) && ask(db, "said: an actor", LIST_SAID, of, e)
      && ask(db, "when: 20", LIST_WHEN, some, e) && ask(db, "who", LIST_WHO, (LedgerFilter){0}, e)
      && ask(db, "who: 20", LIST_WHO, some, e) && ask(db, "documents", LIST_DOCUMENTS, (LedgerFilter){0}, e)
      && ask(db, "by publisher, of all", LIST_BY_PUBLISHER, (LedgerFilter){0}, e);
    t = io_seconds();
    ok = ok && ledger_list(db, LIST_SAID, &(LedgerFilter){0}, first_row, NULL, e);
    printf("%-44s %8.2f ms\n", "said: the first row of all", (io_seconds() - t) * 1e3);
    ledger_close(db);
    return ok;
}

int main(int argc, char **argv)
{
    Err e = {0};
    if (argc < 3) {
        io_note("usage: ledger_bench IN.db OUT.db [WORD [ACTOR]]   (OUT '-': only the questions, of IN)");
        return 2;
    }
    page.landing = &landing;
    if (setjmp(landing)) return 1;
    bool only_ask = !strcmp(argv[2], "-");
    Ledger *in = NULL, *out = NULL;
    bool ok = only_ask || ((in = ledger_open(argv[1], LEDGER_READ, &e)) && (out = ledger_open(argv[2], LEDGER_WRITE, &e)) && copy(in, out, &e));
    double t = io_seconds();
    ledger_close(in);
    ledger_close(out);
    double us = 1e6 / (double)(n_documents ? n_documents : 1);
    if (!only_ask)
        printf("%lld documents of %lld bytes: get %.1f µs, prepare %.1f µs, put %.1f µs, commit %.1f µs, close %.0f ms\n",
               (long long)n_documents, (long long)(n_bytes / (n_documents ? n_documents : 1)), t_get * us, t_prepare * us, t_put * us,
               t_commit * us, (io_seconds() - t) * 1e3);
    ok = ok && questions(only_ask ? argv[1] : argv[2], argc > 3 ? argv[3] : "the", argc > 4 ? argv[4] : "pahel khogel", &e);
    if (!ok) io_note("ledger_bench: %s", e.text);
    return !ok;
}
