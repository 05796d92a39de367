/* Trees: whatever the weights are, each sentence gets one tree with one root; a model that is damaged is refused. */
#include "language/parse.h"
#include "test.h"

enum { LABELS = 9 };
static const char *relation_names[LABELS] = {"", "nsubj", "root", "obj", "nmod", "punct", "nmod|nsubj", "obj|nmod", "punct|obj"};

static Str relations_section(const char *const *names, int32_t n)
{
    Labels l = {arena_new(&test_arena, Str, n), n};
    Buf b = {.to = &test_arena};
    for (int32_t i = 0; i < n; i++) l.name[i] = str_of(names[i]);
    labels_write(&l, &b);
    return buf_str(&b);
}

/* Few kinds of words, so that the features of one sentence come again in others. */
static Sentence some_sentence(Rng *r, int32_t n)
{
    Sentence s = {.words = arena_new(&test_arena, Word, n + 2), .n = n};
    for (int32_t i = 1; i <= n; i++) {
        uint64_t kind = (uint64_t)rng_below(r, 12);
        s.words[i] = (Word){.form = kind + 10, .lower = kind + 10, .norm = kind + 10, .suffix = {kind % 3, kind % 4, kind % 5},
                            .cluster = (uint16_t)(kind * 4097), .xpos = (uint8_t)(kind % 5), .upos = (uint8_t)(kind % 3)};
    }
    sentence_mark(&s);
    return s;
}

static Str features_section(uint64_t off_by)
{
    Buf b = {.to = &test_arena};
    uint64_t print = parse_print(&test_arena) + off_by;
    model_put_u32(&b, (uint32_t)print);
    model_put_u32(&b, (uint32_t)(print >> 32));
    return buf_str(&b);
}

typedef SLICE(uint64_t) Keys;

static void keep(Keys *to, const uint64_t *f, int32_t n)
{
    for (int32_t i = 0; i < n; i++) *push(&test_arena, to) = f[i];
}

/* The features that a reading by chance meets. */
static void wander(Rng *r, State *t, Keys *moves, Keys *arcs)
{
    while (!parse_is_done(t)) {
        uint64_t f[MOVE_FEATURES > RELATION_FEATURES ? MOVE_FEATURES : RELATION_FEATURES];
        int32_t n = parse_move_features(t, f);
        check(n <= MOVE_FEATURES);
        keep(moves, f, n);
        Move m;
        do m = (Move)rng_below(r, MOVES);
        while (!parse_is_legal(t, m));
        if (m != MOVE_SHIFT) {
            n = parse_relation_features(t, parse_head(t, m), parse_dependent(t), f);
            check(n <= RELATION_FEATURES);
            keep(arcs, f, n);
        }
        parse_move(t, m, m == MOVE_SHIFT ? 0 : 1 + rng_below(r, LABELS - 1));
    }
}

static Str chance_table(Rng *r, const Keys *keys, int32_t n_classes)
{
    float *rows = arena_new(&test_arena, float, (ptrdiff_t)keys->n * n_classes);
    for (ptrdiff_t i = 0; i < (ptrdiff_t)keys->n * n_classes; i++)
        if (rng_below(r, 3)) rows[i] = (float)(rng_unit(r) - 0.5);
    Buf b = {.to = &test_arena};
    linear_write(keys->v, rows, keys->n, n_classes, &b);
    return buf_str(&b);
}

typedef struct { Str features, relations, move, relation, back_move, back_relation; } Parts;

static Parts chance_parts(Rng *r, bool is_twice)
{
    Keys moves = {0}, arcs = {0}, back_moves = {0}, back_arcs = {0};
    for (int32_t i = 0; i < 6; i++) {
        Sentence s = some_sentence(r, 1 + rng_below(r, 30));
        State back = parse_begin(&test_arena, parse_atoms(&test_arena, &s, true), s.n, NULL);
        wander(r, &back, &back_moves, &back_arcs);
        const Guess *guess = is_twice ? parse_guess(&test_arena, &back) : NULL;
        State t = parse_begin(&test_arena, parse_atoms(&test_arena, &s, false), s.n, guess);
        wander(r, &t, &moves, &arcs);
    }
    Parts p = {features_section(0), relations_section(relation_names, LABELS), chance_table(r, &moves, MOVES), chance_table(r, &arcs, LABELS)};
    if (is_twice) {
        p.back_move = chance_table(r, &back_moves, MOVES);
        p.back_relation = chance_table(r, &back_arcs, LABELS);
    }
    return p;
}

static Parser *parser_from(Parts p, Err *e)
{
    const ModelSection all[] = {{S("parse.features"), p.features}, {S("parse.relations"), p.relations}, {S("parse.move"), p.move}, {S("parse.relation"), p.relation},
                                {S("parse.back.move"), p.back_move}, {S("parse.back.relation"), p.back_relation}};
    ModelSections sections = {0};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (all[i].bytes.n) *push(&test_arena, &sections) = all[i];
    Buf file = {.to = &test_arena};
    model_write(&sections, &file);
    char *placed = arena_take(&test_arena, file.n, 64);
    memcpy(placed, file.p, (size_t)file.n);
    Model *m = model_of((Str){placed, file.n}, S("the test's model"), e);
    Parser *parser = m ? parser_of(&test_arena, m, e) : NULL;
    model_close(m);                                      /* what it views stays in the arena */
    return parser;
}

/* One root, and from every word a way up to it; "root" is the root's relation and nobody else's. */
static void check_tree(const Parser *p, const int32_t *head, const int32_t *label, int32_t n)
{
    int32_t roots = 0, *seen = arena_new(&test_arena, int32_t, n + 1);
    bool ends = true, in_range = true, named = true;
    for (int32_t i = 0; i < n; i++) {
        in_range = in_range && head[i] >= 0 && head[i] <= n && head[i] != i + 1;
        named = named && str_eq(parser_label(p, label[i]), S("root")) == (head[i] == 0) && parser_label(p, label[i]).n > 0 &&
                str_find(parser_label(p, label[i]), S("|")) < 0;
        roots += head[i] == 0;
    }
    if (!check(in_range)) return;
    for (int32_t i = 1; i <= n; i++) {
        int32_t at = i;
        while (at && seen[at] != i && !(seen[at] && seen[at] < i)) seen[at] = i, at = head[at - 1];
        ends = ends && (!at || seen[at] != i);
    }
    check(ends);
    check(named);
    check(roots == (n > 0));
}

static void read_some(Rng *r, const Parser *p, int32_t n)
{
    Sentence s = some_sentence(r, n);
    int32_t *head[2], *label[2];
    for (int k = 0; k < 2; k++) {
        head[k] = arena_new(&test_arena, int32_t, n + 1);
        label[k] = arena_new(&test_arena, int32_t, n + 1);
        parser_tree(&test_arena, p, &s, head[k], label[k]);
    }
    check_tree(p, head[0], label[0], n);
    check(!memcmp(head[0], head[1], (size_t)n * sizeof **head) && !memcmp(label[0], label[1], (size_t)n * sizeof **label));
}

static void test_trees(void)
{
    for (uint64_t seed = 1; seed <= 8; seed++) {
        Rng r = rng_seed(seed);
        Err e = {0};
        Parser *p = parser_from(chance_parts(&r, seed % 2), &e);
        if (!check(p != NULL)) printf("   got: %s\n", e.text);
        for (int32_t n = 0; p && n < 25; n++) read_some(&r, p, n);
        if (p && seed <= 2) read_some(&r, p, 512);
        arena_reset(&test_arena);
    }
}

static void check_refused(Parts p, const char *because)
{
    Err e = {0};
    check(!parser_from(p, &e));
    if (!check(strstr(e.text, because) != NULL)) printf("   got: %s\n", e.text);
    check(e.code == ERR_INPUT);
}

static void test_damaged(void)
{
    Rng r = rng_seed(7);
    Parts good = chance_parts(&r, true), p;
    check_refused((p = good, p.features = (Str){0}, p), "other features than this program's");
    check_refused((p = good, p.features = features_section(1), p), "other features than this program's");
    check_refused((p = good, p.relations = (Str){0}, p), "parse.relations");
    check_refused((p = good, p.move = (Str){0}, p), "parse.move");
    check_refused((p = good, p.relation = (Str){0}, p), "parse.relation");
    check_refused((p = good, p.back_relation = (Str){0}, p), "parse.back.relation");
    check_refused((p = good, p.move = p.relation, p), "9 answers, but there are 3");
    check_refused((p = good, p.relation = p.move, p), "3 answers, but there are 9");
    check_refused((p = good, p.relations = relations_section((const char *[]){"", "obj", "nsubj"}, 3), p), "'root' is none");
    check_refused((p = good, p.relations = relations_section((const char *[]){"", "root"}, 2), p), "'root' is the only one");
    check_refused((p = good, p.relations = relations_section((const char *[]){"", "root", "a|b", "a"}, 4), p), "parts that it does not list");
    check_refused((p = good, p.relations = relations_section((const char *[]){"", "root", "a", "a|b"}, 4), p), "parts that it does not list");
    check_refused((p = good, p.relations = relations_section((const char *[]){"", "root", "a", "root|a"}, 4), p), "parts that it does not list");
    for (ptrdiff_t n = 0; n < good.relations.n; n += 3)
        check_refused((p = good, p.relations = str_sub(good.relations, 0, n), p), "parse.relations");
    arena_reset(&test_arena);
}

/* Bytes of the sections changed by chance, behind the file's checksum: refused, or still trees. */
static void test_bent(void)
{
    Rng r = rng_seed(11);
    for (int k = 0; k < 60; k++) {
        Rng same = rng_seed(11 + (uint64_t)(k % 3));
        Parts p = chance_parts(&same, true);
        Str *part[] = {&p.relations, &p.move, &p.relation, &p.back_move, &p.back_relation};
        Str *bent = part[k % 5];
        char *bytes = (char *)(uintptr_t)arena_str(&test_arena, *bent).p;
        for (int b = 0; b < 1 + k % 4; b++) bytes[rng_below(&r, k % 2 ? 40 : (int32_t)bent->n)] ^= (char)(1 << rng_below(&r, 8));
        bent->p = bytes;
        Err e = {0};
        Parser *parser = parser_from(p, &e);
        if (parser)
            for (int32_t n = 0; n < 12; n++) read_some(&r, parser, n);
        else check(e.text[0] != 0);
        arena_reset(&test_arena);
    }
}

/* A relation that says where the head is: "hearing scheduled on", on|nsubj hangs from scheduled and belongs to hearing. */
static void test_lower(void)
{
    Err e = {0};
    RelationTable r;
    Labels names = {(Str[]){S(""), S("root"), S("nsubj"), S("nmod"), S("nmod|nsubj")}, 5};
    check(parse_relations(&test_arena, names, &r, &e));
    Node node[6] = {[0] = {.head = -1}};
    const int32_t head[] = {0, 2, 0, 2, 3, 2}, label[] = {0, 2, 1, 3, 2, 4};
    for (int32_t i = 1; i <= 5; i++) node[i].head = head[i], node[i].label = label[i];
    parse_lower(&test_arena, &r, node, 5);
    check(node[5].head == 1 && node[5].label == 3);      /* the nearer nsubj, not the one below "3" */
    check(node[4].head == 3 && node[4].label == 2);
    node[1].label = 3;
    node[4].label = 3;
    node[5] = (Node){.head = 2, .label = 4};
    parse_lower(&test_arena, &r, node, 5);
    check(node[5].head == 2 && node[5].label == 3);      /* no nsubj anywhere: it stays */
}

int main(void)
{
    test_arena.budget = (ptrdiff_t)1 << 30;
    TEST_BEGIN
    test_trees();
    test_damaged();
    test_bent();
    test_lower();
    return test_end();
}
