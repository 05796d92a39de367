/* Tables and XML of the toolkit, and JSON of actors, from strangers: what is read can be bargained over. */
#include "foresee/bargain.h"
#include "fuzz.h"
#include <math.h>

static void look_through(const BargainFile *f)
{
    Err e = {0};
    if (f->b.n > 12 || f->b.dims > 4) return;            /* what is cubic has had its say by then */
    UtilityRound *r = utility_rounds(&arena, f->b.n, 2);
    for (int v = 0; v < UTILITY_VARIANTS; v++) {
        utility_run(utility_new(&arena, f->b.n), &f->b, 0, &utility_variants[v], 2, r);
        must(!isnan(r[2].mean), "a mean is a number");
    }
    if (!spatial_fits(&f->b, &e)) return;
    Spatial *s = spatial_new(&arena, f->b.n, f->b.dims);
    int turns = spatial_run(s, &f->b, &f->settings, NULL, NULL);
    must(turns >= 1 && turns <= SPATIAL_TURNS, "the turns are counted");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    Err e = {0};
    BargainFile f;
    Str bytes = {(const char *)data, (ptrdiff_t)n};
    if (n > INPUT_MAX) return 0;
    arena_reset(&arena);
    arena.landing = &landing;
    if (setjmp(landing)) return 0;
    if (n && data[0] == '<') {
        if (bargain_read_xml(&arena, S("x"), bytes, &f, &e)) look_through(&f);
    } else if (n && data[0] == '{') {
        if (bargain_read_json(&arena, S("x"), bytes, &f, &e)) look_through(&f);
    } else if (bargain_read_csv(&arena, S("x"), bytes, &f, &e)) look_through(&f);
    must(!e.code || e.text[0] == 'x', "a refusal names the file");
    return 0;
}
