/* States of a conflict, and what each side thinks of them, from a scenario.
**
** An expression is worked out for 64 states at a time: bit k of a word stands for the state whose lowest six options
** spell k, so an option is a fixed pattern within the word or the same in all of it. A wish then adds one bit to the key
** of every state in which it is fulfilled; the first wish has the highest bit.
**
**   wishes: 1 talks, 2 !seize if talks      state {talks}: fulfilled, fulfilled → key 3      {seize}: no, yes → key 1
**
** "A if B" is fulfilled where B does not hold or A does; "A iff B" where both hold or neither (Fang, Hipel, Kilgour and
** Peng, "A decision support system for interactive decision making", IEEE SMC 33, 2003). Cost: wishes × 2^options.
*/
#include "foresee/conflict.h"
#include <stdlib.h>
#include <string.h>

const char *const concept_name[CONCEPTS] = {"R", "GMR", "SMR", "SEQ", "SSEQ"};

/* Truth of an expression in the 64 states that begin at `at`. */
static uint64_t truth(const Scenario *sc, int32_t expr, uint32_t at, uint32_t world)
{
    static const uint64_t low[6] = {0xAAAAAAAAAAAAAAAAu, 0xCCCCCCCCCCCCCCCCu, 0xF0F0F0F0F0F0F0F0u,
                                    0xFF00FF00FF00FF00u, 0xFFFF0000FFFF0000u, 0xFFFFFFFF00000000u};
    if (expr < 0) return ~(uint64_t)0;
    Expr x = sc->exprs.v[expr];
    switch (x.kind) {
    case EXPR_TRUE: return ~(uint64_t)0;
    case EXPR_OPTION: return x.right < 6 ? low[x.right] : at >> x.right & 1 ? ~(uint64_t)0 : 0;
    case EXPR_CONDITION: return world >> x.right & 1 ? ~(uint64_t)0 : 0;
    case EXPR_NOT: return ~truth(sc, x.left, at, world);
    case EXPR_AND: return truth(sc, x.left, at, world) & truth(sc, x.right, at, world);
    case EXPR_OR: return truth(sc, x.left, at, world) | truth(sc, x.right, at, world);
    }
    return 0;
}

static uint64_t fulfilled(const Scenario *sc, const Wish *w, uint32_t at, uint32_t world)
{
    uint64_t what = truth(sc, w->what, at, world), given = truth(sc, w->condition, at, world);
    return w->when == WHEN_ALWAYS ? what : w->when == WHEN_IF ? (what | ~given) : ~(what ^ given);
}

static bool players_of(const Scenario *sc, Conflict *c, Err *e)
{
    for (int32_t i = 0; i < sc->options.n; i++) {
        const ConflictOption *o = &sc->options.v[i];
        if (!c->n_players || c->actor[c->n_players - 1] != o->actor) {
            c->actor[c->n_players] = o->actor;
            c->first[c->n_players++] = i;
        }
        c->count[c->n_players - 1]++;
        if (o->once == ONCE_TAKEN) c->stays |= 1u << i;
        if (o->once == ONCE_DROPPED) c->away |= 1u << i;
    }
    c->n_options = sc->options.n;
    if (c->n_options > 0) return true;
    return fail(e, ERR_INPUT, "%.*s:1: no actor has an option; add below one: option NAME \"WORDS\"", STR(sc->file));
}

/* Combinations that are ruled out, a bit each. */
static uint64_t *infeasible(Arena *a, const Scenario *sc, uint32_t size)
{
    uint32_t words = (size + 63) / 64;
    uint64_t *out = arena_new(a, uint64_t, words + 1);
    for (int32_t k = 0; k < sc->barred.n; k++)
        for (uint32_t w = 0; w < words; w++) out[w] |= truth(sc, sc->barred.v[k].what, w * 64, 0);
    return out;
}

/* One number for all that are merged: that of the first of them. */
static void number_state(Conflict *c, uint32_t options, int32_t *first_of)
{
    const Scenario *sc = c->sc;
    int32_t group = -1;
    for (int32_t k = 0; group < 0 && k < sc->merged.n; k++)
        if (expr_holds(sc, sc->merged.v[k].what, options, 0)) group = k;
    if (group >= 0 && first_of[group] >= 0) { c->number[options] = first_of[group]; c->has_merged = true; return; }
    if (group >= 0) first_of[group] = c->n;
    c->number[options] = c->n;
    c->options[c->n++] = options;
}

static bool number_all(Arena *a, const Scenario *sc, const Ints *listed, Conflict *c, Err *e)
{
    bool is_listed = listed && listed->n;
    if (!sc->barred.n && !sc->merged.n && !is_listed) { /* all 2^options, each its own number */
        c->n = (int32_t)c->size;
        return true;
    }
    uint64_t *out = infeasible(a, sc, c->size);
    int32_t *first_of = arena_new(a, int32_t, sc->merged.n + 1);
    int64_t most = 0;
    for (uint32_t s = 0; s < c->size; s++) most += !bit_at(out, s);
    c->number = arena_new(a, int32_t, c->size);
    c->options = arena_new(a, uint32_t, most + 1);
    for (uint32_t s = 0; s < c->size; s++) c->number[s] = -1;
    for (int32_t k = 0; k < sc->merged.n; k++) first_of[k] = -1;
    if (is_listed) {
        for (int32_t k = 0; k < listed->n; k++) {
            uint32_t s = (uint32_t)listed->v[k];
            if (s < c->size && !bit_at(out, s) && c->number[s] < 0) number_state(c, s, first_of);
        }
    } else
        for (uint32_t s = 0; s < c->size; s++)
            if (!bit_at(out, s)) number_state(c, s, first_of);
    if (c->n) return true;
    return fail(e, ERR_INPUT, "%.*s:%d: no state is feasible: the infeasible combinations leave none; take one back", STR(sc->file),
                sc->barred.n ? sc->barred.v[sc->barred.n - 1].basis.line : 1);
}

bool conflict_states(Arena *a, const Scenario *sc, const Ints *listed, Conflict *c, Err *e)
{
    *c = (Conflict){.sc = sc, .now = -1};
    if (!players_of(sc, c, e)) return false;
    c->size = 1u << c->n_options;
    if (!number_all(a, sc, listed, c, e)) return false;
    if (sc->now.is_given) {
        c->now = c->number ? c->number[sc->now.options] : (int32_t)sc->now.options;
        if (c->now < 0)
            return fail(e, ERR_INPUT, "%.*s:%d: what stands now is infeasible; mend it, or the combination that rules it out",
                        STR(sc->file), sc->now.basis.line);
    }
    return true;
}

/* ---- preferences ------------------------------------------------------------------------------------------------ */
int32_t conflict_unknowns(const Scenario *sc)
{
    int32_t n = 0;
    for (int32_t i = 0; i < sc->preferences.n; i++)
        for (int32_t k = 0; k < sc->preferences.v[i].wishes.n; k++) n += sc->preferences.v[i].wishes.v[k].is_unknown;
    return n;
}

/* The table that speaks for an actor: the viewer's own belief before the analyst's, one for this world before one for all. */
static int32_t table_for(const Scenario *sc, int32_t actor, uint32_t world, int32_t viewer)
{
    int32_t best = -1, most = -1;
    for (int32_t i = 0; i < sc->preferences.n; i++) {
        const Preference *p = &sc->preferences.v[i];
        if (p->actor != actor || (p->seen_by >= 0 && p->seen_by != viewer)) continue;
        if (p->world >= 0 && !expr_holds(sc, p->world, 0, world)) continue;
        int32_t rank = (p->seen_by >= 0 ? 2 : 0) + (p->world >= 0 ? 1 : 0);
        if (rank > most) { most = rank; best = i; }
    }
    return best;
}

static int32_t unknown_at(const Scenario *sc, int32_t table, int32_t wish)
{
    int32_t n = 0;
    for (int32_t i = 0; i <= table; i++)
        for (int32_t k = 0; k < (i == table ? wish : sc->preferences.v[i].wishes.n); k++) n += sc->preferences.v[i].wishes.v[k].is_unknown;
    return n;
}

static int value_cmp(const void *x, const void *y)
{
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return (a > b) - (a < b);
}

/* Values that do not fit a key become their rank among all values. */
static void compress(Arena *a, const uint64_t *value, uint32_t size, uint32_t *key)
{
    uint64_t *sorted = arena_new(a, uint64_t, size);
    uint32_t n = 0;
    memcpy(sorted, value, (size_t)size * sizeof *sorted);
    qsort(sorted, size, sizeof *sorted, value_cmp);
    for (uint32_t i = 0; i < size; i++)
        if (!i || sorted[i] != sorted[n - 1]) sorted[n++] = sorted[i];
    for (uint32_t i = 0; i < size; i++) {
        uint32_t low = 0, high = n - 1;
        while (low < high) {
            uint32_t middle = (low + high) / 2;
            if (sorted[middle] < value[i]) low = middle + 1;
            else high = middle;
        }
        key[i] = low + 1;
    }
}

static void key_of_wishes(Arena *a, Conflict *c, int32_t player, const Preference *p, int32_t table, uint32_t unknown)
{
    const Scenario *sc = c->sc;
    bool is_wide = p->is_weighted || p->wishes.n > 30;
    uint32_t words = (c->size + 63) / 64, *key = c->key[player];
    uint64_t *value = is_wide ? arena_new(a, uint64_t, (ptrdiff_t)words * 64) : NULL;
    for (uint32_t i = 0; i < c->size; i++) key[i] = 1;
    for (int32_t k = 0; k < p->wishes.n; k++) {
        const Wish *w = &p->wishes.v[k];
        int sign = w->is_unknown ? (int)(unknown >> 2 * unknown_at(sc, table, k) & 3) : 0;
        uint64_t worth = p->is_weighted ? (uint64_t)w->weight : (uint64_t)1 << (p->wishes.n - 1 - k);
        if (sign == 2) continue;
        for (uint32_t b = 0; b < words; b++) {
            uint64_t holds = fulfilled(sc, w, b * 64, c->world);
            if (sign == 1) holds = ~holds;
            uint32_t n = c->size - b * 64 < 64 ? c->size - b * 64 : 64;
            if (is_wide)
                for (uint32_t i = 0; i < n; i++) value[b * 64 + i] += holds >> i & 1 ? worth : 0;
            else
                for (uint32_t i = 0; i < n; i++) key[b * 64 + i] += (uint32_t)(holds >> i & 1) * (uint32_t)worth;
        }
    }
    if (is_wide) compress(a, value, c->size, key);
}

static bool key_of_ranking(Arena *a, Conflict *c, int32_t player, const Preference *p, Err *e)
{
    const Scenario *sc = c->sc;
    int32_t *rank = arena_new(a, int32_t, c->n + 1);
    for (int32_t k = 0; k < p->ranking.n; k++)
        for (int32_t i = 0; i < p->ranking.v[k].n; i++) {
            int32_t s = p->ranking.v[k].v[i] - 1;
            if (s < 0 || s >= c->n)
                return fail(e, ERR_INPUT, "%.*s:%d: the ranking names state %d; there are %d states", STR(sc->file), p->line, s + 1, c->n);
            if (rank[s])
                return fail(e, ERR_INPUT, "%.*s:%d: the ranking is cyclic: state %d stands in it twice; keep one place", STR(sc->file), p->line, s + 1);
            rank[s] = p->ranking.n - k;
        }
    for (int32_t s = 0; s < c->n; s++)
        if (!rank[s]) return fail(e, ERR_INPUT, "%.*s:%d: the ranking leaves out state %d; name every state", STR(sc->file), p->line, s + 1);
    for (uint32_t i = 0; i < c->size; i++) {
        int32_t s = c->number ? c->number[i] : (int32_t)i;
        c->key[player][i] = s < 0 ? 1 : (uint32_t)rank[s];
    }
    return true;
}

/* Two wishes of one list, both "iff" on the same condition, that no state fulfils together: one of them is a slip. */
static bool iff_check(const Conflict *c, const Preference *p, Err *e)
{
    const Scenario *sc = c->sc;
    uint32_t words = (c->size + 63) / 64;
    for (int32_t k = 0; k < p->wishes.n; k++) {
        const Wish *w = &p->wishes.v[k];
        if (w->when != WHEN_IFF) continue;
        for (int32_t i = 0; i < k; i++) {
            const Wish *v = &p->wishes.v[i];
            bool is_contrary = v->when == WHEN_IFF;
            for (uint32_t b = 0; is_contrary && b < words; b++) is_contrary = fulfilled(sc, v, b * 64, c->world) == ~fulfilled(sc, w, b * 64, c->world);
            if (is_contrary && w->basis.line)
                return fail(e, ERR_INPUT, "%.*s:%d: this 'iff' contradicts the one in line %d: no state fulfils both; keep one",
                            STR(sc->file), w->basis.line, v->basis.line);
        }
        bool is_void = true;
        for (uint32_t b = 0; is_void && b < words; b++) is_void = !fulfilled(sc, w, b * 64, c->world);
        if (is_void && w->basis.line && w->condition >= 0)
            return fail(e, ERR_INPUT, "%.*s:%d: this 'iff' contradicts itself: no state fulfils it; mend one of its sides", STR(sc->file), w->basis.line);
    }
    return true;
}

bool conflict_prefer(Arena *a, Conflict *c, uint32_t world, int32_t viewer, uint32_t unknown, Err *e)
{
    const Scenario *sc = c->sc;
    c->world = world;
    for (int32_t p = 0; p < c->n_players; p++) {
        int32_t table = table_for(sc, c->actor[p], world, viewer);
        if (!c->key[p]) c->key[p] = arena_new(a, uint32_t, c->size + 64);
        if (table < 0)
            return fail(e, ERR_INPUT, "%.*s:%d: nothing says what '%.*s' prefers%s; add below it: prefers, and its wishes, the weightiest first",
                        STR(sc->file), sc->actors.v[c->actor[p]].basis.line, STR(sc->actors.v[c->actor[p]].name),
                        sc->conditions.n ? " in one of the worlds" : "");
        const Preference *of = &sc->preferences.v[table];
        if (of->ranking.n ? !key_of_ranking(a, c, p, of, e) : !iff_check(c, of, e)) return false;
        if (!of->ranking.n) key_of_wishes(a, c, p, of, table, unknown);
    }
    return true;
}

void conflict_ranks(Arena *a, const Conflict *c, int32_t player, int32_t *rank)
{
    uint64_t *value = arena_new(a, uint64_t, c->n + 1);
    uint32_t *key = arena_new(a, uint32_t, c->n + 1);
    for (int32_t s = 0; s < c->n; s++) value[s] = c->key[player][c->options ? c->options[s] : (uint32_t)s];
    compress(a, value, (uint32_t)c->n, key);
    for (int32_t s = 0; s < c->n; s++) rank[s] = (int32_t)key[s];
}

void state_letters(const Conflict *c, int32_t state, Buf *out)
{
    uint32_t options = c->options ? c->options[state] : (uint32_t)state;
    for (int32_t k = 0; k < c->n_options; k++) buf_char(out, options >> k & 1 ? 'Y' : 'N');
}

void state_words(const Conflict *c, int32_t state, Buf *out)
{
    uint32_t options = c->options ? c->options[state] : (uint32_t)state;
    bool is_first = true;
    for (int32_t k = 0; k < c->n_options; k++) {
        if (!(options >> k & 1)) continue;
        buf_printf(out, "%s%.*s", is_first ? "" : ", ", STR(c->sc->options.v[k].name));
        is_first = false;
    }
    if (is_first) buf_add(out, S("nothing"));
}
