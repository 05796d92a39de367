/* Drafts: a first scenario from the ledger's expectations.
**
**   in:   expectation 3f9a1c2e.x0: holder Orrel, demand, "to raise the share to forty per cent", topic toll, polarity +1
**   out:  text d1 3f9a… "Tin on the quay"
**         issue toll "spoken of as toll" from 0 "refused" to 100 "granted" assumed
**         actor Orrel influence 20..60 assumed
**           position toll 75..100 salience 60 d1[120,158]
**           # asks: "to raise the share to forty per cent" d1[120,158]
**
** An offer, a promise, a concession or a threat is an option of whoever makes it; a demand is one of the person it is addressed to
** where the text says who that is, else a comment. Words are the article's own and every entry has their place. What no
** text says (influence, from how many documents name the actor; saliences; the order of wishes) is marked as assumed.
** Always: the file can be read back; at most as many options as a conflict takes, the rest as comments.
*/
#include "foresee/draft.h"
#include "foresee/scenario.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 90, HOLDERS_MAX = 40, DOCUMENTS_MAX = 5000, TOPICS_MAX = 12 };

typedef struct {
    int32_t holder, about, text, topic, number;          /* about: whom it is addressed to; topic, number: -1 none */
    ExpectationKind kind;
    int32_t polarity;
    double strength;
    CpSpan place;
    Str words, condition;
} Ask;
typedef struct { Str name; int32_t documents, asks, seen; } Holder;
typedef struct {
    Arena *a, page;
    Ledger *db;
    Err *e;
    Strs ids;
    Map holders, topics;
    SLICE(Holder) holder;
    Strs topic, texts, titles;
    SLICE(Ask) asks;
} Draft;

static bool take_id(void *with, const LedgerCells *row)
{
    Draft *d = with;
    for (int i = 0; i < row->n; i++)
        if (!strcmp(row->column[i].name, "id")) *push(d->a, &d->ids) = arena_str(d->a, row->cell[i]);
    return d->ids.n < DOCUMENTS_MAX;
}

/* One line, no controls, no quotation marks, cut between two characters. */
static Str shown(Arena *a, Str words)
{
    Buf b = {.to = a};
    for (ptrdiff_t i = 0; i < words.n;) {
        ptrdiff_t from = i;
        int32_t c = utf8_next(words, &i);
        if (c == '"' || c == '\\') c = '\'';
        if (b.n + 4 > WORDS_MAX) { buf_add(&b, S("…")); break; }
        if (c < 0x20 || c == 0x7F) buf_char(&b, ' ');
        else if (c == '\'') buf_char(&b, '\'');
        else if (c != 0xFFFD) buf_add(&b, str_sub(words, from, i));
    }
    return buf_str(&b);
}

static int32_t holder_of(Draft *d, const Record *r, int32_t entity)
{
    if (entity < 0 || entity >= r->entities.n) return -1;
    const Entity *x = &r->entities.v[entity];
    Str key = x->key.n ? x->key : x->name;
    int32_t *at = map_at(&d->holders, arena_str(d->a, key));
    if (*at < 0) {
        *at = d->holder.n;
        *push(d->a, &d->holder) = (Holder){.name = shown(d->a, x->name), .seen = -1};
    }
    return *at;
}

static int32_t topic_of(Draft *d, const Record *r, const Expectation *x)
{
    for (int32_t i = 0; i < r->topics.n; i++) {
        const Topic *t = &r->topics.v[i];
        bool is_here = x->statement >= 0 && t->statement == x->statement;
        for (int32_t k = 0; k < t->spans.n && !is_here; k++) is_here = t->spans.v[k].begin < x->span.end && t->spans.v[k].end > x->span.begin;
        if (!is_here || !t->key.n) continue;
        int32_t *at = map_at(&d->topics, arena_str(d->a, t->key));
        if (*at < 0 && d->topic.n == TOPICS_MAX) return -1;
        if (*at < 0) { *at = d->topic.n; *push(d->a, &d->topic) = shown(d->a, t->key); }
        return *at;
    }
    return -1;
}

static void take_ask(Draft *d, const Record *r, const Expectation *x, const Place *p, int32_t text)
{
    Ask k = {.holder = holder_of(d, r, x->holder), .about = -1, .text = text, .number = -1, .kind = x->kind, .polarity = x->polarity, .strength = x->strength};
    if (k.holder < 0) return;
    if (x->statement >= 0 && x->statement < r->statements.n) k.about = holder_of(d, r, r->statements.v[x->statement].addressee);
    k.place = (CpSpan){place_cp(p, x->span.begin), place_cp(p, x->span.end)};
    k.words = shown(d->a, span_str(r->text, x->span));
    if (x->condition.n) k.condition = shown(d->a, span_str(r->text, x->condition.v[0]));
    k.topic = topic_of(d, r, x);
    d->holder.v[k.holder].asks++;
    *push(d->a, &d->asks) = k;
}

static bool take_document(Draft *d, Str id)
{
    Record r;
    LedgerRef ref;
    arena_reset(&d->page);
    if (!ledger_resolve(d->db, id, &ref, d->e) || !ledger_get(d->db, &d->page, ref.document, &r, d->e)) return err_while(d->e, "drafting from %.*s", STR(id));
    if (!r.expectations.n) return true;
    Place p = place_of(&d->page, r.text);
    int32_t text = d->texts.n;
    *push(d->a, &d->texts) = arena_str(d->a, r.sha256);
    *push(d->a, &d->titles) = shown(d->a, r.title);
    for (int32_t i = 0; i < r.expectations.n; i++) take_ask(d, &r, &r.expectations.v[i], &p, text);
    for (int32_t i = 0; i < r.entities.n; i++) {         /* in how many documents a holder is named: counted once each */
        Str key = r.entities.v[i].key.n ? r.entities.v[i].key : r.entities.v[i].name;
        int32_t at = map_get(&d->holders, key);
        if (at < 0 || d->holder.v[at].seen == text) continue;
        d->holder.v[at].seen = text;
        d->holder.v[at].documents++;
    }
    return true;
}

/* ---- writing ------------------------------------------------------------------------------------------------------------ */
static bool makes_option(const Draft *d, const Ask *k)
{
    (void)d;
    return k->kind == EXPECT_OFFER || k->kind == EXPECT_PROMISE || k->kind == EXPECT_CONCESSION || k->kind == EXPECT_THREAT || (k->kind == EXPECT_DEMAND && k->about >= 0);
}

static int32_t owner_of(const Ask *k) { return k->kind == EXPECT_DEMAND ? k->about : k->holder; }

static const char *kind_word(ExpectationKind k)
{
    switch (k) {
    case EXPECT_DEMAND: return "demand";
    case EXPECT_OFFER: return "offer";
    case EXPECT_PROMISE: return "promise";
    case EXPECT_THREAT: return "threat";
    case EXPECT_CONCESSION: return "concession";
    case EXPECT_HOPE: return "hope";
    case EXPECT_FEAR: return "fear";
    case EXPECT_FORECAST: return "forecast";
    default: return "condition";
    }
}

static void put_place(Buf *out, const Ask *k) { buf_printf(out, " d%d[%d,%d]", k->text + 1, k->place.begin, k->place.end); }

/* What is asked for or granted moves a position up, what is refused down; firmer words narrow the range. */
static void put_position(const Draft *d, Buf *out, int32_t holder, int32_t topic)
{
    double sum = 0, firm = 0;
    int32_t n = 0, all = 0;
    for (int32_t i = 0; i < d->asks.n; i++) {
        const Ask *k = &d->asks.v[i];
        if (k->holder != holder) continue;
        all++;
        if (k->topic != topic) continue;
        double way = k->kind == EXPECT_FEAR ? -k->polarity : k->kind == EXPECT_CONCESSION ? 0.2 * k->polarity : k->polarity;
        sum += 50 + 45 * way;
        firm += isnan(k->strength) ? 0.5 : k->strength;
        n++;
    }
    if (!n) { buf_printf(out, "  position \"%.*s\" 0..100 salience 1 assumed   # nothing was found\n", STR(d->topic.v[topic])); return; }
    double x = sum / n, wide = 25 * (1 - 0.6 * firm / n);
    buf_printf(out, "  position \"%.*s\" %.0f..%.0f salience %.0f", STR(d->topic.v[topic]), fmax(0, x - wide), fmin(100, x + wide), fmax(1, 85.0 * n / all));
    for (int32_t i = 0, shown_n = 0; i < d->asks.n && shown_n < 4; i++)
        if (d->asks.v[i].holder == holder && d->asks.v[i].topic == topic) { put_place(out, &d->asks.v[i]); shown_n++; }
    buf_add(out, S(" assumed\n"));
}

static void put_wishes(const Draft *d, Buf *out, int32_t holder)
{
    buf_add(out, S("  prefers\n"));
    bool has_any = false;
    for (int pass = 0; pass < 2; pass++)                 /* demands first; then what it would rather not have to do */
        for (int32_t i = 0; i < d->asks.n; i++) {
            const Ask *k = &d->asks.v[i];
            if (k->number < 0 || k->holder != holder || (k->kind == EXPECT_DEMAND) != !pass) continue;
            bool is_cost = k->kind == EXPECT_THREAT || k->kind == EXPECT_CONCESSION;
            buf_printf(out, "    %s%s%s-%d", k->kind == EXPECT_OFFER || k->kind == EXPECT_PROMISE ? "unknown " : "", is_cost || (!pass && k->polarity < 0) ? "!" : "", kind_word(k->kind), k->number);
            put_place(out, k);
            buf_add(out, S(" assumed\n"));
            has_any = true;
        }
    if (!has_any) buf_add(out, S("    anything assumed   # no wish was found: put in what it prefers\n"));
}

static void put_holder(const Draft *d, Buf *out, int32_t h)
{
    const Holder *x = &d->holder.v[h];
    bool has_option = false;
    double influence = 20 + 15 * sqrt((double)x->documents);
    buf_printf(out, "\nactor \"%.*s\" influence %.0f..%.0f assumed   # named in %d documents\n", STR(x->name), influence * 0.7, fmin(influence * 1.3, 100), x->documents);
    for (int32_t t = 0; t < d->topic.n; t++) put_position(d, out, h, t);
    for (int32_t i = 0; i < d->asks.n; i++) {
        const Ask *k = &d->asks.v[i];
        if (k->number >= 0 && owner_of(k) == h) {
            buf_printf(out, "  option %s-%d \"%.*s\"", kind_word(k->kind), k->number, STR(k->words));
            put_place(out, k);
            if (k->condition.n) buf_printf(out, "   # if: %.*s", STR(k->condition));
            buf_char(out, '\n');
            has_option = true;
        } else if (k->number < 0 && k->holder == h) {
            buf_printf(out, "  # %s: %.*s", kind_word(k->kind), STR(k->words));
            put_place(out, k);
            buf_char(out, '\n');
        }
    }
    if (has_option) put_wishes(d, out, h);
}

static void put_all(Draft *d, Buf *out)
{
    int32_t n = 0;
    for (int32_t i = 0; i < d->asks.n; i++)
        if (makes_option(d, &d->asks.v[i]) && n < CONFLICT_OPTIONS_MAX && owner_of(&d->asks.v[i]) < HOLDERS_MAX) d->asks.v[i].number = ++n;
    for (int32_t i = 0; i < d->texts.n; i++) buf_printf(out, "text d%d %.*s \"%.*s\"\n", i + 1, STR(d->texts.v[i]), STR(d->titles.v[i]));
    buf_char(out, '\n');
    for (int32_t t = 0; t < d->topic.n; t++)
        buf_printf(out, "issue \"%.*s\" \"spoken of as %.*s: say what is at stake\" from 0 \"refused\" to 100 \"granted\" assumed\n", STR(d->topic.v[t]), STR(d->topic.v[t]));
    for (int32_t h = 0; h < d->holder.n && h < HOLDERS_MAX; h++) put_holder(d, out, h);
    if (n) buf_add(out, S("\nnow nothing assumed\n"));
    if (d->holder.n > HOLDERS_MAX) buf_printf(out, "# … and %d more actors; narrow the draft with --topic, --actor or --since\n", d->holder.n - HOLDERS_MAX);
}

/* Two actors of one name (another key each) are told apart by a number. */
static void name_apart(Draft *d)
{
    Map names = {.to = d->a};
    for (int32_t i = 0; i < d->holder.n; i++) {
        int32_t *at = map_at(&names, d->holder.v[i].name);
        if (*at >= 0 || !d->holder.v[i].name.n) d->holder.v[i].name = arena_printf(d->a, "%.*s (%d)", STR(d->holder.v[i].name), i + 1);
        else *at = i;
    }
}

bool draft_scenario(Ledger *db, Arena *a, const LedgerFilter *f, Buf *out, int32_t *n, Err *e)
{
    Draft d = {.a = a, .page = {.landing = a->landing, .budget = a->budget}, .db = db, .e = e, .holders = {.to = a}, .topics = {.to = a}};
    bool ok = ledger_list(db, LIST_DOCUMENTS, f, take_id, &d, e);
    for (int32_t i = 0; ok && i < d.ids.n; i++) ok = take_document(&d, d.ids.v[i]);
    if (ok) {
        buf_add(out, S("demarche-scenario 1\ntitle \"A draft\"\n# Drafted from the ledger: every number is a first guess, and what is marked as assumed no text says.\n"));
        name_apart(&d);
        put_all(&d, out);
    }
    *n = d.asks.n;
    arena_close(&d.page);
    return ok;
}
