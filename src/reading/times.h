/* Times, inside: the text cut into pieces (time_cut.c), expressions found among them (time_date.c, time_phrase.c), and what
** they mean before they have a value (time_resolve.c gives it, time_value.c writes it).
**
** "late on the third Friday of May" · an expression is a Found: a base (a calendar point, a shift from a reference, a named
** day, a length), then a finer part of it (sub), a part of the day or the clock, and a modifier.
*/
#ifndef READING_TIMES_H
#define READING_TIMES_H
#include "reading/inside.h"

/* ---- pieces -------------------------------------------------------------------------------------------------- */
/* What a word can do in a time expression: the second column of timewords.tab; the last ones are told by shape. */
#define TIME_CLASSES(X) \
    X(UNIT, "unit") X(UNITS, "units") X(SECOND, "second") X(MONTH, "month") X(SHORTMONTH, "shortmonth") X(WEEKDAY, "weekday") \
    X(WEEKDAYS, "weekdays") X(SHORTWEEKDAY, "shortweekday") X(SEASON, "season") X(PART, "part") X(HOUR, "hour") \
    X(PARTS, "parts") X(CLOCK, "clock") X(NUMBER, "number") X(TIMES, "times") X(PAIR, "pair") X(HALF, "half") \
    X(DOZENS, "dozens") X(ORDINAL, "ordinal") X(TENS, "tens") X(VAGUE, "vague") X(BOUND, "bound") X(EDGE, "edge") \
    X(PART_OF, "part_of") X(SHIFT, "shift") X(ABOUT, "about") X(OVER, "over") X(COMPARING, "comparing") X(THAN, "than") \
    X(AT, "at") X(EXTREME, "extreme") X(UP, "up") X(TO, "to") X(NO, "no") X(JUST, "just") X(WAY, "way") X(NEAR, "near") \
    X(DEICTIC, "deictic") X(TONIGHT, "tonight") X(REF, "ref") X(FUTURE, "future") X(MOMENT, "moment") X(TIME, "time") \
    X(WHILE, "while") X(ONCE, "once") X(TWICE, "twice") X(TIMES_A, "times_a") X(EVERY, "every") X(PER, "per") \
    X(OTHER, "other") X(OFTEN, "often") X(ANNUAL, "annual") X(AGO, "ago") X(HENCE, "hence") X(BEFORE, "before") \
    X(AFTER, "after") X(FROM, "from") X(SINCE, "since") X(OLD, "old") X(LONG, "long") X(AGE, "age") X(THE, "the") X(A, "a") \
    X(OF, "of") X(AND, "and") X(OR, "or") X(IN, "in") X(ON, "on") X(SO, "so") X(FISCAL, "fiscal") X(CALENDAR, "calendar") \
    X(FILLER, "filler") X(PERIOD, "period") X(AM, "am") X(PM, "pm") X(ZONE, "zone") X(OCLOCK, "oclock") X(BC, "bc") X(AD, "ad") \
    X(EVE, "eve") X(TERM, "term") X(MODEL, "model") X(THING, "thing") X(NAMED, "named")
typedef enum {
    P_NONE, P_WORD,                            /* nothing; a word that may only be part of a named day */
#define TIME_CLASS_VALUE(s, n) P_##s,
    TIME_CLASSES(TIME_CLASS_VALUE)
    P_DIGITS,                                  /* a whole number; value -1: too large to be told */
    P_DECIMAL,                                 /* value: thousandths */
    P_YEAR,                                    /* four digits, 1000 to 2999 */
    P_ORDINALS,                                /* "18th" */
    P_DECADE,                                  /* "1990s": 1990; "'90s", "90s": 90 */
    P_COLON,                                   /* "10:35": minutes of the day */
    P_NUMERIC,                                 /* "2031-03-18", "18/03/2031" */
    P_FRACTION,                                /* "1/2", "½": thousandths */
    P_DASH, P_COMMA, P_OPEN, P_CLOSE, P_POSS, P_SLASH, P_MARK, P_MONEY
} PieceClass;
enum { PIECE_CAP = 1, PIECE_UPPER = 2, PIECE_GLUED = 4, PIECE_DOTTED = 8, PIECE_FURNITURE = 16, PIECE_NAMES = 32 };
typedef struct { int32_t begin, end, sent, token, value; uint8_t class, is; } Piece;  /* token: -1 where none */
typedef SLICE(Piece) Pieces;

typedef enum {
    GRAIN_NONE, GRAIN_SECOND, GRAIN_MINUTE, GRAIN_HOUR, GRAIN_DAY, GRAIN_WEEKEND, GRAIN_WEEK, GRAIN_FORTNIGHT, GRAIN_MONTH,
    GRAIN_QUARTER, GRAIN_SEASON, GRAIN_HALF, GRAIN_YEAR, GRAIN_DECADE, GRAIN_CENTURY, GRAIN_MILLENNIUM
} Grain;
typedef enum { PART_NONE, PART_MO, PART_AF, PART_EV, PART_NI, PART_DT } DayPart;
typedef enum {
    WAY_OPEN, WAY_LAST, WAY_PAST, WAY_PREVIOUS, WAY_THIS, WAY_THAT, WAY_SAME, WAY_CURRENT, WAY_NEXT, WAY_COMING, WAY_FOLLOWING,
    WAY_LATEST, WAY_RECENT, WAY_THESE, WAY_THOSE, WAY_CORRESPONDING
} Way;
typedef enum {
    MOD_NONE, MOD_START, MOD_MID, MOD_END, MOD_APPROX, MOD_LESS_THAN, MOD_MORE_THAN, MOD_EQUAL_OR_LESS, MOD_EQUAL_OR_MORE,
    MOD_BEFORE, MOD_AFTER
} Mod;

/* ---- what was found ------------------------------------------------------------------------------------------ */
typedef struct { Date d; Grain grain; } Point;           /* season, quarter, half: its first month; week: a day in it */
typedef enum {
    BASE_DATE,                                 /* date, as far as it is said; a year of 0 is to be found */
    BASE_WEEKDAY,                              /* index: 0 Monday … */
    BASE_SHIFT,                                /* shift · grain from the day of publication */
    BASE_THENCE,                               /* shift · grain from the time last spoken of */
    BASE_NAMED,                                /* index: row of days.tab; date.year where it stands there */
    BASE_REF,                                  /* index: 0 past, 1 present, 2 future */
    BASE_LENGTH,                               /* a duration or, with is_set, how often */
    BASE_CLOCK                                 /* a time of day and no day */
} Base;
typedef struct {
    int32_t from, to;                          /* pieces */
    Base base;
    Grain grain;
    Way way;
    Date date;
    int32_t index, shift;
    Grain sub;                                 /* a finer part: the third quarter of it, its May, its 25th day */
    int32_t sub_index, sub_day;
    int32_t year_back;                         /* "the same month a year ago" */
    DayPart part;
    int32_t clock;                             /* minutes of the day; -1 */
    bool has_zone, is_utc;
    Mod mod;
    int64_t milli;                             /* thousandths of `grain`; of a vague number nothing */
    bool is_vague, is_set, is_plural, is_fiscal;
    int32_t nth;                               /* "the last week of March": 99; 0 none */
    Grain nth_grain;
    bool is_report;                            /* "the 1988 period": of the quarter that figures are given for */
    Grain of_grain;                            /* "the week of March 6": a week */
    bool is_nominal;                           /* an adjective ("three-hour") */
    bool doubt, is_left_out, is_weak;
    const char *rule;                          /* for those who look for mistakes; never published */
    Point at;                                  /* resolved; grain GRAIN_NONE where it is no point */
    Str value;
    Str begin, end;
    TimeType type;
    const char *freq;
} Found;
typedef SLICE(Found) Founds;
typedef struct {
    Arena *a;
    Record *r;
    Str text;
    Piece *v;
    int32_t n;
    bool tagged;                               /* the tokens have tags and heads */
    Words words;                               /* only where they have none */
    Founds found;
} Finder;

static inline PieceClass class_at(const Finder *f, int32_t i)
{
    return i >= 0 && i < f->n ? (PieceClass)f->v[i].class : P_NONE;
}
static inline bool piece_has(const Finder *f, int32_t i, int is) { return i >= 0 && i < f->n && (f->v[i].is & is) == is; }
static inline Str piece_str(const Finder *f, int32_t i)
{
    return i >= 0 && i < f->n ? (Str){f->text.p + f->v[i].begin, f->v[i].end - f->v[i].begin} : (Str){"", 0};
}
static inline bool same_sentence(const Finder *f, int32_t i, int32_t j)
{
    return i >= 0 && j >= 0 && i < f->n && j < f->n && f->v[i].sent == f->v[j].sent;
}
static inline const Token *token_at(const Finder *f, int32_t i)
{
    return f->tagged && i >= 0 && i < f->n && f->v[i].token >= 0 ? &f->r->tokens.v[f->v[i].token] : NULL;
}
bool piece_is(const Finder *f, int32_t i, const char *lower);
bool piece_in(const Finder *f, int32_t i, const char *list);     /* "|a|b|" */
bool tag_is(const Finder *f, int32_t i, const char *upos);     /* false where there are no tags */
bool xpos_is(const Finder *f, int32_t i, const char *xpos);
int32_t over_dash(const Finder *f, int32_t i);                 /* behind a hyphen that joins two words, else i itself */

void time_word(const char *p, int32_t n, Piece *to);           /* sets class and value of a word in any case */
void time_cut(Finder *f);

/* Numbers: "twenty-four", "1,200", "three and a half", "5 1/2", "a couple of", "several"; 0 where none begins at i. */
typedef struct { int64_t milli; bool is_vague, is_about, is_article; } Count;
int32_t count_at(const Finder *f, int32_t i, Count *c);
int32_t ordinal_at(const Finder *f, int32_t i, int32_t *n);    /* "third", "twenty-first", "18th" */
int32_t spoken_year_at(const Finder *f, int32_t i, int32_t *year);   /* "nineteen ninety-six" */

/* Each tries to read an expression that begins at piece i; returns the piece behind it, or 0. */
int32_t calendar_at(const Finder *f, int32_t i, Found *x);         /* "March 18, 2031", "Friday, 5 May", "the 1990s", "2031" */
int32_t clock_at(const Finder *f, int32_t i, Found *x);        /* "5 p.m. EST", "15:30", "noon" */
int32_t point_at(const Finder *f, int32_t i, Found *x);        /* any calendar point, with its parts and modifiers */
int32_t phrase_at(const Finder *f, int32_t i, Found *x);       /* any time expression */
bool heads_phrase(const Finder *f, int32_t i);                 /* the word at i is the head of its noun phrase */
bool may_be_month(const Finder *f, int32_t i);

/* ---- named days (time_days.c) ---------------------------------------------------------------------------------- */
int32_t named_at(const Finder *f, int32_t i, int32_t *row, int32_t *year);
bool named_date(int32_t row, int32_t year, Point *at);
int32_t named_nearest(int32_t row, Date now, int way, Point *at);       /* way -1: on or before, 1: on or after, 0: nearest; 0: none */
bool named_needs_context(int32_t row);                         /* "the election": a day only where the words around it make it one */

/* ---- tense ----------------------------------------------------------------------------------------------------- */
typedef enum { TENSE_PAST = -1, TENSE_OPEN = 0, TENSE_FUTURE = 1, TENSE_MAYBE_FUTURE = 2, TENSE_PRESENT = 3 } Tense;
Tense tense_at(const Record *r, const Words *w, Span s);       /* w: only asked where the tokens have no tags */
bool record_is_tagged(const Record *r);

/* ---- values ---------------------------------------------------------------------------------------------------- */
Point point_shift(Point p, Grain grain, int32_t by);
Point point_of(Date d, Grain grain);                           /* the unit of that grain in which d lies */
int32_t point_days(Point p);                                   /* its first day */
int32_t point_last(Point p);                                   /* its last day */
Str point_value(Arena *a, Point p);
Str length_value(Arena *a, const Found *x);
const char *mod_name(Mod m);
void times_resolve(Finder *f);
void times_anchor(Finder *f);                                  /* lengths that hang from a dated event; time_anchor.c */
#endif
