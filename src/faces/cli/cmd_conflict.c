/* conflict: what each side can do, what it prefers, and which states nobody would leave.
**
** Every world (a truth for each condition), every reading of unknown wishes and, with --views, every side's own picture is
** solved. People see the equilibria that can come from what stands now, and why they hold; JSON has the whole tables.
*/
#include "base/json.h"
#include "foresee.h"
#include "foresee/picture.h"
#include <stdlib.h>
#include <string.h>

enum { SHOWN_MAX = 12, READINGS_MAX = 81, PAYOFFS_SHOWN = 4096, FOUND_MAX = 10000 };

typedef struct {
    Call *call;
    Arena *a, big;                       /* big: the solver's arrays, beyond a call's budget */
    Scenario sc;
    Ints listed;
    Conflict c;
    int threads;
    Stability sure, possible;            /* over the readings of unknown wishes */
    bool has_graph;
    Moves moves;
} Work;

static bool read_model(Work *w)
{
    Str bytes, file = str_of(w->call->operand[0]);
    if (!foresee_open(w->call, w->call->operand[0], &bytes)) return false;
    Str begin = str_trim(str_sub(bytes, 0, 4096));
    if (begin.n && begin.p[0] == '{') return conflict_read_json(w->a, file, bytes, &w->sc, &w->listed, &w->call->err);
    return scenario_read(w->a, file, bytes, &w->sc, &w->call->err);
}

static void merge_readings(Work *w, const Stability *one, bool is_first)
{
    for (int k = 0; k < CONCEPTS; k++)
        for (int32_t p = 0; p <= w->c.n_players; p++)
            for (int32_t i = 0; i <= w->c.n / 64; i++) {
                const uint64_t *from = p < w->c.n_players ? one->bits[k][p] : one->equilibrium[k];
                uint64_t *sure = p < w->c.n_players ? w->sure.bits[k][p] : w->sure.equilibrium[k];
                uint64_t *possible = p < w->c.n_players ? w->possible.bits[k][p] : w->possible.equilibrium[k];
                sure[i] = is_first ? from[i] : sure[i] & from[i];
                possible[i] |= from[i];
            }
}

/* One world as one side sees it, over all readings of unknown wishes. */
static bool solve(Work *w, uint32_t world, int32_t viewer)
{
    int32_t unknowns = conflict_unknowns(&w->sc), readings = 1;
    for (int32_t i = 0; i < unknowns; i++) readings *= 3;
    if (unknowns > UNKNOWN_MAX)
        return fail(&w->call->err, ERR_LIMIT, "%.*s:1: %d unknown wishes make %d readings; at most %d are solved: decide some", STR(w->sc.file),
                    unknowns, readings, UNKNOWN_MAX);
    stability_alloc(&w->big, &w->c, &w->sure);
    stability_alloc(&w->big, &w->c, &w->possible);
    for (int32_t r = readings - 1; r >= 0; r--) {        /* the last one is the table as it is written */
        uint32_t unknown = 0;
        for (int32_t i = 0, rest = r; i < unknowns; i++, rest /= 3) unknown |= (uint32_t)(rest % 3) << 2 * i;
        Stability one;
        stability_alloc(&w->big, &w->c, &one);
        if (!conflict_prefer(&w->big, &w->c, world, viewer, unknown, &w->call->err)
            || !conflict_solve(&w->big, &w->c, w->threads, &one, &w->call->err))
            return false;
        merge_readings(w, &one, r == readings - 1);
    }
    return true;
}

static Str name_of(const Work *w, int32_t p) { return w->sc.actors.v[w->c.actor[p]].name; }

static Str world_words(const Work *w, uint32_t world)
{
    Buf b = {.to = w->a};
    for (int32_t k = 0; k < w->sc.conditions.n; k++)
        buf_printf(&b, "%s%s%.*s", k ? ", " : "", world >> k & 1 ? "" : "not ", STR(w->sc.conditions.v[k].name));
    return buf_str(&b);
}

static Range world_chance(const Work *w, uint32_t world)
{
    Range r = range_of(1);
    for (int32_t k = 0; k < w->sc.conditions.n; k++) {
        Range x = w->sc.conditions.v[k].chance;
        if (!x.is_given) return (Range){0};
        bool holds = world >> k & 1;
        r.low *= holds ? x.low : 1 - x.high;
        r.mode *= holds ? x.mode : 1 - x.mode;
        r.high *= holds ? x.high : 1 - x.low;
    }
    return r;
}

/* ---- for programs ------------------------------------------------------------------------------------------------------ */
static void json_set(const Work *w, Buf *out, const uint64_t *bits)
{
    bool is_first = true;
    int64_t n = 0;
    if (w->c.n > 1 << 16) {
        for (int32_t i = 0; i <= w->c.n / 64; i++) n += __builtin_popcountll(bits[i]);
        buf_printf(out, "{\"count\": %lld}", (long long)n);
        return;
    }
    buf_char(out, '[');
    for (int32_t s = 0; s < w->c.n; s++) {
        if (!bit_at(bits, s)) continue;
        buf_printf(out, "%s%d", is_first ? "" : ", ", s + 1);
        is_first = false;
    }
    buf_char(out, ']');
}

static void json_stability(const Work *w, Buf *out, const Stability *of)
{
    buf_add(out, S("\"stability\": {"));
    for (int32_t p = 0; p < w->c.n_players; p++) {
        if (p) buf_add(out, S(", "));
        json_put_str(out, name_of(w, p));
        for (int k = 0; k < CONCEPTS; k++) {
            buf_printf(out, "%s\"%s\": ", k ? ", " : ": {", concept_name[k]);
            json_set(w, out, of->bits[k][p]);
        }
        buf_char(out, '}');
    }
    buf_add(out, S("}, \"equilibria\": {"));
    for (int k = 0; k < CONCEPTS; k++) {
        buf_printf(out, "%s\"%s\": ", k ? ", " : "", concept_name[k]);
        json_set(w, out, of->equilibrium[k]);
    }
    buf_char(out, '}');
}

static void json_steps(const Work *w, Buf *out, bool improving)
{
    int32_t *steps = arena_new(w->a, int32_t, w->c.n);
    bool is_first = true;
    graph_reach(w->a, &w->c, &w->moves, w->c.now, improving, steps);
    buf_char(out, '{');
    for (int32_t s = 0; s < w->c.n; s++) {
        if (steps[s] < 0) continue;
        buf_printf(out, "%s\"%d\": %d", is_first ? "" : ", ", s + 1, steps[s]);
        is_first = false;
    }
    buf_char(out, '}');
}

static void json_graph(const Work *w, Buf *out)
{
    Jumps jumps;
    if (w->c.now >= 0) {
        buf_printf(out, ", \"status_quo\": {\"from\": %d, \"moves\": ", w->c.now + 1);
        json_steps(w, out, false);
        buf_add(out, S(", \"improvements\": "));
        json_steps(w, out, true);
        buf_char(out, '}');
    }
    graph_coalitions(w->a, &w->c, &w->moves, w->sure.equilibrium[STABLE_R], &jumps);
    if (jumps.is_cut) return;
    uint64_t *strong = arena_new(w->a, uint64_t, w->c.n / 64 + 1);
    memcpy(strong, w->sure.equilibrium[STABLE_R], (size_t)(w->c.n / 64 + 1) * sizeof *strong);
    buf_add(out, S(", \"coalition_jumps\": ["));
    for (int32_t i = 0; i < jumps.jumps.n; i++) {
        const Jump *j = &jumps.jumps.v[i];
        bool is_first = true;
        strong[j->state >> 6] &= ~((uint64_t)1 << (j->state & 63));
        buf_printf(out, "%s{\"from\": %d, \"coalition\": [", i ? ", " : "", j->state + 1);
        for (int32_t p = 0; p < w->c.n_players; p++) {
            if (!(j->players >> p & 1)) continue;
            if (!is_first) buf_add(out, S(", "));
            json_put_str(out, name_of(w, p));
            is_first = false;
        }
        buf_printf(out, "], \"to\": %d}", j->to + 1);
    }
    buf_add(out, S("], \"strong_nash\": "));
    json_set(w, out, strong);
}

static void json_states(const Work *w, Buf *out)
{
    buf_add(out, S("\"states\": ["));
    for (int32_t s = 0; s < w->c.n; s++) {
        buf_add(out, s ? S(", \"") : S("\""));
        state_letters(&w->c, s, out);
        buf_char(out, '"');
    }
    buf_add(out, S("]"));
}

static void json_payoffs(const Work *w, Buf *out)
{
    int32_t *rank = arena_new(w->a, int32_t, w->c.n + 1);
    buf_add(out, S("\"payoffs\": {"));
    for (int32_t p = 0; p < w->c.n_players; p++) {
        if (p) buf_add(out, S(", "));
        json_put_str(out, name_of(w, p));
        conflict_ranks(w->a, &w->c, p, rank);
        for (int32_t s = 0; s < w->c.n; s++) buf_printf(out, "%s%d", s ? ", " : ": [", rank[s]);
        buf_char(out, ']');
    }
    buf_add(out, S("}, "));
}

static void json_world(const Work *w, Buf *out, int32_t viewer)
{
    buf_add(out, S("{\"world\": {"));
    for (int32_t k = 0; k < w->sc.conditions.n; k++) {
        if (k) buf_add(out, S(", "));
        json_put_str(out, w->sc.conditions.v[k].name);
        buf_add(out, w->c.world >> k & 1 ? S(": true") : S(": false"));
    }
    buf_add(out, S("}, \"seen_by\": "));
    if (viewer < 0) buf_add(out, S("null"));
    else json_put_str(out, w->sc.actors.v[viewer].name);
    buf_add(out, S(", "));
    if (w->c.n <= PAYOFFS_SHOWN) json_payoffs(w, out);
    json_stability(w, out, &w->sure);
    if (conflict_unknowns(&w->sc)) {
        buf_add(out, S(", \"possible\": {"));
        json_stability(w, out, &w->possible);
        buf_char(out, '}');
    }
    if (w->has_graph) json_graph(w, out);
    buf_char(out, '}');
}

/* ---- for people ---------------------------------------------------------------------------------------------------------- */
static Str state_shown(const Work *w, int32_t s)
{
    Buf b = {.to = w->a};
    state_words(&w->c, s, &b);
    return buf_str(&b);
}

static Str concepts_of(const Work *w, const Stability *of, int32_t s)
{
    Buf b = {.to = w->a};
    for (int k = 0; k < CONCEPTS; k++)
        if (bit_at(of->equilibrium[k], s)) buf_printf(&b, "%s%s", b.n ? " " : "", concept_name[k]);
    return buf_str(&b);
}

/* Equilibria in the order in which they matter: those that come by improvements alone, those that need somebody to step
** back, those that nobody can bring about; among each, those that hold by more ways of looking ahead first. */
typedef struct { int32_t state, place, strength, steps; } Found;

static int found_cmp(const void *x, const void *y)
{
    const Found *a = x, *b = y;
    if (a->place != b->place) return a->place - b->place;
    if (a->strength != b->strength) return b->strength - a->strength;
    return (a->state > b->state) - (a->state < b->state);
}

static int strength_of(const Stability *of, int32_t s)
{
    static const int worth[CONCEPTS] = {16, 1, 2, 4, 8};
    int sum = 0;
    for (int k = 0; k < CONCEPTS; k++) sum += bit_at(of->equilibrium[k], s) ? worth[k] : 0;
    return sum;
}

static Found *find_equilibria(const Work *w, int32_t *n)
{
    int32_t *by_gain = NULL, *by_any = NULL;
    SLICE(Found) all = {0};
    if (w->has_graph && w->c.now >= 0) {
        by_gain = arena_new(w->a, int32_t, w->c.n);
        by_any = arena_new(w->a, int32_t, w->c.n);
        graph_reach(w->a, &w->c, &w->moves, w->c.now, true, by_gain);
        graph_reach(w->a, &w->c, &w->moves, w->c.now, false, by_any);
    }
    for (int32_t s = 0; s < w->c.n && all.n < FOUND_MAX; s++) {
        if (!strength_of(&w->possible, s)) continue;
        int place = !by_gain ? 0 : by_gain[s] >= 0 ? 1 : by_any[s] >= 0 ? 2 : 3;
        *push(w->a, &all) = (Found){s, place, 32 * strength_of(&w->sure, s) + strength_of(&w->possible, s), place == 1 ? by_gain[s] : place == 2 ? by_any[s] : 0};
    }
    if (all.n) qsort(all.v, (size_t)all.n, sizeof *all.v, found_cmp);
    *n = all.n;
    return all.v;
}

static void show_equilibria(const Work *w, Buf *out, const Found *found, int32_t n)
{
    static const Column columns[] = {{"STATE", true}, {"TAKEN", false}, {"STABLE BY", false}, {"FROM NOW", false}};
    Grid g = {.a = w->a, .n = 4, .column = columns};
    for (int32_t i = 0; i < n && i < SHOWN_MAX; i++) {
        const Found *f = &found[i];
        Str sure = concepts_of(w, &w->sure, f->state), possible = concepts_of(w, &w->possible, f->state);
        Str how = str_eq(sure, possible) ? sure : arena_printf(w->a, "%.*s (possibly %.*s)", STR(sure.n ? sure : S("none for sure")), STR(possible));
        Str way = !f->place ? S("") : f->state == w->c.now ? S("stands now")
                  : f->place == 1 ? arena_printf(w->a, "%d %s, each better for the mover", f->steps, plural(f->steps, "move", "moves"))
                  : f->place == 2 ? arena_printf(w->a, "%d %s; somebody must step back", f->steps, plural(f->steps, "move", "moves")) : S("cannot be brought about");
        grid_row(&g, 4, arena_printf(w->a, "%d", f->state + 1), state_shown(w, f->state), how, way);
    }
    if (!n) buf_add(out, S("  No state is stable for all.\n"));
    else grid_put(&g, out);
    if (n > SHOWN_MAX) buf_printf(out, "  … and %d more%s; --json has them all\n", n - SHOWN_MAX, n == FOUND_MAX ? " at least" : "");
}

static void show_why(const Work *w, Buf *out, int32_t s)
{
    for (int32_t p = 0; p < w->c.n_players; p++) {
        static const Concept asked[] = {STABLE_R, STABLE_SEQ, STABLE_SMR, STABLE_GMR};
        Concept how = STABLE_R;
        for (size_t k = 0; k < sizeof asked / sizeof *asked; k++)
            if (bit_at(w->sure.bits[asked[k]][p], s)) { how = asked[k]; break; }
        Buf b = {.to = w->a};
        graph_explain(w->a, &w->c, &w->moves, p, s, how, &b);
        buf_add(out, S("    "));
        Flow f = flow_at(w->a, out, 4, 4);
        flow_text(&f, buf_str(&b), PLAIN);
        flow_end(&f);
    }
}

static void show_coalitions(const Work *w, Buf *out)
{
    Jumps jumps;
    int shown = 0;
    graph_coalitions(w->a, &w->c, &w->moves, w->sure.equilibrium[STABLE_R], &jumps);
    for (int32_t i = 0; i < jumps.jumps.n && shown < SHOWN_MAX; i++) {
        const Jump *j = &jumps.jumps.v[i];
        if (i && jumps.jumps.v[i - 1].state == j->state && jumps.jumps.v[i - 1].players == j->players) continue;
        Buf who = {.to = w->a};
        for (int32_t p = 0; p < w->c.n_players; p++)
            if (j->players >> p & 1) buf_printf(&who, "%s%.*s", who.n ? " and " : "", STR(name_of(w, p)));
        buf_printf(out, "  Together %.*s could leave state %d for %d (%.*s), which each of them prefers.\n", STR(buf_str(&who)), j->state + 1, j->to + 1,
                   STR(state_shown(w, j->to)));
        shown++;
    }
}

static void show_world(const Work *w, Buf *out, int32_t viewer)
{
    Str words = world_words(w, w->c.world);
    Range chance = world_chance(w, w->c.world);
    int32_t n = 0;
    const Found *found = find_equilibria(w, &n);
    if (words.n) screen_put(out, words, BOLD);
    else screen_put(out, S("As the file has it"), BOLD);
    if (words.n && chance.is_given) buf_printf(out, " (chance %.2f to %.2f, if the conditions do not hang together)", chance.low, chance.high);
    if (viewer >= 0) buf_printf(out, ", as %.*s sees it", STR(w->sc.actors.v[viewer].name));
    buf_char(out, '\n');
    show_equilibria(w, out, found, n);
    if (!w->has_graph) return;
    for (int32_t i = 0; i < n && i < 2; i++) {
        if (!bit_at(w->sure.equilibrium[STABLE_SEQ], found[i].state)) break;
        buf_printf(out, "  Why state %d (%.*s) holds:\n", found[i].state + 1, STR(state_shown(w, found[i].state)));
        show_why(w, out, found[i].state);
    }
    show_coalitions(w, out);
    buf_char(out, '\n');
}

/* ---- all of it --------------------------------------------------------------------------------------------------------------- */
static bool run_world(Work *w, uint32_t world, int32_t viewer, bool is_json, bool is_first, Buf *out)
{
    arena_reset(&w->big);
    memset(w->c.key, 0, sizeof w->c.key);
    if (!solve(w, world, viewer)) return false;
    if (is_json && !is_first) buf_add(out, S(", "));
    if (is_json) json_world(w, out, viewer);
    else show_world(w, out, viewer);
    return true;
}

static bool explain(Work *w, int64_t state, Buf *out)
{
    if (state < 1 || state > w->c.n) return fail(&w->call->err, ERR_USAGE, "--explain takes a state from 1 to %d", w->c.n);
    if (!w->has_graph) return fail(&w->call->err, ERR_LIMIT, "%d states are too many to explain one; at most %d", w->c.n, GRAPH_STATES_MAX);
    if (!solve(w, (uint32_t)call_number(w->call, "world", 0), -1)) return false;
    buf_printf(out, "State %d (%.*s)\n", (int)state, STR(state_shown(w, (int32_t)state - 1)));
    for (int32_t p = 0; p < w->c.n_players; p++) {
        screen_put(out, name_of(w, p), BOLD);
        buf_char(out, '\n');
        for (int k = 0; k < CONCEPTS; k++) {
            Buf b = {.to = w->a};
            graph_explain(w->a, &w->c, &w->moves, p, (int32_t)state - 1, (Concept)k, &b);
            buf_printf(out, "  %-4s ", concept_name[k]);
            Flow f = flow_at(w->a, out, 7, 7);
            flow_text(&f, buf_str(&b), PLAIN);
            flow_end(&f);
        }
    }
    return true;
}

static bool run_all(Work *w, bool is_json, Buf *out)
{
    uint32_t worlds = 1u << w->sc.conditions.n;
    bool is_first = true, views = call_has(w->call, "views");
    for (uint32_t world = 0; world < worlds; world++)
        for (int32_t viewer = -1; viewer < (views ? w->sc.actors.n : 0); viewer++) {
            bool is_player = viewer < 0;
            for (int32_t p = 0; p < w->c.n_players; p++) is_player |= w->c.actor[p] == viewer;
            if (!is_player) continue;
            if (call_has(w->call, "world") && world != (uint32_t)call_number(w->call, "world", 0)) continue;
            if (!run_world(w, world, viewer, is_json, is_first, out)) return false;
            is_first = false;
        }
    return true;
}

static int conflict_run(Call *call)
{
    if (!foresee_operand(call)) return EXIT_USAGE;
    if (call_has(call, "draft")) return foresee_draft(call);
    Work w = {.call = call, .a = call->arena, .big = {.landing = call->arena->landing, .budget = (ptrdiff_t)3 << 30}};
    Buf out = {.to = call->arena};
    bool is_json = call_has(call, "json"), ok;
    w.threads = (int)call_number(call, "jobs", 0);
    if (w.threads < 1) w.threads = io_cores();
    screen();
    ok = read_model(&w) && conflict_states(w.a, &w.sc, &w.listed, &w.c, &call->err);
    w.has_graph = ok && w.c.n <= GRAPH_STATES_MAX;
    if (w.has_graph) conflict_moves(w.a, &w.c, &w.moves);
    if (ok && call_has(call, "svg"))
        ok = solve(&w, (uint32_t)call_number(call, "world", 0), -1)
             && (w.has_graph ? picture_conflict(w.a, &w.c, &w.moves, &w.sure, &out, &call->err)
                             : fail(&call->err, ERR_LIMIT, "%d states are too many for a picture; at most %d", w.c.n, PICTURE_STATES_MAX));
    else if (ok && call_has(call, "explain")) ok = explain(&w, call_number(call, "explain", 1), &out);
    else if (ok) {
        if (is_json) {
            buf_printf(&out, "{\"format\": 1, \"n_states\": %d, ", w.c.n);
            if (w.c.n <= PAYOFFS_SHOWN) { json_states(&w, &out); buf_add(&out, S(", ")); }
            buf_add(&out, S("\"worlds\": ["));
        } else
            buf_printf(&out, "%.*s%s%s states, %d players, %d options.\n\n", STR(w.sc.title), w.sc.title.n ? ": " : "",
                       number_text(w.a, w.c.n).p, w.c.n_players, w.c.n_options);
        ok = run_all(&w, is_json, &out);
        if (is_json) buf_add(&out, S("]}\n"));
        else if (ok && w.sc.texts.n) buf_printf(&out, "%.*s\n", STR(shown_basis(w.a, &w.sc)));
    }
    arena_close(&w.big);
    if (!ok) return call_failed(call);
    if (!is_json && !call_has(call, "svg")) screen_page();
    io_out(buf_str(&out));
    return EXIT_DONE;
}

static const char about[] =
    "FILE is a scenario (`demarche-scenario 1`) with options and wishes, or JSON of patterns or of GMCR+. Every state that is stable for all by one "
    "of five ways of looking ahead is listed: R (no own move is better), GMR, SMR (the others can answer every improvement; and there is no way out of "
    "the answer), SEQ, SSEQ (the same, by others who better themselves with each move). The others may move several times, nobody twice in a row.\n\n"
    "Each world, a truth for every condition of the file, is solved by itself. Of unknown wishes every reading is solved: what is stable in all of them is "
    "sure, in some possible. `--views` adds the conflict as each side sees it.";
static const Option options[] = {
    {0, "explain", TAKES_NUMBER, "STATE", "why this state is stable, or not, for each player and each way of looking ahead"},
    {0, "world", TAKES_NUMBER, "N", "only this world: the sum of 1, 2, 4 … for the conditions that hold"},
    {0, "views", TAKES_NOTHING, NULL, "also as each side sees it (prefers seen-by)"},
    {'j', "jobs", TAKES_NUMBER, "N", "threads (0: one a core)"},
    {0, "svg", TAKES_NOTHING, NULL, "states and better moves of the world of --world, as SVG"},
    {0, "json", TAKES_NOTHING, NULL, "one JSON object with the whole tables"},
    OPTIONS_DRAFT,
    OPTIONS_END};
static const Example examples[] = {
    {"demarche conflict examples/strait.scenario", "What is stable, and why"},
    {"demarche conflict --explain 1 examples/strait.scenario", "One state, player by player"},
    {0}};
const Command command_conflict = {
    .name = "conflict", .operands = "[FILE]", .summary = "which states of a conflict nobody would leave, and why", .about = about,
    .operand = OPERAND_FILE, .least = 0, .most = 1, .options = options, .examples = examples, .run = conflict_run};
