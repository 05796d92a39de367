/* Record: what was understood, as the caller sees it.
**
** Inside, spans are bytes; here they leave the house as code points. They are all converted when the record is made, so
** that no accessor can fail: an index out of range gives a blank, never a crash and never a neighbour's words.
**
** Always: every view lives in the record's arena, until dm_record_free.
*/
#include "faces/lib/inside.h"
#include <stdlib.h>

dm_record *lib_record_new(ptrdiff_t memory, dm_error *why)
{
    dm_record *record = calloc(1, sizeof *record);
    if (!record) {
        lib_refuse(why, DM_MEMORY, "no memory for a record");
        return NULL;
    }
    record->arena.budget = memory;
    return record;
}

void dm_record_free(dm_record *record)
{
    if (!record) return;
    arena_close(&record->arena);
    free(record);
}

/* ---- bytes to code points, once ------------------------------------------------------------------------- */

static dm_span outer_span(const dm_record *record, Span s)
{
    if (!span_is(s)) return (dm_span){-1, -1};
    CpSpan cp = place_span(&record->place, s);
    return (dm_span){cp.begin, cp.end};
}

static dm_spans outer_spans(dm_record *record, Spans spans)
{
    dm_span *v = arena_new(&record->arena, dm_span, spans.n);
    for (int32_t i = 0; i < spans.n; i++) v[i] = outer_span(record, spans.v[i]);
    return (dm_spans){v, spans.n};
}

void lib_record_count(dm_record *record)
{
    const Record *r = &record->record;
    Arena *a = &record->arena;
    record->place = place_of(a, r->text);
    record->sentences = outer_spans(record, r->sentences);
    record->statements = arena_take_n(a, sizeof *record->statements, r->statements.n, _Alignof(max_align_t));
    for (int32_t i = 0; i < r->statements.n; i++) {
        record->statements[i].source = outer_spans(record, r->statements.v[i].source);
        record->statements[i].cue = outer_spans(record, r->statements.v[i].cue);
        record->statements[i].content = outer_spans(record, r->statements.v[i].content);
    }
    record->times = arena_new(a, dm_span, r->times.n);
    for (int32_t i = 0; i < r->times.n; i++) record->times[i] = outer_span(record, r->times.v[i].span);
    record->mentions = arena_new(a, dm_spans, r->entities.n);
    record->sure = arena_new(a, double *, r->entities.n);
    for (int32_t i = 0; i < r->entities.n; i++) {
        const Entity *entity = &r->entities.v[i];
        dm_span *v = arena_new(a, dm_span, entity->mentions.n);
        double *sure = arena_new(a, double, entity->mentions.n);
        for (int32_t k = 0; k < entity->mentions.n; k++) {
            v[k] = outer_span(record, entity->mentions.v[k].span);
            sure[k] = entity->mentions.v[k].p;
        }
        record->mentions[i] = (dm_spans){v, entity->mentions.n};
        record->sure[i] = sure;
    }
}

/* ---- the document --------------------------------------------------------------------------------------- */

dm_document dm_document_of(const dm_record *record)
{
    const Record *r = &record->record;
    return (dm_document){
        .id = lib_str(r->id), .uri = lib_str(r->uri), .publisher = lib_str(r->publisher), .author = lib_str(r->author),
        .title = lib_str(r->title), .lang = lib_str(r->lang), .published = lib_str(r->published),
        .published_how = lib_str(published_how_name(r->published_how)),
        .published_earliest = lib_str(r->published_range[0]), .published_latest = lib_str(r->published_range[1]),
        .text = lib_str(r->text), .sha256 = lib_str(r->sha256), .note = lib_str(r->note), .is_truncated = r->truncated};
}

dm_str dm_words(const dm_record *record, dm_span span)
{
    int32_t begin = place_byte(&record->place, span.begin), end = place_byte(&record->place, span.end);
    if (begin < 0 || end < begin) return (dm_str){0};
    return lib_str(span_str(record->record.text, (Span){begin, end}));
}

dm_spans dm_sentences(const dm_record *record) { return record->sentences; }

/* ---- lists ---------------------------------------------------------------------------------------------- */

int32_t dm_statements(const dm_record *record) { return record->record.statements.n; }
int32_t dm_times(const dm_record *record) { return record->record.times.n; }
int32_t dm_entities(const dm_record *record) { return record->record.entities.n; }

dm_statement dm_statement_at(const dm_record *record, int32_t i)
{
    const Record *r = &record->record;
    if (i < 0 || i >= r->statements.n)
        return (dm_statement){.speaker = -1, .addressee = -1, .medium = -1, .inside = -1};
    const Statement *s = &r->statements.v[i];
    return (dm_statement){
        .source = record->statements[i].source,
        .cue = record->statements[i].cue, .content = record->statements[i].content,
        .speaker = s->speaker, .addressee = s->addressee, .medium = s->medium, .inside = s->inside,
        .speaker_name = s->speaker >= 0 ? lib_str(r->entities.v[s->speaker].name) : (dm_str){0},
        .form = lib_str(form_name(s->form)), .kind = lib_str(statement_class_name(s->class)),
        .sourcing = lib_str(sourcing_name(s->sourcing)), .time = lib_str(s->time), .by = lib_str(s->by)};
}

dm_time dm_time_at(const dm_record *record, int32_t i)
{
    const Record *r = &record->record;
    if (i < 0 || i >= r->times.n) return (dm_time){.span = {-1, -1}};
    const Time *t = &r->times.v[i];
    return (dm_time){.span = record->times[i], .type = lib_str(time_type_name(t->type)), .value = lib_str(t->value),
                     .mod = lib_str(t->mod), .by = lib_str(t->by), .is_doubtful = t->doubt};
}

dm_entity dm_entity_at(const dm_record *record, int32_t i)
{
    const Record *r = &record->record;
    if (i < 0 || i >= r->entities.n) return (dm_entity){0};
    const Entity *entity = &r->entities.v[i];
    return (dm_entity){.name = lib_str(entity->name), .type = lib_str(entity_type_name(entity->type)),
                       .key = lib_str(entity->key), .actor = lib_str(entity->actor), .by = lib_str(entity->by),
                       .mentions = record->mentions[i], .p = record->sure[i]};
}

/* ---- as JSON -------------------------------------------------------------------------------------------- */

typedef struct { dm_record *record; bool with_tokens; } Writing;

static bool write_line(void *with, Err *e)
{
    (void)e;
    Writing *writing = with;
    Buf b = {.to = &writing->record->arena};
    record_json(&writing->record->record, writing->with_tokens, &b);
    writing->record->lines[writing->with_tokens] = buf_str(&b);
    return true;
}

dm_str dm_record_json(dm_record *record, unsigned flags, dm_error *why)
{
    Err e = {0};
    Writing writing = {record, (flags & DM_WITH_TOKENS) != 0};
    Str *line = &record->lines[writing.with_tokens];
    if (!line->p && !lib_land(&record->arena, write_line, &writing, &e)) lib_fail(why, &e);
    return lib_str(*line);
}
