/* What a document has said of its words so far: which were names and of what kind, which stood capitalised.
**
** "Prime Minister Lena Ostrov said … Ostrov added …": the second Ostrov is the end of a person's name seen before, which
** says more than its own look can. (Krishnan and Manning 2006; Ratinov and Roth 2009, section 5.)
**
** A trace is the last tag that the word had, and whether it has stood with a capital within a sentence, where capitals
** mean something, as a name and as none.
**
** Names that hold less than half of all chains are not remembered: they would be taken for certain the next time.
**
** Always: at most MEMORY_WORDS words are kept, the first that come; a document of any length costs the same memory.
*/
#include "language/name_inside.h"
#include <string.h>

static uint32_t key_of(const Word *w)
{
    uint32_t key = (uint32_t)(w->lower ^ w->lower >> 32);
    return key ? key : 1;
}

static MemoryCell *cell_of(const NameMemory *m, uint32_t key)
{
    uint32_t at = key * 2654435761u >> 19;
    while (m->cell[at].key && m->cell[at].key != key) at = (at + 1) % MEMORY_CELLS;
    return (MemoryCell *)&m->cell[at];
}
_Static_assert(MEMORY_CELLS == 1 << (32 - 19), "the shift in cell_of gives a cell");

static inline void count(uint8_t *n) { *n = (uint8_t)(*n + (*n < 255)); }

void name_remember(NameMemory *m, const Sentence *s, const uint8_t *tag)
{
    for (int32_t i = 0; i < s->n; i++) {
        const Word *w = &s->words[i + 1];
        if (tag[i] == NAME_UNSURE) continue;
        MemoryCell *c = cell_of(m, key_of(w));
        bool has_capital = w->flags & WORD_UPPER;
        if (!c->key) {
            if ((!has_capital && !tag[i]) || m->n == MEMORY_WORDS) continue;
            m->n++;
            c->key = key_of(w);
        }
        bool means = !(w->flags & (WORD_FIRST | WORD_SHOUTED | WORD_TITLED));
        if (tag[i]) {
            c->tag = tag[i];
            count(&c->named);
        } else if (has_capital && means) count(&c->plain);
        else if (!has_capital) count(&c->low);
    }
}

/* A mistake that is remembered makes the next one likely. */
void name_forget_unsure(const NameSums *z, uint8_t *tag)
{
    for (int32_t i = 0; i < z->n; i++) {
        if (!tag[i]) continue;
        int32_t begin = i;
        while (!name_may_end(tag[i])) i++;
        if (name_share(z, begin, i + 1, name_type_of(tag[begin])) < 0.5)
            memset(tag + begin, NAME_UNSURE, (size_t)(i + 1 - begin));
    }
}

NameTrace name_trace(const NameMemory *m, const Word *w)
{
    if (!m) return (NameTrace){0};
    const MemoryCell *c = cell_of(m, key_of(w));
    if (!c->key) return (NameTrace){0};
    int caps = 1 + (c->named > 1) + 2 * (c->named > c->plain + c->low) + 4 * (c->plain > 0) + 8 * (c->low > 0);
    return (NameTrace){c->tag, (uint8_t)caps};
}
