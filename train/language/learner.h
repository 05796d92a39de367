/* Learner: from features to answers, by softmax regression with a rate of its own for each weight; for the parser. */
#ifndef LEARNER_H
#define LEARNER_H
#include "base/base.h"

typedef struct Learner Learner;
Learner *learner_new(int32_t n_classes, float rate);
void learner_free(Learner *l);                           /* fine with NULL */

void learner_see(Learner *l, const uint64_t *features, int32_t n);       /* counts, before learning begins */
void learner_begin(Learner *l, int32_t seen);            /* features seen fewer times get no row */

/* score: n_classes numbers, set; row: the features' rows. is_new: rows are made for features that have none. */
void learner_score(Learner *l, const uint64_t *features, int32_t n, bool is_new, uint32_t *row, float *score);
void learner_update(Learner *l, const uint32_t *row, int32_t n, const float *gradient);
void learner_tick(Learner *l);                           /* one example has passed */
void learner_average(Learner *l);                        /* each weight becomes its average; no updates after it */

int32_t learner_rows(const Learner *l);
/* the rows with the greatest weights stay; no new ones after it */
void learner_prune(Learner *l, int32_t keep);
void learner_write(const Learner *l, float least, Buf *out);     /* without weights below `least` of the greatest */
#endif
