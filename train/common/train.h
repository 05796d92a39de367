/* Training: the data, the learning and the writing of model files. Programs here are for developers; they read data
** that stands beside the project and write weights into models/.
**
** Always: one command and one seed give one file, byte for byte (one compiler, one machine); every file that was read
** is named in the model's provenance with its licence and its hash; development data are measured on and never learnt
** from.
*/
#ifndef TRAIN_H
#define TRAIN_H
#include "base/base.h"
#include "record/record.h"

/* ---- sets (sets.c): a table of files, what they are for, their licences ----------------------------------------- */
/* One line a file, columned like data/ tables:  role  corpus  path  licence  without
**   role: tree-train tree-dev name-train name-dev vectors; without: substrings of document ids that are left out, by
**   commas */
typedef struct { Str role, corpus, path, licence; Strs without; } Set;
typedef SLICE(Set) Sets;
bool sets_read(Arena *a, const char *path, Sets *out, Err *e);
/* whole; .xz is read through; hash: of the file */
bool train_file(Arena *a, Str path, Str *bytes, char sha256[65], Err *e);

/* ---- trees (conllu.c) ------------------------------------------------------------------------------------------- */
typedef struct {
    Str form, lemma, upos, xpos, feats, deprel;          /* "_" is empty */
    int32_t head;                                        /* 0 root, else 1-based */
    /* words of its written token, 0-based [begin, end); {-1,-1} none */
    Span mwt;
    Str mwt_form;                                        /* at its first word */
    bool space_after;                                    /* behind the written token */
} TreeWord;
typedef struct { TreeWord *word; int32_t n; Str id, doc, text; } Tree;
typedef SLICE(Tree) Trees;
enum { CONLLU_WORDS = 10000, CONLLU_COLUMNS = 10 };      /* a sentence; a line */
/* Strangers' bytes: heads out of range, cycles, gaps in the numbering, lines of too few or too many columns are errors
** with their line. Empty nodes (8.1) are left out. Documents whose id holds one of `without` are left out. */
bool conllu_read(Arena *a, Str bytes, Str where, const Strs *without, Trees *out, Err *e);

/* ---- names (iob.c): TSV token, tag (IOB2) ------------------------------------------------------------------------ */
/* tag: 0 O, else 1 + 2 × type + (inside) */
typedef struct { Str *form; uint8_t *tag; int32_t n; int32_t doc; } NameSentence;
typedef SLICE(NameSentence) NameSentences;               /* type: 0 PER 1 ORG 2 LOC 3 GPE 4 MISC */
bool iob_read(Arena *a, Str bytes, Str where, const Strs *without, NameSentences *out, Err *e);

/* ---- vectors (vectors.c): EMB1 ----------------------------------------------------------------------------------- */
typedef struct { int32_t n, dim; const int8_t *value; const float *scale; Strs words; } Vectors;  /* value: n × dim */
bool vectors_read(Arena *a, Str words, Str bytes, Vectors *out, Err *e);

/* ---- averaged perceptron (perceptron.c) ----------------------------------------------------------------------------
** Collins 2002 with averaging by deferred sums (Daumé 2006, fig. 2.3). Weights are floats in one open-addressed
** table. */
typedef struct Perceptron Perceptron;
Perceptron *perceptron_new(int32_t n_classes);
void perceptron_free(Perceptron *p);
void perceptron_score(const Perceptron *p, const uint64_t *features, int32_t n, float *scores);  /* set, not added */
void perceptron_update(Perceptron *p, const uint64_t *features, int32_t n, int32_t good, int32_t bad, float by);
void perceptron_tick(Perceptron *p);                     /* one example has passed */
void perceptron_average(Perceptron *p);                  /* the weights become their averages; no updates after it */
/* Rows that were updated fewer than `seen` times go, then weights below `least` of the largest; the rest is written. */
void perceptron_write(const Perceptron *p, int32_t seen, float least, Buf *out);
#endif
