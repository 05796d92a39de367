/* Cleaning, in its steps (clean.c calls them in this order); private to text. */
#ifndef TEXT_CLEAN_H
#define TEXT_CLEAN_H
#include "text/inside.h"

/* mend.c: the text without the marks of the page; images: places of picture texts in the result. */
Str mend_marks(Arena *a, Str text, Boilerplates *images);

/* paragraph.c: the paragraphs of a text. With `mended` (text not given) the text is written anew, with lines and cut
** sentences joined; the images move along. */
Paras paragraphs_of(Arena *a, Str *text, bool may_mend, Boilerplates *images);
int32_t count_words(Str s);
bool ends_with_stop(Str s);                              /* behind closing quotes and note marks */

/* furniture.c: what the table knows; the head's and the tail's labels wait for head_mark. */
typedef struct {
    Arena *a;
    Record *r;
    Paras paras;
    /* the first paragraph that can only be body; paras.n where none is */
    int32_t first_long;
    uint8_t *label;                                      /* 1: a label above a title */
    bool has_turns;                                      /* a transcript: speakers' marks begin its paragraphs */
} Clean;
void furniture_mark(Clean *c);
bool furniture_is(Str line);                             /* surely, by the table; for lines that might be joined */

/* line.c: what a bare line is by itself. */
typedef enum {
    LINE_OTHER,
    LINE_MARKED,
    LINE_LABEL,
    LINE_DATE,
    LINE_BYLINE,
    LINE_NAME,
    LINE_OUTLET,
    LINE_AGENCY,
    LINE_DECK,
    LINE_BODY
} LineKind;
typedef struct {
    LineKind kind;
    Str names;                                           /* of a byline, a name, an agency */
    Date date;                                           /* year 0: none, or not understood */
    /* the names might be a place's: "Feb 20, 2031 | Porto Velho" */
    bool is_vague;
} HeadLine;
typedef struct { Str s; ptrdiff_t i; } LineWords;
HeadLine line_read(Str s, int32_t n_words);
bool line_next_word(LineWords *w, Str *word);
bool word_is_one_of(Str word, const char *const *list);  /* without case; a colon behind it does not count */

/* head.c: title, byline, date and picture credits above the body. */
void head_mark(Clean *c);

/* dateline.c: dates in bare lines. */
typedef struct { Date date; Span at; bool is_update; } FoundDate;
bool date_at(Str line, ptrdiff_t i, FoundDate *found);  /* a full date that begins at `i` */
bool date_find(Str line, ptrdiff_t from, FoundDate *found);             /* the first full date at or behind `from` */

/* origin.c: where the text says it comes from, its address and publisher. */
void origin_mark(Clean *c);
/* a name or an address: "first published in 1931" has none */
bool origin_names(const Clean *c, int32_t para, int32_t name_at);
void origin_give(Clean *c, int32_t para, int32_t gives, int32_t name_at);
Str name_from(Str s, ptrdiff_t at);                      /* the run of capitalised words that begins there */
Str address_in(Str s, Span *at);                         /* the first http address, or empty */

/* repeat.c: pull quotes. */
void repeat_mark(Clean *c);
#endif
