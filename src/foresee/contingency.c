/* Chances of a ladder's branches from ranges, and what a line of news does to them.
**
**   now ─ truce .3-.5 ─ treaty .2-.4        truce and treaty: .06-.20 from now
**       └ war   .6-.8                       truce is cut to .3-.4, since war takes .6 at least
**
** Cutting (probability intervals, de Campos, Huete and Moral, Int. J. Uncertainty 2, 1994): where branches must sum to one at
** most, the upper end of each is one less the lower ends of its siblings; the lower end stays, since something may be left
** open. A condition that must hold is multiplied in; two branches that rest on the same condition are then not independent,
** and the product's range is an outer one.
*/
#include "foresee/contingency.h"
#include "foresee/reader.h"
#include <string.h>

/* The range of an expression's chance, conditions taken as independent of one another. */
static Range chance_of(const Scenario *sc, int32_t expr)
{
    if (expr < 0) return range_of(1);
    Expr x = sc->exprs.v[expr];
    if (x.kind == EXPR_TRUE) return range_of(1);
    if (x.kind == EXPR_CONDITION) {
        Range c = sc->conditions.v[x.right].chance;
        return c.is_given ? c : (Range){0, 0.5, 1, true};
    }
    if (x.kind == EXPR_OPTION) return (Range){0, 0.5, 1, true};
    Range l = chance_of(sc, x.left);
    if (x.kind == EXPR_NOT) return (Range){1 - l.high, 1 - l.mode, 1 - l.low, true};
    Range r = chance_of(sc, x.right);
    if (x.kind == EXPR_AND) return (Range){l.low * r.low, l.mode * r.mode, l.high * r.high, true};
    return (Range){1 - (1 - l.low) * (1 - r.low), 1 - (1 - l.mode) * (1 - r.mode), 1 - (1 - l.high) * (1 - r.high), true};
}

static double least(double a, double b) { return a < b ? a : b; }
static double most(double a, double b) { return a > b ? a : b; }

static void settle_children(const Scenario *sc, Outlook *to, int32_t at)
{
    const Branch *b = &sc->branches.v[at];
    double low = 0, mode = 0, high = 0;
    for (int32_t k = 0; k < b->children.n; k++) {
        const Branch *c = &sc->branches.v[b->children.v[k]];
        Range here = c->chance.is_given ? c->chance : (Range){0, 0.5, 1, true}, given = chance_of(sc, c->condition);
        here = (Range){here.low * given.low, here.mode * given.mode, here.high * given.high, true};
        to->branch[b->children.v[k]].here = here;
        low += here.low;
        mode += here.mode;
    }
    for (int32_t k = 0; k < b->children.n; k++) {
        Range *here = &to->branch[b->children.v[k]].here;
        here->high = most(here->low, least(here->high, 1 - (low - here->low)));
        if (mode > 1) here->mode /= mode;
        here->mode = least(most(here->mode, here->low), here->high);
        high += here->high;
    }
    to->branch[at].open_low = most(0, 1 - high);
    to->branch[at].open_high = b->children.n ? most(0, 1 - low) : 0;
}

static void earliest_sign(const Branch *b, BranchChance *to)
{
    to->from_day = to->to_day = -1;
    to->first_sign = b->signs.n ? 0 : -1;
    for (int32_t k = 0; k < b->signs.n; k++) {
        Range days = b->sign_days.v[k];
        if (!days.is_given || (to->from_day >= 0 && days.low >= to->from_day)) continue;
        to->from_day = days.low;
        to->to_day = days.high;
        to->first_sign = k;
    }
}

void contingency_solve(Arena *a, const Scenario *sc, Outlook *to)
{
    *to = (Outlook){.branch = arena_new(a, BranchChance, sc->branches.n + 1), .worth = range_of(0)};
    for (int32_t i = 0; i < sc->branches.n; i++) {       /* a branch stands behind the one it hangs on */
        const Branch *b = &sc->branches.v[i];
        BranchChance *x = &to->branch[i];
        const BranchChance *up = b->parent >= 0 ? &to->branch[b->parent] : NULL;
        if (!up) x->here = range_of(1);
        x->depth = up ? up->depth + 1 : 0;
        x->whole = up ? (Range){up->whole.low * x->here.low, up->whole.mode * x->here.mode, up->whole.high * x->here.high, true} : range_of(1);
        x->is_end = !b->children.n;
        earliest_sign(b, x);
        settle_children(sc, to, i);
        if (!b->worth.is_given) continue;
        to->has_worth = true;                            /* of the worth each end of the range takes the chance that moves it further */
        to->worth.low += b->worth.low * (b->worth.low < 0 ? x->whole.high : x->whole.low);
        to->worth.mode += b->worth.mode * x->whole.mode;
        to->worth.high += b->worth.high * (b->worth.high < 0 ? x->whole.low : x->whole.high);
    }
}

/* ---- news --------------------------------------------------------------------------------------------------------------- */
static bool text_line(Reader *r)
{
    ScenarioText t = {.line = r->line->number};
    if (!take_word(r, "the text's name", &t.name) || !take_word(r, "the SHA-256 of the text", &t.sha256)) return false;
    take_words(r, &t.words);
    *push(r->a, &r->sc->texts) = t;
    return take_end(r, "text NAME SHA256 \"TITLE\"") && declare(r, &r->texts, "text", t.name, r->sc->texts.n - 1);
}

static bool news_line(Reader *r, News *to)
{
    NewsLine n = {.line = r->line->number};
    n.is_condition = take_keyword(r, "condition");
    if (!n.is_condition && !take_keyword(r, "branch"))
        return reader_fail(r, "'%.*s' is no line of news; these are: text, branch NAME chance 0.2..0.4, condition NAME chance 0.2..0.4", STR(r->line->tokens.v[0].text));
    if (!take_basis(r, &n.basis) || !take_name(r, n.is_condition ? "condition" : "branch", n.is_condition ? &r->conditions : &r->branches, &n.at)) return false;
    n.name = n.is_condition ? r->sc->conditions.v[n.at].name : r->sc->branches.v[n.at].name;
    if (!take_keyword(r, "chance")) return reader_fail(r, "the new chance is missing; write: chance 0.2..0.4");
    if (!take_range(r, "chance", &n.chance)) return false;
    if (n.chance.low < 0 || n.chance.high > 1) return reader_fail(r, "chance %g..%g; a chance lies between 0 and 1", n.chance.low, n.chance.high);
    *push(r->a, to) = n;
    return take_end(r, "branch NAME chance 0.2..0.4");
}

bool news_read(Arena *a, Str file, Str bytes, Scenario *sc, News *to, Err *e)
{
    Reader r = {.a = a, .sc = sc, .e = e, .texts = {.to = a}, .conditions = {.to = a}, .branches = {.to = a}};
    *to = (News){0};
    if (!lines_read(a, file, bytes, &r.in, e)) return false;
    if (!r.in.lines.n || !str_eq(r.in.lines.v[0].tokens.v[0].text, S("demarche-scenario")))
        return lines_fail(&r.in, 1, e, "news begins, as every scenario, with the line: demarche-scenario 1");
    for (int32_t i = 0; i < sc->texts.n; i++) *map_at(&r.texts, sc->texts.v[i].name) = i;
    for (int32_t i = 0; i < sc->conditions.n; i++) *map_at(&r.conditions, sc->conditions.v[i].name) = i;
    for (int32_t i = 1; i < sc->branches.n; i++) *map_at(&r.branches, sc->branches.v[i].name) = i;
    for (int32_t i = 1; i < r.in.lines.n; i++) {
        r.line = &r.in.lines.v[i];
        if (take_keyword(&r, "text") ? !text_line(&r) : !news_line(&r, to)) return false;
    }
    return true;
}

void news_apply(Scenario *sc, const NewsLine *line)
{
    if (line->is_condition) sc->conditions.v[line->at].chance = line->chance;
    else sc->branches.v[line->at].chance = line->chance;
}
