/* What the two files that learn tags share. */
#ifndef TRAIN_TAG_LEARN_H
#define TRAIN_TAG_LEARN_H
#include "train/language/train_language.h"
#include "language/tag_inside.h"

/* A training tree with its words and their classes: class[1 … n]. */
typedef struct { const Tree *tree; const Sentence *s; const uint8_t *class; int32_t fold; } TagExample;
typedef SLICE(TagExample) TagExamples;

/* tables.c */
Clusters learn_kinds(Train *t, const TagExamples *x, int32_t without_fold, Buf *out);   /* without_fold -1: of all */
void learn_bundles(Train *t, const TagExamples *x);                       /* "tag.feats" and "tag.bundles" */
void learn_lemmas(Train *t, const TagExamples *x);                        /* "lemma.map" and "lemma.edits" */
#endif
