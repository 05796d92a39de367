/* Getting: a document back from its rows, exactly as it was put.
**
** Code points become bytes again, NULL becomes "unknown" in each field's own way (-1, NAN, empty). Only tables of
** which the document's row says that it has rows are asked.
**
** Always: what is given back is valid (record_valid), or the answer is false with the document and the row named. A
** ledger may come from a stranger or from a dying disk; nothing here trusts a number of it.
*/
#include "ledger/inside.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

typedef struct {
    Ledger *db;
    Arena *a;
    Record *r;
    int64_t document;
    Place place;
    sqlite3_stmt *s;
    int column, idx;
    bool is_odd;                           /* a value was not what its column holds */
    const char *odd;
    Err *e;
} Get;

/* ---- one value after the other -------------------------------------------------------------------------- */
static bool odd(Get *g, const char *what)
{
    if (!g->is_odd) g->odd = what;
    g->is_odd = true;
    return false;
}

static Str text(Get *g) { return ledger_copy(g->a, g->s, g->column++); }
static double real(Get *g)
{
    int c = g->column++;
    return sqlite3_column_type(g->s, c) == SQLITE_NULL ? NAN : sqlite3_column_double(g->s, c);
}
static int32_t number(Get *g)
{
    int64_t n = sqlite3_column_int64(g->s, g->column++);
    if (n < INT32_MIN || n > INT32_MAX) odd(g, "a number is out of range");
    return (int32_t)n;
}
static int32_t ref(Get *g)
{
    if (sqlite3_column_type(g->s, g->column) == SQLITE_NULL) return g->column++, NONE;
    int32_t n = number(g);
    if (n < 0) odd(g, "a reference is below zero");
    return n;
}

static Span bytes_of(Get *g, int32_t begin, int32_t end)
{
    Span s = {place_byte(&g->place, begin), place_byte(&g->place, end)};
    if (begin < 0 || begin > end || s.begin < 0 || s.end < 0) {
        odd(g, "a place is not in the text");
        return SPAN_NONE;
    }
    return s;
}
static Span span(Get *g)
{
    int32_t begin = ref(g), end = ref(g);
    return begin < 0 && end < 0 ? SPAN_NONE : bytes_of(g, begin, end);
}

static Spans spans_of(Get *g, Str json)
{
    Spans spans = {0};
    Pieces pieces;
    if (!places_read(g->a, json, &pieces)) odd(g, "places are not written as [[begin,end],…]");
    for (int32_t i = 0; i < pieces.n && !g->is_odd; i++)
        *push(g->a, &spans) = bytes_of(g, pieces.v[i].begin, pieces.v[i].end);
    return spans;
}
static Spans spans(Get *g) { return spans_of(g, ledger_text(g->s, g->column++)); }

static const Json *json(Get *g, JsonKind kind)
{
    Json *root = NULL;
    Err e = {0};
    if (!json_read(g->a, ledger_text(g->s, g->column++), &root, &e) || root->kind != kind) {
        odd(g, "a list is not JSON");
        return NULL;
    }
    return root;
}
static int32_t json_int(Get *g, const Json *j)
{
    if (!j || j->kind != JSON_NUMBER || !(fabs(j->number) < 2147483647.0)) return odd(g, "a list holds no number"), -1;
    return (int32_t)j->number;
}
static Ints ints(Get *g)
{
    Ints v = {0};
    const Json *list = json(g, JSON_ARRAY);
    for (const Json *j = list ? list->first : NULL; j; j = j->next) *push(g->a, &v) = json_int(g, j);
    return v;
}
static Strs words(Get *g)
{
    Strs v = {0};
    const Json *list = json(g, JSON_ARRAY);
    for (const Json *j = list ? list->first : NULL; j; j = j->next) *push(g->a, &v) = arena_str(g->a, j->text);
    return v;
}

static Str word(Get *g) { return ledger_text(g->s, g->column++); }
#define NAMED(Type, lower)                                                             \
    static Type named_##lower(Get *g, Str name)                                        \
    {                                                                                  \
        Type v = (Type)0;                                                              \
        if (name.n && !lower##_of(name, &v)) odd(g, #lower " has a name that is not known"); \
        return v;                                                                      \
    }
#define NAMED_ENUM(Type, PREFIX, LIST, lower) NAMED(Type, lower)
RECORD_ENUMS(NAMED_ENUM)

/* ---- one row of each table ------------------------------------------------------------------------------ */
static void get_document(Get *g)
{
    Record *r = g->r;
    r->sha256 = text(g);
    g->column += 4;                        /* sha256_of, text_sha256, seal, run */
    r->id = text(g);
    r->uri = text(g);
    r->publisher = text(g);
    r->author = text(g);
    r->title = text(g);
    r->lang = text(g);
    r->published = text(g);
    r->published_how = named_published_how(g, word(g));
    r->published_range[0] = text(g);
    r->published_range[1] = text(g);
    r->truncated = number(g);
}

static void get_article(Get *g)
{
    g->r->text = text(g);
    g->place = place_of(g->a, g->r->text);
    g->r->sentences = spans(g);
}

static void get_original(Get *g)
{
    int64_t n = sqlite3_column_int64(g->s, g->column++);
    const void *z = sqlite3_column_blob(g->s, g->column);
    int z_n = sqlite3_column_bytes(g->s, g->column++);
    uLongf room = (uLongf)n;
    if (n <= 0 || n > RECORD_TEXT_MAX || !z) {
        odd(g, "its size is out of range");
        return;
    }
    unsigned char *p = arena_new(g->a, unsigned char, n);
    if (uncompress(p, &room, z, (uLong)z_n) != Z_OK || room != (uLongf)n) {
        odd(g, "it does not unpack");
        return;
    }
    g->r->original = (Str){(const char *)p, (ptrdiff_t)n};
}

static void get_boilerplate(Get *g)
{
    Boilerplate *b = push(g->a, &g->r->boilerplate);
    b->span = span(g);
    b->reason = named_boilerplate(g, word(g));
}

static void get_origin(Get *g)
{
    Origin *o = push(g->a, &g->r->origin);
    o->span = span(g);
    o->how = named_origin_how(g, word(g));
    o->name = text(g);
    o->uri = text(g);
}

static void get_token(Get *g)
{
    Token *t = push(g->a, &g->r->tokens);
    t->span = span(g);
    t->mwt = span(g);
    t->form = text(g);
    t->lemma = text(g);
    t->upos = text(g);
    t->xpos = text(g);
    t->feats = text(g);
    t->deprel = text(g);
    t->head = ref(g);
    t->sent = ref(g);
}

static void get_entity(Get *g)
{
    Entity *n = record_add_entity(g->a, g->r);
    int64_t name = sqlite3_column_int64(g->s, g->column++);
    bool there = false;
    Err e = {0};
    sqlite3_stmt *s = ledger_ask(g->db, ASK_NAME_OF, &e);
    if (s) sqlite3_bind_int64(s, 1, name);
    if (!s || !ledger_step(g->db, s, &there, &e) || !there) odd(g, "its name is missing");
    if (there) {
        n->name = ledger_copy(g->a, s, 0);
        sqlite3_reset(s);
    }
    n->type = named_entity_type(g, word(g));
    n->key = text(g);
    n->actor = text(g);
    n->by = text(g);
    int32_t n_mentions = number(g);
    Pieces pieces;
    if (!places_read(g->a, ledger_text(g->s, g->column++), &pieces) || pieces.n != n_mentions)
        odd(g, "its mentions are not written as [[begin,end,kind,p],…]");
    for (int32_t i = 0; i < pieces.n && !g->is_odd; i++) {
        Mention *m = push(g->a, &n->mentions);
        m->span = bytes_of(g, pieces.v[i].begin, pieces.v[i].end);
        m->kind = named_mention_kind(g, pieces.v[i].word);
        m->p = pieces.v[i].p;
    }
}

static void get_time(Get *g)
{
    Time *t = push(g->a, &g->r->times);
    t->span = span(g);
    t->type = named_time_type(g, word(g));
    t->value = text(g);
    t->mod = text(g);
    t->doubt = number(g);
    t->by = text(g);
}

static void get_sources(Get *g, Statement *s)
{
    if (sqlite3_column_type(g->s, g->column) == SQLITE_NULL) {
        g->column++;
        return;
    }
    const Json *j = json(g, JSON_OBJECT), *count = json_get(j, S("count")), *reason = json_get(j, S("reason"));
    s->has_sources = true;
    s->sources.count[0] = json_int(g, count ? count->first : NULL);
    s->sources.count[1] = json_int(g, count && count->first ? count->first->next : NULL);
    s->sources.affiliation = arena_str(g->a, json_text(j, S("affiliation")));
    s->sources.same_as = json_int(g, json_get(j, S("same_as")));
    for (const Json *p = reason ? reason->first : NULL; p && !g->is_odd; p = p->next) {
        int32_t begin = json_int(g, p->first), end = json_int(g, p->first ? p->first->next : NULL);
        *push(g->a, &s->sources.reason) = bytes_of(g, begin, end);
    }
}

static void get_statement(Get *g)
{
    Statement *s = record_add_statement(g->a, g->r);
    s->speaker = ref(g);
    s->form = named_form(g, word(g));
    s->class = named_statement_class(g, word(g));
    s->sourcing = named_sourcing(g, word(g));
    s->source = spans(g);
    s->cue = spans(g);
    s->content = spans(g);
    get_sources(g, s);
    s->addressee = ref(g);
    s->medium = ref(g);
    s->judged = named_judgement(g, word(g));
    s->judged_by = ref(g);
    s->judged_span = span(g);
    s->inside = ref(g);
    s->time = text(g);
    s->by = text(g);
}

static void get_event(Get *g)
{
    Event *v = record_add_event(g->a, g->r);
    v->span = span(g);
    v->anchor = span(g);
    v->type = text(g);
    v->mode = text(g);
    v->cameo = text(g);
    v->contexts = words(g);
    v->time = text(g);
    v->time_range[0] = text(g);
    v->time_range[1] = text(g);
    v->before = ints(g);
    v->after = ints(g);
    v->place = span(g);
    v->place_name = text(g);
    v->goldstein = real(g);
    v->p = real(g);
    v->status = named_event_status(g, word(g));
    v->statement = ref(g);
    v->by = text(g);
}

static void get_role(Get *g)
{
    int32_t event = ref(g);
    Str side = ledger_text(g->s, g->column++);
    if (event < 0 || event >= g->r->events.n) {
        odd(g, "its event is missing");
        return;
    }
    Event *v = &g->r->events.v[event];
    bool is_source = str_eq(side, S("source"));
    if (!is_source && !str_eq(side, S("target"))) odd(g, "its side is neither source nor target");
    Role *role = is_source ? push(g->a, &v->source) : push(g->a, &v->target);
    role->entity = ref(g);
    role->actor = text(g);
}

static void get_expectation(Get *g)
{
    Expectation *x = record_add_expectation(g->a, g->r);
    x->span = span(g);
    x->holder = ref(g);
    x->kind = named_expectation_kind(g, word(g));
    x->polarity = number(g);
    x->strength = real(g);
    x->condition = spans(g);
    x->due = text(g);
    x->after = ref(g);
    x->statement = ref(g);
    x->by = text(g);
}

static void get_relation(Get *g)
{
    Relation *l = record_add_relation(g->a, g->r);
    l->span = span(g);
    l->type = named_relation_type(g, word(g));
    l->from = ref(g);
    l->to = ref(g);
    l->via = ref(g);
    l->what = spans(g);
    l->time = text(g);
    l->statement = ref(g);
    l->by = text(g);
}

static void get_topic(Get *g)
{
    Topic *t = record_add_topic(g->a, g->r);
    t->key = text(g);
    t->spans = spans(g);
    t->statement = ref(g);
    t->by = text(g);
}

static void get_figure(Get *g)
{
    Figure *f = record_add_figure(g->a, g->r);
    f->span = span(g);
    f->value = real(g);
    f->unit = text(g);
    f->what = spans(g);
    f->period = text(g);
    f->statement = ref(g);
    f->by = text(g);
}

/* ---- a table, a document -------------------------------------------------------------------------------- */
typedef void (*GetRow)(Get *g);
static const GetRow get_row[TABLE_COUNT] = {
    [TABLE_DOCUMENT] = get_document, [TABLE_ARTICLE] = get_article, [TABLE_ORIGINAL] = get_original,
    [TABLE_BOILERPLATE] = get_boilerplate, [TABLE_ORIGIN] = get_origin, [TABLE_TOKEN] = get_token,
    [TABLE_ENTITY] = get_entity, [TABLE_TIME] = get_time, [TABLE_STATEMENT] = get_statement, [TABLE_EVENT] = get_event,
    [TABLE_ROLE] = get_role, [TABLE_EXPECTATION] = get_expectation, [TABLE_RELATION] = get_relation,
    [TABLE_TOPIC] = get_topic, [TABLE_FIGURE] = get_figure,
};

static sqlite3_stmt *select_of(Ledger *db, TableName t, Err *e)
{
    const LedgerTable *table = &ledger_tables[t];
    if (!db->get[t]) {
        const char *key = t == TABLE_DOCUMENT ? "id" : "document";
        bool has_idx = strstr(table->columns, ", idx,") != NULL;
        char sql[1024];
        snprintf(sql, sizeof sql, "SELECT %s FROM %s WHERE %s = ?1%s", table->columns, table->name, key,
                 has_idx ? " ORDER BY idx" : "");
        if (sqlite3_prepare_v3(db->file, sql, -1, SQLITE_PREPARE_PERSISTENT, &db->get[t], NULL) != SQLITE_OK) {
            ledger_fail(db, e);
            return NULL;
        }
    }
    sqlite3_reset(db->get[t]);
    return db->get[t];
}

/* All rows of one table; expected is what the document's row says, -1 where it does not say. */
static bool get_table(Get *g, TableName t, int64_t expected)
{
    const char *name = ledger_tables[t].name;
    if (!expected) return true;
    if (!(g->s = select_of(g->db, t, g->e))) return false;
    sqlite3_bind_int64(g->s, 1, g->document);
    bool there, has_idx = strstr(ledger_tables[t].columns, ", idx,") != NULL;
    int32_t n = 0;
    for (;; n++) {
        if (!ledger_step(g->db, g->s, &there, g->e)) return false;
        if (!there) break;
        g->column = t == TABLE_DOCUMENT ? 0 : 1;
        if (has_idx && sqlite3_column_int64(g->s, g->column++) != n) odd(g, "its number is not the next");
        if (!g->is_odd) get_row[t](g);
        if (g->is_odd) {
            sqlite3_reset(g->s);
            return fail(g->e, ERR_LEDGER, "%s %d: %s", name, n, g->odd);
        }
    }
    if (expected >= 0 && n != expected)
        return fail(g->e, ERR_LEDGER, "%d rows of %s where there should be %lld", n, name, (long long)expected);
    return true;
}

static bool get_parts(Get *g)
{
    /* as the columns of the document's row name them, from `sentences` on */
    static const int counted[TABLE_COUNT] = {
        [TABLE_BOILERPLATE] = 20, [TABLE_ORIGIN] = 21, [TABLE_TOKEN] = 22, [TABLE_ENTITY] = 23, [TABLE_TIME] = 24,
        [TABLE_STATEMENT] = 25, [TABLE_EVENT] = 26, [TABLE_ROLE] = 27, [TABLE_EXPECTATION] = 28,
        [TABLE_RELATION] = 29, [TABLE_TOPIC] = 30, [TABLE_FIGURE] = 31};
    int64_t expected[TABLE_COUNT] = {[TABLE_DOCUMENT] = 1, [TABLE_ARTICLE] = 1};
    sqlite3_stmt *s = select_of(g->db, TABLE_DOCUMENT, g->e);
    bool there;
    if (!s) return false;
    sqlite3_bind_int64(s, 1, g->document);
    if (!ledger_step(g->db, s, &there, g->e)) return false;
    if (!there) return fail(g->e, ERR_NOTFOUND, "it is not there");
    for (TableName t = TABLE_BOILERPLATE; t < TABLE_COUNT; t++) expected[t] = sqlite3_column_int64(s, counted[t]);
    int64_t n_sentences = sqlite3_column_int64(s, 19);
    if (str_eq(ledger_text(s, 1), S("original"))) expected[TABLE_ORIGINAL] = 1;
    for (TableName t = TABLE_DOCUMENT; t < TABLE_COUNT; t++)
        if (!get_table(g, t, expected[t])) return false;
    if (g->r->sentences.n != n_sentences)
        return fail(g->e, ERR_LEDGER, "%d sentences where there should be %lld", g->r->sentences.n, (long long)n_sentences);
    return true;
}

bool ledger_get(Ledger *db, Arena *a, int64_t document, Record *r, Err *e)
{
    Get g = {.db = db, .a = a, .r = r, .document = document, .e = e};
    *r = (Record){0};
    record_blank(r);
    if (get_parts(&g) && record_valid(r, e)) return true;
    if (e->code != ERR_NOTFOUND && e->code != ERR_BUSY && e->code != ERR_MEMORY) e->code = ERR_LEDGER;
    Str id = ledger_id(db, a, (LedgerRef){document, 0, NONE});
    return err_while(e, "document %.*s", STR(id));
}

bool ledger_provenance(Ledger *db, Arena *a, int64_t document, LedgerProvenance *p, Err *e)
{
    sqlite3_stmt *s = ledger_ask(db, ASK_PROVENANCE, e);
    bool there;
    *p = (LedgerProvenance){0};
    if (!s) return false;
    sqlite3_bind_int64(s, 1, document);
    if (!ledger_step(db, s, &there, e)) return false;
    if (!there) return fail(e, ERR_NOTFOUND, "there is no document %lld", (long long)document);
    p->sha256 = ledger_copy(a, s, 0);
    p->seal = ledger_copy(a, s, 1);
    p->added = ledger_copy(a, s, 2);
    p->program = ledger_copy(a, s, 3);
    sqlite3_reset(s);
    return true;
}
