/* Games from Gambit's files, from a scenario's tree, and back.
**
**   EFG 2 R "Toll" { "Harbour" "Isle" } ""             NFG 1 R "Toll" { "Harbour" "Isle" } { 2 2 }
**   p "" 1 1 "" { "raise" "wait" } 0                      3 0 1 1 0 2 1 1
**   t "" 1 "paid" { 3, 1/2 }
**   t "" 0
**
** Numbers are exact rationals or decimals. The names and actions of an information set and the payoffs of an outcome may
** be left out where they were given before. Every mistake names its line.
*/
#include "foresee/game.h"
#include "foresee/lines.h"
#include <stdlib.h>
#include <string.h>

/* ---- exact numbers ---------------------------------------------------------------------------------------------- */
static int64_t gcd(int64_t a, int64_t b)
{
    while (b) { int64_t t = a % b; a = b; b = t; }
    return a < 0 ? -a : a;
}

static bool whole(Str word, int64_t *to, int *decimals)
{
    int64_t x = 0;
    ptrdiff_t i = 0;
    bool is_negative = false, has_point = false, has_digit = false;
    *decimals = 0;
    if (word.n && (word.p[0] == '-' || word.p[0] == '+')) is_negative = word.p[i++] == '-';
    for (; i < word.n; i++) {
        char c = word.p[i];
        if (c == '.' && !has_point) { has_point = true; continue; }
        if (c < '0' || c > '9' || x > INT64_MAX / 100) return false;
        x = 10 * x + (c - '0');
        *decimals += has_point;
        has_digit = true;
        while (has_point && c == '0' && i + 1 == word.n && *decimals > 0 && x % 10 == 0) { x /= 10; (*decimals)--; }   /* 1.131000 */
    }
    *to = is_negative ? -x : x;
    return has_digit;
}

bool ratio_read(Str word, Ratio *to, const char **why)
{
    Str rest = word, top;
    int64_t num, den = 1;
    int a, b = 0, power = 0;
    *why = "it is no number that fits 18 digits; write 3, 0.25 or 2/3";
    if (!str_split(&rest, '/', &top)) return false;
    if (rest.p) {
        if (!whole(rest, &den, &b) || b || den < 0) return false;
        if (!den) { *why = "there is a zero below the line"; return false; }
    }
    for (ptrdiff_t i = 0; i < top.n; i++)
        if (top.p[i] == 'e' || top.p[i] == 'E') {
            int64_t e;
            if (!whole(str_sub(top, i + 1, top.n), &e, &a) || a || e < -15 || e > 15) return false;
            power = (int)e;
            top = str_sub(top, 0, i);
        }
    if (!whole(top, &num, &a)) return false;
    for (power -= a; power > 0; power--) if (__builtin_mul_overflow(num, 10, &num)) return false;
    for (; power < 0; power++) if (__builtin_mul_overflow(den, 10, &den)) return false;
    int64_t g = gcd(num, den);
    *to = g ? (Ratio){num / g, den / g} : (Ratio){0, 1};
    return true;
}

/* ---- words of the file ---------------------------------------------------------------------------------------------- */
typedef enum { IS_END, IS_WORD, IS_TEXT, IS_OPEN, IS_CLOSE } Kind;
typedef struct {
    Arena *a;
    Lines in;
    Err *e;
    Str bytes;
    ptrdiff_t at;
    int32_t line, word_line;
    Kind kind;
    Str text;
    Game *g;
    Map sets, outcomes;                                  /* "player number" → set; number → outcome */
    SLICE(Ratio *) pays;                                 /* of outcomes; NULL: not given yet */
    Strs outcome_names;
    Ints outcome_lines;
} File;

static bool bad(File *f, const char *what, Str word, const char *remedy)
{
    return lines_fail(&f->in, f->word_line, f->e, "%s%s%.*s%s; %s", what, word.n ? " '" : "", STR(word), word.n ? "'" : "", remedy);
}

static bool advance(File *f)
{
    Str s = f->bytes;
    while (f->at < s.n && (s.p[f->at] == ' ' || s.p[f->at] == '\t' || s.p[f->at] == '\r' || s.p[f->at] == '\n' || s.p[f->at] == ','))
        f->line += s.p[f->at++] == '\n';
    f->word_line = f->line;
    f->text = (Str){0};
    if (f->at >= s.n) { f->kind = IS_END; return true; }
    ptrdiff_t from = f->at;
    char c = s.p[from];
    if (c == '{' || c == '}') { f->kind = c == '{' ? IS_OPEN : IS_CLOSE; f->at++; f->text = str_sub(s, from, from + 1); return true; }
    if (c == '"') {
        Buf b = {.to = f->a};
        for (f->at++; f->at < s.n && s.p[f->at] != '"'; f->at++) {
            if (s.p[f->at] == '\\' && f->at + 1 < s.n) f->at++;
            f->line += s.p[f->at] == '\n';
            buf_char(&b, s.p[f->at]);
        }
        if (f->at >= s.n) return bad(f, "a quotation mark is not closed", (Str){0}, "close it with \"");
        f->at++;
        f->kind = IS_TEXT;
        f->text = buf_str(&b);
        return true;
    }
    while (f->at < s.n && !strchr(" \t\r\n,{}\"", s.p[f->at])) f->at++;
    if (f->at == from) f->at++;                          /* a zero byte */
    f->kind = IS_WORD;
    f->text = str_sub(s, from, f->at);
    return true;
}

static bool take_text(File *f, const char *what, Str *to)
{
    if (f->kind != IS_TEXT) return bad(f, what, f->text, "a text in quotation marks belongs here");
    *to = f->text;
    return advance(f);
}

static bool take_brace(File *f, Kind kind)
{
    if (f->kind != kind) return bad(f, kind == IS_OPEN ? "'{' is missing before" : "'}' is missing before", f->text, "put it there");
    return advance(f);
}

static bool take_ratio(File *f, const char *what, Ratio *to)
{
    const char *why;
    if (f->kind != IS_WORD) return bad(f, what, f->text, "a number belongs here");
    if (!ratio_read(f->text, to, &why)) return bad(f, what, f->text, why);
    return advance(f);
}

static bool take_count(File *f, const char *what, int32_t low, int32_t high, int32_t *to)
{
    Ratio r;
    Str word = f->text;
    if (!take_ratio(f, what, &r)) return false;
    if (r.den != 1 || r.num < low || r.num > high)
        return lines_fail(&f->in, f->word_line, f->e, "%s is '%.*s'; a whole number from %d to %d belongs here", what, STR(word), low, high);
    *to = (int32_t)r.num;
    return true;
}

static bool take_payoffs(File *f, Ratio *to)
{
    if (!take_brace(f, IS_OPEN)) return false;
    for (int32_t p = 0; p < f->g->players.n; p++)
        if (f->kind == IS_CLOSE)
            return lines_fail(&f->in, f->word_line, f->e, "payoffs are missing: there are %d, and %d players", p, f->g->players.n);
        else if (!take_ratio(f, "the payoff", &to[p])) return false;
    return take_brace(f, IS_CLOSE);
}

/* ---- .efg ---------------------------------------------------------------------------------------------------------------- */
static bool take_outcome(File *f, GameNode *n)
{
    int32_t number = 0;
    if (!take_count(f, "the outcome", 0, 100000000, &number)) return false;
    Str key = arena_printf(f->a, "%d", number);
    int32_t *at = map_at(&f->outcomes, key);
    if (*at < 0) {
        *at = f->pays.n;
        *push(f->a, &f->pays) = NULL;
        *push(f->a, &f->outcome_names) = (Str){0};
        *push(f->a, &f->outcome_lines) = f->word_line;
    }
    int32_t which = *at;
    if (f->kind == IS_TEXT && !take_text(f, "the outcome's name", &f->outcome_names.v[which])) return false;
    if (f->kind == IS_OPEN) {
        f->pays.v[which] = arena_new(f->a, Ratio, f->g->players.n + 1);
        if (!take_payoffs(f, f->pays.v[which])) return false;
    }
    if (!number) return true;
    n->outcome = f->outcome_names.v[which];
    n->pays = f->pays.v[which];
    if (!n->pays) return lines_fail(&f->in, f->word_line, f->e, "outcome %d has no payoffs; give them in braces where it first stands", number);
    return true;
}

static bool take_set(File *f, GameNode *n, int32_t player)
{
    int32_t number = 0;
    Str label = {0};
    if (!take_count(f, "the information set", 0, 100000000, &number)) return false;
    int32_t *at = map_at(&f->sets, arena_printf(f->a, "%d %d", player, number)), is_new = *at < 0;
    if (is_new) {
        *at = f->g->sets.n;
        *push(f->a, &f->g->sets) = (GameSet){.player = player, .number = number, .before = -1};
    }
    n->set = *at;
    GameSet *s = &f->g->sets.v[n->set];
    if (f->kind == IS_TEXT && !take_text(f, "the set's name", &label)) return false;
    if (is_new) s->label = label;
    if (f->kind != IS_OPEN) return !is_new || bad(f, "the actions are missing before", f->text, "list them in braces where the set first stands");
    if (!advance(f)) return false;
    int32_t k = 0;
    for (; f->kind != IS_CLOSE; k++) {
        Str action;
        Ratio chance = {0, 1};
        if (!take_text(f, "the action", &action)) return false;
        if (player < 0 && !take_ratio(f, "the chance", &chance)) return false;
        if (!is_new && (k >= s->actions.n || !str_eq(s->actions.v[k], action)))
            return bad(f, "action", action, "a set has the same actions wherever it stands");
        if (!is_new) continue;
        if (k == GAME_ACTIONS_MAX) return bad(f, "too many actions at", action, "join some");
        *push(f->a, &s->actions) = action;
        if (player < 0) {
            Ratio *more = arena_new(f->a, Ratio, k + 1);
            if (k) memcpy(more, s->chance, (size_t)k * sizeof *more);
            more[k] = chance;
            s->chance = more;
            if (chance.num < 0) return bad(f, "the chance of", action, "a chance is not below 0");
        }
    }
    if (k != s->actions.n || !k) return bad(f, "the set has other actions before", f->text, "a set has the same actions wherever it stands, one at least");
    return advance(f);
}

static bool read_node(File *f, int32_t parent, int32_t action, int32_t *made)
{
    Game *g = f->g;
    GameNode n = {.set = -1, .parent = parent, .action = action};
    Str kind = f->text;
    int32_t player = -1;
    if (f->kind == IS_END) return bad(f, "the file ends where a node is missing", (Str){0}, "every action leads to a node");
    if (f->kind != IS_WORD || kind.n != 1 || !strchr("cpt", kind.p[0])) return bad(f, "no node begins with", f->text, "nodes begin with c, p or t");
    if (g->nodes.n == GAME_NODES_MAX) return bad(f, "too many nodes before", f->text, "prune the tree");
    if (!advance(f)) return false;
    if (f->kind == IS_TEXT && !take_text(f, "the node's name", &n.label)) return false;
    n.kind = kind.p[0] == 't' ? NODE_END : kind.p[0] == 'c' ? NODE_CHANCE : NODE_ACTOR;
    if (n.kind == NODE_ACTOR) {
        if (!take_count(f, "the player", 1, g->players.n, &player)) return false;
        player--;
    }
    if (n.kind != NODE_END && !take_set(f, &n, player)) return false;
    if (!take_outcome(f, &n)) return false;
    *made = g->nodes.n;
    *push(f->a, &g->nodes) = n;
    if (n.set >= 0) *push(f->a, &g->sets.v[n.set].nodes) = *made;
    return true;
}

/* Children follow their parent, one for each action, each with all that is below it: a stack of what still lacks some. */
static bool read_tree(File *f)
{
    Game *g = f->g;
    Ints open = {0};
    int32_t at;
    if (!read_node(f, -1, -1, &at)) return false;
    if (g->nodes.v[at].set >= 0) *push(f->a, &open) = at;
    while (open.n) {
        int32_t parent = open.v[open.n - 1], have = g->nodes.v[parent].children.n;
        if (open.n > GAME_DEPTH_MAX) return bad(f, "the tree is too deep before", f->text, "a way has at most 4000 moves");
        if (have == g->sets.v[g->nodes.v[parent].set].actions.n) { open.n--; continue; }
        if (!read_node(f, parent, have, &at)) return false;
        *push(f->a, &g->nodes.v[parent].children) = at;
        if (g->nodes.v[at].set >= 0) *push(f->a, &open) = at;
    }
    return f->kind == IS_END || bad(f, "a node too many:", f->text, "the tree is complete before it");
}

/* ---- what only the whole tree tells ------------------------------------------------------------------------------------ */
static void last_own(const Game *g, int32_t node, int32_t player, int32_t *set, int32_t *action)
{
    *set = *action = -1;
    for (int32_t at = node; g->nodes.v[at].parent >= 0; at = g->nodes.v[at].parent) {
        const GameNode *up = &g->nodes.v[g->nodes.v[at].parent];
        if (up->kind != NODE_ACTOR || g->sets.v[up->set].player != player) continue;
        *set = up->set;
        *action = g->nodes.v[at].action;
        return;
    }
}

static bool finish_tree(Arena *a, Game *g)
{
    g->order = arena_new(a, Ints, g->players.n + 1);
    g->has_recall = g->is_open = true;
    for (int32_t i = 0; i < g->nodes.n; i++) {           /* nodes stand in the order in which the tree comes to them */
        const GameNode *n = &g->nodes.v[i];
        if (n->kind == NODE_ACTOR && g->sets.v[n->set].nodes.v[0] == i) *push(a, &g->order[g->sets.v[n->set].player]) = n->set;
        if (n->kind != NODE_ACTOR) continue;
        GameSet *s = &g->sets.v[n->set];
        int32_t set, action;
        last_own(g, i, s->player, &set, &action);
        if (s->nodes.v[0] == i) { s->before = set; s->before_action = action; }
        else if (s->before != set || s->before_action != action) g->has_recall = false;
        if (s->nodes.n > 1) g->is_open = false;
        if (set == n->set) g->has_recall = false;
    }
    for (int32_t p = 0; p < g->players.n; p++)
        for (int32_t k = 0; k < g->order[p].n; k++) {
            g->sets.v[g->order[p].v[k]].first = g->n_actions;
            g->n_actions += g->sets.v[g->order[p].v[k]].actions.n;
        }
    return true;
}

static bool check_chances(File *f)
{
    for (int32_t i = 0; i < f->g->sets.n; i++) {
        const GameSet *s = &f->g->sets.v[i];
        double sum = 0;
        for (int32_t k = 0; s->player < 0 && k < s->actions.n; k++) sum += ratio_double(s->chance[k]);
        if (s->player < 0 && (sum < 1 - 1e-9 || sum > 1 + 1e-9))
            return lines_fail(&f->in, f->line, f->e, "the chances of chance move %d sum to %g; they must sum to 1", s->number, sum);
    }
    return true;
}

/* ---- .nfg ------------------------------------------------------------------------------------------------------------------- */
static bool take_strategies(File *f)
{
    Game *g = f->g;
    g->counts = arena_new(f->a, int32_t, g->players.n + 1);
    g->strategies = arena_new(f->a, Strs, g->players.n + 1);
    g->n_cells = 1;
    if (!take_brace(f, IS_OPEN)) return false;
    for (int32_t p = 0; p < g->players.n; p++) {
        if (f->kind == IS_WORD) {
            if (!take_count(f, "the number of strategies", 1, GAME_ACTIONS_MAX, &g->counts[p])) return false;
            for (int32_t k = 0; k < g->counts[p]; k++) *push(f->a, &g->strategies[p]) = arena_printf(f->a, "%d", k + 1);
        } else {
            if (!take_brace(f, IS_OPEN)) return false;
            while (f->kind == IS_TEXT && g->counts[p] < GAME_ACTIONS_MAX) {
                *push(f->a, &g->strategies[p]) = f->text;
                g->counts[p]++;
                if (!advance(f)) return false;
            }
            if (!g->counts[p]) return bad(f, "a player has no strategies before", f->text, "name one at least");
            if (!take_brace(f, IS_CLOSE)) return false;
        }
        g->n_cells *= g->counts[p];
        g->n_actions += g->counts[p];
        if (g->n_cells > GAME_CELLS_MAX)
            return lines_fail(&f->in, f->word_line, f->e, "the table has more than %d cells; leave out strategies that are never best", GAME_CELLS_MAX);
    }
    return take_brace(f, IS_CLOSE);
}

static bool read_table(File *f)
{
    Game *g = f->g;
    Str ignored;
    if (!take_strategies(f)) return false;
    if (f->kind == IS_TEXT && !take_text(f, "the comment", &g->comment)) return false;
    g->cells = arena_new(f->a, Ratio, g->n_cells * g->players.n + 1);
    for (int64_t i = 0; i < g->n_cells * g->players.n; i++) g->cells[i] = (Ratio){0, 1};
    if (f->kind != IS_OPEN) {
        for (int64_t i = 0; i < g->n_cells * g->players.n; i++) {
            if (f->kind == IS_END) return lines_fail(&f->in, f->word_line, f->e, "payoffs are missing: there are %lld, and %lld are needed",
                                                     (long long)i, (long long)(g->n_cells * g->players.n));
            if (!take_ratio(f, "the payoff", &g->cells[i])) return false;
        }
    } else {
        if (!advance(f)) return false;
        while (f->kind == IS_OPEN) {
            Ratio *pays = arena_new(f->a, Ratio, g->players.n + 1);
            if (!advance(f)) return false;
            if (f->kind == IS_TEXT && !take_text(f, "the outcome's name", &ignored)) return false;
            for (int32_t p = 0; p < g->players.n; p++)
                if (!take_ratio(f, "the payoff", &pays[p])) return false;
            if (!take_brace(f, IS_CLOSE)) return false;
            *push(f->a, &f->pays) = pays;
        }
        if (!take_brace(f, IS_CLOSE)) return false;
        for (int64_t i = 0; i < g->n_cells; i++) {
            int32_t which = 0;
            if (f->kind == IS_END) return lines_fail(&f->in, f->word_line, f->e, "payoffs are missing: %lld of %lld cells name an outcome",
                                                     (long long)i, (long long)g->n_cells);
            if (!take_count(f, "the outcome", 0, f->pays.n, &which)) return false;
            if (which) memcpy(g->cells + i * g->players.n, f->pays.v[which - 1], (size_t)g->players.n * sizeof(Ratio));
        }
    }
    return f->kind == IS_END || bad(f, "a number too many:", f->text, "the table is complete before it");
}

bool game_read(Arena *a, Str file, Str bytes, Game *g, Err *e)
{
    File f = {.a = a, .in = {.file = file}, .e = e, .bytes = bytes, .line = 1, .g = g, .sets = {.to = a}, .outcomes = {.to = a}};
    *g = (Game){0};
    if (str_starts(bytes, S("\xEF\xBB\xBF"))) f.bytes = str_sub(bytes, 3, bytes.n);
    if (bytes.n > SCENARIO_BYTES_MAX) return lines_fail(&f.in, 1, e, "the file is %td bytes, at most %d are read", bytes.n, SCENARIO_BYTES_MAX);
    if (!advance(&f)) return false;
    g->is_tree = str_eq(f.text, S("EFG"));
    if (!g->is_tree && !str_eq(f.text, S("NFG"))) return bad(&f, "the file begins with", f.text, "a game begins with EFG 2 R or NFG 1 R");
    if (!advance(&f) || !advance(&f)) return false;
    if (f.kind == IS_WORD && !advance(&f)) return false;                 /* R or D */
    if (!take_text(&f, "the title", &g->title) || !take_brace(&f, IS_OPEN)) return false;
    while (f.kind == IS_TEXT) {
        *push(a, &g->players) = f.text;
        if (!advance(&f)) return false;
    }
    if (!g->players.n || g->players.n > GAME_PLAYERS_MAX)
        return lines_fail(&f.in, f.word_line, e, "%d players; there must be 1 to %d", g->players.n, GAME_PLAYERS_MAX);
    if (!take_brace(&f, IS_CLOSE)) return false;
    if (!g->is_tree) return read_table(&f);
    if (f.kind == IS_TEXT && !take_text(&f, "the comment", &g->comment)) return false;
    return read_tree(&f) && check_chances(&f) && finish_tree(a, g);
}

/* ---- the tree of a scenario ---------------------------------------------------------------------------------------------- */
static Ratio ratio_near(double x)
{
    int64_t den = 1;
    while (den < 1000000000 && x * (double)den != (double)(int64_t)(x * (double)den)) den *= 10;
    int64_t num = (int64_t)(x * (double)den + (x < 0 ? -0.5 : 0.5)), g = gcd(num, den);
    return g ? (Ratio){num / g, den / g} : (Ratio){0, 1};
}

/* Ranges of chances are taken at their likeliest values, made to sum to one in whole millionths. */
static Ratio *chances_of(Arena *a, const TreeNode *t)
{
    Ratio *to = arena_new(a, Ratio, t->chances.n + 1);
    double sum = 0;
    int64_t left = 1000000;
    for (int32_t k = 0; k < t->chances.n; k++) sum += t->chances.v[k].mode;
    for (int32_t k = 0; k < t->chances.n; k++) {
        int64_t n = k + 1 == t->chances.n ? left : sum > 0 ? (int64_t)(t->chances.v[k].mode / sum * 1e6 + 0.5) : 0;
        if (n > left) n = left;
        left -= n;
        int64_t g = gcd(n, 1000000);
        to[k] = (Ratio){n / g, 1000000 / g};
    }
    return to;
}

static void node_of(Arena *a, const Scenario *sc, Game *g, const int32_t *player, Map *known, int32_t at, int32_t parent, int32_t action)
{
    const TreeNode *t = &sc->tree.v[at];
    GameNode n = {.kind = t->kind, .set = -1, .parent = parent, .action = action};
    if (t->kind == NODE_END) {
        n.pays = arena_new(a, Ratio, g->players.n + 1);
        n.low = arena_new(a, double, g->players.n + 1);
        n.high = arena_new(a, double, g->players.n + 1);
        for (int32_t i = 0; i < sc->actors.n; i++) {
            if (player[i] < 0) continue;
            n.pays[player[i]] = ratio_near(t->pays.v[i].mode);
            n.low[player[i]] = t->pays.v[i].low;
            n.high[player[i]] = t->pays.v[i].high;
            g->has_ranges |= t->pays.v[i].low < t->pays.v[i].high;
        }
    } else {
        int32_t *shared = t->knows.n ? map_at(known, t->knows) : NULL;
        if (shared && *shared >= 0) n.set = *shared;
        else {
            n.set = g->sets.n;
            if (shared) *shared = n.set;
            GameSet s = {.player = t->kind == NODE_CHANCE ? -1 : player[t->actor], .number = n.set + 1, .actions = t->actions, .before = -1, .label = t->knows};
            if (t->kind == NODE_CHANCE) s.chance = chances_of(a, t);
            *push(a, &g->sets) = s;
        }
        *push(a, &g->sets.v[n.set].nodes) = g->nodes.n;
    }
    int32_t made = g->nodes.n;
    *push(a, &g->nodes) = n;
    for (int32_t k = 0; k < t->children.n; k++) {
        *push(a, &g->nodes.v[made].children) = g->nodes.n;
        node_of(a, sc, g, player, known, t->children.v[k], made, k);     /* at most TREE_DEPTH_MAX deep */
    }
}

bool game_of_scenario(Arena *a, const Scenario *sc, Game *g, Err *e)
{
    Map known = {.to = a};
    int32_t *player = arena_new(a, int32_t, sc->actors.n + 1);
    *g = (Game){.title = sc->title, .is_tree = true};
    if (!sc->tree.n) return fail(e, ERR_INPUT, "%.*s:1: the scenario has no tree; add: tree \"WORDS\", below it move, action and pays", STR(sc->file));
    for (int32_t i = 0; i < sc->actors.n; i++) player[i] = -1;
    for (int32_t i = 0; i < sc->tree.n; i++)
        if (sc->tree.v[i].kind == NODE_ACTOR) player[sc->tree.v[i].actor] = 0;
    for (int32_t i = 0; i < sc->actors.n; i++) {
        if (player[i] < 0) continue;
        player[i] = g->players.n;
        *push(a, &g->players) = sc->actors.v[i].name;
    }
    if (!g->players.n || g->players.n > GAME_PLAYERS_MAX)
        return fail(e, ERR_INPUT, "%.*s:%d: %d actors move in the tree; there must be 1 to %d", STR(sc->file), sc->tree.v[0].basis.line, g->players.n, GAME_PLAYERS_MAX);
    node_of(a, sc, g, player, &known, 0, -1, -1);
    return finish_tree(a, g);
}

/* ---- writing -------------------------------------------------------------------------------------------------------------- */
static void put_text(Buf *out, Str s)
{
    buf_char(out, '"');
    for (ptrdiff_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"' || s.p[i] == '\\') buf_char(out, '\\');
        buf_char(out, s.p[i]);
    }
    buf_char(out, '"');
}

static void put_ratio(Buf *out, Ratio r)
{
    buf_printf(out, r.den == 1 ? "%lld" : "%lld/%lld", (long long)r.num, (long long)r.den);
}

static void put_node(const Game *g, const int32_t *number, Buf *out, int32_t at)
{
    const GameNode *n = &g->nodes.v[at];
    buf_add(out, n->kind == NODE_END ? S("t \"\" ") : n->kind == NODE_CHANCE ? S("c \"\" ") : S("p \"\" "));
    if (n->set >= 0) {
        const GameSet *s = &g->sets.v[n->set];
        if (s->player >= 0) buf_printf(out, "%d ", s->player + 1);
        buf_printf(out, "%d ", number[n->set]);
        put_text(out, s->label);
        buf_add(out, S(" { "));
        for (int32_t k = 0; k < s->actions.n; k++) {
            put_text(out, s->actions.v[k]);
            buf_char(out, ' ');
            if (s->player < 0) { put_ratio(out, s->chance[k]); buf_char(out, ' '); }
        }
        buf_add(out, S("} "));
    }
    if (!n->pays) { buf_add(out, S("0\n")); return; }
    buf_printf(out, "%d ", at + 1);                      /* an outcome of its own: numbers must not be shared by different payoffs */
    put_text(out, n->outcome);
    buf_add(out, S(" { "));
    for (int32_t p = 0; p < g->players.n; p++) {
        if (p) buf_add(out, S(", "));
        put_ratio(out, n->pays[p]);
    }
    buf_add(out, S(" }\n"));
}

void game_write(const Game *g, Buf *out)
{
    buf_add(out, g->is_tree ? S("EFG 2 R ") : S("NFG 1 R "));
    put_text(out, g->title);
    buf_add(out, S(" { "));
    for (int32_t p = 0; p < g->players.n; p++) { put_text(out, g->players.v[p]); buf_char(out, ' '); }
    buf_add(out, S("}\n"));
    if (g->is_tree) {
        put_text(out, g->comment);
        buf_add(out, S("\n\n"));
        int32_t *number = arena_new(out->to, int32_t, g->sets.n + 1), last[GAME_PLAYERS_MAX + 1] = {0};
        for (int32_t i = 0; i < g->sets.n; i++) number[i] = ++last[g->sets.v[i].player + 1];
        for (int32_t i = 0; i < g->nodes.n; i++) put_node(g, number, out, i);
        return;
    }
    buf_add(out, S("\n{ "));
    for (int32_t p = 0; p < g->players.n; p++) {
        buf_add(out, S("{ "));
        for (int32_t k = 0; k < g->counts[p]; k++) { put_text(out, g->strategies[p].v[k]); buf_char(out, ' '); }
        buf_add(out, S("}\n"));
    }
    buf_add(out, S("}\n"));
    put_text(out, g->comment);
    buf_add(out, S("\n\n"));
    for (int64_t i = 0; i < g->n_cells * g->players.n; i++) {
        if (i) buf_char(out, ' ');
        put_ratio(out, g->cells[i]);
    }
    buf_char(out, '\n');
}
