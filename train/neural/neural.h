/* Neural: what the files of this folder share. The essay on the network is in net.c, on the training in main.c.
**
** Matrices are rows of numbers, one word a row, without gaps. The trainer computes in float; its tests compile the same
** files with NEURAL_REAL double, so that gradients can be held against differences to ten digits.
*/
#ifndef NEURAL_H
#define NEURAL_H
#include "train/common/train.h"
#ifdef NEURAL_REAL
typedef NEURAL_REAL Real;
enum { REAL_IS_FLOAT = 0 };
#else
typedef float Real;
enum { REAL_IS_FLOAT = 1 };
#endif
enum { LANES = 64 / sizeof(Real) };
typedef Real Lanes __attribute__((vector_size(64), aligned(sizeof(Real)), may_alias));

/* ---- products (product.c) ------------------------------------------------------------------------------------- */
/* An operand packed for the kernel; the memory is kept for the next use. */
typedef struct { void *v; size_t size; int32_t n, k; } Panel;
void product_begin(void);                                /* each thread calls it before its first product */
bool product_is_fast(void);                              /* bf16 tiles (AMX) instead of Real */
bool product_agrees(void);                               /* the fast kernel with the definition, at awkward shapes */
/* a: m × k; turned: k × m */
void panel_left(Panel *p, const Real *a, int32_t ld, int32_t m, int32_t k, bool is_turned);
/* b: k × n; turned: n × k */
void panel_right(Panel *p, const Real *b, int32_t ld, int32_t k, int32_t n, bool is_turned);
void panel_free(Panel *p);
void panels_multiply(const Panel *left, const Panel *right, Real *c, int32_t ldc, bool is_added);

/* Memory of one worker: panels for passing products, and a stack of numbers that is emptied after each batch. */
typedef struct Block Block;
/* weights, turned: kept over many products */
typedef struct { Panel left, right, weights, turned; Block *first, *block; ptrdiff_t used; } Work;
Real *work_take(Work *w, ptrdiff_t n);                   /* aligned to 64 bytes, not zeroed */
Real *work_zeros(Work *w, ptrdiff_t n);
int32_t *work_ints(Work *w, ptrdiff_t n);
void work_reset(Work *w);
void work_free(Work *w);
typedef enum { AS_IS, TURN_LEFT, TURN_RIGHT } Turn;
/* c[m × n] = (or +=, with is_added) left × right, one of them stored turned. */
void multiply(Work *w, Turn turn, int32_t m, int32_t n, int32_t k, const Real *a, int32_t lda, const Real *b,
              int32_t ldb, Real *c, int32_t ldc, bool is_added);

/* ---- layers (layer.c): each forward with its backward ------------------------------------------------------------ */
/* y = x w + b. The backward adds to dw and db; dx is set, or left alone where it is NULL. */
typedef struct { const Real *w, *b; Real *dw, *db; int32_t in, out; } LinearLayer;    /* b, db may be NULL */
void linear_forward(Work *k, const LinearLayer *l, const Real *x, int32_t n, Real *y);
void linear_backward(Work *k, const LinearLayer *l, const Real *x, const Real *dy, int32_t n, Real *dx);
void leaky(Real *x, ptrdiff_t n);                        /* max(x, x / 10), in place */
void leaky_backward(const Real *y, Real *dy, ptrdiff_t n);

/* Sentences side by side, longest first: the words at place t are rows first[t] … first[t + 1] - 1, in the order
** of sentences. */
typedef struct { int32_t n_sentences, n_places, n_words; const int32_t *first, *length; } Rows;
static inline int32_t rows_at(const Rows *r, int32_t sentence, int32_t place) { return r->first[place] + sentence; }

/* Long short-term memory in both directions. x: words × in; h: words × 2 hidden. wx: in × 8 hidden (gates of the way
** forward: in, forget, out, candidate; then of the way back), wh: 2 × (hidden × 4 hidden), b: 8 hidden. */
typedef struct { const Real *wx, *wh, *b; Real *dwx, *dwh, *db; int32_t in, hidden; } LstmLayer;
typedef struct { Real *gates, *cell, *tanh_cell, *before; const Real *kept; } LstmTrace;
/* kept: sentences × 2 hidden, what the recurrent input is multiplied by (variational dropout); NULL: nothing
** dropped. */
void lstm_forward(Work *k, const LstmLayer *l, const Rows *r, const Real *x, const Real *kept, Real *h,
                  LstmTrace *trace);
void lstm_backward(Work *k, const LstmLayer *l, const Rows *r, const Real *x, LstmTrace *trace, const Real *dh,
                   Real *dx);

/* What a word should be: up to four classes with weights that sum to at most 1 (a soft label of a teacher, or one
** class with 1); the weights are in 255ths. all 0: the word does not count. */
enum { SOFT = 4 };
typedef struct { uint16_t class[SOFT]; uint8_t p[SOFT]; } Soft;
static inline Soft soft_one(int32_t class) { return (Soft){{(uint16_t)class}, {255}}; }
/* Scores become the gradient of -scale × Σ p log softmax; returns the loss. `open` (may be NULL): where the target
** is class 0 with all its weight, the classes with a 1 in open are as good as 0: their sum counts (labels that a
** corpus does not have). */
double softmax_loss(Real *scores, int32_t n_classes, Soft target, const uint8_t *open, Real scale);
void softmax(Real *scores, int32_t n);

/* Arcs of one sentence: score of word i hanging from j (0: root) is (u(d_i) + w) · h_j. a: n × width, the first factor;
** h: (n + 1) × width. scores: n × (n + 1); a word never hangs from itself. */
void arc_forward(const Real *a, const Real *h, int32_t n, int32_t width, Real *scores);
void arc_backward(const Real *a, const Real *h, const Real *dscores, int32_t n, int32_t width, Real *da, Real *dh);

/* Relations: score of r = dᵀ U_r h. u: width × (n_relations × width). */
typedef struct { const Real *u; Real *du; int32_t width, n_relations; } BilinearLayer;
/* set */
void bilinear_forward(Work *k, const BilinearLayer *l, const Real *d, const Real *h, int32_t n, Real *scores);
void bilinear_backward(Work *k, const BilinearLayer *l, const Real *d, const Real *h, const Real *dscores, int32_t n,
                       Real *dd, Real *dh);              /* set */

/* ---- the network (net.c) ---------------------------------------------------------------------------------------- */
/* What the spelling of a word says: rows of the tables of embeddings, row 0 of each for what was not seen in
** training. */
enum { FEATURE_NORM, FEATURE_PREFIX, FEATURE_SUFFIX = FEATURE_PREFIX + 3, FEATURE_SHAPE = FEATURE_SUFFIX + 4,
       FEATURES };
/* vector: -1 none; count: of its norm in the training data */
typedef struct { int32_t vector, row[FEATURES], count; } Type;
typedef struct { int32_t n, dim; const int8_t *value; const float *scale; } VectorTable;

typedef struct {
    int32_t layers, hidden, word;                        /* of the encoder; width of a word's vector */
    int32_t vector_in, vector, norm, prefix, suffix, shape;      /* what a word's vector is mixed from */
    int32_t arc, relation, tag, name;                    /* widths of the heads */
    int32_t n_tags, n_relations, n_names, n_rows[FEATURES];
} Shape;
enum { PARAMS_MAX = 64 };
/* first_row: of a table; else -1 */
typedef struct { char name[24]; int32_t rows, columns; ptrdiff_t at; int32_t first_row; } Param;
typedef struct {
    Shape shape;
    Param param[PARAMS_MAX];
    int32_t n_params, n_table_rows;
    ptrdiff_t n_dense, n;                                /* tables lie behind the dense parameters */
    Real *w;
} Net;
/* tables: only rows that a batch touched */
typedef struct { Real *v; int32_t *touched, n_touched; uint8_t *is_touched; } Grad;
typedef struct { float word, vector, input, recurrent, hidden, head; } Drops;

/* A sentence to learn or to read. Without trees tag, head, relation are NULL; without names name is. */
typedef struct {
    int32_t n, corpus;
    const int32_t *type;
    /* head: 0 root, else 1-based; relation: to the first class of head */
    const Soft *tag, *head, *relation, *name;
    const uint8_t *open;                                 /* classes of names that the corpus leaves unmarked; or NULL */
} Sample;
typedef struct { double tag, arc, relation, name; } Loss;
typedef struct { int32_t words, name_words; } Share;     /* what the batch as a whole has: losses are means over it */
typedef struct { const Net *net; const Type *types; const VectorTable *vectors; } Reader;

void net_layout(Net *n, const Shape *s);                 /* names and places of the parameters; w stays NULL */
void net_init(Net *n, uint64_t seed);                    /* takes w and fills it */
void net_free(Net *n);
const Param *net_param(const Net *n, const char *name);
void grad_init(Grad *g, const Net *n);
void grad_add(Grad *to, Grad *from, const Net *n);       /* from is empty afterwards */
void grad_clear(Grad *g, const Net *n);
void grad_free(Grad *g);
/* samples: longest first. The gradients of the loss over these samples are added to g. */
Loss net_learn(const Reader *r, Work *k, const Sample *const *samples, int32_t n, Share whole, const Drops *drops,
               uint64_t seed, Grad *g);

/* What the network thinks of sentences: for each word (sentence by sentence) scores of tags, names; of heads, n ×
** (n + 1). */
enum { LAYERS_MAX = 4 };
typedef struct {
    int32_t n_words, *first;                             /* of each sentence */
    /* relation: vectors as dependents and as heads, for net_relations */
    Real *tags, *names, **arcs, *relation;
    Real *hidden;
    /* what was handed on between layers, to be measured */
    const Real *mix, *word, *states[LAYERS_MAX], *tree, *name_in;
} Thought;
Thought net_think(const Reader *r, Work *k, const Sample *const *samples, int32_t n);
/* Scores of relations of the sentence's words to the heads given (0 root, else 1-based): n × n_relations. */
Real *net_relations(const Reader *r, Work *k, const Thought *t, const Sample *s, int32_t sentence, const int32_t *head);

/* ---- the lexicon (lexicon.c): from spellings to rows, from labels to classes ------------------------------------ */
/* PER ORG LOC MISC; 0 none, then begin, inside, end, single of each */
enum { NAME_TYPES = 4, NAME_CLASSES = 1 + 4 * NAME_TYPES };
typedef struct {
    uint64_t *key[FEATURES];                             /* of row i + 1, in the order of rows */
    int32_t n_rows[FEATURES], *norm_count;               /* rows with row 0; norm_count: of each row of norms */
    uint64_t *vector_key;                                /* hashes of the lower-case words of the vectors */
    VectorTable vectors;
    Strs tags, relations;                                /* a tag: UPOS TAB XPOS TAB features */
    Arena *arena;
    Map forms;                                           /* form → type */
    SLICE(Type) types;
    struct HashMap *rows[FEATURES], *vector_of;
} Lexicon;
typedef struct { Str corpus; Trees trees; } TreeSet;
typedef struct { Str corpus; NameSentences names; } NameSet;
typedef struct {
    SLICE(TreeSet) trees, trees_dev;
    SLICE(NameSet) names, names_dev;
    Vectors vectors;
    struct SoftText *soft;                               /* or NULL */
    Buf provenance;                                      /* JSON: what was read */
} Texts;
bool texts_read(Arena *a, const char *sets, const char *data, Texts *t, Err *e);
/* the classes that these texts give; relations as well */
Strs tag_labels(Arena *a, const Texts *t, Strs *relations);
/* Rows for what the training texts hold often enough, classes for their labels; vectors: how many of the most
** frequent. */
void lexicon_build(Arena *a, const Texts *t, int32_t vectors, Lexicon *l);
/* after its lists are there: makes it ready for lexicon_type */
void lexicon_index(Lexicon *l);
int32_t lexicon_type(Lexicon *l, Str form);

/* ---- samples and batches (data.c) ------------------------------------------------------------------------------- */
typedef struct { Str corpus; Sample *v; int32_t n; const Trees *gold; } Samples;
typedef struct { SLICE(Samples) trees, names, trees_dev, names_dev; Samples soft; } Data;
void data_make(Arena *a, const Texts *t, Lexicon *l, Data *d);
typedef struct { const Sample **v; int32_t n; Share whole; } Batch;      /* longest first */
typedef struct { Batch *v; int32_t n; } Batches;
/* One pass over the trees, with a share of the teacher's sentences among them. */
Batches data_batches(Arena *a, const Data *d, int32_t words, double soft_share, uint64_t seed);

/* ---- decoding and scores (decode.c) ----------------------------------------------------------------------------- */
void decode_tree(Work *k, const Real *scores, int32_t n, int32_t *head);         /* scores: n × (n + 1) */
void decode_names(Work *k, const Real *scores, int32_t n, int32_t *class);       /* the best lawful row of classes */
typedef struct { int64_t words, upos, tag, uas, las, las_full; } TreeScore;
typedef struct { int64_t gold, found, right; } NameScore;
TreeScore score_trees(const Reader *r, const Lexicon *l, const Samples *s);
NameScore score_names(const Reader *r, const Samples *s, bool with_misc);
double name_f1(NameScore s);

/* ---- learning (learn.c): Adam over batches, on one or more threads ---------------------------------------------- */
typedef struct {
    /* average: how much of the running mean of the weights stays each step */
    float rate, beta1, beta2, clip, average;
    /* steps to the full rate; steps at whose end the rate is zero */
    int32_t warm, steps;
    int32_t words, threads;
    Drops drops;
    uint64_t seed;
} Plan;
typedef struct {
    Net net;
    /* Adam's two moments; the running mean of the weights, which is what is used */
    Real *moment, *square, *mean;
    int64_t step;
    int32_t pass;                                        /* passes over the trees begun */
    int32_t done;                                        /* batches of this pass that are learnt */
    int32_t best;                                        /* the best score on the development sets so far, × 1000 */
    Loss sum;                                            /* of those batches */
    /* the lines of scores so far, as JSON strings; lives elsewhere */
    Str log;
} Learner;
void learner_init(Learner *l, const Shape *s, uint64_t seed);
void learner_free(Learner *l);
typedef struct Crew Crew;                                /* the threads' memories */
Crew *crew_open(const Net *n, int32_t threads);
void crew_close(Crew *c);
Loss learn_batch(Learner *l, const Plan *p, Crew *c, const Reader *r, const Batch *b);

/* ---- what is stored (store.c): a model file of the house with the sections "neural.…" --------------------------- */
/* For the runtime: shape, lexicon, the mean weights. With the learner's state it is a checkpoint, from which
** training goes on. */
bool store_write(const char *path, const Lexicon *lex, const Learner *l, bool with_state, Str notes, Err *e);
bool store_read(Arena *a, const char *path, Lexicon *lex, Learner *l, Err *e);

/* ---- a teacher's labels (teach.c) ------------------------------------------------------------------------------- */
/* Sentences of raw text as teachers read them: the first SOFT classes of each head's probabilities. */
typedef struct { int32_t n; const uint32_t *form; const Soft *tag, *head, *relation, *name; } SoftSentence;
typedef struct SoftText { Strs forms; SLICE(SoftSentence) sentences; Strs tags, relations; char sha256[65]; } SoftText;
/* texts: JSON Lines with "text", or tokens (.tsv); networks: all trained on the same sets. At most so many words
** are read. */
bool teach(const char *const *networks, int32_t n_networks, const char *const *texts, int32_t n_texts, int64_t words,
           const char *out, Err *e);
bool soft_read(Arena *a, const char *path, SoftText *t, Err *e);
#endif
