/* A language as a whole: what is no model of one is refused with a sentence; with the shipped model, where there is one,
** every token has a tag, a lemma and a head, every sentence is a tree, names are in order, and reading twice is the same.
*/
#include "base/io.h"
#include "language/language.h"
#include "model/inside.h"
#include "test.h"
#include "text/text.h"

/* ---- models that are none of a language --------------------------------------------------------------------- */
static void check_refused(const char *lang, const char *because)
{
    ModelSections sections = {0};
    Buf file = {.to = &test_arena};
    Err e = {0};
    if (lang) *push(&test_arena, &sections) = (ModelSection){S("language"), str_of(lang)};
    *push(&test_arena, &sections) = (ModelSection){S("unrelated"), S("bytes")};
    model_write(&sections, &file);
    char *p = arena_take(&test_arena, file.n, 64);
    memcpy(p, file.p, (size_t)file.n);
    Model *m = model_of((Str){p, file.n}, S("odd.dm"), &e);
    if (!check(m != NULL)) return;
    check(!language_open(m, &e) && e.code == ERR_INPUT);
    if (!check(strstr(e.text, "opening the model 'odd.dm': ") == e.text && strstr(e.text, because))) printf("   %s\n", e.text);
    model_close(m);
}

static void test_refusals(void)
{
    check_refused(NULL, "does not say which language");
    check_refused("", "does not say which language");
    check_refused("en", "");               /* its sections are missing: the first of them is named */
}

/* ---- the shipped model ---------------------------------------------------------------------------------------- */
static const char *const texts[] = {
    "The envoy Ana Velline met Minister Tomas Ruiz in Strelsau on Friday. \"We don't know yet,\" she told the Northern "
    "Grain Fund's reporters, who'd waited since 8 a.m. Nothing was signed, and nobody said when it would be.",
    "MR. RUIZ: We will go.\nMR. ITO: Why?\nMR. RUIZ: We must, and the others have to come with us.\nMR. ITO: I see.",
    "The list was long:\n\n- wheat and barley\n- 3,000 tonnes of rye (see www.grain.example/rye)\n- oats; maize; rice.\n\n"
    "It cost $4.5m, said the ministry's spokeswoman, wasn't cheap, and can't be paid before May. :-) The end is near.",
    "Who is the minister of the harbours of the republic and of the islands? It is the one that the council of the city had "
    "chosen. The \xE2\x80\x9Cship\xE2\x80\x9D \xF0\x9F\x9A\xA2 of \xD8\xA7\xD9\x84\xD9\x85\xD9\x8A\xD9\x86\xD8\xA7\xD8\xA1 "
    "sailed at \x01\x02 noon \xE2\x80\xAE and the harbour was closed after that.",
};

static Record *cut(Str text, Str lang)
{
    Record *r = arena_new(&test_arena, Record, 1);
    record_blank(r);
    r->text = text;
    r->lang = lang;
    r->text_is_given = true;
    text_clean(&test_arena, r);
    text_sentences(&test_arena, r, (TextOptions){.furniture_too = true});
    text_tokens(&test_arena, r);
    return r;
}

/* [first, end): one root, and from every word the heads lead to it. */
static bool is_tree(const Token *t, int32_t n)
{
    int32_t roots = 0;
    for (int32_t i = 0; i < n; i++) {
        int32_t at = i, steps = 0;
        roots += t[i].head == 0;
        while (at >= 0 && at < n && t[at].head > 0 && steps++ <= n) at = t[at].head - 1;
        if (at < 0 || at >= n || t[at].head != 0) return false;
    }
    return roots == 1;
}

static void check_read(const Record *r)
{
    Err e = {0};
    if (!check(record_valid(r, &e))) printf("   %s\n", e.text);
    for (int32_t i = 0, next; i < r->tokens.n; i = next) {
        for (next = i; next < r->tokens.n && r->tokens.v[next].sent == r->tokens.v[i].sent; next++) {
            const Token *t = &r->tokens.v[next];
            check(t->upos.n && t->xpos.n && t->lemma.n && t->deprel.n && t->head >= 0);
            check((t->head == 0) == str_eq(t->deprel, S("root")));
        }
        check(is_tree(r->tokens.v + i, next - i));
    }
    check(r->has_names);
    for (int32_t i = 0; i < r->names.n; i++) {
        const FoundName *name = &r->names.v[i];
        check(name->span.begin >= 0 && name->span.begin < name->span.end && name->span.end <= r->text.n);
        check(i == 0 || r->names.v[i - 1].span.end <= name->span.begin);
        check(name->type > ENTITY_UNKNOWN && name->type < ENTITY_COUNT && name->p > 0 && name->p <= 1);
    }
}

static Str as_json(const Record *r)
{
    Buf b = {.to = &test_arena};
    record_json(r, true, &b);
    return buf_str(&b);
}

static void test_reading(const Model *m)
{
    Err e = {0};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        Language *l = language_open(m, &e);
        if (!check(l != NULL)) { printf("   %s\n", e.text); return; }
        Record *r = cut(str_of(texts[i]), S("en")), *again = cut(str_of(texts[i]), S("en"));
        language_read(&test_arena, l, r);
        language_read(&test_arena, l, again);
        language_close(l);                                     /* the record outlives it */
        check_read(r);
        check_str(as_json(again), as_json(r));
        check(r->names.n == again->names.n && !test_arena.aside);
        arena_reset(&test_arena);
    }
}

/* Tables and texts without stops: cut by text at 512 words, and still trees with one root, tags and names in order. */
static void test_no_sentence(const Language *l)
{
    static const int lengths[] = {255, 256, 257, 300, 320, 321, 511, 512, 700};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        Buf text = {.to = &test_arena};
        for (int k = 0; k < lengths[i]; k++) buf_printf(&text, "%s ", k % 7 == 3 ? "Velline" : k % 2 ? "harbour" : "the");
        Record *r = cut(buf_str(&text), S("en"));
        check(r->tokens.n == lengths[i]);
        language_read(&test_arena, l, r);
        check_read(r);
        arena_reset(&test_arena);
    }
}

static void test_left_alone(const Language *l)
{
    Record *r = cut(S("Der Hafen von Strelsau ist wieder offen."), S("de"));
    Str before = as_json(r);
    language_read(&test_arena, l, r);
    check_str(as_json(r), before);
    check(!r->has_names && r->tokens.v[0].head == NONE);
    Record *blank = cut(S(""), S("en"));
    language_read(&test_arena, l, blank);
    check(!blank->has_names && blank->names.n == 0);
}

/* A hundred times the text takes a hundred times the memory at most: no scratch stays behind. */
static void test_memory(const Language *l)
{
    ptrdiff_t used[2];
    for (int i = 0; i < 2; i++) {
        arena_reset(&test_arena);
        Buf text = {.to = &test_arena};
        for (int k = 0; k < (i ? 100 : 1); k++) buf_printf(&text, "%s\n\n", texts[0]);
        Record *r = cut(buf_str(&text), S("en"));
        ptrdiff_t before = test_arena.used;
        language_read(&test_arena, l, r);
        used[i] = (test_arena.used - before) / r->tokens.n;
    }
    check(used[1] <= used[0] + 64);
    if (used[1] > 400) printf("   %td bytes a token\n", used[1]);
    check(used[1] <= 400);
}

/* ---- a model with a byte changed under a checksum that agrees: refused, or still a sane reading ------------------- */
static uint64_t little(Str s, ptrdiff_t at, int n)
{
    uint64_t v = 0;
    for (int i = 0; i < n; i++) v |= (uint64_t)(uint8_t)s.p[at + i] << 8 * i;
    return v;
}

static Arena big = {.budget = 128 << 20};

/* True: it was taken, and then read a text to the end. */
static bool survives(Buf *file)
{
    Err e = {0};
    model_seal(file);
    Model *m = model_of(buf_str(file), S("bent.dm"), &e);
    Language *l = m ? language_open(m, &e) : NULL;
    if (l) language_read(&test_arena, l, cut(str_of(texts[0]), S("en")));
    else check(e.code != ERR_NONE && strstr(e.text, "bent.dm"));
    language_close(l);
    model_close(m);
    arena_reset(&test_arena);
    return l != NULL;
}

static void test_bent(Str whole)
{
    enum { TABLE = 64, ROW = 40, BEGIN = 24, LENGTH = 32, TRIES = 24, AT_MOST = 128 };
    int taken = 0;
    Rng rng = rng_seed(7);
    big.landing = test_arena.landing;
    Buf file = {.to = &big, .p = arena_take(&big, whole.n + 1, 64), .n = whole.n, .cap = whole.n + 1};
    memcpy(file.p, whole.p, (size_t)whole.n);
    for (int64_t i = 0; i < (int64_t)little(whole, 12, 4); i++) {
        int64_t begin = (int64_t)little(whole, TABLE + i * ROW + BEGIN, 8), n = (int64_t)little(whole, TABLE + i * ROW + LENGTH, 8);
        for (int k = 0; k < TRIES && n > 0; k++) {        /* counts and lengths stand at the begin */
            int64_t at = begin + rng_below(&rng, n < AT_MOST ? (int32_t)n : AT_MOST);
            file.p[at] ^= (char)(1 + rng_below(&rng, 255));
            taken += survives(&file);
            file.p[at] = whole.p[at];
        }
        char row[ROW];                                     /* cut short, and gone */
        memcpy(row, file.p + TABLE + i * ROW, ROW);
        file.p[TABLE + i * ROW + LENGTH + 1] ^= 1;
        file.p[TABLE + i * ROW + LENGTH] ^= 1;
        survives(&file);
        memset(file.p + TABLE + i * ROW + LENGTH, 0, 8);
        survives(&file);
        memcpy(file.p + TABLE + i * ROW, row, ROW);
    }
    check(taken > 0);
    check(survives(&file));                                /* and as it was, it is taken again */
    arena_close(&big);
}

int main(void)
{
    TEST_BEGIN
    test_refusals();
    Err e = {0};
    Str shipped = model_shipped(S("en"));
    Model *m = shipped.n ? model_of(shipped, S("models/en.dm"), &e) : NULL;
    if (shipped.n && !check(m != NULL)) printf("   %s\n", e.text);
    Language *l = m ? language_open(m, &e) : NULL;
    if (m && !check(l != NULL)) printf("   %s\n", e.text);
    if (l) {
        check_str(language_code(l), S("en"));
        test_reading(m);
        test_no_sentence(l);
        test_left_alone(l);
        test_memory(l);
    }
    language_close(l);
    model_close(m);
    if (m) test_bent(shipped);
    return test_end();
}
