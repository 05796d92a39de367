/* The branching parts of a scenario: a game's tree, and the ladder of what could come.
**
**   tree "who blinks"                                ladder "after the summit"
**     move Dorrimar                                    branch holds "the truce holds" chance 0.3..0.5 if …
**       action raise                                     sign "pilots are let go" within 3..10
**         move Calvessa knows c1                         branch treaty "a new treaty" chance 0.2..0.4 worth 10
**           action pay
**             pays Dorrimar 3 Calvessa 1
**           action refuse
**             pays Dorrimar 0..1 Calvessa 0
**       action wait
**         chance
**           action storm 1/4 …
*/
#include "foresee/reader.h"

enum { NODES_MAX = 200000, BRANCHES_MAX = 2000, SIGNS_MAX = 100 };

/* 1/3, .25, 0.2..0.4: rationals too, since chances of trees are often such. */
static bool chance_read(Str word, Range *to)
{
    Str rest = word, top;
    double a, b;
    if (range_read(word, to)) return true;
    if (!str_split(&rest, '/', &top) || !rest.p || !number_read(top, &a) || !number_read(rest, &b) || b == 0) return false;
    *to = range_of(a / b);
    return true;
}

/* A line that only says where things stand claims nothing, and needs no source. */
static void forgive(Reader *r, const Basis *b) { r->sc->n_bare -= !b->cites.n && !b->is_assumed; }

static bool node_new(Reader *r, NodeKind kind, int32_t parent, int32_t action, int32_t *node)
{
    Scenario *sc = r->sc;
    if (parent < 0 && sc->tree.n)
        return reader_fail(r, "the tree has a root already, in line %d; put this below one of its actions", sc->tree.v[0].basis.line);
    if (sc->tree.n == NODES_MAX) return reader_fail(r, "more than %d nodes; prune the tree", NODES_MAX);
    if (parent >= 0 && action < sc->tree.v[parent].children.n && sc->tree.v[parent].children.v[action] >= 0)
        return reader_fail(r, "action '%.*s' leads to two nodes; keep one", STR(sc->tree.v[parent].actions.v[action]));
    *push(r->a, &sc->tree) = (TreeNode){.kind = kind, .actor = -1, .parent = parent, .action = action};
    *node = sc->tree.n - 1;
    if (parent >= 0) sc->tree.v[parent].children.v[action] = *node;
    if (!take_basis(r, &sc->tree.v[*node].basis)) return false;
    if (kind != NODE_END) forgive(r, &sc->tree.v[*node].basis);
    return true;
}

static bool action_new(Reader *r, int32_t node, int32_t *action)
{
    Str name;
    Basis basis;
    TreeNode *t = &r->sc->tree.v[node];
    if (t->kind == NODE_END) return reader_fail(r, "an end has no actions; take 'pays' off or put the action elsewhere");
    if (!take_basis(r, &basis) || !take_word(r, "the action's name", &name)) return false;
    if (t->kind == NODE_ACTOR) forgive(r, &basis);
    for (int32_t i = 0; i < t->actions.n; i++)
        if (str_eq(t->actions.v[i], name)) return reader_fail(r, "a second action '%.*s' at this node; name it otherwise", STR(name));
    *push(r->a, &t->actions) = name;
    *push(r->a, &t->children) = -1;
    *action = t->actions.n - 1;
    if (t->kind == NODE_CHANCE) {
        Str word;
        Range x;
        if (!take_word(r, "the chance of the action", &word)) return false;
        if (!chance_read(word, &x) || x.low < 0 || x.high > 1)
            return reader_fail(r, "'%.*s' is no chance; write 1/4, 0.25 or 0.2..0.4", STR(word));
        *push(r->a, &t->chances) = x;
    }
    return take_end(r, "action NAME, or below chance: action NAME 0.2..0.4");
}

static bool pays_new(Reader *r, int32_t node)
{
    TreeNode *t = &r->sc->tree.v[node];
    t->pays.v = arena_new(r->a, Range, r->sc->actors.n + 1);
    t->pays.n = t->pays.cap = r->sc->actors.n;
    while (!at_end(r)) {
        int32_t actor;
        if (!take_name(r, "actor", &r->actors, &actor) || !take_range(r, "payoff", &t->pays.v[actor])) return false;
    }
    return true;
}

bool tree_line(Reader *r, Str keyword, int32_t *node, int32_t *action, int32_t *made)
{
    bool is_below_action = *action >= 0 || *node < 0;
    if (take_keyword(r, "action")) {
        if (*node < 0 || is_below_action) return reader_fail(r, "an action stands below a 'move' or a 'chance'");
        *made = *node;
        return action_new(r, *node, action);
    }
    if (!is_below_action) return reader_fail(r, "'%.*s' must stand below an action", STR(keyword));
    int32_t parent = *node, of = *action;
    *action = -1;
    if (take_keyword(r, "move")) {
        if (!node_new(r, NODE_ACTOR, parent, of, made) || !take_name(r, "actor", &r->actors, &r->sc->tree.v[*made].actor)) return false;
        if (take_keyword(r, "knows") && !take_word(r, "what the actor knows", &r->sc->tree.v[*made].knows)) return false;
        return take_end(r, "move ACTOR [knows NAME]");
    }
    if (take_keyword(r, "chance")) return node_new(r, NODE_CHANCE, parent, of, made) && take_end(r, "chance");
    if (take_keyword(r, "pays")) return node_new(r, NODE_END, parent, of, made) && pays_new(r, *made);
    return reader_fail(r, "'%.*s' is nothing of a tree; there are move, chance, action and pays", STR(keyword));
}

/* ---- the ladder --------------------------------------------------------------------------------------------- */
bool branch_line(Reader *r, int32_t parent, int32_t *branch)
{
    static const char usage[] = "branch NAME \"WORDS\" chance 0.2..0.4 [given \"CONDITION\"] [if EXPRESSION] [worth 10]";
    Scenario *sc = r->sc;
    Branch b = {.parent = parent, .condition = -1};
    if (!take_keyword(r, "branch")) return reader_fail(r, "'%.*s' is nothing of a ladder; there are branch and sign", STR(r->line->tokens.v[0].text));
    if (!take_basis(r, &b.basis) || !take_word(r, "the branch's name", &b.name)) return false;
    take_words(r, &b.words);
    while (!at_end(r)) {
        if (take_keyword(r, "chance")) {
            Str word;
            if (!take_word(r, "the chance", &word)) return false;
            if (!chance_read(word, &b.chance) || b.chance.low < 0 || b.chance.high > 1)
                return reader_fail(r, "'%.*s' is no chance; write 1/4, 0.25 or 0.2..0.4", STR(word));
        } else if (take_keyword(r, "given")) {
            if (!take_word(r, "the condition in quotation marks", &b.given)) return false;
        } else if (take_keyword(r, "if")) {
            if (!take_expr(r, true, &b.condition)) return false;
        } else if (take_keyword(r, "worth")) {
            if (!take_range(r, "worth", &b.worth)) return false;
        } else return take_end(r, usage);
    }
    if (sc->branches.n == BRANCHES_MAX) return reader_fail(r, "more than %d branches; prune the ladder", BRANCHES_MAX);
    *push(r->a, &sc->branches) = b;
    *branch = sc->branches.n - 1;
    *push(r->a, &sc->branches.v[parent].children) = *branch;
    return declare(r, &r->branches, "branch", b.name, *branch);
}

bool sign_line(Reader *r, int32_t branch)
{
    Basis basis;
    Str words;
    Range days = {0};
    Branch *b = &r->sc->branches.v[branch];
    take_keyword(r, "sign");
    if (!take_basis(r, &basis) || !take_word(r, "the sign in quotation marks", &words)) return false;
    if (take_keyword(r, "within") && !take_range(r, "number of days", &days)) return false;
    if (days.is_given && days.low < 0) return reader_fail(r, "days are counted from 0 on; write: within 3..10");
    if (b->signs.n == SIGNS_MAX) return reader_fail(r, "more than %d signs of one branch; keep the earliest", SIGNS_MAX);
    *push(r->a, &b->signs) = words;
    *push(r->a, &b->sign_days) = days;
    *push(r->a, &b->sign_basis) = basis;
    return take_end(r, "sign \"WORDS\" [within 3..10]");
}

/* ---- what only the whole tells ---------------------------------------------------------------------------------- */
static bool chances_fit(Reader *r, const TreeNode *t)
{
    double low = 0, high = 0;
    for (int32_t i = 0; i < t->chances.n; i++) { low += t->chances.v[i].low; high += t->chances.v[i].high; }
    if (low <= 1 + 1e-9 && high >= 1 - 1e-9) return true;
    return lines_fail(&r->in, t->basis.line, r->e, "the chances of this node sum to %g..%g; they must be able to sum to 1", low, high);
}

static bool node_check(Reader *r, const bool *moves, int32_t at)
{
    const TreeNode *t = &r->sc->tree.v[at];
    if (t->kind == NODE_END) {
        for (int32_t i = 0; i < t->pays.n; i++)
            if (moves[i] && !t->pays.v[i].is_given)
                return lines_fail(&r->in, t->basis.line, r->e, "the payoff of '%.*s' is missing at this end; every actor "
                                  "that moves in the tree needs one", STR(r->sc->actors.v[i].name));
        return true;
    }
    if (!t->actions.n) return lines_fail(&r->in, t->basis.line, r->e, "this node has no actions; put some below it, or make it an end with pays");
    for (int32_t i = 0; i < t->children.n; i++)
        if (t->children.v[i] < 0)
            return lines_fail(&r->in, t->basis.line, r->e, "action '%.*s' of this node leads nowhere; put move, chance or pays below it", STR(t->actions.v[i]));
    return t->kind != NODE_CHANCE || chances_fit(r, t);
}

/* Nodes of one information set belong to one actor, who has the same actions at each. */
static bool sets_check(Reader *r)
{
    Map sets = {.to = r->a};
    for (int32_t i = 0; i < r->sc->tree.n; i++) {
        const TreeNode *t = &r->sc->tree.v[i];
        if (t->kind != NODE_ACTOR || !t->knows.n) continue;
        int32_t *at = map_at(&sets, t->knows);
        if (*at < 0) { *at = i; continue; }
        const TreeNode *u = &r->sc->tree.v[*at];
        bool is_same = u->actor == t->actor && u->actions.n == t->actions.n;
        for (int32_t k = 0; is_same && k < t->actions.n; k++) is_same = str_eq(u->actions.v[k], t->actions.v[k]);
        if (!is_same)
            return lines_fail(&r->in, t->basis.line, r->e, "'%.*s' knows the same here as in line %d and so must belong to the same "
                              "actor and have the same actions", STR(t->knows), u->basis.line);
    }
    return true;
}

static bool ladder_check(Reader *r)
{
    for (int32_t i = 0; i < r->sc->branches.n; i++) {
        const Branch *b = &r->sc->branches.v[i];
        double low = 0;
        for (int32_t k = 0; k < b->children.n; k++) low += r->sc->branches.v[b->children.v[k]].chance.low;
        if (low > 1 + 1e-9)
            return lines_fail(&r->in, b->basis.line, r->e, "the branches below '%.*s' have chances that sum to at least %g; lower them "
                              "so that their low ends sum to 1 at most", STR(b->name), low);
    }
    return true;
}

bool tree_check(Reader *r)
{
    bool *moves = arena_new(r->a, bool, r->sc->actors.n + 1);
    for (int32_t i = 0; i < r->sc->tree.n; i++)
        if (r->sc->tree.v[i].kind == NODE_ACTOR) moves[r->sc->tree.v[i].actor] = true;
    for (int32_t i = 0; i < r->sc->tree.n; i++)
        if (!node_check(r, moves, i)) return false;
    return sets_check(r) && ladder_check(r);
}
