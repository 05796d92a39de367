/* Games: exact numbers, both formats in and out, each method on games small enough to do by hand, random tables, mistakes. */
#include "foresee/game.h"
#include "test.h"
#include <math.h>

static Game game(const char *text)
{
    Game g = {0};
    Err e = {0};
    if (!check(game_read(&test_arena, S("g"), str_of(text), &g, &e))) printf("  %s\n", e.text);
    return g;
}

static void numbers(void)
{
    static const struct { const char *word; int64_t num, den; } good[] = {
        {"3", 3, 1}, {"-2/3", -2, 3}, {"4/6", 2, 3}, {"1.25", 5, 4}, {"-.5", -1, 2}, {"1.131000", 1131, 1000}, {"2e3", 2000, 1}, {"5e-1", 1, 2}, {"0/7", 0, 1}, {"+8", 8, 1}};
    static const char *const bad[] = {"", "x", "1/0", "1/-2", "--1", "1e99", "99999999999999999999999", ".", "1//2", "1/2/3"};
    Ratio r;
    const char *why;
    for (size_t k = 0; k < sizeof good / sizeof *good; k++)
        if (!check(ratio_read(str_of(good[k].word), &r, &why) && r.num == good[k].num && r.den == good[k].den)) printf("  %s\n", good[k].word);
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
        if (!check(!ratio_read(str_of(bad[k]), &r, &why))) printf("  %s\n", bad[k]);
}

static const char inspection[] = "NFG 1 R \"inspection\" { \"Inspector\" \"Inspected\" } { { \"look\" \"trust\" } { \"keep\" \"break\" } } \"\"\n\n"
                                 "-1 0 0 0 3 -4 -6 2\n";
static const char signals[] = "EFG 2 R \"cards\" { \"One\" \"Two\" } \"\"\n\nc \"\" 1 \"deal\" { \"high\" 1/2 \"low\" 1/2 } 0\n"
                              "p \"\" 1 1 \"high\" { \"bet\" \"pass\" } 0\np \"\" 2 1 \"\" { \"call\" \"fold\" } 0\nt \"\" 1 \"big\" { 2, -2 }\nt \"\" 2 \"one\" { 1, -1 }\nt \"\" 2\n"
                              "p \"\" 1 2 \"low\" { \"bet\" \"pass\" } 0\np \"\" 2 1 0\nt \"\" 3 \"lost\" { -2, 2 }\nt \"\" 2\nt \"\" 4 \"small\" { -1, 1 }\n";

/* By hand: the inspector looks with 4/11 …: each makes the other indifferent. */
static void tables(void)
{
    Game g = game(inspection);
    GameTable t;
    Profiles pure, mixed;
    Err e = {0};
    check(game_table(&test_arena, &g, &t, &e) && t.exact != NULL);
    game_pure(&test_arena, &g, &t, &pure);
    check(pure.all.n == 0);
    check(game_lemke_howson(&test_arena, &g, &t, &mixed, &e) && mixed.all.n == 1);
    /* inspected: -4 q = 2 (1 - q) → q look = 1/3; inspector: -p + 3 (1 - p) = -6 (1 - p) → keep 9/10 */
    check_str(mixed.all.v[0].exact[0], S("1/3"));
    check_str(mixed.all.v[0].exact[2], S("9/10"));
    check(mixed.all.v[0].gain < 1e-12);
    Buf b = {.to = &test_arena};
    game_write(&g, &b);
    Game again = game(arena_cstr(&test_arena, buf_str(&b)));
    check(again.n_cells == 4 && again.cells[5].num == -4 && again.cells[5].den == 1);
    Game three = game("NFG 1 R \"\" { \"a\" \"b\" \"c\" } { 2 2 2 } 1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 2 2 2");
    check(game_table(&test_arena, &three, &t, &e));
    game_pure(&test_arena, &three, &t, &pure);
    check(pure.all.n == 2 && !game_lemke_howson(&test_arena, &three, &t, &mixed, &e));
}

/* Bet high always and low one time in three; call two times in three. */
static void trees(void)
{
    Game g = game(signals);
    Profiles found;
    GameTable t;
    Induction back;
    Err e = {0};
    check(g.is_tree && g.has_recall && !g.is_open && g.n_actions == 6);
    if (check(game_sequence_form(&test_arena, &g, &found, &e))) {
        static const char *const expected[] = {"1", "0", "1/3", "2/3", "2/3", "1/3"};
        for (int k = 0; k < 6; k++) check_str(found.all.v[0].exact[k], str_of(expected[k]));
        check(found.all.v[0].gain < 1e-12);
    }
    check(game_table(&test_arena, &g, &t, &e) && t.counts[0] == 4 && t.counts[1] == 2);
    check(!game_induction(&test_arena, &g, &back, &e));
    Buf b = {.to = &test_arena}, c = {.to = &test_arena};
    game_write(&g, &b);
    Game again = game(arena_cstr(&test_arena, buf_str(&b)));
    game_write(&again, &c);
    check_str(buf_str(&c), buf_str(&b));
    double p[6], q[6];
    check(game_logit(&test_arena, &g, 1, p, &e) && game_logit(&test_arena, &again, 1, q, &e));
    for (int k = 0; k < 6; k++) check(p[k] == q[k] && p[k] > 0 && p[k] < 1);
    check(fabs(p[0] + p[1] - 1) < 1e-12);
    check(game_logit(&test_arena, &g, 0, p, &e) && p[0] == 0.5);
}

/* A tie for the second mover keeps both of its answers, and with them both first moves. */
static void ties(void)
{
    Game g = game("EFG 2 R \"tie\" { \"A\" \"B\" } \"\"\np \"\" 1 1 \"\" { \"in\" \"out\" } 0\np \"\" 2 1 \"\" { \"x\" \"y\" \"z\" } 0\n"
                  "t \"\" 1 \"\" { 3, 1 }\nt \"\" 2 \"\" { 0, 1 }\nt \"\" 3 \"\" { 9, 0 }\nt \"\" 4 \"\" { 2, 5 }\n");
    Induction back;
    Err e = {0};
    check(game_induction(&test_arena, &g, &back, &e));
    check(back.possible[0] == 0xF && back.certain[0] == 0 && back.n_pays == 2);
}

static void ranges(void)
{
    Scenario sc;
    Game g;
    Induction back;
    Err e = {0};
    check(scenario_read(&test_arena, S("s"), S("demarche-scenario 1\nactor A\nactor B\ntree\n  move A\n    action in\n      move B\n        action x\n          pays A 3 B 2..3\n"
                                               "        action y\n          pays A 0 B 0..1\n    action out\n      pays A 2..4 B 0\n"), &sc, &e));
    check(game_of_scenario(&test_arena, &sc, &g, &e) && g.has_ranges);
    check(game_induction(&test_arena, &g, &back, &e));
    check(back.certain[0] == 4 && back.possible[0] == 7);    /* B takes x whatever the numbers; for A both may be best */
}

/* Every profile that Lemke and Howson's method gives on drawn tables is an equilibrium; pure ones are among the listed. */
static void drawn_tables(void)
{
    for (uint64_t seed = 1; seed <= 60; seed++) {
        Rng r = rng_seed(seed);
        Err e = {0};
        arena_reset(&test_arena);
        int32_t m = 2 + rng_below(&r, 6), n = 2 + rng_below(&r, 6);
        Buf b = {.to = &test_arena};
        buf_printf(&b, "NFG 1 R \"\" { \"a\" \"b\" } { %d %d }", m, n);
        for (int32_t i = 0; i < 2 * m * n; i++) buf_printf(&b, " %d/%d", rng_below(&r, 9) - 4, 1 + rng_below(&r, 3));    /* small numbers: many ties */
        buf_char(&b, 0);
        Game g = game(b.p);
        GameTable t;
        Profiles mixed;
        check(game_table(&test_arena, &g, &t, &e) && game_lemke_howson(&test_arena, &g, &t, &mixed, &e) && mixed.all.n > 0);
        for (int32_t i = 0; i < mixed.all.n; i++) check(mixed.all.v[i].gain <= 1e-9);
        double *p = arena_new(&test_arena, double, g.n_actions);
        if (check(game_logit(&test_arena, &g, 0.5, p, &e))) continue;
        printf("  seed %d: %s\n", (int)seed, e.text);
    }
}

static void mistakes(void)
{
    static const struct { const char *text, *says; } bad[] = {
        {"", "g:1: the file begins with; a game begins with EFG 2 R or NFG 1 R"},
        {"EFG 2 R \"x\" { \"a\" }\nt \"\" 1 \"\" { 1/0 }", "g:2: the payoff '1/0'; there is a zero below the line"},
        {"EFG 2 R \"x\" { \"a\" \"b\" }\nt \"\" 1 \"\" { 1 }", "g:2: payoffs are missing: there are 1, and 2 players"},
        {"EFG 2 R \"x\" { \"a\" }\np \"\" 1 1 \"\" { \"l\" \"r\" } 0\nt \"\" 0\n", "the file ends where a node is missing"},
        {"EFG 2 R \"x\" { \"a\" }\np \"\" 2 1 \"\" { \"l\" } 0\n", "g:2: the player is '2'; a whole number from 1 to 1"},
        {"EFG 2 R \"x\" { \"a\" }\nq", "g:2: no node begins with 'q'"},
        {"EFG 2 R \"x\" { \"a\" }\nt \"\" 4", "g:2: outcome 4 has no payoffs"},
        {"EFG 2 R \"x\" { \"a\" }\nc \"\" 1 \"\" { \"l\" 1/2 \"r\" 1/4 } 0\nt \"\" 0\nt \"\" 0\n", "sum to 0.75; they must sum to 1"},
        {"EFG 2 R \"x\" { \"a\" }\nt \"\" 0\nt \"\" 0\n", "g:3: a node too many"},
        {"NFG 1 R \"x\" { \"a\" \"b\" } { 2 2 } 1 2 3", "payoffs are missing: there are 3, and 8 are needed"},
        {"NFG 1 R \"x\" { \"a\" \"b\" } { 4000 4000 } 1", "more than 4000000 cells"},
        {"NFG 1 R \"x\" { \"a\" } { 1 } 1 2", "a number too many"},
        {"NFG 1 R \"x", "g:1: a quotation mark is not closed"},
    };
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        Game g;
        Err e = {0};
        if (!check(!game_read(&test_arena, S("g"), str_of(bad[k].text), &g, &e)) || !check(strstr(e.text, bad[k].says) != NULL)) printf("  case %zu: %s\n", k, e.text);
    }
}

int main(void)
{
    TEST_BEGIN
    numbers();
    tables();
    trees();
    ties();
    ranges();
    mistakes();
    drawn_tables();
    return test_end();
}
