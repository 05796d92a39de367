/* A scenario file becomes a Scenario: declarations first, then everything that uses their names.
**
**   in:   actor Dorrimar influence 60..80 reef[120,186]  ·  "  position toll 40 salience 90 reef[188,240]"
**   out:  actors[0] influence 60 70 80; stands[0] of toll: position 40, salience 90; what both rest on
**
** Two passes over the lines: the first makes the names of texts, issues, actors, options and conditions, so that an
** entry may name what stands further down; the second reads the entries, each below the line that it belongs to.
*/
#include "foresee/reader.h"
#include <stdio.h>
#include <string.h>

typedef enum { AT_TOP, AT_ACTOR, AT_PREFERS, AT_TREE, AT_NODE, AT_ACTION, AT_LADDER, AT_BRANCH, AT_ISSUE } Place;
typedef struct { int32_t indent; Place place; int32_t index, action; } Frame;
enum { FRAMES_MAX = 2 * TREE_DEPTH_MAX + 8 };

/* ---- pass one: names ---------------------------------------------------------------------------------------- */
static bool is_hash(Str s)
{
    if (s.n < 8 || s.n > 64) return false;
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (!strchr("0123456789abcdef", s.p[i])) return false;
    return true;
}

static bool declare_text(Reader *r)
{
    ScenarioText t = {.line = r->line->number};
    if (!take_word(r, "the text's name", &t.name) || !take_word(r, "the SHA-256 of the text", &t.sha256)) return false;
    if (!is_hash(t.sha256))
        return reader_fail(r, "'%.*s' is no hash; write 8 to 64 hexadecimal digits of the text's SHA-256 (sha256sum FILE)", STR(t.sha256));
    take_words(r, &t.words);
    *push(r->a, &r->sc->texts) = t;
    return take_end(r, "text NAME SHA256 \"TITLE\"") && declare(r, &r->texts, "text", t.name, r->sc->texts.n - 1);
}

static bool declare_issue(Reader *r)
{
    Issue i = {.low = 0, .high = 100};
    if (!take_word(r, "the issue's name", &i.name)) return false;
    if (r->sc->issues.n == ISSUES_MAX) return reader_fail(r, "more than %d issues; leave the smaller ones out", ISSUES_MAX);
    *push(r->a, &r->sc->issues) = i;
    return declare(r, &r->issues, "issue", i.name, r->sc->issues.n - 1);
}

static bool declare_actor(Reader *r)
{
    ScenarioActor x = {0};
    if (!take_word(r, "the actor's name", &x.name)) return false;
    if (r->sc->actors.n == ACTORS_MAX)
        return reader_fail(r, "more than %d actors; join those that stand and weigh alike", ACTORS_MAX);
    *push(r->a, &r->sc->actors) = x;
    return declare(r, &r->actors, "actor", x.name, r->sc->actors.n - 1);
}

static bool declare_option(Reader *r)
{
    ConflictOption o = {.actor = r->sc->actors.n - 1};
    if (!take_word(r, "the option's name", &o.name)) return false;
    if (o.actor < 0) return reader_fail(r, "the option belongs to nobody; put it below its actor's line, indented");
    if (r->sc->options.n == CONFLICT_OPTIONS_MAX)
        return reader_fail(r, "more than %d options make more than 2^%d states; join options that go together",
                           CONFLICT_OPTIONS_MAX, CONFLICT_OPTIONS_MAX);
    *push(r->a, &r->sc->options) = o;
    return declare(r, &r->options, "option", o.name, r->sc->options.n - 1);
}

static bool declare_condition(Reader *r)
{
    Condition c = {0};
    if (!take_word(r, "the condition's name", &c.name)) return false;
    if (r->sc->conditions.n == CONDITIONS_MAX)
        return reader_fail(r, "more than %d conditions make more than %d worlds; join some", CONDITIONS_MAX, 1 << CONDITIONS_MAX);
    *push(r->a, &r->sc->conditions) = c;
    return declare(r, &r->conditions, "condition", c.name, r->sc->conditions.n - 1);
}

static bool declare_all(Reader *r)
{
    static const struct { const char *word; bool (*with)(Reader *); bool is_inner; } kinds[] = {
        {"text", declare_text, false}, {"issue", declare_issue, false}, {"actor", declare_actor, false},
        {"condition", declare_condition, false}, {"option", declare_option, true}};
    for (int32_t i = 0; i < r->in.lines.n; i++) {
        r->line = &r->in.lines.v[i];
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            r->line->at = 0;
            if ((r->line->indent > 0) != kinds[k].is_inner || !take_keyword(r, kinds[k].word)) continue;
            if (!kinds[k].with(r)) return false;
        }
        r->line->at = 0;
    }
    return true;
}

/* ---- pass two: entries -------------------------------------------------------------------------------------- */
static bool issue_line(Reader *r)
{
    static const char usage[] = "issue NAME \"WORDS\" from 0 \"WHAT IT MEANS\" to 100 \"WHAT IT MEANS\"";
    int32_t at;
    Range low = range_of(0), high = range_of(100);
    Basis basis;
    if (!take_basis(r, &basis) || !take_name(r, "issue", &r->issues, &at)) return false;
    Issue *i = &r->sc->issues.v[at];
    i->basis = basis;
    take_words(r, &i->words);
    if (take_keyword(r, "from")) {
        if (!take_range(r, "number", &low)) return false;
        take_words(r, &i->low_words);
        if (!take_keyword(r, "to")) return reader_fail(r, "'to' is missing; the line reads: %s", usage);
        if (!take_range(r, "number", &high)) return false;
        take_words(r, &i->high_words);
    }
    if (low.low != low.high || high.low != high.high || low.low >= high.low)
        return reader_fail(r, "the scale must go from a smaller number to a larger one; write from 0 to 100");
    i->low = low.low;
    i->high = high.low;
    return take_end(r, usage);
}

static bool actor_line(Reader *r, int32_t *at)
{
    Basis basis;
    if (!take_basis(r, &basis) || !take_name(r, "actor", &r->actors, at)) return false;
    ScenarioActor *x = &r->sc->actors.v[*at];
    x->basis = basis;
    take_words(r, &x->words);
    if (take_keyword(r, "influence") && !take_range(r, "influence", &x->influence)) return false;
    if (!x->influence.is_given && !basis.cites.n && !basis.is_assumed) r->sc->n_bare--;   /* only a name: nothing is claimed */
    if (x->influence.is_given && !(x->influence.low > 0))
        return reader_fail(r, "influence of '%.*s' is %g; it must be above 0: leave out who has none", STR(x->name), x->influence.low);
    return take_end(r, "actor NAME \"WORDS\" influence 60..80");
}

static bool in_scale(Reader *r, const Issue *i, Range x)
{
    if (x.low >= i->low && x.high <= i->high) return true;
    return reader_fail(r, "%g..%g lies outside the scale of '%.*s', %g to %g; mend the number or widen the scale",
                       x.low, x.high, STR(i->name), i->low, i->high);
}

static bool position_line(Reader *r, int32_t actor)
{
    int32_t issue;
    Basis basis;
    if (!take_basis(r, &basis) || !take_name(r, "issue", &r->issues, &issue)) return false;
    Stand *s = scenario_stand(r->sc, actor, issue);
    if (s->position.is_given)
        return reader_fail(r, "'%.*s' has a position on '%.*s' already, in line %d; keep one of them",
                           STR(r->sc->actors.v[actor].name), STR(r->sc->issues.v[issue].name), s->basis.line);
    s->basis = basis;
    if (!take_range(r, "position", &s->position) || !in_scale(r, &r->sc->issues.v[issue], s->position)) return false;
    if (take_keyword(r, "salience") && !take_range(r, "salience", &s->salience)) return false;
    if (s->salience.is_given && (s->salience.low < 0 || s->salience.high > 100))
        return reader_fail(r, "salience %g..%g; it is a percentage: at least 0, at most 100", s->salience.low, s->salience.high);
    return take_end(r, "position ISSUE 35..45 salience 80");
}

static bool rung_line(Reader *r, int32_t actor, Str keyword)
{
    int32_t issue;
    Basis basis;
    Range x;
    if (!take_basis(r, &basis) || !take_name(r, "issue", &r->issues, &issue) || !take_range(r, "position", &x)
        || !in_scale(r, &r->sc->issues.v[issue], x))
        return false;
    Stand *s = scenario_stand(r->sc, actor, issue);
    if (str_eq(keyword, S("ideal"))) { s->ideal = x; s->ideal_basis = basis; }
    else if (str_eq(keyword, S("settle"))) { s->settle = x; s->settle_basis = basis; }
    else { s->fallback = x; s->fallback_basis = basis; }
    return take_end(r, "ideal|settle|fallback ISSUE 35..45");
}

static bool option_line(Reader *r)
{
    int32_t at;
    Basis basis;
    if (!take_basis(r, &basis) || !take_name(r, "option", &r->options, &at)) return false;
    ConflictOption *o = &r->sc->options.v[at];
    o->basis = basis;
    take_words(r, &o->words);
    if (take_keyword(r, "stays")) o->once = ONCE_TAKEN;
    else if (take_keyword(r, "never-again")) o->once = ONCE_DROPPED;
    return take_end(r, "option NAME \"WORDS\" [stays|never-again]");
}

static bool condition_line(Reader *r)
{
    int32_t at;
    Basis basis;
    if (!take_basis(r, &basis) || !take_name(r, "condition", &r->conditions, &at)) return false;
    Condition *c = &r->sc->conditions.v[at];
    c->basis = basis;
    take_words(r, &c->words);
    if (take_keyword(r, "chance") && !take_range(r, "chance", &c->chance)) return false;
    if (c->chance.is_given && (c->chance.low < 0 || c->chance.high > 1))
        return reader_fail(r, "chance %g..%g; a chance lies between 0 and 1", c->chance.low, c->chance.high);
    return take_end(r, "condition NAME \"WORDS\" chance 0.2..0.4");
}

static bool prefers_line(Reader *r, int32_t actor, int32_t *at)
{
    Preference p = {.actor = actor, .seen_by = -1, .world = -1, .line = r->line->number};
    if (take_keyword(r, "when") && !take_expr(r, true, &p.world)) return false;
    if (take_keyword(r, "seen-by") && !take_name(r, "actor", &r->actors, &p.seen_by)) return false;
    if (p.world < 0 && take_keyword(r, "when") && !take_expr(r, true, &p.world)) return false;
    *push(r->a, &r->sc->preferences) = p;
    *at = r->sc->preferences.n - 1;
    return take_end(r, "prefers [when CONDITION] [seen-by ACTOR]");
}

/* ranking 7 3 4=8 5 …: numbers of states, the best first. */
static bool ranking_line(Reader *r, Preference *p)
{
    Basis basis;
    if (!take_basis(r, &basis)) return false;
    while (!at_end(r)) {
        Str word, one;
        Ints equals = {0};
        double x;
        if (!take_word(r, "a state's number", &word)) return false;
        while (str_split(&word, '=', &one)) {
            if (!number_read(one, &x) || x < 1 || x != (int32_t)x)
                return reader_fail(r, "'%.*s' is no state's number; a ranking reads: ranking 3 1 4=2", STR(one));
            *push(r->a, &equals) = (int32_t)x;
        }
        *push(r->a, &p->ranking) = equals;
    }
    return true;
}

static bool wish_line(Reader *r, int32_t preference)
{
    Wish w = {.what = -1, .condition = -1, .weight = 1};
    Preference *p = &r->sc->preferences.v[preference];
    if (take_keyword(r, "ranking")) {
        if (p->wishes.n) return reader_fail(r, "a ranking stands alone; take the wishes above it out, or the ranking");
        return ranking_line(r, p);
    }
    if (p->ranking.n) return reader_fail(r, "a ranking stands alone; take it out to list wishes");
    if (!take_basis(r, &w.basis)) return false;
    w.is_unknown = take_keyword(r, "unknown");
    if (!take_expr(r, false, &w.what)) return false;
    if (take_keyword(r, "if")) w.when = WHEN_IF;
    else if (take_keyword(r, "iff")) w.when = WHEN_IFF;
    if (w.when != WHEN_ALWAYS && !take_expr(r, false, &w.condition)) return false;
    if (take_keyword(r, "weight")) {
        Range x;
        if (!take_range(r, "weight", &x)) return false;
        if (p->wishes.n && !p->is_weighted) return reader_fail(r, "some wishes of this list have no weight; give each one, or none");
        if (x.low != x.high || x.low <= 0 || x.low != (double)(int64_t)x.low || x.low > 1e9)
            return reader_fail(r, "a weight is a whole number from 1 to 1000000000");
        w.weight = x.low;
        p->is_weighted = true;
    } else if (p->is_weighted) return reader_fail(r, "the wishes above have weights; give this one a weight as well");
    if (p->wishes.n == STATEMENTS_MAX) return reader_fail(r, "more than %d wishes in one list; join the last ones", STATEMENTS_MAX);
    *push(r->a, &p->wishes) = w;
    return take_end(r, "[unknown] EXPRESSION [if EXPRESSION | iff EXPRESSION] [weight N]");
}

static bool barred_line(Reader *r, bool is_merge)
{
    Barred b = {.what = -1};
    if (!take_basis(r, &b.basis) || !take_expr(r, false, &b.what)) return false;
    if (take_keyword(r, "because") && !take_word(r, "the reason in quotation marks", &b.reason)) return false;
    if (!is_merge && !b.reason.n) return reader_fail(r, "the reason is missing; write: infeasible talks & seize because \"…\"");
    if (is_merge) *push(r->a, &r->sc->merged) = b;
    else *push(r->a, &r->sc->barred) = b;
    return take_end(r, is_merge ? "one-state EXPRESSION [because \"…\"]" : "infeasible EXPRESSION because \"…\"");
}

static bool now_line(Reader *r)
{
    if (r->sc->now.is_given) return reader_fail(r, "what stands now is said twice, before in line %d; keep one", r->sc->now.basis.line);
    if (!take_basis(r, &r->sc->now.basis)) return false;
    r->sc->now.is_given = true;
    if (take_keyword(r, "nothing")) return take_end(r, "now OPTION… | now nothing");
    if (at_end(r)) return reader_fail(r, "name the options that are taken now, or write: now nothing");
    while (!at_end(r)) {
        int32_t option;
        if (!take_name(r, "option", &r->options, &option)) return false;
        r->sc->now.options |= 1u << option;
    }
    return true;
}

static bool top_line(Reader *r, Frame *f)
{
    Basis none;
    f->place = AT_TOP;
    if (take_keyword(r, "text")) return true;            /* pass one has it */
    if (take_keyword(r, "title")) return take_word(r, "the title in quotation marks", &r->sc->title) && take_end(r, "title \"…\"");
    if (take_keyword(r, "issue")) return issue_line(r);
    if (take_keyword(r, "actor")) { f->place = AT_ACTOR; return actor_line(r, &f->index); }
    if (take_keyword(r, "condition")) return condition_line(r);
    if (take_keyword(r, "infeasible")) return barred_line(r, false);
    if (take_keyword(r, "one-state")) return barred_line(r, true);
    if (take_keyword(r, "now")) return now_line(r);
    if (take_keyword(r, "tree")) {
        f->place = AT_TREE;
        if (r->sc->tree.n) return reader_fail(r, "a second tree; a scenario holds one: put the other into a file of its own");
        take_words(r, &r->sc->tree_words);
        return take_end(r, "tree \"WORDS\"");
    }
    if (take_keyword(r, "ladder")) {
        f->place = AT_LADDER;
        if (r->sc->branches.n) return reader_fail(r, "a second ladder; a scenario holds one: join them under one root");
        *push(r->a, &r->sc->branches) = (Branch){.name = S("now"), .parent = -1, .condition = -1, .chance = range_of(1)};
        take_words(r, &r->sc->branches.v[0].words);
        r->sc->branches.v[0].basis = (none = (Basis){.line = r->line->number});
        return take_end(r, "ladder \"WORDS\"");
    }
    return reader_fail(r, "'%.*s' begins no entry here; entries begin with text, title, issue, actor, condition, infeasible, "
                          "one-state, now, tree or ladder", STR(r->line->tokens.v[0].text));
}

static bool actor_entry(Reader *r, Frame *f, int32_t actor)
{
    if (take_keyword(r, "position")) return position_line(r, actor);
    if (take_keyword(r, "option")) return option_line(r);
    if (take_keyword(r, "prefers")) { f->place = AT_PREFERS; return prefers_line(r, actor, &f->index); }
    Str word = r->line->tokens.v[0].text;
    if (take_keyword(r, "ideal") || take_keyword(r, "settle") || take_keyword(r, "fallback")) return rung_line(r, actor, word);
    return reader_fail(r, "'%.*s' begins no entry of an actor; these are position, ideal, settle, fallback, option and prefers", STR(word));
}

static bool inner_line(Reader *r, const Frame *up, Frame *f)
{
    int32_t node = up->index, action = up->action;
    Str word = r->line->tokens.v[0].text;
    switch (up->place) {
    case AT_ACTOR: return actor_entry(r, f, up->index);
    case AT_PREFERS: return wish_line(r, up->index);
    case AT_TREE: node = action = -1;                    /* falls through: the root */
        /* fallthrough */
    case AT_NODE:
    case AT_ACTION:
        if (!tree_line(r, word, &node, &action, &f->index)) return false;
        f->place = action >= 0 && str_eq(word, S("action")) ? AT_ACTION : AT_NODE;
        f->action = action;
        return true;
    case AT_LADDER:
        f->place = AT_BRANCH;
        return branch_line(r, 0, &f->index);
    case AT_BRANCH:
        if (str_eq(word, S("sign"))) return sign_line(r, up->index);
        f->place = AT_BRANCH;
        return branch_line(r, up->index, &f->index);
    default: return reader_fail(r, "the line is indented, but nothing above it takes entries; begin it at the margin");
    }
}

static bool read_all(Reader *r)
{
    Frame stack[FRAMES_MAX] = {{.indent = -1}};
    int n = 1;
    for (int32_t i = 1; i < r->in.lines.n; i++) {
        r->line = &r->in.lines.v[i];
        while (n > 1 && stack[n - 1].indent >= r->line->indent) n--;
        if (n == FRAMES_MAX) return reader_fail(r, "more than %d levels; flatten the tree", TREE_DEPTH_MAX);
        Frame f = {.indent = r->line->indent, .index = -1, .action = -1};
        if (r->line->indent > 0 && n == 1) return reader_fail(r, "the line is indented, but nothing stands above it; begin it at the margin");
        if (n == 1 ? !top_line(r, &f) : !inner_line(r, &stack[n - 1], &f)) return false;
        stack[n++] = f;
    }
    return true;
}

bool scenario_read(Arena *a, Str file, Str bytes, Scenario *sc, Err *e)
{
    Reader r = {.a = a, .sc = sc, .e = e, .texts = {.to = a}, .issues = {.to = a}, .actors = {.to = a},
                .options = {.to = a}, .conditions = {.to = a}, .branches = {.to = a}};
    *sc = (Scenario){.file = file};
    if (!lines_read(a, file, bytes, &r.in, e)) return false;
    if (r.in.lines.n < 1 || r.in.lines.v[0].indent || !str_eq(r.in.lines.v[0].tokens.v[0].text, S("demarche-scenario"))
        || r.in.lines.v[0].tokens.n != 2 || !str_eq(r.in.lines.v[0].tokens.v[1].text, S("1")))
        return lines_fail(&r.in, 1, e, "a scenario begins with the line: demarche-scenario 1");
    if (!declare_all(&r)) return false;
    for (int32_t i = 0; i < sc->actors.n; i++) sc->actors.v[i].stands = arena_new(a, Stand, sc->issues.n + 1);
    return read_all(&r) && tree_check(&r);
}
