/* Inside the reading of statements: the tree as candidates see it, and the passes that choose among candidates.
**
**   statement_tree.c     tokens, trees, names and quotation marks in one array of nodes
**   statement_cue.c      how likely each word makes somebody say, think, want, feel or see something; where its cue ends
**   statement_source.c   the phrases that may be its source
**   statement_content.c  the stretches before and behind the cue that may be its content
**   statement_find.c     which of them, together
**   statement.c          what is known of each statement; turns of talk; the record
**
** A candidate is scored by a bag (model.h) over features that name no English word: lemmas, tags and relations go in as
** hashes, names as their types alone. The trainer (train/statements) calls the same functions, so it sees what runs.
*/
#ifndef READING_STATEMENT_H
#define READING_STATEMENT_H
#include "model/model.h"
#include "reading/inside.h"

/* ---- the tree (statement_tree.c) ------------------------------------------------------------------------------- */
enum {                                         /* Node.is */
    NODE_PUNCT = 1, NODE_MARK = 2,             /* punctuation; of these, a quotation mark */
    NODE_NOUN = 4,                             /* may head a source: noun, name, pronoun, number */
    NODE_VERB = 8,                             /* heads a clause: a verb, or what has a subject or a copula */
    NODE_OPENS = 16, NODE_CLOSES = 32,         /* first, last word of a quotation's piece */
    NODE_CAP = 64, NODE_HEADLINE = 128, NODE_STOP = 256
};
typedef enum { REL_OTHER, REL_NSUBJ, REL_CSUBJ, REL_OBJ, REL_IOBJ, REL_CCOMP, REL_XCOMP, REL_OBL, REL_NMOD, REL_ACL, REL_ADVCL, REL_CONJ,
               REL_CC, REL_CASE, REL_MARK, REL_AUX, REL_COP, REL_ADVMOD, REL_APPOS, REL_PARATAXIS, REL_PUNCT, REL_DET, REL_AMOD,
               REL_COMPOUND, REL_FLAT, REL_FIXED, REL_POSS, REL_RELCL, REL_PRT, REL_ROOT, REL_COUNT } Rel;
typedef struct {
    Span span;
    int32_t head, sent, para;                  /* head: -1 for a root */
    int32_t child, next, depth;                /* first child, next sibling, in the order of the text; steps to the root */
    int32_t left, right;                       /* the subtree's words [left, right) */
    int32_t quote;                             /* the quotation it stands in, or -1 */
    int32_t turn;                              /* the turn of talk it stands in, or -1 */
    uint32_t is;
    Rel rel;
    uint64_t lemma, form, xpos, upos, deprel, name;    /* hashes; of names only their type */
    uint64_t kind, coarse;                     /* which words are used like it; 0: unknown */
} Node;
typedef struct {
    Arena *a;
    const Record *r;
    const Words *w;
    const Quotations *q;
    const Turns *turns;
    Node *v;
    int32_t n;
    int32_t *sent_begin;                       /* of each sentence, by Node.sent; one more for the end */
    int32_t n_sents;
} Tree;
typedef struct { uint32_t n; const uint8_t *check, *kind; } Kinds;           /* of frequent words; n: a power of two */
bool kinds_of(Str section, Kinds *k, Err *e);
/* False: no trees. */
bool tree_of(Arena *a, const Record *r, const Words *w, const Quotations *q, const Turns *turns, const Kinds *kinds, Tree *t);
int32_t tree_subject(const Tree *t, int32_t i, int32_t *how);  /* of a predicate; -1; how: 0 own, 1 … inherited */
uint64_t tree_path(const Tree *t, int32_t from, int32_t to, int32_t *up, int32_t *down);   /* relations on the way, hashed */
static inline bool node_is(const Tree *t, int32_t i, uint32_t bits) { return i >= 0 && i < t->n && (t->v[i].is & bits) == bits; }
static inline int32_t sent_end(const Tree *t, int32_t i) { return t->sent_begin[t->v[i].sent + 1]; }
static inline int32_t sent_begin(const Tree *t, int32_t i) { return t->sent_begin[t->v[i].sent]; }

/* ---- candidates and their features ----------------------------------------------------------------------------- */
typedef struct { int32_t from, to; } Stretch;  /* words [from, to); from < 0: none */
static const Stretch STRETCH_NONE = {-1, -1};
enum { PARTS = 3 };
typedef struct { int32_t part[PARTS]; Stretch at; } Choice;   /* parts: -1 where it has fewer */
typedef struct {                               /* candidates of one question; features of each part one after the other */
    Arena *a;
    SLICE(uint64_t) features;
    SLICE(int32_t) part_end;
    SLICE(Choice) choices;
} Choices;
void choices_clear(Choices *c);
int32_t choices_part(Choices *c);              /* closes the part whose features were added; its number */
static inline void choices_add(Choices *c, uint32_t template, uint64_t what)
{
    *push(c->a, &c->features) = model_feature(template, what);
}
static inline uint64_t two(uint64_t a, uint64_t b) { return model_mix(a, b + 0x51ED27u); }
static inline uint64_t three(uint64_t a, uint64_t b, uint64_t c) { return two(two(a, b), c); }
static inline int32_t bucket_of_length(int32_t n)        /* 0 … 4 as they are, then coarser and coarser */
{
    if (n < 0) return -bucket_of_length(-n);
    return n < 5 ? n : n < 7 ? 5 : n < 10 ? 6 : n < 15 ? 7 : n < 25 ? 8 : n < 40 ? 9 : 10;
}

typedef enum { TASK_CUE, TASK_CUE_SPAN, TASK_SOURCE, TASK_LEFT, TASK_RIGHT, TASK_COUNT } StatementTask;
void cue_ask(const Tree *t, int32_t i, Choices *c);      /* one choice: is a cue built around word i? */
void cue_span_ask(const Tree *t, int32_t i, Choices *c);
void source_ask(const Tree *t, int32_t head, Stretch cue, Choices *c);
void content_ask(const Tree *t, int32_t head, Stretch cue, Stretch source, bool is_right, Choices *c);
static inline Stretch anywhere(const Tree *t) { return (Stretch){0, t->n}; }
Stretch stretch_trimmed(const Tree *t, Stretch s);       /* without punctuation at its ends; none where nothing is left */

double statement_share(double log_odds);      /* of them: a probability */

/* ---- choosing (statement_find.c) ------------------------------------------------------------------------------- */
enum { FOUND_FACTS = 12 };
typedef struct {
    int32_t head;
    Stretch cue, source, left, right;          /* content: before and behind the cue */
    Stretch who;                               /* of one inside another: whose it is, where that stands outside of it; or none */
    float fact[FOUND_FACTS];                   /* log-odds and log-probabilities of the choices, and plain facts */
    double p;
    int32_t inside;                            /* found, or -1 */
} Found;
typedef SLICE(Found) Founds;
typedef struct {
    Bag bag;
    Kinds kinds;
    float weight[FOUND_FACTS + 1], low, threshold;       /* of the facts, the last a constant; least odds of a cue; least p */
} StatementModel;
const StatementModel *statement_model(void);   /* models/statements.en; NULL where the program was built without it */
bool statement_model_of(Str bytes, StatementModel *m, Err *e);
Founds statements_find(Arena *a, const Tree *t, const StatementModel *m, bool all);  /* all: whatever their p (the trainer) */
#endif
