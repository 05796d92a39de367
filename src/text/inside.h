/* Inside text: what the files of this folder share, and nobody else includes.
**
** Characters come in a few classes that sentences, tokens and cleaning agree on; ASCII by table, the rest by block.
** A letter is whatever is neither blank, sign nor digit: scripts that we cannot name still make words.
*/
#ifndef TEXT_INSIDE_H
#define TEXT_INSIDE_H
#include "text/text.h"

/* ---- characters (chars.c) ------------------------------------------------------------------------------- */
/* joiner: has no life of its own */
typedef enum { CHAR_SPACE, CHAR_LETTER, CHAR_DIGIT, CHAR_SIGN, CHAR_JOINER } CharClass;
enum { CHAR_IS_ASCII = 0x80 };
extern const uint8_t char_ascii[128];                    /* CharClass of each ASCII byte */
CharClass char_class_wide(int32_t cp);
int32_t char_decode(const char *p, ptrdiff_t left, int *size);          /* an ill byte is U+FFFD, one byte */
static inline CharClass char_at(const char *p, ptrdiff_t left, int *size)
{
    if ((unsigned char)*p < CHAR_IS_ASCII) { *size = 1; return (CharClass)char_ascii[(unsigned char)*p]; }
    return char_class_wide(char_decode(p, left, size));
}
bool char_is_upper_at(Str text, ptrdiff_t i);
bool char_is_lower_at(Str text, ptrdiff_t i);
int char_apostrophe(const char *p, ptrdiff_t left);      /* bytes of ', ’ or ` here, else 0 */
/* bytes of an opening (or straight) quote or bracket here, else 0 */
int char_opener(const char *p, ptrdiff_t left);
/* bytes of a closing (or straight) quote or bracket here, else 0 */
int char_closer(const char *p, ptrdiff_t left);
bool char_is_blank_at(Str text, ptrdiff_t i, int *size); /* any white space, of any width */
ptrdiff_t char_skip_blanks(Str text, ptrdiff_t i, ptrdiff_t end);
Span span_trim(Str text, Span s);                        /* blanks of any width off both ends */
static inline bool ascii_is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool ascii_is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static inline bool ascii_is_lower(char c) { return c >= 'a' && c <= 'z'; }
static inline bool ascii_is_alpha(char c) { return ascii_is_upper(c) || ascii_is_lower(c); }
static inline bool ascii_is_alnum(char c) { return ascii_is_alpha(c) || ascii_is_digit(c); }
static inline char ascii_lower(char c) { return ascii_is_upper(c) ? (char)(c | 0x20) : c; }

/* ---- words with a trade (words.c): each answers for a view of the text, in any case ---------------------- */
typedef enum { ABBR_NONE, ABBR_TITLE, ABBR_INNER, ABBR_NUMBER, ABBR_MONTH, ABBR_END } Abbr;
Abbr word_abbreviation(Str word);                        /* with its last stop: "Gen.", "U.S.", "No." */
bool word_starts_sentence(Str word);                     /* the, he, in … */
bool word_says(Str word);                                /* said, asked … */
bool word_is_prefix(Str word);                           /* "anti" of anti-war, "e" of e-mail */
typedef struct { int32_t at[2]; } Cuts;                  /* bytes from the word's begin; -1 for none */
bool word_contraction(Str word, Cuts *cuts);             /* "don't", "cannot", "Putin's" */
bool word_is_unit(Str word);                              /* "am" of 10am */
bool word_is_domain(Str word);                           /* "themoscowtimes.example", "kremlin.ru/acts" */

/* ---- where a sentence may end: the rules of stops (stop.c) -------------------------------------------------- */
typedef enum { STOP_NONE, STOP_FULL, STOP_LOUD, STOP_DOTS, STOP_WIDE } Stop;   /* . | ! ? | … ... | 。！？ */
typedef struct {
    ptrdiff_t stop, body, after;                         /* its begin; behind its closing quotes; behind note marks */
    ptrdiff_t next;                                      /* the first byte that is no blank behind it */
    Stop kind;
    bool is_closed, is_quoted;                           /* by a bracket or quote; by a quote */
} StopRun;
enum { NOTES_MAX = 8 };                                 /* note marks behind one stop; more are no notes */
bool stop_begins(char c);                                /* may a stop begin with this byte? */
bool stop_run(Str text, ptrdiff_t i, StopRun *run);      /* the stops at i and what closes behind them; false: none */
/* ends: what the rules say of a sentence that began at `begin`; is_sure: nobody else needs to be asked. */
typedef struct { bool ends, is_sure; Abbr abbr; } Verdict;
Verdict stop_verdict(Str text, ptrdiff_t begin, const StopRun *run);

/* ---- and everywhere else: stretches, and the gaps between them (gap.c, doubt.c) -------------------------- */
/* What stands between two blanks, or before a stop that may end a sentence without one. */
typedef struct {
    int32_t begin, end;                                  /* bytes of the text */
    int32_t stop;                                        /* where its closing run of stops begins, -1 for none */
    uint32_t word;                                       /* hash of its core in lower case, every figure a 0 */
    uint8_t shape, head, tail, class;                    /* gap.c: of the whole, of the signs at its ends; word class */
    bool is_glued;                                       /* no blank before it */
} Stretch;
typedef struct {
    Str text;                                            /* ends where the piece ends */
    SLICE(Stretch) stretch;
    int32_t from;                                        /* the stretch that the sentence begins with */
    int32_t n_verbs;                                     /* of it, until now */
    int32_t quote;                                       /* the stretch that opened a quotation, -1 outside */
    uint8_t *to_stop;                                    /* of each: how many until one ends in a stop or the text */
    uint8_t *bustle;                                     /* of each: how many of the 8 from here are no plain words */
    uint32_t begins[8];                                  /* words that the last sentences began with */
    int32_t n_begins, n_odd;                             /* n_odd: addresses, dates, times, ruled lines in the piece */
} Stretches;
typedef enum { GAP_NO, GAP_YES, GAP_DOUBT } Gap;
enum { DOUBT_FEATURES = 48, DOUBT_BITS = 16 };
typedef struct { int32_t n; bool rule, is_bare; uint32_t v[DOUBT_FEATURES]; } Doubt;
void row_read(Arena *a, Str text, Span piece, Stretches *p);
/* Whether a sentence ends before stretch i (1 …), and for a doubt how the scorer sees it. Asked in order, with row_step
** behind each answer. */
Gap row_gap(const Stretches *p, int32_t i, Doubt *doubt);
void row_step(Stretches *p, int32_t i, bool ends);

/* models/sentence.en (doubt.c): weights of the features, and the word class of common words. */
enum { CLASS_BITS = 13, CLASS_NONE = 0, CLASS_AUX = 4, CLASS_VERB = 16 };   /* UPOS in the order of its names, from 1 */
typedef struct {
    struct { uint8_t check; int8_t weight; } feature[1 << DOUBT_BITS];     /* check 0: free */
    uint8_t check[1 << CLASS_BITS], class[1 << CLASS_BITS];
    int32_t cut;
} DoubtTable;
const DoubtTable *doubt_table(void);
void doubt_use(const DoubtTable *t);                     /* the trainer's own, before anything else is called */
bool doubt_ends(const DoubtTable *t, const Doubt *doubt);
static inline uint8_t doubt_check(uint32_t feature) { return (uint8_t)('!' + (feature & 0x7F) % 90); }
/* A feature sits in its bucket or in the one beside it. */
static inline int32_t doubt_place(const DoubtTable *t, uint32_t feature)
{
    int32_t at = (int32_t)(feature >> (32 - DOUBT_BITS));
    uint8_t check = doubt_check(feature);
    if (t->feature[at].check == check) return at;
    return t->feature[at ^ 1].check == check ? at ^ 1 : NONE;
}
static inline uint32_t class_bucket(uint32_t word) { return (word * 0x9E3779B9u) >> (32 - CLASS_BITS); }
static inline uint8_t class_check(uint32_t word) { return (uint8_t)('!' + (word ^ word >> 16) % 90); }
static inline uint8_t class_of(const DoubtTable *t, uint32_t word)
{
    uint32_t at = class_bucket(word);
    return t->check[at] == class_check(word) ? t->class[at] : CLASS_NONE;
}
uint32_t stretch_hash(Str core);                            /* gap.c: Stretch.word */


/* ---- the paragraphs of a text in the making (clean.c, furniture.c, head.c, repeat.c) --------------------- */
enum {
    FURNITURE_MAX = 900      /* bytes: the longest paragraph that is looked up among the furniture; disclaimers of
                                publishers end well below, and paragraphs of body text begin to be longer */
};
typedef struct {
    Span span;                                           /* trimmed */
    int32_t n_words;
    bool stops;                                          /* ends in . ! ? or the like, closing quotes aside */
    bool is_item;                                        /* begins with a list's mark */
    bool is_turn;                                        /* begins with a speaker's mark: "MS. ARNO: …", "Q " */
    BoilerplateReason reason;                            /* unknown: body */
} Para;
typedef SLICE(Para) Paras;

#endif
