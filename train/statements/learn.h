/* Learning to choose: groups of candidates, each a sum of parts of features, and the bag that ranks them. */
#ifndef TRAIN_STATEMENTS_LEARN_H
#define TRAIN_STATEMENTS_LEARN_H
#include "reading/statement.h"

/* ---- features met in training, each a number (learn.c) ----------------------------------------------------------- */
typedef struct { uint64_t key; int32_t id, n_groups, last; } Met;
typedef struct {
    Met *cell;                                           /* open addressing; key 0: empty */
    int64_t cap, n;
} Dictionary;

/* A group's candidates as the runtime asked for them, their features as numbers. */
typedef struct { int64_t choice, part; int32_t n_choices, n_parts, gold; } Group;    /* one choice alone: gold 1 yes, 0 no */
typedef struct {
    int64_t n, cap;
    int32_t *v;
} Numbers;
typedef struct {
    StatementTask task;
    Dictionary met;
    Numbers features, part_end, choices;                 /* part_end: from the group's first feature; choices: PARTS each */
    struct { Group *v; int64_t n, cap; } groups;
    struct { int64_t *v; int64_t n, cap; } feature_begin;            /* of each group */
    int64_t n_missed;                                    /* golds that were no candidate */
    double loss;                                         /* of the last epoch, a group */
    /* what was learnt */
    int32_t n_rows;
    uint64_t *key;
    float *row;
    BagTask weights;
} Task;

typedef struct { int epochs, seen; double rate, drop, decay; uint64_t seed; } LearnOrders;
void task_add(Task *t, const Choices *c, int32_t gold);
void task_learn(Task *t, const LearnOrders *how);
void task_forget(Task *t);                               /* examples and weights */
/* A section for kinds_of (kinds.c); sha256: of the vectors' file. */
bool kinds_make(Arena *a, const char *vectors, const char *words, uint64_t seed, Str *section, char sha256[65], Err *e);
/* The rows of all tasks in one table of at most n_max rows: those that weigh most. */
void tasks_write(Arena *a, const Task *tasks, int n_tasks, int32_t n_max, Buf *out);
#endif
