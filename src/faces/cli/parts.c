/* Parts and their claims; parts.h is the manual.
**
** One small function a kind says what the part claims and which words it rests on. A claim never says more than the
** record does: a speaker who is not plain is "somebody", an event that was denied is denied.
*/
#include "parts.h"
#include <math.h>
#include <string.h>

/* ---- the reader's corrections --------------------------------------------------------------------------- */
typedef struct { Arena *a; Corrections *c; } Gather;

static bool correction_take(void *with, const LedgerCells *row)
{
    Gather *g = with;
    Correction *k = push(g->a, &g->c->rows);
    const struct {
        Str *to;
        const char *column;
    } cells[] = {{&k->id, "id"},         {&k->field, "field"}, {&k->value, "value"}, {&k->was, "was"},
                 {&k->reason, "reason"}, {&k->made, "made"},   {&k->state, "state"}};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        Str cell = cell_named(row, cells[i].column);
        *cells[i].to = cell.p ? arena_str(g->a, cell) : (Str){0};
    }
    return true;
}

bool corrections_read(Call *call, Str document_id, Corrections *c)
{
    Gather g = {call->arena, c};
    *c = (Corrections){0};
    return ledger_list(call->ledger, LIST_CORRECTIONS, &(LedgerFilter){.document = document_id}, correction_take, &g,
                       &call->err);
}

Str corrected(const Corrections *c, Str part_id, Str field, Str otherwise, bool *is_corrected)
{
    if (is_corrected) *is_corrected = false;
    for (int i = 0; c && i < c->rows.n; i++) {
        const Correction *k = &c->rows.v[i];
        if (!str_eq(k->id, part_id) || !str_eq(k->field, field) || !str_eq(k->state, S("in force"))) continue;
        if (is_corrected) *is_corrected = true;
        return k->value;
    }
    return otherwise;
}

void corrections_json(const Corrections *c, Str part_id, Buf *out)
{
    bool any = false;
    buf_char(out, '[');
    for (int i = 0; i < c->rows.n; i++) {
        const Correction *k = &c->rows.v[i];
        if (part_id.n && !str_eq(k->id, part_id)) continue;
        const struct {
            const char *name;
            Str value;
        } members[] = {{"id", k->id},         {"field", k->field}, {"value", k->value}, {"was", k->was},
                       {"reason", k->reason}, {"made", k->made},   {"state", k->state}};
        buf_add(out, any ? S(",{") : S("{"));
        for (size_t m = 0; m < sizeof members / sizeof *members; m++) {
            buf_printf(out, "%s\"%s\":", m ? "," : "", members[m].name);
            if (members[m].value.p) json_put_str(out, members[m].value);
            else buf_add(out, S("null"));
        }
        buf_char(out, '}');
        any = true;
    }
    buf_char(out, ']');
}

/* ---- words ---------------------------------------------------------------------------------------------- */
Str part_words(Arena *a, const Record *r, Spans spans)
{
    Buf b = {.to = a};
    for (int i = 0; i < spans.n; i++) {
        if (i) buf_add(&b, S(" … "));
        buf_add(&b, span_str(r->text, spans.v[i]));
    }
    return screen_safe(a, buf_str(&b));
}

static void words_add(Arena *a, Part *p, const char *role, Span span)
{
    if (!span_is(span)) return;
    *push(a, &p->words) = (PartWords){role, span, (double)NAN};
    if (p->words.n == 1) p->place = span;
    if (span.begin < p->place.begin) p->place.begin = span.begin;
    if (span.end > p->place.end) p->place.end = span.end;
}

static void words_all(Arena *a, Part *p, const char *role, Spans spans)
{
    for (int i = 0; i < spans.n; i++) words_add(a, p, role, spans.v[i]);
}

static Str entity_name(const Record *r, int32_t entity, Str otherwise)
{
    return entity >= 0 && entity < r->entities.n ? r->entities.v[entity].name : otherwise;
}

static Str part_id(Arena *a, Str document_id, char letter, int32_t index)
{
    return arena_printf(a, "%.*s.%c%d", STR(document_id), letter, index);
}

Str part_speaker(Arena *a, const Record *r, const Corrections *c, Str document_id, int32_t statement)
{
    Str machine = entity_name(r, r->statements.v[statement].speaker, (Str){0});
    return screen_safe(a, corrected(c, part_id(a, document_id, 's', statement), S("speaker"), machine, NULL));
}

/* ---- one function a kind -------------------------------------------------------------------------------- */
typedef struct { Arena *a; const Record *r; const Corrections *c; Str document; int32_t index; } Ask;
typedef void (*Describe)(const Ask *q, Part *p);

static Str nonempty(Str s, Str otherwise) { return s.n ? s : otherwise; }

enum { CLAIM_WORDS = 160 };              /* columns of a quotation within a claim; the words stand below it whole */

static void statement_describe(const Ask *q, Part *p)
{
    const Statement *s = &q->r->statements.v[q->index];
    Str source = part_words(q->a, q->r, s->source), speaker = part_speaker(q->a, q->r, q->c, q->document, q->index);
    Str who = speaker.n ? speaker : source.n ? arena_printf(q->a, "A source that the text calls “%.*s”", STR(source))
                                             : S("Somebody whom the text does not make plain");
    const char *how = s->class > CLASS_SPEECH && s->class != CLASS_DOCUMENT
                          ? "is reported to think, want, feel or know this"
                      : s->form == FORM_DIRECT ? "is quoted word for word"
                      : s->form == FORM_MIXED  ? "is quoted, in part word for word"
                                               : "is reported to have said this";
    Str sourcing = s->sourcing > SOURCING_NAMED ? sourcing_name(s->sourcing) : (Str){0};
    Str content = part_words(q->a, q->r, s->content);
    p->claim = arena_printf(q->a, "%.*s %s%s%.*s: %.*s", STR(who), how, sourcing.n ? ", sourcing " : "", STR(sourcing),
                            STR(quotation(q->a, screen_cut(q->a, content, CLAIM_WORDS))));
    p->by = s->by;
    words_all(q->a, p, "content", s->content);
    words_all(q->a, p, "cue", s->cue);
    words_all(q->a, p, "source", s->source);
    words_all(q->a, p, "reason", s->sources.reason);
    if (s->judged) words_add(q->a, p, "judged", s->judged_span);
}

static void time_describe(const Ask *q, Part *p)
{
    const Time *t = &q->r->times.v[q->index];
    Str machine = t->value, value = corrected(q->c, p->id, S("value"), machine, NULL);
    p->claim = arena_printf(q->a, "“%.*s” means %.*s%s%.*s%s.", STR(screen_safe(q->a, span_str(q->r->text, t->span))),
                            STR(nonempty(value, S("a time that is not known"))), t->mod.n ? ", modified: " : "",
                            STR(t->mod), t->doubt ? "; this is doubtful" : "");
    p->by = t->by;
    words_add(q->a, p, "expression", t->span);
}

static void name_describe(const Ask *q, Part *p)
{
    const Entity *n = &q->r->entities.v[q->index];
    Str type = entity_type_name(n->type);
    p->claim = arena_printf(q->a, "%.*s%s%.*s%s is named %d %s here%s%.*s.",
                            STR(screen_safe(q->a, corrected(q->c, p->id, S("name"), n->name, NULL))),
                            type.n ? " (" : "", STR(type), type.n ? ")" : "", n->mentions.n,
                            plural(n->mentions.n, "time", "times"), n->actor.n ? "; actor code: " : "", STR(n->actor));
    p->by = n->by;
    for (int i = 0; i < n->mentions.n; i++) {
        words_add(q->a, p, "mention", n->mentions.v[i].span);
        p->words.v[p->words.n - 1].p = n->mentions.v[i].p;
    }
    if (n->mentions.n) p->place = n->mentions.v[0].span;
}

static void sentence_describe(const Ask *q, Part *p)
{
    p->claim = arena_printf(q->a, "This is sentence %d of %d.", q->index + 1, q->r->sentences.n);
    words_add(q->a, p, "sentence", q->r->sentences.v[q->index]);
}

static void boilerplate_describe(const Ask *q, Part *p)
{
    Str reason = nonempty(boilerplate_name(q->r->boilerplate.v[q->index].reason), S("furniture"));
    p->claim = arena_printf(q->a, "This is set aside as %.*s: kept, and not read as news.", STR(reason));
    words_add(q->a, p, "furniture", q->r->boilerplate.v[q->index].span);
}

static void origin_describe(const Ask *q, Part *p)
{
    const Origin *o = &q->r->origin.v[q->index];
    p->claim = arena_printf(q->a, "The text says where it comes from: %.*s %.*s%s%.*s.", STR(origin_how_name(o->how)),
                            STR(screen_safe(q->a, nonempty(o->name, S("(no name)")))), o->uri.n ? ", " : "",
                            STR(screen_safe(q->a, o->uri)));
    words_add(q->a, p, "origin", o->span);
}

static Str role_text(const Ask *q, const Role *role, int n)
{
    Buf b = {.to = q->a};
    for (int i = 0; i < n; i++) {
        if (i) buf_add(&b, S(", "));
        buf_add(&b, screen_safe(q->a, entity_name(q->r, role[i].entity, nonempty(role[i].actor, S("somebody")))));
    }
    return n ? buf_str(&b) : S("somebody");
}

static void event_describe(const Ask *q, Part *p)
{
    const Event *v = &q->r->events.v[q->index];
    p->claim =
        arena_printf(q->a, "%.*s: %.*s, towards %.*s; status: %.*s%s%.*s.", STR(nonempty(v->type, S("An event"))),
                     STR(role_text(q, v->source.v, v->source.n)), STR(role_text(q, v->target.v, v->target.n)),
                     STR(nonempty(event_status_name(v->status), S("not known"))),
                     v->statement >= 0 ? "; asserted in a statement" : "",
                     STR(v->statement >= 0 ? part_id(q->a, S(" of"), 's', v->statement) : (Str){0}));
    p->by = v->by;
    words_add(q->a, p, "event", v->span);
    words_add(q->a, p, "anchor", v->anchor);
    words_add(q->a, p, "place", v->place);
}

static void expectation_describe(const Ask *q, Part *p)
{
    const Expectation *x = &q->r->expectations.v[q->index];
    p->claim = arena_printf(q->a, "A %.*s of %.*s%s%.*s.",
                            STR(nonempty(expectation_kind_name(x->kind), S("kind that is not known"))),
                            STR(screen_safe(q->a, entity_name(q->r, x->holder,
                                                              S("somebody whom the text does not make plain")))),
                            x->due.n ? ", due " : "", STR(x->due));
    p->by = x->by;
    words_add(q->a, p, "expectation", x->span);
    words_all(q->a, p, "condition", x->condition);
}

static void relation_describe(const Ask *q, Part *p)
{
    const Relation *l = &q->r->relations.v[q->index];
    p->claim =
        arena_printf(q->a, "%.*s: %.*s to %.*s%s%.*s.", STR(relation_type_name(l->type)),
                     STR(screen_safe(q->a, entity_name(q->r, l->from, S("somebody")))),
                     STR(screen_safe(q->a, entity_name(q->r, l->to, S("somebody")))), l->via >= 0 ? ", through " : "",
                     STR(screen_safe(q->a, entity_name(q->r, l->via, (Str){0}))));
    p->by = l->by;
    words_add(q->a, p, "relation", l->span);
    words_all(q->a, p, "what", l->what);
}

static void topic_describe(const Ask *q, Part *p)
{
    const Topic *t = &q->r->topics.v[q->index];
    p->claim = arena_printf(q->a, "This is on %.*s.", STR(screen_safe(q->a, t->key)));
    p->by = t->by;
    words_all(q->a, p, "topic", t->spans);
}

static void figure_describe(const Ask *q, Part *p)
{
    const Figure *f = &q->r->figures.v[q->index];
    Buf number = {.to = q->a};
    json_put_number(&number, f->value);
    p->claim =
        arena_printf(q->a, "A figure: %.*s%s%.*s%s%.*s.", STR(isfinite(f->value) ? buf_str(&number) : S("not known")),
                     f->unit.n ? " " : "", STR(screen_safe(q->a, f->unit)), f->period.n ? ", for " : "",
                     STR(screen_safe(q->a, f->period)));
    p->by = f->by;
    words_add(q->a, p, "figure", f->span);
    words_all(q->a, p, "what", f->what);
}

static const struct { char letter; const char *kind; Describe describe;
} kinds[] = {{'s', "statement", statement_describe},
             {'t', "time", time_describe},
             {'n', "name", name_describe},
             {'p', "sentence", sentence_describe},
             {'b', "furniture", boilerplate_describe},
             {'o', "origin", origin_describe},
             {'e', "event", event_describe},
             {'x', "expectation", expectation_describe},
             {'r', "relation", relation_describe},
             {'c', "topic", topic_describe},
             {'f', "figure", figure_describe}};

int32_t part_count(const Record *r, char letter)
{
    switch (letter) {
    case 's': return r->statements.n;
    case 't': return r->times.n;
    case 'n': return r->entities.n;
    case 'p': return r->sentences.n;
    case 'b': return r->boilerplate.n;
    case 'o': return r->origin.n;
    case 'e': return r->events.n;
    case 'x': return r->expectations.n;
    case 'r': return r->relations.n;
    case 'c': return r->topics.n;
    case 'f': return r->figures.n;
    default: return -1;
    }
}

bool part_of(Arena *a, const Record *r, const Corrections *c, Str document_id, char letter, int32_t index, Part *p,
             Err *e)
{
    *p = (Part){.place = SPAN_NONE};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].letter != letter) continue;
        int32_t n = part_count(r, letter);
        if (index < 0 || index >= n)
            return fail(e, ERR_NOTFOUND, "%.*s has %d %s%s%s, and no number %d", STR(document_id), n, kinds[i].kind,
                        n == 1 ? "" : "s", n > 0 ? ", counted from 0" : "", index);
        p->kind = kinds[i].kind;
        p->id = part_id(a, document_id, letter, index);
        kinds[i].describe(&(Ask){a, r, c, document_id, index}, p);
        return true;
    }
    return fail(e, ERR_NOTFOUND,
                "'%c' names no kind of part; s statement, t time, n name, p sentence, b furniture, o origin, e event, "
                "x expectation, r relation, c topic, f figure",
                letter);
}

/* ---- the document --------------------------------------------------------------------------------------- */
Str published_text(Arena *a, const Record *r, const Corrections *c, Str document_id)
{
    bool is_corrected;
    Str published = corrected(c, document_id, S("published"), r->published, &is_corrected);
    Str first = r->published_range[0], last = r->published_range[1];
    if (is_corrected) return arena_printf(a, "%.*s (your correction)", STR(nonempty(published, S("not known"))));
    if (published.n && r->published_how == PUBLISHED_RECEIVED)
        return arena_printf(a, "%.*s (as it was received)", STR(published));
    if (published.n)
        return arena_printf(a, "%.*s%s", STR(published),
                            r->published_how == PUBLISHED_INFERRED ? " (inferred from what it says)"
                            : r->published_how == PUBLISHED_STATED ? " (stated)"
                                                                   : "");
    if (first.n && last.n && str_eq(first, last))
        return arena_printf(a, "≈ %.*s (inferred from what it says)", STR(first));
    if (first.n && last.n)
        return arena_printf(a, "between %.*s and %.*s (inferred from what it says)", STR(first), STR(last));
    if (first.n) return arena_printf(a, "not before %.*s (inferred from what it says)", STR(first));
    if (last.n) return arena_printf(a, "not after %.*s (inferred from what it says)", STR(last));
    return S("date not known");
}

void part_json(Arena *a, const Record *r, const Part *p, Buf *out)
{
    Place place = place_of(a, r->text);
    buf_add(out, S("\"id\":"));
    json_put_str(out, p->id);
    buf_printf(out, ",\"kind\":\"%s\",\"claim\":", p->kind);
    json_put_str(out, p->claim);
    buf_add(out, S(",\"by\":"));
    if (p->by.n) json_put_str(out, p->by);
    else buf_add(out, S("null"));
    buf_add(out, S(",\"words\":["));
    for (int i = 0; i < p->words.n; i++) {
        CpSpan span = place_span(&place, p->words.v[i].span);
        buf_printf(out, "%s{\"role\":\"%s\",\"span\":[%d,%d],\"text\":", i ? "," : "", p->words.v[i].role, span.begin,
                   span.end);
        json_put_str(out, span_str(r->text, p->words.v[i].span));
        if (isfinite(p->words.v[i].p)) {
            buf_add(out, S(",\"p\":"));
            json_put_number(out, p->words.v[i].p);
        }
        buf_char(out, '}');
    }
    buf_char(out, ']');
}
