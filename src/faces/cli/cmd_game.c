/* game: what players who think ahead would do, by every method that fits, each profile checked.
**
** For people: equilibria in words, chance by chance; for programs: profiles in the order of doc/scenario.md. `--to` writes the
** game for other programs instead.
*/
#include "base/json.h"
#include "foresee.h"
#include "foresee/picture.h"

enum { SHOWN_MAX = 20 };

typedef struct {
    Call *call;
    Arena *a;
    Scenario sc;
    Game g;
    GameTable table;
    Err no_table, no_exact, no_induction, no_logit;
    Profiles pure, exact;
    double lambda, *logit;
    Induction induction;
    bool has_table, has_exact, has_induction, has_logit;
} Work;

static bool read_game(Work *w)
{
    Str bytes, file = str_of(w->call->operand[0]);
    if (!foresee_open(w->call, w->call->operand[0], &bytes)) return false;
    if (!foresee_is_scenario(bytes)) return game_read(w->a, file, bytes, &w->g, &w->call->err);
    return scenario_read(w->a, file, bytes, &w->sc, &w->call->err) && game_of_scenario(w->a, &w->sc, &w->g, &w->call->err);
}

static void solve(Work *w)
{
    w->has_table = game_table(w->a, &w->g, &w->table, &w->no_table);
    if (w->has_table) game_pure(w->a, &w->g, &w->table, &w->pure);
    w->has_exact = w->g.is_tree ? game_sequence_form(w->a, &w->g, &w->exact, &w->no_exact)
                                : game_lemke_howson(w->a, &w->g, &w->table, &w->exact, &w->no_exact);
    w->has_induction = game_induction(w->a, &w->g, &w->induction, &w->no_induction);
    w->logit = arena_new(w->a, double, w->g.n_actions + 1);
    w->has_logit = game_logit(w->a, &w->g, w->lambda, w->logit, &w->no_logit);
}

/* ---- for programs ------------------------------------------------------------------------------------------------------- */
static void json_profiles(const Work *w, Buf *out, const Profiles *of)
{
    buf_char(out, '[');
    for (int32_t i = 0; i < of->all.n; i++) {
        const Profile *x = &of->all.v[i];
        if (i) buf_add(out, S(", "));
        if (!x->exact) { put_array(out, x->p, w->g.n_actions); continue; }
        buf_add(out, S("{\"p\": "));
        put_array(out, x->p, w->g.n_actions);
        buf_add(out, S(", \"exact\": ["));
        for (int32_t k = 0; k < w->g.n_actions; k++) {
            if (k) buf_add(out, S(", "));
            json_put_str(out, x->exact[k]);
        }
        buf_add(out, S("], \"gain\": "));
        json_put_number(out, x->gain);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

static void json_why(Buf *out, const char *key, const Err *why)
{
    buf_printf(out, ", \"%s\": null, \"%s_why\": ", key, key);
    json_put_str(out, str_of(why->text));
}

static void json_bits(const Work *w, Buf *out, const uint64_t *bits)
{
    buf_char(out, '[');
    for (int32_t k = 0; k < w->g.n_actions; k++) buf_printf(out, "%s%d", k ? ", " : "", (int)(bits[k >> 6] >> (k & 63) & 1));
    buf_char(out, ']');
}

static void json_actions(const Work *w, Buf *out)
{
    const Game *g = &w->g;
    bool is_first = true;
    buf_add(out, S(", \"actions\": ["));
    for (int32_t p = 0; p < g->players.n; p++)
        for (int32_t i = 0; i < (g->is_tree ? g->order[p].n : 1); i++) {
            const Strs *names = g->is_tree ? &g->sets.v[g->order[p].v[i]].actions : &g->strategies[p];
            for (int32_t k = 0; k < names->n; k++) {
                buf_printf(out, "%s{\"player\": %d, \"set\": %d, \"action\": ", is_first ? "" : ", ", p + 1, i + 1);
                json_put_str(out, names->v[k]);
                buf_char(out, '}');
                is_first = false;
            }
        }
    buf_char(out, ']');
}

static void json_all(const Work *w, Buf *out)
{
    int32_t np = w->g.players.n;
    buf_add(out, S("{\"format\": 1, \"title\": "));
    json_put_str(out, w->g.title);
    buf_add(out, S(", \"players\": ["));
    for (int32_t p = 0; p < np; p++) {
        if (p) buf_add(out, S(", "));
        json_put_str(out, w->g.players.v[p]);
    }
    buf_char(out, ']');
    json_actions(w, out);
    if (!w->has_table) json_why(out, "pure", &w->no_table);
    else { buf_add(out, S(", \"pure\": ")); json_profiles(w, out, &w->pure); }
    if (!w->has_exact) json_why(out, "equilibria", &w->no_exact);
    else { buf_add(out, S(", \"equilibria\": ")); json_profiles(w, out, &w->exact); }
    if (!w->has_logit) json_why(out, "logit", &w->no_logit);
    else {
        buf_add(out, S(", \"logit\": {\"lambda\": "));
        json_put_number(out, w->lambda);
        buf_add(out, S(", \"p\": "));
        put_array(out, w->logit, w->g.n_actions);
        buf_char(out, '}');
    }
    if (!w->has_induction) json_why(out, "induction", &w->no_induction);
    else {
        buf_add(out, S(", \"induction\": {\"possible\": "));
        json_bits(w, out, w->induction.possible);
        buf_add(out, S(", \"certain\": "));
        json_bits(w, out, w->induction.certain);
        buf_add(out, w->g.has_ranges ? S(", \"range\": [") : S(", \"payoffs\": ["));
        for (int32_t i = 0; i < w->induction.n_pays; i++) {
            if (i) buf_add(out, S(", "));
            put_array(out, w->induction.pays + i * np, np);
        }
        buf_add(out, S("]}"));
    }
    buf_add(out, S("}\n"));
}

/* ---- for people ------------------------------------------------------------------------------------------------------------ */
static Str set_name(const Work *w, int32_t p, int32_t i)
{
    const GameSet *s = &w->g.sets.v[w->g.order[p].v[i]];
    if (s->label.n) return s->label;
    if (s->before < 0) return w->g.order[p].n == 1 ? S("") : arena_printf(w->a, "move %d", i + 1);
    return arena_printf(w->a, "move %d, after %.*s", i + 1, STR(w->g.sets.v[s->before].actions.v[s->before_action]));
}

static void profile_words(const Work *w, const double *p, const Str *exact, Buf *out)
{
    const Game *g = &w->g;
    int32_t at = 0;
    for (int32_t k = 0; k < g->players.n; k++)
        for (int32_t i = 0; i < (g->is_tree ? g->order[k].n : 1); i++) {
            const Strs *names = g->is_tree ? &g->sets.v[g->order[k].v[i]].actions : &g->strategies[k];
            Str where = g->is_tree ? set_name(w, k, i) : S("");
            Buf b = {.to = w->a};
            for (int32_t c = 0; c < names->n; c++) {
                double x = p[at + c];
                if (x <= 0) continue;
                if (b.n) buf_add(&b, S(", "));
                buf_add(&b, names->v[c]);
                if (x < 1 && exact && exact[at + c].n < 12) buf_printf(&b, " %.*s", STR(exact[at + c]));
                else if (x < 1) buf_printf(&b, " %.4f", x);
            }
            at += names->n;
            if (!b.n) continue;                          /* never reached by the player's own choices */
            buf_printf(out, "    %.*s%s%.*s: %.*s\n", STR(screen_safe(w->a, g->players.v[k])), where.n ? ", " : "", STR(screen_safe(w->a, where)),
                       STR(screen_safe(w->a, buf_str(&b))));
        }
}

static void show_profiles(const Work *w, Buf *out, const Profiles *of)
{
    double *value = arena_new(w->a, double, w->g.players.n + 1);
    for (int32_t i = 0; i < of->all.n && i < SHOWN_MAX; i++) {
        const Profile *x = &of->all.v[i];
        buf_printf(out, "  %d.", i + 1);
        if (x->exact) {
            game_values(w->a, &w->g, x->p, value);
            buf_add(out, S(" pays"));
            for (int32_t p = 0; p < w->g.players.n; p++) buf_printf(out, " %.*s %.*s", STR(screen_safe(w->a, w->g.players.v[p])), STR(figure(w->a, value[p])));
            buf_printf(out, "; nobody gains more than %.1g by leaving it", x->gain);
        }
        buf_char(out, '\n');
        profile_words(w, x->p, x->exact, out);
    }
    if (of->all.n > SHOWN_MAX) buf_printf(out, "  … and %d more; --json has them all\n", of->all.n - SHOWN_MAX);
}

static void show_induction(const Work *w, Buf *out)
{
    const Game *g = &w->g;
    const Induction *x = &w->induction;
    screen_put(out, S("Thinking from the end"), BOLD);
    buf_add(out, g->has_ranges ? S(": what is best whatever the numbers in their ranges, and what may be\n") : S(": what is played in some subgame-perfect equilibrium\n"));
    for (int32_t p = 0; p < g->players.n; p++)
        for (int32_t i = 0; i < g->order[p].n; i++) {
            const GameSet *s = &g->sets.v[g->order[p].v[i]];
            Str where = set_name(w, p, i);
            buf_printf(out, "    %.*s%s%.*s:", STR(screen_safe(w->a, g->players.v[p])), where.n ? ", " : "", STR(screen_safe(w->a, where)));
            for (int32_t c = 0; c < s->actions.n; c++) {
                int32_t at = s->first + c;
                if (x->certain[at >> 6] >> (at & 63) & 1) buf_printf(out, " %.*s", STR(screen_safe(w->a, s->actions.v[c])));
                else if (x->possible[at >> 6] >> (at & 63) & 1) buf_printf(out, " %.*s (possible)", STR(screen_safe(w->a, s->actions.v[c])));
            }
            buf_char(out, '\n');
        }
    for (int32_t i = 0; i < x->n_pays && i < SHOWN_MAX; i++) {
        buf_add(out, g->has_ranges ? (i ? S("    at most") : S("    pays at least")) : S("    pays"));
        for (int32_t p = 0; p < g->players.n; p++) buf_printf(out, " %.*s %.*s", STR(screen_safe(w->a, g->players.v[p])), STR(figure(w->a, x->pays[i * g->players.n + p])));
        buf_char(out, '\n');
    }
    buf_char(out, '\n');
}

static void show_all(const Work *w, Buf *out)
{
    buf_printf(out, "%.*s: %d %s\n\n", STR(screen_safe(w->a, w->g.title.n ? w->g.title : str_of(w->call->operand[0]))), w->g.players.n, plural(w->g.players.n, "player", "players"));
    if (w->has_induction) show_induction(w, out);
    screen_put(out, S("Pure equilibria"), BOLD);
    if (!w->has_table) buf_printf(out, ": %s\n", w->no_table.text);
    else buf_printf(out, ": %d%s\n", w->pure.all.n, w->pure.is_cut ? " or more" : "");
    if (w->has_table) show_profiles(w, out, &w->pure);
    if (w->has_exact) {
        screen_put(out, w->g.is_tree ? S("\nAn equilibrium by the sequence form") : S("\nEquilibria by Lemke and Howson"), BOLD);
        buf_add(out, S(", exact\n"));
        show_profiles(w, out, &w->exact);
    } else buf_printf(out, "\nNo exact method: %s\n", w->no_exact.text);
    if (w->has_logit) {
        screen_put(out, S("\nLogit responses"), BOLD);
        buf_printf(out, " at precision %g: everybody errs, less where it costs more\n", w->lambda);
        profile_words(w, w->logit, NULL, out);
    } else buf_printf(out, "\nNo logit responses: %s\n", w->no_logit.text);
    buf_add(out, S("\nThese follow from the payoffs put in; whether the players have them, the game does not say.\n"));
    if (w->sc.file.n) buf_printf(out, "%.*s\n", STR(shown_basis(w->a, &w->sc)));
}

static int game_run(Call *call)
{
    Work w = {.call = call, .a = call->arena, .lambda = 1};
    Buf out = {.to = call->arena};
    Str lambda = call_text(call, "lambda");
    screen();
    if (lambda.n && (!number_read(lambda, &w.lambda) || w.lambda < 0 || w.lambda > 1e6)) {
        fail(&call->err, ERR_USAGE, "--lambda takes a number from 0 to 1000000, got '%.*s'", STR(lambda));
        return EXIT_USAGE;
    }
    if (!read_game(&w)) return call_failed(call);
    if (call_has(call, "export")) {
        game_write(&w.g, &out);
        io_out(buf_str(&out));
        return EXIT_DONE;
    }
    if (call_has(call, "svg")) {
        bool has = game_induction(w.a, &w.g, &w.induction, &w.no_induction);
        if (!picture_game(w.a, &w.g, has ? &w.induction : NULL, &out, &call->err)) return call_failed(call);
        io_out(buf_str(&out));
        return EXIT_DONE;
    }
    solve(&w);
    if (call_has(call, "json")) json_all(&w, &out);
    else {
        show_all(&w, &out);
        screen_page();
    }
    io_out(buf_str(&out));
    return EXIT_DONE;
}

static const char about[] =
    "FILE is a game of Gambit's (.efg, .nfg) or a scenario with a `tree`. All pure equilibria; for two players an exact equilibrium by the sequence form "
    "(trees) or all that Lemke and Howson's method finds from any start (tables); logit responses for any game; backward induction with every tie where everybody sees "
    "everything, and with ranges for payoffs what is best whatever the numbers.\n\n"
    "`--export` writes the game as .efg (trees) or .nfg (tables); ranges are written by their likeliest values.";
static const Option options[] = {
    {0, "lambda", TAKES_TEXT, "X", "precision of logit responses (1)"},
    {0, "export", TAKES_NOTHING, NULL, "the game itself, for Gambit and others"},
    {0, "svg", TAKES_NOTHING, NULL, "the tree, what is best drawn thick, as SVG"},
    {0, "json", TAKES_NOTHING, NULL, "one JSON object with every profile"},
    OPTIONS_END};
static const Example examples[] = {
    {"demarche game examples/pilots.scenario", "What each side would do, payoffs in ranges"},
    {"demarche game --export examples/pilots.scenario", "The same game for other programs"},
    {0}};
const Command command_game = {
    .name = "game", .operands = "FILE", .summary = "what players who think ahead would do", .about = about,
    .operand = OPERAND_FILE, .least = 1, .most = 1, .options = options, .examples = examples, .run = game_run};
