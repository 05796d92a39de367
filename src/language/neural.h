/* Inside the neural core: what its files share, and the trainer's exporter with them. The essay is in neural.c.
**
** A model has it where there is a section "net.shape"; then the network gives tags, trees and names, and the tables
** of the linear core give lemmas.
*/
#ifndef LANGUAGE_NEURAL_H
#define LANGUAGE_NEURAL_H
#include "language/name_inside.h"
#include "model/kernel.h"

/* ---- what is in the sections (neural_sections.c) ------------------------------------------------------------- */
enum {
    NEURAL_VERSION = 1,
    NEURAL_LAYERS = 4, NEURAL_WIDTH = 1024,              /* the most of each, so that buffers have bounds */
    NEURAL_WORDS = NAME_WORDS,                           /* of a sentence; longer ones are read in pieces */
    NEURAL_ZERO = 16,                                    /* the byte of 0 behind a leaky layer, where values below are small */
    NEURAL_PARTS = 10                                    /* vector, norm, prefixes 1 … 3, suffixes 1 … 4, shape */
};

/* Rows under hashes, sorted by them: the top bits of the mixed hash choose a bucket, its low 32 bits are compared. */
typedef struct { int32_t n, bits; const uint32_t *begin, *print; } RowKeys;
enum { ROW_BUCKET = 64 };                                /* the most rows of a bucket */
int32_t row_of(const RowKeys *k, uint64_t key);          /* 1 … n; 0: not there */
/* place[i]: the row that key i has in the file. */
void row_keys_write(const uint64_t *keys, int32_t n, int32_t *place, Buf *out);

/* A word's numbers before they are mixed: each part's rows are added up in halves of the byte that they become. */
typedef struct {
    RowKeys keys[NEURAL_PARTS];
    const int8_t *rows[NEURAL_PARTS];                    /* n + 1 of them; row 0: for all that are not there */
    int32_t width[NEURAL_PARTS], at[NEURAL_PARTS];       /* numbers of a row; where in the mix they are added */
    int32_t n_mixed;
    Dense mix;
} WordTables;

typedef struct {
    int32_t part[NEURAL_PARTS];                          /* widths */
    int32_t word, layers, hidden, arc, relation, tag, name;
} NeuralShape;
enum { SHAPE_NUMBERS = sizeof(NeuralShape) / sizeof(int32_t) };
typedef struct { int16_t upos, xpos, feats; } NeuralTag; /* indices into the lists */
typedef struct Neural {
    const Kernel *kernel;
    NeuralShape shape;
    WordTables words;
    BiLstm layer[NEURAL_LAYERS];
    Dense top, arc, relations, tag, name;                /* top: of all heads, side by side as in Columns */
    const float *arc_root, *relation_root;
    Labels upos, xpos, feats, relation;
    const NeuralTag *tags;
    int32_t n_tags, root;                                /* root: the relation of that name, or -1 */
    NameSteps steps;                                     /* all 0: the network's scores say everything */
    NameFacts facts;                                     /* "name.facts", where the model has them */
    float sure[NAME_BINS];
} Neural;
/* Columns of the heads' first layer. Those up to `bytes` are handed on as bytes, the others as floats. */
typedef struct { int32_t arc_d, relation_d, tag, name, bytes, arc_h, relation_h, all; } Columns;
Columns neural_columns(const NeuralShape *s);

bool neural_is_in(const Model *m);
Neural *neural_of(Arena *a, const Model *m, Err *e);     /* sections "net.*", every bound checked */

/* ---- words (neural_words.c) ------------------------------------------------------------------------------------ */
/* Vectors of words lately seen, for one worker. Their number is bounded; a word gets the same with it or without. */
typedef struct NeuralMemo NeuralMemo;
NeuralMemo *neural_memo_open(const Neural *n);           /* NULL: no memory */
void neural_memo_close(NeuralMemo *m);                   /* fine with NULL */
/* row i of out (stride bytes apart) becomes the vector of words[i]. */
void neural_words(Arena *scratch, const Neural *n, NeuralMemo *memo, const Word *const *words, int32_t count,
                  uint8_t *out, ptrdiff_t stride);

/* ---- trees (neural_tree.c) ------------------------------------------------------------------------------------- */
/* scores: n rows of n + 1, how well each word hangs from the root (0) and from word j (j); finite, the diagonal is
** not looked at. head: the best tree with one root. */
void neural_tree(Arena *scratch, const float *scores, int32_t n, int32_t *head);

/* ---- reading (neural.c) ------------------------------------------------------------------------------------------ */
typedef struct {
    Sentence s;                                          /* of any length; its look is not needed */
    int32_t *tag, *head, *label;                         /* n each: of tags; 0 root, else 1-based; of relation */
    FoundNames names;                                    /* spans count words */
} NeuralSentence;
/* Fills tag, head, label and names, which live in a. The same for each sentence, whatever stands beside it. */
void neural_read(Arena *a, Arena *scratch, const Neural *n, NeuralMemo *memo, NeuralSentence *s, int32_t n_sentences);
#endif
