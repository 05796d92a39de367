/* Names: every enumeration of the record under its one name from FORMAT.md, and blank parts.
**
** STATEMENT form DIRECT is "direct" in JSON, ledger, page and message alike. The lists stand in record.h once; here
** they become arrays, so that a value and its name cannot part. The first value of each list is "unknown": its name
** is empty, and it is null where it is published.
**
** A blank part is one that claims nothing: indices -1, numbers NAN, spans {-1,-1}. A stage that forgets a span is
** found by valid.c, since a required span that was never set is not in the text.
*/
#include "record/inside.h"
#include <math.h>
#include <string.h>

#define NAME_OF(symbol, name) {name, sizeof(name) - 1},
#define ENUM_NAMES(Type, PREFIX, LIST, lower)                                                      \
    static const Str lower##_list[] = {LIST(NAME_OF)};                                             \
    const Names lower##_names = {lower##_list, PREFIX##_COUNT};                                    \
    _Static_assert(sizeof(Type) == sizeof(int32_t), "fields.c reads every enum as an int32_t");    \
    Str lower##_name(Type v) { return name_in(&lower##_names, (int32_t)v); }                       \
    bool lower##_of(Str name, Type *v)                                                             \
    {                                                                                              \
        int32_t at = name_at(&lower##_names, name);                                                \
        if (at >= 0) *v = (Type)at;                                                                \
        return at >= 0;                                                                            \
    }

static Str name_in(const Names *names, int32_t v)
{
    return v > 0 && v < names->n ? names->name[v] : S("");
}

static int32_t name_at(const Names *names, Str name)
{
    for (int32_t i = 0; i < names->n; i++)
        if (str_eq(names->name[i], name)) return i;
    return -1;
}

RECORD_ENUMS(ENUM_NAMES)

/* ---- blank parts ---------------------------------------------------------------------------------------- */

static void field_blank(const Field *f, void *v)
{
    static const int32_t none[2] = {NONE, NONE};
    switch (f->kind) {
    case FIELD_NATURAL: case FIELD_INDEX: case FIELD_JUDGE: memcpy(v, none, sizeof none[0]); break;
    case FIELD_SPAN: case FIELD_SPAN_OR_NULL: case FIELD_COUNT: memcpy(v, none, sizeof none); break;
    case FIELD_NUMBER: *(double *)v = (double)NAN; break;
    case FIELD_SOURCES: case FIELD_JUDGED: part_blank(f->part, v); break;
    default: break;
    }
}

void part_blank(const Part *part, void *at)
{
    memset(at, 0, (size_t)part->size);
    for (int32_t i = 0; i < part->n; i++) field_blank(&part->field[i], field_in(at, &part->field[i]));
}

void record_blank(Record *r) { part_blank(&part_record, r); }

#define ADD(Type, lower, list)                                                                     \
    Type *record_add_##lower(Arena *a, Record *r)                                                  \
    {                                                                                              \
        Type *part = push(a, &r->list);                                                            \
        part_blank(&part_##lower, part);                                                           \
        return part;                                                                               \
    }
ADD(Entity, entity, entities)
ADD(Statement, statement, statements)
ADD(Event, event, events)
ADD(Expectation, expectation, expectations)
ADD(Relation, relation, relations)
ADD(Figure, figure, figures)
ADD(Topic, topic, topics)
