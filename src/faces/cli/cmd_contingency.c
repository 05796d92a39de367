/* contingency: what may come, what is fallen back on, what would be seen first, and what news changed. */
#include "base/json.h"
#include "foresee.h"
#include "foresee/picture.h"
#include <math.h>
#include <string.h>

typedef struct { Call *call; Arena *a; Scenario sc; Outlook now, after; News news; bool has_news; } Work;

static bool read_all(Work *w)
{
    Str bytes, news = call_text(w->call, "news");
    if (!foresee_open(w->call, w->call->operand[0], &bytes)
        || !scenario_read(w->a, str_of(w->call->operand[0]), bytes, &w->sc, &w->call->err))
        return false;
    if (!w->sc.branches.n)
        return fail(&w->call->err, ERR_INPUT, "%s:1: the scenario has no ladder; add: ladder \"WORDS\", below it branch NAME chance 0.2..0.4", w->call->operand[0]);
    if (!news.n) return true;
    w->has_news = true;
    return foresee_open(w->call, news.p, &bytes) && news_read(w->a, news, bytes, &w->sc, &w->news, &w->call->err);
}

static bool chances_fit(Work *w)
{
    for (int32_t i = 0; i < w->sc.branches.n; i++) {
        double low = 0;
        const Branch *b = &w->sc.branches.v[i];
        for (int32_t k = 0; k < b->children.n; k++) low += w->sc.branches.v[b->children.v[k]].chance.low;
        if (low > 1 + 1e-9)
            return fail(&w->call->err, ERR_INPUT, "with the news the branches below '%.*s' have chances that sum to at least %g; lower some", STR(b->name), low);
    }
    return true;
}

/* All news together; what each line does alone is worked out where it is shown. */
static bool solve(Work *w)
{
    contingency_solve(w->a, &w->sc, &w->now);
    if (!w->has_news) return true;
    Range *kept = arena_new(w->a, Range, w->news.n + 1);
    for (int32_t i = 0; i < w->news.n; i++) {
        const NewsLine *n = &w->news.v[i];
        kept[i] = n->is_condition ? w->sc.conditions.v[n->at].chance : w->sc.branches.v[n->at].chance;
    }
    for (int32_t i = 0; i < w->news.n; i++) news_apply(&w->sc, &w->news.v[i]);
    if (!chances_fit(w)) return false;
    contingency_solve(w->a, &w->sc, &w->after);
    for (int32_t i = w->news.n - 1; i >= 0; i--) {       /* back to the file, last line first */
        NewsLine back = w->news.v[i];
        back.chance = kept[i];
        news_apply(&w->sc, &back);
    }
    return true;
}

/* The branch that one line of news alone moves most, and by how much. */
static int32_t moved_most(Work *w, int32_t line, Range *before, Range *after)
{
    NewsLine n = w->news.v[line];
    Range kept = n.is_condition ? w->sc.conditions.v[n.at].chance : w->sc.branches.v[n.at].chance;
    Outlook alone;
    int32_t best = -1;
    double most = 0;
    news_apply(&w->sc, &n);
    contingency_solve(w->a, &w->sc, &alone);
    n.chance = kept;
    news_apply(&w->sc, &n);
    for (int32_t i = 1; i < w->sc.branches.n; i++) {
        double off = fabs(alone.branch[i].whole.mode - w->now.branch[i].whole.mode);
        if (!alone.branch[i].is_end || off <= most + 1e-12) continue;
        most = off;
        best = i;
        *before = w->now.branch[i].whole;
        *after = alone.branch[i].whole;
    }
    return best;
}

/* ---- for programs --------------------------------------------------------------------------------------------------------- */
static void json_range(Buf *out, Range r) { put_array(out, (double[]){r.low, r.mode, r.high}, 3); }

static void json_basis(const Work *w, Buf *out, const Basis *b)
{
    buf_add(out, S(", \"spans\": ["));
    for (int32_t i = 0; i < b->cites.n; i++) {
        const ScenarioText *t = &w->sc.texts.v[b->cites.v[i].text];
        buf_add(out, i ? S(", {\"text\": ") : S("{\"text\": "));
        json_put_str(out, t->name);
        buf_add(out, S(", \"sha256\": "));
        json_put_str(out, t->sha256);
        buf_printf(out, ", \"span\": [%d, %d]}", b->cites.v[i].begin, b->cites.v[i].end);
    }
    buf_printf(out, "], \"assumed\": %s", b->is_assumed ? "true" : "false");
}

static void json_branches(Work *w, Buf *out)
{
    for (int32_t i = 0; i < w->sc.branches.n; i++) {
        const Branch *b = &w->sc.branches.v[i];
        const BranchChance *x = &w->now.branch[i];
        buf_add(out, i ? S(", {\"name\": ") : S("{\"name\": "));
        json_put_str(out, b->name);
        buf_printf(out, ", \"below\": %d, \"here\": ", b->parent);
        json_range(out, x->here);
        buf_add(out, S(", \"chance\": "));
        json_range(out, x->whole);
        buf_add(out, S(", \"left_open\": "));
        put_array(out, (double[]){x->open_low, x->open_high}, 2);
        if (w->has_news) { buf_add(out, S(", \"after_news\": ")); json_range(out, w->after.branch[i].whole); }
        buf_add(out, S(", \"signs\": ["));
        for (int32_t k = 0; k < b->signs.n; k++) {
            buf_add(out, k ? S(", {\"words\": ") : S("{\"words\": "));
            json_put_str(out, b->signs.v[k]);
            buf_add(out, S(", \"days\": "));
            if (b->sign_days.v[k].is_given) put_array(out, (double[]){b->sign_days.v[k].low, b->sign_days.v[k].high}, 2);
            else buf_add(out, S("null"));
            json_basis(w, out, &b->sign_basis.v[k]);
            buf_char(out, '}');
        }
        buf_char(out, ']');
        json_basis(w, out, &b->basis);
        buf_char(out, '}');
    }
}

static void json_news(Work *w, Buf *out)
{
    for (int32_t i = 0; i < w->news.n; i++) {
        Range before = {0}, after = {0};
        int32_t branch = moved_most(w, i, &before, &after);
        buf_printf(out, "%s{\"line\": %d, \"sets\": ", i ? ", " : "", w->news.v[i].line);
        json_put_str(out, w->news.v[i].name);
        buf_add(out, S(", \"moves\": "));
        if (branch < 0) buf_add(out, S("null"));
        else json_put_str(out, w->sc.branches.v[branch].name);
        buf_add(out, S(", \"before\": "));
        json_range(out, before);
        buf_add(out, S(", \"alone\": "));
        json_range(out, after);
        json_basis(w, out, &w->news.v[i].basis);
        buf_char(out, '}');
    }
}

static void json_all(Work *w, Buf *out)
{
    buf_add(out, S("{\"format\": 1, \"branches\": ["));
    json_branches(w, out);
    buf_add(out, S("], \"news\": ["));
    json_news(w, out);
    buf_add(out, S("], \"worth\": "));
    if (w->now.has_worth) json_range(out, w->now.worth);
    else buf_add(out, S("null"));
    buf_add(out, S("}\n"));
}

/* ---- for people ------------------------------------------------------------------------------------------------------------ */
static Str percent(Arena *a, Range r)
{
    if (r.high - r.low < 0.005) return arena_printf(a, "%.0f%%", r.mode * 100);
    return arena_printf(a, "%.0f–%.0f%%", r.low * 100, r.high * 100);
}

static void show_branch(Work *w, Buf *out, int32_t at, Str stem)
{
    const Branch *b = &w->sc.branches.v[at];
    const BranchChance *x = &w->now.branch[at];
    for (int32_t k = 0; k < b->children.n; k++) {
        int32_t c = b->children.v[k];
        const Branch *child = &w->sc.branches.v[c];
        bool is_last = k + 1 == b->children.n && x->open_high < 0.005;
        buf_add(out, stem);
        buf_add(out, is_last ? S("└ ") : S("├ "));
        screen_put(out, screen_safe(w->a, child->name), BOLD);
        buf_printf(out, "  %.*s", STR(percent(w->a, w->now.branch[c].whole)));
        if (w->has_news && fabs(w->after.branch[c].whole.mode - w->now.branch[c].whole.mode) + fabs(w->after.branch[c].whole.high - w->now.branch[c].whole.high) > 0.005)
            buf_printf(out, " → %.*s", STR(percent(w->a, w->after.branch[c].whole)));
        if (child->words.n) buf_printf(out, "  %.*s", STR(screen_safe(w->a, child->words)));
        if (child->given.n) buf_printf(out, " (given %.*s)", STR(screen_safe(w->a, child->given)));
        if (child->basis.is_assumed) buf_add(out, S(" [assumed]"));
        buf_char(out, '\n');
        Str below = arena_printf(w->a, "%.*s%s", STR(stem), is_last ? "  " : "│ ");
        const BranchChance *y = &w->now.branch[c];
        if (y->first_sign >= 0) {
            buf_printf(out, "%.*s%s seen first: %.*s", STR(below), child->children.n ? "│" : " ", STR(screen_safe(w->a, child->signs.v[y->first_sign])));
            if (y->from_day >= 0) buf_printf(out, ", within %g to %g days", y->from_day, y->to_day);
            buf_char(out, '\n');
        }
        show_branch(w, out, c, below);                   /* at most TREE_DEPTH_MAX deep */
    }
    if (b->children.n && x->open_high >= 0.005)
        buf_printf(out, "%.*s└ something else  %.*s\n", STR(stem), STR(percent(w->a, (Range){x->open_low * x->whole.low, 0, x->open_high * x->whole.high, true})));
}

static void show_news(Work *w, Buf *out)
{
    screen_put(out, S("\nWhat the news changed, each line alone"), BOLD);
    buf_char(out, '\n');
    for (int32_t i = 0; i < w->news.n; i++) {
        Range before = {0}, after = {0};
        int32_t branch = moved_most(w, i, &before, &after);
        Buf basis = {.to = w->a};
        basis_words(&w->sc, &w->news.v[i].basis, &basis);
        buf_printf(out, "  line %d sets %.*s to %.*s,%.*s: ", w->news.v[i].line, STR(screen_safe(w->a, w->news.v[i].name)), STR(percent(w->a, w->news.v[i].chance)),
                   STR(basis.n ? buf_str(&basis) : S(" without a source")));
        if (branch < 0) buf_add(out, S("moves nothing\n"));
        else buf_printf(out, "%.*s goes from %.*s to %.*s\n", STR(screen_safe(w->a, w->sc.branches.v[branch].name)), STR(percent(w->a, before)), STR(percent(w->a, after)));
    }
}

static int contingency_run(Call *call)
{
    Work w = {.call = call, .a = call->arena};
    Buf out = {.to = call->arena};
    screen();
    if (!read_all(&w) || !solve(&w)) return call_failed(call);
    if (call_has(call, "svg")) picture_ladder(w.a, &w.sc, w.has_news ? &w.after : &w.now, &out);
    else if (call_has(call, "json")) json_all(&w, &out);
    else {
        screen_put(&out, screen_safe(w.a, w.sc.branches.v[0].words.n ? w.sc.branches.v[0].words : S("now")), BOLD);
        buf_char(&out, '\n');
        show_branch(&w, &out, 0, S(""));
        if (w.now.has_worth) buf_printf(&out, "\nWorth of it all: %.*s to %.*s, likeliest %.*s\n", STR(figure(w.a, w.now.worth.low)), STR(figure(w.a, w.now.worth.high)), STR(figure(w.a, w.now.worth.mode)));
        if (w.has_news) show_news(&w, &out);
        buf_printf(&out, "\n%.*s\n", STR(shown_basis(w.a, &w.sc)));
        screen_page();
    }
    io_out(buf_str(&out));
    return EXIT_DONE;
}

static const char about[] =
    "FILE is a scenario with a `ladder`: branches below branches, each with a chance in a range, a condition, and the signs that would be seen first if it came "
    "true. Chances are multiplied down the ladder; branches beside one another leave one another what they leave, and the rest is said to be open.\n\n"
    "`--news` takes a second file of lines `branch NAME chance 0.1..0.2 TEXT[120,186]` or `condition NAME chance …`: the ladder before and after, and what each line "
    "alone would move, with the words it rests on.";
static const Option options[] = {
    {0, "news", TAKES_FILE, "FILE", "lines that set chances anew, and what each of them moves"},
    {0, "svg", TAKES_NOTHING, NULL, "the ladder, as SVG"},
    {0, "json", TAKES_NOTHING, NULL, "one JSON object"},
    OPTIONS_END};
static const Example examples[] = {
    {"demarche contingency examples/ladder.scenario", "What may come, and what would be seen first"},
    {"demarche contingency --news examples/ladder-news.scenario examples/ladder.scenario", "Which line of the news moved it"},
    {0}};
const Command command_contingency = {
    .name = "contingency", .operands = "FILE", .summary = "what may come, and what would be seen first", .about = about,
    .operand = OPERAND_FILE, .least = 1, .most = 1, .options = options, .examples = examples, .run = contingency_run};
