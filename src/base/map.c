/* From text to a number: open addressing with linear steps, at most three quarters full.
**
** The value of a key is mostly an index into a slice beside the map ("Ito" → entity 4); -1 means none, so a new key
** starts there. Nobody can walk over a map, so its inner order never reaches any output: whoever needs an order
** keeps a slice.
**
** Always: keys are borrowed and must outlive the map. A place from map_at holds until the next map_at.
** Since order cannot leak, the hash is keyed by the process (the kernel's AT_RANDOM bytes): a stranger's document
** cannot be made of words that all fall into one cell.
*/
#include "base/inside.h"
#include <stdatomic.h>
#include <string.h>
#include <sys/auxv.h>

struct MapCell {
    Str key;                                              /* p NULL: free */
    uint32_t hash;
    int32_t value;
};

/* Asked for once; two threads that ask together get the same answer. Any constant will do where there is none. */
static uint64_t map_key(void)
{
    static _Atomic uint64_t known;
    uint64_t key = atomic_load_explicit(&known, memory_order_relaxed);
    if (key) return key;
    const void *bytes = (const void *)getauxval(AT_RANDOM);
    if (bytes) memcpy(&key, bytes, sizeof key);
    if (!key) key = 0x9E3779B97F4A7C15u;
    atomic_store_explicit(&known, key, memory_order_relaxed);
    return key;
}

static struct MapCell *map_cell(const Map *m, Str key, uint32_t hash)
{
    uint32_t mask = (uint32_t)m->cap - 1;
    for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
        struct MapCell *c = &m->cell[i];
        if (!c->key.p || (c->hash == hash && str_eq(c->key, key))) return c;
    }
}

static void map_grow(Map *m)
{
    Map more = {.to = m->to, .n = m->n, .cap = m->cap ? m->cap * 2 : 16};
    if (m->cap > INT32_MAX / 4) arena_land(m->to);
    more.cell = arena_new(m->to, struct MapCell, more.cap);
    for (int32_t i = 0; i < m->cap; i++)
        if (m->cell[i].key.p) *map_cell(&more, m->cell[i].key, m->cell[i].hash) = m->cell[i];
    *m = more;
}

int32_t *map_at(Map *m, Str key)
{
    if (!key.p) key = S("");
    uint32_t hash = (uint32_t)hash64_keyed(key, map_key());
    if (m->n >= m->cap / 4 * 3) map_grow(m);
    struct MapCell *c = map_cell(m, key, hash);
    if (!c->key.p) {
        *c = (struct MapCell){key, hash, -1};
        m->n++;
    }
    return &c->value;
}

int32_t map_get(const Map *m, Str key)
{
    if (m->n == 0) return -1;
    if (!key.p) key = S("");
    struct MapCell *c = map_cell(m, key, (uint32_t)hash64_keyed(key, map_key()));
    return c->key.p ? c->value : -1;
}
