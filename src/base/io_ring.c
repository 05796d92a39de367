/* The one lock: a ring of numbered slots that documents pass through on their way from the maker to the taker.
**
**   maker            workers                     taker
**   FREE → FILLING → FULL → WORKING → DONE → TAKING → FREE
**
** The k-th document stands in slot k mod n. Workers take documents in order and finish in any order; the taker waits
** for the next in order. So the output has the order of the input for any number of workers, and no more than n
** documents are in memory.
** Always: next_take ≤ next_work ≤ next_fill ≤ next_take + n. Whoever holds a slot (FILLING, WORKING, TAKING) has it
** alone. After io_ring_stop nobody is given a slot any more and everybody who waits is woken.
** Cost: one lock and one wake-up a step, some microseconds; a document takes hundreds.
*/
#include "base/inside.h"
#include "base/io.h"
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>

typedef enum { SLOT_FREE, SLOT_FILLING, SLOT_FULL, SLOT_WORKING, SLOT_DONE, SLOT_TAKING } SlotState;

struct IoRing {
    pthread_mutex_t lock;
    pthread_cond_t is_free, is_full, is_done;             /* the maker, the workers, the taker wait for these */
    int64_t next_fill, next_work, next_take;              /* documents, counted from the first one */
    int32_t n;
    bool has_ended, is_stopped;
    SlotState state[];
};

IoRing *io_ring_open(int32_t n_slots)
{
    if (n_slots < 1) n_slots = 1;
    IoRing *r = calloc(1, sizeof *r + (size_t)n_slots * sizeof r->state[0]);
    if (!r) return NULL;
    r->n = n_slots;
    pthread_mutex_init(&r->lock, NULL);                   /* none of the four can fail with usual attributes on Linux */
    pthread_cond_init(&r->is_free, NULL);
    pthread_cond_init(&r->is_full, NULL);
    pthread_condattr_t steady;                   /* the taker may wait for a time, which no change of the clock moves */
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&r->is_done, &steady);
    pthread_condattr_destroy(&steady);
    return r;
}

void io_ring_close(IoRing *r)
{
    if (!r) return;
    pthread_cond_destroy(&r->is_free);
    pthread_cond_destroy(&r->is_full);
    pthread_cond_destroy(&r->is_done);
    pthread_mutex_destroy(&r->lock);
    free(r);
}

/* Waits until document *next has reached `wanted`, moves it on to `held` and gives its slot; -1 when none will come.
** For the maker there is always one more to come (is_maker). -2 when it is `until`, where that is given. */
static int32_t ring_get(IoRing *r, int64_t *next, SlotState wanted, SlotState held, pthread_cond_t *wait, bool is_maker,
                        const struct timespec *until)
{
    pthread_mutex_lock(&r->lock);
    int32_t slot = -1;
    for (;;) {
        int32_t at = (int32_t)(*next % r->n);             /* other workers may have moved *next while we slept */
        if (r->is_stopped || (r->has_ended && (is_maker || *next == r->next_fill))) break;
        if ((is_maker || *next < r->next_fill) && r->state[at] == wanted) {
            r->state[at] = held;
            ++*next;
            slot = at;
            break;
        }
        if (!until)
            pthread_cond_wait(wait, &r->lock);
        else if (pthread_cond_timedwait(wait, &r->lock, until) == ETIMEDOUT) {
            slot = -2;
            break;
        }
    }
    pthread_mutex_unlock(&r->lock);
    return slot;
}

static void ring_put(IoRing *r, int32_t slot, SlotState held, SlotState reached, pthread_cond_t *wake)
{
    pthread_mutex_lock(&r->lock);
    assert(slot >= 0 && slot < r->n && r->state[slot] == held && "a slot is given back by the one who holds it");
    r->state[slot] = reached;
    pthread_cond_signal(wake);
    pthread_mutex_unlock(&r->lock);
    (void)held;
}

int32_t io_ring_fill(IoRing *r)
{
    return ring_get(r, &r->next_fill, SLOT_FREE, SLOT_FILLING, &r->is_free, true, NULL);
}

void io_ring_filled(IoRing *r, int32_t slot)
{
    ring_put(r, slot, SLOT_FILLING, SLOT_FULL, &r->is_full);
}

int32_t io_ring_work(IoRing *r)
{
    return ring_get(r, &r->next_work, SLOT_FULL, SLOT_WORKING, &r->is_full, false, NULL);
}

/* The maker fills in order, so what stands ready is a run of slots from next_work on. */
int32_t io_ring_work_more(IoRing *r, int32_t spare)
{
    pthread_mutex_lock(&r->lock);
    const int64_t last = r->next_work + spare;
    int32_t slot = -1;
    if (!r->is_stopped && last < r->next_fill && r->state[last % r->n] == SLOT_FULL) {
        slot = (int32_t)(r->next_work++ % r->n);
        r->state[slot] = SLOT_WORKING;
    }
    pthread_mutex_unlock(&r->lock);
    return slot;
}

void io_ring_worked(IoRing *r, int32_t slot)
{
    ring_put(r, slot, SLOT_WORKING, SLOT_DONE, &r->is_done);
}

int32_t io_ring_take(IoRing *r)
{
    return ring_get(r, &r->next_take, SLOT_DONE, SLOT_TAKING, &r->is_done, false, NULL);
}

int32_t io_ring_take_within(IoRing *r, int ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += ms % 1000 * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000L;
    }
    return ring_get(r, &r->next_take, SLOT_DONE, SLOT_TAKING, &r->is_done, false, &until);
}

void io_ring_taken(IoRing *r, int32_t slot)
{
    ring_put(r, slot, SLOT_TAKING, SLOT_FREE, &r->is_free);
}

static void wake_all(IoRing *r)
{
    pthread_cond_broadcast(&r->is_free);
    pthread_cond_broadcast(&r->is_full);
    pthread_cond_broadcast(&r->is_done);
}

void io_ring_end(IoRing *r)
{
    pthread_mutex_lock(&r->lock);
    int32_t last = (int32_t)((r->next_fill + r->n - 1) % r->n);
    if (r->state[last] == SLOT_FILLING) {                 /* asked for, and then nothing came to fill it with */
        r->state[last] = SLOT_FREE;
        r->next_fill--;
    }
    r->has_ended = true;
    wake_all(r);
    pthread_mutex_unlock(&r->lock);
}

void io_ring_stop(IoRing *r)
{
    pthread_mutex_lock(&r->lock);
    r->is_stopped = true;
    wake_all(r);
    pthread_mutex_unlock(&r->lock);
}
