/* From a record to rows: all that can be computed without the file.
**
** Runs in the reading threads, so that the one writer only binds and steps. Bytes become code points, lists of places
** become JSON, names are folded, the furniture is blanked out for the text index, the original is compressed, and the
** record is sealed: SHA-256 over its JSON, with the tokens if it has some.
**
** Always: a record that breaks its own rules (record_valid) or does not match its hash becomes a fault, never rows.
** Cost: linear in the record; about 60 µs for a story of 800 bytes, a third of it compression where the original differs.
*/
#include "ledger/inside.h"
#include <math.h>
#include <string.h>
#include <zlib.h>

typedef struct { Arena *a; LedgerRow *row; const Record *r; Place place; Str day; } Job;

/* ---- one value at the end of a table's rows ------------------------------------------------------------- */
static void put(Job *j, TableName t, Value v) { *push(j->a, &j->row->table[t]) = v; }
static void put_int(Job *j, TableName t, int64_t i) { put(j, t, (Value){VALUE_INT, .i = i}); }
static void put_ref(Job *j, TableName t, int32_t i)
{
    put(j, t, i < 0 ? (Value){VALUE_NULL} : (Value){VALUE_INT, .i = i});
}
static void put_real(Job *j, TableName t, double d)
{
    put(j, t, isnan(d) ? (Value){VALUE_NULL} : (Value){VALUE_REAL, .d = d});
}
static void put_text(Job *j, TableName t, Str s) { put(j, t, s.n ? (Value){VALUE_TEXT, .s = s} : (Value){VALUE_NULL}); }
static void put_list(Job *j, TableName t, Str s) { put(j, t, (Value){VALUE_TEXT, .s = s}); }      /* never null */
static void put_span(Job *j, TableName t, Span s)
{
    CpSpan cp = span_is(s) ? place_span(&j->place, s) : (CpSpan){-1, -1};
    put_ref(j, t, cp.begin);
    put_ref(j, t, cp.end);
}
static void put_spans(Job *j, TableName t, Spans s) { put_list(j, t, places_json(j->a, &j->place, s.v, s.n)); }
static void put_key(Job *j, TableName t, int32_t idx)
{
    put(j, t, (Value){VALUE_DOCUMENT});
    put_int(j, t, idx);
}

static void put_ints(Job *j, TableName t, Ints v)
{
    Buf b = {.to = j->a};
    buf_char(&b, '[');
    for (int32_t i = 0; i < v.n; i++) {
        if (i) buf_char(&b, ',');
        json_put_int(&b, v.v[i]);
    }
    buf_char(&b, ']');
    put_list(j, t, buf_str(&b));
}

static void put_words(Job *j, TableName t, Strs v)
{
    Buf b = {.to = j->a};
    buf_char(&b, '[');
    for (int32_t i = 0; i < v.n; i++) {
        if (i) buf_char(&b, ',');
        json_put_str(&b, v.v[i]);
    }
    buf_char(&b, ']');
    put_list(j, t, buf_str(&b));
}

/* ---- helpers -------------------------------------------------------------------------------------------- */
Str name_fold(Arena *to, Str name)
{
    Str low = utf8_fold(to, name);
    Buf b = {.to = to};
    bool gap = false;
    for (ptrdiff_t i = 0, from = 0; i < low.n; from = i) {
        int32_t cp = utf8_next(low, &i);
        if (!utf8_is_letter(cp) && !utf8_is_digit(cp)) {
            gap = b.n > 0;
            continue;
        }
        if (gap) buf_char(&b, ' ');
        gap = false;
        buf_add(&b, str_sub(low, from, i));
    }
    return buf_str(&b);
}

/* The text with its furniture blanked out, so that an appeal for donations is never found as news. */
Str record_news(Arena *to, const Record *r, int64_t *body_bytes)
{
    Str body = arena_str(to, r->text);
    *body_bytes = r->text.n;
    for (int32_t i = 0; i < r->boilerplate.n; i++) {
        Span s = r->boilerplate.v[i].span;
        memset((char *)body.p + s.begin, ' ', (size_t)(s.end - s.begin));
        *body_bytes -= s.end - s.begin;
    }
    return body;
}

/* Words as people count them: what stands between blanks and holds a letter or a digit. */
static int64_t words_in(Str s)
{
    int64_t n = 0;
    bool counted = false;
    for (ptrdiff_t i = 0; i < s.n;) {
        int32_t cp = utf8_next(s, &i);
        if (utf8_is_space(cp)) counted = false;
        else if (!counted && (utf8_is_letter(cp) || utf8_is_digit(cp))) counted = true, n++;
    }
    return n;
}

/* What the ledger has no columns for is not sealed: the first and last day of a time, and how likely a statement is. */
static Record as_held(Arena *a, const Record *r)
{
    Record held = *r;
    held.times = (Times){0}, held.statements = (Statements){0};
    for (int32_t i = 0; i < r->times.n; i++) {
        Time *t = push(a, &held.times);
        *t = r->times.v[i];
        t->begin = t->end = (Str){0};
    }
    for (int32_t i = 0; i < r->statements.n; i++) {
        Statement *s = push(a, &held.statements);
        *s = r->statements.v[i];
        s->p = (double)NAN;
    }
    return held;
}

void record_seal(Arena *a, const Record *r, char hex[65], Str *json)
{
    Buf b = {.to = a};
    Record held = as_held(a, r);
    record_json(&held, r->tokens.n > 0, &b);
    hash_sha256(buf_str(&b), hex);
    if (json) *json = buf_str(&b);
}

static Str day_of(const Record *r)
{
    if (r->published.n) return str_sub(r->published, 0, 10);
    return r->published_range[0].n ? r->published_range[0] : r->published_range[1];
}

static Str sources_json(Job *j, const Statement *s)
{
    Buf b = {.to = j->a};
    if (!s->has_sources) return buf_str(&b);
    buf_add(&b, S("{\"count\":["));
    json_put_int(&b, s->sources.count[0]);
    buf_char(&b, ',');
    json_put_int(&b, s->sources.count[1]);
    buf_add(&b, S("],\"affiliation\":"));
    json_put_str(&b, s->sources.affiliation);
    buf_add(&b, S(",\"reason\":"));
    buf_add(&b, places_json(j->a, &j->place, s->sources.reason.v, s->sources.reason.n));
    buf_add(&b, S(",\"same_as\":"));
    json_put_int(&b, s->sources.same_as);
    buf_char(&b, '}');
    return buf_str(&b);
}

/* ---- the tables, one after the other; the order of values is that of LEDGER_TABLES ----------------------- */
static void rows_of_text(Job *j)
{
    const Record *r = j->r;
    put(j, TABLE_ARTICLE, (Value){VALUE_DOCUMENT});
    put_list(j, TABLE_ARTICLE, r->text);
    put_spans(j, TABLE_ARTICLE, r->sentences);
    for (int32_t i = 0; i < r->boilerplate.n; i++) {
        const Boilerplate *b = &r->boilerplate.v[i];
        put_key(j, TABLE_BOILERPLATE, i);
        put_span(j, TABLE_BOILERPLATE, b->span);
        put_text(j, TABLE_BOILERPLATE, boilerplate_name(b->reason));
    }
    for (int32_t i = 0; i < r->origin.n; i++) {
        const Origin *o = &r->origin.v[i];
        put_key(j, TABLE_ORIGIN, i);
        put_span(j, TABLE_ORIGIN, o->span);
        put_text(j, TABLE_ORIGIN, origin_how_name(o->how));
        put_text(j, TABLE_ORIGIN, o->name);
        put_text(j, TABLE_ORIGIN, o->uri);
    }
    for (int32_t i = 0; i < r->tokens.n; i++) {
        const Token *t = &r->tokens.v[i];
        put_key(j, TABLE_TOKEN, i);
        put_span(j, TABLE_TOKEN, t->span);
        put_span(j, TABLE_TOKEN, t->mwt);
        const Str words[] = {t->form, t->lemma, t->upos, t->xpos, t->feats, t->deprel};
        for (int w = 0; w < 6; w++) put_text(j, TABLE_TOKEN, words[w]);
        put_ref(j, TABLE_TOKEN, t->head);
        put_ref(j, TABLE_TOKEN, t->sent);
    }
}

/* [0,5,"name",0.97]: the kind where it or the probability is known, the probability where it is. */
static void put_mention(Job *j, const Mention *m, Buf *b)
{
    CpSpan s = place_span(&j->place, m->span);
    buf_char(b, '[');
    json_put_int(b, s.begin);
    buf_char(b, ',');
    json_put_int(b, s.end);
    if (m->kind || isfinite(m->p)) {
        buf_char(b, ',');
        json_put_str(b, mention_kind_name(m->kind));
    }
    if (isfinite(m->p)) {
        buf_char(b, ',');
        json_put_number(b, m->p);
    }
    buf_char(b, ']');
}

static void rows_of_entities(Job *j)
{
    for (int32_t i = 0; i < j->r->entities.n; i++) {
        const Entity *n = &j->r->entities.v[i];
        Buf b = {.to = j->a};
        buf_char(&b, '[');
        for (int32_t m = 0; m < n->mentions.n; m++) {
            if (m) buf_char(&b, ',');
            put_mention(j, &n->mentions.v[m], &b);
        }
        buf_char(&b, ']');
        NameForm *form = push(j->a, &j->row->names);
        *form = (NameForm){n->name, name_fold(j->a, n->name)};
        put_key(j, TABLE_ENTITY, i);
        put(j, TABLE_ENTITY, (Value){VALUE_NAME, .i = i});
        put_text(j, TABLE_ENTITY, entity_type_name(n->type));
        put_text(j, TABLE_ENTITY, n->key);
        put_text(j, TABLE_ENTITY, n->actor);
        put_text(j, TABLE_ENTITY, n->by);
        put_int(j, TABLE_ENTITY, n->mentions.n);
        put_list(j, TABLE_ENTITY, buf_str(&b));
    }
    for (int32_t i = 0; i < j->r->times.n; i++) {
        const Time *t = &j->r->times.v[i];
        put_key(j, TABLE_TIME, i);
        put_span(j, TABLE_TIME, t->span);
        put_text(j, TABLE_TIME, time_type_name(t->type));
        put_text(j, TABLE_TIME, t->value);
        put_text(j, TABLE_TIME, t->mod);
        put_int(j, TABLE_TIME, t->doubt);
        put_text(j, TABLE_TIME, t->by);
        put_text(j, TABLE_TIME, t->value);
    }
}

static void rows_of_statements(Job *j)
{
    for (int32_t i = 0; i < j->r->statements.n; i++) {
        const Statement *s = &j->r->statements.v[i];
        put_key(j, TABLE_STATEMENT, i);
        put_ref(j, TABLE_STATEMENT, s->speaker);
        put_text(j, TABLE_STATEMENT, form_name(s->form));
        put_text(j, TABLE_STATEMENT, statement_class_name(s->class));
        put_text(j, TABLE_STATEMENT, sourcing_name(s->sourcing));
        put_spans(j, TABLE_STATEMENT, s->source);
        put_spans(j, TABLE_STATEMENT, s->cue);
        put_spans(j, TABLE_STATEMENT, s->content);
        put_text(j, TABLE_STATEMENT, sources_json(j, s));
        put_ref(j, TABLE_STATEMENT, s->addressee);
        put_ref(j, TABLE_STATEMENT, s->medium);
        put_text(j, TABLE_STATEMENT, judgement_name(s->judged));
        put_ref(j, TABLE_STATEMENT, s->judged_by);
        put_span(j, TABLE_STATEMENT, s->judged_span);
        put_ref(j, TABLE_STATEMENT, s->inside);
        put_text(j, TABLE_STATEMENT, s->time);
        put_text(j, TABLE_STATEMENT, s->by);
        put(j, TABLE_STATEMENT, s->speaker < 0 ? (Value){VALUE_NULL} : (Value){VALUE_NAME, .i = s->speaker});
        put_text(j, TABLE_STATEMENT, j->day);
    }
}

static void rows_of_roles(Job *j, int32_t event, Str side, const Role *v, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        put_key(j, TABLE_ROLE, j->row->table[TABLE_ROLE].n / ledger_tables[TABLE_ROLE].n);
        put_int(j, TABLE_ROLE, event);
        put_list(j, TABLE_ROLE, side);
        put_ref(j, TABLE_ROLE, v[i].entity);
        put_text(j, TABLE_ROLE, v[i].actor);
    }
}

static void rows_of_events(Job *j)
{
    for (int32_t i = 0; i < j->r->events.n; i++) {
        const Event *v = &j->r->events.v[i];
        put_key(j, TABLE_EVENT, i);
        put_span(j, TABLE_EVENT, v->span);
        put_span(j, TABLE_EVENT, v->anchor);
        put_text(j, TABLE_EVENT, v->type);
        put_text(j, TABLE_EVENT, v->mode);
        put_text(j, TABLE_EVENT, v->cameo);
        put_words(j, TABLE_EVENT, v->contexts);
        put_text(j, TABLE_EVENT, v->time);
        put_text(j, TABLE_EVENT, v->time_range[0]);
        put_text(j, TABLE_EVENT, v->time_range[1]);
        put_ints(j, TABLE_EVENT, v->before);
        put_ints(j, TABLE_EVENT, v->after);
        put_span(j, TABLE_EVENT, v->place);
        put_text(j, TABLE_EVENT, v->place_name);
        put_real(j, TABLE_EVENT, v->goldstein);
        put_real(j, TABLE_EVENT, v->p);
        put_text(j, TABLE_EVENT, event_status_name(v->status));
        put_ref(j, TABLE_EVENT, v->statement);
        put_text(j, TABLE_EVENT, v->by);
        rows_of_roles(j, i, S("source"), v->source.v, v->source.n);
        rows_of_roles(j, i, S("target"), v->target.v, v->target.n);
    }
}

static void rows_of_expectations(Job *j)
{
    for (int32_t i = 0; i < j->r->expectations.n; i++) {
        const Expectation *x = &j->r->expectations.v[i];
        put_key(j, TABLE_EXPECTATION, i);
        put_span(j, TABLE_EXPECTATION, x->span);
        put_ref(j, TABLE_EXPECTATION, x->holder);
        put_text(j, TABLE_EXPECTATION, expectation_kind_name(x->kind));
        put_int(j, TABLE_EXPECTATION, x->polarity);
        put_real(j, TABLE_EXPECTATION, x->strength);
        put_spans(j, TABLE_EXPECTATION, x->condition);
        put_text(j, TABLE_EXPECTATION, x->due);
        put_ref(j, TABLE_EXPECTATION, x->after);
        put_ref(j, TABLE_EXPECTATION, x->statement);
        put_text(j, TABLE_EXPECTATION, x->by);
    }
}

static void rows_of_the_rest(Job *j)
{
    for (int32_t i = 0; i < j->r->relations.n; i++) {
        const Relation *l = &j->r->relations.v[i];
        put_key(j, TABLE_RELATION, i);
        put_span(j, TABLE_RELATION, l->span);
        put_text(j, TABLE_RELATION, relation_type_name(l->type));
        put_ref(j, TABLE_RELATION, l->from);
        put_ref(j, TABLE_RELATION, l->to);
        put_ref(j, TABLE_RELATION, l->via);
        put_spans(j, TABLE_RELATION, l->what);
        put_text(j, TABLE_RELATION, l->time);
        put_ref(j, TABLE_RELATION, l->statement);
        put_text(j, TABLE_RELATION, l->by);
    }
    for (int32_t i = 0; i < j->r->topics.n; i++) {
        const Topic *t = &j->r->topics.v[i];
        put_key(j, TABLE_TOPIC, i);
        put_text(j, TABLE_TOPIC, t->key);
        put_spans(j, TABLE_TOPIC, t->spans);
        put_ref(j, TABLE_TOPIC, t->statement);
        put_text(j, TABLE_TOPIC, t->by);
    }
    for (int32_t i = 0; i < j->r->figures.n; i++) {
        const Figure *f = &j->r->figures.v[i];
        put_key(j, TABLE_FIGURE, i);
        put_span(j, TABLE_FIGURE, f->span);
        put_real(j, TABLE_FIGURE, f->value);
        put_text(j, TABLE_FIGURE, f->unit);
        put_spans(j, TABLE_FIGURE, f->what);
        put_text(j, TABLE_FIGURE, f->period);
        put_ref(j, TABLE_FIGURE, f->statement);
        put_text(j, TABLE_FIGURE, f->by);
    }
}

static void row_of_document(Job *j, Str sha256_of, Str text_sha256, int64_t body_bytes)
{
    const Record *r = j->r;
    const Str words[] = {r->sha256, sha256_of, text_sha256, j->row->seal};
    for (int i = 0; i < 4; i++) put_list(j, TABLE_DOCUMENT, words[i]);
    put(j, TABLE_DOCUMENT, (Value){VALUE_RUN});
    const Str known[] = {r->id, r->uri, r->publisher, r->author, r->title, r->lang, r->published,
                         published_how_name(r->published_how), r->published_range[0], r->published_range[1]};
    for (int i = 0; i < 10; i++) put_text(j, TABLE_DOCUMENT, known[i]);
    const int64_t numbers[] = {
        r->truncated, r->text.n, body_bytes, words_in(j->row->body), r->sentences.n, r->boilerplate.n, r->origin.n,
        r->tokens.n, r->entities.n, r->times.n, r->statements.n, r->events.n,
        j->row->table[TABLE_ROLE].n / ledger_tables[TABLE_ROLE].n, r->expectations.n, r->relations.n, r->topics.n,
        r->figures.n};
    for (int i = 0; i < 17; i++) put_int(j, TABLE_DOCUMENT, numbers[i]);
    put_text(j, TABLE_DOCUMENT, j->day);
}

/* Where the bytes that came in are to be found again: kept apart, the text itself, or not kept. */
static bool bytes_of(Job *j, Str text_sha256, Str *kind)
{
    const Record *r = j->r;
    *kind = str_eq(text_sha256, r->sha256) ? S("text") : S("input");
    if (!r->original.n) return true;
    char hex[65];
    hash_sha256(r->original, hex);
    if (!str_eq(str_of(hex), r->sha256)) return false;
    *kind = S("original");
    uLongf n = compressBound((uLong)r->original.n);
    unsigned char *z = arena_new(j->a, unsigned char, n);
    if (compress2(z, &n, (const unsigned char *)r->original.p, (uLong)r->original.n, 1) != Z_OK) return false;
    put(j, TABLE_ORIGINAL, (Value){VALUE_DOCUMENT});
    put_int(j, TABLE_ORIGINAL, r->original.n);
    put(j, TABLE_ORIGINAL, (Value){VALUE_BLOB, .s = {(const char *)z, (ptrdiff_t)n}});
    return true;
}

static bool is_hash(Str s)
{
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f'))) return false;
    return s.n == 64;
}

LedgerRow *ledger_prepare(Arena *a, const Record *r)
{
    LedgerRow *row = arena_new(a, LedgerRow, 1);
    Err e = {0};
    *row = (LedgerRow){.sha256 = r->sha256, .title = r->title, .record = r};
    if (!is_hash(r->sha256)) row->fault = S("the record's sha256 is not 64 hexadecimal digits");
    else if (!record_valid(r, &e)) row->fault = arena_printf(a, "the record contradicts itself: %s", e.text);
    if (row->fault.n) return row;

    Job j = {.a = a, .row = row, .r = r, .place = place_of(a, r->text), .day = day_of(r)};
    int64_t body_bytes;
    char hex[65];
    Str kind, text_sha256;
    hash_sha256(r->text, hex);
    text_sha256 = arena_str(a, str_of(hex));
    if (!bytes_of(&j, text_sha256, &kind)) {
        row->fault = S("the record's sha256 is not that of the bytes that came in");
        return row;
    }
    record_seal(a, r, hex, NULL);
    row->seal = arena_str(a, str_of(hex));
    row->body = record_news(a, r, &body_bytes);
    rows_of_text(&j);
    rows_of_entities(&j);
    rows_of_statements(&j);
    rows_of_events(&j);
    rows_of_expectations(&j);
    rows_of_the_rest(&j);
    row_of_document(&j, kind, text_sha256, body_bytes);
    row->recurring = learn_prepare(a, r, &j.place);
    return row;
}
