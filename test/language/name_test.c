/* Names: chains against all chains counted out; what always holds of names, whatever the weights; damaged sections; and
** a little model that has learnt four sentences by heart. All people and places are invented. */
#include "base/table.h"
#include "cities.h"
#include "lands.h"
#include "language/name_inside.h"
#include "peoples.h"
#include "test.h"
#include <math.h>

static const Clusters no_clusters;

static Sentence words(Arena *a, const char *text)
{
    Strs form = {0};
    Str rest = str_of(text), word;
    while (str_split(&rest, ' ', &word)) *push(a, &form) = word;
    Sentence s = {arena_new(a, Word, form.n + 2), form.n, NULL};
    for (int32_t i = 0; i < s.n; i++) s.words[i + 1] = word_of(&no_clusters, form.v[i], i == 0);
    sentence_mark(&s);
    return s;
}

/* ---- chains ---------------------------------------------------------------------------------------------------- */
enum { SHORT = 4 };

static bool is_chain(const int *tag, int n, const uint32_t *mask)
{
    bool may = name_may_begin(tag[0]) && name_may_end(tag[n - 1]);
    for (int i = 0; may && i < n; i++)
        may = (!mask || mask[i] >> tag[i] & 1) && (!i || name_may_follow(tag[i - 1], tag[i]));
    return may;
}

static double chain_score(const NameSteps *t, const NameRow *score, const int *tag, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++) sum += score[i][tag[i]] + (i ? t->step[tag[i - 1]][tag[i]] : 0);
    return sum;
}

static bool next_tags(int *tag, int n)
{
    for (int i = 0; i < n; i++) {
        if (++tag[i] < NAME_TAGS) return true;
        tag[i] = 0;
    }
    return false;
}

static bool has_name(const int *tag, int n, int begin, int end, int type)
{
    if (end - begin == 1) return tag[begin] == name_tag(type, NAME_SINGLE);
    bool has = tag[begin] == name_tag(type, NAME_BEGIN) && tag[end - 1] == name_tag(type, NAME_END) && end <= n;
    for (int i = begin + 1; i < end - 1; i++) has = has && tag[i] == name_tag(type, NAME_INNER);
    return has;
}

static void test_chain(Rng *r, int n, bool has_mask)
{
    static NameSums z;
    NameSteps t;
    NameRow score[SHORT];
    uint32_t mask[SHORT];
    for (int i = 0; i < NAME_TAGS; i++)
        for (int j = 0; j < NAME_TAGS; j++) t.step[i][j] = (float)(2 * rng_unit(r) - 1);
    for (int i = 0; i < n; i++) {
        mask[i] = has_mask ? (uint32_t)rng_next(r) | 1 : ~0u;
        for (int j = 0; j < NAME_TAGS; j++) score[i][j] = (float)(6 * rng_unit(r) - 3);
    }
    int tag[SHORT] = {0}, type = rng_below(r, NAME_TYPES);
    int begin = rng_below(r, n), end = begin + 1 + rng_below(r, n - begin);
    double all = 0, with = 0, best = -1e9;
    do {
        bool is_free = is_chain(tag, n, NULL);
        double s = is_free ? chain_score(&t, (const NameRow *)score, tag, n) : 0;
        if (is_free && s > best) best = s;
        if (!is_chain(tag, n, mask)) continue;
        all += exp(s);
        with += has_name(tag, n, begin, end, type) ? exp(s) : 0;
    } while (next_tags(tag, n));
    if (!check(name_sums(&z, &t, (const NameRow *)score, n, mask))) return;
    check(fabs(name_share(&z, begin, end, type) - with / all) < 1e-7);
    double log_all = z.log_sum;
    for (int i = 0; i < n; i++) log_all += log(z.norm[i]);
    check(fabs(log_all - log(all)) < 1e-6);
    uint8_t got[SHORT];
    name_best(&t, (const NameRow *)score, n, got);
    for (int i = 0; i < n; i++) tag[i] = got[i];
    check(is_chain(tag, n, NULL) && fabs(chain_score(&t, (const NameRow *)score, tag, n) - best) < 1e-4);
}

static void test_chains(void)
{
    Rng r = rng_seed(7);
    for (int i = 0; i < 24; i++) test_chain(&r, 1 + i % SHORT, i % 2);
    for (double x = -40; x < 40; x += 0.37) check(fabs(name_exp(x) / exp(x) - 1) < 1e-7);
    check(name_exp(-1e9) == 0);
    static NameSums z;                                   /* scores that no double can hold as they are */
    static const NameSteps flat;
    NameRow steep[3] = {{0}};
    steep[0][0] = steep[1][0] = steep[2][0] = 1e6f;
    name_sums_steps(&z, &flat);
    check(name_sums(&z, NULL, (const NameRow *)steep, 3, NULL) && name_share(&z, 0, 1, NAME_PER) < 1e-9);
    uint32_t none[3] = {1, 0, 1};
    check(!name_sums(&z, &flat, (const NameRow *)steep, 3, none));
}

/* ---- a little model: a perceptron of words --------------------------------------------------------------------- */
typedef struct { SLICE(uint64_t) key; SLICE(NameRow) row; } Weights;

static int tag_of_text(Str t)                            /* "B-PER", "O" */
{
    static const char *const type[] = {"PER", "ORG", "LOC", "MISC"};
    for (int k = 0; k < NAME_TYPES && t.n > 2; k++)
        if (str_eq(str_sub(t, 2, t.n), str_of(type[k]))) return name_tag(k, (int)(strchr("BIES", t.p[0]) - "BIES"));
    return NAME_NONE;
}

static void learn(Weights *v, const char *text, const char *tags)
{
    static NameLook look;
    static const NameFacts no_facts;
    Sentence s = words(&test_arena, text);
    Str rest = str_of(tags), tag;
    uint64_t f[NAME_FEATURES];
    name_look(&look, &s, &no_facts, NULL);
    for (int32_t i = 0; i < s.n && str_split(&rest, ' ', &tag); i++) {
        int32_t n = name_features(&look, i, f);
        int32_t row[NAME_FEATURES];
        NameRow score = {0};
        check(n > 0 && n <= NAME_FEATURES);
        for (int32_t k = 0; k < n; k++) {
            int32_t at = 0;
            while (at < v->key.n && v->key.v[at] != f[k]) at++;
            if (at == v->key.n) {
                *push(&test_arena, &v->key) = f[k];
                memset(push(&test_arena, &v->row), 0, sizeof(NameRow));
            }
            row[k] = at;
            for (int j = 0; j < NAME_TAGS; j++) score[j] += v->row.v[at][j];
        }
        int good = tag_of_text(tag), best = good ? 0 : 1;
        for (int j = 0; j < NAME_TAGS; j++)
            if (j != good && score[j] > score[best]) best = j;
        if (score[good] > score[best] + 4) continue;
        for (int32_t k = 0; k < n; k++) v->row.v[row[k]][good] += 0.1f, v->row.v[row[k]][best] -= 0.1f;
    }
}

typedef struct { Str head, weights, facts; } Parts;

static Model *model_of_parts(Parts p, Err *e)
{
    ModelSections sections = {0};
    Buf file = {.to = &test_arena};
    *push(&test_arena, &sections) = (ModelSection){S("name.head"), p.head};
    *push(&test_arena, &sections) = (ModelSection){S("name.weights"), p.weights};
    *push(&test_arena, &sections) = (ModelSection){S("name.facts"), p.facts};
    model_write(&sections, &file);
    char *bytes = arena_take(&test_arena, file.n, 64);
    memcpy(bytes, file.p, (size_t)file.n);
    return model_of((Str){bytes, file.n}, S("test"), e);
}

static Parts little(void)
{
    Weights v = {0};
    for (int pass = 0; pass < 12; pass++) {
        learn(&v, "Minister Orla Venn met Tarik Sool .", "O B-PER E-PER O B-PER E-PER O");
        learn(&v, "The Harbour Council of Velline said on Monday that talks were held .",
              "O B-ORG I-ORG I-ORG E-ORG O O O O O O O O");
        learn(&v, "They flew to Velline in the night .", "O O O S-LOC O O O O");
        learn(&v, "A Vellish envoy spoke .", "O S-MISC O O O");
    }
    NameSteps t = {{{0}}};
    float sure[NAME_BINS];
    for (int i = 0; i < NAME_BINS; i++) sure[i] = (float)(1 / (1 + exp(8 - 16.0 * i / (NAME_BINS - 1))));
    Buf head = {.to = &test_arena}, weights = {.to = &test_arena}, facts = {.to = &test_arena};
    linear_write(v.key.v, (const float *)v.row.v, v.key.n, NAME_TAGS, &weights);
    name_write(&t, sure, &head);
    uint64_t velline = word_of(&no_clusters, S("Velline"), false).lower;
    uint16_t city = FACT_PLACE | FACT_CITY;
    clusters_write(&velline, &city, 1, &facts);
    return (Parts){buf_str(&head), buf_str(&weights), buf_str(&facts)};
}

typedef struct { SLICE(uint64_t) key; SLICE(uint16_t) flags; } FactKeys;

static void check_names(const FoundNames *names, int32_t n_words)
{
    int32_t from = 0;
    for (int32_t i = 0; i < names->n; i++) {
        FoundName f = names->v[i];
        check(f.span.begin >= from && f.span.end > f.span.begin && f.span.end <= n_words);
        check(f.p > 0 && f.p < 1 && f.type > ENTITY_UNKNOWN && f.type < ENTITY_COUNT);
        from = f.span.end;
    }
}

static Str told(const Namer *n, const char *text, NameMemory **memory)
{
    Sentence s = words(&test_arena, text);
    FoundNames names = namer_names(&test_arena, n, &s, memory);
    check_names(&names, s.n);
    Buf out = {.to = &test_arena};
    for (int32_t i = 0; i < names.n; i++) {
        FoundName f = names.v[i];
        buf_printf(&out, "%s%d-%d %.*s", i ? ", " : "", f.span.begin, f.span.end, STR(entity_type_name(f.type)));
    }
    return buf_str(&out);
}

static void test_little(const Namer *n)
{
    NameMemory *memory = NULL;
    check_str(told(n, "Minister Orla Venn met Tarik Sool .", &memory), S("1-3 PER, 4-6 PER"));
    check_str(told(n, "The Harbour Council of Velline said on Monday that talks were held .", &memory), S("1-5 ORG"));
    check_str(told(n, "They flew to Velline in the night .", &memory), S("3-4 GPE"));   /* the facts know it as a city */
    check_str(told(n, "A Vellish envoy spoke .", &memory), S("1-2 MISC"));
    check_str(told(n, "talks were held in the night .", &memory), S(""));
    Sentence empty = {arena_new(&test_arena, Word, 2), 0, NULL};
    check(namer_names(&test_arena, n, &empty, &memory).n == 0);
}

static void fact(FactKeys *keys, const char *name, int flags)
{
    Sentence s = words(&test_arena, name);
    uint64_t phrase = s.words[1].lower;
    for (int32_t i = 1; i < s.n; i++) phrase = name_phrase(phrase, s.words[i + 1].lower);
    *push(&test_arena, &keys->key) = phrase;
    *push(&test_arena, &keys->flags) = (uint16_t)flags;
}

static Str fine(const NameFacts *f, const char *name, int type)
{
    Sentence s = words(&test_arena, name);
    return entity_type_name((EntityType)name_type_fine(f, &s, 0, s.n, type));
}

/* The finer type of what was found, by facts alone. */
static void test_fine(void)
{
    FactKeys keys = {0};
    Buf cells = {.to = &test_arena};
    NameFacts f;
    Err e = {0};
    fact(&keys, "Velline", FACT_PLACE | FACT_CITY);
    fact(&keys, "Grey House", FACT_ORG);
    fact(&keys, "Vellish", FACT_PEOPLE);
    fact(&keys, "Arn", FACT_PEOPLE | FACT_GIVEN);
    fact(&keys, "oblast", FACT_LAND_LAST);
    fact(&keys, "republic", FACT_LAND_OF);
    clusters_write(keys.key.v, keys.flags.v, keys.key.n, &cells);
    if (!check(clusters_of(buf_str(&cells), &f, &e))) return;
    check_str(fine(&f, "Velline", NAME_LOC), S("GPE"));
    check_str(fine(&f, "VELLINE", NAME_LOC), S("GPE"));
    check_str(fine(&f, "Velline", NAME_PER), S("PER"));  /* a woman of that name */
    check_str(fine(&f, "Velline Hills", NAME_LOC), S("LOC"));
    check_str(fine(&f, "Arn Oblast", NAME_LOC), S("GPE"));
    check_str(fine(&f, "Oblast", NAME_LOC), S("LOC"));
    check_str(fine(&f, "Republic of Arn", NAME_LOC), S("GPE"));
    check_str(fine(&f, "Republic Hills North", NAME_LOC), S("LOC"));     /* no "of" */
    check_str(fine(&f, "Grey House", NAME_LOC), S("ORG"));
    check_str(fine(&f, "Grey House", NAME_PER), S("ORG"));
    check_str(fine(&f, "House", NAME_LOC), S("LOC"));
    check_str(fine(&f, "Vellish", NAME_PER), S("MISC"));
    check_str(fine(&f, "Vellish Council", NAME_ORG), S("ORG"));
    check_str(fine(&f, "Vellish", NAME_ORG), S("ORG"));         /* a club, a party */
    check_str(fine(&f, "Arn", NAME_PER), S("PER"));
}

/* Words of the little model in any order, of any length, with tags and clusters that no model gave. */
static void test_always(const Namer *n)
{
    static const char *const pool[] = {"Minister", "Orla", "Venn", "VELLINE", "of", "Council", "the", ".", "\"", "2031",
                                       "Vellish", "said", "é", "\xff", ""};
    Rng r = rng_seed(3);
    Arena a = {.budget = 64 << 20, .landing = &test_landing};
    for (int round = 0; round < 60; round++) {
        NameMemory *memory = NULL, *again = NULL;
        int32_t length = round < 40 ? 1 + rng_below(&r, 40) : 500 + rng_below(&r, 700);
        Sentence s = {arena_new(&a, Word, length + 2), length, NULL};
        for (int32_t i = 0; i < length; i++) {
            s.words[i + 1] = word_of(&no_clusters, str_of(pool[rng_below(&r, sizeof pool / sizeof *pool)]), i == 0);
            s.words[i + 1].cluster = (uint16_t)rng_next(&r);
            s.words[i + 1].xpos = (uint8_t)rng_next(&r);
        }
        sentence_mark(&s);
        FoundNames names = namer_names(&a, n, &s, &memory), same = namer_names(&a, n, &s, &again);
        check_names(&names, length);
        check(names.n == same.n && (!names.n || !memcmp(names.v, same.v, (size_t)names.n * sizeof *names.v)));
        arena_reset(&a);
    }
    arena_close(&a);
}

/* A document of endless new names costs no more memory than a short one. */
static void test_memory(void)
{
    NameMemory *m = arena_new(&test_arena, NameMemory, 1);
    for (int i = 0; i < 3 * MEMORY_CELLS; i++) {
        char text[16];
        snprintf(text, sizeof text, "N%d said", i);
        Sentence s = words(&test_arena, text);
        name_remember(m, &s, (const uint8_t[]){(uint8_t)name_tag(NAME_PER, NAME_SINGLE), 0});
    }
    check(m->n == MEMORY_WORDS);
    Sentence first = words(&test_arena, "N0 n0"), late = words(&test_arena, "N20000");
    check(name_trace(m, &first.words[1]).tag == name_tag(NAME_PER, NAME_SINGLE));
    name_remember(m, &first, (const uint8_t[]){NAME_UNSURE, NAME_UNSURE});               /* not worth remembering */
    check(name_trace(m, &first.words[2]).tag == name_tag(NAME_PER, NAME_SINGLE));        /* in any case */
    check(name_trace(m, &late.words[1]).tag == 0 && name_trace(NULL, &first.words[1]).tag == 0);
}

/* ---- damaged sections: refused with a sentence, or read without harm ------------------------------------------- */
static bool survives(Parts p)
{
    Err e = {0};
    Model *m = model_of_parts(p, &e);
    Namer *n = m ? namer_of(&test_arena, m, &e) : NULL;
    if (n) {
        NameMemory *memory = NULL;
        told(n, "Minister Orla Venn of the Harbour Council flew to Velline .", &memory);
    }
    model_close(m);
    return n || e.text[0];
}

static Str flipped(Rng *r, Str s)
{
    char *p = arena_cstr(&test_arena, s);
    for (int i = 0; i < 3; i++) p[rng_below(r, (int32_t)s.n)] = (char)rng_next(r);
    return (Str){p, s.n};
}

static Str damaged(Rng *r, Str s, bool flip) { return flip ? flipped(r, s) : str_sub(s, 0, rng_below(r, (int32_t)s.n)); }

static void test_damage(Parts whole)
{
    Rng r = rng_seed(11);
    Err e = {0};
    for (ptrdiff_t cut = 0; cut < whole.head.n; cut++) {
        Model *m = model_of_parts((Parts){str_sub(whole.head, 0, cut), whole.weights, whole.facts}, &e);
        if (cut % 7 == 0) check(m && !namer_of(&test_arena, m, &e) && e.text[0]);
        model_close(m);
    }
    for (int i = 0; i < 300; i++) {
        Parts p = whole;
        if (i % 3 == 0) p.head = flipped(&r, p.head);
        if (i % 3 == 1) p.weights = damaged(&r, p.weights, i % 2);
        if (i % 3 == 2) p.facts = damaged(&r, p.facts, i % 2);
        check(survives(p));
    }
    char *bad = arena_cstr(&test_arena, whole.head);
    memset(bad + 8, 0xff, 4);                            /* a step that is no number */
    Model *m = model_of_parts((Parts){{bad, whole.head.n}, whole.weights, whole.facts}, &e);
    check(m && !namer_of(&test_arena, m, &e));
    model_close(m);
}

static void test_sure(void)
{
    float sure[NAME_BINS];
    for (int i = 0; i < NAME_BINS; i++) sure[i] = (float)(0.01 + 0.98 * i / (NAME_BINS - 1));
    check(fabs(name_sure(sure, 0.5) - 0.5) < 1e-6);
    check(name_sure(sure, -1) >= 0.0099 && name_sure(sure, 2) <= 0.9901 && name_sure(sure, (double)NAN) >= 0.0099);
    double before = 0;
    for (double p = 0; p <= 1; p += 0.001) {
        double now = name_sure(sure, p);
        check(now >= before);
        before = now;
    }
}

/* The tables that only training reads: in order, no row twice, and no city that is a people. */
static void test_tables(void)
{
    for (int32_t i = 1; i < cities_n; i++) check(str_cmp(cities_rows[i - 1].city, cities_rows[i].city) < 0);
    for (int32_t i = 1; i < peoples_n; i++) check(str_cmp(peoples_rows[i - 1].people, peoples_rows[i].people) < 0);
    for (int32_t i = 0; i < peoples_n; i++) check(table_find(cities, peoples_rows[i].people) < 0);
    for (int32_t i = 0; i < lands_n; i++)
        check(str_eq(lands_rows[i].where, S("last")) || str_eq(lands_rows[i].where, S("first")));
}

int main(void)
{
    TEST_BEGIN
    test_arena.budget = 512 << 20;
    test_chains();
    test_sure();
    test_memory();
    test_fine();
    test_tables();
    Parts whole = little();
    Err e = {0};
    Model *m = model_of_parts(whole, &e);
    Namer *n = m ? namer_of(&test_arena, m, &e) : NULL;
    if (!n) printf("%s\n", e.text);
    if (check(n != NULL)) {
        test_little(n);
        test_always(n);
    }
    test_damage(whole);
    model_close(m);
    return test_end();
}
