/* Conflicts from strangers, as scenario or JSON: what is read can be solved, and the graph and the cube agree. */
#include "foresee/conflict.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    Err e = {0};
    Scenario sc;
    Conflict c;
    Ints listed = {0};
    Str bytes = {(const char *)data, (ptrdiff_t)n};
    if (n > INPUT_MAX) return 0;
    arena_reset(&arena);
    arena.landing = &landing;
    if (setjmp(landing)) return 0;
    bool is_read = n && data[0] == '{' ? conflict_read_json(&arena, S("x"), bytes, &sc, &listed, &e) : scenario_read(&arena, S("x"), bytes, &sc, &e);
    if (!is_read || sc.options.n > 12 || !conflict_states(&arena, &sc, &listed, &c, &e) || c.n > 64) return 0;
    if (!conflict_prefer(&arena, &c, 0, -1, 0, &e)) return 0;
    Stability one, two;
    Moves m;
    stability_alloc(&arena, &c, &one);
    stability_alloc(&arena, &c, &two);
    conflict_moves(&arena, &c, &m);
    graph_solve(&arena, &c, &m, &one);
    if (c.has_merged) return 0;
    cube_solve(&arena, &c, 1, &two);
    for (int k = 0; k < CONCEPTS; k++)
        for (int32_t p = 0; p < c.n_players; p++)
            for (int32_t s = 0; s < c.n; s++) must(bit_at(one.bits[k][p], s) == bit_at(two.bits[k][p], s), "graph and cube agree");
    return 0;
}
