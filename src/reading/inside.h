/* Inside the reading: one light view of the words, and what closed-class words do in a sentence.
**
** Every file of the folder walks the same array of words: the record's tokens that stand in the body, with a few bits
** each. So a walk to the left of a verb is a loop over small structs, and nobody asks the tokens twice.
**
** Always: words are in the order of the text, none lies in furniture, and a step beyond either end is asked through
** the functions below, which answer "no" there.
*/
#ifndef READING_INSIDE_H
#define READING_INSIDE_H
#include "reading/reading.h"

enum {                                         /* Word.is */
    WORD_LETTER = 1,                           /* begins with a letter */
    WORD_CAP = 2,                              /* its first letter is a capital */
    WORD_UPPER = 4,                            /* two letters or more, all of them capitals */
    WORD_DIGIT = 8,                            /* begins with a digit */
    WORD_PUNCT = 16,                           /* neither letter nor digit at its beginning */
    WORD_STOP = 32,                            /* . ! ? … alone: a clause ends here */
    WORD_FIRST = 64,                           /* the first with a letter in its sentence, or behind an opening mark or colon */
    WORD_GLUED = 128,                          /* no white space before it */
    WORD_HEAD = 256,                           /* stands in a headline: capitals say nothing there */
    WORD_LINE = 512                            /* first word of a line */
};
typedef struct { Span span; int32_t sent; uint32_t is; int32_t token; } Word;   /* token: in the record */
typedef struct { Str text; Word *v; int32_t n; } Words;

Words words_of(Arena *a, const Record *r);
int32_t words_at(const Words *w, int32_t byte);            /* the first word that ends behind this byte; n where none */
static inline bool word_has(const Words *w, int32_t i, uint32_t bits)
{
    return i >= 0 && i < w->n && (w->v[i].is & bits) == bits;
}
static inline Str word_str(const Words *w, int32_t i)
{
    return i >= 0 && i < w->n ? span_str(w->text, w->v[i].span) : (Str){"", 0};
}
static inline bool words_same_sentence(const Words *w, int32_t i, int32_t j)
{
    return i >= 0 && j >= 0 && i < w->n && j < w->n && w->v[i].sent == w->v[j].sent;
}
bool word_is(const Words *w, int32_t i, const char *lower);    /* ASCII letters without case; ’ is read as ' */
bool word_in(const Words *w, int32_t i, const char *list);     /* "|a|b|c|": one of these */

typedef struct { char p[48]; int32_t n; } Key;             /* a word in lower case; empty where longer than any row */
Key word_key(const Words *w, int32_t i);
static inline Str key_str(const Key *k) { return (Str){k->p, k->n}; }

enum {                                         /* what a closed-class word does; grammar.c */
    IS_DET = 1, IS_AUX = 2, IS_MODAL = 4, IS_PREP = 8, IS_CONJ = 16, IS_SUB = 32, IS_PRON = 64, IS_ADV = 128,
    IS_PAST = 256,                             /* a past form: was, said, met … (regular ones are known by -ed) */
    IS_FUTURE = 512,                           /* will, upcoming, scheduled …: what is spoken of lies ahead */
    IS_HYPO = 1024                             /* would, could, if …: imagined */
};
uint32_t grammar_of(const Words *w, int32_t i);
bool grammar_has(const Words *w, int32_t i, uint32_t any);
bool grammar_is_sorted(void);                  /* tests */
bool is_adverb(const Words *w, int32_t i);     /* a listed one, or a lower-case word in -ly */

int32_t month_of(const Words *w, int32_t i, bool *is_short);   /* 1 … 12, or 0; times.c */
int32_t weekday_of(const Words *w, int32_t i);                 /* 0 Monday … 6, or -1 */

/* Names, between finding (names.c by tables, found.c by a model) and linking (link.c). */
typedef struct {
    int32_t from, to;                          /* words */
    EntityType type;
    bool is_titled, is_speaking, in_turn;      /* a title before it; a verb of saying behind it; it opens a turn of talk */
    Str text;                                  /* as it stands, white space made single */
    double p;                                  /* a model's; NAN where the tables found it */
} RawName;
typedef SLICE(RawName) RawNames;
Str name_text(Arena *a, const Words *w, int32_t from, int32_t to);
bool name_acts(const Words *w, int32_t to);    /* what stands behind it is what somebody does */
FoundNames names_agree(Arena *a, const Record *r);  /* the record's names, made to agree with each other; agree.c */
RawNames names_found(Arena *a, const Record *r, const Words *w, const RawNames *listed);
void names_link(Arena *a, Record *r, const Words *w, const RawNames *raw);

/* Turns of a transcript: "MR. ITO: …", "Q  …"; turns.c. */
typedef struct { Span name, cue; Spans content; bool is_question; } Turn;
typedef SLICE(Turn) Turns;
Turns turns_find(Arena *a, const Record *r);

/* Quotations: what stands between marks; marks.c. */
typedef struct {
    Spans pieces;                              /* without the marks; one a paragraph */
    Span outer;                                /* from the first mark to behind the last */
    int32_t para_first, para_last;             /* paragraphs of the first and last piece */
    int32_t n_words;
    bool opens_paragraph, ends_paragraph;      /* nothing but the mark stands before it, behind it */
    bool is_single;
} Quotation;
typedef SLICE(Quotation) Quotations;
Quotations quotations_find(Arena *a, const Record *r);
bool span_in_furniture(const Record *r, Span s);

/* Sources: the noun phrase beside a cue, and whose it is; source.c. */
typedef struct { Span span; int32_t entity; } NameAt;
typedef SLICE(NameAt) Names;
typedef struct { int32_t from, to; bool is_joint; } Source;    /* words; from == to: none is plain; joint: several */
Names names_by_place(Arena *a, const Record *r);
Source source_left(const Words *w, int32_t end, int32_t low);  /* the phrase that ends before word `end` */
Source source_right(const Words *w, int32_t from, int32_t high);
int32_t source_speaker(const Words *w, const Record *r, const Names *names, Source s);     /* entity; -1: not plain */
Sourcing source_sourcing(const Words *w, const Record *r, const Names *names, Source s, int32_t speaker);
int32_t names_in(const Words *w, const Names *names, int32_t from, int32_t to, int32_t *first);        /* how many */

/* The entity that a phrase speaks of: of the mention that the head of the span heads, be it name, noun or pronoun; NONE where that is open, or where
** there are no trees. "a spokesman for Ito" is not Ito. coref_put.c */
int32_t entity_at(const Record *r, Span s);

/* "he said", where only one can be meant; carry.c. */
void statements_carry(Arena *a, Record *r, const Words *w, const Names *names, const Quotations *q);

/* Cues: words that make somebody say something; cues.c. */
typedef enum { CUE_NONE, CUE_SAY, CUE_UTTER, CUE_TELL, CUE_CALL, CUE_AS, CUE_OF } CueKind;
typedef enum { CUE_PAST, CUE_PRESENT, CUE_BASE, CUE_ING } CueForm;
typedef struct { CueKind kind; CueForm form; int32_t from, to; } Cue;      /* words of the cue, its particle too */
Cue cue_at(const Words *w, int32_t i);         /* kind CUE_NONE where the word at i is none */
int32_t cue_subject_end(const Words *w, int32_t i, bool *is_asserted);         /* left over auxiliaries and adverbs */
#endif
