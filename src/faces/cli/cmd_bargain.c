/* bargain: where a dispute over amounts could settle, by every method, side by side.
**
** The weighted mean and median stand first, the models after them, and how far they disagree last; one number alone is
** never printed. JSON has every round and turn under the names of doc/scenario.md.
*/
#include "base/json.h"
#include "foresee.h"
#include "foresee/picture.h"
#include <math.h>
#include <string.h>

enum { DRAWS_MAX = 1000000, INPUTS_SHOWN = 5, CAMPS_SHOWN = 3 };
static const char *const draw_names[] = {"mean", "median", "spatial_mean", "spatial_median"};
static const char *const input_words[] = {"influence", "position", "salience"};
typedef UtilityRound *UtilityRuns[UTILITY_VARIANTS];
typedef struct {
    Call *call;
    Arena *a;
    Scenario sc;
    BargainFile in;
    int rounds;
    double q;
    UtilityRuns *utility;                                /* one an issue */
    bool has_spatial;
    Err why_not;                                         /* where it has not */
    int turns;
    double *history, *chance;
    struct { int which; int8_t value; int turns; double *end; } *sweep;
    int n_sweep;
    DrawInputs inputs;                                   /* ranges of the scenario */
    Draws draws;
} Work;

static void run_utility(Work *w)
{
    const Bargain *b = &w->in.b;
    Utility *u = utility_new(w->a, b->n);
    w->utility = arena_new(w->a, UtilityRuns, b->dims);
    for (int32_t d = 0; d < b->dims; d++)
        for (int v = 0; v < UTILITY_VARIANTS; v++) {
            UtilityVariant variant = utility_variants[v];
            variant.q = w->q;
            w->utility[d][v] = utility_rounds(w->a, b->n, w->rounds);
            utility_run(u, b, d, &variant, w->rounds, w->utility[d][v]);
        }
}

/* The chosen settings, then each single setting changed to each of its other values: the spread is part of the answer. */
static void run_spatial(Work *w)
{
    const Bargain *b = &w->in.b;
    ptrdiff_t size = (ptrdiff_t)b->n * b->dims;
    w->has_spatial = spatial_fits(b, &w->why_not);
    if (!w->has_spatial) return;
    Spatial *s = spatial_new(w->a, b->n, b->dims);
    w->history = arena_new(w->a, double, (SPATIAL_TURNS + 1) * size);
    w->chance = arena_new(w->a, double, (SPATIAL_TURNS + 1) * (ptrdiff_t)b->n);
    w->turns = spatial_run(s, b, &w->in.settings, w->history, w->chance);
    if (call_has(w->call, "no-sweep")) return;
    w->sweep = arena_take_n(w->a, (ptrdiff_t)sizeof *w->sweep, 64, _Alignof(max_align_t));
    for (int k = 0; k < SPATIAL_SETTINGS - 1; k++) {     /* all but drawn transitions, which have no one answer */
        Str rest = str_of(spatial_setting[k].values), one;
        for (int8_t i = 0; str_split(&rest, '|', &one); i++) {
            SpatialSettings with = w->in.settings;
            if (*spatial_setting_at(&with, k) == i) continue;
            *spatial_setting_at(&with, k) = i;
            double *end = arena_new(w->a, double, size);
            int turns = spatial_run(s, b, &with, NULL, NULL);
            memcpy(end, spatial_positions(s), (size_t)size * sizeof *end);
            w->sweep[w->n_sweep].which = k;
            w->sweep[w->n_sweep].value = i;
            w->sweep[w->n_sweep].turns = turns;
            w->sweep[w->n_sweep++].end = end;
        }
    }
}

/* One draw of many by itself, or all of them. */
static bool run_draws(Work *w)
{
    int64_t n = call_number(w->call, "draws", 0), one = call_number(w->call, "draw", -1);
    if (n < 0 || n > DRAWS_MAX) return fail(&w->call->err, ERR_USAGE, "--draws takes 1 to %d", DRAWS_MAX);
    if ((n || one >= 0) && !w->inputs.n)
        return fail(&w->call->err, ERR_USAGE, "nothing can be drawn: '%s' holds no ranges; write 35..45 instead of 40", w->call->operand[0]);
    if (one >= 0) {
        Bargain drawn;
        bargain_alloc(w->a, &drawn, w->in.b.n, w->in.b.dims);
        draw_make(&w->in.b, &w->inputs, w->in.settings.seed, one, &drawn);
        memcpy(drawn.actor, w->in.b.actor, (size_t)drawn.n * sizeof *drawn.actor);
        memcpy(drawn.issue, w->in.b.issue, (size_t)drawn.dims * sizeof *drawn.issue);
        w->in.b = drawn;
    } else if (n) {
        int64_t jobs = call_number(w->call, "jobs", 0);
        draw_all(w->a, &w->in.b, &w->inputs, &w->in.settings, n, w->rounds, w->q, jobs > 0 ? (int)jobs : io_cores(), &w->draws);
    }
    return true;
}

static double mean_of(const Work *w, const double *positions, int32_t d)
{
    Bargain at = w->in.b;
    at.position = (double *)(uintptr_t)positions;
    return bargain_mean(&at, d);
}

static double median_of(const Work *w, const double *positions, int32_t d)
{
    Bargain at = w->in.b;
    at.position = (double *)(uintptr_t)positions;
    return bargain_median(&at, d);
}

static Str value_name(int which, int value)
{
    Str rest = str_of(spatial_setting[which].values), one = {0};
    for (int i = 0; i <= value; i++) str_split(&rest, '|', &one);
    return one;
}

/* ---- for programs -------------------------------------------------------------------------------------------------- */
static void json_strs(Buf *out, const Str *s, int32_t n)
{
    buf_char(out, '[');
    for (int32_t i = 0; i < n; i++) {
        if (i) buf_add(out, S(", "));
        json_put_str(out, s[i]);
    }
    buf_char(out, ']');
}

static void json_utility(const Work *w, Buf *out, int32_t d)
{
    for (int v = 0; v < UTILITY_VARIANTS; v++) {
        buf_add(out, v ? S(", ") : S("{"));
        put_key(out, utility_variants[v].name);
        for (int r = 0; r <= w->rounds; r++) {
            const UtilityRound *one = &w->utility[d][v][r];
            buf_printf(out, "%s{\"round\": %d, \"median\": ", r ? ", " : "[", r);
            json_put_number(out, one->median);
            buf_add(out, S(", \"mean\": "));
            json_put_number(out, one->mean);
            buf_add(out, S(", \"positions\": "));
            put_array(out, one->position, w->in.b.n);
            if (r) {
                buf_add(out, S(", \"risk\": "));
                put_array(out, one->risk, w->in.b.n);
            }
            buf_char(out, '}');
        }
        buf_char(out, ']');
    }
    buf_char(out, '}');
}

static void json_settings(const Work *w, Buf *out)
{
    SpatialSettings with = w->in.settings;
    for (int k = 0; k < SPATIAL_SETTINGS; k++) {
        buf_add(out, k ? S(", ") : S("{"));
        put_key(out, spatial_setting[k].name);
        json_put_str(out, value_name(k, *spatial_setting_at(&with, k)));
    }
    buf_char(out, '}');
}

static void json_table(const Work *w, Buf *out, const double *positions)
{
    for (int32_t i = 0; i < w->in.b.n; i++) {
        buf_add(out, i ? S(", ") : S("["));
        put_array(out, positions + i * w->in.b.dims, w->in.b.dims);
    }
    buf_char(out, ']');
}

static void json_spatial(const Work *w, Buf *out)
{
    ptrdiff_t size = (ptrdiff_t)w->in.b.n * w->in.b.dims;
    buf_add(out, S("{\"settings\": "));
    json_settings(w, out);
    buf_printf(out, ", \"turns\": %d, \"positions\": ", w->turns);
    for (int t = 0; t <= w->turns; t++) {
        buf_add(out, t ? S(", ") : S("["));
        json_table(w, out, w->history + t * size);
    }
    buf_add(out, S("], \"probability\": "));
    for (int t = 0; t <= w->turns; t++) {
        buf_add(out, t ? S(", ") : S("["));
        put_array(out, w->chance + (ptrdiff_t)t * w->in.b.n, w->in.b.n);
    }
    buf_add(out, S("], \"sweep\": ["));
    for (int k = 0; k < w->n_sweep; k++) {
        if (k) buf_add(out, S(", "));
        buf_printf(out, "{\"setting\": \"%s\", \"value\": ", spatial_setting[w->sweep[k].which].name);
        json_put_str(out, value_name(w->sweep[k].which, w->sweep[k].value));
        buf_printf(out, ", \"turns\": %d, \"positions\": ", w->sweep[k].turns);
        json_table(w, out, w->sweep[k].end);
        buf_char(out, '}');
    }
    buf_add(out, S("]}"));
}

static void json_inputs(const Work *w, Buf *out, int32_t d)
{
    buf_add(out, S(", \"inputs\": ["));
    for (int32_t i = 0; i < w->draws.inputs[d].n; i++) {
        const DrawInput *x = &w->draws.inputs[d].v[i];
        buf_printf(out, "%s{\"what\": \"%s\", \"actor\": ", i ? ", " : "", input_words[x->kind]);
        json_put_str(out, w->in.b.actor[x->actor]);
        buf_add(out, S(", \"issue\": "));
        if (x->issue < 0) buf_add(out, S("null"));
        else json_put_str(out, w->in.b.issue[x->issue]);
        buf_add(out, S(", \"ends\": "));
        put_array(out, (double[]){x->range.low, x->range.high}, 2);
        buf_add(out, S(", \"forecast\": "));
        put_array(out, (double[]){x->at_low, x->at_high}, 2);
        buf_add(out, S(", \"worth\": "));
        json_put_number(out, x->worth);
        buf_printf(out, ", \"flips\": %s}", x->flips ? "true" : "false");
    }
    buf_add(out, S("], \"camps\": ["));
    for (int32_t i = 0; i < w->draws.camps[d].n; i++) {
        const DrawCamps *c = &w->draws.camps[d].v[i];
        bool is_first = true;
        buf_add(out, i ? S(", {\"upper\": [") : S("{\"upper\": ["));
        for (int32_t k = 0; k < w->in.b.n && k < 64; k++) {
            if (!(c->upper >> k & 1)) continue;
            if (!is_first) buf_add(out, S(", "));
            json_put_str(out, w->in.b.actor[k]);
            is_first = false;
        }
        buf_add(out, S("], \"share\": "));
        json_put_number(out, c->share);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

static void json_draws(const Work *w, Buf *out)
{
    buf_printf(out, "{\"n\": %lld, \"n_utility\": %lld, \"seed\": %llu, \"issues\": [", (long long)w->draws.n, (long long)w->draws.n_utility,
               (unsigned long long)w->in.settings.seed);
    for (int32_t d = 0; d < w->in.b.dims; d++) {
        buf_add(out, d ? S(", {") : S("{"));
        for (int k = 0; k < DRAW_KINDS; k++) {
            if (!w->draws.has_spatial && (k == DRAW_SPATIAL_MEAN || k == DRAW_SPATIAL_MEDIAN)) continue;
            const DrawSpread *x = &w->draws.spread[d][k];
            if (k) buf_add(out, S(", "));
            put_key(out, k < DRAW_UTILITY ? draw_names[k] : utility_variants[k - DRAW_UTILITY].name);
            buf_add(out, S("{\"quantiles\": "));
            put_array(out, x->quantile, QUANTILES);
            buf_add(out, S(", \"mean\": "));
            json_put_number(out, x->mean);
            buf_add(out, S(", \"deviation\": "));
            json_put_number(out, x->deviation);
            buf_char(out, '}');
        }
        json_inputs(w, out, d);
        buf_char(out, '}');
    }
    buf_add(out, S("]}"));
}

static void json_all(const Work *w, Buf *out)
{
    const Bargain *b = &w->in.b;
    buf_add(out, S("{\"format\": 1, \"name\": "));
    json_put_str(out, w->in.name);
    buf_add(out, S(", \"actors\": "));
    json_strs(out, b->actor, b->n);
    buf_add(out, S(", \"issues\": ["));
    for (int32_t d = 0; d < b->dims; d++) {
        buf_add(out, d ? S(", {\"name\": ") : S("{\"name\": "));
        json_put_str(out, b->issue[d]);
        buf_add(out, S(", \"mean\": "));
        json_put_number(out, bargain_mean(b, d));
        buf_add(out, S(", \"median\": "));
        json_put_number(out, bargain_median(b, d));
        buf_add(out, S(", \"utility\": "));
        json_utility(w, out, d);
        buf_char(out, '}');
    }
    buf_add(out, S("], \"spatial\": "));
    if (w->has_spatial) json_spatial(w, out);
    else buf_add(out, S("null"));
    if (w->draws.n) {
        buf_add(out, S(", \"draws\": "));
        json_draws(w, out);
    }
    buf_add(out, S("}\n"));
}

/* ---- for people ------------------------------------------------------------------------------------------------------ */
static void show_issue(const Work *w, Buf *out, int32_t d)
{
    static const Column columns[] = {{"METHOD", false}, {"FORECAST", true}, {"HOW", false}};
    const Bargain *b = &w->in.b;
    Arena *a = w->a;
    ptrdiff_t size = (ptrdiff_t)b->n * b->dims;
    Grid g = {.a = a, .n = 3, .column = columns};
    double low = INFINITY, high = -INFINITY;
    screen_put(out, screen_safe(a, b->issue[d]), BOLD);
    if (w->sc.file.n && w->sc.issues.v[d].words.n) buf_printf(out, ": %.*s", STR(screen_safe(a, w->sc.issues.v[d].words)));
    buf_printf(out, " (%g to %g)\n", b->low[d], b->high[d]);
    grid_row(&g, 3, S("weighted mean"), figure(a, bargain_mean(b, d)), S("no model; the one to beat"));
    grid_row(&g, 3, S("weighted median"), figure(a, bargain_median(b, d)), S("no model; wins every vote between two positions"));
    for (int v = 0; v < UTILITY_VARIANTS; v++) {
        const UtilityRound *r = w->utility[d][v];
        Buf series = {.to = a};
        buf_add(&series, S("medians by round:"));
        for (int k = 0; k <= w->rounds && k <= 8; k++) buf_printf(&series, " %.*s", STR(figure(a, r[k].median)));
        if (w->rounds > 8) buf_add(&series, S(" …"));
        grid_row(&g, 3, arena_printf(a, "utility, %s", utility_variants[v].name), figure(a, r[w->rounds].median), buf_str(&series));
    }
    if (w->has_spatial) {
        const double *end = w->history + w->turns * size;
        for (int k = 0; k < w->n_sweep; k++) {
            double x = mean_of(w, w->sweep[k].end, d);
            if (x < low) low = x;
            if (x > high) high = x;
        }
        grid_row(&g, 3, S("spatial, mean"), figure(a, mean_of(w, end, d)),
                 w->n_sweep ? arena_printf(a, "%d turns; %.*s to %.*s when one setting is changed", w->turns, STR(figure(a, low)), STR(figure(a, high)))
                            : arena_printf(a, "%d turns", w->turns));
        grid_row(&g, 3, S("spatial, median"), figure(a, median_of(w, end, d)), arena_printf(a, "%d turns", w->turns));
    }
    grid_put(&g, out);
    buf_char(out, '\n');
    picture_scale(a, b, b->position, d, screen()->width < 100 ? screen()->width : 100, out);
    buf_char(out, '\n');
}

static void show_actors(const Work *w, Buf *out)
{
    static const Column columns[] = {{"ACTOR", false}, {"ISSUE", false}, {"NOW", true}, {"SPATIAL END", true}, {"CAPABILITY", true}, {"SALIENCE", true}};
    const Bargain *b = &w->in.b;
    Grid g = {.a = w->a, .n = 6, .column = columns};
    ptrdiff_t size = (ptrdiff_t)b->n * b->dims;
    for (int32_t i = 0; i < b->n; i++)
        for (int32_t d = 0; d < b->dims; d++) {
            int32_t at = i * b->dims + d;
            grid_row(&g, 6, d ? S("") : b->actor[i], b->issue[d], figure(w->a, b->position[at]),
                     w->has_spatial ? figure(w->a, w->history[w->turns * size + at]) : S("–"), d ? S("") : figure(w->a, b->capability[i]),
                     figure(w->a, b->salience[at] * 100));
        }
    grid_put(&g, out);
    buf_char(out, '\n');
}

static Str input_name(const Work *w, const DrawInput *x)
{
    Str who = w->in.b.actor[x->actor];
    if (x->kind == INPUT_INFLUENCE) return arena_printf(w->a, "influence of %.*s", STR(who));
    return arena_printf(w->a, "%s of %.*s on %.*s", input_words[x->kind], STR(who), STR(w->in.b.issue[x->issue]));
}

static void show_spread(const Work *w, Buf *out, int32_t d)
{
    static const Column columns[] = {{"METHOD", false}, {"5%", true}, {"25%", true}, {"HALF", true}, {"75%", true}, {"95%", true}};
    Grid g = {.a = w->a, .n = 6, .column = columns};
    for (int k = 0; k < DRAW_KINDS; k++) {
        if (!w->draws.has_spatial && (k == DRAW_SPATIAL_MEAN || k == DRAW_SPATIAL_MEDIAN)) continue;
        const double *q = w->draws.spread[d][k].quantile;
        Str name = k < DRAW_UTILITY ? str_of(draw_names[k]) : arena_printf(w->a, "utility, %s", utility_variants[k - DRAW_UTILITY].name);
        grid_row(&g, 6, name, figure(w->a, q[0]), figure(w->a, q[1]), figure(w->a, q[2]), figure(w->a, q[3]), figure(w->a, q[4]));
    }
    grid_put(&g, out);
}

static void show_draws(const Work *w, Buf *out)
{
    for (int32_t d = 0; d < w->in.b.dims; d++) {
        screen_put(out, screen_safe(w->a, w->in.b.issue[d]), BOLD);
        buf_printf(out, " over %.*s draws from the ranges (utility: the first %lld)\n", STR(number_text(w->a, w->draws.n)), (long long)w->draws.n_utility);
        show_spread(w, out, d);
        for (int32_t i = 0; i < w->draws.inputs[d].n && i < INPUTS_SHOWN; i++) {
            const DrawInput *x = &w->draws.inputs[d].v[i];
            if (x->worth < 0.01) break;
            buf_printf(out, "  Knowing the %.*s would take away %.0f%% of the variance: at %.*s the forecast is %.*s, at %.*s it is %.*s%s.\n", STR(input_name(w, x)),
                       x->worth * 100, STR(figure(w->a, x->range.low)), STR(figure(w->a, x->at_low)), STR(figure(w->a, x->range.high)), STR(figure(w->a, x->at_high)),
                       x->flips ? ", on the other side of the middle" : "");
        }
        for (int32_t i = 0; i < w->draws.camps[d].n && i < CAMPS_SHOWN; i++) {
            const DrawCamps *c = &w->draws.camps[d].v[i];
            Buf who = {.to = w->a};
            for (int32_t k = 0; k < w->in.b.n && k < 64; k++)
                if (c->upper >> k & 1) buf_printf(&who, "%s%.*s", who.n ? ", " : "", STR(w->in.b.actor[k]));
            if (c->upper) buf_printf(out, "  In %.0f%% of the draws the upper camp is %.*s.\n", c->share * 100, STR(buf_str(&who)));
            else buf_printf(out, "  In %.0f%% of the draws all end together.\n", c->share * 100);
        }
        buf_char(out, '\n');
    }
}

/* What may be said, and no more: how far apart the methods are, and that none of them is a forecast by itself. */
static void show_words(const Work *w, Buf *out)
{
    const Bargain *b = &w->in.b;
    ptrdiff_t size = (ptrdiff_t)b->n * b->dims;
    Flow f = flow_at(w->a, out, 0, 0);
    for (int32_t d = 0; d < b->dims; d++) {
        double mean = bargain_mean(b, d), low = mean, high = mean, all[2 + UTILITY_VARIANTS + 2];
        int n = 0;
        all[n++] = mean;
        all[n++] = bargain_median(b, d);
        for (int v = 0; v < UTILITY_VARIANTS; v++) all[n++] = w->utility[d][v][w->rounds].median;
        if (w->has_spatial) {
            all[n++] = mean_of(w, w->history + w->turns * size, d);
            all[n++] = median_of(w, w->history + w->turns * size, d);
        }
        for (int k = 0; k < n; k++) {
            if (all[k] < low) low = all[k];
            if (all[k] > high) high = all[k];
        }
        double share = (high - low) / (b->high[d] - b->low[d]);
        flow_text(&f, arena_printf(w->a, "On %.*s the methods lie between %.*s and %.*s, %.0f%% of the scale; %s ", STR(b->issue[d]),
                                   STR(figure(w->a, low)), STR(figure(w->a, high)), share * 100,
                                   share < 0.05 ? "they agree, as far as the inputs are right."
                                   : share < 0.2 ? "the weighted mean is the one with the best record."
                                                 : "that is no forecast: which method is believed decides it."), PLAIN);
    }
    flow_text(&f, S("These are consequences of the numbers put in, not of what the texts say."), PLAIN);
    flow_end(&f);
    if (w->sc.file.n) buf_printf(out, "%.*s\n", STR(shown_basis(w->a, &w->sc)));
    if (!w->has_spatial) buf_printf(out, "The spatial model was left out: %s\n", w->why_not.text);
}

static bool settings_read(Work *w)
{
    for (int k = 0; k < SPATIAL_SETTINGS; k++) {
        Str value = call_text(w->call, spatial_setting[k].name);
        if (value.n && !spatial_set(&w->in.settings, str_of(spatial_setting[k].name), value, &w->call->err)) return false;
    }
    if (call_has(w->call, "seed")) w->in.settings.seed = (uint64_t)call_number(w->call, "seed", 0);
    Str q = call_text(w->call, "quiet-chance");
    Range x = range_of(1);
    if (q.n && (!range_read(q, &x) || x.low != x.high || x.low < 0 || x.low > 1))
        return fail(&w->call->err, ERR_USAGE, "--quiet-chance takes a number from 0 to 1, got '%.*s'", STR(q));
    w->q = x.low;
    w->rounds = (int)call_number(w->call, "rounds", 10);
    if (w->rounds < 1 || w->rounds > ROUNDS_MAX) return fail(&w->call->err, ERR_USAGE, "--rounds takes 1 to %d", ROUNDS_MAX);
    return true;
}

static int bargain_run(Call *call)
{
    if (!foresee_operand(call)) return EXIT_USAGE;
    if (call_has(call, "draft")) return foresee_draft(call);
    Work w = {.call = call, .a = call->arena};
    Buf out = {.to = call->arena};
    if (!foresee_bargain(call, call->operand[0], &w.sc, &w.in) || !settings_read(&w)) return call_failed(call);
    if (w.sc.file.n) draw_inputs(w.a, &w.sc, &w.in.b, &w.inputs);
    if (!run_draws(&w)) return call_failed(call);
    run_utility(&w);
    run_spatial(&w);
    if (call_has(call, "svg")) {
        if (!w.has_spatial) { call->err = w.why_not; return call_failed(call); }
        picture_bargain(w.a, &w.in.b, w.turns, w.history, &out);
        io_out(buf_str(&out));
        return EXIT_DONE;
    }
    if (call_has(call, "json")) {
        json_all(&w, &out);
        io_out(buf_str(&out));
        return EXIT_DONE;
    }
    screen();
    for (int32_t d = 0; d < w.in.b.dims; d++) show_issue(&w, &out, d);
    if (w.draws.n) show_draws(&w, &out);
    show_actors(&w, &out);
    show_words(&w, &out);
    screen_page();
    io_out(buf_str(&out));
    return EXIT_DONE;
}

static const char about[] =
    "FILE is a scenario (`demarche-scenario 1`), a table or XML of the KAPSARC Toolkit, or JSON with `actors`. The weighted mean and "
    "median stand first, then the expected-utility model in its named readings, one issue at a time, then the spatial model of all "
    "issues together with every setting changed once: the spread is part of the answer.\n\n"
    "Salience is a chance of resisting in the one model and a share of attention in the other; the same column serves both, so read "
    "doc/scenario.md before you compare them.";
static const Option options[] = {
    {0, "rounds", TAKES_NUMBER, "N", "rounds of the expected-utility model (10)"},
    {0, "quiet-chance", TAKES_TEXT, "Q", "chance that nothing changes without a challenge, expected-utility model (1)"},
    {0, "victory", TAKES_CHOICE, "linear|square|quartic|octic|binary", "spatial: how strength becomes a chance to win"},
    {0, "election", TAKES_CHOICE, "conditional|incentive|uniform", "spatial: how many options become one"},
    {0, "voting", TAKES_CHOICE, "proportional|binary|prop-binary|prop-cubic|cubic|asymmetric", "spatial: how hard an actor votes"},
    {0, "view", TAKES_CHOICE, "none|third|half|two-thirds|full", "spatial: how much of another's attitude to risk is seen"},
    {0, "range", TAKES_CHOICE, "min|mid|max", "spatial: the range of attitudes to risk"},
    {0, "commit", TAKES_CHOICE, "none|semi|full", "spatial: what third parties commit to"},
    {0, "vector", TAKES_CHOICE, "s1p1|s2p2|s2pmax", "spatial: how a compromise is weighed"},
    {0, "bargains", TAKES_CHOICE, "initiator|both|power", "spatial: in whose view a bargain is struck"},
    {0, "transitions", TAKES_CHOICE, "deterministic|stochastic", "spatial: the likeliest option is taken, or one is drawn"},
    {0, "seed", TAKES_NUMBER, "N", "of all that is drawn (0)"},
    {0, "draws", TAKES_NUMBER, "N", "draw every range of a scenario N times: quantiles, camps, and which input matters"},
    {0, "draw", TAKES_NUMBER, "K", "only draw K of these, by itself"},
    {'j', "jobs", TAKES_NUMBER, "N", "threads for the draws (0: one a core)"},
    {0, "no-sweep", TAKES_NOTHING, NULL, "only the chosen settings"},
    {0, "svg", TAKES_NOTHING, NULL, "positions over the turns of the spatial model, as SVG"},
    {0, "json", TAKES_NOTHING, NULL, "one JSON object with every round and turn"},
    OPTIONS_DRAFT,
    OPTIONS_END};
static const Example examples[] = {
    {"demarche bargain examples/toll.scenario", "Every method on one page"},
    {"demarche bargain --draws 2000 examples/toll.scenario", "What the ranges leave open, and which of them matters"},
    {"demarche bargain --voting cubic --json examples/toll.scenario | head -c 300", "One setting changed, for programs"},
    {0}};
const Command command_bargain = {
    .name = "bargain", .operands = "[FILE]", .summary = "where a dispute over amounts could settle, by every method", .about = about,
    .operand = OPERAND_FILE, .least = 0, .most = 1, .options = options, .examples = examples, .run = bargain_run};
