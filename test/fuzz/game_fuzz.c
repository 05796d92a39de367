/* Games from strangers: what is read is written and read back the same, and small ones can be solved. */
#include "foresee/game.h"
#include "fuzz.h"

static void solve(const Game *g)
{
    Err e = {0};
    GameTable t;
    Profiles all;
    Induction back;
    double *p = arena_new(&arena, double, g->n_actions + 1);
    if (g->n_actions > 12 || g->nodes.n > 60 || g->n_cells > 60) return;
    if (game_table(&arena, g, &t, &e) && t.n_cells < 1000) game_pure(&arena, g, &t, &all);
    game_lemke_howson(&arena, g, &t, &all, &e);
    game_sequence_form(&arena, g, &all, &e);
    game_induction(&arena, g, &back, &e);
    game_logit(&arena, g, 0.1, p, &e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    Err e = {0};
    Game g, again;
    int line = 0;
    if (n > INPUT_MAX) return 0;
    arena_reset(&arena);
    arena.landing = &landing;
    if (setjmp(landing)) return 0;
    if (!game_read(&arena, S("x"), (Str){(const char *)data, (ptrdiff_t)n}, &g, &e)) {
        must(sscanf(e.text, "x:%d:", &line) == 1 && line > 0, "a refusal names its line");
        return 0;
    }
    Buf b = {.to = &arena}, c = {.to = &arena};
    game_write(&g, &b);
    must(game_read(&arena, S("x"), buf_str(&b), &again, &e), "what is written can be read");
    game_write(&again, &c);
    must(str_eq(buf_str(&b), buf_str(&c)), "and is written the same again");
    solve(&g);
    return 0;
}
