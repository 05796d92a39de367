/* The lexicon: which rows a spelling has, which classes the labels are.
**
** What is known of a word comes from the runtime's own word.c: hashes of the normal form, of its first and last
** letters, of its shape. Each that training saw often enough has a row of its own in the table of its kind; all
** others share row 0, which the rare ones of training teach. So nothing collides, and the tables are as small as the
** text allows. Static vectors are found by the hash of the lower-case form.
**
** Always: rows are in the order of first sight, so the same texts give the same lexicon.
*/
#include "train/neural/neural.h"
#include "base/json.h"
#include "language/inside.h"
#include <stdlib.h>
#include <string.h>

/* How often a spelling must have been seen to have a row. */
static const int32_t least_seen[FEATURES] = {3, 2, 3, 3, 2, 3, 3, 3, 3};

/* ---- hashes to numbers ------------------------------------------------------------------------------------------ */
typedef struct HashMap { uint64_t *key; int32_t *value; uint64_t mask; int32_t n; } HashMap;
static HashMap *map_new(Arena *a, int32_t most)
{
    uint64_t size = 64;
    while (size < (uint64_t)most * 2) size *= 2;
    HashMap *m = arena_new(a, HashMap, 1);
    *m = (HashMap){arena_new(a, uint64_t, size), arena_new(a, int32_t, size), size - 1, 0};
    return m;
}
static int32_t *map_place(HashMap *m, uint64_t key)      /* 0 where the key is new */
{
    if (key == 0) key = 1;
    uint64_t i = model_mix(key, 1) & m->mask;
    while (m->key[i] && m->key[i] != key) i = (i + 1) & m->mask;
    if (!m->key[i]) m->key[i] = key, m->n++;
    return m->value + i;
}
static int32_t map_value(const HashMap *m, uint64_t key)
{
    if (key == 0) key = 1;
    for (uint64_t i = model_mix(key, 1) & m->mask; m->key[i]; i = (i + 1) & m->mask)
        if (m->key[i] == key) return m->value[i];
    return 0;
}

/* ---- what is read ----------------------------------------------------------------------------------------------- */
static void note_set(Buf *b, const Set *s, const char *sha256)
{
    buf_add(b, b->n ? S(",\n  {\"role\": ") : S("  {\"role\": "));
    json_put_str(b, s->role), buf_add(b, S(", \"corpus\": ")), json_put_str(b, s->corpus);
    buf_add(b, S(", \"licence\": ")), json_put_str(b, s->licence), buf_add(b, S(", \"without\": ["));
    for (int32_t i = 0; i < s->without.n; i++) {
        if (i) buf_add(b, S(", "));
        json_put_str(b, s->without.v[i]);
    }
    buf_printf(b, "], \"sha256\": \"%s\"}", sha256);
}
static bool set_read(Arena *a, Texts *t, const Set *s, Str bytes, Str *numbers, Err *e)
{
    bool is_dev = str_ends(s->role, S("-dev"));
    if (str_starts(s->role, S("tree-"))) {
        TreeSet *to = is_dev ? push(a, &t->trees_dev) : push(a, &t->trees);
        to->corpus = s->corpus;
        return conllu_read(a, bytes, s->path, &s->without, &to->trees, e);
    }
    if (str_starts(s->role, S("name-"))) {
        NameSet *to = is_dev ? push(a, &t->names_dev) : push(a, &t->names);
        to->corpus = s->corpus;
        return iob_read(a, bytes, s->path, &s->without, &to->names, e);
    }
    if (str_eq(s->role, S("vectors"))) return *numbers = bytes, true;
    if (str_eq(s->role, S("vector-words"))) return vectors_read(a, bytes, *numbers, &t->vectors, e);
    return fail(e, ERR_INPUT, "the role '%.*s' is not known", STR(s->role));
}
bool texts_read(Arena *a, const char *sets, const char *data, Texts *t, Err *e)
{
    Sets table = {0};
    Str numbers = {0};
    t->provenance.to = a;
    if (!sets_read(a, sets, &table, e)) return false;
    for (int32_t i = 0; i < table.n; i++) {
        Str bytes;
        char sha256[65];
        if (!train_file(a, arena_printf(a, "%s/%.*s", data, STR(table.v[i].path)), &bytes, sha256, e) ||
            !set_read(a, t, table.v + i, bytes, &numbers, e))
            return err_while(e, "reading the set %.*s of %s", STR(table.v[i].corpus), sets);
        note_set(&t->provenance, table.v + i, sha256);
    }
    if (!t->vectors.n || !t->trees.n || !t->names.n)
        return fail(e, ERR_INPUT, "%s: trees, names and vectors are needed", sets);
    return true;
}

/* ---- rows ------------------------------------------------------------------------------------------------------- */
static uint64_t feature_key(const Word *w, int32_t f)    /* 0: the word has none */
{
    return f == FEATURE_NORM ? w->norm : f < FEATURE_SUFFIX ? w->prefix[f - FEATURE_PREFIX]
         : f < FEATURE_SHAPE ? w->suffix[f - FEATURE_SUFFIX] : w->shape;
}
enum { DISTINCT_MAX = 1 << 19 };
typedef struct { HashMap *seen[FEATURES]; SLICE(uint64_t) order[FEATURES]; } Counts;

static void count_form(Arena *a, Counts *c, Str form)
{
    static const Clusters none;
    Word w = word_of(&none, form, false);
    for (int32_t f = 0; f < FEATURES; f++) {
        uint64_t key = feature_key(&w, f);
        if (!key) continue;
        int32_t *n = map_place(c->seen[f], key);
        if ((*n)++ == 0 && c->seen[f]->n < DISTINCT_MAX) *push(a, &c->order[f]) = key;
    }
}
static void count_forms(Arena *a, const Texts *t, Counts *c)
{
    for (int32_t i = 0; i < t->trees.n; i++)
        for (int32_t s = 0; s < t->trees.v[i].trees.n; s++)
            for (int32_t w = 0; w < t->trees.v[i].trees.v[s].n; w++)
                count_form(a, c, t->trees.v[i].trees.v[s].word[w].form);
    for (int32_t i = 0; i < t->names.n; i++)
        for (int32_t s = 0; s < t->names.v[i].names.n; s++)
            for (int32_t w = 0; w < t->names.v[i].names.v[s].n; w++) count_form(a, c, t->names.v[i].names.v[s].form[w]);
    for (int32_t s = 0; t->soft && s < t->soft->sentences.n; s++)
        for (int32_t w = 0; w < t->soft->sentences.v[s].n; w++)
            count_form(a, c, t->soft->forms.v[t->soft->sentences.v[s].form[w]]);
}

/* Labels in the order of first sight; one that was seen once has no class: it is no use to learn it. */
typedef struct { Map seen; Strs order; Ints count; } LabelCounts;
static void count_label(Arena *a, LabelCounts *c, Str label)
{
    int32_t *i = map_at(&c->seen, label);
    if (*i < 0) *i = c->order.n, *push(a, &c->order) = label, *push(a, &c->count) = 0;
    c->count.v[*i]++;
}
static Strs labels_seen(Arena *a, const LabelCounts *c, int32_t least)
{
    Strs out = {0};
    for (int32_t i = 0; i < c->order.n; i++)
        if (c->count.v[i] >= least) *push(a, &out) = c->order.v[i];
    return out;
}
Strs tag_labels(Arena *a, const Texts *t, Strs *relation_labels)
{
    LabelCounts tags = {.seen = {.to = a}}, relations = {.seen = {.to = a}};
    for (int32_t i = 0; i < t->trees.n; i++)
        for (int32_t s = 0; s < t->trees.v[i].trees.n; s++)
            for (int32_t w = 0; w < t->trees.v[i].trees.v[s].n; w++) {
                const TreeWord *x = t->trees.v[i].trees.v[s].word + w;
                count_label(a, &tags, arena_printf(a, "%.*s\t%.*s\t%.*s", STR(x->upos), STR(x->xpos), STR(x->feats)));
                count_label(a, &relations, x->deprel);
            }
    *relation_labels = labels_seen(a, &relations, 2);
    return labels_seen(a, &tags, 2);
}

void lexicon_build(Arena *a, const Texts *t, int32_t vectors, Lexicon *l)
{
    Counts c = {0};
    *l = (Lexicon){.arena = a};
    for (int32_t f = 0; f < FEATURES; f++) c.seen[f] = map_new(a, DISTINCT_MAX);
    count_forms(a, t, &c);
    for (int32_t f = 0; f < FEATURES; f++) {
        l->key[f] = arena_new(a, uint64_t, c.order[f].n + 1), l->n_rows[f] = 1;
        if (f == FEATURE_NORM) l->norm_count = arena_new(a, int32_t, c.order[f].n + 1);
        for (int32_t i = 0; i < c.order[f].n; i++) {
            int32_t n = map_value(c.seen[f], c.order[f].v[i]);
            if (n < least_seen[f]) continue;
            if (f == FEATURE_NORM) l->norm_count[l->n_rows[f]] = n;
            l->key[f][l->n_rows[f]++ - 1] = c.order[f].v[i];
        }
    }
    l->tags = tag_labels(a, t, &l->relations);
    l->vectors = (VectorTable){t->vectors.n < vectors ? t->vectors.n : vectors, t->vectors.dim, t->vectors.value,
                               t->vectors.scale};
    l->vector_key = arena_new(a, uint64_t, l->vectors.n);
    static const Clusters none;
    for (int32_t i = 0; i < l->vectors.n; i++) l->vector_key[i] = word_of(&none, t->vectors.words.v[i], false).lower;
    lexicon_index(l);
}

void lexicon_index(Lexicon *l)
{
    Arena *a = l->arena;
    for (int32_t f = 0; f < FEATURES; f++) {
        l->rows[f] = map_new(a, l->n_rows[f]);
        for (int32_t i = 1; i < l->n_rows[f]; i++) *map_place(l->rows[f], l->key[f][i - 1]) = i;
    }
    l->vector_of = map_new(a, l->vectors.n);
    for (int32_t i = 0; i < l->vectors.n; i++) {
        int32_t *at = map_place(l->vector_of, l->vector_key[i]);
        if (!*at) *at = i + 1;                           /* the more frequent of two that agree in lower case */
    }
    l->forms = (Map){.to = a};
}

int32_t lexicon_type(Lexicon *l, Str form)
{
    static const Clusters none;
    int32_t *known = map_at(&l->forms, form);
    if (*known >= 0) return *known;
    *known = l->types.n;
    Word w = word_of(&none, form, false);
    Type *t = push(l->arena, &l->types);
    t->vector = map_value(l->vector_of, w.lower) - 1;
    for (int32_t f = 0; f < FEATURES; f++)
        t->row[f] = feature_key(&w, f) ? map_value(l->rows[f], feature_key(&w, f)) : 0;
    t->count = t->row[FEATURE_NORM] ? l->norm_count[t->row[FEATURE_NORM]] : 0;
    return l->types.n - 1;
}
