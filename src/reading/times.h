/* Times, between finding (times.c) and resolving (resolve.c): what was found, before it has a value. */
#ifndef READING_TIMES_H
#define READING_TIMES_H
#include "reading/inside.h"

typedef enum { FOUND_DATE, FOUND_DECADE, FOUND_QUARTER, FOUND_HALF, FOUND_SEASON, FOUND_WEEKDAY, FOUND_DEICTIC,
               FOUND_CLOCK } FoundKind;
typedef enum { WAY_OPEN, WAY_LAST, WAY_NEXT, WAY_THIS } Way;
typedef struct {
    int32_t from, to;                          /* words */
    FoundKind kind;
    Way way;
    Date date;                                 /* quarter, half and season stand in `month` */
    int32_t weekday, shift, hour, minute;
    const char *part, *mod;                    /* "TMO"; "START"; NULL */
    bool has_year, doubt, is_left_out;
} Found;
typedef struct { Arena *a; Words w; SLICE(Found) found; } Finder;

typedef enum { TENSE_PAST = -1, TENSE_OPEN = 0, TENSE_FUTURE = 1, TENSE_MAYBE_FUTURE = 2 } Tense;
Tense tense_at(const Words *w, int32_t from, int32_t to);      /* does their clause look back or ahead? */
void times_resolve(Finder *f, Record *r);                      /* gives values and puts the times into the record */
#endif
