/* The base: what the C library leaves to everybody, once.
**
** Views, arenas, errors, growing text, maps, UTF-8, civil dates, JSON, hashes, seeded random numbers, a bounded
** queue, and every system call (io.h). Nothing here knows what a document is.
**
** Always: a Str may hold zeros and is never assumed to end in one. Lengths and indices are signed. Whatever is
** taken from an arena is zeroed and lives until the arena is reset; nothing is freed one by one.
*/
#ifndef BASE_H
#define BASE_H
#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- text is a view ------------------------------------------------------------------------------------- */
typedef struct { const char *p; ptrdiff_t n; } Str;      /* borrowed, may contain zeros; p may be NULL when n is 0 */
typedef struct { int32_t begin, end; } Span;             /* bytes of the record's text, [begin, end)                */

#define S(lit) ((Str){(lit), (ptrdiff_t)sizeof(lit) - 1})
#define STR(s) (int)(s).n, ((s).p ? (s).p : "")          /* for "%.*s" */

Str str_of(const char *z);                               /* NULL gives the empty view */
Str str_sub(Str s, ptrdiff_t begin, ptrdiff_t end);      /* bounds are clamped to s */
Str str_trim(Str s);                                     /* ASCII white space off both ends */
bool str_eq(Str a, Str b);
bool str_eq_fold(Str a, Str b);                          /* ASCII letters without case */
int str_cmp(Str a, Str b);                               /* by bytes, shorter first */
bool str_starts(Str s, Str head);
bool str_ends(Str s, Str tail);
ptrdiff_t str_find(Str hay, Str needle);                 /* first place, or -1 */
bool str_split(Str *rest, char at, Str *piece);          /* false when rest is used up; rest->p NULL marks the end */
static inline Str span_str(Str text, Span s) { return (Str){text.p + s.begin, s.end - s.begin}; }

/* ---- numbers in files -------------------------------------------------------------------------------------- */
static inline uint64_t le_number(const char *p, ptrdiff_t n)            /* of n bytes, 0 … 8, the lowest first */
{
    uint64_t v = 0;
    __builtin_memcpy(&v, p, (size_t)n);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    v = __builtin_bswap64(v);
#endif
    return v;
}

/* ---- memory is a place ---------------------------------------------------------------------------------- */
typedef struct ArenaBlock ArenaBlock;
typedef struct Arena Arena;
struct Arena {
    ArenaBlock *first, *block;                           /* blocks are kept over a reset */
    ptrdiff_t used, budget;                              /* bytes handed out; the most that may be (0: 64 MiB) */
    jmp_buf *landing;                                    /* where to go when the budget is spent; must be set */
    Arena *aside;                                        /* arena_aside's; NULL until it is asked for */
};

void *arena_take(Arena *a, ptrdiff_t size, ptrdiff_t align);           /* zeroed; jumps to a->landing when spent */
void *arena_take_n(Arena *a, ptrdiff_t size, ptrdiff_t n, ptrdiff_t align);   /* size × n; jumps when that overflows */
void *arena_raw(Arena *a, ptrdiff_t size, ptrdiff_t align);            /* the same, not zeroed: for what is written before it is read */
#define arena_new(a, T, n) ((T *)arena_take_n((a), (ptrdiff_t)sizeof(T), (ptrdiff_t)(n), _Alignof(T)))
Str arena_str(Arena *to, Str s);                                       /* a copy, followed by a zero byte */
char *arena_cstr(Arena *to, Str s);                                    /* the same as a C string */
Str arena_printf(Arena *to, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A second arena beside `a`, for what is needed for a sentence and not for the document: reset it as often as you like.
** It lands where `a` does now and may use as much. The same one each time, until it is closed, by the next reset of `a` or
** earlier. */
Arena *arena_aside(Arena *a);
void arena_aside_close(Arena *a);                                      /* fine where there is none */
void arena_reset(Arena *a);
void arena_close(Arena *a);                                            /* frees the blocks; fine when empty */
extern _Thread_local int64_t arena_fail_after;           /* tests: the n-th arena_take from now lands; -1 never */

#define SLICE(T) struct { T *v; int32_t n, cap; }
void slice_grow(Arena *a, void **v, int32_t *cap, int32_t n, ptrdiff_t size, ptrdiff_t align);
#define push(a, s)                                                                                         \
    (((s)->n == (s)->cap ? slice_grow((a), (void **)&(s)->v, &(s)->cap, (s)->n, (ptrdiff_t)sizeof *(s)->v, \
                                      _Alignof(max_align_t))                                               \
                         : (void)0),                                                                       \
     (s)->v + (s)->n++)       /* address of a new, zeroed element; one given back by n-- comes again as it was left */

typedef SLICE(Span) Spans;
typedef SLICE(int32_t) Ints;
typedef SLICE(Str) Strs;

/* ---- errors are sentences ------------------------------------------------------------------------------- */
typedef enum { ERR_NONE, ERR_USAGE, ERR_INPUT, ERR_LIMIT, ERR_MEMORY, ERR_IO, ERR_LEDGER, ERR_BUSY, ERR_NOTFOUND,
               ERR_INTERRUPTED } ErrCode;
typedef struct { ErrCode code; int32_t line; char text[512]; } Err;

bool fail(Err *e, ErrCode code, const char *format, ...) __attribute__((format(printf, 3, 4)));     /* returns false */
bool err_while(Err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));  /* puts "…: " in front; false */

/* ---- text that grows ------------------------------------------------------------------------------------ */
typedef struct { Arena *to; char *p; ptrdiff_t n, cap; } Buf;           /* {.to = arena} is an empty one */
void buf_add(Buf *b, Str s);
void buf_char(Buf *b, char c);
void buf_printf(Buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline Str buf_str(const Buf *b) { return (Str){b->p, b->n}; }

/* ---- a map from text to a number ------------------------------------------------------------------------ */
typedef struct { Arena *to; struct MapCell *cell; int32_t n, cap; } Map; /* {.to = arena}; keys are borrowed views */
int32_t *map_at(Map *m, Str key);                        /* the value's place; a new key starts at -1 */
int32_t map_get(const Map *m, Str key);                  /* -1 where the key is not there */

/* ---- UTF-8 ---------------------------------------------------------------------------------------------- */
int32_t utf8_next(Str s, ptrdiff_t *i);        /* code point at *i, *i moved past it; an ill byte is U+FFFD, one byte */
ptrdiff_t utf8_count(Str s);                             /* code points (an ill byte counts one) */
ptrdiff_t utf8_bad(Str s);                               /* place of the first ill byte, or -1 */
Str utf8_clean(Arena *to, Str s);                        /* ill bytes become U+FFFD; s itself where it was well */
bool utf8_is_upper(int32_t cp);
bool utf8_is_letter(int32_t cp);
bool utf8_is_digit(int32_t cp);
bool utf8_is_space(int32_t cp);                          /* also no-break, thin and ideographic spaces */
Str utf8_fold(Arena *to, Str s);                     /* lower case, diacritics off: for looking up, never for showing */
int utf8_width(Str s);                                   /* columns on a terminal */

/* ---- civil dates (proleptic Gregorian) ------------------------------------------------------------------ */
typedef struct { int32_t year, month, day; } Date;       /* month and day may be 0: not said */
int32_t date_days(Date d);                               /* days since 1970-01-01 */
Date date_civil(int32_t days);
int date_weekday(Date d);                                /* 0 Monday … 6 Sunday */
bool date_is_valid(Date d);                              /* a full date that the calendar has */
bool date_parse(Str iso, Date *d);                       /* "2025", "2025-03", "2025-03-18", "2025-03-18T09:30Z" */
Str date_iso(Arena *to, Date d);                         /* only as long as the date is known */

/* ---- hashes, random numbers ----------------------------------------------------------------------------- */
void hash_sha256(Str bytes, char hex[65]);               /* lower-case hex and a zero */
uint64_t hash64(Str bytes);                              /* fast, stable over machines, not for safety */
typedef struct { uint64_t s[4]; } Rng;
Rng rng_seed(uint64_t seed);
uint64_t rng_next(Rng *r);
int32_t rng_below(Rng *r, int32_t n);                    /* 0 … n-1, unbiased */
double rng_unit(Rng *r);                                 /* [0, 1) */
#endif
