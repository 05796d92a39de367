/* Bargaining: what must hold of every method on generated disputes, whatever its numbers are.
**
** Mirror (the scale turned round), shift and stretch of scales, another unit of capability, the actors in another order:
** none may change what comes out, where the method is symmetric at all. Then each file format, and each mistake in one.
*/
#include "foresee/bargain.h"
#include "test.h"
#include <math.h>

static Bargain made(uint64_t seed, int32_t n, int32_t dims)
{
    Bargain b;
    Rng r = rng_seed(seed);
    bargain_alloc(&test_arena, &b, n, dims);
    for (int32_t i = 0; i < n; i++) {
        b.actor[i] = arena_printf(&test_arena, "A%d", i);
        b.capability[i] = 20 + 80 * rng_unit(&r);
        for (int32_t d = 0; d < dims; d++) {
            b.position[i * dims + d] = floor(rng_unit(&r) * 1000) / 10;
            b.salience[i * dims + d] = (0.1 + 0.9 * rng_unit(&r)) / dims;
        }
    }
    return b;
}

static Bargain mirrored(const Bargain *b)
{
    Bargain m = *b;
    m.position = arena_new(&test_arena, double, b->n * b->dims);
    for (int32_t k = 0; k < b->n * b->dims; k++) m.position[k] = 100 - b->position[k];
    return m;
}

static Bargain reversed(const Bargain *b)
{
    Bargain m;
    bargain_alloc(&test_arena, &m, b->n, b->dims);
    for (int32_t i = 0; i < b->n; i++) {
        int32_t from = b->n - 1 - i;
        m.actor[i] = b->actor[from];
        m.capability[i] = b->capability[from];
        for (int32_t d = 0; d < b->dims; d++) {
            m.position[i * b->dims + d] = b->position[from * b->dims + d];
            m.salience[i * b->dims + d] = b->salience[from * b->dims + d];
        }
    }
    return m;
}

static Bargain stretched(const Bargain *b, double by, double plus, double strength)
{
    Bargain m = *b;
    m.position = arena_new(&test_arena, double, b->n * b->dims);
    m.capability = arena_new(&test_arena, double, b->n);
    m.low = arena_new(&test_arena, double, b->dims);
    m.high = arena_new(&test_arena, double, b->dims);
    for (int32_t k = 0; k < b->n * b->dims; k++) m.position[k] = plus + by * b->position[k];
    for (int32_t i = 0; i < b->n; i++) m.capability[i] = strength * b->capability[i];
    for (int32_t d = 0; d < b->dims; d++) { m.low[d] = plus + by * b->low[d]; m.high[d] = plus + by * b->high[d]; }
    return m;
}

enum { ROUNDS = 6 };
static UtilityRound *rounds_of(const Bargain *b, int variant)
{
    UtilityRound *to = utility_rounds(&test_arena, b->n, ROUNDS);
    utility_run(utility_new(&test_arena, b->n), b, 0, &utility_variants[variant], ROUNDS, to);
    return to;
}

static bool near(double x, double y) { return fabs(x - y) <= 1e-6 * (1 + fabs(x) + fabs(y)); }

static void utility_properties(void)
{
    int symmetric[] = {2, 3};                            /* cautious, even */
    for (uint64_t seed = 1; seed <= 40; seed++) {
        arena_reset(&test_arena);
        Bargain b = made(seed, 3 + (int32_t)(seed % 9), 1), m = mirrored(&b), s = stretched(&b, 0.37, -20, 3.5), r = reversed(&b);
        for (int v = 0; v < UTILITY_VARIANTS; v++) {
            UtilityRound *x = rounds_of(&b, v), *y = rounds_of(&s, v), *z = rounds_of(&r, v);
            double low = 1e9, high = -1e9;
            bool is_same = true, is_within = true, is_relabelled = true;
            for (int32_t i = 0; i < b.n; i++) { low = fmin(low, b.position[i]); high = fmax(high, b.position[i]); }
            for (int k = 0; k <= ROUNDS; k++)
                for (int32_t i = 0; i < b.n; i++) {
                    is_same &= near(x[k].position[i] * 0.37 - 20, y[k].position[i]);
                    is_relabelled &= near(x[k].position[i], z[k].position[b.n - 1 - i]);
                    is_within &= x[k].position[i] >= low - 1e-9 && x[k].position[i] <= high + 1e-9;
                }
            check(is_same);
            check(is_relabelled);
            check(is_within);
        }
        for (size_t v = 0; v < sizeof symmetric / sizeof *symmetric; v++) {
            UtilityRound *x = rounds_of(&b, symmetric[v]), *y = rounds_of(&m, symmetric[v]);
            bool is_turned = true;
            for (int k = 0; k <= ROUNDS; k++)
                for (int32_t i = 0; i < b.n; i++) is_turned &= near(x[k].position[i], 100 - y[k].position[i]);
            check(is_turned);
        }
    }
}

/* Positions are rounded to four digits half up in a bargain, so a mirrored run may differ by that at each turn. */
static void spatial_properties(void)
{
    for (uint64_t seed = 1; seed <= 20; seed++) {
        arena_reset(&test_arena);
        Bargain b = made(seed, 3 + (int32_t)(seed % 7), 1 + (int32_t)(seed % 3)), s = stretched(&b, 2, 7, 0.01), r = reversed(&b);
        Spatial *one = spatial_new(&test_arena, b.n, b.dims), *two = spatial_new(&test_arena, b.n, b.dims), *three = spatial_new(&test_arena, b.n, b.dims);
        Err e = {0};
        check(spatial_fits(&b, &e));
        int turns = spatial_run(one, &b, &spatial_default, NULL, NULL);
        bool is_near = abs(spatial_run(two, &s, &spatial_default, NULL, NULL) - turns) <= 100, is_same = true, is_relabelled = true;
        for (int32_t k = 0; k < b.n * b.dims; k++) is_near &= isfinite(spatial_positions(two)[k]);
        check(is_near);
        spatial_run(three, &b, &spatial_default, NULL, NULL);
        for (int32_t k = 0; k < b.n * b.dims; k++) is_same &= spatial_positions(one)[k] == spatial_positions(three)[k];
        check(is_same);
        check(spatial_run(three, &r, &spatial_default, NULL, NULL) == turns);
        for (int32_t i = 0; i < b.n; i++)
            for (int32_t d = 0; d < b.dims; d++)
                is_relabelled &= fabs(spatial_positions(one)[i * b.dims + d] - spatial_positions(three)[(b.n - 1 - i) * b.dims + d]) < 0.02;
        check(is_relabelled);
    }
}

/* By hand: weights 0.5, 0.6, 0.6; the middle one holds the median; the mean is (0·0.5 + 40·0.6 + 100·0.6) / 1.7. */
static void by_hand(void)
{
    Bargain b;
    bargain_alloc(&test_arena, &b, 3, 1);
    double x[] = {0, 40, 100}, c[] = {1, 0.6, 0.8}, s[] = {0.5, 1, 0.75};
    for (int i = 0; i < 3; i++) { b.position[i] = x[i]; b.capability[i] = c[i]; b.salience[i] = s[i]; }
    check(fabs(bargain_mean(&b, 0) - 84 / 1.7) < 1e-12);
    check(bargain_median(&b, 0) == 40);
    /* scholz_code, first round: the weakest and least exposed are pushed to the far end */
    UtilityRound *r = rounds_of(&b, 0);
    check(r[0].median == 40 && fabs(r[0].mean - 84 / 1.7) < 1e-12);
    for (int32_t i = 0; i < 3; i++) check(r[1].risk[i] >= 0.5 - 1e-12 && r[1].risk[i] <= 2 + 1e-12);
}

/* An actor cut in two halves of its capability leaves mean, median and the symmetric variants' forecast of the mean. */
static void split(void)
{
    Bargain b = made(77, 5, 1), t;
    bargain_alloc(&test_arena, &t, 6, 1);
    for (int32_t i = 0; i < 6; i++) {
        int32_t from = i < 5 ? i : 4;
        t.position[i] = b.position[from];
        t.salience[i] = b.salience[from];
        t.capability[i] = b.capability[from] / (from == 4 ? 2 : 1);
    }
    check(fabs(bargain_mean(&b, 0) - bargain_mean(&t, 0)) < 1e-12);
    check(bargain_median(&b, 0) == bargain_median(&t, 0));
}

static void files(void)
{
    BargainFile f;
    Err e = {0};
    check(bargain_read_csv(&test_arena, S("a.csv"), S("Quay, \"who sweeps it, and when\", 3, 1,\nActor,Description,Power,Days Position,Days Salience,\n"
                                                      "Mill, \"grinds, mostly\", 10, 20, 30,\n\nTower,, 5.5 , 40 ,100\nMole,x,1,0,0\n"), &f, &e));
    check(f.b.n == 3 && f.b.dims == 1 && f.b.capability[1] == 5.5 && f.b.salience[1] == 1 && f.b.position[0] == 20);
    check_str(f.b.actor[2], S("Mole"));
    check_str(f.b.issue[0], S("Days Position"));
    struct { Str bytes; const char *says; } bad[] = {
        {S(""), "a.csv:1: the first line"},
        {S("x,y,2,1\nh\nA,d,10,20,130\n"), "a.csv:3: salience is 130; it must lie between 0 and 100"},
        {S("x,y,2,1\nh\nA,d,10,20,13\n"), "an actor's line is missing"},
        {S("x,y,1,1\nh\nA,d,0,20,13\n"), "a.csv:3: influence is 0"},
        {S("x,y,1,2\nh\nA,d,1,20,60,30,60\n"), "a.csv:3: the saliences of 'A' sum to 120"},
        {S("x,y,1,1\nh\nA,\"d,1,20,60\n"), "a.csv:3: a quotation mark is not closed"},
        {S("x,y,1.5,1\n"), "a.csv:1: the numbers of actors and dimensions must be whole"},
        {S("x,y,1,1\nh\nA,d,1,nan,60\n"), "a.csv:3: 'nan' in cell 4 is no position"},
    };
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        check(!bargain_read_csv(&test_arena, S("a.csv"), bad[k].bytes, &f, &e));
        if (!check(strstr(e.text, bad[k].says) != NULL)) printf("  %s\n", e.text);
    }
    Str xml = S("<?xml version=\"1.0\"?>\n<Scenario><name>Quay</name><prngSeed>12</prngSeed>\n<ModelParameters><VotingRule>Cubic</VotingRule>"
                "<PCEModel>MarkovUniform</PCEModel></ModelParameters>\n<Dimensions><dName>Days</dName></Dimensions><Actors>\n"
                "<Actor><name>Mill</name><capability>10</capability><Position><dCoord>20</dCoord></Position><Salience><dSal>30</dSal></Salience></Actor>\n"
                "<Actor><name>Tower</name><capability>5</capability><Position><dCoord>40</dCoord></Position><Salience><dSal>100</dSal></Salience></Actor>\n"
                "</Actors><IdealAdjustment><iaPair><adjustingIdeal>Mill</adjustingIdeal><referencePos>Tower</referencePos><adjust>0.25</adjust></iaPair>"
                "</IdealAdjustment></Scenario>\n");
    check(bargain_read_xml(&test_arena, S("a.xml"), xml, &f, &e));
    check(f.settings.voting == VOTE_CUBIC && f.settings.election == ELECTION_UNIFORM && f.settings.seed == 12);
    check(f.b.accommodation && f.b.accommodation[1] == 0.25 && f.b.accommodation[0] == 0 && f.b.accommodation[3] == 1);
    check(!bargain_read_xml(&test_arena, S("a.xml"), S("<Scenario>\n<Actors>"), &f, &e) && strstr(e.text, "a.xml:2: the file is not well-formed"));
    check(!bargain_read_xml(&test_arena, S("a.xml"), S("<a/>"), &f, &e) && strstr(e.text, "the root is <a>"));
    check(bargain_read_json(&test_arena, S("a.json"), S("{\"actors\": [{\"name\": \"Mill\", \"position\": 4, \"capability\": 0.1, \"salience\": 0.8},"
                                                        "{\"name\": \"Mole\", \"position\": 10, \"capability\": 0.2, \"salience\": 1}]}"), &f, &e));
    check(f.b.n == 2 && f.b.low[0] == 4 && f.b.high[0] == 10);
    check(!bargain_read_json(&test_arena, S("a.json"), S("{\"actors\": [{\"name\": \"Mill\", \"position\": 4, \"capability\": 0.1, \"salience\": 80}]}"), &f, &e));
}

int main(void)
{
    TEST_BEGIN
    by_hand();
    split();
    files();
    utility_properties();
    spatial_properties();
    return test_end();
}
