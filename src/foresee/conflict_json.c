/* Conflicts of others, from JSON, as a scenario.
**
** Patterns: {"players": [{"name", "options": [names], "ranking": [7, 3, [4, 8]] or "statements": [{"any": ["-Y-N"], "if" or
** "iff": "Y---"}]}], "directions": {"option": "fwd"}, "infeasible": ["YY--"], "coalesce": ["---Y"], "states": ["NYNN"],
** "status_quo": 1}, by itself or as member "model". A pattern has a letter for each option, in the order of the players.
**
** GMCR+: {"decisionMakers": [{"name", "options": [{"name", "permittedDirection"}], "preferences": […]}], "infeasibles":
** […]}; an infeasible or preferred combination is a list of [option, "Y" or "N"], several of them one of which must hold.
** Only what such files say is taken; their own solutions are not.
*/
#include "base/json.h"
#include "foresee/conflict.h"

enum { ALTERNATIVES_MAX = 2000 };                        /* expressions nest as deep as they are long */
typedef struct { Arena *a; Str file; Scenario *sc; Err *e; Map options; } JsonModel;

static bool refuse(const JsonModel *m, const char *what, Str word, const char *remedy)
{
    return fail(m->e, ERR_INPUT, "%.*s: %s '%.*s'; %s", STR(m->file), what, STR(word), remedy);
}

static int32_t leaf(JsonModel *m, int32_t option, bool is_taken)
{
    int32_t x = scenario_expr(m->a, m->sc, EXPR_OPTION, -1, option);
    return is_taken ? x : scenario_expr(m->a, m->sc, EXPR_NOT, x, -1);
}

static int32_t both(JsonModel *m, int32_t x, int32_t y) { return x < 0 ? y : scenario_expr(m->a, m->sc, EXPR_AND, x, y); }
static int32_t either(JsonModel *m, int32_t x, int32_t y) { return x < 0 ? y : scenario_expr(m->a, m->sc, EXPR_OR, x, y); }

static bool pattern_of(JsonModel *m, Str pattern, int32_t *to)
{
    *to = -1;
    if (pattern.n != m->sc->options.n) return refuse(m, "the pattern", pattern, "it must have one letter for each option");
    for (int32_t i = 0; i < m->sc->options.n; i++) {
        if (pattern.p[i] == '-') continue;
        if (pattern.p[i] != 'Y' && pattern.p[i] != 'N') return refuse(m, "the pattern", pattern, "it is made of Y, N and -");
        *to = both(m, *to, leaf(m, i, pattern.p[i] == 'Y'));
    }
    if (*to < 0) *to = scenario_expr(m->a, m->sc, EXPR_TRUE, -1, -1);
    return true;
}

/* A pattern, a list of [option, letter], or an object or list of such, one of which must hold. */
static bool combination_of(JsonModel *m, const Json *x, int depth, int32_t *to)
{
    *to = -1;
    if (!x || depth > 4) return refuse(m, "a combination", x ? x->text : (Str){0}, "it is a pattern or a list of [option, \"Y\"]");
    if (x->kind == JSON_STRING) return pattern_of(m, x->text, to);
    if (x->kind == JSON_OBJECT) {
        static const char *const inside[] = {"any", "compound", "conditions", "cond", "condition", "options", "ts"};
        for (size_t k = 0; k < sizeof inside / sizeof *inside; k++) {
            const Json *y = json_get(x, str_of(inside[k]));
            if (y && (y->kind == JSON_ARRAY || y->kind == JSON_OBJECT)) return combination_of(m, y, depth + 1, to);
        }
    }
    if (x->kind == JSON_ARRAY && x->n > ALTERNATIVES_MAX)
        return fail(m->e, ERR_LIMIT, "%.*s: a combination lists %d alternatives, at most %d are read", STR(m->file), x->n, ALTERNATIVES_MAX);
    if (x->kind != JSON_ARRAY || !x->n) return refuse(m, "a combination", x->key, "it is a pattern or a list of [option, \"Y\"]");
    bool is_pairs = x->first->kind == JSON_ARRAY && x->first->n == 2 && x->first->first->kind == JSON_STRING
                    && x->first->first->next->kind == JSON_STRING && x->first->first->next->text.n == 1;
    for (const Json *y = x->first; y; y = y->next) {
        int32_t one;
        if (!is_pairs) {
            if (!combination_of(m, y, depth + 1, &one)) return false;
            *to = either(m, *to, one);
            continue;
        }
        const Json *name = y->kind == JSON_ARRAY ? y->first : NULL, *letter = name ? name->next : NULL;
        int32_t option = name && name->kind == JSON_STRING ? map_get(&m->options, name->text) : -1;
        if (option < 0) return refuse(m, "no option is called", name ? name->text : (Str){0}, "mend the name");
        if (!letter || letter->kind != JSON_STRING || (!str_eq(letter->text, S("Y")) && !str_eq(letter->text, S("N"))))
            return refuse(m, "after the option", name->text, "there must be \"Y\" or \"N\"");
        *to = both(m, *to, leaf(m, option, str_eq(letter->text, S("Y"))));
    }
    return true;
}

static bool option_of(JsonModel *m, const Json *x, int32_t actor)
{
    ConflictOption o = {.actor = actor, .name = x->kind == JSON_STRING ? x->text : json_text(x, S("name"))};
    Str way = json_text(x, S("permittedDirection"));
    if (!o.name.n) return refuse(m, "an option has no name at", m->sc->actors.v[actor].name, "give it one");
    if (m->sc->options.n == CONFLICT_OPTIONS_MAX) return fail(m->e, ERR_LIMIT, "%.*s: more than %d options; join some", STR(m->file), CONFLICT_OPTIONS_MAX);
    if (str_eq(way, S("fwd"))) o.once = ONCE_TAKEN;
    if (str_eq(way, S("back"))) o.once = ONCE_DROPPED;
    int32_t *at = map_at(&m->options, o.name);
    if (*at >= 0) return refuse(m, "two options are called", o.name, "rename one");
    *at = m->sc->options.n;
    *push(m->a, &m->sc->options) = o;
    return true;
}

static bool wishes_of(JsonModel *m, const Json *list, Preference *p)
{
    for (const Json *x = list->first; x; x = x->next) {
        Wish w = {.what = -1, .condition = -1, .weight = 1};
        const Json *any = x->kind == JSON_OBJECT ? json_get(x, S("any")) : NULL, *given = json_get(x, S("if")), *iff = json_get(x, S("iff"));
        if (p->wishes.n == STATEMENTS_MAX) return fail(m->e, ERR_LIMIT, "%.*s: more than %d statements", STR(m->file), STATEMENTS_MAX);
        if (!combination_of(m, any ? any : x, 0, &w.what)) return false;
        if (given || iff) {
            w.when = given ? WHEN_IF : WHEN_IFF;
            if (!combination_of(m, given ? given : iff, 0, &w.condition)) return false;
        }
        *push(m->a, &p->wishes) = w;
    }
    return true;
}

static bool preference_of(JsonModel *m, const Json *player, int32_t actor)
{
    Preference p = {.actor = actor, .seen_by = -1, .world = -1, .line = 1};
    const Json *ranking = json_get(player, S("ranking")), *list = json_get(player, S("statements"));
    if (!list) list = json_get(player, S("preferences"));
    if (ranking && ranking->kind == JSON_ARRAY)
        for (const Json *x = ranking->first; x; x = x->next) {
            Ints equals = {0};
            for (const Json *y = x->kind == JSON_ARRAY ? x->first : x; y; y = x->kind == JSON_ARRAY ? y->next : NULL)
                if (y->kind == JSON_NUMBER && y->number >= 1 && y->number <= 1e8) *push(m->a, &equals) = (int32_t)y->number;
            *push(m->a, &p.ranking) = equals;
        }
    else if (!list || list->kind != JSON_ARRAY)
        return refuse(m, "nothing says what is preferred by", m->sc->actors.v[actor].name, "give it \"ranking\" or \"statements\"");
    else if (!wishes_of(m, list, &p)) return false;
    *push(m->a, &m->sc->preferences) = p;
    return true;
}

static bool each_barred(JsonModel *m, const Json *list, bool is_merged)
{
    for (const Json *x = list && list->kind == JSON_ARRAY ? list->first : NULL; x; x = x->next) {
        Barred b = {.reason = json_text(x, S("name"))};
        if (!combination_of(m, x, 0, &b.what)) return false;
        if (is_merged) *push(m->a, &m->sc->merged) = b;
        else *push(m->a, &m->sc->barred) = b;
    }
    return true;
}

static bool directions_of(JsonModel *m, const Json *ways)
{
    for (const Json *x = ways && ways->kind == JSON_OBJECT ? ways->first : NULL; x; x = x->next) {
        int32_t option = map_get(&m->options, x->key);
        if (option < 0) return refuse(m, "directions name no option", x->key, "mend the name");
        m->sc->options.v[option].once = str_eq(x->text, S("fwd")) ? ONCE_TAKEN : str_eq(x->text, S("back")) ? ONCE_DROPPED : ONCE_NOT;
    }
    return true;
}

static bool states_of(JsonModel *m, const Json *list, Ints *listed)
{
    for (const Json *x = list && list->kind == JSON_ARRAY ? list->first : NULL; x; x = x->next) {
        uint32_t bits = 0;
        if (x->kind != JSON_STRING || x->text.n != m->sc->options.n)
            return refuse(m, "the state", x->text, "it must have one letter, Y or N, for each option");
        for (int32_t i = 0; i < m->sc->options.n; i++) bits |= (uint32_t)(x->text.p[i] == 'Y') << i;
        *push(m->a, listed) = (int32_t)bits;
    }
    return true;
}

/* The state that stands now is given by its number; numbers exist once the states are laid out. */
static bool now_of(JsonModel *m, const Json *model, const Ints *listed)
{
    const Json *now = json_get(model, S("status_quo"));
    Conflict c;
    if (!now || now->kind != JSON_NUMBER) return true;
    if (!conflict_states(m->a, m->sc, listed, &c, m->e)) return false;
    if (now->number < 1 || now->number > c.n) return fail(m->e, ERR_INPUT, "%.*s: status_quo is %g; states run from 1 to %d", STR(m->file), now->number, c.n);
    m->sc->now.is_given = true;
    m->sc->now.options = c.options ? c.options[(int32_t)now->number - 1] : (uint32_t)now->number - 1;
    return true;
}

bool conflict_read_json(Arena *a, Str file, Str bytes, Scenario *sc, Ints *listed, Err *e)
{
    JsonModel m = {.a = a, .file = file, .sc = sc, .e = e, .options = {.to = a}};
    Json *root;
    *sc = (Scenario){.file = file};
    *listed = (Ints){0};
    if (bytes.n > SCENARIO_BYTES_MAX) return fail(e, ERR_LIMIT, "%.*s: the file is too large", STR(file));
    if (!json_read(a, bytes, &root, e)) return err_while(e, "%.*s", STR(file));
    const Json *model = json_get(root, S("model")) ? json_get(root, S("model")) : root;
    const Json *players = json_get(model, S("players")) ? json_get(model, S("players")) : json_get(model, S("decisionMakers"));
    sc->title = json_text(root, S("case"));
    if (!players || players->kind != JSON_ARRAY || !players->n)
        return fail(e, ERR_INPUT, "%.*s: no \"players\" and no \"decisionMakers\"; give a list of them", STR(file));
    for (const Json *x = players->first; x; x = x->next) {
        const Json *options = json_get(x, S("options"));
        ScenarioActor actor = {.name = json_text(x, S("name")), .stands = arena_new(a, Stand, 1), .basis = {.line = 1}};
        *push(a, &sc->actors) = actor;
        for (const Json *o = options && options->kind == JSON_ARRAY ? options->first : NULL; o; o = o->next)
            if (!option_of(&m, o, sc->actors.n - 1)) return false;
    }
    int32_t i = 0;
    for (const Json *x = players->first; x; x = x->next)
        if (!preference_of(&m, x, i++)) return false;
    const Json *barred = json_get(model, S("infeasible")) ? json_get(model, S("infeasible")) : json_get(model, S("infeasibles"));
    return directions_of(&m, json_get(model, S("directions"))) && each_barred(&m, barred, false)
           && each_barred(&m, json_get(model, S("coalesce")), true) && states_of(&m, json_get(model, S("states")), listed)
           && now_of(&m, model, listed);
}
