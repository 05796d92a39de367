/* Into the record: what was decided becomes mentions of entities.
**
** "President Ana Ruiz left. She slept."
**  in:  phrases with clusters; the entity Ana Ruiz with her name
**  out: Ana Ruiz [name], President Ana Ruiz [nominal], She [pronoun]
**
** A name's own words are its mention. Where the entity is spoken of at two places or more, the whole phrase around a name is a second mention there, for that
** is what corpora of coreference count. record->meant says of each token what the mention that it heads speaks of, for the stages behind.
**
** Always: mentions stand in the order of the text, of those that begin together the longer first.
*/
#include "reading/coref.h"

#include <stdlib.h>

static int by_place(const void *a, const void *b)
{
    const Mention *x = a, *y = b;
    if (x->span.begin != y->span.begin) return x->span.begin < y->span.begin ? -1 : 1;
    return x->span.end > y->span.end ? -1 : x->span.end < y->span.end;
}

/* What is less likely than not stays open. */
static int32_t entity_of(const Coref *c, int32_t i)
{
    const double even = 0.5;
    if (c->phrases.v[i].p < even) return NONE;           /* NAN, of what was no choice, is not below it */
    int32_t k = coref_root(c, c->phrases.v[i].cluster);
    return k < 0 ? NONE : c->clusters.v[k].entity;
}

static void note_meant(Coref *c)
{
    Record *r = c->r;
    r->meant = (Ints){arena_new(c->a, int32_t, r->tokens.n), r->tokens.n, r->tokens.n};
    for (int32_t i = 0; i < r->tokens.n; i++) r->meant.v[i] = NONE;
    for (int32_t i = 0; i < c->phrases.n; i++) {
        const Phrase *p = &c->phrases.v[i];
        if (p->kind == KIND_JOINT) continue;
        r->meant.v[p->head] = entity_of(c, i);
        for (int32_t k = p->from; k < p->to && p->kind == KIND_NAME; k++)        /* the words of the name itself */
            if (p->name.begin <= r->tokens.v[k].span.begin && r->tokens.v[k].span.end <= p->name.end) r->meant.v[k] = p->entity;
    }
}

/* The mention of the name becomes its phrase. Names come in the order of the text, so *at moves on alone. */
static void widen(Entity *e, int32_t *at, Span name, Span to)
{
    while (*at < e->mentions.n && e->mentions.v[*at].span.begin < name.begin) ++*at;
    if (*at < e->mentions.n && e->mentions.v[*at].kind == MENTION_NAME && e->mentions.v[*at].span.end == name.end) e->mentions.v[(*at)++].span = to;
}

void coref_put(Coref *c)
{
    Record *r = c->r;
    int32_t *n_places = arena_new(c->a, int32_t, r->entities.n + 1);
    int32_t *at = arena_new(c->a, int32_t, r->entities.n + 1);       /* its next name */
    bool *is_grown = arena_new(c->a, bool, r->entities.n + 1);
    for (int32_t i = 0; i < c->phrases.n; i++)
        if (entity_of(c, i) >= 0) n_places[entity_of(c, i)]++;
    for (int32_t i = 0; i < c->phrases.n; i++) {
        const Phrase *p = &c->phrases.v[i];
        int32_t e = entity_of(c, i);
        Span s = {r->tokens.v[p->from].span.begin, r->tokens.v[p->to - 1].span.end};
        if (e >= 0 && p->kind == KIND_NAME && c->puts_phrases) widen(&r->entities.v[e], &at[e], p->name, s), is_grown[e] = true;
        if (e < 0 || (p->kind == KIND_NAME && (c->puts_phrases || n_places[e] < 2 || (s.begin == p->name.begin && s.end == p->name.end)))) continue;
        *push(c->a, &r->entities.v[e].mentions) = (Mention){s, p->kind == KIND_PRONOUN ? MENTION_PRONOUN : MENTION_NOMINAL, p->p};
        is_grown[e] = true;
    }
    for (int32_t e = 0; e < r->entities.n; e++)
        if (is_grown[e]) qsort(r->entities.v[e].mentions.v, (size_t)r->entities.v[e].mentions.n, sizeof(Mention), by_place);
    note_meant(c);
}

static int32_t token_at(const Record *r, int32_t byte)   /* the first that ends behind this byte */
{
    int32_t lo = 0, hi = r->tokens.n;
    while (lo < hi) {
        int32_t mid = lo + (hi - lo) / 2;
        if (r->tokens.v[mid].span.end <= byte) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

int32_t entity_at(const Record *r, Span s)
{
    enum { LONGEST = 64 };                     /* tokens of a phrase that is looked through */
    int32_t from = token_at(r, s.begin), to = from, begin = from;
    if (r->meant.n != r->tokens.n) return NONE;
    while (to < r->tokens.n && to - from < LONGEST && r->tokens.v[to].span.begin < s.end) to++;
    while (begin > 0 && begin < r->tokens.n && r->tokens.v[begin - 1].sent == r->tokens.v[begin].sent) begin--;
    for (int32_t i = from; i < to; i++) {
        int32_t head = r->tokens.v[i].head > 0 ? begin + r->tokens.v[i].head - 1 : NONE;
        bool hangs_inside = head >= from && head < to, is_small = str_eq(r->tokens.v[i].upos, S("PUNCT")) || str_eq(r->tokens.v[i].upos, S("ADP"));
        if (!hangs_inside && !is_small) return r->meant.v[i];
    }
    return NONE;
}
