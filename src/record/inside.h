/* What the files of this folder share: FORMAT.md as tables.
**
** Every part of a record (a statement, an event, the record itself) is a row of fields: the name under which it is
** published, what kind of thing it is, and where it stands in the struct. json_out.c, json_in.c and valid.c walk the
** same rows, so what is written can be read, what is read is checked, and a new field is one line in fields.c.
*/
#ifndef RECORD_INSIDE_H
#define RECORD_INSIDE_H
#include "record/record.h"

typedef enum {
    FIELD_FORMAT,       /* the number 1                                                                          */
    FIELD_TEXT,         /* the text itself: never null                                                           */
    FIELD_ID,           /* Str; a caller's number is taken as it is written                                      */
    FIELD_STR,          /* Str; empty is null                                                                    */
    FIELD_PUBLISHED,    /* Str; an ISO date or date and time, many spellings are read (when.c)                   */
    FIELD_WHEN,         /* Str; an ISO date, a date and time, or a TIMEX3 value with its year                    */
    FIELD_RANGE,        /* Str[2]; earliest and latest, each may be null                                         */
    FIELD_COUNT,        /* int32_t[2]; least and most, each may be null                                          */
    FIELD_BOOL,
    FIELD_ENUM,         /* any enum of RECORD_ENUMS                                                              */
    FIELD_INT,          /* int32_t between least and most                                                        */
    FIELD_NATURAL,      /* int32_t, 0 and up; -1 is null                                                         */
    FIELD_NUMBER,       /* double between least and most; NAN is null                                            */
    FIELD_INDEX,        /* int32_t into one of the record's lists; -1 is null                                    */
    FIELD_INDICES,      /* Ints, the same many times                                                             */
    FIELD_SPAN,         /* Span that is always there                                                             */
    FIELD_SPAN_OR_NULL, /* Span; {-1,-1} is null                                                                 */
    FIELD_SPANS,        /* Spans                                                                                 */
    FIELD_STRS,         /* Strs                                                                                  */
    FIELD_PARTS,        /* a slice of further parts                                                              */
    FIELD_SOURCES,      /* a Sources, where has_sources                                                          */
    FIELD_JUDGED,       /* judged, judged_by, judged_span, where judged                                          */
    FIELD_JUDGE,        /* judged_by: a statement's id, or "article"                                             */
    FIELD_KINDS
} FieldKind;

typedef enum { INTO_ENTITIES, INTO_STATEMENTS, INTO_EVENTS, INTO_EXPECTATIONS, INTO_COUNT } Into;
typedef struct { const Str *name; int32_t n; } Names;

typedef struct Part Part;
typedef struct {
    Str key, lead;              /* due    ,"due":                                                               */
    FieldKind kind;
    bool is_left_out;           /* where it is unknown; else null is written. Empty lists are always left out     */
    bool is_fed;                /* one of the keys of "How the program is fed"                                   */
    bool is_tokens;             /* written only where tokens are asked for                                       */
    int32_t at, into;           /* place in the struct; the list that an index points into                 */
    double least, most;
    const Names *names;
    const Part *part;
} Field;

struct Part {
    Str name;                   /* "statement": for messages                                                     */
    const Field *field;
    int32_t n, size;
    bool has_id;                /* "id" is written: the index in its list                                         */
};
extern const Part part_record, part_entity, part_statement, part_event, part_expectation, part_relation, part_topic,
    part_figure;

/* Every slice has this shape. */
typedef struct { char *v; int32_t n, cap; } AnySlice;

static inline void *field_in(const void *part, const Field *f) { return (char *)(uintptr_t)part + f->at; }
void part_blank(const Part *part, void *at);                /* indices -1, numbers NAN, spans none, all else zero */
const AnySlice *record_list(const Record *r, int32_t list);
extern const char *const record_list_names[];               /* "entity" … : for messages */

/* One date or date and time as people write it, to its one ISO form; false where it is none (when.c). */
enum { WHEN_MAX = 32 };
bool when_normal(Str s, char iso[WHEN_MAX]);
bool when_holds(Str s);                                     /* an ISO date, a time, or a TIMEX3 value with its year */

Str record_quote(Str s);                                    /* a stranger's words for a message, cut to 60 bytes */
/* record_valid, speaking of code points where `place` is given: whoever fed JSON counts in those. */
bool record_valid_in(const Record *r, const Place *place, Err *e);
#endif
