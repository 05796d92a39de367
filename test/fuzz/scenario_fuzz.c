/* Scenario files from strangers: what is read has all its names in range, and what is refused names a line. */
#include "foresee/bargain.h"
#include "fuzz.h"

static void look_through(const Scenario *sc)
{
    Buf b = {.to = &arena};
    for (int32_t i = 0; i < sc->preferences.n; i++)
        for (int32_t k = 0; k < sc->preferences.v[i].wishes.n; k++) {
            expr_words(sc, sc->preferences.v[i].wishes.v[k].what, &b);
            expr_holds(sc, sc->preferences.v[i].wishes.v[k].condition, 0x5A5A5A5A, 0x15);
        }
    for (int32_t i = 0; i < sc->options.n; i++)
        must(sc->options.v[i].actor >= 0 && sc->options.v[i].actor < sc->actors.n, "an option belongs to an actor");
    for (int32_t i = 0; i < sc->tree.n; i++)
        for (int32_t k = 0; k < sc->tree.v[i].children.n; k++)
            must(sc->tree.v[i].children.v[k] > i && sc->tree.v[i].children.v[k] < sc->tree.n, "a node's child comes after it");
    for (int32_t i = 1; i < sc->branches.n; i++) must(sc->branches.v[i].parent >= 0 && sc->branches.v[i].parent < i, "a branch hangs on one before it");
    Bargain bargain;
    Err e = {0};
    if (bargain_of_scenario(&arena, sc, &bargain, &e))
        for (int32_t d = 0; d < bargain.dims; d++) {
            double x = bargain_median(&bargain, d);
            must(x >= bargain.low[d] && x <= bargain.high[d], "the median lies on the scale");
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    Err e = {0};
    Scenario sc;
    int line = 0;
    if (n > INPUT_MAX) return 0;
    arena_reset(&arena);
    arena.landing = &landing;
    if (setjmp(landing)) return 0;
    if (scenario_read(&arena, S("x"), (Str){(const char *)data, (ptrdiff_t)n}, &sc, &e)) look_through(&sc);
    else must(sscanf(e.text, "x:%d:", &line) == 1 && line == e.line && line > 0, "a refusal names its line");
    return 0;
}
