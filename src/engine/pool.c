/* Pool: many documents at once, handed out in the order in which they came.
**
** A worker that uses a model takes several short documents at once, where they stand ready and each of the others finds
** one too: engine/inside.h says why. Nobody waits for a document to come with others.
**
**   maker (one thread)        workers                     taker (the caller's thread)
**   input_next → slot         slot → record, prepared     slot → take()
**
** A slot is one document on its way, with an arena of its own: the item's bytes, the record and what the caller
** prepared live there until they were taken. The ring (base/io.h) has the only lock.
**
** Always: `take` sees the documents in the order of the input, for any number of workers; the number of slots bounds
** the memory; after engine_run has returned no thread of it is left. Ctrl-C: the maker stops making, what was begun is
** still taken, and the run says ERR_INTERRUPTED.
*/
#include "engine/inside.h"
#include <stdlib.h>
#include <string.h>

/* So many that a taker who syncs a disk for 20 ms starves nobody: 6 % of an add. With a model a document takes ten times
** as long; there, one hand full (below) and as many that wait: each costs half a MB. */
enum { SLOTS_A_WORKER = 40, SLOTS_OF_MODEL = 24, SLOTS_MORE = 8 };
enum { IDLE_MS = 500 };               /* what a reader of the ledger may wait for the last reports of a quiet pipe */
enum { PLACE_MAX = 4200 };            /* a path has 4,096 bytes on Linux; a line's number behind it */

typedef struct {
    Arena arena;
    Item item;
    ItemState state;
    Record record;
    Document document;
    bool is_read;
    Err why;
    int64_t bytes_done;
    int32_t files_done;
    char place[PLACE_MAX];                     /* a failure keeps its place, and gives its memory back at once */
} Slot;

typedef struct {
    Engine *engine;
    Inputs *in;
    IoRing *ring;
    Slot *slots;
    int32_t n_slots;
    bool is_interrupted;                       /* written by the maker; read when it is gone */
    IoThread *threads;
    int n_threads;
} Run;

/* ---- the maker ------------------------------------------------------------------------------------------------ */
typedef struct { Inputs *in; Slot *slot; } Making;

static bool make_item(void *with, Err *e)
{
    Making *m = with;
    m->slot->state = input_next(m->in, &m->slot->arena, &m->slot->item, e);
    return true;
}

static void keep_place(Slot *s)
{
    Str where = str_sub(s->item.where, 0, PLACE_MAX);
    if (where.n) memcpy(s->place, where.p, (size_t)where.n);
    s->item = (Item){.where = {s->place, where.n}};
    arena_reset(&s->arena);
}

static bool make_slot(Run *run, Slot *s)
{
    Making making = {run->in, s};
    s->item = (Item){0};
    s->is_read = false;
    s->why = (Err){0};
    s->state = ITEM_FAILED;                    /* what it stays when the arena lands */
    land(&s->arena, &s->item, make_item, &making, &s->why);
    s->bytes_done = input_bytes_done(run->in);
    s->files_done = input_files_done(run->in);
    if (io_stop || s->why.code == ERR_INTERRUPTED) {
        run->is_interrupted = true;
        return false;
    }
    if (s->state == ITEM_FAILED) keep_place(s);
    return s->state != ITEM_END;
}

static void *maker(void *with)
{
    Run *run = with;
    for (int32_t i; (i = io_ring_fill(run->ring)) >= 0 && make_slot(run, &run->slots[i]);) io_ring_filled(run->ring, i);
    io_ring_end(run->ring);
    return NULL;
}

/* ---- the workers ---------------------------------------------------------------------------------------------- */
/* Slots that a worker holds: short documents until they have as many tokens together as the network likes to read at
** once. */
typedef struct { int32_t slot[DOCUMENTS_AT_ONCE], n; Document *document[DOCUMENTS_AT_ONCE]; int32_t n_documents, tokens; } Hand;
enum { TOKENS_AT_ONCE = 2048 };

static void hand_add(Run *run, Hand *h, int32_t slot)
{
    Slot *s = &run->slots[slot];
    h->slot[h->n++] = slot;
    if (s->state != ITEM_DOCUMENT) return;
    s->document = (Document){.engine = run->engine, .arena = &s->arena, .item = &s->item, .record = &s->record,
                             .wants_preparation = true};
    engine_begin(&s->document);
    h->document[h->n_documents++] = &s->document;
    if (s->document.is_read) h->tokens += s->record.tokens.n;
}

static void hand_finish(Run *run, Hand *h)
{
    engine_end(run->engine, h->document, h->n_documents);
    for (int32_t i = 0; i < h->n; i++) {
        Slot *s = &run->slots[h->slot[i]];
        if (s->state == ITEM_DOCUMENT) {
            s->is_read = s->document.is_read;
            if (!s->is_read) {
                s->why = s->document.why;
                keep_place(s);
            }
        }
        io_ring_worked(run->ring, h->slot[i]);
    }
}

static void *worker(void *with)
{
    Run *run = with;
    const int32_t others = run->engine->how.workers - 1;
    const bool has_network = run->engine->language != NULL;
    for (int32_t i; (i = io_ring_work(run->ring)) >= 0;) {
        Hand h = {0};
        do hand_add(run, &h, i);
        while (has_network && h.n < DOCUMENTS_AT_ONCE && h.tokens < TOKENS_AT_ONCE &&
               (i = io_ring_work_more(run->ring, others)) >= 0);
        hand_finish(run, &h);
    }
    return NULL;
}

/* ---- the taker ------------------------------------------------------------------------------------------------ */
/* The next slot, or -1 at the end; meanwhile the caller hears when nothing comes. False when it ends the run. */
static bool take_next(Run *run, int32_t *i, void *with, Err *e)
{
    bool (*idle)(void *with, Err *e) = run->engine->how.idle;
    while ((*i = idle ? io_ring_take_within(run->ring, IDLE_MS) : io_ring_take(run->ring)) == -2)
        if (!idle(with, e)) return false;
    return true;
}

static bool take_all(Run *run, EngineTake take, void *with, Err *e)
{
    int64_t total = input_bytes_total(run->in);
    for (;;) {
        int32_t i;
        if (!take_next(run, &i, with, e)) return false;
        if (i < 0) return true;
        Slot *s = &run->slots[i];
        EngineResult result = {.where = s->item.where, .bytes_done = s->bytes_done, .bytes_total = total,
                               .files_done = s->files_done};
        if (s->is_read) {
            result.record = &s->record;
            result.prepared = s->document.prepared;
        } else
            result.why = &s->why;
        if (!take(with, &result, e)) return false;
        arena_reset(&s->arena);
        io_ring_taken(run->ring, i);
    }
}

/* ---- a run from its beginning to its end ----------------------------------------------------------------------- */
static bool run_open(Run *run, Err *e)
{
    int workers = run->engine->how.workers;
    run->n_slots = (run->engine->language ? SLOTS_OF_MODEL : SLOTS_A_WORKER) * workers + SLOTS_MORE;
    run->ring = io_ring_open(run->n_slots);
    run->slots = calloc((size_t)run->n_slots, sizeof *run->slots);
    run->threads = calloc((size_t)workers + 1, sizeof *run->threads);
    if (!run->ring || !run->slots || !run->threads) return fail(e, ERR_MEMORY, "no memory for %d workers", workers);
    for (int32_t i = 0; i < run->n_slots; i++) run->slots[i].arena.budget = run->engine->how.budget;
    for (int i = 0; i <= workers; i++) {
        if (!io_thread_start(&run->threads[i], i ? worker : maker, run))
            return fail(e, ERR_MEMORY, "the system gives no thread for worker %d; ask for fewer", i);
        run->n_threads++;
    }
    return true;
}

static void run_close(Run *run)
{
    if (run->ring) io_ring_stop(run->ring);
    for (int i = 0; i < run->n_threads; i++) io_thread_join(run->threads + i);
    for (int32_t i = 0; run->slots && i < run->n_slots; i++) arena_close(&run->slots[i].arena);
    free(run->slots);
    free(run->threads);
    io_ring_close(run->ring);
}

bool engine_run(Engine *g, Inputs *in, EngineTake take, void *with, Err *e)
{
    Run run = {.engine = g, .in = in};
    bool ok = run_open(&run, e) && take_all(&run, take, with, e);
    if (!ok) input_stop(in);                   /* a maker that waits for a quiet pipe */
    run_close(&run);
    if (!ok || !run.is_interrupted) return ok;
    return fail(e, ERR_INTERRUPTED, "stopped before the end of the input");
}
