/* Conflicts: textbook games, the graph against the cube on random models, relabelling, threads, words, mistakes. */
#include "foresee/conflict.h"
#include "test.h"

static bool model(Scenario *sc, Conflict *c, const char *text, Err *e)
{
    *e = (Err){0};
    return scenario_read(&test_arena, S("s"), arena_printf(&test_arena, "demarche-scenario 1\n%s", text), sc, e)
           && conflict_states(&test_arena, sc, NULL, c, e) && conflict_prefer(&test_arena, c, 0, -1, 0, e);
}

static Str set_words(const Conflict *c, const uint64_t *bits)
{
    Buf b = {.to = &test_arena};
    for (int32_t s = 0; s < c->n; s++)
        if (bit_at(bits, s)) buf_printf(&b, "%s%d", b.n ? " " : "", s + 1);
    return buf_str(&b);
}

/* Two sides that may each shade a bargain: shading is better whatever the other does, and both shading is worse for both. */
static void dilemma(void)
{
    Scenario sc;
    Conflict c;
    Stability t;
    Err e;
    check(model(&sc, &c, "actor A\n  option shade\n  prefers\n    ranking 2 1 4 3\nactor B\n  option skimp\n  prefers\n    ranking 3 1 4 2\nnow nothing\n", &e));
    stability_alloc(&test_arena, &c, &t);
    check(conflict_solve(&test_arena, &c, 1, &t, &e));
    check_str(set_words(&c, t.equilibrium[STABLE_R]), S("4"));
    check_str(set_words(&c, t.equilibrium[STABLE_SEQ]), S("1 4"));
    check_str(set_words(&c, t.equilibrium[STABLE_GMR]), S("1 4"));
    Moves m;
    Jumps j;
    conflict_moves(&test_arena, &c, &m);
    graph_coalitions(&test_arena, &c, &m, t.equilibrium[STABLE_R], &j);
    check(j.jumps.n == 1 && j.jumps.v[0].state == 3 && j.jumps.v[0].to == 0 && j.jumps.v[0].players == 3);
    int32_t steps[4];
    graph_reach(&test_arena, &c, &m, 0, true, steps);
    check(steps[0] == 0 && steps[1] == 1 && steps[2] == 1 && steps[3] == 2);
    Buf b = {.to = &test_arena};
    graph_explain(&test_arena, &c, &m, 0, 0, STABLE_R, &b);
    check_str(buf_str(&b), S("A leaves it: state 2 (shade) is in its own hands and better for it."));
    b = (Buf){.to = &test_arena};
    graph_explain(&test_arena, &c, &m, 0, 0, STABLE_SEQ, &b);
    check_str(buf_str(&b), S("A stays, because each better move has an answer: to state 2 (shade) – B goes to state 4 (shade, skimp), "
                             "which is no better for it than staying."));
}

/* ---- random models -------------------------------------------------------------------------------------------- */
static const char *random_model(uint64_t seed, bool one_way)
{
    Rng r = rng_seed(seed);
    Buf b = {.to = &test_arena};
    int32_t players = 2 + rng_below(&r, 3), n = 0, first[8];
    for (int32_t p = 0; p < players; p++) {
        int32_t count = 1 + rng_below(&r, 3);
        buf_printf(&b, "actor P%d\n", p);
        first[p] = n;
        for (int32_t k = 0; k < count; k++, n++)
            buf_printf(&b, "  option o%d%s\n", n, one_way && !rng_below(&r, 3) ? (rng_below(&r, 2) ? " stays" : " never-again") : "");
        buf_printf(&b, "  prefers\n");
        for (int32_t k = 0; k < 5; k++) {
            int32_t x = rng_below(&r, n + 1 > 6 ? 6 : n), y = rng_below(&r, n);
            buf_printf(&b, "    %so%d", rng_below(&r, 2) ? "!" : "", x);
            if (rng_below(&r, 2)) buf_printf(&b, " %s %so%d", rng_below(&r, 2) ? "&" : "|", rng_below(&r, 2) ? "!" : "", y);
            if (!rng_below(&r, 3)) buf_printf(&b, " if %so%d", rng_below(&r, 2) ? "!" : "", rng_below(&r, n));
            buf_char(&b, '\n');
        }
    }
    for (int32_t k = rng_below(&r, 3); k > 0; k--)
        buf_printf(&b, "infeasible %so%d & %so%d because \"x\"\n", rng_below(&r, 2) ? "!" : "", rng_below(&r, n), rng_below(&r, 2) ? "!" : "", rng_below(&r, n));
    (void)first;
    buf_char(&b, 0);
    return b.p;
}

static bool same(const Conflict *c, const Stability *x, const Stability *y)
{
    for (int k = 0; k < CONCEPTS; k++)
        for (int32_t p = 0; p < c->n_players; p++)
            for (int32_t s = 0; s < c->n; s++)
                if (bit_at(x->bits[k][p], s) != bit_at(y->bits[k][p], s)) return false;
    return true;
}

static void cube_is_graph(void)
{
    int tried = 0;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        Scenario sc;
        Conflict c;
        Stability graph, cube, back, many;
        Moves m;
        Err e;
        arena_reset(&test_arena);
        if (!model(&sc, &c, random_model(seed, seed % 3 == 0), &e)) continue;
        tried++;
        stability_alloc(&test_arena, &c, &graph);
        stability_alloc(&test_arena, &c, &cube);
        stability_alloc(&test_arena, &c, &back);
        stability_alloc(&test_arena, &c, &many);
        conflict_moves(&test_arena, &c, &m);
        graph_solve(&test_arena, &c, &m, &graph);
        cube_solve(&test_arena, &c, 1, &cube);
        cube_solve(&test_arena, &c, 4, &many);
        cube_sweeps = 0;
        cube_solve(&test_arena, &c, 1, &back);
        cube_sweeps = 24;
        if (!check(same(&c, &graph, &cube)) || !check(same(&c, &graph, &back)) || !check(same(&c, &graph, &many)))
            printf("  seed %d\n", (int)seed);
        for (int32_t s = 0; s < c.n; s++)                /* what the definitions imply of one another */
            for (int32_t p = 0; p < c.n_players; p++) {
                bool r = bit_at(graph.bits[STABLE_R][p], s), gmr = bit_at(graph.bits[STABLE_GMR][p], s), smr = bit_at(graph.bits[STABLE_SMR][p], s);
                bool seq = bit_at(graph.bits[STABLE_SEQ][p], s), sseq = bit_at(graph.bits[STABLE_SSEQ][p], s);
                if (!((!r || sseq) && (!sseq || (seq && smr)) && (!seq || gmr) && (!smr || gmr))) check(!"R implies SSEQ, SSEQ implies SEQ and SMR, these GMR");
            }
    }
    check(tried > 200);
}

/* The players in another order and under other names: the same states are stable. */
static void relabelled(void)
{
    Scenario one, two;
    Conflict c, d;
    Stability s, t;
    Err e;
    check(model(&one, &c, "actor A\n  option a\n  option b\n  prefers\n    a & !x\n    b if x\nactor X\n  option x\n  prefers\n    x iff b\n    !a\n", &e));
    check(model(&two, &d, "actor Q\n  option y\n  prefers\n    y iff c\n    !d\nactor R\n  option d\n  option c\n  prefers\n    d & !y\n    c if y\n", &e));
    stability_alloc(&test_arena, &c, &s);
    stability_alloc(&test_arena, &d, &t);
    check(conflict_solve(&test_arena, &c, 1, &s, &e) && conflict_solve(&test_arena, &d, 1, &t, &e));
    for (int32_t k = 0; k < 8; k++) {                    /* a b x → bits 0 1 2; y d c → bits 0 1 2 */
        int32_t to = (k >> 2 & 1) | (k & 1) << 1 | (k >> 1 & 1) << 2;
        for (int how = 0; how < CONCEPTS; how++)
            check(bit_at(s.bits[how][0], k) == bit_at(t.bits[how][1], to) && bit_at(s.bits[how][1], k) == bit_at(t.bits[how][0], to));
    }
}

static void worlds_and_views(void)
{
    Scenario sc;
    Conflict c;
    Err e;
    const char *text = "condition rain\nactor A\n  option a\n  prefers\n    a\n  prefers when rain\n    !a\n  prefers seen-by B\n    anything\n"
                       "actor B\n  option b\n  prefers\n    unknown b\n";
    check(model(&sc, &c, text, &e));
    check(c.key[0][1] > c.key[0][0]);
    check(conflict_unknowns(&sc) == 1 && c.key[1][2] > c.key[1][0]);
    check(conflict_prefer(&test_arena, &c, 1, -1, 0, &e) && c.key[0][1] < c.key[0][0]);
    check(conflict_prefer(&test_arena, &c, 1, 1, 1, &e) && c.key[0][1] == c.key[0][0] && c.key[1][2] < c.key[1][0]);
    check(conflict_prefer(&test_arena, &c, 0, -1, 2, &e) && c.key[1][2] == c.key[1][0]);
}

static void merged(void)
{
    Scenario sc;
    Conflict c;
    Stability t;
    Err e;
    check(model(&sc, &c, "actor A\n  option leave stays\n  prefers\n    !leave\nactor B\n  option b\n  prefers\n    b\none-state leave\n", &e));
    check(c.n == 3 && c.has_merged);
    stability_alloc(&test_arena, &c, &t);
    check(conflict_solve(&test_arena, &c, 1, &t, &e));
    check_str(set_words(&c, t.equilibrium[STABLE_R]), S("2 3"));    /* left for good; or B has its way */
}

static void mistakes(void)
{
    static const struct { const char *text, *says; } bad[] = {
        {"actor A\n", "s:1: no actor has an option"},
        {"actor A\n  option a\n", "s:2: nothing says what 'A' prefers"},
        {"actor A\n  option a\n  prefers\n    a\ninfeasible a because \"x\"\ninfeasible !a because \"y\"\n", "s:7: no state is feasible"},
        {"actor A\n  option a\n  prefers\n    a\ninfeasible a because \"x\"\nnow a\n", "s:7: what stands now is infeasible"},
        {"actor A\n  option a\n  prefers\n    ranking 1 2 1\n", "s:4: the ranking is cyclic: state 1 stands in it twice"},
        {"actor A\n  option a\n  prefers\n    ranking 1\n", "s:4: the ranking leaves out state 2"},
        {"actor A\n  option a\n  prefers\n    ranking 1 3 2\n", "s:4: the ranking names state 3; there are 2 states"},
        {"actor A\n  option a\n  option b\n  prefers\n    a iff b\n    a iff !b\n", "s:7: this 'iff' contradicts the one in line 6"},
        {"actor A\n  option a\n  prefers\n    a iff !a\n", "s:5: this 'iff' contradicts itself"},
    };
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        Scenario sc;
        Conflict c;
        Err e;
        if (!check(!model(&sc, &c, bad[k].text, &e)) || !check(strstr(e.text, bad[k].says) != NULL)) printf("  case %zu: %s\n", k, e.text);
    }
}

static void json(void)
{
    Scenario sc;
    Conflict c;
    Ints listed;
    Err e = {0};
    Str gmcr = S("{\"decisionMakers\": [{\"name\": \"A\", \"options\": [{\"name\": \"a\", \"permittedDirection\": \"fwd\"}], \"preferences\": "
                 "[{\"compound\": [[[\"a\", \"Y\"]], [[\"b\", \"N\"]]]}]}, {\"name\": \"B\", \"options\": [{\"name\": \"b\", "
                 "\"permittedDirection\": \"both\"}], \"preferences\": [[[\"b\", \"Y\"]]]}], \"infeasibles\": [[[\"a\", \"Y\"], [\"b\", \"Y\"]]]}");
    check(conflict_read_json(&test_arena, S("g"), gmcr, &sc, &listed, &e) && conflict_states(&test_arena, &sc, &listed, &c, &e));
    check(c.n == 3 && c.stays == 1 && conflict_prefer(&test_arena, &c, 0, -1, 0, &e) && c.key[0][0] == 2 && c.key[0][2] == 1);
    check(conflict_read_json(&test_arena, S("p"), S("{\"players\": [{\"name\": \"A\", \"options\": [\"a\", \"b\"], \"ranking\": [3, [1, 2]]}], "
                                                    "\"infeasible\": [\"YY\"], \"states\": [\"NN\", \"NY\", \"YN\"], \"status_quo\": 2}"), &sc, &listed, &e));
    check(conflict_states(&test_arena, &sc, &listed, &c, &e) && c.n == 3 && c.now == 1 && c.options[1] == 2);
    static const char *const bad[] = {"{}", "{\"players\": [{\"name\": \"A\", \"options\": [\"a\"]}]}",
                                      "{\"players\": [{\"name\": \"A\", \"options\": [\"a\"], \"statements\": [{\"any\": [\"YY\"]}]}]}",
                                      "{\"players\": [{\"name\": \"A\", \"options\": [\"a\"], \"statements\": [\"X\"]}]}",
                                      "{\"players\": [{\"name\": \"A\", \"options\": [\"a\", \"a\"], \"ranking\": [1]}]}"};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) check(!conflict_read_json(&test_arena, S("p"), str_of(bad[k]), &sc, &listed, &e));
}

int main(void)
{
    TEST_BEGIN
    dilemma();
    relabelled();
    worlds_and_views();
    merged();
    mistakes();
    json();
    cube_is_graph();
    return test_end();
}
