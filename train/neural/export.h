/* Export: what its two halves share. export.c knows the trainer's network, export_bytes.c the runtime's sections; the
** two sides have the same words for different things (a batch, a class of names), so they meet here, in plain
** numbers.
*/
#ifndef NEURAL_EXPORT_H
#define NEURAL_EXPORT_H
#include "model/model.h"
#include "train/common/train.h"

enum { EXPORT_PARTS = 10, EXPORT_LAYERS = 4 };
/* the runtime's NeuralShape */
typedef struct { int32_t part[EXPORT_PARTS], word, layers, hidden, arc, relation, tag, name; } ExportShape;

/* Values that one column was seen to have: n of them, `stride` floats apart from column to column. */
typedef struct { const float *v; int32_t n, columns; } Seen;            /* [n][columns] */

/* A network in floats. Matrices are outputs × inputs; gates stand in the order in, forget, candidate, out. */
typedef struct {
    ExportShape shape;
    /* of each part's table, with row 0 (for all that are not there) */
    int32_t n_rows[EXPORT_PARTS];
    const uint64_t *key[EXPORT_PARTS];                   /* of rows 1 … */
    const float *rows[EXPORT_PARTS];
    const float *mix, *mix_bias;
    const float *lstm_in[EXPORT_LAYERS][2], *lstm_back[EXPORT_LAYERS][2], *lstm_bias[EXPORT_LAYERS][2];
    /* rows: dependents of arcs, of relations, tags, names; heads of arcs, of relations */
    const float *top, *top_bias;
    const float *arc, *arc_bias, *relations, *relations_bias, *tag, *tag_bias, *name, *name_bias, *arc_root,
        *relation_root;
    Strs tags, relation_names;                           /* a tag: UPOS TAB XPOS TAB features */
    Seen mix_seen, word_seen, state_seen[EXPORT_LAYERS], top_seen;       /* top: of the rows that become bytes */
} FloatNet;

/* sure: NULL for uncalibrated */
void export_sections(Arena *a, const FloatNet *n, const float *sure, ModelSections *out);
typedef struct { double upos, tag, uas, las, las_full; } ExportTreeScore;                      /* in hundredths */
ExportTreeScore export_score_trees(Arena *a, const Model *m, const Trees *gold, Err *e);
/* F1 of names; found (may be NULL) gets the log-odds that each name was given, and whether it was right. */
typedef struct { double odds; bool is_right; } ExportFound;
typedef SLICE(ExportFound) ExportFounds;
double export_score_names(Arena *a, const Model *m, const NameSentences *gold, bool with_misc, ExportFounds *found,
                          Err *e);
/* Platt 1999: the line over log-odds that makes them probabilities; sure: at the runtime's knots. Returns its slope. before, after:
** expected calibration error, after: of names that the line was not fitted on. */
double export_sure(const ExportFounds *found, float **sure, Arena *a, double *before, double *after);
#endif
