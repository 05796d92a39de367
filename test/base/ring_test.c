/* The ring under load: order is kept, every document passes once, nobody sleeps for ever, whoever stops it when. */
#include "base/io.h"
#include "test.h"
#include <stdatomic.h>

enum { SLOTS_MAX = 16, WORKERS_MAX = 4 };

typedef struct {
    IoRing *ring;
    int64_t n_documents, stop_at;                         /* stop_at: the taker stops there; -1 never */
    int64_t value[SLOTS_MAX];                             /* plain memory: the ring alone orders access to it */
    bool gives_back;                                      /* the maker asks for one slot more than it fills */
    atomic_long n_worked;
    uint64_t noise;
} Load;

static void spend(uint64_t *noise)                        /* a little time, of different lengths */
{
    *noise = *noise * 6364136223846793005u + 1442695040888963407u;
    for (volatile int i = (int)(*noise >> 58); i > 0; i--) continue;
}

static void *make(void *with)
{
    Load *l = with;
    for (int64_t k = 0; k < l->n_documents + l->gives_back; k++) {
        int32_t slot = io_ring_fill(l->ring);
        if (slot < 0 || k == l->n_documents) break;
        l->value[slot] = k;
        io_ring_filled(l->ring, slot);
    }
    io_ring_end(l->ring);
    return NULL;
}

static void *work(void *with)
{
    Load *l = with;
    uint64_t noise = (uint64_t)(uintptr_t)&noise;
    for (int32_t slot; (slot = io_ring_work(l->ring)) >= 0;) {
        int32_t more = io_ring_work_more(l->ring, 1);     /* now and then a second one in the same hand */
        spend(&noise);
        l->value[slot] = l->value[slot] * 2 + 1;
        if (more >= 0) l->value[more] = l->value[more] * 2 + 1;
        atomic_fetch_add(&l->n_worked, more >= 0 ? 2 : 1);
        io_ring_worked(l->ring, slot);
        if (more >= 0) io_ring_worked(l->ring, more);
    }
    return NULL;
}

static int64_t take(Load *l)
{
    int64_t k = 0;
    for (int32_t slot; (slot = io_ring_take(l->ring)) >= 0; k++) {
        if (k == l->stop_at) {
            io_ring_stop(l->ring);
            check(io_ring_take(l->ring) == -1 && io_ring_work(l->ring) == -1);
            io_ring_taken(l->ring, slot);
            break;
        }
        if (l->value[slot] != k * 2 + 1) return -1;
        io_ring_taken(l->ring, slot);
    }
    return k;
}

static void pass(int32_t n_slots, int n_workers, int64_t n_documents, int64_t stop_at, bool gives_back)
{
    Load l = {.ring = io_ring_open(n_slots), .n_documents = n_documents, .stop_at = stop_at, .gives_back = gives_back};
    IoThread maker, worker[WORKERS_MAX];
    if (!check(l.ring != NULL)) return;
    check(io_thread_start(&maker, make, &l));
    for (int i = 0; i < n_workers; i++) check(io_thread_start(&worker[i], work, &l));
    int64_t taken = take(&l);
    io_thread_join(&maker);
    for (int i = 0; i < n_workers; i++) io_thread_join(&worker[i]);
    if (stop_at < 0) {
        check(taken == n_documents);
        check(atomic_load(&l.n_worked) == n_documents);
        check(io_ring_take(l.ring) == -1 && io_ring_work(l.ring) == -1 && io_ring_fill(l.ring) == -1);
    } else {
        check(taken == stop_at);
        check(atomic_load(&l.n_worked) >= stop_at && atomic_load(&l.n_worked) <= stop_at + n_slots + 1);
    }
    io_ring_close(l.ring);
}

/* Somebody else stops it while all sleep: the maker on a full ring, the workers and the taker on nothing. */
static void *stop_soon(void *with)
{
    double until = io_seconds() + 0.01;
    while (io_seconds() < until) continue;
    io_ring_stop(with);
    return NULL;
}

static void stop_wakes_sleepers(void)
{
    Load l = {.ring = io_ring_open(2), .n_documents = 10};
    IoThread maker, worker, stopper;
    check(io_thread_start(&maker, make, &l) && io_thread_start(&stopper, stop_soon, l.ring));
    io_thread_join(&maker);                               /* nobody works: it fills two slots and waits */
    io_thread_join(&stopper);
    io_ring_close(l.ring);

    l = (Load){.ring = io_ring_open(2)};
    check(io_thread_start(&worker, work, &l) && io_thread_start(&stopper, stop_soon, l.ring));
    check(io_ring_take(l.ring) == -1);
    io_thread_join(&worker);
    io_thread_join(&stopper);
    io_ring_close(l.ring);
    io_ring_close(NULL);
}

int main(void)
{
    TEST_BEGIN
    for (int32_t slots = 1; slots <= SLOTS_MAX; slots *= 2)
        for (int workers = 1; workers <= WORKERS_MAX; workers++) {
            pass(slots, workers, 2000, -1, workers % 2);
            pass(slots, workers, 500, 3, false);
            pass(slots, workers, 500, 250, true);
            pass(slots, workers, 0, -1, true);
            pass(slots, workers, 1, -1, false);
        }
    for (int i = 0; i < 5; i++) stop_wakes_sleepers();
    return test_end();
}
