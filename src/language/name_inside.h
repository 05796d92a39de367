/* Inside the name finder: what name.c and its parts share, and the trainer with them. */
#ifndef LANGUAGE_NAME_INSIDE_H
#define LANGUAGE_NAME_INSIDE_H
#include "language/inside.h"

/* ---- tags: none, and the places in a name of each type ------------------------------------------------------------ */
enum { NAME_PER, NAME_ORG, NAME_LOC, NAME_MISC, NAME_TYPES };
enum { NAME_BEGIN, NAME_INNER, NAME_END, NAME_SINGLE, NAME_PLACES };
enum { NAME_NONE, NAME_TAGS = 1 + NAME_TYPES * NAME_PLACES, NAME_WORDS = 512 };
static inline int name_tag(int type, int place) { return 1 + type * NAME_PLACES + place; }
static inline int name_type_of(int tag) { return (tag - 1) / NAME_PLACES; }      /* not of NAME_NONE */
static inline int name_place_of(int tag) { return (tag - 1) % NAME_PLACES; }
bool name_may_begin(int tag);                            /* a sentence may begin with it; and end */
bool name_may_end(int tag);
bool name_may_follow(int tag, int next);

/* ---- facts: what is known of words without their context, a section "name.facts" (cells as the clusters have) ---- */
enum { FACT_GIVEN = 1, FACT_FAMILY = 2, FACT_PLACE = 4, FACT_IN_PLACE = 8, FACT_PEOPLE = 16, FACT_TITLE = 32,
       FACT_ORG_HEAD = 64, FACT_STATE = 128, FACT_CITY = 256, FACT_ORG = 512, FACT_LAND_LAST = 1024,
       FACT_LAND_OF = 2048 };
/* Marks of name_look, not kept: the word begins, ends, or is within a place of several words that is known. */
enum { FACT_PLACE_BEGIN = 1 << 13, FACT_PLACE_END = 1 << 14, FACT_PLACE_INNER = 1 << 15,
       FACT_ASKED = ~(FACT_CITY | FACT_LAND_LAST | FACT_LAND_OF) };      /* what features ask */
typedef Clusters NameFacts;
static inline uint64_t name_phrase(uint64_t so_far, uint64_t lower) { return model_mix(so_far, lower); }

typedef struct NameSums NameSums;

/* ---- the document so far (name_memory.c) --------------------------------------------------------------------------- */
enum { MEMORY_CELLS = 8192, MEMORY_WORDS = MEMORY_CELLS * 3 / 4 };
typedef struct { uint32_t key; uint8_t tag, named, plain, low; } MemoryCell;
struct NameMemory { MemoryCell cell[MEMORY_CELLS]; int32_t n; };         /* zeroed: nothing seen */
enum { NAME_UNSURE = NAME_TAGS };                        /* a tag that is not worth remembering */
void name_remember(NameMemory *m, const Sentence *s, const uint8_t *tag);
void name_forget_unsure(const NameSums *z, uint8_t *tag);                /* less than half of all chains: NAME_UNSURE */
typedef struct { uint8_t tag, caps; } NameTrace;         /* 0: no trace of the word */
NameTrace name_trace(const NameMemory *m, const Word *w);

/* ---- features (name_features.c) ------------------------------------------------------------------------------------ */
enum { NAME_FEATURES = 96, NAME_PAD = 2 };
typedef struct {
    const Sentence *s;
    uint16_t fact[NAME_WORDS + 2 * NAME_PAD];            /* of the token i at i + NAME_PAD */
    NameTrace trace[NAME_WORDS + 2 * NAME_PAD];
    int16_t run_begin[NAME_WORDS], run_end[NAME_WORDS];  /* the capitalised run around a token; empty where it has none */
} NameLook;
/* s has at most NAME_WORDS tokens; memory may be NULL. */
void name_look(NameLook *k, const Sentence *s, const NameFacts *f, const NameMemory *m);
int32_t name_features(const NameLook *k, int32_t i, uint64_t out[NAME_FEATURES]);

/* ---- chains of tags (name_chain.c) --------------------------------------------------------------------------------- */
typedef float NameRow[NAME_TAGS];
typedef struct { NameRow step[NAME_TAGS]; } NameSteps;   /* of a tag behind another; steps that may not be are ignored */
void name_best(const NameSteps *t, const NameRow *score, int32_t n, uint8_t *tag);
/* Sums over all chains. mask: bits of the tags that each token may have; NULL: all. */
struct NameSums {
    int32_t n;
    double forward[NAME_WORDS][NAME_TAGS], back[NAME_WORDS][NAME_TAGS], emit[NAME_WORDS][NAME_TAGS];
    double norm[NAME_WORDS];
    double step[NAME_TAGS][NAME_TAGS];
    double log_sum;
};
/* t NULL: the steps that z was given before. False: there is no chain. */
bool name_sums(NameSums *z, const NameSteps *t, const NameRow *score, int32_t n, const uint32_t *mask);
void name_sums_steps(NameSums *z, const NameSteps *t);
double name_share(const NameSums *z, int32_t begin, int32_t end, int type);      /* of chains in which this is a name */
double name_exp(double x);                               /* the same on every machine; 0 far below */

/* ---- the model ------------------------------------------------------------------------------------------------------ */
enum { NAME_BINS = 33 };                                 /* of the calibration, over log-odds -8 … 8 */
struct Namer {
    Linear linear;
    NameSteps steps;
    NameFacts facts;
    float sure[NAME_BINS];                               /* share of right names at each knot of the log-odds */
};
/* A document's memory, and behind it the room in which its sentences are worked on; taken once a document. */
typedef struct {
    NameMemory memory;
    NameLook look;
    NameRow score[NAME_WORDS];
    uint8_t tag[NAME_WORDS];
    NameSums sums;
} NameWork;
void name_write(const NameSteps *t, const float sure[NAME_BINS], Buf *out);      /* the section "name.head" */
double name_sure(const float sure[NAME_BINS], double share);
/* The EntityType that facts make of a type. */
int name_type_fine(const NameFacts *f, const Sentence *s, int32_t begin, int32_t end, int type);
#endif
