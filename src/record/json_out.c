/* JSON out: a record as one line of FORMAT.md.
**
**  in:  text "Łódź agreed.", one statement with cue [8, 14) in bytes
**  out: {"format":1,"id":…,"text":"Łódź agreed.",…,"statements":[{"id":0,"cue":[[5,11]],…}]}
**
** Always: the keys stand in the order of fields.c, spans are code points, unknown is null, empty lists are left out,
** an "id" is the part's place in its list. Equal records give equal bytes, on every machine: the line is what the
** ledger's seal is taken of, and workers write thousands of them a second.
*/
#include "record/inside.h"
#include <math.h>

typedef struct { Buf *b; Place place; bool with_tokens; } Out;

/* The digits of v, ending before `end`; returns their beginning. */
static char *digits_before(char *end, int32_t v)
{
    uint32_t rest = v < 0 ? -(uint32_t)v : (uint32_t)v;
    do *--end = (char)('0' + rest % 10);
    while (rest /= 10);
    if (v < 0) *--end = '-';
    return end;
}

/* Half of a line's values are spans, so they are made in one piece. */
static void put_span(const Out *o, Span s)
{
    char text[32], *end = text + sizeof text, *p = end;
    CpSpan cp = place_span(&o->place, s);
    *--p = ']';
    p = digits_before(p, cp.end);
    *--p = ',';
    p = digits_before(p, cp.begin);
    *--p = '[';
    buf_add(o->b, (Str){p, end - p});
}

static void put_str_or_null(Buf *b, Str s)
{
    if (s.n > 0) json_put_str(b, s);
    else buf_add(b, S("null"));
}

static void put_whole_or_null(Buf *b, int32_t v)
{
    if (v >= 0) json_put_int(b, v);
    else buf_add(b, S("null"));
}

static bool is_list(FieldKind kind)
{
    return kind == FIELD_SPANS || kind == FIELD_STRS || kind == FIELD_INDICES || kind == FIELD_PARTS;
}

static bool is_unknown(const Field *f, const void *v)
{
    switch (f->kind) {
    case FIELD_ID: case FIELD_STR: case FIELD_PUBLISHED: case FIELD_WHEN: return ((const Str *)v)->n == 0;
    case FIELD_RANGE: return ((const Str *)v)[0].n == 0 && ((const Str *)v)[1].n == 0;
    case FIELD_COUNT: return ((const int32_t *)v)[0] < 0 && ((const int32_t *)v)[1] < 0;
    case FIELD_ENUM: case FIELD_JUDGED: return *(const int32_t *)v == 0;        /* a judgement begins with its `how` */
    case FIELD_NATURAL: case FIELD_INDEX: return *(const int32_t *)v < 0;
    case FIELD_SPAN_OR_NULL: return !span_is(*(const Span *)v);
    case FIELD_NUMBER: return !isfinite(*(const double *)v);
    case FIELD_SOURCES:
        return !((const Statement *)((const char *)v - offsetof(Statement, sources)))->has_sources;
    default: return is_list(f->kind) && ((const AnySlice *)v)->n == 0;
    }
}

static void put_part(const Out *o, const Part *part, const void *at, int32_t index);

static void put_list(const Out *o, const Field *f, const AnySlice *list)
{
    buf_char(o->b, '[');
    for (int32_t i = 0; i < list->n; i++) {
        if (i > 0) buf_char(o->b, ',');
        switch (f->kind) {
        case FIELD_SPANS: put_span(o, ((const Span *)list->v)[i]); break;
        case FIELD_STRS: json_put_str(o->b, ((const Str *)list->v)[i]); break;
        case FIELD_INDICES: json_put_int(o->b, ((const int32_t *)list->v)[i]); break;
        default: put_part(o, f->part, list->v + (ptrdiff_t)i * f->part->size, i);
        }
    }
    buf_char(o->b, ']');
}

static void put_value(const Out *o, const Field *f, const void *v)
{
    Buf *b = o->b;
    switch (f->kind) {
    case FIELD_FORMAT: buf_char(b, '1'); break;
    case FIELD_TEXT: case FIELD_ID: case FIELD_STR: case FIELD_PUBLISHED: case FIELD_WHEN:
        json_put_str(b, *(const Str *)v);
        break;
    case FIELD_RANGE:
        buf_char(b, '[');
        put_str_or_null(b, ((const Str *)v)[0]);
        buf_char(b, ',');
        put_str_or_null(b, ((const Str *)v)[1]);
        buf_char(b, ']');
        break;
    case FIELD_COUNT:
        buf_char(b, '[');
        put_whole_or_null(b, ((const int32_t *)v)[0]);
        buf_char(b, ',');
        put_whole_or_null(b, ((const int32_t *)v)[1]);
        buf_char(b, ']');
        break;
    case FIELD_BOOL: buf_add(b, *(const bool *)v ? S("true") : S("false")); break;
    case FIELD_ENUM: {
        int32_t value = *(const int32_t *)v;
        buf_char(b, '"');                                            /* no name in record.h needs an escape */
        if (value < f->names->n) buf_add(b, f->names->name[value]);
        buf_char(b, '"');
        break;
    }
    case FIELD_INT: case FIELD_NATURAL: case FIELD_INDEX: json_put_int(b, *(const int32_t *)v); break;
    case FIELD_NUMBER: json_put_number(b, *(const double *)v); break;
    case FIELD_SPAN: case FIELD_SPAN_OR_NULL: put_span(o, *(const Span *)v); break;
    case FIELD_SOURCES: case FIELD_JUDGED: put_part(o, f->part, v, NONE); break;
    case FIELD_JUDGE:
        if (*(const int32_t *)v < 0) buf_add(b, S("\"article\""));
        else json_put_int(b, *(const int32_t *)v);
        break;
    default: put_list(o, f, v);
    }
}

static void put_part(const Out *o, const Part *part, const void *at, int32_t index)
{
    Buf *b = o->b;
    buf_char(b, '{');
    ptrdiff_t opened = b->n;
    if (part->has_id) {
        buf_add(b, S("\"id\":"));
        json_put_int(b, index);
    }
    for (int32_t i = 0; i < part->n; i++) {
        const Field *f = &part->field[i];
        const void *v = field_in(at, f);
        bool is_null = is_unknown(f, v);
        if (is_null && (f->is_left_out || is_list(f->kind))) continue;
        if (f->is_tokens && !o->with_tokens) continue;
        buf_add(b, b->n == opened ? str_sub(f->lead, 1, f->lead.n) : f->lead);
        if (is_null) buf_add(b, S("null"));
        else put_value(o, f, v);
    }
    buf_char(b, '}');
}

void record_json(const Record *r, bool with_tokens, Buf *out)
{
    Out o = {.b = out, .place = place_of(out->to, r->text), .with_tokens = with_tokens};
    put_part(&o, &part_record, r, NONE);
}
