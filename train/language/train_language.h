/* Training a language: what the driver (main.c) hands to each step, and what the steps leave behind.
**
**   clusters → tagger → the training trees tagged by taggers that have not seen them → parser → names → one model file
**
** A step takes its sentences from the Train, learns, and leaves sections (train_section) and scores (train_score). It
** may open what earlier steps left with the runtime's own functions (train_model): "words" and "tag.*" are there for
** the parser, all but "name.*" for the names. Everything lasts in t->arena; scratch in arenas of the step's own.
*/
#ifndef TRAIN_LANGUAGE_H
#define TRAIN_LANGUAGE_H
#include "language/inside.h"
#include "train/common/train.h"

/* Trees of one role. sentence[i] has the words of tree[i] hashed, with the tags of a tagger that did not see the tree:
** for training one of several (jackknife), for development the final one. Tags index Train.xpos and Train.upos. */
typedef struct { const Tree *tree; Sentence *sentence; int32_t n; Str corpus, licence; } TrainTrees;
/* The same of sentences with names; tags are the final tagger's. */
typedef struct { const NameSentence *gold; Sentence *sentence; int32_t n; Str corpus, licence; } TrainNames;

typedef struct {
    Arena *arena;
    uint64_t seed;
    Str lang;                                            /* "en" */
    SLICE(TrainTrees) trees, trees_dev;                  /* one element a set (corpus), in the order of the table */
    SLICE(TrainNames) names, names_dev;
    Vectors vectors;
    Clusters clusters;                                   /* the section "words", opened */
    Labels xpos, upos;                                   /* the tagger's lists; 0: none */
    ModelSections sections;                              /* learnt so far */
    Buf scores;                                          /* for the provenance; see train_score */
    Strs options;                                        /* "parse.passes=8", from the command line */
} Train;

/* Steps. Each returns false with a sentence; what is learnt is in t. */
bool train_clusters(Train *t, Err *e);                   /* clusters.c: "words" */
bool train_tagger(Train *t, Err *e);                     /* tagger.c: "tag.*", "lemma.*"; tags all sentences of t */
bool train_parser(Train *t, Err *e);                     /* parser.c: "parse.*" */
bool train_names(Train *t, Err *e);                      /* names.c: "name.*" */

/* What steps use (step.c). */
void train_section(Train *t, const char *name, Str bytes);               /* kept as a view; replaces one of that name */
Model *train_model(const Train *t, Err *e);              /* the sections so far as a model; close it with model_close */
Str train_aligned(Arena *a, Str bytes);                  /* a copy where model_of and Linear want bytes to lie */
void train_score(Train *t, const char *what, Str corpus, double value);  /* into the provenance, and a line on stderr */
double train_option(const Train *t, const char *name, double otherwise); /* a number that experiments change */
Sentence train_words(Arena *a, const Clusters *c, const Str *forms, int32_t n);  /* sentence_of without tokens */
/* a seed of the step's own, so that steps do not disturb each other */
uint64_t train_seed(const Train *t, const char *step);
#endif
